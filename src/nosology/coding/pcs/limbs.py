"""Reports that go through several limbs: which stretches of the text are about the limb of a statement.

"The right wrist was approached through the FCR. The fragments were reduced …": a side and a region open a stretch that
lasts until another limb is named. What a fracture of one limb leaves open is read from its own stretches, never from
those of another limb.

Source: ICD-10-PCS Official Guidelines B3.2a (several body parts), B4.3 (sides).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from nosology.model.note import Span

__all__ = ["Limbs", "read_limbs"]

_REGIONS = {
    "thigh": r"femur|femoral (?:shaft|neck|head|condyles?|fracture|nail)|thigh|hip|acetabul\w+",
    "knee": r"knee|patella\w*",
    "leg": r"tibia\w*|fibula\w*|leg|calf|shin|ankle|malleol\w+|pilon|plafond|plateau|lower extremity",
    "foot": r"foot|heel|calcane\w+|talus|toes?|hallux|metatars\w+|forefoot",
    "arm": r"humer(?:us|al)|arm|shoulder|clavic\w+|scapula",
    "forearm": r"radius|radial (?:shaft|head|styloid|fracture)|ulna\w*|forearm|wrist|elbow|olecranon|upper extremity",
    "hand": r"hand|fingers?|thumb|metacarp\w+",
}
_NEIGHBOURS = {"knee": ("thigh", "leg")}
_WORD = r"(?:(?!and\b|or\b|to\b|from\b|of\b|in\b|with\b|side\b|was\b|were\b|upper lobe\b)[\w-]+[\s,]+)"
_MENTION = re.compile(
    rf"\b(?P<side>right|left|rt|lt|(?-i:R|L)(?= [a-z]))\.?[\s-]+{_WORD}{{0,3}}?(?:"
    + "|".join(rf"(?P<{zone}>{words})" for zone, words in _REGIONS.items())
    + r")\b",
    re.IGNORECASE,
)
_SIDES = {"r": "right", "l": "left"}
_OF_LIMBS = "HJKLMPQRSXY"
"""Body systems whose parts are regions, bones, joints and soft tissues of limbs."""
_FEW = 2


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    side: str
    zone: str

    def same(self, other: _Mention) -> bool:
        """Return whether two mentions are of one limb, as far as their words go."""
        if self.side != other.side:
            return False
        return (
            self.zone == other.zone
            or other.zone in _NEIGHBOURS.get(self.zone, ())
            or self.zone in _NEIGHBOURS.get(other.zone, ())
        )


class Limbs:
    """The limbs that a report names in turn."""

    def __init__(self, text: str, mentions: Sequence[_Mention]) -> None:
        self._text = text
        self._mentions = tuple(mentions)
        self._starts = [each.start for each in mentions]

    def concerns(self, code: str) -> bool:
        """Return whether a table is of parts of limbs."""
        return code[:1] == "0" and code[1:2] in _OF_LIMBS

    def cut(self, spans: Sequence[Span], clause: Span, place: Span) -> list[Span] | None:
        """Return what of ``spans`` is about the limb of the statement at ``place``; None where no limb is known."""
        own = self._limb_of(clause, place)
        if own is None:
            return None
        kept: list[Span] = []
        for span in spans:
            kept += [
                Span(max(start, span.start), min(end, span.end))
                for start, end in self._stretches(own)
                if max(start, span.start) < min(end, span.end)
            ]
        return kept

    def _limb_of(self, clause: Span, place: Span) -> _Mention | None:
        """The limb named in the clause, the nearest to the statement; else the one named last before it."""
        first = bisect_right(self._starts, clause.start - 1)
        inside = [each for each in self._mentions[first:] if each.start < clause.end]
        if inside:
            return min(
                inside,
                key=lambda m: (
                    0
                    if m.start < place.end and m.end > place.start
                    else min(abs(m.start - place.end), abs(place.start - m.end))
                ),
            )
        return self._mentions[first - 1] if first else None

    def _stretches(self, own: _Mention) -> list[tuple[int, int]]:
        """From the sentence that names the limb to the sentence that names another."""
        found: list[tuple[int, int]] = []
        ends = [self._opening(each.start) for each in self._mentions[1:]] + [len(self._text)]
        for mention, end in zip(self._mentions, ends, strict=True):
            if mention.same(own):
                start = self._opening(mention.start)
                found.append((start, max(end, mention.end)))
        return found

    def _opening(self, place: int) -> int:
        """Where the sentence or the item of a list begins in which a limb is named."""
        before = max(self._text.rfind(mark, 0, place) for mark in (". ", "\n", "; "))
        return before + 1 if before >= 0 else 0


def read_limbs(text: str, heads: Sequence[Span]) -> Limbs | None:
    """Return the limbs of a report; None where its lists of procedures and diagnoses, the ``heads``, name one at most.

    What the text says of a limb that no list names, as of a hip pinned years ago, opens no stretch.
    """
    mentions = [
        _Mention(m.start(), m.end(), _SIDES[m["side"][0].lower()], next(zone for zone in _REGIONS if m[zone]))
        for m in _MENTION.finditer(text)
    ]
    listed = [each for each in mentions if any(head.start <= each.start < head.end for head in heads)]
    if len(listed) < _FEW or all(each.same(listed[0]) for each in listed):
        return None
    return Limbs(text, [each for each in mentions if any(each.same(other) for other in listed)])
