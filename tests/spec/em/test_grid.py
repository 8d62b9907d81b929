"""The grid of medical decision making, and the codes by level, minutes and age, straight from their definitions."""

from __future__ import annotations

from datetime import date

import pytest

from nosology.coding.em import codes
from nosology.coding.em.grid import find_hinges, meet_two
from nosology.model.visit import Element, Level
from nosology.rules.loader import find_rule


def rows_of(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()[2:]]


def data_of(rule: str) -> dict[str, object]:
    found = find_rule(rule)
    assert found is not None
    return dict(found.data)


def test_two_of_three() -> None:
    """A level is met when two of the three rows meet or pass it: every combination.

    Rules EM-problems, EM-data, EM-risk.
    """
    for problems, data, risk, level in rows_of("""
        problems        | data            | risk            | level
        ----------------+-----------------+-----------------+----------------
        straightforward | straightforward | straightforward | straightforward
        straightforward | straightforward | low             | straightforward
        straightforward | straightforward | moderate        | straightforward
        straightforward | straightforward | high            | straightforward
        straightforward | low             | straightforward | straightforward
        straightforward | low             | low             | low
        straightforward | low             | moderate        | low
        straightforward | low             | high            | low
        straightforward | moderate        | straightforward | straightforward
        straightforward | moderate        | low             | low
        straightforward | moderate        | moderate        | moderate
        straightforward | moderate        | high            | moderate
        straightforward | high            | straightforward | straightforward
        straightforward | high            | low             | low
        straightforward | high            | moderate        | moderate
        straightforward | high            | high            | high
        low             | straightforward | straightforward | straightforward
        low             | straightforward | low             | low
        low             | straightforward | moderate        | low
        low             | straightforward | high            | low
        low             | low             | straightforward | low
        low             | low             | low             | low
        low             | low             | moderate        | low
        low             | low             | high            | low
        low             | moderate        | straightforward | low
        low             | moderate        | low             | low
        low             | moderate        | moderate        | moderate
        low             | moderate        | high            | moderate
        low             | high            | straightforward | low
        low             | high            | low             | low
        low             | high            | moderate        | moderate
        low             | high            | high            | high
        moderate        | straightforward | straightforward | straightforward
        moderate        | straightforward | low             | low
        moderate        | straightforward | moderate        | moderate
        moderate        | straightforward | high            | moderate
        moderate        | low             | straightforward | low
        moderate        | low             | low             | low
        moderate        | low             | moderate        | moderate
        moderate        | low             | high            | moderate
        moderate        | moderate        | straightforward | moderate
        moderate        | moderate        | low             | moderate
        moderate        | moderate        | moderate        | moderate
        moderate        | moderate        | high            | moderate
        moderate        | high            | straightforward | moderate
        moderate        | high            | low             | moderate
        moderate        | high            | moderate        | moderate
        moderate        | high            | high            | high
        high            | straightforward | straightforward | straightforward
        high            | straightforward | low             | low
        high            | straightforward | moderate        | moderate
        high            | straightforward | high            | high
        high            | low             | straightforward | low
        high            | low             | low             | low
        high            | low             | moderate        | moderate
        high            | low             | high            | high
        high            | moderate        | straightforward | moderate
        high            | moderate        | low             | moderate
        high            | moderate        | moderate        | moderate
        high            | moderate        | high            | high
        high            | high            | straightforward | high
        high            | high            | low             | high
        high            | high            | moderate        | high
        high            | high            | high            | high
    """):
        assert meet_two([Level(problems), Level(data), Level(risk)]) is Level(level), (problems, data, risk)


def test_hinges_name_the_rows_that_would_change_the_level() -> None:
    def said(problems: str, data: str, risk: str) -> tuple[str, ...]:
        named = (("problems", problems), ("data", data), ("risk", risk))
        return find_hinges([Element(name, Level(level), "") for name, level in named])

    assert said("moderate", "moderate", "moderate") == ()
    assert said("low", "straightforward", "moderate") == (
        "the level is low; with problems documented as moderate it would be moderate",
        "the level is low; without what is counted under problems it would be straightforward",
        "the level is low; with data documented as moderate it would be moderate",
        "the level is low; without what is counted under risk it would be straightforward",
    )
    assert not any("would be high" in each for each in said("moderate", "low", "moderate"))


