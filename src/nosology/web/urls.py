"""Every address of the server; each part has its own table."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

handler400 = "nosology.web.ops.errors.bad_request"
handler403 = "nosology.web.ops.errors.forbidden"
handler404 = "nosology.web.ops.errors.not_found"
handler500 = "nosology.web.ops.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("nosology.web.auth.urls")),
    path("", include("nosology.web.ops.urls")),
    path("", include("nosology.web.workbench.urls")),
    path("api/", include("nosology.web.api.urls")),
]
