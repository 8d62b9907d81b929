"""Background tasks that nobody works on any more: given back to the queue, at most twice."""

from __future__ import annotations

from datetime import datetime, timedelta

__all__ = ["LONGEST", "give_back_abandoned"]

LONGEST = timedelta(minutes=15)
"""No task takes so long; one that does was left behind by a process that died."""

_MOST_STARTS = 3


def give_back_abandoned(*, now: datetime, workers: tuple[str, ...] = (), older_than: timedelta = LONGEST) -> int:
    """Put tasks that a dead process left "running" back into the queue; how many.

    ``workers`` are names of processes known to be dead: theirs are given back whatever their age. A task that was
    begun three times and never ended fails: it would kill the next process too.
    """
    from django.db import transaction
    from django_tasks_db.models import DBTaskResult

    given = 0
    with transaction.atomic():
        for task in DBTaskResult.objects.select_for_update().filter(status="RUNNING"):
            mine = bool(task.worker_ids) and task.worker_ids[-1] in workers
            if not mine and (task.started_at is None or now - task.started_at < older_than):
                continue
            if len(task.worker_ids) >= _MOST_STARTS:
                task.status, task.finished_at = "FAILED", now
                task.exception_class_path = "builtins.TimeoutError"
                task.save(update_fields=["status", "finished_at", "exception_class_path"])
                continue
            task.status = "READY"
            task.save(update_fields=["status"])
            given += 1
    return given
