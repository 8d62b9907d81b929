"""The audit log as the audit page shows it: a page of one chain, newest first, with who and which encounter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Q

from nosology.model.access import Access
from nosology.store.models import AuditEvent, Encounter, Membership, User

__all__ = ["AuditLine", "AuditPage", "AuditSearch", "list_events", "verbs_of"]

_PAGE = 100
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class AuditSearch:
    """What is looked for; what is empty does not narrow."""

    verb: str = ""
    actor: str = ""
    encounter: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One event."""

    chain: str
    number: int
    at: datetime
    who: str
    via: str
    verb: str
    subject: str
    subject_id: str
    encounter: str
    encounter_number: str
    outcome: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of events; ``older`` is what to ask for next, None at the end."""

    lines: list[AuditLine]
    older: int | None


def _rows(access: Access) -> Any:
    """The organisation's own chain, and what its people did at the door."""
    people = Membership.objects.filter(organisation_id=access.organisation).values_list("user_id", flat=True)
    door = Q(chain="system", actor__in=[str(each) for each in people])
    return AuditEvent.objects.filter(Q(chain=access.organisation) | door)


def list_events(access: Access, search: AuditSearch, *, before: int | None = None) -> AuditPage:
    """A page of events; ``before`` is ``older`` of the page before."""
    rows = _rows(access)
    if search.verb:
        rows = rows.filter(verb=search.verb)
    if search.outcome:
        rows = rows.filter(outcome=search.outcome)
    if search.actor:
        named = User.objects.filter(Q(email__iexact=search.actor) | Q(name__iexact=search.actor))
        rows = rows.filter(actor__in=[search.actor, *(str(each) for each in named.values_list("pk", flat=True))])
    if search.encounter:
        numbered = Encounter.objects.for_access(access).filter(number=search.encounter)
        rows = rows.filter(
            encounter_id__in=[search.encounter, *(str(each) for each in numbered.values_list("pk", flat=True))]
        )
    if search.since:
        rows = rows.filter(at__gte=datetime.combine(search.since, time.min, _UTC))
    if search.until:
        rows = rows.filter(at__lt=datetime.combine(search.until + timedelta(days=1), time.min, _UTC))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: _PAGE + 1])
    shown = found[:_PAGE]
    names = {
        str(each.pk): str(each) for each in User.objects.filter(pk__in={each.actor for each in shown if each.actor})
    }
    numbers = _numbers(access, {each.encounter_id for each in shown if each.encounter_id})
    lines = [
        AuditLine(
            each.chain,
            each.number,
            each.at,
            names.get(each.actor, each.actor) if each.actor else "the system",
            each.via,
            each.verb,
            each.subject,
            each.subject_id,
            each.encounter_id,
            numbers.get(each.encounter_id, ""),
            each.outcome,
            each.detail,
        )
        for each in shown
    ]
    return AuditPage(lines, shown[-1].pk if len(found) > _PAGE else None)


def _numbers(access: Access, ids: set[str]) -> dict[str, str]:
    try:
        rows = Encounter.objects.for_access(access).filter(pk__in=ids).values_list("pk", "number")
        return {str(key): number for key, number in rows}
    except (ValidationError, ValueError):  # somebody asked for what is no id at all
        return {}


def verbs_of(access: Access) -> list[str]:
    """What was done at all, for the choice of the page."""
    return sorted(_rows(access).order_by().values_list("verb", flat=True).distinct())
