"""Gold codes of an earlier year, brought to the codes of today."""

from __future__ import annotations

from datetime import date

import pytest

from nosology.coding.evaluate import Counts, GoldCode, GoldNote, Predicted, score_note
from nosology.coding.superseded import bring_forward, default_successor, find_successors, recount
from nosology.pipeline import load_coder

DAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("old", "today", "default"),
    [
        ("R51", {"R51.0", "R51.9"}, "R51.9"),
        ("T14.8", {"T14.8XXA", "T14.8XXD", "T14.8XXS"}, "T14.8XXA"),
        ("W19.XXX", {"W19.XXXA", "W19.XXXD", "W19.XXXS"}, "W19.XXXA"),
        ("R74.0", {"R74.01", "R74.02"}, ""),
        ("I10", {"I10"}, "I10"),
        ("Q00.9X9", set(), ""),
    ],
)
def test_successors_are_the_billable_codes_below(old: str, today: set[str], default: str) -> None:
    icd = load_coder(DAY).icd
    found = find_successors(old, icd)
    assert found == today
    assert default_successor(found, icd.title) == default


def test_any_successor_meets_a_superseded_code_once() -> None:
    note = GoldNote("1", "", "case-report", (GoldCode("I10"), GoldCode("N39.0")), superseded=("R51", "R05"))
    below = {"R51": frozenset({"R51.0", "R51.9"}), "R05": frozenset({"R05.1", "R05.9"})}
    score = score_note(note, [Predicted(code, 0.9) for code in ("I10", "R51.0", "R51.9", "E11.9")])
    assert score.exact == Counts(1, 3, 1)
    found = recount([score], below.__getitem__)
    assert found is not None
    assert found.codes == 2
    assert found.counts == Counts(2, 2, 2)  # R51 is met once, R05 missed
    assert found.unjudged == Counts(1, 1, 1)


def test_without_superseded_codes_there_is_nothing_to_count_again() -> None:
    score = score_note(GoldNote("1", "", "case-report", (GoldCode("I10"),)), [Predicted("I10", 0.9)])
    assert recount([score], lambda code: frozenset()) is None


def test_refined_codes_come_forward_and_codes_without_their_7th_character_stay_unknown() -> None:
    icd = load_coder(DAY).icd
    forward = bring_forward(("R51", "M54.5", "T14.8", "R74.0"), frozenset({"M54.59", "I10"}), icd)
    assert forward.gold == {"R51.9", "M54.59"}  # what the engine read, else the unspecified one; R74.0 has none
    assert forward.accepted == {"R51.0", "R51.9", "M54.50", "M54.51", "M54.59", "R74.01", "R74.02"}
    assert forward.unknown == ("T14.8",)
