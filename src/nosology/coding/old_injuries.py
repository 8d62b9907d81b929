"""Injuries of years ago: a bare year beside an injury says when it happened ("GSW to abdomen 2004") (I.C.19.a)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from nosology.coding.candidates import Fact
from nosology.model.note import Temporality

__all__ = ["date_back"]

_YEAR_BEHIND = re.compile(r"[\s,(–-]{1,3}(?P<year>(?:19|20)\d\d)\b(?![-/.:]?\d)")
_YEAR_AHEAD = re.compile(r"(?:\A|[^\w/.-])(?P<year>(?:19|20)\d\d)(?: |: | - )\Z")
_YEAR_WITHIN = re.compile(r"\bin (?P<year>(?:19|20)\d\d)\b(?![-/.:]?\d)")
_BEHIND, _AHEAD = 10, 9  # code points in which the year may stand
_RECENT = 2  # years in which an injury may still be under treatment
_FIRST = "ABC"  # last characters of codes of an injury under treatment


def date_back(facts: list[Fact], text: str, on: date) -> None:
    """Put the injuries into the past that the chart dates years before the service, in place."""
    for fact in facts:
        code, mention = fact.code, fact.mention
        if code[0] not in "ST" or code[-1] not in _FIRST or mention.temporality is not Temporality.CURRENT:
            continue
        span = mention.span
        told = _YEAR_BEHIND.match(text, span.end, span.end + _BEHIND)
        if told is None:
            told = _YEAR_AHEAD.search(text[max(0, span.start - _AHEAD) : span.start])
        if told is None:  # "overdosed in 2019 on heroin"
            told = _YEAR_WITHIN.search(text, span.start, span.end)
        if told is not None and int(told["year"]) <= on.year - _RECENT:
            fact.mention = replace(mention, temporality=Temporality.HISTORICAL, cue=mention.cue or told["year"])
