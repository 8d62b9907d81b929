"""Text that no database keeps (NUL, half of a surrogate pair) is refused at the door, in addresses, forms and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

__all__ = ["PlainText"]

_ESCAPED = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


class PlainText:
    """Answers 400 to what cannot be kept; sound text passes unread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _named: Any) -> None:
        """Look at the address, the fields of a form, and JSON that has escapes of that kind.

        Raises:
            SuspiciousOperation: there is text that cannot be kept.
        """
        if not _sound([request.path]) or not _sound(_fields(request.GET)):
            raise SuspiciousOperation("the address holds text that cannot be kept")
        if request.method in ("GET", "HEAD"):
            return
        if request.content_type == "application/json":
            if _ESCAPED.search(request.body) and not _sound(_texts(request.body)):
                raise SuspiciousOperation("the JSON holds text that cannot be kept")
        elif not _sound(_fields(request.POST)):
            raise SuspiciousOperation("the form holds text that cannot be kept")


def _fields(given: Any) -> Iterable[str]:
    for name, values in given.lists():
        yield name
        yield from (each for each in values if isinstance(each, str))


def _texts(body: bytes) -> Iterable[str]:
    try:
        return [json.dumps(json.loads(body), ensure_ascii=False).replace("\\u0000", "\x00")]
    except (ValueError, RecursionError):
        return []  # whoever reads it says so


def _sound(texts: Iterable[str]) -> bool:
    for each in texts:
        if "\x00" in each:
            return False
        try:
            each.encode()
        except UnicodeEncodeError:
            return False
    return True
