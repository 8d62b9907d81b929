"""The learnt ranker of the exhaustive view: which words coders turned into which codes, and how sure those codes are.

It is small and can be read: a list of phrases with the codes that professional coders gave to charts in which they
stand, how often each code of the engine was right, and one logistic regression over a dozen named features. It only
serves the scope "all" (research and statistics), never a claim, and never gives a code without the words of the note
that speak for it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from nosology.errors import UnreadableInput
from nosology.lexicon.lexicon import Lexicon, Tokens
from nosology.model.note import Sentence, Span, Status, Subject, Temporality

__all__ = [
    "FEATURES",
    "Asserted",
    "ExhaustiveModel",
    "Learnt",
    "Phrase",
    "code_features",
    "find_phrases",
    "load_exhaustive_model",
    "rank_codes",
]

FEATURES = (
    "coded by the engine",
    "engine's record with this code (log odds)",
    "best phrase: share of charts",
    "best phrase: charts (log)",
    "best phrase: charts with the code (log)",
    "a phrase speaks for it",
    "best phrase shares words with the code",
    "code's frequency (log)",
    "phrases that speak for it (log)",
    "symptom chapter",
    "best phrase that shares words with the code",
    "engine and phrase",
    "best phrase squared",
    "Z code",
)
_LONGEST = 3
Asserted = Callable[[Span, int], tuple[Status, Subject, Temporality, str]]


class Learnt(NamedTuple):
    """A code that stood in ``hits`` of ``charts`` charts with the phrase; ``related`` if both share words."""

    code: str
    hits: int
    charts: int
    related: bool

    @property
    def share(self) -> float:
        """The share of charts with the phrase that had the code, held down for rare phrases."""
        return self.hits / (self.charts + 1)


class Phrase(NamedTuple):
    """A phrase of a note: atoms and place."""

    atoms: tuple[int, ...]
    span: Span
    sentence: int


@dataclass(frozen=True, slots=True)
class ExhaustiveModel:
    """What was learnt, from which file, and how well it did on charts held out."""

    phrases: Mapping[str, tuple[Learnt, ...]]
    record: Mapping[str, tuple[int, int]]  # code → (times right, times given by the engine)
    frequency: Mapping[str, int]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float
    threshold: float
    provenance: Mapping[str, str] = field(default_factory=dict)

    def by_atoms(self, lexicon: Lexicon) -> dict[tuple[int, ...], tuple[Learnt, ...]]:
        """Return the phrases as numbers of the lexicon; those with a word that it does not know are left out."""
        found = {}
        for phrase, learnt in self.phrases.items():
            atoms = tuple(lexicon.ids.get(word, 0) for word in phrase.split())
            if all(atoms):
                found[atoms] = learnt
        return found

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability that a code is right, given its features in the order of ``FEATURES``."""
        total = self.intercept
        for value, mean, scale, weight in zip(features, self.mean, self.scale, self.coefficients, strict=True):
            total += weight * (value - mean) / scale
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def to_json(self) -> str:
        """Return the model as text; :func:`load_exhaustive_model` reads it back."""
        return json.dumps(
            {
                "provenance": dict(self.provenance),
                "features": list(FEATURES),
                "mean": self.mean,
                "scale": self.scale,
                "coefficients": self.coefficients,
                "intercept": self.intercept,
                "threshold": self.threshold,
                "record": {code: list(counts) for code, counts in sorted(self.record.items())},
                "frequency": dict(sorted(self.frequency.items())),
                "phrases": {phrase: [list(each) for each in learnt] for phrase, learnt in sorted(self.phrases.items())},
            },
            ensure_ascii=False,
            indent=0,
        )


@lru_cache(maxsize=4)
def load_exhaustive_model(path: Path | None = None) -> ExhaustiveModel | None:
    """Return the model of ``path``, or the packaged one; None if there is none. Raises UnreadableInput for a
    damaged file.
    """
    source = path or resources.files("nosology.coding").joinpath("data").joinpath("exhaustive.json")
    if not source.is_file():
        return None
    try:
        raw = json.loads(source.read_text(encoding="utf-8"))
        if raw["features"] != list(FEATURES):
            raise ValueError("other features")
        return ExhaustiveModel(
            phrases={p: tuple(Learnt(c, h, n, bool(r)) for c, h, n, r in each) for p, each in raw["phrases"].items()},
            record={code: (right, given) for code, (right, given) in raw["record"].items()},
            frequency=raw["frequency"],
            mean=tuple(raw["mean"]),
            scale=tuple(raw["scale"]),
            coefficients=tuple(raw["coefficients"]),
            intercept=raw["intercept"],
            threshold=raw["threshold"],
            provenance=raw["provenance"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableInput(f"{source.name}: not a model of this version; train it anew") from error


def find_phrases(
    tokens: Tokens, sentences: Sequence[Sentence], asserted: Asserted, wanted: Mapping[tuple[int, ...], object] | None
) -> Iterator[Phrase]:
    """Yield the phrases of one to three atoms that the note states of the patient as present.

    ``wanted`` restricts them to those that a model knows; None yields all.
    """
    atoms, places, starts, ends = tokens.atoms, tokens.places, tokens.starts, tokens.ends
    states: dict[int, int | None] = {}
    at = 0
    for i in range(len(atoms)):
        while at + 1 < len(sentences) and sentences[at + 1].span.start <= starts[i]:
            at += 1
        for length in range(1, _LONGEST + 1):
            j = i + length
            if j > len(atoms) or places[j - 1] - places[i] >= length:
                break
            key = tuple(atoms[i:j])
            if wanted is not None and key not in wanted:
                continue
            if i not in states:
                status, subject, _time, _cue = asserted(Span(starts[i], ends[i]), at)
                stated = status in (Status.PRESENT, Status.POSSIBLE) and subject is Subject.PATIENT
                states[i] = at if stated else None
            if states[i] is not None:
                yield Phrase(key, Span(starts[i], max(ends[i:j])), at)


def rank_codes(
    model: ExhaustiveModel, engine: Iterable[str], learnt: Mapping[str, Sequence[Learnt]]
) -> dict[str, float]:
    """Return the probability of every code that the engine gave or that a phrase of the note speaks for."""
    given = set(engine)
    return {
        code: model.probability(code_features(model, code, learnt.get(code, ()), code in given))
        for code in given | learnt.keys()
    }


def code_features(model: ExhaustiveModel, code: str, learnt: Sequence[Learnt], engine: bool) -> tuple[float, ...]:
    """Return the features of one code in the order of ``FEATURES``."""
    right, given = model.record.get(code, (0, 0))
    rate = (right + 1.1) / (given + 2.0)
    best = max(learnt, key=lambda each: each.share, default=Learnt(code, 0, 1, False))
    share = best.share if learnt else 0.0
    related = max((each.share for each in learnt if each.related), default=0.0)
    return (
        float(engine),
        math.log(rate / (1 - rate)) if engine else 0.0,
        share,
        math.log(best.charts),
        math.log(best.hits + 1),
        float(bool(learnt)),
        float(best.related),
        math.log(model.frequency.get(code, 0) + 1),
        math.log1p(sum(each.share >= 0.5 for each in learnt)),
        float(code.startswith("R")),
        related,
        share if engine else 0.0,
        share * share,
        float(code.startswith("Z")),
    )
