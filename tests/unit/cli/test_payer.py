"""``nosology payer``: files in a folder, a memory that lasts, and one line for whatever cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "payer"
POLICY = ("--policy", EXAMPLES / "policy.yaml", "--on", "2026-05-06")


def test_answers_lie_in_the_folder_and_a_second_file_is_a_duplicate(runner: Any, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers"
    first = runner("payer", EXAMPLES / "visit.837", *POLICY, "--out", out, "--format", "json")
    assert first.exit_code == 0, first.output
    told = json.loads(first.stdout)
    assert told["files"] == {"999": "visit.999", "277ca": "visit.277ca", "835": "visit.835"}
    assert (told["claims"][0]["decision"], told["claims"][0]["paid"], told["claims"][0]["patient"]) == (
        "paid",
        "108.00",
        "140.40",
    )
    assert sorted(path.name for path in out.iterdir()) == ["state.json", "visit.277ca", "visit.835", "visit.999"]
    again = json.loads(runner("payer", EXAMPLES / "visit.837", *POLICY, "--out", out, "--format", "json").stdout)
    assert again["claims"][0]["decision"] == "denied"
    assert again["files"]["835"] == "visit-2.835"
    asked = json.loads(runner("payer", EXAMPLES / "status.276", *POLICY, "--out", out, "--format", "json").stdout)
    assert asked["statuses"][0]["status"] == ["F1:65"], "of the claim, not of its duplicate"


def test_without_a_folder_nothing_is_written(runner: Any, home: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    result = runner("payer", EXAMPLES / "eligibility.270", *POLICY, "--format", "table", "--steps")
    assert result.exit_code == 0
    assert "active" in result.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("%PDF-1.7", 10, "no X12 file"),
        ("", 10, "empty"),
        ((EXAMPLES / "visit.837").read_text("utf-8").partition("GS*")[0], 10, "no claims"),
        ((EXAMPLES / "visit.837").read_text("utf-8")[:700], 1, ""),
        ((EXAMPLES / "visit.837").read_text("utf-8").replace("IEA*1", "IEA*3"), 1, ""),
        ((EXAMPLES / "visit.837").read_text("utf-8").replace("*394***11", "*395***11"), 1, ""),
        ((EXAMPLES / "visit.837").read_text("utf-8").replace("005010X222A1", "004010X098A1"), 1, ""),
    ],
)
def test_files_that_are_wrong(text: str, code: int, says: str, runner: Any, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "in.837"
    path.write_text(text, "utf-8")
    result = runner("payer", path, *POLICY, "--out", tmp_path / "out")
    assert result.exit_code == code
    assert says in result.stderr
    assert "Example" not in result.stderr
    if code == 10:
        assert not (tmp_path / "out").exists()
    else:
        assert (tmp_path / "out" / "in.999").is_file()


def test_a_memory_that_is_damaged_stays_as_it_is(runner: Any, home: Path, tmp_path: Path) -> None:
    memory = tmp_path / "memory.json"
    memory.write_text("{", "utf-8")
    result = runner("payer", EXAMPLES / "visit.837", *POLICY, "--out", tmp_path / "out", "--state", memory)
    assert (result.exit_code, memory.read_text("utf-8")) == (10, "{")
    assert not (tmp_path / "out").exists()


def test_a_policy_that_is_wrong_is_named(runner: Any, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("payer: {name: P, id: '1'}\nplans: [{id: a, copays: 3}]\n", "utf-8")
    result = runner("payer", EXAMPLES / "visit.837", "--policy", path)
    assert result.exit_code == 10
    assert "plan a: unknown field copays" in result.stderr
