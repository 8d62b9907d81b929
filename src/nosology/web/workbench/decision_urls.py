"""Addresses to which a chart posts, and of the file of decisions."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from nosology.web.workbench import chart_decisions as views
from nosology.web.workbench.decisions_file import decisions_file

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("charts/<uuid:encounter>/decide", views.decide_view, name="chart-decide"),
    path("charts/<uuid:encounter>/undo", views.undo_view, name="chart-undo"),
    path("charts/<uuid:encounter>/redo", views.redo_view, name="chart-redo"),
    path("charts/<uuid:encounter>/finalize", views.finalize_view, name="chart-finalize"),
    path("charts/<uuid:encounter>/reopen", views.reopen_view, name="chart-reopen"),
    path("charts/<uuid:encounter>/lock", views.lock_view, name="chart-lock"),
    path("charts/<uuid:encounter>/release", views.release_view, name="chart-release"),
    path("charts/<uuid:encounter>/comment", views.comment_view, name="chart-comment"),
    path("manager/decisions", decisions_file, name="manager-decisions"),
    path("codes/favourite", views.favourite_view, name="favourite"),
]
