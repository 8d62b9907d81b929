"""Edits of outpatient hospital claims by the status indicators of OPPS (Addendum B; their meaning: Addendum D1)."""

from __future__ import annotations

from collections.abc import Iterator

from nosology.codes.opps import OppsStatuses, open_opps
from nosology.edits.desk import Desk, Located, edit
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = [
    "check_bill",
    "check_line_modifiers",
    "check_needs",
    "check_only_packaged",
    "check_packaging",
    "check_status",
    "check_visit",
]

_Rows = list[tuple[Located, str]]


def _rows(rule: Rule, desk: Desk) -> _Rows:
    """The lines with their status, for a claim that OPPS pays: no type of bill, or one of the rule's ``bills``."""
    bill = desk.encounter.type_of_bill.strip().removeprefix("0")
    if desk.encounter.setting is not Setting.OUTPATIENT or not desk.lines:
        return []
    if bill and not bill.startswith(tuple(rule.data["bills"])):
        return []
    book: OppsStatuses = desk.books.open("opps", desk.on, open_opps)
    desk.used["opps"] = book.release
    return [(each, book.status(each.code)) for each in desk.lines if each.code]


@edit("opps_status")
def check_status(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A code that OPPS does not take by its status; ``unless`` are modifiers and kinds of bill with which it does."""
    bill = desk.encounter.type_of_bill.strip().removeprefix("0")
    for each, status in _rows(rule, desk):
        row = rule.data["statuses"].get(status)
        if row is None or set(row.get("unless", ())) & set(each.modifiers):
            continue
        if bill and bill.startswith(tuple(row.get("bills", ())) or ("none",)):
            continue
        names = {"code": each.code, "status": status, "says": row["says"], "do": row["do"]}
        yield desk.find(rule, each.where, names, severity=row.get("severity"))


@edit("opps_only_packaged")
def check_only_packaged(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A claim all of whose services are packaged: the service that they belong to is missing."""
    rows = _rows(rule, desk)
    if rows and all(status in rule.data["packaged"] for _each, status in rows):
        yield desk.find(rule, "lines", {"codes": ", ".join(each.code for each, _status in rows[:6])})


@edit("opps_packaging")
def check_packaging(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Services that are not paid apart because of others on the claim, told once for each cause."""
    rows = _rows(rule, desk)
    present = {status for _each, status in rows}
    first = next((each for each, status in rows if status == "J1"), None)
    taken: set[int] = set()
    for row in rule.data["rows"]:
        if not present & set(row["beside"]):
            continue
        packaged = [
            each
            for each, status in rows
            if status not in row.get("spared", ()) and (not row["statuses"] or status in row["statuses"])
            and each is not first and each.index not in taken and status
        ]  # fmt: skip
        if packaged:
            taken |= {each.index for each in packaged}
            codes = ", ".join(each.code for each in packaged[:8])
            yield desk.find(rule, "lines", {"codes": codes, "why": row["why"]})


def _within(code: str, ranges: list[list[str]]) -> bool:
    return len(code) == 5 and any(str(first) <= code <= str(last) for first, last in ranges)


@edit("opps_visit")
def check_visit(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A visit without 25 on a day with a procedure of ``beside`` (statuses)."""
    rows = _rows(rule, desk)
    for each, _status in rows:
        if _within(each.code, rule.data["visits"]) and rule.data["unless"] not in each.modifiers:
            other = next((o for o, status in rows if status in rule.data["beside"] and o.day == each.day), None)
            if other is not None and other is not each:
                yield desk.find(rule, each.where, {"code": each.code, "other": other.code})


@edit("opps_needs")
def check_needs(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A line of ``codes`` or ``statuses`` without any line of ``with`` (codes), ``with_statuses`` or ``with_revenue``
    on the claim."""
    rows = _rows(rule, desk)
    for each, status in rows:
        for row in rule.data["rows"]:
            asked = _within(each.code, row.get("codes", [])) or status in row.get("statuses", ())
            if not asked or set(row.get("unless", ())) & set(each.modifiers):
                continue
            beside = [(o, other) for o, other in rows if o is not each]
            found = any(_within(o.code, row.get("with", [])) for o, _ in beside)
            found = found or any(other in row.get("with_statuses", ()) for _, other in beside)
            revenues = tuple(row.get("with_revenue", ())) or ("none",)
            found = found or any(o.line.revenue_code.strip().startswith(revenues) for o in desk.lines)
            if not found:
                names = {"code": each.code, "says": row["says"], "do": row["do"], "edit": row["edit"]}
                yield desk.find(rule, each.where, names)


@edit("opps_bill")
def check_bill(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A code on a type of bill that does not take it."""
    bill = desk.encounter.type_of_bill.strip().removeprefix("0")
    for each in desk.lines if bill else ():
        for row in rule.data["rows"]:
            if _within(each.code, row["codes"]) and not bill.startswith(tuple(row["bills"])):
                named = ", ".join(f"{kind}x" for kind in row["bills"])
                yield desk.find(
                    rule, each.where, {"code": each.code, "bill": bill, "named": named, "edit": row["edit"]}
                )


@edit("opps_line_modifiers")
def check_line_modifiers(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Modifiers that do not go with the units, with other modifiers, with other lines, or with the patient's status."""
    if desk.encounter.setting is not Setting.OUTPATIENT:
        return
    before: dict[str, int] = {}
    for each in desk.lines:
        marks = set(each.modifiers)
        for row in rule.data["rows"]:
            mark = next((name for name in row["modifiers"] if name in marks), "")
            many = row.get("one_unit") and each.line.units > 1
            both = bool(marks & set(row.get("never_with", ())))
            again = row.get("once") and mark in before
            status = "statuses" in row and desk.encounter.discharge_status.strip() not in row["statuses"]
            if mark and (many or both or again or status):
                names = {"code": each.code, "modifier": mark, "says": row["says"], "do": row["do"], "edit": row["edit"]}
                yield desk.find(rule, each.where, names, severity=row.get("severity"))
        for mark in marks:
            before.setdefault(mark, each.index)
