"""A small logistic regression that a person can read, fitted by Newton's method with the standard library alone.

The same rows give the same numbers on every machine (they are rounded to six decimals), so a model can be made again
byte for byte. Source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd edition, 4.4.1 and
3.4.1 (ridge).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul, sub
from typing import Any

__all__ = ["Logistic", "fit_logistic", "log_odds", "sigmoid"]

_ROUNDS = 40
_CLOSE = 1e-5  # a last step of this size leaves an error far below the decimals that are kept
_FARTHEST = 30.0
_DECIMALS = 6

_Row = Sequence[float]


def sigmoid(total: float) -> float:
    """Return the probability of the log odds ``total``, never quite 0 or 1."""
    return 1.0 / (1.0 + math.exp(-max(-_FARTHEST, min(_FARTHEST, total))))


def log_odds(probability: float) -> float:
    """Return the log odds of ``probability``, held between one and 999,999 in a million."""
    held = min(1.0 - 1e-6, max(1e-6, probability))
    return math.log(held / (1.0 - held))


@dataclass(frozen=True, slots=True)
class Logistic:
    """Names, means and scales of the features, their coefficients (log odds per scale) and the intercept.

    ``low`` and ``high`` are the least and the greatest value of each feature in the training.
    """

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float
    low: tuple[float, ...]
    high: tuple[float, ...]

    @property
    def weights(self) -> tuple[float, ...]:
        """Log odds per unit of each feature."""
        return tuple(c / s for c, s in zip(self.coefficients, self.scale, strict=True))

    def probability(self, row: _Row) -> float:
        """Return the probability for one row, its values in the order of ``features``."""
        return sigmoid(self.intercept + sum(map(mul, self.weights, map(sub, row, self.mean))))

    def hold(self, row: _Row) -> tuple[float, ...]:
        """Return ``row`` with each value held within what the training has seen."""
        return tuple(map(min, self.high, map(max, self.low, row)))

    def to_dict(self) -> dict[str, Any]:
        """Return the model as JSON values; :meth:`from_dict` reads it back."""
        return {
            "features": list(self.features),
            "mean": list(self.mean),
            "scale": list(self.scale),
            "coefficients": list(self.coefficients),
            "intercept": self.intercept,
            "low": list(self.low),
            "high": list(self.high),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], features: tuple[str, ...]) -> Logistic:
        """Return the model that :meth:`to_dict` wrote. Raises ValueError, KeyError or TypeError for any other thing."""
        if tuple(raw["features"]) != features:
            raise ValueError("other features")
        columns = {name: tuple(map(_number, raw[name])) for name in ("mean", "scale", "coefficients", "low", "high")}
        if any(len(column) != len(features) for column in columns.values()) or min(columns["scale"]) <= 0:
            raise ValueError("columns that do not fit the features")
        return cls(features, intercept=_number(raw["intercept"]), **columns)


def fit_logistic(
    rows: Sequence[_Row],
    truth: Sequence[bool],
    features: tuple[str, ...],
    *,
    penalty: float,
    aside: Sequence[float] | None = None,
    rising: frozenset[str] = frozenset(),
    base: Logistic | None = None,
    start: Logistic | None = None,
) -> Logistic:
    """Return the ridge regression of ``truth`` on ``rows``.

    ``penalty`` is that of a coefficient of one scale, drawn to 0, or to that of ``base`` with the intercept as well.
    ``aside`` is one more column that is fitted without a penalty and left out of the model: what is known of the rows
    of the training and of no other. The coefficients of the features ``rising`` are never below 0. ``start`` is a
    model to begin the search at; it saves time and does not change the result.
    """
    if not rows:
        raise ValueError("no rows to fit")
    columns = list(zip(*rows, strict=True))
    if base is not None:
        mean, scale = base.mean, base.scale
    else:
        mean = tuple(round(sum(c) / len(c), _DECIMALS) for c in columns)
        spread = (math.sqrt(sum((v - m) ** 2 for v in c) / len(c)) for c, m in zip(columns, mean, strict=True))
        scale = tuple(round(s, _DECIMALS) or 1.0 for s in spread)
    ready = [[(v - m) / s for v in c] for c, m, s in zip(columns, mean, scale, strict=True)]
    ready.append([1.0] * len(rows))
    centre = [*base.coefficients, base.intercept] if base is not None else [0.0] * len(ready)
    costs = [penalty] * len(features) + [penalty if base is not None else 0.0]
    if aside is not None and any(aside):
        ready.append(list(aside))
        centre.append(0.0)
        costs.append(1e-3)
    wanted = [float(t) for t in truth]
    flat = {i for i, column in enumerate(columns) if min(column) == max(column)}  # what never varies tells nothing
    used = [i for i in range(len(ready)) if i not in flat or centre[i]]
    begin = [*start.coefficients, start.intercept, 0.0] if start is not None else centre
    found = dict(enumerate(begin[: len(ready)]))
    while True:
        found = dict(zip(used, _newton(ready, wanted, centre, costs, used, [found[i] for i in used]), strict=True))
        falling = [i for i in used if i < len(features) and features[i] in rising and found[i] < 0]
        if not falling:
            break
        used = [i for i in used if i not in falling]
    coefficients = tuple(round(found.get(i, 0.0), _DECIMALS) for i in range(len(features)))
    intercept = round(found[len(features)], _DECIMALS)
    low, high = (tuple(round(edge(c), _DECIMALS) for c in columns) for edge in (min, max))
    return Logistic(features, mean, scale, coefficients, intercept, low, high)


def _newton(
    columns: Sequence[Sequence[float]],
    truth: Sequence[float],
    centre: Sequence[float],
    costs: Sequence[float],
    used: Sequence[int],
    begin: Sequence[float],
) -> list[float]:
    """Return the coefficients of the columns ``used`` at which the penalised likelihood is greatest."""
    chosen = [columns[i] for i in used]
    goal, cost = [centre[i] for i in used], [costs[i] for i in used]
    found = list(begin)
    size = len(used)
    chances = _chances(chosen, found)
    value = _loss(truth, chances, goal, cost, found)
    for _ in range(_ROUNDS):
        rest = list(map(sub, truth, chances))
        slope = [sum(map(mul, rest, chosen[i])) - cost[i] * (found[i] - goal[i]) for i in range(size)]
        weights = [p * (1.0 - p) for p in chances]
        bend = [[0.0] * size for _ in range(size)]
        for i in range(size):
            weighed = list(map(mul, weights, chosen[i]))
            for j in range(i + 1):
                bend[i][j] = bend[j][i] = sum(map(mul, weighed, chosen[j]))
            bend[i][i] += cost[i] + 1e-9
        step = _solve(bend, slope)
        length = 1.0
        while length > 1e-4:
            moved = [f + length * s for f, s in zip(found, step, strict=True)]
            chances = _chances(chosen, moved)
            new = _loss(truth, chances, goal, cost, moved)
            if new <= value:
                break
            length /= 2
        else:
            return found
        found, value = moved, new
        if max(map(abs, step)) < _CLOSE:
            break
    return found


def _chances(columns: Sequence[Sequence[float]], found: Sequence[float]) -> list[float]:
    totals = [0.0] * len(columns[0])
    for column, weight in zip(columns, found, strict=True):
        if weight:
            totals = [t + weight * v for t, v in zip(totals, column, strict=True)]
    return [sigmoid(t) for t in totals]


def _loss(
    truth: Sequence[float],
    chances: Sequence[float],
    goal: Sequence[float],
    cost: Sequence[float],
    found: Sequence[float],
) -> float:
    likelihood = sum(math.log(p if t else 1.0 - p) for t, p in zip(truth, chances, strict=True))
    return sum(c * (f - g) ** 2 for c, f, g in zip(cost, found, goal, strict=True)) / 2 - likelihood


def _solve(matrix: list[list[float]], right: Sequence[float]) -> list[float]:
    """Return x of ``matrix`` x = ``right`` for a symmetric, positive definite matrix (Cholesky)."""
    size = len(right)
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(map(mul, lower[i][:j], lower[j][:j]))
            lower[i][j] = math.sqrt(max(rest, 1e-12)) if i == j else rest / lower[j][j]
    middle: list[float] = []
    for i in range(size):
        middle.append((right[i] - sum(map(mul, lower[i][:i], middle))) / lower[i][i])
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (middle[i] - sum(lower[j][i] * found[j] for j in range(i + 1, size))) / lower[i][i]
    return found


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number")
    return float(value)
