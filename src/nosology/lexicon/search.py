"""Search over the code set: words in any order, prefixes, typos, abbreviations and lay words; ranked.

The query goes through the same rewrites as a note. Every term of the lexicon that shares an atom, or the stem of one, with it is
scored by the information that both share against what either has alone; a code is as good as its best term.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from nosology.errors import UsageError
from nosology.lexicon.lexicon import Lexicon

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["SearchHit", "Searcher"]

_SUFFIXES = (
    "ization",
    "ational",
    "iveness",
    "fulness",
    "ousness",
    "ically",
    "ations",
    "ation",
    "ating",
    "ative",
    "ated",
    "ional",
    "itic",
    "ical",
    "ular",
    "ness",
    "ment",
    "tion",
    "sion",
    "eous",
    "ious",
    "ance",
    "ence",
    "ing",
    "ion",
    "ive",
    "ous",
    "ary",
    "ory",
    "ial",
    "eal",
    "ism",
    "ist",
    "ity",
    "ed",
    "ic",
    "al",
    "ar",
    "ia",
    "is",
    "us",
    "um",
    "ea",
    "es",
    "y",
    "e",
    "a",
    "s",
)
_STEM_WEIGHT = 0.75
_QUERY_ALONE, _TERM_ALONE = 1.0, 0.55
_MOST_TERMS = 4000


class SearchHit(NamedTuple):
    """A code found: the billable default or the node itself, its title, a score in (0, 1], and the term that was met."""

    code: str
    title: str
    score: float
    term: str


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


class Searcher:
    """A search over one lexicon; its inverted lists are made on first use and kept.

    ``default_code`` turns a node into the code that the Tabular List gives when nothing more is said.
    """

    def __init__(self, icd: Icd10cm, lexicon: Lexicon, default_code: Callable[[str], str | None]) -> None:
        self._icd = icd
        self._lexicon = lexicon
        self._default = default_code
        self._by_atom: dict[int, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        words = lexicon.words
        stems = [_stem(w) for w in words]
        for number, each in lexicon.terms():
            for atom in each.atoms:
                self._by_atom[atom].append(number)
        for atom in self._by_atom:
            self._by_stem[stems[atom]].append(atom)
        total = len(lexicon)
        self._idf = {a: math.log(1 + total / len(n)) for a, n in self._by_atom.items()}
        self._stems = stems
        self._sorted = sorted((words[a], a) for a in self._by_atom)
        self._unknown = math.log(1 + total)

    def search(self, query: str, *, limit: int = 10) -> list[SearchHit]:
        """Return the codes that answer ``query``, best first. Raises UsageError for an empty query."""
        if not query.strip():
            raise UsageError("the query is empty; type a few words of the diagnosis")
        if query.strip() in self._icd and any(c.isdigit() for c in query):
            code = self._icd.dotted(query.strip())
            return [SearchHit(code, self._icd.title(code), 1.0, code)]
        wanted, unknown = self._expand(query)
        scores: dict[int, float] = defaultdict(float)
        own = (
            sum(max(self._idf[a] * w for a, w in group) if group else 0.0 for group in wanted) + unknown * self._unknown
        )
        for group in sorted(wanted, key=lambda g: min((len(self._by_atom[a]) for a, _ in g), default=0)):
            best: dict[int, float] = {}
            for atom, weight in group:
                gain = self._idf[atom] * weight
                terms = self._by_atom[atom]
                if len(scores) > _MOST_TERMS and len(terms) > _MOST_TERMS:
                    terms = [t for t in terms if t in scores]
                for term in terms:
                    if gain > best.get(term, 0.0):
                        best[term] = gain
            for term, gain in best.items():
                scores[term] += gain
        return self._rank(scores, own, limit)

    def _expand(self, query: str) -> tuple[list[list[tuple[int, float]]], int]:
        """Return, for each word of the query, the atoms that may stand for it with weights; and how many are unknown."""
        lexicon = self._lexicon
        tokens = lexicon.tokens(query)
        groups: list[list[tuple[int, float]]] = []
        seen: set[int] = set()
        for atom in tokens.atoms:
            if atom in seen:
                continue
            seen.add(atom)
            group = [(atom, 1.0)] if atom in self._by_atom else []
            for other in self._by_stem.get(self._stems[atom], ()):
                if other != atom:
                    group.append((other, _STEM_WEIGHT if group else 0.9))
            if group:
                groups.append(group)
        unknown = 0
        for word in lexicon.unknown_words(query):
            near = self._near(word, last=query.rstrip().lower().endswith(word))
            if near:
                groups.append(near)
            else:
                unknown += 1
        return groups, unknown

    def _near(self, word: str, *, last: bool) -> list[tuple[int, float]]:
        """Return known words that ``word`` begins, or that it misspells by one or two letters."""
        if word.isdigit() or len(word) < 3:
            return []
        if last or len(word) >= 5:
            i = bisect_left(self._sorted, (word, -1))
            found: list[tuple[int, float]] = []
            while i < len(self._sorted) and self._sorted[i][0].startswith(word) and len(found) < 40:
                found.append((self._sorted[i][1], 0.9))
                i += 1
            if found:
                return found
        stem = _stem(word)
        if stem in self._by_stem:
            return [(a, 0.85) for a in self._by_stem[stem]]
        return self._misspelt(word) if len(word) >= 4 else []

    def _misspelt(self, word: str) -> list[tuple[int, float]]:
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        most = 1 if len(word) < 6 else 2
        pool = [(w, a) for w, a in self._sorted if abs(len(w) - len(word)) <= most and not w.isdigit()]
        hits = process.extract(
            word, [w for w, _ in pool], scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=4
        )
        best = min((h[1] for h in hits), default=0)
        return [(pool[index][1], 0.9 - 0.1 * distance) for _, distance, index in hits if distance == best]

    def _rank(self, scores: dict[int, float], own: float, limit: int) -> list[SearchHit]:
        ranked: list[tuple[float, int, int]] = []
        lexicon, idf = self._lexicon, self._idf
        for number, shared in scores.items():
            term = lexicon.term(number)
            alone = sum(idf[a] for a in term.atoms) - shared
            score = shared / (shared + _QUERY_ALONE * max(0.0, own - shared) + _TERM_ALONE * max(0.0, alone))
            ranked.append((-score, term.rank, number))
        ranked.sort()
        hits: dict[str, SearchHit] = {}
        for negative, rank, number in ranked[: 20 * limit + 50]:
            term = lexicon.term(number)
            for place, node in enumerate(term.codes):
                code = self._default(node) or node
                score = round(-negative * (1 - 0.01 * rank) * (0.97**place), 4)
                if code not in hits or hits[code].score < score:
                    words = " ".join(lexicon.words[a] for a in term.atoms)
                    hits[code] = SearchHit(code, self._icd.title(code), score, words)
        return sorted(hits.values(), key=lambda h: -h.score)[:limit]
