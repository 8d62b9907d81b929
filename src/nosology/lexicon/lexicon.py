"""The compiled lexicon at work: text → atoms with offsets → terms.

Matching is in two native passes. An Aho-Corasick automaton over word numbers (one character a word) finds every phrase that is
rewritten, longest first. Then, sentence by sentence, the terms whose rarest atom occurs are tested as subsets of the sentence's
atoms; those that stand close enough together are matches, whatever the order of their words.
"""

from __future__ import annotations

import marshal
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import ahocorasick

from nosology.lexicon.tokens import WORD, WORD_ASCII, base_form

__all__ = ["Lexicon", "Match", "Term", "Tokens"]

_CHAR = 0x100  # word n is chr(n + _CHAR), past the surrogates where need be
_COMMA, _BARRIER, _SKIP = -1, -2, -3
_MARKS = {",": _COMMA, ".": _COMMA, "?": _SKIP, "+": _SKIP}
_BARRIER_WORDS = frozenset(
    ["but", "however", "except", "although", "though", "denies", "denied", "deny", "without", "negative", "no", "reports", "endorses", "reported", "complains", "states", "stated", "admits", "presents", "because", "therefore", "until", "after", "before", "since", "unless", "if"]
)
_Larger = dict[int, list[tuple[frozenset[int], int]]]  # second rarest atom → terms
_NEAR = 60  # words to either side in which the condition of a rewrite looks


