"""Tokens with which programs come in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from nosology.actions.tokens import LONGEST_DAYS, NewToken, create_token, revoke_token
from nosology.model.access import Permission, Role
from nosology.store.queries.people import list_tokens
from nosology.web.access import page
from nosology.web.auth.telling import tell

__all__ = ["revoke", "tokens"]


@page(Permission.OWN_ACCOUNT, methods=("GET", "HEAD", "POST"))
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens (an administrator sees all of the organisation); a new one is shown once."""
    made: NewToken | None = None
    if request.method == "POST":
        given = request.POST
        days = given.get("days", "")
        made = tell(
            request,
            "",
            lambda: create_token(
                request.access,
                name=given.get("name", ""),
                roles=given.getlist("roles"),
                days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,
                now=timezone.now(),
            ),
        )
    return render(
        request,
        "people/tokens.html",
        {
            "tokens": list_tokens(request.access),
            "made": made,
            "roles": sorted(request.access.roles - {Role.PATIENT}),
            "longest": LONGEST_DAYS,
            "now": timezone.now(),
        },
        status=422 if request.method == "POST" and made is None else 200,
    )


@page(Permission.OWN_ACCOUNT, methods=("POST",))
def revoke(request: HttpRequest, token: Any) -> HttpResponse:
    """End one at once."""
    tell(
        request,
        "The token opens nothing any more.",
        lambda: revoke_token(request.access, token=str(token), now=timezone.now()) or True,
    )
    return redirect("tokens")
