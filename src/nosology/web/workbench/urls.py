"""Addresses of the workbench, one table per subject."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

__all__ = ["urlpatterns"]

_PARTS = ("worklist", "chart", "decision", "intake", "queries", "manager")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"nosology.web.workbench.{part}_urls")) for part in _PARTS
]
