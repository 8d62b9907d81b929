"""The compiled lexicon at work: text → atoms with offsets → terms.

Matching is in two passes over words as numbers. Phrases that are rewritten are looked up as strings of one character a
word, the longest first. Then, sentence by sentence, the terms whose rarest atom occurs are tested as subsets of the
sentence's atoms; those that stand close enough together are matches, whatever the order of their words.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from nosology.lexicon.closeness import borrowed, closest, mirrored, side_within
from nosology.lexicon.conditions import Phrase, Surroundings
from nosology.lexicon.labels import without_labels
from nosology.lexicon.measures import descriptions, gained_weight, lost_weight, sizes
from nosology.lexicon.places import first_at
from nosology.lexicon.plans import BARRIER_PLAN, COMMA_PLAN, SKIP_PLAN, UNKNOWN_PLAN, Lengths, Plan, word_char
from nosology.lexicon.predicates import Predicates
from nosology.lexicon.runs import RunReader
from nosology.lexicon.subjects import Subjects
from nosology.lexicon.tokens import DENYING, WORD, base_form, unsigned

__all__ = ["Lexicon", "Match", "Term", "Tokens", "word_char"]

_MARKS = frozenset(",.?+")
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
# second rarest atom → terms: atoms, those after the second, number, most gaps between them
_Larger = dict[int, list[tuple[tuple[int, ...], frozenset[int], int, int]]]
_where = itemgetter(1)
_made = tuple.__new__  # a named tuple without the detour of its own constructor

# One or two words in parentheses, or the grade of a sign ("edema (2+) of the legs"), do not divide a phrase.
_ASIDE = re.compile(r"\((?:[A-Za-z-]+(?: [A-Za-z-]+)?|\d?\+{1,4}(?:/\+{1,4})?)\)")
# A number that only counts the items of a list: first on its line, with a full stop or parenthesis after it.
_ENUMERATOR = re.compile(r"\n[ \t#(•\-*]*(\d{1,2})[.)](?!\d)")  # of a text with a line end before it


# The full stop of a genus told by its initial ("S. aureus") ends nothing.
_INITIAL_STOP = re.compile(r"\.(?<=[A-Za-z].)(?<![A-Za-z0-9.']..)(?= {1,2}[a-z]{4})")


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
        first = first_at(self.starts, start)
        return first, first_at(self.starts, end, first if end >= start else 0)


class Match(NamedTuple):
    """A term met in the text: number of the term, indices of its atoms in :class:`Tokens`, and how loosely they
    stand.
    """

    term: int
    where: tuple[int, ...]
    gaps: int


class Lexicon:
    """A compiled lexicon, loaded once and shared; it holds no state of any text."""

    def __init__(self, compiled: bytes | memoryview) -> None:
        payload: dict[str, Any] = marshal.loads(compiled)
        self.digest = ""
        self.words: list[str] = payload["words"]
        self.ids: dict[str, int] = {w: i for i, w in enumerate(self.words)}
        self._count: int = payload["count"]
        self._terms: dict[int, Any] = {}  # bare tuples until somebody asks
        self._atoms: dict[int, frozenset[int]] = {}
        self._anchors: dict[int, tuple[int, bytes]] = payload["anchors"]
        # two sets meet in the time of the smaller one, a set and a dict do not
        self._anchor_set = frozenset(self._anchors)
        self._single: dict[int, list[int]] = {}  # of the anchors made ready, the terms of one atom
        self._alone: set[int] = set()  # those that have such
        self._larger: dict[int, _Larger] = {}
        self._seconds: dict[int, frozenset[int]] = {}
        self._stops = frozenset(payload["stops"])
        self._sides = frozenset(self.ids[w] for w in ("right", "left", "bilateral", "r", "l") if w in self.ids)
        self._singles: dict[int, tuple[int, ...]] = payload["singles"]
        self._barriers = frozenset(self.ids[w] for w in _BARRIER_WORDS if w in self.ids)
        self._subjects = Subjects(payload["subjects"])
        self._plans: dict[str, Plan] = {  # by the word as written
            **dict.fromkeys(",.", COMMA_PLAN),
            **dict.fromkeys("?+", SKIP_PLAN),
            **dict.fromkeys(";:()", BARRIER_PLAN),
        }
        self._denying = frozenset(self.ids[w] for w in DENYING if w in self.ids)
        self._after_non = frozenset(map(tuple, payload["after_non"]))
        self._packed: dict[str, bytes] = payload["phrases"]  # by the first word
        self._phrases: dict[str, Phrase] = {}  # of the words that were met
        self._lengths: dict[str, Lengths] = {}
        self._predicates = Predicates(payload["predicates"])
        self._runs = RunReader(self._plan)

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
        self._prepare(self._anchors)
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
        plain = without_labels(_INITIAL_STOP.sub(" ", text if text.isascii() else unsigned(text)))
        cut = self._runs.cut(plain)
        starts, ends, plans = cut.starts, cut.ends, cut.plans
        for match in _ENUMERATOR.finditer(f"\n{text}"):
            start, end = match.start(1) - 1, match.end(1) - 1
            i = first_at(starts, start)
            if starts[i] == start and ends[i] == end:
                plans[i] = BARRIER_PLAN
        for start, end in (*sizes(text), *descriptions(text)):
            for i in range(first_at(starts, start), first_at(starts, end)):
                plans[i] = SKIP_PLAN
        for word, weights in (("loss", lost_weight(text)), ("gain", gained_weight(text))):
            for start, end in weights:  # "lost 20 pounds": loss, weight
                first, last = first_at(starts, start), first_at(starts, end) - 1
                plans[first : last + 1] = [SKIP_PLAN] * (last - first + 1)
                plans[first], plans[last] = self._plan(word), self._plan("weight")
        for match in _ASIDE.finditer(text) if "(" in text else ():  # "chronic idiopathic (spontaneous) urticaria"
            for place in (match.start(), match.end() - 1):
                i = first_at(starts, place)
                if starts[i] == place:
                    plans[i] = SKIP_PLAN
        return self._rewritten(text, starts, ends, cut.raws, plans)

    def _plan(self, raw: str) -> Plan:
        """Return what a word as written does by itself."""
        return self._plans.get(raw) or self._learn(raw)

    def _learn(self, raw: str) -> Plan:
        """Return what a word as written does by itself, when it is first met."""
        number = self.ids.get(base_form(raw), 0)
        plan = UNKNOWN_PLAN
        if number > 0:
            char = word_char(number)
            stop = number in self._stops
            before = (4 if number in self._barriers else 0) + (0 if stop else 1)
            out = () if stop else tuple(self._singles.get(number, (number,)))
            roles = self._subjects.roles.get(char, 0) | self._predicates.roles.get(char, 0)
            plan = Plan(char, self._unpacked(char), before, out, number, roles)
        if len(self._plans) < 200_000:
            self._plans[raw] = plan
        return plan

    def _unpacked(self, char: str) -> Lengths:
        """Make the phrases ready that begin with a word; return their lengths by the next word, "" for any other."""
        known = self._lengths.get(char)
        if known is None:
            known = self._lengths[char] = {}
            if packed := self._packed.get(char):
                phrases: dict[str, Phrase] = marshal.loads(packed)
                self._phrases.update(phrases)
                lengths: dict[str, set[int]] = {"": {1} & {len(phrase) for phrase in phrases}}
                for phrase in phrases:
                    lengths.setdefault(phrase[1:2], lengths[""].copy()).add(len(phrase))
                known |= {second: tuple(sorted(each, reverse=True)) for second, each in lengths.items()}
        return known

    def _rewritten(
        self, text: str, begins: list[int], finishes: list[int], raws: list[str], plans: list[Plan]
    ) -> Tokens:
        rewrites = self._phrases
        chars = "".join([plan.char for plan in plans])
        around = Surroundings(chars)
        for i, said in self._predicates.find(chars, raws, plans).items():
            plans[i] = Plan(chars[i], plans[i].lengths, 1, said, plans[i].number, plans[i].roles)
        atoms: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        places: list[int] = []
        phrases: dict[int, int] = {}
        turned = self._subjects.find(chars, plans, rewrites)
        place, skip, count = 0, 0, len(plans)
        for i, plan in enumerate(plans):
            if i < skip:
                continue
            lengths, before, out, only, last = plan.lengths, plan.before, plan.atoms, plan.only, i
            if turned and i in turned:
                skip, last, out = turned[i]
                only = out[0] if len(out) == 1 else -1
                place += 1 - before
            elif lengths:
                for length in lengths.get(chars[i + 1 : i + 2]) or lengths[""]:  # the longest phrase that begins here
                    rewrite = rewrites.get(chars[i : i + length])
                    if rewrite is not None and i + length <= count:
                        changed = rewrite[0]
                        if rewrite[1]:
                            raw = text[begins[i] : finishes[i + length - 1]]
                            counted = i > 0 and raws[i - 1][-1:].isdigit() and begins[i] - finishes[i - 1] <= 1
                            changed = around.resolve(rewrite, raw, i, length, counted=counted)
                        if changed is not None:
                            if (
                                length == 2
                                and finishes[i] - begins[i] == 1
                                and changed[0] in self._sides
                                and self._begins_phrase(text, begins, finishes, plans, around, chars, i + 1)
                            ):
                                changed, length = changed[:1], 1  # "L [breast ca]", not "[L breast] ca"
                            out, only = changed, changed[0] if len(changed) == 1 else -1
                            skip = i + length
                            last = skip - 1
                            place += 1 - before
                            break
            place += before
            if only >= 0:
                atoms.append(only)
                starts.append(begins[i])
                ends.append(finishes[last])
                places.append(place)
            elif out:
                size = len(out)
                phrases[place] = len(set(out) - self._sides)
                atoms += out
                starts += [begins[i]] * size
                ends += [finishes[last]] * size
                places += [place] * size
        tokens = Tokens(atoms, starts, ends, places, phrases)
        return tokens if self._denying.isdisjoint(atoms) else self._without_denied(tokens)

    def _begins_phrase(
        self,
        text: str,
        begins: list[int],
        finishes: list[int],
        plans: list[Plan],
        around: Surroundings,
        chars: str,
        i: int,
    ) -> bool:
        """Whether a phrase of several words begins at word ``i``."""
        lengths = plans[i].lengths
        for length in (lengths.get(chars[i + 1 : i + 2]) or lengths[""]) if lengths else ():
            rewrite = self._phrases.get(chars[i : i + length]) if length > 1 and i + length <= len(plans) else None
            if rewrite is not None and (
                not rewrite[1]
                or around.resolve(rewrite, text[begins[i] : finishes[i + length - 1]], i, length) is not None
            ):
                return True
        return False

    def _without_denied(self, tokens: Tokens) -> Tokens:
        """Return the tokens without the words that a "non", "anti" or "pseudo" before them denies: "non-tender" is not
        "tender", an "anti-nausea" drug no nausea, "pseudo-gout" no gout.

        The word stays where a term has it behind that prefix: "non-Hodgkin lymphoma", "anti-GBM disease".
        """
        atoms, starts, ends, places, phrases = tokens
        denied: set[int] = set()  # where in the text
        for i, atom in enumerate(atoms[:-1]):
            if atom not in self._denying or not 0 <= starts[i + 1] - ends[i] <= 1:
                continue
            if (atom, atoms[i + 1]) not in self._after_non:
                denied.add(starts[i + 1])
        kept = [i for i, start in enumerate(starts) if start not in denied]
        atoms, starts, ends, places = ([each[i] for i in kept] for each in (atoms, starts, ends, places))
        return Tokens(atoms, starts, ends, places, phrases)

    def _prepare(self, atoms: Iterable[int]) -> None:
        """Make the terms that are anchored at ``atoms`` ready: those of one atom, and the larger ones.

        The larger ones are listed by their second rarest atom, so that few of them need to be tested.
        """
        for atom in atoms:
            if atom in self._seconds:
                continue
            single: list[int] = []
            larger: _Larger = {}
            number, packed = self._anchors[atom]
            for term in marshal.loads(packed):
                self._terms[number] = term
                atoms_of = term[0]
                size = len(atoms_of)
                if size == 1:
                    single.append(number)
                else:
                    most = 2 if size == 2 else 3 if size == 3 else 4
                    larger.setdefault(atoms_of[1], []).append((atoms_of, frozenset(atoms_of[2:]), number, most))
                number += 1
            if single:
                self._single[atom] = single
                self._alone.add(atom)
            self._larger[atom] = larger
            self._seconds[atom] = frozenset(larger)

    def match(self, tokens: Tokens, first: int, last: int) -> list[Match]:
        """Return the terms met among the atoms ``first`` to ``last``, those inside a larger one left out, in text
        order.
        """
        if first >= last:
            return []
        atoms = tokens.atoms[first:last]
        present = set(atoms)
        anchored = present & self._anchor_set
        if not anchored:
            return []
        seconds, disjoint = self._seconds, present.isdisjoint
        try:
            meeting = [atom for atom in anchored if not disjoint(seconds[atom])]
        except KeyError:
            self._prepare(anchored)
            meeting = [atom for atom in anchored if not disjoint(seconds[atom])]
        lone = anchored & self._alone
        if not meeting and not lone:
            return []
        larger = [
            entry
            for atom in meeting
            for second in present & seconds[atom]
            for entry in self._larger[atom][second]
            if entry[1] <= present
        ]
        found: list[tuple[float, int, Match]] = []
        places, phrases = tokens.places, tokens.phrases
        sides = [] if disjoint(self._sides) else [i for i in range(first, last) if tokens.atoms[i] in self._sides]
        if len(present) == last - first:  # every atom stands once
            place_of = dict(zip(atoms, range(first, last), strict=True))
            for atom in lone:
                i = place_of[atom]
                for number in self._single[atom]:
                    found.append((-1.0, i, _made(Match, (number, (i,), 0))))
            for wanted, _rest, number, most in larger:
                size = len(wanted)
                picked = tuple(sorted([place_of[each] for each in wanted]))
                gaps = places[picked[-1]] - places[picked[0]] + 1 - size
                tight = gaps <= most
                if not tight and sides and side_within(sides, picked):
                    gaps -= 1
                if gaps > most:
                    continue
                if phrases:
                    taken = {places[j] for j in picked}
                    gaps += size - len(taken)
                    if gaps <= most and len(taken) > 1 and not phrases.keys().isdisjoint(taken):
                        gaps += borrowed(picked, tokens)
                        if tight and gaps > most and sides and places[picked[0]] not in phrases:
                            gaps -= side_within(sides, picked)  # "cellulitis of the right [second toe]"
                if gaps <= most:
                    found.append((0.45 * gaps - size, picked[0], _made(Match, (number, picked, gaps))))
            return _keep(found)
        where: dict[int, list[int]] = {}
        for i, atom in enumerate(atoms, first):
            where.setdefault(atom, []).append(i)
        for atom in lone:
            for number in self._single[atom]:
                found += [(-1.0, i, Match(number, (i,), 0)) for i in where[atom]]
        for wanted, _rest, number, most in larger:
            for i in where[wanted[0]]:
                picked, gaps = closest(wanted, i, where, places, phrases)
                if gaps > most and sides and side_within(sides, picked):
                    gaps -= 1
                if gaps <= most and phrases:
                    gaps += borrowed(picked, tokens)
                if gaps <= most:
                    found.append((0.45 * gaps - len(wanted), picked[0], Match(number, picked, gaps)))
                    other = mirrored(picked, i, tokens, where)
                    if other and not (phrases and borrowed(other, tokens)):
                        found.append((0.45 * gaps - len(wanted), other[0], Match(number, other, gaps)))
        return _keep(found)


def _keep(found: list[tuple[float, int, Match]]) -> list[Match]:
    """Return the best matches: larger and tighter ones first, none inside another, no loose one across a tight one."""
    if len(found) < 2:
        return [match for _score, _first, match in found]
    taken = [i for _score, _first, match in found for i in match.where]
    if len(set(taken)) == len(taken):  # nothing overlaps
        return sorted([match for _score, _first, match in found], key=_where)
    found.sort()
    kept: list[Match] = []
    owners: dict[int, list[tuple[set[int], int]]] = {}
    for _score, _first, match in found:
        _term, where, loose = match
        if len(where) == 1:
            if where[0] in owners:
                continue
            mine = {where[0]}
        else:
            mine = set(where)
            if _is_taken(where, mine, loose, owners):
                continue
        kept.append(match)
        entry = (mine, loose)
        for i in where:
            others = owners.get(i)
            if others is None:
                owners[i] = [entry]
            else:
                others.append(entry)
    kept.sort(key=_where)
    return kept


def _is_taken(
    where: tuple[int, ...], mine: set[int], loose: int, owners: dict[int, list[tuple[set[int], int]]]
) -> bool:
    """Whether a match lies in one that was kept, or is loose and crosses a tighter one."""
    for i in where:
        for other, gaps in owners.get(i, ()):
            if (loose > gaps and loose > 1) or mine <= other:
                return True
    return False
