"""How sure the figures are: bootstrap over notes, seeded, with nothing but the standard library.

A note is reduced to a tally, a row of numbers that add up; a resample draws as many notes as there are, with
replacement, and adds up their rows. Notes are drawn, not codes, because the codes of one note hang together.
Source: Efron & Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 16.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nosology.coding.evaluate import NoteScore

__all__ = [
    "FIGURES",
    "LEVEL",
    "TALLY_WIDTH",
    "Difference",
    "Interval",
    "Tally",
    "compare_tallies",
    "figures_of",
    "resample_tallies",
    "tally_note",
]

LEVEL = 0.95
"""The confidence level of every interval."""

Tally = tuple[float, ...]
"""One note as numbers that add up over notes; :func:`tally_note` says which."""

TALLY_WIDTH = 19

# Figure → (the columns whose sum is divided, the columns by whose sum it is divided); weights stand before the columns.
_RATIOS: dict[str, tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]] = {
    "exact_precision": (((1, 0),), ((1, 0), (1, 1))),
    "exact_recall": (((1, 0),), ((1, 0), (1, 2))),
    "exact_f1": (((2, 0),), ((2, 0), (1, 1), (1, 2))),
    "category_precision": (((1, 3),), ((1, 3), (1, 4))),
    "category_recall": (((1, 3),), ((1, 3), (1, 5))),
    "category_f1": (((2, 3),), ((2, 3), (1, 4), (1, 5))),
    "macro_f1": (((1, 6),), ((1, 7),)),
    "first_listed": (((1, 8),), ((1, 9),)),
    "principal": (((1, 10),), ((1, 11),)),
    "poa": (((1, 12),), ((1, 13),)),
    "evidence_f1": (((1, 14),), ((1, 15),)),
    "evidence_span": (((1, 16),), ((1, 15),)),
    "brier": (((1, 17),), ((1, 18),)),
}

FIGURES = tuple(_RATIOS)
"""The names of the figures that get an interval."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of the resampled values (percentile interval)."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure before and after on the same notes, the change with its interval, and the two-sided p of no change."""

    before: float
    after: float
    change: float
    low: float
    high: float
    p: float


def tally_note(score: NoteScore) -> Tally:
    """The note as ``TALLY_WIDTH`` numbers.

    Exact true, false, missed; category true, false, missed; F1 and 1; first-listed right and asked; principal right and
    asked; POA right and asked; sum of the evidence F1, number of quotes, same spans; sum of the squared errors of the
    scores, number of scores.
    """
    exact, category = score.exact, score.category
    note_f1 = 1.0 if exact.f1 is None else exact.f1
    asked = score.first_listed is not None
    inpatient = asked and score.setting == "inpatient"
    return (
        *(exact.true, exact.false, exact.missed),
        *(category.true, category.false, category.missed),
        *(note_f1, 1),
        *(int(bool(score.first_listed)), int(asked)),
        *(int(inpatient and bool(score.first_listed)), int(inpatient)),
        *(sum(gold == guess for gold, guess in score.poa), len(score.poa)),
        *(sum(o.f1 for o in score.evidence), len(score.evidence), sum(o.same_span for o in score.evidence)),
        *(sum((value - right) ** 2 for value, right in score.calibration), len(score.calibration)),
    )


def figures_of(tallies: Sequence[Tally]) -> dict[str, float | None]:
    """Every figure of :data:`FIGURES` over the notes; None where there is nothing to divide by."""
    return _figures([sum(column) for column in zip(*tallies, strict=True)])


def resample_tallies(tallies: Sequence[Tally], *, resamples: int = 1000, seed: int = 0) -> dict[str, Interval]:
    """An interval for each figure that can be had in at least one resample; the same seed gives the same intervals."""
    values: dict[str, list[float]] = {}
    for sums in _draw(tallies, resamples, seed):
        for name, value in _figures(sums).items():
            if value is not None:
                values.setdefault(name, []).append(value)
    return {name: Interval(*_middle(found)) for name, found in values.items()}


def compare_tallies(
    before: Sequence[Tally], after: Sequence[Tally], *, resamples: int = 1000, seed: int = 0
) -> dict[str, Difference]:
    """The change of each figure from one run to another on the same notes, in the same order: paired bootstrap.

    p is twice the smaller share of resamples on one side of no change (ties count for both), never above 1 and never
    below 2 / (resamples + 1).
    """
    old, new = figures_of(before), figures_of(after)
    changes: dict[str, list[float]] = {}
    paired = [(*one, *two) for one, two in zip(before, after, strict=True)]
    for sums in _draw(paired, resamples, seed):
        first, second = _figures(sums[:TALLY_WIDTH]), _figures(sums[TALLY_WIDTH:])
        for name in FIGURES:
            one, two = first[name], second[name]
            if one is not None and two is not None:
                changes.setdefault(name, []).append(two - one)
    found = {}
    for name, values in changes.items():
        one, two = old[name], new[name]
        if one is None or two is None:
            continue
        least = min(sum(v <= _TINY for v in values), sum(v >= -_TINY for v in values))
        p = min(1.0, 2 * (least + 1) / (len(values) + 1))
        found[name] = Difference(one, two, two - one, *_middle(values), p)
    return found


_TINY = 1e-12


def _draw(rows: Sequence[Tally], resamples: int, seed: int) -> Iterator[list[float]]:
    """The sums of each resample."""
    if not rows:
        return
    generator = random.Random(seed)
    for _ in range(resamples):
        yield [sum(column) for column in zip(*generator.choices(rows, k=len(rows)), strict=True)]


def _figures(sums: Sequence[float]) -> dict[str, float | None]:
    if not sums:
        return dict.fromkeys(FIGURES)
    found: dict[str, float | None] = {}
    for name, (above, below) in _RATIOS.items():
        whole = sum(weight * sums[column] for weight, column in below)
        found[name] = sum(weight * sums[column] for weight, column in above) / whole if whole else None
    return found


def _middle(values: list[float]) -> tuple[float, float]:
    """The percentiles that enclose ``LEVEL`` of the values."""
    ordered = sorted(values)
    last = len(ordered) - 1
    tail = (1 - LEVEL) / 2
    return ordered[round(tail * last)], ordered[round((1 - tail) * last)]
