"""Claims torn in every way give findings, never an exception."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest

from nosology.x12.validate import validate

ODD = (
    "",
    "-",
    "-5",
    ".",
    "1e9",
    "²",
    "20261399",
    "20260504-",
    "-20260504",
    "A" * 60,
    ":",
    "::::::::::",
    "NaN",
    "HC:",
    "1:2:3:4:5",
)


def _tear(segments: list[str], chance: random.Random) -> None:
    at = chance.randrange(3, len(segments))
    kind = chance.random()
    if kind < 0.25:
        del segments[at]
    elif kind < 0.4:
        segments.insert(at, chance.choice(segments))
    elif kind < 0.85 and "*" in segments[at]:
        elements = segments[at].split("*")
        elements[chance.randrange(1, len(elements))] = chance.choice(ODD)
        segments[at] = "*".join(elements)
    else:
        other = chance.randrange(3, len(segments))
        segments[at], segments[other] = segments[other], segments[at]


@pytest.mark.parametrize("base", ["P", "P patient", "P second", "I", "I outpatient", "D"])
def test_torn_claims_are_judged(claim_file_of: Callable[..., str], base: str) -> None:
    text = claim_file_of(base)
    chance = random.Random(base)
    for _ in range(150):
        segments = text.split("~")
        for _ in range(chance.randint(1, 4)):
            _tear(segments, chance)
        for finding in validate("~".join(segments), on=date(2026, 5, 4)):
            assert finding.message


def test_a_loop_without_its_first_segment_has_one_finding(claim_file_of: Callable[..., str]) -> None:
    found = [finding.rule for finding in validate(claim_file_of("P", {"LX*1\n": ""}), snip=4)]
    assert found == ["x12.missing_segment"]
