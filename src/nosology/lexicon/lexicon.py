"""The compiled lexicon at work: text → atoms with offsets → terms.

Matching is in two passes over words as numbers. Phrases that are rewritten are looked up as strings of one character a
word, the longest first. Then, sentence by sentence, the terms whose rarest atom occurs are tested as subsets of the
sentence's atoms; those that stand close enough together are matches, whatever the order of their words.
"""

from __future__ import annotations

import marshal
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import Any, NamedTuple, cast

from nosology.lexicon.tokens import WORD, WORD_ASCII, base_form

__all__ = ["Lexicon", "Match", "Term", "Tokens", "word_char"]

_SPLIT, _SPLIT_ASCII = (re.compile(f"({pattern.pattern})") for pattern in (WORD, WORD_ASCII))

_CHAR = 0x100  # word n is chr(n + _CHAR), past the surrogates where need be
_COMMA, _BARRIER, _SKIP = -1, -2, -3
_MARKS = {",": _COMMA, ".": _COMMA, "?": _SKIP, "+": _SKIP}
_BARRIER_WORDS = frozenset(
    [
        "but",
        "however",
        "except",
        "although",
        "though",
        "denies",
        "denied",
        "deny",
        "without",
        "negative",
        "no",
        "reports",
        "endorses",
        "reported",
        "complains",
        "states",
        "stated",
        "admits",
        "presents",
        "because",
        "therefore",
        "until",
        "after",
        "before",
        "since",
        "unless",
        "if",
    ]
)
_Plan = tuple[str, tuple[int, ...], int, tuple[int, ...], int]  # character, lengths of phrases, places, atoms, the only
_Phrase = tuple[tuple[int, ...] | None, list[tuple[Any, tuple[int, ...]]]]  # what it becomes: plainly, under conditions
_Larger = dict[int, list[tuple[frozenset[int], int]]]  # second rarest atom → terms
_where = itemgetter(1)
_made = tuple.__new__  # a named tuple without the detour of its own constructor
_NONE: list[tuple[frozenset[int], int]] = []
_NEAR = 60  # words to either side in which the condition of a rewrite looks


# A number that only counts the items of a list: first on its line, with a full stop or parenthesis after it.
# One or two words in parentheses, or the grade of a sign ("edema (2+) of the legs"), do not divide a phrase.
_ASIDE = re.compile(r"\((?:[A-Za-z-]+(?: [A-Za-z-]+)?|\d?\+{1,4}(?:/\+{1,4})?)\)")
_ENUMERATOR = re.compile(r"(?m)^[ \t#(•\-*]*(\d{1,2})[.)](?!\d)")


class Term(NamedTuple):
    """A set of atoms, the rarest first, and where it leads: ``codes`` best first, ``sources`` aligned, ``rank`` of
    the best source.
    """

    atoms: tuple[int, ...]
    codes: tuple[str, ...]
    sources: tuple[str, ...]
    rank: int


