"""Where a procedure is told: the levels of text around a statement, nearest first, and words found in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nosology.model.note import Span

__all__ = ["NEAR", "Found", "Scene"]

NEAR = 2
"""Levels below this are the statement itself and its sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words that settle something: where they stand and at which level (0 nearest)."""

    span: Span
    level: int


class Scene:
    """The levels of one statement: its own clause, its sentence, other sentences on the same procedure, the report.

    ``heads`` are the lists of procedures and diagnoses of the report, which tell the side before its text does.
    ``wide``
    is False where the text around tells of other things as well, as the course of a stay does.
    """

    __slots__ = ("_denied", "heads", "levels", "place", "text", "wide")

    def __init__(
        self,
        text: str,
        place: Span,
        levels: Sequence[Sequence[Span]],
        denied: Callable[[Span], bool],
        heads: Sequence[Span] = (),
        *,
        wide: bool = True,
    ) -> None:
        self.text = text
        self.place = place
        self.levels = tuple(tuple(level) for level in levels)
        self._denied = denied
        self.heads = tuple(heads)
        self.wide = wide

    def find(self, pattern: re.Pattern[str], *, near: bool = False) -> Found | None:
        """Return the nearest words that match and are not denied, by level, then by distance in the own sentence."""
        for level in range(min(NEAR, len(self.levels)) if near else len(self.levels)):
            found = self.at(pattern, level)
            if found is not None:
                return found
        return None

    def at(self, pattern: re.Pattern[str], level: int) -> Found | None:
        """Return the words nearest to the statement that match at one level and are not denied."""
        spans = (
            sorted(self.matches(pattern, level), key=self.distance) if level < NEAR else self.matches(pattern, level)
        )
        for span in spans:
            if not self._denied(span):
                return Found(span, level)
        return None

    def matches(self, pattern: re.Pattern[str], level: int) -> Iterator[Span]:
        """Yield the places at one level where the pattern matches."""
        for span in self.levels[level]:
            for match in pattern.finditer(self.text, span.start, span.end):
                yield Span(*match.span())

    def distance(self, span: Span) -> int:
        """Return how many code points lie between the statement and a span; 0 where they overlap."""
        if span.overlaps(self.place):
            return 0
        return span.start - self.place.end if span.start >= self.place.end else self.place.start - span.end
