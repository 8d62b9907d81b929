"""What a sentence says of a fracture for its 7th character: open or closed, Gustilo type, healing (I.C.19.c)."""

from __future__ import annotations

import re
from typing import NamedTuple

from nosology.lexicon.patterns import WordPattern

__all__ = ["CLOSED", "NO_STATE", "OPEN", "OPEN_III", "FractureState", "read_fracture", "seventh_character"]

CLOSED = "closed"
OPEN = "open"  # type I or II, or of no stated type
OPEN_III = "open, type III"

_OPEN_WORDS = WordPattern(
    r"\b(?:open|compound)\b(?!\s+(?:reduction|treatment|repair|fixation|surgery|wounds?|biopsy|access|airway|angle|heart))"
    r"[^.;\n]{0,60}?\b(?:fractures?|fx)\b|\b(?:fractures?|fx)\b[^.;\n]{0,30}?\bopen\b(?!\s+(?:reduction|treatment|repair))"
    r"|\bgustilo\b"
)
_DENIED = re.compile(r"\b(?:no|not|non|without|denies|rule out|r/o)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE)
_CLOSED_WORDS = WordPattern(r"\bclosed\b(?!\s+reduction)")
_TYPE_III = WordPattern(
    r"\b(?:type|grade|gustilo(?:[- ]ander[se]on)?(?:\s+(?:type|grade))?)\s*(?:iii|3)\s*-?\s*[abc]?\b"
)
_NONUNION = WordPattern(r"\b(?:non-?union|ununited|failed to unite|pseud(?:o)?arthrosis)\b")
_MALUNION = WordPattern(r"\b(?:mal-?union|mal-?united)\b")
_DELAYED = WordPattern(r"\bdelayed (?:union|healing)\b|\bslow (?:union|healing)\b")

# 7th characters by how the fracture heals: closed, open type I or II, open type III
_CHARACTERS = {
    "A": ("A", "B", "C"),
    "D": ("D", "E", "F"),
    "delayed": ("G", "H", "J"),
    "nonunion": ("K", "M", "N"),
    "malunion": ("P", "Q", "R"),
}


class FractureState(NamedTuple):
    """``wound`` is CLOSED, OPEN, OPEN_III or "" (unsaid); ``healing`` "delayed", "nonunion", "malunion" or ""."""

    wound: str = ""
    healing: str = ""


NO_STATE = FractureState()


def read_fracture(text: str, start: int, end: int) -> FractureState:
    """Return what ``text[start:end]``, a sentence about a fracture, says of it."""
    wound = ""
    for match in _OPEN_WORDS.finditer(text, start, end):
        if not _DENIED.search(text[max(start, match.start() - 30) : match.start()]):
            wound = OPEN_III if _TYPE_III.search(text, start, end) else OPEN
            break
    if not wound and _CLOSED_WORDS.search(text, start, end):
        wound = CLOSED
    for healing, words in (("nonunion", _NONUNION), ("malunion", _MALUNION), ("delayed", _DELAYED)):
        for match in words.finditer(text, start, end):
            if not _DENIED.search(text[max(start, match.start() - 30) : match.start()]):
                return FractureState(wound, healing)
    return FractureState(wound)


def seventh_character(state: FractureState, episode: str, known: frozenset[str]) -> str:
    """Return the 7th character among those that the category knows; "" where the fracture rule has nothing to say.

    ``episode`` is A, D or S. Categories without types of open fracture have B for all open fractures at first, and
    one character for closed and open ones later.
    """
    row = _CHARACTERS.get(state.healing or episode)
    if row is None:
        return ""
    number = {OPEN: 1, OPEN_III: 2}.get(state.wound, 0)
    return next((row[n] for n in range(number, -1, -1) if row[n] in known), "")
