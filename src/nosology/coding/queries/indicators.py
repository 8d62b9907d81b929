"""Queries from clinical indicators: values, treatments and findings that together point to a condition nobody named.

A laboratory value alone asks nothing: the rule's groups must all be met, one of them by what was done about it
(Guidelines III.B: the provider evaluated or treated the finding).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from nosology.coding.queries.desk import CLOSING, Asked, QueryDesk, asks, prefixes
from nosology.model.coding import Query
from nosology.model.note import Indicator, Span
from nosology.rules.loader import Rule

__all__ = [
    "Found",
    "Item",
    "ask_from_indicators",
    "categories_needed",
    "find_items",
    "is_answered",
    "names_needed",
    "of_age",
    "offer",
]

_ADULT_UNLESS_SAID = 40
_MOST_OF_A_GROUP = 4  # quotes
_BEHIND = 90  # code points
_EXPLAINED = re.compile(
    r"\b(?:expected|part of|physiologic\w*|spurious|artifact\w*|artefact\w*|dilution\w*|pseudo\w+|ha?emoly[sz]ed"
    r"|not (?:considered|clinically|felt)|clinically insignificant|no clinical significance|shift from)\b",
    re.IGNORECASE,
)
_OPENING = 12  # code points
Item = Mapping[str, Any]
Found = dict[str, list[Indicator]]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def names_needed(rule: Rule) -> tuple[frozenset[str], ...]:
    """Return, group by group, the names of which the note must hold one; groups that codes can meet are left out."""
    needed = []
    for group in rule.data.get("indicators", ()):
        names: set[str] = set()
        for item in group["of"]:
            if "value" not in item and "said" not in item:
                break
            names.update([item["value"]] if "value" in item else item["said"])
        else:
            needed.append(frozenset(names))
    return tuple(needed)


def categories_needed(rule: Rule) -> tuple[frozenset[str], ...]:
    """Return the categories of which one must be reported, group by group, where only a reported code will do."""
    groups = [group["of"] for group in rule.data.get("indicators", ())]
    reported = [[code for item in of for code in item["reported"]] for of in groups if all("reported" in i for i in of)]
    if "reported" in rule.data:
        reported.append(rule.data["reported"])
    return tuple(frozenset(code[:3] for code in codes) for codes in reported)


@asks("clinical_indicators")
def ask_from_indicators(desk: QueryDesk, rule: Rule) -> Iterator[Asked]:
    """Ask where every group of indicators is met and nothing in the chart answers already."""
    data = rule.data
    unless = data.get("unless", {})
    if _speaks(desk, unless):
        return
    found: Found = {}
    if not all(_is_met(desk, group, found) for group in data["indicators"]):
        return
    if not of_age(desk, data.get("age")) or is_answered(desk, unless):
        return
    spans: list[Span] = []
    found.clear()
    for group in data["indicators"]:
        met = [each for item in group["of"] if (each := find_items(desk, item, found))]
        spans += [span for each in met for span in each[: 2 if len(met) == 1 else 1]][:_MOST_OF_A_GROUP]
    question = " ".join(data["asks"].split())
    yield Asked(
        int(data["importance"]),
        Query(rule.id, question, offer(desk, data, found), desk.quote(spans)),
        tuple(data.get("covers", ())),
        yields_to=tuple(data.get("yields_to", ())),
    )


def _is_met(desk: QueryDesk, group: Mapping[str, Any], found: Found) -> bool:
    """True where enough items of the group are met; no more of them are looked at than it needs."""
    lacking = int(group.get("least", 1))
    for item in group["of"]:
        met = desk.has(prefixes(item["codes"])) if "codes" in item else bool(find_items(desk, item, found))
        lacking -= met
        if not lacking:
            return True
    return False


def _speaks(desk: QueryDesk, unless: Mapping[str, Any]) -> bool:
    """True where the chart addresses a condition that answers; the cheapest of what answers, so it is asked first."""
    codes = unless.get("codes")
    return codes is not None and desk.addresses(prefixes(codes))


def of_age(desk: QueryDesk, limits: Sequence[int] | None) -> bool:
    """True where the patient's age lies within the limits (years, both included); unsaid, an adult is assumed."""
    if limits is None:
        return True
    age = desk.age()
    return limits[0] <= (age if age is not None else _ADULT_UNLESS_SAID) <= limits[1]


def is_answered(desk: QueryDesk, unless: Mapping[str, Any]) -> bool:
    """True where the chart already answers: by a condition that it addresses, an indicator, or words."""
    if _speaks(desk, unless):
        return True
    if any(desk.indicators.of(name) for name in unless.get("said", ()) if name in desk.indicators.names):
        return True
    return "words" in unless and desk.said(_compiled(unless["words"]))


