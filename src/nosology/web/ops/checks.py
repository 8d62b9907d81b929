"""Is the server alive, and may it be sent work."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from nosology.web.access import open_page

__all__ = ["health", "ready", "waiting_migrations"]

_migrated = False


@open_page("says that the process is alive, nothing else")
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nobody."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@open_page("says whether the database answers and fits this version, nothing else")
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 if the database answers and has every migration of this version, else 503."""
    global _migrated
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        _migrated = _migrated or not waiting_migrations()
    except DatabaseError:
        return JsonResponse({"ready": False, "database": "does not answer"}, status=503)
    if not _migrated:
        return JsonResponse({"ready": False, "database": "waits for nosology db migrate"}, status=503)
    return JsonResponse({"ready": True, "database": connection.vendor})


def waiting_migrations() -> int:
    """How many migrations of this version the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
