"""What happens at the door, for the audit log: signing in and out, refusals, second factors.

These events have no organisation's data behind them; they stand in the chain "system", except a refused page, which
stands in the chain of the organisation where it was refused.
"""

from __future__ import annotations

from django.db import transaction

from nosology.actions.audited import Audit, append_event
from nosology.model.access import Access, Permission

__all__ = ["record_at_the_door", "record_refusal"]


def record_at_the_door(
    verb: str, *, user: str = "", outcome: str = "done", via: str = "session", **detail: str | int | bool
) -> None:
    """One event such as ``account.sign-in`` of a person; ``user`` is "" where nobody is known by that address."""
    audit = Audit()
    audit.about("user", user, **detail)
    with transaction.atomic():
        append_event(Access(user, "", via=via), verb, audit, outcome=outcome)


def record_refusal(access: Access | None, *, user: str, needs: Permission) -> None:
    """Somebody asked for a page without the permission that it needs."""
    audit = Audit()
    audit.about("page", "", needs=needs.value)
    with transaction.atomic():
        append_event(access or Access(user, "", via="session"), "page.open", audit, outcome="refused")
