"""Two runs: what changed, and whether it is more than chance."""

from __future__ import annotations

import json

import pytest

from nosology.coding.evaluate import GoldCode, GoldNote, Predicted, score_note
from nosology.coding.evaluate_compare import (
    NoteRun,
    Run,
    compare_runs,
    digest_gold,
    mcnemar,
    read_run,
    record_note,
    run_to_dict,
)
from nosology.errors import UnreadableInput

ABOUT = (("gold", "g.jsonl"), ("nosology", "0.1.0"))


def gold(name: str, text: str = "SECRET words of a chart") -> GoldNote:
    required = (GoldCode("I10", quote="SECRET"), GoldCode("E11.9", ("E11.8",)))
    return GoldNote(id=name, text=text, setting="inpatient", required=required, first_listed=("I10",))


def record(name: str, *codes: str, text: str = "SECRET words of a chart") -> NoteRun:
    note = gold(name, text)
    return record_note(note, score_note(note, [Predicted(code, 0.9, quote="SECRET") for code in codes]))


def test_what_changed_note_by_note() -> None:
    before = Run(ABOUT, (record("a", "I10", "R05.9"), record("b", "I10"), record("c", "E11.9", "I10")))
    after = Run(ABOUT, (record("a", "I10", "E11.8", "R06.2"), record("b", "I10"), record("c", "I10")))
    found = compare_runs(before, after, resamples=100)
    assert found.notes == 3
    first, last = found.changes
    assert (first.id, first.gained, first.lost) == ("a", ("E11.9",), ())
    assert (first.false_gone, first.false_new, first.first_listed) == (("R05.9",), ("R06.2",), "")
    assert (last.id, last.gained, last.lost, last.first_listed) == ("c", (), ("E11.9",), "better")
    assert [(test.better, test.worse) for test in found.tests] == [(1, 1), (1, 1), (2, 2), (1, 0)]
    differences = dict(found.differences)
    assert differences["first_listed"].change == pytest.approx(1 / 3)
    assert differences["exact_f1"].change == pytest.approx(0)


def test_only_notes_with_the_same_text_and_gold_are_compared() -> None:
    before = Run(ABOUT, (record("a", "I10"), record("b", "I10"), record("old")))
    after = Run(ABOUT, (record("b", "I10", text="other"), record("a", "E11.9"), record("new")))
    found = compare_runs(before, after, resamples=10)
    assert (found.notes, found.altered, found.only_before, found.only_after) == (1, ("b",), ("old",), ("new",))
    assert [change.id for change in found.changes] == ["a"]


def test_nothing_in_common_is_no_error() -> None:
    found = compare_runs(Run(ABOUT, (record("a"),)), Run(ABOUT, (record("b"),)))
    assert (found.notes, found.differences, found.changes) == (0, (), ())


def test_repeated_ids_are_kept_apart() -> None:
    run = Run(ABOUT, (record("a", "I10"), record("a", "E11.9")))
    assert compare_runs(run, run, resamples=10).notes == 2


def test_digest_tells_another_text_or_gold_but_not_another_scope() -> None:
    assert digest_gold(gold("a")) == digest_gold(gold("b"))
    assert digest_gold(gold("a")) != digest_gold(gold("a", "x"))
    fewer = GoldNote(id="a", text=gold("a").text, setting="inpatient", required=(GoldCode("I10"),))
    assert digest_gold(fewer) != digest_gold(gold("a"))


def test_saved_run_comes_back_and_holds_no_word_of_a_note() -> None:
    run = Run(ABOUT, (record("a", "I10", "R05.9"), record("b")))
    text = json.dumps(run_to_dict(run))
    assert "SECRET" not in text
    assert read_run(json.loads(text), where="run.json") == run


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"about": []},
        {"notes": {}},
        {"notes": [3]},
        {"notes": [{"id": "a", "digest": "x", "true": "I10", "missed": [], "false": [], "tally": [0] * 19}]},
        {"notes": [{"id": "a", "digest": "x", "true": [], "missed": [], "false": [], "tally": [0]}]},
        {"notes": [{"id": "a", "digest": "x", "true": [], "missed": [], "false": [], "tally": [float("nan")] * 19}]},
        {"notes": [{"id": 1, "digest": "x", "true": [], "missed": [], "false": [], "tally": [0] * 19}]},
        {
            "notes": [
                {"id": "a", "digest": "", "true": [], "missed": [], "false": [], "tally": [0] * 19, "first_listed": 3}
            ]
        },
    ],
)
def test_bad_run_is_named_in_one_line(change: dict[str, object]) -> None:
    whole = run_to_dict(Run(ABOUT, (record("a"),)))
    with pytest.raises(UnreadableInput, match=r"^run\.json") as caught:
        read_run(whole | change, where="run.json")
    assert "\n" not in str(caught.value)
    with pytest.raises(UnreadableInput):
        read_run([], where="run.json")


def test_mcnemar_is_the_exact_binomial_test() -> None:
    assert mcnemar("x", 0, 0).p == 1.0
    assert mcnemar("x", 5, 5).p == 1.0
    assert mcnemar("x", 1, 9).p == pytest.approx(0.021484375)  # 2 * (1 + 10) / 2**10
    assert mcnemar("x", 9, 1).p == mcnemar("x", 1, 9).p
    assert mcnemar("x", 600, 700).p == pytest.approx(0.00603, abs=2e-4)
    assert mcnemar("x", 480, 520).p == pytest.approx(mcnemar("x", 481, 520).p, abs=0.02)
