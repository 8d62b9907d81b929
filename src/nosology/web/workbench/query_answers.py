"""The provider's page: one query with its indicators, the answers, a field for own words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from nosology.actions.queries import answer_query
from nosology.actions.reading import open_chart
from nosology.errors import NosologyError, StaleVersion
from nosology.model.access import Permission
from nosology.store.queries.queries import QueryView, list_queries
from nosology.store.queries.reach import Reach
from nosology.web.access import page
from nosology.web.workbench.queries import find_view, refuse, sentence

__all__ = ["answer_page"]


@page(Permission.QUERY_ANSWER, methods=("GET", "HEAD", "POST"))
def answer_page(request: HttpRequest, query: str) -> HttpResponse:
    """Answer a query that was sent to oneself."""
    view = find_view(request, query)
    now = timezone.now()
    try:
        if request.method == "POST":
            version = request.POST.get("version", "")
            answer_query(
                request.access,
                query=query,
                chosen=request.POST.getlist("chosen"),
                words=request.POST.get("words", ""),
                version=int(version) if version.isascii() and version.isdigit() and len(version) < 8 else 0,
                now=now,
            )
            messages.success(request, "Thank you. Your answer is part of the chart now.")
            waiting = list_queries(request.access, "mine", now=now, limit=1)
            return redirect("query-answer", waiting[0].id) if waiting else redirect("queries")
        open_chart(request.access, encounter=view.encounter, now=now, at_least=Reach.QUERY, how="query")
    except NosologyError as error:
        refuse(error)
        status = 409 if isinstance(error, StaleVersion) else 422
        return _show(request, find_view(request, query), wrong=sentence(error), status=status)
    return _show(request, view)


def _show(request: HttpRequest, view: QueryView, *, wrong: str = "", status: int = 200) -> HttpResponse:
    context = {
        "query": view,
        "wrong": wrong,
        "chosen": request.POST.getlist("chosen"),
        "words": request.POST.get("words", ""),
        "others": len(list_queries(request.access, "mine", now=timezone.now(), limit=100)) - 1,
    }
    return render(request, "queries/answer.html", context, status=status)
