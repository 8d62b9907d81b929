"""Readers of mappings and short lists: GEMs, CCSR, codes exempt from present-on-admission reporting."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterable

from nosology.errors import UnreadableInput

__all__ = [
    "CcsrRow",
    "GemRow",
    "parse_ccsr",
    "parse_ccsr_json",
    "parse_gem",
    "parse_icd9_titles",
    "parse_poa_exempt",
    "write_ccsr",
    "write_gems",
    "write_poa_exempt",
]

GemRow = tuple[str, str, str]
"""Source code, target code ("NoDx": none), five flags: approximate, no map, combination, scenario, choice list."""
CcsrRow = tuple[str, int, str, str]
"""Code, position (-1, 0: default of outpatients, inpatients; 1 and on: CCSR category 1 to 6), category, its title."""

_GEM_LINE = re.compile(r"(\w{3,7})\s+(\w{3,7})\s+([01]{3}\d\d)")


def parse_gem(text: str, *, name: str) -> list[GemRow]:
    """The rows of one direction of the GEMs, as published (fixed width) or as csv.

    Raises:
        UnreadableInput: a line of another layout, or far too few of them.
    """
    rows: list[GemRow] = []
    if text.lstrip().startswith(('"icd', "icd")):
        for each in list(csv.reader(text.splitlines()))[1:]:
            if len(each) < 3:
                raise UnreadableInput(
                    f"{name}: line {len(rows) + 2} is no line of a GEM; the file is damaged or truncated"
                )
            rows.append((each[0], each[1], each[2].rjust(5, "0")))
    else:
        for number, line in enumerate(text.splitlines(), 1):
            match = _GEM_LINE.fullmatch(line.strip())
            if match:
                rows.append((match[1], match[2], match[3]))
            elif line.strip():
                raise UnreadableInput(f"{name}: line {number} is no line of a GEM; the file is damaged or truncated")
    if len(rows) < (5_000 if rows and len(rows[0][0]) == 4 and len(rows[0][1]) == 7 else 20_000):  # volume 3 is short
        raise UnreadableInput(f"{name}: only {len(rows)} mappings; the file is truncated")
    return rows


def parse_icd9_titles(text: str) -> dict[str, str]:
    """ICD-9-CM codes without dot → titles."""
    pairs = (line.strip().split(None, 1) for line in text.splitlines() if line.strip())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def write_gems(
    connection: sqlite3.Connection, to_icd9: list[GemRow], to_icd10: list[GemRow], titles: dict[str, str]
) -> dict[str, int]:
    """Write both directions and the ICD-9-CM titles; returns the counts."""
    connection.execute(
        "CREATE TABLE gem (direction TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, flags TEXT NOT NULL)"
    )
    connection.executemany("INSERT INTO gem VALUES ('to-icd9', ?, ?, ?)", to_icd9)
    connection.executemany("INSERT INTO gem VALUES ('to-icd10', ?, ?, ?)", to_icd10)
    connection.execute("CREATE INDEX gem_source ON gem (direction, source)")
    connection.execute("CREATE TABLE icd9 (code TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID")
    connection.executemany("INSERT INTO icd9 VALUES (?, ?)", sorted(titles.items()))
    return {"to_icd9": len(to_icd9), "to_icd10": len(to_icd10), "icd9_titles": len(titles)}


def parse_ccsr_json(data: bytes, *, name: str) -> list[CcsrRow]:
    """Code → first category, as a JSON object. Raises UnreadableInput."""
    try:
        mapping = json.loads(data)
        return sorted((str(code), 1, str(category), "") for code, category in mapping.items())
    except (ValueError, AttributeError) as error:
        raise UnreadableInput(f"{name}: not the JSON object of codes and categories that it should be") from error


def parse_ccsr(text: str, *, name: str) -> list[CcsrRow]:
    """The rows of AHRQ's ``DXCCSR_v….csv``: default categories and categories 1 to 6 with their titles.

    Raises:
        UnreadableInput: columns are missing or far too few rows.
    """
    reader = csv.reader(text.splitlines())
    heads = [_bare(head).lower() for head in next(reader, [])]
    wanted = {0: "default ccsr category ip", -1: "default ccsr category op"} | {
        number: f"ccsr category {number}" for number in range(1, 7)
    }
    columns = {position: heads.index(head) for position, head in wanted.items() if head in heads}
    if 1 not in columns:
        raise UnreadableInput(f"{name}: no column 'CCSR CATEGORY 1'; this is another file")
    rows: list[CcsrRow] = []
    for line in reader:
        cells = [_bare(cell) for cell in line]
        for position, column in columns.items():
            if column + 1 < len(cells) and cells[column]:
                rows.append((cells[0], position, cells[column], cells[column + 1]))
    if len({row[0] for row in rows}) < 50_000:
        raise UnreadableInput(f"{name}: only {len(rows)} mappings; the file is truncated")
    return rows


def _bare(cell: str) -> str:
    return cell.strip().strip("'").strip()


def write_ccsr(connection: sqlite3.Connection, rows: Iterable[CcsrRow]) -> dict[str, int]:
    """Write CCSR; returns the counts of codes and categories."""
    kept = list(rows)
    connection.execute(
        "CREATE TABLE ccsr (code TEXT NOT NULL, position INTEGER NOT NULL, category TEXT NOT NULL, "
        "title TEXT NOT NULL, PRIMARY KEY (code, position)) WITHOUT ROWID"
    )
    connection.executemany("INSERT OR REPLACE INTO ccsr VALUES (?, ?, ?, ?)", kept)
    return {"codes": len({row[0] for row in kept}), "categories": len({row[2] for row in kept})}


def parse_poa_exempt(rows: Iterable[list[str]], *, name: str) -> list[tuple[str, str]]:
    """Codes (without dot) and titles of the POA-exempt list; ``rows`` are its cells, heads and remarks included.

    Raises:
        UnreadableInput: far too few codes.
    """
    found: list[tuple[str, str]] = []
    for row in rows:
        for place, cell in enumerate(row):
            if re.fullmatch(r"[A-Z][0-9A-Z]{2}(\.?[0-9A-Z]{1,4})?", cell.strip()) and place + 1 < len(row):
                found.append((cell.strip().replace(".", ""), row[place + 1].strip()))
                break
    if len(found) < 10_000:
        raise UnreadableInput(f"{name}: only {len(found)} codes; the list is truncated or another file")
    return found


def write_poa_exempt(connection: sqlite3.Connection, rows: list[tuple[str, str]]) -> dict[str, int]:
    """Write the POA-exempt list; returns the count."""
    connection.execute("CREATE TABLE exempt (code TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID")
    connection.executemany("INSERT OR REPLACE INTO exempt VALUES (?, ?)", rows)
    return {"codes": len({row[0] for row in rows})}
