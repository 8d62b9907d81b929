"""Situational rules of claims in memory: what a row of ``rules/x12/situations`` says, ready to be applied.

Places are those of :mod:`nosology.x12.claim_facts`; codes may be ranges as ``98940..98942``. A test with "not" before
its place holds where the value is another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from nosology.model.finding import Severity
from nosology.x12.checks import Report
from nosology.x12.claim_facts import LEVELS, Facts, part
from nosology.x12.loops import Placed

__all__ = ["Place", "Situation", "Test", "build_situation", "holds", "meets", "pick", "tell"]


class Place(NamedTuple):
    """A segment by its key (``2300/REF*F8``, or a loop), and an element and component of it, 0 for the whole."""

    key: str
    element: int
    component: int

    @staticmethod
    @cache
    def read(text: str) -> Place:
        """The place that a text as ``2300/CLM@5-3`` names."""
        key, _, rest = text.partition("@")
        element, _, component = rest.partition("-")
        return Place(key, int(element or 0), int(component or 0))

    def value(self, facts: Facts, separator: str) -> str:
        """What stands at the place: the text, or for a whole segment its id; "" if nothing does."""
        placed = facts.get(self.key)
        if placed is None:
            return ""
        if not self.element:
            return placed.elements[0]
        return part(placed.get(self.element), self.component, separator)


class Test(NamedTuple):
    """Whether a place is filled, or holds one of some codes (``codes`` None: any text); ``wanted`` False turns it."""

    place: Place
    codes: frozenset[str] | None
    ranges: tuple[tuple[str, str], ...]
    wanted: bool


def meets(test: Test, text: str) -> bool:
    """True if the text at the place of a test meets it."""
    if test.codes is None:
        return bool(text) is test.wanted
    found = text in test.codes
    if not found:
        for low, high in test.ranges:
            if low <= text <= high and len(text) == len(low):
                found = True
                break
    return found is test.wanted


def holds(test: Test, facts: Facts, separator: str) -> bool:
    """True if the facts meet the test."""
    return meets(test, test.place.value(facts, separator))


_Picked = Callable[[Facts, "Situation", Report], None]
_picks: dict[str, _Picked] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """One situational rule, ready to run."""

    id: str
    forms: tuple[str, ...]
    level: str
    snip: int
    severity: Severity
    message: str
    citation: str
    fix: str
    status: tuple[str, str, str] | None
    when: tuple[Test, ...]
    line_when: tuple[Test, ...]
    needs: tuple[Place, ...]
    forbids: tuple[Place, ...]
    expects: tuple[Test, ...]
    run: _Picked | None
    data: Mapping[str, Any]


def pick(name: str) -> Callable[[_Picked], _Picked]:
    """Register a function that rules may pick by name with ``check``."""

    def register(run: _Picked) -> _Picked:
        _picks[name] = run
        return run

    return register


def tell(
    rule: Situation,
    report: Report,
    placed: Placed,
    *,
    element: int = 0,
    component: int = 0,
    segment_error: str = "",
    element_error: str = "",
    value: str = "",
) -> None:
    """Report the finding of a rule at a segment or an element."""
    report.error(
        rule.message,
        placed,
        element=element,
        component=component,
        rule=rule.id,
        severity=rule.severity,
        segment_error=segment_error,
        element_error=element_error,
        value=value,
        status=rule.status,
        citation=rule.citation,
        fix=rule.fix,
    )


def _tests(raw: Mapping[str, Any] | None) -> tuple[Test, ...]:
    found = []
    for name, wanted in (raw or {}).items():
        turned = name.startswith("not ")
        place = Place.read(name.removeprefix("not "))
        if isinstance(wanted, bool):
            found.append(Test(place, None, (), wanted is not turned))
            continue
        codes = [str(code) for code in wanted]
        ranges = tuple((low, high) for low, dots, high in (code.partition("..") for code in codes) if dots)
        found.append(Test(place, frozenset(code for code in codes if ".." not in code), ranges, not turned))
    return tuple(found)


def build_situation(raw: Mapping[str, Any]) -> Situation:
    """The rule that a parsed row describes.

    Raises:
        KeyError, TypeError, ValueError: a part is missing or is of the wrong kind.
    """
    kinds = [name for name in ("needs", "forbids", "expects", "check") if raw.get(name)]
    if len(kinds) != 1 or raw["level"] not in LEVELS:
        raise ValueError("a rule has a level and one of needs, forbids, expects, check")
    if raw.get("check") and raw["check"] not in _picks:
        raise ValueError("no check has that name")
    status = raw.get("status")
    return Situation(
        id=raw["id"],
        forms=tuple(raw["forms"]),
        level=raw["level"],
        snip=int(raw.get("snip", 4)),
        severity=Severity(raw.get("severity", "error")),
        message=raw["message"],
        citation=raw["citation"],
        fix=raw.get("fix", ""),
        status=(str(status[0]), str(status[1]), str(status[2]) if len(status) > 2 else "") if status else None,
        when=_tests(raw.get("when")),
        line_when=_tests(raw.get("line_when")),
        needs=tuple(Place.read(text) for text in raw.get("needs", ())),
        forbids=tuple(Place.read(text) for text in raw.get("forbids", ())),
        expects=_tests(raw.get("expects")),
        run=_picks[raw["check"]] if raw.get("check") else None,
        data=raw.get("data") or {},
    )
