"""A text in which pieces are replaced, and the way back to the offsets of the original."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from nosology.model.note import Span

__all__ = ["Mask", "MaskedText", "mask_text"]


@dataclass(frozen=True, slots=True)
class Mask:
    """A piece of the original text, what kind of identifier it is, and what is written in its place."""

    span: Span
    kind: str
    replacement: str


@dataclass(frozen=True, slots=True)
class MaskedText:
    """The text with its masks. ``text`` is what may be read; offsets go both ways, in code points.

    A place inside a mask leads to the whole of the mask: half a mask can neither be quoted nor shown.
    """

    original: str
    text: str
    masks: tuple[Mask, ...]
    starts: tuple[int, ...]
    """Where each mask begins in ``text``."""

    def to_original(self, span: Span) -> Span:
        """The span of the original text that a span of ``text`` stands for."""
        return Span(self._back(span.start, end=False), self._back(span.end, end=True))

    def to_masked(self, span: Span) -> Span:
        """The span of ``text`` that stands for a span of the original."""
        return Span(self._forth(span.start, end=False), self._forth(span.end, end=True))

    def _back(self, offset: int, *, end: bool) -> int:
        number = bisect_right(self.starts, offset) - 1
        if number < 0:
            return offset
        mask, start = self.masks[number], self.starts[number]
        if end and offset == start:
            return mask.span.start
        inside = offset - start
        if inside < len(mask.replacement):
            return mask.span.end if end else mask.span.start
        return mask.span.end + inside - len(mask.replacement)

    def _forth(self, offset: int, *, end: bool) -> int:
        number = bisect_right(self.masks, offset, key=lambda mask: mask.span.start) - 1
        if number < 0:
            return offset
        mask, start = self.masks[number], self.starts[number]
        if end and offset == mask.span.start:
            return start
        if offset < mask.span.end:
            return start + len(mask.replacement) if end else start
        return start + len(mask.replacement) + offset - mask.span.end


def mask_text(text: str, masks: Iterable[Mask] = ()) -> MaskedText:
    """Replace the masks in ``text``. Masks that overlap become one, under the name of the longest of them."""
    merged: list[Mask] = []
    longest = 0
    for mask in sorted(masks, key=lambda m: (m.span.start, -m.span.end)):
        if merged and mask.span.start < merged[-1].span.end:
            before = merged[-1]
            named = mask if len(mask.span) > longest else before
            longest = max(longest, len(mask.span))
            whole = Span(before.span.start, max(before.span.end, mask.span.end))
            merged[-1] = Mask(whole, named.kind, named.replacement)
        else:
            merged.append(mask)
            longest = len(mask.span)
    pieces: list[str] = []
    starts: list[int] = []
    at = length = 0
    for mask in merged:
        kept = text[at : mask.span.start]
        starts.append(length + len(kept))
        pieces += (kept, mask.replacement)
        length += len(kept) + len(mask.replacement)
        at = mask.span.end
    pieces.append(text[at:])
    return MaskedText(text, "".join(pieces), tuple(merged), tuple(starts))
