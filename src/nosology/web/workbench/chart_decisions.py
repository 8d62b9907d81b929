"""What is posted from a chart: decisions, undo, finalise, reopen, lock, notes. The answer is the panel anew.

200 with the panel; 409 with the panel and a message where somebody else was there first; 422 with a message where it
cannot be right. Without htmx the answer is the chart's page with the message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.decorators.cache import never_cache

from nosology.actions.code_use import pin_code
from nosology.actions.comments import add_comment
from nosology.actions.finalize import finalize, reopen
from nosology.actions.locks import hold_chart, release_chart
from nosology.actions.review import decide, redo, undo
from nosology.errors import NosologyError, NotFound, NotPermitted, NotReady, StaleVersion, UsageError
from nosology.model.access import Permission
from nosology.web.access import page
from nosology.web.workbench.assessment import panel_context

__all__ = [
    "comment_view",
    "decide_view",
    "favourite_view",
    "finalize_view",
    "lock_view",
    "redo_view",
    "release_view",
    "reopen_view",
    "undo_view",
]

_POST = ("POST",)


@page(Permission.CHART_CODE, methods=_POST)
@never_cache
def decide_view(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """One decision: ``verb, key, code, system, value, why, version, request`` (``actions.review.decide``)."""
    form = request.POST
    return _answer(
        request,
        encounter,
        lambda: decide(
            request.access,
            encounter=str(encounter),
            verb=form.get("verb", ""),
            key=form.get("key", ""),
            code=form.get("code", ""),
            system=form.get("system") or "icd10cm",
            value=form.get("value", ""),
            why=form.get("why", ""),
            version=_version(request),
            request=form.get("request", ""),
            now=timezone.now(),
        ),
    )


@page(Permission.CHART_CODE, methods=_POST)
@never_cache
def undo_view(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Take back one's last decision: ``version, request``."""
    return _answer(request, encounter, lambda: undo(request.access, **_named(request, encounter)))


