"""Laboratory values that date a diagnosis: the first low potassium of hospital day 3 arose in the stay (Appendix I)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from nosology.coding.stay import Moment, Stay, find_moments, with_numbers

__all__ = ["onset_by_values"]

_NUMBER = r"\d{1,4}(?:\.\d{1,2})?"
_SERIES = re.compile(
    r"(?:[\s:=,|-]*(?:level|value|count|was|is|were|of|at|to|down|up|fell|falls|dropp?(?:ed|s)?|rose|rises|nadir|decreased"
    r"|increased|again|low|high|only|found|noted|reached|peaked|as low as|as high as)\b){0,5}[\s:=]{0,3}"
    rf"(?:from\s+)?(?P<first>{_NUMBER})(?:\s*(?:→|->|to|then)\s*(?P<last>{_NUMBER}))?(?![\d/%])",
    re.IGNORECASE,
)
_EARLY = re.compile(
    r"\b(?:in (?:the )?(?:ed|er|emergency (?:department|room))|(?:on|at|upon) (?:arrival|admission|presentation|admit)"
    r"|admission|initial(?:ly)?|presenting|triage|(?:hospital )?day (?:0|1|one)|hd ?#? ?[01])\b",
    re.IGNORECASE,
)
_LINE_DAY = re.compile(r"[^\w\n]{0,4}(?:(?:Hospital|Hosp\.?) )?(?:Days?|HD) #?(\d{1,2})\b(?=[.:)]| ?\(| [-–—] )", re.I)
_CLAUSE = re.compile(r"[;\n]|\.(?!\d)")
_BEFORE, _AFTER = 70, 45  # characters around a value in which its day is told


def onset_by_values(
    code: str, text: str, stay: Stay | None, rows: Sequence[Mapping[str, Any]], at_first: Callable[[int], bool]
) -> str:
    """Return N where every value that bears a diagnosis out is of a later day of the stay, Y where one is of the first.

    "" where no value, or the first of them, is dated. ``at_first`` says of a place whether it stands in what the chart
    tells of the arrival: its values are of the first day, if no date says otherwise.
    """
    row = next((row for row in rows if code.startswith(tuple(row["codes"]))), None)
    if row is None:
        return ""
    votes = list(_votes(text, stay, row, at_first))
    if "Y" in votes:
        return "Y"
    return "N" if votes and votes[0] == "N" else ""


def _votes(text: str, stay: Stay | None, row: Mapping[str, Any], at_first: Callable[[int], bool]) -> Iterator[str]:
    """Yield for each value that fits the diagnosis when it was measured: Y, N or ""."""
    below, above = row.get("below"), row.get("above")
    for name in _names(row["names"]).finditer(text):
        match = _SERIES.match(text, name.end())
        if match is None:
            continue
        value = float(match["last"] or match["first"])
        low, high = row["plausible"]
        if not low <= value <= high or (below is not None and value >= below) or (above is not None and value <= above):
            continue
        yield _when(text, name.start(), match.end(), stay) or ("Y" if at_first(name.start()) else "")


@lru_cache(maxsize=32)
def _names(names: str) -> re.Pattern[str]:
    return re.compile(names)


def _when(text: str, start: int, end: int, stay: Stay | None) -> str:
    """Return N for a value of a later day, Y for one of the first, "" where its clause does not say."""
    before = _CLAUSE.split(text[max(0, start - _BEFORE) : start])[-1]
    after = _CLAUSE.split(text[end : end + _AFTER])[0]
    near: list[tuple[int, str]] = []
    for part, following in ((with_numbers(before), False), (with_numbers(after), True)):
        moments: list[Moment] = find_moments(part, stay)
        near += [(m.start if following else len(part) - m.end, "N" if m.late else "Y") for m in moments]
        near += [(m.start() if following else len(part) - m.end(), "Y") for m in _EARLY.finditer(part)]
    if not near and (opening := _LINE_DAY.match(text, text.rfind("\n", 0, start) + 1, start)) is not None:
        return "N" if int(opening[1]) > 1 else "Y"  # the line of a course told by days
    return min(near)[1] if near else ""
