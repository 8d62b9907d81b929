"""Each error gets the cause that a reader would give it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nosology.codes.icd10cm import Icd10cm, open_icd10cm
from nosology.coding.evaluate import GoldCode, GoldNote, Predicted, score_note
from nosology.coding.evaluate_causes import CodeError, explain_errors, group_errors, relate_codes
from nosology.model.coding import NotCoded
from nosology.model.note import Section, Span

TEXT = (
    "PMH: pneumonia last year.\n"
    "HPI: Cough since Monday. Denies chest pain. Mother had gout. Possible asthma.\n"
    "ASSESSMENT: Acute bronchitis. Hypertension, stable. Return if fever. Prior stroke, resolved.\n"
    "EXAM: rash on the arm.\n"
)


@pytest.fixture(scope="module")
def icd(home: Path) -> Icd10cm:
    return open_icd10cm(home=home)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def guess(code: str, words: str, section: str = "assessment") -> Predicted:
    return Predicted(code, 0.8, (span(words),), quote=words, section=section, why="index: x")


def note(*required: GoldCode, setting: str = "outpatient") -> GoldNote:
    return GoldNote(id="n", text=TEXT, setting=setting, required=required)


def explain(
    icd: Icd10cm, gold: GoldNote, predicted: list[Predicted], *not_coded: NotCoded
) -> dict[str, tuple[str, str, str]]:
    sections = (Section("assessment", "", Span(0, len(TEXT)), Span(0, len(TEXT))),)
    score = score_note(gold, predicted, sections=sections)
    errors = explain_errors(gold, score, icd, not_coded=not_coded)
    assert len(errors) == score.exact.missed + score.exact.false
    return {error.code: (error.cause, error.detail, error.other) for error in errors}


@pytest.mark.parametrize(
    ("predicted", "required", "relation"),
    [
        ("S72.001A", "S72.001D", "another 7th character"),
        ("M17.12", "M17.11", "another side"),
        ("M17.0", "M17.11", "another side"),
        ("M25.569", "M25.561", "another side"),
        ("E11.9", "E11.65", "same category"),
        ("I50.9", "I50.22", "less specific"),
        ("I50.22", "I50.9", "more specific"),
        ("I50", "I50.22", "parent"),
        ("I50.22", "I50.2", "child"),
        ("I50.22", "I50.23", "sibling"),
        ("I50.22", "I50.31", "same category"),
        ("I10", "E11.9", ""),
        ("M17.99", "M17.11", "same category"),
    ],
)
def test_relation_of_codes(icd: Icd10cm, predicted: str, required: str, relation: str) -> None:
    assert relate_codes(predicted, required, icd) == relation


def test_missed_and_false_of_one_category_are_one_error_of_specificity(icd: Icd10cm) -> None:
    gold = note(GoldCode("J20.9", quote="Acute bronchitis"), GoldCode("M17.11"))
    found = explain(icd, gold, [guess("J20.8", "Acute bronchitis"), guess("M17.12", "arm")])
    assert found["M17.11"] == ("coded at another specificity", "another side", "M17.12")
    assert found["M17.12"] == ("another specificity than required", "another side", "M17.11")
    assert found["J20.9"][0] == "coded at another specificity"
    assert found["J20.8"][2] == "J20.9"


def test_closest_code_is_the_partner_and_each_has_one(icd: Icd10cm) -> None:
    gold = note(GoldCode("S72.001A"), GoldCode("S72.90XA"))
    found = explain(icd, gold, [guess("S72.002A", "arm"), guess("S72.001D", "arm")])
    assert found["S72.001A"][2] == "S72.001D"
    assert found["S72.90XA"][2] == "S72.002A"


def test_causes_of_missed_codes(icd: Icd10cm) -> None:
    gold = note(
        GoldCode("R05.9", quote="Cough"),
        GoldCode("I63.9", quote="stroke"),
        GoldCode("J18.9", quote="pneumonia"),
        GoldCode("I10", quote="Hypertension"),
        GoldCode("J20.9", quote="Acute bronchitis"),
        GoldCode("B97.89", quote="bronchitis"),
        GoldCode("H40.9", quote="glaucoma"),
        GoldCode("L40.0"),
        GoldCode("Q99.9X"),
    )
    found = explain(
        icd,
        gold,
        [guess("J20.9", "Acute bronchitis"), guess("G93.2", "Hypertension")],
        NotCoded(span("Cough"), "Cough", "integral to J20.9 (I.B.5)", "R05.9"),
        NotCoded(span("stroke"), "stroke", "history", "Z86.73"),
        NotCoded(span("pneumonia"), "pneumonia", "history", "J18.1"),
    )
    assert found["R05.9"] == ("found but rejected", "integral to J20.9 (I.B.5)", "")
    assert found["I63.9"] == (
        "its words were taken for a code of another category and rejected",
        "history",
        "Z86.73",
    )
    assert found["J18.9"][0] == "its words were taken for a code of its category and rejected"
    assert found["I10"] == ("its words were read as another code", "a false one", "G93.2")
    assert found["B97.89"] == ("its words carry only another code", "a right one", "J20.9")
    assert found["H40.9"] == ("no mention found", "the quote does not stand in the note as it is given", "")
    assert found["L40.0"] == ("no mention found", "", "")
    assert found["Q99.9X"][0] == "not in this release"


def test_missed_code_whose_category_was_met_elsewhere(icd: Icd10cm) -> None:
    gold = note(GoldCode("J20.9", quote="Acute bronchitis"), GoldCode("J20.0"), GoldCode("M17.11"))
    rejected = NotCoded(span("arm"), "arm", "absent", "M17.12")
    found = explain(icd, gold, [guess("J20.9", "Acute bronchitis")], rejected)
    assert found["J20.0"] == ("only another code of its category found", "less specific", "J20.9")
    assert found["M17.11"] == ("found at another specificity and rejected", "absent", "M17.12")


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("A two-month history of cough.", False),
        ("History of cough.", True),
        ("Cough prior to admission.", False),
        ("Prior cough.", True),
        ("Cough two weeks ago.", False),
    ],
)
def test_words_of_the_past(icd: Icd10cm, text: str, past: bool) -> None:
    gold = GoldNote(id="n", text=text, setting="outpatient", required=())
    start = text.lower().index("cough")
    (error,) = explain_errors(gold, score_note(gold, [Predicted("R05.9", 0.8, (Span(start, start + 5),))]), icd)
    assert (error.cause == "history as current") is past


def test_causes_of_false_codes(icd: Icd10cm) -> None:
    gold = note(GoldCode("J20.9", quote="Acute bronchitis"), GoldCode("I10", quote="Hypertension"))
    predicted = [
        guess("J20.9", "Acute bronchitis"),
        guess("R07.9", "chest pain"),
        guess("M10.9", "gout"),
        guess("J45.909", "asthma"),
        guess("R50.9", "fever"),
        guess("I63.9", "stroke"),
        guess("J18.9", "pneumonia", "past_medical_history"),
        guess("R05.9", "Cough", "history_of_present_illness"),
        guess("J20.8", "bronchitis"),
        guess("J40", "Acute bronchitis"),
        guess("G93.2", "Hypertension"),
        guess("L30.9", "arm", "physical_exam"),
        guess("Z72.0", "arm"),
        guess("W19.XXXA", "arm"),
        guess("K21.9", "arm", ""),
    ]
    found = explain(icd, gold, predicted)
    assert found["R07.9"] == ("denied, coded as present", "denies", "")
    assert found["M10.9"] == ("family's condition as the patient's", "mother", "")
    assert found["J45.909"] == ("doubtful, coded as established", "possible", "")
    assert found["R50.9"] == ("possibility or plan as fact", "if", "")
    assert found["I63.9"] == ("history as current", "prior", "")
    assert found["J18.9"] == ("history as current", "past medical history", "")
    assert found["R05.9"] == ("symptom beside a diagnosis", "", "")
    assert found["J20.8"][0] == "beside a right code of its category"
    assert found["J40"] == ("second code on the words of a right one", "", "J20.9")
    assert found["G93.2"] == ("in place of a required code", "same words, another category", "I10")
    assert found["L30.9"] == ("named in passing", "physical exam", "")
    assert found["Z72.0"] == ("status or circumstance that the gold leaves out", "Z code", "")
    assert found["W19.XXXA"] == ("status or circumstance that the gold leaves out", "V to Y", "")
    assert found["K21.9"] == ("diagnosis that the gold leaves out", "no heading", "")


def test_doubt_is_no_error_of_an_inpatient(icd: Icd10cm) -> None:
    found = explain(icd, note(setting="inpatient"), [guess("J45.909", "asthma", "hospital_course")])
    assert found["J45.909"][0] == "diagnosis that the gold leaves out"


def test_error_quotes_its_clause(icd: Icd10cm) -> None:
    gold = note()
    (error,) = explain_errors(gold, score_note(gold, [guess("R07.9", "chest pain")]), icd)
    assert (error.quote, error.context, error.score) == ("chest pain", "Denies chest pain.", 0.8)
    long = GoldNote(id="n", text="a " * 200 + "chest pain" + " b" * 200, setting="outpatient", required=())
    predicted = Predicted("R07.9", 0.8, (Span(400, 410),), quote="chest pain")
    (error,) = explain_errors(long, score_note(long, [predicted]), icd)
    assert error.context.startswith("…a a")
    assert error.context.endswith("b b…")
    assert "a chest pain b" in error.context


def test_focus_tells_which_words_of_a_long_evidence_are_meant(icd: Icd10cm) -> None:
    text = "Pneumonia of the left lobe, no bleeding."
    gold = GoldNote(id="n", text=text, setting="outpatient", required=(GoldCode("J18.9", quote="Pneumonia"),))
    start = text.index("bleeding")
    whole = Span(0, len(text))
    predicted = [
        Predicted("J18.9", 0.9, (whole,)),
        Predicted("R58", 0.8, (whole,), quote=text, focus=Span(start, start + 8)),
    ]
    (error,) = explain_errors(gold, score_note(gold, predicted), icd)
    assert (error.cause, error.detail) == ("denied, coded as present", "no")
    assert (error.quote, error.context) == ("bleeding", text)


def test_groups_put_like_errors_together_the_commonest_first() -> None:
    def error(code: str, kind: str, cause: str, detail: str) -> CodeError:
        return CodeError("n", "outpatient", kind, code, cause, detail)

    groups = group_errors(
        [
            error("R05.9", "false", "other", ""),
            error("R05.9", "missed", "no mention found", ""),
            error("R06.2", "missed", "found but rejected", "integral to J20.9 (I.B.5)"),
            error("R07.9", "missed", "found but rejected", "integral to I21.4 (I.B.5)"),
            error("R07.9", "false", "x", "given in 19% of charts"),
            error("R06.2", "false", "x", "given in 7 % of charts"),
        ]
    )
    assert [(g.kind, g.cause, g.detail, len(g.errors)) for g in groups] == [
        ("missed", "found but rejected", "integral to … (I.B.5)", 2),
        ("missed", "no mention found", "", 1),
        ("false", "x", "given in … of charts", 2),
        ("false", "other", "", 1),
    ]
