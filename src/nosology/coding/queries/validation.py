"""Clinical validation: a reported diagnosis that the indicators of its own chart do not show.

The code stands on the provider's statement (Guidelines I.A.19). The query asks for the clinical support; nothing is
taken out.
"""

from __future__ import annotations

from collections.abc import Iterator

from nosology.coding.queries.desk import CLOSING, Asked, QueryDesk, asks, prefixes
from nosology.coding.queries.indicators import find_items, is_answered, of_age
from nosology.model.coding import Query
from nosology.model.finding import Finding, Severity
from nosology.model.note import Role
from nosology.rules.loader import Rule

__all__ = ["ask_for_support"]

_OPTIONS = (
    "the diagnosis is confirmed (please document the clinical support)",
    "the diagnosis was ruled out",
)


@asks("clinical_validation")
def ask_for_support(desk: QueryDesk, rule: Rule) -> Iterator[Asked]:
    """Ask where a diagnosis is reported, enough readings speak against it, and too few indicators speak for it."""
    data = rule.data
    reported = [c for c in desk.reports(prefixes(data["reported"])) if not c.mandated]
    if not reported:
        return
    lacking = int(data["support"].get("least", 1))
    for item in data["support"]["of"]:
        lacking -= bool(find_items(desk, item, {}))
        if lacking <= 0:
            return
    against = [spans for item in data["against"]["of"] if (spans := find_items(desk, item, {}))]
    if len(against) < int(data["against"].get("least", 1)):
        return
    if not of_age(desk, data.get("age")) or is_answered(desk, data.get("unless", {})):
        return
    fact = desk.statement_of(reported[0], prefixes(data["reported"]))
    span = fact.mention.span
    evidence = (*desk.quote([span]), *desk.quote([spans[0] for spans in against], Role.CONTRADICTS))
    said = " ".join(desk.chart.text[span.start : span.end].split())
    question = f"“{said}” is documented. {' '.join(data['asks'].split())}"
    codes = ", ".join(c.code for c in reported)
    finding = Finding(
        rule=rule.id,
        severity=Severity(rule.severity),
        message=f"{codes}: {rule.message}",
        where=codes,
        evidence=evidence,
        citation=rule.citation,
        fix="answer the query; the code stands as the provider documented it",
    )
    yield Asked(int(data["importance"]), Query(rule.id, question, (*_OPTIONS, *CLOSING), evidence), (), finding)