class Term(NamedTuple):
    """A set of atoms, the rarest first, and where it leads: ``codes`` best first, ``sources`` aligned, ``rank`` of the best source."""

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
    phrases: dict[int, int]  # place of a phrase that was rewritten → number of its atoms, where there are several

    def window(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of atoms that begin in ``[start, end)`` of the text."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


class Match(NamedTuple):
    """A term met in the text: number of the term, indices of its atoms in :class:`Tokens`, and how loosely they stand."""

    term: int
    where: tuple[int, ...]
    gaps: int


def _char(number: int) -> str:
    number += _CHAR
    return chr(number if number < 0xD800 else number + 0x800)


def _enumerates(text: str, start: int, end: int) -> bool:
    """True for a number that only counts the items of a list: first on its line, with a full stop or parenthesis after it."""
    if text[end : end + 1] not in (".", ")") or text[end + 1 : end + 2].isdigit():
        return False
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t#(•-*")


class Lexicon:
    """A compiled lexicon, loaded once and shared; it holds no state of any text."""

    def __init__(self, compiled: bytes) -> None:
        payload: dict[str, Any] = marshal.loads(compiled)
        self.digest = ""
        self.words: list[str] = payload["words"]
        self.ids: dict[str, int] = {w: i for i, w in enumerate(self.words)}
        self._count: int = payload["count"]
        self._terms: dict[int, tuple[Any, ...]] = {}
        self._anchors: dict[int, tuple[int, bytes]] = payload["anchors"]
        self._ready: dict[int, tuple[list[int], _Larger]] = {}
        self._stops = frozenset(payload["stops"])
        self._singles: dict[int, tuple[int, ...]] = payload["singles"]
        self._barriers = frozenset(self.ids[w] for w in _BARRIER_WORDS if w in self.ids)
        self._base: dict[str, int] = {**_MARKS, **dict.fromkeys(";:()", _BARRIER)}
        self._chars: dict[int, str] = {}
        self._phrases: list[tuple[int, tuple[int, ...], list[tuple[Any, tuple[int, ...]]]]] = []
        self._automaton = self._build_automaton(payload["phrases"])

    def _build_automaton(self, rows: Iterable[tuple[tuple[int, ...], tuple[int, ...], Any]]) -> Any:
        automaton = ahocorasick.Automaton()
        grouped: dict[tuple[int, ...], list[Any]] = {}
        for phrase, atoms, condition in rows:
            entry = grouped.setdefault(phrase, [None, []])
            if condition is None:
                entry[0] = entry[0] if entry[0] is not None else atoms
            else:
                entry[1].append((condition, atoms))
        for phrase, (atoms, conditional) in grouped.items():
            automaton.add_word("".join(map(_char, phrase)), (len(phrase), atoms, conditional))
        automaton.make_automaton()
        return automaton

    def term(self, number: int) -> Term:
        """Return a term by its number, one that was met or that :meth:`terms` has given."""
        return Term._make(self._terms[number])

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
        spans = [m.span() for m in (WORD_ASCII if text.isascii() else WORD).finditer(text)]
        known, ids = self._base, self.ids
        numbers: list[int] = []
        for start, end in spans:
            raw = text[start:end]
            number = known.get(raw)
            if number and len(raw) < 3 and raw.isdigit() and _enumerates(text, start, end):
                number = _BARRIER
            elif number is None:
                number = ids.get(base_form(raw), 0)
                if len(known) < 200_000:
                    known[raw] = number
                if number and len(raw) < 3 and raw.isdigit() and _enumerates(text, start, end):
                    number = _BARRIER
            numbers.append(number)
        return self._rewritten(text, spans, numbers)

    def _rewritten(self, text: str, spans: list[tuple[int, int]], numbers: list[int]) -> Tokens:
        chars = self._chars
        pieces = []
        for n in numbers:
            c = chars.get(n)
            if c is None:
                c = chars[n] = _char(n) if n > 0 else "\0"
            pieces.append(c)
        atoms: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        places: list[int] = []
        phrases: dict[int, int] = {}
        place, i, count = 0, 0, len(numbers)
        hits = iter(self._automaton.iter_long("".join(pieces)))
        hit_end, hit = next(hits, (count, None))
        hit_start = hit_end - hit[0] + 1 if hit else count
        singles, stops, barriers = self._singles, self._stops, self._barriers
        while i < count:
            number = numbers[i]
            width, out = 1, None
            if i == hit_start:
                assert hit is not None
                out = self._resolve(hit, text, spans, numbers, i)
                if out is not None:
                    width = hit[0]
                hit_end, hit = next(hits, (count, None))
                hit_start = hit_end - hit[0] + 1 if hit else count
            if out is None:
                if number <= 0:
                    place += 1 if number in (0, _COMMA) else 4 if number == _BARRIER else 0
                    i += 1
                    continue
                if number in barriers:
                    place += 4
                if number in stops:
                    i += 1
                    continue
                out = singles.get(number)
                if out is None:
                    out = (number,)
            place += 1
            if len(out) > 1:
                phrases[place] = len(set(out))
            start, end = spans[i][0], spans[i + width - 1][1]
            for atom in out:
                atoms.append(atom)
                starts.append(start)
                ends.append(end)
                places.append(place)
            i += width
        return Tokens(atoms, starts, ends, places, phrases)

    def _resolve(
        self, hit: Any, text: str, spans: list[tuple[int, int]], numbers: list[int], i: int
    ) -> tuple[int, ...] | None:
        length, plain, conditional = hit
        for (upper, near, far, exact), atoms in conditional:
            raw = text[spans[i][0] : spans[i + length - 1][1]]
            if upper and not raw.isupper():
                continue
            if exact and raw.lower() != exact and not (raw[:-1].isupper() and raw[:-1].lower() == exact):
                continue
            if near or far:
                around = numbers[max(0, i - _NEAR) : i] + numbers[i + length : i + _NEAR]
                if (near and not any(n in around for n in near)) or any(n in around for n in far):
                    continue
            return tuple(atoms)
        return tuple(plain) if plain is not None else None

    def _anchored(self, atom: int) -> tuple[list[int], _Larger]:
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
        ready = self._ready[atom] = (single, larger)
        return ready

    def match(self, tokens: Tokens, first: int, last: int) -> list[Match]:
        """Return the terms met among the atoms ``first`` to ``last``, those inside a larger one left out, in text order."""
        atoms = tokens.atoms
        if first >= last:
            return []
        present = set(atoms[first:last])
        anchors, ready, places = self._anchors, self._ready, tokens.places
        hits: list[tuple[int, list[int], list[tuple[frozenset[int], int]]]] = []
        for atom in present:
            if atom in anchors:
                prepared = ready.get(atom) or self._anchored(atom)
                seconds = present.intersection(prepared[1])
                larger = [entry for second in seconds for entry in prepared[1][second] if entry[0] <= present]
                if larger or prepared[0]:
                    hits.append((atom, prepared[0], larger))
        if not hits:
            return []
        where: dict[int, list[int]] = {}
        for i in range(first, last):
            where.setdefault(atoms[i], []).append(i)
        found: list[tuple[float, int, Match]] = []
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
    """Return the occurrences of ``wanted`` nearest to the anchor at ``i`` and the places between that they leave open."""
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
    kept.sort(key=lambda m: m.where)
    return kept
