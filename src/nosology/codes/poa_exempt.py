"""ICD-10-CM codes exempt from present-on-admission reporting (CMS; Official Guidelines, Appendix I)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.errors import ReleaseNotFound

__all__ = ["PoaExempt", "open_poa_exempt"]


class PoaExempt:
    """The exempt codes of one release: ``code in exempt``."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._codes = frozenset(row[0] for row in release.connection.execute("SELECT code FROM exempt"))

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and code.strip().upper().replace(".", "") in self._codes

    def __len__(self) -> int:
        return len(self._codes)


def open_poa_exempt(*, on: date | None = None, home: Path | None = None) -> PoaExempt | None:
    """The list in force on a date of discharge, or None if none is installed (for that date).

    Raises:
        DamagedRelease: an installed file is damaged; the message says how to install it again.
    """
    try:
        return PoaExempt(open_release("poa-exempt", on=on, home=home))
    except ReleaseNotFound:
        return None
