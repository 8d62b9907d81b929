"""Programs call the API over TLS: a plain request is refused, not led on, so that its sender notices."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from nosology.web.ops.problems import problem

__all__ = ["ApiOverTls"]


class ApiOverTls:
    """Where ``NOSOLOGY_SECURE=1``: 403 for a plain request to the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or go on."""
        if settings.SECURE and request.path.startswith("/api/") and not request.is_secure():
            return problem(403, "the API answers over TLS alone: call https, and revoke a token that was sent without")
        return self.get_response(request)
