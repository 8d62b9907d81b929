"""A bound on what one request may bring: refused by its length before a byte of it is kept."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

__all__ = ["MOST_BYTES", "BoundedUploadHandler"]

MOST_BYTES = 100 * 1024 * 1024
"""Bytes of one request with files."""


class BoundedUploadHandler(FileUploadHandler):
    """The first of the handlers: refuses a request that says it is too long, or turns out so."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.received = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Look at the length that the request states: the third argument, after its data and its headers."""
        self._check(kwargs.get("content_length", args[2] if len(args) > 2 else 0) or 0)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and hand on."""
        self.received += len(raw_data)
        self._check(self.received)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler makes the file."""

    def _check(self, size: int) -> None:
        if size > MOST_BYTES:
            raise RequestDataTooBig(f"a request may bring {MOST_BYTES >> 20} MB at most")
