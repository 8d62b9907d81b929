"""Gathers the queries of a note: every rule in force, the most important first, no two about the same, not too many."""

from __future__ import annotations

from collections.abc import Mapping, Set

from nosology.coding.queries.desk import ASKS, Ask, Asked, QueryDesk
from nosology.coding.queries.indicators import categories_needed, names_needed
from nosology.coding.queries.specificity import ask_specificity
from nosology.model.coding import Query
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = ["gather_queries"]

_Needs = tuple[frozenset[str], ...]
_Plan = tuple[tuple[Ask, Rule, _Needs, _Needs], ...]
_PLANS: dict[int, tuple[Mapping[str, tuple[Rule, ...]], _Plan]] = {}


def gather_queries(desk: QueryDesk) -> tuple[tuple[Query, ...], tuple[Finding, ...]]:
    """Return the queries in the order in which a provider should see them, and the findings that go with them."""
    names = desk.indicators.names
    asked: list[Asked] = []
    reported = {candidate.code[:3] for candidate in desk.coded}
    for function, rule, categories, needed in _plan_of(desk.rules):
        if _lacks(reported, categories) or _lacks(names, needed):
            continue
        asked += function(desk, rule)
    fired = {each.query.rule for each in asked}
    asked = [each for each in asked if fired.isdisjoint(each.yields_to)]
    covered = tuple(code for each in asked for code in each.covers)
    for rule in desk.rules.get("specificity_queries", ()):
        asked += ask_specificity(desk, rule, covered)
    asked.sort(key=lambda each: (-each.importance, _place(each.query), each.query.rule))
    most = _most(desk)
    kept: list[Asked] = []
    for each in asked:
        if len(kept) < most and not any(_same(each.query, other.query) for other in kept):
            kept.append(each)
    findings = tuple(each.finding for each in asked if each.finding is not None)
    return tuple(each.query for each in kept), findings


def _lacks(known: Set[str], groups: _Needs) -> bool:
    """True where nothing of one of the groups is known."""
    for group in groups:  # noqa: SIM110 - asked of every rule, and any() with a generator takes several times as long
        if known.isdisjoint(group):
            return True
    return False


def _most(desk: QueryDesk) -> int:
    limits = desk.rules.get("query_limits", ())
    return int(limits[0].data["most"][desk.chart.setting]) if limits else 10


def _place(query: Query) -> int:
    return query.evidence[0].span.start if query.evidence else 0


def _same(one: Query, other: Query) -> bool:
    """True if the two ask the same of the same words."""
    return one.question == other.question and one.options == other.options and one.evidence == other.evidence


def _plan_of(rules: Mapping[str, tuple[Rule, ...]]) -> _Plan:
    """Return the rules in force with their functions and what each needs; made once for each such table."""
    known = _PLANS.get(id(rules))
    if known is None or known[0] is not rules:
        chosen = [(ASKS[name], rule) for name, each in rules.items() if name in ASKS for rule in each]
        chosen.sort(key=lambda c: c[1].id)
        plan = tuple((function, rule, categories_needed(rule), names_needed(rule)) for function, rule in chosen)
        known = _PLANS[id(rules)] = (rules, plan)
    return known[1]
