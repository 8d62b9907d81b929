"""Search over the code set: words in any order, prefixes, typos, abbreviations and lay words; ranked.

The query goes through the same rewrites as a note. Every term of the lexicon that shares an atom, or the stem of one,
with it is scored by the information that both share against what either has alone (the ratio model of Tversky, 1977); a
code is as good as its best term. Words that hardly tell diseases apart, and the numbers of a series, weigh little.
``data/search`` holds what only the search reads: terms too short or too bare to be trusted in a note.
"""

from __future__ import annotations

import heapq
import marshal
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from nosology.errors import UsageError
from nosology.lexicon.lexicon import Lexicon, Term
from nosology.lexicon.query import WordFinder, Wordings, read_series, weak_words
from nosology.lexicon.rewrites import read_rows
from nosology.lexicon.tokens import STOP_WORDS, base_form

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["SearchHit", "Searcher"]

_STEM_TRUST, _HEAD_TRUST = 0.75, 0.6
_HEAD = 14  # letters of a title by which it is found again
_FULL_LENGTH = 8  # a dotted code with its seventh character
_QUERY_ALONE, _TERM_ALONE = 1.0, 0.55  # what a word costs that only the query, or only the term, has
_WEAK, _NUMBER = 1.5, 3.4  # the most that a weak word and a number may weigh
_COMMON = 3000  # terms of a word beyond which it only adds to candidates that another word has found
_ENOUGH, _FEW_WORDS = 300, 10
_SIDES = {"right": "right", "left": "left", "rt": "right", "lt": "left", "r": "right", "l": "left"}
_MOST_WORDS, _MOST_LETTERS, _RANKED_FIRST = 40, 2000, 60
_MARKS = str.maketrans(dict.fromkeys("-,;:()[]/.'", " "))
_Group = tuple[int, float, list[tuple[int, float]]]  # number of terms, weight, atoms with trust


class SearchHit(NamedTuple):
    """A code found: the billable default or the node itself, its title, a score in (0, 1], and the term met."""

    code: str
    title: str
    score: float
    term: str


def _plain(title: str) -> str:
    """Return a title as one may type it: lower case, no marks."""
    return " ".join(title.lower().translate(_MARKS).split())


def _unpack(lexicon: Lexicon) -> list[tuple[Any, ...]]:
    """Return every term of the lexicon as plain tuples, without preparing them for notes as ``Lexicon.terms`` does."""
    return [term for _number, packed in lexicon._anchors.values() for term in marshal.loads(packed)]


