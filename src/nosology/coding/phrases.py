"""Phrases of a chart, and the codes that coders gave to the charts in which they stand.

A phrase is one to three atoms that stand side by side, or a single word as it is written where its atom says less
("=tumor" beside "neoplasm"). Only what the chart states of the patient as present or possible counts.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from nosology.lexicon.lexicon import Lexicon, Tokens
from nosology.lexicon.tokens import STOP_WORDS, WORD, base_form
from nosology.model.note import Sentence, Span, Status, Subject, Temporality

__all__ = ["Asserted", "Chart", "Learnt", "Phrase", "find_phrases", "learn_phrases"]

_LONGEST = 3
_MOST_CHARTS = 0.5  # a phrase of more than half of the charts tells nothing
_LEAST_Z = 3.0  # how much oftener than by chance, in standard deviations, a phrase and a code must meet
_RARE = 2  # charts of a rare phrase
_PASSES = 15
_STRENGTH = 2.0  # charts without the code that are added to every phrase
_BACKGROUND = 0.5  # the share of a code's frequency that needs no phrase
_LEAST_CHANCE = 0.03
_ENOUGH_CHARTS = 10  # from which on a phrase may speak for a code with which it shares no words,
_SURE = 0.5  # where it is what the code came from in at least this share of its charts
Asserted = Callable[[Span, int], tuple[Status, Subject, Temporality, str]]


class Learnt(NamedTuple):
    """A code that stood in ``hits`` of ``charts`` charts with the phrase; ``related`` if both share words.

    ``chance`` is the share of the charts in which this phrase, and no other of the chart, is what the code came from.
    """

    code: str
    chance: float
    hits: int
    charts: int
    related: bool

    @property
    def telling(self) -> bool:
        """True if the phrase by itself is evidence of the code: both share words and more than one chart had both, or
        coders gave the code for it in enough charts.
        """
        return (self.related and self.hits > 1) or (self.hits >= _ENOUGH_CHARTS and self.chance >= _SURE)


class Phrase(NamedTuple):
    """A phrase of a note: its words, and where it stands."""

    words: str
    span: Span
    sentence: int


class Chart(Protocol):
    """What learning needs of a chart: its phrases, and the codes of the coders."""

    @property
    def phrases(self) -> frozenset[str]: ...

    @property
    def gold(self) -> frozenset[str]: ...


def find_phrases(
    text: str,
    tokens: Tokens,
    lexicon: Lexicon,
    sentences: Sequence[Sentence],
    asserted: Asserted,
    wanted: Mapping[str, object] | None,
) -> Iterator[Phrase]:
    """Yield the phrases that the note states of the patient.

    ``wanted`` restricts them to those that a model knows; None yields all.
    """
    words = [lexicon.words[a] for a in tokens.atoms]
    states: dict[int, bool] = {}

    def stated(span: Span, sentence: int) -> bool:
        known = states.get(span.start)
        if known is None:
            status, subject, _time, _cue = asserted(span, sentence)
            known = status in (Status.PRESENT, Status.POSSIBLE) and subject is Subject.PATIENT
            states[span.start] = known
        return known

    places, starts, ends = tokens.places, tokens.starts, tokens.ends
    at = 0
    for i in range(len(words)):
        while at + 1 < len(sentences) and sentences[at + 1].span.start <= starts[i]:
            at += 1
        for length in range(1, _LONGEST + 1):
            j = i + length
            if j > len(words) or places[j - 1] - places[i] >= length:
                break
            key = " ".join(words[i:j])
            if (
                (wanted is None or key in wanted)
                and stated(Span(starts[i], ends[i]), at)
                and (length == 1 or stated(Span(starts[j - 1], ends[j - 1]), at))  # "patient not hypertensive"
            ):
                yield Phrase(key, Span(starts[i], max(ends[i:j])), at)
    own = set(words)
    at = 0
    for match in WORD.finditer(text):
        word = base_form(match.group())
        key = "=" + word
        if word in own or word in STOP_WORDS or not word[0].isalnum() or (wanted is not None and key not in wanted):
            continue
        while at + 1 < len(sentences) and sentences[at + 1].span.start <= match.start():
            at += 1
        if stated(span := Span(*match.span()), at):
            yield Phrase(key, span, at)


def learn_phrases(charts: Sequence[Chart], related: Callable[[str, str], bool]) -> dict[str, tuple[Learnt, ...]]:
    """Return the phrases that codes came from, with the chance of each.

    A chart has a code because at least one of its phrases gave it (a noisy-or): the phrases of a chart share the
    merit of its codes, in turn by the chances so far and the chances by the merits (expectation-maximisation), so that
    a word that only accompanies the telling one is left with nothing. Pairs that met no oftener than by chance are
    left out from the start; a rare phrase that met a code once stays if it shares words with it.
    """
    count = Counter(phrase for chart in charts for phrase in chart.phrases)
    frequency = Counter(code for chart in charts for code in chart.gold)
    known = {p for p, n in count.items() if n <= _MOST_CHARTS * len(charts)}
    met: Counter[tuple[str, str]] = Counter()
    for chart in charts:
        met.update((phrase, code) for phrase in known & chart.phrases for code in chart.gold)
    telling = [
        pair
        for pair, times in met.items()
        if _often(times, count[pair[0]], frequency[pair[1]], len(charts))
        or (times == 1 and count[pair[0]] <= _RARE and related(*pair))
    ]
    pairs = {pair: number for number, pair in enumerate(sorted(telling))}
    by_code: dict[str, list[str]] = defaultdict(list)
    for phrase, code in pairs:
        by_code[code].append(phrase)
    groups = [
        (code, [pairs[phrase, code] for phrase in by_code[code] if phrase in chart.phrases])
        for chart in charts
        for code in sorted(chart.gold)
        if code in by_code
    ]
    base = [frequency[code] / len(charts) for _phrase, code in pairs]
    weight = [count[phrase] + _STRENGTH for phrase, _code in pairs]
    hits = [met[pair] for pair in pairs]
    chances = [0.5 * (h + _STRENGTH * b) / w for h, b, w in zip(hits, base, weight, strict=True)]
    for _ in range(_PASSES):
        merits = [0.0] * len(pairs)
        for code, members in groups:
            none = 1.0 - _BACKGROUND * frequency[code] / len(charts)
            for number in members:
                none *= 1.0 - chances[number]
            some = max(1.0 - none, 1e-9)
            for number in members:
                merits[number] += chances[number] / some
        chances = [min(0.995, (m + 0.3 * _STRENGTH * b) / w) for m, b, w in zip(merits, base, weight, strict=True)]
    learnt: dict[str, list[Learnt]] = defaultdict(list)
    for (phrase, code), number in pairs.items():
        if chances[number] >= _LEAST_CHANCE:
            found = Learnt(code, round(chances[number], 3), hits[number], count[phrase], related(phrase, code))
            learnt[phrase].append(found)
    return {phrase: tuple(each) for phrase, each in learnt.items()}


def _often(hits: int, charts: int, frequency: int, total: int) -> bool:
    """True if a phrase of so many charts met a code of that frequency oftener than by chance."""
    base = frequency / total
    expected = charts * base
    return hits > 1 and (hits - expected) / math.sqrt(expected * (1.0 - base) + 0.25) >= _LEAST_Z
