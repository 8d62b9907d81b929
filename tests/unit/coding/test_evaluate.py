"""The scoring of predicted codes against gold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nosology.coding.evaluate import (
    NO_QUOTE,
    Counts,
    GoldCode,
    GoldNote,
    Predicted,
    evaluate_notes,
    locate_quote,
    read_gold,
    score_note,
)
from nosology.errors import UnreadableInput
from nosology.model.encounter import Setting
from nosology.model.note import Section, Span

TEXT = "Right heel ulcer.  Type 2\ndiabetes. Heel ulcer again."


def gold(*required: GoldCode, **more: object) -> GoldNote:
    return GoldNote(id="1", text=TEXT, setting="outpatient", required=required, **more)  # type: ignore[arg-type]


def guess(*codes: str, score: float = 0.9) -> list[Predicted]:
    return [Predicted(code, score) for code in codes]


@pytest.mark.parametrize(
    ("required", "optional", "predicted", "exact"),
    [
        ([GoldCode("I10")], [], ["I10"], Counts(1, 0, 0)),
        ([GoldCode("I10")], [], ["I10", "I10"], Counts(1, 0, 0)),
        ([GoldCode("I10")], [], ["E11.9"], Counts(0, 1, 1)),
        ([GoldCode("I10")], [GoldCode("E11.9")], ["E11.9"], Counts(0, 0, 1)),
        ([GoldCode("N20.0", ("M54.9",))], [], ["M54.9"], Counts(1, 0, 0)),
        ([GoldCode("N20.0", ("M54.9",))], [], ["N20.0", "M54.9"], Counts(1, 1, 0)),
        ([GoldCode("A00.0", ("A01.0",)), GoldCode("A02.0", ("A01.0",))], [], ["A01.0"], Counts(1, 0, 1)),
        ([GoldCode("A00.0", ("A01.0",)), GoldCode("A01.0")], [], ["A01.0"], Counts(1, 0, 1)),
        ([], [], [], Counts(0, 0, 0)),
    ],
)
def test_counts(required: list[GoldCode], optional: list[GoldCode], predicted: list[str], exact: Counts) -> None:
    score = score_note(gold(*required, optional=tuple(optional)), guess(*predicted))
    assert score.exact == exact


def test_category_takes_the_first_three_characters_once() -> None:
    score = score_note(
        gold(GoldCode("E11.621"), GoldCode("E11.42"), GoldCode("L97.411")), guess("E11.9", "L97.419", "I10")
    )
    assert score.exact == Counts(0, 3, 3)
    assert score.category == Counts(2, 1, 0)


def test_first_listed_is_the_first_diagnosis_whatever_its_score() -> None:
    note = gold(GoldCode("I10"), first_listed=("I10", "E11.9"))
    assert score_note(note, guess("E11.9", "I10")).first_listed is True
    assert score_note(note, guess("R05.9", "I10")).first_listed is False
    assert score_note(note, []).first_listed is False
    assert score_note(gold(GoldCode("I10")), guess("I10")).first_listed is None


def test_evidence_is_compared_word_by_word_with_the_best_place_of_the_quote() -> None:
    note = gold(GoldCode("L97.41", quote="heel ulcer"), GoldCode("E11.9", quote="type 2 diabetes"))
    heel = TEXT.index("Heel ulcer again")
    kind = TEXT.index("Type 2")
    score = score_note(
        note,
        [
            Predicted("L97.41", 0.8, (Span(heel, heel + len("Heel ulcer again")),)),
            Predicted("E11.9", 0.8, (Span(kind, kind + len("Type 2\ndiabetes")),)),
        ],
    )
    heel_overlap, kind_overlap = score.evidence
    assert heel_overlap.f1 == pytest.approx(0.8)
    assert (heel_overlap.shared, heel_overlap.shown, heel_overlap.quoted) == (2, 3, 2)
    assert not heel_overlap.same_words
    assert not heel_overlap.same_span
    assert (kind_overlap.f1, kind_overlap.same_words, kind_overlap.same_span) == (1.0, True, True)
    result = evaluate_notes([score])
    assert result.evidence_f1 == pytest.approx(0.9)
    assert result.evidence_span == pytest.approx(0.5)
    assert result.evidence_words.precision == pytest.approx(5 / 6)
    assert result.evidence_words.recall == 1.0


def test_evidence_of_several_pieces_is_the_same_span_if_one_piece_is() -> None:
    note = gold(GoldCode("E11.9", quote="diabetes"))
    at = TEXT.index("diabetes")
    (overlap,) = score_note(note, [Predicted("E11.9", 0.8, (Span(0, 5), Span(at, at + 8)))]).evidence
    assert overlap.same_span
    assert not overlap.same_words
    assert overlap.f1 == pytest.approx(2 / 3)


def test_quote_is_found_across_line_breaks_and_letter_case() -> None:
    assert locate_quote(TEXT, "Type 2 diabetes") == (Span(19, 34),)
    assert len(locate_quote(TEXT, "HEEL ULCER")) == 2
    assert locate_quote(TEXT, "gout") == ()
    assert locate_quote(TEXT, " ") == ()


def test_together_micro_macro_and_settings() -> None:
    one = score_note(gold(GoldCode("I10"), GoldCode("E11.9")), guess("I10"))
    two = score_note(
        GoldNote(id="2", text="", setting="inpatient", required=(GoldCode("J18.9"),)), guess("J18.9", "R05.9")
    )
    result = evaluate_notes([one, two])
    assert result.notes == 2
    assert result.exact == Counts(2, 1, 1)
    assert result.exact.f1 == pytest.approx(2 / 3)
    assert result.macro_f1 == pytest.approx(2 / 3)
    assert [(each.setting, each.notes) for each in result.by_setting] == [("inpatient", 1), ("outpatient", 1)]
    assert result.first_listed is None
    assert result.by_note.precision == pytest.approx((1 + 0.5) / 2)
    assert result.by_note.recall == pytest.approx((0.5 + 1) / 2)


def test_macro_by_code_counts_every_required_or_predicted_code_alike() -> None:
    notes = [score_note(gold(GoldCode("I10"), GoldCode("E11.9")), guess("I10", "R05.9")) for _ in range(3)]
    by_code = evaluate_notes(notes).by_code  # I10 always right, E11.9 always missed, R05.9 always false
    assert (by_code.precision, by_code.recall, by_code.f1) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    by_category = evaluate_notes(notes).category_by_code
    assert by_category.f1 == pytest.approx(1 / 3)


def test_principal_is_the_first_listed_of_inpatients() -> None:
    inside = GoldNote(id="2", text="", setting="inpatient", required=(GoldCode("J18.9"),), first_listed=("J18.9",))
    scores = [
        score_note(inside, guess("J18.9")),
        score_note(inside, guess("I10")),
        score_note(gold(GoldCode("I10"), first_listed=("I10",)), guess("I10")),
    ]
    result = evaluate_notes(scores)
    assert (result.principal, result.principal_notes) == (0.5, 2)
    assert result.first_listed == pytest.approx(2 / 3)
    assert [each.first_listed for each in result.by_setting] == [0.5, 1.0]


def test_present_on_admission_is_judged_on_true_codes_that_have_it_in_the_gold() -> None:
    note = gold(GoldCode("I10", poa="Y"), GoldCode("N17.9", poa="N"), GoldCode("E11.9"), GoldCode("J18.9", poa="Y"))
    predicted = [
        Predicted("I10", 0.9, poa="Y"),
        Predicted("N17.9", 0.9, poa="Y"),
        Predicted("E11.9", 0.9, poa="N"),
        Predicted("R05.9", 0.9, poa="N"),
    ]
    result = evaluate_notes([score_note(note, predicted)])
    assert (result.poa, result.poa_codes) == (0.5, 2)
    assert result.poa_pairs == (("N", "Y", 1), ("Y", "Y", 1))


def test_groups_by_chapter_frequency_and_section_hold_every_code_once() -> None:
    sections = (
        Section("problem_list", "", Span(0, 18), Span(0, 18)),
        Section("assessment", "", Span(18, len(TEXT)), Span(18, len(TEXT))),
    )
    note = gold(
        GoldCode("L97.41", quote="heel ulcer"),
        GoldCode("E11.9", quote="type 2 diabetes"),
        GoldCode("I10", quote="not there"),
    )
    last = TEXT.index("Heel ulcer again")
    predicted = [
        Predicted("L97.41", 0.8, (Span(last, last + 10),), section="assessment"),
        Predicted("R05.9", 0.8, (Span(0, 5),), section="problem_list"),
    ]
    score = score_note(note, predicted, sections=sections)
    result = evaluate_notes([score, score], chapter_of=lambda code: code[0])
    assert {g.name: g.counts for g in result.by_section} == {
        "assessment": Counts(2, 0, 2),
        "problem_list": Counts(0, 2, 0),
        NO_QUOTE: Counts(0, 0, 2),
    }
    assert {g.name: g.counts for g in result.by_chapter} == {
        "L": Counts(2, 0, 0),
        "E": Counts(0, 0, 2),
        "I": Counts(0, 0, 2),
        "R": Counts(0, 2, 0),
    }
    assert [(g.name, g.codes, g.counts) for g in result.by_frequency] == [
        ("2 to 4 times", 3, Counts(2, 0, 4)),
        ("not in the gold", 1, Counts(0, 2, 0)),
    ]
    for groups in (result.by_section, result.by_chapter, result.by_frequency):
        assert sum((g.counts for g in groups), Counts()) == result.exact


def test_calibration_error_is_the_mean_gap_between_score_and_share_of_right_ones() -> None:
    note = gold(GoldCode("I10"))
    result = evaluate_notes([score_note(note, [Predicted("I10", 0.95), Predicted("R05.9", 0.95)])])
    assert result.ece == pytest.approx(0.45)
    assert result.brier == pytest.approx((0.05**2 + 0.95**2) / 2)
    (only,) = result.bins
    assert (only.low, only.count, only.accuracy) == (0.9, 2, 0.5)


def test_nothing_to_measure_gives_no_figure() -> None:
    result = evaluate_notes([])
    assert (result.exact.f1, result.macro_f1, result.ece, result.evidence_f1) == (None, None, None, None)
    assert (result.by_code.f1, result.brier, result.poa, result.principal) == (None, None, None, None)
    assert result.by_chapter == result.by_section == result.by_setting == ()


@given(
    st.lists(st.sampled_from(["I10", "E11.9", "E11.621", "R05.9"])),
    st.lists(st.sampled_from(["I10", "E11.9", "J18.9"])),
)
def test_counts_add_up(predicted: list[str], required: list[str]) -> None:
    note = gold(*map(GoldCode, dict.fromkeys(required)))
    for counts in (score_note(note, guess(*predicted)).exact, score_note(note, guess(*predicted)).category):
        assert counts.f1 is None or 0 <= counts.f1 <= 1
    exact = score_note(note, guess(*predicted)).exact
    assert exact.true + exact.missed == len(set(required))
    assert exact.true + exact.false == len(set(predicted))


def test_gold_record_in_its_variants() -> None:
    record = {
        "id": "a",
        "text": "x",
        "setting": "case-report",
        "required": [{"code": "I10", "accept": []}],
        "age": "58.0",
    }
    note = read_gold(record, where="g, line 1")
    assert (note.rules, note.scope, note.age, note.sex) == (Setting.OUTPATIENT, "all", 58, None)
    assert read_gold(record | {"age": "", "sex": "F", "setting": "inpatient"}, where="g").age is None
    assert read_gold(record | {"age": 61}, where="g").age == 61
    assert read_gold(record, where="g", scope="reportable").scope == "reportable"
    with_poa = read_gold(record | {"required": [{"code": "I10", "poa": "y"}, {"code": "E11.9", "poa": ""}]}, where="g")
    assert [entry.poa for entry in with_poa.required] == ["Y", None]


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"text": 3},
        {"required": {}},
        {"required": [{"quote": "x"}]},
        {"required": [{"code": "I10", "accept": "E11"}]},
        {"setting": "moon"},
        {"scope": "some"},
        {"age": "old"},
        {"first_listed": "I10"},
    ],
)
def test_bad_gold_record_is_named_in_one_line(change: dict[str, object]) -> None:
    record = {"id": "a", "text": "x", "setting": "inpatient", "required": [{"code": "I10"}]} | change
    with pytest.raises(UnreadableInput, match=r"^gold\.jsonl, line 7: ") as caught:
        read_gold(record, where="gold.jsonl, line 7")
    assert "\n" not in str(caught.value)
