"""Year-to-year conversion, from what comes out of the box."""

from __future__ import annotations

from datetime import date

import pytest

from nosology.codes.code_history import CodeHistory, ConversionRow, open_code_history
from nosology.codes.conversion import CodeConverter, convert_code, fiscal_year
from nosology.codes.sources.cdc_conversion import parse_conversion_table, parse_previous
from nosology.errors import ReleaseNotFound, UnknownCode, UnreadableInput, UsageError


@pytest.mark.parametrize(
    ("code", "from_year", "to_year", "kind", "targets"),
    [
        # one code in force in both years stays what it is, although a part of its cases has a new code
        ("E11.9", 2025, 2026, "same", ("E11.9",)),
        ("I10", 2016, 2026, "same", ("I10",)),
        ("I10", 2026, 2016, "same", ("I10",)),
        # retired: one successor, several, none
        ("C86.0", 2024, 2026, "one-to-one", ("C86.00",)),
        ("B88.0", 2025, 2026, "one-to-many", ("B88.01", "B88.09")),
        ("N18.3", 2020, 2026, "one-to-many", ("N18.30", "N18.31", "N18.32")),
        ("S06.0X2A", 2016, 2026, "none", ()),
        # backward
        ("E11.A", 2026, 2025, "one-to-one", ("E11.9",)),
        ("N18.32", 2026, 2018, "one-to-one", ("N18.3",)),
        ("B88.01", 2026, 2025, "one-to-one", ("B88.0",)),
        # new, and nothing was coded before
        ("Z17.21", 2026, 2020, "none", ()),
    ],
)
def test_diagnoses(code: str, from_year: int, to_year: int, kind: str, targets: tuple[str, ...], home_free) -> None:
    found = convert_code(code, from_year, to_year, home=home_free)
    assert (found.kind, found.targets) == (kind, targets)
    assert found.target == (targets[0] if len(targets) == 1 else "")


@pytest.fixture
def home_free(tmp_path):
    """A data folder in which nothing is installed."""
    return tmp_path


def test_what_was_split_off_is_named(home_free) -> None:
    found = convert_code("e119", 2025, 2026, home=home_free)
    assert found.code == "E11.9"
    assert found.since_split == ("E11.A",)
    assert found.approximate
    assert not convert_code("E11.9", 2026, 2026, home=home_free).since_split


def test_steps_name_day_and_source(home_free) -> None:
    step = convert_code("B88.0", 2025, 2026, home=home_free).steps[0]
    assert (step.day, step.before, step.after) == (date(2025, 10, 1), "B88.0", ("B88.01", "B88.09"))
    assert "CMS conversion table" in step.source


def test_procedures() -> None:
    found = convert_code("5A15223", 2018, 2026)
    assert (found.system, found.kind) == ("icd10pcs", "one-to-many")
    assert found.targets == ("5A1522F", "5A1522G", "5A1522H")
    assert convert_code("5A1522G", 2026, 2018).target == "5A15223"
    assert convert_code("GZB1ZZZ", 2024, 2025).target == "GZB0ZZZ"
    assert convert_code("0DTJ4ZZ", 2016, 2027).kind == "same"


def test_chains_of_years() -> None:
    day = date(2015, 10, 1)
    ends = date(2020, 9, 30)
    history = CodeHistory(
        "icd10cm",
        [
            ("A01", day, date(2016, 9, 30)),
            ("A011", date(2016, 10, 1), date(2017, 9, 30)),
            ("A012", date(2016, 10, 1), ends),
            ("A0111", date(2017, 10, 1), ends),
            ("A0112", date(2017, 10, 1), ends),
            ("B99", day, ends),
            ("B991", date(2018, 10, 1), ends),
        ],
    )
    rows = [
        ConversionRow("A011", date(2016, 10, 1), (("A01",),)),
        ConversionRow("A012", date(2016, 10, 1), (("A01",),)),
        ConversionRow("B991", date(2018, 10, 1), (("B99",), ("A012", "A0111"))),
    ]
    converter = CodeConverter(history, rows, "a table")
    found = converter.convert("A01", 2016, 2020)
    assert found.choices == (("A01.11",), ("A01.12",), ("A01.2",))
    assert [step.source for step in found.steps] == ["a table", "codes below it that were new that day"]
    together = converter.convert("B99.1", 2020, 2016)
    assert together.choices == (("B99", "A01"),)
    assert together.kind == "combination"
    assert together.approximate
    assert converter.convert("A01.12", 2020, 2017).target == "A01.1"
    assert converter.convert("B99", 2016, 2020).since_split == ("B99.1",)


