"""Installing what publishers ship: the right file is found, the wrong one refused in one line, nothing half-done."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from nosology.codes import install as install_module
from nosology.codes.ccsr import open_ccsr
from nosology.codes.diff import diff_releases
from nosology.codes.gems import add_icd9_dot, open_gems
from nosology.codes.hcc_map import find_hccs
from nosology.codes.home import releases_folder
from nosology.codes.icd10cm import Icd10cm, open_icd10cm
from nosology.codes.icd10pcs import open_icd10pcs
from nosology.codes.install import install_from, read_source
from nosology.codes.poa_exempt import open_poa_exempt
from nosology.codes.release import list_releases
from nosology.codes.release_file import find_release_files
from nosology.codes.sources.code_lists import ListLimits, parse_addenda, parse_order_file
from nosology.codes.sources.publication import detect_kind
from nosology.errors import ReleaseNotFound, UnreadableInput, UsageError

ADDENDA = """Add:         A002    Blue fever, doubtful
Add:         A01     Red fever
Add:         A112X1A Bruise of hand, left, initial encounter
Add:         A112X1D Bruise of hand, left, subsequent encounter
Delete:      A10     Lone disease
Add:         A101    Lone disease, first
Add:         A102    Lone disease, second
Revise from: A001    Blue fever, chronic
Revise to:   A001    Blue fever, long-lasting

Codes
  10 codes in icd10cm_order_2026.txt
  15 codes in icd10cm_order_2027.txt
  6 additions
  1 deletion
  1 revision
"""

ORDER = """00001 A00     0 Blue fever                                                   Blue fever
00002 A000    1 Blue fever, acute                                            Blue fever, acute
00003 A003    1 Blue fever, green                                            Blue fever, green
"""


def zipped(**members: str | bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    def write(name: str, data: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists need not be as long as the official ones."""
    monkeypatch.setattr(install_module, "CM_LIST", ListLimits(at_least=1, last="A"))


@pytest.fixture
def fy2025(small: None, tabular: bytes, put: Callable[..., Path], tmp_path: Path) -> Path:
    """A data folder with the small tabular list, in force before the release out of the box."""
    install_from("icd10cm", put("tabular.xml", tabular), effective=date(2025, 10, 1), home=tmp_path)
    return tmp_path


def test_tabular_from_a_zip(small: None, tabular: bytes, put: Callable[..., Path], tmp_path: Path) -> None:
    path = put("table and index.zip", zipped(readme__pdf=b"%PDF", tabular_2026__xml=tabular, schema__xsd="<x/>"))
    release = install_from("icd10cm", path, home=tmp_path)
    assert release.name == "2025-10-01"
    assert release.source.startswith("ICD-10-CM tabular list (XML)")
    assert release.counts["billable"] == 10
    assert open_icd10cm(on=date(2025, 12, 1), home=tmp_path).title("A11.0XXA") == "Bruise of toe, initial encounter"


def test_a_tabular_list_that_is_too_short(tabular: bytes, put: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="only 10 billable codes"):
        install_from("icd10cm", put("t.xml", tabular), home=tmp_path)
    assert find_release_files(releases_folder(tmp_path)) == []


