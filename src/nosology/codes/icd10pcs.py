"""ICD-10-PCS: the procedure codes of one release with their titles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress
from nosology.errors import UnknownCode

__all__ = ["Icd10pcs", "open_icd10pcs"]


class Icd10pcs:
    """The seven-character codes of one release; the header lines of an order file (``0DT``) have titles too."""

    def __init__(self, release: Release) -> None:
        self.release = release
        blobs = dict(release.connection.execute("SELECT name, data FROM blob WHERE name <> 'titles'"))
        self._codes: list[str] = blobs["codes"].decode().split("\n")
        self._number = dict(zip(self._codes, range(len(self._codes)), strict=True))
        self._billable: bytes = blobs["billable"]

    @cached_property
    def _titles(self) -> list[str]:
        row = self.release.connection.execute("SELECT data FROM blob WHERE name = 'titles'").fetchone()
        titles: list[str] = row[0].decode().split("\n")
        return titles

    def __len__(self) -> int:
        return sum(self._billable)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self.is_billable(code)

    def codes(self) -> Iterator[str]:
        """Every code that may be reported, in order."""
        return (code for code, billable in zip(self._codes, self._billable, strict=True) if billable)

    def is_billable(self, code: str) -> bool:
        """True if the code is a whole one of this release."""
        number = self._number.get(code.strip().upper())
        return number is not None and bool(self._billable[number])

    def title(self, code: str) -> str:
        """The full title. Raises UnknownCode."""
        number = self._number.get(code.strip().upper())
        if number is None:
            raise UnknownCode(f"{code.strip()[:20]!r} is no code of ICD-10-PCS {self.release.name}")
        return self._titles[number]


_CACHE: dict[Path, Icd10pcs] = {}


def open_icd10pcs(*, on: date | None = None, home: Path | None = None, progress: Progress | None = None) -> Icd10pcs:
    """ICD-10-PCS as in force on a date of service (None: the newest release at hand), built on first use, cached
    after.

    Raises:
        ReleaseNotFound, DamagedRelease, NotPermitted: see :func:`nosology.codes.release.open_release`.
    """
    release = open_release("icd10pcs", on=on, home=home, progress=progress)
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = Icd10pcs(release)
    return known
