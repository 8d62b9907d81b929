"""A text as its words with what each of them does, run by run between two blanks.

Most runs of a chart ("pain,", "(right)", "daily.") were met before, so that what they consist of is known and only
their place is new.
"""

from __future__ import annotations

from collections.abc import Callable

from nosology.lexicon.plans import Plan
from nosology.lexicon.tokens import WORD, WORD_ASCII

__all__ = ["Cut", "RunReader"]

_MOST = 50_000  # runs that are remembered
_LONGEST = 40  # code points of one that is


class _Piece:
    """A word of a run: where it stands in it, as written, and what it does."""

    __slots__ = ("begin", "end", "plan", "raw")

    def __init__(self, begin: int, end: int, raw: str, plan: Plan) -> None:
        self.begin, self.end, self.raw, self.plan = begin, end, raw, plan


class Cut:
    """The words of a text in order: where they begin and end, as written, and what each does."""

    __slots__ = ("ends", "plans", "raws", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.raws: list[str] = []
        self.plans: list[Plan] = []


class RunReader:
    """Cuts texts into words; ``learn`` says what a word does."""

    def __init__(self, learn: Callable[[str], Plan]) -> None:
        self._learn = learn
        self._known: dict[str, list[_Piece]] = {}

    def cut(self, text: str) -> Cut:
        """Return the words of ``text``."""
        cut, known, at = Cut(), self._known, 0
        starts, ends, raws, plans = cut.starts, cut.ends, cut.raws, cut.plans
        for line in text.split("\n"):
            for run in line.split(" "):
                if run:
                    pieces = known.get(run)
                    if pieces is None:
                        pieces = self._read(run)
                    for piece in pieces:
                        starts.append(at + piece.begin)
                        ends.append(at + piece.end)
                        raws.append(piece.raw)
                        plans.append(piece.plan)
                at += len(run) + 1
        if text.endswith(".") and ends and ends[-1] == len(text):  # a full stop is a word only before a blank
            del starts[-1], ends[-1], raws[-1], plans[-1]
        return cut

    def _read(self, run: str) -> list[_Piece]:
        """Return the words of a run, which stands before a blank."""
        pattern = WORD_ASCII if run.isascii() else WORD
        pieces = [_Piece(m.start(), m.end(), m[0], self._learn(m[0])) for m in pattern.finditer(f"{run} ")]
        if len(self._known) < _MOST and len(run) <= _LONGEST:
            self._known[run] = pieces
        return pieces