def test_addenda_roll_a_release_forward(fy2025: Path, put: Callable[..., Path]) -> None:
    install_from("icd10cm", put("addenda.txt", ADDENDA), effective=date(2026, 1, 1), home=fy2025)
    book = open_icd10cm(on=date(2026, 1, 1), home=fy2025)
    assert open_icd10cm(on=date(2025, 12, 31), home=fy2025).release.effective_to == date(2025, 12, 31)
    assert book.release.counts["billable"] == 15
    assert book.parent("A00.2") == "A00"
    assert book.children("A00") == ("A00.0", "A00.1", "A00.2")
    assert book.parent("A01") == "A00-A09"
    assert book.kind("A01") == "category"
    assert not book.is_billable("A10")
    assert book.children("A10") == ("A10.1", "A10.2")
    assert book.title("A00.1") == "Blue fever, long-lasting"
    stem = book.get("A11.2X1")
    assert (stem.title, stem.billable, stem.children) == ("Bruise of hand, left", False, ("A11.2X1A", "A11.2X1D"))
    assert book.get("A11.2X1A").kind == "extended"
    assert book.get("A11.2X1A").seventh_character["A"] == "initial encounter"
    assert book.get("A00").use_additional
    changes = diff_releases("2025-10-01", "2026-01-01", home=fy2025)
    assert (len(changes.added), len(changes.deleted), len(changes.revised)) == (6, 1, 1)
    assert changes.revised[0].before == "Blue fever, chronic"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("  10 codes", "  11 codes"), "changes a release of 11 billable codes"),
        (("  15 codes", "  14 codes"), "must lead to 14"),
        (("  6 additions", "  7 additions"), "truncated"),
        (("Delete:      A10 ", "Delete:      A19 "), "does not belong"),
        (("Add:         A002 ", "Add:         A000 "), "does not belong"),
        (("Add:         A01     Red fever", "Something else"), "no line of code addenda"),
    ],
)
def test_addenda_of_another_release(fy2025: Path, put: Callable[..., Path], change: tuple[str, str], says: str) -> None:
    with pytest.raises(UnreadableInput, match=says):
        install_from("icd10cm", put("a.txt", ADDENDA.replace(*change)), effective=date(2026, 1, 1), home=fy2025)
    assert [entry.name for entry in list_releases("icd10cm", home=fy2025)] == ["2025-10-01", "2026-04-01"]


def test_order_file_over_the_tabular_list(fy2025: Path, put: Callable[..., Path]) -> None:
    install_from("icd10cm", put("icd10cm_order.txt", ORDER), effective=date(2026, 1, 1), home=fy2025)
    book = open_icd10cm(on=date(2026, 1, 1), home=fy2025)
    assert list(book.billable_codes()) == ["A00.0", "A00.3"]
    assert book.get("A00.0").excludes1 == ("chronic (A00.1)",)


