"""Addresses of the API, one per version."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from nosology.web.api.interface import api

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [path("v1/", api.urls)]
