"""The row of data: tests, documents and historians each once; own interpretation; discussion with others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from nosology.coding.em.chart import VisitChart
from nosology.coding.em.scan import Hit, compiled
from nosology.model.note import Evidence
from nosology.model.visit import Counted, Element, Level

__all__ = ["count_data"]

_TOLD_RESULT = r"\b(?:show|reveal|demonstrat|confirm|positive|negative|normal|found|indicat)"
_ITEM = re.compile(
    r"(?:^|[,;:/&+.–—]|\band|\bthen|\d ?(?:mo|wks?|weeks|months))\s*(?:[-•*#]|\d{1,2}[.)])?\s*$", re.IGNORECASE
)


@cache
def _bounded(words: str) -> str:
    """Return the words of a test as a pattern that stands between borders."""
    return rf"(?<![\w-])(?:{words})(?![\w-])"


def _named_tests(chart: VisitChart, numbers: tuple[int, ...]) -> Iterator[tuple[int, str, Hit]]:
    """Yield every test that the sentences name; of two that overlap the first and longest."""
    data = chart.data("em_data")
    found = [
        (number, name, hit)
        for name, words in (*data["tests"].items(), *data["imaging"].items())
        for number, hit in chart.find(_bounded(words), numbers)
    ]
    found.sort(key=lambda each: (each[0], each[2].start(), -each[2].end()))
    last = (-1, 0)
    for number, name, hit in found:
        if (number, hit.start()) >= last:
            yield number, name, hit
            last = (number, hit.end())


def count_data(chart: VisitChart, *, new: bool) -> Element:
    """Return the row of data; ``new`` patients bring results that their history reports as reviewed."""
    data = chart.data("em_data")
    tests = _count_tests(chart, new=new)
    documents = _count_words(chart, "documents", "document reviewed", needs="read")
    historian = _count_words(chart, "historian", "independent historian")[:1]
    if not historian and chart.desk.age is not None and chart.desk.age < data["child_until"]:
        historian = _count_words(chart, "of_child", "independent historian")[:1]
    own = _count_words(chart, "own_reading", "own interpretation of a test")[:1]
    talk = [
        each for each in _count_words(chart, "discussion", "discussion with another professional") if _outside(each)
    ]
    first = len(tests) + len(documents)
    levels = data["levels"]
    categories = (first + len(historian) >= levels["moderate"]["first"]) + bool(own) + bool(talk)
    counted = (*tests, *documents, *historian, *own, *talk[:1])
    if categories >= levels["extensive"]["categories"]:
        level, why = Level.HIGH, "two of three: documents and tests, own interpretation, discussion"
    elif categories >= levels["moderate"]["categories"]:
        which = (
            "own interpretation"
            if own
            else "discussion"
            if talk
            else f"{first + len(historian)} tests, documents or historians"
        )
        level, why = Level.MODERATE, f"one of three: {which}"
    elif first >= levels["limited"]["first"] or historian:
        level = Level.LOW
        why = "an independent historian" if first < levels["limited"]["first"] else f"{first} tests or documents"
    else:
        level, why = Level.STRAIGHTFORWARD, "no test or document" if not first else "one test or document"
    return Element("data", level, why, counted)


def _outside(counted: Counted) -> bool:
    """True unless the talk was with the patient or the family."""
    return (
        re.search(
            r"discuss\w* [^.]{0,20}with (?:the |his |her )?(?:patient|mother|father|wife|husband|family)\b",
            counted.evidence[0].quote,
            re.IGNORECASE,
        )
        is None
        or re.search(r"\bdr\.?\b", counted.evidence[0].quote, re.IGNORECASE) is not None
    )


def _count_words(chart: VisitChart, name: str, label: str, needs: str = "") -> list[Counted]:
    data = chart.data("em_data")
    found: dict[str, Counted] = {}
    numbers = (*chart.told, *chart.plan, *(n for n, kind in enumerate(chart.kinds) if kind in data["results"]))
    for number, match in chart.find(data[name], tuple(dict.fromkeys(numbers))):
        if needs and compiled(data[needs]).search(chart.lines[number]) is None:
            continue
        if chart.denied(number, match.start(), match.end()) and name != "historian":
            continue
        if compiled(data["not_done"]).search(chart.clause(number, match.start())):
            continue
        if re.search(r"\bwill\b", chart.clause(number, match.start())) and name in ("documents", "discussion"):
            continue
        key = match.group().lower()
        if key not in found:
            found[key] = Counted(
                "historian" if name == "of_child" else name, label, Level.LOW, (chart.evidence(number),)
            )
    return list(found.values())


def _count_tests(chart: VisitChart, *, new: bool) -> list[Counted]:
    data = chart.data("em_data")
    found: dict[str, list[Evidence]] = {}
    kinds = frozenset(data["results"])
    bare = frozenset(n for n, kind in enumerate(chart.kinds) if kind == "" and n not in chart.planned)
    sure = frozenset(n for n, kind in enumerate(chart.kinds) if kind in kinds) | bare
    others = frozenset(data["other_results"])
    told = frozenset(chart.told)
    undone = compiled(data["not_done"])
    numbers = tuple(n for n, k in enumerate(chart.kinds) if n in sure or n in chart.planned or n in told or k in others)
    for number, name, match in _named_tests(chart, numbers):
        line = chart.lines[number]
        if number not in sure and (
            undone.search(chart.clause(number, match.start())) or chart.denied(number, match.start(), match.end())
        ):
            continue
        if not (
            _is_looked_at(data, line, match, titled=number in sure, bare=number in bare)
            or (number in chart.planned and _is_ordered(data, chart.kinds[number], line, match))
            or (new and number in told and compiled(_TOLD_RESULT).search(line))
        ):
            continue
        if name in data["imaging"]:
            name = _with_region(name, line, match.start(), match.end(), data["regions"], found)
        found.setdefault(name, []).append(chart.evidence(number))
    if "labs" in found and len(found) > 1 and any(name in data["tests"] and name != "labs" for name in found):
        del found["labs"]
    return [
        Counted("test", f"test: {name}", Level.LOW, tuple(dict.fromkeys(quotes))[:2]) for name, quotes in found.items()
    ]


def _is_looked_at(data: Mapping[str, Any], line: str, match: Hit, *, titled: bool, bare: bool) -> bool:
    """True if the sentence gives a result: anything under such a heading, elsewhere what stands behind the test."""
    if titled and compiled(data["reviewed"]).search(line):
        return True
    if titled and not bare:
        return re.search(r"\d|:|[A-Z]", line) is not None
    return compiled(data["result"]).search(line[match.end() :]) is not None and not compiled(data["past"]).search(line)


def _is_ordered(data: Mapping[str, Any], kind: str, line: str, match: Hit) -> bool:
    """True if the sentence of the plan orders or reads the test: by a verb, or as an item of a list of its own."""
    if compiled(data["ordered"]).search(line):
        return True
    return kind in data["orders"] and _ITEM.search(line[: match.start()]) is not None


def _with_region(name: str, line: str, start: int, end: int, regions: str, found: dict[str, list[Evidence]]) -> str:
    """Return the imaging with its region of the body; without one, the imaging of that kind that is known already."""
    before = compiled(rf"\b(?:{regions})\s+$").search(line[max(0, start - 20) : start])
    after = compiled(
        rf"^(?: \w+){{0,3}} of (?:the |his |her )?(?:(?:bilateral|right|left|both|upper|lower) )*(?P<site>{regions})\b"
    ).search(line[end : end + 70])
    known = [key for key in found if key == name or key.startswith(f"{name} of ")]
    if before is None and after is None:
        return known[0] if known else name
    site = (after["site"] if after is not None else before.group().strip() if before is not None else "").lower()
    site = site.rstrip("s") if site not in ("pelvis", "sinus") else site
    site = {
        "feet": "foot",
        "abdominal": "abdomen",
        "pelvic": "pelvis",
        "renal": "kidney",
        "toe": "foot",
        "c-spine": "cervical",
        "l-spine": "lumbar",
        "lumbosacral": "lumbar",
    }.get(site, site)
    if name in known:
        return name
    return f"{name} of {site}"
