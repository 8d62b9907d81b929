"""Readers of FDA's NDC directory (product.txt, package.txt) and of CMS's crosswalk from NDC to HCPCS."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from nosology.codes.ndc import read_ndc
from nosology.errors import UnreadableInput

__all__ = ["NdcTables", "parse_crosswalk", "parse_ndc_directory", "write_crosswalk", "write_ndc_directory"]

NdcTables = tuple[list[tuple[str, ...]], list[tuple[str, ...]]]
"""Rows of products and rows of packages, in the order of their tables."""

_CrosswalkRow = tuple[str, str, str, str, str, str, str, str]
_HEADS = {
    "code": ("hcpcs", "billing code", "billingcode", "code", "hcpcs code"),
    "ndc": ("ndc2", "ndc", "ndc11", "ndc code"),
    "name": ("drug name", "drugname", "short description", "name"),
    "dosage": ("hcpcs dosage", "dosage"),
    "size": ("pkg size", "package size"),
    "items": ("pkg qty", "package qty", "package quantity"),
    "units": ("billunits", "bill units", "billing units"),
    "package_units": ("billunitspkg", "bill units pkg", "billing units pkg"),
}


def _day(text: str) -> str:
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if re.fullmatch(r"(19|20)\d{6}", text) else ""


def _lines(text: str, name: str, needed: set[str]) -> list[dict[str, str]]:
    rows = list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
    heads = [head.strip().upper() for head in rows[0]] if rows else []
    if not needed <= set(heads):
        raise UnreadableInput(f"{name}: no column {sorted(needed - set(heads))[0]}; this is another file")
    found = []
    for number, row in enumerate(rows[1:], 2):
        if not row or row == [""]:
            continue
        if len(row) < len(heads) - 1:
            raise UnreadableInput(f"{name}: line {number} is cut off; the file is damaged or truncated")
        found.append(dict(zip(heads, (cell.strip() for cell in row), strict=False)))
    if not found:
        raise UnreadableInput(f"{name}: no rows; the file is truncated")
    return found


def parse_ndc_directory(products: str, packages: str, *, name: str) -> NdcTables:
    """The rows of both files; packages whose code or product cannot be told are an error.

    Raises:
        UnreadableInput: a column is missing, a line is cut off, a code is none, a package has no product.
    """
    lines = _lines(products, name, {"PRODUCTID", "PRODUCTNDC", "PROPRIETARYNAME", "NONPROPRIETARYNAME"})
    columns = (
        "PRODUCTID", "PROPRIETARYNAME", "NONPROPRIETARYNAME", "DOSAGEFORMNAME", "ROUTENAME", "LABELERNAME",
        "SUBSTANCENAME", "ACTIVE_NUMERATOR_STRENGTH", "ACTIVE_INGRED_UNIT", "DEASCHEDULE",
    )  # fmt: skip
    table = [
        (*(line.get(column, "") for column in columns), line.get("NDC_EXCLUDE_FLAG", "N") or "N") for line in lines
    ]
    known = {row[0] for row in table}
    units: list[tuple[str, ...]] = []
    for line in _lines(packages, name, {"PRODUCTID", "NDCPACKAGECODE", "PACKAGEDESCRIPTION"}):
        reading = read_ndc(line["NDCPACKAGECODE"])
        if reading.ndc is None or line["PRODUCTID"] not in known:
            raise UnreadableInput(
                f"{name}: the package {line['NDCPACKAGECODE'][:20]!r} has no product or is no NDC; the files differ"
            )
        first, last = _day(line.get("STARTMARKETINGDATE", "")), _day(line.get("ENDMARKETINGDATE", ""))
        excluded = line.get("NDC_EXCLUDE_FLAG", "N") or "N"
        units.append((reading.ndc.eleven, line["PRODUCTID"], line["PACKAGEDESCRIPTION"], first, last, excluded))
    return table, units


def write_ndc_directory(connection: sqlite3.Connection, tables: NdcTables) -> dict[str, int]:
    """Write products and packages; returns the counts."""
    products, packages = tables
    connection.execute(
        "CREATE TABLE product (id TEXT PRIMARY KEY, name TEXT, generic TEXT, form TEXT, route TEXT, labeler TEXT, "
        "substance TEXT, strength TEXT, unit TEXT, schedule TEXT, excluded INTEGER) WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT OR REPLACE INTO product VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*row[:-1], int(row[-1] not in ("N", ""))) for row in products),
    )
    connection.execute(
        "CREATE TABLE package (ndc TEXT PRIMARY KEY, product TEXT NOT NULL, description TEXT, first TEXT, last TEXT, "
        "excluded INTEGER) WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT OR REPLACE INTO package VALUES (?, ?, ?, ?, ?, ?)",
        ((*row[:-1], int(row[-1] not in ("N", ""))) for row in packages),
    )
    return {"products": len({row[0] for row in products}), "packages": len({row[0] for row in packages})}


def parse_crosswalk(rows: Iterable[Sequence[str]], *, name: str) -> list[_CrosswalkRow]:
    """The rows of the crosswalk (cells of the csv or workbook); remarks above the heads are skipped.

    Raises:
        UnreadableInput: a column is missing, a drug code or a number cannot be read, no rows.
    """
    columns: dict[str, int] = {}
    found: list[_CrosswalkRow] = []
    for number, cells in enumerate(rows, 1):
        if not columns:
            heads = [re.sub(r"^_?20\d\d[ _]", "", cell.strip().lower()).replace("_", " ") for cell in cells]
            places = {
                key: next((heads.index(each) for each in names if each in heads), -1) for key, names in _HEADS.items()
            }
            if min(places[key] for key in ("code", "ndc", "size", "items", "units", "package_units")) >= 0:
                columns = places
            continue
        row = {key: cells[place].strip() if 0 <= place < len(cells) else "" for key, place in columns.items()}
        if not re.fullmatch(r"[A-Z]\d{4}|\d{4}[0-9A-Z]", row["code"]):
            continue
        reading = read_ndc(row["ndc"])
        try:
            figures = [Decimal(row[key].replace(",", "")) for key in ("size", "items", "units", "package_units")]
        except InvalidOperation:
            figures = []
        if reading.ndc is None or not figures or min(figures) <= 0:
            raise UnreadableInput(f"{name}: line {number} has no drug code or a figure that is none")
        found.append((row["code"], reading.ndc.eleven, row["name"], row["dosage"], *map(str, figures)))  # type: ignore[arg-type]
    if not found:
        raise UnreadableInput(f"{name}: no columns of codes, drug codes and billing units; this is another file")
    return found


def write_crosswalk(connection: sqlite3.Connection, rows: Iterable[_CrosswalkRow]) -> dict[str, int]:
    """Write the crosswalk; returns the counts."""
    kept = list(rows)
    connection.execute(
        "CREATE TABLE crosswalk (code TEXT, ndc TEXT, name TEXT, dosage TEXT, size TEXT, items TEXT, units TEXT, "
        "package_units TEXT, PRIMARY KEY (code, ndc)) WITHOUT ROWID"
    )
    connection.executemany("INSERT OR REPLACE INTO crosswalk VALUES (?, ?, ?, ?, ?, ?, ?, ?)", kept)
    connection.execute("CREATE INDEX crosswalk_ndc ON crosswalk (ndc)")
    return {"mappings": len({row[:2] for row in kept}), "codes": len({row[0] for row in kept})}
