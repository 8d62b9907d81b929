"""Readers of HCPCS Level II as published by CMS: the fixed-width file, the same as a workbook, and the CSV forms.

Columns of the fixed-width file: 1-5 code (a modifier in 4-5), 6-10 sequence, 11 kind of record (3 code, 4 more of its
title, 7 modifier, 8 more of its title), 12-91 title, 92-119 short title, then the attributes of ``_COLUMNS``.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from nosology.errors import UnreadableInput

__all__ = [
    "HcpcsRow",
    "parse_hcpcs_csv",
    "parse_hcpcs_fixed",
    "parse_hcpcs_sheet",
    "write_hcpcs",
]

_AT_LEAST = 5_000
_RECORD = re.compile(r"(?:   [A-Z0-9]{2}|[A-Z]\d{4})\d{5}[3478]")
# name, first column (counted from 1), width of one, how many of them follow one another
_COLUMNS = (
    ("pricing", 120, 2, 4),
    ("multiple_pricing", 128, 1, 1),
    ("coverage_manual", 129, 6, 3),
    ("carriers_manual", 147, 8, 3),
    ("statute", 171, 10, 1),
    ("lab_certification", 181, 3, 8),
    ("cross_reference", 205, 5, 5),
    ("coverage", 230, 1, 1),
    ("asc_group", 231, 2, 1),
    ("processing_note", 253, 4, 1),
    ("betos", 257, 3, 1),
    ("type_of_service", 261, 1, 5),
    ("anesthesia_units", 266, 3, 1),
    ("action", 293, 1, 1),
)
_SHEET = {
    "PRICE": "pricing",
    "MULT_PI": "multiple_pricing",
    "CIM": "coverage_manual",
    "MCM": "carriers_manual",
    "STATUTE": "statute",
    "LABCERT": "lab_certification",
    "XREF": "cross_reference",
    "COV": "coverage",
    "ASC_GRP": "asc_group",
    "PROCNOTE": "processing_note",
    "BETOS": "betos",
    "TOS": "type_of_service",
    "ANEST_BU": "anesthesia_units",
    "ACTION CD": "action",
}
_CSV = {
    "price": "pricing",
    "multi": "multiple_pricing",
    "cov": "coverage",
    "betos": "betos",
    "tos": "type_of_service",
    "action": "action",
    "cim": "coverage_manual",
    "mcm": "carriers_manual",
    "statute": "statute",
    "lab": "lab_certification",
    "xref": "cross_reference",
    "asc_grp": "asc_group",
    "proc": "processing_note",
    "anes": "anesthesia_units",
}


@dataclass(slots=True)
class HcpcsRow:
    """One code or modifier: titles, dates (ISO, "" for none), and the attributes that are filled, as published."""

    code: str
    title: str
    short: str
    added: str = ""
    changed: str = ""
    ended: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def _iso(text: str) -> str:
    """A date as the files write it (20240401, 2024-04-01, a day number of Excel) in ISO, "" where there is none."""
    plain = text.strip().split(".")[0].replace("-", "").replace("/", "")
    if re.fullmatch(r"(19|20)\d{6}", plain):
        return f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    if re.fullmatch(r"\d{5}", plain):
        return (date(1899, 12, 30) + timedelta(days=int(plain))).isoformat()
    return ""


def _check(rows: list[HcpcsRow], name: str) -> list[HcpcsRow]:
    codes = sum(len(row.code) == 5 for row in rows)
    if codes < _AT_LEAST:
        raise UnreadableInput(f"{name}: only {codes} codes; the file is truncated or another one")
    if not any(row.code.startswith("V") for row in rows):
        raise UnreadableInput(f"{name}: no code of section V; the file is truncated")
    return rows


def parse_hcpcs_fixed(text: str, *, name: str) -> list[HcpcsRow]:
    """The codes and modifiers of CMS's fixed-width file; lines of the disclaimer are skipped.

    Raises:
        UnreadableInput: far too few codes, or a record that is cut off.
    """
    rows: list[HcpcsRow] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not _RECORD.match(line):
            continue
        kind, title = line[10], line[11:91].strip()
        if kind in "48":
            if not rows or rows[-1].code != line[:5].strip():
                raise UnreadableInput(f"{name}: line {number} continues a title that is not there; the file is damaged")
            rows[-1].title = f"{rows[-1].title} {title}"
            continue
        if len(line) < 293:
            raise UnreadableInput(f"{name}: line {number} is cut off; the file is damaged or truncated")
        attributes = {}
        for key, first, width, count in _COLUMNS:
            cells = [line[first - 1 + n * width : first - 1 + (n + 1) * width].strip() for n in range(count)]
            if any(cells):
                attributes[key] = ", ".join(cell for cell in cells if cell)
        rows.append(
            HcpcsRow(
                code=line[:5].strip(),
                title=title,
                short=line[91:119].strip(),
                added=_iso(line[268:276]),
                changed=_iso(line[276:284]),
                ended=_iso(line[284:292]),
                attributes=attributes,
            )
        )
    return _check(rows, name)


def parse_hcpcs_sheet(sheet: Iterable[Sequence[str]], *, name: str) -> list[HcpcsRow]:
    """The codes and modifiers of the workbook form; rows above its heads are skipped. Raises UnreadableInput."""
    rows: list[HcpcsRow] = []
    heads: list[str] = []
    for cells in sheet:
        if not heads:
            upper = [cell.strip().upper().replace("_", " ") for cell in cells]
            if "LONG DESCRIPTION" in upper and any(head in upper for head in ("HCPC", "HCPCS", "HCPCS CODE")):
                heads = ["HCPC" if head in ("HCPCS", "HCPCS CODE") else head for head in upper]
            continue
        line = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
        code = line.get("HCPC", "").upper()
        if not re.fullmatch(r"[A-Z]\d{4}|[A-Z0-9]{2}", code):
            continue
        if rows and rows[-1].code == code:
            rows[-1].title = f"{rows[-1].title} {line['LONG DESCRIPTION']}"
            continue
        attributes: dict[str, str] = {}
        for head, cell in line.items():
            plain = head.replace(" ", "_").rstrip("12345678")
            key = _SHEET.get(plain) or _SHEET.get(plain.replace("_", " "))
            if key and cell:
                attributes[key] = f"{attributes[key]}, {cell}" if key in attributes else cell
        rows.append(
            HcpcsRow(
                code=code,
                title=line["LONG DESCRIPTION"],
                short=line.get("SHORT DESCRIPTION", ""),
                added=_iso(line.get("ADD DT", "")),
                changed=_iso(line.get("ACT EFF DT", "")),
                ended=_iso(line.get("TERM DT", "")),
                attributes=attributes,
            )
        )
    return _check(rows, name)


def parse_hcpcs_csv(attributes: str, titles: str, unclassified: str = "", *, name: str) -> list[HcpcsRow]:
    """The codes of the CSV forms: attributes, titles (a "Long" and a "Short" row a code), codes not classified.

    Raises:
        UnreadableInput: columns are missing, a code without title, or far too few of them.
    """
    named: dict[str, dict[str, str]] = {}
    try:
        for line in csv.DictReader(io.StringIO(titles)):
            named.setdefault(line["hcpcs_code"].strip(), {})[line["hcpcs_desc_type"]] = line["hcpcs_description"]
        residual = {line["hcpcs"].strip() for line in csv.DictReader(io.StringIO(unclassified))}
        rows = []
        for line in csv.DictReader(io.StringIO(attributes)):
            code = line["hcpcs_code"].strip()
            filled = {key: line[column].replace(":", ", ").strip() for column, key in _CSV.items() if line[column]}
            if code in residual:
                filled["unclassified"] = "yes"
            rows.append(
                HcpcsRow(
                    code=code,
                    title=named[code]["Long"].strip(),
                    short=named[code].get("Short", "").strip(),
                    added=_iso(line["date_added"]),
                    changed=_iso(line["date_action"]),
                    ended=_iso(line["date_term"]),
                    attributes=filled,
                )
            )
    except (KeyError, AttributeError, csv.Error) as error:
        raise UnreadableInput(
            f"{name}: a column or the title of a code is missing ({error}); name the folder"
        ) from error
    return _check(rows, name)


def write_hcpcs(connection: sqlite3.Connection, rows: Iterable[HcpcsRow]) -> dict[str, int]:
    """Write codes and modifiers; returns the counts."""
    kept = {row.code: row for row in rows}
    connection.execute(
        "CREATE TABLE code (code TEXT PRIMARY KEY, title TEXT NOT NULL, short TEXT NOT NULL, added TEXT NOT NULL, "
        "changed TEXT NOT NULL, ended TEXT NOT NULL, attributes TEXT NOT NULL) WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT INTO code VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                row.code,
                " ".join(row.title.split()),
                row.short,
                row.added,
                row.changed,
                row.ended,
                json.dumps(row.attributes, ensure_ascii=False),
            )
            for row in kept.values()
        ),
    )
    codes = sum(len(code) == 5 for code in kept)
    return {"codes": codes, "modifiers": len(kept) - codes}
