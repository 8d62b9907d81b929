"""Which sentence shows best that a condition was cared for: monitored, evaluated, assessed or treated (MEAT).

Guidelines IV.J asks for it of every condition that is reported for an outpatient. A drug that usually treats the
condition speaks loudest, then the condition named again with how it fares, then its usual test. Education and
agreements say nothing of the condition itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from nosology.coding.candidates import Candidate, Fact
from nosology.lexicon.patterns import WordPattern, compile_words
from nosology.model.note import Note, Span, Status

__all__ = ["ASSESSED", "BARE", "FARES", "ORDERS", "CareReader", "holds"]

ASSESSED = ("assessment", "assessment_and_plan", "plan", "impression", "diagnosis")
_TOLD = ("history_of_present_illness", "interval_history", "hospital_course")
_LONGEST = 260  # code points of a sentence that is quoted
_BLOCK = 16  # sentences below a problem that can belong to it
BARE = 28  # code points of a problem that is a bare label
_TREATED = 2  # what a word of treatment, or of how the patient fares, is worth
_ENOUGH, _MUCH = 3, 6  # what speaks for a sentence below a bare label, and below a full statement

ORDERS = compile_words(
    r"\b(?:continue|start|initiate|increase|decrease|prescri(?:be|ptions?)|refill|resume|discontinue|stop|switch|titrate"
    r"|add|adjust|raise|lower|reduce|change|(?:will|should) (?:also )?(?:try|use|take|complete))\b"
)
_TREATS = re.compile(
    r"\b(?:continu(?:ed|es|ing)|started|initiated|increased|decreased|prescribed|refilled|resumed|stopped|switched"
    r"|added|adjusted|inject(?:ed|ions?)?|takes?|taking|on|treated|treatment|therapy|use)\b",
    re.IGNORECASE,
)
FARES = compile_words(
    r"\b(?:stable|(?:well|poorly|un|sub-?optimally )?[- ]?controlled|doing (?:well|great|fine|better)"
    r"|(?:well[- ])?managed|compliant"
    r"|asymptomatic|improv(?:ed|ing|ement)|worsen(?:ed|ing)|exacerbation|elevated|at goal|in remission|flares?"
    r"|persist\w*|monitor\w*|due to|caused by)\b"
)
_PLANS = compile_words(r"\b(?:follow\w* (?:up|with|by)|refer\w*|order(?:ed)?|recheck|repeat)\b")
_OTHER_TALK = compile_words(
    r"\b(?:patient agreements?|understands? and agrees?|educat\w+|counsel\w*|discussed|advised|encouraged|handouts?"
    r"|treatment options|questions|instruct(?:ed|ions?))\b"
)
_VALUE = re.compile(r"(?<![A-Za-z])\d")
# Categories and the words of their usual tests and measures.
_MEASURES = tuple(
    (tuple(heads.split()), re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for heads, words in (
        ("E08 E09 E10 E11 E13 R73", r"a1c|hba1c|blood (?:sugars?|glucose)|glucose|sugars"),
        ("I10 I11 I12 I13 I15 I16 R03", r"blood pressures?|bp|systolic|diastolic|mm ?hg"),
        ("E78", r"ldl|hdl|lipid(?:s| panel)?|cholesterol|triglycerides?"),
        ("E00 E01 E02 E03 E04 E05 E06", r"tsh|free t[34]|thyroid (?:panel|function|labs?)"),
        ("D50 D51 D52 D53 D55 D56 D57 D58 D59 D60 D61 D62 D63 D64", r"hgb|hb|hemoglobin|hematocrit|ferritin|iron"),
        ("I50", r"ejection fraction|ef|echo(?:cardiogram)?|bnp|daily weights?|edema|euvolemic"),
        ("N17 N18 N19 N28", r"creatinine|e?gfr|kidney function|bmp"),
        ("J43 J44 J45 J47", r"inhalers?|nebulizer|spirometry|fev1|pulmonary function"),
        ("M10", r"uric acid|urate"),
        ("E55", r"vitamin d"),
        ("K70 K71 K72 K73 K74 K75 K76 R74 B18", r"alt|ast|liver (?:enzymes|function)|lfts?|hepatic"),
        ("F32 F33 F34 F39 F40 F41 F42 F43", r"phq-?9|gad-?7|mood|therap(?:y|ist)|counsel(?:or|ing)"),
        ("F17 Z72", r"packs?|cigarettes?|nicotine (?:patch|gum)|smok(?:es?|ing)"),
        ("E66", r"bmi|weight|diet"),
        ("M80 M81 M85", r"dexa|t-score|bone density"),
        ("N40", r"psa|urinary stream|nocturia"),
        ("I48 I47 I49", r"rate|rhythm|ekg|ecg|anticoagulat\w+"),
        ("B20 Z21", r"viral load|cd4"),
    )
)


@lru_cache(maxsize=1024)
def _measure(category: str) -> re.Pattern[str] | None:
    return next((words for heads, words in _MEASURES if category in heads), None)


def holds(words: WordPattern, text: str, span: Span) -> bool:
    """True if the words stand in a stretch of the text, which is looked at only where one stands that they need."""
    start, end = span.start, span.end
    return words.may_stand(text, start, end) and words.compiled.search(text[start:end]) is not None


class CareReader:
    """Finds the care of each problem of one note; what every sentence names is gathered once."""

    def __init__(self, note: Note, candidates: Collection[Candidate]) -> None:
        self._note = note
        self._text = note.document.text
        self._drugs: dict[int, list[str]] = {}
        self._named: dict[int, set[str]] = {}
        self._openers: dict[int, set[str]] = {}
        self._tones: dict[int, tuple[bool, int]] = {}
        self._long_term = {
            fact.mention.sentence
            for candidate in candidates
            if candidate.code.startswith("Z79.") and not candidate.dropped
            for fact in candidate.facts
        }  # sentences that the code of a long-term drug rests on already
        for mention in note.mentions:
            source = mention.terms[0]
            if source.startswith("drug:") and mention.status is not Status.ABSENT:
                self._drugs.setdefault(mention.sentence, []).extend(filter(None, source[5:].split(",")))
        for candidate in candidates:
            for fact in candidate.facts:
                at = fact.mention.sentence
                if not fact.mention.terms[0].startswith("drug:") and fact.mention.status is not Status.ABSENT:
                    self._named.setdefault(at, set()).add(fact.code[:3])
                    if fact.heading and fact.kind in ASSESSED and not fact.reason and fact.code[0] not in "VWXYZ":
                        self._openers.setdefault(at, set()).add(fact.code[:3])

    def of(self, candidate: Candidate, facts: list[Fact], stated: Span) -> Span | None:
        """Return the sentence that shows best how the condition is treated or fares; None where none says so.

        ``facts`` are those that count, the strongest first; ``stated`` is the sentence that names it.
        """
        own = {candidate.code[:3]} | {f.code[:3] for f in facts}
        best, chosen = 0, None
        seen: set[int] = set()
        for number, near in self._places(facts, own, stated):
            if number in seen:
                continue
            seen.add(number)
            span = self._note.sentences[number].span
            if len(span) > _LONGEST or span.overlaps(stated):
                continue
            score = self._score(number, span, candidate.code, own, near)
            if score > best:
                best, chosen = score, span
        return chosen if best >= (_ENOUGH if len(stated) <= BARE else _MUCH) else None

    def _places(self, facts: list[Fact], own: set[str], stated: Span) -> Iterator[tuple[int, int]]:
        """Yield the sentences that may speak of the problem and how near they stand to it."""
        sentences = self._note.sentences
        for fact in facts:
            if not fact.heading or fact.kind not in ASSESSED:
                continue
            for number in range(fact.mention.sentence + 1, min(len(sentences), fact.mention.sentence + 1 + _BLOCK)):
                opened = self._openers.get(number)
                if sentences[number].section != fact.mention.section or (opened and opened.isdisjoint(own)):
                    break
                yield number, 1
        for fact in facts:
            if fact.kind in ASSESSED or (fact.kind in _TOLD and len(stated) <= BARE):
                yield fact.mention.sentence, 0 if fact.kind in ASSESSED else -1
        if facts[0].kind not in ASSESSED or not facts[0].heading:
            for number in self._drugs:
                if self._note.sections[sentences[number].section].kind in ASSESSED:
                    yield number, 0

    def _score(self, number: int, span: Span, code: str, own: set[str], near: int) -> int:
        text = self._text[span.start : span.end]
        named = self._named.get(number, set())
        drugs = self._drugs.get(number, ())
        orders, told = self._tone(number, span, text)
        score = near + told
        if any(code.startswith(prefix) for prefix in drugs):
            score += 1 if number in self._long_term else 5 + 2 * orders
        elif drugs and told >= _TREATED and near and not named - own:
            score += 3
        if not named.isdisjoint(own):
            score += 2
        elif named:
            score -= 2
        words = _measure(code[:3])
        if words is not None and words.search(text):
            score += 3 if _VALUE.search(text) and not orders else 1
        return score

    def _tone(self, number: int, span: Span, text: str) -> tuple[bool, int]:
        """Return whether a sentence orders a treatment, and how much it says of care whatever the condition."""
        if number not in self._tones:
            orders = holds(ORDERS, self._text, span)
            treats, fares = orders or _TREATS.search(text) is not None, holds(FARES, self._text, span)
            told = _TREATED + 1 if treats and fares else _TREATED if treats or fares else 0
            told = told or int(holds(_PLANS, self._text, span))
            self._tones[number] = orders, told - (4 if holds(_OTHER_TALK, self._text, span) else 0)
        return self._tones[number]
