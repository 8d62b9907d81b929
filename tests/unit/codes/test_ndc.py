"""NDC: ten and eleven digits, the directory and the crosswalk as published (in small, made up), units of measure."""

# ruff: noqa: E501  (rows of the files as published)
from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.codes.diff import diff_releases
from nosology.codes.install import install_from
from nosology.codes.ndc import find_ndc_directory, ndc_unit, open_ndc_directory, read_ndc
from nosology.codes.ndc_crosswalk import find_ndc_crosswalk, open_ndc_crosswalk
from nosology.coding.drugs.ndc_line import read_line_ndc
from nosology.errors import ReleaseNotFound, UnreadableInput
from nosology.lexicon.book_search import search_titles

PRODUCT = "\t".join(
    [
        "PRODUCTID", "PRODUCTNDC", "PRODUCTTYPENAME", "PROPRIETARYNAME", "PROPRIETARYNAMESUFFIX", "NONPROPRIETARYNAME",
        "DOSAGEFORMNAME", "ROUTENAME", "STARTMARKETINGDATE", "ENDMARKETINGDATE", "MARKETINGCATEGORYNAME",
        "APPLICATIONNUMBER", "LABELERNAME", "SUBSTANCENAME", "ACTIVE_NUMERATOR_STRENGTH", "ACTIVE_INGRED_UNIT",
        "PHARM_CLASSES", "DEASCHEDULE", "NDC_EXCLUDE_FLAG", "LISTING_RECORD_CERTIFIED_THROUGH",
    ]
)  # fmt: skip
PACKAGE = "\t".join(
    [
        "PRODUCTID", "PRODUCTNDC", "NDCPACKAGECODE", "PACKAGEDESCRIPTION", "STARTMARKETINGDATE", "ENDMARKETINGDATE",
        "NDC_EXCLUDE_FLAG", "SAMPLE_PACKAGE",
    ]
)  # fmt: skip
PRODUCTS = f"""{PRODUCT}
0999-1234_a\t0999-1234\tHUMAN PRESCRIPTION DRUG\tExemplin\t\texamplinum\tINJECTION, SOLUTION\tINTRAMUSCULAR\t20200115\t\tNDA\tNDA1\tMade Up Labs\tEXAMPLINUM\t40\tmg/mL\t\t\tN\t20261231
99999-123_b\t99999-123\tHUMAN PRESCRIPTION DRUG\tHelperol\t\thelperol\tINJECTION, POWDER, FOR SOLUTION\tINTRAVENOUS\t20240401\t20250630\tNDA\tNDA2\tMade Up Labs\tHELPEROL\t250\tmg/1\t\tCII\tN\t20261231
"""
PACKAGES = f"""{PACKAGE}
0999-1234_a\t0999-1234\t0999-1234-05\t25 VIAL, SINGLE-DOSE in 1 CARTON (0999-1234-05)  > 1 mL in 1 VIAL, SINGLE-DOSE\t20200115\t\tN\tN
99999-123_b\t99999-123\t99999-123-10\t10 VIAL in 1 CARTON (99999-123-10)\t20240401\t20250630\tN\tN
"""
CROSSWALK = """Crosswalk of a made-up quarter,,,,,,,,,
_2025_CODE,LABELER NAME,NDC2,Drug Name,LABELER,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG
J9999,Made Up Labs,00999-1234-05,Exemplin,0999,10 mg,1,25,4,100
J9998,Made Up Labs,99999-0123-10,Helperol,99999,per 250 mg,1,10,1,10
"""


@pytest.mark.parametrize(
    ("text", "eleven"),
    [
        ("0999-1234-05", "00999123405"),
        ("99999-123-10", "99999012310"),
        ("99999-1234-1", "99999123401"),
        ("00999-1234-05", "00999123405"),
        ("00999123405", "00999123405"),
        ("NDC 0999-1234-05", "00999123405"),
        ("NDC: 0999\u20131234\u201305", "00999123405"),
        ("N400999123405", "00999123405"),
        ("ndc# 99999-123-10", "99999012310"),
    ],
)
def test_eleven_digits(text: str, eleven: str) -> None:
    ndc = read_ndc(text).ndc
    assert ndc is not None
    assert ndc.eleven == eleven


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("0999123405", "ndc.ambiguous"),
        ("099912340", "ndc.malformed"),
        ("009991234055", "ndc.malformed"),
        ("0999-1234", "ndc.malformed"),
        ("999-1234-05", "ndc.malformed"),
        ("0999-123-05", "ndc.malformed"),
        ("0999-1234-AB", "ndc.malformed"),
        ("", "ndc.malformed"),
        ("0999 1234 05", "ndc.malformed"),
    ],
)
def test_what_is_no_ndc_is_said_and_not_guessed(text: str, rule: str) -> None:
    reading = read_ndc(text)
    assert reading.ndc is None
    assert reading.finding is not None
    assert reading.finding.rule == rule
    assert "21 CFR 207.33" in reading.finding.citation
    assert bool(reading.candidates) == (rule == "ndc.ambiguous")


