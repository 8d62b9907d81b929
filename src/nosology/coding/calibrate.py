"""Fits the calibration of scope "reportable" to judged charts: gold files, and charts on which coders have decided.

Every figure that it reports comes from charts held out in turn, whole charts at a time. With the same charts, date and
seed the result is the same byte for byte.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from nosology.coding.calibrate_figures import choose_threshold, describe_chances, describe_dropping, describe_gate
from nosology.coding.calibration import Calibration, Change, Record, chart_probability
from nosology.coding.evaluate_gate import GateOutcome
from nosology.coding.features import CHART_FEATURES, CODE_FEATURES, RISING, sum_up_chances
from nosology.coding.judged import JudgedChart
from nosology.coding.logistic import Logistic, fit_logistic, log_odds, sigmoid
from nosology.errors import UsageError

__all__ = ["FOLDS", "fit_calibration", "learn_record"]

FOLDS = 10
_LEAST_CHARTS, _LEAST_CODES = 20, 100
_PENALTY = 10.0  # of a coefficient; chosen once, by cross-validation on the gold charts of the repository
_DRAW = 1.0  # how strongly what is learnt of one code is drawn to nothing
_INNER = 5


def fit_calibration(
    charts: Sequence[JudgedChart],
    provenance: Mapping[str, Any],
    *,
    seed: int = 0,
    base: Calibration | None = None,
    suggest_at: float = 0.0,
    autonomous_at: float | None = None,
) -> Calibration:
    """Return the calibration of ``charts``, with the figures of its cross-validation.

    With ``base`` the coefficients are drawn to those of that calibration rather than to nothing. Raises UsageError
    where the charts are too few.
    """
    judged = [chart for chart in charts if chart.known()]
    labels = [right for chart in judged for _, right in chart.known()]
    if len(judged) < _LEAST_CHARTS or len(labels) < _LEAST_CODES or len(set(labels)) < 2:
        raise UsageError(
            f"{len(judged)} judged charts with {len(labels)} judged codes are too few to calibrate on; give at least "
            f"{_LEAST_CHARTS} and {_LEAST_CODES}, right and wrong ones"
        )
    folds = _folds(charts, seed, FOLDS)
    base_codes, base_charts = (base.codes, base.charts) if base is not None else (None, None)
    codes = _fit_codes(charts, base_codes)
    held_out = _chances_held_out(charts, folds, base_codes, codes)
    whole = _fit_charts(charts, held_out, suggest_at, base_charts)
    gate = _gate_held_out(charts, held_out, folds, suggest_at, base_charts)
    figures = {
        "folds": FOLDS,
        "unseen": describe_chances(_pairs(charts, held_out, developed=False), seed),
        "developed on": describe_chances(_pairs(charts, held_out, developed=True), seed),
        "gate": describe_gate([o for o, chart in gate if not chart.developed], seed),
        "dropping": describe_dropping(_dropped(charts, held_out, folds, seed, base_codes, codes), seed),
    }
    return Calibration(
        codes=codes,
        charts=whole,
        records=_learn_records(charts, held_out),
        changes=_count_changes(charts),
        suggest_at=suggest_at,
        autonomous_at=autonomous_at,
        figures=figures,
        provenance=dict(provenance)
        | {"seed": seed, "charts": len({chart.reading.id for chart in judged}), "codes": len(labels)},
    )


def learn_record(chances: Sequence[float], right: Sequence[bool]) -> Record:
    """Return what coders' decisions on one code add to its log odds.

    ``chances`` are the probabilities of the code without them, aligned with what was ``right``. One more acceptance
    never lowers the effect, one more rejection never raises it. The effect is the mode under a normal prior.
    """
    known = [log_odds(chance) for chance in chances]
    low, high = -20.0, 20.0
    for _ in range(60):  # the slope falls all the way, so halving finds its zero
        middle = (low + high) / 2
        slope = sum(r - sigmoid(k + middle) for k, r in zip(known, right, strict=True)) - _DRAW * middle
        low, high = (middle, high) if slope > 0 else (low, middle)
    return Record(sum(right), len(right), round((low + high) / 2, 6))


def _folds(charts: Sequence[JudgedChart], seed: int, count: int) -> list[int]:
    """Return the fold of each chart; it hangs on the ids and the seed alone, and one id is in one fold."""

    def draw(name: str) -> str:
        return hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest()

    names = sorted({chart.reading.id for chart in charts}, key=lambda name: (draw(name), name))
    folds = {name: n % count for n, name in enumerate(names)}
    return [folds[chart.reading.id] for chart in charts]


def _fit_codes(charts: Sequence[JudgedChart], base: Logistic | None, start: Logistic | None = None) -> Logistic:
    known = [(chart, n, right) for chart in charts for n, right in chart.known()]
    return fit_logistic(
        [chart.reading.rows[n] for chart, n, _ in known],
        [right for _, _, right in known],
        CODE_FEATURES,
        penalty=_PENALTY,
        aside=[float(chart.developed) for chart, _, _ in known],
        rising=RISING,
        base=base,
        start=start,
    )


def _chances_held_out(
    charts: Sequence[JudgedChart], folds: Sequence[int], base: Logistic | None, start: Logistic
) -> list[tuple[float, ...]]:
    """Return the probability of every suggested code, from charts of the other folds, decisions of coders included."""
    found: list[tuple[float, ...]] = [()] * len(charts)
    for fold in sorted(set(folds)):
        rest = [chart for chart, f in zip(charts, folds, strict=True) if f != fold]
        model = _fit_codes(rest, base, start)
        records = _learn_records(rest, [tuple(map(model.probability, chart.reading.rows)) for chart in rest])
        for place, chart in enumerate(charts):
            if folds[place] == fold:
                found[place] = tuple(
                    _with_record(model.probability(row), records.get(code))
                    for code, row in zip(chart.reading.codes, chart.reading.rows, strict=True)
                )
    return found


def _with_record(chance: float, record: Record | None) -> float:
    return chance if record is None else sigmoid(log_odds(chance) + record.effect)


def _learn_records(charts: Sequence[JudgedChart], chances: Sequence[Sequence[float]]) -> dict[str, Record]:
    """Return what coders of the site decided on each code; charts of a gold file teach nothing of single codes."""
    seen: dict[str, list[tuple[float, bool]]] = {}
    for chart, each in zip(charts, chances, strict=True):
        if chart.decided:
            for n, right in chart.known():
                seen.setdefault(chart.reading.codes[n], []).append((each[n], right))
    return {code: learn_record([c for c, _ in each], [r for _, r in each]) for code, each in sorted(seen.items())}


def _count_changes(charts: Sequence[JudgedChart]) -> dict[str, dict[str, Change]]:
    """Return how often coders put which of the offered codes in the place of a suggested one."""
    offered: Counter[tuple[str, str]] = Counter()
    times: Counter[tuple[str, str]] = Counter()
    for chart in charts:
        if not chart.decided:
            continue
        for code, others in zip(chart.reading.codes, chart.reading.offered, strict=True):
            if code in chart.truth:
                offered.update((code, other) for other in others)
                times.update((code, other) for other in others if chart.changed.get(code) == other)
    found: dict[str, dict[str, Change]] = {}
    for (code, other), count in times.items():
        found.setdefault(code, {})[other] = Change(count, offered[code, other])
    return found


def _fit_charts(
    charts: Sequence[JudgedChart], chances: Sequence[Sequence[float]], suggest_at: float, base: Logistic | None
) -> Logistic:
    known = [
        (chart, each, right)
        for chart, each in zip(charts, chances, strict=True)
        if (right := chart.entirely_right(each, suggest_at)) is not None
    ]
    if len({right for _, _, right in known}) < 2:
        if base is not None:
            return base
        raise UsageError(
            "the gate needs finished charts, some entirely right and some not; give a gold file, or decisions with "
            "final codes"
        )
    return fit_logistic(
        [(*sum_up_chances(_kept(chart, each, suggest_at)), *chart.reading.chart_row) for chart, each, _ in known],
        [right for _, _, right in known],
        CHART_FEATURES,
        penalty=_PENALTY,
        aside=[float(chart.developed) for chart, _, _ in known],
        rising=RISING,
        base=base,
    )


def _kept(chart: JudgedChart, chances: Sequence[float], suggest_at: float) -> list[float]:
    return [c for c, kept in zip(chances, chart.reading.kept(chances, suggest_at), strict=True) if kept]


def _gate_held_out(
    charts: Sequence[JudgedChart],
    chances: Sequence[Sequence[float]],
    folds: Sequence[int],
    suggest_at: float,
    base: Logistic | None,
) -> list[tuple[GateOutcome, JudgedChart]]:
    found = []
    for fold in sorted(set(folds)):
        rest = [n for n, f in enumerate(folds) if f != fold]
        model = _fit_charts([charts[n] for n in rest], [chances[n] for n in rest], suggest_at, base)
        for n, f in enumerate(folds):
            right = charts[n].entirely_right(chances[n], suggest_at)
            if f == fold and right is not None:
                chance = chart_probability(model, _kept(charts[n], chances[n], suggest_at), charts[n].reading.chart_row)
                found.append((GateOutcome(chance, not charts[n].reading.codes, right), charts[n]))
    return found


def _pairs(
    charts: Sequence[JudgedChart], chances: Sequence[Sequence[float]], *, developed: bool
) -> list[list[tuple[float, float, bool]]]:
    """Return by chart (probability held out, score without a calibration, right) of every judged code."""
    return [
        [(each[n], chart.reading.plain[n], right) for n, right in chart.known()]
        for chart, each in zip(charts, chances, strict=True)
        if chart.developed == developed and chart.known()
    ]


def _dropped(
    charts: Sequence[JudgedChart],
    chances: Sequence[Sequence[float]],
    folds: Sequence[int],
    seed: int,
    base: Logistic | None,
    start: Logistic,
) -> list[tuple[float, JudgedChart, Sequence[float]]]:
    """Return each chart with its probabilities and the threshold that charts of the other folds would choose."""
    found = []
    for fold in sorted(set(folds)):
        rest = [chart for chart, f in zip(charts, folds, strict=True) if f != fold]
        best = choose_threshold(rest, _chances_held_out(rest, _folds(rest, seed, _INNER), base, start))
        found += [(best, charts[n], chances[n]) for n, f in enumerate(folds) if f == fold]
    return found
