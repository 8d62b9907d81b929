"""How many places of the body a statement lists, where each place is a lesion of its own.

Places count where they stand in a list ("left cheek, right forearm and back") or in statements of their own; a place
whose words another place holds ("left arm" beside "left upper arm") is the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from nosology.coding.em.scan import compiled

__all__ = ["count_places"]

_WHERE = (
    r"(?:(?:left|right|upper|lower|mid(?:dle)?|medial|lateral|dorsal|volar|anterior|posterior|proximal|distal|central"
    r"|inner|outer|superior|inferior|l|r)[ -]){0,4}"
)
_NUMBER = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_JOINT = re.compile(
    r"\s*(?:\([^()]{0,20}\))?\s*(?:,|;|/|&|\+|\band\b|\n)[\s,]*"
    r"(?:(?:and|the|her|his|one|on|of|from|at|\d[.)]?|[a-h][.)])\s+)*",
    re.I,
)
_SHORT = {"l": "left", "r": "right"}


@cache
def _place(places: str) -> str:
    return rf"\b{_WHERE}{places}"


@cache
def _shared(places: str) -> str:
    numbers = "|".join(_NUMBER)
    return (
        rf"(?<![\w.])(\d|{numbers}) (?:lesions? |biops(?:y|ies) )?(?:on|from|at|of) (?:the |her |his )?{_WHERE}{places}"
    )


def count_places(places: str, texts: Iterable[str]) -> int:
    """The places that the texts list, the pattern tells which words are one; 0 where none is named.

    >>> count_places(r"\b(?:cheek|forearm|back)\b", ["shave biopsies of the left cheek, right forearm and back"])
    3
    """
    found: list[frozenset[str]] = []
    shared = 0
    for text in texts:
        told = [match[1].lower() for match in compiled(_shared(places)).finditer(text)]
        if len(told) > 1:
            shared = max(shared, sum(_NUMBER.get(each) or int(each) for each in told))
        for words in _listed(places, text):
            if not any(words <= other for other in found):
                found = [other for other in found if not other <= words] + [words]
    return max(len(found), shared)


def _listed(places: str, text: str) -> Iterator[frozenset[str]]:
    """Yield the words of the first place in a text and of those that are listed behind it."""
    end = None
    for match in compiled(_place(places)).finditer(text):
        if end is not None and not _JOINT.fullmatch(text, end, match.start()):
            return
        end = match.end()
        yield frozenset(_SHORT.get(word, word).rstrip("s") for word in re.findall(r"[a-z]+", match.group().lower()))
