"""Fields that must be there, and fields that must have a form: both told by the rows of a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nosology.edits.claim_desk import ClaimDesk, claim_edit, read_field
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

Places = Sequence[tuple[str, int]]

__all__ = ["Places", "check_pattern", "check_required"]


@claim_edit("claim_required")
def check_required(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """Fields that are empty, and may not be. Rows of ``required``: ``field`` (or a list, of which one must be filled),
    ``where`` to mend it, ``what`` it is; ``forms`` on which, ``if`` fields that must hold one of some values."""
    for row in rule.data["required"]:
        if not _concerns(row, desk):
            continue
        names = row["field"] if isinstance(row["field"], list) else [row["field"]]
        first = list(read_field(desk.claim, names[0]))
        for n, found in enumerate(first):
            others = [list(read_field(desk.claim, name)) for name in names[1:]]
            values = [found.value, *(each[n].value for each in others if n < len(each))]
            if not any(_filled(each) for each in values) and _holds(row, desk, found.places):
                yield desk.find(rule, desk.where(row["where"], found.places), {"what": row["what"]})


@claim_edit("claim_pattern")
def check_pattern(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """Fields that do not have their form; not where they are empty. Rows of ``patterns``: ``field``, ``pattern``,
    ``where``, ``what`` is wrong; ``forms`` and ``if`` as for required fields."""
    for row in rule.data["patterns"]:
        if not _concerns(row, desk):
            continue
        for found in read_field(desk.claim, row["field"]):
            for value in found.value if isinstance(found.value, tuple) else (found.value,):
                text = "" if value is None else str(value)
                if text and not re.fullmatch(row["pattern"], text) and _holds(row, desk, found.places):
                    yield desk.find(rule, desk.where(row["where"], found.places), {"what": row["what"]})


def _filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None and value != ()


def _concerns(row: Mapping[str, Any], desk: ClaimDesk) -> bool:
    """True if a row is for the form and setting of the claim."""
    if row.get("forms") and desk.claim.form.value not in row["forms"]:
        return False
    return not row.get("settings") or desk.setting.value in row["settings"]


def _holds(row: Mapping[str, Any], desk: ClaimDesk, places: Places) -> bool:
    """True if each field of ``if`` has one of its values; "" stands for empty, "*" for anything else.

    Where both fields are of lines, other payers or the like, the condition is that of the same one.
    """
    return all(_has(desk, field, values, dict(places)) for field, values in row.get("if", {}).items())


def _has(desk: ClaimDesk, field: str, values: list[str], places: Mapping[str, int]) -> bool:
    for found in read_field(desk.claim, field):
        if any(places.get(name, n) != n for name, n in found.places):
            continue
        several = found.value if isinstance(found.value, tuple) and found.value else (found.value,)
        for each in several:
            text = "" if each is None or each == () else str(each)
            if text in values or (text and "*" in values):
                return True
    return False
