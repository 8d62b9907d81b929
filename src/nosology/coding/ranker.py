"""The learnt ranker of the exhaustive view: which words coders turned into which codes, and how sure those codes are.

It is small and can be read: phrases with the codes that professional coders gave to charts in which they stand, how
often each code of the engine was right, and a scorecard: every feature has a weight and, for a few bands of its values,
points; their sum is the log odds that the code is right. A small forest of trees over the same features has half of the
say. It only serves the scope "all" (research and statistics),
never a claim, and never gives a code without the words of the note that speak for it.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from nosology.coding.exhaustive_features import FEATURES, Counts, Record
from nosology.coding.forest import Tree, chance_of, read_tree
from nosology.coding.phrases import Learnt
from nosology.errors import UnreadableInput

__all__ = ["ExhaustiveModel", "Points", "load_exhaustive_model"]


class Points(NamedTuple):
    """What one feature adds to the log odds: ``weight`` for every ``scale`` above ``mean``, and points of its band.

    ``edges`` are the lowest values of the second and all further bands; ``bands`` has one number more, or none.
    """

    mean: float
    scale: float
    weight: float
    edges: tuple[float, ...] = ()
    bands: tuple[float, ...] = ()

    def of(self, value: float) -> float:
        """Return the points of ``value``."""
        linear = self.weight * (value - self.mean) / self.scale
        return linear + self.bands[bisect_right(self.edges, value)] if self.bands else linear


@dataclass(frozen=True, slots=True)
class ExhaustiveModel:
    """What was learnt, from which file, and how well it did on charts held out."""

    phrases: Mapping[str, tuple[Learnt, ...]]
    counts: Counts
    points: tuple[Points, ...]
    intercept: float
    threshold: float
    provenance: Mapping[str, str] = field(default_factory=dict)
    forest: tuple[Tree, ...] = ()

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability that a code is right, given its features in the order of ``FEATURES``."""
        total = self.intercept + sum(p.of(value) for p, value in zip(self.points, features, strict=True))
        chance = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
        return (chance + chance_of(self.forest, features)) / 2 if self.forest else chance

    def to_json(self) -> str:
        """Return the model as text; :func:`load_exhaustive_model` reads it back."""
        counts = self.counts
        return json.dumps(
            {
                "provenance": dict(self.provenance),
                "intercept": self.intercept,
                "threshold": self.threshold,
                "features": dict(zip(FEATURES, (list(p) for p in self.points), strict=True)),
                "forest": self.forest,
                "record": dict(sorted(counts.record.items())),
                "general": dict(sorted(counts.general.items())),
                "wordings": {code: dict(sorted(each.items())) for code, each in sorted(counts.wordings.items())},
                "frequency": dict(sorted(counts.frequency.items())),
                "phrases": dict(sorted(self.phrases.items())),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).replace(']],"', ']],\n"')


@lru_cache(maxsize=4)
def load_exhaustive_model(path: Path | None = None) -> ExhaustiveModel | None:
    """Return the model of ``path``, or the packaged one; None if there is none. Raises UnreadableInput for a
    damaged file.
    """
    source = path or resources.files("nosology.coding").joinpath("data").joinpath("exhaustive.json")
    if not source.is_file():
        return None
    try:
        return _read(json.loads(source.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableInput(f"{source.name}: not a model of this version; train it anew") from error


# words that say how something is, but not what: by themselves they are evidence of no condition
_QUALITIES = frozenset(
    ("embryonal", "excessive", "gross", "impaired", "infrarenal", "odontogenic", "organizing", "thoracolumbar")
)


def _learnt(phrase: str, row: list[Any]) -> Learnt:
    learnt = Learnt(*row)
    return learnt._replace(related=False) if phrase in _QUALITIES else learnt


def _read(raw: dict[str, Any]) -> ExhaustiveModel:
    if list(raw["features"]) != list(FEATURES):
        raise ValueError("other features")
    return ExhaustiveModel(
        phrases={phrase: tuple(_learnt(phrase, each) for each in learnt) for phrase, learnt in raw["phrases"].items()},
        counts=Counts(
            record={code: Record(*each) for code, each in raw["record"].items()},
            general={code: Record(*each) for code, each in raw["general"].items()},
            wordings={code: {w: Record(*r) for w, r in each.items()} for code, each in raw["wordings"].items()},
            frequency=raw["frequency"],
        ),
        points=tuple(Points(m, s, w, tuple(edges), tuple(bands)) for m, s, w, edges, bands in raw["features"].values()),
        intercept=raw["intercept"],
        threshold=raw["threshold"],
        provenance=raw["provenance"],
        forest=tuple(map(read_tree, raw.get("forest", ()))),
    )
