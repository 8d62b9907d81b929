"""One action is one function, one transaction, one audit event.

Write an action so, and call it without the second argument::

    @action("worklist.claim", needs=Permission.CHART_CODE)
    def claim_encounter(access: Access, audit: Audit, *, encounter: str, now: datetime) -> Encounter:
        ...
        audit.about("encounter", encounter)

    claim_encounter(access, encounter="…", now=timezone.now())

The event is the last thing that a transaction writes, so that the chain is held for a moment only; without the event
nothing is written. A refusal (NotPermitted) leaves its own event with ``outcome`` refused.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nosology.actions.anchors import anchor_when_due
from nosology.errors import NotPermitted
from nosology.model.access import Access, Permission
from nosology.store.event_key import event_under_way
from nosology.store.models import AuditEvent, AuditHead

__all__ = ["ACTIONS", "Audit", "action", "append_event", "event_digest"]

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")

ACTIONS: dict[str, Permission] = {}
"""Every action by its verb, with the permission that it needs."""

_ANCHORED_AT_ONCE = frozenset({"chart.finalize", "chart.reopen"})


class Audit:
    """What an action says of itself for its one event. Ids, codes and counts only: no names, no chart text."""

    __slots__ = ("detail", "encounter", "key", "subject", "subject_id")

    def __init__(self) -> None:
        self.key = uuid.uuid4().hex  # rows that the action makes carry it
        self.subject = ""
        self.subject_id = ""
        self.encounter = ""
        self.detail: dict[str, Any] = {}

    def about(self, subject: str, subject_id: object, *, encounter: object = "", **detail: Any) -> None:
        """Name what the action was done to; ``encounter`` where that is not itself the subject."""
        self.subject = subject
        self.subject_id = str(subject_id)[:60]
        self.encounter = str(encounter or (subject_id if subject == "encounter" else ""))[:40]
        self.detail.update(detail)


def action(
    verb: str, *, needs: Permission
) -> Callable[[Callable[Concatenate[Access, Audit, _Args], _Result]], Callable[Concatenate[Access, _Args], _Result]]:
    """Make a function an action: check the permission, open the transaction, write the event."""

    def wrap(
        function: Callable[Concatenate[Access, Audit, _Args], _Result],
    ) -> Callable[Concatenate[Access, _Args], _Result]:
        ACTIONS[verb] = needs

        @wraps(function)
        def run(access: Access, /, *args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
            audit = Audit()
            try:
                access.require(needs)
                with transaction.atomic(), event_under_way(audit.key):
                    result = function(access, audit, *args, **kwargs)
                    append_event(access, verb, audit)
            except NotPermitted:
                with transaction.atomic():
                    append_event(access, verb, audit, outcome="refused")
                raise
            return result

        return run

    return wrap


def append_event(
    access: Access, verb: str, audit: Audit, *, outcome: str = "done", at: datetime | None = None
) -> AuditEvent:
    """Put one event at the end of the organisation's chain ("system" without one); call it inside a transaction."""
    chain = access.organisation or "system"
    head = AuditHead.objects.select_for_update().filter(chain=chain).first()
    if head is None:
        AuditHead.objects.get_or_create(chain=chain)
        head = AuditHead.objects.select_for_update().get(chain=chain)
    event = AuditEvent(
        chain=chain,
        number=head.count + 1,
        at=at or timezone.now(),
        actor=access.user,
        via=access.via,
        verb=verb,
        subject=audit.subject,
        subject_id=audit.subject_id,
        encounter_id=audit.encounter,
        outcome=outcome,
        detail=json.loads(json.dumps(audit.detail)),  # as it will be read again
        key=audit.key,
        previous=head.digest,
    )
    event.digest = event_digest(event)
    event.save(force_insert=True)
    head.count, head.digest = event.number, event.digest
    head.save(update_fields=["count", "digest"])
    if verb in _ANCHORED_AT_ONCE or event.number % settings.NOSOLOGY_ANCHOR_EVERY == 0:
        transaction.on_commit(partial(anchor_when_due, chain, event.number, event.digest, event.at))
    return event


def event_digest(event: AuditEvent) -> str:
    """SHA-256 over everything that the event says and the digest of the one before it."""
    said = [
        event.chain,
        event.number,
        event.at.astimezone(UTC).isoformat(),
        event.actor,
        event.via,
        event.verb,
        event.subject,
        event.subject_id,
        event.encounter_id,
        event.outcome,
        event.detail,
        event.previous,
    ]
    said += [event.key] if event.key else []  # events of earlier versions have none
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
