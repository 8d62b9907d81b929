"""Whose degree it is: in "systolic heart failure and acute bronchitis" the heart failure is not acute."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from nosology.lexicon.degrees import DEGREES
from nosology.lexicon.lexicon import Lexicon, Tokens
from nosology.model.note import Mention, Span

__all__ = ["degrees_said", "is_of_other"]

_APART = re.compile(r"\b(?:with|w/)(?!\w)|[,;]", re.IGNORECASE)


def degrees_said(mentions: Iterable[Mention], text: str, lexicon: Lexicon, tokens: Tokens) -> dict[int, list[Span]]:
    """Return the places of the degrees that stand in mentions, or directly before them, with the spans of these."""
    degrees = _degrees(lexicon)
    said: dict[int, list[Span]] = {}
    if degrees.isdisjoint(tokens.atoms):
        return said
    atoms, starts, ends = tokens.atoms, tokens.starts, tokens.ends
    spans = [mention.span for mention in mentions]
    last = len(atoms) - 1
    for place, atom in enumerate(atoms):
        if atom not in degrees:
            continue
        start, behind = starts[place], place
        found = [span for span in spans if span.start <= start < span.end]
        while behind < last and text[ends[behind] : starts[behind + 1]].isspace():
            behind += 1
            low, high = starts[behind - 1], starts[behind]
            found += [span for span in spans if low < span.start <= high]
            if atoms[behind] not in degrees:
                break
        if found:
            said[place] = found
    return said


@lru_cache(maxsize=8)
def _degrees(lexicon: Lexicon) -> frozenset[int]:
    return frozenset(number for word in DEGREES if (number := lexicon.ids.get(word)) is not None)


def is_of_other(place: int, mention: Span, said: Mapping[int, Sequence[Span]], text: str, tokens: Tokens) -> bool:
    """True for a degree close to a mention that is said of others: behind it, or before it and parted from it."""
    spans = said.get(place)
    if spans is None or any(span.overlaps(mention) for span in spans):
        return False
    if tokens.starts[place] >= mention.end:
        return True
    end = max(span.end for span in spans)
    return end <= mention.start and _APART.search(text, end, mention.start) is not None
