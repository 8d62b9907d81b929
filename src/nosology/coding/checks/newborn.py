"""The stay after birth: weight and weeks of the infant, and chapter 16 in the place of the codes of later life."""

from __future__ import annotations

import re

from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.records import MOTHER
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_birth_weight", "read_perinatal"]

_POUND, _OUNCE = 453.592, 28.3495  # grams
_HEAD = 400  # code points of a visit in which its patient's age stands
_OPENING = 160  # and in which it presents the patient


def _is_newborn(workup: Workup, rule: Rule) -> bool:
    chart = workup.chart
    if not chart.inpatient or chart.record == MOTHER or (chart.age is not None and chart.age > 0):
        return False
    return compile_words(rule.data["infant"]).search(chart.text[:1500]) is not None


def _in_first_weeks(workup: Workup, rule: Rule) -> bool:
    """Whether a visit is one of the first 28 days, by the age with which its note opens, or the newborn itself."""
    chart = workup.chart
    if chart.record == MOTHER or any(who.age is not None and who.age >= 1 for who in chart.introductions):
        return False
    if compile_words(rule.data["days_old"]).search(chart.text[:_HEAD]) is not None:
        return True
    if compile_words(rule.data["presented"]).search(chart.text[:_OPENING]) is None:
        return False
    return compile_words(rule.data["months"]).search(chart.text[:_HEAD]) is None


@check("perinatal_codes", "link")
def read_perinatal(workup: Workup, rule: Rule) -> None:
    """Code what began in the perinatal period by chapter 16 (I.C.16.a.1, a.4): the longest prefix of the table."""
    if not (_is_newborn(workup, rule) if workup.chart.inpatient else _in_first_weeks(workup, rule)):
        return
    table: dict[str, str] = rule.data["becomes"]
    for candidate in workup.live():
        if candidate.code[0] in "PQZVWXYO":
            continue
        prefix = max((p for p in table if candidate.code.startswith(p)), key=len, default="")
        if prefix and workup.icd.is_billable(table[prefix]):
            code = table[prefix]
            if code in rule.data["mild"] and any(_is_mild(workup, f.mention.span.start) for f in candidate.facts):
                code = rule.data["mild"][code]
            step = Step("guideline", f"{candidate.code} in the newborn → {code}", rule.citation)
            workup.replace(candidate, code, step)
    if workup.having("P36"):
        for other in workup.having("B95", "B96"):
            workup.drop(other, f"the organism is in the code of the sepsis ({rule.citation_section})")


def _is_mild(workup: Workup, start: int) -> bool:
    return workup.chart.text[max(0, start - 5) : start].lower() == "mild "


@check("birth_weight", "mandate")
def code_birth_weight(workup: Workup, rule: Rule) -> None:
    """Report low birth weight and prematurity, the weight first (I.C.16.d), from what the birth history gives."""
    text, note = workup.chart.text, workup.note
    if workup.chart.record == MOTHER:
        return
    if _is_newborn(workup, rule):
        _code_measures(workup, rule, 0, len(text))
    else:  # of a child, where prematurity or low weight is named: what its sentence tells
        named = [f for c in workup.having("P07.10", "P07.30") for f in c.facts if not f.reason]
        for number in sorted({f.mention.sentence for f in named}):
            _code_measures(workup, rule, note.sentences[number].span.start, note.sentences[number].span.end)
    weights, terms = workup.having("P07.0", "P07.1"), workup.having("P07.2", "P07.3")
    if weights and terms:  # both are reported, the weight first (note at P07)
        start = min(f.mention.span.start for f in terms[0].facts)
        weights[0].order = (terms[0].order[0], max(1, start - 1))


def _code_measures(workup: Workup, rule: Rule, start: int, end: int) -> None:
    text = workup.chart.text
    grams, weeks = _first_weight(rule, text, start, end), _first_weeks(rule, text, start, end)
    if grams is not None and grams[1] < 2500:
        _add(workup, rule, _weight_code(grams[1]), grams[0], f"birth weight {grams[1]:.0f} g")
    if weeks is not None and weeks[1] < 37:
        code = f"P07.{21 + max(0, weeks[1] - 22)}" if weeks[1] < 28 else f"P07.{31 + weeks[1] - 28}"
        _add(workup, rule, code, weeks[0], f"{weeks[1]} completed weeks")


def _first_weeks(rule: Rule, text: str, start: int, end: int) -> tuple[re.Match[str], int] | None:
    for words in rule.data["weeks"]:
        for match in unnegated(words, text, start, end):
            if 20 <= (weeks := int(match["weeks"])) < 45:
                return match, weeks
    return None


def _first_weight(rule: Rule, text: str, start: int, end: int) -> tuple[re.Match[str], float] | None:
    for words in rule.data["weights"]:
        for match in compile_words(words).finditer(text, start, end):
            named = match.groupdict()
            if named.get("grams"):
                grams = float(named["grams"].replace(",", ""))
            elif named.get("kilograms"):
                grams = 1000 * float(named["kilograms"])
            else:
                grams = _POUND * float(named["pounds"]) + _OUNCE * float(named.get("ounces") or 0)
            if 300 <= grams <= 6500:
                return match, grams
    return None


def _weight_code(grams: float) -> str:
    steps = ((500, "P07.01"), (750, "P07.02"), (1000, "P07.03"), (1250, "P07.14"), (1500, "P07.15"), (1750, "P07.16"))
    return next((code for limit, code in steps if grams < limit), "P07.17" if grams < 2000 else "P07.18")


def _add(workup: Workup, rule: Rule, code: str, match: re.Match[str], said: str) -> None:
    for other in workup.having(code[:5] if code < "P07.2" else "P07.2", "P07.3" if code >= "P07.2" else code[:5]):
        if other.code != code:
            workup.drop(other, f"the chart gives {said} ({rule.citation_section})")
    fact = fact_at(workup, Span(*match.span()), code, f"rule:{rule.id}", 0.9)
    workup.add(code, [fact], 0.9, Step("guideline", said, rule.citation), mandated=True)
