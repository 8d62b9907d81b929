"""The National Correct Coding Initiative: procedure pairs, most units, add-on codes, as sorted arrays.

A code of five characters is a whole number below 2**26 (base 36), a pair of codes one of 52 bits, so that a pair is
found by bisection. Both engines of the edits read the same arrays: the one-by-one engine through memory views of the
standard library, the columnar one as NumPy arrays.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from nosology.codes.ncci_keys import decode_code, encode_code, encode_pair
from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress
from nosology.errors import ReleaseNotFound

__all__ = ["AddOn", "Mue", "Ncci", "PtpEdit", "open_ncci"]


@dataclass(frozen=True, slots=True)
class PtpEdit:
    """A pair: ``column2`` is not paid beside ``column1`` unless ``modifier`` is 1 and a modifier says why.

    ``modifier`` is 0 (never), 1 (with an associated modifier) or 9 (the edit does not apply any more); ``first`` and
    ``last`` are days as YYYYMMDD.
    """

    column1: str
    column2: str
    modifier: int
    rationale: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Mue:
    """Most units of a code for one patient, provider and day; ``indicator`` 1: per line, 2: per day, absolute, 3: per
    day, by clinical benchmarks."""

    code: str
    units: int
    indicator: int
    rationale: str


@dataclass(frozen=True, slots=True)
class AddOn:
    """An add-on code: ``kind`` 1: only with one of ``primaries``; 2: primaries by the contractor; 3: with one of
    ``primaries`` or others by the contractor."""

    code: str
    kind: int
    primaries: frozenset[str]


class Ncci:
    """The tables of one quarter; ``ptp`` and ``mue`` are asked of a table: practitioner, hospital or supplier."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._views: dict[str, Any] = {}

    def tables(self) -> tuple[str, ...]:
        """The tables that the release holds, such as "ptp.practitioner"."""
        rows = self.release.connection.execute("SELECT name FROM blob WHERE name LIKE '%.keys' ORDER BY name")
        return tuple(row[0].removesuffix(".keys") for row in rows)

    def blob(self, name: str) -> bytes:
        """The bytes of one array. Raises ReleaseNotFound where the release was installed without that table."""
        row = self.release.connection.execute("SELECT data FROM blob WHERE name = ?", (name,)).fetchone()
        if row is None:
            table = name.rsplit(".", 1)[0]
            raise ReleaseNotFound(
                f"the release of ncci does not hold {table}; install one: nosology codesets install ncci --from DIR"
            )
        data: bytes = row[0]
        return data

    def _view(self, name: str, kind: Literal["q", "i", "b"]) -> Any:
        known = self._views.get(name)
        if known is None:
            known = self._views[name] = memoryview(self.blob(name)).cast(kind)
        return known

    @cached_property
    def _rationales(self) -> list[str]:
        found: list[str] = json.loads(self.blob("rationales"))
        return found

    def ptp(self, table: str, column1: str, column2: str, day: int) -> PtpEdit | None:
        """The pair in force on a day (YYYYMMDD), or None. Raises ReleaseNotFound without the table."""
        keys = self._view(f"ptp.{table}.keys", "q")
        one, two = encode_code(column1), encode_code(column2)
        if one < 0 or two < 0:
            return None
        key = encode_pair(one, two)
        for place in range(bisect_left(keys, key), bisect_right(keys, key)):
            first, last = self._view(f"ptp.{table}.first", "i")[place], self._view(f"ptp.{table}.last", "i")[place]
            if first <= day <= last:
                modifier = self._view(f"ptp.{table}.modifier", "b")[place]
                rationale = self._rationales[self._view(f"ptp.{table}.rationale", "b")[place]]
                return PtpEdit(column1, column2, modifier, rationale, first, last)
        return None

    def mue(self, table: str, code: str) -> Mue | None:
        """The most units of a code, or None where none is published. Raises ReleaseNotFound without the table."""
        keys = self._view(f"mue.{table}.keys", "q")
        wanted = encode_code(code)
        place = bisect_left(keys, wanted)
        if wanted < 0 or place == len(keys) or keys[place] != wanted:
            return None
        units, indicator = self._view(f"mue.{table}.units", "i")[place], self._view(f"mue.{table}.mai", "b")[place]
        rationale = self._rationales[self._view(f"mue.{table}.rationale", "b")[place]]
        return Mue(code, units, indicator, rationale)

    def add_on(self, code: str, day: int) -> AddOn | None:
        """What an add-on code needs on a day, or None if it is none. Raises ReleaseNotFound without the table."""
        keys = self._view("aoc.keys", "q")
        wanted = encode_code(code)
        found, kind = set(), 0
        for place in range(bisect_left(keys, wanted << 26), bisect_left(keys, (wanted + 1) << 26)):
            if wanted >= 0 and self._view("aoc.first", "i")[place] <= day <= self._view("aoc.last", "i")[place]:
                kind = self._view("aoc.type", "b")[place]
                found.add(decode_code(keys[place] & (1 << 26) - 1))
        return AddOn(code, kind, frozenset(found - {"CCCCC"})) if kind else None


_CACHE: dict[Path, Ncci] = {}


def open_ncci(*, on: date | None = None, home: Path | None = None, progress: Progress | None = None) -> Ncci:
    """The tables of the quarter in force on a date of service (None: the newest at hand), cached.

    Raises:
        ReleaseNotFound: none is installed (for that date); the message names the command that installs one.
    """
    release = open_release("ncci", on=on, home=home, progress=progress)
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = Ncci(release)
    return known