def test_codes_by_level() -> None:
    """Each family has its code for each level; a family that begins at low takes what lies below it.

    Rule EM-levels.
    """
    levels = data_of("EM-levels")
    for family, straightforward, low, moderate, high in rows_of("""
        family                | straightforward | low   | moderate | high
        ----------------------+-----------------+-------+----------+------
        office_new            | 99202           | 99203 | 99204    | 99205
        office_established    | 99212           | 99213 | 99214    | 99215
        emergency             | 99282           | 99283 | 99284    | 99285
        hospital_initial      | 99221           | 99221 | 99222    | 99223
        hospital_subsequent   | 99231           | 99231 | 99232    | 99233
        hospital_same_day     | 99234           | 99234 | 99235    | 99236
        consult_office        | 99242           | 99243 | 99244    | 99245
        consult_hospital      | 99252           | 99253 | 99254    | 99255
        nursing_initial       | 99304           | 99304 | 99305    | 99306
        nursing_subsequent    | 99307           | 99308 | 99309    | 99310
        home_new              | 99341           | 99342 | 99344    | 99345
        home_established      | 99347           | 99348 | 99349    | 99350
        video_new             | 98000           | 98001 | 98002    | 98003
        video_established     | 98004           | 98005 | 98006    | 98007
        audio_new             | 98008           | 98009 | 98010    | 98011
        audio_established     | 98012           | 98013 | 98014    | 98015
    """):
        for level, code in zip(Level, (straightforward, low, moderate, high), strict=True):
            assert codes.code_by_level(levels, family, level) == code, (family, level)


def test_codes_by_minutes() -> None:
    """Time must be met or passed; below the least minutes there is no code, and emergency visits have no time.

    Rules EM-levels, EM-time.
    """
    levels = data_of("EM-levels")
    for family, minutes, on, code in rows_of("""
        family              | minutes | on         | code
        --------------------+---------+------------+------
        office_new          | 14      | 2026-05-04 | -
        office_new          | 15      | 2026-05-04 | 99202
        office_new          | 29      | 2026-05-04 | 99202
        office_new          | 30      | 2026-05-04 | 99203
        office_new          | 44      | 2026-05-04 | 99203
        office_new          | 45      | 2026-05-04 | 99204
        office_new          | 59      | 2026-05-04 | 99204
        office_new          | 60      | 2026-05-04 | 99205
        office_established  | 9       | 2026-05-04 | -
        office_established  | 10      | 2026-05-04 | 99212
        office_established  | 20      | 2026-05-04 | 99213
        office_established  | 29      | 2026-05-04 | 99213
        office_established  | 30      | 2026-05-04 | 99214
        office_established  | 39      | 2026-05-04 | 99214
        office_established  | 40      | 2026-05-04 | 99215
        emergency           | 90      | 2026-05-04 | -
        hospital_initial    | 39      | 2026-05-04 | -
        hospital_initial    | 40      | 2026-05-04 | 99221
        hospital_initial    | 55      | 2026-05-04 | 99222
        hospital_initial    | 75      | 2026-05-04 | 99223
        hospital_subsequent | 25      | 2026-05-04 | 99231
        hospital_subsequent | 35      | 2026-05-04 | 99232
        hospital_subsequent | 50      | 2026-05-04 | 99233
        hospital_same_day   | 45      | 2026-05-04 | 99234
        hospital_same_day   | 70      | 2026-05-04 | 99235
        hospital_same_day   | 85      | 2026-05-04 | 99236
        consult_office      | 20      | 2026-05-04 | 99242
        consult_office      | 40      | 2026-05-04 | 99244
        consult_office      | 55      | 2026-05-04 | 99245
        consult_hospital    | 35      | 2026-05-04 | 99252
        consult_hospital    | 80      | 2026-05-04 | 99255
        nursing_initial     | 45      | 2023-06-01 | 99306
        nursing_initial     | 45      | 2026-05-04 | 99305
        nursing_initial     | 50      | 2026-05-04 | 99306
        nursing_subsequent  | 15      | 2023-06-01 | 99308
        nursing_subsequent  | 15      | 2026-05-04 | 99307
        nursing_subsequent  | 45      | 2026-05-04 | 99310
        home_new            | 59      | 2026-05-04 | 99342
        home_new            | 60      | 2026-05-04 | 99344
        home_new            | 75      | 2026-05-04 | 99345
        home_established    | 40      | 2026-05-04 | 99349
        home_established    | 60      | 2026-05-04 | 99350
        video_established   | 30      | 2026-05-04 | 98006
        audio_new           | 45      | 2026-05-04 | 98010
    """):
        got = codes.code_by_minutes(levels, family, int(minutes), date.fromisoformat(on))
        assert (got or "-") == code, (family, minutes)


