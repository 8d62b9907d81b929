"""The file of an organisation's decisions, for the engine to learn from (docs/learning.md)."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, time

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.cache import never_cache

from nosology.actions.learning import export_decisions
from nosology.model.access import Permission
from nosology.web.access import page

__all__ = ["decisions_file"]

_IN_MEMORY = 4_000_000


@page(Permission.REPORT_READ)
@never_cache
def decisions_file(request: HttpRequest) -> HttpResponse:
    """The file to keep; ``?since=2026-05-01`` takes the charts changed from that day on."""
    given = request.GET.get("since", "")
    try:
        since = datetime.combine(date.fromisoformat(given), time.min, UTC) if given else None
    except ValueError:
        return HttpResponseBadRequest("since: not a date; write it as 2026-05-04", content_type="text/plain")
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the answer closes it)
    try:
        export_decisions(request.access, write=lambda text: file.write(text.encode()), since=since)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="decisions.jsonl", content_type="application/jsonl")
