"""NCCI pairs, units and add-on codes over columns of service lines, some hundred thousand claims a second on one core.

The lines of a claim stand together. Lines are compared with those one, two, three … places below them, as long as any
two of them belong to one claim, so that the work is that of whole columns. The result equals the one-by-one checks
``ncci_ptp``, ``ncci_mue`` and ``ncci_add_on`` (a property test says so); rules stand in ``rules/edits``.
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
    ``units``, ``modifiers`` S2 of shape (lines, k), ``provider`` any number (None: one a claim, as hospitals bill)."""

    claim: _Ints
    code: npt.NDArray[np.bytes_]
    day: npt.NDArray[np.int32]
    units: npt.NDArray[np.float64]
    modifiers: npt.NDArray[np.bytes_]
    provider: _Ints | None = None


@dataclass(frozen=True, slots=True, eq=False)
class NcciFindings:
    """Findings as places of lines: of pairs the lines of column 1 and 2 and the modifier indicator; of units the line,
    what was counted, the limit and the adjudication indicator; of add-on codes without a primary the line."""

    column1: _Ints
    column2: _Ints
    indicator: npt.NDArray[np.int8]
    line: _Ints
    counted: npt.NDArray[np.float64]
    limit: npt.NDArray[np.int32]
    mai: npt.NDArray[np.int8]
    add_on: _Ints


def _digits() -> _Ints:
    table = np.full(256, -1, np.int64)
    for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        table[ord(sign)] = value
    return table


_DIGITS = _digits()


def encode_codes(codes: npt.NDArray[np.bytes_]) -> _Ints:
    """Codes (S5) as :func:`nosology.codes.ncci_keys.encode_code` writes them, -1 for what is none."""
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

    def __init__(
        self, book: Ncci, *, pairs: Rule, units: Rule, table: str = "practitioner", add_ons: bool = False
    ) -> None:
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
        self._added = _AddOns(book) if add_ons else None

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
        added = self._added.start(codes, lines.day) if self._added is not None else None
        for upper, lower in _neighbours(lines, codes):
            same = codes[upper] == codes[lower]
            up, low = upper[same], lower[same]
            total[up] += counted[low]
            total[low] += counted[up]
            first[low[~apart[up]]] = False
            for one, two in ((upper, lower), (lower, upper)):
                hits.append(self._pairs(one, two, codes, lines.day, any_mark, other_mark))
                if self._added is not None and added is not None:
                    self._added.meet(one, two, codes, lines.day, added)
        column1, column2, indicator = (np.concatenate(each) for each in zip(*hits, strict=True)) if hits else (
            np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int8))  # fmt: skip
        place = np.minimum(np.searchsorted(self._codes, codes), max(len(self._codes) - 1, 0))
        known = (self._codes[place] == codes) & (codes >= 0)
        limit, mai = self._units[place], self._mai[place]
        stated = np.where(mai == 1, lines.units, total)
        over = np.flatnonzero(known & (stated > limit) & ((mai == 1) | first))
        return NcciFindings(
            column1,
            column2,
            indicator,
            over,
            stated[over],
            limit[over],
            mai[over],
            np.zeros(0, np.int64) if added is None else added.without(),
        )

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


@dataclass(frozen=True, slots=True, eq=False)
class _AddedLines:
    """Of each line the type of its add-on code (0: none); whether a primary, and any plain code, stands beside it."""

    kind: npt.NDArray[np.int8]
    primary: _Flags
    plain: _Flags

    def without(self) -> _Ints:
        """The lines with an add-on code and nothing that may be its primary."""
        missing: _Ints = np.flatnonzero((self.kind > 0) & ~self.primary & ~((self.kind > 1) & self.plain))
        return missing


class _AddOns:
    """The table of add-on codes: its pairs by key, and the types of each code by the days on which they hold."""

    def __init__(self, book: Ncci) -> None:
        def read(name: str, kind: str) -> Any:
            return np.frombuffer(book.blob(f"aoc.{name}"), kind)

        self._keys: _Ints = read("keys", "<i8")
        self._first, self._last = read("first", "<i4"), read("last", "<i4")
        types: npt.NDArray[np.int8] = read("type", "i1")
        self._deepest = int(np.unique(self._keys, return_counts=True)[1].max(initial=1))
        held: dict[int, dict[tuple[int, int, int], None]] = {}
        rows = zip((self._keys >> 26).tolist(), self._first.tolist(), self._last.tolist(), types.tolist(), strict=True)
        for code, first, last, kind in rows:
            spans = held.setdefault(code, {})
            spans.pop((first, last, kind), None)
            spans[first, last, kind] = None  # of spans that overlap, the one read last holds
        self._codes = np.array(sorted(held), np.int64)
        self._most = max((len(each) for each in held.values()), default=0)
        self._spans = np.zeros((len(held), max(self._most, 1), 3), np.int32)
        for place, code in enumerate(self._codes.tolist()):
            self._spans[place, : len(held[code])] = list(held[code])

    def start(self, codes: _Ints, days: npt.NDArray[np.int32]) -> _AddedLines:
        """The types of the lines on their days; nothing is met yet."""
        kind = np.zeros(len(codes), np.int8)
        if len(self._codes):
            place = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
            known = np.flatnonzero(self._codes[place] == codes)
            spans, day = self._spans[place[known]], days[known]
            for step in range(self._most):
                first, last, each = spans[:, step].T
                fits = (first <= day) & (day <= last) & (each > 0)
                kind[known[fits]] = each[fits]
        return _AddedLines(kind, np.zeros(len(codes), np.bool_), np.zeros(len(codes), np.bool_))

    def meet(self, one: _Ints, two: _Ints, codes: _Ints, days: npt.NDArray[np.int32], lines: _AddedLines) -> None:
        """Note for the add-on codes of ``one`` what stands beside them on ``two``."""
        chosen = np.flatnonzero((lines.kind[one] > 0) & (codes[one] != codes[two]))
        one, two = one[chosen], two[chosen]
        lines.plain[one[lines.kind[two] == 0]] = True
        keys, day = codes[one] << 26 | codes[two], days[one]
        start = np.searchsorted(self._keys, keys)
        for step in range(self._deepest):
            place = np.minimum(start + step, len(self._keys) - 1)
            fits = (self._keys[place] == keys) & (self._first[place] <= day) & (day <= self._last[place])
            lines.primary[one[fits]] = True


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
