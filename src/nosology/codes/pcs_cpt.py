"""ICD-10-PCS ↔ CPT: a crosswalk that a licensed user brings along. No such mapping is public, and none is shipped.

The file is read by ``nosology.codes.sources.pcs_cpt``. A row is a statement of its publisher, shown as such: it never
changes a code by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.errors import ReleaseNotFound

__all__ = ["PcsCptCrosswalk", "find_pcs_cpt", "write_pcs_cpt"]


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
