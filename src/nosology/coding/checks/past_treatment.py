"""Treatment that is over: radiotherapy and chemotherapy (Z92), the disease of an organ that was replaced (Z94)."""

from __future__ import annotations

import re

from nosology.coding.candidates import Fact
from nosology.coding.checks.wording import compile_words, fact_at
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_past_treatment", "read_replaced_organ"]

_BEFORE, _AFTER = 60, 60  # code points in which the words of the past are looked for
_REPLACED = 170  # code points between a transplant and the disease that it was for
_HISTORY = "history, no longer present"
_CLAUSE = re.compile(r"[.;:\n](?=\s|$)")


@check("past_treatment", "read", lambda rule: rule.data["history"])
def read_past_treatment(workup: Workup, rule: Rule) -> None:
    """Read a treatment of which the chart says that it is over as its history (I.C.21.c.4, I.C.2.e.2)."""
    known = workup.having_any(rule.data["with"], floor=workup.threshold)  # the cancer of which it is part
    for code, history in rule.data["history"].items():
        for candidate in [c for c in workup.candidates if c.code == code]:
            past = [f for f in candidate.facts if f.reason in ("", _HISTORY) and _is_over(workup, rule, f)]
            for fact in past:
                fact.reason = "a treatment of the past"
                span = Span(fact.mention.span.start, fact.mention.span.end)
                weight = workup.threshold if known else fact.weight or workup.threshold / 2
                new = fact_at(workup, span, history, f"rule:{rule.id}", weight)
                step = Step("guideline", "a treatment that is over", rule.citation)
                workup.add(history, [new], weight, step)
            if past and all(f.reason for f in candidate.facts):
                workup.drop(candidate, f"a treatment of the past ({rule.citation_section})")


def _is_over(workup: Workup, rule: Rule, fact: Fact) -> bool:
    text, span = workup.chart.text, fact.mention.span
    sentence = workup.note.sentences[fact.mention.sentence].span
    before = _CLAUSE.split(text[max(sentence.start, span.start - _BEFORE) : span.end])[-1]
    after = _CLAUSE.split(text[span.end : min(sentence.end, span.end + _AFTER)])[0]
    now, told, then = (compile_words(rule.data[k]) for k in ("now", "told_before", "told_after"))
    if now.search(before) or now.search(after):
        return False
    return told.search(before) is not None or then.search(after) is not None


@check("replaced_organ", "read", lambda rule: [code for row in rule.data["organs"] for code in row["codes"]])
def read_replaced_organ(workup: Workup, rule: Rule) -> None:
    """Put into the past the disease for which an organ was replaced: "lung transplant for fibrosis" (I.C.21.c.3).

    Only where the chart has the transplanted organ, and only what the same words say of both.
    """
    text = workup.chart.text
    for row in rule.data["organs"]:
        if not workup.documented(*row["status"]) or workup.chart.setting not in row.get("settings", rule.settings):
            continue
        before, after = compile_words(row["before"]), compile_words(row["after"])
        for candidate in workup.having_any(row["codes"]):
            for fact in candidate.facts:
                span, sentence = fact.mention.span, workup.note.sentences[fact.mention.sentence].span
                if not fact.reason and (
                    before.search(text, max(sentence.start, span.start - _REPLACED), span.start)
                    or after.match(text, span.end, min(sentence.end, span.end + _REPLACED))
                ):
                    fact.reason = _HISTORY
            if all(f.reason for f in candidate.facts):
                workup.drop(candidate, f"the organ was replaced ({rule.citation_section})")
