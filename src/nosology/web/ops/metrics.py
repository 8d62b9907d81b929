"""Numbers for Prometheus: requests by page, method and status with their time; tasks and encounters by state.

Counts alone, without organisation, person or chart. Several processes add up through files in the folder
``PROMETHEUS_MULTIPROC_DIR``, which ``nosology serve`` sets. They are shown to whoever asks from the machine itself, or
who has the token ``NOSOLOGY_METRICS_TOKEN``.
"""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from nosology.web.access import open_page

__all__ = ["MetricsMiddleware", "may_see", "metrics"]

_REQUESTS = Counter("nosology_requests", "Requests answered.", ["page", "method", "status"])
_SECONDS = Histogram(
    "nosology_request_seconds",
    "Time until the answer, in seconds.",
    ["page"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class MetricsMiddleware:
    """Counts every answer under the name of its page; an address without a page counts as "none"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and count."""
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        page = (match.view_name or "unnamed") if match is not None else "none"
        method = request.method if request.method in _METHODS else "other"
        _REQUESTS.labels(page, method, str(response.status_code)).inc()
        _SECONDS.labels(page).observe(time.perf_counter() - began)
        return response


class _Rows:
    """What is counted in the database when somebody asks."""

    def collect(self) -> Iterator[Any]:
        """Tasks and encounters by state, and how long the oldest task has waited."""
        from django_tasks_db.models import DBTaskResult

        from nosology.store.models import Encounter

        tasks = GaugeMetricFamily("nosology_tasks", "Background tasks by state.", labels=["state"])
        for row in DBTaskResult.objects.order_by().values("status").annotate(count=Count("pk")):
            tasks.add_metric([row["status"].lower()], row["count"])
        yield tasks
        oldest = DBTaskResult.objects.filter(status="READY").aggregate(at=Min("enqueued_at"))["at"]
        waited = (timezone.now() - oldest).total_seconds() if oldest else 0.0
        yield GaugeMetricFamily("nosology_task_oldest_seconds", "How long the oldest task has waited.", value=waited)
        encounters = GaugeMetricFamily("nosology_encounters", "Encounters by state.", labels=["state"])
        for row in Encounter.everywhere.order_by().values("state").annotate(count=Count("pk")):
            encounters.add_metric([row["state"]], row["count"])
        yield encounters


def may_see(request: HttpRequest) -> bool:
    """True for the bearer of the token, and for the machine itself where no proxy stands between."""
    token = os.environ.get("NOSOLOGY_METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    through = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not through and request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1")


@open_page("counts without any person, for the machine itself or with a token")
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers in Prometheus' text."""
    if not may_see(request):
        raise Http404
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    rows = CollectorRegistry(auto_describe=False)
    rows.register(_Rows())
    return HttpResponse(generate_latest(registry) + generate_latest(rows), content_type=CONTENT_TYPE_LATEST)
