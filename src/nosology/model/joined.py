"""Several documents of one encounter as one text, and the way back from its spans to the documents.

Between two documents stands a file separator (U+001C) on a line of its own: sections, sentences and so mentions end
there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from nosology.model.note import Document, Span

__all__ = ["SEPARATOR", "Joined", "Place", "join_documents"]

SEPARATOR = "\x1c"
"""Ends a document inside a joined text."""

_BETWEEN = f"\n\n{SEPARATOR}\n"


@dataclass(frozen=True, slots=True)
class Place:
    """A span inside one of the documents: ``start`` and ``end`` are code points of its own text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Joined:
    """The joined ``document``; ``parts`` are the ids of the documents with the place of each in the joined text."""

    document: Document
    parts: tuple[tuple[str, Span], ...]

    def locate(self, span: Span) -> Place | None:
        """Where a span of the joined text stands; None for one between documents.

        A span that goes beyond its document is cut off there: it belongs to the first one that it touches.
        """
        at = max(0, bisect_right([part.start for _id, part in self.parts], span.start) - 1)
        for name, part in self.parts[at : at + 2]:
            start, end = max(span.start, part.start), min(span.end, part.end)
            if start < end or (start == end and part.start <= span.start and span.end <= part.end):
                return Place(name, start - part.start, end - part.start)
        return None


def join_documents(documents: Sequence[Document], *, name: str = "") -> Joined:
    """Return the documents as one, in their order; one alone stays as it is.

    A file separator inside a document becomes a blank there, so that offsets stay true.
    """
    texts = [each.text.replace(SEPARATOR, " ") for each in documents]
    parts, at = [], 0
    for document, text in zip(documents, texts, strict=True):
        parts.append((document.id, Span(at, at + len(text))))
        at += len(text) + len(_BETWEEN)
    media = documents[0].media_type if documents else "text/plain"
    return Joined(Document(id=name, text=_BETWEEN.join(texts), media_type=media), tuple(parts))
