"""ICD-10-PCS ↔ CPT: a crosswalk that a licensed user brings along. No such mapping is public, and none is shipped.

Any table of two columns will do whose heads name PCS and CPT (csv or tab); more columns are passed over, so that no
descriptor is kept. A row is a statement of its publisher, shown as such: it never changes a code by itself.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.errors import ReleaseNotFound, UnreadableInput

__all__ = ["PcsCptCrosswalk", "find_pcs_cpt", "is_pcs_cpt", "parse_pcs_cpt", "write_pcs_cpt"]

_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")
_CPT = re.compile(r"\d{4}[0-9FTU]")


def _columns(head: str) -> tuple[int, int] | None:
    """The places of the columns of PCS and CPT in the first line of a table."""
    cells = [cell.strip().strip('"').lower() for cell in re.split(r"[,\t;]", head.lstrip("\ufeff"))]
    pcs = [place for place, cell in enumerate(cells) if re.search(r"\bpcs\b|icd-?10-?pcs|pcs[_ ]code", cell)]
    cpt = [place for place, cell in enumerate(cells) if re.search(r"\bcpt\b|cpt[_ ]code", cell)]
    plain = [place for place in cpt if "desc" not in cells[place]]
    codes = [place for place in pcs if "desc" not in cells[place]]
    return (codes[0], plain[0]) if codes and plain else None


def is_pcs_cpt(head: str) -> bool:
    """True if the first line of a file names a column of ICD-10-PCS and one of CPT."""
    return _columns(head.split("\n", 1)[0]) is not None


def parse_pcs_cpt(text: str, *, name: str) -> list[tuple[str, str]]:
    """Pairs (code of ICD-10-PCS, code of CPT), each once, in order.

    Raises:
        UnreadableInput: no such columns, or not one row in which both are codes.
    """
    first = text.split("\n", 1)[0]
    places = _columns(first)
    if places is None:
        raise UnreadableInput(f"{name}: no columns of ICD-10-PCS and of CPT in its first line")
    mark = "\t" if "\t" in first else ";" if ";" in first else ","
    pairs: dict[tuple[str, str], None] = {}
    for cells in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=mark):
        if max(places) >= len(cells):
            continue
        pcs, cpt = (cells[place].strip().upper().replace(".", "") for place in places)
        if _PCS.fullmatch(pcs) and _CPT.fullmatch(cpt):
            pairs[pcs, cpt] = None
    if not pairs:
        raise UnreadableInput(f"{name}: no row with a code of ICD-10-PCS and a code of CPT")
    return sorted(pairs)


def write_pcs_cpt(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Write the pairs; returns the count."""
    connection.execute("CREATE TABLE pair (pcs TEXT NOT NULL, cpt TEXT NOT NULL, PRIMARY KEY (pcs, cpt)) WITHOUT ROWID")
    connection.executemany("INSERT INTO pair VALUES (?, ?)", pairs)
    connection.execute("CREATE INDEX pair_cpt ON pair (cpt)")
    return {"mappings": connection.execute("SELECT count(*) FROM pair").fetchone()[0]}


class PcsCptCrosswalk:
    """The pairs of one release."""

    def __init__(self, release: Release) -> None:
        self.release = release

    def __len__(self) -> int:
        return int(self.release.counts.get("mappings", 0))

    def to_cpt(self, pcs: str) -> tuple[str, ...]:
        """The codes of CPT that stand beside a code of ICD-10-PCS."""
        rows = self.release.connection.execute("SELECT cpt FROM pair WHERE pcs = ? ORDER BY cpt", (pcs.upper(),))
        return tuple(code for (code,) in rows)

    def to_pcs(self, cpt: str) -> tuple[str, ...]:
        """The codes of ICD-10-PCS that stand beside a code of CPT."""
        rows = self.release.connection.execute("SELECT pcs FROM pair WHERE cpt = ? ORDER BY pcs", (cpt.upper(),))
        return tuple(code for (code,) in rows)


def find_pcs_cpt(*, on: date | None = None, home: Path | None = None) -> PcsCptCrosswalk | None:
    """The crosswalk in force on a date of service (None: the newest); None where none is installed."""
    try:
        return PcsCptCrosswalk(open_release("pcs-cpt", on=on, home=home))
    except ReleaseNotFound:
        return None