def find_items(desk: QueryDesk, item: Item, found: Found) -> list[Span]:
    """Return where one item of a group is met, the strongest first; what is found of a value is kept in ``found``."""
    if "value" in item:
        name = item["value"]
        if name not in desk.indicators.names:
            return []
        readings = _readings(desk.indicators.of(name), item)
        if readings and ("below" in item or "above" in item):
            explained = {r.value for r in readings if _is_explained(desk, r)}
            readings = [r for r in readings if r.value not in explained]
        if readings:
            found.setdefault(name, []).extend(readings)
        return [r.span for r in readings]
    if "said" in item:
        said = [i for name in item["said"] if name in desk.indicators.names for i in desk.indicators.of(name)]
        if beside := item.get("beside"):
            near = {r.sentence for r in found.get(beside, ())}
            said = [i for i in said if i.sentence in near or (i.sentence - 1 in near and _opens(desk, i))]
        said.sort(key=lambda i: i.span)
        for each in said:
            found.setdefault(each.name, []).append(each)
        return [i.span for i in said]
    if "reported" in item:
        codes = prefixes(item["reported"])
        facts = [desk.statement_of(c, codes) for c in desk.reports(codes)]
        return [f.mention.span for f in facts]
    stated = desk.states(prefixes(item["codes"]))
    return [s.mention.span for s in sorted(stated, key=lambda s: (bool(s.reason), s.mention.span))]


def _is_explained(desk: QueryDesk, reading: Indicator) -> bool:
    """True where the author says right behind a value that it is no finding of its own ("expected", "hemolyzed")."""
    end = min(desk.note.sentences[reading.sentence].span.end, reading.span.end + _BEHIND)
    return _EXPLAINED.search(desk.chart.text, reading.span.end, max(end, reading.span.end)) is not None


def _opens(desk: QueryDesk, indicator: Indicator) -> bool:
    """True if the words open their sentence, so that they go on from the one before ("K 2.9. Repleted.")."""
    return indicator.span.start - desk.note.sentences[indicator.sentence].span.start <= _OPENING


def _readings(readings: Sequence[Indicator], item: Item) -> list[Indicator]:
    """Return the readings that meet the item, the furthest from normal first."""
    allowed = ("", "discharge", "past", "baseline") if item.get("past") else ("", "discharge")
    now = [r for r in readings if r.when in allowed and r.value is not None and r.upper is not None]
    if "below" in item:
        met = [r for r in now if _upper(r) < item["below"] and r.bound != ">"]
        return sorted(met, key=_upper)
    if "above" in item:
        met = [r for r in now if _value(r) > item["above"] and r.bound != "<"]
        return sorted(met, key=_value, reverse=True)
    if "within" in item:
        low, high = item["within"]
        met = [r for r in now if low <= _value(r) and _upper(r) <= high]
        if not item.get("late", True):
            met = [r for r in met if r.when == ""]
        return sorted(met, key=lambda r: r.span)
    if "rise" in item:
        return _apart(now, readings, float(item["rise"]["ratio"]), float(item["rise"]["by"]), fall=False)
    if "fall" in item:
        return _apart(now, readings, float(item["fall"]["ratio"]), float(item["fall"]["by"]), fall=True)
    return now


def _value(reading: Indicator) -> float:
    return reading.value if reading.value is not None else 0.0


def _upper(reading: Indicator) -> float:
    return reading.upper if reading.upper is not None else 0.0


def _apart(
    now: Sequence[Indicator], readings: Sequence[Indicator], ratio: float, by: float, *, fall: bool
) -> list[Indicator]:
    """Return the two readings that lie far enough apart: highest over lowest at least ``ratio``, or one series that
    moves ``by``. The baseline counts as the lowest (as the highest for a fall).
    """
    known = [*now, *(r for r in readings if r.when == "baseline")]
    known = [r for r in known if not r.bound]
    if len(known) < 2 or not now:
        return []
    low, high = min(known, key=_value), max(known, key=_value)
    if fall:
        order = [r for r in known if r.span.start <= low.span.start]
        high = max(order, key=_value)
        far = _value(high) - _value(low) >= by and _value(high) >= ratio * _value(low)
        later = known.index(high) <= known.index(low) or high.when == "baseline"
        return [low, high] if far and later else []
    if high.when == "baseline":
        return []
    same = high.span == low.span or low.when == "baseline"
    if _value(high) >= ratio * _value(low) or (same and _value(high) - _value(low) >= by):
        return [high, low]
    return []


def offer(desk: QueryDesk, data: Mapping[str, Any], found: Found) -> tuple[str, ...]:
    """Return the options that the indicators support, then those that every query has."""
    options = []
    for option in data.get("options", ()):
        if isinstance(option, str):
            options.append(option)
        elif any(find_items(desk, item, dict(found)) for item in option["when"]):
            options.append(option["say"])
    if none := data.get("none"):
        options.append(none)
    return (*options, *CLOSING)
