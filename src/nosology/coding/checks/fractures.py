"""Fractures of fragile bone, and how long a head injury took consciousness (Guidelines I.C.13.d.2, I.C.19)."""

from __future__ import annotations

import re

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, said_anywhere
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_loss_of_consciousness", "read_fragility_fracture"]


@check("fragility_fracture", "link")
def read_fragility_fracture(workup: Workup, rule: Rule) -> None:
    """Code a fracture of little force in known osteoporosis as M80, not as an injury (I.C.13.d.2)."""
    fractures = workup.having(*rule.data["sites"])
    if not fractures or not (workup.documented("M81", "M80") or said_anywhere(workup, rule.data["osteoporosis"])):
        return
    said = said_anywhere(workup, rule.data["little_force"])
    if said is None or said_anywhere(workup, rule.data["great_force"]) is not None:
        return
    bones = workup.documented("M81", "M80")
    for candidate in fractures:
        site = max((s for s in rule.data["sites"] if candidate.code.startswith(s)), key=len)
        code = _fragile(workup, candidate, rule.data["sites"][site])
        if not code:
            continue
        step = Step("guideline", f"{candidate.code} of little force in osteoporosis → {code}", rule.citation)
        joined = workup.replace(candidate, code, step, [f for b in bones for f in b.facts if not f.reason])
        joined.specifies.append((said, Role.SPECIFIES))
    if workup.having("M80"):
        for other in workup.having("M81", "M85.8", "M80.00"):
            workup.drop(other, f"said by the fracture ({rule.citation_section})")


def _fragile(workup: Workup, candidate: Candidate, node: str) -> str:
    title = workup.icd.title(candidate.code).lower()
    side = "1" if "right" in title else "2" if "left" in title else "9"
    last = candidate.code[-1] if candidate.code[-1] in "DGKPS" else "A"
    return next((c for c in (f"{node}{side}{last}", f"{node}X{last}") if workup.icd.is_billable(c)), "")


@check("loss_of_consciousness", "link")
def code_loss_of_consciousness(workup: Workup, rule: Rule) -> None:
    """Give an intracranial injury the duration of unconsciousness that the account of the injury gives (I.C.19)."""
    injuries = [c for c in workup.having("S06") if len(c.code) == 8 and c.code[6] in "09A"]
    if not injuries:
        return
    found = _duration(rule, workup.chart.text)
    if found is None:
        return
    span, digit = found
    for candidate in [c for c in injuries if c.code[6] != digit]:
        code = f"{candidate.code[:6]}{digit}{candidate.code[7:]}"
        if workup.icd.is_billable(code):
            step = Step("tabular", f"loss of consciousness as told → {code}", rule.citation)
            workup.replace(candidate, code, step).specifies.append((span, Role.SPECIFIES))


def _duration(rule: Rule, text: str) -> tuple[Span, str] | None:
    for words in rule.data["lasted"]:
        match = compile_words(words).search(text)
        if match is not None:
            count, unit = _number(match["count"], rule.data["numbers"]), match["unit"].lower()[0]
            minutes = count / 60 if unit == "s" else count if unit == "m" else count * 60
            digit = "1" if minutes <= 30 else "2" if minutes < 60 else "3" if minutes < 360 else "4"
            return Span(*match.span()), "5" if minutes > 1440 else digit
    none = re.search(rule.data["none"], text, re.IGNORECASE)
    return (Span(*none.span()), "0") if none else None


def _number(word: str, numbers: dict[str, float]) -> float:
    return float(word) if word.replace(".", "").isdigit() else float(numbers.get(word.lower(), 1))
