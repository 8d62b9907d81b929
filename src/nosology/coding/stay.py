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
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?"
    r"|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\.?"
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
    rf"\b(?:disch(?:arged?)?|d/?c|dc|date out|out|discharged|left|DOD)\b[\s:.a-z|*-]{{0,16}}{_D}"
    rf"|[,;–—-] home (?:on )?{_D}",
    re.IGNORECASE,
)
_FROM_PROSE = late_pattern(
    rf"\b(?:admitted|(?:transferred|came|(?:came|sent) back|returned) to (?:us|our|this)|(?:arrived|joined us)"
    r"|came to (?:the|an?) (?:\w+ ){0,3}(?:unit|hospital|ward|emergency (?:room|department)|ED|ER))\b"
    rf"[^.\n]{{0,90}}?(?<![\d/]){_D}",
    re.IGNORECASE,
)
_UNTIL_PROSE = late_pattern(
    rf"\b(?:discharged|transferred(?! to (?:us|our|this)\b)|went home|left (?:us|the (?:hospital|ward|unit)))\b"
    rf"[^.\n]{{0,90}}?(?<![\d/]){_D}",
    re.IGNORECASE,
)
_DAYS_OF_MONTH = late_pattern(
    rf"\b(?P<first>[0-3]?\d)(?:st|nd|rd|th)? ?(?:[-–—]|to|until|through) ?(?P<last>[0-3]?\d)(?:st|nd|rd|th)?"
    rf"(?: of)? (?P<month>{_NAMES})(?:,? (?P<year>(?:19|20)\d\d))?(?!\w)"
)  # "9-18 June 2026"
# an entry of a course told by dates
_LOGGED = late_pattern(rf"(?m)^[^\w\n]{{0,4}}{_D}(?=[\s:.,–—-])(?P<entry>[^\n]*)")
_LOG = 3  # entries that make a course
_LONGEST = 93  # days that a stay without a day of discharge may take
_PLANNED = late_pattern(
    r"\b(?:follow\w*|f/?u|appointments?|clinic|return\w*|rebooked|(?:re)?scheduled|repeat|until|through|thru|due|next|recheck"
    r"|will|plan\w*|to be)\b[^.;\n]*$",
    re.IGNORECASE,
)  # what a date lies ahead of
_CONVERTED = late_pattern(
    r"\b(?:convert\w*|chang\w+|made|upgraded|switch\w*|admitted|status) (?:\w+ ){0,3}?(?:to |as )?(?:an? )?inpatient\b"
    r"|\binpatient (?:order|status|admission)\b",
    re.IGNORECASE,
)  # what went before was observation: it was present when the order for admission was given (Appendix I)
_SHORT = late_pattern(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/%])")
# "Pulm 12/3:" dates a note, not what it tells
_NOTE_OF = late_pattern(
    r"(?:^|[\n.;(] *)[A-Z][\w/]*(?: [A-Z]\w*)? \(?\d{1,2}/\d{1,2}\)?:"
)  # "Pulm 12/3:" dates a note, not what it tells
_WORDS = "two|three|four|five|six|seven|eight|nine|ten"
_DAY = late_pattern(
    rf"\b(?:hosp(?:ital)? day|HD|(?:on|by|from|since|until|of|late|early) (?:day|night)s?) ?#? ?"
    rf"(?:(?P<number>\d{{1,2}})|(?P<word>{_WORDS})|one)\b"
    r"|(?<![\w/+-])(?<!vit )(?<!vitamin )(?<!cycle )D ?#?(?P<bare>[1-46-9]|1[1-9]|2\d)"
    r"(?![\w/%]|\.\d|[ -](?:\d|receptor|agonist|antagonist|dimer|W\b|NS\b|LR\b))"
    r"|\b(?:on|by|from|since|until|after|late|early) D ?#?(?P<bare2>5|10)"
    r"(?![\w/%]|\.\d|[ -](?:\d|W\b|NS\b|LR\b|gtt|drip|infusion))"
    r"|\b(?:POD|PPD|DOL|post-?(?:op(?:erative)?|partum|procedure|burn) day|burn day|day of life) ?#? ?"
    r"(?P<after>\d{1,2}|one|two|three|four|five|six|seven)\b"
    r"|(?:(?<=[,.:] )|(?<=\()|(?<=noted )|(?<=seen )|(?<=found )|(?<=until ))day (?P<item>\d{1,2})\b(?! ?(?:of\b|/))"
    r"|(?<=[a-z] )(?<!biopsy )(?<!echo )(?<!scan )(?<!film )(?<!cultures )(?<!culture )(?<!cxr )"
    r"days? (?P<bare3>\d{1,2})(?:[-–]\d{1,2})?"
    r"(?=[.;,:)](?!\d)| (?:at|with|when)\b)"
    r"|\b(?:during|with|after|following) (?:the|his|her) (?P<dose>first|second|third|next) (?:in|trans)fusion\b"
    r"|\b(?:in|during|by) the (?P<week>second|third|fourth) (?:hospital )?week\b"
    r"(?! of (?:illness|life|pregnancy|gestation))"
    r"|\b(?P<night>(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) "
    r"(?:hospital |postoperative )?(?:day|night|morning|evening))\b",
    re.IGNORECASE,
)  # "D3" is a day of the stay in telegraphic notes; D5 and D10 are sugar solutions as well

