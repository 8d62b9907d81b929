"""Index and tables: levels, nonessential modifiers, see and see also, codes that are gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nosology.codes.drugs import open_drug_table
from nosology.codes.icd10cm import Icd10cm
from nosology.codes.index import current_code, open_index
from nosology.codes.install import install_from
from nosology.codes.neoplasm import open_neoplasm_table
from nosology.codes.sources.cdc_index import parse_index
from nosology.errors import UnreadableInput


def test_nothing_installed(tmp_path: Path) -> None:
    assert open_index(home=tmp_path) is None
    assert open_neoplasm_table(home=tmp_path) is None
    assert open_drug_table(home=tmp_path) is None


def test_entries(index_xml: bytes, tmp_path: Path) -> None:
    (tmp_path / "index.xml").write_bytes(index_xml)
    release = install_from("icd10cm-index", tmp_path / "index.xml", home=tmp_path)
    assert (release.effective_from, release.effective_to) == (date(2025, 10, 1), date(2026, 9, 30))
    index = open_index(on=date(2026, 1, 1), home=tmp_path)
    assert index is not None
    rows = [(entry.path, entry.nonessential, entry.code, entry.see, entry.see_also) for entry in index]
    assert rows == [
        (("Fever NEC",), ("high", "of (any) origin"), "A00", "", "Heat"),
        (("Fever NEC", "blue"), (), "A00", "", ""),
        (("Fever NEC", "blue", "acute"), (), "A00.0", "", ""),
        (("Fever NEC", "old"), (), "", "Fever, blue", ""),
    ]
    assert [entry.manifestation for entry in index] == ["", "A10", "", ""]
    assert len(index.entries_below("FEVER nec")) == len(index) == 4
    assert open_index(on=date(2020, 1, 1), home=tmp_path) is None


def test_neoplasm_table(neoplasm_xml: bytes, tmp_path: Path) -> None:
    (tmp_path / "neoplasm.xml").write_bytes(neoplasm_xml)
    install_from("icd10cm-neoplasm", tmp_path / "neoplasm.xml", home=tmp_path)
    table = open_neoplasm_table(home=tmp_path)
    assert table is not None
    whole, toe = table
    assert (whole.malignant_primary, whole.unspecified) == ("C80.1", "D49.9")
    assert toe.path == ("Neoplasm, neoplastic", "toe")
    assert (toe.malignant_primary, toe.in_situ, toe.benign) == ("C44.70", "", "")


@pytest.mark.parametrize("data", [b"<ICD10CM.index/>", b"<ICD10CM.index><letter>", b"<ICD10CM.tabular/>"])
def test_what_is_no_index(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        parse_index(data, name="i.xml")


def test_nesting_that_no_publisher_makes() -> None:
    data = (
        b"<ICD10CM.index><letter><mainTerm>"
        + b"<term>" * 300
        + b"</term>" * 300
        + b"</mainTerm></letter></ICD10CM.index>"
    )
    with pytest.raises(UnreadableInput, match="deep"):
        parse_index(data, name="i.xml")


@pytest.mark.parametrize(
    ("old", "now"),
    [("E11.621", "E11.621"), ("C79.8-", "C79.8"), ("R05", "R05"), ("K06.00", "K06.0"), ("I16.2", None), ("", None)],
)
def test_codes_of_an_older_index(icd10cm: Icd10cm, old: str, now: str | None) -> None:
    assert current_code(old, icd10cm) == now


@pytest.fixture(scope="module")
def installed(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the official index and tables."""
    folder = tmp_path_factory.mktemp("indexes")
    source = shared_data / "codesets/icd10cm"
    install_from("icd10cm-index", source / "icd10cm_index_2017.zip", home=folder)
    install_from("icd10cm-neoplasm", source / "icd10cm-neoplasm-April-1-2026-XML.xml", home=folder)
    install_from("icd10cm-drugs", source / "icd10cm-drug-April-1-2026-XML.xml", home=folder)
    install_from("icd10cm-external", source / "icd10cm-eindex-April-1-2026-XML.xml", home=folder)
    return folder


def test_the_official_index(installed: Path, icd10cm: Icd10cm) -> None:
    index = open_index(home=installed)
    assert index is not None
    assert sum(len(entry.path) == 1 for entry in index) == 7_973
    assert index.release.outdated(date(2026, 1, 1))
    coded = [entry for entry in index if entry.code]
    assert len(coded) == 59_412
    gone = [entry for entry in coded if current_code(entry.code, icd10cm) is None]
    assert len(gone) < 10


def test_the_official_tables(installed: Path, icd10cm: Icd10cm) -> None:
    neoplasms = open_neoplasm_table(home=installed)
    drugs = open_drug_table(home=installed)
    external = open_index(home=installed, system="icd10cm-external")
    assert neoplasms is not None
    assert drugs is not None
    assert external is not None
    breast = next(row for row in neoplasms if row.path[1:] == ("breast",))
    assert breast.malignant_primary.startswith("C50.9")
    assert all(row.malignant_primary in icd10cm for row in neoplasms if row.malignant_primary)
    aspirin = next(row for row in drugs if row.path == ("Aspirin",))
    assert (aspirin.poisoning_accidental, aspirin.adverse_effect, aspirin.underdosing) == (
        "T39.011",
        "T39.015",
        "T39.016",
    )
    assert sum(len(entry.path) == 1 for entry in external) == 314
