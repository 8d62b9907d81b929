"""Hours of breathing support: stated, or counted from when it began to when it ended.

Source: ICD-10-PCS tables 5A0 and 5A1 (durations); Coding Clinic, 4th quarter 2014 (start and end of mechanical
ventilation: from intubation, or from arrival where it was begun elsewhere, to extubation or the end of weaning).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from nosology.model.note import Span

__all__ = ["Stretch", "masked_from_to", "stated_hours", "ventilated_from_to"]

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS)} | {"a": 1, "an": 1}
_HOURS = re.compile(
    r"(?P<sign>[<>≥≤]|less than|more than|greater than|over|under|approximately|about)?\s*"
    r"(?P<n>\d{1,3}(?:\.\d)?)\s*(?:consecutive\s*)?-?(?:hours?|hrs?|h)\b",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\b(?:\d{1,3}|thirty|forty|twenty|fifteen)[\s-]*min(?:utes?)?\b", re.IGNORECASE)
_DAYS = re.compile(
    r"\b(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-]*(?:full )?days?\b",
    re.IGNORECASE,
)
_HOSPITAL_DAY = re.compile(
    r"extubat\w+[^.]{0,40}?\b(?:on |by )?(?:hospital day|HD|ICU day|POD|post-?operative day|vent day|day)\s*#?"
    r"(?P<n>\d{1,2}|one|two|three|four|five|six|seven)\b",
    re.IGNORECASE,
)
_NIGHT = re.compile(r"\bovernight\b|same day|(?:next|following) (?:morning|day)", re.IGNORECASE)

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE = re.compile(
    r"(?<![\d/.])(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/\d{2,4})?(?![\d/])"
    r"|\b(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?P<day>\d{1,2})\b"
    r"|\b(?:hospital day|HD|ICU day|day)\s*#?(?P<n>\d{1,2})\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d:])(?P<h>[01]?\d|2[0-3]):?(?P<min>[0-5]\d)(?![\d:/%])(?:\s*(?P<half>[ap])\.?m\b)?", re.IGNORECASE
)
_FROM_TO = re.compile(
    r"\b(?:vent(?:ilat\w+)?|intubated)\b[^.;\d]{0,30}(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/\d{2,4})?\s*(?:-|–|to"
    r"|through|until)\s*"
    r"(?P<m2>\d{1,2})/(?P<d2>\d{1,2})(?!\d)",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\b(?:re-?)?intubat(?:ed|ion)\b|\bplaced on (?:the |our |a |mechanical |full )*ventilat\w+"
    r"|\bput on (?:the |a )?ventilator"
    r"|\bventilat(?:ed|ion) (?:was )?(?:begun|started|from|since)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\bextubat(?:ed|ion)\b|\btrach(?:eostomy)? (?:collar|mask|shield)\b|\bliberated\b|\boff the vent(?:ilator)?\b"
    r"|\bweaned (?:off|from) (?:the )?(?:vent\w*|mechanical)|\bventilat\w+ (?:was )?(?:stopped|discontinued"
    r"|ended|withdrawn)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:before (?:the )?(?:flight|transfer|transport|arrival)|prior to (?:transfer|arrival|transport)"
    r"|outside hospital|OSH"
    r"|in the field|by (?:EMS|medics|paramedics)|en route|at (?:the )?(?:referring|outlying|other|outside) hospital"
    r"|(?i:at) [A-Z]\w+ (?:Regional|General|County|Community|Memorial|Valley)?)\b"
)
_ARRIVED = re.compile(r"\barriv(?:ed|al|ing|es)\b|\baccepted from\b|\btransferred (?:in|to us|here)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|never|no|without|avoid\w*|attempt\w*|failed|re-?attempt|considered|trials?|possible|if|until|unless"
    r"|difficult|plan\w*|prior to|before)\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;\n])\s+")
_MASK_OFF = re.compile(
    r"\b(?:it|bi-?pap|niv|nippv|mask|cpap|support) (?:was |then )*(?:stopped|discontinued|removed|taken off|came off"
    r"|ended)"
    r"|\b(?:weaned|taken|came|got|was|transitioned) off (?:of )?(?:the )?(?:it|bi-?pap|niv|nippv|mask|cpap)"
    r"|\boff (?:of )?(?:it|bi-?pap|niv|the mask)\b|\b(?:until|through)\b|\bintubated\b",
    re.IGNORECASE,
)
_MASK_REACH = 300  # code points from the beginning of support by mask to its end
_TO_GO = 90  # code points in which the time of an event stands


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours of support, with the passage that ends them."""

    hours: float
    span: Span


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(word.lower(), 0)


def stated_hours(text: str) -> float | None:
    """Return the hours of support that a passage tells; None where it tells none."""
    match = _HOURS.search(text)
    if match:
        hours = float(match["n"])
        sign = (match["sign"] or "").lower()
        if sign in ("<", "less than", "under"):
            return hours - 1
        return hours + 1 if sign in (">", "more than", "greater than", "over") else hours
    if _MINUTES.search(text):
        return 1.0
    match = _HOSPITAL_DAY.search(text)
    if match:
        return max(1, _number(match["n"]) - 1) * 24.0
    match = _DAYS.search(text)
    if match:
        return _number(match["n"]) * 24.0
    return 20.0 if _NIGHT.search(text) else None


