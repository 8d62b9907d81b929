"""NCCI releases: what is installed from which file, what is refused, what stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nosology.codes.install import install_from
from nosology.codes.ncci import open_ncci
from nosology.codes.ncci_keys import encode_code
from nosology.codes.sources.cms_ncci import detect_ncci, ncci_quarter, parse_ncci
from nosology.errors import ReleaseNotFound, UnreadableInput


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("ncci_ptp_practitioner_2024q3_active.parquet", date(2024, 7, 1)),
        ("MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", date(2024, 7, 1)),
        ("medicare-ncci-2026q2-practitioner.zip/ccipra-v322r0-f1.txt", date(2026, 4, 1)),
        ("ccioph-v300r0-f1.txt", date(2024, 1, 1)),
        ("other.txt", None),
    ],
)
def test_quarter_of_a_name(name: str, day: date | None) -> None:
    assert ncci_quarter(name) == day


def test_kinds_are_told_apart() -> None:
    ptp = "Column 1\tColumn 2\tEffective\tDeletion\tModifier"
    assert detect_ncci("ccipra-v322r0-f1.txt", ptp) == "ncci-ptp-practitioner"
    assert detect_ncci("ccioph-v322r0-f1.txt", ptp) == "ncci-ptp-hospital"
    assert detect_ncci("ncci_mue_dme.csv", "hcpcs_code,mue_units,mue_mai") == "ncci-mue-supplier"
    assert detect_ncci("a.csv", "primary_code,add_on_code,aoc_edit_type") == "ncci-aoc"
    assert detect_ncci("a.csv", "HCPCS,MOD,DESCRIPTION") == ""


def test_a_truncated_file_is_refused() -> None:
    text = "Column 1\tColumn 2\tEffective\tDeletion\tModifier\tRationale\nA0001\tA0002\t20200101\t*\t1\tx"
    with pytest.raises(UnreadableInput, match="truncated"):
        parse_ncci("ncci-ptp-practitioner", "a.txt", text.encode(), text)
    with pytest.raises(UnreadableInput, match="columns"):
        parse_ncci("ncci-aoc", "a.txt", b"x", "x,y\n1,2")


def test_what_is_at_hand(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "codesets" / "ncci"
    for name in ("ncci_mue_prac.csv.gz", "ncci_aoc.csv.gz"):
        release = install_from("ncci", folder / name, effective=date(2024, 7, 1), home=tmp_path)
    assert release.counts == {"aoc": 7465, "mue_practitioner": 14677}  # the second kept the first
    book = open_ncci(on=date(2024, 8, 1), home=tmp_path)
    found = book.mue("practitioner", "20610")
    assert found is not None
    assert (found.units, found.indicator) == (2, 3)
    with pytest.raises(ReleaseNotFound, match=r"ptp\.practitioner"):
        book.ptp("practitioner", "11042", "97597", 20240801)
    assert encode_code("11042") > 0
