"""The questions that the engine would ask become drafts, which a person looks through before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from nosology.actions.query_check import inspect_query
from nosology.model.access import Access
from nosology.model.encounter_json import finding_to_json
from nosology.store.models import ProviderQuery

__all__ = ["draft_queries"]


def draft_queries(access: Access, encounter: Any, queries: Sequence[Mapping[str, Any]], *, now: datetime) -> int:
    """Within an action: make drafts of the queries of a run; how many are new.

    Drafts that nobody touched and the run asks no more go. What was sent, answered, withdrawn or taken up by a person
    is not asked again: the same question, or the same rule on the same words.
    """
    rows = ProviderQuery.objects.for_access(access).filter(encounter=encounter)
    wanted = {_asked(each["rule"], each["question"], each["evidence"]) for each in queries}
    known: list[tuple[str, str, frozenset[Any]]] = []
    for row in rows:
        asked = _asked(row.rule, row.question, row.indicators)
        if row.state == ProviderQuery.State.DRAFT and row.drafted_by_id is None and asked not in wanted:
            row.delete()
        else:
            known.append(asked)
    new = [each for each in queries if not _among(_asked(each["rule"], each["question"], each["evidence"]), known)]
    for each in new:
        findings = inspect_query(
            access, encounter, question=each["question"], options=each["options"], indicators=each["evidence"]
        )
        ProviderQuery.everywhere.create(
            organisation_id=access.organisation,
            encounter=encounter,
            rule=each["rule"][:80],
            question=each["question"],
            options=list(each["options"]),
            indicators=list(each["evidence"]),
            compliance=[finding_to_json(finding) for finding in findings],
            to_id=encounter.provider_id,
            drafted_at=now,
        )
    return len(new)


def _asked(rule: str, question: str, indicators: Sequence[Mapping[str, Any]]) -> tuple[str, str, frozenset[Any]]:
    return rule[:80], question, frozenset((piece.get("document"), piece.get("start")) for piece in indicators)


def _among(asked: tuple[str, str, frozenset[Any]], known: Sequence[tuple[str, str, frozenset[Any]]]) -> bool:
    rule, question, places = asked
    return any(rule == other and (question == words or places & spots) for other, words, spots in known)
