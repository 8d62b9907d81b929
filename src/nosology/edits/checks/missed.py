"""What may have been missed, and notices that contradict each other: services that go with others."""

from __future__ import annotations

from collections.abc import Iterator

from nosology.edits.desk import Desk, edit
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = ["check_companion", "check_notices"]


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
        beside = (*desk.lines, *desk.earlier)
        if not any(o.day == each.day and o is not each and _within(o.code, rule.data["with"]) for o in beside):
            yield desk.find(rule, each.where, {"code": each.code})


@edit("coverage_notices")
def check_notices(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Modifiers of notices that exclude each other on one line."""
    for each in desk.lines:
        for one, other in rule.data["pairs"]:
            if {one, other} <= set(each.modifiers):
                yield desk.find(rule, each.where, {"first": one, "second": other})