@page(Permission.CHART_CODE, methods=_POST)
@never_cache
def redo_view(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Do again what was undone last: ``version, request``."""
    return _answer(request, encounter, lambda: redo(request.access, **_named(request, encounter)))


@page(Permission.CHART_FINALIZE, methods=_POST)
@never_cache
def finalize_view(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Finish the chart: ``version, request``, and ``why`` where something is accepted as it stands."""
    why = request.POST.get("why", "")
    return _answer(request, encounter, lambda: finalize(request.access, why=why, **_named(request, encounter)))


@page(Permission.CHART_REOPEN, methods=_POST)
@never_cache
def reopen_view(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Open a final chart again: ``why, request``."""
    form = request.POST
    return _answer(
        request,
        encounter,
        lambda: reopen(
            request.access,
            encounter=str(encounter),
            why=form.get("why", ""),
            request=form.get("request", "")[:64],
            now=timezone.now(),
        ),
    )


@page(Permission.CHART_CODE, methods=_POST)
@never_cache
def lock_view(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Take the chart or keep it: 200 with ``until``, 409 with who has it. ``take=1`` and ``why`` take it over.

    JSON, as the page asks for it in the background.
    """
    form = request.POST
    try:
        held = hold_chart(
            request.access,
            encounter=str(encounter),
            take=form.get("take") == "1",
            why=form.get("why", ""),
            now=timezone.now(),
        )
    except NotFound as error:
        raise Http404(str(error)) from None
    except NotPermitted as error:
        return _refused_json(str(error), 403)
    except StaleVersion as error:
        return _refused_json(str(error), 409)
    except NosologyError as error:
        return _refused_json(str(error), 422)
    return JsonResponse({"mine": held.mine, "until": held.until.isoformat()})


@page(Permission.CHART_CODE, methods=_POST)
@never_cache
def release_view(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Give the lock back (also sent by the page when it is left)."""
    try:
        release_chart(request.access, encounter=str(encounter), now=timezone.now())
    except NotFound as error:
        raise Http404(str(error)) from None
    except NotPermitted as error:
        return JsonResponse({"message": str(error)}, status=403)
    return HttpResponse(status=204)


@page(Permission.CHART_NOTE, methods=_POST)
@never_cache
def comment_view(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Leave a note to colleagues: ``text``."""
    text = request.POST.get("text", "")
    return _answer(
        request,
        encounter,
        lambda: add_comment(request.access, encounter=str(encounter), text=text, now=timezone.now()),
    )


@page(Permission.CODEBOOK_READ, methods=_POST)
@never_cache
def favourite_view(request: HttpRequest) -> HttpResponse:
    """Keep a code at hand or no longer: ``system, code, pinned`` (1 or 0). JSON."""
    form = request.POST
    try:
        pinned = pin_code(
            request.access,
            system=form.get("system", ""),
            code=form.get("code", ""),
            pinned=form.get("pinned", "1") == "1",
        )
    except UsageError as error:
        return JsonResponse({"message": str(error)}, status=422)
    return JsonResponse({"pinned": pinned})


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    if not (given.isascii() and given.isdigit() and len(given) <= 9):
        raise UsageError("the version of the worksheet is missing: load the chart again")
    return int(given)


def _named(request: HttpRequest, encounter: UUID) -> dict[str, Any]:
    key = request.POST.get("request", "")
    if len(key) > 64:
        raise UsageError("the request key has at most 64 characters")
    return {"encounter": str(encounter), "version": _version(request), "request": key, "now": timezone.now()}


def _answer(request: HttpRequest, encounter: UUID, work: Callable[[], Any]) -> HttpResponse:
    try:
        work()
    except NotFound as error:
        if "encounter" in str(error):
            raise Http404(str(error)) from None
        return _refused(request, encounter, [str(error)], 409)  # a code that is no longer there
    except NotPermitted as error:
        return _message(request, encounter, [str(error)], 403)
    except StaleVersion as error:
        return _refused(request, encounter, [str(error)], 409)
    except NotReady as error:
        answer = _message(request, encounter, list(error.reasons), 422)
        if error.settled_by_reason:
            answer["X-Reason-Settles"] = "1"
        return answer
    except NosologyError as error:
        return _message(request, encounter, [str(error)], 422)
    return _panel(request, encounter, status=200)


def _refused(request: HttpRequest, encounter: UUID, said: list[str], status: int) -> HttpResponse:
    if not request.htmx:
        return _message(request, encounter, said, status)
    return _panel(request, encounter, status=status, message=" ".join(said))


def _panel(request: HttpRequest, encounter: UUID, *, status: int, message: str = "") -> HttpResponse:
    if not request.htmx:
        return redirect("chart", encounter)
    try:
        context = panel_context(request.access, str(encounter))
    except NotFound as error:
        raise Http404(str(error)) from None
    except NotPermitted:
        return HttpResponse(status=204)  # a note left on a chart that one reads in part alone
    context |= {"panel_message": message, "panel_level": "error"}
    return _say(render(request, "chart/panel.html", context, status=status), message)


def _message(request: HttpRequest, encounter: UUID, said: list[str], status: int) -> HttpResponse:
    if not request.htmx:
        for each in said:
            messages.error(request, each)
        return redirect("chart", encounter)
    items = format_html_join("", "<li>{}</li>", ((each,) for each in said))
    body = format_html('<ul class="plain" role="alert">{}</ul>', items)
    return _say(HttpResponse(body, status=status), "; ".join(said))


def _say(answer: HttpResponse, message: str) -> HttpResponse:
    """The message in a header too, where a script reads it (header lines are ASCII)."""
    if message:
        answer["X-Message"] = " ".join(message.encode("ascii", "replace").decode().split())[:500]
    return answer


def _refused_json(message: str, status: int) -> HttpResponse:
    return _say(JsonResponse({"mine": False, "message": message}, status=status), message)
