"""What the chart says in words around a condition, for rules that turn on a phrase rather than on a code.

The patterns stand in the rule files; they are compiled once. A phrase does not count where it is negated just before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.index import Refined
from nosology.coding.workup import Workup
from nosology.lexicon.patterns import WordPattern, compile_words
from nosology.model.note import Mention, Span

__all__ = [
    "compile_words",
    "fact_at",
    "is_spared",
    "said_anywhere",
    "said_below",
    "said_near",
    "said_of_another",
    "sentences_for",
    "sentences_with",
    "unnegated",
]

_BELOW = 5  # sentences of a problem, with its name
_NEXT_ITEM = re.compile(r"\n[ \t]*(?:\n|\#?\d{1,2}[.):]\s|\#)")
_ASSESSED = ("assessment", "plan", "assessment_and_plan", "impression", "diagnosis")
_NEGATION = re.compile(
    r"\b(?:no|not|non|never|without|w/o|denie[sd]|deny|negative for|neg for|free of|ruled out|r/o|rule out|absence of"
    r"|unlikely|instead of|rather than)"
    r"[\s:-]+(?:(?!but\b|however\b)[\w/-]+[ ,]+){0,3}$",
    re.IGNORECASE,
)
_REFUTED = re.compile(
    r"^[\s,:(–—-]*(?:(?:was|were|is|has been|have been)\s+)?"
    r"(?:ruled out|excluded|negative\b|neg\b|not (?:present|seen|found|diagnosed|supported)|absent|never|unlikely)",
    re.IGNORECASE,
)
# "heels intact", "offload the heels", "no breakdown of the hip": a part of the body that has nothing
_SPARED = re.compile(
    r"[ \t]*(?:(?:skin|areas?|is|are|was|were|both|remains?|remained|appears?|otherwise|completely|fully)\b[ \t]*)*"
    r"(?:(?:intact|clear|spared|unaffected|uninvolved|uninjured|normal|unremarkable|non-?tender|boggy|blanch\w+"
    r"|off-?load\w*|float\w*|elevated|suspended|protected"
    r"|without (?:ulcer\w*|breakdown|burns?|wounds?|injur\w+|lesions?))\b)",
    re.IGNORECASE,
)
_CARED_FOR = re.compile(
    r"\b(?:off-?load\w*|float\w*|elevat\w*|protect\w*|suspend\w*|padd?\w*|boots?"
    r"|no (?:ulcer\w*|breakdown|burns?|wounds?|injur\w+))"
    r"[ \t]+(?:(?:of|on|at|over|to|for|the|his|her|both|bilateral|left|right|and)[ \t]+)*\Z",
    re.IGNORECASE,
)
_CARE_REACH = 60  # code points before the part of the body
_DOUBTED = re.compile(
    r"\b(?:likely|probabl[ey]|possibl[ey]|presumably|presumed|suspect(?:ed|s)?|perhaps|maybe"
    r"|(?:may|might|could) (?:be|have)|concern(?:ed|s|ing)? (?:for|about)|rule out|r/o|question of)\s+"
    r"(?:(?:due to|from|secondary to|an?|the|his|her|early|some|mild|moderate|severe|underlying|chronic|acute"
    r"|component of)\s+){0,3}\Z",
    re.IGNORECASE,
)
_OWN_VERB = re.compile(
    r", (?:liv(?:es|ing)|stay(?:s|ing)|sleep(?:s|ing)|resid(?:es|ing)|smokes|drinks|uses|takes|wears)\b", re.I
)
_LOOK_BACK = 32
_MOST_LISTS = 500
_LISTS: dict[int, tuple[Sequence[str], WordPattern]] = {}
_NOTHING: Iterator[re.Match[str]] = iter(())


def unnegated(pattern: str, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Return the matches of ``pattern`` in ``text[start:end]`` that nothing denies just before or just after."""
    words, stop = compile_words(pattern), len(text) if end is None else end
    return _unnegated(words, text, start, stop) if words.may_stand(text, start, stop) else _NOTHING


