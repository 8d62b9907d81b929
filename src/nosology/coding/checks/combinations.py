"""Combination codes and companions by table: a base code, a partner or a phrase, and what the Guidelines make of them.

One row of a rule (``links``) has ``base`` codes; optional ``with`` (and ``and``), other conditions that must be
documented; ``near``, the partner must stand in a sentence of the base; ``words``, a phrase that must be said in a
sentence of the base (``scope: sentence``, the default) or anywhere (``scope: note``), in the clinic as a fact and not
as what is likely (IV.H); ``unless``, codes that forbid it.
What follows: ``becomes`` replaces the base ("F17.21*" keeps the rest of the base code), ``adds`` reports more codes,
``drops`` takes codes out, ``keep`` (default yes) says whether the partner stays, ``out`` takes the base itself out,
``mandates`` keeps a partner that is a symptom from being taken as integral; ``first`` puts what is added before the
base ("code first" notes that name no code).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import said_anywhere, said_below, said_near
from nosology.coding.prefixes import Prefixes
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["combine"]


class _Row:
    """A row of the table, with the codes that it lists made ready; ``partners`` are the lists of which each is met."""

    __slots__ = ("base", "data", "drops", "near", "partners", "unless")

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.base = Prefixes(data["base"])
        self.partners = tuple(Prefixes(data[field]) for field in ("with", "and") if data.get(field))
        self.unless = Prefixes(data.get("unless", ()))
        self.drops = Prefixes(data.get("drops", ()))
        self.near = bool(data.get("near"))

    def may_hold(self, workup: Workup) -> bool:
        """False where a partner is missing."""
        for partners in self.partners:  # noqa: SIM110 - asked of many rows, and a loop makes no generator
            if not workup.holds(partners):
                return False
        return True


class _Table:
    """The rows of a rule: all their bases, and the numbers of the rows with a base in each category."""

    def __init__(self, rule: Rule) -> None:
        self.rows = [_Row(row) for row in rule.data["links"]]
        self.floor = float(rule.data.get("floor", 0.38))
        self.bases = Prefixes(base for row in self.rows for base in row.base.all)
        self._by_category: dict[str, list[int]] = {}
        self._short: list[tuple[Prefixes, int]] = []
        for number, row in enumerate(self.rows):
            for head in row.base.heads:
                self._by_category.setdefault(head, []).append(number)
            if row.base.short:
                self._short.append((Prefixes(row.base.short), number))
        self._heads = frozenset(self._by_category)

    def concerned(self, workup: Workup, after: int) -> list[int]:
        """Return the numbers of the rows past ``after`` that have a base among the candidates, in order."""
        numbers: set[int] = set()
        for category in self._heads & workup.heads:
            numbers.update(self._by_category[category])
        for short, number in self._short:
            if workup.holds(short):
                numbers.add(number)
        return sorted(numbers) if after < 0 else sorted(n for n in numbers if n > after)


_table = lru_cache(maxsize=64)(_Table)


@check("combine", "link", lambda rule: _table(rule).bases.all)
def combine(workup: Workup, rule: Rule) -> None:
    """Apply each row of the table in its order."""
    table = _table(rule)
    floor = table.floor
    waiting, at, categories = table.concerned(workup, -1), 0, len(workup.heads)
    while at < len(waiting):
        number = waiting[at]
        at += 1
        row, changed = table.rows[number], False
        if not row.may_hold(workup):
            continue
        for base in workup.among(row.base, floor):
            changed = _apply(workup, rule, row, base, floor) or changed
        if changed and len(workup.heads) > categories:
            waiting, at, categories = table.concerned(workup, number), 0, len(workup.heads)


def _apply(workup: Workup, rule: Rule, table_row: _Row, base: Candidate, floor: float) -> bool:
    if base.dropped or not any(not f.reason for f in base.facts):
        return False
    if table_row.unless.all and any(c is not base for c in workup.among(table_row.unless, floor)):
        return False
    row = table_row.data
    partners: list[Candidate] = []
    for codes in table_row.partners:
        found = [c for c in workup.among(codes, floor) if c is not base]
        if table_row.near:
            found = [c for c in found if _share_sentence(base, c)]
        if not found:
            return False
        partners += found
    if "unless_words" in row and any(said_near(workup, c, row["unless_words"]) for c in (base, *partners)):
        return False
    span = None
    if "words" in row:
        sure = not workup.chart.inpatient and not workup.chart.exhaustive and ("becomes" in row or "adds" in row)
        if row.get("scope") == "note":
            span = said_anywhere(workup, row["words"], sure=sure)
        elif row.get("scope") == "problem":
            span = said_below(workup, base, row["words"], sure=sure)
        else:
            span = said_near(workup, base, row["words"], sure=sure)
        if span is None:
            return False
    if row.get("out"):
        if not base.mandated:
            workup.drop(base, f"{row.get('why', 'said by others')} ({rule.citation_section})")
        return True
    strongest = max(base.weight, *(p.weight for p in partners)) if partners else base.weight
    code = _becomes(row, base.code)
    if code and not workup.icd.is_billable(code):
        return False
    result = base
    if code and code != base.code:
        step = Step("guideline", f"{base.code} → {code}", rule.citation)
        result = workup.replace(base, code, step, [f for p in partners for f in p.facts])
        result.weight = max(result.weight, strongest)
    if result is not base or not row.get("adds"):  # words that only add a code speak of that code
        _note_evidence(result, span)
    facts = [f for f in result.facts if not f.reason]
    for added in row.get("adds", ()):
        _add(workup, rule, added, result, facts, span, ahead=bool(row.get("first")))
    for partner in partners:
        if row.get("keep", True):
            if strongest >= workup.threshold:
                workup.raise_to(partner, workup.threshold)
                partner.mandated = partner.mandated or bool(row.get("mandates"))
        elif partner is not result:
            workup.drop(partner, f"combined into {result.code} ({rule.citation_section})")
    for dropped in workup.among(table_row.drops):
        if dropped is not result and (result.weight >= workup.threshold or result.weight >= dropped.weight):
            if dropped.code[:3] == result.code[:3]:  # the same condition: its place in the assessment counts
                result.take(f for f in dropped.facts if not f.reason)
            workup.drop(dropped, f"said by {result.code} ({rule.citation_section})")
    return True


def _becomes(row: dict[str, Any], code: str) -> str:
    target = str(row.get("becomes", ""))
    return target[:-1] + code[len(target) - 1 :] if target.endswith("*") else target


def _add(
    workup: Workup,
    rule: Rule,
    code: str,
    base: Candidate,
    facts: list[Fact],
    span: Span | None,
    *,
    ahead: bool = False,
) -> None:
    if not workup.icd.is_billable(code) or base.weight < workup.threshold:
        return
    step = Step("guideline", f"{base.code} with {code}", rule.citation)
    added = workup.add(code, facts, base.weight, step, mandated=not ahead)
    heads = [f.mention.span.start for f in facts if f.heading]
    if ahead and heads:
        added.order = (base.order[0], max(1, min(heads) - 1))
    _note_evidence(added, span)


def _note_evidence(candidate: Candidate, span: Span | None) -> None:
    if span is not None:
        candidate.specifies.append((span, Role.SPECIFIES))


def _share_sentence(one: Candidate, other: Candidate) -> bool:
    mine = {f.mention.sentence for f in one.facts if not f.reason}
    return any(f.mention.sentence in mine for f in other.facts if not f.reason)
