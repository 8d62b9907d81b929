"""Errors of the API: one shape (RFC 9457), one line that says what, where and what to do; never chart text."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as BodyError

from nosology.errors import (
    NosologyError,
    NotFound,
    NotPermitted,
    NotReady,
    ReleaseNotFound,
    StaleVersion,
    UnknownCode,
    UnreadableInput,
    UsageError,
)
from nosology.web.ops.problems import problem

__all__ = ["register_failures", "status_of"]

_STATUS: tuple[tuple[type[NosologyError], int], ...] = (
    (NotFound, 404),
    (UnknownCode, 404),
    (NotPermitted, 403),
    (StaleVersion, 409),
    (ReleaseNotFound, 422),
    (UnreadableInput, 422),
    (UsageError, 422),
)


def status_of(error: NosologyError) -> int:
    """The HTTP status of one of our errors; what is our own fault is 500."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def register_failures(api: NinjaAPI) -> None:
    """Give every error its answer."""

    @api.exception_handler(NosologyError)
    def ours(_request: HttpRequest, error: NosologyError) -> HttpResponse:
        reasons = error.reasons if isinstance(error, NotReady) else ()
        return problem(status_of(error), str(error), tuple(reasons))

    @api.exception_handler(BodyError)
    def body(_request: HttpRequest, error: BodyError) -> HttpResponse:
        said = tuple(_field(each) for each in error.errors)
        return problem(422, said[0] if said else "the request cannot be read", said)

    @api.exception_handler(HttpError)
    def http(_request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))

    @api.exception_handler(AuthenticationError)
    def door(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        return problem(401, "send a token of yours: Authorization: Bearer nosology_…")

    @api.exception_handler(Http404)
    def missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
        return problem(404, "there is nothing at this address")

    @api.exception_handler(ValidationError)
    def value(_request: HttpRequest, _error: ValidationError) -> HttpResponse:
        return problem(422, "a value cannot be what it says")

    @api.exception_handler(RequestDataTooBig)
    def large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
        return problem(413, "the request is larger than this server takes: send it in parts")

    @api.exception_handler(SuspiciousOperation)
    def odd(_request: HttpRequest, _error: SuspiciousOperation) -> HttpResponse:
        return problem(400, "the request cannot be read")


def _field(told: dict[str, Any]) -> str:
    """One line for one field: where it stands and what is wrong, without the value."""
    where = ".".join(str(each) for each in told.get("loc", ()) if each not in ("body", "query", "path", "data"))
    return f"{where or 'body'}: {told.get('msg', 'cannot be read')}"[:300]
