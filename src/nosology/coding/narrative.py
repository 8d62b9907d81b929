"""Where a note without headings states its conclusion: the kind of section that each sentence really belongs to."""

from __future__ import annotations

import re

from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Note, Span

__all__ = ["narrative_kinds"]

_LOOSE = ("", "other", "history_of_present_illness", "physical_exam", "consultation", "interval_history", "results")
_CONCLUDES = WordPattern(
    r"^\W*(?:(?:in (?:summary|conclusion|short)|overall|so),? )?"
    r"(?:(?:my|our|the|clinical|overall|final|working) )*(?:impression|assessment|diagnos[ei]s|dx|imp)\b"
    r"(?: today)?(?: (?:is|are|was|remains?)\b|\s*[:–—-])"
    r"|^\W*(?:in summary|in conclusion|to summari[sz]e)\b"
    r"|\b(?:my|our) (?:impression|assessment|diagnosis) (?:is|are|remains)\b"
)
_PLANS = WordPattern(
    r"^\W*(?:plan\b|recommendations?\b|"
    r"(?:i|we) (?:will|shall|would|recommend|advised|discussed|plan|have (?:recommended|started|asked|given"
    r"|prescribed))\b"
    r"|we discussed\b|i'll\b|we'll\b)"
)

_SAME = re.compile(r"[\s:.-]*(?:the )?(?:same|as above|unchanged|as pre-?op)\b", re.IGNORECASE)


def narrative_kinds(note: Note) -> dict[int, str]:
    """Return ``sentence number → kind`` for sentences outside labelled sections that open a conclusion or a plan."""
    found: dict[int, str] = {}
    text = note.document.text
    same = any(
        s.kind == "postoperative_diagnosis" and _SAME.match(text, s.body.start, s.body.end) for s in note.sections
    )
    concludes, plans = _CONCLUDES.may_stand(text), _PLANS.may_stand(text)
    if not (same or concludes or plans):
        return found
    for number, sentence in enumerate(note.sentences):
        if same and note.sections[sentence.section].kind == "preoperative_diagnosis":
            found[number] = "postoperative_diagnosis"
            continue
        if note.sections[sentence.section].kind not in _LOOSE:
            continue
        if concludes and _opens(_CONCLUDES, text, sentence.span):
            found[number] = "assessment"
        elif plans and note.sections[sentence.section].kind in ("", "other") and _opens(_PLANS, text, sentence.span):
            found[number] = "plan"
    return found


def _opens(pattern: WordPattern, text: str, span: Span) -> bool:
    return pattern.may_stand(text, span.start, span.end) and pattern.search(text[span.start : span.end]) is not None
