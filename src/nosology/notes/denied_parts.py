"""What stands before a denial inside a mention: "pneumonia, not aspiration" is a pneumonia all the same.

The words on both sides of the denial may make a term together, which hides the shorter one and is itself denied
(rule `III.B-denied-within`). The words before the denial are therefore asked once more by themselves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from nosology.lexicon.lexicon import Lexicon, Match, Tokens
from nosology.lexicon.patterns import WordPattern

__all__ = ["DENIALS", "parts_before_denials"]

DENIALS = WordPattern(r"\b(?:not|without|w/o|no)\b(?! (?:only|just|otherwise|yet)\b)")
_NO_CONDITION = ("R", "V", "W", "X", "Y", "Z")  # a bare symptom or status that a denial qualifies says too little


def parts_before_denials(matches: Sequence[Match], text: str, lexicon: Lexicon, tokens: Tokens) -> list[Match]:
    """Return the conditions that the words before a denial name, where the words behind it hid them."""
    found: list[Match] = []
    for match in matches:
        split = _split(match.where, text, tokens) if len(match.where) > 1 else None
        if split is None:
            continue
        held = {i for other in matches if other is not match for i in other.where}
        for part in lexicon.match(tokens, match.where[0], split):
            named = not lexicon.term(part.term).codes[0].startswith(_NO_CONDITION)
            if named and held.isdisjoint(part.where) and not set(match.where).isdisjoint(part.where):
                found.append(part)
    return found


def _split(where: tuple[int, ...], text: str, tokens: Tokens) -> int | None:
    """Return the first word behind the first denial that stands between the words of a match; None without one."""
    for left, right in pairwise(where):
        denial = DENIALS.search(text, tokens.ends[left], tokens.starts[right])
        if denial:
            return bisect_left(tokens.starts, denial.start(), left + 1, right)
    return None
