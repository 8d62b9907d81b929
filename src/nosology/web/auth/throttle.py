"""Not too many requests: per account (a person, or the owner of a token) and, before anybody is known, per address.

The counts are those of one process, in memory: a request costs no query. Rates: ``NOSOLOGY_RATES``, a number of
requests with its period for each; far above what people do, so that it meets programs that ask without end. Signing
in, links and wrong tokens have narrower limits of their own (``ACCOUNT_RATE_LIMITS``, ``web.api.authentication``).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from ninja.throttling import SimpleRateThrottle

from nosology.web.ops.errors import too_often

__all__ = ["RequestThrottle", "Throttle"]

_FREE = frozenset({"/health", "/ready", "/metrics"})  # asked by the machine itself, all the time


class RequestThrottle(SimpleRateThrottle):
    """One rate, for one who asks."""

    cache = caches["process"]

    def __init__(self, rate: str, ident: str) -> None:
        self.ident = ident
        super().__init__(rate)

    def get_cache_key(self, request: HttpRequest) -> str:
        """Under which the times of the last requests are kept."""
        return f"throttle:{self.ident}"


class Throttle:
    """Answers 429 with ``Retry-After`` where somebody asks too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count the request, then go on, or say when."""
        kind, ident = _who(request)
        rate = settings.NOSOLOGY_RATES[kind]
        if rate and request.path.rstrip("/") not in _FREE:
            throttle = RequestThrottle(rate, f"{kind}:{ident}")
            if not throttle.allow_request(request):
                return too_often(request, seconds=math.ceil(throttle.wait() or 1))
        return self.get_response(request)


def _who(request: HttpRequest) -> tuple[str, str]:
    user: Any = request.user
    if user.is_authenticated:
        return "account", str(user.pk)
    token = request.headers.get("Authorization", "")
    if token:
        return "account", hashlib.sha256(token.encode()).hexdigest()
    try:
        return "address", str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return "address", ""
