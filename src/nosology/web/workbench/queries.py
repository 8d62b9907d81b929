"""The pages of queries: lists by age, a draft with its compliance check, sending, how queries end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from nosology.actions.queries import close_query, draft_query, edit_query, send_query, withdraw_query
from nosology.actions.reading import open_chart
from nosology.errors import NosologyError, NotFound, NotPermitted, StaleVersion
from nosology.model.access import Permission
from nosology.rules.loader import find_rule
from nosology.store.queries.intake import providers_of, read_intake
from nosology.store.queries.queries import SHOWN, QueryView, list_queries, outcome_rows, query_counts, read_query
from nosology.store.queries.reach import Reach, encounter_of_number
from nosology.web.access import page
from nosology.web.workbench.query_forms import QueryForm

__all__ = [
    "close",
    "find_view",
    "new_query",
    "outcomes",
    "queries_list",
    "query_page",
    "refuse",
    "save",
    "sentence",
    "withdraw",
]

_PAGE = 50
_LABELS = {
    "mine": "To me",
    "drafts": "Drafts",
    "waiting": "Waiting",
    "overdue": "Overdue",
    "answered": "Answered",
    "closed": "Closed",
}
_SINCE = {"30": 30, "90": 90, "365": 365}


@page(Permission.QUERY_READ)
def queries_list(request: HttpRequest) -> HttpResponse:
    """Queries by state, what waits longest first."""
    writes = request.access.may(Permission.CHART_READ)
    tabs = [each for each in SHOWN if _has_tab(request, each, writes)]
    show = request.GET.get("show", "")
    show = show if show in tabs else tabs[0]
    start = _number(request.GET.get("start", ""))
    now = timezone.now()
    rows = list_queries(request.access, show, now=now, offset=start, limit=_PAGE + 1)
    counts = query_counts(request.access, now=now)
    context = {
        "rows": rows[:_PAGE],
        "show": show,
        "tabs": [(each, _LABELS[each], counts[each]) for each in tabs],
        "next": start + _PAGE if len(rows) > _PAGE else 0,
        "previous": max(0, start - _PAGE) if start else -1,
    }
    return render(request, "queries/list.html", context)


@page(Permission.QUERY_READ)
def outcomes(request: HttpRequest) -> HttpResponse:
    """How queries ended, by provider and by what they asked."""
    chosen = request.GET.get("days", "90")
    days = _SINCE.get(chosen, 90)
    now = timezone.now()
    since = now - timedelta(days=days)
    asked = outcome_rows(request.access, by="rule", since=since, now=now)
    context = {
        "days": str(days),
        "choices": list(_SINCE),
        "groups": [
            ("By provider", "Provider", outcome_rows(request.access, by="provider", since=since, now=now)),
            ("By question", "Question about", asked),
        ],
        "rule_titles": {each.name: found.title for each in asked if (found := find_rule(each.name)) is not None},
    }
    return render(request, "queries/outcomes.html", context)


@page(Permission.QUERY_WRITE, methods=("GET", "HEAD", "POST"))
def new_query(request: HttpRequest) -> HttpResponse:
    """A query written by hand: to the chart ``?encounter=``, which is found by its account number, sent by POST."""
    number = request.POST.get("number", "").strip()[:40]
    if number:
        found = encounter_of_number(request.access, number)
        if found:
            return redirect(f"{reverse('query-new')}?encounter={found}")
    encounter = request.GET.get("encounter", "")
    if not encounter:
        wrong = "No chart has this account number here." if number else ""
        context = {"number": number, "found": False, "wrong": wrong}
        return render(request, "queries/new.html", context, status=422 if wrong else 200)
    try:
        chart = read_intake(request.access, encounter).row
    except NotFound as error:
        raise Http404(str(error)) from None
    providers = providers_of(request.access)
    form = QueryForm(request.POST, providers=providers) if request.method == "POST" else QueryForm(providers=providers)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        facts.pop("keep")
        try:
            query = draft_query(request.access, encounter=chart.id, now=timezone.now(), **facts)
            return redirect("query", query)
        except NosologyError as error:
            refuse(error)
            form.add_error(None, sentence(error))
    context = {"form": form, "chart": chart, "found": True}
    return render(request, "queries/new.html", context, status=422 if request.method == "POST" else 200)


@page(Permission.QUERY_READ)
def query_page(request: HttpRequest, query: str) -> HttpResponse:
    """One query: a draft to be worked on, or how it stands."""
    view = find_view(request, query)
    if view.mine and view.state == "sent" and request.access.may(Permission.QUERY_ANSWER):
        return redirect("query-answer", view.id)
    _log(request, view)
    return _show(request, view)


@page(Permission.QUERY_WRITE, methods=("POST",))
def save(request: HttpRequest, query: str) -> HttpResponse:
    """Save a draft and check it; with ``then=send`` also send it."""
    view = find_view(request, query)
    form = QueryForm(request.POST, providers=providers_of(request.access))
    if not form.is_valid():
        return _show(request, view, form, status=422)
    now = timezone.now()
    try:
        version = _version(request)
        if view.state == "draft":
            version = edit_query(request.access, query=query, version=version, now=now, **form.facts())
        if request.POST.get("then") == "send":
            due = send_query(request.access, query=query, version=version, now=now)
            messages.success(request, f"Sent. An answer is asked for by {due:%m/%d/%Y}.")
        else:
            messages.success(request, "Saved and checked.")
    except NosologyError as error:
        refuse(error)
        form.add_error(None, sentence(error))
        status = 409 if isinstance(error, StaleVersion) else 422
        return _show(request, find_view(request, query), form, status=status)
    return redirect("query", query)


@page(Permission.QUERY_WRITE, methods=("POST",))
def withdraw(request: HttpRequest, query: str) -> HttpResponse:
    """Take a query back."""
    return _end(request, query, withdraw_query, "Withdrawn. It is kept under Closed.")


@page(Permission.QUERY_WRITE, methods=("POST",))
def close(request: HttpRequest, query: str) -> HttpResponse:
    """Close a query that nobody answered."""
    return _end(request, query, close_query, "Closed without an answer.")


def find_view(request: HttpRequest, query: str) -> QueryView:
    """The query, or the page of what is not there."""
    try:
        return read_query(request.access, query, now=timezone.now())
    except NotFound as error:
        raise Http404(str(error)) from None


def refuse(error: NosologyError) -> None:
    """What is no matter of the form becomes a page of its own."""
    if isinstance(error, NotFound):
        raise Http404(str(error)) from None
    if isinstance(error, NotPermitted):
        raise PermissionDenied(str(error)) from None


def sentence(error: Exception) -> str:
    """The line of an error as a sentence."""
    text = str(error)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _end(request: HttpRequest, query: str, end: Any, done: str) -> HttpResponse:
    view = find_view(request, query)
    try:
        end(request.access, query=query, version=_version(request), now=timezone.now())
        messages.success(request, done)
    except NosologyError as error:
        refuse(error)
        messages.error(request, sentence(error))
        if isinstance(error, StaleVersion):
            return _show(request, view, status=409)
    return redirect("query", query)


def _show(request: HttpRequest, view: QueryView, form: QueryForm | None = None, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"query": view}
    if view.state == "draft" and request.access.may(Permission.QUERY_WRITE):
        context["form"] = form or QueryForm.of(view, providers=providers_of(request.access))
    elif form is not None:
        for error in form.non_field_errors():
            messages.error(request, error)
    return render(request, "queries/query.html", context, status=status)


def _log(request: HttpRequest, view: QueryView) -> None:
    try:
        open_chart(request.access, encounter=view.encounter, now=timezone.now(), at_least=Reach.QUERY, how="query")
    except NosologyError as error:
        refuse(error)
        raise


def _has_tab(request: HttpRequest, show: str, writes: bool) -> bool:
    if show == "mine":
        return bool(request.access.may(Permission.QUERY_ANSWER))
    if show in ("drafts", "waiting", "overdue"):
        return writes
    return True


def _number(text: str) -> int:
    return min(int(text), 100_000) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _version(request: HttpRequest) -> int:
    return _number(request.POST.get("version", ""))
