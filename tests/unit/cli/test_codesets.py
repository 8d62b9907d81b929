"""``nosology codesets``, ``lookup`` and ``explain``: what they print and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NOSOLOGY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def last_line(result: Any) -> str:
    return str(result.stderr).strip().splitlines()[-1]


def test_list_builds_nothing(runner: Any, empty_home: Path) -> None:
    result = runner("codesets", "list", width=160)
    assert result.exit_code == 0
    assert "not built yet" in result.stdout
    assert "not installed" in result.stdout
    assert not empty_home.exists()
    listed = json.loads(runner("codesets", "list", "--format", "json").stdout)
    assert {row["system"] for row in listed["releases"]} == {"icd10cm", "icd10pcs", "gems", "ccsr"}
    assert "icd10cm-index" in listed["not_installed"]


def test_list_one(runner: Any, home: Path) -> None:
    runner("lookup", "E11.621", "--on", "2026-06-01")
    (row,) = json.loads(runner("codesets", "list", "icd10cm", "--format", "json").stdout)["releases"]
    assert (row["release"], row["effective_to"], row["state"]) == ("2026-04-01", "2026-09-30", "ready")
    assert row["counts"]["billable"] == 74_719
    assert len(row["sha256"]) == 64


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("list", "icd11"), 2, "unknown code set"),
        (("install", "icd11"), 2, "unknown code set"),
        (("install", "icd10cm", "--from", "nothing.zip"), 10, "no such file"),
        (("install", "icd10cm", "--from", "ftp://example.org/x.zip"), 2, "only http and https"),
        (("install", "icd10cm", "--from", "http://127.0.0.1:9/x.zip"), 10, "--from FILE"),
        (("install", "icd10cm", "--effective", "soon"), 2, "not a date"),
        (("diff", "2001-01-01", "2026-04-01"), 11, "no release '2001-01-01'"),
    ],
)
def test_refusals(runner: Any, empty_home: Path, words: tuple[str, ...], code: int, says: str) -> None:
    result = runner("codesets", *words)
    assert result.exit_code == code
    assert says in last_line(result)
    assert len(result.stderr.strip().splitlines()) == 1
    assert not empty_home.exists()


def test_install_a_wrong_file(runner: Any, empty_home: Path, tmp_path: Path) -> None:
    path = tmp_path / "letter.xml"
    path.write_text("<letter/>", encoding="utf-8")
    result = runner("codesets", "install", "icd10cm-index", "--from", path)
    assert result.exit_code == 10
    assert "ICD-10-CM Alphabetic Index (XML)" in last_line(result)


def test_install_diff_verify(runner: Any, home: Path, shared_data: Path, empty_home: Path) -> None:
    addenda = shared_data / "codesets/icd10cm/icd10cm_codes_addenda_2027.txt"
    result = runner("codesets", "install", "icd10cm", "--from", addenda)
    assert result.exit_code == 0, result.stderr
    assert "in force 2026-10-01 to 2027-09-30" in result.stdout
    assert "74,879 billable" in result.stdout
    result = runner("codesets", "diff", "2026-04-01", "2026-10-01")
    assert "190 added, 30 deleted, 4 revised" in result.stdout
    changes = json.loads(runner("codesets", "diff", "2026-04-01", "2026-10-01", "--format", "json").stdout)
    assert {"code": "D69.11", "title": "Glanzmann thrombasthenia"} in changes["added"]
    assert [len(changes[key]) for key in ("added", "deleted", "revised")] == [190, 30, 4]
    assert runner("codesets", "verify").exit_code == 0
    for path in (empty_home / "releases").glob("icd10cm-2026-10-01-*.sqlite"):
        path.chmod(0o644)
        path.write_bytes(path.read_bytes()[:5000])
    result = runner("codesets", "verify")
    assert result.exit_code == 10
    assert "DAMAGED icd10cm 2026-10-01" in result.stdout
    result = runner("lookup", "E11.621", "--on", "2026-12-01")
    assert result.exit_code == 10
    assert "nosology codesets install icd10cm --from" in last_line(result)
    assert runner("lookup", "E11.621", "--on", "2026-06-01").exit_code == 0


def test_lookup(runner: Any, home: Path) -> None:
    result = runner("lookup", "e11621", "--on", "2026-06-01")
    assert result.exit_code == 0
    assert result.stderr == ""
    for words in (
        "E11.621  Type 2 diabetes mellitus with foot ulcer",
        "billable",
        "Chapter 4  Endocrine",
        "Excludes1",
        "E11.622",
        "V28  37  Diabetes with Chronic Complications",
        "MDC 10",
        "END003",
        "250.80",
    ):
        assert words in result.stdout


def test_lookup_json(runner: Any, home: Path) -> None:
    found = json.loads(runner("lookup", "A41.9", "--on", "2026-06-01", "--format", "json").stdout)
    assert (found["code"], found["billable"], found["release"], found["outdated"]) == (
        "A41.9", True, "2026-04-01", False,
    )  # fmt: skip
    assert [node["code"] for node in found["path"]] == ["1", "A30-A49", "A41"]
    assert found["maps"]["ms_drg"]["severity"] == "MCC"
    assert found["maps"]["ms_drg"]["version"] == "43.1"
    assert {(each["model"], each["hcc"]) for each in found["maps"]["hcc"]["categories"]} >= {("V24", "2"), ("V28", "2")}
    assert found["maps"]["poa_exempt"] is None


def test_lookup_of_headers(runner: Any, home: Path) -> None:
    for code, words in (("9", "Chapter 9"), ("C00-C96", "block, not billable"), ("S72.001", "7th")):
        result = runner("lookup", code, "--on", "2026-06-01")
        assert result.exit_code == 0
        assert "not billable" in result.stdout
        assert words in result.stdout or code in result.stdout


def test_lookup_of_a_procedure(runner: Any, home: Path) -> None:
    result = runner("lookup", "0dtj4zz", "--on", "2026-06-01")
    assert result.exit_code == 0
    assert "Resection of Appendix" in result.stdout
    assert "icd10pcs 2023-10-01 was in force to 2024-09-30" in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("E11.999",), 2, "no code of ICD-10-CM"),
        (("E11.9", "--on", "2001-01-01"), 11, "2001-01-01"),
        (("E11.9", "--on", "today"), 2, "not a date"),
    ],
)
def test_lookup_refusals(runner: Any, home: Path, words: tuple[str, ...], code: int, says: str) -> None:
    result = runner("lookup", *words)
    assert result.exit_code == code
    assert says in last_line(result)


def test_after_the_end_of_the_newest_release(runner: Any, home: Path) -> None:
    result = runner("lookup", "E11.9", "--on", "2030-01-01")
    assert result.exit_code == 0
    assert "nosology codesets install icd10cm" in result.stderr


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("T88.6XXA", "the 7th character A says “initial encounter” (I.A.5); X holds the places"),
        ("I10", "nothing more specific stands below it"),
        ("S72.001", "it needs a 7th character, one of A, B, C"),
        ("E11", "more specific entries stand below it"),
    ],
)
def test_explain_a_code(runner: Any, home: Path, code: str, says: str) -> None:
    result = runner("explain", code, "--on", "2026-06-01")
    assert result.exit_code == 0
    assert says in " ".join(result.stdout.split())


def test_explain_cites_the_conventions(runner: Any, home: Path) -> None:
    text = runner("explain", "E11.621", "--on", "2026-06-01").stdout
    assert "I.A.12.a" in text
    assert "I.A.13" in text


def test_explain_a_rule(runner: Any, home: Path) -> None:
    from nosology.rules.loader import load_rules

    rule = load_rules()[0]
    result = runner("explain", rule.id)
    assert result.exit_code == 0
    assert rule.title in " ".join(result.stdout.split())


def test_explain_nothing_known(runner: Any, home: Path) -> None:
    result = runner("explain", "no-such-thing", "--on", "2026-06-01")
    assert result.exit_code == 2
    assert "neither a code nor a rule" in last_line(result)
