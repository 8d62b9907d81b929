"""The dated entries of a chart: progress notes, visits and addenda that stand one after the other in one file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nosology.coding.chart_dates import DATE, YEAR, read_date
from nosology.lexicon.patterns import compile_words
from nosology.model.note import Span

__all__ = ["Entry", "find_entries"]

_NOTE = (
    r"(?:(?:(?:daily|inpatient|physician|icu|medicine|surgery|hospitalist|cardiology) )?(?:progress|soap|follow[- ]?up"
    r"|clinic|office|consult(?:ation)?|nursing|operative|procedure|admission|discharge|visit|daily|event|interval"
    r"|post-?op)[ ]?(?:note|visit|report|summary)?|note|visit|encounter|history and physical|h&p|addendum"
    r"|date(?: of (?:service|visit))?|dos|visit date|service date|hospital day|day)"
)
_DAY = r"(?:hospital day|hd|pod|post-?op(?:erative)? day|day)[ #:]{0,3}(?P<day>\d{1,3})\b"
_LONGEST = 120  # code points of a heading
_DAYS = compile_words(r"pod|hd|day ")  # of "POD 1", "Hospital day 2"
_TIME = r"(?:(?:at )?\d{1,2}:?\d{2}[ \t]*(?:hrs|am|pm)?)?"
_HEAD = re.compile(
    rf"[ \t#*=_>-]*+(?:(?P<lead>{DATE})[ \t]*{_TIME}[ \t]*[-–—:,|]?[ \t]*(?:{_NOTE}[^\n]{{0,50}})?"
    rf"|{_NOTE}\b[^\n]{{0,50}}?(?P<date>{DATE})[^\n]{{0,40}}"
    rf"|{_DAY}[ \t]*(?:[:(–-][^\n]{{0,40}})?)[ \t*=_-]*\r?(?=\n|\Z)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its span, that of its heading, its date or its day of the stay (None where it says neither)."""

    span: Span
    heading: Span
    on: date | None
    day: int | None

    @property
    def when(self) -> tuple[str, int]:
        """What tells entries of different days apart."""
        return ("date", self.on.toordinal()) if self.on is not None else ("day", self.day or 0)


def find_entries(text: str) -> tuple[Entry, ...]:
    """Return the dated entries of ``text`` in order; empty where there are fewer than two of different days."""
    places = [*YEAR.places(text), *_DAYS.places(text)]
    if len(places) < 2:
        return ()
    lines = set()
    for place in places:
        lines.add(text.rfind("\n", max(0, place - _LONGEST), place) + 1 or max(0, place - _LONGEST))
    heads: list[tuple[int, int, date | None, int | None]] = []
    for line in sorted(lines):
        match = _HEAD.match(text, line) if line == 0 or text[line - 1] == "\n" else None
        if match is None:
            continue
        written = match["lead"] or match["date"]
        on = read_date(written) if written else None
        day = int(match["day"]) if match["day"] else None
        if on is not None or day is not None:
            heads.append((match.start(), match.end(), on, day))
    if sum(head[2] is not None for head in heads) > 1:
        heads = [head for head in heads if head[2] is not None]
    if len(heads) < 2:
        return ()
    entries = []
    for i, (start, end, on, day) in enumerate(heads):
        until = heads[i + 1][0] if i + 1 < len(heads) else len(text)
        if text[end:until].strip():
            entries.append(Entry(Span(start, until), Span(start, end), on, day))
    return tuple(entries) if len({entry.when for entry in entries}) > 1 else ()
