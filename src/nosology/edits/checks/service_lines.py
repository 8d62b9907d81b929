"""Each service for itself and beside others: its code, its modifiers, the patient's sex and age, its place, what it
stands beside, and whether the patient is new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from nosology.codes.cpt import find_cpt
from nosology.edits.checks.diagnoses import show
from nosology.edits.checks.patient import age_on
from nosology.edits.desk import Desk, Located, edit
from nosology.model.finding import Finding
from nosology.rules.loader import Rule, load_rules

__all__ = [
    "check_age_of_service",
    "check_beside",
    "check_code",
    "check_modifiers",
    "check_needs_modifier",
    "check_new_patient",
    "check_place_of_service",
    "check_sex_of_service",
]

_SERVICE = re.compile(r"\d{4}[0-9AFMTU]|[A-Z]\d{4}")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")


def _within(code: str, ranges: list[list[str]]) -> bool:
    return any(str(first) <= code <= str(last) for first, last in ranges) and len(code) == 5


def _practitioner(desk: Desk, each: Located) -> str:
    return "" if desk.institutional else each.line.provider or desk.encounter.rendering_npi


@edit("service_code")
def check_code(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A code that has not the form of one, or that no book in force holds: HCPCS for letters, CPT where it is
    installed, else the fee schedule, which lists nearly all of CPT."""
    rows = rule.data["rows"]
    for each in desk.lines:
        if not each.code or each.line.revenue_code.strip().startswith(tuple(rule.data["other_codes"])):
            continue
        why, release = "", None
        if not _SERVICE.fullmatch(each.code):
            why = "form"
        elif each.code[0].isalpha() and not each.code.startswith(rule.data["dental"]):
            release = desk.hcpcs.release
            why = "" if desk.hcpcs.in_force(each.code, min(each.day, release.effective_to or each.day)) else "hcpcs"
        elif each.code[0].isdigit() and not each.code.endswith(tuple(rule.data["not_listed"])):
            cpt = find_cpt(on=desk.on, home=desk.books.home)
            release = cpt.release if cpt is not None else desk.fees.release
            known = each.code in cpt if cpt is not None else each.code in desk.fees
            why = "" if known else ("cpt" if cpt is not None else "fees")
        if why:
            mild = release is not None and release.outdated(desk.on)
            names = {"code": show(each.code), "day": each.day, **rows[why]}
            names["says"] = str(names["says"]).format_map({key: str(value) for key, value in names.items()})
            yield desk.find(rule, each.where, names, severity="warning" if mild else rows[why]["severity"])


def _stated_rules() -> dict[str, Mapping[str, Any]]:
    """The rows of ``rules/modifiers`` by modifier."""
    rules = [rule for rule in load_rules() if rule.check == "modifier"]
    return {str(row["modifier"]): row for rule in rules for row in rule.data["modifiers"]}


