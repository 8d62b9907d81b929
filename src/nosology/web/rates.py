"""How many requests somebody may send in a minute: from the environment."""

from __future__ import annotations

import os

from nosology.errors import UsageError

__all__ = ["read_rate"]


def read_rate(name: str, default: int) -> str:
    """The rate of an environment variable as ``600/m``; "" where it says 0, which is no limit.

    Raises:
        UsageError: it holds no whole number.
    """
    held = os.environ.get(name, "").strip()
    if held and not (held.isascii() and held.isdigit()):
        raise UsageError(f"{name} must be a whole number of requests in a minute (0: no limit)")
    count = int(held) if held else default
    return f"{count}/m" if count else ""
