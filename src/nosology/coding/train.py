"""Trains the ranker of the exhaustive view from charts with gold codes. Needs scikit-learn (``pip install
nosology[train]``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from nosology.coding.ranker import ExhaustiveModel, Learnt, code_features
from nosology.errors import UsageError

__all__ = ["Example", "train_exhaustive"]

_FOLDS = 5
_LEAST_HITS, _LEAST_SHARE = 3, 0.35


@dataclass(frozen=True, slots=True)
class Example:
    """One chart: its phrases as words, the codes of the engine, the codes of the coders."""

    phrases: frozenset[str]
    engine: frozenset[str]
    gold: frozenset[str]


def _count(examples: Sequence[Example], related: Callable[[str, str], bool]) -> ExhaustiveModel:
    """Return a model with everything but the regression."""
    charts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    gold: Counter[str] = Counter()
    given: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for example in examples:
        charts.update(example.phrases)
        gold.update(example.gold)
        given.update(example.engine)
        right.update(example.engine & example.gold)
    for example in examples:
        often = [p for p in example.phrases if charts[p] >= _LEAST_HITS]
        pairs.update((phrase, code) for phrase in often for code in example.gold)
    shares = {pair: hits / (charts[pair[0]] + 1) for pair, hits in pairs.items() if hits >= _LEAST_HITS}
    phrases: dict[str, list[Learnt]] = {}
    for (phrase, code), share in shares.items():
        hits = pairs[phrase, code]
        if hits / charts[phrase] < _LEAST_SHARE or charts[phrase] > len(examples) / 2:
            continue
        words = phrase.split()
        parts = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)} - {phrase}
        if any(shares.get((part, code), 0.0) >= share - 0.03 for part in parts):
            continue
        phrases.setdefault(phrase, []).append(Learnt(code, hits, charts[phrase], related(phrase, code)))
    return ExhaustiveModel(
        phrases={phrase: tuple(each) for phrase, each in phrases.items()},
        record={code: (right[code], times) for code, times in given.items()},
        frequency=dict(gold),
        mean=(),
        scale=(),
        coefficients=(),
        intercept=0.0,
        threshold=0.5,
    )


def _rows(model: ExhaustiveModel, example: Example) -> dict[str, tuple[float, ...]]:
    learnt: dict[str, list[Learnt]] = {}
    for phrase in example.phrases & model.phrases.keys():
        for each in model.phrases[phrase]:
            learnt.setdefault(each.code, []).append(each)
    return {
        code: code_features(model, code, learnt.get(code, ()), code in example.engine)
        for code in example.engine | learnt.keys()
    }


def train_exhaustive(
    examples: Sequence[Example], related: Callable[[str, str], bool], provenance: Mapping[str, str]
) -> ExhaustiveModel:
    """Return the model of ``examples``: counts over all of them, regression and threshold from charts held out in turn.

    ``related`` tells whether a phrase shares words with a code. Raises UsageError without scikit-learn or with too
    few charts.
    """
    if len(examples) < 10 * _FOLDS:
        raise UsageError(f"{len(examples)} charts are too few to train on; give at least {10 * _FOLDS}")
    try:
        from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
        from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]
    except ImportError as error:
        raise UsageError("training needs scikit-learn: pip install 'nosology[train]'") from error
    rows: list[tuple[float, ...]] = []
    truth: list[bool] = []
    for fold in range(_FOLDS):
        counted = _count([e for i, e in enumerate(examples) if i % _FOLDS != fold], related)
        for example in examples[fold::_FOLDS]:
            for code, features in _rows(counted, example).items():
                rows.append(features)
                truth.append(code in example.gold)
    scaler = StandardScaler().fit(rows)
    regression = LogisticRegression(C=1.0, max_iter=1000).fit(scaler.transform(rows), truth)
    model = replace(
        _count(examples, related),
        mean=tuple(round(float(v), 6) for v in scaler.mean_),
        scale=tuple(round(float(v), 6) or 1.0 for v in scaler.scale_),
        coefficients=tuple(round(float(v), 6) for v in regression.coef_[0]),
        intercept=round(float(regression.intercept_[0]), 6),
    )
    chances = regression.predict_proba(scaler.transform(rows))[:, 1]
    total = sum(len(e.gold) for e in examples)
    best = max(
        (_f1([c >= t for c in chances], truth, total), t) for t in (round(0.15 + 0.01 * step, 2) for step in range(40))
    )
    known = dict(provenance) | {"charts": str(len(examples)), "held-out F1": f"{best[0]:.3f}"}
    return replace(model, threshold=best[1], provenance=known)


def _f1(chosen: Sequence[bool], truth: Sequence[bool], total: int) -> float:
    """Return the micro-F1 of ``chosen`` where ``total`` codes were to be found."""
    hits = sum(c and t for c, t in zip(chosen, truth, strict=True))
    return 2 * hits / (sum(chosen) + total)
