"""Readers of the ICD-10-PCS tables, definitions and index in XML, as CMS publishes them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from nosology.codes.release_file import Progress
from nosology.codes.sources.safe_xml import first_text, parse_xml, text_of
from nosology.errors import UnreadableInput

__all__ = [
    "PcsAxis",
    "PcsDefinition",
    "PcsIndexLine",
    "PcsRow",
    "parse_pcs_definitions",
    "parse_pcs_index",
    "parse_pcs_tables",
    "write_pcs_index",
    "write_pcs_tables",
]

_CHARACTERS = 7
_FEWEST_CODES = 50_000  # a complete publication has close to 80,000
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class PcsAxis:
    """One axis of a row: its place in the code (1 to 7), its name, its legal values as ``(character, label)``."""

    place: int
    name: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PcsRow:
    """One row of a table: seven axes, the first three of one value each; every combination is a code."""

    axes: tuple[PcsAxis, ...]


@dataclass(frozen=True, slots=True)
class PcsDefinition:
    """What a value of an axis means in a section; ``includes`` names what it covers (the keys for parts, devices)."""

    section: str
    place: int
    label: str
    definition: str
    explanation: str
    includes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PcsIndexLine:
    """One line of the index; ``codes`` are codes or the first characters of a table; ``use`` a value of a key."""

    parent: int
    level: int
    title: str
    see: str
    use: str
    codes: tuple[str, ...]


def parse_pcs_tables(data: bytes, *, name: str, progress: Progress | None = None) -> list[PcsRow]:
    """Every row of every table in print order.

    Raises:
        UnreadableInput: broken XML, another kind of file, a row whose codes are not as many as it says, too few codes.
    """
    root = parse_xml(data, name=name, root="ICD10PCS.tabular")
    tables = root.findall("pcsTable")
    rows: list[PcsRow] = []
    total = 0
    for done, table in enumerate(tables):
        if progress is not None and done % 50 == 0:
            progress(done, len(tables), "reading the tables")
        head = [_read_axis(axis, name) for axis in table.findall("axis")]
        for element in table.findall("pcsRow"):
            axes = (*head, *(_read_axis(axis, name) for axis in element.findall("axis")))
            stem = "".join(axis.values[0][0] for axis in head)
            if [axis.place for axis in axes] != list(range(1, _CHARACTERS + 1)):
                raise UnreadableInput(f"{name}: a row of table {stem} does not have its seven axes")
            count = 1
            for axis in axes:
                count *= len(axis.values)
            said = element.get("codes", "")
            if said.isdecimal() and int(said) != count:
                raise UnreadableInput(f"{name}: a row of table {stem} gives {count} codes and says {said}")
            total += count
            rows.append(PcsRow(axes))
    if total < _FEWEST_CODES:
        raise UnreadableInput(f"{name}: only {total} codes; the tables are not complete")
    return rows


def _read_axis(element: Element, name: str) -> PcsAxis:
    place = element.get("pos", "")
    values = tuple((label.get("code", ""), text_of(label)) for label in element.findall("label"))
    if not place.isdecimal() or not values or any(len(code) != 1 for code, _label in values):
        raise UnreadableInput(f"{name}: an axis without place or values; this is no file of the publisher")
    return PcsAxis(int(place), first_text(element, "title"), values)


def parse_pcs_definitions(data: bytes, *, name: str) -> list[PcsDefinition]:
    """Every definition, with what it includes.

    Raises:
        UnreadableInput: broken XML, another kind of file, or no definition at all.
    """
    root = parse_xml(data, name=name, root="ICD10PCS.definitions")
    found = []
    for section in root.findall("section"):
        for axis in section.findall("axis"):
            place = axis.get("pos", "")
            for terms in axis.findall("terms"):
                explanation = " ".join(text_of(each) for each in terms.findall("explanation"))
                includes = tuple(text_of(each) for each in terms.findall("includes"))
                definition = " ".join(text_of(each) for each in terms.findall("definition"))
                if not place.isdecimal():
                    raise UnreadableInput(f"{name}: an axis without place; this is no file of the publisher")
                for title in terms.findall("title"):
                    found.append(
                        PcsDefinition(
                            section.get("code", ""), int(place), text_of(title), definition, explanation, includes
                        )
                    )
    if not found:
        raise UnreadableInput(f"{name}: definitions without a single term; the file is not complete")
    return found


def write_pcs_tables(
    connection: sqlite3.Connection, rows: list[PcsRow], definitions: list[PcsDefinition]
) -> dict[str, int]:
    """Write tables and definitions; returns the counts of tables, rows, codes and definitions."""
    connection.execute("CREATE TABLE label (id INTEGER PRIMARY KEY, place INTEGER, name TEXT, code TEXT, label TEXT)")
    connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, stem TEXT NOT NULL, axes TEXT NOT NULL)")
    connection.execute(
        "CREATE TABLE definition (section TEXT NOT NULL, place INTEGER NOT NULL, label TEXT NOT NULL, "
        "definition TEXT NOT NULL, explanation TEXT NOT NULL, includes TEXT NOT NULL)"
    )
    labels: dict[tuple[int, str, str, str], int] = {}
    lines, codes = [], 0
    for number, row in enumerate(rows):
        axes = []
        count = 1
        for axis in row.axes:
            count *= len(axis.values)
            ids = [labels.setdefault((axis.place, axis.name, *value), len(labels)) for value in axis.values]
            axes.append(" ".join(map(str, ids)))
        codes += count
        lines.append((number, "".join(axis.values[0][0] for axis in row.axes[:3]), "\t".join(axes)))
    connection.executemany("INSERT INTO label VALUES (?, ?, ?, ?, ?)", ((i, *key) for key, i in labels.items()))
    connection.executemany("INSERT INTO row VALUES (?, ?, ?)", lines)
    connection.executemany(
        "INSERT INTO definition VALUES (?, ?, ?, ?, ?, ?)",
        ((d.section, d.place, d.label, d.definition, d.explanation, "\t".join(d.includes)) for d in definitions),
    )
    return {
        "tables": len({stem for _number, stem, _axes in lines}),
        "rows": len(lines),
        "codes": codes,
        "definitions": len(definitions),
    }


def parse_pcs_index(data: bytes, *, name: str) -> list[PcsIndexLine]:
    """Every line of the index in print order, lines below a term after it.

    Raises:
        UnreadableInput: broken XML, another kind of file, or an index without a single term.
    """
    root = parse_xml(data, name=name, root="ICD10PCS.index")
    lines: list[PcsIndexLine] = []
    for letter in root.findall("letter"):
        for main in letter.findall("mainTerm"):
            _read_line(main, -1, 0, lines, name)
    if not lines:
        raise UnreadableInput(f"{name}: an index without a single main term; the file is not complete")
    return lines


def _read_line(element: Element, parent: int, level: int, lines: list[PcsIndexLine], name: str) -> None:
    if level > _DEEPEST:
        raise UnreadableInput(f"{name}: terms nested more than {_DEEPEST} deep; this is no index of the publisher")
    see, uses, codes = [], [], []
    for child in element:
        if child.tag == "see":
            see.append(" ".join((child.text or "").split()))
            codes += [text_of(each) for each in child.iter() if each.tag in ("codes", "code", "tab")]
        elif child.tag == "use":
            uses.append(text_of(child))
        elif child.tag in ("codes", "code", "tab"):
            codes.append(text_of(child))
    number = len(lines)
    lines.append(
        PcsIndexLine(
            parent, level, first_text(element, "title"), "; ".join(filter(None, see)), "; ".join(uses), tuple(codes)
        )
    )
    for child in element.findall("term"):
        _read_line(child, number, level + 1, lines, name)


def write_pcs_index(connection: sqlite3.Connection, lines: list[PcsIndexLine]) -> dict[str, int]:
    """Write the lines of the index; returns the counts of lines, main terms and lines with codes."""
    connection.execute(
        "CREATE TABLE entry (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, level INTEGER NOT NULL, "
        "title TEXT NOT NULL, see TEXT NOT NULL, use TEXT NOT NULL, codes TEXT NOT NULL)"
    )
    connection.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (number, line.parent, line.level, line.title, line.see, line.use, "\t".join(line.codes))
            for number, line in enumerate(lines)
        ),
    )
    return {
        "entries": len(lines),
        "main_terms": sum(line.level == 0 for line in lines),
        "with_code": sum(bool(line.codes) for line in lines),
    }
