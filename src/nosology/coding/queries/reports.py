"""Findings of pathology and imaging that only the report names (Guidelines III.B): the provider is asked about them."""

from __future__ import annotations

from collections.abc import Iterator

from nosology.coding.queries.desk import CLOSING, Asked, Prefixes, QueryDesk, Statement, asks, prefixes
from nosology.model.coding import Query
from nosology.model.note import Status, Subject, Temporality
from nosology.rules.loader import Rule

__all__ = ["ask_about_reports"]


@asks("report_findings")
def ask_about_reports(desk: QueryDesk, rule: Rule) -> Iterator[Asked]:
    """Ask about a finding of a report that no statement of the provider takes up."""
    data = rule.data
    sections = frozenset(data["sections"])
    if sections.isdisjoint(s.kind for s in desk.note.sections):
        return
    named: dict[str, Statement] = {}
    if desk.kinds() <= sections:  # the document is the report itself
        return
    for statement in desk.under(prefixes(data["codes"])):
        mention = statement.mention
        if desk.note.sections[mention.section].kind not in sections:
            continue
        plain = mention.status is Status.PRESENT and mention.subject is Subject.PATIENT
        if plain and mention.temporality is Temporality.CURRENT:
            named.setdefault(statement.code[:3], statement)
    for family, statement in sorted(named.items(), key=lambda row: row[1].mention.span):
        related = Prefixes(next((g for g in data["same"] if family.startswith(tuple(g))), (family,)))
        taken_up = any(desk.note.sections[s.mention.section].kind not in sections for s in desk.under(related))
        if not taken_up:
            question = " ".join(data["asks"].split())
            evidence = desk.quote([statement.mention.span])
            options = (*data["options"], *CLOSING)
            yield Asked(int(data["importance"]), Query(rule.id, question, options, evidence))
            return
