"""What a writer shortened with a stroke, or misspelt by one letter, is read in full.

"w/" is read as "with"; the words of ``data/spelling.txt`` are read where one of their letters is left out or written
twice, or two stand in the wrong order. The quotes stay as the author wrote them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from nosology.notes.residue import Offsets, replace_parts

__all__ = ["spell_out"]

_DATA = Path(__file__).with_name("data") / "spelling.txt"
_WORD = re.compile(r"[a-z]{5,}")
_SHORT = re.compile(
    r"(?<![\w/.&-])(?:w/(?:o(?:ut)?(?![\w/])|in(?![\w/])|(?=[ \t]*[a-z]{3}|[ \t]))"
    r"|f/u(?![\w/]))",
    re.IGNORECASE,
)
_FULL = {"w/": "with", "w/o": "without", "w/out": "without", "w/in": "within", "f/u": "follow-up"}


@cache
def _misspellings() -> dict[str, str]:
    """Return the misspellings with the word that each is of; none that may be of two."""
    said, _, others = _DATA.read_text(encoding="utf-8").partition("\n---\n")
    words = [word for line in said.splitlines() if not line.startswith("#") for word in line.split()]
    known = {*words, *others.split()}
    found: dict[str, str] = {}
    twice: set[str] = set()
    for word in words:
        for wrong in _wrong(word) - known:
            if found.setdefault(wrong, word) != word:
                twice.add(wrong)
    return {wrong: word for wrong, word in found.items() if wrong not in twice}


def _wrong(word: str) -> set[str]:
    """Return ``word`` with one letter left out or written twice, or with two letters in the wrong order."""
    size = range(1, len(word))
    found = {word[:i] + word[i + 1 :] for i in size} | {word[:i] + word[i] + word[i:] for i in size}
    return found | {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in size if i + 1 < len(word)}


def spell_out(text: str, offsets: Offsets | None) -> tuple[str, Offsets | None]:
    """Return ``text`` with its words in full and rightly spelt, and the offsets of that."""
    edits: list[tuple[int, int, str]] = []
    low = text.lower()
    if len(low) != len(text):
        return text, offsets
    wrong = _misspellings()
    for word in wrong.keys() & set(_WORD.findall(low)):
        for match in re.finditer(rf"(?<![a-z]){word}(?![a-z])", low):
            said = text[match.start() : match.end()]
            right = wrong[word]
            right = right.upper() if said.isupper() else right.capitalize() if said[0].isupper() else right
            edits.append((match.start(), match.end(), right))
    for begins in ("w/", "f/u"):
        at = low.find(begins)
        while at >= 0:
            short = _SHORT.match(text, at)
            at = low.find(begins, at + 1)
            if short is not None:
                edits.append((*short.span(), _in_full(short)))
    return replace_parts(text, sorted(edits), offsets) if edits else (text, offsets)


def _in_full(short: re.Match[str]) -> str:
    """Return the words that were shortened with a stroke, in capitals where those were."""
    said = short[0]
    right = _FULL[said.lower()]
    if said[0].isupper():
        right = right.upper() if said.isupper() and len(said) > 2 else right.capitalize()
    following = short.string[short.end() : short.end() + 1]
    return f"{right} " if said[-1] == "/" and not following.isspace() else right
