"""Reading chart files: formats, encodings, and what is refused in one line."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from nosology.errors import UnreadableInput
from nosology.notes.read import MAXIMUM_BYTES, read_document

TEXT = "ASSESSMENT\r\n\r\nMénière disease – left ear.\r\n"


def make_pdf(lines: list[str]) -> bytes:
    """A PDF of one page, written by hand; no lines, no text layer."""
    shown = "\n".join(f"BT /F1 12 Tf 72 {720 - 20 * i} Td ({line}) Tj ET" for i, line in enumerate(lines))
    stream = shown.encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def make_docx() -> bytes:
    """A DOCX with a heading, a list and a table."""
    file = docx.Document()
    file.add_heading("Assessment", level=1)
    file.add_paragraph("Asthma", style="List Bullet")
    file.add_paragraph("Gout, stable.")
    table = file.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Na", "140"
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_give_the_same_text_with_its_line_ends(encoding: str) -> None:
    data = TEXT.encode(encoding)
    document = read_document(data, name="note")
    assert document.text == TEXT
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.media_type == "text/plain"


def test_undefined_bytes_fall_back_to_a_code_page() -> None:
    assert read_document(b"caf\xe9 \x81 and fever for three days").text.startswith("caf")


def test_a_path_gives_its_file_name_as_id(tmp_path: Path) -> None:
    path = tmp_path / "visit.txt"
    path.write_bytes(TEXT.encode())
    assert read_document(path).id == "visit.txt"
    assert read_document(str(path), name="other").id == "other"


def test_bytes_without_a_name_are_known_by_their_digest() -> None:
    assert read_document(b"Cough.").id == hashlib.sha256(b"Cough.").hexdigest()[:12]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Cough."), encoding="utf-8"))
    assert read_document("-").text == "Cough."


def test_pdf_with_a_text_layer() -> None:
    document = read_document(make_pdf(["Assessment", "Acute bronchitis"]), name="a.pdf")
    assert "Acute bronchitis" in document.text
    assert document.media_type == "application/pdf"


def test_docx_keeps_order_lists_and_rows() -> None:
    document = read_document(make_docx(), name="a.docx")
    assert document.text.splitlines()[:4] == ["Assessment", "- Asthma", "Gout, stable.", "Na\t140"]


def test_rtf() -> None:
    data = rb"{\rtf1\ansi\ansicpg1252 {\b Assessment:}\par M\'e9ni\u232 ?re disease\par}"
    assert read_document(data, name="a.rtf").text.splitlines()[:2] == ["Assessment:", "Ménière disease"]


def test_media_type_overrules_the_bytes() -> None:
    assert read_document(b"%PDF- is how the file begins", media_type="text/plain").text.startswith("%PDF-")
    with pytest.raises(UnreadableInput, match="media type"):
        read_document(b"Cough", name="a", media_type="image/png")


def damaged_docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document><broken")
    return out.getvalue()


def other_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        ("\ufeff \n".encode(), "no text"),
        (bytes(range(256)) * 4, "binary"),
        (b"a\x00b", "binary"),
        (b"Cough " * 20000 + b"\x00", "binary"),
        (b"\x01\x02\x03\x04", "binary"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xd0\xcf\x11\xe0 old", "old Word"),
        (b"\xff\xfeabc", "UTF-16"),
        (make_pdf([]), "no text layer"),
        (make_pdf(["Asthma"])[:60], "PDF is broken"),
        (b"%PDF-1.7 nothing more", "PDF is broken"),
        (make_docx()[:200], "DOCX is broken"),
        (damaged_docx(), "DOCX is broken"),
        (other_zip(), "no DOCX"),
        (rb"{\rtf1\ansi Asthma", "RTF is broken"),
        (b"a" * (MAXIMUM_BYTES + 1), "20 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_document(data, name="file.x")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(MAXIMUM_BYTES + 1)
    for path, said in ((tmp_path / "none.txt", "no such file"), (tmp_path, "folder"), (large, "20 MB")):
        with pytest.raises(UnreadableInput, match=said):
            read_document(path)
    with pytest.raises(UnreadableInput):
        read_document("bad\x00name")


def test_readers_are_imported_only_when_needed() -> None:
    code = (
        "import sys; import nosology.notes.read as r; r.read_document(b'Cough.');"
        "print([m for m in ('pypdf', 'docx', 'striprtf', 'charset_normalizer', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