def test_every_code_is_converted_to_codes_that_were_in_force(home_free) -> None:
    history = open_code_history("icd10cm")
    begin, end = date(2017, 10, 1), date(2018, 9, 30)
    codes = [each for each in history.between("A", "ZZZ", end) if each.startswith(("C", "N", "T8"))]
    for code in codes[::7]:
        for year in (2016, 2026):
            found = convert_code(code, 2018, year, system="icd10cm", home=home_free)
            day = date(year, 9, 30)
            assert all(history.in_force(each.replace(".", ""), day) for each in found.targets)
            assert found.kind != "same" or found.target.replace(".", "") == code
    assert codes
    assert begin < end


def test_refused(home_free) -> None:
    with pytest.raises(UnknownCode, match=r"in force 2015-10-01 to 2025-09-30"):
        convert_code("B88.0", 2026, 2027, home=home_free)
    with pytest.raises(UnknownCode):
        convert_code("nothing", 2026, 2027, home=home_free)
    for year in (2015, 2031):
        with pytest.raises(ReleaseNotFound, match=f"not FY{year}"):
            convert_code("I10", 2026, year, home=home_free)
    with pytest.raises(UsageError, match="choose icd10cm or icd10pcs"):
        convert_code("J1885", 2025, 2026, system="hcpcs")


def test_fiscal_year() -> None:
    assert fiscal_year(date(2025, 9, 30)) == 2025
    assert fiscal_year(date(2025, 10, 1)) == 2026


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("A04.7", (("A047",),)),
        ("None", ()),
        ("G93.3; R53.82", (("G933", "R5382"),)),
        ("J68.0, J68.9, J80", (("J680", "J689", "J80"),)),
        ("M96.89 & Y84.8", (("M9689",), ("Y848",))),
        ("I63.011 AND I63.012", (("I63011",), ("I63012",))),
        ("H02.201, H02.202, H02.204 and H02.205", (("H02201",), ("H02202",), ("H02204",), ("H02205",))),
        ("G11.8 and E23.0 and K00.0", (("G118",), ("E230",), ("K000",))),
        ("H02.101-H02.106; H02.109", (("H02101-H02106", "H02109"),)),
        ("H44.20-H44.23 and H33.2", (("H4420-H4423",), ("H332",))),
        ("I63.- and P91.88", (("I63-",), ("P9188",))),
        ("K31.89 and a code from R11-", (("K3189",), ("R11-",))),
        ("Codes in Categories T15-T19", (("T15-T19",),)),
    ],
)
def test_previous_codes(text: str, groups: tuple[tuple[str, ...], ...]) -> None:
    assert parse_previous(text) == groups


def test_days_of_the_table_are_years_or_days_as_excel_counts() -> None:
    filler = [[f"A{number // 100:02}.{number % 100:02}", "2016", "None"] for number in range(3_000)]
    rows = parse_conversion_table([["remark"], *filler, ["U07.0", "43922", "J80"]], name="table.xlsx")
    assert rows[0].day == date(2016, 10, 1)
    assert rows[-1].day == date(2020, 4, 1)
    with pytest.raises(UnreadableInput, match=r"A00\.00 has no effective year"):
        parse_conversion_table([["A00.00", "soon", "None"]], name="table.xlsx")
    with pytest.raises(UnreadableInput, match="truncated or another file"):
        parse_conversion_table(filler[:50], name="table.xlsx")
