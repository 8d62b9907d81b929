"""Modifiers of a visit: 25 beside a procedure of the same date, 57 at the decision for surgery, 95 and 93."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nosology.coding.em.chart import VisitChart
from nosology.coding.em.scan import Hit, compiled
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence
from nosology.model.visit import Element, Level

__all__ = ["AtDistance", "find_distance", "find_procedure", "find_procedures", "sound_codes_apply", "weigh_procedure"]


@dataclass(frozen=True, slots=True)
class AtDistance:
    """A visit by video or by sound only: how, the modifier, the place of service, and the words."""

    how: str
    modifier: str
    place: str
    evidence: Evidence


def find_distance(chart: VisitChart) -> AtDistance | None:
    """Return how a visit at a distance was held, None for one in person."""
    rules = chart.rules.get("em_telehealth")
    if not rules:
        return None
    data = rules[0].data
    head = tuple(n for n in range(len(chart.lines)) if n < 8 or chart.kinds[n] in ("chief_complaint", "header", ""))
    for how in ("audio", "video"):
        for number, match in chart.find(data[how], head):
            if chart.denied(number, match.start(), match.end()):
                continue
            if compiled(r"\b(?:previous|prior|last|will|next|future)\b").search(chart.lines[number]):
                continue
            at_home = compiled(data["home"]).search(chart.text) is not None
            place = data["places"]["home" if at_home else "elsewhere"]
            return AtDistance(how, data["modifiers"][how], place, chart.evidence(number))
    return None


def find_procedure(chart: VisitChart) -> Evidence | None:
    """Return the sentence that records a procedure done at this visit, None where there is none."""
    return next((chart.evidence(number) for number, _match in find_procedures(chart)), None)


def find_procedures(chart: VisitChart) -> Iterator[tuple[int, Hit]]:
    """Yield the sentences that record procedures done at this visit, each with the words."""
    data = chart.data("em_separate")
    sections = (
        *chart.plan,
        *(n for n, kind in enumerate(chart.kinds) if kind in ("procedures", "operative_description")),
    )
    for number, match in chart.find(data["done"], tuple(dict.fromkeys(sections))):
        if not chart.stated(number, match.start(), match.end()):
            continue
        if compiled(
            r"\b(?:ago|previous\w*|prior|last|in the past|history|\d{1,2}/\d{1,2}/\d{2,4}|will|would|can|could|may)\b"
        ).search(chart.lines[number]):
            continue
        yield number, match


def weigh_procedure(
    chart: VisitChart, procedure: Evidence | None, problems: Element, risk: Element
) -> tuple[str, Finding | None]:
    """Return modifier 25 where the visit is significant beside the procedure, else a finding that asks.

    It is significant where another problem was addressed, or where the one problem was new, worse, or treated besides
    the procedure (a drug, surgery, hospital).
    """
    if procedure is None:
        return "", None
    besides = any(each.kind in ("prescription", "surgery", "hospital", "toxicity") for each in risk.counted)
    several = len(problems.counted) > 1
    deep = problems.level.number >= Level.MODERATE.number
    if several or besides or deep:
        return "25", None
    rule = chart.rule("em_separate")
    severity = Severity(rule.severity)
    return "", Finding(rule.id, severity, rule.message, "visit", (procedure,), rule.citation, rule.data["fix"])


def sound_codes_apply(on: date, chart: VisitChart) -> bool:
    """True if the date has codes of their own for visits by sound and picture."""
    return on >= date.fromisoformat(str(chart.data("em_telehealth")["codes_from"]))
