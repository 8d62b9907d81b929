"""ICD-10-CM out of the box, against what CDC and CMS publish."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from nosology.codes.icd10cm import Icd10cm, open_icd10cm
from nosology.codes.sources.roll_forward import fold_title
from nosology.errors import UnknownCode, UsageError

TWINS = ("B20", "F99", "P84", "R99", "Z66")
SPANNING = (
    "C00-C96", "C00-C75", "M00-M25", "M40-M54", "M60-M79", "M80-M94", "T07-T88", "T20-T32", "V00-V99", "V00-X58",
    "W00-X58", "Y62-Y84",
)  # fmt: skip


def test_counts(icd10cm: Icd10cm) -> None:
    assert sum(1 for _ in icd10cm.billable_codes()) == 74_719
    counts = icd10cm.release.counts
    assert counts["billable"] == 74_719
    assert counts["codes"] == 98_186
    assert (counts["chapter"], counts["block"]) == (22, 297)
    assert len(icd10cm) == len(list(icd10cm.codes())) == 98_505


def test_codes_titles_and_flags_equal_the_official_order_file(icd10cm: Icd10cm, shared_data: Path) -> None:
    with zipfile.ZipFile(shared_data / "codesets/icd10cm/2026-code-descriptions.zip") as archive:
        lines = archive.read("icd10cm_order_2026.txt").decode().splitlines()
    official = {line[6:14].strip(): (line[14] == "1", line[77:].strip()) for line in lines}
    ours = {
        code.replace(".", ""): (icd10cm.is_billable(code), fold_title(icd10cm.title(code)))
        for code in icd10cm.codes()
        if icd10cm.kind(code) not in ("chapter", "block")
    }
    assert ours == official


@pytest.mark.parametrize("code", TWINS)
def test_a_block_and_its_only_category_are_told_apart(icd10cm: Icd10cm, code: str) -> None:
    assert icd10cm.is_billable(code)
    assert icd10cm.kind(code) == "category"
    block = icd10cm.parent(code)
    assert block == f"{code}-{code}"
    assert icd10cm.kind(block) == "block"
    assert not icd10cm.is_billable(block)
    assert icd10cm.children(block) == (code,)


@pytest.mark.parametrize("block", SPANNING)
def test_spanning_blocks_are_no_codes(icd10cm: Icd10cm, block: str) -> None:
    assert icd10cm.kind(block) == "block"
    assert not icd10cm.is_billable(block)
    assert all(icd10cm.kind(child) == "block" for child in icd10cm.children(block))
    assert len(icd10cm.leaves(block)) > 50


@pytest.mark.parametrize("spelling", ["E11.621", "E11621", "e11.621", " e11621 "])
def test_any_spelling(icd10cm: Icd10cm, spelling: str) -> None:
    assert spelling in icd10cm
    assert icd10cm.get(spelling).code == "E11.621"
    assert icd10cm.is_billable(spelling)


@pytest.mark.parametrize("nothing", ["E11.62111", "", ".", "ZZZ", "E11.9999", "A00-A", "💊"])
def test_unknown_code(icd10cm: Icd10cm, nothing: str) -> None:
    assert nothing not in icd10cm
    assert not icd10cm.is_billable(nothing)
    with pytest.raises(UnknownCode, match="2026-04-01"):
        icd10cm.get(nothing)


def test_a_dash_names_everything_below(icd10cm: Icd10cm) -> None:
    assert icd10cm.dotted("L97.4-") == "L97.4"
    assert icd10cm.dotted("E11.-") == "E11"


def test_tree(icd10cm: Icd10cm) -> None:
    assert icd10cm.ancestors("E11.621") == ("E11.62", "E11.6", "E11", "E08-E13", "4")
    assert icd10cm.ancestors("C18.0")[-3:] == ("C00-C75", "C00-C96", "2")
    assert icd10cm.parent("4") is None
    assert icd10cm.children("E11.62") == ("E11.620", "E11.621", "E11.622", "E11.628")
    assert icd10cm.siblings("E11.621") == ("E11.620", "E11.622", "E11.628")
    assert icd10cm.descendants("R05")[:2] == ("R05.1", "R05.2")
    assert icd10cm.leaves("I10") == ("I10",)
    assert icd10cm.leaves("S06.1X7") == ("S06.1X7A",)
    for code in icd10cm.codes():
        above = icd10cm.parent(code)
        if above is None:
            assert icd10cm.kind(code) == "chapter"


def test_placeholder_and_seventh_character(icd10cm: Icd10cm) -> None:
    code = icd10cm.get("T88.6XXA")
    assert code.kind == "extended"
    assert code.parent == "T88.6"
    assert code.title.endswith(", initial encounter")
    assert code.seventh_character["S"] == "sequela"
    assert icd10cm.get("S72.001").seventh_character["C"].startswith("initial encounter for open fracture type IIIA")
    assert icd10cm.get("S06.1X7").seventh_character == {"A": "initial encounter"}
    assert icd10cm.get("E11.621").seventh_character == {}


def test_notes_of_a_node(icd10cm: Icd10cm) -> None:
    category = icd10cm.get("E11")
    assert "type 1 diabetes mellitus (E10.-)" in category.excludes1
    assert "diabetes NOS" in category.includes
    assert any("insulin (Z79.4)" in note for note in category.use_additional)
    assert icd10cm.get("E08").code_first
    assert icd10cm.get("I10").excludes2
    assert icd10cm.get("J44").code_also


def test_notes_are_inherited(icd10cm: Icd10cm) -> None:
    notes = icd10cm.inherited_notes("E11.621")
    assert notes[0].origin == "E11.621"
    assert [note.origin for note in notes if note.text == "type 1 diabetes mellitus (E10.-)"] == ["E11"]
    assert notes[-1].origin == "4"
    assert not any(note.kind == "inclusion_terms" and note.origin != "E11.621" for note in notes)
    spanning = {note.origin for note in icd10cm.inherited_notes("V43.52XA")}
    assert {"V00-V99", "20"} <= spanning


def test_every_inclusion_term(icd10cm: Icd10cm) -> None:
    terms = list(icd10cm.notes_of_kind("inclusion_terms"))
    assert len(terms) > 9_000
    assert terms[0] == ("A00.0", "Classical cholera")
    with pytest.raises(UsageError):
        list(icd10cm.notes_of_kind("nonsense"))


def test_same_release_is_opened_once(icd10cm: Icd10cm, home: Path) -> None:
    assert open_icd10cm(on=date(2026, 4, 1), home=home) is icd10cm
