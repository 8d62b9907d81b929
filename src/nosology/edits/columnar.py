"""NCCI pairs and units over columns of service lines, some hundred thousand claims a second on one core.

The lines of a claim stand together. Lines are compared with those one, two, three … places below them, as long as any
two of them belong to one claim, so that the work is that of whole columns. The result equals the one-by-one checks
``ncci_ptp`` and ``ncci_mue`` (a property test says so); rules stand in ``rules/edits``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nosology.codes.ncci import Ncci
from nosology.rules.loader import Rule

__all__ = ["LineColumns", "NcciColumns", "NcciFindings", "encode_codes"]

_Ints = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.bool_]

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - 25)


@dataclass(frozen=True, slots=True, eq=False)
class LineColumns:
    """Service lines in columns, the lines of a claim together: ``claim`` any number, ``code`` S5, ``day`` YYYYMMDD,
    ``units``, ``modifiers`` S2 of shape (lines, k), ``provider`` any number (None: one a claim)."""

    claim: _Ints
    code: npt.NDArray[np.bytes_]
    day: npt.NDArray[np.int32]
    units: npt.NDArray[np.float64]
    modifiers: npt.NDArray[np.bytes_]
    provider: _Ints | None = None


@dataclass(frozen=True, slots=True, eq=False)
class NcciFindings:
    """Findings as places of lines: of pairs the lines of column 1 and 2 and the modifier indicator; of units the line,
    what was counted, the limit and the adjudication indicator."""

    column1: _Ints
    column2: _Ints
    indicator: npt.NDArray[np.int8]
    line: _Ints
    counted: npt.NDArray[np.float64]
    limit: npt.NDArray[np.int32]
    mai: npt.NDArray[np.int8]


def _digits() -> _Ints:
    table = np.full(256, -1, np.int64)
    for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        table[ord(sign)] = value
    return table


_DIGITS = _digits()


def encode_codes(codes: npt.NDArray[np.bytes_]) -> _Ints:
    """Codes (S5) as :func:`nosology.codes.ncci.encode_code` writes them, -1 for what is none."""
    signs = np.ascontiguousarray(codes.astype("S5", copy=False)).view(np.uint8).reshape(-1, 5)
    number = np.zeros(len(signs), np.int64)
    wrong = np.zeros(len(signs), np.bool_)
    for place in range(5):
        value = _DIGITS[signs[:, place]]
        wrong |= value < 0
        number *= 36
        number += value
    number[wrong] = -1
    return number


def _flags(modifiers: list[str]) -> _Flags:
    """A table by the two bytes of a modifier: True for those named."""
    table = np.zeros(65536, np.bool_)
    for name in modifiers:
        table[np.frombuffer(name.encode(), np.uint16)[0]] = True
    return table


def _slots(keys: _Ints) -> npt.NDArray[np.uint64]:
    """The slot of each key in the table that says quickly that a pair is none."""
    found: npt.NDArray[np.uint64] = (keys.view(np.uint64) * _SPREAD) >> _SHIFT
    return found


class NcciColumns:
    """The tables of one quarter for one kind of claim ("practitioner" or "hospital"), ready for columns."""

    def __init__(self, book: Ncci, *, pairs: Rule, units: Rule, table: str = "practitioner") -> None:
        def read(name: str, kind: str) -> Any:
            return np.frombuffer(book.blob(name), kind)

        self._keys: _Ints = read(f"ptp.{table}.keys", "<i8")
        self._first, self._last = read(f"ptp.{table}.first", "<i4"), read(f"ptp.{table}.last", "<i4")
        self._modifier = read(f"ptp.{table}.modifier", "i1")
        self._deepest = int(np.unique(self._keys, return_counts=True)[1].max(initial=1))
        self._seen = np.zeros(1 << 25, np.bool_)
        self._seen[_slots(self._keys)] = True
        self._codes: _Ints = read(f"mue.{table}.keys", "<i8")
        self._units, self._mai = read(f"mue.{table}.units", "<i4"), read(f"mue.{table}.mai", "i1")
        self._associated = _flags(pairs.data["modifiers"])
        self._other = self._associated & ~_flags(pairs.data["distinct"])
        self._either = int(str(pairs.data["either_from"]).replace("-", ""))
        self._apart = _flags([units.data["not_counted"]])

    def check(self, lines: LineColumns) -> NcciFindings:
        """The findings in the lines: pairs by the distance of their lines, units by line."""
        codes = encode_codes(lines.code)
        signs = np.ascontiguousarray(lines.modifiers.astype("S2", copy=False)).view(np.uint16)
        signs = signs.reshape(lines.modifiers.shape)
        any_mark, other_mark, apart = (
            np.any(each[signs], axis=1) for each in (self._associated, self._other, self._apart)
        )
        counted = np.where(apart, 0.0, lines.units)
        total, first = counted.copy(), ~apart
        hits: list[tuple[_Ints, _Ints, npt.NDArray[np.int8]]] = []
        for upper, lower in _neighbours(lines, codes):
            same = codes[upper] == codes[lower]
            up, low = upper[same], lower[same]
            total[up] += counted[low]
            total[low] += counted[up]
            first[low[~apart[up]]] = False
            for one, two in ((upper, lower), (lower, upper)):
                hits.append(self._pairs(one, two, codes, lines.day, any_mark, other_mark))
        column1, column2, indicator = (np.concatenate(each) for each in zip(*hits, strict=True)) if hits else (
            np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int8))  # fmt: skip
        place = np.minimum(np.searchsorted(self._codes, codes), max(len(self._codes) - 1, 0))
        known = (self._codes[place] == codes) & (codes >= 0)
        limit, mai = self._units[place], self._mai[place]
        stated = np.where(mai == 1, lines.units, total)
        over = np.flatnonzero(known & (stated > limit) & ((mai == 1) | first))
        return NcciFindings(column1, column2, indicator, over, stated[over], limit[over], mai[over])

    def _pairs(
        self, one: _Ints, two: _Ints, codes: _Ints, days: npt.NDArray[np.int32], any_mark: _Flags, other_mark: _Flags
    ) -> tuple[_Ints, _Ints, npt.NDArray[np.int8]]:
        """The pairs with ``one`` in column 1 and ``two`` in column 2 that are not bypassed."""
        keys = codes[one] << 26 | codes[two]
        chosen = np.flatnonzero(self._seen[_slots(keys)])
        keys, one, two = keys[chosen], one[chosen], two[chosen]
        indicator = np.full(len(keys), -1, np.int8)
        start = np.searchsorted(self._keys, keys)
        for step in range(self._deepest):
            place = np.minimum(start + step, len(self._keys) - 1)
            day = days[one]
            fits = (self._keys[place] == keys) & (self._first[place] <= day) & (day <= self._last[place])
            fits &= indicator < 0
            indicator[fits] = self._modifier[place[fits]]
        bypassed = any_mark[two] | other_mark[one] | (any_mark[one] & (days[one] >= self._either))
        kept = np.flatnonzero((indicator == 0) | ((indicator == 1) & ~bypassed))
        return one[kept], two[kept], indicator[kept]


def _neighbours(lines: LineColumns, codes: _Ints) -> Iterator[tuple[_Ints, _Ints]]:
    """The lines of one claim, day and provider, two by two: all with one place between them, then with two …"""
    count = len(codes)
    for distance in range(1, count):
        together = lines.claim[:-distance] == lines.claim[distance:]
        if not together.any():
            return
        together &= (lines.day[:-distance] == lines.day[distance:]) & (codes[:-distance] >= 0)
        together &= codes[distance:] >= 0
        if lines.provider is not None:
            together &= lines.provider[:-distance] == lines.provider[distance:]
        upper = np.flatnonzero(together)
        yield upper, upper + distance
