"""Readers of the flat files of ICD-10-CM and ICD-10-PCS: order files, codes files, code addenda.

Layout of the order file (icd10OrderFiles.pdf): columns 1-5 order number, 7-13 code without dot, 15 "1" if billable
("0" for a header), 17-76 short title, 78 on the full title.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from nosology.errors import UnreadableInput

__all__ = [
    "CM_LIST",
    "PCS_LIST",
    "Addenda",
    "ListLimits",
    "ListedCode",
    "parse_addenda",
    "parse_codes_file",
    "parse_order_file",
    "write_code_list",
]

_ADDENDUM = re.compile(r"(Add|Delete|Revise from|Revise to|Revise):?\s+(?:([01]) )?([A-Z0-9]{3,7})\s+(\S.*)")
_COUNT = re.compile(r"\s*(\d+) codes in \S*order_(\d{4})\S*")
_TOTAL = re.compile(r"\s*(\d+) (additions?|deletions?|revisions?)\s*")


@dataclass(frozen=True, slots=True)
class ListLimits:
    """What a whole list must hold: so many billable codes, and one that starts with ``last`` near its end."""

    at_least: int
    last: str


CM_LIST = ListLimits(at_least=65_000, last="Z99")
PCS_LIST = ListLimits(at_least=65_000, last="X")


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A line of a list: the code without dot, its full title, whether it is billable."""

    code: str
    title: str
    billable: bool = True


@dataclass(frozen=True, slots=True)
class Addenda:
    """Changes from one release to the next;

    ``before`` and ``after`` are the billable codes it states, None if it does not.
    """

    added: tuple[ListedCode, ...]
    deleted: tuple[ListedCode, ...]
    revised: tuple[ListedCode, ...]
    before: int | None = None
    after: int | None = None


def parse_order_file(text: str, *, name: str, limits: ListLimits) -> list[ListedCode]:
    """Every line of an order file, headers included.

    Raises:
        UnreadableInput: a line of another layout, numbers that do not run on, fewer than ``at_least`` billable codes,
        or no code of the last section: the file is truncated or another one.
    """
    codes: list[ListedCode] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        code, flag, title = line[6:14].strip(), line[14:15], line[77:].strip()
        if flag not in ("0", "1") or not title or not line[:5].isdigit() or int(line[:5]) != len(codes) + 1:
            raise UnreadableInput(
                f"{name}: line {number} is not a line of an order file; the file is damaged or truncated"
            )
        codes.append(ListedCode(code, title, flag == "1"))
    return _complete(codes, name=name, limits=limits)


def parse_codes_file(text: str, *, name: str, limits: ListLimits) -> list[ListedCode]:
    """Every line of a codes file: code, blanks, full title. Raises UnreadableInput as :func:`parse_order_file`."""
    codes: list[ListedCode] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        code, _, title = line.strip().partition(" ")
        if not title.strip() or not re.fullmatch(r"[A-Z0-9]{3,7}", code):
            raise UnreadableInput(
                f"{name}: line {number} is not a line of a codes file; the file is damaged or truncated"
            )
        codes.append(ListedCode(code, title.strip()))
    return _complete(codes, name=name, limits=limits)


def _complete(codes: list[ListedCode], *, name: str, limits: ListLimits) -> list[ListedCode]:
    billable = sum(code.billable for code in codes)
    if billable < limits.at_least or not any(code.code.startswith(limits.last) for code in codes):
        raise UnreadableInput(f"{name}: only {billable} billable codes, ends too early; the file is truncated")
    return codes


def parse_addenda(text: str, *, name: str) -> Addenda:
    """The changes that a code addenda file lists; the totals at its end are checked.

    Raises:
        UnreadableInput: a line that is none of add, delete, revise, or totals that do not agree.
    """
    changes: dict[str, list[ListedCode]] = {"Add": [], "Delete": [], "Revise from": [], "Revise to": []}
    counts: list[int] = []
    totals: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        match = _ADDENDUM.fullmatch(line.rstrip())
        if match:
            title = match[4].strip()
            if match[2]:  # order addenda: short title in 60 columns, then the full one
                title = re.split(r"\s{2,}", title)[-1] if len(title) > 61 else title
            changes["Revise to" if match[1] == "Revise" else match[1]].append(
                ListedCode(match[3], title, match[2] != "0")
            )
        elif count := _COUNT.fullmatch(line):
            counts.append(int(count[1]))
        elif total := _TOTAL.fullmatch(line):
            totals[total[2][0]] = int(total[1])
        elif line.strip() and line.strip() != "Codes":
            raise UnreadableInput(
                f"{name}: line {number} is no line of code addenda; the file is damaged or another one"
            )
    for letter, kind in (("a", "Add"), ("d", "Delete"), ("r", "Revise to")):
        if letter in totals and totals[letter] != len(changes[kind]):
            raise UnreadableInput(
                f"{name}: states {totals[letter]} lines of {kind!r}, holds {len(changes[kind])}; the file is truncated"
            )
    before, after = counts if len(counts) == 2 else (None, None)
    return Addenda(tuple(changes["Add"]), tuple(changes["Delete"]), tuple(changes["Revise to"]), before, after)


def write_code_list(connection: sqlite3.Connection, codes: list[ListedCode]) -> dict[str, int]:
    """Write a list without hierarchy (ICD-10-PCS); returns the counts of billable codes and headers."""
    connection.execute("CREATE TABLE blob (name TEXT PRIMARY KEY, data BLOB NOT NULL)")
    blobs = {
        "codes": "\n".join(code.code for code in codes).encode(),
        "titles": "\n".join(code.title for code in codes).encode(),
        "billable": bytes(code.billable for code in codes),
    }
    connection.executemany("INSERT INTO blob VALUES (?, ?)", blobs.items())
    billable = sum(code.billable for code in codes)
    return {"billable": billable, "headers": len(codes) - billable}
