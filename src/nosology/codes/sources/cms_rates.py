"""Readers of the rate tables that CMS publishes beside the relative values: what each file is, its rows, its tables.

GPCI (Addendum E), anaesthesia conversion factors and base units, OPPS Addenda A, B, J, M, the clinical laboratory and
DMEPOS fee schedules, Table 5 of the IPPS rule. Descriptors of CPT in them are not kept.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from nosology.errors import UnreadableInput

__all__ = ["RATE_KIND_NAMES", "RATE_TABLES", "RateTable", "detect_rate_kind", "parse_rates", "write_rates"]

_STATES = frozenset(
    re.findall(
        r"\w\w",
        "AL AR AZ CA CO CT DC DE FL GA IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK "
        "OR PA RI SC SD TN TX UT VA VT WA WI WV WY AK HI PR VI",
    )
)

RATE_KIND_NAMES = {
    "gpci": "geographic practice cost indices, Addendum E (csv)",
    "anesthesia-cf": "anaesthesia conversion factors by locality (csv)",
    "anesthesia-base": "anaesthesia base units by code (csv)",
    "opps-a": "OPPS Addendum A, rates by APC (txt or csv)",
    "opps-b": "OPPS Addendum B, rates by HCPCS code (txt or csv)",
    "opps-m": "OPPS Addendum M, composite APCs (txt, csv or xlsx)",
    "opps-j": "OPPS Addendum J, complexity adjustments (txt, csv or xlsx)",
    "clfs": "clinical laboratory fee schedule (csv or txt)",
    "dmepos": "DMEPOS fee schedule (csv or txt)",
    "drg-table5": "IPPS Table 5, relative weights (csv or txt)",
}
"""Kinds of rate tables, with what to call them."""

_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RateTable:
    """How a kind is kept: its table and columns (all text), how many of them are the key, the least number of rows."""

    table: str
    columns: tuple[str, ...]
    key: int
    at_least: int
    heads: tuple[tuple[str, ...], ...]  # for each column the beginnings of the names that it may have in the file
    money: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


RATE_TABLES: dict[str, RateTable] = {
    "gpci": RateTable(
        "gpci", ("contractor", "locality", "state", "name", "work", "practice", "malpractice"), 2, 100,
        (("medicare administrative",), ("locality number",), ("state",), ("locality name",),
         ("pw gpci",), ("pe gpci",), ("mp gpci",)),
        frozenset({"work", "practice", "malpractice"}),
    ),
    "anesthesia-cf": RateTable(
        "anesthesia_cf", ("contractor", "locality", "name", "factor"), 2, 100,
        (("contractor",), ("locality",), ("locality name",), ("national anes", "conversion factor", "anes")),
        frozenset({"factor"}),
    ),
    "anesthesia-base": RateTable(
        "anesthesia_base", ("code", "units"), 1, 200, (("code", "cpt code"), ("base unit",)), frozenset({"units"})
    ),
    "opps-a": RateTable(
        "apc", ("apc", "status", "weight", "rate", "national_copay", "minimum_copay"), 1, 500,
        (("apc",), ("si",), ("relative weight",), ("payment rate",), ("national unadjusted",), ("minimum unadjusted",)),
        frozenset({"weight", "rate", "national_copay", "minimum_copay"}),
    ),
    "opps-b": RateTable(
        "opps", ("code", "status", "apc", "weight", "rate", "national_copay", "minimum_copay"), 1, 10_000,
        (("hcpcs code", "hcpcs"), ("si",), ("apc",), ("relative weight",), ("payment rate",), ("national unadjusted",),
         ("minimum unadjusted",)),
        frozenset({"weight", "rate", "national_copay", "minimum_copay"}),
    ),
    "opps-m": RateTable(
        "composite", ("code", "apc"), 1, 20, (("hcpcs code", "hcpcs"), ("composite apc",)),
    ),
    "opps-j": RateTable(
        "complexity", ("primary_code", "secondary_code", "apc"), 2, 20,
        (("primary hcpcs",), ("secondary j1", "secondary hcpcs"), ("complexity adjusted", "complexity-adjusted")),
    ),
    "clfs": RateTable(
        "clfs", ("code", "modifier", "rate"), 2, 500, (("hcpcs",), ("mod",), ("rate",)), frozenset({"rate"}),
        frozenset({"modifier"}),
    ),
    "drg-table5": RateTable(
        "weights", ("drg", "weight", "gmlos", "amlos", "post_acute", "special_pay"), 1, 700,
        (("ms-drg", "ms drg"), ("weights", "relative weight"), ("geometric", "gmlos"), ("arithmetic", "amlos"),
         ("post-acute",), ("special pay",)),
        frozenset({"weight", "gmlos", "amlos"}), frozenset({"post_acute", "special_pay"}),
    ),
}  # fmt: skip
"""Kind → its table. DMEPOS is turned from one column a state into rows, see :func:`parse_rates`."""

_DMEPOS = RateTable("dmepos", ("code", "modifier", "modifier2", "area", "rate"), 4, 500, ())


def detect_rate_kind(name: str, head: str) -> str:
    """The kind of a rate table by its head, "" if it is none."""
    text = " ".join(head.replace('"', "").replace("_", " ").lower().split())
    lines = head.replace('"', "").replace("_", " ").lower().splitlines()
    if "pw gpci" in text and "mp gpci" in text:
        return "gpci"
    if "anes" in text and "locality" in text and "cf" in text and "contractor" in text:
        return "anesthesia-cf"
    if any(re.match(r"\W*(cpt )?code\W+(short description\W+)?.*base units?", line) for line in lines[:12]):
        return "anesthesia-base"
    if "composite apc" in text and "single code apc" in text:
        return "opps-m"
    if "primary hcpcs" in text and re.search(r"complexity[- ]adjusted apc", text):
        return "opps-j"
    if "payment rate" in text and "minimum unadjusted copayment" in text:
        return "opps-b" if "hcpcs code" in text else "opps-a"
    if "hcpcs" in text and "rate" in text and "eff date" in text and "indicator" in text:
        return "clfs"
    if "hcpcs" in text and "juris" in text and ("al (nr)" in text or "ceiling" in text):
        return "dmepos"
    return "drg-table5" if re.search(r"ms[- ]drg", text) and re.search(r"gmlos|geometric mean", text) else ""


def _cells(text: str) -> list[list[str]]:
    sample = text[:20_000]
    mark = "\t" if sample.count("\t") > sample.count(",") else "~" if sample.count("~") > sample.count(",") else ","
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)]


def _find(heads: list[str], names: tuple[str, ...]) -> int | None:
    plain = [" ".join(head.lower().replace("_", " ").split()) for head in heads]
    plain = [re.sub(r"^(?:fy |cy )?(?:20\d\d )?(?:final )?", "", head) for head in plain]
    for name in names:
        for place, head in enumerate(plain):
            if head == name:
                return place
    for name in names:
        for place, head in enumerate(plain):
            if head.startswith(name):
                return place
    return None


def parse_rates(kind: str, text: str, *, name: str) -> list[_Row]:
    """The rows of a rate table in the order of its columns; figures as plain decimals, "" where there is none.

    Raises:
        UnreadableInput: columns are missing, a figure is none, or far too few rows.
    """
    rows = _cells(text)
    found = _parse_dmepos(rows, name) if kind == "dmepos" else _parse(RATE_TABLES[kind], rows, name)
    table = _DMEPOS if kind == "dmepos" else RATE_TABLES[kind]
    if len(found) < table.at_least:
        raise UnreadableInput(f"{name}: only {len(found)} rows; the file is truncated or another one")
    return found


def _parse(table: RateTable, rows: list[list[str]], name: str) -> list[_Row]:
    places: list[int | None] | None = None
    found = []
    for number, cells in enumerate(rows, 1):
        if places is None:
            tried = [_find(cells, names) for names in table.heads]
            if all(
                place is not None or column in table.optional
                for place, column in zip(tried, table.columns, strict=True)
            ):
                places = tried
            continue
        row = ["" if place is None or place >= len(cells) else cells[place] for place in places]
        if not all(re.fullmatch(r"[0-9A-Z]{1,5}", each.upper()) for each in row[: min(table.key, 1)]):
            continue
        for at, column in enumerate(table.columns):
            if column in table.money:
                row[at] = _figure(row[at], name, number)
        found.append(tuple(_pad(table, column, each) for column, each in zip(table.columns, row, strict=True)))
    if places is None:
        wanted = ", ".join(names[0] for names in table.heads)
        raise UnreadableInput(f"{name}: no head with the columns {wanted}; this is another file")
    return found


def _pad(table: RateTable, column: str, value: str) -> str:
    padded = column == "apc" and table.table in ("apc", "composite", "complexity")
    width = {"contractor": 5, "locality": 2, "drg": 3}.get(column, 4 if padded else 0)
    return value.upper().zfill(width) if width else value


def _figure(text: str, name: str, number: int) -> str:
    plain = text.replace("$", "").replace(",", "").rstrip("*").strip()
    if plain in ("", ".", "NA", "N/A"):
        return ""
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise UnreadableInput(f"{name}: line {number} has a figure that is none; the file is damaged") from None
    if not value.is_finite() or value < 0:
        raise UnreadableInput(f"{name}: line {number} has a figure below zero; the file is damaged")
    return str(value)


def _parse_dmepos(rows: list[list[str]], name: str) -> list[_Row]:
    """One row for each code, modifiers and area ("AL", or "AL-R" for the rural rate)."""
    found: list[_Row] = []
    areas: dict[int, str] = {}
    for number, cells in enumerate(rows, 1):
        if not areas:
            if cells and cells[0].upper() == "HCPCS":
                for place, head in enumerate(cells):
                    match = re.fullmatch(r"([A-Z]{2})(?: \((NR|R)\))?", head.upper())
                    if match and match[1] in _STATES:
                        areas[place] = match[1] + ("-R" if match[2] == "R" else "")
            continue
        if re.fullmatch(r"[A-Z]\d{4}", cells[0] if cells else ""):
            for place, area in areas.items():
                rate = _figure(cells[place], name, number) if place < len(cells) else ""
                if rate and Decimal(rate):
                    found.append((cells[0], cells[1], cells[2], area, rate))
    if not areas:
        raise UnreadableInput(f"{name}: no head HCPCS, Mod, Mod2 and a column for each state; this is another file")
    return found


def write_rates(connection: sqlite3.Connection, kind: str, rows: list[_Row]) -> dict[str, int]:
    """Write one rate table; returns the count."""
    table = _DMEPOS if kind == "dmepos" else RATE_TABLES[kind]
    columns = ", ".join(f"{column} TEXT NOT NULL" for column in table.columns)
    key = ", ".join(table.columns[: table.key])
    connection.execute(f"CREATE TABLE {table.table} ({columns}, PRIMARY KEY ({key})) WITHOUT ROWID")
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT OR REPLACE INTO {table.table} VALUES ({marks})", rows)
    return {f"{table.table}_rows": len({row[: table.key] for row in rows})}
