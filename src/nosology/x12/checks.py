"""Checks that look at more than one segment (SNIP levels 3 to 7): where they register, and how they report.

A check is a function of a :class:`Loop` and a :class:`Report`. It runs when a loop of the name it registered for ends
("" is the transaction set), so that it sees all that stands in it and, by ``loop.up``, what stands around it.

::

    @check("837.balance", snip=3, kinds=("837P", "837I", "837D"), loop="2300")
    def claim_balances(claim: Loop, report: Report) -> None:
        clm = claim.head
        ...
        report.error("the lines do not add up to the charge of the claim", clm, element=2, element_error="7")
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nosology.model.edi import EdiFinding, Position
from nosology.model.finding import Severity
from nosology.x12.loops import Loop, Placed
from nosology.x12.segments import Delimiters

__all__ = ["Check", "Report", "check", "checks_for"]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check. ``rule`` is the rule of its findings unless they name another."""

    rule: str
    snip: int
    kinds: tuple[str, ...]
    loop: str
    run: Callable[[Loop, Report], None]


_registered: list[Check] = []


def check(
    rule: str, *, snip: int, kinds: tuple[str, ...], loop: str
) -> Callable[[Callable[[Loop, Report], None]], Callable[[Loop, Report], None]]:
    """Register a check for loops of that name in guides of these kinds."""

    def register(run: Callable[[Loop, Report], None]) -> Callable[[Loop, Report], None]:
        _registered.append(Check(rule, snip, kinds, loop, run))
        return run

    return register


def checks_for(kind: str, highest: int) -> dict[str, tuple[Check, ...]]:
    """Return the checks of a guide up to a SNIP level, by loop."""
    found: dict[str, tuple[Check, ...]] = {}
    for one in _registered:
        if kind in one.kinds and one.snip <= highest:
            found[one.loop] = (*found.get(one.loop, ()), one)
    return found


class Report:
    """What a check is given beside the loop.

    ``memory`` is kept through the transaction set (for sums over many loops); ``on`` is the day on which the file is
    judged, None if nobody said; ``kind`` the kind of the guide; ``delimiters`` those in force; ``options`` what the
    caller of the validation handed in (of a payer, for level 7).
    """

    def __init__(
        self,
        kind: str,
        delimiters: Delimiters,
        tell: Callable[[EdiFinding], None],
        place: Callable[..., Position],
        *,
        on: date | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self.kind = kind
        self.delimiters = delimiters
        self.on = on
        self.options: Mapping[str, Any] = options or {}
        self.memory: dict[str, Any] = {}
        self.claim = ""
        self.current: Check | None = None
        self._tell = tell
        self._place = place

    def error(
        self,
        message: str,
        placed: Placed,
        *,
        element: int = 0,
        component: int = 0,
        repetition: int = 0,
        rule: str = "",
        severity: Severity = Severity.ERROR,
        segment_error: str = "",
        element_error: str = "",
        value: str = "",
        status: tuple[str, str, str] | None = None,
        citation: str = "",
        fix: str = "",
    ) -> None:
        """Report a finding at a segment, an element or a component.

        ``segment_error`` (IK304) is 8 where an ``element_error`` (IK403) is given and I6 otherwise, unless it says
        something else; information has none. ``value`` is the faulty text; ``status`` is category, status and entity
        for a 277CA.
        """
        assert self.current is not None
        number = ""
        if element and element <= len(placed.use.elements):
            spec = placed.use.elements[element - 1]
            if component and component <= len(spec.components):
                spec = spec.components[component - 1]
            number = spec.number
        self._tell(
            EdiFinding(
                rule or self.current.rule,
                self.current.snip,
                severity,
                message,
                self._place(placed, element, component, repetition),
                segment_error=segment_error
                or ("8" if element_error else "" if severity is Severity.INFORMATION else "I6"),
                element_error=element_error,
                data_element=number if number.isdigit() else "",
                value=value,
                status=status,
                claim=self.claim,
                citation=citation,
                fix=fix,
            )
        )

    def warn(self, message: str, placed: Placed, **more: Any) -> None:
        """The same for what need not stop the claim."""
        self.error(message, placed, severity=Severity.WARNING, **more)
