"""Where a quote begins and ends: the words of a sentence that state one condition, without what belongs to another.

A coder quotes the diagnosis with its side, stage or course, not the orders behind the dash nor the next diagnosis in
the row. Of a drug the quote is its name with its dose.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from nosology.coding.meat import FARES, ORDERS, holds
from nosology.model.note import Span

__all__ = ["ClauseCutter", "first_clause"]

_MORE = 4  # words behind a comma or a dash that still belong to the statement
_NEAR = 40  # code points between two mentions of one condition that are quoted together
_CUT = re.compile(
    r"[;:,\s—→](?:(?<=[—→])|(?=[\s(=→–—abfiow-]))(?:(?P<hard>(?<=[;:])\s|(?<=\s)(?:[–—-]+|→|[-=]+>)\s|(?<=[—→]))"
    r"|(?P<list>(?<=,)\s|(?<=\s)(?=\())"
    r"|(?<=\s)(?:(?:for|of|with|in) )?(?:which|who|where|but|as well as|while|because)\s)"
)
# with what a match of it begins, or what follows the blank with which it begins
_SIGNS, _AFTER_BLANK = (";", ":", ",", "—", "→"), ("(", "-", "–", "—", "→", "=")
_CONJUNCTIONS = ("which", "who", "where", "but", "as well as", "while", "because")
_WORDS_BEFORE = ("for", "of", "with", "in")  # a conjunction
_BRACKETS = re.compile(r"\([^()]*\)")
_LEADS_IN = re.compile(
    r"^\W*(?:as )?(?:regarding|for|with (?:regards?|respect)|concerning|given|in terms of|as far as)\b", re.IGNORECASE
)
_HOW_SURE = re.compile(
    r"^\W*(?:possibl[ey]|likely|probabl[ey]|suspected|presumed|concern\w*|versus|vs\.?|rule out|r/o)\b", re.IGNORECASE
)
_STATE = re.compile(
    r"\b(?:resol\w+|worse|quiet|active|quiescent|good control|uncomplicated|mild|moderate|severe|left|right"
    r"|bilateral\w*|both|class|stage|grade|type|acute|chronic)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r";\s|,?\s(?:but|which|so|because|given|while|to (?:see|treat|help)|and then)\s", re.IGNORECASE)
_LEAST = 20  # code points before an aside that are quoted by themselves
_AFTER_DRUG = re.compile(r"\s(?:and|plus|\+|/|&|for|with|then)\s|,\s|\s\(")
_BEFORE_DRUG = re.compile(r"\s(?:and|plus|\+|/|&|with|then)\s|,\s")
_TWO_WORDS = re.compile(r"(?:\W*+\w++){2}")
_TOO_MANY = re.compile(rf"(?:\W*+\w++){{{_MORE + 1}}}")


class ClauseCutter:
    """Cuts sentences of one text; ``named`` are the places that name any reported condition."""

    def __init__(self, text: str, named: Collection[tuple[int, int]]) -> None:
        self._text = text
        self._named = sorted(named)

    def cut(self, whole: Span, mention: Span, own: Collection[tuple[int, int]]) -> Span:
        """Return the part of ``whole`` that states what ``mention`` names.

        ``own`` are the places of the same condition; a part behind a comma stays while it is short and names no other
        condition, a part behind a dash or a colon while it says how the condition fares.
        """
        text = self._text
        low, high = mention.start, mention.end
        for start, end in own:
            if start >= whole.start and end <= whole.end and min(abs(start - high), abs(end - low)) < _NEAR:
                low, high = min(low, start), max(high, end)
        cuts = _find_cuts(text, whole.start, whole.end)
        if not cuts:
            return whole
        if text.find("(", whole.start, whole.end) >= 0:
            masked = [m.span() for m in _BRACKETS.finditer(text, whole.start, whole.end)]
            masked = [(a, b) for a, b in masked if not (a <= low and high <= b)]
            cuts = [c for c in cuts if not any(a < c.start() < b - 1 for a, b in masked)]
        begin = whole.start
        after: list[re.Match[str]] = []
        for cut in cuts:
            if cut.start() >= high:
                after.append(cut)
            elif cut.end() <= low:
                begin = cut.end()
        stop = whole.end
        if after and not _LEADS_IN.match(text[begin:low]):
            for number, cut in enumerate(after):
                end = after[number + 1].start() if number + 1 < len(after) else whole.end
                if not self._belongs(cut, Span(cut.end(), max(cut.end(), end)), own, text[begin : cut.start()]):
                    stop = cut.start()
                    break
        while stop > high and text[stop - 1] in " \n,;":
            stop -= 1
        return Span(begin, stop)

    def drug(self, clause: Span, mention: Span) -> Span:
        """Return the part of ``clause`` that holds one drug and its dose, without the drugs beside it."""
        text = self._text
        end = _AFTER_DRUG.search(text, mention.end, clause.end)
        before = [m.end() for m in _BEFORE_DRUG.finditer(text, clause.start, mention.start)]
        return Span(before[-1] if before else clause.start, end.start() if end else clause.end)

    def _belongs(self, cut: re.Match[str], part: Span, own: Collection[tuple[int, int]], before: str) -> bool:
        words = self._text[part.start : part.end]
        if _HOW_SURE.match(words):
            return True
        kind = cut.lastgroup
        if kind is None or _TOO_MANY.match(words):
            return False
        if kind == "list":
            return _TWO_WORDS.match(before) is None or not self._names_other(part, own)
        if cut.group() == "; " or holds(ORDERS, self._text, part):
            return False
        return _STATE.search(words) is not None or holds(FARES, self._text, part)

    def _names_other(self, part: Span, own: Collection[tuple[int, int]]) -> bool:
        named: Sequence[tuple[int, int]] = self._named
        for place in named[bisect_left(named, (part.start, 0)) :]:
            if place[0] >= part.end:
                return False
            if place[1] <= part.end and place not in own:
                return True
        return False


def _find_cuts(text: str, start: int, stop: int) -> list[re.Match[str]]:
    """Return the matches of _CUT in ``text[start:stop]``, which is tried where one may begin."""
    places: set[int] = set()
    for sign in _SIGNS:
        at = text.find(sign, start, stop)
        while at >= 0:
            places.add(at)
            at = text.find(sign, at + 1, stop)
    for sign in _AFTER_BLANK:
        at = text.find(sign, start + 1, stop)
        while at >= 0:
            if text[at - 1].isspace():
                places.add(at - 1)
            at = text.find(sign, at + 1, stop)
    for sign in _CONJUNCTIONS:
        at = text.find(sign, start + 1, stop)
        while at >= 0:
            if text[at - 1].isspace():
                places.add(at - 1)
                if text[at - 1] == " ":
                    for word in _WORDS_BEFORE:
                        blank = at - 2 - len(word)
                        if blank >= start and text.endswith(word, blank, at - 1) and text[blank].isspace():
                            places.add(blank)
            at = text.find(sign, at + 1, stop)
    found: list[re.Match[str]] = []
    end = 0
    for at in sorted(places):
        if at >= end and (match := _CUT.match(text, at, stop)) is not None:
            found.append(match)
            end = match.end()
    return found


def first_clause(text: str, span: Span) -> Span:
    """Return the beginning of a sentence of care, up to its reason, its exception or its purpose."""
    for aside in _ASIDE.finditer(text, min(span.start + _LEAST, span.end), span.end):
        return Span(span.start, aside.start())
    return span
