"""Code lists of payment in our own words: small tables that come with the package.

The publishers' lists (X12 for claim adjustment reasons, remark and status codes) are authoritative; our words are short
explanations of what a code is used for and what one usually does about it. A site that holds an official list may put
it into the data folder as ``lists/NAME.tsv`` (code, tab, text); its text is then shown first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from nosology.codes.home import data_home
from nosology.errors import NosologyError

__all__ = ["CodeClass", "CodeWords", "code_classes", "official_text", "read_words"]

_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class CodeClass:
    """What codes of one class have in common: what it means, what to do, whether an appeal makes sense in general.

    ``appeal`` is yes, no or sometimes.
    """

    name: str
    meaning: str
    next_step: str
    appeal: str


@dataclass(frozen=True, slots=True)
class CodeWords:
    """One code: what it says in our words, its class, what to do if that differs from the class, since and until when
    (None: not known, or still in use)."""

    code: str
    kind: str
    words: str
    next_step: str = ""
    since: date | None = None
    until: date | None = None

    def in_force(self, on: date) -> bool:
        """False if the code is known to have ended before, or to begin after that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@cache
def read_words(name: str) -> Mapping[str, CodeWords]:
    """The table of that name (``carc``, ``rarc``, ``claim_status`` …), by code.

    Columns, parted by tabs: code, class, words, what to do, since, until; the last three may be missing.

    Raises:
        NosologyError: the table is damaged or not there; reinstall the package.
    """
    found: dict[str, CodeWords] = {}
    for number, cells in _rows(name):
        try:
            code, kind, words, next_step, since, until = (*cells, "", "", "", "")[:6]
            found[code] = CodeWords(code, kind, words, next_step, _day(since), _day(until))
        except ValueError as error:
            raise NosologyError(f"line {number} of {name}.tsv is malformed; reinstall the package") from error
    return MappingProxyType(found)


@cache
def code_classes() -> Mapping[str, CodeClass]:
    """The classes by name."""
    return MappingProxyType({cells[0]: CodeClass(*cells[:4]) for _, cells in _rows("classes")})


def _rows(name: str) -> list[tuple[int, list[str]]]:
    try:
        lines = (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    except OSError as error:
        raise NosologyError(f"{name}.tsv is missing; reinstall the package") from error
    return [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def official_text(name: str, code: str, *, home: Path | None = None) -> str:
    """The text of an official list that the user has put into the data folder, "" if there is none."""
    path = (home or data_home()) / "lists" / f"{name}.tsv"
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    return next((text.strip() for found, _, text in (line.partition("\t") for line in lines) if found == code), "")
