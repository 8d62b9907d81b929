"""Edits of outpatient hospital claims by the status indicators of OPPS (Addendum B; their meaning: Addendum D1)."""

from __future__ import annotations

from collections.abc import Iterator

from nosology.codes.opps import OppsStatuses, open_opps
from nosology.edits.desk import Desk, Located, edit
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = ["check_only_packaged", "check_packaging", "check_status"]

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
