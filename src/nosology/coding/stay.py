"""The days of a stay: when it began and ended, and which dates and day words lie after the day of admission."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nosology.codes.late_pattern import late_pattern

__all__ = ["Moment", "Stay", "find_moments", "find_stay", "with_numbers"]


class Stay(NamedTuple):
    """Days of admission and discharge as numbers that grow with the calendar (31 times the month plus the day)."""

    first: int
    last: int


class Moment(NamedTuple):
    """A date or day word at ``start`` to ``end`` of the text, and whether it lies after the day of admission."""

    start: int
    end: int
    late: bool


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMES = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_MONTH = late_pattern(
    rf"\b(?P<month>{_NAMES}) (?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year>(?:19|20)\d\d))?\b"
    rf"|\b(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? (?P<month2>{_NAMES})(?:,? (?P<year2>(?:19|20)\d\d))?\b"
    r"|\b(?P<year3>20\d\d)-(?P<month3>[01]\d)-(?P<day3>[0-3]\d)\b"
)
_D = r"(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?:/\d{2,4})?(?![/\d])"
_RANGE = late_pattern(
    r"\b(\d{1,2})/(\d{1,2})/\d{2,4}\s*(?:[–—→-]+>?|/|to|until|through)\s*(\d{1,2})/(\d{1,2})/\d{2,4}",
    re.IGNORECASE,
)
_NAMED_RANGE = late_pattern(
    rf"\b(?:stay|dates?|hospitali[sz](?:ed|ation)|admission|inpatient|LOS)\b[^\n\d]{{0,20}}{_D}"
    rf"\s*(?:[–—→-]+>?|to|until|through)\s*{_D}",
    re.IGNORECASE,
)
_FROM = late_pattern(
    rf"\b(?:(?:re)?adm(?:it|itted|ission|itting)?|(?:date |transfer(?:red)? |time )in|DOA|activation)\b"
    rf"[\s:.a-z|*-]{{0,16}}{_D}"
    r"|\b(?:in|dates?)\b[\s:.a-z-]{0,12}(\d{1,2})/(\d{1,2})/\d{2,4}"
    rf"|\bDOB\b[\s:]{{0,4}}{_D}(?=[^\n]{{0,20}}\b(?:d/?c|disch))",
    re.IGNORECASE,
)
_UNTIL = late_pattern(
    rf"\b(?:disch(?:arged?)?|d/?c|dc|date out|out|discharged|left|DOD)\b[\s:.a-z|*-]{{0,16}}{_D}", re.IGNORECASE
)
_FROM_PROSE = late_pattern(
    rf"\b(?:admitted|(?:transferred|came) to (?:us|our|this)|(?:arrived|joined us))\b[^.\n]{{0,90}}?(?<![\d/]){_D}",
    re.IGNORECASE,
)
_UNTIL_PROSE = late_pattern(
    rf"\b(?:discharged|transferred(?! to (?:us|our|this)\b)|went home|left (?:us|the (?:hospital|ward|unit)))\b"
    rf"[^.\n]{{0,90}}?(?<![\d/]){_D}",
    re.IGNORECASE,
)
_SHORT = late_pattern(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/%])")
# "Pulm 12/3:" dates a note, not what it tells
_NOTE_OF = late_pattern(
    r"(?:^|[\n.;(] *)[A-Z][\w/]*(?: [A-Z]\w*)? \(?\d{1,2}/\d{1,2}\)?:"
)  # "Pulm 12/3:" dates a note, not what it tells
_WORDS = "two|three|four|five|six|seven|eight|nine|ten"
_DAY = late_pattern(
    rf"\b(?:hosp(?:ital)? day|HD|(?:on|by|from|since|until|of|late|early) days?) ?#? ?"
    rf"(?:(?P<number>\d{{1,2}})|(?P<word>{_WORDS})|one)\b"
    r"|(?<![\w/+-])(?<!vit )(?<!vitamin )(?<!cycle )D ?#?(?P<bare>[1-46-9]|1[1-9]|2\d)"
    r"(?![\w/%]|\.\d|[ -](?:\d|receptor|agonist|antagonist|dimer|W\b|NS\b|LR\b))"
    r"|\b(?:on|by|from|since|until|after|late|early) D ?#?(?P<bare2>5|10)"
    r"(?![\w/%]|\.\d|[ -](?:\d|W\b|NS\b|LR\b|gtt|drip|infusion))"
    r"|\b(?:POD|PPD|DOL|post-?(?:op(?:erative)?|partum|procedure) day|day of life) ?#? ?"
    r"(?P<after>\d{1,2}|one|two|three|four|five|six|seven)\b"
    r"|(?:(?<=, )|(?<=\()|(?<=noted )|(?<=seen )|(?<=found )|(?<=until ))day (?P<item>\d{1,2})\b(?! ?(?:of\b|/))"
    r"|\b(?P<night>(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) "
    r"(?:hospital |postoperative )?(?:day|night|morning|evening))\b",
    re.IGNORECASE,
)  # "D3" is a day of the stay in telegraphic notes; D5 and D10 are sugar solutions as well

_CYCLE = late_pattern(r"\b(?:cycle|chemo\w*|therapy|infusion)\b", re.IGNORECASE)  # "R-CHOP cycle 3 (day 9)"


def with_numbers(text: str) -> str:
    """Return ``text`` with its dates in words as numbers: "April 7th, 2026" and "7 April 2026" are 4/7/2026."""

    def number(match: re.Match[str]) -> str:
        if match["month3"]:
            return f"{int(match['month3'])}/{int(match['day3'])}/{match['year3']}"
        name, day = match["month"] or match["month2"], match["day"] or match["day2"]
        year = match["year"] or match["year2"]
        return f"{_MONTHS.index(name[:3].lower()) + 1}/{int(day)}" + (f"/{year}" if year else "")

    return _MONTH.sub(number, text)


@lru_cache(maxsize=4)
def find_stay(text: str) -> Stay | None:
    """Return the stay whose dates the head of a chart names, None if it does not give both."""
    text = with_numbers(text)
    if match := _RANGE.search(text) or _NAMED_RANGE.search(text):
        first, last = _day(match[1], match[2]), _day(match[3], match[4])
    else:
        one = _FROM.search(text) or _FROM_PROSE.search(text)
        two = _UNTIL.search(text) or _UNTIL_PROSE.search(text)
        if one is None or two is None:
            return None
        begin = [g for g in one.groups() if g]
        first, last = _day(begin[0], begin[1]), _day(two[1], two[2])
    return Stay(first, last if last >= first else last + 372)


def find_moments(text: str, stay: Stay | None) -> list[Moment]:
    """Return the dates of the stay and day words of ``text`` (dates as numbers); other dates are not late."""
    found = []
    dates = _SHORT.finditer(text) if stay is not None and "/" in text else ()
    notes = [n.span() for n in _NOTE_OF.finditer(text)] if dates else []
    for match in dates:
        if stay is None or not (1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 31):
            continue
        if any(begin < match.start() < end for begin, end in notes):
            continue
        day = _day(match[1], match[2])
        day = day if day >= stay.first else day + 372
        found.append(Moment(match.start(), match.end(), stay.first < day <= stay.last))
    for match in _DAY.finditer(text):
        if match["item"] and _CYCLE.search(text, max(0, match.start() - 32), match.start()):
            continue
        number = match["number"] or match["bare"] or match["bare2"] or match["item"] or "1"
        late = bool(match["word"] or match["after"] or match["night"]) or number not in ("0", "1")
        found.append(Moment(match.start(), match.end(), late))
    return sorted(found)


def _day(month: str, day: str) -> int:
    return int(month) * 31 + int(day)
