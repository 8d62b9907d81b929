"""NCCI one line at a time: procedure pairs, most units, add-on codes without their primary.

:mod:`nosology.edits.columnar` does pairs and units over whole columns; both give the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from nosology.codes.ncci import Ncci, open_ncci
from nosology.codes.ncci_keys import encode_code
from nosology.edits.desk import Desk, Located, edit
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = ["check_add_ons", "check_bypass", "check_pairs", "check_units"]


def _book(desk: Desk) -> Ncci:
    book = desk.books.open("ncci", desk.on, open_ncci)
    desk.used["ncci"] = book.release
    return book


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _provider(desk: Desk, each: Located) -> str:
    """Who is paid: the practitioner of the line; one facility, whoever rendered it, on the claim of a facility."""
    return "" if desk.institutional else each.line.provider or desk.encounter.rendering_npi


def _is_visit(rule: Rule, code: str) -> bool:
    return any(first <= code <= last for first, last in rule.data["visits"]) and len(code) == 5


def _services(desk: Desk) -> list[Located]:
    """The lines that NCCI may speak of; none for a stay, which is paid by its group."""
    if desk.encounter.setting is Setting.INPATIENT:
        return []
    return [each for each in desk.lines if encode_code(each.code) >= 0]


@edit("ncci_ptp")
def check_pairs(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Column 2 codes beside their column 1 code on one day of one provider, not allowed or without a modifier."""
    lines = _services(desk)
    book = _book(desk) if len(lines) > 1 else None
    table = "hospital" if desk.institutional else "practitioner"
    for one, other in combinations(lines, 2):
        if book is None or one.day != other.day or _provider(desk, one) != _provider(desk, other):
            continue
        for first, second in ((one, other), (other, one)):
            pair = book.ptp(table, first.code, second.code, _number(first.day))
            if pair is None or pair.modifier == 9 or (pair.modifier == 1 and _bypassed(rule, first, second)):
                continue
            kind = "visit" if pair.modifier and _is_visit(rule, second.code) else str(pair.modifier)
            row = rule.data["says"][kind]
            names = {"column1": first.code, "column2": second.code, "rationale": pair.rationale or "not stated",
                     "allowed": row["allowed"], "do": row["do"].format(column2=second.code)}  # fmt: skip
            yield desk.find(rule, second.where, names)


def _bypassed(rule: Rule, first: Located, second: Located) -> bool:
    """True if an associated modifier stands on the column 2 line, or on the column 1 line where that counts."""
    associated, distinct = set(rule.data["modifiers"]), set(rule.data["distinct"])
    either = date.fromisoformat(rule.data["either_from"])
    if associated & set(second.modifiers):
        return True
    found = associated & set(first.modifiers)
    return bool(found - distinct) or (bool(found) and first.day >= either)


@edit("ncci_bypass")
def check_bypass(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Pairs that only a modifier lets pay: 59 or X{EPSU}, which the chart must bear out, or the same site on both."""
    lines = _services(desk)
    book = _book(desk) if len(lines) > 1 else None
    table = "hospital" if desk.institutional else "practitioner"
    pairs, distinct = set(rule.data["modifiers"]), set(rule.data["distinct"])
    for one, other in combinations(lines, 2):
        if book is None or one.day != other.day or _provider(desk, one) != _provider(desk, other):
            continue
        for first, second in ((one, other), (other, one)):
            pair = book.ptp(table, first.code, second.code, _number(first.day))
            if pair is None or pair.modifier != 1:
                continue
            marks = [pairs & set(each.modifiers) for each in (first, second)]
            sites = [each & set(rule.data["sites"]) for each in marks]
            by = sorted((marks[0] | marks[1]) & distinct)
            names = {"column1": first.code, "column2": second.code, "by": ", ".join(by)}
            if sites[0] and sites[0] == sites[1] and not (marks[0] | marks[1]) - sites[0] - distinct:
                names |= {"by": ", ".join(sorted(by + list(sites[0])))}
                yield desk.find(rule, second.where, names | rule.data["says"]["site"], severity="warning")
            elif by and not (marks[0] | marks[1]) - distinct - sites[0]:
                yield desk.find(rule, second.where, names | rule.data["says"]["distinct"])


@edit("ncci_mue")
def check_units(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """More units than are published for a line (indicator 1) or a day of one provider (2 and 3)."""
    lines = _services(desk)
    book = _book(desk) if lines else None
    table = "hospital" if desk.institutional else "practitioner"
    if table == "practitioner" and desk.encounter.taxonomy.upper().startswith(rule.data["supplier_taxonomy"]):
        table = "supplier"
    apart = rule.data["not_counted"]
    counted_days: set[tuple[str, date, str]] = set()
    for each in lines:
        limit = book.mue(table, each.code) if book is not None else None
        if limit is None:
            continue
        key = (each.code, each.day, _provider(desk, each))
        if limit.indicator == 1:
            counted = each.line.units
        elif apart in each.modifiers or key in counted_days:
            continue
        else:
            counted_days.add(key)
            same = [o for o in lines if (o.code, o.day, _provider(desk, o)) == key and apart not in o.modifiers]
            counted = sum((other.line.units for other in same), start=each.line.units * 0)
        if counted <= limit.units:
            continue
        row = rule.data["indicators"][str(limit.indicator)]
        stated = f"{counted.normalize():f} unit{'s' if counted != 1 else ''}"
        names = {"code": each.code, "mai": limit.indicator, "rationale": limit.rationale or "not stated"}
        if limit.units:
            told = f"{stated} {row['per']}, and {limit.units} is the most"
            yield desk.find(rule, each.where, names | {"told": told, "do": row["do"]})
            continue
        none, payer = rule.data["none"], desk.encounter.payer.strip().lower()
        if not payer or payer in none["payers"]:  # another payer decides for itself what it covers
            said = names | {"told": f"{stated}, {none['says']}", "do": none["do"]}
            yield desk.find(rule, each.where, said, severity=None if payer else none["payer_not_stated"])


@edit("ncci_add_on")
def check_add_ons(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """An add-on code without a primary code of the same day and provider, in the encounter or its history."""
    lines = _services(desk)
    book = _book(desk) if lines else None
    for each in lines:
        found = book.add_on(each.code, _number(each.day)) if book is not None else None
        if found is None:
            continue
        others = [o for o in (*lines, *desk.earlier) if o is not each and o.day == each.day and o.code != each.code]
        others = [o for o in others if _provider(desk, o) == _provider(desk, each)]
        if found.primaries & {other.code for other in others}:
            continue
        plain = [other for other in others if book is not None and book.add_on(other.code, _number(each.day)) is None]
        if found.kind in (2, 3) and plain:
            continue  # the contractor decides whether it may be its primary
        named = ", ".join(sorted(found.primaries)[:6]) + (" …" if len(found.primaries) > 6 else "")
        names = {"code": each.code, "kind": found.kind, "named": named or "set by the contractor"}
        yield desk.find(rule, each.where, names)
