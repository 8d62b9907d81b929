"""Giving a drug: injections, pushes, infusions and hydration by route and minutes, with one first service.

A push or an infusion of 15 minutes or less is a push, from 16 minutes on an infusion, hydration counts from 31 minutes;
a further hour needs 31 minutes of it. One service into a vein is the first, by rank; the others are added to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nosology.codes.hcpcs import find_hcpcs
from nosology.coding.drugs.given import GivenDrug, find_given
from nosology.coding.drugs.names import brand_names, open_drug_names, plain_name
from nosology.coding.em.scan import compiled
from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.coding.procedures.drugs_given import known_names, quote_drug
from nosology.coding.procedures.performed.measures import read_minutes
from nosology.coding.procedures.performed.statements import Statements
from nosology.lexicon.patterns import compile_words
from nosology.model.coding import CodeRole, CodeSuggestion
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence
from nosology.model.trace import Step
from nosology.rules.loader import Rule, rules_in_force

__all__ = ["code_administration"]

_SURE = 0.8
_INTO_VEIN = ("chemo_infusion", "chemo_push", "infusion", "push", "hydration")
_MARKS = (" IM", " IV", " SC", " SQ", "subq", "SubQ", "ntramuscular", "ubcutan", "ntraven", "nfus", "push", "bolus",
          "ydrat", "saline", "inger")  # fmt: skip
_MAY_MARK = compile_words("|".join(_MARKS))  # of either case


@dataclass(frozen=True, slots=True)
class _Given:
    """One drug given: its way, the minutes, the words."""

    way: str
    name: str
    minutes: Decimal | None
    evidence: Evidence


def code_administration(desk: ServiceDesk) -> Services:
    """Return the codes of giving the drugs that the note says were given; a finding where the way is not told."""
    rules = rules_in_force(desk.on, desk.setting.value).get("service_administration", ())
    if desk.scope != "reportable" or not rules or not _marked(desk.text):
        return Services()
    rule = rules[0]
    findings: list[Finding] = []
    given = list(dict.fromkeys([*_drugs(desk, rule, findings), *_fluids(desk, rule)]))
    suggestions = [*_vein(rule, given), *_injections(rule, given)]
    return Services(tuple(suggestions), findings=tuple(findings))


def _marked(text: str) -> bool:
    """Whether the text names a way of giving, or a fluid."""
    for place in _MAY_MARK.places(text):  # noqa: SIM110 - asked of every note, and a loop makes no generator
        if text.startswith(_MARKS, place):
            return True
    return False


def _drugs(desk: ServiceDesk, rule: Rule, findings: list[Finding]) -> Iterator[_Given]:
    data = rule.data
    hcpcs = find_hcpcs(on=desk.on, home=desk.home)
    names = open_drug_names(hcpcs, desk.on) if hcpcs is not None else known_names()
    seen: set[tuple[str, str]] = set()
    for each in find_given(desk, names, longest=getattr(names, "longest", 6)):
        words = desk.text[each.window.start : each.window.end]
        if (
            each.dose.problem == "zero"
            or compiled(data["fluids"]).fullmatch(each.name)
            or compiled(data["elsewhere"]).search(each.context)
        ):
            continue
        way, minutes = _way(data, each, words)
        generic = plain_name(brand_names().get(each.name, each.name)).split(" ")[0]  # "infliximab (Remicade)" is one
        if (generic, way) in seen:
            continue
        seen.add((generic, way))
        if way == "open":
            message = rule.message.format(what=each.name)
            findings.append(Finding("service.unsettled", Severity(rule.severity), message, "service",
                                    (quote_drug(desk, each),), rule.citation, data["fix"]))  # fmt: skip
        elif way:
            yield _Given(way, each.name, minutes, quote_drug(desk, each))


def _way(data: Mapping[str, Any], each: GivenDrug, words: str) -> tuple[str, Decimal | None]:
    """How a drug went in: the words about it first, then those of its sentence; "" where no way is told."""
    kind = "chemo_" if compiled(data["chemo"]).search(each.name) else ""
    for place in (words, each.context):
        vein, injected = compiled(data["vein"]).search(place), compiled(data["injected"]).search(place)
        if injected and not vein:
            return ("hormone_" if compiled(data["hormone"]).search(each.name) else kind) + "injection", None
        if vein:
            minutes = read_minutes(place)
            if minutes is not None and compiled(data["infused"]).search(place):
                long = minutes >= data["least_infusion"]
                return kind + ("infusion" if long else "push"), minutes
            if compiled(data["pushed"]).search(place):
                return f"{kind}push", None
            return "open", None
    return "", None


def _fluids(desk: ServiceDesk, rule: Rule) -> Iterator[_Given]:
    """Yield hydration whose minutes are told and enough."""
    notes = Statements(desk)
    if notes.rule is None:
        return
    for said in notes.find(rule.data["fluids"]):
        minutes = read_minutes(said.clause)
        if minutes is None or minutes < rule.data["least_hydration"] or not notes.performed(said):
            continue
        if not compiled(rule.data["chemo"]).search(said.clause):
            yield _Given("hydration", "fluid", minutes, notes.evidence(said.number))


def _vein(rule: Rule, given: Sequence[_Given]) -> Iterator[CodeSuggestion]:
    """Yield what went into a vein: the first service by rank, then what is added to it."""
    codes = rule.data["codes"]
    ordered = sorted((each for each in given if each.way in _INTO_VEIN), key=lambda each: _INTO_VEIN.index(each.way))
    further: dict[str, list[tuple[int, _Given]]] = {}
    for place, each in enumerate(ordered):
        row = codes[each.way]
        if place == 0:
            yield _one(rule, row["first"], row["label"], 1, [each])
        elif each.way != "hydration":
            further.setdefault(row["next"], []).append((1, each))
        hours = int((each.minutes - 60 + 29) // 60) if each.minutes is not None and each.minutes > 60 else 0
        if place and each.way == "hydration" and each.minutes is not None:
            hours = int((each.minutes + 29) // 60)
        if hours and "more" in row:
            further.setdefault(row["more"], []).append((hours, each))
    for code, parts in further.items():
        label = "each further hour" if code in (row.get("more") for row in codes.values()) else "each further drug"
        yield _one(rule, code, label, sum(units for units, _each in parts), [each for _units, each in parts])


def _injections(rule: Rule, given: Sequence[_Given]) -> Iterator[CodeSuggestion]:
    for way in ("chemo_injection", "hormone_injection", "injection"):
        found = [each for each in given if each.way == way]
        if found:
            row = rule.data["codes"][way]
            yield _one(rule, row["first"], row["label"], len(found), found)


def _one(rule: Rule, code: str, title: str, units: int, given: Sequence[_Given]) -> CodeSuggestion:
    told = ", ".join(
        each.name + (f" {each.minutes.normalize():f} minutes" if each.minutes is not None else "") for each in given
    )
    step = Step("service", f"{re.sub(r'_', ' ', given[0].way)}: {told}", rule.citation)
    return CodeSuggestion(
        system="cpt", code=str(code), title=title, role=CodeRole.PROCEDURE, rank=0, score=_SURE,
        evidence=tuple(dict.fromkeys(each.evidence for each in given)), steps=(step,), units=units,
    )  # fmt: skip