def test_addenda_need_an_earlier_release(put: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(ReleaseNotFound):
        install_from("icd10cm", put("a.txt", ADDENDA), effective=date(2010, 1, 1), home=tmp_path)


def test_wrong_file(index_xml: bytes, put: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="holds ICD-10-CM Alphabetic Index"):
        install_from("icd10cm", put("index.xml", index_xml), home=tmp_path)
    with pytest.raises(UnreadableInput, match="no file of a known kind"):
        install_from("ccsr", put("letter.txt", "Dear reader,\nthis is a letter.\n"), home=tmp_path)
    with pytest.raises(UnreadableInput, match="no file of a known kind"):
        install_from("icd10cm", put("other.zip", zipped(picture__png=b"\x89PNG")), home=tmp_path)


def test_truncated_zip(tabular: bytes, put: Callable[..., Path], tmp_path: Path) -> None:
    whole = zipped(tabular__xml=tabular)
    for cut in (len(whole) // 2, len(whole) - 10, 40):
        with pytest.raises(UnreadableInput, match="fetch"):
            install_from("icd10cm", put("t.zip", whole[:cut]), home=tmp_path)
    broken = whole[:60] + b"\x00\x00\x00\x00\x00\x00" + whole[66:]
    with pytest.raises(UnreadableInput):
        install_from("icd10cm", put("t.zip", broken), home=tmp_path)
    with pytest.raises(UnreadableInput, match="not a zip"):
        install_from("icd10cm", put("t.zip", b"<html>"), home=tmp_path)
    assert not releases_folder(tmp_path).exists()


def test_broken_xml(tabular: bytes, put: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="broken or truncated XML"):
        install_from("icd10cm", put("t.xml", tabular[:-200]), home=tmp_path)
    assert find_release_files(releases_folder(tmp_path)) == []


def test_empty_and_missing(put: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="empty"):
        install_from("icd10cm", put("t.xml", b""), home=tmp_path)
    with pytest.raises(UnreadableInput, match="cannot read"):
        install_from("icd10cm", tmp_path / "nothing.xml", home=tmp_path)
    with pytest.raises(UsageError, match="unknown code set"):
        install_from("icd11", tmp_path, home=tmp_path)


def test_a_file_that_does_not_say_when(put: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--effective"):
        read_source("icd10cm", put("order.txt", ORDER), home=tmp_path)


def test_order_file_lines() -> None:
    limits = ListLimits(1, "A")
    assert [each.billable for each in parse_order_file(ORDER, name="o", limits=limits)] == [False, True, True]
    for broken in (ORDER.replace("00002", "00007"), ORDER[:-60], ORDER.replace(" 1 Blue", " 2 Blue")):
        with pytest.raises(UnreadableInput):
            parse_order_file(broken + "x", name="o", limits=limits)
    with pytest.raises(UnreadableInput, match="truncated"):
        parse_order_file(ORDER, name="o", limits=ListLimits(3, "A"))


def test_order_addenda_keep_the_full_title() -> None:
    line = f"Add:         1 B8801   {'Infest by Demodex':<60} Infestation by Demodex mites\n"
    assert parse_addenda(line, name="a").added[0].title == "Infestation by Demodex mites"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a", ORDER, "cm-order"),
        ("a", "00001 001     0 Nerves, Bypass       Nerves\n00002 0016070 1 Bypass   Bypass\n", "pcs-order"),
        ("a", ADDENDA, "cm-addenda"),
        ("a", "Add\t028F3Z0\tDivision of valve\nDelete\t028F3Z1\tOther\n", "pcs-addenda"),
        ("a", "A000    0010  00000\nA001    0011  00000\n", "gem-to-icd9"),
        ("a", "0010  A000    00000\n0011  A001    00000\n", "gem-to-icd10"),
        ("a", "Order26\tPOAexemptCode\tDescription\n01238\tB90.0\tSequelae\n", "poa-exempt"),
        ("a", "'ICD-10-CM CODE','CCSR CATEGORY 1'\n'A00','DIG001'\n", "ccsr"),
        ("a", "A000    Cholera one\nA001    Cholera two\nA009    Cholera\n", "cm-codes"),
        ("a", "Dear reader,\n", ""),
    ],
)
def test_kinds_are_told_by_content(name: str, text: str, kind: str) -> None:
    assert detect_kind(name, text.encode()) == kind


def workbook(rows: list[list[str]]) -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )
    sheet = f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>"
    return zipped(**{"xl/worksheets/sheet1__xml": sheet})


def test_poa_list_as_workbook(put: Callable[..., Path], tmp_path: Path) -> None:
    rows = [["Order", "POA Exempt Code", "Description"]]
    rows += [[str(number), f"V{number // 1000:02d}.{number % 1000:03d}", "Title"] for number in range(10_500)]
    install_from("poa-exempt", put("POAexemptFY26.xlsx", workbook(rows)), home=tmp_path)
    exempt = open_poa_exempt(on=date(2026, 1, 1), home=tmp_path)
    assert exempt is not None
    assert len(exempt) == 10_500
    assert "v01.001" in exempt
    assert "E11.9" not in exempt
    assert open_poa_exempt(on=date(2020, 1, 1), home=tmp_path) is None
    with pytest.raises(UnreadableInput, match="truncated"):
        install_from("poa-exempt", put("POAexemptFY26.xlsx", workbook(rows[:50])), home=tmp_path)
    with pytest.raises(UnreadableInput, match="workbook"):
        install_from("poa-exempt", put("POAexemptFY26.xlsx", workbook(rows)[:500]), home=tmp_path)


