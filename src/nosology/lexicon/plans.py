"""What a word does in a text: all that the lexicon knows of it by itself, learnt when it is first met."""

from __future__ import annotations

__all__ = ["Lengths", "Plan"]

Lengths = dict[str, tuple[int, ...]]
"""How many words the phrases have that begin with a word, the most first, by the next word; "" for any other word."""


class Plan:
    """A word as a character, lengths of its phrases, places before it, its atoms, the only one or -1, its number."""

    __slots__ = ("atoms", "before", "char", "lengths", "number", "only")

    def __init__(self, char: str, lengths: Lengths, before: int, atoms: tuple[int, ...], number: int) -> None:
        self.char = char
        self.lengths = lengths
        self.before = before
        self.atoms = atoms
        self.only = atoms[0] if len(atoms) == 1 else -1
        self.number = number
