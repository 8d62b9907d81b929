"""Terms of the installed books: Alphabetic Index, External Cause Index, Table of Neoplasms.

An index entry is its whole path of terms; "with", "in" and "due to" between the levels are function words. A
cross-reference
("see …") leads to the code of the entry that it names. Codes of an older index are brought to the release in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nosology.codes.code_table import CodeTable
from nosology.codes.index import AlphabeticIndex, current_code, open_index
from nosology.codes.neoplasm import NeoplasmRow, open_neoplasm_table

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["book_terms", "books_digest"]

_LEADS = (
    "with",
    "in",
    "due to",
    "in (due to)",
    "due to or associated with",
    "with or due to",
    "associated with",
    "by",
    "of",
)
_BEHAVIOR = (
    ("malignant_primary", "malignant neoplasm"),
    ("malignant_secondary", "secondary malignant neoplasm"),
    ("malignant_secondary", "metastasis"),
    ("in_situ", "carcinoma in situ"),
    ("benign", "benign neoplasm"),
    ("uncertain", "neoplasm of uncertain behavior"),
    ("unspecified", "neoplasm"),
)


def _open(on: date | None, home: Path | None) -> tuple[list[AlphabeticIndex], CodeTable[NeoplasmRow] | None]:
    found = [open_index(on=on, home=home), open_index(on=on, home=home, system="icd10cm-external")]
    return [i for i in found if i is not None], open_neoplasm_table(on=on, home=home)


def books_digest(on: date | None, home: Path | None) -> str:
    """Return what tells which books are installed for the date: names and digests, "" if there are none."""
    indexes, table = _open(on, home)
    releases = [i.release for i in indexes] + ([table.release] if table else [])
    return "|".join(f"{r.system}:{r.name}:{r.sha256[:12]}" for r in releases)


def book_terms(icd: Icd10cm, on: date | None, home: Path | None) -> Iterator[tuple[str, str, str]]:
    """Yield ``(phrase, code, source)`` of every entry that leads to a code of ``icd``."""
    indexes, table = _open(on, home)
    for index in indexes:
        yield from _index_terms(index, icd)
    if table is not None:
        yield from _neoplasm_terms(table, icd)


def _spellings(term: str) -> list[str]:
    """Return the forms of one level: "Diabetes, diabetic" is one word in two forms, "Accident, birth" is one phrase."""
    head, *others = [part.strip() for part in term.split(",") if part.strip()] or [term]
    forms = [o for o in others if o.casefold()[:4] == head.casefold()[:4] and " " not in o]
    qualifiers = " ".join(o for o in others if o not in forms)
    return [f"{form} {qualifiers}".strip() for form in (head, *forms)]


def _index_terms(index: AlphabeticIndex, icd: Icd10cm) -> Iterator[tuple[str, str, str]]:
    codes: dict[str, str] = {}
    references: list[tuple[tuple[str, ...], str]] = []
    for entry in index:
        code = current_code(entry.code, icd) if entry.code else None
        if code:
            codes.setdefault(", ".join(_spellings(level)[0] for level in entry.path).casefold(), code)
            yield from _phrases(entry.path, code)
        elif entry.see:
            references.append((entry.path, entry.see))
    for path, see in references:
        target = codes.get(see.split(";")[0].strip().casefold())
        if target:
            yield from _phrases(path, target)


def _phrases(path: tuple[str, ...], code: str) -> Iterator[tuple[str, str, str]]:
    if any("see also" in level or "specified" in level or "NEC" in level.split() for level in path[1:]):
        return
    rest = " ".join(level for level in path[1:] if level.casefold() not in _LEADS)
    for head in _spellings(path[0])[:3]:
        if rest or len(path) == 1:
            yield f"{head} {rest}".strip(), code, "index"


def _neoplasm_terms(table: CodeTable[NeoplasmRow], icd: Icd10cm) -> Iterator[tuple[str, str, str]]:
    for row in table:
        site = " ".join(row.path[1:])
        if not site or "unspecified" in site or "specified" in site:
            continue
        for column, behavior in _BEHAVIOR:
            cell = getattr(row, column)
            code = current_code(cell, icd) if cell else None
            if code:
                yield f"{behavior} {site}", code, "index"
