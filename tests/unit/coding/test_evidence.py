"""The quotes under a code: the statement, each part of a combination, and the sentence that shows care."""

from __future__ import annotations

from datetime import date

import pytest

from nosology.model.coding import CodedNote
from nosology.model.note import Document, Role
from nosology.pipeline import code_note

ON = date(2026, 5, 4)


def coded(text: str) -> CodedNote:
    return code_note(Document("note", text), setting="outpatient", on=ON)


def quotes(text: str, code: str) -> list[str]:
    found = {s.code: s for s in coded(text).suggestions}
    assert code in found, sorted(found)
    return [e.quote for e in found[code].evidence if e.role is Role.SUPPORTS]


PLAN = """ASSESSMENT AND PLAN

1. Hypothyroidism.
- Medical Reasoning: TSH was 3.1 last month.
- Patient Education and Counseling: We discussed a healthy diet.
- Medical Treatment: Continue levothyroxine 88 mcg daily.

2. Gout.
- Medical Reasoning: Stable.
- Medical Treatment: He will continue his allopurinol.

3. Diabetes type 2.
- Medical Reasoning: His A1c was 7.1 in March.
- Medical Treatment: Continue metformin 500 mg twice daily. Repeat hemoglobin A1c.

4. Right ankle sprain.
- Medical Treatment: Ibuprofen as needed and a brace.
"""


@pytest.mark.parametrize(
    ("code", "care"),
    [
        ("E03.9", "Continue levothyroxine 88 mcg daily."),
        ("M10.9", "He will continue his allopurinol."),
        ("E11.9", "His A1c was 7.1 in March."),  # the drug sentence is the evidence of Z79.84 already
    ],
)
def test_the_sentence_of_care_below_the_problem_is_quoted(code: str, care: str) -> None:
    assert quotes(PLAN, code)[1:] == [care]


def test_an_injury_needs_no_sentence_of_care() -> None:
    assert quotes(PLAN, "S93.401A") == ["Right ankle sprain."]


def test_education_is_no_care() -> None:
    text = "ASSESSMENT AND PLAN\n\n1. Hypothyroidism.\n- We discussed treatment options for the thyroid today.\n"
    assert quotes(text, "E03.9") == ["Hypothyroidism."]


def test_each_part_of_a_combination_is_quoted() -> None:
    text = "ASSESSMENT\n\n1. Chronic kidney disease stage 3a.\n2. Hypertension, above goal. Increase lisinopril.\n"
    shown = quotes(text, "I12.9")
    assert any("kidney" in q for q in shown)
    assert any("Hypertension" in q for q in shown)


def test_of_long_prose_the_clause_is_quoted() -> None:
    text = (
        "ASSESSMENT\n\nHer echocardiogram from six months ago demonstrated a reduced ejection fraction of 45%, "
        "as well as moderate mitral regurgitation, and she will see cardiology for both of these in the coming month.\n"
    )
    assert quotes(text, "I34.0")[0] == "as well as moderate mitral regurgitation"


def test_a_quote_never_cuts_a_word() -> None:
    text = "ASSESSMENT\n\n1. Class 2 obesity, BMI 36.2. Diet and exercise.\n"
    note = coded(text)
    for suggestion in note.suggestions:
        for evidence in suggestion.evidence:
            start, end = evidence.span.start, evidence.span.end
            assert evidence.quote == text[start:end]
            assert not (text[start - 1].isalnum() and text[start].isalnum())
            assert not (text[end - 1].isalnum() and text[end : end + 1].isalnum())


@pytest.mark.parametrize(
    ("line", "code", "shown"),
    [
        ("Rosacea, papulopustular → metronidazole cream twice a day", "L71.8", "Rosacea, papulopustular"),
        ("Vitamin D deficiency - start D3 1000 IU daily", "E55.9", "Vitamin D deficiency"),
        ("Hypertension - well controlled", "I10", "Hypertension - well controlled"),
        ("Left shoulder pain, likely tendinopathy.", "M25.512", "Left shoulder pain, likely tendinopathy."),
        ("Class 2 obesity, BMI 36.2.", "Z68.36", "BMI 36.2."),
        ("Essential hypertension; mixed hyperlipidemia; prediabetes", "E78.2", "mixed hyperlipidemia"),
        ("Dermatitis (scalp, back, both arms), chronic", "L30.9", "Dermatitis (scalp, back, both arms), chronic"),
    ],
)
def test_orders_and_other_diagnoses_are_left_out(line: str, code: str, shown: str) -> None:
    assert quotes(f"ASSESSMENT AND PLAN\n\n{line}\n", code)[0] == shown


def test_of_a_long_term_drug_the_dose_is_quoted_without_its_neighbours() -> None:
    text = (
        "HISTORY OF PRESENT ILLNESS\n\nType 2 diabetes, begun on metformin years ago.\n\n"
        "ASSESSMENT AND PLAN\n\nType 2 diabetes. Continue metformin 500 mg twice daily and a low-salt diet.\n"
    )
    assert quotes(text, "Z79.84") == ["Continue metformin 500 mg twice daily"]


def test_a_statement_in_a_paragraph_stands_without_the_orders_behind_it() -> None:
    text = "ASSESSMENT AND PLAN\n\nHypothyroidism. Continue levothyroxine 88 mcg daily and come back in a year.\n"
    assert quotes(text, "E03.9") == ["Hypothyroidism."]


def test_a_heading_that_the_sentence_below_repeats_is_left_out() -> None:
    text = "ASSESSMENT AND PLAN\n\nGout.\n- His gout is stable on allopurinol.\n"
    assert quotes(text, "M10.9") == ["His gout is stable on allopurinol."]
