"""What a coder may do with the codes on the desk: each move makes a new sheet of the old one.

A move that cannot be right is a UsageError in one line. ``Stamp`` says who and when; nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nosology.coding.code_entry import CodeEntry
from nosology.coding.worksheet import DIAGNOSES, OVERRIDE, Item, Sheet
from nosology.errors import NotFound, UsageError

__all__ = [
    "REASONS",
    "Stamp",
    "accept_code",
    "add_code",
    "change_code",
    "hold_evidence",
    "move_code",
    "override_finding",
    "point_lines",
    "reject_code",
    "set_field",
    "undecided",
    "withdraw_override",
]

REASONS = (
    "not documented in this chart",
    "ruled out or denied",
    "history only, no longer present",
    "part of another code",
    "not treated, not evaluated, no effect on the stay",
    "copied from another encounter or patient",
    "another code says it better",
)
"""Usual reasons for which a suggestion is rejected; anything else may be typed."""

_LONGEST = 2000
_REPEATED = ("icd10pcs", "cpt", "hcpcs")  # a service may stand twice, a diagnosis may not


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who decides (id of the user, "" the system), and when (ISO)."""

    by: str
    at: str


def _item(sheet: Sheet, key: str) -> Item:
    if key.startswith(OVERRIDE) or key not in sheet.items:
        raise NotFound("there is no such code on this worksheet: look again")
    return dict(sheet.items[key])


def _reason(why: str) -> str:
    text = why.strip()
    if len(text) > _LONGEST:
        raise UsageError(f"a reason has at most {_LONGEST} characters")
    return text


def undecided(sheet: Sheet, *, at_least: float = 0.0) -> list[str]:
    """The keys of the suggestions on which nobody has decided, as far as they reach a score."""
    return [
        key
        for key in sheet.order
        if sheet.items[key]["state"] == "suggested" and (sheet.items[key].get("score") or 0.0) >= at_least
    ]


def accept_code(sheet: Sheet, key: str, stamp: Stamp) -> Sheet:
    """The code stands: a suggestion as it is, a rejected one again."""
    item = _item(sheet, key)
    if item["state"] not in ("suggested", "rejected"):
        return sheet
    _refuse_double(sheet, item["system"], item["code"], key)
    state = "added" if item["origin"] == "coder" else "accepted" if item["code"] == item["suggested"] else "changed"
    return sheet.with_item(key, item | {"state": state, "why": "", "by": stamp.by, "at": stamp.at})


def reject_code(sheet: Sheet, key: str, why: str, stamp: Stamp) -> Sheet:
    """The code does not stand; a suggestion needs a reason."""
    item = _item(sheet, key)
    reason = _reason(why)
    if not reason and item["origin"] == "engine":
        raise UsageError("a suggestion is rejected with a reason")
    if item["state"] == "rejected" and item["why"] == reason:
        return sheet
    return sheet.with_item(key, item | {"state": "rejected", "why": reason, "by": stamp.by, "at": stamp.at})


def change_code(sheet: Sheet, key: str, entry: CodeEntry, why: str, stamp: Stamp) -> Sheet:
    """Another code in the place of this one, on the same evidence; back to the suggestion it is an acceptance."""
    item = _item(sheet, key)
    if (item["system"] == DIAGNOSES) != (entry.system == DIAGNOSES):
        raise UsageError("a diagnosis is changed to a diagnosis, a service to a service")
    if entry.code == item["code"]:
        return accept_code(sheet, key, stamp)
    _refuse_double(sheet, entry.system, entry.code, key)
    state = "added" if item["origin"] == "coder" else "accepted" if entry.code == item["suggested"] else "changed"
    new = {"system": entry.system, "code": entry.code, "title": entry.title, "state": state, "why": _reason(why)}
    return sheet.with_item(key, item | new | {"by": stamp.by, "at": stamp.at})


def add_code(sheet: Sheet, entry: CodeEntry, evidence: Sequence[Mapping[str, Any]], why: str, stamp: Stamp) -> Sheet:
    """A code that the engine did not suggest; one that was rejected stands again instead."""
    known = sheet.find(entry.system, entry.code)
    if known and not sheet.stands(known):
        sheet = accept_code(sheet, known, stamp)
        return hold_evidence(sheet, known, evidence, stamp) if evidence else sheet
    _refuse_double(sheet, entry.system, entry.code, "")
    item: Item = {
        "system": entry.system,
        "code": entry.code,
        "title": entry.title,
        "poa": "",
        "modifiers": [],
        "units": None,
        "origin": "coder",
        "state": "added",
        "score": None,
        "suggested": "",
        "evidence": [dict(each) for each in evidence],
        "why": _reason(why),
        "by": stamp.by,
        "at": stamp.at,
    }
    return sheet.with_item(sheet.new_key(entry.system, entry.code), item)


