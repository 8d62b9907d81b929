"""``nosology group``: lines in, results out, and what goes wrong with a line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

GOOD = {"id": "G1", "age": 70, "sex": "F", "discharged": "2026-05-04", "diagnoses": [{"code": "I5023", "poa": "Y"}]}
EDIT = {"id": "G2", "age": 70, "sex": "M", "discharged": "2026-05-04", "diagnoses": [{"code": "Z602", "poa": "Y"}]}


def write(path: Path, *objects: Any) -> Path:
    lines = [each if isinstance(each, str) else json.dumps(each) for each in objects]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_one_object_a_line(runner: Any, tmp_path: Path) -> None:
    result = runner("group", write(tmp_path / "e.jsonl", GOOD, GOOD), "--drg")
    assert result.exit_code == 0
    assert [json.loads(line)["drg"] for line in result.stdout.splitlines()] == ["293", "293"]


def test_drg_is_the_default_and_both_stand_side_by_side(runner: Any, tmp_path: Path) -> None:
    file = write(tmp_path / "e.jsonl", GOOD)
    assert json.loads(runner("group", file).stdout)["drg"] == "293"
    assert json.loads(runner("group", file, "--hcc", "--model", "V24").stdout)["hccs"] == ["85"]
    both = json.loads(runner("group", file, "--hcc", "--drg").stdout)
    assert (both["id"], both["drg"]["drg"], both["hcc"]["model"]) == ("G1", "293", "V28")


def test_exit_code_of_findings(runner: Any, tmp_path: Path) -> None:
    result = runner("group", write(tmp_path / "e.jsonl", GOOD, EDIT))
    assert result.exit_code == 1
    assert json.loads(result.stdout.splitlines()[1])["edits"] == [{"edit": "UNACCEPTABLE_PDX", "code": "Z602"}]


def test_bad_lines_are_named_and_the_others_grouped(runner: Any, tmp_path: Path) -> None:
    old = {**GOOD, "discharged": "2019-01-01"}
    file = write(tmp_path / "e.jsonl", GOOD, "not json", "", {"age": "x"}, old, GOOD)
    result = runner("group", file)
    assert result.exit_code == 10
    assert len(result.stdout.splitlines()) == 2
    told = result.stderr.splitlines()
    assert [line.rpartition("line ")[2].partition(":")[0] for line in told] == ["2", "4", "5"]
    assert runner("group", write(tmp_path / "old.jsonl", old)).exit_code == 11


def test_version_of_another_day(runner: Any, tmp_path: Path) -> None:
    file = write(tmp_path / "e.jsonl", GOOD)
    assert json.loads(runner("group", file, "--on", "2026-10-01").stdout)["version"] == "44"
    assert runner("group", file, "--on", "soon").exit_code == 2


@pytest.mark.parametrize("shape", ["json", "table"])
def test_other_shapes(runner: Any, tmp_path: Path, shape: str) -> None:
    file = write(tmp_path / "e.jsonl", GOOD, {**GOOD, "id": "G9"})
    result = runner("group", file, "--hcc", "--drg", "--explain", "--format", shape, width=200)
    assert result.exit_code == 0
    if shape == "json":
        assert [each["id"] for each in json.loads(result.stdout)] == ["G1", "G9"]
    else:
        assert "Heart Failure and Shock" in result.stdout
        assert "I5023 leads to MDC 05" in result.stdout
        assert "HCC 224" in result.stdout


def test_for_research(runner: Any, tmp_path: Path) -> None:
    """Charlson and CCSR alone need no date; beside a DRG they stand in the same object."""
    stay = {**GOOD, "diagnoses": [{"code": "I5023"}, {"code": "E119"}, {"code": "E1122"}]}
    file = write(tmp_path / "e.jsonl", stay)
    found = json.loads(runner("group", file, "--charlson", "--ccsr").stdout)
    assert set(found) == {"id", "charlson", "ccsr"}
    charlson = found["charlson"]
    assert [charlson[key] for key in ("score_1987", "score_2011", "age_points", "age_adjusted_1987")] == [3, 3, 3, 6]
    assert [(each["name"], each["codes"], each["over_by"]) for each in charlson["comorbidities"]] == [
        ("heart_failure", ["I5023"], None),
        ("diabetes", ["E119"], "diabetes_complicated"),
        ("diabetes_complicated", ["E1122"], None),
    ]
    rows = found["ccsr"]["diagnoses"]
    assert [(row["code"], row["categories"][0]["category"]) for row in rows] == [
        ("I5023", "CIR019"),
        ("E119", "END002"),
        ("E1122", "END003"),
    ]
    assert found["ccsr"]["default"] is None
    both = json.loads(runner("group", file, "--drg", "--charlson").stdout)
    assert both["drg"] == "293"
    assert both["charlson"] == charlson
    table = runner("group", file, "--charlson", "--ccsr", "--format", "table", width=200).stdout
    assert "3 (with age 6)" in table
    assert "E119 END002" in table


def test_standard_input_array_and_gzip(runner: Any, tmp_path: Path) -> None:
    array = tmp_path / "e.json"
    array.write_text(json.dumps([GOOD, GOOD], indent=1), encoding="utf-8")
    assert len(runner("group", array).stdout.splitlines()) == 2
    packed = tmp_path / "e.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(GOOD).encode()))
    assert len(runner("group", packed).stdout.splitlines()) == 1
    packed.write_bytes(gzip.compress(json.dumps(GOOD).encode())[:-9])
    assert runner("group", packed).exit_code == 10


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00\x01", b"[1, 2", b"\x00" * 100])
def test_unreadable_files(runner: Any, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    result = runner("group", path)
    assert result.exit_code == 10
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_two_processes_keep_the_order_and_the_errors(runner: Any, tmp_path: Path) -> None:
    lines = [{**GOOD, "id": f"G{number}"} for number in range(900)]
    file = write(tmp_path / "many.jsonl", *lines[:450], "not json", EDIT, *lines[450:])
    one = runner("group", file, "--jobs", 1)
    two = runner("group", file, "--jobs", 2)
    assert (
        (two.exit_code, two.stdout, two.stderr)
        == (one.exit_code, one.stdout, one.stderr)
        == (10, one.stdout, one.stderr)
    )
    assert len(two.stdout.splitlines()) == 901
    assert runner("group", file, "--jobs", -1).exit_code == 2
