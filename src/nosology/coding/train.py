"""Trains the ranker of the exhaustive view from charts with gold codes. Needs scikit-learn (``pip install
nosology[train]``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from nosology.coding.exhaustive_features import Counts, ExhaustiveReader, Record
from nosology.coding.forest import grow_forest
from nosology.coding.phrases import Learnt, learn_phrases
from nosology.coding.ranker import ExhaustiveModel, Points
from nosology.coding.sightings import Sighting
from nosology.errors import UsageError

if TYPE_CHECKING:
    from nosology.lexicon.lexicon import Lexicon

__all__ = ["Example", "train_exhaustive", "words_shared"]

_FOLDS = 5
_BANDS = 5
_STRICTNESS = 0.1  # inverse of the penalty on the points
_ALSO_CALLED = {"R69": ("disease",)}  # Index: Illness (see also Disease)
_Row = tuple[str, tuple[float, ...], bool]


@dataclass(frozen=True, slots=True)
class Example:
    """One chart: its phrases, what the engine saw, the codes of the coders, the length of its text.

    ``accepted`` are further codes that would be right: the successors of a code that was refined since. ``superseded``
    are codes of the coders of which nobody knows which code below them is right, so these count neither way.
    """

    phrases: frozenset[str]
    sightings: tuple[Sighting, ...]
    gold: frozenset[str]
    superseded: tuple[str, ...] = ()
    length: int = 1
    accepted: frozenset[str] = frozenset()

    def is_right(self, code: str) -> bool:
        """True for a code that the coders gave, or that is a successor of one of theirs."""
        return code in self.gold or code in self.accepted

    def unknown(self, code: str) -> bool:
        """True for a code of which the gold cannot tell whether it is right."""
        return bool(self.superseded) and code.startswith(self.superseded) and not self.is_right(code)


def train_exhaustive(
    examples: Sequence[Example],
    related: Callable[[str, str], bool],
    title_of: Callable[[str], str],
    provenance: Mapping[str, str],
) -> ExhaustiveModel:
    """Return the model of ``examples``: counts over all of them, scorecard and threshold from charts held out in turn.

    ``related`` tells whether a phrase shares words with a code, ``title_of`` a code's title. Raises UsageError without
    scikit-learn or with too few charts.
    """
    if len(examples) < 10 * _FOLDS:
        raise UsageError(f"{len(examples)} charts are too few to train on; give at least {10 * _FOLDS}")
    try:
        import sklearn  # type: ignore[import-untyped]  # noqa: F401
    except ImportError as error:
        raise UsageError("training needs scikit-learn: pip install 'nosology[train]'") from error
    folds: list[list[_Row]] = []
    for fold in range(_FOLDS):
        others = [e for i, e in enumerate(examples) if i % _FOLDS != fold]
        reader = ExhaustiveReader(_count(others), title_of)
        folds.append(_rows(learn_phrases(others, related), reader, examples[fold::_FOLDS]))
    held_out: list[tuple[float, bool]] = []
    for fold, rows in enumerate(folds):
        model = _fit([row for i, each in enumerate(folds) if i != fold for row in each])
        held_out += [(model.probability(features), right) for _code, features, right in rows]
    score, threshold = _best(held_out, sum(len(e.gold) for e in examples))
    return replace(
        _fit([row for rows in folds for row in rows]),
        phrases=learn_phrases(examples, related),
        counts=_count(examples),
        threshold=threshold,
        provenance=dict(provenance) | {"charts": str(len(examples)), "held-out F1": f"{score:.3f}"},
    )


def words_shared(lexicon: Lexicon, title_of: Callable[[str], str]) -> Callable[[str, str], bool]:
    """Return what tells whether a phrase shares words with a code: with its title, or with a term that the lexicon has
    for it or for a node above it.
    """
    known: dict[str, set[str]] = {code: set(words) for code, words in _ALSO_CALLED.items()}
    for _number, term in lexicon.terms():
        for code in term.codes:
            known.setdefault(code, set()).update(lexicon.words[a] for a in term.atoms)

    @cache
    def words_of(code: str) -> frozenset[str]:
        title = {lexicon.words[a] for a in lexicon.atoms_of(title_of(code))}
        return frozenset(title.union(*(known.get(code[:n], set()) for n in (3, 5, 6, 7, 8))))

    return lambda phrase, code: not words_of(code).isdisjoint(phrase.split())


def _count(examples: Sequence[Example]) -> Counts:
    frequency = Counter(code for example in examples for code in example.gold)
    records: dict[bool, dict[str, Record]] = {True: {}, False: {}}
    wordings: dict[str, dict[str, Record]] = {}
    for example in examples:
        for sighting in example.sightings:
            if not example.unknown(sighting.code):
                right = example.is_right(sighting.code)
                _add(records[sighting.coded], sighting.code, right)
                for wording in sighting.wordings if sighting.coded else ():
                    _add(wordings.setdefault(sighting.code, {}), wording, right)
    often = {code: {w: r for w, r in each.items() if r.given > 1} for code, each in wordings.items()}
    return Counts(records[True], records[False], {c: each for c, each in often.items() if each}, dict(frequency))


def _add(records: dict[str, Record], key: str, right: bool) -> None:
    old = records.get(key, Record(0, 0))
    records[key] = Record(old.right + right, old.given + 1)


def _rows(
    phrases: Mapping[str, tuple[Learnt, ...]], reader: ExhaustiveReader, examples: Sequence[Example]
) -> list[_Row]:
    """Return the codes in play of all charts with their features and whether they are right."""
    found: list[_Row] = []
    for example in examples:
        learnt: dict[str, list[Learnt]] = {}
        for phrase in sorted(example.phrases & phrases.keys()):
            for each in phrases[phrase]:
                learnt.setdefault(each.code, []).append(each)
        features = reader.read({s.code: s for s in example.sightings}, learnt, example.length)
        found += [(code, row, example.is_right(code)) for code, row in features.items() if not example.unknown(code)]
    return found


def _fit(rows: Sequence[_Row]) -> ExhaustiveModel:
    """Return a model of the scorecard, a logistic regression over the features and their bands, and the forest."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    plain = [_scaled(column) for column in zip(*(features for _code, features, _right in rows), strict=True)]
    design: list[list[float]] = []
    for _code, features, _right in rows:
        line: list[float] = []
        for points, value in zip(plain, features, strict=True):
            line.append((value - points.mean) / points.scale)
            if points.edges:
                band = bisect_right(points.edges, value)
                line += [float(band == i) for i in range(len(points.edges) + 1)]
        design.append(line)
    truth = [right for _code, _features, right in rows]
    fitted: Any = LogisticRegression(C=_STRICTNESS, max_iter=3000).fit(design, truth)
    weights = [round(float(w), 4) for w in fitted.coef_[0]]
    made = []
    for points in plain:
        size = len(points.edges) + 1 if points.edges else 0
        made.append(points._replace(weight=weights[0], bands=tuple(weights[1 : 1 + size])))
        weights = weights[1 + size :]
    forest = grow_forest([features for _code, features, _right in rows], truth)
    return ExhaustiveModel({}, Counts(), tuple(made), round(float(fitted.intercept_[0]), 4), 0.5, forest=forest)


def _scaled(column: Sequence[float]) -> Points:
    """Return mean, spread and the edges of the bands of one feature, each band with about as many rows."""
    mean = sum(column) / len(column)
    spread = (sum((v - mean) ** 2 for v in column) / len(column)) ** 0.5
    ordered = sorted(column)
    edges: tuple[float, ...] = ()
    if len(set(column)) > 2:
        edges = tuple(sorted({round(ordered[len(ordered) * i // _BANDS], 4) for i in range(1, _BANDS)}))
    return Points(round(mean, 4), round(spread, 4) or 1.0, 0.0, edges)


def _best(held_out: Sequence[tuple[float, bool]], total: int) -> tuple[float, float]:
    """Return the best micro-F1 where ``total`` codes were to be found, and the threshold that reaches it."""
    scored = []
    for threshold in (round(0.15 + 0.01 * step, 2) for step in range(40)):
        chosen = [right for chance, right in held_out if chance >= threshold]
        scored.append((2 * sum(chosen) / (len(chosen) + total), threshold))
    return max(scored)
