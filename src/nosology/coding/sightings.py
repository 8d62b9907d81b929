"""What the engine saw of each code in a chart, for the ranker of the exhaustive view.

Besides the codes that it gives, these are the general names inside longer ones: "anemia" in "iron deficiency anemia",
"edema" in "pulmonary edema". Coders who code every mention give both. Then come other readings of the same words: what
the guidelines make of several statements (hypertension and kidney disease), and what the words say without what
surrounds them (metastases of the lung, where the side stands elsewhere).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.index import Context, Refined, TabularWalk
from nosology.coding.suggest import Draft
from nosology.lexicon.lexicon import Lexicon, Tokens
from nosology.lexicon.tokens import split_words
from nosology.model.note import Span, Status
from nosology.model.trace import Step

__all__ = ["GeneralNames", "Sighting", "read_otherwise", "see_codes"]

_MOST_ATOMS = 6
_MOST_WORDS = 4
_NOTHING = Context(frozenset())
_AT = 24  # code points before and behind a mention in which a side is said of it
_SIDE = re.compile(r"\b(?:right|left|bilateral|both)\b", re.IGNORECASE)
_SIDE_BEFORE = re.compile(r"\b(?:right|left|bilateral|both)(?:[- ]sided)? $", re.IGNORECASE)
_SIDE_BEHIND = re.compile(r"[ ,(]+(?:(?:of|in|on|at|to) )?(?:the |his |her )?(?:right|left|both)\b", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:without|w/o|no|not)\s+\Z", re.IGNORECASE)
_BARE = "the words by themselves, without what surrounds them"
# Names that mean something else inside a longer one: portal hypertension, septic arthritis, subcutaneous emphysema,
# diabetes insipidus, varicella-zoster, optic neuropathy, chronic pancreatitis, intestinal angina, non-Hodgkin lymphoma,
# genitourinary tuberculosis, human immunodeficiency virus, esophageal varices, iron deficiency anemia, Chiari
# malformation (compression of brain), pulmonary disease of COPD, venous reflux, pain of the temporomandibular joint,
# smoke that was inhaled, collapse of a lung, mixed anxiety and depression, acute pulmonary
# edema, ST depression, partial loss of teeth, engorgement of a jugular vein,
# acute and chronic hepatitis.
_SOMETHING_ELSE = (
    "I10",
    "M19.90",
    "J43.9",
    "E11.9",
    "B01.9",
    "G62.9",
    "K85.90",
    "I20.9",
    "C81.90",
    "A15.0",
    "D84.9",
    "I83.90",
    "E61.1",
    "G93.5",
    "J98.4",
    "K21.9",
    "M26.609",
    "F17.210",
    "R55",
    "F41.9",
    "J81.1",
    "F32.9",
    "F32.A",
    "K08.109",
    "H34.829",
    "B19.20",
    "B19.10",
)
_NEVER = ("Z", "V", "W", "X", "Y", "O", "P")  # status, causes, pregnancy: no conditions that a name could hold


class Sighting(NamedTuple):
    """One code in one chart.

    ``coded``: the engine gives it, else it is a general name. ``first`` is the place of the first mention as a share of
    the text, ``words`` the longest mention in code points, ``atoms`` its most atoms, ``gap`` the fewest places that a
    mention leaves open between its words, ``axes`` the fewest questions that the Tabular List was left with, ``kin``
    how many characters the code of a general name shares with that of the longer one (0: two categories),
    ``wordings`` the mentions in base forms, ``ruled`` whether the guidelines made it, ``bare`` whether it is what the
    words say by themselves.
    """

    code: str
    coded: bool
    mentions: int
    first: float
    words: int
    atoms: int
    gap: int
    comma: bool
    title: bool
    possible: bool
    axes: int
    kin: int
    wordings: tuple[str, ...] = ()
    ruled: bool = False
    bare: bool = False


class GeneralNames:
    """Finds the general names inside the mentions of a draft; what it learns of a name is kept."""

    def __init__(self, lexicon: Lexicon, walk: TabularWalk) -> None:
        self._lexicon = lexicon
        self._walk = walk
        self._codes: dict[int, Refined | None] = {}
        self._non = lexicon.ids.get("non", -1)

    def find(self, draft: Draft, tokens: Tokens) -> dict[str, list[Fact]]:
        """Return the facts of the codes that only a part of a mention names, and of those that a rule dropped as
        general.
        """
        coded = {c.code for c in draft.candidates}
        gone = {c.code for c in draft.dropped if c.dropped.startswith(f"{c.code} becomes ")}
        found: dict[str, list[Fact]] = {}
        for candidate in (*draft.candidates, *draft.dropped):
            for fact in candidate.facts:
                if fact.reason or fact.code.startswith(_NEVER):
                    continue
                if fact.code not in coded:
                    found.setdefault(fact.code, []).append(fact)
                for refined in self._inside(fact, tokens, draft.chart.text):
                    if refined.code not in coded and refined.code not in gone:
                        found.setdefault(refined.code, []).append(replace(fact, code=refined.code, refined=refined))
        return found

    def names(self, span: Span, tokens: Tokens, category: str) -> bool:
        """True if the words of a span, by themselves, are a general name of a code of the category."""
        low, high = tokens.window(span.start, span.end)
        read = (
            self._read(match.term) for match in self._lexicon.match(tokens, low, high) if len(match.where) == high - low
        )
        return any(refined is not None and refined.code[:3] == category for refined in read)

    def _inside(self, fact: Fact, tokens: Tokens, text: str) -> list[Refined]:
        first, last = tokens.window(fact.mention.span.start, fact.mention.span.end)
        if not 1 < last - first <= _MOST_ATOMS:
            return []
        met: dict[int, Refined] = {}
        for low in range(first, last):
            if low > first and tokens.atoms[low - 1] == self._non:  # STEMI is no general name of NSTEMI
                continue
            for high in range(low + 1, last + 1):
                if (low, high) == (first, last):
                    continue
                for match in self._lexicon.match(tokens, low, high):
                    if _is_spelt_out(match.where, tokens, text):
                        continue
                    if _WITHOUT.search(text, tokens.starts[first], tokens.starts[match.where[0]]) is not None:
                        continue  # nor anemia one of "iron deficiency without anemia"
                    if match.term not in met and (refined := self._read(match.term)) is not None:
                        met[match.term] = refined
        return list({refined.code: refined for refined in met.values()}.values())

    def _read(self, term: int) -> Refined | None:
        if term not in self._codes:
            refined = self._walk.refine(self._lexicon.term(term).codes[0], _NOTHING)
            if refined is not None and (refined.code in _SOMETHING_ELSE or refined.code.startswith(_NEVER)):
                refined = None
            self._codes[term] = refined
        return self._codes[term]


def _is_spelt_out(where: Sequence[int], tokens: Tokens, text: str) -> bool:
    """True for words that the chart does not write: the "infection" of UTI."""
    start, end = tokens.starts[where[0]], tokens.ends[where[-1]]
    place = tokens.places[where[0]]
    one = place == tokens.places[where[-1]] and place in tokens.phrases
    return one and (text[start:end].isupper() or text[start:end].isalpha())


def read_otherwise(
    draft: Draft, ruled: Draft, general: Mapping[str, Sequence[Fact]], walk: TabularWalk
) -> dict[str, Candidate]:
    """Return the codes that other readings of the same words lead to and that nothing else gives.

    ``ruled`` is the draft of the same note with the guidelines applied. Candidates that the guidelines made have steps
    that say so; the others say what the words are by themselves.
    """
    known = {c.code for c in draft.candidates} | general.keys()
    found = {c.code: c for c in ruled.candidates if c.code not in known and any(not f.reason for f in c.facts)}
    bare: dict[str, list[Fact]] = {}
    for candidate in draft.candidates:
        for fact in candidate.facts:
            if fact.reason or fact.code == fact.mention.codes[0] or _says_side(draft.chart.text, fact.mention.span):
                continue
            refined = walk.refine(fact.mention.codes[0], _NOTHING)
            if refined is not None and refined.code not in known and refined.code not in found:
                bare.setdefault(refined.code, []).append(replace(fact, code=refined.code, refined=refined))
    for code, facts in bare.items():
        step = Step("index", " → ".join(facts[0].refined.path), _BARE)
        found[code] = Candidate(code, facts, steps=[step])
    return found


def _says_side(text: str, span: Span) -> bool:
    """True if a mention, or a word at it, says the side: then its words by themselves do so too."""
    return bool(
        _SIDE.search(text, span.start, span.end)
        or _SIDE_BEFORE.search(text, max(0, span.start - _AT), span.start)
        or _SIDE_BEHIND.match(text, span.end, span.end + _AT)
    )


def see_codes(
    draft: Draft, general: Mapping[str, Sequence[Fact]], others: Mapping[str, Candidate], tokens: Tokens
) -> dict[str, Sighting]:
    """Return every code that the engine gives, or that a general name or another reading leads to."""
    seen = {}
    text = draft.chart.text
    for code, candidate in others.items():
        live = [f for f in candidate.facts if not f.reason]
        bare = bool(candidate.steps) and candidate.steps[0].source == _BARE
        seen[code] = _sight(code, False, live, text, tokens)._replace(ruled=not bare, bare=bare)
    given: dict[str, Sequence[Fact]] = {c.code: c.facts for c in draft.candidates}
    for coded, facts_of in ((False, general), (True, given)):
        for code, facts in facts_of.items():
            live = [f for f in facts if not f.reason]
            if live:
                seen[code] = _sight(code, coded, live, text, tokens)
    return seen


def _sight(code: str, coded: bool, facts: list[Fact], text: str, tokens: Tokens) -> Sighting:
    spans = [f.mention.span for f in facts]
    sizes = [_size(*tokens.window(s.start, s.end), tokens) for s in spans]
    return Sighting(
        code=code,
        coded=coded,
        mentions=len(set(spans)),
        first=round(min(s.start for s in spans) / max(1, len(text)), 3),
        words=max(len(s) for s in spans),
        atoms=max(atoms for atoms, _gap in sizes),
        gap=min(gap for _atoms, gap in sizes),
        comma=all("," in text[s.start : s.end] for s in spans),
        title=any(f.mention.terms[0] == "title" for f in facts),
        possible=all(f.mention.status is Status.POSSIBLE for f in facts),
        axes=min(len(f.refined.open_axes) for f in facts),
        kin=0 if coded else max(_shared(f.mention.codes[0], code) for f in facts),
        wordings=tuple(sorted({_wording(text[s.start : s.end]) for s in spans})),
    )


def _shared(one: str, other: str) -> int:
    """Return how many characters two codes of one category share from the left; 0 for those of two categories."""
    if one[:3] != other[:3]:
        return 0
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _wording(quote: str) -> str:
    """Return the first words of a mention in their base forms."""
    return " ".join(split_words(quote)[:_MOST_WORDS])


def _size(first: int, last: int, tokens: Tokens) -> tuple[int, int]:
    """Return the atoms of a range, and the places between them that hold none."""
    places = tokens.places[first:last]
    return last - first, (places[-1] - places[0] + 1 - len(set(places))) if places else 0
