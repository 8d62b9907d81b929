"""Contact with and exposure to a communicable disease: the disease that somebody else has, or may have (Z20)."""

from __future__ import annotations

from nosology.coding.checks.wording import compile_words, fact_at
from nosology.coding.workup import Workup, check
from nosology.model.note import Span, Subject
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_contacts"]

_LOOK_BACK = 60


@check("contacts", "read", lambda rule: rule.data["diseases"])
def code_contacts(workup: Workup, rule: Rule) -> None:
    """Report contact with a communicable disease where the chart names the disease after "exposed to" (I.C.21.c.1)."""
    text = workup.chart.text
    exposed, denied = compile_words(rule.data["exposed"]), compile_words(rule.data["denied"])
    met: dict[str, Span] = {}
    for candidate in list(workup.candidates):
        code = _contact_with(candidate.code, rule)
        if code is None or not workup.icd.is_billable(code):
            continue
        for fact in candidate.facts:
            mention = fact.mention
            if not fact.reason or mention.subject is Subject.FAMILY:
                continue
            sentence = workup.note.sentences[mention.sentence].span
            start = max(sentence.start, mention.span.start - _LOOK_BACK)
            said = exposed.search(text, start, mention.span.start)
            if said is None or denied.search(text, sentence.start, said.start()):
                continue
            met.setdefault(code, Span(said.start(), mention.span.end))
    for code, span in met.items():
        if workup.having(code, "Z20"):
            continue
        fact = fact_at(workup, span, code, f"rule:{rule.id}", workup.threshold)
        step = Step("guideline", "contact with a communicable disease", rule.citation)
        workup.add(code, [fact], workup.threshold, step)


def _contact_with(disease: str, rule: Rule) -> str | None:
    """Return the Z20 code of a disease: that of the longest beginning of its code that the rule lists."""
    listed: dict[str, str] = rule.data["diseases"]
    return next((listed[disease[:n]] for n in range(len(disease), 0, -1) if disease[:n] in listed), None)
