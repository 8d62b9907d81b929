"""The compliance check of a stored query: its words, its indicators, and what the chart itself states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from nosology.coding.queries.compliance import QueryText, check_query
from nosology.model.access import Access
from nosology.model.finding import Finding
from nosology.model.note import Document as Text
from nosology.notes.annotate import annotate
from nosology.pipeline import load_coder
from nosology.store.models import CodingRun, Document, Encounter

__all__ = ["find_quote", "find_unstated", "inspect_query"]


def inspect_query(
    access: Access, encounter: Encounter, *, question: str, options: Sequence[str], indicators: Sequence[dict[str, Any]]
) -> tuple[Finding, ...]:
    """Return what speaks against sending a query of these words. Raises ReleaseNotFound before the first release."""
    text = QueryText(
        question=question,
        options=tuple(options),
        indicators=tuple(str(each["quote"]) for each in indicators),
        unstated=find_unstated(access, encounter, question),
    )
    return check_query(text, on=encounter.service_date, setting=encounter.setting)


def find_unstated(access: Access, encounter: Encounter, question: str) -> tuple[str, ...]:
    """Return the conditions that a question names and no document of the chart does, in the question's words.

    A condition counts as stated where the chart speaks of one of the same category (three characters), or in the same
    words ("infection" of a urinary tract infection), whatever it says of it.
    """
    last = (
        CodingRun.objects.for_access(access)
        .filter(encounter=encounter, state=CodingRun.State.DONE)
        .order_by("-number")
        .values_list("result", flat=True)
        .first()
    )
    stated = {code[:3] for mention in (last or {}).get("mentions", ()) for code in mention["codes"]}
    coder = load_coder(encounter.service_date)
    note = annotate(Text("question", question), lexicon=coder.lexicon)
    named: dict[str, None] = {}
    for mention in note.mentions:
        codes = {code[:3] for code in mention.codes}
        if codes and codes.isdisjoint(stated) and not any(code[:1] in "RVWXYZ" for code in codes):
            named[question[mention.span.start : mention.span.end]] = None
    return tuple(words for words in named if find_quote(access, encounter, words) is None)


def find_quote(access: Access, encounter: Encounter, words: str) -> dict[str, Any] | None:
    """Return the piece of evidence for words of the chart, wherever they stand first; None where they do not.

    Blanks and line ends count alike.
    """
    parts = words.split()
    if not parts:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
    rows = (
        Document.objects.for_access(access)
        .filter(encounter=encounter, state=Document.State.READ)
        .order_by("position", "received_at", "id")
    )
    for identifier, text in rows.values_list("id", "text"):
        found = pattern.search(text)
        if found is not None:
            return {
                "document": str(identifier),
                "start": found.start(),
                "end": found.end(),
                "quote": found.group(),
                "section": "",
                "role": "supports",
            }
    return None
