"""How much of a chart somebody may see (minimum necessary, 45 CFR 164.514(d)): all, the claim's part, a query, nothing.

A coder reaches the charts of the organisation; where it says ``settings["reach"] = "team"``, those of the own team, of
no team, and those assigned to the coder. A biller reaches the part that the claim needs, a provider the queries sent to
them. Breaking the glass opens one chart until it ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from nosology.errors import NotFound
from nosology.model.access import Access, Permission, Role
from nosology.store.models import BreakGlass, Encounter, Membership, Organisation, ProviderQuery

__all__ = ["Reach", "Reached", "chart_filter", "encounter_of_number", "may_read", "reach_of", "within_reach"]

_WIDE = frozenset({Role.MANAGER, Role.AUDITOR, Role.COMPLIANCE})


class Reach(StrEnum):
    """How much of a chart."""

    CHART = "chart"  # documents, codes, everything
    CLAIM = "claim"  # what the claim needs: no clinical text
    QUERY = "query"  # the queries sent to the person, with their indicators
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reached:
    """``by_glass``: the chart is open only because the glass was broken, until ``until``."""

    reach: Reach
    by_glass: bool = False
    until: datetime | None = None


def chart_filter(access: Access) -> Q:
    """What of the organisation's encounters a reader of charts reaches, for lists too; nothing without permission."""
    if not (access.may(Permission.CHART_READ) or access.may(Permission.CHART_CLAIM_PART)):
        return Q(pk__in=())
    if not access.user or access.roles & _WIDE or not _by_team(access):
        return Q()
    team = (
        Membership.objects.filter(user_id=access.user, organisation_id=access.organisation)
        .values_list("team", flat=True)
        .first()
    )
    mine = Q(assigned_to_id=access.user) | Q(team="", assigned_to__isnull=True)
    return mine | Q(team=team) if team else mine


def _by_team(access: Access) -> bool:
    held = Organisation.objects.filter(pk=access.organisation).values_list("settings", flat=True).first()
    return isinstance(held, dict) and held.get("reach") == "team"


def within_reach(access: Access) -> Any:
    """The organisation's encounters that the person may see in lists."""
    return Encounter.objects.for_access(access).filter(chart_filter(access))


def reach_of(access: Access, encounter: str, *, now: datetime | None = None) -> Reached:
    """How much of one chart the person may see.

    Raises:
        NotFound: there is no such encounter in this organisation.
    """
    try:
        known = Encounter.objects.for_access(access).filter(pk=encounter).exists()
    except (ValidationError, ValueError):
        known = False
    if not known:
        raise NotFound("there is no such chart here")
    if within_reach(access).filter(pk=encounter).exists():
        return Reached(Reach.CHART if access.may(Permission.CHART_READ) else Reach.CLAIM)
    if access.may(Permission.BREAK_GLASS):
        glass = (
            BreakGlass.objects.for_access(access)
            .filter(user_id=access.user, encounter_id=encounter, until__gt=now or timezone.now())
            .order_by("-until")
            .first()
        )
        if glass is not None:
            return Reached(Reach.CHART, True, glass.until)
    if access.may(Permission.QUERY_ANSWER):
        sent = ProviderQuery.objects.for_access(access).filter(encounter_id=encounter, to_id=access.user)
        if sent.exclude(state=ProviderQuery.State.DRAFT).exists():
            return Reached(Reach.QUERY)
    return Reached(Reach.NOTHING)


def may_read(access: Access, encounter: str, *, now: datetime | None = None) -> bool:
    """True if the person may read the whole chart."""
    return reach_of(access, encounter, now=now).reach is Reach.CHART


def encounter_of_number(access: Access, number: str) -> str:
    """The id of the organisation's encounter with that account number, "" if there is none."""
    found = Encounter.objects.for_access(access).filter(number=number.strip()).values_list("pk", flat=True).first()
    return str(found) if found else ""
