"""The audit log, and the glass that is broken in an emergency with its review."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from nosology.actions.reading import GLASS_HOURS, break_glass, review_break_glass
from nosology.errors import UsageError
from nosology.model.access import Permission
from nosology.store.queries.audit import AuditSearch, list_events, verbs_of
from nosology.store.queries.people import list_broken_glass
from nosology.store.queries.reach import encounter_of_number
from nosology.web.access import page
from nosology.web.auth.telling import tell

__all__ = ["audit", "glass", "review"]


@page(Permission.AUDIT_READ)
def audit(request: HttpRequest) -> HttpResponse:
    """What was done and read, newest first."""
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ("verb", "actor", "encounter", "outcome")}
    days = {name: request.GET.get(name, "") for name in ("since", "until")}
    before = request.GET.get("before", "")
    search = AuditSearch(**asked, since=_day(days["since"]), until=_day(days["until"]))
    found = list_events(
        request.access,
        search,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None,
    )
    kept = {name: value for name, value in (asked | days).items() if value}
    return render(
        request,
        "people/audit.html",
        {
            "found": found,
            "asked": asked | days,
            "verbs": verbs_of(request.access),
            "older": f"?{urlencode(kept | {'before': found.older})}" if found.older else "",
            "newest": f"?{urlencode(kept)}" if before else "",
            "glasses": list_broken_glass(request.access),
        },
    )


@page(Permission.BREAK_GLASS, methods=("GET", "HEAD", "POST"))
def glass(request: HttpRequest) -> HttpResponse:
    """Open a chart that is out of reach, by the account number, with a reason."""
    number = request.POST.get("number", "") or request.GET.get("number", "")
    if request.method == "POST":
        opened = tell(
            request,
            f"The chart is open to you for {GLASS_HOURS} hours. Somebody will review the reason.",
            lambda: _open(request, number),
        )
        if opened is not None:
            return redirect("chart", opened.encounter_id)
    return render(
        request,
        "people/glass.html",
        {"number": number[:40], "reason": request.POST.get("reason", ""), "hours": GLASS_HOURS},
        status=422 if request.method == "POST" else 200,
    )


@page(Permission.AUDIT_READ, methods=("POST",))
def review(request: HttpRequest, glass: Any) -> HttpResponse:
    """Note that the reason was looked at."""
    tell(
        request,
        "Reviewed.",
        lambda: review_break_glass(request.access, glass=str(glass), now=timezone.now()) or True,
    )
    return redirect("audit")


def _open(request: HttpRequest, number: str) -> Any:
    encounter = encounter_of_number(request.access, number)
    if not encounter:
        raise UsageError("there is no chart with this account number")
    reason = request.POST.get("reason", "")
    return break_glass(request.access, encounter=encounter, reason=reason, now=timezone.now())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
