"""Patterns whose matches begin with one of few signs: a plain search finds where these stand, and what stands behind a
sign mostly tells that the pattern fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["MarkPattern"]


class MarkPattern:
    """A pattern of which every match begins with one of ``signs``, and ``then`` holds all characters that may stand
    behind the first one of a match, blanks aside; anything may where ``then`` is empty.
    """

    __slots__ = ("_signs", "_then", "compiled")

    def __init__(self, signs: Iterable[str], pattern: str, flags: int = 0, *, then: str = "") -> None:
        self._signs = tuple(signs)
        self._then = then
        self.compiled = re.compile(pattern, flags)

    def find(self, text: str, start: int = 0, stop: int = -1) -> list[re.Match[str]]:
        """Return the matches in ``text[start:stop]``, or behind ``start``, one after the other."""
        if stop < 0:
            stop = len(text)
        places: list[int] = []
        for sign in self._signs:
            at = text.find(sign, start, stop)
            while at >= 0:
                if not self._then or self._goes_on(text, at + 1):
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

    def _goes_on(self, text: str, at: int) -> bool:
        """Whether the next character from ``at`` on that is no blank is one of those that may follow."""
        while at < len(text):
            char = text[at]
            if char in self._then:
                return True
            if not char.isspace():
                return False
            at += 1
        return False
