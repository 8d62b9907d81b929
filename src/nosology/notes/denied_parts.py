"""What stands before a denial or a doubt inside a mention: "pneumonia, not aspiration" is a pneumonia all the same, and
"anemia, likely iron deficiency" an anemia for certain.

The words on both sides of the denial may make a term together, which hides the shorter one and is itself denied
(rule `III.B-denied-within`); that of a doubt is itself doubted (Guidelines IV.H). The words before the denial or the
doubt are therefore asked once more by themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from nosology.lexicon.lexicon import Lexicon, Match, Tokens
from nosology.lexicon.patterns import WordPattern

__all__ = ["DENIALS", "DOUBTS", "doubted_between", "parts_before_denials", "parts_before_doubts"]

# begins with a letter, not with a boundary: the places where it may stand are found quicker
DENIALS = re.compile(r"[nNwW](?<!\w.)(?i:(?<=n)ot?|(?<=w)(?:ithout|/o))\b(?i:(?! (?:only|just|otherwise|yet)\b))")
DOUBTS = WordPattern(
    r"\b(?:likely|probabl[ey]|possibl[ey]|presumably|presumed|suspect(?:ed)?|perhaps|maybe)\b"
    r"(?<!will likely)(?<!would likely)(?<!as possible)(?! (?:to|need|needs|require|requires|benefit)\b)"
)
_NO_CONDITION = ("R", "V", "W", "X", "Y", "Z")  # a bare symptom or status that a denial qualifies says too little
_NO_FINDING = ("V", "W", "X", "Y", "Z")


def parts_before_denials(matches: Sequence[Match], text: str, lexicon: Lexicon, tokens: Tokens) -> list[Match]:
    """Return the conditions that the words before a denial name, where the words behind it hid them."""
    return _parts_before(DENIALS, _NO_CONDITION, matches, text, lexicon, tokens)


def parts_before_doubts(matches: Sequence[Match], text: str, lexicon: Lexicon, tokens: Tokens) -> list[Match]:
    """Return what the words before a doubt name for certain, where the words behind it hid it: conditions, symptoms."""
    return _parts_before(DOUBTS, _NO_FINDING, matches, text, lexicon, tokens)


def doubted_between(text: str, start: int, end: int) -> bool:
    """True where a word of doubt stands between two words of a mention."""
    return DOUBTS.search(text, start, end) is not None


def _parts_before(
    pattern: WordPattern | re.Pattern[str],
    barred: tuple[str, ...],
    matches: Sequence[Match],
    text: str,
    lexicon: Lexicon,
    tokens: Tokens,
) -> list[Match]:
    found: list[Match] = []
    splits = [_split(pattern, match.where, text, tokens) if len(match.where) > 1 else None for match in matches]
    whole = {i for match, split in zip(matches, splits, strict=True) if split is None for i in match.where}
    for match, split in zip(matches, splits, strict=True):
        if split is None:
            continue
        held = whole.union(*(other.where for other in found))
        for part in lexicon.match(tokens, match.where[0], split):
            named = not lexicon.term(part.term).codes[0].startswith(barred)
            if named and held.isdisjoint(part.where) and not set(match.where).isdisjoint(part.where):
                found.append(part)
    return found


def _split(pattern: WordPattern | re.Pattern[str], where: tuple[int, ...], text: str, tokens: Tokens) -> int | None:
    """Return the first word behind the first denial or doubt that stands between the words of a match; None without."""
    for left, right in pairwise(where):
        denial = pattern.search(text, tokens.ends[left], tokens.starts[right])
        if denial:
            return bisect_left(tokens.starts, denial.start(), left + 1, right)
    return None
