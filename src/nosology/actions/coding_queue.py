"""Runs that wait for the engine: put in line within the transaction that wants them, found again after a crash."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from nosology.model.access import Access
from nosology.store.models import CodingRun, Document, Encounter

__all__ = ["SETTLED", "queue_run", "resume_runs"]

SETTLED = timedelta(minutes=1)
"""How old a run is before it is asked whether a task stands for it."""


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
    """Put every run in line again that no task stands for any more; how many. Call it when the server starts.

    A run whose task was given up (it broke off again and again) fails instead.
    """
    open_now = CodingRun.everywhere.filter(
        state__in=(CodingRun.State.QUEUED, CodingRun.State.RUNNING), queued_at__lt=now - SETTLED
    )
    lost = {str(run.pk): run for run in open_now.only("id", "organisation_id")}
    if not lost:
        return 0
    live, given_up = _tasks()
    count = 0
    for name, run in lost.items():
        if name in live:
            continue
        if name in given_up:
            from nosology.actions.coding import fail_run

            reason = "the engine broke off several times on these documents; ask for the coding once more"
            fail_run(Access.system(str(run.organisation_id)), run=name, reason=reason, now=now)
            continue
        _enqueue(run)
        count += 1
    return count


def _tasks() -> tuple[set[str], set[str]]:
    """The runs for which a task waits or works, and those whose task was given up."""
    from django_tasks_db.models import DBTaskResult

    live: set[str] = set()
    given_up: set[str] = set()
    rows = DBTaskResult.objects.filter(task_path__endswith=".code_encounter").exclude(status="SUCCESSFUL")
    for status, call in rows.order_by().values_list("status", "args_kwargs"):
        (given_up if status == "FAILED" else live).add(str(call["args"][1]))
    return live, given_up


def _enqueue(run: Any) -> None:
    from nosology.actions.coding_task import code_encounter

    code_encounter.enqueue(str(run.organisation_id), str(run.id))
