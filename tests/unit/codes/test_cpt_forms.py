"""The forms in which a licensed user may hold CPT (codes and descriptors are made up), and add-on codes."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nosology.codes.cpt import open_cpt
from nosology.codes.install import install_from
from nosology.errors import UnreadableInput

ROWS = [
    ("00001", "Made-up operation on the antenna"),
    ("00002", "Made-up operation, each further antenna (List separately in addition to code for primary procedure)"),
    ("00003", "Second look (list separately in addition to code; use in conjunction with 00001, 00005-00007)"),
    ("0001T", "New thing"),
]


def _workbook(path: Path, rows: list[tuple[str, ...]]) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = [
        "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) for row in [("Code", "Text"), *rows]
    ]
    sheet = f'<worksheet xmlns="{main}"><sheetData>' + "".join(f"<row>{row}</row>" for row in cells)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet + "</sheetData></worksheet>")


def _write(path: Path, form: str) -> Path:
    name = path / f"CPT 2026 LONGULT.{form}"
    if form == "xlsx":
        _workbook(name, [*ROWS])
    elif form == "csv":
        name.write_text("Code,Long\n" + "".join(f'{code},"{text}"\n' for code, text in ROWS), "utf-8")
    elif form == "zip":
        with zipfile.ZipFile(name, "w") as archive:
            archive.writestr("Standard/LONGULT.txt", "".join(f"{code}\t{text}\r\n" for code, text in ROWS))
    elif form == "tab":
        name.write_text("".join(f"{code}\t{text}\n" for code, text in ROWS), "cp1252")
    else:
        name.write_text("".join(f"{code} {text}\n" for code, text in ROWS), "utf-8")
    return name


@pytest.mark.parametrize("form", ["txt", "tab", "csv", "xlsx", "zip"])
def test_the_same_in_every_form(form: str, tmp_path: Path) -> None:
    release = install_from("cpt", _write(tmp_path, form), effective=date(2026, 1, 1), home=tmp_path / "home")
    assert release.counts == {"codes": 4, "modifiers": 0}
    cpt = open_cpt(home=tmp_path / "home")
    assert [(each.code, each.long) for each in cpt] == ROWS


def test_add_on_codes_and_what_they_stand_beside(tmp_path: Path, runner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    install_from("cpt", _write(tmp_path, "txt"), effective=date(2026, 1, 1), home=tmp_path / "home")
    cpt = open_cpt(home=tmp_path / "home")
    assert [each.add_on for each in cpt] == [False, True, True, False]
    assert [each.beside for each in cpt] == [(), (), ("00001", "00005-00007"), ()]
    monkeypatch.setenv("NOSOLOGY_HOME", str(tmp_path / "home"))
    shown = runner("lookup", "00003", "--system", "cpt", "--on", "2026-05-04", width=140)
    assert "only beside 00001, 00005-00007" in shown.stdout


def test_a_damaged_workbook_is_refused_in_one_line(tmp_path: Path) -> None:
    path = _write(tmp_path, "xlsx")
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(UnreadableInput, match="damaged or truncated"):
        install_from("cpt", path, effective=date(2026, 1, 1), home=tmp_path / "home")
