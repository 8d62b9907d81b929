"""CPT from a licensed user's files (all codes and descriptors here are made up) and the physician fee schedule."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.codes.cpt import find_cpt, open_cpt
from nosology.codes.diff import CodeChange, diff_releases
from nosology.codes.install import install_from
from nosology.codes.pfs import GLOBALS, INDICATORS, STATUSES, find_fee_schedule, open_fee_schedule
from nosology.codes.sources.cms_pfs import FEE_COLUMNS, parse_fees
from nosology.errors import ReleaseNotFound, UnknownCode, UnreadableInput, UsageError

HEAD = "CPT codes and descriptors are copyright 2026 of somebody; this file is made up.\n\n"
LONG = (
    HEAD + "00001\tMade-up operation on the left antenna, first\n00002\tMade-up look at the antenna\n0001T\tNew thing\n"
)
MEDIUM = HEAD + "00001 MADE-UP OPERATION ANTENNA\n00002 MADE-UP LOOK ANTENNA\n0001T NEW THING\n"
SHORT = HEAD + "00001 OPERATION ANTENNA\n00002 LOOK ANTENNA\n0001T NEW THING\n"
CONSUMER = "Concept Id\tCPT Code\tConsumer Friendly Descriptor\n123\t00001\tAn operation on your antenna\n"
CLINICIAN = "Concept Id\tCPT Code\tDescriptor Id\tDescriptor\n1\t00001\t7\tAntennectomy\n1\t00001\t8\tRemoval\n"
MODIFIERS = "Modifiers\n22\tMore work than usual\n50\tBoth antennae\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in {
        "LONGULT.txt": LONG, "MEDU.txt": MEDIUM, "SHORTU.txt": SHORT, "ConsumerDescriptor.txt": CONSUMER,
        "ClinicianDescriptor.txt": CLINICIAN, "MODUL.txt": MODIFIERS,
    }.items():  # fmt: skip
        (folder / name).write_text(text, "utf-8")
    return folder


def test_import(files: Path, tmp_path: Path, runner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    release = install_from("cpt", files, home=tmp_path)
    assert (release.effective_from, release.effective_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert release.counts == {"codes": 3, "modifiers": 2}
    cpt = open_cpt(home=tmp_path)
    code = cpt.get("00001")
    assert code.title == "Made-up operation on the left antenna, first"
    assert (code.medium, code.short) == ("MADE-UP OPERATION ANTENNA", "OPERATION ANTENNA")
    assert (code.consumer, code.clinician) == ("An operation on your antenna", "Antennectomy; Removal")
    assert cpt.modifiers() == {"22": "More work than usual", "50": "Both antennae"}
    assert "0001t" in cpt
    with pytest.raises(UnknownCode, match="no code of the imported CPT"):
        cpt.get("00003")
    monkeypatch.setenv("NOSOLOGY_HOME", str(tmp_path))
    assert "Antennectomy" in runner("lookup", "00001", "--system", "cpt", "--on", "2026-05-04").stdout
    assert "00001" in runner("search", "--system", "cpt", "antenectomy").stdout


def test_difference_of_two_imports(files: Path, tmp_path: Path) -> None:
    install_from("cpt", files, effective=date(2025, 1, 1), home=tmp_path)
    (files / "LONGULT.txt").write_text(
        LONG.replace("Made-up look at", "Longer look at").replace("0001T", "0002T"), "utf-8"
    )
    for name, text in (("MEDU.txt", MEDIUM), ("SHORTU.txt", SHORT)):
        (files / name).write_text(text.replace("0001T", "0002T"), "utf-8")
    install_from("cpt", files, effective=date(2026, 1, 1), home=tmp_path)
    changes = diff_releases("2025-01-01", "2026-01-01", system="cpt", home=tmp_path)
    assert [each.code for each in changes.added] == ["0002T"]
    assert [each.code for each in changes.deleted] == ["0001T"]
    assert changes.revised == (CodeChange("00002", "Longer look at the antenna", "Made-up look at the antenna"),)


def test_one_file_is_enough(files: Path, tmp_path: Path) -> None:
    install_from("cpt", files / "SHORTU.txt", effective=date(2025, 1, 1), home=tmp_path)
    assert open_cpt(home=tmp_path).get("00001").title == "OPERATION ANTENNA"


def test_not_imported_names_the_command(tmp_path: Path, runner: Any, home: Path) -> None:
    assert find_cpt(home=tmp_path) is None
    with pytest.raises(ReleaseNotFound, match="nosology codesets install cpt --from FILE"):
        open_cpt(home=tmp_path)
    result = runner("search", "--system", "cpt", "antenna")
    assert result.exit_code == 11
    assert "nosology codesets install cpt --from FILE" in " ".join(result.stderr.split())
    asked = runner("lookup", "00001")
    assert asked.exit_code == 2
    assert "nosology codesets install cpt --from FILE" in " ".join(asked.stderr.split())
    without = runner("codesets", "install", "cpt")
    assert without.exit_code == 2
    assert "--from FILE|DIR" in without.stderr


def test_files_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "LONGULT.txt"
    path.write_text("nothing of the kind\n", "utf-8")
    with pytest.raises(UnreadableInput, match="no file of a known kind"):
        install_from("cpt", path, effective=date(2026, 1, 1), home=tmp_path)
    path.write_text("00001\tSomething\n00002", "utf-8")
    with pytest.raises(UnreadableInput, match="cut off"):
        install_from("cpt", path, effective=date(2026, 1, 1), home=tmp_path)
    path.write_text("00001\tSomething\n", "utf-8")
    with pytest.raises(UsageError, match="--effective"):
        install_from("cpt", path, home=tmp_path)


@pytest.fixture(scope="module")
def fees(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fees")
    install_from("pfs", shared_data / "codesets" / "fees" / "PPRRVU2025_Oct_numbers.zip", home=folder)
    return folder


def test_fee_schedule(fees: Path) -> None:
    schedule = open_fee_schedule(on=date(2025, 11, 1), home=fees)
    assert (schedule.release.effective_from, schedule.release.effective_to) == (date(2025, 10, 1), date(2025, 12, 31))
    assert len(schedule) == 19_090
    visit = schedule.get("99214")
    assert (visit.status, visit.global_days, visit.work) == ("A", "XXX", Decimal("1.92"))
    assert visit.total_office == visit.work + visit.practice_office + visit.malpractice
    assert visit.conversion_factor == Decimal("32.3465")
    major = schedule.get("27447")
    assert (major.global_days, major.bilateral, major.multiple, major.assistant) == ("090", "1", "2", "2")
    assert major.preoperative + major.intraoperative + major.postoperative == 1
    assert schedule.get("71046").pc_tc == "1"
    assert schedule.get("71046", "26").work > 0
    assert schedule.get("71046", "tc").work == 0
    assert schedule.find("27447", "26") is None
    with pytest.raises(UnknownCode, match="not in the physician fee schedule"):
        schedule.get("99999")
    assert schedule.get("43226").endoscopic_base == "43200"


def test_difference_of_two_schedules(fees: Path, shared_data: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(shared_data / "codesets" / "fees" / "PPRRVU2025_Oct_numbers.zip") as published:
        name = published.namelist()[0]
        lines = published.read(name).decode("latin-1").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("27447")]
    changed = [line.replace("1.92", "2.92", 1) if line.startswith("99214") else line for line in kept]
    later = tmp_path / "PPRRVU2026_Jan.csv"
    later.write_text("".join(changed), "latin-1")
    install_from("pfs", later, effective=date(2026, 1, 1), home=fees)
    changes = diff_releases("2025-10-01", "2026-01-01", system="pfs", home=fees)
    assert changes.added == ()
    assert [each.code for each in changes.deleted] == ["27447"]
    assert [each.code for each in changes.revised] == ["99214"]
    assert changes.revised[0].before.startswith("status A, ")


def test_every_value_has_a_meaning(fees: Path) -> None:
    for row in open_fee_schedule(home=fees):
        assert row.status in STATUSES
        assert row.global_days in GLOBALS
        for field, meanings in INDICATORS.items():
            assert getattr(row, field) in meanings, (row.code, field)


def test_fees_not_installed(tmp_path: Path) -> None:
    assert find_fee_schedule(home=tmp_path) is None
    with pytest.raises(ReleaseNotFound, match="nosology codesets install pfs --from FILE"):
        open_fee_schedule(home=tmp_path)


def fee_file(rows: int, *, figure: str = "0.00", cells: int = 31) -> str:
    heads = ["HCPCS", "MOD", "DESCRIPTION", "CODE", "PAYMENT", *(["X"] * 26)]
    heads[14], heads[24] = "DAYS", "FACTOR"
    line = [
        "",
        "",
        "",
        "A",
        "",
        "1.00",
        "1.00",
        "",
        "1.00",
        "",
        figure,
        "3",
        "3",
        "0",
        "000",
        "0.1",
        "0.8",
        "0.1",
        *("00000"),
    ]
    line += ["", "32.3465", "09", "0", "99", "0", "0", "0"]
    made = [",".join([f"{n:05}", *line[1:]][:cells]) for n in range(rows)]
    return "\n".join([",,remark,", ",".join(heads), *made])


def test_fee_files_that_are_damaged() -> None:
    assert len(parse_fees(fee_file(10_000), name="x")[0]) == len(FEE_COLUMNS)
    for text, says in (
        (fee_file(100), "only 100 rows"),
        (fee_file(10_000, figure="1.0O"), "a figure that is none"),
        (fee_file(10_000, cells=20), "cut off"),
        ("00001,,x", "no heads"),
        (fee_file(10_000).replace("DAYS", "NIGHTS"), "columns"),
    ):
        with pytest.raises(UnreadableInput, match=says):
            parse_fees(text, name="x")
