"""Values and phrases of clinical indicators, read from free text."""

from __future__ import annotations

import pytest

from nosology.model.note import Document, Note
from nosology.notes.assertions import Assertions
from nosology.notes.indicators import IndicatorReader, indicator_names
from nosology.notes.sections import split_sections
from nosology.notes.sentences import split_sentences


def reader(text: str) -> IndicatorReader:
    sections = split_sections(text)
    sentences = split_sentences(text, sections)
    note = Note(Document("case", text), sections, sentences, ())
    return IndicatorReader(note, Assertions(text, sections, sentences).of)


def values(text: str, name: str) -> list[object]:
    """The readings of a measurement: the number, "25-30" for an estimate, "<5" for a bound, "0.8 baseline"."""
    found = []
    for reading in reader(text).of(name):
        assert reading.value is not None
        assert reading.upper is not None
        shown = f"{reading.value:g}" if reading.value == reading.upper else f"{reading.value:g}-{reading.upper:g}"
        plain = not reading.bound and not reading.when and "-" not in shown
        found.append(reading.value if plain else f"{reading.bound}{shown} {reading.when}".strip())
    return found


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Na 128", "sodium", [128]),
        ("sodium of 128 mEq/L", "sodium", [128]),
        ("Sodium was found to be low at 121", "sodium", [121]),
        ("Sodium | 128 | L", "sodium", [128]),
        ("Sodium | 135-145 | 128 | L", "sodium", [128]),
        ("Sodium 128 mmol/L (135-145)", "sodium", [128]),
        ("Na 124→131 w/ fluid restriction", "sodium", [124, 131]),
        ("Hyponatremia 129 on admission", "sodium", [129]),
        ("K+ 2.9", "potassium", [2.9]),
        ("K nadir 2.8 repleted", "potassium", [2.8]),
        ("Potassium. 6.4 on arrival", "potassium", [6.4]),
        ("Hgb 6.8 -> transfused 2 units", "hemoglobin", [6.8]),
        ("Hgb fell from 12.1 to 7.4 on day 2", "hemoglobin", [12.1, 7.4]),
        ("Hemoglobin 11.6 before and 7.0 the next morning", "hemoglobin", [11.6, 7.0]),
        ("H/H 7.1/21", "hemoglobin", [7.1]),
        ("Hgb 6.8 (baseline 8.2)", "hemoglobin", [6.8, "8.2 baseline"]),
        ("Hgb A1c 9.8", "a1c", [9.8]),
        ("Hgb A1c 9.8", "hemoglobin", []),
        ("creatinine 1.0 → 2.4", "creatinine", [1.0, 2.4]),
        ("Cr 1.9 (BL 0.8)", "creatinine", [1.9, "0.8 baseline"]),
        ("Cr 1.6 on admit, peaked 2.6, back to 1.7", "creatinine", [1.6, 2.6, 1.7]),
        ("Cr 0.9 → 2.1 (peak 11/18 2.4)", "creatinine", [0.9, 2.1, 2.4]),
        ("Creatinine rose from a baseline of 0.8 to 3.6", "creatinine", ["0.8 baseline", 3.6]),
        ("BUN/Cr 58/2.4", "creatinine", [2.4]),
        ("creatinine 177 umol/L", "creatinine", [2.0001]),
        ("BP 78/40", "systolic", [78]),
        ("BP 78/40", "diastolic", [40]),
        ("EF 25-30%", "ejection_fraction", ["25-30"]),
        ("LVEF estimated at 30 to 35%", "ejection_fraction", ["30-35"]),
        ("eGFR >60", "egfr", [">60"]),
        ("SpO2 84% on RA", "spo2", [84]),
        ("EMS found him at 82 percent on room air", "spo2", [82]),
        ("SpO2 improved from 84 to 95%", "spo2", [84, 95]),
        ("pH 7.24 pCO2 68", "pco2", [68]),
        ("ABG 7.24/68/54 on 4L NC", "po2", [54]),
        ("Temp 102.6 F", "temperature", [39.2]),
        ("T36.6 HR 80", "temperature", [36.6]),
        ("T 39.1 HR 112", "temperature", [39.1]),
        ("WBC of 22,400", "wbc", [22.4]),
        ("UA with WBC 50", "wbc", []),
        ("plt 38K", "platelets", [38]),
        ("Troponin I 0.9 → 6.8 → 11.2", "troponin", [900, 6800, 11200]),
        ("hs-troponin 8 then 9", "troponin", [8, 9]),
        ("lactate 4.2, repeat 1.8", "lactate", [4.2]),
        ("EBL 1.2 L", "blood_loss", [1200]),
        ("BMI of 42.3", "bmi", [42.3]),
        ("Discharge labs: Na 138", "sodium", ["138 discharge"]),
        ("Hgb was 9.2 last year", "hemoglobin", ["9.2 past"]),
    ],
)
def test_values(text: str, name: str, expected: list[object]) -> None:
    got = values(text, name)
    assert [round(v, 4) if isinstance(v, float) else v for v in got] == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("keep Hgb > 7", "hemoglobin"),
        ("Transfuse for Hgb <7", "hemoglobin"),
        ("if K 2.9 give potassium", "potassium"),
        ("INR goal 2-3", "inr"),
        ("INR 2-3 goal", "inr"),
        ("K 40 mEq by mouth", "potassium"),
        ("vitamin K 2.5 given", "potassium"),
        ("Mg 2 g IV", "magnesium"),
        ("25% albumin 25 g", "albumin"),
        ("CA 19-9 37", "calcium"),
        ("CA 15.3", "calcium"),
        ("paroxetine CR 25", "creatinine"),
        ("T12 fracture", "temperature"),
        ("Family History:\nMother: Na 118", "sodium"),
        ("Discharge Instructions:\nReturn for temp 101", "temperature"),
        ("Fever for 3 days", "temperature"),
        ("Hypokalemia\n9. Gout", "potassium"),
    ],
)
def test_no_value(text: str, name: str) -> None:
    assert values(text, name) == []


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("She was transfused 2 units.", "transfusion", ["transfused"]),
        ("No transfusion was needed.", "transfusion", []),
        ("Transfusion declined.", "transfusion", []),
        ("Consider transfusion if symptomatic.", "transfusion", []),
        ("Head CT negative.", "mind_care", ["Head CT"]),
        ("Never needed vasopressors.", "vasopressor", []),
        ("4L NC overnight", "oxygen", ["L NC"]),
        ("Past Surgical History:\nTransfusion after the accident", "transfusion", []),
        ("NEPHROLOGY SERVICE\nDoing well, no new problem today.", "kidney_care", []),
    ],
)
def test_phrases(text: str, name: str, said: list[str]) -> None:
    assert [text[i.span.start : i.span.end] for i in reader(text).of(name)] == said


def test_names_are_those_of_the_vocabulary() -> None:
    found = reader("Na 128, fluid restriction.")
    assert set(found.names) <= indicator_names()
    assert {"sodium", "fluid_restriction"} <= set(found.names)
    assert found.of("lactate") == ()


def test_rules_name_only_what_the_vocabulary_has() -> None:
    from nosology.rules.loader import load_rules

    def items(value: object) -> list[dict[str, object]]:
        if isinstance(value, dict):
            own = [value] if {"value", "said"} & set(value) else []
            return own + [item for each in value.values() for item in items(each)]
        return [item for each in value for item in items(each)] if isinstance(value, list) else []

    known = indicator_names()
    used = 0
    for rule in load_rules():
        for item in items(dict(rule.data)) if rule.id.startswith("Query-") else ():
            named = [item["value"]] if "value" in item else item["said"]
            assert isinstance(named, list)
            assert set(named) <= known, f"{rule.id}: {set(named) - known}"
            used += 1
    assert used > 200
