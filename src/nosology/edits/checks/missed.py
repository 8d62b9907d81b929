"""What may have been missed, and notices that contradict each other: services that go with others."""

from __future__ import annotations

from collections.abc import Iterator

from nosology.edits.desk import Desk, edit
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = ["check_companion", "check_missed_count", "check_missed_diagnosis", "check_notices"]


def _within(code: str, ranges: list[list[str]]) -> bool:
    return any(first <= code <= last for first, last in ranges) and len(code) == 5


@edit("missed_companion")
def check_companion(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A service of ``if`` without any of ``with`` on the same day."""
    if desk.encounter.setting is Setting.INPATIENT:
        return
    for each in desk.lines:
        if not _within(each.code, rule.data["if"]) or _within(each.code, rule.data.get("unless", [])):
            continue
        if set(rule.data.get("unless_modifiers", ())) & set(each.modifiers):
            continue
        beside = (*desk.lines, *desk.earlier)
        if not any(o.day == each.day and o is not each and _within(o.code, rule.data["with"]) for o in beside):
            yield desk.find(rule, each.where, {"code": each.code})


@edit("missed_diagnosis")
def check_missed_diagnosis(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A service whose reason has a code of its own (``with``) that is not among the diagnoses; ``when`` are beginnings
    of which a diagnosis must have one."""
    stated = [each.code.strip().upper().replace(".", "") for each in desk.encounter.diagnoses]
    told: set[str] = set()
    for each in desk.lines:
        for row in rule.data["rows"]:
            if not _within(each.code, row["codes"]) or row["named"] in told:
                continue
            asked = "when" not in row or any(code.startswith(tuple(row["when"])) for code in stated)
            if asked and not any(code.startswith(tuple(row["with"])) for code in stated):
                told.add(row["named"])
                names = {"code": each.code, "named": row["named"], "section": row["section"]}
                yield desk.find(rule, each.where, names)


@edit("missed_count")
def check_missed_count(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """More products (``if``) than acts of giving them (``with``) on one day."""
    for day in sorted({each.day for each in desk.lines}):
        here = [each for each in desk.lines if each.day == day]
        products = [each for each in here if _within(each.code, rule.data["if"])]
        given = sum(each.line.units for each in here if _within(each.code, rule.data["with"]))
        count = sum(each.line.units for each in products)
        if products and 0 < given < count:
            yield desk.find(rule, products[-1].where, {"count": f"{count:g}", "given": f"{given:g}"})


@edit("coverage_notices")
def check_notices(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Modifiers of notices that exclude each other on one line."""
    for each in desk.lines:
        for one, other in rule.data["pairs"]:
            if {one, other} <= set(each.modifiers):
                yield desk.find(rule, each.where, {"first": one, "second": other})
