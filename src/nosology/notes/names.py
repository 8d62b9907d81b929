"""Names in a note: people, and the service in the letterhead. What stands in them is no finding (Nash, Graves).

Names are what follows a title ("Mr.", "Dr.") or a label ("Patient:", "Attending:"), or stands before a degree ("MD").
The letterhead is the lines at the head of the text that name a hospital or a service.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Span

__all__ = ["find_names"]

_WORD = r"[A-Z][a-z\u00c0-\u017f'\u2019]+(?:-[A-Z][a-z\u00c0-\u017f'\u2019]+)*"
# A character set or a line end leads each pattern that is tried everywhere, so that the search skips quickly.
_TITLED = re.compile(
    rf"(?:M(?:rs?|s|iss|x)|Drs?|Prof|Sra?)\b\.? +"
    rf"(?P<name>(?:[A-Z]\.? )?{_WORD}(?: {_WORD}){{0,2}})"
)
_TITLES = WordPattern(r"\b(?:mr|ms|miss|mx|dr|prof|sr)")
_LABELLED = re.compile(
    r"\n[ \t*#|_-]*(?i:patient(?: name)?|pt(?: name)?|name|baby|attending(?: (?:physician|md))?|attg|surgeon|resident"
    r"|pcp|provider|physician|dictated by|author)[ \t.]*(?::|\||[ ]\.+)[ \t.*|]*"
    rf"(?P<name>(?:{_WORD}|[A-Z]{{3,}}(?:-[A-Z]{{3,}})*)"
    rf"(?:,? (?:[A-Z]\.(?=[ ,\n|])|{_WORD}|[A-Z]{{3,}}(?=[ ,\n]))){{1,3}})"
)  # of a text with a line end before it
_DEGREES = WordPattern(r" (?:md|mbbs|do|phd|pa-c|pharmd|np|rn|fac[sp])\b")  # wherever one of these is met
_DEGREE = re.compile(
    r"[MDPNRF](?<= .)(?:(?<=[a-z] .)|(?<=[a-z](?P<comma>,) .))"
    r"(?:(?<=M)(?:D|BBS)|(?<=D)O|(?<=P)(?:hD|A-C|harmD)|(?<=N)P|(?<=R)N|(?<=F)AC[SP])\b"
)
_LABELS = WordPattern(
    r"(?:patient|pt|name|baby|attending|attg|surgeon|resident|pcp|provider|physician|dictated by|author)"
    r"(?: (?:name|physician|md))?[ \t.]*(?::|\||[ ]\.)"
)  # stands wherever _LABELLED is met
_BEFORE_DEGREE = re.compile(rf"{_WORD}(?: [A-Z]\.)?(?: {_WORD}){{1,2}}\Z")
_LETTERHEAD = 5  # lines at most
_LONGEST = 48  # code points of a name
_SERVICE = re.compile(
    r"\b(?:service|unit|department|dept|division|cent(?:er|re)(?![- ]involv)|hospital(?![- ]acquired)|clinic|team"
    r"|oncology|cardiology|neurology|surgery|medicine|hepatology|nephrology|pulmonology|pediatrics|obstetrics"
    r"|orthop(?!n)\w+|trauma(?: (?:h&p|history|note|consult\w*|bay|activation|alert)|(?<=^trauma)$)|icu|micu|nicu"
    r"|institute)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|was|were|has|had|admitted|presented|with|for|who|year[- ]old|diagnos\w+|he|she|status post|s/p|after"
    r"|in|on|previous|prior|history of|hx of)\b|\d[ .)]*[A-Z]|:",
    re.IGNORECASE,
)


def find_names(text: str) -> tuple[Span, ...]:
    """Return the spans of names and of the letterhead of ``text``, in order of their starts; they may overlap."""
    spans = list(_letterhead(text))
    for place in _TITLES.places(text):
        if (titled := _TITLED.match(text, place)) is not None:
            spans.append(Span(*titled.span("name")))
    if _LABELS.search(text) is not None:
        spans += [Span(match.start("name") - 1, match.end("name") - 1) for match in _LABELLED.finditer(f"\n{text}")]
    for place in _DEGREES.places(text):
        if (degree := _DEGREE.match(text, place + 1)) is None:
            continue
        end = degree.start() - (1 if degree["comma"] is None else 2)
        start = max(0, end - _LONGEST)
        if (name := _BEFORE_DEGREE.search(text[start:end])) is not None:
            spans.append(Span(start + name.start(), end))
    return tuple(sorted(spans, key=lambda s: s.start))


def _letterhead(text: str) -> Sequence[Span]:
    """Return the lines at the head of the text that name a hospital or service, up to the first that does not."""
    spans: list[Span] = []
    start = 0
    for line in text.split("\n", _LETTERHEAD)[:_LETTERHEAD]:
        end = start + len(line)
        said = line.strip(" *=#-_+|\t\r")
        if said:
            if len(said) > 90 or _FINITE.search(said) or _SERVICE.search(said) is None:
                break
            spans.append(Span(start, end))
        start = end + 1
    return spans
