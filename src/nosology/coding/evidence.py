"""The quotes that a code rests on: the statement that names the condition, one for each part of a combination, and the
one that shows it was cared for (MEAT).

Outpatient reporting asks for a condition that was monitored, evaluated, assessed or treated (Guidelines IV.J); the
sentence of the plan that says so is as much evidence as the diagnosis itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.meat import ASSESSED, CareReader
from nosology.model.note import Evidence, Note, Role, Span

__all__ = ["EvidenceReader"]

_LONGEST = 260  # code points of a sentence that is quoted whole
_PROSE = 70  # of a longer sentence that is not a problem of the assessment, the clause is quoted
_PARTS = 3  # statements of a combination
_LABEL = re.compile(r"^[\s•\-*–#\d.)]*(?:[A-Z][A-Za-z/& ]{2,34}:\s+)?")
_CLAUSE = re.compile(r"[;:]\s|,\s|\s[–—-]+\s|\s(?:but|who|which|as well as)\s")
_NO_CARE = ("S", "T", "V", "W", "X", "Y", "Z")  # an injury, a status or a circumstance is stated


class EvidenceReader:
    """Chooses quotes in one note; what its sentences name is gathered once."""

    def __init__(self, note: Note, candidates: list[Candidate]) -> None:
        self._note = note
        self._text = note.document.text
        self._starts = [s.span.start for s in note.sentences]
        self._care = CareReader(note, candidates)

    def of(self, candidate: Candidate) -> tuple[Evidence, ...]:
        """Return the evidence of a reported code, the strongest first; never empty, every quote equal to the text."""
        facts = sorted((f for f in candidate.facts if not f.reason), key=lambda f: (-f.weight, f.mention.span.start))
        found: dict[Span, Evidence] = {}
        if facts:
            span = self._statement(facts[0])
            found[span] = self._quote(span, facts[0].mention.section, Role.SUPPORTS)
            if not candidate.code.startswith(_NO_CARE):
                care = self._care.of(candidate, facts, self._note.sentences[facts[0].mention.sentence].span)
                if care is not None:
                    care = self._trimmed(care)
                    found.setdefault(care, self._quote(care, self._section(care), Role.SUPPORTS))
            for part in self._other_parts(facts):
                span = self._statement(part)
                if not any(span.overlaps(other) for other in found):
                    found[span] = self._quote(span, part.mention.section, Role.SUPPORTS)
        for span, role in candidate.specifies:
            whole = self._whole_words(span)
            found.setdefault(whole, self._quote(whole, self._section(whole), role))
        return tuple(found.values())

    def _other_parts(self, facts: list[Fact]) -> list[Fact]:
        """Return the strongest fact of each other condition that a combination code joins."""
        parts: dict[str, Fact] = {}
        for fact in facts:
            parts.setdefault(fact.code[:3], fact)
        return list(parts.values())[1:_PARTS]

    def _statement(self, fact: Fact) -> Span:
        """Return the words that state a fact: a problem of the assessment whole, of prose the clause."""
        mention = fact.mention.span
        sentence = self._note.sentences[fact.mention.sentence].span
        if len(sentence) > _LONGEST:
            return mention
        whole = self._trimmed(sentence, mention)
        if len(whole) <= _PROSE or (fact.heading and fact.kind in ASSESSED):
            return whole
        return self._clause(whole, mention)

    def _clause(self, whole: Span, mention: Span) -> Span:
        start, end = whole.start, whole.end
        for cut in _CLAUSE.finditer(self._text, whole.start, whole.end):
            if cut.end() <= mention.start:
                start = cut.end()
            elif cut.start() >= mention.end:
                end = cut.start()
                break
        return Span(start, end)

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
