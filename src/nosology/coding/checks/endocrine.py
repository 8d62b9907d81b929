"""Diabetes with its complications, and the body mass index (Guidelines I.C.4.a, I.A.15, I.B.14)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, fact_at, said_anywhere, said_near
from nosology.coding.prefixes import Prefixes
from nosology.coding.workup import Workup, check, listed
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_body_mass_index", "join_diabetes"]

_TYPES = ("E08", "E09", "E10", "E11", "E13")
_BMI = WordPattern(
    r"\b(?:B\.?M\.?I|body[ -]mass[ -]index)\b\.?(?:[ \t]*\([^)\d]*\))?[^\d\n]{0,18}?"
    r"(?:\d{2}(?:\.\d{1,2})?[ \t]*(?:→|->|to|now)[ \t]*)?(\d{2}(?:\.\d{1,2})?)(?![\d/%]|(?:st|nd|rd|th)\b)"
)
_CENTILE = WordPattern(
    r"(?P<share>\d{2,3}(?:\.\d+)?)[ \t]*%[ \t]*(?:of|above)[ \t]*(?:the[ \t]*)?95(?:th|%)"
    r"|\bB\.?M\.?I\b(?:[^\n;](?!\b(?:height|weight|wt|ht)\b)){0,60}?"
    r"\b(?P<centile>\d{1,2}(?:\.\d+)?)[ \t]*(?:st|nd|rd|th)?[ \t]*"
    r"(?:%[ \t]?ile|percentile|centile|%(?![ \t]*(?:of|above)))"
)
_BMI_CENTILE = WordPattern(
    r"\bB\.?M\.?I\b[^\d\n]{0,8}\d{2}(?:\.\d{1,2})?[ \t]*[,(–-][ \t]*>?\d{1,2}(?:\.\d)?(?:st|nd|rd|th)?[ \t]*"
    r"(?:%[ \t]?ile|percentile|centile)"
)
_ADULT = 20
_TODDLER = 2  # years; below, there is no code for the index


@check("diabetes", "link", lambda _: _TYPES)
def join_diabetes(workup: Workup, rule: Rule) -> None:
    """Join every documented complication to the type of diabetes; as many codes as there are complications."""
    floor = float(rule.data["floor"])
    found = workup.having_any(_TYPES, floor=floor)
    if not found:
        return
    strongest = max(found, key=lambda c: c.weight)
    kind = strongest.code[:3]
    for wanted, row in _complications(rule):
        if not workup.holds(wanted):
            continue
        partners = [c for c in workup.among(wanted, floor) if not _unrelated(workup, c, rule)]
        if not partners:
            continue
        suffix = str(row["suffix"])
        if "plain" in row and not any(
            compile_words(row["plain"]["unless"]).search(workup.sentence_of(f)) for p in partners for f in p.facts
        ):
            suffix = str(row["plain"]["suffix"])
        code = kind + suffix
        if not workup.icd.is_billable(code) or (row.get("assumed") and workup.denied(code[:5])):
            continue
        weight = max(strongest.weight, *(p.weight for p in partners))
        if weight < workup.threshold:
            continue
        step = Step("guideline", f"{kind} with {partners[0].code} → {code}", rule.citation)
        facts = [f for p in partners for f in p.facts]
        plain = next((c for c in workup.having(f"{kind}.9", f"{kind}.8")), None)
        same = workup.having(code)
        if same:
            workup.raise_to(same[0], weight)
            same[0].facts += [f for f in facts if not f.reason and f not in same[0].facts]
        elif plain is not None:
            joined = workup.replace(plain, code, step, facts)
            joined.weight = max(joined.weight, weight)
        else:
            workup.add(code, facts, weight, step)
        for partner in partners:
            if row.get("keep"):
                workup.raise_to(partner, workup.threshold)
                partner.cared = (
                    partner.cared or workup.chart.inpatient
                )  # "use additional code": the combination alone does not say what it is
            else:
                workup.drop(partner, f"combined into {code} ({rule.citation_section})")
    specific = [c for c in workup.having(kind) if c.code not in (f"{kind}.9", f"{kind}.8")]
    if any(c.weight >= workup.threshold for c in specific):
        for plain in workup.having(f"{kind}.9", f"{kind}.8"):
            workup.drop(plain, f"said more specifically by {specific[0].code} ({rule.citation_section})")
    if workup.having(f"{kind}.22"):
        for other in workup.having(f"{kind}.21"):
            workup.drop(other, f"kidney disease is said by {kind}.22 ({rule.citation_section})")


@lru_cache(maxsize=4)
def _complications(rule: Rule) -> tuple[tuple[Prefixes, dict[str, Any]], ...]:
    """Return the complications of the rule, each with the codes that are joined to it."""
    return tuple((Prefixes(row["with"]), row) for row in rule.data["complications"])


def _unrelated(workup: Workup, partner: Candidate, rule: Rule) -> bool:
    if partner.code.startswith(("N0", "N18")) and said_anywhere(workup, rule.data["no_diabetic_kidney"]) is not None:
        return True
    if partner.code.startswith(("L97", "L98.4")) and all(
        "diabet" not in (said := workup.sentence_of(f).lower()) and compile_words(rule.data["other_ulcer"]).search(said)
        for f in partner.facts
        if not f.reason
    ):
        return True
    return said_near(workup, partner, rule.data["unrelated"]) is not None


@check("body_mass_index", "mandate", listed("with"))
def code_body_mass_index(workup: Workup, rule: Rule) -> None:
    """Report the body mass index that the chart gives where a weight diagnosis is reported (I.B.14).

    Adults have codes by the index itself, those of 2 to 19 years by its percentile for age.
    """
    chart = workup.chart
    diagnoses = workup.having_any(rule.data["with"], floor=workup.threshold)
    if not diagnoses or workup.having("O") or (chart.age is not None and chart.age < _TODDLER):
        return
    child = chart.age is None and (workup.having("Z00.12") or _BMI_CENTILE.search(chart.text) is not None)
    grown = not child and (chart.age is None or chart.age >= _ADULT)
    values = [(m, code) for m in _BMI.finditer(chart.text) if (code := _bmi_code(float(m[1])))] if grown else []
    if not grown or (chart.age is None and not values):
        values = [(m, code) for m in _CENTILE.finditer(chart.text) if (code := _percentile_code(m))]
        values.sort(key=lambda item: not item[0]["share"])  # it says more than the percentile does
    if not values:
        return
    sentences = [workup.note.sentences[f.mention.sentence].span for d in diagnoses for f in d.facts if not f.reason]
    match, code = next(((m, c) for m, c in values if any(s.start <= m.start() < s.end for s in sentences)), values[0])
    for other in workup.having("Z68"):
        if other.code != code:
            workup.drop(other, f"the chart gives {match[match.lastindex or 0]} ({rule.citation_section})")
    fact = fact_at(workup, Span(match.start(), match.end()), code, f"rule:{rule.id}", workup.threshold)
    step = Step("guideline", f"body mass index {match[match.lastindex or 0]} with {diagnoses[0].code}", rule.citation)
    workup.add(code, [fact], workup.threshold, step, mandated=True)


def _percentile_code(match: re.Match[str]) -> str:
    """Return the code of Z68.5- for a percentile, or for a share of the 95th percentile in percent."""
    if match["share"]:
        share = float(match["share"])
        return "Z68.56" if share >= 140 else "Z68.55" if share >= 120 else "Z68.54" if share >= 100 else ""
    value = float(match["centile"])
    return "Z68.51" if value < 5 else "Z68.52" if value < 85 else "Z68.53" if value < 95 else "Z68.54"


def _bmi_code(value: float) -> str:
    if not 10 <= value < 100:
        return ""
    if value < 20:
        return "Z68.1"
    if value < 40:
        return f"Z68.{int(value)}"
    return "Z68.4" + ("1" if value < 45 else "2" if value < 50 else "3" if value < 60 else "4" if value < 70 else "5")
