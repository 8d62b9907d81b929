"""The quotes that a code rests on: the statement that names the condition, one for each part of a combination, and,
below a bare heading, the one that shows it was cared for (MEAT).

Outpatient reporting asks for a condition that was monitored, evaluated, assessed or treated (Guidelines IV.J). Where
the diagnosis is the heading of a list of orders, the sentence below that says so is as much evidence as the heading;
a full statement stands by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.clauses import ClauseCutter, first_clause
from nosology.coding.meat import ASSESSED, BARE, CareReader
from nosology.model.note import Evidence, Note, Role, Span

__all__ = ["EvidenceReader"]

_LONGEST = 260  # code points of a quote; of a longer clause the mention alone is quoted
_PARTS = 3  # statements of a combination
_BARE_WORDS = 3  # of a heading that only names the condition
_OWN_LINE = 40  # code points of a line that is a heading of the assessment rather than a paragraph
_LABEL = re.compile(r"^[\s•\-*–#\d.)]*(?:[A-Z][A-Za-z/& ]{2,34}:\s+)?")
_DOSE = re.compile(r"\W{1,3}(?:\w+\W+)?\d")
_DOSE_WITHIN = 14  # code points behind the name of a drug
_NO_CARE = ("S", "T", "V", "W", "X", "Y", "Z")  # an injury, a status or a circumstance is stated


class EvidenceReader:
    """Chooses quotes in one note; what its sentences name is gathered once.

    ``cared`` holds the codes read so far whose condition the note shows to be cared for, or states in several parts.
    """

    def __init__(self, note: Note, candidates: list[Candidate]) -> None:
        self._note = note
        self._text = note.document.text
        self._starts = [s.span.start for s in note.sentences]
        self._care = CareReader(note, candidates)
        named = {place for c in candidates if not c.dropped for f in c.facts if not f.reason for place in _places(f)}
        self._clauses = ClauseCutter(self._text, named)
        self.cared: set[str] = set()

    def of(self, candidate: Candidate) -> tuple[Evidence, ...]:
        """Return the evidence of a reported code, the strongest first; never empty, every quote equal to the text."""
        facts = sorted((f for f in candidate.facts if not f.reason), key=lambda f: self._rank(f, candidate))
        own = {place for f in facts for place in _places(f)} | {(s.start, s.end) for s, _role in candidate.specifies}
        found: dict[Span, Evidence] = {}
        if facts:
            span = self._statement(facts[0], candidate, own)
            found[span] = self._quote(span, facts[0].mention.section, Role.SUPPORTS)
            parts = self._other_parts(facts)
            care = self._care_of(candidate, facts, bool(parts))
            if care is not None:
                if self._repeated(candidate, facts, span, care):
                    found.clear()
                found.setdefault(care, self._quote(care, self._section(care), Role.SUPPORTS))
            for part in parts:
                span = self._statement(part, candidate, own)
                if not any(span.overlaps(other) for other in found):
                    self.cared.add(candidate.code)
                    found[span] = self._quote(span, part.mention.section, Role.SUPPORTS)
        for span, role in candidate.specifies:
            whole = self._whole_words(span)
            found.setdefault(whole, self._quote(whole, self._section(whole), role))
        return tuple(found.values())

    def _care_of(self, candidate: Candidate, facts: list[Fact], joined: bool) -> Span | None:
        """Return the words of care to be quoted beside the statement: below a heading, or where it is told elsewhere.

        A statement with words of its own stands alone, and so do the parts of a combination (``joined``).
        """
        if candidate.code.startswith(_NO_CARE):
            return None
        stated = self._note.sentences[facts[0].mention.sentence].span
        care = self._care.of(candidate, facts, stated)
        if care is None:
            return None
        self.cared.add(candidate.code)
        heading = len(stated) <= BARE and self._stands_alone(facts[0].mention.span)
        if joined or not (heading or facts[0].kind not in ASSESSED):
            return None
        return first_clause(self._text, self._trimmed(care))

    def _repeated(self, candidate: Candidate, facts: list[Fact], heading: Span, care: Span) -> bool:
        """Tell whether the words of care name the condition themselves, so that a bare heading adds nothing."""
        if len(self._text[heading.start : heading.end].split()) > _BARE_WORDS:
            return False
        category = candidate.code[:3]
        return any(care.start <= f.mention.span.start < care.end and f.code[:3] == category for f in facts[1:])

    def _rank(self, fact: Fact, candidate: Candidate) -> tuple[float, ...]:
        """Return what puts the best statement first: the words that make the code so specific, then its weight.

        Of a drug that is taken for long, the order with its dose comes before the story of how it was begun.
        """
        mention = fact.mention.span
        if candidate.code.startswith("Z79"):
            dose = _DOSE.match(self._text[mention.end : mention.end + _DOSE_WITHIN]) is not None
            return (-dose, -(fact.kind in ASSESSED), -fact.weight, mention.start)
        if not candidate.specifies:
            return (-fact.weight, mention.start)
        sentence = self._note.sentences[fact.mention.sentence].span
        specific = sum(sentence.start <= span.start < sentence.end for span, _role in candidate.specifies)
        return (-specific, -fact.weight, mention.start)

    def _stands_alone(self, mention: Span) -> bool:
        """Tell whether a mention is all that its line says: a heading, with what is said of it below."""
        start = self._text.rfind("\n", 0, mention.start) + 1
        end = self._text.find("\n", mention.end)
        return len(self._text[start : end if end > 0 else len(self._text)].strip()) <= _OWN_LINE

    def _other_parts(self, facts: list[Fact]) -> list[Fact]:
        """Return the strongest fact of each other condition that a combination code joins."""
        parts: dict[str, Fact] = {}
        for fact in facts:
            parts.setdefault(fact.code[:3], fact)
        return list(parts.values())[1:_PARTS]

    def _statement(self, fact: Fact, candidate: Candidate, own: set[tuple[int, int]]) -> Span:
        """Return the words that state a fact: its clause, of a drug the name with its dose."""
        mention = fact.mention.span
        whole = self._trimmed(self._note.sentences[fact.mention.sentence].span, mention)
        clause = self._clauses.cut(whole, mention, own)
        if candidate.code.startswith("Z79"):
            clause = self._clauses.drug(clause, mention)
        return clause if len(clause) <= _LONGEST else mention

    def _trimmed(self, sentence: Span, keep: Span | None = None) -> Span:
        text = self._text[sentence.start : sentence.end]
        label = _LABEL.match(text)
        start = sentence.start + (label.end() if label else 0)
        if keep is not None and start > keep.start:
            start = sentence.start + len(text) - len(text.lstrip(" \t\n\r•-*–#"))
            start = min(start, keep.start)
        end = sentence.start + len(text.rstrip())
        return Span(start, max(end, keep.end if keep else start))

    def _whole_words(self, span: Span) -> Span:
        start, end = span.start, span.end
        while start > 0 and self._text[start - 1].isalnum() and self._text[start].isalnum():
            start -= 1
        while 0 < end < len(self._text) and self._text[end].isalnum() and self._text[end - 1].isalnum():
            end += 1
        return Span(start, end)

    def _section(self, span: Span) -> int:
        at = max(0, bisect_right(self._starts, span.start) - 1)
        return self._note.sentences[at].section if self._note.sentences else 0

    def _quote(self, span: Span, section: int, role: Role) -> Evidence:
        return Evidence(span, self._text[span.start : span.end], self._note.sections[section].kind, role)


def _places(fact: Fact) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in fact.mention.spans]
