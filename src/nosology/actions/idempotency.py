"""The same request again gets the same answer: keys that a program names, kept with what it was answered.

A key is taken before the work and filled after it. One that was taken and never filled (the server was stopped between)
may be taken again after ten minutes; what lies below takes no harm from a second call, as each action knows its own
repetition (account number, digest of a document, request key of a decision).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from nosology.errors import StaleVersion, UsageError
from nosology.model.access import Access
from nosology.store.models import IdempotencyKey

__all__ = ["KEPT_DAYS", "KeptAnswer", "fill_key", "free_key", "take_key"]

KEPT_DAYS = 7
_ABANDONED = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a request was answered: HTTP status and JSON."""

    status: int
    body: Any


def take_key(access: Access, *, key: str, request_digest: str, now: datetime) -> KeptAnswer | None:
    """Take a key for a request; the answer that was kept, or None where the work is still to be done.

    Raises:
        UsageError: the key was used for another request, or is too long.
        StaleVersion: the same request is being worked on this moment.
    """
    if not 1 <= len(key) <= 200 or not key.isascii() or not key.isprintable():
        raise UsageError("Idempotency-Key: 1 to 200 printable ASCII characters")
    with transaction.atomic():
        rows = IdempotencyKey.objects.for_access(access)
        rows.filter(user_id=access.user, created_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
        row, made = IdempotencyKey.everywhere.select_for_update().get_or_create(
            organisation_id=access.organisation,
            user_id=access.user,
            key=key,
            defaults={"request_digest": request_digest},
        )
        if made:
            return None
        if row.request_digest != request_digest:
            raise UsageError("Idempotency-Key: this key was used for another request; use a new one for each")
        if row.status:
            return KeptAnswer(row.status, row.answer)
        if row.created_at > now - _ABANDONED:
            raise StaleVersion("the same request is being worked on: ask again in a moment")
        row.created_at = now
        row.save(update_fields=["created_at"])
        return None


def fill_key(access: Access, *, key: str, answer: KeptAnswer) -> None:
    """Keep the answer under the key."""
    IdempotencyKey.objects.for_access(access).filter(user_id=access.user, key=key).update(
        status=answer.status, answer=answer.body
    )


def free_key(access: Access, *, key: str) -> None:
    """Give a key back whose request came to nothing, so that it may be corrected and sent again."""
    IdempotencyKey.objects.for_access(access).filter(user_id=access.user, key=key, status=0).delete()
