"""The record of an ambulance → base rate, loaded miles, and the two letters of where from and where to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from nosology.coding.em.scan import compiled
from nosology.coding.procedures.ambulance import ambulance_modifier
from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.model.coding import CodeRole, CodeSuggestion
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule, rules_in_force

__all__ = ["code_transport"]

_HEAD, _AROUND, _SURE = 300, 160, 0.85
_WORDS = ("mbulance", "AMBULANCE", "EMS", "aramedic", "PARAMEDIC", "atient care report", "PATIENT CARE REPORT")


def code_transport(desk: ServiceDesk) -> Services:
    """Return base rate and miles of a transport; nothing for any other note, findings for what is not told."""
    rules = rules_in_force(desk.on, desk.setting.value).get("service_transport", ())
    head = desk.text[:_HEAD]
    if desk.scope != "reportable" or not rules or not any(word in head for word in _WORDS):
        return Services()
    rule = rules[0]
    data = rule.data
    if compiled(data["head"]).search(head) is None:
        return Services()
    row, said = _level(desk, data)
    places = _places(desk, data)
    modifier = ambulance_modifier(places["origin"], places["destination"]) if places is not None else ""
    findings = []
    if row is None or said is None:
        return Services(findings=(_open(rule, "the level of service"),))
    if not modifier:
        findings.append(_open(rule, "where the patient was fetched and where brought"))
    modifiers = (modifier,) if modifier else ()
    steps = [Step("service", row["what"], rule.citation)]
    if modifier and places is not None:
        steps.append(Step("modifier", f"{modifier}: from {modifier[0]} to {modifier[1]}", rule.citation))
    quotes = (said, *([_quote(desk, *places.span())] if places is not None else []))
    lines = [_line(row["code"], row["what"], quotes, tuple(steps), modifiers, 1)]
    miles = compiled(data["miles"]).search(desk.text)
    if miles is None:
        findings.append(_open(rule, "the loaded miles"))
    else:
        amount = Decimal(miles["after"] or miles["before"])
        kind = "helicopter" if row["code"] == "A0431" else "plane" if row.get("air") else "ground"
        step = Step("units", f"{amount} loaded miles, to the tenth of a mile", rule.citation)
        whole = int(amount) if amount == int(amount) else None  # tenths stand on the claim, not in whole units
        quote = _quote(desk, *miles.span())
        lines.append(_line(data["mileage"][kind], f"loaded miles: {amount}", (quote,), (step,), modifiers, whole))
    return Services(tuple(lines), findings=tuple(findings))


def _line(
    code: str, title: str, evidence: tuple[Evidence, ...], steps: tuple[Step, ...], modifiers: tuple[str, ...],
    units: int | None,
) -> CodeSuggestion:  # fmt: skip
    return CodeSuggestion(system="hcpcs", code=code, title=title, role=CodeRole.PROCEDURE, rank=0, score=_SURE,
                          evidence=evidence, steps=steps, modifiers=modifiers, units=units)  # fmt: skip


def _quote(desk: ServiceDesk, start: int, end: int) -> Evidence:
    section = next((s.kind for s in desk.note.sections if s.span.start <= start < s.span.end), "")
    end = min(end, start + _AROUND)
    quote = desk.text[start:end].rstrip()
    return Evidence(Span(start, start + len(quote)), quote, section=section)


def _level(desk: ServiceDesk, data: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, Evidence | None]:
    for row in data["levels"]:
        match = compiled(row["words"]).search(desk.text)
        if match is not None:
            place = match if match.end() > match.start() else None
            place = place or compiled(r"\b(?:als|bls|(?:advanced|basic) life support)\b").search(desk.text) or match
            return row, _quote(desk, place.start(), max(place.end(), place.start() + 1))
    return None, None


def _places(desk: ServiceDesk, data: Mapping[str, Any]) -> re.Match[str] | None:
    found = (compiled(pattern).search(desk.text) for pattern in data["from_to"])
    return next((match for match in found if match is not None), None)


def _open(rule: Rule, what: str) -> Finding:
    return Finding("service.unsettled", Severity(rule.severity), rule.message.format(what=what), "service", (),
                   rule.citation, rule.data["fix"])  # fmt: skip