class Searcher:
    """A search over one lexicon; its inverted lists are made on first use and kept.

    ``default_code`` turns a node into the code that the Tabular List gives when nothing more is said.
    """

    def __init__(self, icd: Icd10cm, lexicon: Lexicon, default_code: Callable[[str], str | None]) -> None:
        self._icd = icd
        self._lexicon = lexicon
        self._default = default_code
        self._defaults: dict[str, str] = {}
        self._sets: dict[int, frozenset[int]] = {}
        self._words = list(lexicon.words)
        self._own_ids: dict[str, int] = {}
        symbols, families = read_series()
        self._wordings = Wordings(symbols)
        self._weak, heads = weak_words()
        self._own = self._read_own(families)
        self._residual = self._read_residual()
        by_atom: dict[int, list[int]] = defaultdict(list)
        self._terms = [*_unpack(lexicon), *self._own]
        for number, term in enumerate(self._terms):
            for atom in term[0]:
                by_atom[atom].append(number)
        self._by_atom = dict(by_atom)
        self._weights = weights = self._weigh()
        self._totals = [sum([weights[atom] for atom in term[0]]) for term in self._terms]
        self._trusts = [1 - 0.01 * term[3] for term in self._terms]
        self._heads = [lexicon.ids[head] for head in sorted(heads) if lexicon.ids.get(head, -1) in self._by_atom]
        self._finder = WordFinder(self._words, {atom: len(numbers) for atom, numbers in self._by_atom.items()})
        self._unknown = math.log(1 + len(lexicon))

    def _read_residual(self) -> dict[str, list[tuple[str, str]]]:
        """The titles of what is left over ("Other …", "… elsewhere classified"), which are no terms of a note, by how
        they begin; those with a mark there under ""."""
        icd = self._icd
        titles = ((icd.title(code), code) for code in icd.codes() if len(code) < _FULL_LENGTH and "-" not in code)
        found: dict[str, list[tuple[str, str]]] = {}
        for title, code in titles:
            if "ther " in title or "elsewhere" in title:
                head = title[:_HEAD].lower()
                found.setdefault(head if head == head.translate(_MARKS) else "", []).append((title, code))
        return found

    def _pasted_title(self, asked: str) -> str:
        """The node whose title of what is left over somebody pasted, "" where it is none."""
        plain = _plain(asked)
        if "other" not in plain and "elsewhere" not in plain:
            return ""
        alike = (*self._residual.get(plain[:_HEAD], ()), *self._residual.get("", ()))
        return next((code for title, code in alike if _plain(title) == plain), "")

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
        wordings = self._wordings.of(asked[:_MOST_LETTERS])
        asks = [(wording, 1.0 if place == 0 else 0.985) for place, wording in enumerate(wordings)]
        respelt = self._respell(wordings[0])
        if respelt not in wordings:
            asks.append((respelt, 0.96))
        again = self._reword(respelt)
        if again:
            asks.append((again, 0.99 if respelt in wordings else 0.95))
        asks += [(joined, 0.97) for joined in self._joined(wordings[0])]
        side = next((word for word in wordings[0].split() if word in _SIDES), "")
        if side:
            asks.append((" ".join(word for word in wordings[0].split() if word not in _SIDES), 0.99))
        for place, (wording, trust) in enumerate(asks):
            for hit in self._answer(wording, limit, trust) if wording else ():
                if side and place == len(asks) - 1:
                    hit = self._on_side(hit, _SIDES[side])
                if hit.code not in hits or hits[hit.code].score < hit.score:
                    hits[hit.code] = hit
        node = self._pasted_title(asked[:_MOST_LETTERS])
        if node:
            code = self._default(node) or node
            hits = {code: SearchHit(code, self._icd.title(code), 1.0, self._icd.title(node)), **hits}
            hits[code] = hits[code]._replace(score=1.0)
        return heapq.nsmallest(limit, hits.values(), key=lambda h: -h.score)

    def _joined(self, wording: str) -> list[str]:
        """Return ``wording`` with two neighbors written as one, where that is a word ("ring worm")."""
        words = wording.split()
        if len(words) > _FEW_WORDS:
            return []
        pairs = [
            i
            for i in range(len(words) - 1)
            if len(words[i]) > 2 and base_form(words[i] + words[i + 1]) in self._lexicon.ids
        ]
        return [" ".join([*words[:i], words[i] + words[i + 1], *words[i + 2 :]]) for i in pairs]

    def _on_side(self, hit: SearchHit, side: str) -> SearchHit:
        """Return the hit with the code of the side, if its code leaves the side open and a sibling names it."""
        icd = self._icd
        extended = icd.kind(hit.code) == "extended"
        code = icd.parent(hit.code) if extended else hit.code
        parent = icd.parent(code) if code else None
        if code is None or parent is None or "unspecified" not in icd.title(code):
            return hit
        open_title = icd.title(code)
        for sibling in icd.children(parent):
            title = icd.title(sibling)
            if side in title.lower().split() and title.lower().replace(side, "unspecified") == open_title.lower():
                found = sibling + hit.code[len(code) :]  # with the placeholder and seventh character of the open one
                if found not in icd:
                    return hit
                return hit._replace(code=found, title=icd.title(found))
        return hit

    def _reword(self, wording: str) -> str:
        """Return ``wording`` in the words of its rewrites where those make another rewritten phrase, else ""."""
        atoms = self._lexicon.tokens(wording).atoms
        again = " ".join(self._words[atom] for atom in atoms)
        if len(atoms) > _MOST_WORDS or set(self._lexicon.tokens(again).atoms) == set(atoms):
            return ""
        return " ".join([again, *self._lexicon.unknown_words(wording)])

    def _respell(self, wording: str) -> str:
        """Return ``wording`` with its unknown words as they were probably meant, so that phrases are met again."""
        words = wording.split()
        if len(words) > _MOST_WORDS:
            return wording
        known, own = self._lexicon.ids, self._own_ids
        for i, word in enumerate(words):
            base = base_form(word)
            if word not in known and base not in known and base not in own:
                words[i] = self._finder.respell(word)
        return " ".join(words)

    def _answer(self, wording: str, limit: int, trust: float) -> list[SearchHit]:
        """Return the best codes for one wording: the words add up, the rarest first, over the terms that hold them."""
        groups, lost = self._expand(wording)
        groups.sort(key=lambda group: (group[1] <= _WEAK, group[0]))
        own = lost + sum([weight for _, weight, _ in groups])
        scores, closed = self._score(groups, own, limit)
        hits = self._rank(scores, own, limit, trust)
        if closed and len(hits) < limit:  # the best terms were all of a few codes
            hits = self._rank(self._score(groups, own, 0)[0], own, limit, trust)
        return hits

    def _score(self, groups: list[_Group], own: float, limit: int) -> tuple[dict[int, float], bool]:
        """Return what each term shares with the query; and whether terms were left out that only hold common words.

        A term that holds none of the words so far cannot be better than their share; once enough terms are (``limit``
        above 0), common words only add to those.
        """
        scores: dict[int, float] = {}
        left = sum([weight for _, weight, _ in groups])
        enough = _RANKED_FIRST + 4 * limit
        closed = False
        for size, weight, group in groups:
            adds_only = bool(scores) and (closed or weight <= _WEAK or (size > _COMMON and len(scores) > _ENOUGH))
            try_closing = limit > 0 and not adds_only and size > len(scores) >= enough
            gains = self._gains(group, weight, scores if adds_only or try_closing else None)
            if scores:
                known = scores.get
                for number, gain in gains.items():
                    scores[number] = known(number, 0.0) + gain
            else:
                scores = gains
            if try_closing:
                closed = heapq.nlargest(enough, self._values(scores, own))[-1] >= left / own
                if not closed:
                    new = self._gains(group, weight, None)
                    scores = {**new, **scores}
            left -= weight
        return scores, closed

    def _gains(self, group: list[tuple[int, float]], weight: float, among: dict[int, float] | None) -> dict[int, float]:
        """What each term (of ``among``, where given) gains by a word: its most trusted alternative counts."""
        gains: dict[int, float] = {}
        for atom, part in sorted(group, key=lambda each: each[1]) if len(group) > 1 else group:
            numbers: Iterable[int] = self._by_atom[atom]
            if among is not None:
                if len(among) < len(self._by_atom[atom]):
                    numbers = self._members(atom).intersection(among)
                else:
                    numbers = [number for number in numbers if number in among]
            gains.update(dict.fromkeys(numbers, weight * part))
        return gains

    def _values(self, scores: dict[int, float], own: float) -> list[float]:
        """How well each term answers: what it shares with the query, against what either has alone."""
        totals, trusts = self._totals, self._trusts
        return [
            trusts[number]
            * shared
            / (
                (own if own > shared else shared)
                + (_TERM_ALONE * (totals[number] - shared) if totals[number] > shared else 0.0)
            )
            for number, shared in scores.items()
        ]

    def _members(self, atom: int) -> frozenset[int]:
        """Return the terms of a common word as a set, made once."""
        members = self._sets.get(atom)
        if members is None:
            members = self._sets[atom] = frozenset(self._by_atom[atom])
        return members

    def _expand(self, wording: str) -> tuple[list[_Group], float]:
        """Return, for each word, the atoms that may stand for it; and the weight of the words without any."""
        finder, by_atom, weights, words = self._finder, self._by_atom, self._weights, self._words
        last = (wording.replace(",", " ").split() or [""])[-1]
        groups: list[_Group] = []
        lost = 0.0
        unknown = [w for w in self._lexicon.unknown_words(wording) if w not in self._own_ids]
        for word in unknown[:_MOST_WORDS]:
            near = finder.find(word, last=last.startswith(word))
            if near:
                groups.append(self._group(near))
            elif not finder.means_nothing(word):
                lost += self._unknown if word.isalpha() and len(word) > 2 else _NUMBER
        for atom in list(dict.fromkeys(self._atoms(wording)))[:_MOST_WORDS]:
            word = words[atom]
            near = [(atom, 1.0)] if atom in by_atom else []
            if atom in self._heads:
                near += [(other, _HEAD_TRUST) for other in self._heads if other != atom]
            elif word not in self._weak:
                if len(word) > 4:
                    trust = _STEM_TRUST if near else 0.9
                    near += [(other, trust) for other in finder.same_stem(word) if other != atom]
                if near and word == last and len(word) > 1:
                    near += finder.begins(word, 0.5)
            if near and near[0][1] == 1.0:
                size = len(by_atom[atom])
                groups.append((size, weights[atom], near))
                continue
            near = near or finder.find(word, last=word == last)
            if near:
                groups.append(self._group(near))
            else:
                lost += self._unknown if word.isalpha() else _NUMBER
        return groups, lost

    def _group(self, near: list[tuple[int, float]]) -> _Group:
        """Return the alternatives as one word, as rare as all of them together, so that the rarest is not preferred."""
        size = sum(len(self._by_atom[atom]) for atom, _ in near)
        weight = math.log(1 + (len(self._lexicon) + len(self._own)) / size)
        return size, min(weight, max(self._weights[atom] for atom, _ in near)), near

    def _rank(self, scores: dict[int, float], own: float, limit: int, trust: float) -> list[SearchHit]:
        """Return the best codes, each by its best term."""
        values = self._values(scores, own)
        bar = 0.0
        most = _RANKED_FIRST + 4 * limit
        if most < len(values):
            bar = heapq.nlargest(most, values)[-1]
        while True:
            top = [(value, number) for value, number in zip(values, scores, strict=True) if value >= bar]
            hits = self._choose(sorted(top, reverse=True), limit, trust)
            if bar == 0.0 or (len(hits) == limit and hits[-1][1] >= trust * bar):
                return [self._hit(code, value, self._terms[number][0]) for code, value, number in hits]
            bar = 0.0

    def _choose(self, top: list[tuple[float, int]], limit: int, trust: float) -> list[tuple[str, float, int]]:
        """The best codes of the terms, each with its value and the term; the first code of a term counts most."""
        best: dict[str, tuple[float, int]] = {}
        for value, number in top:
            value *= trust
            for node in self._terms[number][1]:
                if node not in best or best[node][0] < value:
                    best[node] = (value, number)
                value *= 0.97
        found: dict[str, tuple[str, float, int]] = {}
        for node, (value, number) in sorted(best.items(), key=lambda item: (-item[1][0], len(item[0]), item[0])):
            code = self._defaults.get(node)
            if code is None:
                code = self._defaults[node] = self._default(node) or node
            if code not in found:
                found[code] = (code, value, number)
                if len(found) == limit:
                    break
        return list(found.values())

    def _hit(self, code: str, value: float, atoms: tuple[int, ...]) -> SearchHit:
        words = " ".join(self._words[a] for a in atoms)
        return SearchHit(code, self._icd.title(code), round(min(1.0, value), 4), words)
