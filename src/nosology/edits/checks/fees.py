"""What the physician fee schedule says of a line: its status, its modifiers, and the global period of an operation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from nosology.codes.pfs import FeeRow
from nosology.edits.desk import Desk, Located, edit
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = ["check_both_sides", "check_facility", "check_global", "check_indicator", "check_parts", "check_status"]

_AFTER = {"000": 0, "010": 10, "090": 90}
_BEFORE = {"000": 0, "010": 0, "090": 1}


def _rows(desk: Desk) -> Iterator[tuple[Located, FeeRow]]:
    """The lines of a practitioner that the schedule lists; it is opened only where there are lines."""
    if desk.encounter.setting in (Setting.INPATIENT, Setting.OUTPATIENT) or desk.encounter.type_of_bill:
        return
    for each in desk.lines:
        row = desk.fees.find(each.code)
        if row is not None:
            yield each, row


@edit("fee_status")
def check_status(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A code that the schedule does not pay by its status."""
    for each, row in _rows(desk):
        if row.status in rule.data["statuses"] and each.code not in rule.data["unless"]:
            yield desk.find(
                rule, each.where, {"code": each.code, "status": row.status, **rule.data["statuses"][row.status]}
            )


@edit("fee_indicator")
def check_indicator(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A modifier that an indicator of the schedule does not allow, or allows with documents."""
    for each, row in _rows(desk):
        for modifier in each.modifiers:
            if modifier not in rule.data["modifiers"]:
                continue
            value = getattr(row, rule.data["indicator"])
            names = {"code": each.code, "modifier": modifier, "value": value}
            if value in rule.data["refused"]:
                yield desk.find(rule, each.where, {**names, "says": rule.data["refused"][value]})
            elif value in rule.data.get("documented", {}):
                said = {**names, "says": rule.data["documented"][value]}
                yield desk.find(rule, each.where, said, severity="information")


@edit("fee_facility")
def check_facility(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """What a practitioner bills in a hospital although it is the hospital's: technical parts, incident-to services."""
    for each, row in _rows(desk):
        place = each.line.place_of_service.strip()
        said = rule.data["rows"].get(row.pc_tc) if place in rule.data["places"] else None
        if said is not None and said.get("unless", "") not in each.modifiers:
            names = {"code": each.code, "place": place, "value": row.pc_tc, "says": said["says"], "do": said["do"]}
            yield desk.find(rule, each.where, names)


@edit("fee_parts")
def check_parts(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """The whole of a test and 26 or TC of the same test on one day."""
    rows = [each for each, row in _rows(desk) if row.pc_tc == "1" and not set(rule.data["again"]) & set(each.modifiers)]
    whole = {(each.code, each.day): each for each in reversed(rows) if not {"26", "TC"} & set(each.modifiers)}
    for each in rows:
        part = next((name for name in ("26", "TC") if name in each.modifiers), "")
        other = whole.get((each.code, each.day))
        if part and other is not None:
            yield desk.find(rule, each.where, {"code": each.code, "modifier": part, "first": other.index + 1})


@edit("fee_both_sides")
def check_both_sides(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """50 with RT or LT or with more than one unit; RT and LT on two lines of a code that is priced for both sides."""
    sides: dict[tuple[str, object], Located] = {}
    for each, row in _rows(desk):
        marks = set(each.modifiers)
        if "50" in marks and marks & {"RT", "LT"}:
            yield desk.find(rule, each.where, {"code": each.code, "why": "50 says both sides, and RT or LT one"})
        elif "50" in marks and each.line.units > 1:
            yield desk.find(rule, each.where, {"code": each.code, "why": "50 stands on one line with one unit"})
        elif row.bilateral == "2" and marks & {"RT", "LT"}:
            other = sides.setdefault((each.code, each.day), each)
            if other is not each and set(other.modifiers) & {"RT", "LT"} != marks & {"RT", "LT"}:
                yield desk.find(rule, each.where, {"code": each.code, "why": "the code is priced for both sides"})


def _is_visit(rule: Rule, code: str) -> bool:
    return any(first <= code <= last for first, last in rule.data["visits"]) and len(code) == 5


@edit("fee_global")
def check_global(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Visits and procedures in the global period of another procedure of the same practitioner, without the modifier
    that says why they are paid."""
    rows = list(_rows(desk))
    helped = set(rule.data["helped"])
    operations = [
        (each, row)
        for each, row in rows
        if row.global_days in _AFTER and not _is_visit(rule, each.code) and not helped & set(each.modifiers)
    ]
    past = [(o, desk.fees.find(o.code)) for o in desk.earlier if not helped & set(o.modifiers)] if rows else []
    earlier = [(each, row) for each, row in past if row is not None and row.global_days in ("010", "090")]
    marks = rule.data["modifiers"]
    for each, row in rows:
        visit = _is_visit(rule, each.code)
        for other, fees in (*operations, *earlier):
            if other is each or not _same_practitioner(desk, each, other):
                continue
            days = (each.day - other.day).days
            kind = ""
            if visit and days == 0:
                kind = "same_day_major" if fees.global_days == "090" else "same_day_minor"
            elif visit and each.day == other.day - timedelta(days=_BEFORE[fees.global_days]):
                kind = "same_day_major"
            elif visit and 0 < days <= _AFTER[fees.global_days]:
                kind = "visit_after"
            elif not visit and 0 < days <= _AFTER[fees.global_days] and row.global_days in _AFTER:
                kind = "procedure_after"
            stated = set(each.modifiers)
            if kind and not set(marks[kind]["any"]) & stated:
                doubted = bool(set(marks[kind].get("doubt", ())) & stated)
                names = {"code": each.code, "other": other.code, "day": other.day, "days": fees.global_days,
                         "any": " or ".join(marks[kind]["any"]), "when": marks[kind]["when"]}  # fmt: skip
                yield desk.find(rule, each.where, names, severity="warning" if doubted else None)
                break


def _same_practitioner(desk: Desk, one: Located, other: Located) -> bool:
    ours = desk.encounter.rendering_npi
    return (one.line.provider or ours) == (other.line.provider or ours)
