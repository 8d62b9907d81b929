"""Kept readings: read back as written, by name of feature, and refused with a line number where they are not whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nosology.coding.features import CHART_FEATURES, CODE_FEATURES, ChartReading
from nosology.coding.judged import JudgedChart
from nosology.coding.readings import read_readings, write_readings
from nosology.errors import UnreadableInput

ROW = tuple(n / 8 for n in range(len(CODE_FEATURES)))
CHART = JudgedChart(
    ChartReading("c1", ("I10", "M10.9"), (ROW, ROW), (0.5,) * (len(CHART_FEATURES) - 2), (0.9, 0.7), (("I15.9",), ())),
    {"I10": True},
    2,
)
FIRST = Path(__file__).resolve().parents[2] / "golden" / "readings" / "first.jsonl"


def test_what_is_written_is_read_back() -> None:
    text = write_readings([CHART], {"nosology": "0"})
    assert read_readings(text.encode().splitlines(), where="r") == [CHART]
    assert json.loads(text.splitlines()[0])["nosology"] == "0"


def test_features_are_taken_by_name_and_files_are_joined() -> None:
    head, line = map(json.loads, write_readings([CHART], {}).splitlines())
    head["code_features"] = ["of later", *reversed(head["code_features"])]
    line["rows"] = [[7, *reversed(row)] for row in line["rows"]]
    text = "\n".join(map(json.dumps, (head, line))) + "\n" + write_readings([CHART], {})
    assert read_readings(text.encode().splitlines(), where="r") == [CHART, CHART]


DAMAGE: list[Callable[[dict[str, Any]], object]] = [
    lambda line: line.pop("codes"),
    lambda line: line["codes"].pop(),
    lambda line: line["rows"][0].pop(),
    lambda line: line["rows"][0].__setitem__(3, "x"),
    lambda line: line.update(missed=None),
    lambda line: line.update(truth={"I10": 1}),
    lambda line: line.update(truth={"Z23": True}),
    lambda line: line.update(chart_row=[]),
    lambda line: line.update(kind="gold"),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_bad_line_is_named_with_its_number(damage: Callable[[dict[str, Any]], object]) -> None:
    head, line = map(json.loads, write_readings([CHART], {}).splitlines())
    damage(line)
    with pytest.raises(UnreadableInput, match="r, line 2: not a reading of this version"):
        read_readings([json.dumps(head).encode(), json.dumps(line).encode()], where="r")


def test_a_reading_needs_its_head_and_its_features() -> None:
    head, line = map(json.loads, write_readings([CHART], {}).splitlines())
    head["code_features"].pop()
    for lines in ([line], [head, line], ["x"]):
        with pytest.raises(UnreadableInput, match="r, line 1"):
            read_readings([json.dumps(each).encode() for each in lines], where="r")


def test_the_first_readings_are_whole_and_hold_no_words() -> None:
    charts = read_readings(FIRST.read_bytes().splitlines(), where="first.jsonl")
    assert len({chart.reading.id for chart in charts}) == len(charts) > 100
    for line in FIRST.read_text("utf-8").splitlines():
        record = json.loads(line)
        assert set(record) <= {
            *("kind", "id", "codes", "rows", "chart_row", "plain", "offered", "truth", "missed"),
            *("nosology", "icd10cm", "rules", "lexicon", "on", "gold", "code_features", "chart_features"),
        }
