"""Drugs that the patient takes and for which the chart names no condition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nosology.coding.drug_list import Drug, find_drug
from nosology.coding.queries.desk import CLOSING, Asked, Prefixes, QueryDesk, asks
from nosology.model.coding import Query
from nosology.model.note import Span, Status, Subject
from nosology.rules.loader import Rule

__all__ = ["ask_about_drugs"]

_REASON = re.compile(
    r"\b(?:for|due to|because of|ppx|prophylaxis|prevent\w*|indication)\b|\bfor\s+[a-z]", re.IGNORECASE
)
_STOPPED = re.compile(
    r"\b(?:stopp?ed|stop|discontinu\w+|d/c'?d|held|hold|off|avoid\w*|allerg\w+|no longer|declin\w+|refus\w+|failed"
    r"|previously|prior|intoleran\w+|was on)\b[^.;\n]{0,30}$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"[^.;,\n]{0,20}\b(?:was|were|has been|had been|is)\s+(?:stopped|discontinued|held|not (?:taken|resumed))",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def _named(words: str) -> Drug | None:
    return find_drug(words)


@lru_cache(maxsize=512)
def _explaining(treats: tuple[str, ...], more: tuple[str, ...]) -> Prefixes:
    """Return the conditions that explain a drug: those that it usually treats, and those that the rule adds."""
    return Prefixes((*treats, *more))


@asks("unlinked_drugs")
def ask_about_drugs(desk: QueryDesk, rule: Rule) -> Iterator[Asked]:
    """Ask what the drugs are for whose usual conditions the chart nowhere names; one query for all of them."""
    data = rule.data
    kinds = frozenset(data["sections"])
    found: dict[str, Span] = {}
    text = desk.chart.text
    facts = [f for c in desk.categories.get("Z79", ()) for f in c.facts if f.kind in kinds]
    for fact in facts:
        mention = fact.mention
        if not mention.terms[0].startswith("drug:"):
            continue
        drug = _named(text[mention.span.start : mention.span.end])
        if drug is None or drug.kind not in data["classes"]:
            continue
        if mention.status is not Status.PRESENT or mention.subject is not Subject.PATIENT:
            continue
        if desk.knows(_explaining(drug.treats, tuple(data["classes"][drug.kind]))):
            continue
        sentence = desk.note.sentences[mention.sentence].span
        after = text[mention.span.end : min(sentence.end, mention.span.end + 60)].split(",")[0].split(";")[0]
        before = text[max(sentence.start, mention.span.start - 50) : mention.span.start]
        if _REASON.search(after) or _STOPPED.search(before) or _ENDED.match(after):
            continue
        found.setdefault(drug.name, mention.span)
    if found:
        spans = sorted(found.values())[: int(data["most"])]
        question = " ".join(data["asks"].split())
        evidence = desk.quote(spans)
        options = (*data["options"], *CLOSING)
        yield Asked(int(data["importance"]), Query(rule.id, question, options, evidence))
