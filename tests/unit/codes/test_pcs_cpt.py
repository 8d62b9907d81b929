"""The crosswalk of ICD-10-PCS and CPT that a licensed user brings along."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nosology.codes.describe_books import describe_in_books
from nosology.codes.install import install_from
from nosology.codes.pcs_cpt import find_pcs_cpt
from nosology.codes.sources.pcs_cpt import is_pcs_cpt, parse_pcs_cpt
from nosology.errors import UnreadableInput

ON = date(2026, 5, 4)


def test_it_is_read_installed_and_looked_up(tmp_path: Path) -> None:
    file = tmp_path / "crosswalk-2023.csv"
    file.write_text(
        '"ICD-10-PCS Code","Note","CPT Code"\n0DTJ4ZZ,made up,99999\n0DTJ4ZZ,again,99999\n0DTJ0ZZ,,99998\nx,,y\n'
    )
    assert find_pcs_cpt(home=tmp_path) is None
    install_from("pcs-cpt", file, home=tmp_path)
    crosswalk = find_pcs_cpt(on=ON, home=tmp_path)
    assert crosswalk is not None
    assert len(crosswalk) == 2
    assert crosswalk.to_cpt("0dtj4zz") == ("99999",)
    assert crosswalk.to_pcs("99998") == ("0DTJ0ZZ",)
    found = describe_in_books("0DTJ4ZZ", on=ON, system="icd10pcs", home=tmp_path)
    assert found is not None
    assert found["maps"]["crosswalk"] == {"system": "cpt", "codes": ["99999"]}


@pytest.mark.parametrize(
    ("head", "is_one"),
    [("PCS,CPT", True), ("icd10pcs_code\tcpt_code", True), ("cpt,description", False), ("pcs,cpt description", False)],
)
def test_heads(head: str, is_one: bool) -> None:
    assert is_pcs_cpt(head) is is_one


def test_what_holds_no_pair_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="no row"):
        parse_pcs_cpt("PCS,CPT\nabc,def\n", name="file.csv")
    with pytest.raises(UnreadableInput, match="no columns"):
        parse_pcs_cpt("code,title\n1,2\n", name="file.csv")
