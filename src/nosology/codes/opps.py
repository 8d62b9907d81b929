"""OPPS status indicators (Addendum B) for edits; prices read the same release through :mod:`nosology.codes.rates`."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.errors import ReleaseNotFound

__all__ = ["OppsStatuses", "open_opps"]


class OppsStatuses:
    """The status indicator of each HCPCS code of a release."""

    def __init__(self, release: Release) -> None:
        self.release = release
        try:
            self._status = dict(release.connection.execute("SELECT code, status FROM opps"))
        except sqlite3.OperationalError:
            raise ReleaseNotFound(
                "the release of opps at hand lacks Addendum B; install one: nosology codesets install opps --from DIR"
            ) from None

    def status(self, code: str) -> str:
        """The status indicator of a code ("S", "E1" …), "" if Addendum B does not list it."""
        return str(self._status.get(code, ""))


_CACHE: dict[Path, OppsStatuses] = {}


def open_opps(*, on: date | None = None, home: Path | None = None) -> OppsStatuses:
    """The status indicators in force on a date. Raises ReleaseNotFound where none are installed."""
    release = open_release("opps", on=on, home=home)
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = OppsStatuses(release)
    return known
