"""The lock of a chart: two people never code one chart at once.

A lock lasts ``LOCK`` from the last sign of life; the page gives one now and then (``hold_chart``), which writes only
when a third of it is gone. Whoever needs a chart that another holds takes it over with a reason, which becomes a row
among the decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from nosology.actions.audited import Audit, action
from nosology.actions.worksheets import find_encounter, take_up
from nosology.errors import StaleVersion, UsageError
from nosology.model.access import Access, Permission
from nosology.store.models import Encounter

__all__ = ["LOCK", "Held", "hold_chart", "lock_chart", "release_chart"]

LOCK = timedelta(minutes=15)
"""How long a lock lasts without a sign of life."""

_AT_MOST = timedelta(minutes=6)  # counted as work between two signs of life


@dataclass(frozen=True, slots=True)
class Held:
    """A lock: whose, until when, and whether it is held by whoever asked."""

    by: str
    name: str
    until: datetime
    mine: bool


def hold_chart(access: Access, *, encounter: str, now: datetime, take: bool = False, why: str = "") -> Held:
    """The lock of a chart for whoever works on it: taken, or kept alive; nothing is written while it is fresh.

    Raises as :func:`lock_chart`.
    """
    if access.may(Permission.CHART_CODE) and not take:
        row = find_encounter(access, encounter)
        until = row.locked_until
        if until is not None and str(row.locked_by_id) == access.user and until - now > LOCK * 2 / 3:
            return Held(access.user, str(row.locked_by), until, True)
    return lock_chart(access, encounter=encounter, now=now, take=take, why=why)


@action("chart.lock", needs=Permission.CHART_CODE)
def lock_chart(
    access: Access, audit: Audit, *, encounter: str, now: datetime, take: bool = False, why: str = ""
) -> Held:
    """Take the lock, or keep one's own alive; ``take`` takes over that of somebody else, with a reason.

    Raises:
        StaleVersion: somebody else holds it (and ``take`` was not said), or the chart is final.
        UsageError: taken over without a reason; NotFound: no such encounter.
    """
    row = find_encounter(access, encounter, hold=True)
    audit.about("encounter", row.pk)
    if row.state == Encounter.State.FINAL:
        raise StaleVersion("this chart is final: there is nothing to lock")
    holder, until = row.locked_by_id, row.locked_until
    live = holder is not None and until is not None and until > now
    other = live and str(holder) != access.user
    if other and not take:
        raise StaleVersion(f"{row.locked_by} has this chart until {until:%H:%M} UTC")
    if other:
        reason = why.strip()
        if not 5 <= len(reason) <= 500:
            raise UsageError("a chart that somebody else has is taken over with a reason (5 to 500 characters)")
        _record_take_over(access, encounter, reason, now)
        audit.detail |= {"taken_over_from": str(holder)}
    if live and not other and until is not None:
        idle = max(now - (until - LOCK), timedelta(0))
        row.seconds_at_work += int(min(idle, _AT_MOST).total_seconds())
    row.locked_by_id, row.locked_until = access.user or None, now + LOCK
    row.save(update_fields=["locked_by", "locked_until", "seconds_at_work"])
    return Held(access.user, str(row.locked_by or ""), row.locked_until, True)


def _record_take_over(access: Access, encounter: str, reason: str, now: datetime) -> None:
    desk = take_up(access, encounter, now=now, create=True)
    desk.record("take-over", (None, None), now=now, why=reason)
    desk.close()


@action("chart.release", needs=Permission.CHART_CODE)
def release_chart(access: Access, audit: Audit, *, encounter: str, now: datetime) -> bool:
    """Give one's own lock back; False if it was not held. Raises NotFound."""
    row = find_encounter(access, encounter, hold=True)
    audit.about("encounter", row.pk)
    if row.locked_by_id is None or str(row.locked_by_id) != access.user:
        return False
    if row.locked_until is not None and row.locked_until > now:
        idle = max(now - (row.locked_until - LOCK), timedelta(0))
        row.seconds_at_work += int(min(idle, _AT_MOST).total_seconds())
    row.locked_by, row.locked_until = None, None
    row.save(update_fields=["locked_by", "locked_until", "seconds_at_work"])
    return True
