"""The surgical hierarchy: which procedure decided the DRG, and to what each of the others would have led.

An MDC asks its surgical groups in a fixed order, and the first that holds wins (Definitions Manual, Appendix D, and the
logic of each MDC). The order and the conditions are those of the published tables; where a condition cannot be told
from the procedures and the principal diagnosis alone (counts of stents, other diagnoses), nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from nosology.grouping.msdrg_tables import GrouperTables

__all__ = ["explain_hierarchy", "holds", "surgical_group"]

_TOKEN = re.compile(r"[()&|~]|(?:[A-Za-z]+:)?\w+")
_Truth = bool | None
_Node = str | tuple[Any, ...]


def holds(formula: str, known: Callable[[str], _Truth]) -> _Truth:
    """Whether a formula of the tables holds: True, False, or None where that hangs on what is not known.

    ``known`` says it of a name ("valve", "PDX:infection", "MCC").

    >>> holds("MCC & (valve | bypass)", {"MCC": None, "valve": False, "bypass": True}.get) is None
    True
    >>> holds("MCC & (valve | bypass)", {"MCC": None, "valve": False, "bypass": False}.get)
    False
    """
    return _value(_read(formula), known)


@lru_cache(maxsize=8192)
def _read(formula: str) -> _Node:
    """A formula as a tree: a name, or "~", "&", "|" with what it joins; "" for what cannot be read."""
    node, rest = _either(_TOKEN.findall(formula))
    return "" if rest else node


def _either(tokens: list[str]) -> tuple[_Node, list[str]]:
    node, rest = _both(tokens)
    nodes = [node]
    while rest and rest[0] == "|":
        node, rest = _both(rest[1:])
        nodes.append(node)
    return ("|", *nodes) if len(nodes) > 1 else node, rest


def _both(tokens: list[str]) -> tuple[_Node, list[str]]:
    node, rest = _one(tokens)
    nodes = [node]
    while rest and rest[0] == "&":
        node, rest = _one(rest[1:])
        nodes.append(node)
    return ("&", *nodes) if len(nodes) > 1 else node, rest


def _one(tokens: list[str]) -> tuple[_Node, list[str]]:
    if not tokens:
        return "", []
    first, rest = tokens[0], tokens[1:]
    if first == "~":
        node, rest = _one(rest)
        return ("~", node), rest
    if first == "(":
        node, rest = _either(rest)
        return node, rest[1:]
    return first, rest


def _value(node: _Node, known: Callable[[str], _Truth]) -> _Truth:
    if isinstance(node, str):
        return known(node) if node else None
    kind = node[0]
    if kind == "~":
        value = _value(node[1], known)
        return None if value is None else not value
    decides = kind == "|"  # one that is true decides "|", one that is false "&"
    result: _Truth = not decides
    for each in node[1:]:
        value = _value(each, known)
        if value is decides:
            return decides
        if value is None:
            result = None
    return result


@lru_cache(maxsize=1024)
def _surgical(tables: GrouperTables, version: int, mdc: int) -> tuple[tuple[int, _Node], ...]:
    """The surgical groups of an MDC in the order in which it asks them: base DRG and condition."""
    asked = (each for each in tables.formulas(version) if each.mdc == mdc and each.type == "SURGICAL" and each.drg)
    return tuple((each.base, _read(each.text)) for each in asked)


@lru_cache(maxsize=16384)
def surgical_group(tables: GrouperTables, version: int, mdc: int, principal: str, procedure: str) -> int | None:
    """The base DRG to which one procedure alone leads in an MDC beside a principal diagnosis; None if to none.

    Severity and everything that is not known count as not met, so that a group is named only where it surely holds.
    """
    lists = tables.procedure(procedure, version)
    own = tables.diagnosis(principal, version)
    if not lists:
        return None
    said = own.attributes if own is not None else frozenset()

    def known(name: str) -> _Truth:
        kind, _, plain = name.rpartition(":")
        if kind in ("PDX", "ANY"):
            return True if plain in said else None if kind == "ANY" else False
        return name in lists if not kind and not name.isupper() else None

    return next((base for base, node in _surgical(tables, version, mdc) if _value(node, known)), None)


@lru_cache(maxsize=1024)
def _order(tables: GrouperTables, version: int, mdc: int) -> dict[int, tuple[int, ...]]:
    """Base DRG → its DRGs, in the order in which the MDC asks them."""
    found: dict[int, list[int]] = {}
    for each in tables.formulas(version):
        if each.mdc == mdc and each.drg and each.type == "SURGICAL":
            found.setdefault(each.base, []).append(each.drg)
    return {base: tuple(sorted(set(drgs))) for base, drgs in found.items()}


@lru_cache(maxsize=1024)
def _place(tables: GrouperTables, version: int, drg: int) -> tuple[int, int] | None:
    """MDC and base of a DRG in the tables (0: before every MDC), None if it has none or several."""
    found = {(each.mdc, each.base) for each in tables.formulas(version) if each.drg == drg}
    return next(iter(found)) if len(found) == 1 else None


def _name(drgs: Sequence[int]) -> str:
    return f"DRG {drgs[0]:03}" + (f"-{drgs[-1]:03}" if len(drgs) > 1 else "")


@lru_cache(maxsize=16384)
def explain_hierarchy(
    tables: GrouperTables, version: int, drg: int, principal: str, deciding: tuple[str, ...], rooms: tuple[str, ...]
) -> str:
    """What decided among several operating-room procedures, "" where there is nothing to tell.

    ``deciding`` are the procedures that the grouper used for the DRG, ``rooms`` those of the operating room.
    """
    place = _place(tables, version, drg)
    others = [each for each in dict.fromkeys(rooms) if each not in deciding]
    if place is None or not deciding or not others:
        return ""
    mdc, base = place
    order = _order(tables, version, mdc)
    where = "before the MDC" if mdc == 0 else f"in MDC {mdc:02}"
    ranks = list(order)
    groups = {each: surgical_group(tables, version, mdc, principal, each) for each in others}
    equal = [each for each in dict.fromkeys(rooms) if groups.get(each) == base or each in deciding]
    if len(deciding) == 1 and len(equal) > 1:
        first = f"{', '.join(equal)} each lead"
    else:
        first = f"{', '.join(deciding)} {'lead together' if len(deciding) > 1 else 'leads'}"
    first += f" to {_name(order.get(base, (drg,)))}"
    parts = [first + (f", group {ranks.index(base) + 1} of {len(ranks)}" if base in order else "")]
    for each in others:
        group = groups[each]
        if group is None:
            parts.append(f"{each} alone groups nowhere {where}" if mdc <= 25 else f"{each} did not decide")
        elif group == base and len(deciding) > 1:
            parts.append(f"{each} leads to the same")
        elif group != base and base in order and ranks.index(group) > ranks.index(base):
            parts.append(f"{each} alone would lead to {_name(order[group])}, group {ranks.index(group) + 1}")
    return "; ".join(parts) if len(parts) > 1 or len(equal) > 1 else ""
