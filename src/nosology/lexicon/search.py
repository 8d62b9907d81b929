"""Search over the code set: words in any order, prefixes, typos, abbreviations and lay words; ranked.

The query goes through the same rewrites as a note. Every term of the lexicon that shares an atom, or the stem of one, with it is
scored by the information that both share against what either has alone (the ratio model of Tversky, 1977); a code is as good as
its best term. Words that hardly tell diseases apart, and the numbers of a series, weigh little.
``data/search`` holds what only the search reads: terms too short or too bare to be trusted in a note.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from nosology.errors import UsageError
from nosology.lexicon.lexicon import Lexicon, Term
from nosology.lexicon.query import WordFinder, Wordings, read_series, weak_words
from nosology.lexicon.rewrites import read_rows
from nosology.lexicon.tokens import STOP_WORDS

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["SearchHit", "Searcher"]

_STEM_TRUST = 0.75
_QUERY_ALONE, _TERM_ALONE = 1.0, 0.55  # what a word costs that only the query, or only the term, has
_WEAK, _NUMBER = 1.5, 2.2  # the most that a weak word and a number may weigh
_COMMON = 3000  # terms of a word beyond which it only adds to candidates that another word has found
_MOST_WORDS, _MOST_LETTERS, _MOST_TERMS = 40, 2000, 1500
_Group = list[tuple[int, float]]


class SearchHit(NamedTuple):
    """A code found: the billable default or the node itself, its title, a score in (0, 1], and the term that was met."""

    code: str
    title: str
    score: float
    term: str


class Searcher:
    """A search over one lexicon; its inverted lists are made on first use and kept.

    ``default_code`` turns a node into the code that the Tabular List gives when nothing more is said.
    """

    def __init__(self, icd: Icd10cm, lexicon: Lexicon, default_code: Callable[[str], str | None]) -> None:
        self._icd = icd
        self._lexicon = lexicon
        self._default = default_code
        self._defaults: dict[str, str] = {}
        self._words = list(lexicon.words)
        self._own_ids: dict[str, int] = {}
        symbols, families = read_series()
        self._wordings = Wordings(symbols)
        self._weak = weak_words()
        self._own = self._read_own(families)
        by_atom: dict[int, list[int]] = defaultdict(list)
        self._terms = dict(lexicon.terms())
        for number, term in self._terms.items():
            for atom in term[0]:
                by_atom[atom].append(number)
        for number, own in enumerate(self._own, len(lexicon)):
            self._terms[number] = own
            for atom in own[0]:
                by_atom[atom].append(number)
        self._by_atom = dict(by_atom)
        self._weights = self._weigh()
        self._finder = WordFinder(
            ((self._words[a], a) for a in self._by_atom), {a: len(n) for a, n in self._by_atom.items()}
        )
        self._unknown = math.log(1 + len(lexicon))

    def _read_own(self, families: list[tuple[str, str]]) -> list[Term]:
        """Return the terms that only the search knows; they are numbered after those of the lexicon."""
        rows = [(cells[0], cells[1]) for _file, _number, cells in read_rows("search/terms.tsv")]
        grouped: dict[frozenset[int], list[str]] = {}
        for phrase, code in [*rows, *families]:
            if code in self._icd:
                atoms = frozenset(self._atoms(phrase, learn=True))
                codes = grouped.setdefault(atoms, [])
                if code not in codes:
                    codes.append(code)
        return [Term(tuple(atoms), tuple(codes), ("search",), 0) for atoms, codes in grouped.items() if atoms]

    def _atoms(self, phrase: str, *, learn: bool = False) -> list[int]:
        """Return the atoms of ``phrase``, with those of words that only the search knows (``learn`` adds them)."""
        atoms = list(self._lexicon.tokens(phrase).atoms)
        for word in self._lexicon.unknown_words(phrase):
            number = self._own_ids.get(word)
            if number is None and learn and word not in STOP_WORDS:
                number = self._own_ids[word] = len(self._words)
                self._words.append(word)
            if number is not None:
                atoms.append(number)
        return atoms

    def _weigh(self) -> dict[int, float]:
        """Return what each atom tells: the logarithm of how rare it is, weak words and numbers at most a little."""
        total = len(self._lexicon) + len(self._own)
        weights = {}
        weak = self._weak
        words, log = self._words, math.log
        for atom, numbers in self._by_atom.items():
            weight = log(1 + total / len(numbers))
            word = words[atom]
            if word in weak:
                weight = min(weight, _WEAK)
            elif len(word) < 5 and (word[0].isdigit() or len(word) == 1):
                weight = min(weight, _NUMBER)
            weights[atom] = weight
        return weights

    def search(self, query: str, *, limit: int = 10) -> list[SearchHit]:
        """Return the codes that answer ``query``, best first. Raises UsageError for an empty query."""
        asked = query.strip()
        if not asked:
            raise UsageError("the query is empty; type a few words of the diagnosis")
        if len(asked) < 12 and any(c.isdigit() for c in asked) and asked in self._icd:
            code = self._icd.dotted(asked)
            return [SearchHit(code, self._icd.title(code), 1.0, code)]
        hits: dict[str, SearchHit] = {}
        for place, wording in enumerate(self._wordings.of(asked[:_MOST_LETTERS])):
            for hit in self._answer(wording, limit, 1.0 if place == 0 else 0.985):
                if hit.code not in hits or hits[hit.code].score < hit.score:
                    hits[hit.code] = hit
        return heapq.nsmallest(limit, hits.values(), key=lambda h: -h.score)

    def _answer(self, wording: str, limit: int, trust: float) -> list[SearchHit]:
        groups, lost = self._expand(wording)
        weights, by_atom = self._weights, self._by_atom
        own = lost + sum(max(weights[a] for a, _ in group) for group in groups)
        scores: dict[int, float] = {}
        sizes = [(min(len(by_atom[a]) for a, _ in group), i) for i, group in enumerate(groups)]
        for size, i in sorted(sizes):
            best: dict[int, float] = {}
            for atom, part in groups[i]:
                gain = weights[atom] * part
                numbers = by_atom[atom]
                if len(scores) > 500 and (size > _COMMON or len(numbers) > _COMMON):
                    for number in scores.keys() & set(numbers) if len(scores) < len(numbers) else numbers:
                        if number in scores and gain > best.get(number, 0.0):
                            best[number] = gain
                    continue
                for number in numbers:
                    if gain > best.get(number, 0.0):
                        best[number] = gain
            for number, gain in best.items():
                scores[number] = scores.get(number, 0.0) + gain
        return self._rank(scores, own, limit, trust)

    def _expand(self, wording: str) -> tuple[list[_Group], float]:
        """Return, for each word, the atoms that may stand for it with trust; and the weight of the words without any."""
        finder, by_atom, words = self._finder, self._by_atom, self._words
        atoms = list(dict.fromkeys(self._atoms(wording)))[:_MOST_WORDS]
        ending = (wording.replace(",", " ").split() or [""])[-1]
        groups: list[_Group] = []
        lost = 0.0
        for atom in atoms:
            word = words[atom]
            group = [(atom, 1.0)] if atom in by_atom else []
            if len(word) > 4 and word not in self._weak:
                trust = _STEM_TRUST if group else 0.9
                group += [(other, trust) for other in finder.same_stem(word) if other != atom]
            if group and word == ending and len(word) > 2 and not wording.endswith(" "):
                group += finder.begins(word, 0.5)
            group = group or finder.find(word, last=word == ending)
            if group:
                groups.append(group)
            else:
                lost += self._unknown if word.isalpha() else _NUMBER
        for word in self._lexicon.unknown_words(wording)[:_MOST_WORDS]:
            if word in self._own_ids:
                continue
            group = finder.find(word, last=word == ending)
            if group:
                groups.append(group)
            else:
                lost += self._unknown if word.isalpha() and len(word) > 2 else _NUMBER
        return groups[:_MOST_WORDS], lost

    def _rank(self, scores: dict[int, float], own: float, limit: int, trust: float) -> list[SearchHit]:
        """Return the best codes. A term cannot score more than its share of the query, so the rest need no look."""
        weights = self._weights
        best: dict[str, tuple[float, Term]] = {}
        bar: list[float] = []
        for number, shared in heapq.nlargest(_MOST_TERMS, scores.items(), key=lambda item: item[1]):
            if len(bar) >= 2 * limit and shared / own * trust < bar[0]:
                break
            term = self._terms[number]
            alone = max(0.0, sum([weights[a] for a in term.atoms]) - shared)
            value = shared / (shared + _QUERY_ALONE * max(0.0, own - shared) + _TERM_ALONE * alone)
            value *= trust * (1 - 0.01 * term.rank)
            for node in term.codes:
                code = self._defaults.get(node)
                if code is None:
                    code = self._defaults[node] = self._default(node) or node
                if code not in best or best[code][0] < value:
                    if code not in best:
                        (heapq.heappush if len(bar) < 2 * limit else heapq.heappushpop)(bar, value)
                    best[code] = (value, term)
                value *= 0.97
        chosen = heapq.nsmallest(limit, best.items(), key=lambda item: (-item[1][0], len(item[0]), item[0]))
        return [self._hit(code, value, term) for code, (value, term) in chosen]

    def _hit(self, code: str, value: float, term: Term) -> SearchHit:
        words = " ".join(self._words[a] for a in term.atoms)
        return SearchHit(code, self._icd.title(code), round(min(1.0, value), 4), words)
