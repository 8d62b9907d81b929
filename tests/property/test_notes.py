"""Arbitrary text never breaks the reading of notes: no exception, offsets inside the text, bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nosology.errors import NosologyError
from nosology.model.note import Span, Status, Subject, Temporality
from nosology.notes.assertions import Assertions
from nosology.notes.cues import cue_lexicon, find_cues, flatten
from nosology.notes.read import read_document
from nosology.notes.sections import section_kinds, split_sections
from nosology.notes.sentences import split_sentences

WORDS = [
    "no ",
    "fever",
    "mother with ",
    "in 2018",
    "ruled out",
    "denies ",
    " yes",
    "(-)",
    "e.g. ",
    "vs. ",
    "Dr. ",
    "’s ",
]
HEADINGS = [
    "ASSESSMENT",
    "PLAN:",
    "Family History:",
    "Plan",
    "Dear Dr. A,\n",
    "Negative for:\n",
    "1. ",
    "- ",
    "• ",
    "# ",
]
SIGNS = [
    ", ",
    "\n",
    "\r\n",
    "\r",
    ". ",
    ".",
    ": ",
    ":",
    "[ ] ",
    "[x] ",
    "?",
    "\t",
    "**",
    " ",
    "   ",
    "|",
    "\f",
    "a",
    "Z",
    "9",
]
STRANGE = ["İ", "ß", "\u00a0", "\x00", "\u2028", "\x85", "😀"]
PIECES = st.sampled_from([*WORDS, *HEADINGS, *SIGNS, *STRANGE])
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join))
SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SETTINGS
@given(TEXTS)
def test_sections_cover_the_text_and_never_overlap(text: str) -> None:
    sections = split_sections(text)
    position = 0
    for section in sections:
        assert section.span.start == position
        assert section.span.start <= section.body.start <= section.body.end == section.span.end
        assert section.span.start < section.span.end
        assert section.kind in section_kinds()
        position = section.span.end
    assert position == len(text)


@SETTINGS
@given(TEXTS)
def test_sentences_hold_every_sign_once_inside_their_section(text: str) -> None:
    sections = split_sections(text)
    position = 0
    for sentence in split_sentences(text, sections):
        span, home = sentence.span, sections[sentence.section].span
        assert text[position : span.start].strip() == ""
        assert position <= span.start < span.end
        assert home.start <= span.start
        assert span.end <= home.end
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        position = span.end
    assert text[position:].strip() == ""


@SETTINGS
@given(TEXTS, st.data())
def test_assertions_answer_for_every_span(text: str, data: st.DataObject) -> None:
    sections = split_sections(text)
    sentences = split_sentences(text, sections)
    assertions = Assertions(text, sections, sentences)
    for index, sentence in enumerate(sentences):
        start = data.draw(st.integers(sentence.span.start, sentence.span.end - 1))
        end = data.draw(st.integers(start + 1, sentence.span.end))
        status, subject, temporality, cue = assertions.of(Span(start, end), index)
        assert isinstance(status, Status)
        assert isinstance(subject, Subject)
        assert isinstance(temporality, Temporality)
        assert cue in ("", "section") or cue in " ".join(text.split())


@SETTINGS
@given(TEXTS)
def test_cues_stand_where_they_are_said_to_stand(text: str) -> None:
    flat = flatten(text)
    assert len(flat) == len(text)
    known = cue_lexicon().phrases
    for start, end, _, _ in find_cues(text):
        assert 0 <= start < end <= len(text)
        assert " ".join(flat[start:end].split()) in known


@SETTINGS
@given(st.binary(max_size=300))
def test_any_bytes_are_a_document_or_one_clear_line(data: bytes) -> None:
    said = ""
    try:
        text = read_document(data, name="x").text
    except NosologyError as error:
        text, said = "", str(error)
    text.encode("utf-8")
    assert bool(text.strip()) != bool(said)
    assert "\n" not in said


UNITS = [" ", "\n", "\r", "a", "no ", "no fever, ", ": no ", "? ", "mother with ", "in 2018 ", "- ", "[ ] a", "a.\n"]
UNITS += ["A: b\n", "PLAN\n", "Negative for:\n", "the ", "a\r"]


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_in_proportion(unit: str) -> None:
    def measure(size: int) -> float:
        text = unit * (size // len(unit))
        best = float("inf")
        for _ in range(2):
            begin = time.process_time()
            sections = split_sections(text)
            sentences = split_sentences(text, sections)
            assertions = Assertions(text, sections, sentences)
            for index, sentence in enumerate(sentences[:500]):
                assertions.of(sentence.span, index)
            best = min(best, time.process_time() - begin)
        return best

    measure(1000)
    ratios = []
    for _ in range(
        5
    ):  # a machine that changes its pace in between proves nothing; growth by the square shows every time
        small, large = measure(10_000), measure(80_000)
        ratios.append(large / max(small, 0.002))
        if ratios[-1] < 40:
            return
    pytest.fail(f"eight times the text took {ratios} times as long")
