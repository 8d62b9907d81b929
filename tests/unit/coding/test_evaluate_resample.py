"""Bootstrap intervals and paired differences."""

from __future__ import annotations

import time

import pytest

from nosology.coding.evaluate import GoldCode, GoldNote, NoteScore, Predicted, evaluate_notes, score_note
from nosology.coding.evaluate_resample import (
    FIGURES,
    TALLY_WIDTH,
    compare_tallies,
    figures_of,
    resample_tallies,
    tally_note,
)
from nosology.model.note import Span

TEXT = "Hypertension. Pneumonia."


def score(number: int, *, right: bool, setting: str = "inpatient") -> NoteScore:
    gold = GoldNote(
        id=str(number),
        text=TEXT,
        setting=setting,
        required=(GoldCode("I10", quote="Hypertension", poa="Y"), GoldCode("J18.9", quote="Pneumonia", poa="Y")),
        first_listed=("I10",),
    )
    guesses = [Predicted("I10", 0.9, (Span(0, 12),), poa="Y")]
    guesses.append(Predicted("J18.9" if right else "R05.9", 0.7, (Span(14, 23),), poa="N"))
    return score_note(gold, guesses if right else guesses[::-1])


def test_figures_of_tallies_are_those_of_the_evaluation() -> None:
    scores = [score(1, right=True), score(2, right=False), score(3, right=False, setting="outpatient")]
    result = evaluate_notes(scores)
    tallies = [tally_note(each) for each in scores]
    assert {len(tally) for tally in tallies} == {TALLY_WIDTH}
    assert figures_of(tallies) == pytest.approx(
        {
            "exact_precision": result.exact.precision,
            "exact_recall": result.exact.recall,
            "exact_f1": result.exact.f1,
            "category_precision": result.category.precision,
            "category_recall": result.category.recall,
            "category_f1": result.category.f1,
            "macro_f1": result.macro_f1,
            "first_listed": result.first_listed,
            "principal": result.principal,
            "poa": result.poa,
            "evidence_f1": result.evidence_f1,
            "evidence_span": result.evidence_span,
            "brier": result.brier,
        }
    )
    assert set(figures_of(tallies)) == set(FIGURES)


def test_interval_encloses_the_figure_narrows_with_more_notes_and_repeats_with_its_seed() -> None:
    few = [tally_note(score(n, right=n % 2 == 0)) for n in range(10)]
    many = few * 20
    figure = figures_of(few)["exact_f1"]
    narrow, wide = resample_tallies(many)["exact_f1"], resample_tallies(few)["exact_f1"]
    assert figure is not None
    assert wide.low <= figure <= wide.high
    assert narrow.high - narrow.low < (wide.high - wide.low) / 2
    assert resample_tallies(few)["exact_f1"] == wide
    assert resample_tallies(many, seed=1) != resample_tallies(many)


def test_no_notes_or_no_resamples_give_no_interval() -> None:
    assert resample_tallies([]) == {}
    assert resample_tallies([tally_note(score(1, right=True))], resamples=0) == {}
    assert figures_of([]) == dict.fromkeys(FIGURES)
    outpatient = [tally_note(score(1, right=True, setting="outpatient"))]
    assert "principal" not in resample_tallies(outpatient, resamples=10)


def test_a_clear_change_is_significant_and_none_is_not() -> None:
    before = [tally_note(score(n, right=n % 3 == 0)) for n in range(30)]
    after = [tally_note(score(n, right=True)) for n in range(30)]
    found = compare_tallies(before, after)["exact_f1"]
    assert (found.before, found.after) == (figures_of(before)["exact_f1"], 1.0)
    assert found.change == pytest.approx(found.after - found.before)
    assert 0 < found.low <= found.change <= found.high
    assert found.p < 0.01
    same = compare_tallies(before, before)["exact_f1"]
    assert (same.change, same.low, same.high, same.p) == (0, 0, 0, 1.0)
    back = compare_tallies(after, before)["exact_f1"]
    assert (back.change, back.p) == (pytest.approx(-found.change), found.p)


def test_five_hundred_notes_take_no_more_than_seconds() -> None:
    tallies = [tally_note(score(n, right=n % 2 == 0)) for n in range(50)] * 10
    start = time.perf_counter()
    resample_tallies(tallies)
    assert time.perf_counter() - start < 5
