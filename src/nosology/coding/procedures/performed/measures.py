"""How much was done: lesions, centimetres, minutes, views, days, as the words of a note state them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from nosology.codes.late_pattern import late_pattern

__all__ = [
    "MEASURES",
    "count_of",
    "read_area",
    "read_centimetres",
    "read_count",
    "read_days",
    "read_minutes",
    "read_sedation",
    "read_views",
    "read_weeks",
    "sum_centimetres",
]

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "single": 1, "solitary": 1, "two": 2, "both": 2, "pair": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_THINGS = (
    r"(?:lesions?|warts?|verrucae?|aks?|keratos[ei]s|tags?|acrochordons?|mollusc\w+|papules?|nails?|toenails?"
    r"|fingernails?|corns?|call(?:us|uses|osities)|sites?|areas?|specimens?|parts?|polyps?|muscles?|biops(?:y|ies)"
    r"|injections?|nodules?|cysts?|moles?|nev(?:us|i)|tests?|scratches|allergens?|needles|electrodes|fields?|levels?)"
)
_TIMES = late_pattern(r"(?<![\w.])(?:x|×|#) ?(\d{1,2})\b(?! ?(?:\.\d|mm|cm|m\b|min|days?|weeks?|wks?|months?|x))", re.I)
_COUNTED = late_pattern(
    rf"(?<![\w.])(\d{{1,3}}|{_WORDS}) (?:(?!(?:and|of the|mm|cm|mg|ml|minutes?|days?|weeks?|months?|years?)\b)[\w'-]+ )"
    rf"{{0,3}}{_THINGS}\b",
    re.I,
)
_RANGE = late_pattern(r"(?<!\w)\d+ ?(?:-|–|to) ?\d+ (?=[\w ]{0,20}(?:lesions?|warts?|sites?|nails?|muscles?))", re.I)
_LENGTH = late_pattern(
    r"(?<![\w.])(\d{1,3}(?:\.\d+)?|\.\d+)(?: ?(?:cm|mm)?\.? ?(?:x|×|by) ?(\d{1,3}(?:\.\d+)?|\.\d+))?"
    r"(?: ?(?:cm|mm)?\.? ?(?:x|×|by) ?(\d{1,3}(?:\.\d+)?|\.\d+))?[ -]?(cm|centimet\w+|mm|millimet\w+)\b(?!\^?[23²])",
    re.I,
)
_AREA = late_pattern(r"(?<![\w.])(\d{1,4}(?:\.\d+)?) ?(?:sq(?:uare)?\.? ?(?:cm|centimet\w+)|cm ?\^?[2²]|sqcm)", re.I)
_MARGIN = late_pattern(
    r"(\d(?:\.\d+)?) ?-?(mm|cm)(?: \w+){0,2} margins?|margins? (?:of |was |were )?(\d(?:\.\d+)?) ?(mm|cm)", re.I
)
_EXCISED = late_pattern(
    r"(?:excised diameter|total (?:excised )?(?:diameter|size)|defect size)\D{0,12}(\d+(?:\.\d+)?) ?(cm|mm)", re.I
)
_HOURS = late_pattern(
    r"(?<![\w.:])(\d{1,2}(?:\.\d+)?|one|two|three|four|five|six|a) ?(?:hours?|hrs?|hr|h)\b"
    r"(?:,? (?:and )?(\d{1,2}) ?(?:minutes?|mins?|min))?",
    re.I,
)
_MINUTES = late_pattern(r"(?<![\w.:])(\d{1,3}) ?-?(?:minutes?|mins?|min)\b", re.I)
_DAYS = late_pattern(r"(?<![\w./-])(\d{1,2})(?: ?/ ?3[01])?(?: of (?:the )?(?:last |past )?3[01])? days?\b", re.I)
_PERIOD = late_pattern(
    r"\b(?:of|in|out of|over|during|per) (?:the |a |this |each )?(?:last |past )?3[01][- ]days?\b", re.I
)
_TIME = r"(?<![\d./])(\d{1,2}:\d{2}|\d{4}(?! ?(?:mg|ml|mcg|units?|cc|g\b)))(?!\d) ?(am|pm|a\.m\.|p\.m\.)?"
_CLOCK = late_pattern(
    rf"{_TIME}.{{0,30}}?(?:-|–|to|until|through|stop\w*|end\w*|finish\w*)\W{{0,3}}(?:time|at|was)?\W{{0,3}}{_TIME}",
    re.I | re.S,
)
_SEDATED = late_pattern(
    r"\b(?:sedation|intra-?service|face[- ]to[- ]face)\b[^.;\n]{0,80}?(?<![\w.:])(\d{1,3}) ?-?(?:minutes?|mins?|min)\b"
    r"|(?<![\w.:])(\d{1,3}) ?-?(?:minutes?|mins?|min) (?:of )?(?:\w+ ){0,3}(?:sedation|intra-?service)",
    re.I,
)
_WEEKS = late_pattern(
    r"(?<![\w.])(\d{1,2}) ?(?:w(?:k|ee)?k?s?)\.? ?(?:(?:and |, ?)?([0-6]) ?(?:d(?:ays?)?)\b|\+ ?([0-6])\b|([0-6])/7\b)?"
    r"(?! ?(?:ago|later|from|follow|post|pp\b))"
    r"|(?<![\w.])(\d{1,2})(?:\+([0-6])\b| ([0-6])/7\b)(?: ?(?:weeks?|wks?|w))?",
    re.I,
)
_VIEWS = late_pattern(rf"\b(\d|{_WORDS})[- ]?(?:or more )?[- ]?(?:views?|vws?|v)\b|\bviews? ?[:x] ?(\d)\b", re.I)
_NAMED_VIEWS = late_pattern(
    r"\b(AP|PA|lateral|oblique|lat|obl|mortise|scaphoid|axillary|y[- ]view|scapular y|grashey|sunrise|merchant|skyline"
    r"|tunnel|notch|odontoid|flexion|extension|frog[- ]leg|internal rotation|external rotation|swimmer'?s|decubitus"
    r"|lordotic|apical)\b",
    re.I,
)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS.get(words.lower(), 0)


def read_count(text: str) -> Decimal | None:
    """How many: "x 3", "three lesions", "a single wart"; the largest where several are told, None for a range or none.

    >>> read_count("LN2 applied to 4 actinic keratoses"), read_count("several warts")
    (Decimal('4'), None)
    """
    if _RANGE.search(text):
        return None
    found = [int(match[1]) for match in _TIMES.finditer(text)]
    found += [_number(match[1]) for match in _COUNTED.finditer(text)]
    return Decimal(max(found)) if found else None


def count_of(text: str, thing: str) -> Decimal | None:
    """How many of one kind of thing, where several are told beside each other; None where no number stands with it.

    >>> count_of("LN2 to 3 AKs and 2 warts", "warts?"), count_of("Actinic keratoses x9", "keratos[ei]s")
    (Decimal('2'), Decimal('9'))
    """
    number = rf"(?<![\w.])(\d{{1,3}}|{_WORDS}) (?:(?!and\b)[\w'-]+ ){{0,3}}(?:{thing})\b"
    times = rf"\b(?:{thing})\b(?:(?! and )[^,;.]){{0,40}}?(?:x|×|\() ?(\d{{1,2}})\b(?! ?(?:mm|cm))"
    found = [_number(m[1]) for m in re.finditer(number, text, re.I)] + [
        int(m[1]) for m in re.finditer(times, text, re.I)
    ]
    return Decimal(max(found)) if found and not _RANGE.search(text) else None


def read_area(text: str) -> Decimal | None:
    """Square centimetres: told as such, or from length and width; the sum where several wounds are told.

    >>> read_area("4 x 3 cm ulcer"), read_area("18 sq cm debrided")
    (Decimal('12'), Decimal('18'))
    """
    whole = [Decimal(m[1]) for m in _AREA.finditer(text)]
    if whole:
        return max(whole)
    found = {_centimetres(m[1], m[4]) * _centimetres(m[2], m[4]) for m in _LENGTH.finditer(text) if m[2]}
    return sum(found, Decimal(0)) if found else None


def _centimetres(amount: str, unit: str) -> Decimal:
    return Decimal(amount) / (10 if unit.lower().startswith("m") else 1)


def _lengths(text: str) -> list[Decimal]:
    return [
        max(_centimetres(each, match[4]) for each in match.group(1, 2, 3) if each)
        for match in _LENGTH.finditer(_MARGIN.sub(" ", text))
    ]


def read_centimetres(text: str) -> Decimal | None:
    """The largest size in centimetres, with its margins on both sides where they are told apart.

    >>> read_centimetres("6 mm nevus excised with 2 mm margins")
    Decimal('1.0')
    """
    whole = _EXCISED.search(text)
    if whole is not None:
        return _centimetres(whole[1], whole[2])
    found = _lengths(text)
    if not found:
        return None
    margin = _MARGIN.search(text)
    wide = _centimetres(margin[1] or margin[3], margin[2] or margin[4]) if margin is not None else Decimal(0)
    return max(found) + 2 * wide


def sum_centimetres(text: str) -> Decimal | None:
    """The one length in centimetres; several in the same words are no length: they may be of one wound."""
    found = list(dict.fromkeys(_lengths(text)))
    return found[0] if len(found) == 1 else None


def read_minutes(text: str) -> Decimal | None:
    """The minutes: "45 minutes", "1 hour 15 min", "from 10:05 to 11:20"; None for none or several that differ.

    >>> read_minutes("infused from 09:10 to 10:25"), read_minutes("over 1.5 hours")
    (Decimal('75'), Decimal('90.0'))
    """
    clock = _CLOCK.search(text)
    if clock is not None:
        start, end = _minute(clock[1], clock[2]), _minute(clock[3], clock[4])
        if start is not None and end is not None:
            return Decimal((end - start) % (24 * 60) if end != start else 0)
    plain, found = text, set()
    for match in _HOURS.finditer(text):
        hours = Decimal(match[1]) if match[1][0].isdigit() else Decimal(_NUMBERS[match[1].lower()])
        found.add(hours * 60 + Decimal(match[2] or 0))
        plain = plain.replace(match.group(), " ")
    found.update(Decimal(match[1]) for match in _MINUTES.finditer(plain))
    return found.pop() if len(found) == 1 else None


def read_sedation(text: str) -> Decimal | None:
    """The minutes of sedation: those told beside the word, or from its beginning to its end.

    >>> read_sedation("withdrawal 8 minutes; moderate sedation, intraservice time 32 minutes")
    Decimal('32')
    """
    found = {Decimal(match[1] or match[2]) for match in _SEDATED.finditer(text)}
    if len(found) == 1:
        return found.pop()
    behind = text[max(text.lower().find("sedation"), 0) :]
    return read_minutes(behind) if not found and _CLOCK.search(behind) else None


def _minute(time: str, half: str | None) -> int | None:
    plain = time.replace(":", "").zfill(4)
    hour, minute = int(plain[:2]), int(plain[2:])
    if hour > 24 or minute > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    return hour * 60 + minute


def read_days(text: str) -> Decimal | None:
    """The days of readings: "18 days of data"; None for none or several that differ."""
    found = {Decimal(match[1]) for match in _DAYS.finditer(_PERIOD.sub(" ", text))}
    return found.pop() if len(found) == 1 else None


def read_views(text: str) -> Decimal | None:
    """How many views: a number, or the views that are named ("AP and lateral"); None where neither stands.

    >>> read_views("AP, lateral and mortise views of the left ankle"), read_views("X-ray of the wrist")
    (Decimal('3'), None)
    """
    numbers = {_number(match[1] or match[2]) for match in _VIEWS.finditer(text)} - {0}
    if len(numbers) == 1:
        return Decimal(numbers.pop())
    named = {match[1].lower() for match in _NAMED_VIEWS.finditer(text)}
    named = {{"lat": "lateral", "obl": "oblique"}.get(each, each) for each in named}
    return Decimal(len(named)) if len(named) > 1 or (named and re.search(r"\bviews?\b", text, re.I)) else None


def read_weeks(text: str) -> Decimal | None:
    """The weeks of a pregnancy, with days as parts of a week; None for none or several that differ by a week or more.

    >>> read_weeks("at 20 weeks"), read_weeks("CRL 9w2d").quantize(Decimal("0.1"))
    (Decimal('20'), Decimal('9.3'))
    """
    found = {
        Decimal(match[1] or match[5]) + Decimal(next((d for d in match.group(2, 3, 4, 6, 7) if d), "0")) / 7
        for match in _WEEKS.finditer(text)
    }
    return max(found) if found and max(found) - min(found) < 1 else None


MEASURES: Mapping[str, Callable[[str], Decimal | None]] = {
    "count": read_count,
    "size": read_centimetres,
    "area": read_area,
    "length": sum_centimetres,
    "days": read_days,
    "minutes": read_minutes,
    "sedation": read_sedation,
    "views": read_views,
    "weeks": read_weeks,
}
"""Name of a measure in the rules → what reads it."""
