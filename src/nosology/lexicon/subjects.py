"""Findings said of their subject: "the spleen was enlarged", "his chest hurts".

Rewrites name a finding with the adjective before the noun ("enlarged spleen"). Here the same rewrites are found where
a linking verb joins the two, where several subjects share one adjective ("the liver and the spleen are enlarged"), and
where a part of the body follows what is found in it ("a stone in the kidney" as "kidney stone").
The words of this small grammar stand in ``data/lists/subjects.tsv``. A word that denies or doubts is not among them,
so that "the spleen is not enlarged" is never read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from nosology.lexicon.plans import Plan
from nosology.lexicon.rewrites import Rewrite, read_rows
from nosology.lexicon.tokens import split_words

__all__ = ["Rows", "Said", "Subjects", "alike_phrases", "alike_rewrites", "subject_payload", "subject_rows"]

_SUBJECT = 4  # words of the longest subject
_SHARED = 4  # subjects of one adjective
_KINDS = (
    "linking",
    "degree",
    "carrier",
    "adjective",
    "part",
    "hurting",
    "noun",
    "within",
    "whose",
    "closed",
    "elsewhere",
)
_COMMA = -1  # the number of a comma among the words of a text
# what a word may be in the grammar, as bits of its plan
_LINKING, _SAID, _HURTING, _NOUN, _WITHIN, _WHOSE = 1, 2, 4, 8, 16, 32
_ROLES = (
    (_LINKING, ("linking",)),
    (_SAID, ("linking", "degree", "adjective")),  # what may follow a linking verb
    (_HURTING, ("hurting",)),
    (_NOUN, ("noun",)),
    (_WITHIN, ("within",)),
    (_WHOSE, ("whose",)),
)
Rows = dict[str, list[tuple[str, ...]]]
_Phrases = Mapping[str, tuple[tuple[int, ...] | None, Any]]


class Said(NamedTuple):
    """A finding at the places of its subject: the place after it, that of its last word, and its atoms."""

    after: int
    last: int
    atoms: tuple[int, ...]


def subject_rows() -> Rows:
    """Return the rows of the grammar by kind, each as its cells."""
    rows: Rows = {}
    for _file, _number, cells in read_rows("lists/subjects.tsv"):
        rows.setdefault(cells[0], []).append(tuple(cells[1:]))
    return rows


def alike_phrases(phrase: str, rows: Rows) -> Iterator[str]:
    """Yield ``phrase`` with the adjectives that may take the place of its first.

    >>> list(alike_phrases("elevated ferritin", {"alike": [("elevated", "raised high", "iron")]}))
    ['raised ferritin', 'high ferritin']
    """
    head, _, rest = phrase.partition(" ")
    for adjective, others, *never in rows.get("alike", ()):
        if head == adjective and rest and set(split_words(rest)).isdisjoint(split_words(" ".join(never))):
            for other in others.split():
                yield f"{other} {rest}"


def alike_rewrites(rewrites: Iterable[Rewrite], rows: Rows) -> list[Rewrite]:
    """Return ``rewrites`` with those of the adjectives that may take each other's place; what stands there wins."""
    listed = list(rewrites)
    known = {r.phrase for r in listed}
    for rewrite in listed[:]:
        if rewrite.condition is None:
            for phrase in alike_phrases(" ".join(rewrite.phrase), rows):
                if (words := tuple(phrase.split())) not in known:
                    listed.append(Rewrite(words, rewrite.canonical, None))
    return listed


def subject_payload(
    number: Callable[[str], int], char: Callable[[int], str], rewrite: Callable[[str], tuple[int, ...]]
) -> dict[str, Any]:
    """Return what :class:`Subjects` needs, with the numbers of words of a lexicon that is being compiled."""
    rows = subject_rows()
    chars = {
        kind: "".join(char(number(word)) for cells in rows[kind] for word in split_words(cells[0])) for kind in _KINDS
    }
    chars["and"], chars["ache"] = char(number("and")), char(number("pain"))
    instead = {"".join(char(number(w)) for w in split_words(p)): rewrite(canonical) for p, canonical in rows["instead"]}
    return {"chars": chars, "instead": instead, "pain": rewrite("pain")}


