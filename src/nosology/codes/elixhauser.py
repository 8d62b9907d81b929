"""The code lists of the Elixhauser Comorbidity Software Refined (AHRQ HCUP), from an installed release."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path

from nosology.codes.release import Release, open_release

__all__ = ["ElixhauserLists", "open_elixhauser"]


class ElixhauserLists:
    """The lists of one release; it covers every code since October 2015."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._exempt: dict[int, frozenset[str]] = {}

    @cached_property
    def measures(self) -> dict[str, str]:
        """Undotted code → measure, or several measures run together, as the program words it."""
        return dict(self.release.connection.execute("SELECT code, value FROM measure"))

    def exempt(self, discharged: date | None) -> frozenset[str]:
        """The codes exempt from present-on-admission reporting in the fiscal year of a discharge; the newest list for
        later years and where no day is known."""
        versions = [row[0] for row in self.release.connection.execute("SELECT version FROM exempt ORDER BY version")]
        wanted = versions[-1]
        if discharged is not None:
            year = discharged.year + (discharged.month >= 10)
            wanted = min(max(year - 2016 + 33, versions[0]), versions[-1])  # version 33 is fiscal year 2016
        if wanted not in self._exempt:
            row = self.release.connection.execute("SELECT codes FROM exempt WHERE version = ?", (wanted,)).fetchone()
            self._exempt[wanted] = frozenset(row[0].split()) if row else frozenset()
        return self._exempt[wanted]


_CACHE: dict[Path, ElixhauserLists] = {}


def open_elixhauser(*, home: Path | None = None) -> ElixhauserLists:
    """The newest release at hand, cached. Raises ReleaseNotFound: none is installed."""
    release = open_release("elixhauser", home=home)
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = ElixhauserLists(release)
    return known
