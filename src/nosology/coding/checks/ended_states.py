"""States that ended: home oxygen given back, a stoma taken down, dialysis no longer needed (I.C.21.c.3)."""

from __future__ import annotations

from nosology.coding.candidates import Fact
from nosology.coding.checks.wording import compile_words
from nosology.coding.prefixes import begins
from nosology.coding.workup import Workup, check, listed
from nosology.rules.loader import Rule

__all__ = ["set_aside_ended_states"]

_BEFORE, _BEHIND = 60, 80  # code points in which the words of an end are looked for


@check("ended_states", "read", listed("codes", "devices"))
def set_aside_ended_states(workup: Workup, rule: Rule) -> None:
    """Set aside a status of which the sentence says that it ended: a status tells what the patient still has."""
    for candidate in workup.having(*rule.data["codes"], *rule.data["devices"]):
        for fact in candidate.facts:
            if not fact.reason and _has_ended(workup, rule, fact):
                fact.reason = "a state that ended"
        if candidate.facts and all(f.reason for f in candidate.facts):
            workup.drop(candidate, f"it ended ({rule.citation_section})")


def _has_ended(workup: Workup, rule: Rule, fact: Fact) -> bool:
    text, span, data = workup.chart.text, fact.mention.span, rule.data
    sentence = workup.note.sentences[fact.mention.sentence].span
    if compile_words(data["still"]).search(text, sentence.start, sentence.end):
        return False
    begin, until = max(sentence.start, span.start - _BEFORE), min(sentence.end, span.end + _BEHIND)
    before, behind = text[begin : span.start], text[span.start : until]
    if begins(fact.code, data["devices"]):
        return compile_words(data["taken_out"]).search(behind) is not None
    if compile_words(data["ended_before"]).search(before) or compile_words(data["ended"]).search(behind):
        return True
    used = compile_words(data["used"]).search(before)
    year = compile_words(data["then"]).match(behind) if used else None
    on = workup.chart.on
    return year is not None and on is not None and int(year["year"]) < on.year
