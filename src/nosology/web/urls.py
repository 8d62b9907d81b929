"""Every address of the server; each part has its own table."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("nosology.web.auth.urls")),
    path("", include("nosology.web.ops.urls")),
    path("", include("nosology.web.workbench.urls")),
    path("api/", include("nosology.web.api.urls")),
]
