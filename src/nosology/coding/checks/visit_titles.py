"""Visits whose title says what they are for: anticoagulation clinic, dietitian, infusion center, travel clinic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from nosology.coding.checks.wording import compile_words, fact_at, said_anywhere
from nosology.coding.workup import Workup, check
from nosology.lexicon.patterns import Standing
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_visit_title"]

_HEAD = 240  # code points at the head of a note in which its title stands
_LINE = 85  # code points that the line of a title takes at most
_WEIGHT = 0.9
_PARTED = re.compile(r"[,;.](?=\s)")  # what goes on behind it in its line is no title


@lru_cache(maxsize=4)
def _titles(rule: Rule) -> Standing:
    return Standing([compile_words(row["title"]) for row in rule.data["visits"]])


@check("visit_title", "read")
def read_visit_title(workup: Workup, rule: Rule) -> None:
    """Report the code of a visit that the first lines of the note name, with the status that it watches (IV.A)."""
    text = workup.chart.text
    for number in _titles(rule).find(text):
        row = rule.data["visits"][number]
        if "besides" in row and not workup.documented(*row["besides"]):
            continue
        if "unless" in row and workup.having(
            *row["unless"], floor=workup.threshold if row["code"].startswith("Z51") else 0.0
        ):
            continue
        if any(name in row and not compile_words(row[name]).search(text) for name in ("also", "done")):
            continue
        if "not_said" in row and said_anywhere(workup, row["not_said"]):
            continue
        title = _title(workup, row, rule)
        if title is None:
            continue
        for code in (row["code"], *row.get("with", ())):
            fact = fact_at(workup, title, code, f"rule:{rule.id}", _WEIGHT)
            step = Step("guideline", "what the visit is for", rule.citation)
            added = workup.add(code, [fact], _WEIGHT, step, mandated=True)
            if row.get("first", True):
                added.order = (0, title.start if code == row["code"] else title.end)
        return


def _title(workup: Workup, row: Mapping[str, Any], rule: Rule) -> Span | None:
    """Return where a short line at the head of the note names the visit, not one that is ordered or was before."""
    text, elsewhere = workup.chart.text, compile_words(rule.data["elsewhere"])
    away = [s.span for s in workup.note.sections if s.kind in rule.data["told_in"]]
    for match in compile_words(row["title"]).finditer(text, 0, min(len(text), _HEAD)):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        named = end - start <= _LINE and _PARTED.search(text, start, match.start()) is None
        told = any(span.start <= match.start() < span.end for span in away)
        if named and not told and not elsewhere.search(text, start, end):
            return Span(*match.span())
    return None