def test_back_to_ten_digits() -> None:
    reading = read_ndc("00999-1234-05")
    assert reading.ndc is not None
    assert reading.ndc.ten_digit_forms == ("0999-1234-05", "00999-1234-5")
    only = read_ndc("99999-0123-10").ndc
    assert only is not None
    assert only.ten_digit_forms == ("99999-123-10",)


@pytest.mark.parametrize(
    ("description", "form", "unit"),
    [
        ("25 VIAL, SINGLE-DOSE in 1 CARTON  > 1 mL in 1 VIAL, SINGLE-DOSE", "INJECTION, SOLUTION", "ML"),
        ("10 VIAL in 1 CARTON > 10 mL in 1 VIAL", "INJECTION, POWDER, LYOPHILIZED, FOR SOLUTION", "UN"),
        ("100 TABLET in 1 BOTTLE", "TABLET", "UN"),
        ("30 g in 1 TUBE", "CREAM", "GR"),
        ("1 KIT in 1 CARTON", "KIT", "UN"),
        ("1000 [iU] in 1 VIAL", "", "F2"),
        ("something else", "", ""),
    ],
)
def test_unit_of_measure(description: str, form: str, unit: str) -> None:
    assert ndc_unit(description, form) == unit


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    (source / "product.txt").write_text(PRODUCTS, "utf-8")
    (source / "package.txt").write_text(PACKAGES, "utf-8")
    (source / "January 2025 NDC-HCPCS Crosswalk.csv").write_text(CROSSWALK, "utf-8")
    return source


def test_packages_that_left_the_market(directory: Path, tmp_path: Path) -> None:
    install_from("ndc", directory, effective=date(2025, 1, 1), home=tmp_path)
    install_from("ndc", directory, effective=date(2026, 1, 1), home=tmp_path)
    changes = diff_releases("2025-01-01", "2026-01-01", system="ndc", home=tmp_path)
    assert [each.code for each in changes.deleted] == ["99999-0123-10"]
    assert (changes.added, changes.revised) == ((), ())


