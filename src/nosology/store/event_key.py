"""Which event of the audit log a row comes from: while an action runs, the rows that it inserts carry its event's key.

An event cannot be taken out of the log, or the log's tail be cut off, without leaving rows behind that name it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["current_event_key", "event_under_way"]

_current: ContextVar[str] = ContextVar("event_key", default="")


def current_event_key() -> str:
    """The key of the event under way; "" outside of actions."""
    return _current.get()


@contextmanager
def event_under_way(key: str) -> Iterator[None]:
    """Rows that are made within belong to this event."""
    before = _current.set(key)
    try:
        yield
    finally:
        _current.reset(before)
