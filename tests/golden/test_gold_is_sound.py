"""The gold is sound: quotes stand in the text, codes exist and are billable, charts equal their example files."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
FILES = tuple(sorted(HERE.glob("*.jsonl")))
SETTINGS = {"inpatient", "outpatient", "professional", "emergency"}
POA = {"Y", "N", "U", "W", "1"}


def read_records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def records(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    return read_records(request.param)


def test_every_record_has_the_fields_of_a_gold_record(records: list[dict[str, Any]]) -> None:
    assert records
    ids = [record["id"] for record in records]
    assert len(set(ids)) == len(ids)
    for record in records:
        assert record["setting"] in SETTINGS, record["id"]
        assert record["sex"] in {"F", "M"}, record["id"]
        assert 0 <= record["age"] < 110, record["id"]
        assert record["scope"] == "reportable", record["id"]
        assert record["required"], record["id"]


def test_every_quote_stands_in_the_text(records: list[dict[str, Any]]) -> None:
    missing = [
        (record["id"], entry["code"], entry["quote"])
        for record in records
        for entry in record["required"] + record["optional"]
        if not entry["quote"] or entry["quote"] not in record["text"]
    ]
    assert missing == []


def test_no_code_is_required_twice_and_none_is_both_required_and_optional(records: list[dict[str, Any]]) -> None:
    for record in records:
        required = [entry["code"] for entry in record["required"]]
        optional = [entry["code"] for entry in record["optional"]]
        assert len(set(required)) == len(required), record["id"]
        assert not set(required) & set(optional), record["id"]


def test_first_listed_codes_are_among_the_required(records: list[dict[str, Any]]) -> None:
    for record in records:
        required = [entry["code"] for entry in record["required"]]
        assert record["first_listed"] or all(e.get("system") == "icd10pcs" for e in record["required"]), record["id"]
        assert set(record["first_listed"]) <= set(required), record["id"]
        if not record["first_listed"]:
            continue
        assert required[0] in record["first_listed"], record["id"]


def test_present_on_admission_is_given_for_inpatients_only(records: list[dict[str, Any]]) -> None:
    for record in records:
        for entry in record["required"]:
            if "system" in entry:
                assert "poa" not in entry, (record["id"], entry["code"])
            elif record["setting"] == "inpatient":
                assert entry["poa"] in POA, (record["id"], entry["code"])
            else:
                assert "poa" not in entry, (record["id"], entry["code"])


def test_every_code_exists_and_is_billable_in_fy2026(records: list[dict[str, Any]]) -> None:
    icd10cm = pytest.importorskip("nosology.codes.icd10cm", reason="code sets are not built in this tree")
    codes = icd10cm.open_icd10cm(on=date(2026, 5, 4))
    wrong = [
        (record["id"], code)
        for record in records
        for entry in record["required"] + record["optional"]
        for code in (entry["code"], *entry.get("accept", ()))
        if "system" not in entry
        if code not in codes or not codes.is_billable(code)
    ]
    assert wrong == []


def test_every_procedure_exists_in_fy2026(shared_data: Path, tmp_path: Path) -> None:
    from nosology.codes.install import install_from
    from nosology.codes.pcs_tables import open_pcs_tables

    install_from("icd10pcs-tables", shared_data / "codesets" / "icd10pcs" / "icd10pcs_2026_xml.zip", home=tmp_path)
    tables = open_pcs_tables(on=date(2026, 5, 4), home=tmp_path)
    assert tables is not None
    records = [r for file in sorted(HERE.glob("operative*.jsonl")) for r in read_records(file)]
    entries = [e for r in records for e in (*r["required"], *r["optional"]) if e["system"] == "icd10pcs"]
    codes = [code for entry in entries for code in (entry["code"], *entry.get("accept", ()))]
    assert len(codes) > 400
    assert [code for code in codes if code not in tables] == []


def test_charts_equal_the_example_files() -> None:
    charts = {record["id"]: record["text"] for record in read_records(HERE / "charts.jsonl")}
    files = {path.stem: path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.txt")}
    assert charts.keys() <= files.keys()
    assert [name for name, text in charts.items() if files[name] != text] == []


def test_every_person_is_synthetic() -> None:
    charts = read_records(HERE / "charts.jsonl")
    assert [record["id"] for record in charts if not re.search(r"000-TEST-\d{4}", record["text"])] == []
