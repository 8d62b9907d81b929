"""Runs the case tables beside this file: sections, sentences, assertions."""

from __future__ import annotations

from pathlib import Path

import pytest

from nosology.model.note import Span
from nosology.notes.assertions import Assertions
from nosology.notes.sections import split_sections
from nosology.notes.sentences import split_sentences

HERE = Path(__file__).parent


def read_rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a case table: fields at " | ", escapes undone."""
    rows = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("# ") and " | " in line:
            rows.append(tuple(unescape(field.strip(" ")) for field in line.split(" | ")))
    return rows


def unescape(field: str) -> str:
    """Undo the escapes that stand for line ends, tabs and bars."""
    for sign, meaning in (("\\r", "\r"), ("\\n", "\n"), ("\\t", "\t"), ("\\p", "|")):
        field = field.replace(sign, meaning)
    return field


@pytest.mark.parametrize(("text", "expected"), read_rows("sections.txt"))
def test_sections(text: str, expected: str) -> None:
    kinds = ["" if kind == "none" else kind for kind in expected.split(", ")]
    assert [section.kind for section in split_sections(text)] == kinds


@pytest.mark.parametrize(("text", "expected"), read_rows("sentences.txt"))
def test_sentences(text: str, expected: str) -> None:
    found = [text[s.span.start : s.span.end] for s in split_sentences(text, split_sections(text))]
    assert found == expected.split(" || ")


@pytest.mark.parametrize(("text", "mention", "status", "subject", "temporality"), read_rows("assertions.txt"))
def test_assertions(text: str, mention: str, status: str, subject: str, temporality: str) -> None:
    sections = split_sections(text)
    sentences = split_sentences(text, sections)
    start = text.index(mention)
    sentence = max(i for i, s in enumerate(sentences) if s.span.start <= start)
    said = Assertions(text, sections, sentences).of(Span(start, start + len(mention)), sentence)
    assert said[:3] == (status, subject, temporality)
    assert bool(said[3]) == (said[:3] != ("present", "patient", "current"))


def test_tables_are_large_enough() -> None:
    assert len(read_rows("assertions.txt")) >= 120
    assert len(read_rows("sections.txt")) >= 40
    assert len(read_rows("sentences.txt")) >= 40
