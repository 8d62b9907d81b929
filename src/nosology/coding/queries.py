"""Queries to the provider: what the chart leaves unsaid, asked openly, with the clinical words as evidence, never
leading.

Source: AHIMA/ACDIS Guidelines for Achieving a Compliant Query Practice (2022): options come from the classification,
always with
"other" and "unable to determine", and nothing is said of payment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nosology.coding.candidates import Candidate
from nosology.coding.index import TabularWalk
from nosology.model.coding import Query
from nosology.model.note import Evidence, Note
from nosology.rules.loader import Rule

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["specificity_queries"]

_SIDES = ("right", "left", "both sides")
_CLOSING = ("other (please specify)", "unable to determine")
_MOST_OPTIONS = 6
_TAIL = re.compile(r",? *(?:unspecified|not specified)\b.*", re.IGNORECASE)


def specificity_queries(
    coded: list[Candidate], note: Note, rule: Rule, icd: Icd10cm, walk: TabularWalk
) -> tuple[Query, ...]:
    """Return the queries for reported codes that the chart left unspecified on an axis a provider can settle."""
    queries: list[Query] = []
    worth = tuple(rule.data["worth"])
    for candidate in coded:
        live = [f for f in candidate.facts if not f.reason]
        if not live or not candidate.code.startswith(worth) or candidate.mandated:
            continue
        best = max(live, key=lambda f: f.weight)
        if best.code != candidate.code or not best.refined.open_axes:
            continue
        axis = best.refined.open_axes[-1]
        span = best.mention.span
        quote = note.document.text[span.start : span.end]
        evidence = (Evidence(span, quote, note.sections[best.mention.section].kind),)
        subject = " ".join(quote.split())
        if axis == "side":
            question = f"“{subject}” is documented without the side of the body. Please document the side."
            options: tuple[str, ...] = _SIDES
        else:
            options = _types(best.refined.path, icd, walk)
            if len(options) < 2:
                continue
            question = (
                f"“{subject}” is documented without further specification. Please clarify, if it can be determined."
            )
        queries.append(Query(rule.id, question, (*options, *_CLOSING), evidence))
        if len(queries) == int(rule.data["most"]):
            break
    return tuple(queries)


def _types(path: tuple[str, ...], icd: Icd10cm, walk: TabularWalk) -> tuple[str, ...]:
    """Return the specific children at the last node where the walk had to take a residual."""
    for node in reversed(path[:-1]):
        named = [c for c in walk.children(node) if c.adds and not (c.unspecified or c.other or c.side)]
        if len(named) >= 2:
            return tuple(_TAIL.sub("", icd.title(c.code)) for c in named[:_MOST_OPTIONS])
    return ()
