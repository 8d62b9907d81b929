"""How programs come in: ``Authorization: Bearer nosology_…``, checked against the digest that is kept.

For django-ninja: ``NinjaAPI(auth=TokenAuthentication())``; each operation carries its rule by
``@operation(Permission.…)`` under the decorator of the route, and reads ``request.access``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer

from nosology.actions.signing_in import record_at_the_door, record_refusal
from nosology.actions.tokens import access_of_token, find_token
from nosology.model.access import Access, Permission
from nosology.web.access import workplaces_of

__all__ = ["TokenAuthentication", "authenticate_token", "operation"]

_FAILURES = 30  # from one address in a minute


def authenticate_token(token: str, *, now: datetime) -> Access | None:
    """The access of whoever holds the token: the owner's roles of today, narrowed; None if it opens nothing."""
    row = find_token(token)
    if row is None:
        return None
    known = workplaces_of(row.user, on=timezone.localdate(now))
    held = known.get(str(row.organisation_id))
    return access_of_token(held[1], row, now=now) if held else None


class TokenAuthentication(HttpBearer):
    """Sets ``request.access``; too many wrong tokens from one address are answered 429."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The access, or None (401)."""
        key = f"api-failures:{request.META.get('REMOTE_ADDR', '')}"
        if cache.get(key, 0) >= _FAILURES:
            raise HttpError(429, "too many wrong tokens: wait a minute")
        access = authenticate_token(token, now=timezone.now())
        if access is None:
            cache.set(key, cache.get(key, 0) + 1, 60)
            record_at_the_door("token.use", outcome="refused", via="token")
            return None
        request.access = access
        return access


def operation(permission: Permission) -> Callable[[Any], Any]:
    """The rule of an operation: 403 without the permission. Stands under ``@router.get(…)``."""

    def wrap(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            access: Access = request.access
            if not access.may(permission):
                record_refusal(access, user=access.user, needs=permission)
                raise HttpError(403, f"this needs the permission {permission.value}")
            return view(request, *args, **kwargs)

        guarded.access_rule = permission  # type: ignore[attr-defined]
        return guarded

    return wrap
