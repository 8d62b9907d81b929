"""HCPCS Level II: the forms that CMS publishes, codes in force by date, differences, damaged files."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from nosology.codes.diff import diff_releases
from nosology.codes.hcpcs import find_hcpcs, open_hcpcs
from nosology.codes.install import install_from
from nosology.codes.sources.service_files import detect_service_kind, quarter_end, quarter_named
from nosology.errors import ReleaseNotFound, UnknownCode, UnreadableInput, UsageError

ZIP = "2020-Alpha-Numeric-HCPCS-File.zip"


@pytest.fixture(scope="module")
def installed(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hcpcs")
    install_from("hcpcs", shared_data / "codesets" / "hcpcs" / ZIP, home=folder)
    install_from("hcpcs", shared_data / "codesets" / "hcpcs", home=folder)
    return folder


def record(code: str, title: str, *, kind: str = "3", ended: str = "") -> str:
    line = f"{code:>5}00100{kind}{title:<80}{'Short':<28}51      A"
    line = f"{line:<229}D".ljust(256) + "O1E 1P"
    return f"{line:<268}19980101" + "20000101" + f"{ended:<8}" + "N".ljust(28)


def fixed(size: int = 6000, *, last: str = "V5364") -> str:
    lines = ["Note regarding coverage and payment indicators", record("AA", "Made-up modifier", kind="7")]
    lines += [
        record(f"J{n:04}", "Injection, made-up drug with a long title that", ended="20200331") for n in range(size)
    ]
    lines += [f"J{size - 1:04}00200" + "4" + "goes on".ljust(80), record(last, "Last one")]
    return "\n".join(lines)


def test_fixed_width_as_published(installed: Path) -> None:
    hcpcs = open_hcpcs(on=date(2020, 6, 1), home=installed)
    assert hcpcs.release.effective_from == date(2020, 1, 1)
    assert hcpcs.release.counts == {"codes": 6710, "modifiers": 369}
    code = hcpcs.get("j1030")
    assert (code.title, code.short) == ("Injection, methylprednisolone acetate, 40 mg", "Methylprednisolone 40 mg inj")
    assert (code.added, code.ended) == (date(1982, 1, 1), None)
    assert code.attributes["coverage"] == "D"
    assert code.attributes["pricing"] == "51"
    assert code.attributes["betos"] == "O1E"
    assert code.attributes["type_of_service"] == "1, P"
    assert (
        hcpcs.get("AD").title == "Medical supervision by a physician: more than four concurrent anesthesia procedures"
    )
    assert hcpcs.get("J7321").attributes["asc_group"] == "YY"


def test_csv_forms_with_the_modifiers_of_the_file_beside_them(installed: Path) -> None:
    hcpcs = open_hcpcs(on=date(2024, 8, 1), home=installed)
    assert (hcpcs.release.effective_from, hcpcs.release.effective_to) == (date(2024, 7, 1), date(2024, 9, 30))
    assert len(hcpcs) == 8033
    assert len(hcpcs.modifiers()) == 369
    assert not hcpcs.in_force("J1030", date(2024, 8, 1))
    assert hcpcs.in_force("J1030", date(2024, 3, 31))
    assert hcpcs.in_force("J1010", date(2024, 4, 1))
    assert not hcpcs.in_force("J1010", date(2024, 3, 31))
    assert hcpcs.get("J3490").attributes["unclassified"] == "yes"
    assert hcpcs.get("RT").is_modifier
    assert "X9999" not in hcpcs
    with pytest.raises(UnknownCode, match="no code of HCPCS"):
        hcpcs.get("X9999")
    assert [each.code for each in hcpcs.neighbours("J1020", reach=1)] == ["J1010", "J1030"]


def test_difference_between_two_releases(installed: Path) -> None:
    diff = diff_releases("2020-01-01", "2024-07-01", system="hcpcs", home=installed)
    assert "J1010" in {each.code for each in diff.added}
    assert "J1030" in {each.code for each in diff.deleted}
    with pytest.raises(UsageError, match="not compared"):
        diff_releases("2020-01-01", "2024-07-01", system="ccsr", home=installed)


def test_not_installed_names_the_command(tmp_path: Path) -> None:
    assert find_hcpcs(home=tmp_path) is None
    with pytest.raises(ReleaseNotFound, match="nosology codesets install hcpcs --from FILE"):
        open_hcpcs(home=tmp_path)


def test_made_up_file_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "HCPC2024_OCT_ANWEB.txt"
    path.write_text(fixed(), "cp1252")
    release = install_from("hcpcs", path, home=tmp_path)
    assert (release.effective_from, release.effective_to) == (date(2024, 10, 1), date(2024, 12, 31))
    hcpcs = open_hcpcs(home=tmp_path)
    assert hcpcs.get("J5999").title.endswith("that goes on")
    assert hcpcs.get("J0001").ended == date(2020, 3, 31)
    assert hcpcs.modifiers()[0].title == "Made-up modifier"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (fixed(100), "only 101 codes"),
        (fixed(last="U0001"), "no code of section V"),
        (fixed()[:-200], "cut off"),
        (fixed().replace("J5999002004", "J5000002004"), "continues a title"),
    ],
)
def test_damaged_files_are_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "HCPC2024_OCT_ANWEB.txt"
    path.write_text(text, "cp1252")
    with pytest.raises(UnreadableInput, match=says):
        install_from("hcpcs", path, home=tmp_path)
    assert find_hcpcs(home=tmp_path) is None


def test_csv_without_titles_is_refused(shared_data: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="name the folder"):
        install_from("hcpcs", shared_data / "codesets" / "hcpcs" / "hcpcs_lvl2.csv.gz", home=tmp_path)


def test_truncated_gz_is_refused(shared_data: Path, tmp_path: Path) -> None:
    whole = (shared_data / "codesets" / "hcpcs" / "hcpcs_lvl2.csv.gz").read_bytes()
    (tmp_path / "hcpcs_lvl2.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableInput, match="truncated gz"):
        install_from("hcpcs", tmp_path / "hcpcs_lvl2.csv.gz", home=tmp_path)


def test_a_file_without_a_date_asks_for_one(tmp_path: Path) -> None:
    path = tmp_path / "hcpcs.txt"
    path.write_text(fixed(), "cp1252")
    with pytest.raises(UsageError, match="--effective"):
        install_from("hcpcs", path, home=tmp_path)
    assert install_from("hcpcs", path, effective=date(2025, 4, 1), home=tmp_path).effective_to == date(2025, 6, 30)


def sheet(rows: list[list[str]]) -> str:
    cells = (
        "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row).join(("<row>", "</row>"))
        for row in rows
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{"".join(cells)}</sheetData></worksheet>'


def test_workbook_form(tmp_path: Path) -> None:
    heads = [
        "HCPC",
        "SEQNUM",
        "RECID",
        "LONG DESCRIPTION",
        "SHORT DESCRIPTION",
        "PRICE1",
        "COV",
        "BETOS",
        "TOS1",
        "TOS2",
    ]
    heads += ["ADD DT", "ACT EFF DT", "TERM DT", "ACTION CD"]
    rows = [["Note regarding coverage"], [], heads]
    rows += [
        [f"J{n:04}", "00100", "3", f"Injection {n}", "Inj", "51", "D", "O1E", "1", "P", "20240101", "20240101", "", "N"]
        for n in range(6000)
    ]
    rows += [
        ["V5364", "00100", "3", "Last one", "Last", "00", "S", "Z2", "9", "", "19980101", "19980101", "20241231", "N"]
    ]
    rows += [["RT", "00100", "7", "Side", "Side", "", "C", "", "", "", "19840101", "19840101", "", "N"]]
    path = tmp_path / "HCPC2025_JAN_ANWEB.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet(rows))
    install_from("hcpcs", path, home=tmp_path)
    hcpcs = open_hcpcs(on=date(2025, 2, 1), home=tmp_path)
    assert hcpcs.get("J0007").attributes == {
        "pricing": "51", "coverage": "D", "betos": "O1E", "type_of_service": "1, P", "action": "N",
    }  # fmt: skip
    assert hcpcs.get("V5364").ended == date(2024, 12, 31)
    assert hcpcs.get("RT").is_modifier


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("HCPC2024_JUL_ANWEB_06282024.txt", date(2024, 7, 1)),
        ("october-2025-alpha-numeric-hcpcs-file.zip/x.txt", date(2025, 10, 1)),
        ("2020-Alpha-Numeric-HCPCS-File.zip/HCPC2020_ANWEB.txt", date(2020, 1, 1)),
        ("hcpcs.txt", None),
    ],
)
def test_quarters_by_name(name: str, day: date | None) -> None:
    assert quarter_named(name) == day


def test_quarter_ends() -> None:
    assert [quarter_end(date(2025, month, 15)) for month in (1, 5, 9, 12)] == [
        date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31),
    ]  # fmt: skip


def test_other_files_are_none_of_these() -> None:
    assert detect_service_kind("x.txt", "00001 A00     0 Cholera") == ""
