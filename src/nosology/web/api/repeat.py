"""``Idempotency-Key``: an operation that writes may be sent again with the same key and is done once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils import timezone
from ninja.responses import Status

from nosology.actions.idempotency import KeptAnswer, fill_key, free_key, take_key

__all__ = ["KEY_PARAMETER", "once"]

KEY_PARAMETER: dict[str, Any] = {
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]+$"},
            "description": "the same key with the same request is done once and answered alike for seven days",
        }
    ]
}
"""What OpenAPI says of it: ``openapi_extra=KEY_PARAMETER`` at the route."""


def once(view: Callable[..., Status[Any]]) -> Callable[..., Status[Any]]:
    """Stands under ``@operation``. The view returns ``Status(code, dict)``; only what came to something is kept."""

    @wraps(view)
    def repeated(request: HttpRequest, *args: Any, **kwargs: Any) -> Status[Any]:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return view(request, *args, **kwargs)
        access = request.access
        kept = take_key(access, key=key, request_digest=_digest(request), now=timezone.now())
        if kept is not None:
            return Status(kept.status, kept.body)
        try:
            answer = view(request, *args, **kwargs)
        except BaseException:
            free_key(access, key=key)
            raise
        body = json.loads(json.dumps(answer.value, cls=DjangoJSONEncoder))
        fill_key(access, key=key, answer=KeptAnswer(answer.status_code, body))
        return Status(answer.status_code, body)

    return repeated


def _digest(request: HttpRequest) -> str:
    made = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.FILES:
        for name, file in ((name, file) for name, files in request.FILES.lists() for file in files):
            made.update(f"{name}:{file.name}:{file.size}\n".encode())
            for chunk in file.chunks():
                made.update(chunk)
            file.seek(0)
    else:
        made.update(request.body)
    return made.hexdigest()