def test_preventive_by_age() -> None:
    """Preventive visits go by age and by new or established.

    Rule EM-category.
    """
    levels = data_of("EM-levels")
    for age, new, established in rows_of("""
        age | new   | established
        ----+-------+------------
        0   | 99381 | 99391
        1   | 99382 | 99392
        4   | 99382 | 99392
        5   | 99383 | 99393
        11  | 99383 | 99393
        12  | 99384 | 99394
        17  | 99384 | 99394
        18  | 99385 | 99395
        39  | 99385 | 99395
        40  | 99386 | 99396
        64  | 99386 | 99396
        65  | 99387 | 99397
        91  | 99387 | 99397
    """):
        assert codes.preventive_code(levels, int(age), new=True) == new
        assert codes.preventive_code(levels, int(age), new=False) == established


@pytest.mark.parametrize(
    ("minutes", "medicare", "wanted"),
    [
        (29, False, ()),
        (30, False, (("99291", 1),)),
        (74, False, (("99291", 1),)),
        (75, False, (("99291", 1), ("99292", 1))),
        (104, False, (("99291", 1), ("99292", 1))),
        (105, False, (("99291", 1), ("99292", 2))),
        (134, False, (("99291", 1), ("99292", 2))),
        (75, True, (("99291", 1),)),
        (103, True, (("99291", 1),)),
        (104, True, (("99291", 1), ("99292", 1))),
        (134, True, (("99291", 1), ("99292", 2))),
    ],
)
def test_critical_care(minutes: int, medicare: bool, wanted: tuple[tuple[str, int], ...]) -> None:
    """The first 30 to 74 minutes, then blocks of 30; Medicare counts a block when it is whole. Rule EM-critical."""
    assert codes.critical_care(data_of("EM-prolonged"), minutes, medicare=medicare) == wanted


@pytest.mark.parametrize(
    ("code", "minutes", "medicare", "wanted"),
    [
        ("99215", 54, False, ("", 0)),
        ("99215", 55, False, ("99417", 1)),
        ("99215", 69, False, ("99417", 1)),
        ("99215", 70, False, ("99417", 2)),
        ("99205", 74, False, ("", 0)),
        ("99205", 75, False, ("99417", 1)),
        ("99205", 90, False, ("99417", 2)),
        ("99215", 68, True, ("", 0)),
        ("99215", 69, True, ("G2212", 1)),
        ("99205", 88, True, ("", 0)),
        ("99205", 89, True, ("G2212", 1)),
        ("99205", 104, True, ("G2212", 2)),
        ("99223", 90, True, ("G0316", 1)),
        ("99233", 65, True, ("G0316", 1)),
        ("99236", 109, True, ("", 0)),
        ("99236", 110, True, ("G0316", 1)),
        ("99306", 95, True, ("G0317", 1)),
        ("99310", 85, True, ("G0317", 1)),
        ("99345", 140, True, ("G0318", 1)),
        ("99350", 110, True, ("G0318", 1)),
        ("99223", 90, False, ("99418", 1)),
        ("99214", 90, False, ("", 0)),
    ],
)
def test_prolonged(code: str, minutes: int, medicare: bool, wanted: tuple[str, int]) -> None:
    """Blocks of 15 minutes beyond the highest level of a family, by payer. Rule EM-prolonged."""
    assert codes.prolonged(data_of("EM-prolonged"), code, minutes, medicare=medicare) == wanted


@pytest.mark.parametrize(
    ("kind", "minutes", "wanted"),
    [
        ("chronic_staff", 19, ()),
        ("chronic_staff", 20, (("99490", 1),)),
        ("chronic_staff", 40, (("99490", 1), ("99439", 1))),
        ("chronic_staff", 120, (("99490", 1), ("99439", 2))),
        ("chronic_complex", 60, (("99487", 1),)),
        ("chronic_complex", 90, (("99487", 1), ("99489", 1))),
        ("chronic_physician", 30, (("99491", 1),)),
        ("chronic_physician", 60, (("99491", 1), ("99437", 1))),
    ],
)
def test_care_management(kind: str, minutes: int, wanted: tuple[tuple[str, int], ...]) -> None:
    """Care management goes by the minutes of the month. Rule EM-levels."""
    assert codes.care_management(data_of("EM-levels"), kind, minutes) == wanted
