"""The text of an X12 file in blocks, whatever it comes as: a text, bytes, a path, an open file, pieces.

Bytes are read as UTF-8 (or UTF-16 where they begin so); single bytes that are no UTF-8 are read as Windows-1252, which
is what older systems send, with one finding.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from nosology.errors import UnreadableInput

__all__ = ["BLOCK", "read_chunks"]

BLOCK = 1 << 20
"""Characters (or bytes) that are worked at once."""

_STRAY = re.compile("[\udc80-\udcff]")
_BINARY = {b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "a gzip archive", b"\x89PNG": "a picture"}


def _windows(code: int) -> str:
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(code)


_MENDED = {0xDC00 + code: _windows(code) for code in range(0x80, 0x100)}


def read_chunks(source: Any, *, name: str, report: Callable[[str, str, int], None]) -> Iterator[str]:
    """Yield the text of a source in blocks; ``report`` gets rule, message and offset of what is odd about its bytes.

    Raises:
        UnreadableInput: the file cannot be opened, or is of a known other kind.
    """
    if isinstance(source, str):
        yield from _mend(_slices(source), report)
    elif isinstance(source, bytes | bytearray):
        yield from _mend(_decode(_slices(bytes(source)), name), report)
    elif isinstance(source, Path):
        try:
            with source.open("rb") as file:
                yield from _mend(_decode(_reads(file), name), report)
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            raise UnreadableInput(f"{name} cannot be read: {why}") from error
    elif hasattr(source, "read"):
        yield from _mend(_decode_any(_reads(source), name), report)
    else:
        yield from _mend(_decode_any(_gather(source), name), report)


def _slices(whole: Any) -> Iterator[Any]:
    for at in range(0, len(whole), BLOCK):
        yield whole[at : at + BLOCK]


def _reads(file: IO[Any]) -> Iterator[Any]:
    while piece := file.read(BLOCK):
        yield piece


def _gather(pieces: Iterable[Any]) -> Iterator[Any]:
    kept: list[Any] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield kept[0][:0].join(kept)
            kept, size = [], 0
    if kept:
        yield kept[0][:0].join(kept)


def _decode_any(pieces: Iterator[Any], name: str) -> Iterator[str]:
    first = next(pieces, "")
    if isinstance(first, str):
        yield first
        yield from pieces
    else:
        yield from _decode(_with(first, pieces), name)


def _with(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def _decode(pieces: Iterator[bytes], name: str) -> Iterator[str]:
    decoder: codecs.IncrementalDecoder | None = None
    for piece in pieces:
        if decoder is None:
            kind = next((kind for magic, kind in _BINARY.items() if piece.startswith(magic)), "")
            if kind:
                raise UnreadableInput(f"{name} is no X12 file: it is {kind}")
            wide = piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")("surrogateescape")
        yield decoder.decode(piece)
    if decoder is not None:
        yield decoder.decode(b"", final=True)


def _mend(pieces: Iterator[str], report: Callable[[str, str, int], None]) -> Iterator[str]:
    at = 0
    reported = False
    for index, piece in enumerate(pieces):
        text = piece
        if index == 0 and text.startswith("\ufeff"):
            text = text[1:]  # offsets count from what follows the mark
        if not text.isascii() and (stray := _STRAY.search(text)):
            if not reported:
                reported = True
                report("x12.encoding", "some bytes are no UTF-8; they were read as Windows-1252", at + stray.start())
            text = text.translate(_MENDED)
        at += len(text)
        if text:
            yield text
