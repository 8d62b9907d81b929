"""What the server writes to its log: one line per event, ids alone.

The message of an exception may quote what somebody entered or what stands in a chart, so an exception is told by its
type and the places in the code where it went by, never by its message or its values.
"""

from __future__ import annotations

import logging
import os
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

__all__ = ["PlainFormatter", "logging_settings"]


class PlainFormatter(logging.Formatter):
    """``2026-05-04T10:00:00.123Z ERROR django.request Internal Server Error: /charts/… incident=… ValueError at …``."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        parts = [at, record.levelname, record.name, " ".join(self._message(record).split())]
        incident = getattr(getattr(record, "request", None), "incident", "")
        if incident:
            parts.append(f"incident={incident}")
        if record.exc_info:
            parts.append(self.formatException(record.exc_info))
        return " ".join(part for part in parts if part)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """The type and where it went by: no message, no values."""
        kind, _, trace = ei
        return f"{kind.__name__ if kind else 'exception'} at {_places(trace)}"

    def _message(self, record: logging.LogRecord) -> str:
        """The message; one that was itself made of an exception becomes its type."""
        if isinstance(record.msg, BaseException):
            return type(record.msg).__name__
        arguments = record.args
        if isinstance(arguments, tuple):
            record.args = tuple(type(each).__name__ if isinstance(each, BaseException) else each for each in arguments)
        return record.getMessage()


def _places(trace: TracebackType | None) -> str:
    """The last places of a traceback, innermost last: ``web/urls.py:12``."""
    frames = traceback.extract_tb(trace)[-4:]
    places = [f"{os.sep.join(frame.filename.split(os.sep)[-2:])}:{frame.lineno}" for frame in frames]
    return " > ".join(places)


def logging_settings(level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING: everything to stderr in that shape."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"()": "nosology.web.ops.logs.PlainFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "nosology": {"level": level},
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "django.request": {"level": "ERROR"},  # 4xx stand in the access log
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
        },
    }
