"""What is refused before anything reads it, and what a reader of its own survives."""

from __future__ import annotations

import io
import zipfile

import pytest

from nosology.errors import UnreadableInput
from nosology.notes.hostile import find_objection
from nosology.notes.kinds import document_kinds, find_kind, missing_kinds
from nosology.notes.read import MAXIMUM_BYTES
from nosology.notes.read_apart import read_apart

DOCUMENT = b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


def archive(**entries: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return made.getvalue()


def of_a_later_version(data: bytes) -> bytes:
    """The archive with an entry that says it needs version 9.9 of the format, which no reader knows."""
    place = data.index(b"PK\x01\x02") + 6
    return data[:place] + bytes([99]) + data[place + 1 :]


BOMB = archive(word__document_dot_xml=b" " * (60 * 1024 * 1024))
CASES = [
    (b"", "a.txt", "empty"),
    (b" \n ", "a.txt", "empty"),
    (b"x" * (MAXIMUM_BYTES + 1), "a.txt", "larger than"),
    (BOMB, "a.docx", "unpacks to far more"),
    (archive(word__document_dot_xml=DOCUMENT, word__vbaProject_dot_bin=b"x"), "a.docx", "macros"),
    (archive(word__document_dot_xml=DOCUMENT, word__embeddings__a_dot_bin=b"x"), "a.docx", "embedded"),
    (archive(a_dot_txt=b"x"), "a.docx", "no DOCX"),
    (archive(word__document_dot_xml=DOCUMENT)[:60], "a.docx", "broken"),
    (of_a_later_version(archive(word__document_dot_xml=DOCUMENT)), "a.docx", "later version"),
    (archive(word__document_dot_xml=DOCUMENT), "a.docm", "macros"),
    (archive(word__document_dot_xml=DOCUMENT), "a.txt", "named as text but is DOCX"),
    (b"%PDF-1.7\n1 0 obj <</OpenAction <</S /JavaScript /JS (app.alert(1))>>>>", "a.pdf", "act"),
    (b"%PDF-1.7\n1 0 obj <</S /J#61vaScript>>", "a.pdf", "act"),
    (b"%PDF-1.7\n1 0 obj <</S /Launch /F (cmd.exe)>>", "a.pdf", "act"),
    (b"%PDF-1.7\n", "a.txt", "named as text but is PDF"),
    (b"plain text", "a.pdf", "named as PDF but is text"),
    (b"{\\rtf1 {\\object\\objdata 0105}}", "a.rtf", "embedded objects"),
    (b"{\\rtf1 {\\field{\\*\\fldinst DDEAUTO cmd}}}", "a.rtf", "embedded objects"),
    (b"<html><script>alert(1)</script></html>", "a.txt", "web page"),
    (b"<html></html>", "a.html", "web page"),
    (b"A note <script>alert(1)</script>", "a.txt", "script"),
    (b"MZ\x90\x00", "a.txt", "program"),
    (b"#!/bin/sh\nrm", "a", "program"),
    (b"x", "a.zip", "archive"),
]


@pytest.mark.parametrize(("data", "name", "reason"), CASES, ids=[f"{n}-{c[2]}" for n, c in enumerate(CASES)])
def test_what_is_refused(data: bytes, name: str, reason: str) -> None:
    said = find_objection(data, name)
    assert reason in said
    assert "\n" not in said
    assert len(said) < 300


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"Chest pain < 5 minutes; EF > 40%. See https://example.org", "a.txt"),
        (b"Chest pain", "without ending"),
        (b"%PDF-1.4\n1 0 obj <</Length 9>> stream\n /JS /XFA endstream endobj", "a.pdf"),
        (b"{\\rtf1 Chest pain}", "a.rtf"),
        (archive(word__document_dot_xml=DOCUMENT), "a.docx"),
    ],
)
def test_what_passes(data: bytes, name: str) -> None:
    assert find_objection(data, name) == ""


def test_another_process_reads_a_file() -> None:
    found = read_apart(b"{\\rtf1 Asthma, mild.}", name="a")
    assert found.text.strip() == "Asthma, mild."
    assert found.media_type == "application/rtf"


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"{\\rtf1 open", archive(a=b"x"), b"\x00\x01\x02" * 99])
def test_another_process_says_in_one_line_what_it_cannot_read(data: bytes) -> None:
    with pytest.raises(UnreadableInput) as refused:
        read_apart(data, name="a")
    assert "\n" not in str(refused.value)


def test_a_reader_that_takes_too_much_is_ended() -> None:
    with pytest.raises(UnreadableInput):
        read_apart(BOMB, name="bomb", seconds=10)


@pytest.mark.parametrize(
    ("title", "text", "setting", "kind"),
    [
        ("discharge_summary", "", "inpatient", "discharge-summary"),
        ("scan 1", "OPERATIVE REPORT\n\nDATE: 2026-05-04", "inpatient", "operative-report"),
        ("note", "HISTORY AND PHYSICAL\nCC: fever", "inpatient", "history-and-physical"),
        ("H&P", "fever", "inpatient", "history-and-physical"),
        ("x", "Fever.\n\nHOSPITAL COURSE: better", "inpatient", "discharge-summary"),
        ("x", "Cough for a week.", "professional", "visit-note"),
        ("x", "Cough for a week.", "emergency", "emergency-note"),
        ("x", "Cough for a week.", "inpatient", "progress-note"),
    ],
)
def test_the_kind_of_a_document(title: str, text: str, setting: str, kind: str) -> None:
    assert find_kind(title, text, setting) == kind
    assert kind in document_kinds()


@pytest.mark.parametrize(
    ("setting", "kinds", "operated", "missing"),
    [
        ("inpatient", {"discharge-summary"}, False, ("history-and-physical",)),
        ("inpatient", {"discharge-summary", "history-and-physical"}, True, ("operative-report",)),
        ("inpatient", {"discharge-summary", "history-and-physical", "operative-report"}, True, ()),
        ("emergency", {"progress-note"}, False, ("emergency-note",)),
        ("professional", {"visit-note"}, False, ()),
    ],
)
def test_what_a_chart_lacks(setting: str, kinds: set[str], operated: bool, missing: tuple[str, ...]) -> None:
    assert missing_kinds(setting, kinds, operated=operated) == missing
