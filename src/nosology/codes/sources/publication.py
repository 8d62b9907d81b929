"""Files as publishers ship them: opened (folder, zip or single file), told apart by content, dated."""

from __future__ import annotations

import gzip
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from nosology.codes.sources.service_files import SERVICE_KIND_NAMES, detect_service_kind
from nosology.codes.sources.xlsx import read_first_sheet
from nosology.errors import UnreadableInput, UsageError

__all__ = [
    "KIND_NAMES",
    "Publication",
    "decode_text",
    "detect_kind",
    "find_effective_dates",
    "fiscal_year_end",
    "read_publications",
]

KIND_NAMES = {
    "tabular": "ICD-10-CM tabular list (XML)",
    "index": "ICD-10-CM Alphabetic Index (XML)",
    "neoplasm": "ICD-10-CM Table of Neoplasms (XML)",
    "drugs": "ICD-10-CM Table of Drugs and Chemicals (XML)",
    "external": "ICD-10-CM External Cause of Injuries Index (XML)",
    "cm-order": "ICD-10-CM order file (txt)",
    "cm-codes": "ICD-10-CM codes file (txt)",
    "cm-addenda": "ICD-10-CM code addenda (txt)",
    "pcs-tables": "ICD-10-PCS tables (XML)",
    "pcs-definitions": "ICD-10-PCS definitions (XML)",
    "pcs-index": "ICD-10-PCS Index (XML)",
    "pcs-order": "ICD-10-PCS order file (txt)",
    "pcs-codes": "ICD-10-PCS codes file (txt)",
    "pcs-addenda": "ICD-10-PCS code addenda (txt)",
    "gem-to-icd9": "GEM from ICD-10-CM to ICD-9-CM (txt or csv)",
    "gem-to-icd10": "GEM from ICD-9-CM to ICD-10-CM (txt or csv)",
    "gem-pcs-to-icd9": "GEM from ICD-10-PCS to ICD-9-CM volume 3 (txt)",
    "gem-icd9-to-pcs": "GEM from ICD-9-CM volume 3 to ICD-10-PCS (txt)",
    "ccsr": "CCSR for ICD-10-CM diagnoses (csv)",
    "poa-exempt": "POA-exempt list (txt or xlsx)",
    "cm-conversion": "ICD-10-CM conversion table (xlsx)",
    **SERVICE_KIND_NAMES,
}
"""Every kind of publication that is told apart, with what to call it."""

_LARGEST = 400_000_000  # bytes of one unpacked file; the largest official one has 15 million
_WANTED = {".xml", ".txt", ".csv", ".tsv", ".xlsx", ".zip", ".gz", ".parquet", ".sas"}

_CODE = r"[A-Z0-9]{3,7}"
_ORDER = re.compile(rf"\d{{5}} {_CODE} +[01] \S")
_CODES_CM = re.compile(r"[A-Z]\d[A-Z0-9]{1,5} {1,5}[A-Z]\S* ?")
_CODES_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7} \S")
_ADDENDA = re.compile(rf"(?:Add|Delete|Revise from|Revise to|Revise):?\s+(?:[01] )?({_CODE})\s+\S")
_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")
_GEM = re.compile(r"(\w{3,7})\s+(\w{3,7})\s+[01]{3}\d\d\s*")


@dataclass(frozen=True, slots=True)
class Publication:
    """One published file: where it was found (``archive/member`` for a zip), its bytes, its kind ("" unknown)."""

    name: str
    data: bytes
    kind: str

    @property
    def sha256(self) -> str:
        """Digest of the bytes, hex."""
        return hashlib.sha256(self.data).hexdigest()


