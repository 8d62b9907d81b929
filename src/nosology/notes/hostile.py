"""What is refused before anything reads it: files too large, of another type than they say, or with something in them
that acts (macros, scripts, embedded programs) or unpacks without end.

Only the outside of a file is looked at here, in time that grows with its size and no faster; what passes is read by
:func:`nosology.notes.read_apart.read_apart`.
"""

from __future__ import annotations

import io
import re
import zipfile

from nosology.notes.read import MAXIMUM_BYTES

__all__ = ["MOST_ENTRIES", "MOST_RATIO", "MOST_UNPACKED", "find_objection"]

MOST_UNPACKED = 100 * 1024 * 1024
"""Bytes that an archive may unpack to."""

MOST_RATIO = 200
"""How many times its packed size an archive may unpack to (a DOCX of prose: about 10)."""

MOST_ENTRIES = 2000
"""Files inside an archive."""

_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the two methods that a DOCX may use (ISO/IEC 29500-2)
_SMALL = 1024 * 1024  # what unpacks to less does no harm, whatever its ratio
_KINDS = {
    "txt": "text", "text": "text", "md": "text", "asc": "text", "": "text",
    "pdf": "pdf", "rtf": "rtf", "docx": "docx",
}  # fmt: skip
_REFUSED = {
    "docm": "a Word file with macros; save it as DOCX",
    "dotm": "a Word template with macros; save it as DOCX",
    "doc": "an old Word file; save it as DOCX, PDF or text",
    "html": "a web page; save it as text or PDF",
    "htm": "a web page; save it as text or PDF",
    "svg": "an image; a document with a text layer is needed",
    "xml": "XML; documents come as text, PDF, RTF or DOCX",
    "exe": "a program; documents come as text, PDF, RTF or DOCX",
    "js": "a program; documents come as text, PDF, RTF or DOCX",
    "zip": "an archive; send the documents in it one by one",
    "gz": "an archive; send the documents in it one by one",
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"#!")
_NAMES = {"text": "text", "pdf": "PDF", "rtf": "RTF", "docx": "DOCX", "web page": "a web page"}
_PDF_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
_PDF_STREAM = re.compile(rb"\bstream\r?\n.*?endstream", re.DOTALL)  # packed content, where any three bytes may stand
_PDF_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_RTF_ACTS = re.compile(
    rb"\\(?:objocx|objdata|objemb|objlink|objautlink|objupdate|ddeauto)\b"
    rb"|fldinst\s*\{?\s*(?:DDE|DDEAUTO|INCLUDE\w*)\b",
    re.IGNORECASE,
)
_WEB = re.compile(rb"\A\s*(?:<!doctype\s+html|<html|<head|<body|<script|<\?xml|<svg|<iframe)", re.IGNORECASE)
_SCRIPT = re.compile(rb"<script[\s>]|<iframe[\s>]|javascript:", re.IGNORECASE)


def find_objection(data: bytes, name: str) -> str:
    """Return why the file is not taken, in one line without its name; "" where nothing speaks against reading it."""
    if len(data) > MAXIMUM_BYTES:
        return f"larger than {MAXIMUM_BYTES >> 20} MB; a document is far smaller, split the file"
    if not data.strip():
        return "the file is empty"
    extension = name.rsplit(".", 1)[1].lower() if "." in name else ""
    if extension in _REFUSED:
        return f"is {_REFUSED[extension]}"
    found = _kind_of(data)
    if found == "program":
        return "is a program; documents come as text, PDF, RTF or DOCX"
    if found == "web page":
        return "is a web page or XML; save it as text or PDF"
    told = _KINDS.get(extension)
    if told is not None and extension and told != found:
        return f"is named as {_NAMES[told]} but is {_NAMES[found]}; give it its true ending or save it again"
    if found == "pdf":
        return _object_to_pdf(data)
    if found == "rtf":
        return "the RTF holds embedded objects or links; save it as plain text" if _RTF_ACTS.search(data) else ""
    if found == "docx":
        return _object_to_archive(data)
    return "the text holds a script; save it as plain text" if _SCRIPT.search(data) else ""


def _kind_of(data: bytes) -> str:
    head = data[:1024].lstrip()
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if data.startswith(_PROGRAMS):
        return "program"
    return "web page" if _WEB.match(head) else "text"


def _object_to_pdf(data: bytes) -> str:
    plain = _PDF_STREAM.sub(b"", data)
    if b"#" in plain:
        plain = _PDF_NAME.sub(lambda found: bytes([int(found[1], 16)]), plain)
    if _PDF_ACTS.search(plain):
        return "the PDF holds scripts, forms or files that act; print it to a plain PDF"
    return ""


def _object_to_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except NotImplementedError:
        return "the DOCX is packed by a later version of the archive format; save it again as plain DOCX"
    except (zipfile.BadZipFile, OSError, ValueError):
        return "the DOCX is broken or truncated; save it again"
    names = {entry.filename.lower() for entry in entries}
    if "word/document.xml" not in names:
        return "is an archive but no DOCX; send the documents in it one by one"
    if any(entry.flag_bits & 1 for entry in entries):
        return "the DOCX is protected by a password; save it without"
    if any(entry.compress_type not in _PACKED for entry in entries):
        return "the DOCX is packed by a method that is not read here; save it again as plain DOCX"
    if any(each.endswith(("vbaproject.bin", "vbadata.xml")) for each in names):
        return "the DOCX holds macros; save it as DOCX without macros"
    if any(each.startswith(("word/embeddings/", "word/activex/")) for each in names):
        return "the DOCX holds embedded files or programs; save it without them"
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if (
        len(entries) > MOST_ENTRIES
        or unpacked > MOST_UNPACKED
        or (unpacked > _SMALL and unpacked / packed > MOST_RATIO)
    ):
        return "the DOCX unpacks to far more than a document holds; save it as plain text"
    return ""
