"""What happened before: a bare year beside an injury says when ("GSW to abdomen 2004", I.C.19.a), what an earlier child
was delivered for is no complication of this pregnancy ("2021: cesarean for breech", I.C.15.a), and at a visit a stroke
of last month, a polyp of 2021 and an infection that has cleared are histories (I.C.9.d, I.C.21.c.4).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from nosology.coding.candidates import Fact
from nosology.model.note import Span, Temporality

__all__ = ["date_back", "names_device"]

_YEAR_BEHIND = re.compile(r"(?: (?:right|left|R|L)\b)?[\s,(–-]{1,3}(?P<year>(?:19|20)\d\d)\b(?![-/.:]?\d)")
_YEAR_AHEAD = re.compile(r"(?:\A|[^\w/.-])(?P<year>(?:19|20)\d\d)(?: |: | - | by )\Z")
_YEAR_WITHIN = re.compile(r"\bin (?P<year>(?:19|20)\d\d)\b(?![-/.:]?\d)")
_BEHIND, _AHEAD = 16, 12  # code points in which the year may stand
_RECENT = 2  # years in which an injury may still be under treatment
_DEVICE = re.compile(
    r"\b(?:graft|bypass|prosthes[ie]s|stent|valve|pacemaker|defibrillator|transplant|allograft|shunt|catheter|hardware|mesh"
    r"|implant|fistula|plate|nail|arthroplasty)\Z",
    re.IGNORECASE,
)
_CESAREAN = r"\b(?:c(?:a?e)?sare?an|c[- ]?sections?|c/s|ltcs|lscs|sections?|deliver(?:y|ed)|induction)\b"
_REASON = r"[^.;\n]{0,40}\b(?:for|due to|because of|secondary to)\s(?:an?\s)?\Z"
_DATED_DELIVERY = re.compile(rf"\b(?P<year>(?:19|20)\d\d)\b[^.;\n]{{0,60}}{_CESAREAN}{_REASON}", re.IGNORECASE)
_PRIOR_DELIVERY = re.compile(
    rf"\b(?:prior|previous(?:ly)?|prev|earlier|first|last|hx|h/o|history)\b[^.;\n]{{0,30}}{_CESAREAN}{_REASON}",
    re.IGNORECASE,
)
_REACH = 140  # code points before a condition in which the delivery may stand that was for it
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|fall|autumn"
    r"|winter)"
)
_WHEN = (
    r"[\s,(]{1,3}(?:(?:(?:in|back in|over|during|last|this past|earlier this|early|late|the|in the|in early|in late) )+"
    rf"(?:{_MONTHS}|month|year)\b|(?:about |some |around )?(?:\d+|an?|one|two|three|four|five|six|several|a few"
    r"|a couple of) (?:weeks?|months?|years?) (?:ago|back)\b)"
)
_SOME_TIME_AGO = re.compile(_WHEN, re.IGNORECASE)
_OVER = re.compile(
    rf"{_WHEN}[\s,;(–-]{{0,3}}"
    r"(?:(?:and|but|which|now|since|has|have|is|was|all|fully|completely) ){0,4}"
    r"(?:resolved|recovered|well|cleared(?: up)?|gone|over)\b(?![ -]*controlled)",
    re.IGNORECASE,
)
_YEAR_FOUND = re.compile(
    r"[\w ,-]{0,25}?\b(?:in|on|from|of) (?:\w{3,9} )?(?P<year>(?:19|20)\d\d)\b(?![-/.:]?\d)", re.IGNORECASE
)
_STROKES = ("G45", "I60", "I61", "I63")  # of the acute phase
_POLYPS = ("D12", "K62.1", "K63.5")  # removed when they were found
_PASSING = ("A0", "J0", "J1", "J2", "K35", "K57", "K81.0", "K85", "L02", "L03", "N10", "N12", "N30.0", "N39.0", "U07.1")
# infections that last days, and what is over after months; "diagnosed with mono two weeks ago" may still be ill
_SWIFT = ("A08", "A09", "B27", "J00", "J01", "J02", "J03", "J04", "J05", "J06", "J09", "J10", "J11", "J20", "U07.1")
_SLOWER = ("J12", "J13", "J14", "J15", "J16", "J18", "N10", "N30.0", "N39.0", "A0")
_MANY = (
    r"(?:about |some |around )?(?:(?!0*1\b)\d+|two|three|four|five|six|seven|eight|several|a few|few|a couple(?: of)?)"
)
_MONTHS_AGO = rf"(?:(?:{_MANY}|an?|one|1) (?:months?|years?)|(?:over|more than) an? (?:month|year))"
_WEEKS_BACK = re.compile(rf"[\s,(]{{1,3}}(?:{_MANY} (?:weeks?|wks?)|{_MONTHS_AGO}) (?:ago|back)\b", re.IGNORECASE)
_MONTHS_BACK = re.compile(rf"[\s,(]{{1,3}}{_MONTHS_AGO} (?:ago|back)\b", re.IGNORECASE)
_STROKE, _POLYP, _INFECTION = 1, 2, 3  # what may be over by now
_STILL = re.compile(
    r"[^.\n]{0,40}\b(?:still|persist\w*|ongoing|never (?:resolved|cleared|got better)|not (?:better|resolved)"
    r"|continu\w+|again|recurr\w+|worse\w*|positive)\b",
    re.IGNORECASE,
)
_FOUND_THEN = re.compile(
    r"\b(?:diagnos\w+|dx\w*|start\w*|beg[au]n|onset|since|treated for|known)\b[^.;\n]{0,20}\Z", re.I
)
_BESIDE = 60  # code points behind a condition in which it is told when that was
_FIRST = "ABC"  # last characters of codes of an injury under treatment


def date_back(facts: list[Fact], text: str, on: date, *, visit: bool = False) -> None:
    """Put into the past what the chart dates before the care: old injuries, reasons of earlier deliveries, and at a
    visit what is over by now; in place.
    """
    for fact in facts:
        code, mention = fact.code, fact.mention
        if mention.temporality is not Temporality.CURRENT:
            continue
        told = ""
        first = code[0]
        if (first == "S" or first == "T") and code[-1] in _FIRST and not names_device(code, mention.span, text):
            told = _year_of_injury(mention.span, text, on)
        elif first == "O":
            told = _earlier_delivery(mention.span, text, on)
        kind, passing = _course(code)
        if kind and visit:
            told = _over_by_now(kind, mention.span.end, text, on)
        if passing and not told:
            told = _passed(code, mention.span, text)
        if told:
            fact.mention = replace(mention, temporality=Temporality.HISTORICAL, cue=mention.cue or told)


def names_device(code: str, span: Span, text: str) -> bool:
    """True where the words of a complication end with its device: the year behind them is that of the device."""
    return (
        code.startswith(("T82", "T83", "T84", "T85", "T86")) and _DEVICE.search(text, span.start, span.end) is not None
    )


def _year_of_injury(span: Span, text: str, on: date) -> str:
    """Return the year beside an injury, empty where there is none or it is not long ago."""
    told = _YEAR_BEHIND.match(text, span.end, span.end + _BEHIND)
    if told is None:
        told = _YEAR_AHEAD.search(text[max(0, span.start - _AHEAD) : span.start])
    if told is None:  # "overdosed in 2019 on heroin"
        told = _YEAR_WITHIN.search(text, span.start, span.end)
    return told["year"] if told is not None and int(told["year"]) <= on.year - _RECENT else ""


def _earlier_delivery(span: Span, text: str, on: date) -> str:
    """Return how an earlier delivery is told of which the condition was the reason, empty where it is of this one."""
    before = text[max(0, span.start - _REACH) : span.start]
    dated = _DATED_DELIVERY.search(before)
    if dated is not None and int(dated["year"]) < on.year:
        return dated["year"]
    prior = _PRIOR_DELIVERY.search(before)
    return prior[0].split()[0] if prior is not None else ""


def _passed(code: str, span: Span, text: str) -> str:
    """Return when an infection was that is over by its nature ("influenza two weeks ago"), empty where it is not."""
    told = (_WEEKS_BACK if code.startswith(_SWIFT) else _MONTHS_BACK).match(text, span.end, span.end + _BESIDE)
    if told is None or _STILL.match(text, told.end()) or _FOUND_THEN.search(text[max(0, span.start - 40) : span.start]):
        return ""
    return told[0].strip(" ,;(")


@lru_cache(maxsize=8192)
def _course(code: str) -> tuple[int, bool]:
    """Return what a code is that may be over by now (0: nothing of the kind), and whether it lasts days or weeks."""
    kind = 0
    if code.startswith(_STROKES):
        kind = _STROKE
    elif code.startswith(_POLYPS):
        kind = _POLYP
    elif code.startswith(_PASSING):
        kind = _INFECTION
    return kind, code.startswith((*_SWIFT, *_SLOWER))


def _over_by_now(kind: int, end: int, text: str, on: date) -> str:
    """Return the words behind a condition by which a visit finds it over, empty where there are none."""
    if kind == _STROKE:
        told = _SOME_TIME_AGO.match(text, end, end + _BESIDE)
    elif kind == _POLYP:
        told = _YEAR_FOUND.match(text, end, end + _BESIDE)
        told = told if told is not None and int(told["year"]) < on.year else None
    else:
        told = _OVER.match(text, end, end + _BESIDE)
    return told[0].strip(" ,;(") if told is not None else ""
