"""Addresses of the queries."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from nosology.web.workbench import queries
from nosology.web.workbench.query_answers import answer_page

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("queries", queries.queries_list, name="queries"),
    path("queries/new", queries.new_query, name="query-new"),
    path("queries/outcomes", queries.outcomes, name="queries-outcomes"),
    path("queries/<uuid:query>", queries.query_page, name="query"),
    path("queries/<uuid:query>/save", queries.save, name="query-save"),
    path("queries/<uuid:query>/withdraw", queries.withdraw, name="query-withdraw"),
    path("queries/<uuid:query>/close", queries.close, name="query-close"),
    path("queries/<uuid:query>/answer", answer_page, name="query-answer"),
]
