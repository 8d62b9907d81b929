"""An evaluation-and-management visit as it was counted: problems, data, risk or time, and the level that they meet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nosology.model.note import Evidence

__all__ = ["Counted", "Element", "Level", "Visit"]


class Level(StrEnum):
    """The four levels of medical decision making, least first."""

    STRAIGHTFORWARD = "straightforward"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

    @property
    def number(self) -> int:
        """0 for straightforward to 3 for high."""
        return tuple(Level).index(self)


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that was counted: its kind, its name in our own words, the level it reaches alone, and its quotes."""

    kind: str
    name: str
    level: Level
    evidence: tuple[Evidence, ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """One row of the grid: ``name`` is problems, data or risk; ``why`` says which line of the table is met."""

    name: str
    level: Level
    why: str
    counted: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """The visit of one note.

    ``category`` names the family of codes, ``patient`` is "new", "established" or "" where the note does not say it.
    ``basis`` is "decision making", "time" or "category" (a code that depends on neither). ``by_decision`` and
    ``by_time`` are the codes that each would give, "" for none; ``minutes`` of the practitioner on the date, None where
    they are not stated. ``hinges`` say which single missing statement would make the level another one.
    """

    category: str
    patient: str
    basis: str
    code: str
    level: Level | None
    elements: tuple[Element, ...] = ()
    by_decision: str = ""
    by_time: str = ""
    minutes: int | None = None
    hinges: tuple[str, ...] = ()
