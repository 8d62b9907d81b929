"""The row of risk: what was decided at the visit about drugs, procedures, surgery, hospital and social limits."""

from __future__ import annotations

import re

from nosology.coding.drug_list import drug_list
from nosology.coding.em.chart import VisitChart
from nosology.coding.em.drugs import find_drugs, is_managed, needs_prescription
from nosology.coding.em.scan import compiled
from nosology.model.note import Evidence
from nosology.model.visit import Counted, Element, Level

__all__ = ["count_risk"]

_ALLERGIC = re.compile(r"\ballerg\w+ to [\w ,/-]{0,30}$", re.IGNORECASE)


def count_risk(chart: VisitChart) -> Element:
    """Return the row of risk with everything that reaches a level, the highest first."""
    found = [*_high(chart), *_moderate(chart), *_low(chart)]
    if not found:
        return Element("risk", Level.STRAIGHTFORWARD, "nothing beyond rest, advice or observation")
    found.sort(key=lambda each: -each.level.number)
    return Element("risk", found[0].level, found[0].name, tuple(found))


def _decided(chart: VisitChart, number: int, start: int, end: int) -> bool:
    """True if the words are a decision of this visit: neither denied nor hanging on something to come."""
    data = chart.data("em_risk")
    if chart.denied(number, start, end):
        return False
    return compiled(data["not_decided"]).search(chart.clause(number, start)) is None


def _settled(chart: VisitChart, number: int, start: int, end: int) -> bool:
    """True if the words are a decision, and more than discussed."""
    talk = compiled(chart.data("em_risk")["only_discussed"])
    return _decided(chart, number, start, end) and talk.search(chart.clause(number, start)) is None


def _words(chart: VisitChart, name: str, kind: str, label: str, level: Level, unless: str = "") -> list[Counted]:
    data = chart.data("em_risk")
    numbers = []
    for number, match in chart.find(data[name], chart.plan):
        if not _decided(chart, number, match.start(), match.end()):
            continue
        if unless and compiled(data[unless]).search(chart.lines[number]):
            continue
        numbers.append(number)
    if not numbers:
        return []
    quotes = tuple(chart.evidence(number) for number in dict.fromkeys(numbers))
    return [Counted(kind, label, level, quotes[:3])]


def _high(chart: VisitChart) -> list[Counted]:
    data = chart.data("em_risk")
    found = [
        *_words(
            chart, "hospital", "hospital", "decision for hospital or a higher level of care", Level.HIGH, "hospital_not"
        ),
        *_words(
            chart, "resuscitation", "resuscitation", "decision against resuscitation or to de-escalate", Level.HIGH
        ),
        *_words(chart, "parenteral", "parenteral", "parenteral controlled substance", Level.HIGH),
    ]
    watched = []
    for number, match in chart.find(data["toxic_drugs"], chart.plan):
        near = " ".join(chart.lines[n] for n in chart.plan if abs(n - number) <= 1)
        watch = compiled(data["toxic_watch"]).search(near)
        if (
            watch
            and re.search(r"toxic|monitor|level|trough", near, re.IGNORECASE)
            and _decided(chart, number, match.start(), match.end())
        ):
            watched.append(chart.evidence(number))
    kinds = frozenset(data["toxic_kinds"])
    for number in chart.plan:
        for name, start, end in find_drugs(chart, number):
            if drug_list()[name].kind in kinds and compiled(data["toxic_seen"]).search(chart.lines[number]):
                if _decided(chart, number, start, end):
                    watched.append(chart.evidence(number))
                break
    if watched:
        found.append(
            Counted("toxicity", "drug that needs intensive monitoring for toxicity", Level.HIGH, tuple(watched[:2]))
        )
    return found


def _moderate(chart: VisitChart) -> list[Counted]:
    return [*_prescriptions(chart), *_surgery(chart), *_social(chart)]


