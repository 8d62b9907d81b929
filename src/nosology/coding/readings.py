"""Readings that were kept: what the engine made of gold charts on the day when it first saw them.

Once rules or vocabulary have been mended on a chart, the engine is better on it than on others; the first reading still
says how it does on charts that it has not seen. The file is JSONL and holds ids, codes and numbers, no word of a chart.
A line of kind ``readings`` describes the lines of kind ``reading`` that follow it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nosology.coding.features import CHART_FEATURES, CODE_FEATURES, ChartReading
from nosology.coding.judged import JudgedChart
from nosology.errors import UnreadableInput

__all__ = ["read_readings", "write_readings"]

_DECIMALS = 6
_KEPT_CHART_FEATURES = CHART_FEATURES[2:]  # the first two come from the probabilities


def write_readings(charts: Iterable[JudgedChart], about: Mapping[str, Any]) -> str:
    """Return the file; ``about`` says what engine read which gold files, and when."""
    lines: list[dict[str, Any]] = [
        {
            "kind": "readings",
            **about,
            "code_features": list(CODE_FEATURES),
            "chart_features": list(_KEPT_CHART_FEATURES),
        }
    ]
    for chart in charts:
        reading = chart.reading
        lines.append(
            {
                "kind": "reading",
                "id": reading.id,
                "codes": list(reading.codes),
                "rows": [_short(row) for row in reading.rows],
                "chart_row": _short(reading.chart_row),
                "plain": _short(reading.plain),
                "offered": [list(each) for each in reading.offered],
                "truth": {code: chart.truth[code] for code in reading.codes if code in chart.truth},
                "missed": chart.missed,
            }
        )
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def read_readings(lines: Iterable[bytes], *, where: str) -> list[JudgedChart]:
    """Return the charts of a file of readings; ``where`` names it.

    Features are taken by name, so that a file may hold more than are used now. Raises UnreadableInput with the number
    of the first bad line.
    """
    found: list[JudgedChart] = []
    columns: tuple[list[int], list[int]] | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8"))
            if record["kind"] == "readings":
                columns = (
                    [record["code_features"].index(name) for name in CODE_FEATURES],
                    [record["chart_features"].index(name) for name in _KEPT_CHART_FEATURES],
                )
            elif record["kind"] == "reading" and columns is not None:
                found.append(_chart(record, *columns))
            else:
                raise ValueError("another kind")
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            raise UnreadableInput(
                f"{where}, line {number}: not a reading of this version; keep readings with nosology evaluate "
                "--keep-readings"
            ) from None
    return found


def _chart(record: Mapping[str, Any], code_columns: Sequence[int], chart_columns: Sequence[int]) -> JudgedChart:
    codes = tuple(map(_text, record["codes"]))
    rows = tuple(tuple(_number(row[n]) for n in code_columns) for row in record["rows"])
    plain = tuple(map(_number, record["plain"]))
    offered = tuple(tuple(map(_text, each)) for each in record["offered"])
    if not len(codes) == len(rows) == len(plain) == len(offered):
        raise ValueError("columns of different lengths")
    missed, truth = record["missed"], dict(record["truth"])
    if not isinstance(missed, int) or not set(map(type, truth.values())) <= {bool} or not set(truth) <= set(codes):
        raise ValueError("no truth")
    chart_row = tuple(_number(record["chart_row"][n]) for n in chart_columns)
    return JudgedChart(ChartReading(_text(record["id"]), codes, rows, chart_row, plain, offered), truth, missed)


def _short(row: Sequence[float]) -> list[float]:
    """Return the row rounded, whole numbers without a point."""
    return [int(value) if value == int(value) else round(value, _DECIMALS) for value in row]


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("no number")
    return float(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value
