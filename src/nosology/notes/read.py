"""A chart file becomes a :class:`~nosology.model.note.Document`: text, PDF with a text layer, RTF and DOCX.

The text is what stands in the file, decoded once and never changed afterwards (line ends included), so that offsets
stay true. The digest is that of the bytes as received.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import logging
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from nosology.errors import NotPermitted, UnreadableInput
from nosology.model.note import Document

__all__ = ["MAXIMUM_BYTES", "MEDIA_TYPES", "read_document"]

MAXIMUM_BYTES = 20 * 1024 * 1024
MEDIA_TYPES = {
    "text": "text/plain",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_UNPACKED_BYTES = 10 * MAXIMUM_BYTES
_SAMPLE_BYTES = 64 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ENCODINGS = ["cp1252", "latin_1", "cp1250", "cp437", "cp850", "mac_roman", "iso8859_15"]
_WESTERN = frozenset(
    "áàâäãåæçéèêëíìîïñóòôöõøœúùûüýÿßÁÀÂÄÅÆÇÉÈÊËÍÎÏÑÓÔÖØŒÚÛÜ‘’“”‚„–—…•·°º±×÷µ²³¼½¾§®™©¿¡«»\u00a0\u00ad€£"
)
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "is an old Word or Office file; save it as DOCX, PDF or text"),
    (b"\x89PNG", "is an image; a document with a text layer is needed"),
    (b"\xff\xd8\xff", "is an image; a document with a text layer is needed"),
    (b"II*\x00", "is an image; a document with a text layer is needed"),
    (b"MM\x00*", "is an image; a document with a text layer is needed"),
    (b"\x1f\x8b", "is compressed; unpack it first"),
)


def read_document(source: str | Path | bytes, *, name: str = "", media_type: str | None = None) -> Document:
    """The document in ``source``: a path, ``-`` for standard input, or the bytes themselves.

    ``name`` becomes the document's id (else the file name, else the start of the digest); ``media_type`` overrules what
    the bytes look like. Raises UnreadableInput, in one line, for what is empty, binary, over 20 MB, broken, protected,
    of an unknown kind or a scan without text layer; NotPermitted where the operating system refuses.
    """
    data, found = _receive(source)
    digest = hashlib.sha256(data).hexdigest()
    title = name or found or digest[:12]
    if not data.strip():
        raise UnreadableInput(f"{title}: the file is empty; nothing to read")
    kind = _kind(data, title, media_type)
    if kind == "pdf":
        text = _read_pdf(data, title)
    elif kind == "docx":
        text = _read_docx(data, title)
    elif kind == "rtf":
        text = _read_rtf(data, title)
    else:
        text = _decode(data, title)
    if not text.strip():
        raise UnreadableInput(f"{title}: the file holds no text; nothing to read")
    return Document(id=title, text=text, sha256=digest, media_type=MEDIA_TYPES[kind])


def _receive(source: str | Path | bytes) -> tuple[bytes, str]:
    """The bytes of a source and its file name."""
    if isinstance(source, bytes):
        _check_size(len(source), "the input")
        return source, ""
    if str(source) == "-":
        return _read_limited(sys.stdin.buffer, "standard input"), "standard input"
    path = Path(source)
    try:
        if path.is_dir():
            raise UnreadableInput(f"{path.name or path}: is a folder; name a file")
        _check_size(os.stat(path).st_size, path.name)
        with path.open("rb") as file:
            return _read_limited(file, path.name), path.name
    except FileNotFoundError:
        raise UnreadableInput(f"{path.name or path}: no such file; check the path") from None
    except PermissionError:
        raise NotPermitted(f"{path.name}: may not be read; check the permissions of the file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the path is not valid"
        raise UnreadableInput(f"{path.name[:80]!a}: cannot be opened ({reason})") from None


def _read_limited(file: BinaryIO, title: str) -> bytes:
    data = file.read(MAXIMUM_BYTES + 1)
    _check_size(len(data), title)
    return data


def _check_size(size: int, title: str) -> None:
    if size > MAXIMUM_BYTES:
        limit = MAXIMUM_BYTES // 1024 // 1024
        raise UnreadableInput(f"{title}: larger than {limit} MB; a chart is far smaller, split the file")


def _kind(data: bytes, title: str, media_type: str | None) -> str:
    """text, pdf, rtf or docx: as told, else by the first bytes."""
    if media_type is not None:
        told = media_type.split(";")[0].strip().lower()
        for kind, known in MEDIA_TYPES.items():
            if told in (known, f"text/{kind}", kind) or (
                kind == "text" and told.startswith("text/") and told != "text/rtf"
            ):
                return kind
        raise UnreadableInput(f"{title}: media type {told[:60]!a} is not read here; use text, PDF, RTF or DOCX")
    head = data[:1024].lstrip()
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    for magic, reason in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableInput(f"{title}: {reason}")
    return "text"


def _decode(data: bytes, title: str) -> str:
    """Text of a plain file: by its byte order mark, else UTF-8, else UTF-16, else the likeliest Western code page."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise UnreadableInput(f"{title}: is marked as {encoding.upper()} but is not; save it again") from None
    if b"\x00" in data[:_SAMPLE_BYTES]:
        return _decode_wide(data, title)
    if len(_CONTROL.findall(data)) * 100 > len(data) or b"\x00" in data:
        raise UnreadableInput(f"{title}: is binary, not text; use text, PDF, RTF or DOCX")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return _decode_code_page(data)


