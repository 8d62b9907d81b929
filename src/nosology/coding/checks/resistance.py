"""Organisms that a drug does not kill: the resistance beside the infection, by the drug that the chart names (Z16)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.drug_list import find_drug
from nosology.coding.workup import Workup, check, listed
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_resistance"]

_BETWEEN = re.compile(r"\s*(?:,|/(?=[a-z]{4})|\+|&|\band\b|\bor\b|\bas well as\b)\s*", re.IGNORECASE)
_WORDS = 3  # of the name of a drug
_LEADING = re.compile(r"^(?:both|the|all|to)\s+", re.IGNORECASE)


@check("resistance", "link", listed("infections"))
def code_resistance(workup: Workup, rule: Rule) -> None:
    """Report what the organism of an infection is resistant to, where the chart says it of a named drug or class."""
    if not workup.having_any(rule.data["infections"], floor=workup.threshold):
        return
    tuberculous = bool(workup.having_any(rule.data["mycobacteria"], floor=workup.threshold))
    met: dict[str, Span] = {}
    against: set[str] = set()
    for span, drug in _resisted(workup, rule):
        code = _code_of(drug, rule, tuberculous=tuberculous)
        if code is not None and workup.icd.is_billable(code):
            met.setdefault(code, span)
            if code == rule.data["one"]:
                against.add(drug.lower())
    if len(against) > 1:
        met[rule.data["several"]] = met.pop(rule.data["one"])
    for code, span in met.items():
        if workup.having(code, *rule.data["general"].get(code, ())):
            continue
        fact = fact_at(workup, span, code, f"rule:{rule.id}", workup.threshold)
        workup.add(code, [fact], workup.threshold, Step("guideline", code, rule.citation), mandated=True)


def _resisted(workup: Workup, rule: Rule) -> Iterator[tuple[Span, str]]:
    """Yield the drugs to which something is said to be resistant, with where that is said."""
    text = workup.chart.text
    ends = compile_words(rule.data["ends"])
    for match in unnegated(rule.data["resistant_to"], text):
        sentence = workup.note.sentences[max(0, workup.sentence_number(match.start()))].span
        for item in _BETWEEN.split(match["drugs"][: sentence.end - match.start("drugs")]):
            if ends.search(item):
                break
            yield Span(*match.span()), " ".join(_LEADING.sub("", item).split()[:_WORDS])
    for match in unnegated(rule.data["resistant"], text):
        yield Span(*match.span()), match["drug"]


def _code_of(drug: str, rule: Rule, *, tuberculous: bool) -> str | None:
    data = rule.data
    if tuberculous and compile_words(data["antituberculous"]).search(drug):
        return str(data["one"])
    for code, words in data["drugs"].items():
        if compile_words(words).search(drug):
            return str(code)
    known = find_drug(drug) if drug else None
    if known is None:
        return None
    return next((str(code) for code, kinds in data["classes"].items() if known.kind.startswith(tuple(kinds))), None)