_SAME = late_pattern(
    r"\b(?:(?:later )?that(?: same)?|(?:later )?the same) (?:day|night|evening|afternoon)\b", re.IGNORECASE
)
_CYCLE = late_pattern(r"\b(?:cycle|chemo\w*|therapy|infusion)\b", re.IGNORECASE)  # "R-CHOP cycle 3 (day 9)"


def with_numbers(text: str) -> str:
    """Return ``text`` with its dates in words as numbers: "April 7th, 2026" and "7 April 2026" are 4/7/2026."""

    def number(match: re.Match[str]) -> str:
        if match["month3"]:
            return f"{int(match['month3'])}/{int(match['day3'])}/{match['year3']}"
        name, day = match["month"] or match["month2"], match["day"] or match["day2"]
        year = match["year"] or match["year2"]
        return f"{_MONTHS.index(name[:3].lower()) + 1}/{int(day)}" + (f"/{year}" if year else "")

    def numbers(match: re.Match[str]) -> str:
        month, year = _MONTHS.index(match["month"][:3].lower()) + 1, match["year"] or ""
        first, last = (f"{month}/{int(match[n])}" + (f"/{year}" if year else "") for n in ("first", "last"))
        return f"{first} - {last}"

    return _MONTH.sub(number, _DAYS_OF_MONTH.sub(numbers, text))


@lru_cache(maxsize=4)
def find_stay(text: str, head: int | None = None) -> Stay | None:
    """Return the stay whose dates the first ``head`` characters of a chart name.

    A course told by dates gives them where the head does not; None where neither does.
    """
    whole, text = text, with_numbers(text[:head])
    if match := _RANGE.search(text) or _NAMED_RANGE.search(text):
        first, last = _day(match[1], match[2]), _day(match[3], match[4])
    else:
        one = _FROM.search(text) or _FROM_PROSE.search(text)
        two = _UNTIL.search(text) or _UNTIL_PROSE.search(text)
        if one is None or two is None:
            return _logged(with_numbers(whole), one) or _open(with_numbers(whole), one)
        first, last = _first_day(one), _first_day(two)
    return Stay(first, last if last >= first else last + 372)


def _logged(text: str, admitted: re.Match[str] | None) -> Stay | None:
    """Return the stay of a course whose lines begin with dates that never go back, None where it has none."""
    days: list[int] = []
    begin = 0
    for entry in _LOGGED.finditer(text):
        day = _day(entry[1], entry[2])
        days.append(day if not days or day >= days[0] else day + 372)
        if not begin and _CONVERTED.search(entry["entry"]):
            begin = days[-1]
    if len(days) < _LOG or days != sorted(days) or days[0] == days[-1]:
        return None
    if not begin and admitted is not None:
        begin = _first_day(admitted)
    return Stay(begin if days[0] <= begin <= days[-1] else days[0], days[-1])


def _open(text: str, admitted: re.Match[str] | None) -> Stay | None:
    """Return the stay that begins on the day of admission and lasts to the latest day of which the chart tells, leaving
    out what it plans; None where it tells of no later one.
    """
    if admitted is None:
        return None
    first, last = _first_day(admitted), 0
    for match in _SHORT.finditer(text):
        day = _day(match[1], match[2])
        day = day if day >= first else day + 372
        if last < day <= first + _LONGEST and not _PLANNED.search(text, max(0, match.start() - 70), match.start()):
            last = day
    return Stay(first, last) if last > first else None


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
        if (match["item"] or match["bare3"]) and _CYCLE.search(text, max(0, match.start() - 32), match.start()):
            continue
        number = match["number"] or match["bare"] or match["bare2"] or match["bare3"] or match["item"] or "1"
        late = bool(
            match["word"] or match["after"] or match["night"] or match["dose"] or match["week"]
        ) or number not in ("0", "1")
        found.append(Moment(match.start(), match.end(), late))
    return sorted(found)


def _first_day(match: re.Match[str]) -> int:
    """Return the day of the alternative of a pattern that matched."""
    month, day = [group for group in match.groups() if group][:2]
    return _day(month, day)


def _day(month: str, day: str) -> int:
    return int(month) * 31 + int(day)
