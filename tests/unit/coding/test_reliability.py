"""Reliability figures against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from nosology.coding.reliability import bin_pairs, brier_score, log_loss, roc_area

PAIRS = [(0.95, True), (0.91, False), (0.15, False), (0.15, True), (1.0, True)]


def test_bins_and_calibration_error() -> None:
    bins, error = bin_pairs(PAIRS)
    assert [(b.low, b.count) for b in bins] == [(0.1, 2), (0.9, 3)]
    assert bins[1].accuracy == pytest.approx(2 / 3)
    assert error == pytest.approx((2 * abs(0.15 - 0.5) + 3 * abs(2.86 / 3 - 2 / 3)) / 5)


def test_scores() -> None:
    assert brier_score([(1.0, True), (0.5, False)]) == pytest.approx(0.125)
    assert log_loss([(0.5, True), (0.5, False)]) == pytest.approx(math.log(2))
    assert log_loss([(0.0, True)]) == pytest.approx(-math.log(1e-6))
    assert roc_area(PAIRS) == pytest.approx((2 + 2 + 0.5) / 6)


def test_nothing_to_measure() -> None:
    assert bin_pairs([]) == ((), None)
    assert brier_score([]) is None
    assert log_loss([]) is None
    assert roc_area([(0.3, True)]) is None
