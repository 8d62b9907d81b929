"""Tokens with which programs come in: shown once, kept as a digest, narrowed to roles, expiring, revocable."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError

from nosology.actions.audited import Audit, action
from nosology.errors import NotFound, UsageError
from nosology.model.access import Access, Permission, Role
from nosology.store.models import ApiToken, User

__all__ = ["LONGEST_DAYS", "NewToken", "access_of_token", "create_token", "find_token", "revoke_token", "token_digest"]

LONGEST_DAYS = 365
_PREFIX = "nosology_"


@dataclass(frozen=True, slots=True)
class NewToken:
    """``token`` is shown to its owner now and never again."""

    id: str
    token: str
    expires_at: datetime


def token_digest(token: str) -> str:
    """SHA-256 of a token: it has 256 bits of chance, so that a slow digest adds nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


@action("token.create", needs=Permission.OWN_ACCOUNT)
def create_token(
    access: Access, audit: Audit, *, name: str, roles: Sequence[str], days: int, now: datetime
) -> NewToken:
    """A token that acts as its owner in this organisation, with some of the owner's roles, for 1 to 365 days.

    Raises:
        UsageError: no name, no role or one that the owner has not, or too many days.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise UsageError("a token has a name of 1 to 80 characters")
    held = sorted(set(roles))
    if not held or not set(held) <= {str(each) for each in access.roles - {Role.PATIENT}}:
        raise UsageError("a token has at least one of the roles that you have here")
    if not 1 <= days <= LONGEST_DAYS:
        raise UsageError(f"a token lasts 1 to {LONGEST_DAYS} days")
    token = _PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.everywhere.create(
        organisation_id=access.organisation,
        user_id=access.user,
        name=name,
        digest=token_digest(token),
        roles=held,
        expires_at=now + timedelta(days=days),
    )
    audit.about("token", row.pk, roles=held, days=days)
    return NewToken(str(row.pk), token, row.expires_at)


@action("token.revoke", needs=Permission.OWN_ACCOUNT)
def revoke_token(access: Access, audit: Audit, *, token: str, now: datetime) -> None:
    """End a token at once: one's own, or anybody's for those who manage people.

    Raises:
        NotFound: none of that id that the person may end.
    """
    rows = ApiToken.objects.for_access(access)
    if not access.may(Permission.PEOPLE_MANAGE):
        rows = rows.filter(user_id=access.user)
    try:
        row = rows.select_for_update().get(pk=token)
    except (ApiToken.DoesNotExist, ValidationError, ValueError):
        raise NotFound("there is no such token") from None
    row.revoked_at = row.revoked_at or now
    row.save(update_fields=["revoked_at"])
    audit.about("token", row.pk, user=str(row.user_id))


def find_token(token: str) -> ApiToken | None:
    """The row of a token with its owner, None if there is none."""
    return ApiToken.everywhere.filter(digest=token_digest(token)).select_related("user").first()


def access_of_token(roles_now: frozenset[Role], row: ApiToken, *, now: datetime) -> Access | None:
    """The access of a token's row: the roles that its owner still has here, narrowed; None if it opens nothing.

    The moment of use is noted at most once a minute.
    """
    known = User.objects.filter(pk=row.user_id, is_active=True).exists()
    roles = roles_now & {Role(each) for each in row.roles}
    if not known or not roles or row.revoked_at is not None or row.expires_at <= now:
        return None
    if row.last_used_at is None or now - row.last_used_at > timedelta(minutes=1):
        ApiToken.everywhere.filter(pk=row.pk).update(last_used_at=now)
    return Access.of(str(row.user_id), str(row.organisation_id), roles, via="token")
