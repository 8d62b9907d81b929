"""The side of a part of the body where the note speaks of both, and of one of them as sound.

"Phalen's is positive at the right wrist, negative at the left" leaves one wrist for the carpal tunnel syndrome that the
assessment names without a side (Guidelines I.B.2, I.B.13: the entire record gives the detail). Nothing is taken where
both sides have something, nor from what a person had in the past.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from nosology.coding.body_sides import Parts, part_at, parts_of
from nosology.lexicon.lexicon import Lexicon, Tokens
from nosology.model.note import Note

__all__ = ["PartSides"]

_Side = tuple[int, int, str]  # offset, place, side
_NONE: Parts = frozenset()
_BESIDE = ("family_history", "social_history", "medications", "allergies", "education", "instructions")
_PAST_SECTIONS = ("past_medical_history", "past_surgical_history", "problem_list", "procedures")
# before the side, in its clause: "negative at the left", "compared with the right", "no pain in the left knee"
_NOT_THERE = re.compile(
    r"\b(?:no|not|nor|denies|without|negative|normal|unaffected|uninvolved|unremarkable|asymptomatic|intact"
    r"|compared|than|contralateral|opposite|unlike|relative to)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|without|denies|negative(?: for)?)\b[^,.;:\n]*|\bnon-?tender\w*|\bpain(?:less|[- ]free)\w*",
    re.IGNORECASE,
)
_SOUND = re.compile(
    r"\b(?:normal|unremarkable|intact|unaffected|uninvolved|asymptomatic|full|clear|pearly|symmetric|5/5|stable|supple"
    r"|good|strong|benign|well[- ]preserved)\b",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"\b(?:tender|pain|swell|swollen|effus|positive|decreas|diminish|limit|reduc|restrict|weak|red\b|eryth|bulg|inject"
    r"|lesion|mass|lump|nodul|wound|ulcer|fractur|tear|torn|injur|numb|tingl|stiff|hurt|ach|sore|sprain|strain|deform"
    r"|bruis|ecchym|lacerat|abras|discharg|drain|occlu|impact|locking|catch|trigger|crepit|warm|spasm|narrow|cloud|opac"
    r"|stain|uptake|fluid|dull|retract|perforat)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:status post|s/p|replaced|arthroplast\w+|history of|previous(?:ly)?|prior|years? ago|in (?:19|20)\d\d|old)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:.\n]|\b(?:and|but|while|whereas)\b")


class _Told(NamedTuple):
    side: str
    parts: Parts
    past: bool


class PartSides:
    """What a note tells of the sides of each part of the body, leaving out what it calls sound."""

    def __init__(self, note: Note, tokens: Tokens, lexicon: Lexicon, sides: Iterable[_Side]) -> None:
        self._note = note
        self._text = note.document.text
        self._tokens = tokens
        self._lexicon = lexicon
        self._sides = sorted(sides)
        self._told: list[_Told] | None = None

    def of(self, own: Parts) -> str:
        """Return the one side that the note tells of this very part as a matter of now; "" where it tells of both or
        none. A wider or neighbouring part (the leg of a knee) can speak against a side, not for it.
        """
        if self._told is None:
            self._told = self._find_told()
        told = [each for each in self._told if not own.isdisjoint(each.parts)]
        if len({each.side for each in told}) != 1 or all(each.past or each.parts != own for each in told):
            return ""
        return told[0].side

    def _find_told(self) -> list[_Told]:
        found = []
        sentences, starts = self._note.sentences, self._tokens.starts
        for number, (start, _place, side) in enumerate(self._sides):
            at = bisect_right(sentences, start, key=lambda s: s.span.start) - 1
            if at < 0:
                continue
            sentence = sentences[at]
            kind = self._note.sections[sentence.section].kind
            if kind in _BESIDE or kind in _PAST_SECTIONS:
                continue
            low, high = sentence.span.start, sentence.span.end
            parts = part_at(bisect_left(starts, start), self._tokens, self._lexicon) or self._before(low, start)
            after = self._sides[number + 1][0] if number + 1 < len(self._sides) else high
            if after < high:  # what stands before the next side in its own clause is said of that one
                after = max((m.start() for m in _CLAUSE.finditer(self._text, start, after)), default=after)
            if parts and not self._is_sound(low, start, min(after, high)):
                found.append(_Told(side, parts, _PAST.search(self._text, low, high) is not None))
        return found

    def _before(self, low: int, start: int) -> Parts:
        """Return the part named last in the sentence before a side: "at the right wrist, negative at the left"."""
        first, last = self._tokens.window(low, start)
        named = (parts_of((atom,), self._lexicon) for atom in reversed(self._tokens.atoms[first:last]))
        return next((parts for parts in named if parts), _NONE)

    def _is_sound(self, low: int, start: int, end: int) -> bool:
        """True where the words around a side call it sound or say that something is lacking there."""
        text = self._text
        begin = max((m.end() for m in _CLAUSE.finditer(text, low, start)), default=low)
        if _NOT_THERE.search(text, begin, start):
            return True
        if _FOUND.search(text, begin, start):
            return False
        behind = text[start:end]
        rest = _DENIED.sub(" ", behind)
        return _FOUND.search(rest) is None and (rest != behind or _SOUND.search(rest) is not None)
