"""The coding of several documents as JSON: that of ``nosology code``, with spans that name their document."""

from __future__ import annotations

from typing import Any

from nosology.model.coded_json import coded_to_dict
from nosology.model.coding import CodedNote
from nosology.model.joined import Joined
from nosology.model.note import Span

__all__ = ["chart_to_dict"]


def chart_to_dict(
    coded: CodedNote,
    joined: Joined,
    *,
    titles: dict[str, str] | None = None,
    drg: dict[str, Any] | None = None,
    hcc: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the object of :func:`~nosology.model.coded_json.coded_to_dict`, every span in its own document.

    Added are ``mentions`` (everything that was recognised, with what is said of it) and ``documents`` (id, title,
    sections). ``titles`` are those of the documents by id. What stands between documents is left out.
    """
    result: dict[str, Any] = _placed(coded_to_dict(coded, drg=drg, hcc=hcc), joined)
    result["mentions"] = [
        place
        | {
            "status": str(mention.status),
            "subject": str(mention.subject),
            "time": str(mention.temporality),
            "codes": list(mention.codes[:5]),
        }
        for mention in coded.note.mentions
        if (place := _place(mention.span, joined)) is not None
    ]
    sections: dict[str, list[dict[str, Any]]] = {name: [] for name, _span in joined.parts}
    for section in coded.note.sections:
        found = joined.locate(section.span)
        if found is not None:
            sections[found.document].append(
                {"name": section.title or section.kind, "kind": section.kind, "start": found.start, "end": found.end}
            )
    result["documents"] = [
        {"id": name, "title": (titles or {}).get(name, ""), "sections": listed} for name, listed in sections.items()
    ]
    return result


def _placed(value: Any, joined: Joined) -> Any:
    """The value with every object that has a span placed in its document, and lists without what has no place."""
    if isinstance(value, dict):
        whole = {key: _placed(each, joined) for key, each in value.items()}
        if "quote" not in value:
            return whole
        place = _place(Span(value["start"], value["end"]), joined)
        if place is None:
            return None
        whole |= place
        whole["quote"] = whole["quote"][: place["end"] - place["start"]]
        return whole
    if isinstance(value, list):
        found = [_placed(each, joined) for each in value]
        return [new for old, new in zip(value, found, strict=True) if new is not None or old is None]
    return value


def _place(span: Span, joined: Joined) -> dict[str, Any] | None:
    found = joined.locate(span)
    return None if found is None else {"document": found.document, "start": found.start, "end": found.end}
