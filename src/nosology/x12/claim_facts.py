"""What stands in a claim of an 837, by place, gathered once for all checks above syntax.

A *place* names a segment by its loop, its id and the code that tells it apart, and perhaps an element and a component:
``2300/CLM@5-3``, ``2300/REF*F8``, ``2310B`` (a loop). :class:`Facts` holds the first segment at each place of one level
(billing provider, subscriber, patient, claim, other payer, line, line adjudication) and knows the level above.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from nosology.x12.checks import Report
from nosology.x12.guide import SegmentUse
from nosology.x12.loops import Loop, Placed
from nosology.x12.values import parse_decimal

__all__ = ["CLAIMS", "LEVELS", "Facts", "cents", "claim_facts", "level_facts", "part"]

CLAIMS = ("837P", "837I", "837D")
LEVELS = {
    "billing": "2000A",
    "subscriber": "2000B",
    "patient": "2000C",
    "claim": "2300",
    "other": "2320",
    "line": "2400",
    "adjudication": "2430",
}
_LOOPS = frozenset(LEVELS.values())


class Facts:
    """One level of a claim: its loop, the first segment at each place, the levels below by loop, the level above."""

    __slots__ = ("above", "below", "first", "loop")

    def __init__(self, loop: Loop, above: Facts | None) -> None:
        self.loop = loop
        self.above = above
        self.first: dict[str, Placed] = {}
        self.below: dict[str, list[Facts]] = {}

    def get(self, place: str) -> Placed | None:
        """The segment at a place of this level or of one above it, None if there is none."""
        facts: Facts | None = self
        while facts is not None:
            placed = facts.first.get(place)
            if placed is not None:
                return placed
            facts = facts.above
        return None

    def value(self, place: str, element: int) -> str:
        """The element of the segment at a place, "" if it is not there."""
        placed = self.get(place)
        return placed.get(element) if placed is not None else ""

    def levels(self, loop: str) -> list[Facts]:
        """The levels directly below that have this loop."""
        return self.below.get(loop, [])

    def segments(self, *ids: str) -> Iterator[Placed]:
        """The segments with one of the ids in the loop itself."""
        for placed in self.loop.segments:
            if placed.elements[0] in ids:
                yield placed


@cache
def _key(use: SegmentUse) -> str:
    return f"{use.loop.id}/{use.id}"


def _gather(loop: Loop, above: Facts | None, component: str) -> Facts:
    facts = Facts(loop, above)
    _add(facts, loop, component)
    return facts


def _add(facts: Facts, loop: Loop, component: str) -> None:
    first = facts.first
    for placed in loop.segments:
        use = placed.use
        key = _key(use)
        first.setdefault(key, placed)
        element, inner = use.match
        if element:
            code = placed.elements[element] if element < len(placed.elements) else ""
            if inner:
                code = code.partition(component)[0]
            first.setdefault(f"{key}*{code}", placed)
    for child in loop.children:
        whole = bool(child.segments) and child.segments[0].use is child.spec.head
        name = child.spec.id
        if whole:
            first.setdefault(name, child.segments[0])
        if name not in _LOOPS:
            _add(facts, child, component)
        elif whole:  # a level whose first segment is missing has its finding, and is left alone
            facts.below.setdefault(name, []).append(_gather(child, facts, component))


def level_facts(loop: Loop, report: Report) -> Facts:
    """Return the facts of a loop of one of the levels; those of the claim in hand are kept."""
    name = loop.spec.id
    kept = report.memory.get(name)
    if kept is not None and kept.loop is loop:
        facts: Facts = kept
        return facts
    around = loop.up("2000A", "2000B", "2000C")
    if kept is not None:
        kept.below = {}  # what is done with need not wait for the garbage collector
    above = level_facts(around, report) if around is not None else None
    facts = report.memory[name] = _gather(loop, above, report.delimiters.component)
    return facts


def claim_facts(claim: Loop, report: Report) -> Facts:
    """Return the facts of a claim (loop 2300), with its lines and other payers below it."""
    return level_facts(claim, report)


def part(text: str, component: int, separator: str) -> str:
    """The component of a composite, the whole text if ``component`` is 0, "" if it is not there."""
    if not component:
        return text
    parts = text.split(separator, component)
    return parts[component - 1] if len(parts) >= component else ""


def cents(text: str) -> int | Decimal | None:
    """The amount in cents, None if the text is no amount; a Decimal only where there are fractions of a cent."""
    if text.isdigit() and text.isascii():
        return int(text) * 100
    value = parse_decimal(text)
    if value is None:
        return None
    value *= 100
    whole = int(value)
    return whole if whole == value else value
