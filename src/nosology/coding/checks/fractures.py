"""Fractures of fragile bone (Guidelines I.C.13.d.2)."""

from __future__ import annotations

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, said_anywhere
from nosology.coding.stay_kind import is_rehabilitation
from nosology.coding.workup import Workup, check
from nosology.model.note import Role
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_fragility_fracture", "read_healing_injuries"]


_TREATED = 0.9  # a fracture of the stay weighs more than the deficiency that an Excludes1 note keeps apart from it


@check("fragility_fracture", "link")
def read_fragility_fracture(workup: Workup, rule: Rule) -> None:
    """Code a fracture of little force in known osteoporosis as M80, not as an injury (I.C.13.d.2)."""
    fractures = workup.having_any(rule.data["sites"])
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
        joined.weight = max(joined.weight, *(b.weight for b in bones), _TREATED)
        joined.specifies.append((said, Role.SPECIFIES))
    if workup.having("M80"):
        for other in workup.having("M81", "M85.8", "M80.00"):
            workup.drop(other, f"said by the fracture ({rule.citation_section})")


def _fragile(workup: Workup, candidate: Candidate, node: str) -> str:
    title = workup.icd.title(candidate.code).lower()
    side = "1" if "right" in title else "2" if "left" in title else "9"
    last = candidate.code[-1] if candidate.code[-1] in "DGKPS" else "A"
    if side == "9":  # the report of the films may leave out the side that the diagnosis says
        side = next((c.code[6] for c in workup.having(node) if len(c.code) > 6 and c.code[6] in "12"), side)
    return next((c for c in (f"{node}{side}{last}", f"{node}X{last}") if workup.icd.is_billable(c)), "")


@check("healing_injuries", "link", lambda rule: rule.data["codes"])
def read_healing_injuries(workup: Workup, rule: Rule) -> None:
    """Code the injury for which a patient is in rehabilitation as healing: its treatment lies behind (II.K, I.C.19.a).

    What happened in the stay itself is an injury of its own.
    """
    if not workup.chart.inpatient or not is_rehabilitation(workup.chart.text):
        return
    here = compile_words(rule.data["here"])
    for candidate in workup.having_any(rule.data["codes"]):
        code = candidate.code[:-1] + "D"
        if len(code) != len("S72.001D") or candidate.code[-1] not in "ABC" or not workup.icd.is_billable(code):
            continue
        if any(here.search(workup.sentence_of(f)) for f in candidate.facts if not f.reason):
            continue
        healing = workup.replace(candidate, code, Step("guideline", "after its treatment", rule.citation))
        workup.raise_to(healing, workup.threshold)
