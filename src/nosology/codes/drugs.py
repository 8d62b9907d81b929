"""The Table of Drugs and Chemicals of ICD-10-CM: substance → six codes by intent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.index import read_table
from nosology.codes.release import Release, open_release
from nosology.errors import ReleaseNotFound

__all__ = ["DrugRow", "DrugTable", "open_drug_table"]


@dataclass(frozen=True, slots=True)
class DrugRow:
    """One substance with its codes (without 7th character), "" for a dash."""

    path: tuple[str, ...]
    nonessential: tuple[str, ...]
    poisoning_accidental: str
    poisoning_self_harm: str
    poisoning_assault: str
    poisoning_undetermined: str
    adverse_effect: str
    underdosing: str
    see: str = ""
    see_also: str = ""


def _six(cells: tuple[str, ...]) -> tuple[str, str, str, str, str, str]:
    one, two, three, four, five, six = cells
    return one, two, three, four, five, six


class DrugTable:
    """The table of one release; iterate over it for its rows in print order."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._rows = tuple(
            DrugRow(row.path, row.nonessential, *_six(row.cells), row.see, row.see_also) for row in read_table(release)
        )

    def __iter__(self) -> Iterator[DrugRow]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


_CACHE: dict[Path, DrugTable] = {}


def open_drug_table(*, on: date | None = None, home: Path | None = None) -> DrugTable | None:
    """The Table of Drugs and Chemicals in force on a date of service, or None if none is installed (for that date).

    Raises:
        DamagedRelease: an installed file is damaged; the message says how to install it again.
    """
    try:
        release = open_release("icd10cm-drugs", on=on, home=home)
    except ReleaseNotFound:
        return None
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = DrugTable(release)
    return known
