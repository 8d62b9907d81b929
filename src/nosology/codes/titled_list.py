"""Lists that are no more than codes with titles: provider taxonomy (NUCC), places of service (CMS)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress

__all__ = ["ListEntry", "TitledList", "open_titled_list"]


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A code with its title, the group that it stands in, and more words of it."""

    code: str
    title: str
    group: str
    more: str


class TitledList:
    """A list of one release; iterate over it for its entries in the order of their codes."""

    def __init__(self, release: Release) -> None:
        self.release = release
        rows = release.connection.execute("SELECT code, title, grp, more FROM entry ORDER BY code")
        self._entries = {row[0]: ListEntry(*row) for row in rows}

    def __contains__(self, code: str) -> bool:
        return code.strip().upper() in self._entries

    def __iter__(self) -> Iterator[ListEntry]:
        return iter(self._entries.values())

    def find(self, code: str) -> ListEntry | None:
        """The entry of a code, None if there is none."""
        return self._entries.get(code.strip().upper())


_CACHE: dict[Path, TitledList] = {}


def open_titled_list(
    system: str, *, on: date | None = None, home: Path | None = None, progress: Progress | None = None
) -> TitledList:
    """The list ("taxonomy", "place-of-service") in force on a date. Raises ReleaseNotFound where none is installed."""
    release = open_release(system, on=on, home=home, progress=progress)
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = TitledList(release)
    return known
