"""Charlson comorbidities: cases worked by hand from the tables of Quan 2005, Charlson 1987 and Quan 2011."""

from __future__ import annotations

import pytest

from nosology.grouping.charlson import charlson_sources, find_charlson
from nosology.model.encounter import Diagnosis, Encounter


def of(codes: str, **fields: object) -> Encounter:
    pairs = [each.partition("/") for each in codes.split()]
    return Encounter("x", diagnoses=tuple(Diagnosis(code, poa) for code, _, poa in pairs), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "name", "weights"),
    [
        ("I21.4", "myocardial_infarction", (1, 0)),
        ("I25.2", "myocardial_infarction", (1, 0)),
        ("I50.23", "heart_failure", (1, 2)),
        ("I13.0", "heart_failure", (1, 2)),
        ("I73.9", "peripheral_vascular", (1, 0)),
        ("I69.351", "cerebrovascular", (1, 0)),
        ("H34.02", "cerebrovascular", (1, 0)),
        ("F03.90", "dementia", (1, 2)),
        ("J44.1", "chronic_pulmonary", (1, 1)),
        ("M06.9", "rheumatic", (1, 1)),
        ("K27.9", "peptic_ulcer", (1, 0)),
        ("B18.2", "liver_mild", (1, 2)),
        ("E11.9", "diabetes", (1, 0)),
        ("E11.649", "diabetes", (1, 0)),
        ("E10.22", "diabetes_complicated", (2, 1)),
        ("G81.91", "paralysis", (2, 2)),
        ("N18.6", "renal", (2, 1)),
        ("I12.0", "renal", (2, 1)),
        ("C50.911", "cancer", (2, 2)),
        ("C91.00", "cancer", (2, 2)),
        ("K72.90", "liver_severe", (3, 4)),
        ("I85.01", "liver_severe", (3, 4)),
        ("C78.7", "metastatic", (6, 6)),
        ("B20", "aids", (6, 4)),
    ],
)
def test_one_code(code: str, name: str, weights: tuple[int, int]) -> None:
    (found,) = find_charlson(of(code)).found
    assert (found.name, found.codes, found.over_by) == (name, (code.replace(".", ""),), "")
    assert (found.weight_1987, found.weight_2011) == weights
    assert found.source.startswith("Quan")


@pytest.mark.parametrize(
    "code",
    [
        "I10",
        "I20.9",
        "I25.10",
        "I12.9",
        "C44.91",
        "C4A.9",
        "C7A.00",
        "C7B.02",
        "C86.00",
        "D45",
        "J4A.0",
        "K70",
        "N17.9",
        "",
        "Z21",
    ],
)
def test_no_comorbidity(code: str) -> None:
    """Skin cancer is none, and no code that the lists of 2005 do not have falls into a range."""
    result = find_charlson(of(code))
    assert (result.found, result.score_1987, result.score_2011) == ((), 0, 0)


@pytest.mark.parametrize(
    ("codes", "milder", "severe", "scores"),
    [
        ("K74.60 K76.6", "liver_mild", "liver_severe", (3, 4)),
        ("E11.9 E11.22", "diabetes", "diabetes_complicated", (2, 1)),
        ("C18.9 C78.7", "cancer", "metastatic", (6, 6)),
    ],
)
def test_the_severe_form_takes_the_place_of_the_milder(
    codes: str, milder: str, severe: str, scores: tuple[int, int]
) -> None:
    for order in (codes, " ".join(reversed(codes.split()))):
        result = find_charlson(of(order))
        assert {each.name: each.over_by for each in result.found} == {milder: severe, severe: ""}
        assert (result.score_1987, result.score_2011) == scores


def test_a_whole_stay() -> None:
    """1987: failure 1, diabetes 2, kidney 2, liver 3, metastasis 6; 2011: 2, 1, 1, 4, 6. Aged 72: 3 points."""
    codes = "I50.23/Y E11.22/Y E11.9 N18.4 N18.4 I12.9 K72.90/N K74.60 C78.7 C18.9"
    result = find_charlson(of(codes, age=72))
    assert (result.score_1987, result.score_2011) == (14, 14)
    assert (result.age_points, result.age_adjusted_1987) == (3, 17)
    assert result.arisen_in_stay == ("K7290",)
    assert next(each.codes for each in result.found if each.name == "renal") == ("N184",)


def test_every_comorbidity_together_reaches_the_published_maximum() -> None:
    """Quan 2011: the score goes from 0 to 24. With the weights of 1987 the same person has 29."""
    codes = "I214 I509 I739 I639 F0390 J449 M069 K279 B182 E119 E1122 G8190 N186 C509 K7290 C787 B20"
    result = find_charlson(of(codes))
    assert len(result.found) == 17
    assert (result.score_2011, result.score_1987) == (24, 8 + 2 * 3 + 3 + 6 + 6)


@pytest.mark.parametrize(
    ("age", "points"),
    [(0, 0), (49, 0), (50, 1), (59, 1), (60, 2), (69, 2), (70, 3), (79, 3), (80, 4), (101, 4), (None, None)],
)
def test_age(age: int | None, points: int | None) -> None:
    result = find_charlson(of("I50.9", age=age))
    assert result.age_points == points
    assert result.age_adjusted_1987 == (None if points is None else points + 1)


def test_sources_are_named() -> None:
    assert set(charlson_sources()) == {"codes", "charlson_1987", "quan_2011", "age"}
