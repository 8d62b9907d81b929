"""Addresses of operations: health, readiness, metrics, and the link of the first administrator."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from nosology.web.ops.checks import health, ready
from nosology.web.ops.metrics import metrics
from nosology.web.ops.welcome import welcome

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("ready", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    path("welcome/<str:token>", welcome, name="welcome"),
]