@edit("service_modifiers")
def check_modifiers(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Modifiers that are none, are not in force, stand twice, exclude each other, or are of another kind of service."""
    known = _stated_rules()
    for each in desk.lines:
        marks = each.modifiers
        for place, name in enumerate(marks):
            why = ""
            if not _MODIFIER.fullmatch(name):
                why = f"{show(name)} has not the form of a modifier"
            elif name in marks[:place]:
                why = f"{name} stands twice"
            elif (row := known.get(name)) is not None:
                why = _contradiction(name, row, each.day, marks)
            elif _is_route(rule, each.code, name):
                continue
            elif name not in rule.data["cpt"] and name not in {one.code for one in desk.hcpcs.modifiers()}:
                why = f"{name} is no modifier of CPT or HCPCS"
            for kind in () if why else rule.data["kinds"]:
                of = _within(each.code, rule.data["visits"])
                if name in map(str, kind["modifiers"]) and of != kind["visits"] and _SERVICE.fullmatch(each.code):
                    why = str(kind["why"])
            if why:
                yield desk.find(rule, each.where, {"code": show(each.code), "modifier": show(name), "why": why})
        if len(marks) > rule.data["most"]:
            why = f"{len(marks)} modifiers, and a line holds {rule.data['most']}"
            yield desk.find(rule, each.where, {"code": show(each.code), "modifier": marks[-1], "why": why})


def _is_route(rule: Rule, code: str, name: str) -> bool:
    """True for origin and destination of an ambulance."""
    return _within(code, rule.data["ambulance"]) and set(name) <= set(rule.data["origins"])


def _contradiction(name: str, row: Mapping[str, Any], day: date, marks: tuple[str, ...]) -> str:
    first, last = str(row.get("from", "1990-01-01")), str(row.get("to", "9999-12-31"))
    if not first <= day.isoformat() <= last:
        return f"{name} is not in force on {day}"
    other = next((each for each in map(str, row.get("never_with", ())) if each in marks), "")
    return f"{name} and {other} exclude each other" if other else ""


@edit("service_sex")
def check_sex_of_service(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A service of the sex that the patient is not said to be of; not with the modifier that says so rightly."""
    sex = desk.encounter.sex.strip().upper()
    listed = {"F": rule.data["male"], "M": rule.data["female"]}.get(sex, [])
    for each in desk.lines:
        if _within(each.code, listed) and not set(rule.data["unless"]) & set(each.modifiers):
            yield desk.find(rule, each.where, {"code": each.code, "sex": sex})


@edit("service_age")
def check_age_of_service(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A service whose code is of another age than the patient's."""
    age = age_on(desk)
    for each in desk.lines if age is not None else ():
        for row in rule.data["rows"]:
            if age is not None and _within(each.code, row["codes"]) and not row["from"] <= age <= row["to"]:
                yield desk.find(rule, each.where, {"code": each.code, "age": age, "group": row["group"]})


@edit("service_place")
def check_place_of_service(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A service of a practitioner in a place where its code is not given."""
    for each in desk.lines if not desk.institutional else ():
        place = each.line.place_of_service.strip()
        for row in rule.data["rows"]:
            if not place or not _within(each.code, row["codes"]):
                continue
            if (place not in row["places"]) if "places" in row else place in row["not_places"]:
                names = {"code": each.code, "place": place, "says": row["says"], "do": row["do"]}
                yield desk.find(rule, each.where, names, severity=row.get("severity"))
                break


@edit("service_needs_modifier")
def check_needs_modifier(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A service of ``codes`` without one of ``modifiers``."""
    for each in desk.lines:
        if _within(each.code, rule.data["codes"]) and not set(rule.data["modifiers"]) & set(each.modifiers):
            yield desk.find(rule, each.where, {"code": each.code})


@edit("service_beside")
def check_beside(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A service that stands only beside one of ``with``, and not where ``barred`` stands on that one, unless a service
    of ``unless`` is billed that day."""
    for each in desk.lines:
        if not _within(each.code, rule.data["codes"]):
            continue
        day = [o for o in desk.lines if o.day == each.day and o is not each]
        day = [o for o in day if _practitioner(desk, o) == _practitioner(desk, each)]
        bases = [o for o in day if _within(o.code, rule.data["with"])]
        marked = [o for o in bases if rule.data["barred"] in o.modifiers]
        if not bases:
            yield desk.find(rule, each.where, {"code": each.code, **rule.data["says"]["alone"]})
        elif len(marked) == len(bases) and not any(_within(o.code, rule.data["unless"]) for o in day):
            yield desk.find(rule, each.where, {"code": each.code, **rule.data["says"]["barred"]})


@edit("service_new_patient")
def check_new_patient(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """The code of a new patient although the same practitioner saw the patient within the years of ``years``."""
    for each in desk.lines:
        if not _within(each.code, rule.data["codes"]):
            continue
        since = each.day.replace(year=each.day.year - rule.data["years"], day=min(each.day.day, 28))
        for other in desk.earlier:
            same = _practitioner(desk, other) == _practitioner(desk, each)
            if same and since < other.day < each.day and _within(other.code, rule.data["seen"]):
                yield desk.find(rule, each.where, {"code": each.code, "other": other.code, "day": other.day})
                break
