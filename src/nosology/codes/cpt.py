"""CPT, from the files of a licensed user; nothing of it is shipped.

Without an import everything that needs only the numbers of codes works on, under our own plain labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from nosology.codes.home import data_home, releases_changed
from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress
from nosology.errors import ReleaseNotFound, UnknownCode

__all__ = ["CPT_FORM", "Cpt", "CptCode", "find_cpt", "open_cpt"]

CPT_FORM = re.compile(r"\d{4}[0-9AFMTU]")
"""What a code of CPT looks like: five digits, or four with a letter of its category."""

_ADD_ON = re.compile(r"\blist separately in addition to\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"\bin conjunction with (?:codes? )?((?:\d{4}[0-9AFMTU](?:\s*(?:,|-|\band\b|\bor\b)\s*)*)+)", re.IGNORECASE
)
_CODES = re.compile(r"\d{4}[0-9AFMTU](?:-\d{4}[0-9AFMTU])?")


@dataclass(frozen=True, slots=True)
class CptCode:
    """One code with the descriptors that were imported, "" where a file was not there."""

    code: str
    long: str
    medium: str
    short: str
    consumer: str
    clinician: str

    @property
    def title(self) -> str:
        """The fullest official descriptor at hand."""
        return self.long or self.medium or self.short or self.consumer

    @property
    def add_on(self) -> bool:
        """Whether the long descriptor says that it is only reported beside a primary procedure."""
        return bool(_ADD_ON.search(self.long))

    @property
    def beside(self) -> tuple[str, ...]:
        """The codes and ranges ("11042-11047") beside which the long descriptor says that it is reported."""
        found = _BESIDE.search(self.long)
        return tuple(_CODES.findall(found[1])) if found else ()


class Cpt:
    """The codes and modifiers of one imported release."""

    def __init__(self, release: Release) -> None:
        self.release = release

    @cached_property
    def _all(self) -> dict[str, CptCode]:
        rows = self.release.connection.execute(
            "SELECT code, long, medium, short, consumer, clinician FROM code ORDER BY code"
        )
        return {row[0]: CptCode(*row) for row in rows}

    def __iter__(self) -> Iterator[CptCode]:
        return iter(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and code.strip().upper() in self._all

    def get(self, code: str) -> CptCode:
        """A code. Raises UnknownCode."""
        found = self._all.get(code.strip().upper())
        if found is None:
            raise UnknownCode(f"{code.strip()[:10]!r} is no code of the imported CPT {self.release.name}")
        return found

    def modifiers(self) -> dict[str, str]:
        """Modifier → descriptor; empty where that file was not there."""
        return dict(self.release.connection.execute("SELECT modifier, title FROM modifier ORDER BY modifier"))


_CACHE: dict[Path, Cpt] = {}


def open_cpt(*, on: date | None = None, home: Path | None = None, progress: Progress | None = None) -> Cpt:
    """CPT as imported for a date of service (None: the newest), cached.

    Raises:
        ReleaseNotFound: none is imported (for that date); the message names the command that imports one.
    """
    release = open_release("cpt", on=on, home=home, progress=progress)
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = Cpt(release)
    return known


def find_cpt(*, on: date | None = None, home: Path | None = None) -> Cpt | None:
    """As :func:`open_cpt`, but None where none is imported for that date."""
    folder = home if home is not None else data_home()
    return _find(on, folder, releases_changed(folder))


@lru_cache(maxsize=256)
def _find(on: date | None, home: Path, changed: int) -> Cpt | None:
    try:
        return open_cpt(on=on, home=home)
    except ReleaseNotFound:
        return None
