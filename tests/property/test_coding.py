"""Whatever the text: no exception, every span inside it, every quote true, the same answer twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nosology.model.coding import CodedNote
from nosology.model.note import Document
from nosology.pipeline import code_note

ON = date(2026, 5, 4)
_PIECES = [
    "Assessment:",
    "Plan:",
    "PMH:",
    "Family History:",
    "1. ",
    "2) ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    ". ",
    ", ",
    "; ",
    ": ",
    "(",
    ")",
    "no ",
    "denies ",
    "possible ",
    "history of ",
    "mother with ",
    "right ",
    "left ",
    "bilateral ",
    "type 2 diabetes",
    "heart failure",
    "CKD stage 4",
    "fracture of left femur",
    "pneumonia",
    "metformin 500 mg",
    "COPD",
    "hypertension",
    "cancer of the breast",
    "ulcer",
    "knee pain",
    "s/p CABG",
    "é",
    "ß",
    "İ",
    "’",
    "\u200b",
    "\x00",
    "😀",
    "5.5",
    "12/03/2026",
    "-",
    "•",
    "?",
    "w/o",
]
words = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
common = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(coded: CodedNote) -> None:
    text = coded.note.document.text
    for mention in coded.note.mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert all(mention.span.start <= s.start < s.end <= mention.span.end for s in mention.spans)
    for suggestion in coded.suggestions:
        assert suggestion.evidence, suggestion.code
        assert 0.0 <= suggestion.score <= 1.0
        for evidence in suggestion.evidence:
            assert text[evidence.span.start : evidence.span.end] == evidence.quote
    for item in coded.not_coded:
        assert text[item.span.start : item.span.end] == item.quote
    assert [s.rank for s in coded.suggestions] == list(range(1, len(coded.suggestions) + 1))
    assert len({s.code for s in coded.suggestions}) == len(coded.suggestions)


@common
@given(
    text=words,
    setting=st.sampled_from(["inpatient", "outpatient", "emergency"]),
    scope=st.sampled_from(["reportable", "all"]),
)
def test_any_text_is_coded_without_an_exception(home: Path, text: str, setting: str, scope: str) -> None:
    document = Document("any", text)
    first = code_note(document, setting=setting, on=ON, scope=scope, home=home)
    check(first)
    assert first == code_note(document, setting=setting, on=ON, scope=scope, home=home)


@pytest.mark.parametrize("scope", ["reportable", "all"])
def test_a_problem_list_of_five_hundred_entries(home: Path, scope: str) -> None:
    problems = ["Hypertension", "Type 2 diabetes", "Hypothyroidism", "COPD", "Gout", "Anemia", "Migraine", "GERD"]
    text = "Assessment:\n" + "\n".join(f"{n}. {problems[n % 8]}" for n in range(1, 501))
    coded = code_note(Document("long", text), setting="outpatient", on=ON, scope=scope, home=home)
    check(coded)
    assert {s.code for s in coded.suggestions} >= {
        "I10",
        "E11.9",
        "E03.9",
        "J44.9",
        "M10.9",
        "D64.9",
        "G43.909",
        "K21.9",
    }


def test_a_note_without_anything_codable_says_so(home: Path) -> None:
    coded = code_note(Document("none", "The weather is fine."), setting="outpatient", on=ON, home=home)
    assert coded.suggestions == ()
    assert [f.rule for f in coded.findings] == ["coding.nothing-codable"]


def test_an_empty_note_is_no_exception(home: Path) -> None:
    assert code_note(Document("empty", ""), setting="inpatient", on=ON, home=home).suggestions == ()
