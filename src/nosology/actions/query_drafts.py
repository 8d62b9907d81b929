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

    Drafts of earlier runs that nobody touched go; what was sent, answered or withdrawn is not asked again.
    """
    rows = ProviderQuery.objects.for_access(access).filter(encounter=encounter)
    rows.filter(state=ProviderQuery.State.DRAFT, drafted_by=None).delete()
    asked = set(rows.values_list("rule", "question"))
    new = [each for each in queries if (each["rule"], each["question"]) not in asked]
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