def _refuse_double(sheet: Sheet, system: str, code: str, but: str) -> None:
    if system in _REPEATED:
        return
    for key in sheet.order:
        item = sheet.items[key]
        if key != but and sheet.stands(key) and (item["system"], item["code"]) == (system, code):
            raise UsageError(f"{code} stands on the worksheet already")


def move_code(sheet: Sheet, key: str, where: str) -> Sheet:
    """The code at another place among those of its kind that stand: "up", "down", "first", or a position from 1."""
    item = _item(sheet, key)
    if not sheet.stands(key):
        raise UsageError("a rejected code has no place in the order")
    group = sheet.group(item["system"])
    place = group.index(key)
    steps = {"up": place - 1, "down": place + 1, "first": 0}
    if where not in steps and not (where.isascii() and where.isdigit() and 0 < int(where) <= len(group)):
        raise UsageError(f'the new place is "up", "down", "first" or a number from 1 to {len(group)}')
    target = min(max(steps.get(where, int(where) - 1 if where.isdigit() else 0), 0), len(group) - 1)
    if target == place:
        return sheet
    other = group[target]
    order = [each for each in sheet.order if each != key]
    order.insert(order.index(other) + (1 if target > place else 0), key)
    return sheet.with_order(order)


def set_field(sheet: Sheet, key: str, name: str, value: Any, stamp: Stamp) -> Sheet:
    """One of "poa", "modifiers", "units" of a code; the value has been checked."""
    item = _item(sheet, key)
    if item.get(name) == value:
        return sheet
    return sheet.with_item(key, item | {name: value, "by": stamp.by, "at": stamp.at})


def point_lines(sheet: Sheet, key: str, diagnoses: Iterable[str], stamp: Stamp) -> Sheet:
    """The diagnoses for which a service was done, by their keys, the most important first (at most four)."""
    item = _item(sheet, key)
    keys = list(dict.fromkeys(diagnoses))
    if item["system"] not in ("cpt", "hcpcs"):
        raise UsageError("diagnoses are pointed at by CPT and HCPCS codes")
    if len(keys) > 4 or any(each not in sheet.group(DIAGNOSES) for each in keys):
        raise UsageError("a service points at one to four diagnoses that stand on the worksheet")
    return set_field(sheet, key, "pointers", keys, stamp)


def hold_evidence(sheet: Sheet, key: str, evidence: Sequence[Mapping[str, Any]], stamp: Stamp) -> Sheet:
    """Words of the chart that a coder points out for a code, beside those that it has."""
    item = _item(sheet, key)
    places = {(each["document"], each["start"], each["end"]) for each in item["evidence"]}
    new = [dict(each) for each in evidence if (each["document"], each["start"], each["end"]) not in places]
    if not new:
        return sheet
    return sheet.with_item(key, item | {"evidence": [*item["evidence"], *new], "by": stamp.by, "at": stamp.at})


def override_finding(sheet: Sheet, rule: str, about: str, why: str, stamp: Stamp, *, name: str, on: str) -> Sheet:
    """A finding accepted as it stands, with a reason: ``about`` is the key of its code, or its place, or ""."""
    reason = _reason(why)
    if not reason:
        raise UsageError("a finding is accepted with a reason")
    if not rule.strip() or len(rule) > 80 or len(about) > 80:
        raise UsageError("name the rule of the finding")
    if sum(key.startswith(OVERRIDE) for key in sheet.items) >= 200:
        raise UsageError("no more findings can be accepted on this worksheet")
    key = f"{OVERRIDE}{rule}@{about}"
    made = {"rule": rule, "about": about, "why": reason, "by": stamp.by, "name": name, "on": on}
    return sheet.with_item(key, made | {"at": stamp.at})


def withdraw_override(sheet: Sheet, rule: str, about: str) -> Sheet:
    """The finding counts again."""
    key = f"{OVERRIDE}{rule}@{about}"
    if key not in sheet.items:
        raise NotFound("that finding was not accepted")
    return sheet.with_item(key, None)
