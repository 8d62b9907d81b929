"""An error as programs get it (RFC 9457, ``application/problem+json``): one clear line, never chart text."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse

__all__ = ["TITLES", "problem"]

TITLES = {
    400: "The request cannot be read",
    401: "Sign in with a token",
    403: "Not permitted",
    404: "Not found",
    405: "Not for this method",
    409: "Changed meanwhile",
    413: "Too large",
    422: "Cannot be done as asked",
    429: "Too often",
    500: "The server failed",
}


def problem(status: int, detail: str, reasons: tuple[str, ...] = (), **more: Any) -> JsonResponse:
    """The answer of an error; ``more`` are further members."""
    body = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status, "detail": detail}
    headers = {"WWW-Authenticate": 'Bearer realm="nosology"'} if status == 401 else {}
    return JsonResponse(
        body | {"reasons": list(reasons)} | more,
        status=status,
        content_type="application/problem+json",
        headers=headers,
    )
