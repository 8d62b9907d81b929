"""Where the story of today goes on below a history: "PMH: gout." and beneath it "Today he has acute bronchitis."

A heading with its text on the same line ("Past history (copied from 2019): …") opens no more than what follows it at
once. A paragraph of prose below it that brings the patient today, or that tells nothing of the past, is no history.
"""

from __future__ import annotations

import re

__all__ = ["opens_problem", "story_resumes"]

_BREAK = re.compile(r"(?<!\s)[ \t\r]*+\n(?P<more>\s*+)(?=[A-Z0-9])")
_WHO = r"(?:(?:the |this |our )?(?:patient|pt)|he|she|they|(?:mr|mrs|ms)\.? [A-Z][\w'-]+)"
_TODAY = re.compile(
    r"(?:(?:this|the|our|an?) |(?:mr|mrs|ms)\.? [A-Z][\w'-]+ (?:is|was) an? )?\d{1,3}[- ]?(?:years?|yrs?|y|months?|mo)"
    r"[- /]?(?:old|o)\b[^\n]{0,60}?\b(?:admitted|presents?|presented|presenting|here|seen|comes|came|referred|brought"
    r"|with)\b"
    rf"|(?:today|now|this (?:morning|afternoon|evening)),? {_WHO} "
    rf"|{_WHO} (?:now |also |then )?(?:presents|presented|is (?:here|seen|admitted)|comes (?:in|to)|arrived"
    r"|was (?:admitted|brought|transferred|referred|found))\b",
    re.I,
)  # how the story of an encounter begins
_DATED = re.compile(r"[^\n]{0,160}?\b(?:19|20)\d\d\b|[^\n]{0,160}?\b(?:ago|previously|at (?:age|birth)|as an?)\b", re.I)
_PAST = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:ago|history|hx|previous\w*|prior|past|former\w*|once|underwent|childhood|remote\w*|since"
    r"|diagnosed|years?|surger\w+|surgical|long[- ]?standing|chronic\w*|hospitalized|s/p|status post|reports having"
    r"|known|never|comorbid\w*|follows|as an? (?:child|infant|baby|teenager|adult))\b",
    re.I,
)  # a paragraph with one of these may still tell of the past
_LONG = 60
_PROBLEM = re.compile(r"[ \t]*(?:#(?:\d{1,2}[.):]?)?|\(?\d{1,2}[.)])[ \t]*[A-Za-z][^\n]{1,60}[.:,;][ \t]")


def story_resumes(text: str, body: int, end: int, *, alone: bool) -> int | None:
    """Return where the story of today begins in the text below a history, None if nowhere before ``end``.

    ``alone``: the heading stands on a line of its own; what a blank line parts from it may be history as well.
    """
    begin = body
    while begin < end and text[begin].isspace():  # what stands there is the history in any case
        begin += 1
    for gap in _BREAK.finditer(text, begin, end):
        at = gap.end()
        if _TODAY.match(text, at, end) is not None:
            if _DATED.match(text, at, min(end, at + 220)) is None:
                return at
        elif not alone and "\n" in gap["more"] and _is_of_today(text, at, end):
            return at
    return None


def _is_of_today(text: str, at: int, end: int) -> bool:
    """Whether a paragraph is prose that tells nothing of the past."""
    stop = text.find("\n", at, end)
    line = text[at : end if stop < 0 else stop].rstrip()
    return len(line) >= _LONG and line[-1] in ".!" and ":" not in line[:40] and _PAST.search(line) is None


def opens_problem(text: str, begin: int, at: int) -> bool:
    """Whether the line from ``begin`` is a numbered problem named before ``at``: "1) Lungs. CT: nodules"."""
    return _PROBLEM.match(text, begin, at) is not None
