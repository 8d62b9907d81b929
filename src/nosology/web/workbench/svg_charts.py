"""Charts drawn by the server as SVG shapes: where each bar stands; templates draw them, and show the same as a table.

Lengths are units of the drawing (``viewBox``); colours come from classes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Bar", "Chart", "Piece", "Tick", "column_chart", "nice_step", "share_bar"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with what it says."""

    x: float
    y: float
    width: float
    height: float
    label: str
    said: str
    middle: float
    show_label: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across, with its value."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A column chart, ready to be drawn."""

    title: str
    width: int
    height: int
    left: int
    bottom: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar of shares, in percent of its length; ``kind`` names its class."""

    kind: str
    start: float
    length: float
    said: str


def nice_step(highest: float, *, ticks: int = 4) -> float:
    """A step of 1, 2 or 5 times a power of ten, so that about so many lines reach the highest value."""
    if highest <= 0:
        return 1
    rough = highest / ticks
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * each for each in (1, 2, 5, 10) if power * each >= rough)


def column_chart(
    title: str, values: Sequence[tuple[str, float, str]], *, width: int = 640, height: int = 180, whole: bool = True
) -> Chart:
    """Columns from (label, value, what it says); ``whole``: values are counts, so the lines stand at whole numbers."""
    left, top, foot, right = 52, 8, 22, 6
    highest = max((value for _, value, _ in values), default=0)
    step = nice_step(highest)
    if whole:
        step = max(1.0, math.ceil(step))
    ceiling = max(step, math.ceil(highest / step) * step)
    bottom = height - foot
    scale = (bottom - top) / ceiling
    room = (width - left - right) / max(1, len(values))
    each_label = max(1, math.ceil(len(values) / 9))
    bars = []
    for n, (label, value, said) in enumerate(values):
        tall = value * scale
        x = left + n * room
        thick = max(1.0, min(room * 0.72, 64))
        bars.append(
            Bar(
                round(x + (room - thick) / 2, 2),
                round(bottom - tall, 2),
                round(thick, 2),
                round(tall, 2),
                label,
                said,
                round(x + room / 2, 2),
                n % each_label == 0,
            )
        )
    count = round(ceiling / step)
    ticks = tuple(Tick(round(bottom - n * step * scale, 2), _short(n * step)) for n in range(count + 1))
    return Chart(title, width, height, left, bottom, tuple(bars), ticks)


def share_bar(parts: Sequence[tuple[str, float | None, str]]) -> tuple[Piece, ...]:
    """Pieces one after the other from (kind, share from 0 to 1, what it says); nothing where a share is not known."""
    pieces, start = [], 0.0
    for kind, share, said in parts:
        if share is None:
            return ()
        length = round(share * 100, 3)
        if length:
            pieces.append(Piece(kind, round(start, 3), length, said))
        start += length
    return tuple(pieces)


def _short(value: float) -> str:
    if value >= 1_000_000:
        return f"{value / 1_000_000:g} M"
    return f"{value / 1000:g} k" if value >= 10_000 else f"{value:g}"
