"""Present on admission: Y, N, or 1 for exempt codes (Guidelines, Appendix I)."""

from __future__ import annotations

import re
from functools import lru_cache

from nosology.coding.candidates import Candidate
from nosology.model.note import Note
from nosology.rules.loader import Rule

__all__ = ["present_on_admission"]

_ADMITTED = frozenset(
    [
        "chief_complaint",
        "history_of_present_illness",
        "past_medical_history",
        "problem_list",
        "admission_diagnosis",
        "emergency_course",
        "indication",
    ]
)


def present_on_admission(candidate: Candidate, note: Note, rule: Rule) -> str:
    """Return the indicator of a reported inpatient code; "1" where the code is exempt.

    Conditions that are chronic, known in the history or found at the start are Y. A condition is N where the chart has
    an onset in the stay: words for it, a hospital or postoperative day, or a date after that of admission. U and W
    only where the chart says that it is unknown or cannot be determined.
    """
    code, data = candidate.code, rule.data
    later_episode = len(code) == 8 and code[-1] in data["exempt_seventh_characters"] and code[0] in "MOSTVWXY"
    if later_episode or code.startswith(tuple(data["exempt"])):
        return "1"
    live = [f for f in candidate.facts if not f.reason]
    if not live or (code.startswith(tuple(data["chronic"])) and not code.startswith(tuple(data["not_chronic"]))):
        return "Y"
    if code.startswith(tuple(data["in_stay_by_nature"])):
        return "N"
    text = note.document.text
    stay = _stay(text[:1500])
    told = [f.mention.span.start for f in live if f.kind not in data["lists"]]
    opening_fact = min(told, default=-1)
    onset, before = _pattern(tuple(data["onset_after_admission"])), _pattern(tuple(data["onset_before_admission"]))
    again = re.search(r"\breadmi(?:t|ssion)", text[:800], re.IGNORECASE) is not None
    later = 0
    for fact in live:
        sentence = note.sentences[fact.mention.sentence].span
        begin = text.rfind("\n", 0, fact.mention.span.start) + 1
        back = text[max(sentence.start, fact.mention.span.start - 160) : fact.mention.span.start]
        ahead = text[fact.mention.span.end : min(sentence.end, fact.mention.span.end + 110)]
        around = _ITEM.split(back)[-1] + text[fact.mention.span.start : fact.mention.span.end] + _ITEM.split(ahead)[0]
        line = text[begin : fact.mention.span.start]
        lead = _numeric(text[max(sentence.start, fact.mention.span.start - 90) : fact.mention.span.start])
        lead = ",".join(lead.split(",")[-2:])
        if opening := _LINE_DATE.match(line):
            lead = f"{opening[0]} {lead}"
        if closing := _DATE_AFTER.match(text, fact.mention.span.end):
            lead = f"{lead} {closing[0]}"
        if doubt := _DOUBT.search(around):
            return "U" if doubt["unknown"] else "W"
        if before.search(around):
            return "Y"
        in_stay = _DAY.search(around) is not None or _dated(lead, stay)
        if fact.kind in _ADMITTED and fact.kind != "problem_list" and not in_stay:
            return "Y"
        if not in_stay and fact.mention.span.start == opening_fact and code.startswith(tuple(data["often_in_stay"])):
            in_stay = _told_late(text, sentence.start, fact.mention.span.start, stay)
        later += in_stay or (not again and onset.search(around) is not None)
    if later:
        return "N" if later * 3 >= len(live) else "Y"
    if code.startswith(tuple(data["given_in_stay"])) and any(
        _HOSPITAL_DRUG.search(
            text[note.sentences[f.mention.sentence].span.start : note.sentences[f.mention.sentence].span.end]
        )
        for f in live
    ):
        return "N"
    return "Y"