def test_ccsr_as_published(put: Callable[..., Path], tmp_path: Path) -> None:
    head = "'ICD-10-CM CODE','X','Default CCSR CATEGORY IP','Default CCSR CATEGORY DESCRIPTION IP'"
    head += ",'CCSR CATEGORY 1','CCSR CATEGORY 1 DESCRIPTION','CCSR CATEGORY 2','CCSR CATEGORY 2 DESCRIPTION'"
    lines = [head] + [f"'A{number:05d}','t','DIG001','Gut','DIG001','Gut',' ',' '" for number in range(50_000)]
    lines.append("'B2000','t','INF002','Sepsis','DIG001','Gut','INF002','Sepsis'")
    install_from("ccsr", put("DXCCSR_v2026-1.csv", "\n".join(lines)), home=tmp_path)
    found = open_ccsr(home=tmp_path).categories("B20.00")
    assert [(each.category, each.title, each.default) for each in found] == [
        ("DIG001", "Gut", False),
        ("INF002", "Sepsis", True),
    ]
    assert open_ccsr(home=tmp_path).defaults("B20.00") == ("INF002", "")
    with pytest.raises(UnreadableInput, match="truncated"):
        install_from("ccsr", put("DXCCSR_v2026-1.csv", "\n".join(lines[:10])), home=tmp_path)


def test_ccsr_default_of_outpatients(put: Callable[..., Path], tmp_path: Path) -> None:
    """A code that cannot be principal has a default for a visit alone."""
    head = "'ICD-10-CM CODE','X','Default CCSR CATEGORY IP','D','Default CCSR CATEGORY OP','D','CCSR CATEGORY 1','D'"
    lines = [head] + [f"'A{number:05d}','t','DIG001','Gut','DIG001','Gut','DIG001','Gut'" for number in range(50_000)]
    lines.append("'B2000','t','XXX000','None','INF002','Sepsis','INF002','Sepsis'")
    install_from("ccsr", put("DXCCSR_v2026-1.csv", "\n".join(lines)), home=tmp_path)
    ccsr = open_ccsr(home=tmp_path)
    assert ccsr.defaults("B2000") == ("XXX000", "INF002")
    assert ccsr.defaults("Q9999") == ("", "")
    assert [(each.category, each.title, each.default) for each in ccsr.categories("B2000")] == [
        ("INF002", "Sepsis", False)
    ]


def test_gems_need_both_directions(put: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="both directions"):
        install_from("gems", put("2018_I10gem.txt", "A000    0010  00000\n" * 5), home=tmp_path)


@pytest.mark.parametrize(
    ("code", "dotted"), [("25080", "250.80"), ("E8001", "E800.1"), ("V100", "V10.0"), ("042", "042")]
)
def test_icd9_dots(code: str, dotted: str) -> None:
    assert add_icd9_dot(code) == dotted


def test_out_of_the_box(home: Path) -> None:
    gems, ccsr, pcs = open_gems(home=home), open_ccsr(home=home), open_icd10pcs(on=date(2024, 1, 1), home=home)
    (entry,) = gems.to_icd9("E11.621")
    assert (entry.target, entry.approximate) == ("250.80", True)
    assert entry.title.startswith("Diabetes with other specified manifestations")
    assert {each.target for each in gems.to_icd10("042")} == {"B20"}
    assert gems.to_icd9("nothing") == ()
    assert [(each.category, each.body_system) for each in ccsr.categories("E11621")] == [
        ("END003", "Endocrine, nutritional and metabolic diseases")
    ]
    assert len(pcs) == 78_603
    assert pcs.title("0dtj4zz") == "Resection of Appendix, Percutaneous Endoscopic Approach"
    assert "0DTJ4ZZ" in pcs
    assert "0DT" not in pcs