def test_directory_and_crosswalk(directory: Path, tmp_path: Path, runner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    release = install_from("ndc", directory, effective=date(2024, 1, 1), home=tmp_path)
    assert release.counts == {"products": 2, "packages": 2}
    install_from("ndc-hcpcs", directory, home=tmp_path)
    ndc = read_ndc("0999-1234-05").ndc
    assert ndc is not None
    package = open_ndc_directory(home=tmp_path).get(ndc)
    assert package is not None
    assert (package.name, package.generic, package.unit) == ("Exemplin", "examplinum", "ML")
    assert package.strength == "40"
    assert open_ndc_directory(home=tmp_path).choose(read_ndc("0999123405")) == package
    assert [each.ndc.eleven for each in open_ndc_directory(home=tmp_path).named("HELPEROL")] == ["99999012310"]
    crosswalk = open_ndc_crosswalk(on=date(2025, 2, 1), home=tmp_path)
    (row,) = crosswalk.of_ndc(ndc)
    assert (row.code, row.units_per_ndc_unit) == ("J9999", 4)
    assert row.ndc_quantity(6) == Decimal("1.5")
    assert [each.ndc.eleven for each in crosswalk.of_code("j9998")] == ["99999012310"]
    monkeypatch.setenv("NOSOLOGY_HOME", str(tmp_path))
    shown = runner("lookup", "0999-1234-05", "--system", "ndc", "--on", "2025-02-01")
    assert shown.exit_code == 0
    assert "00999123405" in shown.stdout
    assert "J9999" in shown.stdout
    assert runner("lookup", "0999-1234", "--system", "ndc", "--on", "2025-02-01").exit_code == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("package.txt", "0999-1234_a\t0999-1234\t0999-1234-05", "x\t0999-1234\t0999-1234-05", "has no product"),
        ("package.txt", "\t99999-123-10\t10", "\t99999-1-10\t10", "is no NDC"),
        ("package.txt", "NDCPACKAGECODE\t", "NDCPACKAGECODE2\t", "no column NDCPACKAGECODE"),
        ("product.txt", "\tMade Up Labs\tHELPEROL\t250\tmg/1\t\tCII\tN\t20261231", "", "cut off"),
    ],
)
def test_damaged_directory(directory: Path, tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    text = (directory / file).read_text("utf-8")
    assert old in text
    (directory / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(UnreadableInput, match=says):
        install_from("ndc", directory, effective=date(2024, 1, 1), home=tmp_path)
    assert find_ndc_directory(home=tmp_path) is None


def test_damaged_crosswalk(directory: Path, tmp_path: Path) -> None:
    path = directory / "January 2025 NDC-HCPCS Crosswalk.csv"
    path.write_text(CROSSWALK.replace("1,25,4,100", "0,25,4,100"), "utf-8")
    with pytest.raises(UnreadableInput, match="figure"):
        install_from("ndc-hcpcs", path, home=tmp_path)
    assert find_ndc_crosswalk(home=tmp_path) is None


def test_not_installed(tmp_path: Path) -> None:
    with pytest.raises(ReleaseNotFound, match="nosology codesets install ndc --from FILE"):
        open_ndc_directory(home=tmp_path)
    with pytest.raises(ReleaseNotFound, match="nosology codesets install ndc-hcpcs --from FILE"):
        open_ndc_crosswalk(home=tmp_path)


@pytest.mark.parametrize(
    ("text", "code", "steps", "findings"),
    [
        ("Exemplin 20 mg IM given, NDC 0999-1234-05, 0.5 mL", "J9999", ["N400999123405 ML 0.5 (millilitre)"], []),
        ("Exemplin 20 mg IM given, NDC 0999-1234-05", "J9999", ["N400999123405 ML 0.5 (millilitre)"], []),
        ("Exemplin 20 mg IM given, NDC 0999123405", "J9999", ["N400999123405 ML 0.5 (millilitre)"], []),
        ("Exemplin 20 mg IM given, NDC 0999-1234-05", "J9998", ["N400999123405 ML (millilitre)"], ["ndc.other"]),
        ("Exemplin given, NDC 88888-1234-05, qty 2 UN", "J9999", ["N488888123405 UN 2 (unit (each vial, tablet, kit))"],
         ["ndc.unknown"]),
        ("Exemplin given, NDC 123-45-6789", "J9999", [], ["ndc.malformed"]),
        ("Exemplin given, NDC 0999-1234-05 and NDC 99999-123-10", "J9999", [], []),
        ("Exemplin given", "J9999", [], []),
    ],
)  # fmt: skip
def test_on_the_line_of_a_drug(
    directory: Path, tmp_path: Path, text: str, code: str, steps: list[str], findings: list[str]
) -> None:
    install_from("ndc", directory, effective=date(2024, 1, 1), home=tmp_path)
    install_from("ndc-hcpcs", directory / "January 2025 NDC-HCPCS Crosswalk.csv", home=tmp_path)
    found, wrong = read_line_ndc([text], code, 2, on=date(2025, 2, 1), home=tmp_path)
    assert [step.result for step in found] == steps
    assert [finding.rule for finding in wrong] == findings


def test_without_a_directory_the_stated_digits_stand(tmp_path: Path) -> None:
    found, wrong = read_line_ndc(["given, NDC 0999-1234-05"], "J9999", 2, on=date(2025, 2, 1), home=tmp_path)
    assert ([step.result for step in found], wrong) == (["N400999123405"], ())
    found, wrong = read_line_ndc(["given, NDC 0999123405"], "J9999", 2, on=date(2025, 2, 1), home=tmp_path)
    assert (found, [finding.rule for finding in wrong]) == ((), ["ndc.ambiguous"])


def test_search(tmp_path: Path) -> None:
    """Once among the packages that hold the words, then in the whole directory: the same answers."""
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "product.txt").write_text(PRODUCTS, "utf-8")
    (folder / "package.txt").write_text(PACKAGES, "utf-8")
    install_from("ndc", folder, effective=date(2026, 1, 1), home=tmp_path)
    directory = open_ndc_directory(home=tmp_path)
    assert [each.name for each in directory.with_words(["helperol", "nowhere"])] == ["Helperol"]
    assert len(list(directory)) == 2
    for query in ("helperol powder", "helperol powder", "exempln injection", "Made Up Labs 40 mg"):
        hits = search_titles(query, system="ndc", home=tmp_path)
        assert hits[0].code == ("99999-0123-10" if "helperol" in query else "00999-1234-05"), query
