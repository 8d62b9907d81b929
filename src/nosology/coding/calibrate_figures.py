"""The figures of a calibration, from charts held out in turn: its probabilities, the gate, dropping unlikely codes.

They are JSON values, rounded to four decimals; a figure with an interval is [figure, low, high] (percentile
bootstrap over charts, seeded).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from nosology.coding.evaluate_gate import GateOutcome, draw_interval, measure_gate
from nosology.coding.evaluate_resample import Interval
from nosology.coding.judged import JudgedChart
from nosology.coding.reliability import Pair, bin_pairs, brier_score, log_loss, roc_area

__all__ = ["choose_threshold", "describe_chances", "describe_dropping", "describe_gate"]

_T = TypeVar("_T")
_RESAMPLES = 1000
_GRID = tuple(round(0.05 * step, 2) for step in range(13))

_Judged = tuple[float, float, bool]
"""A code: its probability held out, its score without a calibration, whether it is right."""


def describe_chances(charts: Sequence[Sequence[_Judged]], seed: int) -> dict[str, Any] | None:
    """Return the figures of the probabilities of codes, by chart; None without charts."""
    if not charts:
        return None
    pairs = [(chance, right) for chart in charts for chance, _, right in chart]
    plain = [(score, right) for chart in charts for _, score, right in chart]
    draws = _draw(charts, seed)
    resampled = [[(chance, right) for chart in draw for chance, _, right in chart] for draw in draws]
    bins, _ = bin_pairs(pairs)
    return {
        "charts": len(charts),
        "codes": len(pairs),
        "right": sum(right for _, right in pairs),
        "mean probability": _round(sum(chance for chance, _ in pairs) / len(pairs)),
        "brier": _with_interval(brier_score, pairs, resampled),
        "ece": _with_interval(lambda each: bin_pairs(each)[1], pairs, resampled),
        "log loss": _round(log_loss(pairs)),
        "roc area": _round(roc_area(pairs)),
        "without calibration": {
            "brier": _round(brier_score(plain)),
            "ece": _round(bin_pairs(plain)[1]),
            "roc area": _round(roc_area(plain)),
        },
        "bins": [[b.low, b.high, b.count, _round(b.mean_score), _round(b.accuracy)] for b in bins],
    }


def describe_gate(outcomes: Sequence[GateOutcome], seed: int) -> dict[str, Any] | None:
    """Return the figures of the gate; None without charts."""
    if not outcomes:
        return None
    found = measure_gate(outcomes, resamples=_RESAMPLES, seed=seed)
    return {
        "charts": found.charts,
        "entirely right": found.right,
        "brier": _round(found.brier),
        "ece": _round(found.ece),
        "roc area": _round(found.area),
        "bins": [[b.low, b.high, b.count, _round(b.mean_score), _round(b.accuracy)] for b in found.bins],
        "thresholds": [
            {
                "at": row.threshold,
                "passed": [row.passed, *_three(row.share, row.share_interval)],
                "right": [row.right, *_three(row.accuracy, row.accuracy_interval)],
            }
            for row in found.rows
        ],
    }


def choose_threshold(charts: Sequence[JudgedChart], chances: Sequence[Sequence[float]]) -> float:
    """Return the probability below which codes are best dropped for micro-F1; the lowest of equals."""
    return max(_GRID, key=lambda at: (_f1([_count(c, e, at) for c, e in zip(charts, chances, strict=True)]), -at))


def describe_dropping(charts: Sequence[tuple[float, JudgedChart, Sequence[float]]], seed: int) -> dict[str, Any] | None:
    """Return what dropping unlikely codes does to micro-F1; each chart comes with the threshold that others chose."""
    groups = {
        "unseen": [each for each in charts if not each[1].developed and each[1].missed is not None],
        "developed on": [each for each in charts if each[1].developed and each[1].missed is not None],
        "all": [each for each in charts if each[1].missed is not None],
    }
    return {
        "thresholds": sorted({at for at, _, _ in charts}),
        **{name: _describe_drop(group, seed) for name, group in groups.items() if group},
    }


def _describe_drop(charts: Sequence[tuple[float, JudgedChart, Sequence[float]]], seed: int) -> dict[str, Any]:
    counts = [(_count(chart, each, 0.0), _count(chart, each, at)) for at, chart, each in charts]

    def gain(some: Sequence[tuple[tuple[int, int, int], tuple[int, int, int]]]) -> float:
        return _f1([after for _, after in some]) - _f1([before for before, _ in some])

    interval = draw_interval([gain(draw) for draw in _draw(counts, seed)])
    fixed = {
        f"{at:.2f}": _round(_f1([_count(chart, each, at) for _, chart, each in charts])) for at in _GRID if at <= 0.5
    }
    return {
        "charts": len(charts),
        "f1": _round(_f1([before for before, _ in counts])),
        "gain": _three(gain(counts), interval),
        "f1 at": fixed,
    }


def _count(chart: JudgedChart, chances: Sequence[float], at: float) -> tuple[int, int, int]:
    """Return (true, false, missed) once unlikely codes are out."""
    true = false = 0
    missed = chart.missed or 0
    kept = chart.reading.kept(chances, at)
    for n, right in chart.known():
        true += kept[n] and right
        false += kept[n] and not right
        missed += right and not kept[n]
    return true, false, missed


def _f1(counts: Sequence[tuple[int, int, int]]) -> float:
    true, false, missed = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return 2 * true / (2 * true + false + missed) if true else 0.0


def _draw(items: Sequence[_T], seed: int) -> list[list[_T]]:
    generator = random.Random(seed)
    return [generator.choices(items, k=len(items)) for _ in range(_RESAMPLES)]


def _with_interval(
    figure: Callable[[Sequence[Pair]], float | None], pairs: Sequence[Pair], resampled: Sequence[Sequence[Pair]]
) -> list[float | None]:
    values = [value for some in resampled if (value := figure(some)) is not None]
    return _three(figure(pairs), draw_interval(values))


def _three(value: float | None, interval: Interval | None) -> list[float | None]:
    return [_round(value), *((None, None) if interval is None else (_round(interval.low), _round(interval.high)))]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
