"""The tabular list as a tree, and its form inside a release file.

Table ``blob`` holds what coding needs at once (codes, titles, tree, kinds, billable flags), table ``note`` the notes
by node, table ``seventh`` the 7th characters. Nodes are numbered in tabular order, so that everything below a node is
the range up to its ``end``.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

__all__ = ["KINDS", "NOTE_KINDS", "TabularNode", "add_dot", "read_array", "read_tabular", "write_tabular"]

KINDS = ("chapter", "block", "category", "subcategory", "code", "extended")
"""Kinds of nodes; a billable category is a category still, ``extended`` carries a 7th character."""

NOTE_KINDS = (
    "includes", "inclusion_terms", "excludes1", "excludes2", "code_first", "use_additional", "code_also", "notes",
)  # fmt: skip
"""Kinds of notes, in the order in which the tabular list explains them."""


def add_dot(code: str) -> str:
    """A code as it is printed: capitals, with the dot after the third character ("e11621" → "E11.621")."""
    plain = code.strip().upper().replace(".", "")
    return plain if len(plain) <= 3 else f"{plain[:3]}.{plain[3:]}"


@dataclass(slots=True)
class TabularNode:
    """A chapter, block, category, subcategory or code while a release is being built."""

    code: str
    title: str
    kind: str
    children: list[TabularNode] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    seventh: dict[str, str] = field(default_factory=dict)
    seventh_note: str = ""

    @property
    def billable(self) -> bool:
        """True for a category or code with nothing below it."""
        return not self.children and self.kind not in ("chapter", "block")

    def walk(self) -> Iterator[TabularNode]:
        """This node and everything below it, in tabular order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting.extend(reversed(node.children))


_SCHEMA = (
    "CREATE TABLE blob (name TEXT PRIMARY KEY, data BLOB NOT NULL)",
    "CREATE TABLE note (node INTEGER NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL, "
    "PRIMARY KEY (node, kind, position)) WITHOUT ROWID",
    "CREATE TABLE seventh (node INTEGER NOT NULL, position INTEGER NOT NULL, character TEXT NOT NULL, "
    "meaning TEXT NOT NULL, PRIMARY KEY (node, position)) WITHOUT ROWID",
    "CREATE TABLE seventh_note (node INTEGER PRIMARY KEY, text TEXT NOT NULL)",
)


def _little_endian(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = array("i", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def write_tabular(connection: sqlite3.Connection, chapters: Iterable[TabularNode]) -> dict[str, int]:
    """Write a tabular list;

    returns the counts of nodes by kind, of codes (categories and below) and of billable codes.
    """
    codes: list[str] = []
    titles: list[str] = []
    kinds = bytearray()
    billable = bytearray()
    parents = array("i")
    ends = array("i")
    notes: list[tuple[int, str, int, str]] = []
    seventh: list[tuple[int, int, str, str]] = []
    seventh_notes: list[tuple[int, str]] = []

    def add(node: TabularNode, parent: int) -> None:
        number = len(codes)
        codes.append(node.code)
        titles.append(node.title)
        kinds.append(KINDS.index(node.kind))
        billable.append(node.billable)
        parents.append(parent)
        ends.append(0)
        positions: dict[str, int] = {}
        for kind, text in node.notes:
            positions[kind] = positions.get(kind, -1) + 1
            notes.append((number, kind, positions[kind], text))
        seventh.extend((number, place, *pair) for place, pair in enumerate(node.seventh.items()))
        if node.seventh_note:
            seventh_notes.append((number, node.seventh_note))
        for child in node.children:
            add(child, number)
        ends[number] = len(codes)

    for chapter in chapters:
        add(chapter, -1)
    for statement in _SCHEMA:
        connection.execute(statement)
    blobs = {
        "codes": "\n".join(codes).encode(),
        "titles": "\n".join(titles).encode(),
        "kinds": bytes(kinds),
        "billable": bytes(billable),
        "parents": _little_endian(parents),
        "ends": _little_endian(ends),
    }
    connection.executemany("INSERT INTO blob VALUES (?, ?)", blobs.items())
    connection.executemany("INSERT INTO note VALUES (?, ?, ?, ?)", notes)
    connection.executemany("INSERT INTO seventh VALUES (?, ?, ?, ?)", seventh)
    connection.executemany("INSERT INTO seventh_note VALUES (?, ?)", seventh_notes)
    counts = {kind: kinds.count(number) for number, kind in enumerate(KINDS)}
    counts["codes"] = len(codes) - counts["chapter"] - counts["block"]
    counts["billable"] = sum(billable)
    counts["notes"] = len(notes)
    return counts


def read_array(data: bytes) -> array[int]:
    """Whole numbers as :func:`write_tabular` stores them."""
    numbers = array("i")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def read_tabular(connection: sqlite3.Connection) -> list[TabularNode]:
    """The chapters of a release with everything below them, to be changed and written anew."""
    blobs = dict(connection.execute("SELECT name, data FROM blob"))
    codes, titles = blobs["codes"].decode().split("\n"), blobs["titles"].decode().split("\n")
    parents = read_array(blobs["parents"])
    nodes = [
        TabularNode(code, title, KINDS[kind]) for code, title, kind in zip(codes, titles, blobs["kinds"], strict=True)
    ]
    for number, kind, text in connection.execute("SELECT node, kind, text FROM note ORDER BY node, kind, position"):
        nodes[number].notes.append((kind, text))
    for number, character, meaning in connection.execute(
        "SELECT node, character, meaning FROM seventh ORDER BY node, position"
    ):
        nodes[number].seventh[character] = meaning
    for number, text in connection.execute("SELECT node, text FROM seventh_note"):
        nodes[number].seventh_note = text
    chapters: list[TabularNode] = []
    for node, parent in zip(nodes, parents, strict=True):
        (nodes[parent].children if parent >= 0 else chapters).append(node)
    return chapters
