"""What a word does in a text: all that the lexicon knows of it by itself, learnt when it is first met."""

from __future__ import annotations

__all__ = ["BARRIER_PLAN", "COMMA_PLAN", "SKIP_PLAN", "UNKNOWN_PLAN", "Lengths", "Plan"]

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
