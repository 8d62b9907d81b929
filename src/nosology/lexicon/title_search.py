"""Search over a list of titles: words in any order, prefixes, typos, other names; ranked.

For code sets without a vocabulary of their own (HCPCS, CPT, ICD-10-PCS, ICD-9-CM). Every title is the set of its words.
A word of the query stands for itself, for words that begin so or share its stem, or for the nearest ones if it is
misspelt. Titles that answer all words go first, the one that says least beside them before the rest; where none does,
those that answer the rarer words. Words weigh by how rare they are.

The titles of a word are the bits of a number, the shortest title the lowest bit, so that millions are met in no time.
"""

from __future__ import annotations

import heapq
import math
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from nosology.errors import UsageError
from nosology.lexicon.query import WordFinder
from nosology.lexicon.search import SearchHit
from nosology.lexicon.tokens import STOP_WORDS, split_words

__all__ = ["TitleSearcher"]

_MOST_WORDS, _MOST_LETTERS = 30, 2000
_MOST_RANKED, _MOST_GATHERED = 300, 120
_OFTEN = 1500  # titles of a word from which its row of bits is made at once
_MOST_REMEMBERED = 2000
_TITLE_ALONE = 0.12  # what a word costs that only the title has
_NUMBER = re.compile(r"(?<=\d),(?=\d{3})")
_DOSE = re.compile(r"(\d)(mg|mcg|ml|units?|cm|sq|gm|g|l|french|gauge)\b")
_QUIET = STOP_WORDS - {"with", "without", "per"} | {"per"}


def _read_words(text: str) -> list[str]:
    """The base forms of the words of a title or query; a number stands apart from its unit."""
    plain = _DOSE.sub(r"\1 \2", _NUMBER.sub("", text.lower()))
    return [word for word in split_words(plain) if word not in _QUIET]


