"""The Table of Neoplasms of ICD-10-CM: site → six codes by behavior."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.index import read_table
from nosology.codes.release import Release, open_release
from nosology.errors import ReleaseNotFound

__all__ = ["NeoplasmRow", "NeoplasmTable", "open_neoplasm_table"]


@dataclass(frozen=True, slots=True)
class NeoplasmRow:
    """One site (``path`` begins with "Neoplasm, neoplastic"), with a code or subcategory by behavior, "" for a dash."""

    path: tuple[str, ...]
    nonessential: tuple[str, ...]
    malignant_primary: str
    malignant_secondary: str
    in_situ: str
    benign: str
    uncertain: str
    unspecified: str
    see: str = ""
    see_also: str = ""


def _six(cells: tuple[str, ...]) -> tuple[str, str, str, str, str, str]:
    one, two, three, four, five, six = cells
    return one, two, three, four, five, six


class NeoplasmTable:
    """The table of one release; iterate over it for its rows in print order."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._rows = tuple(
            NeoplasmRow(row.path, row.nonessential, *_six(row.cells), row.see, row.see_also)
            for row in read_table(release)
        )

    def __iter__(self) -> Iterator[NeoplasmRow]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


_CACHE: dict[Path, NeoplasmTable] = {}


def open_neoplasm_table(*, on: date | None = None, home: Path | None = None) -> NeoplasmTable | None:
    """The Table of Neoplasms in force on a date of service, or None if none is installed (for that date).

    Raises:
        DamagedRelease: an installed file is damaged; the message says how to install it again.
    """
    try:
        release = open_release("icd10cm-neoplasm", on=on, home=home)
    except ReleaseNotFound:
        return None
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = NeoplasmTable(release)
    return known
