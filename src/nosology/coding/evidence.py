"""The quotes that a code rests on: the statement that names the condition, and the one that shows it was cared for
(MEAT).

Outpatient reporting asks for a condition that was monitored, evaluated, assessed or treated (Guidelines IV.J); the
sentence of the plan that says so is as much evidence as the diagnosis itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from nosology.coding.candidates import Candidate, Fact
from nosology.model.note import Evidence, Note, Role, Span

__all__ = ["EvidenceReader"]

_LONGEST = 260  # code points of a sentence that is quoted whole
_BLOCK = 14  # sentences below a problem that can belong to it
_ASSESSED = ("assessment", "assessment_and_plan", "plan", "impression", "diagnosis")
_LABEL = re.compile(r"^[\s•\-*–#\d.)]*(?:[A-Z][A-Za-z/& ]{2,34}:\s+)?")
_CARE = re.compile(
    r"\b(?:continue[sd]?|start(?:ed)?|initiate[d]?|increase[d]?|decrease[d]?|prescri(?:bed?|ption)|refill"
    r"|refer(?:red|ral)?"
    r"|resume|discontinue|switch|titrate|monitor|recheck|repeat|order(?:ed)?|inject(?:ed|ion)?|will try|take|taking"
    r"|adjust"
    r"|controlled|stable|well[- ]managed|uncontrolled|worsen(?:ed|ing)|improv(?:ed|ing)|elevated|exacerbation)\b",
    re.IGNORECASE,
)
_OTHER_TALK = re.compile(
    r"\b(?:patient agreements?|understands? and agrees?|education and counsel|discussed|advised)\b", re.I
)


class EvidenceReader:
    """Chooses quotes in one note; drugs and the codes that open problems are gathered once."""

    def __init__(self, note: Note, candidates: list[Candidate]) -> None:
        self._note = note
        self._text = note.document.text
        self._starts = [s.span.start for s in note.sentences]
        self._drugs: dict[int, list[str]] = {}
        self._openers: dict[int, str] = {}
        for candidate in candidates:
            for fact in candidate.facts:
                source = fact.mention.terms[0]
                if source.startswith("drug:"):
                    self._drugs.setdefault(fact.mention.sentence, []).extend(filter(None, source[5:].split(",")))
                elif fact.heading and fact.kind in _ASSESSED and not fact.reason:
                    self._openers.setdefault(fact.mention.sentence, candidate.code)

    def of(self, candidate: Candidate) -> tuple[Evidence, ...]:
        """Return the evidence of a reported code, the strongest first; never empty, every quote equal to the text."""
        facts = sorted((f for f in candidate.facts if not f.reason), key=lambda f: (-f.weight, f.mention.span.start))
        found: dict[Span, Evidence] = {}
        if facts:
            best = facts[0]
            span = self._statement(best)
            found[span] = self._quote(span, best.mention.section, Role.SUPPORTS)
            care = self._care(best, candidate.code) or self._discussed(facts, span)
            if care is not None:
                found.setdefault(care, self._quote(care, self._section(care), Role.SUPPORTS))
        for span, role in candidate.specifies:
            found.setdefault(span, self._quote(span, self._section(span), role))
        return tuple(found.values())

    def _statement(self, fact: Fact) -> Span:
        """Return the sentence in which a fact stands, without bullets; of a long one only the words themselves."""
        mention = fact.mention.span
        sentence = self._note.sentences[fact.mention.sentence].span
        if len(sentence) > _LONGEST:
            return mention
        return self._trimmed(sentence, mention)

    def _trimmed(self, sentence: Span, keep: Span | None = None) -> Span:
        text = self._text[sentence.start : sentence.end]
        label = _LABEL.match(text)
        start = sentence.start + (label.end() if label else 0)
        if keep is not None and start > keep.start:
            start = sentence.start + len(text) - len(text.lstrip(" \t\n\r•-*–#"))
            start = min(start, keep.start)
        end = sentence.start + len(text.rstrip())
        return Span(start, max(end, keep.end if keep else start))

    def _care(self, fact: Fact, code: str) -> Span | None:
        """Return the sentence below a problem of the assessment that says how it is treated or how it fares."""
        if not fact.heading or fact.kind not in _ASSESSED:
            return None
        sentences = self._note.sentences
        best, chosen = 0, None
        for number in range(fact.mention.sentence + 1, min(len(sentences), fact.mention.sentence + 1 + _BLOCK)):
            sentence = sentences[number]
            if sentence.section != fact.mention.section or self._openers.get(number, code)[:3] != code[:3]:
                break
            text = self._text[sentence.span.start : sentence.span.end]
            score = 4 if any(code.startswith(p) for p in self._drugs.get(number, ())) else 0
            score += 2 if _CARE.search(text) else 0
            score -= 1 if _OTHER_TALK.search(text) else 0
            if score > best and len(sentence.span) <= _LONGEST:
                best, chosen = score, sentence.span
        return self._trimmed(chosen) if chosen is not None and best >= 2 else None

    def _discussed(self, facts: list[Fact], stated: Span) -> Span | None:
        """Return another sentence of the assessment or plan that names the condition and says how it fares."""
        for fact in facts[1:]:
            if fact.kind in _ASSESSED:
                sentence = self._note.sentences[fact.mention.sentence].span
                other = not sentence.overlaps(stated) and len(sentence) <= _LONGEST
                if other and _CARE.search(self._text[sentence.start : sentence.end]):
                    return self._trimmed(sentence)
        return None

    def _section(self, span: Span) -> int:
        at = max(0, bisect_right(self._starts, span.start) - 1)
        return self._note.sentences[at].section if self._note.sentences else 0

    def _quote(self, span: Span, section: int, role: Role) -> Evidence:
        return Evidence(span, self._text[span.start : span.end], self._note.sections[section].kind, role)
