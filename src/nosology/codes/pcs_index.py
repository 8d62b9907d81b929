"""The Index of ICD-10-PCS: what surgeons call a procedure, a body part or a device → tables, codes and key values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.errors import ReleaseNotFound

__all__ = ["PcsIndex", "PcsIndexEntry", "open_pcs_index"]


@dataclass(frozen=True, slots=True)
class PcsIndexEntry:
    """One line: the main term and the subterms below it; ``codes`` are codes or first characters of a table."""

    path: tuple[str, ...]
    see: str
    use: str
    codes: tuple[str, ...]


class PcsIndex:
    """The index of one release, read once and kept; iterate over it for its entries in print order."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._entries = tuple(_read(release))
        self._below: dict[str, list[int]] = {}
        for number, entry in enumerate(self._entries):
            self._below.setdefault(entry.path[0].casefold(), []).append(number)

    def __iter__(self) -> Iterator[PcsIndexEntry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def entries_below(self, main_term: str) -> tuple[PcsIndexEntry, ...]:
        """The main term and everything below it, in print order; empty if there is no such main term (any case)."""
        return tuple(self._entries[number] for number in self._below.get(main_term.strip().casefold(), ()))


def _read(release: Release) -> Iterator[PcsIndexEntry]:
    paths: list[tuple[str, ...]] = []
    for parent, title, see, use, codes in release.connection.execute(
        "SELECT parent, title, see, use, codes FROM entry ORDER BY id"
    ):
        paths.append((*paths[parent], title) if parent >= 0 else (title,))
        yield PcsIndexEntry(paths[-1], see, use, tuple(codes.split("\t")) if codes else ())


_CACHE: dict[Path, PcsIndex] = {}


def open_pcs_index(*, on: date | None = None, home: Path | None = None) -> PcsIndex | None:
    """The index in force on a date of service, or None if none is installed (for that date).

    Raises:
        DamagedRelease: an installed file is damaged; the message says how to install it again.
    """
    try:
        release = open_release("icd10pcs-index", on=on, home=home)
    except ReleaseNotFound:
        return None
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = PcsIndex(release)
    return known
