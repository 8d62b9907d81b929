"""What is done from a worklist: claim, assign, release, hand over, priority, filters. Each goes back to the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from nosology.actions import worklist as act
from nosology.errors import NosologyError, NotFound, NotPermitted, UsageError
from nosology.model.access import Permission
from nosology.store.queries.worklist import my_team
from nosology.web.access import page
from nosology.web.workbench.worklist_page import read_criteria

__all__ = ["assign", "claim", "claim_next", "delete_filter", "hand_over", "priority", "release", "save_filter"]


@page(Permission.CHART_CODE, methods=("POST",))
def claim_next(request: HttpRequest) -> HttpResponse:
    """Take the next chart and open it."""
    try:
        criteria = read_criteria(request.access, request.POST, my_team(request.access))
        chart = act.claim_next(request.access, criteria=criteria, now=timezone.now())
    except (NotFound, UsageError) as error:
        messages.info(request, f"{_sentence(error)}.")
        return _back(request)
    return _chart(request, chart)


@page(Permission.CHART_CODE, methods=("POST",))
def claim(request: HttpRequest) -> HttpResponse:
    """Take the chosen charts; one alone is opened."""
    chosen = _chosen(request)
    if len(chosen) > 50:
        messages.error(request, "Claim at most 50 charts at once.")
        return _back(request)
    taken = 0
    for chart in chosen:
        taken += _try(request, partial(act.claim_encounter, request.access, encounter=chart, now=timezone.now()))
    if taken == 1 == len(chosen):
        return _chart(request, chosen[0])
    if taken:
        messages.success(request, f"{_charts(taken)} claimed.")
    return _back(request)


@page(Permission.WORKLIST_ASSIGN, methods=("POST",))
def assign(request: HttpRequest) -> HttpResponse:
    """Give the chosen charts to a colleague."""
    to = request.POST.get("to", "")
    if not to:
        messages.error(request, "Choose to whom the charts go.")
        return _back(request)
    return _many(
        request,
        lambda: act.assign_encounters(request.access, encounters=_chosen(request), to=to, now=timezone.now()),
        "assigned",
    )


@page(Permission.CHART_CODE, methods=("POST",))
def release(request: HttpRequest) -> HttpResponse:
    """Give the chosen charts back to the list."""
    return _many(
        request,
        lambda: act.release_encounters(request.access, encounters=_chosen(request), now=timezone.now()),
        "given back to the list",
    )


@page(Permission.WORKLIST_ASSIGN, methods=("POST",))
def priority(request: HttpRequest) -> HttpResponse:
    """Set the priority of the chosen charts."""
    given = request.POST.get("level", "")
    level = int(given) if given in {"1", "2", "3", "4", "5"} else 0
    return _many(
        request,
        lambda: act.set_priority(request.access, encounters=_chosen(request), priority=level),
        f"set to priority {level}",
    )


@page(Permission.CHART_CODE, methods=("POST",))
def hand_over(request: HttpRequest) -> HttpResponse:
    """Give the chosen charts to a colleague with a note."""
    chosen = _chosen(request)
    if not chosen or len(chosen) > 50:
        messages.error(request, "Choose one chart, or at most 50.")
        return _back(request)
    to, note = request.POST.get("colleague", ""), request.POST.get("note", "")
    given = 0
    for chart in chosen:
        done = _try(
            request,
            partial(act.hand_over, request.access, encounter=chart, to=to, note=note, now=timezone.now()),
        )
        given += done
        if not done:
            break
    if given:
        messages.success(request, f"{_charts(given)} handed over.")
    return _back(request)


@page(Permission.WORKLIST_READ, methods=("POST",))
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the page under a name."""

    def keep() -> None:
        criteria = read_criteria(request.access, request.POST, my_team(request.access))
        shared = request.POST.get("shared") == "1"
        act.save_filter(request.access, name=request.POST.get("filter_name", ""), criteria=criteria, shared=shared)

    if _try(request, keep):
        messages.success(request, "The filter is kept.")
    return _back(request)


@page(Permission.WORKLIST_READ, methods=("POST",))
def delete_filter(request: HttpRequest, filter_id: object) -> HttpResponse:
    """Forget one of one's filters."""
    try:
        act.delete_filter(request.access, filter_id=str(filter_id))
    except NotFound as error:
        raise Http404(str(error)) from None
    messages.success(request, "The filter is forgotten.")
    return _back(request)


def _many(request: HttpRequest, call: Callable[[], act.Moved], words: str) -> HttpResponse:
    try:
        moved = call()
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from None
    except NosologyError as error:
        messages.error(request, f"{_sentence(error)}.")
        return _back(request)
    if moved.done:
        messages.success(request, f"{_charts(moved.done)} {words}.")
    if moved.kept:
        why = "final, open on a colleague's desk, or not yours to move"
        messages.warning(request, f"{_charts(moved.kept)} stayed: {why}.")
    return _back(request)


def _try(request: HttpRequest, call: Callable[[], object]) -> bool:
    try:
        call()
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from None
    except NosologyError as error:
        messages.error(request, f"{_sentence(error)}.")
        return False
    return True


def _chosen(request: HttpRequest) -> list[str]:
    return list(dict.fromkeys(request.POST.getlist("chart")))


def _charts(count: int) -> str:
    return "1 chart" if count == 1 else f"{count} charts"


def _sentence(error: NosologyError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:]


def _chart(request: HttpRequest, chart: str) -> HttpResponse:
    try:
        return HttpResponseRedirect(reverse("chart", args=[chart]))
    except NoReverseMatch:
        return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    home = reverse("worklist")
    to = request.POST.get("back", "")
    ours = to.split("?")[0] == home and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return HttpResponseRedirect(to if ours else home)
