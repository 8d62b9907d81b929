"""Reader of the ICD-10-CM conversion table of NCHS: each new code, since when, and what was coded before."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from nosology.codes.code_history import ConversionRow
from nosology.errors import UnreadableInput

__all__ = ["parse_conversion_table", "parse_previous", "write_conversion_table"]

_CURRENT = re.compile(r"[A-Z][0-9A-Z]{2}\.?[0-9A-Z]{0,4}")
_TERM = re.compile(r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{0,4})?(?:\.?-(?:[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?)?)?")
_TOGETHER = re.compile(r"\band\b|&", re.IGNORECASE)
_EXCEL_DAY_0 = date(1899, 12, 30)


def parse_previous(text: str) -> tuple[tuple[str, ...], ...]:
    """What was coded before, as groups of :class:`nosology.codes.code_history.ConversionRow`; "None" is empty.

    "A; B" and "A, B" are one or the other; "A and B", "A & B" are both, and so is each of "A, B and C".
    """
    parts = [[each.replace(".", "") for each in _TERM.findall(part)] for part in _TOGETHER.split(text)]
    groups = [tuple(part) for part in parts if part]
    if len(groups) > 1 and ";" not in text and "," in text:
        return tuple((each,) for group in groups for each in group)
    return tuple(groups)


def _first_day(cell: str) -> date | None:
    """The day of a cell: a year stands for its first of October, a larger number is a day as Excel counts them."""
    if not cell.isdigit():
        return None
    return date(int(cell), 10, 1) if len(cell) == 4 else _EXCEL_DAY_0 + timedelta(days=int(cell))


def parse_conversion_table(rows: Iterable[Sequence[str]], *, name: str) -> list[ConversionRow]:
    """The rows of the workbook; title and remarks are skipped.

    Raises:
        UnreadableInput: a row without a day, or far too few rows.
    """
    found: list[ConversionRow] = []
    for row in rows:
        if len(row) < 3 or not _CURRENT.fullmatch(row[0].strip()):
            continue
        day = _first_day(row[1].strip())
        if day is None:
            raise UnreadableInput(f"{name}: the row of {row[0].strip()} has no effective year; the file is damaged")
        found.append(ConversionRow(row[0].strip().replace(".", ""), day, parse_previous(row[2])))
    if len(found) < 3_000:
        raise UnreadableInput(f"{name}: only {len(found)} codes; the table is truncated or another file")
    return found


def write_conversion_table(connection: sqlite3.Connection, rows: Iterable[ConversionRow]) -> dict[str, int]:
    """Write the table; returns the count."""
    kept = [(row.current, row.day.isoformat(), json.dumps(row.previous)) for row in rows]
    connection.execute("CREATE TABLE conversion (current TEXT NOT NULL, day TEXT NOT NULL, previous TEXT NOT NULL)")
    connection.executemany("INSERT INTO conversion VALUES (?, ?, ?)", kept)
    return {"codes": len(kept)}