def decode_text(data: bytes) -> str:
    """Text of a published file: UTF-8 with or without a mark, else Windows-1252 as older files are."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_publications(path: Path) -> list[Publication]:
    """Every published file in a folder, a zip or the file itself whose kind is known; empty if there is none.

    Raises:
        UnreadableInput: nothing there, a damaged or truncated zip, an absurdly large member.
    """
    try:
        files = sorted(each for each in path.iterdir() if each.is_file()) if path.is_dir() else [path]
        loaded = [(each.name, each.read_bytes()) for each in files if each == path or each.suffix.lower() in _WANTED]
    except OSError as error:
        raise UnreadableInput(f"cannot read {path}: {error.strerror or error}") from error
    found: list[Publication] = []
    for name, data in loaded:
        if not data:
            raise UnreadableInput(f"{path if name == path.name else path / name} is empty; fetch the file again")
        found.extend(_unpack(name, data, depth=0))
    return found


def _unpack(name: str, data: bytes, *, depth: int) -> Iterator[Publication]:
    if data.startswith(b"\x1f\x8b"):
        yield from _unpack(name.removesuffix(".gz"), _inflate(name, data), depth=depth + 1)
        return
    if not (data.startswith(b"PK") and not name.lower().endswith(".xlsx")):
        if name.lower().endswith(".zip"):
            raise UnreadableInput(f"{name} is not a zip file, whatever its name says; fetch it again")
        kind = detect_kind(name, data)
        if kind:
            yield Publication(name, data, kind)
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for member in archive.infolist():
                suffix = Path(member.filename).suffix.lower()
                if member.is_dir() or suffix not in _WANTED or (suffix == ".zip" and depth):
                    continue
                if member.file_size > _LARGEST:
                    raise UnreadableInput(
                        f"{name}: {member.filename} would unpack to {member.file_size} bytes; refused"
                    )
                yield from _unpack(f"{name}/{member.filename}", archive.read(member), depth=depth + 1)
    except RuntimeError as error:  # as zipfile says: a compression that it does not know, or a password
        raise UnreadableInput(
            f"{name}: packed in a way that is not read here ({error}); unpack it and give the files instead"
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise UnreadableInput(f"{name}: damaged or truncated zip ({error}); fetch the file again") from error


def _inflate(name: str, data: bytes) -> bytes:
    try:
        with gzip.open(BytesIO(data)) as stream:
            plain = stream.read(_LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableInput(f"{name}: damaged or truncated gz file; fetch it again") from error
    if len(plain) > _LARGEST:
        raise UnreadableInput(f"{name}: would unpack to more than {_LARGEST} bytes; refused")
    return plain


def detect_kind(name: str, data: bytes) -> str:
    """The kind of a published file by its content ("" if none is known)."""
    if name.lower().endswith(".xlsx"):
        rows = read_first_sheet(data, name=name, limit=15)
        lines = [" ".join(row).lower() for row in rows]
        return _kind_of_table(lines[:3]) or detect_service_kind(name, "\n".join(lines))
    if data.startswith(b"PAR1"):  # the names of the columns stand at the end
        return detect_service_kind(name, decode_text(data[-6000:]))
    head = decode_text(data[:6000])
    if service := detect_service_kind(name, head):
        return service
    if head.lstrip().startswith("<"):
        return _kind_of_xml(head)
    lines = [line.rstrip() for line in head.splitlines()[:-1] or head.splitlines() if line.strip()]
    if not lines:
        return ""
    first = lines[0]
    if _ORDER.match(first):
        return "cm-order" if first[6].isalpha() else "pcs-order"
    marks = [match for match in map(_ADDENDA.match, lines) if match]
    if marks and len(marks) >= len(lines) // 2:
        return "pcs-addenda" if marks[0][1][0].isdigit() else "cm-addenda"
    if found := _GEM.fullmatch(first):
        return _kind_of_gem(found[1], found[2])
    if table := _kind_of_table([line.lower() for line in lines[:3]]):
        return table
    if all(map(_CODES_PCS.match, lines[:5])) and first[0].isdigit():
        return "pcs-codes"
    return "cm-codes" if all(map(_CODES_CM.match, lines[:5])) else ""


def _kind_of_gem(left: str, right: str) -> str:
    """The direction of a mapping by its first line: procedures of ICD-10-PCS have seven characters."""
    if _PCS.fullmatch(left) and re.fullmatch(r"\d{3,4}|NoPCS", right):
        return "gem-pcs-to-icd9"
    if re.fullmatch(r"\d{3,4}", left) and _PCS.fullmatch(right):
        return "gem-icd9-to-pcs"
    return "gem-to-icd9" if left[0].isalpha() and left[0] not in "EV" else "gem-to-icd10"


def _kind_of_xml(head: str) -> str:
    if "<ICD10CM.tabular" in head:
        return "tabular"
    for tag, kind in (("tabular", "pcs-tables"), ("definitions", "pcs-definitions"), ("index", "pcs-index")):
        if f"<ICD10PCS.{tag}" in head:
            return kind
    if "<ICD10CM.index" not in head:
        return ""
    if re.search(r'<head col="1">\s*Neoplasm', head):
        return "neoplasm"
    if re.search(r'<head col="1">\s*Substance', head):
        return "drugs"
    title = re.search(r"<title>([^<]*)", head)
    return "external" if title is not None and "EXTERNAL" in title[1].upper() else "index"


def _kind_of_table(lines: list[str]) -> str:
    text = "\n".join(lines)
    if "poa" in text and "exempt" in text and "code" in text:
        return "poa-exempt"
    if "current code assignment" in text and "previous code" in text:
        return "cm-conversion"
    if "ccsr category 1" in text:
        return "ccsr"
    plain = text.replace('"', "")
    if plain.startswith("icd10cm,icd9cm"):
        return "gem-to-icd9"
    return "gem-to-icd10" if plain.startswith("icd9cm,icd10cm") else ""


def fiscal_year_end(first: date) -> date:
    """The 30 September that ends the federal fiscal year of a day."""
    return date(first.year + (first.month >= 10), 9, 30)


def find_effective_dates(publication: Publication) -> tuple[date, date]:
    """First and last day in force, as the name and the head of the publication say: October to September, or from
    April.

    Raises:
        UsageError: neither says so; the caller must.
    """
    parts = [publication.name.rsplit("/", 1)[-1], publication.name]
    for part in parts:
        april = re.search(r"april[-_ ]*(?:1[-_, ]+)?(20\d\d)", part, re.IGNORECASE)
        if april:
            first = date(int(april[1]), 4, 1)
            return first, fiscal_year_end(first)
    head, tail = decode_text(publication.data[:3000]), decode_text(publication.data[-400:])
    version = re.search(r"<version>\s*(20\d\d)", head) or re.search(r"codes in icd10\w+_(20\d\d)\.txt\s+\d+ addi", tail)
    year = int(version[1]) if version else None
    if year is None:
        short = re.match(r"order(\d\d)\b", head, re.IGNORECASE)
        year = 2000 + int(short[1]) if short else None
    for part in parts:
        if year is None:
            named = re.search(r"(?<!\d)(20[1-4]\d)(?!\d)", part)
            short = re.search(r"FY[-_ ]?(?:20)?(\d\d)(?!\d)", part, re.IGNORECASE)
            year = int(named[1]) if named else 2000 + int(short[1]) if short else None
    if year is None:
        raise UsageError(
            f"{publication.name}: cannot tell from when it is in force; say it with --effective YYYY-MM-DD"
        )
    first = date(year - 1, 10, 1)
    return first, fiscal_year_end(first)
