"""A table of ICD-10-CM with six codes a row (neoplasms; drugs and chemicals), read once for each release and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from nosology.codes.release import Release, open_release
from nosology.errors import ReleaseNotFound

__all__ = ["CodeTable", "open_code_table"]

_Row = TypeVar("_Row")
_COLUMNS = 6


class CodeTable(Generic[_Row]):
    """The table of one release; iterate over it for its rows in print order."""

    def __init__(self, release: Release, row: Callable[..., _Row]) -> None:
        self.release = release
        self._rows = tuple(_read(release, row))

    def __iter__(self) -> Iterator[_Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _read(release: Release, row: Callable[..., _Row]) -> Iterator[_Row]:
    paths: list[tuple[str, ...]] = []
    for parent, title, nonessential, cells, see, see_also in release.connection.execute(
        "SELECT parent, title, nonessential, cells, see, see_also FROM entry ORDER BY id"
    ):
        paths.append((*paths[parent], title) if parent >= 0 else (title,))
        codes = cells.split("\t") if cells else [""] * _COLUMNS
        yield row(paths[-1], tuple(nonessential.split("\t")) if nonessential else (), *codes, see, see_also)


_CACHE: dict[Path, CodeTable[Any]] = {}


def open_code_table(
    system: str, row: Callable[..., _Row], *, on: date | None, home: Path | None
) -> CodeTable[_Row] | None:
    """The table in force on a date of service, or None if none is installed (for that date).

    ``row`` makes a row from path, nonessential modifiers, the six codes, "see" and "see also". After its last day in
    force a table is still opened; ``table.release.outdated(on)`` says so.

    Raises:
        DamagedRelease: an installed file is damaged; the message says how to install it again.
    """
    try:
        release = open_release(system, on=on, home=home)
    except ReleaseNotFound:
        return None
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = CodeTable(release, row)
    return known