_DOUBT = re.compile(
    r"(?P<unknown>\b(?:unknown|not documented|unclear) (?:if|whether)\b|\bpoa(?: status)? unknown\b)[^.\n]{0,40}"
    r"(?:present on admission|poa)"
    r"|\b(?:unable to (?:clinically )?determine|cannot be determined|clinically undetermined)\b"
    r"[^.\n]{0,50}\b(?:admission|poa)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:hosp(?:ital)?|post-?op(?:erative)?) day #? ?(?:[2-9]|[1-9]\d|two|three|four|five|six|seven)\b"
    r"|\b(?:HD ?#? ?[2-9]|POD ?#? ?\d)",
    re.IGNORECASE,
)
_HOSPITAL_DRUG = re.compile(
    r"opioid|opiate|narcotic|steroid|predniso|dexameth|contrast|an(?:a?e)sthe|antibiotic|-sulfa|tmp|vanc", re.IGNORECASE
)
_RANGE = re.compile(
    r"\b(\d{1,2})/(\d{1,2})/\d{2,4}\s*(?:[–—→-]+>?|to|until|through)\s*(\d{1,2})/(\d{1,2})/\d{2,4}", re.IGNORECASE
)
_FROM = re.compile(
    r"\b(?:re)?(?:adm(?:it|itted|ission|itting)?|in|dates?)\b[\s:.a-z-]{0,12}(\d{1,2})/(\d{1,2})/\d{2,4}", re.IGNORECASE
)
_UNTIL = re.compile(
    r"\b(?:disch(?:arged?)?|d/?c|dc|out|discharged)\b[\s:.a-z-]{0,12}(\d{1,2})/(\d{1,2})/\d{2,4}", re.IGNORECASE
)
_FROM_PROSE = re.compile(r"\badmitted\b[^.\n]{0,90}?\b(\d{1,2})/(\d{1,2})/\d{2,4}", re.IGNORECASE)
_UNTIL_PROSE = re.compile(r"\b(?:discharged|transferred)\b[^.\n]{0,90}?\b(\d{1,2})/(\d{1,2})/\d{2,4}", re.IGNORECASE)
_ITEM = re.compile(r"[;\n]|(?<=\s)\d{1,2}[).]\s")  # what parts the items of a list
_LINE_DATE = re.compile(r"[^\w\n]{0,4}\d{1,2}/\d{1,2}\b(?!/)")
_DATE_AFTER = re.compile(r"\W{0,3}(?:\d{2,3} )?(?:on )?\(?\d{1,2}/\d{1,2}(?![/\d])")
_NOTE_OF = re.compile(r"[A-Za-z] \d{1,2}/\d{1,2}:")  # "Pulm 12/3:" dates a note, not what it tells
_SHORT = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/%])")


def _told_late(text: str, sentence: int, place: int, stay: tuple[int, int] | None) -> bool:
    """True where the story told up to the first mention has come to a later day: a date in this sentence or the one
    before it, after which nothing goes back to the admission or forward to the recovery.
    """
    if stay is None:
        return False
    line = text.rfind("\n", 0, sentence) + 1
    before = max(line, sentence - 160)
    lead = _numeric(text[before:place])
    dates = [m for m in _SHORT.finditer(lead) if 1 <= int(m[1]) <= 12 and 1 <= int(m[2]) <= 31]
    if not dates or _GOES_BACK.search(lead, dates[0].start()) is not None:
        return False
    return all(_dated(m[0], stay) for m in dates)


_GOES_BACK = re.compile(
    r"\b(?:admission|arrival|arrived|presentation|presented|baseline|since|home|prior|before|known|chronic|history|weaned"
    r"|resolved|improv\w+|clear(?:ed|ing)|continu\w+|until|extubated|off|down to|returned to|discharge|repeat|follow-up"
    r"|resumed|restarted|scan|switched|changed|narrowed|stopped|completed|removed)\b",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = re.compile(
    r"\b(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>(?:19|20)\d\d))?\b"
)


def _numeric(text: str) -> str:
    """Return ``text`` with its dates in words as numbers: "April 7th, 2026" is 4/7/2026."""

    def number(match: re.Match[str]) -> str:
        month = _MONTHS.index(match["month"][:3].lower()) + 1
        return f"{month}/{match['day']}" + (f"/{match['year']}" if match["year"] else "")

    return _MONTH.sub(number, text)


@lru_cache(maxsize=4)
def _stay(text: str) -> tuple[int, int] | None:
    """Return the days of admission and discharge as numbers that grow with the calendar, None if not given."""
    text = _numeric(text)
    if match := _RANGE.search(text):
        first, last = _day(match[1], match[2]), _day(match[3], match[4])
    else:
        one = _FROM.search(text) or _FROM_PROSE.search(text)
        two = _UNTIL.search(text) or _UNTIL_PROSE.search(text)
        if one is None or two is None:
            return None
        first, last = _day(one[1], one[2]), _day(two[1], two[2])
    return first, last if last >= first else last + 372


def _day(month: str, day: str) -> int:
    return int(month) * 31 + int(day)


def _dated(lead: str, stay: tuple[int, int] | None) -> bool:
    """True if the date written before the mention lies in the stay, after the day of admission."""
    if stay is None:
        return False
    found = [
        _day(m[1], m[2])
        for m in _SHORT.finditer(lead)
        if 1 <= int(m[1]) <= 12 and 1 <= int(m[2]) <= 31 and not _NOTE_OF.match(lead, max(0, m.start() - 2))
    ]
    days = [d if d >= stay[0] else d + 372 for d in found]
    return bool(days) and all(stay[0] < d <= stay[1] for d in days)


_PATTERNS: dict[tuple[str, ...], re.Pattern[str]] = {}


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    if phrases not in _PATTERNS:
        _PATTERNS[phrases] = re.compile("|".join(rf"\b(?:{p})\b" for p in phrases), re.IGNORECASE)
    return _PATTERNS[phrases]
