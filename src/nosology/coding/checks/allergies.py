"""Allergy status: what the list of allergies names, with a reaction that is no mere intolerance (I.C.21.c.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nosology.coding.checks.wording import compile_words, fact_at
from nosology.coding.drug_list import find_drug
from nosology.coding.workup import Workup, check
from nosology.model.note import Section, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["agent_of", "find_allergies", "in_force", "read_allergies"]

_ITEM = re.compile(r"(?:[^,;.\n|•·]|\.(?!\s|\Z))+(?:\([^)]*\))?")
# in a list of allergies: nothing else, or no drug ("Peanut - anaphylaxis. NKDA")
_NOTHING_ELSE = re.compile(
    r"(?:\A|(?<=[.:]))\s*(?:nkda|nka|no (?:other |known )+(?:drug |medication |food )?allerg\w*)\s*(?:\.|\Z)", re.I
)
_LABEL = re.compile(r"(?:\n[ \t]*|\. +)([A-Z][A-Za-z /&-]{2,30}):")
_LONGEST = 400  # code points of a list of allergies


def find_allergies(text: str, section: Section, rule: Rule) -> Iterator[re.Match[str]]:
    """Yield the items of a list of allergies, up to a label that names no agent ("Home medicines:")."""
    start, end = section.body.start, min(section.body.end, section.body.start + _LONGEST)
    for label in _LABEL.finditer(text, start, end):
        if agent_of(label[1], rule.data) is None:
            end = label.start()
            break
    return _ITEM.finditer(text, start, end)


@check("allergy_status", "mandate")
def read_allergies(workup: Workup, rule: Rule) -> None:
    """Report the status code of every allergy that the list of allergies names."""
    text = workup.chart.text
    none, mild, true = (compile_words(rule.data[k]) for k in ("none", "intolerance", "allergic"))
    for section in workup.note.sections:
        if section.kind != "allergies":
            continue
        for match in find_allergies(text, section, rule):
            item = _NOTHING_ELSE.sub(lambda m: " " * len(m[0]), match.group())
            if none.search(item) or (mild.search(item) and not true.search(item)):
                continue
            found = agent_of(item, rule.data)
            if found is None:
                continue
            (start, end), code, _ = found
            code = in_force(workup, code)
            span = Span(match.start() + start, match.start() + end)
            fact = fact_at(workup, span, code, f"rule:{rule.id}", workup.threshold)
            workup.add(
                code,
                [fact],
                workup.threshold,
                Step("guideline", "named in the allergies", rule.citation),
                mandated=True,
            )


def in_force(workup: Workup, code: str) -> str:
    """Return the code, or where the release divides it ("allergy to eggs" since 2026) what it calls unspecified."""
    return code if workup.icd.is_billable(code) else f"{code}0"


def agent_of(item: str, data: Any) -> tuple[tuple[int, int], str, bool] | None:
    """Return where the item names its agent, the code, and whether the agent is a drug of no list of allergies."""
    for code, words in data["agents"].items():
        if (match := compile_words(words).search(item)) is not None:
            return match.span(), code, False
    name = re.split(r"[-–—:(]", item, maxsplit=1)[0]
    drug = find_drug(name.strip()) if name.strip() else None
    if drug is None:
        return None
    start = len(name) - len(name.lstrip())
    code = next((c for c, kinds in data["classes"].items() if drug.kind.startswith(tuple(kinds))), data["other_drug"])
    return (start, len(name.rstrip())), code, True
