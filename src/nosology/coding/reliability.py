"""How well probabilities keep what they promise: reliability bins, calibration error, Brier score, log loss, ranking.

Sources: DeGroot and Fienberg, The Statistician 32, 1983 (reliability); Brier, Monthly Weather Review 78, 1950; Naeini,
Cooper and Hauskrecht, AAAI 2015 (expected calibration error); Hanley and McNeil, Radiology 143, 1982 (ROC area).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Bin", "Pair", "bin_pairs", "brier_score", "log_loss", "roc_area"]

_BINS = 10

Pair = tuple[float, bool]
"""A probability, and whether the thing was so."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Codes whose score lies in [low, high): how many, their mean score, and the share of them that is right."""

    low: float
    high: float
    count: int
    mean_score: float
    accuracy: float


def bin_pairs(pairs: Sequence[Pair]) -> tuple[tuple[Bin, ...], float | None]:
    """Return the bins that hold a pair, and the expected calibration error; None without pairs."""
    inside: dict[int, list[Pair]] = {}
    for score, right in pairs:
        inside.setdefault(min(int(score * _BINS), _BINS - 1), []).append((score, right))
    bins = []
    error = 0.0
    for number, held in sorted(inside.items()):
        mean = sum(score for score, _ in held) / len(held)
        accuracy = sum(right for _, right in held) / len(held)
        bins.append(Bin(number / _BINS, (number + 1) / _BINS, len(held), mean, accuracy))
        error += len(held) * abs(mean - accuracy)
    return tuple(bins), error / len(pairs) if pairs else None


def brier_score(pairs: Sequence[Pair]) -> float | None:
    """Return the mean square of probability minus outcome; 0 is best."""
    return sum((score - right) ** 2 for score, right in pairs) / len(pairs) if pairs else None


def log_loss(pairs: Sequence[Pair]) -> float | None:
    """Return the mean negative log likelihood, in nats; probabilities are held off 0 and 1 by a millionth."""
    if not pairs:
        return None
    held = [(min(1 - 1e-6, max(1e-6, score)), right) for score, right in pairs]
    return -sum(math.log(p if right else 1 - p) for p, right in held) / len(held)


def roc_area(pairs: Sequence[Pair]) -> float | None:
    """Return the probability that a right one is scored above a false one (ties count half); None without both."""
    ordered = sorted(pairs)
    right = sum(r for _, r in ordered)
    false = len(ordered) - right
    if not right or not false:
        return None
    total = 0.0
    i = 0
    while i < len(ordered):
        j = i
        while j < len(ordered) and ordered[j][0] == ordered[i][0]:
            j += 1
        total += (i + j + 1) / 2 * sum(r for _, r in ordered[i:j])
        i = j
    return (total - right * (right + 1) / 2) / (right * false)
