"""Progress of long work, on stderr and only where somebody watches; nothing is imported before it is drawn."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["ProgressCallback", "draw_progress"]

ProgressCallback = Callable[[int, int, str], None]
"""``progress(done, total, what)``: what the layers below call while they work."""


@contextmanager
def draw_progress() -> Iterator[ProgressCallback]:
    """A callback that draws one bar per kind of work; silent when stderr is not a terminal. Wiped at the end."""
    bars: dict[str, TaskID] = {}
    screen: Progress | None = None

    def report(done: int, total: int, what: str) -> None:
        nonlocal screen
        if screen is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            screen = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            screen.start()
        if what not in bars:
            bars[what] = screen.add_task(what, total=total or None)
        screen.update(bars[what], completed=done, total=total or None)

    def keep_silent(done: int, total: int, what: str) -> None:
        return

    try:
        yield report if sys.stderr.isatty() else keep_silent
    finally:
        if screen is not None:
            screen.stop()
