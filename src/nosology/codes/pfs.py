"""The physician fee schedule of Medicare by code and modifier: status, relative values, global days, indicators.

CMS's relative-value file is public; the descriptors of CPT in it are not read. What the indicators mean is told here in
our own words after CMS's record layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from nosology.codes.home import data_home, releases_changed
from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress
from nosology.errors import ReleaseNotFound, UnknownCode

__all__ = ["GLOBALS", "INDICATORS", "STATUSES", "FeeRow", "FeeSchedule", "find_fee_schedule", "open_fee_schedule"]

STATUSES: Mapping[str, str] = {
    "A": "active: paid separately",
    "B": "bundled: never paid separately",
    "C": "priced by the contractor",
    "D": "deleted",
    "E": "excluded from the schedule by regulation",
    "I": "not valid for Medicare: another code is used",
    "J": "anaesthesia service: paid by base and time units",
    "M": "measurement code, for reporting only",
    "N": "not covered",
    "P": "bundled or excluded",
    "Q": "therapy functional information, for reporting only",
    "R": "restricted coverage",
    "T": "paid only if nothing else is on the same day",
    "X": "excluded by statute",
}
"""Status of a code under the schedule."""

GLOBALS: Mapping[str, str] = {
    "000": "day of the procedure",
    "010": "day of the procedure and ten days after",
    "090": "day before, day of the procedure and ninety days after",
    "MMM": "maternity",
    "XXX": "no global period",
    "YYY": "set by the contractor",
    "ZZZ": "belongs to the global period of another service",
}
"""Global period of a procedure."""

INDICATORS: Mapping[str, Mapping[str, str]] = {
    "pc_tc": {
        "0": "physician service: no professional or technical part",
        "1": "diagnostic test: 26 and TC may be used",
        "2": "professional component only: no 26 or TC",
        "3": "technical component only: no 26 or TC",
        "4": "global test only: no 26 or TC",
        "5": "incident-to service: no 26 or TC",
        "6": "laboratory interpretation: 26 may be used, TC not",
        "7": "physical therapy service",
        "8": "physician interpretation: no TC",
        "9": "does not apply",
    },
    "multiple": {
        "0": "no reduction",
        "1": "reduction by the older rule",
        "2": "standard reduction of multiple procedures",
        "3": "reduction of endoscopies of one family",
        "4": "reduction of diagnostic imaging",
        "5": "reduction of therapy",
        "6": "reduction of diagnostic cardiovascular services",
        "7": "reduction of diagnostic ophthalmology",
        "9": "does not apply",
    },
    "bilateral": {
        "0": "150 % does not apply: not bilateral, or the code says so",
        "1": "150 % applies: 50, or RT and LT",
        "2": "already priced as bilateral",
        "3": "each side is paid in full (radiology)",
        "9": "does not apply",
    },
    "assistant": {
        "0": "paid with documents of medical necessity",
        "1": "not paid",
        "2": "paid",
        "9": "does not apply",
    },
    "co_surgeon": {
        "0": "not paid",
        "1": "paid with documents of medical necessity",
        "2": "paid if of two specialties",
        "9": "does not apply",
    },
    "team": {
        "0": "not paid",
        "1": "paid with documents of medical necessity",
        "2": "paid by report",
        "9": "does not apply",
    },
}
"""Field of :class:`FeeRow` → what its values mean."""


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One row: a code with "" , "26", "TC" or "53". Relative values are those of work, practice expense in and outside
    a facility, and malpractice.
    """

    code: str
    modifier: str
    status: str
    work: Decimal
    practice_office: Decimal
    practice_facility: Decimal
    malpractice: Decimal
    pc_tc: str
    global_days: str
    preoperative: Decimal
    intraoperative: Decimal
    postoperative: Decimal
    multiple: str
    bilateral: str
    assistant: str
    co_surgeon: str
    team: str
    endoscopic_base: str
    conversion_factor: Decimal
    imaging_family: str

    @property
    def total_office(self) -> Decimal:
        """Relative values in all, outside a facility."""
        return self.work + self.practice_office + self.malpractice

    @property
    def total_facility(self) -> Decimal:
        """Relative values in all, in a facility."""
        return self.work + self.practice_facility + self.malpractice


_NUMBERS = {
    "work", "practice_office", "practice_facility", "malpractice", "preoperative", "intraoperative", "postoperative",
    "conversion_factor",
}  # fmt: skip


class FeeSchedule:
    """The schedule of one quarter."""

    def __init__(self, release: Release) -> None:
        self.release = release

    @cached_property
    def _rows(self) -> dict[tuple[str, str], FeeRow]:
        names = FeeRow.__slots__
        rows = self.release.connection.execute(f"SELECT {', '.join(names)} FROM fee ORDER BY code, modifier")
        found = {}
        for row in rows:
            cells: dict[str, Any] = {
                n: Decimal(cell) if n in _NUMBERS else cell for n, cell in zip(names, row, strict=True)
            }
            found[row[0], row[1]] = FeeRow(**cells)
        return found

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[FeeRow]:
        return iter(self._rows.values())

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and (code.strip().upper(), "") in self._rows

    def get(self, code: str, modifier: str = "") -> FeeRow:
        """The row of a code, with 26, TC or 53 where those have rows of their own. Raises UnknownCode."""
        found = self.find(code, modifier)
        if found is None:
            shown = f"{code.strip()[:10]}-{modifier}" if modifier else code.strip()[:10]
            raise UnknownCode(f"{shown!r} is not in the physician fee schedule {self.release.name}")
        return found

    def find(self, code: str, modifier: str = "") -> FeeRow | None:
        """As :meth:`get`, but None where there is no such row."""
        return self._rows.get((code.strip().upper(), modifier.strip().upper()))


_CACHE: dict[Path, FeeSchedule] = {}


def open_fee_schedule(
    *, on: date | None = None, home: Path | None = None, progress: Progress | None = None
) -> FeeSchedule:
    """The schedule in force on a date of service (None: the newest release at hand), cached.

    Raises:
        ReleaseNotFound: none is installed (for that date); the message names the command that installs one.
    """
    release = open_release("pfs", on=on, home=home, progress=progress)
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = FeeSchedule(release)
    return known


def find_fee_schedule(*, on: date | None = None, home: Path | None = None) -> FeeSchedule | None:
    """As :func:`open_fee_schedule`, but None where none is installed for that date."""
    folder = home if home is not None else data_home()
    return _find(on, folder, releases_changed(folder))


@lru_cache(maxsize=256)
def _find(on: date | None, home: Path, changed: int) -> FeeSchedule | None:
    try:
        return open_fee_schedule(on=on, home=home)
    except ReleaseNotFound:
        return None