def _lowest(bits: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    size = (bits.bit_length() + 63) // 64 * 8
    for place, word in enumerate(array("Q", bits.to_bytes(size, "little"))):
        base = place * 64
        while word:
            low = word & -word
            yield base + low.bit_length() - 1
            word ^= low


def _to_bits(numbers: Sequence[int]) -> int:
    row = bytearray(numbers[-1] // 8 + 1)
    for number in numbers:
        row[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(row, "little")


class TitleSearcher:
    """An inverted list of titles, made once and kept.

    ``titles`` are ``(code, title, further words)``; the further words are met as well, but do not lengthen the title.
    ``synonyms`` maps a word or phrase of the query to the words of the titles.
    """

    def __init__(self, titles: Iterable[tuple[str, str, str]], synonyms: Mapping[str, str] | None = None) -> None:
        rows = sorted(titles, key=lambda row: (len(row[1]), row[0]))
        self._codes = [row[0] for row in rows]
        self._titles = [row[1] for row in rows]
        self._number = {code: number for number, code in enumerate(self._codes)}
        ids: dict[str, int] = {}
        self._sets: list[frozenset[int]] = []
        postings: list[list[int]] = []
        for number, (_code, title, more) in enumerate(rows):
            own = set(_read_words(title))
            found = []
            for word in own.union(_read_words(more)) if more else own:
                place = ids.get(word)
                if place is None:
                    place = ids[word] = len(postings)
                    postings.append([])
                postings[place].append(number)
                if word in own:
                    found.append(place)
            self._sets.append(frozenset(found))
        self._ids = ids
        self._postings = [array("I", each) for each in postings]
        self._bits = {place: _to_bits(each) for place, each in enumerate(postings) if len(each) > _OFTEN}
        total = len(rows)
        self._weights = [math.log(1 + total / len(each)) for each in postings]
        self._unknown = math.log(1 + total)
        self._finder = WordFinder(list(ids), {place: len(each) for place, each in enumerate(postings)})
        self._synonyms = {tuple(_read_words(name)): meant for name, meant in (synonyms or {}).items()}
        self._longest = max((len(name) for name in self._synonyms), default=0)
        self._asked: dict[tuple[str, bool], tuple[int, float]] = {}

    def search(self, query: str, *, limit: int = 10) -> list[SearchHit]:
        """Return the codes that answer ``query``, best first. Raises UsageError for an empty query."""
        asked = query.strip()[:_MOST_LETTERS]
        if not asked:
            raise UsageError("the query is empty; type a few words")
        if limit < 1:
            raise UsageError("the limit must be 1 or more")
        place = self._number.get(asked.upper()) if len(asked) < 14 else None
        if place is not None:
            return [SearchHit(self._codes[place], self._titles[place], 1.0, self._codes[place])]
        words = list(dict.fromkeys(_read_words(asked)))[:_MOST_WORDS]
        hits: dict[str, SearchHit] = {}
        for said in self._wordings(words):
            for hit in self._answer(said, limit):
                if hit.code not in hits or hits[hit.code].score < hit.score:
                    hits[hit.code] = hit
        return heapq.nsmallest(limit, hits.values(), key=lambda hit: -hit.score)

    def _wordings(self, words: Sequence[str]) -> list[list[str]]:
        """The words as they stand, and with other names replaced where some are there."""
        replaced: list[str] = []
        place = 0
        while place < len(words):
            for size in range(min(self._longest, len(words) - place), 0, -1):
                meant = self._synonyms.get(tuple(words[place : place + size]))
                if meant is not None:
                    replaced += _read_words(meant)
                    place += size
                    break
            else:
                replaced.append(words[place])
                place += 1
        replaced = list(dict.fromkeys(replaced))
        return [list(words)] if replaced == list(words) else [list(words), replaced]

    def _row(self, place: int) -> int:
        """The titles of a word of the list, as bits."""
        bits = self._bits.get(place)
        return _to_bits(self._postings[place]) if bits is None else bits

    def _titles_of(self, word: str, *, last: bool) -> tuple[int, float]:
        """The titles that hold a word or what it may stand for, and what it weighs."""
        known = self._asked.get((word, last))
        if known is None:
            exact = self._ids.get(word)
            if exact is None:
                near = self._finder.find(word, last=last)
            else:
                near = [(exact, 1.0)]
                if last and len(word) > 2:
                    near += self._finder.begins(word, 0.5)
                if len(word) > 5:
                    near += [(other, 0.8) for other in self._finder.same_stem(word)]
            titles = 0
            for atom, _trust in near:
                titles |= self._row(atom)
            weight = math.log(1 + len(self._codes) / titles.bit_count()) if titles else self._unknown
            known = titles, weight
            if len(self._asked) < _MOST_REMEMBERED:
                self._asked[word, last] = known
        return known

    def _answer(self, words: Sequence[str], limit: int) -> list[SearchHit]:
        groups = []
        own = 0.0
        for place, word in enumerate(words):
            titles, weight = self._titles_of(word, last=place == len(words) - 1)
            own += weight
            if titles:
                groups.append((titles, weight, word))
        groups.sort(key=lambda group: -group[1])
        if not groups:
            return []
        together = groups[0][0]
        for titles, _weight, _word in groups[1:]:
            together &= titles
        candidates = set(islice(_lowest(together), _MOST_RANKED))
        if len(candidates) < limit:
            candidates |= self._gather(groups)
        exact = {known for word in words if (known := self._ids.get(word)) is not None}
        weights = self._weights
        hits = []
        for number in candidates:
            bit = 1 << number
            shared = [(weight, word) for titles, weight, word in groups if titles & bit]
            met = sum([weight for weight, _word in shared])
            alone = sum([weights[place] for place in self._sets[number] if place not in exact])
            hits.append((-met / (own + _TITLE_ALONE * alone), number, shared))
        return [
            SearchHit(
                self._codes[number],
                self._titles[number],
                round(min(1.0, -score), 4),
                " ".join(word for _weight, word in shared),
            )
            for score, number, shared in heapq.nsmallest(limit, hits, key=lambda hit: hit[:2])
        ]

    def _gather(self, groups: Sequence[tuple[int, float, str]]) -> set[int]:
        """Titles that answer all words but one, and those that answer the rarest words."""
        found: set[int] = set()
        if len(groups) > 2:
            for left in range(min(len(groups), 8)):
                some = -1
                for place, (titles, _weight, _word) in enumerate(groups):
                    if place != left:
                        some &= titles
                found.update(islice(_lowest(some), _MOST_GATHERED))
        for titles, _weight, _word in groups[:3]:
            found.update(islice(_lowest(titles), _MOST_GATHERED))
        return found
