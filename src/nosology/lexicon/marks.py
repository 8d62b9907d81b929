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

    What is told of it lets most places pass untried: ``then`` are all characters that may stand behind the first one of
    a match, blanks aside; ``holds`` is one that stands in every match, at most _FAR behind its beginning; ``apart``:
    no letter or digit stands before a match, nor behind a sign of one letter.
    """

    __slots__ = ("_apart", "_holds", "_signs", "_then", "compiled")

    def __init__(
        self,
        signs: Iterable[str],
        pattern: str,
        flags: int = 0,
        *,
        then: str = "",
        holds: str = "",
        apart: bool = False,
    ) -> None:
        self._signs = tuple(signs)
        self._then, self._holds, self._apart = then, holds, apart
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
        if self._then and not self._goes_on(text, at + 1):
            return False
        return not self._holds or text.find(self._holds, at + 1, at + _FAR) >= 0

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
