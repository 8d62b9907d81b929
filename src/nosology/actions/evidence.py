"""Words of the chart that a coder points out, read from the documents themselves."""

from __future__ import annotations

import json
import uuid
from typing import Any

from nosology.errors import UsageError
from nosology.model.access import Access
from nosology.store.models import Document, Encounter

__all__ = ["read_evidence"]

_MOST, _LONGEST = 20, 2000


def read_evidence(access: Access, encounter: Encounter, value: str) -> list[dict[str, Any]]:
    """Pieces of evidence from ``[{"document", "start", "end"}]`` (JSON; "" none): half-open, in code points.

    Raises:
        UsageError: it is not of that form, or a place is not in a document of the encounter.
    """
    if not value.strip():
        return []
    try:
        places = json.loads(value)
    except (ValueError, RecursionError):
        places = None
    if not isinstance(places, list) or len(places) > _MOST or not all(isinstance(each, dict) for each in places):
        raise UsageError(f"evidence is a list of at most {_MOST} places in documents")
    ids = set()
    for each in places:
        try:
            ids.add(uuid.UUID(str(each.get("document"))))
        except ValueError:
            raise UsageError("a piece of evidence names no document") from None
    rows = Document.objects.for_access(access).filter(encounter=encounter, pk__in=ids).values_list("pk", "text")
    texts = {str(pk): text for pk, text in rows}
    found = []
    for each in places:
        name, start, end = str(uuid.UUID(str(each["document"]))), each.get("start"), each.get("end")
        text = texts.get(name, "")
        whole = all(isinstance(n, int) and not isinstance(n, bool) for n in (start, end))
        if not whole or not 0 <= start < end <= len(text) or end - start > _LONGEST:
            raise UsageError("a piece of evidence lies in no document of this encounter")
        piece = {"document": name, "start": start, "end": end, "quote": text[start:end], "section": ""}
        found.append(piece | {"role": "supports"})
    return found
