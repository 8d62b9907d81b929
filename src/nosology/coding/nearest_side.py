"""Which of the sides that a sentence speaks of is that of a condition: the one in its own part of the sentence, and
there the nearest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence

from nosology.model.note import Span

__all__ = ["SIDE_REACH", "Side", "nearest_side", "own_sides"]

SIDE_REACH = 9  # places to either side in which a word for a side can belong to a mention
Side = tuple[int, int, str]  # offset in the text, place among the words, right, left or bilateral

# What parts two conditions of a sentence, not a condition from its side: "fasciitis, right, tendinitis, left"
_PARTS = re.compile(
    r"(?:[,;]|\s(?:and|&|plus|but|with))\s+"
    r"(?!(?:(?:on|in|of|the)\s+)*(?:right|left|bilateral\w*|both|[RL])(?:[ -](?:side|sided|ear|eye|knee|hip|foot))?"
    r"\s*(?:[.,;)\n]|\Z))",
    re.IGNORECASE,
)


def own_sides(text: str, sentence: Span, own: Span, sides: list[Side], named: Collection[Span]) -> list[Side]:
    """Return the sides without those of other conditions, where the mention at ``own`` has one in its own part.

    ``named`` are the places that name conditions: "knee pain on the right, hip pain on the left".
    """
    cuts = [m.start() for m in _PARTS.finditer(text, sentence.start, sentence.end)]
    cuts = [cut for cut in cuts if not own.start <= cut < own.end]
    if not cuts:
        return sides
    mine = bisect_right(cuts, own.start)
    if not any(bisect_right(cuts, side[0]) == mine for side in sides):
        return sides
    others = {bisect_right(cuts, place.start) for place in named} - {mine}
    return [side for side in sides if bisect_right(cuts, side[0]) not in others]


def nearest_side(sides: Sequence[Side], begin: int, finish: int) -> str:
    """Return the side said nearest to the places ``begin`` to ``finish``; inside and before go before after."""
    best, found = SIDE_REACH + 1, ""
    said = set()
    for _offset, place, side in sides:
        said.add(side)
        distance = 0 if begin <= place <= finish else begin - place if place < begin else place - finish + 1
        if distance < best:
            best, found = distance, side
    if found and said == {"right", "left"} and best > 0:  # "right and left knee", not "right stroke with left weakness"
        near = [(place, side) for _offset, place, side in sides if abs(place - begin) <= 4]
        if any(one != other and abs(p - q) <= 1 for p, one in near for q, other in near):
            return "bilateral"
    return found
