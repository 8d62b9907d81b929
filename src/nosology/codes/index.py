"""The Alphabetic Index and the External Cause of Injuries Index of ICD-10-CM: terms with all their levels → codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.icd10cm import Icd10cm
from nosology.codes.release import Release, open_release
from nosology.errors import ReleaseNotFound

__all__ = ["AlphabeticIndex", "IndexEntry", "current_code", "open_index"]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One line of an index.

    ``path`` is the main term and the subterms below it; ``nonessential`` the modifiers that may stand or not without
    changing the code, of this line only. ``code`` is "" where the line only leads on.
    """

    path: tuple[str, ...]
    nonessential: tuple[str, ...]
    code: str
    see: str = ""
    see_also: str = ""
    manifestation: str = ""
    see_category: str = ""
    subcategory: str = ""


class AlphabeticIndex:
    """An index of one release, read once and kept; iterate over it for its entries in print order."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._entries: tuple[IndexEntry, ...] = ()
        self._by_main_term: dict[str, list[int]] = {}

    def _load(self) -> None:
        if self._entries:
            return
        paths: list[tuple[str, ...]] = []
        entries: list[IndexEntry] = []
        for parent, title, nonessential, *rest in self.release.connection.execute(
            "SELECT parent, title, nonessential, code, see, see_also, manifestation, see_category, subcategory "
            "FROM entry ORDER BY id"
        ):
            paths.append((*paths[parent], title) if parent >= 0 else (title,))
            entries.append(IndexEntry(paths[-1], tuple(nonessential.split("\t")) if nonessential else (), *rest))
            self._by_main_term.setdefault(paths[-1][0].casefold(), []).append(len(entries) - 1)
        self._entries = tuple(entries)

    def __iter__(self) -> Iterator[IndexEntry]:
        self._load()
        return iter(self._entries)

    def __len__(self) -> int:
        self._load()
        return len(self._entries)

    def entries_below(self, main_term: str) -> tuple[IndexEntry, ...]:
        """The main term and everything below it, in print order; empty if there is no such main term (any case)."""
        self._load()
        return tuple(self._entries[number] for number in self._by_main_term.get(main_term.casefold(), ()))


def current_code(code: str, icd10cm: Icd10cm) -> str | None:
    """What a code of an older or newer index is in the release in force: itself, or the subcategory that it was, or
    None.

    An index may be older than the tabular list. A code that was split since is a subcategory now and comes back as
    such; one that is gone comes back as the subcategory (four characters or more) that it stood in, else None.
    """
    plain = code.strip().rstrip("-. ")
    if not plain:
        return None
    if plain in icd10cm:
        return icd10cm.dotted(plain)
    bare = plain.replace(".", "")
    for length in range(len(bare) - 1, 3, -1):
        stem = bare[:length].rstrip("X")
        if len(stem) >= 4 and stem in icd10cm:
            return icd10cm.dotted(stem)
    return None


_CACHE: dict[Path, AlphabeticIndex] = {}


def open_index(
    *, on: date | None = None, home: Path | None = None, system: str = "icd10cm-index"
) -> AlphabeticIndex | None:
    """The Alphabetic Index in force on a date of service, or None if none is installed (for that date).

    ``system="icd10cm-external"`` opens the External Cause of Injuries Index. After its last day in force an index is
    still opened; ``index.release.outdated(on)`` says so.

    Raises:
        DamagedRelease: an installed file is damaged; the message says how to install it again.
    """
    try:
        release = open_release(system, on=on, home=home)
    except ReleaseNotFound:
        return None
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = AlphabeticIndex(release)
    return known
