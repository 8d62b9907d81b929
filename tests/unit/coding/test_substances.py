"""Substances by name and their codes; the packaged vocabulary against the official table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nosology.codes.drugs import DrugRow, open_drug_table
from nosology.codes.icd10cm import open_icd10cm
from nosology.codes.install import install_from
from nosology.coding.substances import (
    ACCIDENTAL,
    ADVERSE,
    SELF_HARM,
    UNDERDOSING,
    Substances,
    is_medicinal,
    own_stems,
    substance_code,
)

# Names that mean another entry of the table in a chart than the main term of the same spelling:
# lithium is the salt that is prescribed, not the metal; alcohol is the drink.
MEANT = {"lithium": ("Lithium", "salts"), "alcohol": ("Alcohol", "beverage")}


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("metformin", "T38.3X"),
        ("Bactrim DS", "T36.8X"),
        ("trimethoprim-sulfamethoxazole", "T36.8X"),
        ("haloperidol", "T43.4X"),
        ("sulfasalazine", "T37.0X"),
        ("warfarin therapy", "T45.51"),
        ("sacubitril/valsartan", "T46.5X"),
        ("lisinopril/hctz", "T46.4X"),
        ("carbon monoxide", "T58.9"),
        ("the weather", ""),
    ],
)
def test_find(words: str, stem: str) -> None:
    assert Substances().find(words) == stem


def test_codes_by_intent_are_filled_to_the_seventh_character() -> None:
    assert substance_code("T39.1X", SELF_HARM) == "T39.1X2A"
    assert substance_code("T45.51", ADVERSE) == "T45.515A"
    assert substance_code("T36.9", ADVERSE, "D") == "T36.95XD"
    assert substance_code("T50.90", UNDERDOSING) == "T50.906A"
    assert substance_code("T58.1", ACCIDENTAL) == "T58.11XA"


def test_the_longest_name_at_each_place() -> None:
    text = "took insulin glargine and two Tylenol with codeine, then wine"
    found = [(text[n.span.start : n.span.end], n.stem) for n in Substances().named(text, 0, len(text))]
    assert found == [("insulin glargine", "T38.3X"), ("Tylenol with codeine", "T40.2X"), ("wine", "T51.0X")]


def test_every_stem_of_the_vocabulary_makes_billable_codes(home: Path) -> None:
    icd = open_icd10cm(on=date(2026, 5, 4), home=home)
    wrong = [s for s in set(own_stems().values()) if not icd.is_billable(substance_code(s, ACCIDENTAL))]
    wrong += [s for s in set(own_stems().values()) if is_medicinal(s) and s not in {"T40.1X", "T40.8X", "T43.64"}
              and not icd.is_billable(substance_code(s, ADVERSE))]  # fmt: skip
    assert wrong == []


@pytest.fixture(scope="module")
def official(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], DrugRow]:
    """The rows of the official table by path, nonessential modifiers left out."""
    folder = tmp_path_factory.mktemp("table")
    source = shared_data / "codesets" / "icd10cm" / "icd10cm-drug-April-1-2026-XML.xml"
    install_from("icd10cm-drugs", source, home=folder)
    table = open_drug_table(home=folder)
    assert table is not None
    return {row.path: row for row in table}


def test_every_name_agrees_with_the_official_table(official: dict[tuple[str, ...], DrugRow]) -> None:
    rows = {path[0].lower(): row for path, row in official.items() if len(path) == 1 and row.poisoning_accidental}
    rows |= {name: next(r for p, r in official.items() if p[:2] == path) for name, path in MEANT.items()}
    met = {name: rows[name] for name in own_stems() if name in rows}
    wrong = {
        name: (own_stems()[name], row.poisoning_accidental)
        for name, row in met.items()
        if substance_code(own_stems()[name], ACCIDENTAL) != row.poisoning_accidental.ljust(7, "X") + "A"
        and row.poisoning_accidental.rstrip("-") != own_stems()[name] + "."
    }
    assert wrong == {}
    assert len(met) > 500


def test_the_official_table_adds_names(official: dict[tuple[str, ...], DrugRow]) -> None:
    table = Substances(official.values())
    assert Substances().find("zotepine") == ""
    assert table.find("zotepine") == "T43.59"
    assert table.find("lithium") == "T43.59"
    assert official[("Sulfamethoxazole", "with trimethoprim")].adverse_effect == "T36.8X5"
