"""The tabular XML: 7th characters, placeholders, twins, spanning blocks, and what is no tabular list."""

from __future__ import annotations

import sqlite3

import pytest

from nosology.codes.sources.cdc_tabular import parse_tabular
from nosology.codes.tabular import TabularNode, add_dot, read_tabular, write_tabular
from nosology.errors import UnreadableInput


@pytest.fixture
def nodes(tabular: bytes) -> dict[str, TabularNode]:
    return {node.code: node for chapter in parse_tabular(tabular, name="t.xml") for node in chapter.walk()}


def test_order_and_kinds(nodes: dict[str, TabularNode]) -> None:
    assert {code: node.kind for code, node in nodes.items()} == {
        "1": "chapter",
        "A00-A19": "block",
        "A00-A09": "block",
        "A00": "category",
        "A00.0": "code",
        "A00.1": "code",
        "A10-A10": "block",
        "A10": "category",
        "A11-A19": "block",
        "A11": "category",
        "A11.0": "subcategory",
        "A11.0XXA": "extended",
        "A11.0XXD": "extended",
        "A11.0XXS": "extended",
        "A11.1X": "subcategory",
        "A11.1X1": "subcategory",
        "A11.1X1A": "extended",
        "A11.1X1D": "extended",
        "A11.1X1S": "extended",
        "A11.1X7": "subcategory",
        "A11.1X7A": "extended",
    }


def test_billable(nodes: dict[str, TabularNode]) -> None:
    assert [code for code, node in nodes.items() if node.billable] == [
        "A00.0", "A00.1", "A10", "A11.0XXA", "A11.0XXD", "A11.0XXS", "A11.1X1A", "A11.1X1D", "A11.1X1S", "A11.1X7A",
    ]  # fmt: skip


def test_a_block_without_categories_spans_the_blocks_in_its_range(nodes: dict[str, TabularNode]) -> None:
    assert [child.code for child in nodes["A00-A19"].children] == ["A00-A09", "A10-A10", "A11-A19"]
    assert not nodes["A00-A19"].billable


def test_titles_of_extended_codes(nodes: dict[str, TabularNode]) -> None:
    assert nodes["A11.0XXS"].title == "Bruise of toe, sequela"


def test_notes(nodes: dict[str, TabularNode]) -> None:
    assert nodes["A00"].notes == [
        ("inclusion_terms", "Azure fever"),
        ("use_additional", "code to identify the shade"),
        ("use_additional", "code for the depth"),
    ]
    assert ("notes", "7th character S: late effect") in nodes["A11"].notes


def test_written_and_read_again(tabular: bytes) -> None:
    chapters = parse_tabular(tabular, name="t.xml")
    connection = sqlite3.connect(":memory:")
    counts = write_tabular(connection, chapters)
    again = read_tabular(connection)
    connection.close()

    def plain(node: TabularNode) -> tuple[object, ...]:
        return (node.code, node.title, node.kind, sorted(node.notes), node.seventh, node.seventh_note)

    assert [plain(node) for top in again for node in top.walk()] == [
        plain(node) for top in chapters for node in top.walk()
    ]
    assert counts["billable"] == 10
    assert counts["codes"] == 16


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<ICD10CM.tabular><chapter>", "truncated"),
        (b"", "truncated"),
        (b"\x00\x01\x02", "truncated"),
        (b"<html></html>", "expected <ICD10CM.tabular>"),
        (b"<ICD10CM.tabular></ICD10CM.tabular>", "not complete"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><ICD10CM.tabular>&a;</ICD10CM.tabular>', "not be trusted"),
        (b"<ICD10CM.tabular>" + b"<chapter>" * 200 + b"</chapter>" * 200 + b"</ICD10CM.tabular>", "deep"),
    ],
)
def test_what_is_no_tabular_list(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableInput, match=says):
        parse_tabular(data, name="t.xml")


@pytest.mark.parametrize(
    ("given", "dotted"), [("e11621", "E11.621"), (" E11.621 ", "E11.621"), ("b20", "B20"), ("", "")]
)
def test_add_dot(given: str, dotted: str) -> None:
    assert add_dot(given) == dotted