def _prescriptions(chart: VisitChart) -> list[Counted]:
    """Prescription drugs that are begun, continued, changed or stopped in the plan."""
    data = chart.data("em_risk")
    numbers: list[int] = []
    for number in chart.plan:
        line = chart.lines[number]
        for name, start, end in find_drugs(chart, number):
            if not needs_prescription(chart, number, name, end) or not is_managed(chart, number, end):
                continue
            if compiled(data["refused"]).search(line[:start]):
                continue
            if _ALLERGIC.search(line[:start]) or compiled(data["of_another"]).search(line, end):
                continue
            if _settled(chart, number, start, end):
                numbers.append(number)
                break
    for number, match in chart.find(data["prescribed"], chart.plan):
        if not _settled(chart, number, match.start(), match.end()):
            continue
        if compiled(data["no_prescription"]).search(chart.lines[number]):
            continue
        numbers.append(number)
    if not numbers:
        return []
    quotes = tuple(chart.evidence(number) for number in sorted(set(numbers)))
    return [Counted("prescription", "prescription drug management", Level.MODERATE, quotes[:4])]


def _surgery(chart: VisitChart) -> list[Counted]:
    data = chart.data("em_risk")
    major: list[Evidence] = []
    minor: list[Evidence] = []
    high = urgent = False
    decided, against = compiled(data["surgery_decided"]), compiled(data["surgery_not"])
    for name, kept in (("major_surgery", major), ("minor_surgery", minor)):
        for number, match in chart.find(data[name], chart.plan):
            line = chart.lines[number]
            if not _settled(chart, number, match.start(), match.end()) or not decided.search(line):
                continue
            if against.search(line[: match.end()]) and not re.search(r"recommend|proceed|schedul", line, re.IGNORECASE):
                continue
            kept.append(chart.evidence(number))
            if name == "major_surgery":
                high = high or compiled(data["surgery_risk"]).search(line) is not None
                urgent = urgent or compiled(data["emergency_surgery"]).search(line) is not None
    major += _weighed(chart)
    found = []
    if major:
        level = Level.HIGH if high or urgent else Level.MODERATE
        label = "emergency major surgery" if urgent else "elective major surgery"
        label += "" if urgent else " with risk factors" if high else " without stated risk factors"
        found.append(Counted("surgery", f"decision for {label}", level, tuple(dict.fromkeys(major))[:2]))
    if minor:
        found.append(Counted("procedure", "decision for a minor procedure", Level.LOW, tuple(dict.fromkeys(minor))[:2]))
    return found


def _weighed(chart: VisitChart) -> list[Evidence]:
    """Sentences in which major surgery was offered and the patient chose to wait or to think it over."""
    data = chart.data("em_risk")
    chosen = compiled(data["surgery_weighed"])
    found = []
    for name in ("major_surgery", "surgery_offered"):
        for number, match in chart.find(data[name], chart.plan):
            line = chart.lines[number]
            if chosen.search(line) and not chart.denied(number, match.start(), match.end()):
                found.append(chart.evidence(number))
    return found


def _social(chart: VisitChart) -> list[Counted]:
    data = chart.data("em_risk")
    numbers = [
        number
        for number, match in chart.find(data["social"], (*chart.plan, *chart.told))
        if not chart.denied(number, match.start(), match.end())
    ]
    if not numbers:
        return []
    quotes = tuple(chart.evidence(number) for number in dict.fromkeys(numbers))
    return [Counted("social", "social determinant that limits care", Level.MODERATE, quotes[:2])]


def _low(chart: VisitChart) -> list[Counted]:
    found = _words(chart, "low", "low", "treatment of low risk", Level.LOW)
    sold = []
    for number in chart.plan:
        for name, start, end in find_drugs(chart, number):
            if not needs_prescription(chart, number, name, end) and _decided(chart, number, start, end):
                sold.append(chart.evidence(number))
                break
    if sold:
        found.append(Counted("open_sale", "drug sold without a prescription", Level.LOW, tuple(sold[:2])))
    return found
