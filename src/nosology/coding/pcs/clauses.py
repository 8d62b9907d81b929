"""Clauses of a description: what was acted on, the verbs, and what follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nosology.model.note import Span

__all__ = ["Clause", "split_clauses"]

_DETERMINER = r"(?:the|an?|all|both|two|three|four|five|six|several|multiple|\d+|this|these|its|we|i|it|they|one|each)"
_SPLIT = re.compile(
    rf";|,?\s+(?:and then|and|then|but|while|after which|whereupon|so|therefore|thus|hence)\s+"
    rf"(?={_DETERMINER}\b[^.;:]{{0,90}}?\b(?:was|were)\b)"
    rf"|\s+and (?=[\w-]+ (?:was|were)\b)|,\s+(?={_DETERMINER}\b[^.;:,]{{0,70}}?\b(?:was|were)\b)",
    re.IGNORECASE,
)
_AUX = re.compile(r"\b(?:was|were|has been|have been|had been)\b", re.IGNORECASE)
_ACTIVE = re.compile(
    r"(?:\b(?:i|we|he|she|they|surgeon|team|who|dr\.? \w+|urology|then|and)\s+(?:then |next |also |\w+ly )?|\A\W*)\Z",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:of|in|on|from|at|over|with|to|into|through|across|behind|under|by|for|off|which|that|along"
    r"|around|near|below|above"
    r"|within|inside|between|down|measuring|containing|holding|lying|causing)\b|[,(]",
    re.IGNORECASE,
)
_WHOLE_OF = re.compile(
    r"\s*(?:(?:the|all|both|then|next|finally|a|an|two|cut|torn|free|fresh\w*|proximal|distal)\s+)*"
    r"(?:(?:whole|entirety|all|both|each|ends?|edges?|stumps?|sides?|remains|remainder|rest) of |\d[\d.,]*\s*"
    r"(?:ml|cc|l|liters?|litres?|g|grams?) of )",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\s*(?:with|through|via|using|under|after|over|in|on|at|from|by|for|once|following|then|next|finally"
    r"|subsequently|attention)\b",
    re.IGNORECASE,
)
_WAY = re.compile(
    r"\s*(?:through|via|with|using|under|over|on|from|by|in) (?:(?:an?|the|two|three|this|that|his|her) )?"
    r"(?:[\w-]+ ){0,4}?"
    r"(?:incisions?|exposure|approach|ports?|\w*scopes?|vision|guidance|control|tourniquet|an[ae]+sthesia|sedation|forceps"
    r"|needle|sheath|catheter|cautery|stapler|scissors|knife|snare|basket|wire|retraction|magnification|manipulation)"
    r"(?: (?:over|on|in|of|along|at|above|below) (?:the )?(?:right |left )?(?:[\w-]+ ){0,3}?"
    r"(?=(?:the|an?|all|both)\b))?,?\s+(?!of\b)",
    re.IGNORECASE,
)
_FOR_A_TIME = re.compile(
    r"\s*(?:for|over|after) (?:the next |about |some |another )?"
    r"(?:\w+|an?|\d+)[\s-](?:hours?|minutes?)(?: of \w+)?,?\s+",
    re.IGNORECASE,
)
_NOUN_STARTS = re.compile(r"(?:,\s*|(?<=\s))(?=(?:the|an?|all|both|two|three|four|one|this|these)\b)", re.IGNORECASE)
_BEFORE_NOUN = re.compile(
    r"\b(?:of|in|on|from|at|over|with|to|into|through|via|across|behind|under|by|for|off|and|along|around|near|below"
    r"|above|using|within|after|once|following|about)\s+\Z",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\s*(?:it|this|these|they|the specimen|which|both)\s*\Z", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|never|neither|nor|cannot|without|would|could|should|may|might|unless"
    r"|considered|planned|will|is to|are to|nearly|almost|to be|if)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|nor)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_NONE = re.compile(r"\W*(?:no|neither|none)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: ``subject`` what was acted on, ``name`` its noun up to the first preposition, ``tail`` the rest.

    ``passive`` is True where the clause says "was" or "were".
    """

    span: Span
    subject: Span
    name: Span
    tail: Span
    verbs: tuple[Span, ...]
    passive: bool = False

    def denied(self, text: str) -> bool:
        """True if the clause says that it was not done, or only might be."""
        if _NONE.match(text, self.subject.start, self.subject.end):
            return True
        first = self.verbs[0] if self.verbs else self.tail
        start = self.subject.end if self.passive else self.span.start
        if _DENIED.search(text, start, first.end) is not None:
            return True
        return all(_NOT.search(text, max(self.span.start, verb.start - 12), verb.start) for verb in self.verbs)


def split_clauses(text: str, sentence: Span, verb: re.Pattern[str], before: Clause | None) -> Iterator[Clause]:
    """Yield the clauses of a sentence in order; a pronoun stands for what the clause before acted on."""
    cuts = [sentence.start]
    ends: list[int] = []
    for match in _SPLIT.finditer(text, sentence.start, sentence.end):
        if _AUX.search(text, cuts[-1], match.start()) or verb.search(text, cuts[-1], match.start()):
            ends.append(match.start())
            cuts.append(match.end())
    ends.append(sentence.end)
    for start, end in zip(cuts, ends, strict=True):
        clause = _clause(text, Span(start, end), verb, before)
        yield clause
        before = clause


def _clause(text: str, span: Span, verb: re.Pattern[str], before: Clause | None) -> Clause:
    aux = _AUX.search(text, span.start, span.end)
    if aux is not None:
        subject, tail = Span(span.start, aux.start()), Span(aux.end(), span.end)
        verbs = tuple(Span(*m.span()) for m in verb.finditer(text, tail.start, tail.end))
    else:
        verbs = tuple(Span(*m.span()) for m in verb.finditer(text, span.start, span.end))
        if not verbs:
            return Clause(span, span, span, Span(span.end, span.end), ())
        first = verbs[0]
        if _ACTIVE.search(text[span.start : first.start]):
            subject, tail = Span(first.end, span.end), Span(first.end, span.end)
        else:
            subject, tail = Span(span.start, first.start), Span(first.start, span.end)
    if before is not None and _PRONOUN.match(text[subject.start : subject.end]):
        return Clause(span, before.subject, before.name, tail, verbs, aux is not None)
    start = subject.start
    spent = _FOR_A_TIME.match(text, start, subject.end)
    if spent is not None:
        start = spent.end()
    elif _LEADING.match(text, start, subject.end):
        after = _after_adverbial(text, start, subject.end)
        way = _WAY.match(text, start, subject.end)
        start = after if after > start or way is None else way.end()
    whole = _WHOLE_OF.match(text, start, subject.end)
    if whole is not None:
        start = whole.end()
    first_preposition = _PREPOSITION.search(text, start, subject.end)
    end = first_preposition.start() if first_preposition is not None else subject.end
    return Clause(span, Span(start, subject.end), Span(start, end), tail, verbs, aux is not None)


def _after_adverbial(text: str, start: int, end: int) -> int:
    """Where the subject begins after "through a small incision": at the last noun that no preposition governs."""
    for match in reversed(list(_NOUN_STARTS.finditer(text, start, end))):
        if match.end() > start and _BEFORE_NOUN.search(text[start : match.end()]) is None:
            return match.end()
    return start
