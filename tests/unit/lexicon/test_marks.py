"""Patterns that begin with a sign match as a plain search does; offsets are found as by ``bisect``."""

from __future__ import annotations

import re
from bisect import bisect_left

import pytest

from nosology.lexicon.marks import MarkPattern
from nosology.lexicon.places import first_at

TEXT = "Fever: no. Rash (+), cough - none; pain:  yes\nR knee, LR, both eyes. Plan: x-ray on 3/4/2019, 19 mg"


@pytest.mark.parametrize(
    ("signs", "pattern", "told"),
    [
        (":(-", r"[:(-] *(?:no|yes|none|\+)", {}),
        (":(-", r"[:(-] *(?:no|yes|none|\+)", {"then": "ny+"}),
        (("R", "bo"), r"\b(?:R|both)\b", {"apart": True}),
        (".", r"\. [A-Z]\w+:", {"holds": ":"}),
        (("19", "20"), r"(?:19|20)\d\d", {}),
    ],
)
def test_the_matches_are_those_of_the_pattern(signs: str, pattern: str, told: dict[str, object]) -> None:
    found = MarkPattern(signs, pattern, **told).find(TEXT)  # type: ignore[arg-type]
    assert [m.span() for m in found] == [m.span() for m in re.finditer(pattern, TEXT)]
    assert found


def test_a_part_of_a_text() -> None:
    assert [m.span() for m in MarkPattern(",", r", \w+").find(TEXT, 20, 60)] == [
        m.span() for m in re.compile(r", \w+").finditer(TEXT, 20, 60)
    ]


def test_offsets_are_found_as_by_bisect() -> None:
    places = [1, 3, 3, 8, 20]
    for value in range(-1, 23):
        assert first_at(places, value) == bisect_left(places, value)
        for low in range(6):
            assert first_at(places, value, low) == bisect_left(places, value, low)
            assert first_at(places, value, 0, low) == bisect_left(places, value, 0, low)
