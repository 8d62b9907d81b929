"""Cases of one anesthesiologist that overlap: in person one at a time, directing four at most.

Source: 42 CFR 415.110; Medicare Claims Processing Manual, chapter 12, section 50.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nosology.model.finding import Finding, Severity

__all__ = ["AnesthesiaCase", "find_overlaps"]

_DIRECTED_MOST = 4
_CITATION = "Medicare Claims Processing Manual, chapter 12, section 50"


@dataclass(frozen=True, slots=True)
class AnesthesiaCase:
    """One case of an anesthesiologist: a name, when it began and ended, and whether others gave the anaesthesia."""

    name: str
    start: datetime
    end: datetime
    directed: bool = False


def find_overlaps(cases: Sequence[AnesthesiaCase]) -> tuple[Finding, ...]:
    """What is wrong with the cases of one anesthesiologist on a day: no time, two given in person at once, more than
    four directed at once.
    """
    found = []
    for each in cases:
        if each.end <= each.start:
            found.append(Finding("anesthesia.time", Severity.ERROR, f"{each.name}: the anaesthesia has no time",
                                 citation=_CITATION, fix="correct when it began and ended"))  # fmt: skip
    for each in cases:
        others = [o for o in cases if o is not each and o.start <= each.start < o.end]
        personal = [o for o in others if not o.directed]
        if personal or (others and not each.directed):
            name = (personal or others)[0].name
            message = f"{each.name} and {name} overlap, and one of them was given in person"
            found.append(Finding("anesthesia.overlap", Severity.ERROR, message, citation=_CITATION,
                                 fix="correct the times, or who gave the anaesthesia"))  # fmt: skip
        elif len(others) + 1 > _DIRECTED_MOST:
            message = f"{each.name}: more than four cases at once are supervision (AD), not direction"
            found.append(Finding("anesthesia.overlap", Severity.WARNING, message, citation=_CITATION))
    return tuple(found)
