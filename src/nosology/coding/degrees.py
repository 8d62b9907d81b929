"""Whose degree it is: in "systolic heart failure and acute bronchitis" the heart failure is not acute."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from nosology.lexicon.degrees import DEGREES
from nosology.lexicon.lexicon import Lexicon, Tokens
from nosology.model.note import Mention, Span

__all__ = ["degrees_said", "is_of_other"]

_APART = re.compile(r"\b(?:with|w/)(?!\w)|[,;]", re.IGNORECASE)


def degrees_said(mentions: Iterable[Mention], text: str, lexicon: Lexicon, tokens: Tokens) -> dict[int, list[Span]]:
    """Return the places of the degrees that stand in mentions, or directly before them, with the spans of these."""
    degrees = {number for word in DEGREES if (number := lexicon.ids.get(word)) is not None}
    atoms, starts, ends = tokens.atoms, tokens.starts, tokens.ends
    said: dict[int, list[Span]] = {}
    for span in {mention.span for mention in mentions}:
        first, last = tokens.window(span.start, span.end)
        for i in range(first, last):
            if atoms[i] in degrees:
                said.setdefault(i, []).append(span)
        while (
            0 < first < len(atoms) and atoms[first - 1] in degrees and text[ends[first - 1] : starts[first]].isspace()
        ):
            first -= 1
            said.setdefault(first, []).append(span)
    return said


def is_of_other(place: int, mention: Span, said: Mapping[int, Sequence[Span]], text: str, tokens: Tokens) -> bool:
    """True for a degree close to a mention that is said of others: behind it, or before it and parted from it."""
    spans = said.get(place)
    if spans is None or any(span.overlaps(mention) for span in spans):
        return False
    if tokens.starts[place] >= mention.end:
        return True
    end = max(span.end for span in spans)
    return end <= mention.start and _APART.search(text, end, mention.start) is not None
