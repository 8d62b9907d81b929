"""``nosology claim --price``: the table, the JSON, and what is wrong with the input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples" / "prices"


def test_without_tables_nothing_is_zero(runner: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOSOLOGY_HOME", str(tmp_path))
    result = runner("claim", EXAMPLES / "visit.json", "--price", "--terms", EXAMPLES / "visit_terms.json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert [line["allowed"] for line in found["lines"]] == [None, None, None]
    assert not found["complete"]
    assert "codesets install" in found["findings"][0]["message"]


def test_a_contract_that_needs_no_table(runner: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOSOLOGY_HOME", str(tmp_path))
    result = runner("claim", EXAMPLES / "stay.json", "--price", "--terms", EXAMPLES / "commercial_terms.json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["allowed"]) == (0, "5200.00")  # two days of 2600
    assert (found["patient_pays"], found["payer_pays"]) == ("565.00", "4635.00")  # 50 and 10 % of 5150
    shown = runner(
        "claim", EXAMPLES / "stay.json", "--price", "--terms", EXAMPLES / "commercial_terms.json", "--format", "table"
    )
    assert "allowed 5,200.00" in shown.stdout


def test_estimate(runner: Any) -> None:
    shown = runner("claim", EXAMPLES / "visit.json", "--estimate")
    found = json.loads(shown.stdout)
    assert (found["expected_total"], found["dispute_from"]) == ("560.00", "960.00")
    assert shown.exit_code == 1
    assert "lacks name of the patient" in shown.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["visit.json"], 2),
        (["visit.json", "--price", "--on", "soon"], 2),
        (["absent.json", "--price"], 10),
        (["visit.json", "--price", "--terms", "stay.json"], 10),
    ],
)
def test_bad_input(runner: Any, words: list[str], code: int) -> None:
    asked = [str(EXAMPLES / each) if each.endswith(".json") else each for each in words]
    assert runner("claim", *asked).exit_code == code


def test_overlapping_terms_are_one_line(runner: Any, tmp_path: Path) -> None:
    terms = {"contract": {"payer": "P", "terms": [{"id": name, "method": "case_rate", "rate": 1} for name in "ab"]}}
    (tmp_path / "terms.json").write_text(json.dumps(terms), "utf-8")
    result = runner("claim", EXAMPLES / "stay.json", "--price", "--terms", tmp_path / "terms.json")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "a and b overlap" in result.stderr
