"""How often a service is paid: the line against the history of the patient.

Medicare counts whole months: "eleven full months after the month of the last one" is the twelfth month after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from nosology.edits.checks.diagnoses import show
from nosology.edits.desk import Desk, Located, edit
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = ["check_frequency", "month_of"]


def month_of(day: date) -> int:
    """The number of a month since year 0.

    >>> month_of(date(2026, 5, 4)) - month_of(date(2025, 6, 30))
    11
    """
    return day.year * 12 + day.month - 1


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _has(diagnoses: Sequence[str], beginnings: Sequence[str]) -> bool:
    return any(code.replace(".", "").upper().startswith(tuple(beginnings)) for code in diagnoses)


@edit("claim_frequency")
def check_frequency(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A service again before it is payable again.

    A row names ``codes``; ``months`` from the month of one to that of the next (0: once in a lifetime); ``most`` in
    that time (1 if left out); ``counts`` further codes that count as the same (with ``only_counts`` these alone);
    ``risk`` diagnoses (beginnings) with other ``risk_months``.
    """
    if desk.encounter.setting is Setting.INPATIENT:
        return
    for each in desk.lines:
        for row in rule.data["rows"]:
            if each.code in row["codes"] and not set(rule.data["excluded"]) & set(each.modifiers):
                yield from _judge(rule, desk, each, row)


def _judge(rule: Rule, desk: Desk, each: Located, row: Mapping[str, Any]) -> Iterator[Finding]:
    codes = [one.code for one in desk.encounter.diagnoses]
    points = [codes[n - 1] for n in each.line.diagnosis_pointers if 1 <= n <= len(codes)] or codes
    months = row["months"]
    if row.get("risk") and _has(points, row["risk"]):
        months = row["risk_months"]
    same = {*(() if row.get("only_counts") else row["codes"]), *row.get("counts", ())}
    others = [o for o in desk.earlier if o.code in same and o.day <= each.day]
    others += [o for o in desk.lines if o.code in same and (o.day, o.index) < (each.day, each.index)]
    this = month_of(each.day)
    within = sorted(o.day for o in others if not months or this - month_of(o.day) < months)
    most = row.get("most", 1)
    if len(within) < most:
        return
    freed = within[len(within) - most]  # the one that must be long enough ago
    again = f"payable again from {_first_of(month_of(freed) + months)}" if months else "paid once in a lifetime"
    names = {"code": show(each.code), "name": row["name"], "last": within[-1], "again": again, "source": row["source"]}
    yield desk.find(rule, each.where, names)
