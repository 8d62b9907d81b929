"""One patient, one type of diabetes: a complication named without the type takes the type that the chart documents
(I.C.4.a).
"""

from __future__ import annotations

import re

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words
from nosology.coding.substances import is_medicinal
from nosology.coding.workup import Workup, check
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_drug_diabetes", "settle_diabetes_type"]

_DIABETES = re.compile(r"diabet|(?:t2)?dm\b", re.IGNORECASE)
_REACH = 40  # code points around a diabetes in which its drug is named


@check("drug_diabetes", "read", lambda rule: rule.data["kinds"])
def read_drug_diabetes(workup: Workup, rule: Rule) -> None:
    """Code diabetes that the chart lays to a drug as E09 ("prednisone-induced diabetes"): the default is not meant."""
    before, after = compile_words(rule.data["before"]), compile_words(rule.data["after"])
    text = workup.chart.text
    for candidate in workup.having_any(rule.data["kinds"]):
        for fact in candidate.facts:
            span, sentence = fact.mention.span, workup.note.sentences[fact.mention.sentence].span
            if fact.reason:
                continue
            told = _DIABETES.match(text, span.start) and before.search(
                text, max(sentence.start, span.start - _REACH), span.start
            )
            low, high = told.span("drug") if told else (0, 0)
            if told is None and (said := after.search(text, span.start, min(sentence.end, span.end + _REACH))):
                low, high = said.end(), min(sentence.end, said.end() + _REACH)
            drug = next(workup.substances.named(text, low, high), None) if high else None
            code = rule.data["becomes"] + candidate.code[3:]
            if drug is None or text[low : drug.span.start].strip() or not is_medicinal(drug.stem):
                continue
            if workup.icd.is_billable(code):
                workup.replace(candidate, code, Step("guideline", f"laid to a drug → {code}", rule.citation))
                break


@check("diabetes_type", "read", lambda rule: [rule.data["default"]])
def settle_diabetes_type(workup: Workup, rule: Rule) -> None:
    """Move codes of the default type 2 to the type that is documented, unless the chart says type 2 as well."""
    default = workup.having(rule.data["default"])
    if not default:
        return
    stated = [c for c in workup.documented(*rule.data["types"]) if c.code[:3] != rule.data["default"]]
    if not stated or any(_says(workup, c, rule.data["says_default"]) for c in workup.documented(rule.data["default"])):
        return
    kind = max(stated, key=lambda c: c.weight).code[:3]
    for candidate in default:
        code = kind + candidate.code[3:]
        if workup.icd.is_billable(code):
            workup.replace(candidate, code, Step("guideline", f"the chart documents {kind}", rule.citation))


def _says(workup: Workup, candidate: Candidate, words: str) -> bool:
    pattern = compile_words(words)
    spans = [f.mention.span for f in candidate.facts if not f.reason]
    return any(pattern.search(workup.chart.text[s.start : s.end + 4]) for s in spans)
