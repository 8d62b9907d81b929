"""The logistic regression: the same as everybody's, drawn where it should be drawn, read back as it was written."""

from __future__ import annotations

import random

import pytest

from nosology.coding.logistic import Logistic, fit_logistic, log_odds, sigmoid

NAMES = ("up", "down", "noise")


def rows(count: int = 300, seed: int = 1) -> tuple[list[tuple[float, ...]], list[bool]]:
    generator = random.Random(seed)
    found, truth = [], []
    for _ in range(count):
        row = (generator.gauss(1, 2), generator.gauss(0, 1), float(generator.random() < 0.3))
        found.append(row)
        truth.append(generator.random() < sigmoid(0.8 * row[0] - 1.5 * row[1] - 0.4))
    return found, truth


def test_it_is_what_scikit_learn_fits() -> None:
    linear_model = pytest.importorskip("sklearn.linear_model")
    preprocessing = pytest.importorskip("sklearn.preprocessing")
    values, truth = rows()
    ours = fit_logistic(values, truth, NAMES, penalty=2.0)
    scaled = preprocessing.StandardScaler().fit_transform(values)
    theirs = linear_model.LogisticRegression(C=0.5, tol=1e-10, max_iter=1000).fit(scaled, truth)
    assert ours.coefficients == pytest.approx(theirs.coef_[0], abs=1e-4)
    assert ours.intercept == pytest.approx(theirs.intercept_[0], abs=1e-4)
    assert ours.probability(values[0]) == pytest.approx(theirs.predict_proba(scaled[:1])[0, 1], abs=1e-4)


def test_where_the_search_begins_does_not_change_the_result() -> None:
    values, truth = rows()
    fitted = fit_logistic(values, truth, NAMES, penalty=1.0)
    far = Logistic(NAMES, fitted.mean, fitted.scale, (3.0, 3.0, -3.0), -2.0, fitted.low, fitted.high)
    assert fit_logistic(values, truth, NAMES, penalty=1.0, start=far) == fitted


def test_a_rising_feature_never_lowers_a_probability() -> None:
    values, truth = rows()
    assert fit_logistic(values, truth, NAMES, penalty=1.0).coefficients[1] < 0
    held = fit_logistic(values, truth, NAMES, penalty=1.0, rising=frozenset({"down"}))
    assert held.coefficients[1] == 0.0
    assert held.coefficients[0] > 0


def test_what_is_set_aside_is_left_out_of_the_model() -> None:
    values, truth = rows(600)
    seen = [float(n % 2) for n in range(600)]
    kinder = [t or (s > 0 and n % 3 == 0) for n, (t, s) in enumerate(zip(truth, seen, strict=True))]
    plain = fit_logistic(values, kinder, NAMES, penalty=1.0)
    apart = fit_logistic(values, kinder, NAMES, penalty=1.0, aside=seen)
    mean = sum(map(apart.probability, values)) / 600
    unseen = sum(right for right, s in zip(kinder, seen, strict=True) if not s) / 300
    assert len(apart.coefficients) == 3
    assert mean == pytest.approx(unseen, abs=0.03)
    assert mean < sum(map(plain.probability, values)) / 600


def test_few_rows_stay_near_the_base() -> None:
    values, truth = rows(2000)
    base = fit_logistic(values, truth, NAMES, penalty=1.0)
    few, wrong = rows(5, seed=9)
    near = fit_logistic(few, [not t for t in wrong], NAMES, penalty=50.0, base=base)
    assert near.coefficients == pytest.approx(base.coefficients, abs=0.1)
    assert near.intercept == pytest.approx(base.intercept, abs=0.1)
    many = fit_logistic(values, [not t for t in truth], NAMES, penalty=1.0, base=base)
    assert many.coefficients[0] < 0


def test_values_beyond_the_training_are_held_at_its_edge() -> None:
    values, truth = rows()
    model = fit_logistic(values, truth, NAMES, penalty=1.0)
    assert model.hold((1e9, -1e9, 0.5)) == (max(r[0] for r in values).__round__(6), model.low[1], 0.5)


def test_it_is_read_back_as_written_and_nothing_else_is_taken() -> None:
    values, truth = rows()
    model = fit_logistic(values, truth, NAMES, penalty=1.0)
    raw = model.to_dict()
    assert Logistic.from_dict(raw, NAMES) == model
    for spoilt in (
        raw | {"features": ["up"]},
        raw | {"mean": [0.0]},
        raw | {"scale": [1.0, 0.0, 1.0]},
        raw | {"intercept": float("nan")},
        raw | {"intercept": "1"},
        {name: value for name, value in raw.items() if name != "low"},
    ):
        with pytest.raises((ValueError, KeyError, TypeError)):
            Logistic.from_dict(spoilt, NAMES)


def test_log_odds_and_back() -> None:
    assert sigmoid(log_odds(0.2)) == pytest.approx(0.2)
    assert 0.0 < sigmoid(-1e6) < sigmoid(1e6) < 1.0
    with pytest.raises(ValueError, match="no rows"):
        fit_logistic([], [], NAMES, penalty=1.0)
