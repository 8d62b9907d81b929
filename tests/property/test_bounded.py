"""Twice the chart is twice the work: counted calls, not time, on the charts that could make it more."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nosology.codes.icd10cm import open_icd10cm
from nosology.model.coding import CodedNote
from nosology.model.note import Document
from nosology.pipeline import code_note

ON = date(2026, 5, 4)
_SLACK = 1.25  # over twice the work for twice the chart


def same_problem(size: int, titles: list[str]) -> str:
    return "Assessment:\n" + "".join(
        f"{n}. Type 2 diabetes, continue metformin. No asthma. Left knee pain.\n" for n in range(size)
    )


def problem_list(size: int, titles: list[str]) -> str:
    return "Problem List:\n" + "".join(f"{n}. {title}\n" for n, title in enumerate(titles[:size])) + "Assessment: Gout."


def one_line(size: int, titles: list[str]) -> str:
    return "Assessment: " + " ".join(["Type 2 diabetes on metformin, gout, no asthma, left knee pain"] * size)


def check_boxes(size: int, titles: list[str]) -> str:
    return "PMH: " + " ".join(f"[{'x' if n % 3 else ' '}] gout [ ] asthma" for n in range(size))


def daily_notes(size: int, titles: list[str]) -> str:
    return "".join(
        f"PROGRESS NOTE {1 + n // 28:02d}/{1 + n % 28:02d}/2025\nPOD {n}\n"
        f"Assessment: Pneumonia of the right lower lobe, on ceftriaxone, the cultures of bottle {n} are pending.\n\n"
        for n in range(size)
    )


def many_patients(size: int, titles: list[str]) -> str:
    return "".join(
        f"Patient: John Smith  MRN: {1000000 + n}\nDOB: 01/01/{1950 + n % 50}\n"
        f"HPI: {20 + n % 60}-year-old {'man' if n % 2 else 'woman'}.\nAssessment: Asthma.\n"
        for n in range(size)
    )


def other_language(size: int, titles: list[str]) -> str:
    return "Paciente de 65 años con diabetes mellitus tipo 2 y fiebre. Acude por dolor. " * size


CHARTS: list[Callable[[int, list[str]], str]] = [
    same_problem,
    problem_list,
    one_line,
    check_boxes,
    daily_notes,
    many_patients,
    other_language,
]


def count_calls(text: str, home: Path) -> int:
    calls = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    document = Document("chart", text)
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        code_note(document, setting="inpatient", on=ON, home=home)
    finally:
        sys.setprofile(before)
    return calls


@pytest.fixture(scope="module")
def titles(home: Path) -> list[str]:
    """Titles of codes from all chapters, about as long in every stretch."""
    icd = open_icd10cm(on=ON, home=home)
    named = [icd.title(code) for number, code in enumerate(icd.billable_codes()) if number % 37 == 5]
    return [title for title in named if 30 <= len(title) <= 60]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_twice_the_chart_is_twice_the_work(
    chart: Callable[[int, list[str]], str], home: Path, titles: list[str]
) -> None:
    once, twice = chart(100, titles), chart(200, titles)
    code_note(Document("first", twice), setting="inpatient", on=ON, home=home)  # whatever is learnt is learnt here
    least, most = count_calls(once, home), count_calls(twice, home)
    assert most <= 2 * _SLACK * least * len(twice) / (2 * len(once))


def test_five_hundred_problems(home: Path, titles: list[str]) -> None:
    """Each is coded or set aside with a reason, on its own words."""
    coded: CodedNote = code_note(Document("list", problem_list(500, titles)), setting="inpatient", on=ON, home=home)
    assert len(coded.suggestions) > 100
    assert all(suggestion.evidence for suggestion in coded.suggestions)
    assert all(item.why for item in coded.not_coded)
