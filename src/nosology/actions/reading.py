"""Readings of charts are events of the audit log; and the glass that may be broken in an emergency."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError

from nosology.actions.audited import Audit, action
from nosology.errors import NotFound, NotPermitted, UsageError
from nosology.model.access import Access, Permission
from nosology.store.models import BreakGlass, Encounter
from nosology.store.queries.reach import Reach, Reached, reach_of

__all__ = ["GLASS_HOURS", "break_glass", "open_chart", "review_break_glass"]

GLASS_HOURS = 4
_ORDER = (Reach.NOTHING, Reach.QUERY, Reach.CLAIM, Reach.CHART)


@action("chart.read", needs=Permission.OWN_ACCOUNT)
def open_chart(
    access: Access,
    audit: Audit,
    *,
    encounter: str,
    now: datetime,
    document: str = "",
    at_least: Reach = Reach.CHART,
    how: str = "page",
) -> Reached:
    """Log one reading and say how much may be shown. Call it before anything of a chart is shown, exported or printed.

    ``at_least``: what the page shows (``Reach.CLAIM`` for a biller's page, ``Reach.QUERY`` for a provider's).

    Raises:
        NotFound: there is no such chart in this organisation.
        NotPermitted: the person does not reach that much of it.
    """
    audit.about("encounter", encounter, how=how)
    reached = reach_of(access, encounter, now=now)
    audit.detail["reach"] = str(reached.reach)
    if document:
        audit.detail["document"] = document
    if reached.by_glass:
        audit.detail["glass"] = True
    if _ORDER.index(reached.reach) < _ORDER.index(at_least):
        raise NotPermitted("this chart is not among those that you may read")
    return reached


@action("break-glass", needs=Permission.BREAK_GLASS)
def break_glass(access: Access, audit: Audit, *, encounter: str, reason: str, now: datetime) -> BreakGlass:
    """Open a chart that is out of reach for four hours, with a reason that somebody reviews afterwards.

    Raises:
        NotFound: there is no such chart in this organisation.
        UsageError: the reason says too little or too much.
    """
    reason = " ".join(reason.split())
    if not 10 <= len(reason) <= 500:
        raise UsageError("give the reason in 10 to 500 characters")
    try:
        row = Encounter.objects.for_access(access).get(pk=encounter)
    except (Encounter.DoesNotExist, ValidationError, ValueError):
        raise NotFound("there is no such chart here") from None
    glass = BreakGlass.everywhere.create(
        organisation_id=access.organisation,
        user_id=access.user,
        encounter=row,
        reason=reason,
        until=now + timedelta(hours=GLASS_HOURS),
    )
    audit.about("break-glass", glass.pk, encounter=row.pk)
    return glass


@action("break-glass.review", needs=Permission.AUDIT_READ)
def review_break_glass(access: Access, audit: Audit, *, glass: str, now: datetime) -> None:
    """Note that somebody else looked at why a glass was broken.

    Raises:
        NotFound: none of that id here.
        NotPermitted: it is one's own.
    """
    try:
        row = BreakGlass.objects.for_access(access).select_for_update().get(pk=glass)
    except (BreakGlass.DoesNotExist, ValidationError, ValueError):
        raise NotFound("there is no such entry") from None
    if str(row.user_id) == access.user:
        raise NotPermitted("somebody else reviews what you opened yourself")
    if row.reviewed_at is None:
        row.reviewed_by_id, row.reviewed_at = access.user or None, now
        row.save(update_fields=["reviewed_by", "reviewed_at"])
    audit.about("break-glass", row.pk, encounter=row.encounter_id)