def test_fiscal_year_2027(shared_data: Path, tmp_path: Path, icd10cm: Icd10cm) -> None:
    """The date of service decides between 74,719 and 74,879 billable codes."""
    source = shared_data / "codesets/icd10cm"
    releases_folder(tmp_path).mkdir()
    shutil.copy(icd10cm.release.path, releases_folder(tmp_path))  # a copied release is as good as a built one
    install_from("icd10cm", source / "icd10cm_codes_addenda_2027.txt", home=tmp_path)
    before = open_icd10cm(on=date(2026, 9, 30), home=tmp_path)
    after = open_icd10cm(on=date(2026, 10, 1), home=tmp_path)
    assert sum(1 for _ in before.billable_codes()) == 74_719
    assert sum(1 for _ in after.billable_codes()) == 74_879
    assert (after.release.effective_from, after.release.effective_to) == (date(2026, 10, 1), date(2027, 9, 30))
    changes = diff_releases("2026-04-01", "2026-10-01", home=tmp_path)
    assert (len(changes.added), len(changes.deleted), len(changes.revised)) == (190, 30, 4)
    assert after.parent("T52.811A") == "T52.811"
    assert after.title("T52.811") == "Toxic effect of alkenes, accidental (unintentional)"
    assert after.kind("T52.811A") == "extended"
    assert after.children("I42.0") == ("I42.00", "I42.01", "I42.09")
    assert after.ancestors("M86.8X11")[:3] == ("M86.8X1", "M86.8X", "M86.8")
    for change in changes.added:
        assert after.ancestors(change.code)[-1].isdigit()
        assert after.parent(change.code) in after
    # an order file of the same year as the release out of the box changes nothing in it
    install_from("icd10cm", source / "2026-code-descriptions.zip", home=tmp_path)
    october = open_icd10cm(on=date(2025, 10, 1), home=tmp_path)
    assert october.release.effective_to == date(2026, 3, 31)
    assert list(october.codes()) == list(icd10cm.codes())
    assert diff_releases("2025-10-01", "2026-04-01", home=tmp_path).revised == ()


def test_other_official_files(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "codesets"
    install_from("icd10pcs", source / "icd10pcs/2026-code-descriptions.zip", home=tmp_path)
    pcs = open_icd10pcs(on=date(2026, 1, 1), home=tmp_path)
    assert len(pcs) == 79_115
    assert pcs.title("0DT") == "Gastrointestinal System, Resection"
    install_from("gems", source / "icd10cm/gems_2018.zip", home=tmp_path)
    assert open_gems(home=tmp_path).to_icd9("A00.0")[0].target == "001.0"
    install_from("poa-exempt", source / "icd10cm/POAexemptCodesFY26.zip", home=tmp_path)
    exempt = open_poa_exempt(home=tmp_path)
    assert exempt is not None
    assert "B90.0" in exempt
    with pytest.raises(UnreadableInput, match="icd10pcs is installed from"):
        install_from("icd10pcs", source / "icd10cm/2026-code-descriptions.zip", home=tmp_path)


def test_diff_names_what_is_at_hand(home: Path) -> None:
    with pytest.raises(ReleaseNotFound, match="2026-04-01"):
        diff_releases("1999-01-01", "2026-04-01", home=home)
    with pytest.raises(UsageError):
        diff_releases("a", "b", system="gems", home=home)


@pytest.mark.parametrize(
    ("code", "categories"),
    [
        ("E11.621", {("V28", "37"), ("V28", "383"), ("V24", "18"), ("V24", "161"), ("RxHCC V08", "30")}),
        ("a419", {("V28", "2"), ("V24", "2")}),
        ("R05.9", set()),
        (".*", set()),
    ],
)
def test_hcc_of_a_code(code: str, categories: set[tuple[str, str]]) -> None:
    found = find_hccs(code)
    assert categories <= {(each.model, each.hcc) for each in found}
    assert bool(found) == bool(categories)
    assert all(each.label for each in found)


@pytest.mark.parametrize(("flag", "method"), [(1, 0), (0, 97)])  # locked by a password; a compression nobody reads here
def test_a_zip_packed_otherwise_is_not_called_damaged(tmp_path: Path, flag: int, method: int) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("icd10cm_order_2026.txt", "00001 A00     0 Cholera")
    data = bytearray(made.getvalue())
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[local + 6] |= flag
    data[central + 8] |= flag
    data[local + 8] = data[central + 10] = method
    packed = tmp_path / "packed.zip"
    packed.write_bytes(data)
    with pytest.raises(UnreadableInput, match=r"packed\.zip: packed in a way that is not read here .*; unpack it"):
        read_source("icd10cm", packed)