def _unnegated(words: WordPattern, text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    for match in words.finditer(text, start, stop):
        before = text[max(start, match.start() - _LOOK_BACK) : match.start()]
        denied = _NEGATION.search(before) and not _OWN_VERB.match(text, max(0, match.start() - 2))
        if not denied and not _REFUTED.match(text[match.end() : match.end() + 30]):
            yield match


def said_of_another(workup: Workup, place: Span, own: tuple[str, ...]) -> bool:
    """True for words inside the mention of a condition without the prefixes ``own``, or directly before one: the
    "acute" of "systolic heart failure and acute bronchitis".
    """
    behind = place.end + 1 if workup.chart.text[place.end : place.end + 1].isspace() else -1
    touched = [
        m
        for m in workup.note.mentions
        if m.span.start == behind or (m.span.start <= place.start < place.end <= m.span.end)
    ]
    return bool(touched) and not any(m.codes[0].startswith(own) for m in touched)


def said_near(workup: Workup, candidate: Candidate, pattern: str, *, sure: bool = False) -> Span | None:
    """Return where ``pattern`` is said in a sentence in which the candidate counts, None if nowhere; ``sure``: where it
    is not only thought likely.
    """
    text, sentences = workup.chart.text, workup.note.sentences
    if not compile_words(pattern).may_stand(text):
        return None
    for number in {f.mention.sentence for f in candidate.facts if not f.reason}:
        span = sentences[number].span
        for match in unnegated(pattern, text, span.start, span.end):
            if not (sure and _DOUBTED.search(text, max(span.start, match.start() - _LOOK_BACK), match.start())):
                return Span(match.start(), match.end())
    return None


def said_below(workup: Workup, candidate: Candidate, pattern: str, *, sure: bool = False) -> Span | None:
    """Return where ``pattern`` is said in the sentences below the name of the problem that the candidate is."""
    text = workup.chart.text
    if not compile_words(pattern).may_stand(text):
        return None
    for fact in candidate.facts:
        if fact.reason or not fact.heading or fact.kind not in _ASSESSED:
            continue
        start = workup.note.sentences[fact.mention.sentence].span.start
        for match in unnegated(pattern, text, start, _end_of_problem(workup, candidate, fact)):
            if sure and _DOUBTED.search(text, max(start, match.start() - _LOOK_BACK), match.start()):
                continue
            if not _said_of_another_problem(workup, candidate, match.start()):
                return Span(match.start(), match.end())
    return None


def _said_of_another_problem(workup: Workup, candidate: Candidate, at: int) -> bool:
    """True where the sentence names another condition before what it says: "His hypertension is poorly controlled"."""
    number = workup.sentence_number(at)
    return any(
        f.mention.sentence == number and f.mention.span.start < at and not f.reason
        for c in workup.live()
        if c.code[:3] != candidate.code[:3] and c.code[0] not in "ZVWXY"
        for f in c.facts
    )


def _end_of_problem(workup: Workup, candidate: Candidate, head: Fact) -> int:
    """Return where the next problem begins: by its number, an empty line, or its name; or some sentences on."""
    sentences, text = workup.note.sentences, workup.chart.text
    first = head.mention.sentence
    last = first
    while last + 1 < min(len(sentences), first + _BELOW) and sentences[last + 1].section == sentences[first].section:
        last += 1
    end = sentences[last].span.end
    item = _NEXT_ITEM.search(text, sentences[first].span.end, end)
    end = item.start() if item is not None else end
    others = (
        f.mention.span.start
        for c in workup.live()
        if c is not candidate and c.code[:3] != candidate.code[:3] and c.code[0] not in "RZVWXY"
        for f in c.facts
        if f.heading and not f.reason and head.mention.span.end < f.mention.span.start < end
    )
    return min(others, default=end)


def is_spared(text: str, start: int, end: int) -> bool:
    """True for a part of the body, at ``text[start:end]``, that is said to have nothing, or only to be looked after."""
    return (
        _SPARED.match(text, end) is not None or _CARED_FOR.search(text, max(0, start - _CARE_REACH), start) is not None
    )


def said_anywhere(workup: Workup, pattern: str, *, sure: bool = False) -> Span | None:
    """Return where ``pattern`` is first said in the chart about the patient as a fact, None if nowhere."""
    text = workup.chart.text
    for match in unnegated(pattern, text):
        if sure and _DOUBTED.search(text, max(0, match.start() - _LOOK_BACK), match.start()):
            continue
        number = workup.sentence_number(match.start())
        kind = workup.note.sections[workup.note.sentences[number].section].kind if number >= 0 else ""
        if kind not in ("family_history", "instructions", "education", "allergies", "header", "signature"):
            return Span(match.start(), match.end())
    return None


def _any_of(words: Sequence[str]) -> WordPattern:
    """Return the pattern of one of the words; lists of rules stay, so each is known by itself, not by its words."""
    known = _LISTS.get(id(words))
    if known is None or known[0] is not words:
        if len(_LISTS) > _MOST_LISTS:
            _LISTS.clear()
        known = _LISTS[id(words)] = (words, compile_words("|".join(map(re.escape, words))))
    return known[1]


def sentences_with(workup: Workup, words: Sequence[str]) -> list[int]:
    """Return the numbers of the sentences that hold one of ``words`` (lower case), in order."""
    places = _any_of(words).places(workup.chart.text)
    return _sentences_at(workup, places) if places else []


def sentences_for(workup: Workup, pattern: WordPattern) -> list[int]:
    """Return the numbers of the sentences in which ``pattern`` may be met, in order: all, if it needs no word."""
    if not pattern.needed:
        return list(range(len(workup.note.sentences)))
    places = pattern.places(workup.chart.text)
    return _sentences_at(workup, places) if places else []


def _sentences_at(workup: Workup, places: Sequence[int]) -> list[int]:
    number_at = workup.sentence_number
    return sorted({n for place in places if (n := number_at(place)) >= 0})


def fact_at(workup: Workup, span: Span, code: str, source: str, weight: float) -> Fact:
    """Return a fact that the rule ``source`` reads from the text at ``span``."""
    number = max(0, workup.sentence_number(span.start))
    section = workup.note.sentences[number].section
    mention = Mention(span, (span,), (code,), (source,), number, section)
    kind = workup.note.sections[section].kind
    return Fact(mention, code, Refined(code, (code,), ()), kind, False, weight)
