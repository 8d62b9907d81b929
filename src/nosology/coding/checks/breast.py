"""Cancer of the breast: quadrant from anywhere in the chart, and the receptor status of the tumor (C50, Z17)."""

from __future__ import annotations

from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_receptors", "place_breast_cancer"]

_AWAY = frozenset(("family_history", "instructions", "education", "physical_exam"))


def _first(workup: Workup, words: str) -> Span | None:
    text, note = workup.chart.text, workup.note
    if not compile_words(words).may_stand(text):
        return None
    for sentence in note.sentences:
        if note.sections[sentence.section].kind in _AWAY:
            continue
        for match in unnegated(words, text, sentence.span.start, sentence.span.end):
            return Span(match.start(), match.end())
    return None


@check("breast_quadrant", "link")
def place_breast_cancer(workup: Workup, rule: Rule) -> None:
    """Give a breast cancer of unspecified site the one quadrant that the chart names (I.B.2)."""
    for candidate in workup.having("C50.91", "C50.92"):
        found = [(row, where) for row in rule.data["quadrants"] if (where := _first(workup, row["words"]))]
        if len(found) != 1:
            continue
        row, where = found[0]
        code = f"C50.{row['digit']}{candidate.code[5:]}"
        if workup.icd.is_billable(code):
            step = Step("guideline", f"{candidate.code} → {code}: site named in the chart", rule.citation)
            workup.replace(candidate, code, step).specifies.append((where, Role.SPECIFIES))


@check("receptors", "mandate")
def code_receptors(workup: Workup, rule: Rule) -> None:
    """Report the receptor status beside a breast cancer under care (note at C50: use additional code)."""
    if not workup.having("C50", floor=workup.threshold):
        return
    said = {
        name: (sign, where)
        for name, words in rule.data["receptors"].items()
        for sign in ("positive", "negative")
        if (where := _first(workup, words[sign]))
    }
    if not said:
        return
    hormone = "positive" if any(said.get(n, ("",))[0] == "positive" for n in ("er", "pr")) else "negative"
    if "er" in said and "her2" in said and (hormone == "positive" or "pr" in said):
        code = str(rule.data["joint"][f"{hormone} {said['her2'][0]}"])
    elif "er" in said:
        code = str(rule.data["single"][f"er {said['er'][0]}"])
    else:
        name = next(iter(said))
        code = str(rule.data["single"][f"{name} {said[name][0]}"])
    if not workup.icd.is_billable(code):
        code = str(rule.data["single"].get(f"er {said['er'][0]}", "")) if "er" in said else ""
    if not code or not workup.icd.is_billable(code):
        return
    facts = [fact_at(workup, where, code, f"rule:{rule.id}", workup.threshold) for _sign, where in said.values()]
    workup.add(code, facts, workup.threshold, Step("guideline", f"receptors → {code}", rule.citation), mandated=True)
    for other in workup.having("Z17"):
        if other.code != code:
            workup.drop(other, f"said by {code} ({rule.citation_section})")
