"""ICD-10-PCS tables: only legal codes are built; the published tables give exactly the published codes."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from nosology.codes.icd10pcs import Icd10pcs
from nosology.codes.install import install_from
from nosology.codes.pcs_builder import build_code, choose_value
from nosology.codes.pcs_index import PcsIndex
from nosology.codes.pcs_tables import PcsTables
from nosology.codes.sources import cms_pcs
from nosology.codes.sources.cms_pcs import parse_pcs_definitions, parse_pcs_tables
from nosology.errors import UnknownCode, UnreadableInput

TABLES = b"""<?xml version="1.0"?>
<ICD10PCS.tabular><version>2026</version>
<pcsTable>
 <axis pos="1"><title>Section</title><label code="0">Cutting</label></axis>
 <axis pos="2"><title>Body System</title><label code="F">Bile</label></axis>
 <axis pos="3"><title>Operation</title><label code="T">Taking out</label><definition>All of it</definition></axis>
 <pcsRow codes="4">
  <axis pos="4"><title>Body Part</title><label code="0">Liver</label><label code="4">Gall Sac</label></axis>
  <axis pos="5"><title>Approach</title><label code="0">Open</label><label code="4">Through a Scope</label></axis>
  <axis pos="6"><title>Device</title><label code="Z">No Device</label></axis>
  <axis pos="7"><title>Qualifier</title><label code="Z">No Qualifier</label></axis>
 </pcsRow>
 <pcsRow codes="1">
  <axis pos="4"><title>Body Part</title><label code="1">Liver, Right</label></axis>
  <axis pos="5"><title>Approach</title><label code="0">Open</label></axis>
  <axis pos="6"><title>Device</title><label code="Z">No Device</label></axis>
  <axis pos="7"><title>Qualifier</title><label code="X">Of a Twin</label></axis>
 </pcsRow>
</pcsTable></ICD10PCS.tabular>"""

DEFINITIONS = b"""<?xml version="1.0"?>
<ICD10PCS.definitions><version>2026</version><section code="0"><title>Cutting</title>
<axis pos="3"><title>Operation</title><terms><title>Taking out</title><definition>All of a part</definition>
<explanation>Not a piece of it</explanation></terms></axis>
<axis pos="4"><title>Body Part</title><terms><title>Gall Sac</title><includes>Bladder of bile</includes></terms></axis>
</section></ICD10PCS.definitions>"""


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PcsTables:
    monkeypatch.setattr(cms_pcs, "_FEWEST_CODES", 1)
    folder = tmp_path / "published"
    folder.mkdir()
    (folder / "icd10pcs_tables_2026.xml").write_bytes(TABLES)
    (folder / "icd10pcs_definitions_2026.xml").write_bytes(DEFINITIONS)
    return PcsTables(install_from("icd10pcs-tables", folder, home=tmp_path / "home"))


def test_every_combination_of_a_row_and_no_other_is_a_code(tables: PcsTables) -> None:
    legal = {"0FT00ZZ", "0FT04ZZ", "0FT40ZZ", "0FT44ZZ", "0FT10ZX"}
    assert set(tables.codes()) == legal
    characters = "014FTXZ"
    for four in product(characters, repeat=4):
        code = "0FT" + "".join(four)
        assert (code in tables) == (code in legal)


def test_what_may_come_next(tables: PcsTables) -> None:
    assert [v.code for v in tables.next_values("")] == ["0"]
    assert [v.code for v in tables.next_values("0FT")] == ["0", "4", "1"]
    assert [v.code for v in tables.next_values("0ft1")] == ["0"]
    assert tables.next_values("0FT44ZZ") == ()
    assert tables.next_values("9") == ()


def test_axes_and_their_meaning(tables: PcsTables) -> None:
    axes = tables.axes("0FT44ZZ")
    assert [v.label for v in axes][3:] == ["Gall Sac", "Through a Scope", "No Device", "No Qualifier"]
    assert tables.meaning("0", axes[2]).definition == "All of a part"
    assert tables.meaning("0", axes[2]).explanation == "Not a piece of it"
    assert tables.key("0", 4) == {"bladder of bile": ("Gall Sac",)}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("0FT44ZX", "character 7 (Qualifier) cannot be 'X' after 0FT44Z; it may be Z No Qualifier"),
        ("0FX", "character 3 (Operation) cannot be 'X' after 0F"),
        ("0FT44ZZZ", "seven characters"),
    ],
)
def test_an_illegal_code_says_where_and_what_may_stand(tables: PcsTables, code: str, said: str) -> None:
    with pytest.raises(UnknownCode) as wrong:
        tables.axes(code)
    assert said in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_building_by_words(tables: PcsTables) -> None:
    draft = build_code(tables, ["0", "bile", "taking", "gall", "scope"])
    assert draft.code == "0FT44ZZ"
    assert draft.whole
    assert build_code(tables, ["0", "F", "T"]).following == tables.next_values("0FT")
    assert build_code(tables, ["0", "F", "T", "4", "4", "", "Z"]).code == "0FT44ZZ"
    with pytest.raises(UnknownCode, match="Body Part is left out"):
        build_code(tables, ["0", "F", "T", "", "4"])
    with pytest.raises(UnknownCode, match="fits 2 values"):
        choose_value("liv", tables.next_values("0FT"))
    assert choose_value("liver", tables.next_values("0FT")).code == "0"  # the whole label goes before a longer one


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TABLES.replace(b'codes="4"', b'codes="5"'), "gives 4 codes and says 5"),
        (
            TABLES.replace(b'<axis pos="7"><title>Qualifier</title><label code="X">Of a Twin</label></axis>', b""),
            "seven",
        ),
        (TABLES.replace(b'<label code="X">Of a Twin</label>', b""), "without place or values"),
        (TABLES[:900], "truncated"),
        (TABLES, "only 5 codes"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableInput) as wrong:
        parse_pcs_tables(data, name="tables.xml")
    assert said in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_definitions_without_terms_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="single term"):
        parse_pcs_definitions(b"<ICD10PCS.definitions/>", name="d.xml")


def test_the_published_tables_are_exactly_the_published_codes(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "codesets" / "icd10pcs"
    tables = PcsTables(install_from("icd10pcs-tables", folder / "icd10pcs_2026_xml.zip", home=tmp_path))
    order = Icd10pcs(install_from("icd10pcs", folder / "2026-code-descriptions.zip", home=tmp_path))
    built = list(tables.codes())
    assert len(built) == len(set(built)) == 79_115
    assert set(built) == set(order.codes())
    assert all(code in tables for code in built)
    # a code with any one character changed is a code only if the order file has it
    alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    for code in built[:: len(built) // 60]:
        for place, other in product(range(7), alphabet):
            changed = code[:place] + other + code[place + 1 :]
            assert (changed in tables) == order.is_billable(changed)
    assert len({code[0] for code in built}) == 17


def test_the_published_index(shared_data: Path, tmp_path: Path) -> None:
    path = shared_data / "codesets" / "icd10pcs" / "icd10pcs_index_2025.zip"
    index = PcsIndex(install_from("icd10pcs-index", path, home=tmp_path))
    assert len(index) > 20_000
    found = index.entries_below("cholecystectomy")
    assert [(e.see, e.codes) for e in found if e.codes] == [
        ("Excision, Gallbladder", ("0FB4",)),
        ("Resection, Gallbladder", ("0FT4",)),
    ]
    assert any(e.use == "Peritoneal Cavity" for e in index.entries_below("Abdominal cavity"))