def _decode_wide(data: bytes, title: str) -> str:
    """UTF-16 without a mark: nearly every second byte is zero."""
    sample = data[: _SAMPLE_BYTES - _SAMPLE_BYTES % 2]
    half = max(1, len(sample) // 2)
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[offset::2].count(0)
        if zeros > 0.6 * half and sample[1 - offset :: 2].count(0) < 0.05 * half:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    raise UnreadableInput(f"{title}: is binary, not text; use text, PDF, RTF or DOCX")


def _decode_code_page(data: bytes) -> str:
    """Windows-1252 where its signs are those of a chart; else what charset-normalizer finds likeliest."""
    try:
        text = data.decode("cp1252")
        if _WESTERN.issuperset(sign for sign in text if sign > "\x7f"):
            return text
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_ENCODINGS).best()
    for encoding in (best.encoding if best is not None else "cp1252", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


@contextmanager
def _silent(logger: str) -> Iterator[None]:
    """The library's own complaints about a file do not reach the user; ours do."""
    log = logging.getLogger(logger)
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(level)


def _read_pdf(data: bytes, title: str) -> str:
    from pypdf import PdfReader

    with _silent("pypdf"):
        try:
            reader = PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise UnreadableInput(f"{title}: the PDF is protected by a password; save it without one")
            pages = [page.extract_text() or "" for page in reader.pages]
        except UnreadableInput:
            raise
        except (Exception, RecursionError) as error:
            raise UnreadableInput(f"{title}: the PDF is broken or truncated ({type(error).__name__})") from None
    if not pages:
        raise UnreadableInput(f"{title}: the PDF is broken or truncated (no pages)")
    if not any(page.strip() for page in pages):
        raise UnreadableInput(f"{title}: the PDF has no text layer (a scan?); run text recognition on it first")
    return _without_surrogates("\n\n".join(pages))


def _read_rtf(data: bytes, title: str) -> str:
    from striprtf import striprtf

    if not data.rstrip(b"\x00 \r\n\t").endswith(b"}"):
        raise UnreadableInput(f"{title}: the RTF is broken or truncated (its last brace is missing)")
    try:
        convert: Callable[..., str] = striprtf.rtf_to_text
        text = convert(data.decode("latin-1"), errors="replace")
    except Exception as error:
        raise UnreadableInput(f"{title}: the RTF is broken or truncated ({type(error).__name__})") from None
    return _without_surrogates(text)


def _read_docx(data: bytes, title: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            size = sum(entry.file_size for entry in entries)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableInput(f"{title}: the DOCX is broken or truncated ({type(error).__name__})") from None
    if "word/document.xml" not in names:
        raise UnreadableInput(f"{title}: is a zip archive but no DOCX; unpack it first")
    if size > _UNPACKED_BYTES:
        raise UnreadableInput(f"{title}: the DOCX unpacks to more than {_UNPACKED_BYTES // 1024 // 1024} MB")
    try:
        return _docx_text(data)
    except Exception as error:
        raise UnreadableInput(f"{title}: the DOCX is broken or truncated ({type(error).__name__})") from None


def _docx_text(data: bytes) -> str:
    """Paragraphs and tables in order; list paragraphs begin with a hyphen, table cells are set apart by tabs."""
    import docx
    from docx.table import Table

    lines: list[str] = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells: list[str] = []
                last = None
                for cell in row.cells:
                    if cell._tc is not last:
                        cells.append(" ".join(cell.text.split()))
                    last = cell._tc
                lines.append("\t".join(cells))
            lines.append("")
            continue
        style = block.style.name if block.style is not None else ""
        properties = block._p.pPr
        listed = (style or "").startswith("List") or (properties is not None and properties.numPr is not None)
        lines.append(f"- {block.text}" if listed and block.text.strip() else block.text)
    return "\n".join(lines)


def _without_surrogates(text: str) -> str:
    """Lone surrogates, which no encoding can write, become the replacement character."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
