"""Reader of CPT as the AMA delivers it to licensed users: long, medium, short, consumer and clinician descriptors.

Nothing of CPT is shipped: the files are those of the user, who holds the licence. Lines of heads and of copyright are
skipped; a code stands in the first column or the first five characters, its descriptor in the last column or behind.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterable, Mapping

from nosology.codes.sources.xlsx import read_first_sheet
from nosology.errors import UnreadableInput

__all__ = ["CPT_KINDS", "cpt_kind", "cpt_text", "parse_cpt", "parse_cpt_modifiers", "write_cpt"]

CPT_KINDS: Mapping[str, str] = {
    "cpt-long": "long",
    "cpt-medium": "medium",
    "cpt-short": "short",
    "cpt-consumer": "consumer",
    "cpt-clinician": "clinician",
}
"""Kind of file → the descriptor that it holds."""

_NAMES = (
    (re.compile(r"LONGU|LONG_?DESC", re.IGNORECASE), "cpt-long"),
    (re.compile(r"MEDU|MEDIUM", re.IGNORECASE), "cpt-medium"),
    (re.compile(r"SHORTU|SHORT_?DESC", re.IGNORECASE), "cpt-short"),
    (re.compile(r"CONSUMER", re.IGNORECASE), "cpt-consumer"),
    (re.compile(r"CLINICIAN", re.IGNORECASE), "cpt-clinician"),
    (re.compile(r"^MODI?F?(?:IERS?)?", re.IGNORECASE), "cpt-modifiers"),
)
_CODE = re.compile(r"\d{4}[0-9AFMTU]")
_FIXED = re.compile(r"(\d{4}[0-9AFMTU]) ?(\S.*)")
_IN_TABLE = re.compile(r"(?<![\w.-])(?:\d{4}[0-9AFMTU]|\d{2}|[A-Z]\d|\d[A-Z])(?![\w.-])", re.IGNORECASE)
_MODIFIER = re.compile(r"(\d{2}|[A-Z]\d|P[1-6]|\d[A-Z])[\t ]+(\S.*)")


def cpt_kind(name: str, head: str) -> str:
    """The kind of a file of the AMA's distribution by its name and a line of a code, "" if it is none."""
    stem = name.rsplit("/", 1)[-1]
    for pattern, kind in _NAMES:
        if pattern.search(stem) and stem.lower().endswith((".txt", ".tab", ".tsv", ".csv", ".xlsx")):
            lines = head.splitlines()
            if stem.lower().endswith((".csv", ".xlsx")):  # the first rows of a table, in small letters
                return kind if any(_IN_TABLE.search(line) for line in lines) else ""
            form = _MODIFIER if kind == "cpt-modifiers" else None
            if any(form.match(line.strip()) if form else _line(line) for line in lines):
                return kind
    return ""


def cpt_text(data: bytes, text: str, *, name: str) -> str:
    """A file as lines whose cells are divided by tabs: a workbook or a csv file as well as the text itself.

    Raises:
        UnreadableInput: a damaged workbook.
    """
    if name.lower().endswith(".xlsx"):
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in read_first_sheet(data, name=name))
    if name.lower().endswith(".csv"):
        return "\n".join("\t".join(row) for row in csv.reader(io.StringIO(text)))
    return text


def _line(line: str) -> tuple[str, str] | None:
    """Code and descriptor of a line, None for heads, remarks and blank lines."""
    cells = [cell.strip().strip('"') for cell in line.rstrip("\r\n").split("\t")]
    if len(cells) > 1:
        place = next((n for n, cell in enumerate(cells) if _CODE.fullmatch(cell)), -1)
        descriptor = next((cell for cell in reversed(cells) if cell), "")
        return (cells[place], descriptor) if place >= 0 and descriptor != cells[place] else None
    match = _FIXED.fullmatch(line.strip())
    return (match[1], match[2].strip()) if match else None


def parse_cpt(text: str, *, name: str) -> dict[str, str]:
    """Code → descriptor of one file. A file of clinician descriptors may give several a code; they are joined by "; ".

    Raises:
        UnreadableInput: no line with a code and a descriptor, or a last line that is cut off.
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        read = _line(line)
        if read is not None:
            code, descriptor = read
            found[code] = f"{found[code]}; {descriptor}" if code in found else descriptor
    if not found:
        raise UnreadableInput(f"{name}: no line with a code and its descriptor; this is another file")
    last = text.rstrip("\r\n").splitlines()[-1].strip()
    if _CODE.fullmatch(last):
        raise UnreadableInput(f"{name}: the last line is cut off; the file is truncated")
    return found


def parse_cpt_modifiers(text: str, *, name: str) -> dict[str, str]:
    """Modifier → descriptor. Raises UnreadableInput if no line holds one."""
    found = {match[1]: match[2].strip() for line in text.splitlines() if (match := _MODIFIER.fullmatch(line.strip()))}
    if not found:
        raise UnreadableInput(f"{name}: no line with a modifier; this is another file")
    return found


def write_cpt(
    connection: sqlite3.Connection, descriptors: Mapping[str, Mapping[str, str]], modifiers: Iterable[tuple[str, str]]
) -> dict[str, int]:
    """Write the descriptors by their kind ("long", "medium" …) and the modifiers; returns the counts."""
    columns = tuple(CPT_KINDS.values())
    named = ", ".join(f"{each} TEXT NOT NULL" for each in columns)
    connection.execute(f"CREATE TABLE code (code TEXT PRIMARY KEY, {named}) WITHOUT ROWID")
    codes = sorted({code for each in descriptors.values() for code in each})
    connection.executemany(
        f"INSERT INTO code VALUES (?{', ?' * len(columns)})",
        ((code, *(descriptors.get(kind, {}).get(code, "") for kind in columns)) for code in codes),
    )
    connection.execute("CREATE TABLE modifier (modifier TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID")
    kept = sorted(modifiers)
    connection.executemany("INSERT OR REPLACE INTO modifier VALUES (?, ?)", kept)
    return {"codes": len(codes), "modifiers": len(kept)}
