"""Reader of the ICD-10-CM indexes in XML, as CDC/NCHS publishes them.

One format (``icd10cm_index.xsd``, ``icd10cm_drug_neoplasm.xsd``) serves four books: the Alphabetic Index, the External
Cause of Injuries Index, the Table of Neoplasms and the Table of Drugs and Chemicals; the tables carry six codes a row.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from nosology.codes.release_file import Progress
from nosology.codes.sources.safe_xml import first_text, parse_xml, text_of
from nosology.errors import UnreadableInput

__all__ = ["CELLS", "ROOT", "IndexRow", "parse_index", "write_index"]

ROOT = "ICD10CM.index"
CELLS = 6
"""Codes in a row of the tables."""

_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One line of an index: ``parent`` is the number of the line it hangs under (-1: a main term)."""

    parent: int
    level: int
    title: str
    nonessential: tuple[str, ...]
    code: str
    manifestation: str
    see: str
    see_also: str
    see_category: str
    subcategory: str
    cells: tuple[str, ...]


def parse_index(data: bytes, *, name: str, progress: Progress | None = None) -> list[IndexRow]:
    """Every line of an index in print order, lines below a term after it.

    Raises:
        UnreadableInput: broken XML, another kind of file, or an index without a single term.
    """
    root = parse_xml(data, name=name, root=ROOT)
    letters = root.findall("letter")
    rows: list[IndexRow] = []
    for done, letter in enumerate(letters):
        if progress is not None:
            progress(done, len(letters), "reading the index")
        for main in letter.findall("mainTerm"):
            _read_term(main, -1, 0, rows, name)
    if not rows:
        raise UnreadableInput(f"{name}: an index without a single main term; the file is not complete")
    return rows


def _read_term(element: Element, parent: int, level: int, rows: list[IndexRow], name: str) -> None:
    if level > _DEEPEST:
        raise UnreadableInput(f"{name}: terms nested more than {_DEEPEST} deep; this is no index of the publisher")
    title, nonessential = _read_title(element.find("title"))
    cells = [""] * CELLS
    for cell in element.findall("cell"):
        place = cell.get("col", "")
        column = int(place) - 2 if place.isdecimal() else -1
        if 0 <= column < CELLS:
            cells[column] = text_of(cell).rstrip("-. ")
    number = len(rows)
    rows.append(
        IndexRow(
            parent,
            level,
            title,
            nonessential,
            first_text(element, "code").rstrip("-. "),
            first_text(element, "manif").rstrip("-. "),
            first_text(element, "see"),
            first_text(element, "seeAlso"),
            first_text(element, "seecat").rstrip("-. "),
            first_text(element, "subcat").rstrip("-. "),
            tuple(cells) if any(cells) else (),
        )
    )
    for child in element.findall("term"):
        _read_term(child, number, level + 1, rows, name)


def _read_title(element: Element | None) -> tuple[str, tuple[str, ...]]:
    """The words of a term without its nonessential modifiers, and these: "Abasia (-astasia) (hysterical)"."""
    if element is None:
        return "", ()
    words, modifiers = [element.text or ""], ""
    for child in element:
        if child.tag == "nemod":
            modifiers += " " + text_of(child)
        else:
            words.append(text_of(child))
        words.append(child.tail or "")
    title = " ".join(" ".join(words).split())
    parts = re.findall(r"\(((?:[^()]|\([^()]*\))*)\)", modifiers)
    return title, tuple(part.strip() for part in parts if part.strip())


def write_index(connection: sqlite3.Connection, rows: list[IndexRow]) -> dict[str, int]:
    """Write the lines of an index; returns the counts of lines, main terms and codes."""
    connection.execute(
        "CREATE TABLE entry (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, level INTEGER NOT NULL, "
        "title TEXT NOT NULL, nonessential TEXT NOT NULL, code TEXT NOT NULL, manifestation TEXT NOT NULL, "
        "see TEXT NOT NULL, see_also TEXT NOT NULL, see_category TEXT NOT NULL, subcategory TEXT NOT NULL, "
        "cells TEXT NOT NULL)"
    )
    connection.executemany(
        f"INSERT INTO entry VALUES ({', '.join('?' * 12)})",
        (
            (
                number, row.parent, row.level, row.title, "\t".join(row.nonessential), row.code, row.manifestation,
                row.see, row.see_also, row.see_category, row.subcategory, "\t".join(row.cells),
            )
            for number, row in enumerate(rows)
        ),
    )  # fmt: skip
    return {
        "entries": len(rows),
        "main_terms": sum(row.level == 0 for row in rows),
        "with_code": sum(bool(row.code or row.cells) for row in rows),
    }
