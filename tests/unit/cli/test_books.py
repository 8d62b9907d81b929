"""``lookup``, ``explain``, ``search`` and ``codesets`` with the code sets beside ICD-10-CM."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nosology.codes.install import install_from
from nosology.edits.desk import Books
from nosology.model.encounter import Diagnosis, Encounter, Procedure, Setting
from nosology.pipeline import check_encounter


@pytest.fixture(scope="module")
def books(shared_data: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with what is built in the session's and HCPCS."""
    folder = tmp_path_factory.mktemp("books")
    (folder / "releases").mkdir()
    for path in (home / "releases").glob("*.sqlite"):
        os.link(path, folder / "releases" / path.name)
    install_from("hcpcs", shared_data / "codesets" / "hcpcs", home=folder)
    return folder


@pytest.fixture
def run(books: Path, runner: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("NOSOLOGY_HOME", str(books))
    return runner


def test_lookup_of_a_code_with_dates(run: Any) -> None:
    result = run("lookup", "j1030", "--on", "2024-08-01")
    assert result.exit_code == 0
    assert "ended 2024-03-31" in result.stdout
    assert "special coverage instructions" in result.stdout
    found = json.loads(run("lookup", "J1010", "--on", "2024-08-01", "--format", "json").stdout)
    assert (found["system"], found["billable"], found["added"]) == ("hcpcs", True, "2024-04-01")
    assert {"name": "pricing indicator", "value": "51", "meaning": "drugs"} in found["attributes"]


def test_lookup_of_a_modifier(run: Any) -> None:
    assert "Right side" in run("lookup", "RT", "--on", "2024-08-01").stdout


def test_lookup_asks_icd10cm_first(run: Any) -> None:
    assert "ICD-10-CM" in run("lookup", "A00.0", "--on", "2026-05-04").stdout
    result = run("lookup", "A0021", "--system", "icd10cm", "--on", "2026-05-04")
    assert result.exit_code == 2


def test_lookup_of_icd9(run: Any) -> None:
    result = run("lookup", "250.00", "--on", "2026-05-04")
    assert "ICD-9-CM" in result.stdout
    assert "E11.9" in result.stdout
    assert "ended on 2015-09-30" in run("explain", "250.00", "--system", "icd9").stdout


def test_explain(run: Any) -> None:
    result = run("explain", "J1010", "--on", "2024-08-01")
    assert "In force on the date of service (added 2024-04-01)" in result.stdout
    assert "record layout, CMS" in result.stdout


def test_search_and_diff(run: Any) -> None:
    rows = json.loads(run("search", "--system", "hcpcs", "rocephin", "--format", "json").stdout)
    assert rows[0]["code"] == "J0696"
    assert "hcpcs" in run("codesets", "list", "hcpcs").stdout


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("lookup", "J1010"), 2, "nosology codesets install hcpcs --from FILE"),
        (("lookup", "J1010", "--system", "hcpcs"), 11, "nosology codesets install hcpcs --from FILE"),
        (("search", "--system", "hcpcs", "rocephin"), 11, "nosology codesets install hcpcs --from FILE"),
        (("lookup", "J1010", "--system", "nothing"), 2, "choose icd10cm"),
        (("lookup", "0DT", "--system", "icd10pcs"), 2, "no code of icd10pcs"),
    ],
)
def test_refusals(runner: Any, home: Path, words: tuple[str, ...], code: int, says: str) -> None:
    result = runner(*words)
    assert result.exit_code == code
    assert says in " ".join(result.stderr.split())


def test_crosswalk_between_years(runner: Any, home: Path) -> None:
    (row,) = json.loads(
        runner("codesets", "crosswalk", "B88.0", "--from-year", "2025", "--to-year", "2026", "--format", "json").stdout
    )
    assert (row["kind"], row["approximate"], row["target"]) == ("one-to-many", True, None)
    assert row["choices"] == [["B88.01"], ["B88.09"]]
    assert row["last_day"] == "2025-09-30"
    shown = runner("codesets", "crosswalk", "B88.0", "E11.9", "--from-year", "2025", "--to-year", "2026", width=140)
    assert shown.exit_code == 0
    assert "one to many: choose by the chart" in shown.stdout
    assert "B88.09" in shown.stdout
    assert "part of its cases has its own code since: E11.A" in shown.stdout


def test_crosswalk_to_other_sets(runner: Any, home: Path) -> None:
    shown = runner("codesets", "crosswalk", "E11.9", "250.00", width=140)
    assert shown.exit_code == 0
    assert "250.00" in shown.stdout
    assert "ICD-9-CM" in shown.stdout
    rows = json.loads(runner("codesets", "crosswalk", "E11.9", "250.00", "--format", "json").stdout)
    assert [row["system"] for row in rows] == ["icd10cm", "icd9"]


def test_crosswalk_refuses_in_one_line(runner: Any, home: Path) -> None:
    result = runner("codesets", "crosswalk", "B88.0", "--from-year", "2026", "--to-year", "2027")
    assert result.exit_code == 2
    assert "in force 2015-10-01 to 2025-09-30" in result.stderr
    result = runner("codesets", "crosswalk", "I10", "--from-year", "2026", "--to-year", "2035")
    assert result.exit_code == 11
    assert "not FY2035" in result.stderr
    assert runner("codesets", "crosswalk", "I10", "--from-year", "2026").exit_code == 2
    result = runner("codesets", "crosswalk", "I10", "B88.0", "--from-year", "2026", "--to-year", "2027")
    assert result.exit_code == 2
    assert "1 of 2 codes could not be converted" in result.stderr
    assert "I10" in result.stdout


def test_lookup_says_what_became_of_a_retired_code(runner: Any, home: Path) -> None:
    result = runner("lookup", "V29.81XA", "--on", "2026-05-04")
    assert result.exit_code == 2
    assert "it was in force to 2022-09-30, since then V29.811A, V29.818A" in " ".join(result.stderr.split())
    result = runner("explain", "B88.01", "--on", "2026-05-04")
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("code", "says"), [("12-34", "the package is missing"), ("0409-379-01", "no NDC has parts of 4, 3, 2 digits")]
)
def test_lookup_of_a_malformed_ndc_says_what_is_wrong(runner: Any, home: Path, code: str, says: str) -> None:
    result = runner("lookup", code)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())


def test_an_illegal_prefix_of_a_procedure_is_named(shared_data: Path, tmp_path: Path) -> None:
    from nosology.codes.describe_books import what_is_wrong

    install_from("icd10pcs-tables", shared_data / "codesets/icd10pcs/icd10pcs_2026_xml.zip", home=tmp_path)
    day = date(2026, 5, 4)
    assert "character 2 (Body System) cannot be 'Z' after 0" in what_is_wrong("0ZZ0000", on=day, home=tmp_path)
    assert "character 7 (Qualifier) cannot be '9'" in what_is_wrong("0DTJ4Z9", on=day, home=tmp_path)
    assert what_is_wrong("0DTJ4ZZ", on=day, home=tmp_path) == ""
    visit = Encounter(
        id="v",
        setting=Setting.INPATIENT,
        diagnoses=(Diagnosis("K35.80", "Y"),),
        procedures=(Procedure("0ZZ0000", day),),
    )
    found = check_encounter(visit, on=day, books=Books(tmp_path), only=["PCS-valid"])
    assert "character 2 (Body System) cannot be Z" in found[0].message
