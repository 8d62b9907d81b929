"""The first sheet of an Excel workbook, as rows of text: publishers ship some lists only so."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from nosology.errors import UnreadableInput

__all__ = ["read_first_sheet"]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LARGEST = 200_000_000


def read_first_sheet(data: bytes, *, name: str, limit: int | None = None) -> list[list[str]]:
    """The rows of the first sheet, each as long as its last filled cell; at most ``limit`` rows.

    Raises:
        UnreadableInput: not a workbook, damaged, or absurdly large.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            sheets = sorted(
                (each for each in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", each)),
                key=lambda each: (len(each), each),
            )
            if not sheets or sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise UnreadableInput(f"{name}: no workbook with a sheet, or too large")
            shared = _shared_strings(archive)
            root: Element = fromstring(archive.read(sheets[0]))
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError) as error:
        raise UnreadableInput(f"{name}: damaged or truncated workbook; fetch the file again") from error
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise UnreadableInput(f"{name}: the workbook holds broken XML; fetch the file again") from error
    rows: list[list[str]] = []
    for row in root.iter(f"{_MAIN}row"):
        if limit is not None and len(rows) >= limit:
            break
        rows.append(_read_row(row, shared))
    return rows


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root: Element = fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in item.iter(f"{_MAIN}t")) for item in root.iter(f"{_MAIN}si")]


def _read_row(row: Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_MAIN}c"):
        letters = re.match(r"[A-Z]+", cell.get("r", ""))
        column = len(cells)
        if letters:
            column = 0
            for letter in letters[0]:
                column = column * 26 + ord(letter) - 64
            column -= 1
        if column > 16_384:
            continue
        cells.extend("" for _ in range(column - len(cells)))
        value = cell.findtext(f"{_MAIN}v") or ""
        if cell.get("t") == "s" and value.isdigit() and int(value) < len(shared):
            value = shared[int(value)]
        elif cell.get("t") == "inlineStr":
            value = "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
        cells.append(value.strip())
    return cells
