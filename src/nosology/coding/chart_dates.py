"""Dates as charts write them: 3/4/2026, 03-04-26, 2026-03-04, March 4, 2026, 4 Mar 2026."""

from __future__ import annotations

import re
from datetime import date

from nosology.lexicon.patterns import compile_words

__all__ = ["DATE", "YEAR", "is_dated", "read_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
DATE = (
    rf"(?:\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2}}(?!\d)"
    rf"|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}[ -]{_MONTH}[ -]\d{{4}})"
)
"""Pattern of a date with its year, for a search without regard to case."""
YEAR = compile_words(r"/2|-2| 202| 201")
"""Pieces of which a date with its year has one."""
_PARTS = re.compile(r"[A-Za-z]+|\d+")
_CENTURY = 2000


def is_dated(text: str) -> bool:
    """True where ``text`` may hold two dates with their years; quick, and sure only where it says no."""
    return len(YEAR.places(text)) > 1


def read_date(text: str) -> date | None:
    """Return the date that ``text`` is, month before day where both are numbers; None for what is no date.

    >>> read_date("3/4/26"), read_date("4 Mar 2026"), read_date("13/13/2026")
    (datetime.date(2026, 3, 4), datetime.date(2026, 3, 4), None)
    """
    parts = _PARTS.findall(text)
    if len(parts) != 3:
        return None
    named = [p for p in parts if p.isalpha()]
    numbers = [int(p) for p in parts if p.isdigit()]
    if named:
        if len(named) != 1 or named[0][:3].lower() not in _MONTHS:
            return None
        day, year = numbers
        month = _MONTHS.index(named[0][:3].lower()) + 1
    elif len(parts[0]) == 4:
        year, month, day = numbers
    else:
        month, day, year = numbers
    if year < 100:
        year += _CENTURY
    try:
        return date(year, month, day)
    except ValueError:
        return None
