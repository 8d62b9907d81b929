"""What the ranker of the exhaustive view weighs of every code that a chart may have: some forty named numbers.

They say what the engine saw, how often it was right with this code, these words and this category, which phrases speak
for the code, how often coders give it, and what else the chart holds.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nosology.coding.phrases import Learnt
from nosology.coding.sightings import Sighting

__all__ = ["FEATURES", "Counts", "ExhaustiveReader", "Record", "together"]

FEATURES = (
    "coded by the engine",
    "engine's record with this code (log odds)",
    "engine's record with these words (log odds)",
    "engine's record with this category",
    "times the engine gave the code (log)",
    "general name",
    "record of the general name (log odds)",
    "times the general name was met (log)",
    "general name: characters shared with the code of the longer one",
    "made by the guidelines",
    "the words by themselves",
    "all phrases together (log odds)",
    "best phrase: charts with the code (log)",
    "best phrase: charts (log)",
    "phrases that speak for it",
    "best phrase that shares words with the code",
    "phrases that share words with the code",
    "code's frequency (log)",
    "symptom chapter",
    "Z code",
    "injury or external cause",
    "neoplasm or blood",
    "mentions (log)",
    "first mention (share of the text)",
    "longest mention (code points)",
    "most atoms of a mention",
    "places left open in a mention",
    "mention across a comma",
    "read from a title",
    "only possible",
    "questions left open",
    "other codes of the category",
    "other codes of the category by the engine",
    "best rival of the category by phrases",
    "unspecified",
    "other",
    "codes by the engine",
    "length of the text (log)",
)
_LEAST_TOGETHER = 0.08  # below it, phrases alone bring no code into play


class Record(NamedTuple):
    """How often a code was given, and how often that was right."""

    right: int
    given: int


_NO_RECORD = Record(0, 0)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted over charts: the record of codes, of general names and of the words that codes were read from
    (code → wording → record), and how often coders gave a code.
    """

    record: Mapping[str, Record] = field(default_factory=dict)
    general: Mapping[str, Record] = field(default_factory=dict)
    wordings: Mapping[str, Mapping[str, Record]] = field(default_factory=dict)
    frequency: Mapping[str, int] = field(default_factory=dict)

    def by_category(self) -> dict[str, Record]:
        """Return the record of the engine's codes by category."""
        categories: dict[str, Record] = {}
        for code, (right, given) in self.record.items():
            known = categories.get(code[:3], _NO_RECORD)
            categories[code[:3]] = Record(known.right + right, known.given + given)
        return categories


def together(learnt: Sequence[Learnt]) -> float:
    """Return the chance that at least one of the phrases gave the code."""
    return 1.0 - math.prod(1.0 - each.chance for each in learnt)


class ExhaustiveReader:
    """Counts made ready for many charts; ``title_of`` returns the title of a code."""

    def __init__(self, counts: Counts, title_of: Callable[[str], str]) -> None:
        self._counts = counts
        self._title_of = title_of
        self._categories = counts.by_category()
        self._base, self._general_base = _share(counts.record), _share(counts.general)

    def read(
        self, sightings: Mapping[str, Sighting], learnt: Mapping[str, Sequence[Learnt]], length: int
    ) -> dict[str, tuple[float, ...]]:
        """Return the features of every code in play, in the order of ``FEATURES``.

        ``learnt`` holds what the phrases of the chart speak for, ``length`` the code points of its text. Phrases alone
        bring a code into play only where one of them is telling: else the chart holds no evidence of it.
        """
        chances = {code: together(each) for code, each in learnt.items()}
        spoken = {c for c, chance in chances.items() if chance >= _LEAST_TOGETHER and any(p.telling for p in learnt[c])}
        codes = sorted(sightings.keys() | spoken)
        coded = {code for code, s in sightings.items() if s.coded}
        rivals: dict[str, list[str]] = defaultdict(list)
        for code in codes:
            rivals[code[:3]].append(code)
        by_engine = Counter(code[:3] for code in coded)
        chart = (float(len(coded)), math.log(max(1, length)))
        found = {}
        for code in codes:
            others = [c for c in rivals[code[:3]] if c != code]
            found[code] = (
                *self._of_engine(code, sightings.get(code)),
                *_of_phrases(chances.get(code, 0.0), learnt.get(code, ())),
                math.log1p(self._counts.frequency.get(code, 0)),
                float(code[0] == "R"),
                float(code[0] == "Z"),
                float(code[0] in "STVWXY"),
                float(code[0] in "CD"),
                *_of_mentions(sightings.get(code)),
                float(len(others)),
                float(by_engine[code[:3]] - (code in coded)),
                max((chances.get(c, 0.0) for c in others), default=0.0),
                *self._of_title(code),
                *chart,
            )
        return found

    def _of_engine(self, code: str, sighting: Sighting | None) -> tuple[float, ...]:
        if sighting is None:
            return (0.0, 0.0, 0.0, -1.0, -1.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0)
        if not sighting.coded:
            record = self._counts.general.get(code, _NO_RECORD)
            odds = _odds(_towards(record, self._general_base))
            name = float(not (sighting.ruled or sighting.bare))
            way = (float(sighting.kin), float(sighting.ruled), float(sighting.bare))
            return (0.0, 0.0, 0.0, -1.0, -1.0, name, odds, math.log1p(record.given), *way)
        expected = _towards(self._categories.get(code[:3], _NO_RECORD), self._base)
        record = self._counts.record.get(code, _NO_RECORD)
        rate = _towards(record, expected)
        known = self._counts.wordings.get(code, {})
        worded = max((_towards(known.get(wording, _NO_RECORD), rate) for wording in sighting.wordings), default=rate)
        return (1.0, _odds(rate), _odds(worded), expected, math.log1p(record.given), 0.0, 0.0, -1.0, 0.0, 0.0, 0.0)

    def _of_title(self, code: str) -> tuple[float, float]:
        title = self._title_of(code).lower()
        return float("unspecified" in title), float("other" in title.split())


def _of_phrases(chance: float, learnt: Sequence[Learnt]) -> tuple[float, ...]:
    if not learnt:
        return (-5.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    best = max(learnt, key=lambda each: (each.chance, each.hits))
    related = [each.chance for each in learnt if each.related]
    return (
        _odds(min(0.99, max(0.01, chance))),
        math.log1p(best.hits),
        math.log(best.charts),
        float(len(learnt)),
        max(related, default=0.0),
        float(len(related)),
    )


def _of_mentions(sighting: Sighting | None) -> tuple[float, ...]:
    if sighting is None or not sighting.coded:
        return (0.0, -1.0, 0.0, -1.0, -1.0, 0.0, 0.0, 0.0, -1.0)
    return (
        math.log1p(sighting.mentions),
        sighting.first,
        float(sighting.words),
        float(sighting.atoms),
        float(sighting.gap),
        float(sighting.comma),
        float(sighting.title),
        float(sighting.possible),
        float(sighting.axes),
    )


def _share(records: Mapping[str, Record]) -> float:
    given = sum(r.given for r in records.values())
    return sum(r.right for r in records.values()) / given if given else 0.5


def _towards(record: Record, expected: float) -> float:
    """Return the share of a record that counts for as much as two cases of the expected share."""
    return (record.right + 2 * expected) / (record.given + 2)


def _odds(share: float) -> float:
    share = min(0.993, max(0.007, share))
    return math.log(share / (1.0 - share))
