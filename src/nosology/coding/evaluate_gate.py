"""How good the gate is: at each threshold, how many charts pass, and how many of those are entirely right.

A chart is entirely right if no code is false and none is missing. Shares are fractions in [0, 1] with percentile
bootstrap intervals over charts, seeded (see ``coding.evaluate_resample``).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from nosology.coding.evaluate_resample import LEVEL, Interval
from nosology.coding.reliability import Bin, bin_pairs, brier_score, roc_area

__all__ = ["THRESHOLDS", "GateFigures", "GateOutcome", "GateRow", "draw_interval", "measure_gate"]

THRESHOLDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class GateOutcome:
    """One chart: the probability that all its codes are right, whether something stops it, whether they were right."""

    probability: float
    stopped: bool
    right: bool


@dataclass(frozen=True, slots=True)
class GateRow:
    """What a threshold does: charts passed, those of them entirely right, and both as shares with their intervals."""

    threshold: float
    passed: int
    right: int
    share: float
    share_interval: Interval | None
    accuracy: float | None
    accuracy_interval: Interval | None


@dataclass(frozen=True, slots=True)
class GateFigures:
    """All charts together; ``brier``, ``area`` and ``bins`` are of the probability, whatever stops a chart."""

    charts: int
    right: int
    stopped: int
    brier: float | None
    area: float | None
    ece: float | None
    bins: tuple[Bin, ...]
    rows: tuple[GateRow, ...]


def measure_gate(outcomes: Sequence[GateOutcome], *, resamples: int = 1000, seed: int = 0) -> GateFigures:
    """Return the figures of the gate; without resamples the intervals are None."""
    pairs = [(o.probability, o.right) for o in outcomes]
    bins, ece = bin_pairs(pairs)
    generator = random.Random(seed)
    draws = [generator.choices(outcomes, k=len(outcomes)) for _ in range(resamples if outcomes else 0)]
    return GateFigures(
        charts=len(outcomes),
        right=sum(o.right for o in outcomes),
        stopped=sum(o.stopped for o in outcomes),
        brier=brier_score(pairs),
        area=roc_area(pairs),
        ece=ece,
        bins=bins,
        rows=tuple(_row(outcomes, draws, threshold) for threshold in THRESHOLDS),
    )


def draw_interval(values: Sequence[float]) -> Interval | None:
    """Return the range that holds the middle ``LEVEL`` of the values; None without any."""
    if not values:
        return None
    ordered = sorted(values)
    last, tail = len(ordered) - 1, (1 - LEVEL) / 2
    return Interval(ordered[round(tail * last)], ordered[round((1 - tail) * last)])


def _row(outcomes: Sequence[GateOutcome], draws: Sequence[Sequence[GateOutcome]], threshold: float) -> GateRow:
    passed, right = _count(outcomes, threshold)
    drawn = [_count(draw, threshold) for draw in draws]
    return GateRow(
        threshold=threshold,
        passed=passed,
        right=right,
        share=passed / len(outcomes) if outcomes else 0.0,
        share_interval=draw_interval([p / len(outcomes) for p, _ in drawn]),
        accuracy=right / passed if passed else None,
        accuracy_interval=draw_interval([r / p for p, r in drawn if p]) if passed else None,
    )


def _count(outcomes: Sequence[GateOutcome], threshold: float) -> tuple[int, int]:
    passed = [o.right for o in outcomes if o.probability >= threshold and not o.stopped]
    return len(passed), sum(passed)
