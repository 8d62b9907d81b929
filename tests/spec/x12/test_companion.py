"""SNIP 7: a site's rules of its payers' companion guides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nosology.errors import UsageError
from nosology.x12.situations import read_companion
from nosology.x12.validate import validate

RULES = """
payers:
  PAY1:
    name: Payer of the example
    rules:
    - {id: pay1.referral, forms: [837P], level: claim, when: {2300/CLM@5-1: ["11"]}, needs: [2300/REF*9F],
       message: this payer wants a referral number, citation: "Companion guide, page 3", status: [A6, "21", "85"]}
    - {id: pay1.group, level: subscriber, needs: [2000B/SBR@3], message: this payer wants the group number, citation: page 4}
    - {id: pay1.no_bilateral, level: line, severity: warning, when: {2400/SV1@1-3: ["50"]}, forbids: [2400/SV1@1-3],
       message: this payer wants RT and LT, citation: page 5}
"""


def _found(text: str) -> list[tuple[str, int]]:
    options = {"companion": read_companion(RULES)}
    return [(finding.rule, finding.snip) for finding in validate(text, options=options) if finding.snip == 7]


def test_rules_of_the_payer_apply(claim_file_of: Callable[..., str]) -> None:
    assert _found(claim_file_of("P")) == [("pay1.referral", 7)]
    text = claim_file_of("P", {"HI*ABK": "REF*9F*R1\nHI*ABK", "*GRP1*": "**", "99213": "20610:50"})
    assert sorted(_found(text)) == [("pay1.group", 7), ("pay1.no_bilateral", 7)]


def test_other_payers_are_left_alone(claim_file_of: Callable[..., str]) -> None:
    assert not _found(claim_file_of("P", {"PI*PAY1": "PI*PAY2"}))
    assert not [finding for finding in validate(claim_file_of("P")) if finding.snip == 7]


@pytest.mark.parametrize(
    "text",
    [
        "payers: {P: {rules: [{id: x}]}}",
        "nothing: 1",
        "- a",
        "payers: {P: {rules: [{id: a, level: claim, check: none, message: m, citation: c}]}}",
    ],
)
def test_a_file_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_companion(text)
