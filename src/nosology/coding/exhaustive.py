"""Scope "all": the engine's codes weighed by the learnt ranker, general names inside longer ones, other readings
of the same words, and the codes that the note's own phrases speak for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Set
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.exhaustive_features import ExhaustiveReader
from nosology.coding.index import Refined, TabularWalk
from nosology.coding.phrases import Asserted, Learnt, Phrase, find_phrases
from nosology.coding.ranker import ExhaustiveModel
from nosology.coding.records import barred_by_record
from nosology.coding.sightings import GeneralNames, read_otherwise, see_codes
from nosology.coding.suggest import Draft
from nosology.lexicon.lexicon import Lexicon, Tokens
from nosology.lexicon.rewrites import read_rows
from nosology.model.note import Mention, Note, Span, Subject
from nosology.model.trace import Step

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["PhraseBook", "rank_exhaustive"]

_MOST_EVIDENCE = 3
_BUT_FOR_DETAIL = 6  # characters of a code, its point among them, before side and other last details
_ALWAYS_GENERAL = {"R69": ("disease",)}  # Index: Illness (see also Disease)
# the guidelines say which (I.C.1.a; code first note at I85.1; Excludes1 at Z87.891)
_NEVER_BOTH = (("B20", "Z21"), ("I85.0", "I85.1"), ("F17.2", "Z87.891"))
_KIND_OR_NUMBER = re.compile(r"(?:type|stage|grade|class|group|degree|level|\d+|[ivx]+)(?: |$)")
_Spoken = dict[str, list[tuple[Learnt, Phrase]]]


class PhraseBook:
    """A model made ready for one lexicon and release."""

    def __init__(self, model: ExhaustiveModel, lexicon: Lexicon, icd: Icd10cm) -> None:
        self.model = model
        self.lexicon = lexicon
        self.walk = TabularWalk(icd, lexicon)
        self.general = GeneralNames(lexicon, self.walk)
        self.reader = ExhaustiveReader(model.counts, lambda code: icd.title(code) if code in icd else "")
        self.phrases = {
            phrase: tuple(each for each in learnt if icd.is_billable(each.code))
            for phrase, learnt in model.phrases.items()
        }


def rank_exhaustive(
    draft: Draft, ruled: Draft, note: Note, tokens: Tokens, book: PhraseBook, asserted: Asserted
) -> Draft:
    """Return the draft with every code's probability as weight; codes under the model's threshold are dropped with
    it.

    ``ruled`` is the draft of the same note with the guidelines applied.
    """
    if draft.withheld:
        return draft
    model, text = book.model, note.document.text
    spoken: _Spoken = {}
    apart = _said_of_the_other(draft)
    for phrase in find_phrases(text, tokens, book.lexicon, note.sentences, asserted, book.phrases):
        for learnt in book.phrases[phrase.words]:
            if not (barred_by_record(learnt.code, draft.chart.record) or any(map(phrase.span.overlaps, apart))):
                spoken.setdefault(learnt.code, []).append((learnt, phrase))
    engine = {c.code: c for c in draft.candidates}
    general = book.general.find(draft, tokens)
    others = read_otherwise(draft, ruled, general, book.walk)
    seen = see_codes(draft, general, others, tokens)
    for code in spoken.keys() - seen.keys():
        spoken[code] = _by_themselves(spoken[code], draft, book.general, tokens)
    once = {code: list(dict.fromkeys(learnt for learnt, _phrase in found)) for code, found in spoken.items()}
    back = {c.code: c for c in draft.dropped if c.code in general}  # what a rule had dropped as general
    coded: list[Candidate] = []
    dropped = [c for c in draft.dropped if c.code not in general]
    for code, features in book.reader.read(seen, once, len(text)).items():
        chance = model.probability(features)
        candidate = engine.get(code)
        if chance < model.threshold:
            if candidate is not None:
                candidate.dropped = f"unlikely: coders gave it in {chance:.0%} of such charts"
                dropped.append(candidate)
            continue
        if candidate is None and code in general:
            candidate = _general_candidate(code, general[code], back.pop(code, None))
        if candidate is None:
            candidate = others.get(code)
        if candidate is None:
            candidate = _learnt_candidate(code, spoken[code], note)
        candidate.weight = candidate.chance = chance
        if telling := _telling(spoken.get(code, [])):
            candidate.steps.append(_step(telling[0], note, model))
        coded.append(candidate)
    dropped += back.values()
    coded = _one_reading(coded, dropped, engine.keys(), general.keys())
    coded = _never_both(coded, dropped, frozenset(c.code for c in ruled.candidates if not c.dropped))
    coded.sort(key=lambda c: c.first.span)
    return replace(draft, candidates=coded, dropped=dropped)


def _said_of_the_other(draft: Draft) -> list[Span]:
    """Return what the record of a birth says of the mother or child whose record it is not."""
    if not draft.chart.record:
        return []
    facts = (f for c in (*draft.candidates, *draft.dropped) for f in c.facts)
    return [f.mention.span for f in facts if f.mention.subject is not Subject.PATIENT]


def _by_themselves(
    found: list[tuple[Learnt, Phrase]], draft: Draft, general: GeneralNames, tokens: Tokens
) -> list[tuple[Learnt, Phrase]]:
    """Return the phrases without those that are a part of what the engine reads as something else: the "acute
    pulmonary" of an embolism, the "hypertension" of IIH. General names may be such parts. Nor does "type 2" name what
    is of that type.
    """
    read = [(f.mention, f.code[:3]) for c in (*draft.candidates, *draft.dropped) for f in c.facts]
    read += [(mention, mention.codes[0][:3]) for mention, _why in draft.unread]
    pieces = [(piece, category) for mention, category in read for piece in mention.spans]

    def spells(phrase: Phrase, piece: Span) -> bool:  # the piece is an abbreviation of more words than the phrase
        first, last = tokens.window(piece.start, piece.end)
        return len(phrase.words.split()) < last - first

    def is_part(phrase: Phrase, category: str) -> bool:
        return any(
            piece.start <= phrase.span.start
            and phrase.span.end <= piece.end
            and other != category
            and (len(phrase.span) < len(piece) or spells(phrase, piece))
            for piece, other in pieces
        )

    return [
        (learnt, phrase)
        for learnt, phrase in found
        if not _names_nothing(phrase.words)
        and (
            not is_part(phrase, category := learnt.code[:3])
            or phrase.words in _ALWAYS_GENERAL.get(learnt.code, ())
            or general.names(phrase.span, tokens, category)
        )
    ]


def _names_nothing(words: str) -> bool:
    """True for a phrase of which every word is a kind or a number ("type 2", "stage iii"), or every word a part, a
    side, a test and the like: "both kidneys", "liver biopsy".
    """
    return not _KIND_OR_NUMBER.sub("", words) or _no_conditions().issuperset(words.split())


@cache
def _no_conditions() -> frozenset[str]:
    """Return the words, in their base forms, that name no condition."""
    rows = (cells for _file, _number, cells in read_rows("lists/no_conditions.txt"))
    return frozenset(word for cells in rows for word in cells[0].split())


def _one_reading(
    coded: list[Candidate], dropped: list[Candidate], engine: Set[str], general: Set[str]
) -> list[Candidate]:
    """Return the candidates without those whose every word another code of the category reads with a better chance.

    Two codes of the engine on the same words are no rivals: both sides of the body, a pair that belongs together. Nor
    is a general name inside a longer one, unless both say the same but for the last detail.
    """
    kept: list[Candidate] = []

    def rivals(one: str, other: str) -> bool:
        if one[:3] != other[:3] or (one in engine and other in engine):
            return False
        named = (one in engine or one in general) and (other in engine or other in general)
        return not named or one[:_BUT_FOR_DETAIL] == other[:_BUT_FOR_DETAIL]

    for candidate in sorted(coded, key=lambda c: -c.weight):
        mine = {f.mention.span for f in candidate.facts if not f.reason}
        rival = next(
            (
                other
                for other in kept
                if rivals(candidate.code, other.code) and mine <= {f.mention.span for f in other.facts if not f.reason}
            ),
            None,
        )
        if rival is None:
            kept.append(candidate)
        else:
            candidate.dropped = f"the same words as {rival.code}, which is likelier"
            dropped.append(candidate)
    return kept


def _never_both(coded: list[Candidate], dropped: list[Candidate], ruled: Set[str]) -> list[Candidate]:
    """Return the candidates without those whose place the guidelines give to the other code of a pair."""
    for pair in _NEVER_BOTH:
        said = [stem for stem in pair if any(code.startswith(stem) for code in ruled)]
        if len(said) != 1 or not any(c.code.startswith(said[0]) for c in coded):
            continue
        other = pair[0] if said[0] == pair[1] else pair[1]
        for candidate in [c for c in coded if c.code.startswith(other)]:
            candidate.dropped = f"said by {said[0]}"
            dropped.append(candidate)
            coded.remove(candidate)
    return coded


def _general_candidate(code: str, facts: list[Fact], known: Candidate | None) -> Candidate:
    candidate = known or Candidate(code)
    candidate.take(facts)
    candidate.dropped = ""
    candidate.steps.append(Step("ranker", "a general name inside a longer one: every mention is coded", "scope all"))
    return candidate


def _learnt_candidate(code: str, found: list[tuple[Learnt, Phrase]], note: Note) -> Candidate:
    starts = [s.span.start for s in note.sections]
    facts: list[Fact] = []
    for _learnt, phrase in _telling(found)[:_MOST_EVIDENCE]:
        section = max(0, bisect_right(starts, phrase.span.start) - 1)
        mention = Mention(phrase.span, (phrase.span,), (code,), ("learnt",), phrase.sentence, section)
        facts.append(Fact(mention, code, Refined(code, (code,), ()), note.sections[section].kind, False, 1.0))
    return Candidate(code, facts)


def _telling(found: list[tuple[Learnt, Phrase]]) -> list[tuple[Learnt, Phrase]]:
    """Return the phrases that are evidence of the code, the best first."""
    return sorted((each for each in found if each[0].telling), key=lambda each: -each[0].chance)


def _step(best: tuple[Learnt, Phrase], note: Note, model: ExhaustiveModel) -> Step:
    learnt, phrase = best
    span: Span = phrase.span
    words = " ".join(note.document.text[span.start : span.end].split())
    source = model.provenance.get("source", "learnt from coded charts")
    return Step("ranker", f"“{words}”: {learnt.hits} of {learnt.charts} charts with it had {learnt.code}", source)
