"""The minutes of the practitioner on the date of the visit, as far as the note states them exactly."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from nosology.coding.em.chart import VisitChart
from nosology.coding.em.scan import compiled
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence

__all__ = ["Minutes", "minutes_of_month", "read_minutes"]

_HOURS = {"an": 1, "one": 1, "two": 2, "three": 3}


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the note says of time: minutes of the visit and of critical care, each None where none are stated."""

    total: int | None = None
    critical: int | None = None
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_minutes(chart: VisitChart) -> Minutes:
    """Return the stated minutes; a range, no minutes, or more than a date holds is a finding instead."""
    rule = chart.rule("em_time")
    words = rule.data
    total: int | None = None
    critical: int | None = None
    evidence: list[Evidence] = []
    findings: list[Finding] = []

    def report(number: int, why: str) -> None:
        message = rule.message.format(why=words[why])
        severity = Severity(rule.severity)
        findings.append(
            Finding(rule.id, severity, message, "time", (chart.evidence(number),), rule.citation, words["fix"])
        )

    minutes, hours = compiled(words["minutes"]), compiled(words["hours"])
    of_visit, of_care, other = compiled(words["total"]), compiled(words["critical"]), compiled(words["other"])
    for number, line in enumerate(chart.lines):
        if "min" not in line.lower() and "hour" not in line.lower() and "hr" not in line.lower():
            continue
        said = f"{chart.title(number)} {line}"
        is_care = of_care.search(said) is not None
        if not is_care and of_visit.search(said) is None:
            continue
        for found in chain(minutes.finditer(line), hours.finditer(line)):
            if not is_care and other.search(line[max(0, found.start() - 45) : found.end() + 30]):
                continue
            named = found.groupdict()
            if named.get("hours"):
                amount = _HOURS.get(named["hours"].lower()) or int(named["hours"])
                value = 60 * amount + int(named["rest"] or 0)
            else:
                value = int(named["first"])
            if named.get("last"):
                report(number, "why_range")
                continue
            if value == 0:
                report(number, "why_zero")
                continue
            if value > words["most"]:
                report(number, "why_impossible")
                continue
            if compiled(words["least_more_than"]).search(line[: found.start()]):
                value += not line[: found.start()].rstrip().lower().endswith("at least")
            if is_care:
                critical = max(critical or 0, value)
            else:
                total = max(total or 0, value)
            evidence.append(chart.evidence(number))
    return Minutes(total, critical, tuple(dict.fromkeys(evidence)), tuple(findings))


def minutes_of_month(chart: VisitChart) -> tuple[int | None, tuple[Evidence, ...]]:
    """Return the greatest minutes of care management that the note states, its staff's included; None without any."""
    words = chart.rule("em_time").data
    minutes, of_month = compiled(words["minutes"]), compiled(words["month"])
    best: int | None = None
    said: tuple[Evidence, ...] = ()
    for number, line in enumerate(chart.lines):
        if "min" not in line.lower() or of_month.search(f"{chart.title(number)} {line}") is None:
            continue
        for found in minutes.finditer(line):
            if not found["last"] and int(found["first"]) > (best or 0):
                best, said = int(found["first"]), (chart.evidence(number),)
    return best, said
