"""What a word does in a text: all that the lexicon knows of it by itself, learnt when it is first met."""

from __future__ import annotations

__all__ = ["BARRIER_PLAN", "COMMA_PLAN", "SKIP_PLAN", "UNKNOWN_PLAN", "Lengths", "Plan", "word_char"]

_CHAR = 0x100  # word n is chr(n + _CHAR), past the surrogates where need be

Lengths = dict[str, tuple[int, ...]]
"""How many words the phrases have that begin with a word, the most first, by the next word; "" for any other word."""


class Plan:
    """A word as a character, lengths of its phrases, places before it, its atoms, the only one or -1, its number, and
    the parts that it may play in the frames of sentences, as bits (``subjects``, ``predicates``).
    """

    __slots__ = ("atoms", "before", "char", "lengths", "number", "only", "roles")

    def __init__(
        self, char: str, lengths: Lengths, before: int, atoms: tuple[int, ...], number: int, roles: int = 0
    ) -> None:
        self.char = char
        self.lengths = lengths
        self.before = before
        self.atoms = atoms
        self.only = atoms[0] if len(atoms) == 1 else -1
        self.number = number
        self.roles = roles


UNKNOWN_PLAN = Plan("\0", {}, 1, (), 0)
COMMA_PLAN = Plan("\0", {}, 1, (), -1)
BARRIER_PLAN = Plan("\0", {}, 4, (), -2)
SKIP_PLAN = Plan("\0", {}, 0, (), -3)


def word_char(number: int) -> str:
    """Return the character that stands for a word; phrases are strings of such characters."""
    number += _CHAR
    return chr(number if number < 0xD800 else number + 0x800)
