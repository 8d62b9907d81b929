"""What a phrase becomes where that hangs on how it is written and on the words around it."""

from __future__ import annotations

from typing import Any

from nosology.lexicon.plans import word_char

__all__ = ["Phrase", "Surroundings"]

Phrase = tuple[tuple[int, ...] | None, list[tuple[Any, tuple[int, ...]]]]
"""What it becomes: plainly, under conditions."""

_NEAR = 60  # words to either side in which the condition of a rewrite looks
_UNITS = frozenset(("MG",))


class Surroundings:
    """The words of one text, a character each."""

    __slots__ = ("_chars",)

    def __init__(self, chars: str) -> None:
        self._chars = chars

    def resolve(
        self, rewrite: Phrase, raw: str, i: int, length: int, *, counted: bool = False
    ) -> tuple[int, ...] | None:
        """Return what the phrase at word ``i``, written ``raw``, becomes here; None where no condition holds.

        ``counted`` where it stands directly behind a number: there "MG" is the unit of a dose.
        """
        plain, conditional = rewrite
        for (upper, near, far, exact), atoms in conditional:
            if upper and (not raw.isupper() or (counted and raw in _UNITS)):
                continue
            if exact and raw.lower() != exact and not (raw[:-1].isupper() and raw[:-1].lower() == exact):
                continue
            if (near and not self._stands(near, i, length)) or (far and self._stands(far, i, length)):
                continue
            return atoms
        return plain

    def _stands(self, words: tuple[int, ...], i: int, length: int) -> bool:
        """Whether one of ``words`` stands near the phrase at word ``i``."""
        chars = self._chars
        for number in words:
            char = word_char(number)
            if char in chars and (char in chars[max(0, i - _NEAR) : i] or char in chars[i + length : i + _NEAR]):
                return True
        return False
