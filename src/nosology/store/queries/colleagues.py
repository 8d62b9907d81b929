"""The people who code in an organisation, whether they belong to it or come from a company that serves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nosology.model.access import Access, Permission, Role, permissions_of
from nosology.store.models import Agreement, Membership

__all__ = ["Colleague", "read_colleagues"]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom a chart may be given."""

    id: str
    name: str
    team: str
    company: str  # name of the company of somebody from outside


def read_colleagues(access: Access, *, on: date) -> tuple[Colleague, ...]:
    """Everybody who may code charts here on a day, by name. Two queries."""
    found: dict[str, Colleague] = {}
    shared = {
        each.company_id: frozenset(Role(role) for role in each.roles)
        for each in Agreement.objects.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on),
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            client_id=access.organisation,
            active=True,
            company__active=True,
        )
    }
    members = Membership.objects.filter(
        organisation_id__in=[access.organisation, *shared], active=True, user__is_active=True
    ).select_related("user", "organisation")
    for each in members:
        own = str(each.organisation_id) == access.organisation
        roles = each.role_set if own else each.role_set & shared[each.organisation_id]
        if Permission.CHART_CODE in permissions_of(roles) and (own or str(each.user_id) not in found):
            name = each.user.name or each.user.email
            company = "" if own else each.organisation.name
            found[str(each.user_id)] = Colleague(str(each.user_id), name, each.team if own else "", company)
    return tuple(sorted(found.values(), key=lambda each: (each.name.casefold(), each.id)))
