"""``nosology group --hcc --columns``: the scores of the engine for one person, from JSON lines and Parquet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

PEOPLE = [
    {"id": "A", "age": 70, "sex": "F", "diagnoses": [{"code": "E11.9"}, {"code": "I5022"}]},
    {"id": "B", "age": 50, "sex": "M", "diagnoses": [], "hcc": {"orec": "1", "dual_status": "02"}},
    {"id": "C", "birth_date": "1940-02-01", "sex": "F", "diagnoses": [{"code": "C50.911"}]},
]


def write(path: Path, *objects: Any) -> Path:
    path.write_text("".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in objects), "utf-8")
    return path


@pytest.mark.parametrize("model", ["V24", "V28", "ESRD_V24"])
def test_equal_to_one_by_one(runner: Any, tmp_path: Path, model: str) -> None:
    file = write(tmp_path / "p.jsonl", *PEOPLE)
    plain = [json.loads(line) for line in runner("group", file, "--hcc", "--model", model).stdout.splitlines()]
    result = runner("group", file, "--hcc", "--model", model, "--columns")
    assert result.exit_code == 0
    keys = ("id", "model", "segment", "hccs", "score", "demographic_score")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [{k: each[k] for k in keys} for each in plain]


def test_parquet_in_and_out(runner: Any, tmp_path: Path) -> None:
    table = pyarrow.table(
        {"id": ["A", "B"], "age": [70, 50], "sex": ["F", "M"], "diagnoses": [["E11.9", "I5022"], None],
         "orec": ["0", "1"], "dual_status": ["NA", "02"]}
    )  # fmt: skip
    pyarrow.parquet.write_table(table, tmp_path / "p.parquet")
    to = tmp_path / "scores.parquet"
    result = runner("group", tmp_path / "p.parquet", "--hcc", "--columns", "--to", to)
    assert (result.exit_code, result.stdout) == (0, "")
    got = pyarrow.parquet.read_table(to).to_pylist()
    wanted = runner("group", write(tmp_path / "p.jsonl", *PEOPLE[:2]), "--hcc").stdout.splitlines()
    assert [(each["id"], each["hccs"], each["score"]) for each in got] == [
        (each["id"], each["hccs"], each["score"]) for each in map(json.loads, wanted)
    ]


def test_bad_lines_are_named_and_the_others_scored(runner: Any, tmp_path: Path) -> None:
    result = runner(
        "group", write(tmp_path / "p.jsonl", PEOPLE[0], "no json", {"id": "D", "diagnoses": []}), "--hcc", "--columns"
    )
    assert result.exit_code == 10
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["A"]
    assert ["line 2" in line or "line 3" in line for line in result.stderr.splitlines()] == [True, True]


def test_what_does_not_go_together(runner: Any, tmp_path: Path) -> None:
    file = write(tmp_path / "p.jsonl", *PEOPLE)
    assert runner("group", file, "--columns").exit_code == 2
    assert runner("group", file, "--hcc", "--columns", "--explain").exit_code == 2
    assert runner("group", file, "--hcc", "--to", "x.parquet").exit_code == 2
    pyarrow.parquet.write_table(pyarrow.table({"id": ["A"]}), tmp_path / "p.parquet")
    result = runner("group", tmp_path / "p.parquet", "--hcc", "--columns")
    assert (result.exit_code, "no column age" in result.stderr) == (10, True)
