"""Dates that cannot be: discharge before admission, signature before the service, birth after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nosology.coding.chart_dates import DATE, is_dated, read_date
from nosology.coding.workup import Workup, check
from nosology.lexicon.patterns import compile_words
from nosology.model.note import Role, Span
from nosology.rules.loader import Rule

__all__ = ["compare_dates"]

_LABELS = (
    ("admission", r"(?:date of admission|admi(?:t|ssion|tted)(?: date| on)?|adm(?: date)?)"),
    ("discharge", r"(?:date of discharge|discharged?(?: date| on)?|d/c(?: date)?)"),
    ("service", r"(?:date of (?:service|visit|encounter|exam(?:ination)?)|dos|(?:visit|service|encounter) date)"),
    ("signature", r"(?:signed(?: by [^\n;|:]{2,40}?)??(?: on| at)?|date signed|dictated(?: on)?|date of dictation)"),
    ("birth", r"(?:dob|d\.o\.b\.?|date of birth|birth ?date)"),
)
_HINTS = compile_words(r"adm|discharge|d/c|signed|dictated|date |dos|visit d|service d|encounter d|dob|d\.o\.b|birth")
# what stands before a label: the start of a line or of a column, or the word that belongs to "signed"
_BEFORE = ("\n", "\n ", "\t", "|", "| ", ";", "; ", ",", ", ", "(", "  ", "*", "# ", "\n- ", "electronically ")
_LABELLED = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>{label})" for name, label in _LABELS)
    + rf")[*]{{0,2}}[ \t]*[:=]?[ \t*]*(?:[A-Z][a-z]{{2}},? )?(?P<date>{DATE})",
    re.IGNORECASE,
)
_LONGEST = 16  # code points of what stands before a label
_ORDER = (
    ("admission", "discharge", "the discharge lies before the admission"),
    ("service", "signature", "the signature lies before the service"),
    ("admission", "signature", "the signature lies before the admission"),
    ("birth", "admission", "the admission lies before the birth"),
    ("birth", "service", "the service lies before the birth"),
)


@check("chart_dates", "chart")
def compare_dates(workup: Workup, rule: Rule) -> None:
    """Report dates of one header that contradict each other."""
    if workup.withheld or not is_dated(workup.chart.text):
        return
    reach = int(rule.data["reach"])
    last: dict[str, tuple[date, Span]] = {}
    said: set[str] = set()
    for kind, on, span in _labelled_dates(workup):
        last[kind] = (on, span)
        for before, after, message in _ORDER:
            if kind not in (before, after) or before not in last or after not in last or message in said:
                continue
            (earlier, one), (later, other) = last[before], last[after]
            if later < earlier and _near(one, other, reach, after):
                said.add(message)
                evidence = [workup.quote(one), workup.quote(other, Role.CONTRADICTS)]
                workup.report_finding(rule, evidence, message=message)


def _labelled_dates(workup: Workup) -> Iterator[tuple[str, date, Span]]:
    """Yield the dates that stand right after their label in a header: kind, date, where."""
    text = workup.chart.text
    for place in _HINTS.places(text):
        begins = text[max(0, place - _LONGEST) : place].lower()
        if begins and not begins.endswith(_BEFORE):
            continue
        match = _LABELLED.match(text, place)
        read = read_date(match["date"]) if match is not None else None
        if match is not None and read is not None:
            kind = next(name for name, _ in _LABELS if match[name])
            yield kind, read, Span(match.start("date"), match.end("date"))


def _near(one: Span, other: Span, reach: int, kind: str) -> bool:
    """True for dates of one header; a signature may stand at the end of what follows, and counts if it comes later."""
    return abs(one.start - other.start) <= reach or (kind == "signature" and other.start > one.start)