def _dates(text: str) -> tuple[list[int], list[int]]:
    """The places of dates and the day that each names, counted from the first of January (or of the stay)."""
    places, days = [], []
    for match in _DATE.finditer(text):
        if match["m"]:
            month, day = int(match["m"]), int(match["d"])
            if not (1 <= month <= 12 and 1 <= day <= 31):
                continue
            number = month * 31 + day
        elif match["month"]:
            number = (_MONTHS.index(match["month"].lower()[:3]) + 1) * 31 + int(match["day"])
        else:
            number = int(match["n"])
        places.append(match.start())
        days.append(number)
    return places, days


def _moment(text: str, start: int, end: int, dates: tuple[list[int], list[int]]) -> tuple[float | None, bool]:
    """The hour of an event that stands at ``start`` to ``end``, and whether its time of day is told."""
    places, days = dates
    left = max(text.rfind(".", 0, start), text.rfind("\n", 0, start)) + 1
    stop = re.search(r"\.(?:\s|\Z)|\n", text[end : end + _TO_GO])
    right = end + (stop.start() if stop else _TO_GO)
    day: int | None = None
    after = [n for n, place in enumerate(places) if end <= place < right]
    before = [n for n, place in enumerate(places) if left <= place < start]
    if after:
        day = days[after[0]]
    elif before:
        day = days[before[-1]]
    else:
        index = bisect_right(places, start) - 1
        day = days[index] if index >= 0 else None
    if day is None:
        return None, False
    bare = _DATE.sub(lambda m: " " * len(m[0]), text[left:right])
    times = [m for m in _TIME.finditer(bare) if ":" in m[0] or re.search(r"\bat\s*\Z", bare[: m.start()])]
    times.sort(key=lambda m: (left + m.start() < end, abs(left + m.start() - end)))
    if times:
        hour = int(times[0]["h"]) + int(times[0]["min"]) / 60
        if (times[0]["half"] or "").lower() == "p" and hour < 12:
            hour += 12
        return day * 24.0 + hour, True
    return day * 24.0, False


def _events(text: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    return [m for m in pattern.finditer(text) if _NOT.search(text[max(0, m.start() - 40) : m.start()]) is None]


@lru_cache(maxsize=64)
def ventilated_from_to(text: str) -> tuple[Stretch, ...]:
    """Return the stretches of ventilation that the dates and times of a chart tell, in order; () where they tell none.

    One begins with intubation, or with the arrival where that was done elsewhere, and ends with the next extubation,
    trach collar or end of weaning; reintubation begins another. Where a chart tells one end twice, times of day count
    before bare dates.
    """
    told = _FROM_TO.search(text)
    if told is not None and (days := (int(told["m2"]) - int(told["m"])) * 31 + int(told["d2"]) - int(told["d"])) >= 0:
        return (Stretch(days * 24.0 or 12.0, Span(*told.span())),)
    dates = _dates(text)
    if not dates[0]:
        return ()
    ends = [(m, *_moment(text, m.start(), m.end(), dates)) for m in _events(text, _ENDED) + _until(text)]
    by_end: dict[float, tuple[bool, Stretch]] = {}
    for match in _events(text, _BEGUN):
        begun, timed = _moment(text, match.start(), match.end(), dates)
        around = text[match.start() : match.end() + 70].split("\n")[0]
        if _ELSEWHERE.search(around) is not None:
            arrived = next(iter(_ARRIVED.finditer(text)), None)
            if arrived is None:
                continue
            begun, timed = _moment(text, arrived.start(), arrived.end(), dates)
        if begun is None:
            continue
        later = [
            (end, at, m)
            for m, end, at in ends
            if end is not None and (end >= begun or (end // 24 == begun // 24 and not at))
        ]
        if not later:
            continue
        end, at, found = min(later, key=lambda each: each[0])
        hours = end - begun if timed and at else (end // 24 - begun // 24) * 24 or 12.0
        exact = timed and at
        known = by_end.get(end // 24)
        if 0 < hours < 24 * 90 and (known is None or (exact, hours) > (known[0], known[1].hours)):
            by_end[end // 24] = (exact, Stretch(hours, Span(found.start(), found.end())))
    return tuple(stretch for _day, (_exact, stretch) in sorted(by_end.items()))


def masked_from_to(text: str, place: Span) -> Stretch | None:
    """Return the stretch of support by mask that stands at ``place``, to where the text says that it ended.

    None where the chart does not tell both, by times of day or by days.
    """
    dates = _dates(text)
    if not dates[0]:
        return None
    begun, timed = _moment(text, place.start, place.end, dates)
    off = _MASK_OFF.search(text, place.end, min(len(text), place.end + _MASK_REACH))
    if begun is None or off is None:
        return None
    ended, at = _moment(text, off.start(), off.end(), dates)
    if ended is None or ended < begun or not ((timed and at) or ended // 24 > begun // 24):
        return None
    hours = ended - begun if timed and at else (ended // 24 - begun // 24) * 24
    return Stretch(hours, Span(*off.span())) if 0 < hours < 24 * 90 else None


def _until(text: str) -> list[re.Match[str]]:
    """Ends that follow "until", which begin no other sentence."""
    return [
        m for m in _ENDED.finditer(text) if re.search(r"\buntil (?:\w+ )?\Z", text[max(0, m.start() - 14) : m.start()])
    ]
