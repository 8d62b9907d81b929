"""Queries about reported codes that the chart left unspecified: the options come from the classification."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nosology.coding.index import TabularWalk
from nosology.coding.prefixes import begins
from nosology.coding.queries.desk import CLOSING, Asked, QueryDesk
from nosology.model.coding import Query
from nosology.model.note import Evidence
from nosology.rules.loader import Rule

__all__ = ["ask_specificity"]

_SIDES = ("right", "left", "both sides")
_MOST_OPTIONS = 6
_TAIL = re.compile(r",? *(?:unspecified|not specified)\b.*", re.IGNORECASE)


def ask_specificity(desk: QueryDesk, rule: Rule, covered: tuple[str, ...]) -> Iterator[Asked]:
    """Ask about reported codes on an axis that a provider can settle, unless another query is about them already."""
    asked = 0
    for candidate in desk.coded:
        live = [f for f in candidate.facts if not f.reason]
        if not live or not begins(candidate.code, rule.data["worth"]) or candidate.mandated:
            continue
        if covered and candidate.code.startswith(covered):
            continue
        best = max(live, key=lambda f: f.weight)
        if best.code != candidate.code or not best.refined.open_axes:
            continue
        axis = best.refined.open_axes[-1]
        span = best.mention.span
        quote = desk.chart.text[span.start : span.end]
        evidence = (Evidence(span, quote, desk.note.sections[best.mention.section].kind),)
        subject = " ".join(quote.split())
        if axis == "side":
            question = f"“{subject}” is documented without the side of the body. Please document the side."
            options: tuple[str, ...] = _SIDES
        else:
            options = _types(best.refined.path, desk)
            if len(options) < 2:
                continue
            question = (
                f"“{subject}” is documented without further specification. Please clarify, if it can be determined."
            )
        yield Asked(int(rule.data["importance"]), Query(rule.id, question, (*options, *CLOSING), evidence))
        asked += 1
        if asked == int(rule.data["most"]):
            return


def _types(path: tuple[str, ...], desk: QueryDesk) -> tuple[str, ...]:
    """Return the specific children at the last node where the walk had to take a residual."""
    walk: TabularWalk = desk.walk
    for node in reversed(path[:-1]):
        named = [c for c in walk.children(node) if c.adds and not (c.unspecified or c.other or c.side)]
        if len(named) >= 2:
            titles = (_TAIL.sub("", desk.icd.title(c.code)) for c in named[:_MOST_OPTIONS])
            return tuple(dict.fromkeys(title for title in titles if title))
    return ()
