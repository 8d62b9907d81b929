"""Reader of CMS's physician fee schedule relative-value file (``PPRRVU…csv``); its descriptors are not kept."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from nosology.errors import UnreadableInput

__all__ = ["FEE_COLUMNS", "parse_fees", "write_fees"]

# name of the column in our table → its place in the file, in the layout since 2007
FEE_COLUMNS = {
    "code": 0, "modifier": 1, "status": 3, "work": 5, "practice_office": 6, "practice_facility": 8, "malpractice": 10,
    "pc_tc": 13, "global_days": 14, "preoperative": 15, "intraoperative": 16, "postoperative": 17, "multiple": 18,
    "bilateral": 19, "assistant": 20, "co_surgeon": 21, "team": 22, "endoscopic_base": 23, "conversion_factor": 24,
    "imaging_family": 27,
}  # fmt: skip
"""Column of the table → place in a row of the file."""

_NUMBERS = ("work", "practice_office", "practice_facility", "malpractice", "conversion_factor")
_SHARES = ("preoperative", "intraoperative", "postoperative")
_AT_LEAST = 10_000


def parse_fees(text: str, *, name: str) -> list[tuple[str, ...]]:
    """The rows of the file in the order of :data:`FEE_COLUMNS`; heads and remarks are skipped.

    Raises:
        UnreadableInput: other columns, a figure that is none, far too few rows.
    """
    rows: list[tuple[str, ...]] = []
    heads: list[str] = []
    for number, cells in enumerate(csv.reader(io.StringIO(text)), 1):
        if not heads:
            upper = [cell.strip().upper() for cell in cells]
            if upper[:3] == ["HCPCS", "MOD", "DESCRIPTION"]:
                heads = upper
                if len(heads) < 28 or heads[14] not in ("DAYS", "GLOB DAYS") or heads[24] != "FACTOR":
                    raise UnreadableInput(f"{name}: the columns are not those of the relative-value file")
            continue
        if not re.fullmatch(r"[0-9A-Z]{5}", cells[0].strip() if cells else ""):
            continue
        if len(cells) < 28:
            raise UnreadableInput(f"{name}: line {number} is cut off; the file is damaged or truncated")
        row = {key: cells[place].strip() for key, place in FEE_COLUMNS.items()}
        try:
            for key in (*_NUMBERS, *_SHARES):
                row[key] = str(Decimal(row[key] or "0"))
        except InvalidOperation:
            raise UnreadableInput(f"{name}: line {number} has a figure that is none; the file is damaged") from None
        rows.append(tuple(row.values()))
    if not heads:
        raise UnreadableInput(f"{name}: no heads HCPCS, MOD, DESCRIPTION; this is another file")
    if len(rows) < _AT_LEAST:
        raise UnreadableInput(f"{name}: only {len(rows)} rows; the file is truncated")
    return rows


def write_fees(connection: sqlite3.Connection, rows: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Write the schedule; returns the counts."""
    kept = {row[:2]: row for row in rows}
    columns = ", ".join(f"{name} TEXT NOT NULL" for name in FEE_COLUMNS)
    connection.execute(f"CREATE TABLE fee ({columns}, PRIMARY KEY (code, modifier)) WITHOUT ROWID")
    marks = ", ".join("?" * len(FEE_COLUMNS))
    connection.executemany(f"INSERT INTO fee VALUES ({marks})", kept.values())
    return {"rows": len(kept), "codes": len({code for code, _modifier in kept})}
