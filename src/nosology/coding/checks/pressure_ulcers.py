"""Pressure ulcers by site, side and stage from the sentences that speak of them (Guidelines I.C.12.a)."""

from __future__ import annotations

import re

from nosology.coding.checks.wording import compile_words
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_pressure_ulcers"]

_RIGHT = re.compile(r"\b(?:(?i:right|rt)|R)\b")
_LEFT = re.compile(r"\b(?:(?i:left|lt)|L)\b")
_STAGE = re.compile(r"\b(?:stage|st\.?|category|grade)[ -]?(4|3|2|1|iv|iii|ii|i)\b", re.IGNORECASE)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_UNSTAGED = re.compile(r"\bunstage?able\b", re.IGNORECASE)
_DEEP = re.compile(r"\bdeep[- ]tissue\b|\bDTI\b|\bDTPI\b", re.IGNORECASE)
_HEALED = re.compile(r"\bhealed\b", re.IGNORECASE)


@check("pressure_ulcers", "link")
def code_pressure_ulcers(workup: Workup, rule: Rule) -> None:
    """Give each pressure ulcer its site and stage; one whose sentence names neither gives way to those that do."""
    found = workup.having("L89")
    if not found:
        return
    text, sentences = workup.chart.text, workup.note.sentences
    sites: dict[str, dict[str, str]] = rule.data["sites"]
    made = set()
    for candidate in found:
        for fact in [f for f in candidate.facts if not f.reason]:
            span = sentences[fact.mention.sentence].span
            begin, end = max(span.start, fact.mention.span.start - 60), min(span.end, fact.mention.span.end + 60)
            here = text[begin:end]
            if _HEALED.search(here):
                continue
            place = _place(here, fact.mention.span.start - begin, sites)
            stage = _stage(here)
            if place is None:
                continue
            stem, at = place
            code = stem + stage
            if not workup.icd.is_billable(code):
                continue
            step = Step("guideline", f"site and stage → {code}", rule.citation)
            new = workup.add(code, [fact], max(candidate.weight, fact.weight), step)
            new.specifies.append((Span(begin + at.start, begin + at.end), Role.SPECIFIES))
            made.add(code)
    if not made:
        return
    staged = {c[:-1] for c in made if c[-1] not in "9"}
    for candidate in workup.having("L89"):
        vague = candidate.code.startswith("L89.9") or (candidate.code not in made)
        unstaged = candidate.code[-1] == "9" and any(candidate.code[:-1] == s for s in staged)
        if vague or unstaged:
            workup.drop(candidate, f"said by {', '.join(sorted(made))} ({rule.citation_section})")


def _place(here: str, at: int, sites: dict[str, dict[str, str]]) -> tuple[str, Span] | None:
    """Return the code up to the stage, by the site named nearest to the mention."""
    best: tuple[int, str, Span] | None = None
    for row in sites.values():
        for match in compile_words(row["words"]).finditer(here):
            distance = abs(match.start() - at)
            if best is not None and distance >= best[0]:
                continue
            stem = row["stem"]
            if "sided" in row:
                near = here[max(0, match.start() - 14) : match.end() + 10]
                stem += "1" if _RIGHT.search(near) else "2" if _LEFT.search(near) else "0"
            best = (distance, stem, Span(match.start(), match.end()))
    return (best[1], best[2]) if best else None


def _stage(here: str) -> str:
    if match := _STAGE.search(here):
        return _ROMAN.get(match[1].lower(), match[1])
    if _UNSTAGED.search(here):
        return "0"
    return "6" if _DEEP.search(here) else "9"
