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

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str):
            return False
        plain = code.strip().upper().replace(".", "")
        return self.release.connection.execute("SELECT 1 FROM exempt WHERE code = ?", (plain,)).fetchone() is not None

    def __len__(self) -> int:
        return self.release.counts["codes"]


def open_poa_exempt(*, on: date | None = None, home: Path | None = None) -> PoaExempt | None:
    """The list in force on a date of discharge, or None if none is installed (for that date).

    Raises:
        DamagedRelease: an installed file is damaged; the message says how to install it again.
    """
    try:
        return PoaExempt(open_release("poa-exempt", on=on, home=home))
    except ReleaseNotFound:
        return None
