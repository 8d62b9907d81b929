"""Validation of X12 files: from syntax (SNIP 1) and guide (SNIP 2) to balances, situations and codes (SNIP 3 to 7).

Findings come one by one while the file is read, each at its interchange, group, transaction set, segment, loop and
element, with the codes that a TA1 or a 999 states. Authority of the levels: WEDI SNIP; of the codes: ASC X12 005010.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import nosology.x12.balancing
import nosology.x12.external
import nosology.x12.situations
import nosology.x12.status_checks  # noqa: F401  (their checks register)
from nosology.model.edi import EdiFinding, Position
from nosology.model.finding import Severity
from nosology.x12.checks import Check, Report, checks_for
from nosology.x12.elements import Checker
from nosology.x12.envelope import Run, Transaction, TransactionReader, read_transactions
from nosology.x12.guide import Guide, LoopSpec, SegmentUse, find_guide, known_codes
from nosology.x12.hierarchy import Levels
from nosology.x12.loops import Loop, Placed, Walker
from nosology.x12.segments import Delimiters, Segment, Source

__all__ = ["Validation", "validate"]

_KEPT = 8192  # whole segments that are remembered as right, for each use
_CLAIMS = {"CLM", "CLP"}


def validate(
    source: Source,
    *,
    name: str = "the file",
    snip: int = 7,
    on: date | None = None,
    options: Mapping[str, Any] | None = None,
) -> Iterator[EdiFinding]:
    """Yield what is wrong with an X12 file, up to a SNIP level.

    Args:
        name: what the file is called in messages.
        on: the day on which it is judged (for codes that have dates); none is judged without it.
        options: what checks of level 7 need (of a payer).

    Raises:
        UnreadableInput: the text holds no X12 (raised while reading).
    """
    return iter(Validation(source, name=name, snip=snip, on=on, options=options))


class Validation:
    """Validates while it is iterated over. ``reader`` knows interchange, group and transaction set at every moment."""

    def __init__(
        self,
        source: Source,
        *,
        name: str = "the file",
        snip: int = 7,
        on: date | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self.snip = snip
        self.transactions = 0
        self._on = on
        self._options = options
        self._found: list[EdiFinding] = []
        self.reader: TransactionReader = read_transactions(source, name=name, lazy=True, report=self._tell)

    def _tell(self, finding: EdiFinding) -> None:
        if finding.snip <= self.snip:
            self._found.append(finding)

    def __iter__(self) -> Iterator[EdiFinding]:
        for transaction in self.reader:
            self.transactions += 1
            yield from self._take()
            guide = self._guide(transaction)
            if guide is not None:
                work = _Work(transaction, guide, self._tell, self.snip, self._on, self._options)
                for run in transaction.runs():
                    work.take(run)
                    if self._found:
                        yield from self._take()
                work.end()
            yield from self._take()
        yield from self._take()

    def _take(self) -> list[EdiFinding]:
        found, self._found[:] = list(self._found), []
        return found

    def _guide(self, transaction: Transaction) -> Guide | None:
        """The guide of a transaction set; what is wrong with how it is named."""
        group = transaction.group
        guide = find_guide(group.version or transaction.version, transaction.id)
        if guide is None:
            if group.version.startswith("005010") or not group.version:
                message = "no guide is known for this transaction set and version; only its envelope was checked"
                self._say(transaction, "x12.no_guide", message, 1, "143", "I6")
            return None
        if group.version and transaction.version != group.version:
            message = "ST03 names another guide than GS08"
            self._say(transaction, "x12.guide_differs", message, 3, "1705", "19", transaction.version)
        elif transaction.version != guide.id:
            message = f"it names {transaction.version[:14]}; it is judged by {guide.id}"
            self._say(transaction, "x12.addendum", message, 3, "1705", "", transaction.version, Severity.INFORMATION)
        if group.functional_id and group.functional_id != guide.functional_group:
            message = f"a group {group.functional_id[:2]} holds no transaction sets {transaction.id[:3]}"
            self._say(transaction, "x12.group_kind", message, 1, "143", "18", transaction.id)
        return guide

    def _say(
        self, transaction: Transaction, rule: str, message: str, element: int, number: str, error: str,
        value: str = "", severity: Severity = Severity.ERROR,
    ) -> None:  # fmt: skip
        place = transaction.position(None, element)
        self._tell(
            EdiFinding(rule, 2, severity, message, place, transaction_error=error, data_element=number, value=value)
        )


class _Work:
    """One transaction set on its way through its guide."""

    def __init__(
        self, transaction: Transaction, guide: Guide, tell: Any, snip: int, on: date | None,
        options: Mapping[str, Any] | None,
    ) -> None:  # fmt: skip
        self._transaction = transaction
        self._tell = tell
        self._checkers = _checkers(guide.kind, transaction.delimiters)
        self._checks = checks_for(guide.kind, snip)
        self._report = Report(guide.kind, transaction.delimiters, tell, self._place, on=on, options=options)
        levels = {spec.id for spec in guide.root.walk() if spec.head.id == "HL"}
        watched = levels | set(self._checks)
        self._walker = Walker(guide, transaction.delimiters, self._misfit, self._closed, watched)
        self._levels = Levels()
        self._segment: Segment = []
        self._offset = 0
        self._bad_qualifier = False
        self._ended = False

    def take(self, run: Run) -> None:
        """Walk through some of the segments."""
        feed, checkers = self._walker.feed, self._checkers
        block = run.block
        separator = block.delimiters.element
        offsets = block.offsets()
        ordinal = run.ordinal
        texts = block.texts
        for index in range(run.first, run.last):
            text = texts[index]
            elements = text.split(separator)
            while not elements[-1] and len(elements) > 1:
                elements.pop()
            self._segment = elements
            placed = feed(elements, ordinal, offsets[index])
            if placed is not None:
                checker = checkers.get(placed.use) or self._checker(placed.use)
                if text not in checker.clean:
                    self._check(checker, placed, text)
                if elements[0] == "HL":
                    self._level(placed)
            ordinal += 1
        self._ended = bool(self._segment) and self._segment[0] == "SE"

    def end(self) -> None:
        """Close what is open. Where SE is missing, nothing is said of what has broken off."""
        if self._ended:
            self._walker.finish()

    def _checker(self, use: SegmentUse) -> Checker:
        checker = self._checkers[use] = Checker(use, self._transaction.delimiters)
        return checker

    def _check(self, checker: Checker, placed: Placed, text: str) -> None:
        if self._bad_qualifier:
            self._bad_qualifier = False
            return
        problems = checker.check(placed.elements)
        if not problems:
            if len(checker.clean) < _KEPT:
                checker.clean.add(text)
            return
        for problem in problems:
            self._tell(
                EdiFinding(
                    problem.rule,
                    problem.snip,
                    Severity.ERROR,
                    problem.message,
                    self._place(placed, problem.element, problem.component, problem.repetition),
                    segment_error="8",
                    element_error=problem.code,
                    data_element=problem.number,
                    value=problem.value,
                    claim=self._claim(self._walker.loop),
                )
            )

    def _level(self, placed: Placed) -> None:
        for element, message in self._levels.check(self._walker.loop, placed):
            number = placed.use.elements[element - 1].number
            self._tell(
                EdiFinding(
                    "x12.level",
                    1,
                    Severity.ERROR,
                    message,
                    self._place(placed, element),
                    segment_error="8",
                    element_error="7",
                    data_element=number,
                    value=placed.get(element),
                )
            )

    def _place(self, placed: Placed, element: int = 0, component: int = 0, repetition: int = 0) -> Position:
        transaction = self._transaction
        return Position(
            transaction.interchange.ordinal, transaction.group.ordinal, transaction.ordinal, placed.ordinal,
            placed.elements[0], placed.use.loop.id, element, component, repetition, placed.offset,
        )  # fmt: skip

    @staticmethod
    def _claim(loop: Loop | None) -> str:
        while loop is not None:
            if loop.segments and loop.segments[0].elements[0] in _CLAIMS:
                return loop.segments[0].get(1)
            loop = loop.parent
        return ""

    def _closed(self, loop: Loop) -> None:
        checks = self._checks.get(loop.spec.id)
        if loop.spec.head.id == "HL" and loop.segments:
            message = self._levels.close(loop)
            if message:
                self._tell_level(loop.segments[0], message)
        if checks:
            self._run(checks, loop)

    def _tell_level(self, placed: Placed, message: str) -> None:
        self._tell(
            EdiFinding(
                "x12.level",
                1,
                Severity.ERROR,
                message,
                self._place(placed, 4),
                segment_error="8",
                element_error="7",
                data_element="736",
                value=placed.get(4),
            )
        )

    def _run(self, checks: tuple[Check, ...], loop: Loop) -> None:
        report = self._report
        report.claim = self._claim(loop)
        for one in checks:
            if loop.segments and loop.segments[0].use is loop.spec.head:
                report.current = one
                one.run(loop, report)

    def _misfit(
        self, code: str, item: SegmentUse | LoopSpec | None, name: str, loop: LoopSpec, ordinal: int, offset: int
    ) -> None:
        transaction = self._transaction
        where = item if isinstance(item, LoopSpec) else loop
        position = Position(
            transaction.interchange.ordinal, transaction.group.ordinal, transaction.ordinal, ordinal,
            name if name.isalnum() and len(name) < 4 else "", where.id, offset=offset,
        )  # fmt: skip
        claim = self._claim(self._walker.loop)
        if code == "Q":
            assert item is not None
            self._bad_qualifier = True
            self._qualifier(item.head, position, claim)
            return
        rule, snip, words = _MISFITS[code]
        title = f" ({item.name})" if item is not None and code != "7" else ""
        message = words.format(segment=f"{name[:3]}{title}", loop=where.id or "transaction set")
        self._tell(EdiFinding(rule, snip, Severity.ERROR, message, position, segment_error=code, claim=claim))

    def _qualifier(self, use: SegmentUse, position: Position, claim: str) -> None:
        element, component = use.match
        spec = use.elements[element - 1]
        value = self._segment[element] if element < len(self._segment) else ""
        component = component if value else 0
        if component:
            spec = spec.components[component - 1]
            parts = value.split(self._transaction.delimiters.component)
            value = parts[component - 1] if component <= len(parts) else ""
        place = Position(
            position.interchange, position.group, position.transaction, position.segment, position.segment_id,
            position.loop, element, component, 0, position.offset,
        )  # fmt: skip
        code = "1" if not value else "I6" if value in known_codes(spec.number) else "7"
        message = f"the guide has no {use.id} with such a code for the {spec.name} here"
        self._tell(
            EdiFinding(
                "x12.code",
                2,
                Severity.ERROR,
                message,
                place,
                segment_error="8",
                element_error=code,
                data_element=spec.number,
                value=value,
                claim=claim,
            )
        )


_MISFITS = {
    "1": ("x12.unknown_segment", 1, "{segment} is no segment of the standard"),
    "2": ("x12.unexpected_segment", 2, "{segment} has no place here"),
    "3": ("x12.missing_segment", 2, "{segment} is missing, which the guide requires in loop {loop}"),
    "4": ("x12.loop_too_often", 2, "loop {loop} stands more often than the guide allows"),
    "5": ("x12.segment_too_often", 2, "{segment} stands more often than the guide allows in loop {loop}"),
    "6": ("x12.foreign_segment", 2, "{segment} is no segment of this transaction set"),
    "7": ("x12.segment_order", 1, "{segment} stands out of order in loop {loop}"),
}


@lru_cache(maxsize=32)
def _checkers(kind: str, delimiters: Delimiters) -> dict[SegmentUse, Checker]:
    return {}
