"""Runs that wait for the engine: put in line within the transaction that wants them, found again after a crash."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q

from nosology.model.access import Access
from nosology.store.models import CodingRun, Document, Encounter

__all__ = ["STALLED", "queue_run", "resume_runs"]

STALLED = timedelta(minutes=15)
"""How long a run may work before it is taken for broken off."""


def queue_run(access: Access, encounter: Any, *, now: datetime) -> Any:
    """Put an encounter in line for the engine, within an action that holds its row; the run that waits.

    A run that still waits covers whatever has come since, so that it is returned instead of a second one.
    """
    runs = CodingRun.objects.for_access(access).filter(encounter=encounter)
    waiting = runs.filter(state=CodingRun.State.QUEUED).first()
    if waiting is not None:
        return waiting
    documents = (
        Document.objects.for_access(access)
        .filter(encounter=encounter)
        .exclude(state=Document.State.FAILED)
        .order_by("position", "received_at", "id")
    )
    run = CodingRun.everywhere.create(
        organisation_id=access.organisation,
        encounter=encounter,
        number=(runs.aggregate(last=Max("number"))["last"] or 0) + 1,
        documents=[str(each) for each in documents.values_list("id", flat=True)],
        queued_at=now,
    )
    if encounter.state == Encounter.State.FAILED:
        encounter.state = Encounter.State.WAITING
        encounter.save(update_fields=["state"])
    _enqueue(run)
    run.refresh_from_db()
    return run


def resume_runs(*, now: datetime) -> int:
    """Put every run in line again that nobody works on any more; how many. Call it when the server starts.

    A run is taken for broken off :data:`STALLED` after it began, or if it waits without a task.
    """
    lost = CodingRun.everywhere.filter(
        Q(state=CodingRun.State.RUNNING, started_at__lt=now - STALLED)
        | Q(state=CodingRun.State.QUEUED, queued_at__lt=now - STALLED)
    )
    found = list(lost)
    for run in found:
        _enqueue(run)
    return len(found)


def _enqueue(run: Any) -> None:
    from nosology.actions.coding_task import code_encounter

    code_encounter.enqueue(str(run.organisation_id), str(run.id))
