"""Errors as pages: what Nosology raises becomes its HTTP status with its one line; a fault becomes an incident number.

Programs (``/api/``) get the same as JSON, fragments (htmx) the line in ``X-Message``.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from nosology.errors import NosologyError, NotFound, NotPermitted, StaleVersion, UnreadableInput, UsageError
from nosology.web.ops.problems import problem

__all__ = [
    "ErrorMiddleware",
    "bad_request",
    "csrf_failed",
    "forbidden",
    "not_found",
    "server_error",
    "status_of",
    "too_often",
]

_STATUS: tuple[tuple[type[NosologyError], int], ...] = (
    (NotFound, 404),
    (NotPermitted, 403),
    (StaleVersion, 409),
    (UsageError, 400),
    (UnreadableInput, 400),
)


def status_of(error: NosologyError) -> int:
    """The HTTP status of an error; 500 for one that is nobody's fault but ours."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


class ErrorMiddleware:
    """Answers a NosologyError that a view let through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of the error, with its line; other exceptions are Django's."""
        if not isinstance(error, NosologyError) or status_of(error) == 500:
            return None
        return _answer(request, status_of(error), str(error))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _answer(request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where the token of a form is missing or old."""
    return _answer(request, 403, "This page was open for too long, or its form came from elsewhere: reload it.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _answer(request, 404)


def too_often(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """429, with when to come again."""
    answer = _answer(
        request, 429, f"Too many requests: wait {seconds} second{'' if seconds == 1 else 's'}, then go on."
    )
    answer["Retry-After"] = str(seconds)
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without anything that could fail again: no database, no person; the incident number stands in the log."""
    request.incident = secrets.token_hex(4)
    line = f"incident {request.incident}"
    if request.path.startswith("/api/"):
        return problem(500, f"a fault of the server ({line}); nothing was changed", incident=request.incident)
    try:
        text = loader.render_to_string("errors/500.html", {"incident": request.incident})
    except Exception:
        text = f"<!DOCTYPE html><title>Something went wrong</title><p>Something went wrong: {line}."
    return HttpResponse(text, status=500, headers={"X-Message": f"The server failed ({line}); nothing was changed."})


def _answer(request: HttpRequest, status: int, line: str = "") -> HttpResponse:
    """The error as JSON, as a line, or as a page."""
    shown = " ".join(line.split())
    headers = {"X-Message": shown.encode("ascii", "replace").decode()} if shown else {}
    if request.path.startswith("/api/"):
        response: Any = problem(status, shown or _WORDS[status])
    elif request.headers.get("HX-Request") == "true":
        response = HttpResponse(shown or _WORDS[status], status=status, content_type="text/plain; charset=utf-8")
    else:
        response = render(request, f"errors/{status}.html", {"line": shown}, status=status)
    for name, value in headers.items():
        response[name] = value
    return response


_WORDS = {
    400: "this request cannot be read",
    403: "you may not do this",
    404: "there is nothing here",
    409: "somebody changed this meanwhile",
    429: "too many requests",
}
