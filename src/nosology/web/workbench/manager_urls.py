"""Addresses of the manager's page."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from nosology.web.workbench import manager_page

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("manager", manager_page.manager, name="manager"),
    path("manager/<slug:table>.csv", manager_page.manager_csv, name="manager-csv"),
]
