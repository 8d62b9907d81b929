"""Why a note has no code: what was seen in it and set aside, or that there is nothing to see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from nosology.model.coding import NotCoded
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence, Note

__all__ = ["explain_nothing"]

_MOST = 5
_REASONS = (
    ("denied", ("absent",)),
    ("of somebody else", ("said of",)),
    ("not stated as a fact", ("hypothetical", "conditional")),
    ("uncertain", ("uncertain", "only confirmed")),
    ("of the past", ("history",)),
    ("only mentioned, neither evaluated nor treated", ("mentioned",)),
    ("of the other sex", ("a condition of",)),
    ("a drug, a status or a circumstance without a condition", ("not a status",)),
)
_OTHER = "set aside for another reason"
_BLANK = re.compile(r"_{3,}|\[[ _]?\]|☐|\( \)|\b[Yy](?:es)? ?/ ?[Nn]o?\b")
_VITALS = re.compile(
    r"\b(?:vitals?|signs?|bp|blood|pressure|hr|heart|rate|rr|resp\w*|pulse|temp\w*|t|spo2|sats?|o2|oxygen|saturation"
    r"|weight|wt|height|ht|bmi|pain|score|mmhg|bpm|kg|lbs?|cm|in|ft|f|c|ra|room|air|on|at|of|and|min|oral|h|l)\b"
)
_WORD = re.compile(r"[a-z]\w*")


def explain_nothing(note: Note, set_aside: Sequence[NotCoded], withheld: str) -> Finding:
    """Return the finding that says why ``note`` has no code; ``withheld`` is the reason why none may be reported."""
    fix = "read what was not coded; query the provider where a condition was treated and not named"
    if withheld:
        message, fix = withheld, ""
    elif not note.mentions:
        message, fix = _what_it_is(note), "check that the whole note was sent"
    else:
        message = _why_set_aside(set_aside, len(note.mentions))
    kinds = {s.span.start: s.kind for s in note.sections}
    starts = sorted(kinds)
    evidence = tuple(
        Evidence(row.span, row.quote, kinds[max((s for s in starts if s <= row.span.start), default=starts[0])])
        for row in set_aside[:_MOST]
    )
    return Finding("coding.nothing-codable", Severity.INFORMATION, f"no code: {message}", evidence=evidence, fix=fix)


def _what_it_is(note: Note) -> str:
    """What a note is that names no condition at all."""
    text = note.document.text
    if not text.strip():
        return "the note is empty"
    bodies = [text[s.body.start : s.body.end] for s in note.sections if s.title]
    untitled = [text[s.body.start : s.body.end] for s in note.sections if not s.title]
    if _BLANK.search(text):
        return "the note is a form that nobody has filled in"
    if bodies and not any(_WORD.search(part.lower()) for part in (*bodies, *untitled)):
        return "the note has headings and no text below them"
    words = _WORD.findall(" ".join((*bodies, *untitled)).lower())
    if words and sum(_VITALS.fullmatch(word) is not None for word in words) >= 0.8 * len(words):
        return "the note holds vital signs only; a value is no diagnosis (III.B)"
    return "the note names nothing that the code set knows"


def _why_set_aside(set_aside: Sequence[NotCoded], count: int) -> str:
    counts = Counter(
        next((said for said, begins in _REASONS if row.why.startswith(begins)), _OTHER) for row in set_aside
    )
    parts = [f"{number} {said}" for said, number in counts.most_common()]
    return f"of what the note names ({count}), none is to be reported: {', '.join(parts)}"
