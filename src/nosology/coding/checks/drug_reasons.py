"""Why a drug is not taken: what it did, or would do, is told as a reason and not as a condition of today (IV.J)."""

from __future__ import annotations

from nosology.coding.candidates import Fact
from nosology.coding.checks.wording import compile_words
from nosology.coding.workup import Workup, check, listed
from nosology.model.note import Span
from nosology.rules.loader import Rule

__all__ = ["set_aside_reasons"]

_BEFORE = 110  # code points before the condition in which the drug and its refusal stand


@check("drug_reasons", "read", listed("codes"))
def set_aside_reasons(workup: Workup, rule: Rule) -> None:
    """Set aside what is only told as the reason for which a drug was refused, not tolerated or once given up."""
    refused = compile_words(rule.data["refused"])
    if not refused.may_stand(workup.chart.text):
        return
    for candidate in workup.having_any(rule.data["codes"]):
        changed = False
        for fact in candidate.facts:
            if not fact.reason and _is_reason(workup, rule, fact):
                fact.reason, changed = "the reason for which a drug is not taken", True
        if not changed:
            continue
        left = [f.weight for f in candidate.facts if not f.reason]
        if left:
            candidate.weight = max(left)
        else:
            workup.drop(candidate, f"told as the reason for which a drug is not taken ({rule.citation_section})")


def _is_reason(workup: Workup, rule: Rule, fact: Fact) -> bool:
    """Whether the words before a condition refuse a drug, name it, and lead to the condition as the reason."""
    text, data = workup.chart.text, rule.data
    sentence = workup.note.sentences[fact.mention.sentence].span
    start = fact.mention.span.start
    low = max(sentence.start, start - _BEFORE)
    link = compile_words(data["because"]).search(text, low, start)
    if link is None or compile_words(data["now"]).search(text, sentence.start, sentence.end):
        return False
    refusal = compile_words(data["refused"]).search(text, low, link.start())
    return refusal is not None and _names_drug(workup, rule, Span(low, link.start()))


def _names_drug(workup: Workup, rule: Rule, span: Span) -> bool:
    text = workup.chart.text
    if compile_words(rule.data["drugs"]).search(text, span.start, span.end):
        return True
    return next(iter(workup.substances.named(text, span.start, span.end)), None) is not None
