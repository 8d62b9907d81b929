"""Drugs in the sentences of a plan: those that need a prescription, and what is decided about them."""

from __future__ import annotations

import re
from functools import cache

from nosology.coding.drug_list import drug_list
from nosology.coding.em.chart import VisitChart
from nosology.coding.em.scan import compiled

__all__ = ["find_drugs", "is_managed", "needs_prescription"]

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,}")
_DOSE = re.compile(r"\b(\d[\d,]*(?:\.\d+)?)\s?(?:mg|iu|units?|mcg)\b", re.IGNORECASE)

_DOSED = re.compile(
    r"(?: (?:er|xr|sr|cr|dr|xl|la|ir|succ\w*|enacarbil|cream|gel|spray|ointment|[a-z]+ide|[a-z]+ate))?\s?\d",
    re.IGNORECASE,
)


def find_drugs(chart: VisitChart, number: int) -> list[tuple[str, int, int]]:
    """Return the drugs that the sentence names, each with its place in the sentence."""
    known = chart.drugs.get(number)
    if known is None:
        known = chart.drugs[number] = _read_drugs(chart.lines[number])
    return known


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split()[0] for name in drug_list() if name)


def _read_drugs(line: str) -> list[tuple[str, int, int]]:
    first = _first_words()
    if not any(word.group().lower() in first for word in _WORD.finditer(line)):
        return []
    drugs = drug_list()
    words = list(_WORD.finditer(line))
    found: list[tuple[str, int, int]] = []
    until = 0
    for place, word in enumerate(words):
        if word.start() < until or word.group().lower() not in first:
            continue
        for size in (3, 2, 1):
            run = words[place : place + size]
            if len(run) < size:
                continue
            name = " ".join(w.group().lower() for w in run)
            if name in drugs:
                found.append((name, run[0].start(), run[-1].end()))
                until = run[-1].end()
                break
    return found


def needs_prescription(chart: VisitChart, number: int, name: str, end: int) -> bool:
    """True if the drug needs a prescription, or is given here at a strength that does, or is said to be prescribed."""
    data = chart.data("em_risk")
    line = chart.lines[number]
    after = line[end : end + 40]
    if name in data["of_procedures"] and compiled(data["injected"]).search(line):
        return False
    kind = drug_list()[name].kind
    open_sale = name in data["without_prescription"] or (
        kind in data["kinds_without_prescription"] and name not in data["with_prescription"]
    )
    if not open_sale:
        return True
    strength = data["prescription_strength"].get(name)
    dose = _DOSE.search(after)
    if strength is not None and dose is not None and float(dose.group(1).replace(",", "")) >= strength:
        return True
    before = line[max(0, end - 60) : end]
    said = re.search(r"prescri(?:be|bed|bing|ption)", before, re.IGNORECASE)
    return said is not None and compiled(data["no_prescription"]).search(before) is None


def is_managed(chart: VisitChart, number: int, end: int) -> bool:
    """True if the sentence decides something about the drug that ends there: a verb, how the patient fares, a dose."""
    data = chart.data("em_risk")
    line = chart.lines[number]
    if _DOSED.match(line[end : end + 40]):
        return True
    return compiled(data["manage"]).search(line) is not None or compiled(data["fares"]).search(line) is not None
