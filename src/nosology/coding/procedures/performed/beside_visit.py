"""A visit beside services of the same date: modifier 25 or 57 where the note shows a visit of its own, else a finding.

A minor procedure (global days 000 or 010), the giving of a vaccine, and services of which the visit would be a part by
the NCCI Policy Manual (chapter 1, D) ask for 25; an operation with 90 days after it asks for 57 where the visit came to
the decision. Nothing is set where the note shows no evaluation beyond the procedure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from nosology.codes.pfs import find_fee_schedule
from nosology.coding.em.scan import scan
from nosology.coding.modifiers import ModifierFacts, check_modifiers, choose_modifiers, modifier_rules
from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.coding.procedures.performed.line_facts import say_of_visit
from nosology.coding.procedures.performed.statements import Statements
from nosology.model.coding import CodeSuggestion
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence, Span
from nosology.model.trace import Step
from nosology.model.visit import Level, Visit
from nosology.rules.loader import load_rules, rules_in_force

__all__ = ["join_services"]

_VISIT = re.compile(
    r"99(?:20[2-5]|21[1-5]|2[2-5]\d|28[1-5]|30[4-9]|31[0-8]|34\d|350|38[1-7]|39[1-7])|980\d\d|G043[89]|G0402|99291"
)
_PREVENTIVE = re.compile(r"993[89]\d|G043[89]|G0402")
_VACCINE = re.compile(r"904(?:60|7[1-4])|90480")
_GIVING = re.compile(r"963[67]\d|964[01]\d")
_ADDED_TO = re.compile(
    r"992(?:0[2-5]|1[1-5]|8[1-5])|993(?:4[1-9]|50)|980\d\d"
)  # what the removal of sutures may stand beside
_DECISIONS = frozenset(["prescription", "surgery", "hospital", "toxicity"])


@cache
def _own_globals() -> Mapping[str, str]:
    """Code → global days, or "visit" where a visit would be part of it, as the rules of services state it."""
    found: dict[str, str] = {}
    for rule in load_rules():
        if rule.check != "service_family":
            continue
        for row in rule.data["services"]:
            stated = "visit" if row.get("with_visit") else row.get("global", "")
            for each in row["codes"]:
                found.setdefault(str(each["code"]), stated)
    return found


@cache
def _only_beside() -> frozenset[str]:
    """Codes that stand beside a visit only."""
    rows = [row for rule in load_rules() if rule.check == "service_family" for row in rule.data["services"]]
    return frozenset(str(each["code"]) for row in rows if row.get("beside_visit") for each in row["codes"])


def _beside(found: Sequence[Services]) -> list[Services]:
    """What was found, without what may only stand beside a visit where there is none."""
    if any(_ADDED_TO.fullmatch(s.code) for each in found for s in each.suggestions):
        return list(found)
    added = _only_beside()
    return [
        replace(each, suggestions=tuple(s for s in each.suggestions if s.code not in added))
        if any(s.code in added for s in each.suggestions)
        else each
        for each in found
    ]


def join_services(desk: ServiceDesk, found: Sequence[Services]) -> list[Services]:
    """Return what the contributors found with the visit weighed beside the rest, and conflicts of modifiers told."""
    found = _beside(found)
    visit = next((each.visit for each in found if each.visit is not None), None)
    joined = list(found)
    if visit is not None:
        for place, each in enumerate(joined):
            if each.visit is not None:
                rest = [s for n, other in enumerate(found) if n != place for s in other.suggestions]
                joined[place] = _weigh(desk, each, visit, rest)
        joined = [_told(desk, each) if each.visit is not None else each for each in joined]
    findings = _of_other_notes(desk, joined)
    findings += [finding for each in joined for s in each.suggestions for finding in _conflicts(desk, s)]
    return [*joined, Services(findings=tuple(findings))] if findings else joined


def _told(desk: ServiceDesk, each: Services) -> Services:
    """The visit with the modifiers that words of the note call for: another problem, hospice, substitutes."""
    notes = Statements(desk)
    changed = []
    for line in each.suggestions:
        said = say_of_visit(notes, line) if _VISIT.fullmatch(line.code) else frozenset()
        chosen = choose_modifiers(ModifierFacts(line.code, "visit", desk.on, said)).chosen if said else ()
        more = [one for one in chosen if one.modifier not in line.modifiers]
        if more:
            steps = [Step("modifier", f"{c.modifier}: {c.says} ({', '.join(c.because)})", c.citation) for c in more]
            ordered = sorted({*line.modifiers, *(one.modifier for one in more)}, key=_place)
            line = replace(line, modifiers=tuple(ordered), steps=(*line.steps, *steps))
        changed.append(line)
    return replace(each, suggestions=tuple(changed))


def _of_other_notes(desk: ServiceDesk, joined: Sequence[Services]) -> list[Finding]:
    """What the words ask for on a code that no line here has: the operation stands in the note of who did it."""
    rules = rules_in_force(desk.on, desk.setting.value).get("modifier_told", ())
    if desk.scope != "reportable" or not rules:
        return []
    rule, told = rules[0], []
    borne = {modifier for each in joined for s in each.suggestions for modifier in s.modifiers}
    for row in rule.data["rows"]:
        match = next(scan(row["words"], desk.text), None)
        if match is None or borne & {str(row["modifier"]), *map(str, row.get("others", ()))}:
            continue
        quote = Evidence(Span(*match.span()), match.group())
        message = rule.message.format(what=row["what"])
        told.append(Finding(rule.id, Severity(rule.severity), message, "service", (quote,), rule.citation))
    return told


def _globals(desk: ServiceDesk, code: str) -> str:
    own = _own_globals().get(code, "")
    if own == "visit" or _VACCINE.fullmatch(code) or _GIVING.fullmatch(code):
        return "visit"
    fees = find_fee_schedule(on=desk.on, home=desk.home)
    row = fees.find(code) if fees is not None else None
    return row.global_days if row is not None else own


def _weigh(desk: ServiceDesk, each: Services, visit: Visit, rest: Sequence[CodeSuggestion]) -> Services:
    lines = [s for s in each.suggestions if _VISIT.fullmatch(s.code)]
    if not lines or any({"25", "57"} & set(s.modifiers) for s in lines):
        return each
    kinds = {s.code: _globals(desk, s.code) for s in rest if s.system != "icd10cm"}
    major = [s for s in rest if kinds.get(s.code) == "090"]
    minor = [s for s in rest if kinds.get(s.code) in ("000", "010", "visit")]
    if not major and not minor:
        return each
    if major:
        wanted, cause, said = "57", major, frozenset(["decision_for_surgery"])
    elif _significant(visit, minor, lines):
        wanted, cause, said = "25", minor, frozenset(["same_day_procedure", "separate_visit"])
    else:
        return _ask(desk, each, minor)
    last = lines[-1] if wanted == "25" and any(_PREVENTIVE.fullmatch(s.code) for s in lines) else lines[0]
    chosen = choose_modifiers(ModifierFacts(last.code, "visit", desk.on, said))
    if wanted not in chosen.modifiers:
        return each
    rule = modifier_rules()[wanted]
    because = ", ".join(dict.fromkeys(s.code for s in cause))
    step = Step("modifier", f"{wanted}: {rule.says} (beside {because})", rule.rule.citation)
    ordered = sorted({*last.modifiers, wanted}, key=_place)
    told = replace(last, modifiers=tuple(ordered), steps=(*last.steps, step))
    return replace(each, suggestions=tuple(told if s is last else s for s in each.suggestions))


def _place(modifier: str) -> tuple[int, str]:
    rule = modifier_rules().get(modifier)
    return (rule.place if rule is not None else 99, modifier)


def _significant(visit: Visit, beside: Sequence[CodeSuggestion], lines: Sequence[CodeSuggestion]) -> bool:
    """True if the visit goes beyond what stands beside it: vaccines have no visit in them, a procedure has a little."""
    problems, risk = _counted(visit, "problems"), _counted(visit, "risk")
    if any(s.code == "99291" for s in lines):
        return True  # critical care is timed without the procedures
    if all(_globals_of_vaccine(s) for s in beside):
        return bool(problems) or any(_PREVENTIVE.fullmatch(s.code) for s in lines)
    level = next((e.level for e in visit.elements if e.name == "problems"), Level.STRAIGHTFORWARD)
    several = len(problems) > 1 or level.number >= Level.MODERATE.number
    return several or any(kind in _DECISIONS for kind in risk)


def _counted(visit: Visit, name: str) -> tuple[str, ...]:
    return tuple(one.kind for element in visit.elements if element.name == name for one in element.counted)


def _globals_of_vaccine(suggestion: CodeSuggestion) -> bool:
    return _VACCINE.fullmatch(suggestion.code) is not None


def _ask(desk: ServiceDesk, each: Services, beside: Sequence[CodeSuggestion]) -> Services:
    """Return the visit with a finding: the note shows no evaluation beyond what stands beside it."""
    rules = rules_in_force(desk.on, desk.setting.value).get("em_separate", ())
    if not rules or any(finding.rule == rules[0].id for finding in each.findings):
        return each
    rule = rules[0]
    finding = Finding(rule.id, Severity(rule.severity), rule.message, "visit", beside[0].evidence[:1], rule.citation,
                      rule.data["fix"])  # fmt: skip
    return replace(each, findings=(*each.findings, finding))


def _conflicts(desk: ServiceDesk, suggestion: CodeSuggestion) -> list[Finding]:
    """What is wrong with the modifiers of a line by themselves: they exclude each other, are not in force, or twice."""
    if not suggestion.modifiers or suggestion.system == "icd10cm":
        return []
    facts = ModifierFacts(suggestion.code, "", desk.on)
    wrong = ("modifier.conflict", "modifier.date", "modifier.repeated", "modifier.order")
    return [
        replace(finding, evidence=suggestion.evidence[:1])
        for finding in check_modifiers(facts, suggestion.modifiers)
        if finding.rule in wrong
    ]
