"""The desk of an edit: the encounter, the books it is held against, and the only way to make a finding.

A check is a function ``(rule, desk) → findings`` that registers under the name by which rules pick it. It reads the
encounter and the books; it changes neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from nosology.codes.hcpcs import Hcpcs, open_hcpcs
from nosology.codes.icd10cm import Icd10cm, open_icd10cm
from nosology.codes.instructions import Instructions
from nosology.codes.pfs import FeeSchedule, open_fee_schedule
from nosology.codes.release import Release, open_release
from nosology.errors import NosologyError
from nosology.model.encounter import Encounter, ServiceLine
from nosology.model.finding import Finding, Severity
from nosology.rules.loader import Rule

__all__ = ["CHECKS", "Books", "Check", "Desk", "Located", "edit", "printable"]

Check = Callable[[Rule, "Desk"], Iterable[Finding]]

CHECKS: dict[str, Check] = {}
"""Name by which rules pick it → check."""

_T = TypeVar("_T")


def edit(name: str) -> Callable[[Check], Check]:
    """Registers a check under the name by which rules pick it."""

    def register(check: Check) -> Check:
        CHECKS[name] = check
        return check

    return register


def printable(value: object) -> str:
    """A value as it may stand in a message: nothing unprintable in it."""
    return "".join(each if each.isprintable() else "?" for each in str(value))


class Books:
    """The releases that edits are held against, each opened once a date of service and kept."""

    def __init__(self, home: Path | None = None) -> None:
        self.home = home
        self._open: dict[tuple[str, date], object] = {}
        self.instructions: dict[int, Instructions] = {}

    def open(self, name: str, on: date, opener: Callable[..., _T]) -> _T:
        """What ``opener`` opens for the date. Raises what it raises, every time: NosologyError."""
        key = (name, on)
        found = self._open.get(key)
        if found is None:
            try:
                found = opener(on=on, home=self.home)
            except NosologyError as error:
                found = error
            self._open[key] = found
        if isinstance(found, NosologyError):
            raise found
        return found  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Located:
    """A service line with its place in the encounter and its date of service."""

    index: int
    line: ServiceLine
    day: date

    @property
    def where(self) -> str:
        """Its place, as findings write it."""
        return f"lines[{self.index}]"

    @property
    def code(self) -> str:
        """The code in capitals without blanks."""
        return self.line.code.strip().upper()

    @property
    def modifiers(self) -> tuple[str, ...]:
        """The modifiers in capitals without blanks."""
        return tuple(each.strip().upper() for each in self.line.modifiers if each.strip())


class Desk:
    """One encounter on a date of service, with its books."""

    def __init__(self, encounter: Encounter, on: date, books: Books) -> None:
        self.encounter = encounter
        self.on = on
        self.books = books
        self.used: dict[str, Release] = {}

    def _release(self, release: Release) -> None:
        self.used[release.system] = release

    @cached_property
    def icd(self) -> Icd10cm:
        """ICD-10-CM on the date of service. Raises NosologyError where it is not at hand."""
        book = self.books.open("icd10cm", self.on, open_icd10cm)
        self._release(book.release)
        return book

    @cached_property
    def instructions(self) -> Instructions:
        """The notes of the Tabular List as sets of codes."""
        return self.books.instructions.setdefault(id(self.icd), Instructions(self.icd))

    @cached_property
    def hcpcs(self) -> Hcpcs:
        """HCPCS Level II on the date of service. Raises ReleaseNotFound."""
        book = self.books.open("hcpcs", self.on, open_hcpcs)
        self._release(book.release)
        return book

    @cached_property
    def fees(self) -> FeeSchedule:
        """The physician fee schedule on the date of service. Raises ReleaseNotFound."""
        book = self.books.open("pfs", self.on, open_fee_schedule)
        self._release(book.release)
        return book

    def release(self, system: str) -> Release:
        """A release of a code set on the date of service. Raises ReleaseNotFound."""

        def opener(*, on: date, home: Path | None) -> Release:
            return open_release(system, on=on, home=home)

        found = self.books.open(f"release {system}", self.on, opener)
        self._release(found)
        return found

    @cached_property
    def lines(self) -> tuple[Located, ...]:
        """The service lines; a line without a date has the encounter's."""
        return tuple(Located(n, line, line.date or self.on) for n, line in enumerate(self.encounter.lines))

    @cached_property
    def earlier(self) -> tuple[Located, ...]:
        """The services of the history that have a date; their places are those in the history."""
        return tuple(
            Located(n, line, line.date) for n, line in enumerate(self.encounter.history) if line.date is not None
        )

    @cached_property
    def diagnoses(self) -> tuple[tuple[int, str], ...]:
        """Place and dotted code of every diagnosis that is a code of the release."""
        found = []
        for place, diagnosis in enumerate(self.encounter.diagnoses):
            if diagnosis.code.strip() and diagnosis.code in self.icd:
                found.append((place, self.icd.dotted(diagnosis.code)))
        return tuple(found)

    @property
    def institutional(self) -> bool:
        """True for a claim of a facility: a type of bill, or a hospital's setting."""
        return bool(self.encounter.type_of_bill) or self.encounter.setting in ("inpatient", "outpatient")

    def find(
        self, rule: Rule, where: str, names: Mapping[str, object] | None = None, *, severity: str | None = None
    ) -> Finding:
        """The finding of a rule at a place; ``names`` fill the gaps of its message and fix."""
        filled = {"on": self.on, **{name: printable(value) for name, value in (names or {}).items()}}
        return Finding(
            rule=rule.id,
            severity=Severity(severity or rule.severity),
            message=rule.message.format_map(filled),
            where=where,
            citation=rule.citation,
            fix=rule.fix.format_map(filled),
        )
