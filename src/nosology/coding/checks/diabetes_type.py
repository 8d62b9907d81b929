"""One patient, one type of diabetes: a complication named without the type takes the type that the chart documents
(I.C.4.a).
"""

from __future__ import annotations

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words
from nosology.coding.workup import Workup, check
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["settle_diabetes_type"]


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
