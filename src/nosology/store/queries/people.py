"""What the pages of people, tokens and break-glass show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nosology.model.access import Access, Permission
from nosology.store.models import ApiToken, BreakGlass, Membership

__all__ = ["Glass", "Person", "Token", "list_broken_glass", "list_people", "list_tokens"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the organisation. ``ready``: has chosen a password; ``second_factor``: has set one up."""

    id: str
    name: str
    email: str
    roles: tuple[str, ...]
    team: str
    active: bool
    ready: bool
    second_factor: bool
    last_sign_in: datetime | None


@dataclass(frozen=True, slots=True)
class Token:
    """A token without the token."""

    id: str
    name: str
    owner: str
    roles: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Glass:
    """A chart that somebody opened out of the ordinary."""

    id: str
    who: str
    encounter: str
    number: str
    reason: str
    at: datetime
    until: datetime
    reviewer: str
    reviewed_at: datetime | None


def list_people(access: Access) -> list[Person]:
    """Everybody of the organisation, by name; those who were shut out last."""
    from allauth.mfa.models import Authenticator

    rows = list(Membership.objects.filter(organisation_id=access.organisation).select_related("user"))
    factors = Authenticator.objects.filter(user_id__in=[each.user_id for each in rows])
    having = set(factors.values_list("user_id", flat=True))
    people = [
        Person(
            str(each.user_id),
            each.user.name or each.user.email,
            each.user.email,
            tuple(each.roles),
            each.team,
            each.active and each.user.is_active,
            each.user.has_usable_password(),
            each.user_id in having,
            each.user.last_login,
        )
        for each in rows
    ]
    return sorted(people, key=lambda each: (not each.active, each.name.casefold(), each.email))


def list_tokens(access: Access) -> list[Token]:
    """One's own tokens; all of the organisation for those who manage people. The newest first."""
    rows = ApiToken.objects.for_access(access).select_related("user")
    if not access.may(Permission.PEOPLE_MANAGE):
        rows = rows.filter(user_id=access.user)
    return [
        Token(
            str(each.pk),
            each.name,
            str(each.user),
            tuple(each.roles),
            each.created_at,
            each.expires_at,
            each.last_used_at,
            each.revoked_at,
        )
        for each in rows.order_by("-created_at")[:500]
    ]


def list_broken_glass(access: Access, *, limit: int = 200) -> list[Glass]:
    """What was opened out of the ordinary: what nobody reviewed yet first, then the newest."""
    rows: Any = BreakGlass.objects.for_access(access).select_related("user", "encounter", "reviewed_by")
    found = [
        Glass(
            str(each.pk),
            str(each.user),
            str(each.encounter_id),
            each.encounter.number,
            each.reason,
            each.at,
            each.until,
            str(each.reviewed_by) if each.reviewed_by else "",
            each.reviewed_at,
        )
        for each in rows.order_by("-at")[:limit]
    ]
    return sorted(found, key=lambda each: each.reviewed_at is not None)
