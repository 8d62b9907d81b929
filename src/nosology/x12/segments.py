"""Segments of an X12 file, found with whatever delimiters it uses, in one pass, with their place in the text.

The text is taken in blocks of about a megabyte and split at the segment terminator, so that a file of any size needs
little memory. Each interchange says itself, in its ISA segment, what its delimiters are. What is odd about the text
(bytes of another encoding, text around the interchanges, wrapped lines, a missing terminator) is a finding; only a
file that holds no X12 at all is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import IO, NamedTuple

from nosology.errors import UnreadableInput
from nosology.model.edi import EdiFinding, Position
from nosology.model.finding import Severity
from nosology.x12.text import read_chunks

__all__ = [
    "NO_REPETITION",
    "Block",
    "Delimiters",
    "RawSegment",
    "Segment",
    "SegmentReader",
    "Source",
    "parse_isa",
    "read_segments",
]

Segment = list[str]
"""Raw elements, the segment id first, trailing empty ones removed."""

Source = str | bytes | Path | IO[str] | IO[bytes] | Iterable[str]
"""What can be read: a text, bytes, a path, an open file, or the pieces of a text."""

NO_REPETITION = "\uffff"
"""The repetition separator of a file that has none: a character that does not occur."""

_BLANK = " \t\r\n"  # what may stand around a segment (other control characters may be separators)
_ENOUGH = 400  # characters that surely hold an ISA segment and what follows it
_LONGEST = 1 << 24  # characters without a terminator after which it is no X12
_HEAD = 65536  # characters in which the first interchange must begin


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The separators of an interchange; ``line_end`` follows each terminator when writing."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"
    line_end: str = ""


class RawSegment(NamedTuple):
    """A segment, its count (ST is 1; outside of transaction sets ISA is 1) and the offset of its first character."""

    elements: Segment
    ordinal: int
    offset: int


class Block:
    """Segments that stand together under one set of delimiters; ``opens`` if the first one is an ISA."""

    __slots__ = ("_base", "_raw", "_starts", "delimiters", "opens", "texts")

    def __init__(self, texts: list[str], raw: list[str], base: int, delimiters: Delimiters, *, opens: bool) -> None:
        self.texts = texts
        self.delimiters = delimiters
        self.opens = opens
        self._raw = raw
        self._base = base
        self._starts: list[int] | None = None

    def offset(self, index: int) -> int:
        """Where the segment begins in the whole text."""
        return self.offsets()[index]

    def offsets(self) -> list[int]:
        """Where each segment begins in the whole text."""
        if self._starts is None:
            ends = accumulate([len(raw) + 1 for raw in self._raw], initial=self._base)
            pieces = zip(ends, self._raw, self.texts, strict=False)
            self._starts = [start + len(raw) - len(text) for start, raw, text in pieces]
        return self._starts


class SegmentReader:
    """Reads segments; iterate over it, or over its :meth:`blocks`. ``findings`` grows as the text is read."""

    def __init__(self, source: Source, *, name: str = "the file", report: Callable[[EdiFinding], None] | None = None):
        self.findings: list[EdiFinding] = []
        self.name = name
        self.interchanges = 0
        self._report = report or self.findings.append
        self._chunks = read_chunks(source, name=name, report=self._text_finding)
        self._buffer = ""
        self._base = 0
        self._ended = False

    def __iter__(self) -> Iterator[RawSegment]:
        outside = inside = 0
        for block in self.blocks():
            separator = block.delimiters.element
            if block.opens:
                outside = inside = 0
            for index, text in enumerate(block.texts):
                elements = text.split(separator)
                while len(elements) > 1 and not elements[-1]:
                    elements.pop()
                outside += 1
                if elements[0] == "ST":
                    inside = 1
                elif inside:
                    inside += 1
                yield RawSegment(elements, inside or outside, block.offset(index))
                if elements[0] == "SE":
                    inside = 0

    def blocks(self) -> Iterator[Block]:
        """Yield the segments in blocks.

        Raises:
            UnreadableInput: the text holds no X12.
        """
        delimiters, opens = self._find_first()
        while True:
            following = self._next_interchange(1 if opens else 0)
            if following is None and not self._ended:
                end = self._last_terminator(delimiters)
            else:
                end = len(self._buffer) if following is None else following[0]
            if end:
                yield self._split(end, delimiters, opens=opens, closes=following is not None or self._ended)
                opens = False
                self._drop(end)
            if following is not None and following[1] is not None:
                delimiters, opens = following[1], True
                self.interchanges += 1
            elif self._ended and not self._buffer:
                return
            elif not self._more():
                self._ended = True
            elif len(self._buffer) > _LONGEST:
                raise UnreadableInput(f"{self.name} has no segment terminator within {_LONGEST} characters")

    @property
    def length(self) -> int:
        """Characters read so far."""
        return self._base + len(self._buffer)

    def _more(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._buffer += chunk
        return True

    def _drop(self, count: int) -> None:
        self._buffer = self._buffer[count:]
        self._base += count

    def _last_terminator(self, delimiters: Delimiters) -> int:
        # An ISA that is not yet complete stays in the buffer, as do the last characters, which may begin one.
        last = self._buffer.rfind(delimiters.segment, 0, max(0, len(self._buffer) - _ENOUGH))
        return last + 1

    def _find_first(self) -> tuple[Delimiters, bool]:
        while len(self._buffer) < _HEAD and self._more():
            pass
        if not self._buffer.strip():
            raise UnreadableInput(f"{self.name} is empty")
        found = self._next_interchange(0)
        if found is not None and found[1] is not None:
            if self._buffer[: found[0]].strip():
                self._finding("x12.text_before", "text before the first interchange was skipped", 0)
            self._drop(found[0])
            self.interchanges = 1
            return found[1], True
        bare = _guess_delimiters(self._buffer)
        if bare is None:
            if re.match(r"[ \t\r\n]*ISA[^A-Za-z0-9 \t\r\n]", self._buffer):
                raise UnreadableInput(f"{self.name} breaks off within its ISA segment")
            raise UnreadableInput(f"{self.name} is no X12 file: it holds no ISA segment")
        self._finding("x12.no_interchange", "the file begins without an ISA segment", 0, Severity.ERROR, error="022")
        return bare, False

    def _next_interchange(self, start: int) -> tuple[int, Delimiters | None] | None:
        """Where the next ISA begins, with its delimiters."""
        at = self._buffer.find("ISA", start)
        while at >= 0:
            if at == 0 or not self._buffer[at - 1].isalnum():
                delimiters = parse_isa(self._buffer, at)
                if delimiters is not None:
                    return at, delimiters
            at = self._buffer.find("ISA", at + 3)
        return None

    def _split(self, end: int, delimiters: Delimiters, *, opens: bool, closes: bool) -> Block:
        text = self._buffer[:end] if end < len(self._buffer) else self._buffer
        raw = text.split(delimiters.segment)
        rest = raw.pop()
        if rest.strip() and closes:
            raw.append(rest)
            if re.match(r"[ \t\r\n]*[A-Z][A-Z0-9]{1,2}" + re.escape(delimiters.element), rest):
                offset = self._base + end - len(rest)
                self._finding("x12.no_terminator", "the last segment has no terminator", offset, snip=1)
        texts = [piece.lstrip(_BLANK) for piece in raw]
        if "\n" in text or "\r" in text or "" in texts:
            return self._mend(texts, raw, delimiters, opens=opens)
        return Block(texts, raw, self._base, delimiters, opens=opens)

    def _mend(self, texts: list[str], raw: list[str], delimiters: Delimiters, *, opens: bool) -> Block:
        """Undo what line breaks do to segments: wrapped lines, and a break where a terminator is missing."""
        if not ("" in texts or any("\n" in text or "\r" in text for text in texts)):
            return Block(texts, raw, self._base, delimiters, opens=opens)
        begins = re.compile(r"[\r\n]+[ \t]*(?=[A-Z][A-Z0-9]{1,2}" + re.escape(delimiters.element) + ")")
        block = Block([], [], self._base, delimiters, opens=opens)
        starts = block._starts = []
        at = self._base
        for text, piece in zip(texts, raw, strict=True):
            start, at = at, at + len(piece) + 1
            if not text:
                continue
            start += len(piece) - len(text)
            if "\n" in text or "\r" in text:
                for part, offset in _parts(begins, text):
                    if offset:
                        self._finding("x12.no_terminator", "a segment ends without its terminator", start + offset)
                    starts.append(start + offset)
                    block.texts.append(part.replace("\r", "").replace("\n", ""))
            else:
                starts.append(start)
                block.texts.append(text)
        return block

    def _text_finding(self, rule: str, message: str, offset: int) -> None:
        self._finding(rule, message, offset)

    def _finding(
        self,
        rule: str,
        message: str,
        offset: int,
        severity: Severity = Severity.WARNING,
        *,
        error: str = "",
        snip: int = 1,
    ) -> None:
        position = Position(interchange=self.interchanges or 1, offset=offset)
        self._report(EdiFinding(rule, snip, severity, message, position, interchange_error=error))


def read_segments(source: Source, *, name: str = "the file") -> SegmentReader:
    """Return the segments of an X12 file one by one; ``findings`` of the reader grows on the way.

    Raises:
        UnreadableInput: the text holds no X12 (raised while reading).

    >>> [s.elements[0] for s in read_segments("ST*837*0001~SE*2*0001~")]
    ['ST', 'SE']
    """
    return SegmentReader(source, name=name)


def parse_isa(text: str, at: int = 0) -> Delimiters | None:
    """Return the delimiters that the ISA segment at an offset declares, None if none stands there.

    Paddings of wrong width do not matter; a missing component separator (ISA16) is taken to be a colon.
    """
    head = text[at : at + _ENOUGH]
    element = head[3:4]
    if not element or element.isalnum() or element in _BLANK:
        return None
    fields = head.split(element, 16)
    if len(fields) < 17 or len(fields[1]) > 4 or not fields[12].strip().isdigit():
        return None
    component, terminator = _last_field(fields[16], element)
    if not terminator:
        return None
    repetition = fields[11].strip(" ")
    if len(repetition) != 1 or repetition.isalnum():
        repetition = NO_REPETITION
    return Delimiters(element, component, repetition, terminator)


def _last_field(tail: str, element: str) -> tuple[str, str]:
    """Component separator and terminator, from what follows the sixteenth separator of an ISA."""
    follows = r"[ \t\r\n]*(?:GS|TA1|ISB|IEA)" + re.escape(element)
    found = re.match(r"(?s)([^A-Za-z0-9 \t\r\n]?)([^A-Za-z0-9 \t\r\n]|\r?\n|\r)" + follows, tail)
    if found and found[1] and found[2][-1] in _BLANK:
        # ">", line break: either the terminator is the break, or the separator is missing and ">" is the terminator.
        line = re.split(r"[\r\n]", tail[found.end() :], maxsplit=1)[0]
        if line.endswith(found[1]):
            return ":", found[1]
    if found:
        return found[1] or ":", found[2][-1]
    if re.match(r"[^A-Za-z0-9 \t\r\n]" + follows, tail):
        return ":", tail[0]
    trimmed = tail[1:].lstrip(" ")
    return (tail[0], trimmed[0]) if trimmed and not trimmed[0].isalnum() else (":", "")


def _guess_delimiters(text: str) -> Delimiters | None:
    """The delimiters of a text that begins with GS or ST instead of ISA, None if it does neither."""
    begins = re.match(r"[ \t\r\n]*(?:GS|ST)([^A-Za-z0-9 \t\r\n])", text)
    if begins is None:
        return None
    element = begins[1]
    after = re.search(
        r"([^A-Za-z0-9 ])[ \t\r\n]*(?:ST|BHT|BPR|AK1|HL|BGN|SE)" + re.escape(element), text[begins.end() :]
    )
    if after is None or after[1] == element:
        return None
    component = ">" if text.count(">") > text.count(":") else ":"
    return Delimiters(element, component, "^" if component != "^" else NO_REPETITION, after[1])


def _parts(begins: re.Pattern[str], text: str) -> Iterator[tuple[str, int]]:
    at = 0
    for found in begins.finditer(text):
        yield text[at : found.start()], at
        at = found.end()
    yield text[at:], at
