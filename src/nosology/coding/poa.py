"""Present on admission: Y, N, or 1 for exempt codes (Guidelines, Appendix I)."""

from __future__ import annotations

import re

from nosology.coding.candidates import Candidate
from nosology.model.note import Note
from nosology.rules.loader import Rule

__all__ = ["present_on_admission"]

_ADMITTED = frozenset(
    ["chief_complaint", "history_of_present_illness", "past_medical_history", "problem_list", "admission_diagnosis", "emergency_course", "indication"]
)


def present_on_admission(candidate: Candidate, note: Note, rule: Rule) -> str:
    """Return the indicator of a reported inpatient code; "1" where the code is exempt.

    A condition is N when every mention that counts stands with words of onset after admission; chronic conditions, those known
    in the history, and those without such words are Y.
    """
    code = candidate.code
    later_episode = len(code) == 8 and code[-1] in rule.data["exempt_seventh_characters"] and code[0] in "MOSTVWXY"
    if later_episode or code.startswith(tuple(rule.data["exempt"])):
        return "1"
    onset = _pattern(tuple(rule.data["onset_after_admission"]))
    text = note.document.text
    live = [f for f in candidate.facts if not f.reason]
    if not live or any(f.kind in _ADMITTED for f in live):
        return "Y"
    later = 0
    for fact in live:
        sentence = note.sentences[fact.mention.sentence].span
        later += bool(onset.search(text[sentence.start : sentence.end]))
    return "N" if later and later * 2 >= len(live) else "Y"


_PATTERNS: dict[tuple[str, ...], re.Pattern[str]] = {}


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    if phrases not in _PATTERNS:
        _PATTERNS[phrases] = re.compile("|".join(rf"\b(?:{p})\b" for p in phrases), re.IGNORECASE)
    return _PATTERNS[phrases]