class Subjects:
    """The grammar at work on a text, whose words are characters (see ``nosology.lexicon.lexicon.word_char``)."""

    def __init__(self, payload: Mapping[str, Any]) -> None:
        chars: dict[str, str] = payload["chars"]
        kinds = {kind: f"[{re.escape(each)}]" for kind, each in chars.items()}
        kinds["between"] = f"[{re.escape(chars['linking'] + chars['degree'])}]*"
        self._linked = re.compile("(?:\0?{carrier})?({linking}){between}({adjective})(?!{closed})".format(**kinds))
        self._hurting = re.compile("{part}{between}({hurting})".format(**kinds))
        self.roles: dict[str, int] = {}  # of the words of the grammar
        for role, names in _ROLES:
            for char in "".join(chars[name] for name in names):
                self.roles[char] = self.roles.get(char, 0) | role
        self._and, self._ache = chars["and"], chars["ache"]
        self._elsewhere = frozenset(chars["elsewhere"])
        self._instead: dict[str, tuple[int, ...]] = payload["instead"]
        self._pain: tuple[int, ...] = payload["pain"]

    def find(self, chars: str, plans: list[Plan], phrases: _Phrases) -> dict[int, Said]:
        """Return the findings of a text by the place of the first word of their subject."""
        found: dict[int, Said] = {}
        hurting = False
        linking: list[int] = []
        within: list[int] = []
        roles = 0  # of the word before
        for i, plan in enumerate(plans):
            mine = plan.roles
            if mine:
                if mine & _HURTING:
                    hurting = True
                if mine & _SAID and roles & _LINKING:
                    linking.append(i - 1)
                if mine & _WITHIN and roles & _NOUN:
                    within.append(i - 1)
            roles = mine
        for match in self._hurting.finditer(chars) if hurting else ():
            begin, atoms = self._subject("", chars, match.start() + 1, phrases, self._ache)
            if begin < 0:
                begin, atoms = match.start(1), self._pain
            found[begin] = Said(match.end(), match.start(1), atoms)
        end = 0
        for noun in within:
            if noun < end:
                continue
            begin = noun + 2
            while begin < len(plans) and plans[begin].roles & _WHOSE:
                begin += 1
            end = begin
            for length in range(min(_SUBJECT, len(chars) - begin), 0, -1):
                phrase = phrases.get(chars[begin : begin + length] + chars[noun])
                if phrase is not None and phrase[0]:
                    sides = tuple(atom for plan in plans[noun + 1 : begin] for atom in plan.atoms)
                    found[noun] = Said(begin + length, begin + length - 1, (*sides, *phrase[0]))
                    break
        for match in self._find_linked(chars, linking) if linking else ():
            adjective, last = match[2], match.start(2)
            after = match.end()
            for end in {match.start(1): 0, match.start(): 0}:  # with the word that adds nothing, and without
                begin, atoms = self._subject(adjective, chars, end, phrases)
                if begin >= 0:
                    break
            else:  # read with its adjective by itself, or not at all; the subjects before it may be others
                begin, after = end - 1, -1
                while after < 0 and begin > max(0, end - _SUBJECT):
                    begin -= 1
                    after = _before_and(begin, chars, plans, self._and)
                begin, atoms = self._subject(adjective, chars, after, phrases)
            for _ in range(_SHARED):
                if begin < 0:
                    break
                found[begin] = Said(after, last, atoms)
                after = _before_and(begin, chars, plans, self._and)
                begin, atoms = self._subject(adjective, chars, after, phrases)
        return found

    def _find_linked(self, chars: str, linking: list[int]) -> list[re.Match[str]]:
        """Return the matches of the frame with a linking verb; ``linking``: where one stands that may begin it."""
        found: list[re.Match[str]] = []
        tried = 0  # what lies before was tried, or is part of a match
        for verb in linking:
            for at in range(max(tried, verb - 2), verb + 1):
                tried = at + 1
                if (match := self._linked.match(chars, at)) is not None:
                    found.append(match)
                    tried = match.end()
                    break
        return found

    def _subject(
        self, adjective: str, chars: str, end: int, phrases: _Phrases, after: str = ""
    ) -> tuple[int, tuple[int, ...]]:
        """Return where the longest subject begins of which a phrase with ``adjective`` is known, and its atoms; or
        of which one is known with ``after`` behind it.
        """
        for length in range(min(_SUBJECT, end), 0, -1):
            phrase = adjective + chars[end - length : end] + after
            atoms = self._instead.get(phrase)
            if atoms is None and phrase in phrases:
                atoms = phrases[phrase][0]
            if atoms and (length == end or chars[end - length - 1] not in self._elsewhere):
                return end - length, atoms
        return -1, ()


def _before_and(begin: int, chars: str, plans: Sequence[Plan], links: str) -> int:
    """Return the end of the subject that is joined to the one at ``begin`` by "and" or a comma, -1 for none."""
    place = begin - 1
    while place >= 0 and chars[place] not in links and chars[place] != "\0" and not plans[place].atoms:
        place -= 1  # "the liver and the spleen"
    if place <= 0 or not (chars[place] in links or plans[place].number == _COMMA):
        return -1
    return place - 1 if plans[place - 1].number == _COMMA else place
