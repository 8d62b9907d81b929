"""Thousands of files with one defect each: the one right finding, at its place, with the right codes in TA1 and 999."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from nosology.model.edi import EdiFinding
from nosology.model.finding import Severity
from nosology.x12.ack_999 import read_999, write_acknowledgements
from nosology.x12.judge import Judge, JudgedInterchange
from nosology.x12.validate import Validation, validate

_SPEC = importlib.util.spec_from_file_location("x12_broken", Path(__file__).with_name("broken.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
broken: Any = importlib.util.module_from_spec(_SPEC)
sys.modules["x12_broken"] = broken
_SPEC.loader.exec_module(broken)

KINDS = ("837P", "837I", "837D", "835", "270", "271", "277CA")


def codes_of(finding: EdiFinding) -> str:
    if finding.segment_error:
        return f"{finding.segment_error}/{finding.element_error}"
    if finding.transaction_error:
        return f"IK502={finding.transaction_error}"
    return f"AK905={finding.group_error}" if finding.group_error else f"TA105={finding.interchange_error}"


def _place_of(finding: EdiFinding) -> tuple[int, str, int, int, str]:
    place = finding.position
    inside = finding.segment_error or finding.transaction_error
    count = place.segment if inside else 0
    return count, place.segment_id, place.element, place.component, codes_of(finding)


def judge(text: str) -> tuple[list[EdiFinding], JudgedInterchange]:
    judge = Judge(Validation(text, snip=2))
    errors = [finding for finding in judge if finding.severity is Severity.ERROR]
    (judged,) = judge.interchanges
    return errors, judged


@pytest.mark.parametrize("kind", KINDS)
def test_every_variant_gets_its_one_finding_and_its_codes(
    x12_bases: Mapping[str, str], pyx12_judge: Callable[[str], bool], kind: str
) -> None:
    kinds: Counter[str] = Counter()
    for number, variant in enumerate(broken.variants(x12_bases[kind])):
        kinds[variant.kind] += 1
        errors, judged = judge(variant.text)
        found = [_place_of(one) for one in errors]
        wanted = (variant.segment, variant.segment_id, variant.element, variant.component, variant.codes)
        assert found == [wanted], variant.kind
        check_answer(variant, judged)
        if number % 20 == 0:
            answer = write_acknowledgements(judged, created="202605041300", control="7")
            assert not list(validate(answer)), variant.kind
            assert pyx12_judge(answer), variant.kind
    assert sum(kinds.values()) > 200, kinds
    assert len(kinds) > 15, kinds


def check_answer(variant: Any, judged: JudgedInterchange) -> None:
    """The codes of the finding stand in TA1 or 999, and the 999 reads back as it was meant."""
    (group,) = judged.groups
    name, _, code = variant.codes.partition("=")
    if name == "TA105":
        assert (judged.answer.verdict, judged.answer.code) == ("R", code)
        return
    assert judged.answer.verdict == "A"
    assert (group.verdict, group.accepted) == ("R", 0)
    if name == "AK905":
        assert group.codes == (code,)
        return
    (one,) = group.sets
    assert one.verdict == "R"
    if name == "IK502":
        assert one.codes == (code,)
        return
    (segment,) = one.segments
    segment_code, _, element_code = variant.codes.partition("/")
    assert (segment.segment, segment.ordinal, segment.code) == (variant.segment_id, variant.segment, segment_code)
    assert [(bad.element, bad.component, bad.code) for bad in segment.elements] == (
        [(variant.element, variant.component, element_code)] if element_code else []
    )
    assert one.codes == ("5",)
    answer = write_acknowledgements(judged, created="202605041300", control="7")
    (read,) = read_999(answer)
    assert [(bad.ordinal, bad.code) for bad in read.sets[0].segments] == [(segment.ordinal, segment.code)]


def test_bases_are_right(x12_bases: Mapping[str, str], pyx12_judge: Callable[[str], bool]) -> None:
    assert sorted(x12_bases) == sorted(KINDS)
    for kind, text in x12_bases.items():
        assert not list(validate(text, snip=2)), kind
        if kind in {"837P", "837I", "835"}:
            assert pyx12_judge(text), kind
