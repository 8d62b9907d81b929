"""Readers of short public lists: provider taxonomy (NUCC) and places of service (CMS), as csv."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nosology.errors import UnreadableInput

__all__ = ["LISTED_KINDS", "detect_titled_list", "parse_titled_list", "taxonomy_day", "write_titled_list"]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Heads (several for a column that publishers name differently), the form of a code, the least number of rows."""

    said: str
    code: tuple[str, ...]
    title: tuple[str, ...]
    group: tuple[str, ...]
    more: tuple[str, ...]
    form: str
    at_least: int


_LAYOUTS = {
    "nucc-taxonomy": _Layout(
        "provider taxonomy of the NUCC (csv)", ("code",), ("display name", "classification"), ("grouping",),
        ("classification", "specialization"), r"[0-9A-Z]{9}X", 500,
    ),
    "pos-list": _Layout(
        "places of service (csv)", ("pos_code", "place of service code(s)", "place of service code"),
        ("pos_name", "place of service name"), ("pos_type",), (), r"\d\d", 40,
    ),
}  # fmt: skip

LISTED_KINDS: Mapping[str, str] = {kind: layout.said for kind, layout in _LAYOUTS.items()}
"""Kinds of these files, with what to call them."""


def detect_titled_list(head: str) -> str:
    """The kind of a file by its first line, "" if it is none of these."""
    first = head.lstrip("\ufeff").split("\n", 1)[0].lower().replace('"', "").strip()
    cells = [cell.strip() for cell in first.split(",")]
    if {"code", "grouping", "classification", "specialization"} <= set(cells):
        return "nucc-taxonomy"
    return "pos-list" if set(cells) & set(_LAYOUTS["pos-list"].code) else ""


def parse_titled_list(kind: str, text: str, *, name: str) -> list[tuple[str, str, str, str]]:
    """Rows (code, title, group, more) of a list.

    Raises:
        UnreadableInput: other columns, or far too few rows.
    """
    layout = _LAYOUTS[kind]
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    heads = [cell.strip().lower() for cell in next(rows, [])]

    def cell(cells: Sequence[str], names: Sequence[str]) -> str:
        places = [heads.index(each) for each in names if each in heads and heads.index(each) < len(cells)]
        return next((cells[place].strip() for place in places if cells[place].strip()), "")

    found = {}
    for cells in rows:
        code, title = cell(cells, layout.code).upper(), cell(cells, layout.title)
        if re.fullmatch(layout.form, code) and title and title.lower() != "unassigned":
            more = " ".join(filter(None, (cell(cells, (each,)) for each in layout.more)))
            found[code] = (code, title, cell(cells, layout.group), more)
    if len(found) < layout.at_least:
        raise UnreadableInput(f"{name}: only {len(found)} rows; the file is truncated or another one")
    return sorted(found.values())


def write_titled_list(connection: sqlite3.Connection, rows: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """Write a list; returns the count."""
    connection.execute(
        "CREATE TABLE entry (code TEXT PRIMARY KEY, title TEXT NOT NULL, grp TEXT NOT NULL, more TEXT NOT NULL) "
        "WITHOUT ROWID"
    )
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)
    return {"codes": len(rows)}


def taxonomy_day(name: str) -> date | None:
    """The first day of a version of the taxonomy by the name of its file ("nucc_taxonomy_251.csv" is 25.1): versions
    .0 are in force from April, versions .1 from October of their year."""
    found = re.search(r"taxonomy[_ -]?v?(\d\d)[._]?([01])(?!\d)", name.rsplit("/", 1)[-1].lower())
    return date(2000 + int(found[1]), 10 if found[2] == "1" else 4, 1) if found else None