class Tokens(NamedTuple):
    """The atoms of a text in order: number, code-point range, and place on the line on which closeness is measured."""

    atoms: list[int]
    starts: list[int]
    ends: list[int]
    places: list[int]
    phrases: dict[int, int]  # place of a phrase that was rewritten → number of its atoms (sides aside), if several

    def window(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of atoms that begin in ``[start, end)`` of the text."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


class Match(NamedTuple):
    """A term met in the text: number of the term, indices of its atoms in :class:`Tokens`, and how loosely they
    stand.
    """

    term: int
    where: tuple[int, ...]
    gaps: int


def word_char(number: int) -> str:
    """Return the character that stands for a word; phrases are strings of such characters."""
    number += _CHAR
    return chr(number if number < 0xD800 else number + 0x800)


class Lexicon:
    """A compiled lexicon, loaded once and shared; it holds no state of any text."""

    def __init__(self, compiled: bytes) -> None:
        payload: dict[str, Any] = marshal.loads(compiled)
        self.digest = ""
        self.words: list[str] = payload["words"]
        self.ids: dict[str, int] = {w: i for i, w in enumerate(self.words)}
        self._count: int = payload["count"]
        self._terms: dict[int, Any] = {}  # bare tuples until somebody asks
        self._atoms: dict[int, frozenset[int]] = {}
        self._anchors: dict[int, tuple[int, bytes]] = payload["anchors"]
        self._anchor_set = frozenset(
            self._anchors
        )  # two sets meet in the time of the smaller one, a set and a dict do not
        self._ready: dict[int, tuple[list[int], frozenset[int], _Larger]] = {}
        self._stops = frozenset(payload["stops"])
        self._sides = frozenset(self.ids[w] for w in ("right", "left", "bilateral") if w in self.ids)
        self._singles: dict[int, tuple[int, ...]] = payload["singles"]
        self._barriers = frozenset(self.ids[w] for w in _BARRIER_WORDS if w in self.ids)
        self._base: dict[str, int] = {**_MARKS, **dict.fromkeys(";:()", _BARRIER)}
        self._plans: dict[int, _Plan] = {}
        self._phrases: dict[str, _Phrase] = payload["phrases"]
        self._lengths: dict[str, tuple[int, ...]] = payload["lengths"]

    def term(self, number: int) -> Term:
        """Return a term by its number, one that was met or that :meth:`terms` has given."""
        term = self._terms[number]
        if type(term) is not Term:
            term = self._terms[number] = Term._make(term)
        return term

    def atoms_in(self, number: int) -> frozenset[int]:
        """Return the atoms of a term by its number."""
        known = self._atoms.get(number)
        if known is None:
            known = self._atoms[number] = frozenset(self._terms[number][0])
        return known

    def terms(self) -> Iterator[tuple[int, Term]]:
        """Yield every term with its number; this unpacks the whole lexicon."""
        for atom in self._anchors:
            if atom not in self._ready:
                self._anchored(atom)
        for number, term in self._terms.items():
            yield number, Term._make(term)

    def __len__(self) -> int:
        return self._count

    def atoms_of(self, phrase: str) -> frozenset[int]:
        """Return the atoms of a short phrase, for comparing it with those of a text."""
        return frozenset(self.tokens(phrase).atoms)

    def unknown_words(self, text: str) -> list[str]:
        """Return the base forms of the words of ``text`` that the lexicon does not know, in order."""
        words = (base_form(m) for m in WORD.findall(text) if m not in _MARKS and m not in ";:()")
        return [w for w in words if w not in self.ids]

    def tokens(self, text: str) -> Tokens:
        """Return the atoms of ``text`` in order with exact offsets; unknown and function words only take up place."""
        pieces = (_SPLIT_ASCII if text.isascii() else _SPLIT).split(text)  # what stands between words, word, between, …
        bounds = list(accumulate(map(len, pieces)))
        spans = list(zip(bounds[0::2], bounds[1::2], strict=False))
        raws = pieces[1::2]
        numbers = list(map(self._base.get, raws))
        if None in numbers:
            for i, number in enumerate(numbers):
                if number is None:
                    numbers[i] = self._learn(raws[i])
        for match in _ENUMERATOR.finditer(text):
            i = bisect_left(spans, match.span(1))
            if i < len(spans) and spans[i] == match.span(1):
                numbers[i] = _BARRIER
        for match in _ASIDE.finditer(text):  # "chronic idiopathic (spontaneous) urticaria"
            for place in (match.start(), match.end() - 1):
                i = bisect_left(spans, (place, place + 1))
                if i < len(spans) and spans[i][0] == place:
                    numbers[i] = _SKIP
        return self._rewritten(text, spans, cast("list[int]", numbers))

    def _learn(self, raw: str) -> int:
        """Return the number of a word as written, and keep it."""
        number = self.ids.get(base_form(raw), 0)
        if len(self._base) < 200_000:
            self._base[raw] = number
        return number

    def _plan(self, number: int) -> _Plan:
        """Return what a word does by itself; kept for the next time."""
        if number <= 0:
            before = 1 if number in (0, _COMMA) else 4 if number == _BARRIER else 0
            plan: _Plan = ("\0", (), before, (), -1)
        else:
            char = word_char(number)
            stop = number in self._stops
            before = (4 if number in self._barriers else 0) + (0 if stop else 1)
            out = () if stop else tuple(self._singles.get(number, (number,)))
            plan = (char, self._lengths.get(char, ()), before, out, out[0] if len(out) == 1 else -1)
        self._plans[number] = plan
        return plan

    def _rewritten(self, text: str, spans: list[tuple[int, int]], numbers: list[int]) -> Tokens:
        known, rewrites = self._plans, self._phrases
        plans = [known.get(n) or self._plan(n) for n in numbers]
        chars = "".join([plan[0] for plan in plans])
        atoms: list[int] = []
        where: list[tuple[int, int]] = []
        places: list[int] = []
        phrases: dict[int, int] = {}
        place, skip, count = 0, 0, len(plans)
        for i, (_own, lengths, before, out, only) in enumerate(plans):
            if i < skip:
                continue
            if lengths:
                span = spans[i]
                for length in lengths:  # the longest phrase that begins here
                    rewrite = rewrites.get(chars[i : i + length])
                    if rewrite is not None and i + length <= count:
                        changed = self._resolve(rewrite, length, text, spans, numbers, i) if rewrite[1] else rewrite[0]
                        if changed is not None:
                            out, only = changed, changed[0] if len(changed) == 1 else -1
                            skip = i + length
                            span = (span[0], spans[skip - 1][1])
                            place += 1 - before
                            break
                place += before
                if only >= 0:
                    atoms.append(only)
                    where.append(span)
                    places.append(place)
                    continue
            else:
                place += before
                if only >= 0:
                    atoms.append(only)
                    where.append(spans[i])
                    places.append(place)
                    continue
                span = spans[i]
            if out:
                phrases[place] = len(set(out) - self._sides)
                atoms += out
                where += [span] * len(out)
                places += [place] * len(out)
        return Tokens(atoms, [s for s, _ in where], [e for _, e in where], places, phrases)

    @staticmethod
    def _resolve(
        rewrite: _Phrase, length: int, text: str, spans: list[tuple[int, int]], numbers: list[int], i: int
    ) -> tuple[int, ...] | None:
        """Return what the phrase at word ``i`` becomes here; None where no condition holds."""
        plain, conditional = rewrite
        around: set[int] = set()
        for (upper, near, far, exact), atoms in conditional:
            raw = text[spans[i][0] : spans[i + length - 1][1]]
            if upper and not raw.isupper():
                continue
            if exact and raw.lower() != exact and not (raw[:-1].isupper() and raw[:-1].lower() == exact):
                continue
            if near or far:
                around = around or {*numbers[max(0, i - _NEAR) : i], *numbers[i + length : i + _NEAR]}
                if (near and around.isdisjoint(near)) or not around.isdisjoint(far):
                    continue
            return atoms
        return plain

    def _anchored(self, atom: int) -> tuple[list[int], frozenset[int], _Larger]:
        """Return the one-atom terms and the larger terms that are anchored at ``atom``, prepared on first use.

        The larger ones are listed by their second rarest atom, so that few of them need to be tested.
        """
        single: list[int] = []
        larger: _Larger = {}
        number, packed = self._anchors[atom]
        for term in marshal.loads(packed):
            self._terms[number] = term
            atoms = term[0]
            if len(atoms) == 1:
                single.append(number)
            else:
                larger.setdefault(atoms[1], []).append((frozenset(atoms), number))
            number += 1
        ready = self._ready[atom] = (single, frozenset(larger), larger)
        return ready

    def match(self, tokens: Tokens, first: int, last: int) -> list[Match]:
        """Return the terms met among the atoms ``first`` to ``last``, those inside a larger one left out, in text
        order.
        """
        atoms = tokens.atoms
        if first >= last:
            return []
        present = set(atoms[first:last])
        anchored = present & self._anchor_set
        if not anchored:
            return []
        ready, places = self._ready, tokens.places
        hits: list[tuple[int, list[int], list[tuple[frozenset[int], int]]]] = []
        for atom in anchored:
            single, keys, table = ready.get(atom) or self._anchored(atom)
            larger = _NONE
            if not present.isdisjoint(keys):
                larger = [e for second in present & keys for e in table[second] if e[0] <= present]
            if larger or single:
                hits.append((atom, single, larger))
        if not hits:
            return []
        found: list[tuple[float, int, Match]] = []
        if len(present) == last - first:  # every atom stands once
            place_of = dict(zip(atoms[first:last], range(first, last), strict=True)).__getitem__
            for atom, single, larger in hits:
                for number in single:
                    found.append((-1.0, i := place_of(atom), _made(Match, (number, (i,), 0))))
                for wanted, number in larger:
                    size = len(wanted)
                    most = 2 if size == 2 else 3 if size == 3 else 4
                    picked = tuple(sorted(map(place_of, wanted)))
                    spread = places[picked[-1]] - places[picked[0]] + 1
                    if spread - size > most:
                        continue
                    gaps = spread - len({places[j] for j in picked})
                    if gaps <= most and size > 1 and tokens.phrases:
                        gaps += _borrowed(picked, tokens)
                    if gaps <= most:
                        found.append((0.45 * gaps - size, picked[0], Match(number, picked, gaps)))
            return _keep(found)
        where: dict[int, list[int]] = {}
        for i in range(first, last):
            where.setdefault(atoms[i], []).append(i)
        for atom, single, larger in hits:
            indices = where[atom]
            for number in single:
                found += [(-1.0, i, Match(number, (i,), 0)) for i in indices]
            for wanted, number in larger:
                size = len(wanted)
                most = 2 if size == 2 else 3 if size == 3 else 4
                for i in indices:
                    picked, gaps = _closest(wanted, atom, i, where, places)
                    if gaps <= most and size > 1 and tokens.phrases:
                        gaps += _borrowed(picked, tokens)
                    if gaps <= most:
                        found.append((0.45 * gaps - size, picked[0], Match(number, picked, gaps)))
        return _keep(found)


def _closest(
    wanted: frozenset[int], anchor: int, i: int, where: dict[int, list[int]], places: Sequence[int]
) -> tuple[tuple[int, ...], int]:
    """Return the occurrences of ``wanted`` nearest to the anchor at ``i`` and the places between that they leave
    open.
    """
    middle = places[i]
    picked = [i]
    for atom in wanted:
        if atom != anchor:
            options = where[atom]
            picked.append(options[0] if len(options) == 1 else min(options, key=lambda j: abs(places[j] - middle)))
    picked.sort()
    taken = {places[j] for j in picked}
    return tuple(picked), max(taken) - min(taken) + 1 - len(taken)


def _borrowed(picked: tuple[int, ...], tokens: Tokens) -> int:
    """Return 2 for each rewritten phrase of which a match takes only some words and the rest from elsewhere.

    The "chronic" of COPD says nothing of its neighbours.
    """
    used: dict[int, int] = {}
    for i in picked:
        place = tokens.places[i]
        used[place] = used.get(place, 0) + 1
    if len(used) == 1:
        return 0
    return sum(2 for place, count in used.items() if count < tokens.phrases.get(place, 1))


def _keep(found: list[tuple[float, int, Match]]) -> list[Match]:
    """Return the best matches: larger and tighter ones first, none inside another, no loose one across a tight one."""
    if len(found) == 1:
        return [found[0][2]]
    taken = [i for _score, _first, match in found for i in match.where]
    if len(set(taken)) == len(taken):  # nothing overlaps
        return sorted([match for _score, _first, match in found], key=_where)
    found.sort()
    kept: list[Match] = []
    owners: dict[int, list[tuple[frozenset[int], int]]] = {}
    for _score, _first, match in found:
        mine = frozenset(match.where)
        neighbours = [entry for i in match.where for entry in owners.get(i, ())]
        if any(mine <= other or (match.gaps > gaps and match.gaps > 1) for other, gaps in neighbours):
            continue
        kept.append(match)
        for i in match.where:
            owners.setdefault(i, []).append((mine, match.gaps))
    kept.sort(key=_where)
    return kept
