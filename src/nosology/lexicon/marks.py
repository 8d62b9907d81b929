"""Patterns whose matches begin with one of few signs: a plain search finds where these stand, and what stands behind a
sign mostly tells that the pattern fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["MarkPattern"]

_FAR = 120  # code points


class MarkPattern:
    """A pattern of which every match begins with one of ``signs``.

    What is told of it lets most places pass untried: ``then`` are the one or two characters, in lower case, that may
    stand behind the sign, blanks aside; ``holds`` is one that stands in every match, at most _FAR behind its beginning;
    ``apart``: no letter or digit stands before a match, nor behind a sign of one letter.
    """

    __slots__ = ("_apart", "_holds", "_letters", "_pairs", "_signs", "compiled")

    def __init__(
        self,
        signs: Iterable[str],
        pattern: str,
        flags: int = 0,
        *,
        then: Iterable[str] = (),
        holds: str = "",
        apart: bool = False,
    ) -> None:
        self._signs = tuple(signs)
        self._letters = "".join(each for each in then if len(each) == 1)
        self._pairs = frozenset(each for each in then if len(each) > 1)
        self._holds, self._apart = holds, apart
        self.compiled = re.compile(pattern, flags)

    def find(self, text: str, start: int = 0, stop: int = -1) -> list[re.Match[str]]:
        """Return the matches in ``text[start:stop]``, or behind ``start``, one after the other."""
        if stop < 0:
            stop = len(text)
        places: list[int] = []
        for sign in self._signs:
            at = text.find(sign, start, stop)
            while at >= 0:
                if self._may_be(text, at, len(sign)):
                    places.append(at)
                at = text.find(sign, at + 1, stop)
        found: list[re.Match[str]] = []
        if not places:
            return found
        if len(self._signs) > 1:
            places.sort()
        tried, end = self.compiled.match, 0
        for at in places:
            if at >= end and (match := tried(text, at, stop)) is not None:
                found.append(match)
                end = match.end()
        return found

    def _may_be(self, text: str, at: int, size: int) -> bool:
        """Whether what is told of the pattern allows a match at ``at``, behind whose sign of ``size`` it goes on."""
        if self._apart and (
            (at and text[at - 1].isalnum()) or (size == 1 and at + 1 < len(text) and text[at + 1].isalnum())
        ):
            return False
        if (self._letters or self._pairs) and not self._goes_on(text, at + size):
            return False
        return not self._holds or text.find(self._holds, at + 1, at + _FAR) >= 0

    def _goes_on(self, text: str, at: int) -> bool:
        """Whether what stands from ``at`` on, blanks aside, is one of what may follow."""
        while at < len(text) and text[at].isspace():
            at += 1
        if at + 1 >= len(text):
            return at < len(text)
        return text[at].lower() in self._letters or text[at : at + 2].lower() in self._pairs
