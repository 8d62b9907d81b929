"""``nosology code`` from the command line to its output, on the real engine."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nosology.cli.render_json import read_schema

ROOT = Path(__file__).resolve().parents[3]
CHARTS = sorted((ROOT / "examples").glob("*.txt"))
ON = ("--on", "2026-05-04")


@pytest.fixture
def note(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("ASSESSMENT AND PLAN:\n1. Hypertension. Continue lisinopril.\n2. Denies chest pain.\n", "utf-8")
    return path


@pytest.mark.parametrize("chart", CHARTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("scope", ["reportable", "all"])
def test_every_chart_validates_and_quotes_its_text(runner: Any, home: Path, chart: Path, scope: str) -> None:
    setting = "inpatient" if chart.stem.startswith(("discharge", "obstetric", "psychiatry", "trauma")) else "outpatient"
    run = runner("code", chart, "--setting", setting, *ON, "--format", "json", "--scope", scope)
    assert run.exit_code in {0, 1}, run.stderr
    result = json.loads(run.stdout)
    jsonschema.validate(result, read_schema(), format_checker=jsonschema.FormatChecker())
    assert result["codes"]
    text = chart.read_text("utf-8")
    for piece in [piece for code in result["codes"] for piece in code["evidence"]] + result["not_coded"]:
        assert text[piece["start"] : piece["end"]] == piece["quote"]
    assert [code["rank"] for code in result["codes"]] == list(range(1, len(result["codes"]) + 1))
    first = "principal" if setting == "inpatient" else "first-listed"
    assert [code["role"] for code in result["codes"]].count(first) == 1
    assert (result["drg"] is not None) == (setting == "inpatient")


def test_a_long_citation_leaves_room_for_the_message(runner: Any, tmp_path: Path) -> None:
    visit = tmp_path / "visit.txt"
    visit.write_text("Assessment and plan:\n1. Hypertension, uncontrolled. Increase lisinopril to 20 mg.")
    run = runner("code", visit, "--setting", "professional", *ON)
    assert "the note does not say whether" in run.stdout


def test_table_names_the_code_and_what_was_not_coded(runner: Any, note: Path) -> None:
    run = runner("code", note, *ON)
    assert run.exit_code == 0
    assert "I10" in run.stdout
    assert "chest pain" in run.stdout
    assert "\x1b" not in run.stdout


def test_standard_input(runner: Any, note: Path) -> None:
    run = runner("code", "-", *ON, "--format", "json", stdin=note.read_bytes())
    assert run.exit_code == 0, run.stderr
    result = json.loads(run.stdout)
    assert result["note"] == "-"
    assert result["codes"][0]["code"] == "I10"


def test_several_notes_are_one_object_a_line(runner: Any, note: Path) -> None:
    for form in ("json", "jsonl"):
        run = runner("code", note, note, *ON, "--format", form)
        assert [json.loads(line)["note"] for line in run.stdout.splitlines()] == [str(note), str(note)]
    assert len(runner("code", note, *ON, "--format", "jsonl").stdout.splitlines()) == 1


@pytest.mark.parametrize("form", ["table", "jsonl", "html", "fhir"])
def test_unreadable_note_is_named_and_the_others_are_coded(runner: Any, note: Path, tmp_path: Path, form: str) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    binary = tmp_path / "binary.txt"
    binary.write_bytes(bytes(range(256)) * 8)
    run = runner("code", empty, note, tmp_path / "gone.txt", binary, tmp_path, *ON, "--format", form)
    assert run.exit_code == 10
    assert "I10" in run.stdout
    complaints = run.stderr.splitlines()
    assert len(complaints) == 4
    for complaint, name in zip(complaints, ["empty.txt", "gone.txt", "binary.txt", tmp_path.name], strict=True):
        assert complaint.startswith("nosology: ")
        assert name in complaint


def test_html_is_one_page(runner: Any, note: Path) -> None:
    run = runner("code", note, note, *ON, "--format", "html")
    assert run.exit_code == 0
    assert run.stdout.startswith("<!doctype html>")
    assert run.stdout.count("<article") == 2


def test_date_before_any_release_ends_with_11(runner: Any, note: Path) -> None:
    run = runner("code", note, "--on", "1990-01-01")
    assert run.exit_code == 11
    assert run.stderr.count("\n") == 1


def test_date_after_the_newest_release_warns_and_ends_with_0(runner: Any, note: Path) -> None:
    run = runner("code", note, "--on", "2031-05-04", "--format", "json")
    assert run.exit_code == 0
    assert "release.outdated" in [finding["rule"] for finding in json.loads(run.stdout)["findings"]]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_data_folder_ends_with_12(runner: Any, note: Path, tmp_path: Path, monkeypatch: Any) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    monkeypatch.setenv("NOSOLOGY_HOME", str(folder))
    assert runner("code", note, *ON).exit_code == 12


def test_words_of_the_chart_stand_in_no_error(note: Path, home: Path) -> None:
    note.write_text("CANARY Xylophone has hypertension.\x00\x00\x01\x02" * 50, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "nosology", "code", str(note), "--on", "1990-01-01"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in {10, 11}
    assert "CANARY" not in run.stderr


def test_evaluate_prints_its_table_and_its_errors(runner: Any, home: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    records = [
        {
            "id": "one",
            "text": "ASSESSMENT: Hypertension, continue lisinopril.",
            "setting": "professional",
            "required": [
                {"code": "I10", "accept": [], "quote": "Hypertension"},
                {"code": "A01.00", "quote": "typhoid"},
            ],
            "first_listed": ["I10"],
        },
        {"id": "two", "text": "Pneumonia.", "setting": "case-report", "required": [{"code": "J18.9"}], "age": ""},
    ]
    gold.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    errors = tmp_path / "errors.txt"
    for jobs in ("1", "2"):
        run = runner("evaluate", gold, *ON, "--format", "json", "--errors", errors, "--jobs", jobs)
        assert run.exit_code == 0, run.stderr
        result = json.loads(run.stdout)
        assert (result["notes"], result["exact"]["missed"]) == (2, 1)
        assert result["first_listed"]["accuracy"] == 1.0
        assert "A01.00" in errors.read_text("utf-8")
        assert "typhoid" in errors.read_text("utf-8")
    table = runner("evaluate", gold, *ON)
    assert "code, micro" in table.stdout
    assert not list(tmp_path.glob("*.part*"))


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "holds no note"),
        (b'{"id": "a"\n', "line 1: not JSON"),
        (b'\n{"id": "a", "required": []}\n', 'line 2: the field "text"'),
        (b'{"id": "\xff"}\n', "line 1: not UTF-8"),
        (b"[1]\n", "line 1: not a JSON object"),
    ],
)
def test_bad_gold_is_one_line_with_its_number(runner: Any, tmp_path: Path, content: bytes, part: str) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(content)
    run = runner("evaluate", gold)
    assert run.exit_code == 10
    assert part in run.stderr
    assert run.stderr.count("\n") == 1


def test_place_for_errors_is_checked_before_anything_is_measured(runner: Any, tmp_path: Path) -> None:
    for place in (tmp_path / "gone" / "errors.txt", tmp_path):
        run = runner("evaluate", tmp_path / "gold.jsonl", "--errors", place)
        assert run.exit_code == 2
        assert "--errors" in run.stderr


def test_gold_that_is_cut_off_or_gone(runner: Any, tmp_path: Path) -> None:
    import gzip

    whole = io.BytesIO()
    with gzip.open(whole, "wb") as stream:
        stream.write(os.urandom(5000))
    cut = tmp_path / "gold.jsonl.gz"
    cut.write_bytes(whole.getvalue()[:2000])
    for path in (cut, tmp_path / "gone.jsonl", tmp_path):
        run = runner("evaluate", path)
        assert run.exit_code == 10, path
        assert run.stderr.count("\n") == 1
