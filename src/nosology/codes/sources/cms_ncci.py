"""Readers of CMS's NCCI files: procedure pairs (txt, xlsx, or Parquet of the same columns), most units (csv), add-on
codes (txt with tabs, xlsx, csv).
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from nosology.codes.ncci_keys import FOREVER, encode_code
from nosology.codes.sources.xlsx import read_first_sheet
from nosology.errors import UnreadableInput

__all__ = ["NCCI_KINDS", "NcciTable", "detect_ncci", "ncci_quarter", "parse_ncci", "write_ncci"]

NCCI_KINDS: Mapping[str, str] = {
    "ncci-ptp-practitioner": "ptp.practitioner",
    "ncci-ptp-hospital": "ptp.hospital",
    "ncci-mue-practitioner": "mue.practitioner",
    "ncci-mue-hospital": "mue.hospital",
    "ncci-mue-supplier": "mue.supplier",
    "ncci-aoc": "aoc",
}
"""Kind of publication → the table that it fills."""

NcciTable = list[tuple[int, int, int, int, int, str]]
"""Rows (key, first day, last day, indicator, units, rationale), as the readers give them."""

_AT_LEAST = {"ptp": 1000, "mue": 500, "aoc": 100}


def detect_ncci(name: str, head: str) -> str:
    """The kind of a file by its name and head (text, or the rows of a workbook as lines), "" if it is none."""
    plain, lower = name.rsplit("/", 1)[-1].lower(), head.lower()
    if "add_on_code" in lower or ("add-on" in lower and "primary" in lower and "edit" in lower):
        return "ncci-aoc"
    if "mue" in lower and ("adjudication indicator" in lower or "mue_mai" in lower):
        words = (("prac", "practitioner"), ("out", "hospital"), ("dme", "supplier"), ("supplier", "supplier"))
        found = [kind for said in (plain, lower[:3000]) for word, kind in words if word in said]
        return f"ncci-mue-{found[0]}" if found else ""
    columns = re.search(r"column\s?1", lower) and re.search(r"column\s?2", lower)
    if columns and ("modifier" in lower or "deletion" in lower):
        hospital = "hospital" in plain or "outpatient" in plain or "oph" in plain
        return "ncci-ptp-hospital" if hospital else "ncci-ptp-practitioner"
    return ""


def ncci_quarter(name: str) -> date | None:
    """The first day of the quarter that a name tells: ``2024q3``, ``Eff_07-01-2024``, ``v302r0`` (version 30.2)."""
    plain = name.lower()
    if found := re.search(r"(20\d\d)\s?[-_ ]?q([1-4])", plain):
        return date(int(found[1]), 3 * int(found[2]) - 2, 1)
    if found := re.search(r"(\d\d)[-_](\d\d)[-_](20\d\d)", plain):
        return date(int(found[3]), 3 * ((int(found[1]) - 1) // 3) + 1, 1)
    if found := re.search(r"v(\d\d)([0-3])r\d", plain):  # version 30.0 began in January 2024
        return date(1994 + int(found[1]), 3 * int(found[2]) + 1, 1)
    return None


def parse_ncci(kind: str, name: str, data: bytes, text: str) -> NcciTable:
    """The rows of one file; ``text`` are its decoded bytes ("" for Parquet and workbooks).

    Raises:
        UnreadableInput: other columns than the publisher's, or far too few rows.
    """
    table = NCCI_KINDS[kind].split(".")[0]
    rows = _parquet(name, data) if data.startswith(b"PAR1") else _cells(name, data, text)
    reader = {"ptp": _ptp_row, "mue": _mue_row, "aoc": _aoc_row}[table]
    heads: dict[str, int] = {}
    found: NcciTable = []
    for cells in rows:
        if not heads:
            heads = _heads(table, cells)
            continue
        row = reader(cells, heads)
        if row is not None:
            found.append(row)
    if not heads:
        raise UnreadableInput(f"{name}: the columns are not those of the NCCI file")
    if len(found) < _AT_LEAST[table]:
        raise UnreadableInput(f"{name}: only {len(found)} rows; the file is truncated")
    return found


def _parquet(name: str, data: bytes) -> Iterable[list[Any]]:
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(io.BytesIO(data))
    except (pyarrow.ArrowException, OSError) as error:
        raise UnreadableInput(f"{name}: damaged or truncated Parquet file; fetch it again") from error
    yield list(table.column_names)
    for batch in table.to_batches(max_chunksize=100_000):
        yield from (list(row) for row in zip(*(column.to_pylist() for column in batch.columns), strict=True))


def _cells(name: str, data: bytes, text: str) -> Iterable[list[Any]]:
    if name.lower().endswith(".xlsx"):
        return read_first_sheet(data, name=name)
    head = text[:5000]
    if head.count("\t") > 5:
        return (line.split("\t") for line in text.splitlines())
    return csv.reader(io.StringIO(text))


def _heads(table: str, cells: list[Any]) -> dict[str, int]:
    """The places of the columns by our names for them, empty while this is not the row of heads."""
    words = [re.sub(r"[^a-z0-9]+", " ", str(cell).lower()).strip() for cell in cells]
    wanted = {
        "ptp": {"one": ("column 1", "column1"), "two": ("column 2", "column2"), "first": ("effective",),
                "last": ("deletion",), "indicator": ("modifier",), "rationale": ("rationale", "ptp edit")},
        "mue": {"one": ("hcpcs",), "units": ("mue values", "mue units"), "indicator": ("adjudication", "mue mai"),
                "rationale": ("rationale",)},
        "aoc": {"one": ("add on",), "two": ("primary",), "indicator": ("edit type", "aoc type", "type"),
                "first": ("aoc effdt", "effective", "effdt"), "last": ("aoc deldt", "deletion", "deldt")},
    }[table]  # fmt: skip
    found = {}
    for key, names in wanted.items():
        for name in names:
            place = next((n for n, word in enumerate(words) if name in word), None)
            if place is not None:
                found[key] = place
                break
    needed = {
        "ptp": {"one", "two", "indicator"},
        "mue": {"one", "units", "indicator"},
        "aoc": {"one", "two", "indicator"},
    }
    return found if needed[table] <= set(found) and len(set(found.values())) == len(found) else {}


def _cell(cells: list[Any], heads: Mapping[str, int], name: str) -> str:
    place = heads.get(name)
    return str(cells[place]).strip().upper() if place is not None and place < len(cells) else ""


def _day(text: str, otherwise: int) -> int:
    """A day as YYYYMMDD from YYYYMMDD, YYYY-MM-DD, YYYYDDD or MM/DD/YYYY; ``otherwise`` where there is none."""
    plain = text.replace("-", "")
    if found := re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", text):
        plain = f"{found[3]}{int(found[1]):02}{int(found[2]):02}"
    if re.fullmatch(r"\d{7}", plain) and plain[:4] != "9999":
        day = date(int(plain[:4]), 1, 1) + timedelta(days=max(int(plain[4:]), 1) - 1)
        return day.year * 10000 + day.month * 100 + day.day
    return int(plain) if re.fullmatch(r"\d{8}", plain) and plain != "00000000" else otherwise


def _ptp_row(cells: list[Any], heads: Mapping[str, int]) -> tuple[int, int, int, int, int, str] | None:
    one, two = encode_code(_cell(cells, heads, "one")), encode_code(_cell(cells, heads, "two"))
    indicator = _cell(cells, heads, "indicator")[:1]
    if one < 0 or two < 0 or indicator not in ("0", "1", "9"):
        return None
    first, last = _day(_cell(cells, heads, "first"), 0), _day(_cell(cells, heads, "last"), FOREVER)
    rationale = heads.get("rationale")
    said = str(cells[rationale]).strip() if rationale is not None and rationale < len(cells) else ""
    return one << 26 | two, first, last, int(indicator), 0, said


def _mue_row(cells: list[Any], heads: Mapping[str, int]) -> tuple[int, int, int, int, int, str] | None:
    code, units = encode_code(_cell(cells, heads, "one")), _cell(cells, heads, "units")
    indicator = _cell(cells, heads, "indicator")[:1]
    if code < 0 or not units.isdigit() or indicator not in ("1", "2", "3"):
        return None
    rationale = heads.get("rationale")
    said = str(cells[rationale]).strip() if rationale is not None and rationale < len(cells) else ""
    return code, 0, FOREVER, int(indicator), int(units), said


def _aoc_row(cells: list[Any], heads: Mapping[str, int]) -> tuple[int, int, int, int, int, str] | None:
    code, primary = encode_code(_cell(cells, heads, "one")), encode_code(_cell(cells, heads, "two") or "CCCCC")
    kind = _cell(cells, heads, "indicator").replace("III", "3").replace("II", "2").replace("I", "1")[-1:]
    if code < 0 or primary < 0 or kind not in ("1", "2", "3"):
        return None
    first, last = _day(_cell(cells, heads, "first"), 0), _day(_cell(cells, heads, "last"), FOREVER)
    return code << 26 | primary, first, last, int(kind), 0, ""


def write_ncci(
    connection: sqlite3.Connection, tables: Mapping[str, NcciTable], kept: Mapping[str, bytes], rationales: list[str]
) -> dict[str, int]:
    """Write the tables as sorted arrays; ``kept`` are arrays of an earlier release of the same quarter, which stay
    where no new table takes their place, and ``rationales`` their texts. Returns the counts of rows."""
    connection.execute("CREATE TABLE blob (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
    blobs = {name: data for name, data in kept.items() if not any(name.startswith(f"{each}.") for each in tables)}
    texts = {text: number for number, text in enumerate(rationales)}
    for name, rows in tables.items():
        rows.sort()
        said = [texts.setdefault(row[5], len(texts)) for row in rows]
        if len(texts) > 120:
            raise UnreadableInput(f"{name}: {len(texts)} different rationales; the columns are not the publisher's")
        columns = {
            "keys": np.array([row[0] for row in rows], "<i8"),
            "first": np.array([row[1] for row in rows], "<i4"),
            "last": np.array([row[2] for row in rows], "<i4"),
            {"ptp": "modifier", "mue": "mai", "aoc": "type"}[name.split(".")[0]]: np.array([r[3] for r in rows], "i1"),
            "units": np.array([row[4] for row in rows], "<i4"),
            "rationale": np.array(said, "i1"),
        }
        blobs |= {f"{name}.{column}": array.tobytes() for column, array in columns.items()}
    blobs["rationales"] = json.dumps(list(texts)).encode()
    connection.executemany("INSERT INTO blob VALUES (?, ?)", sorted(blobs.items()))
    keys = {name: data for name, data in blobs.items() if name.endswith(".keys")}
    return {name.removesuffix(".keys").replace(".", "_"): len(data) // 8 for name, data in keys.items()}
