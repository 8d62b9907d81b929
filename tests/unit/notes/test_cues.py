"""Cues as quoted, and the lexicon itself."""

from __future__ import annotations

import pytest

from nosology.model.note import Span
from nosology.notes.assertions import Assertions
from nosology.notes.cues import cue_lexicon
from nosology.notes.sections import section_kinds, split_sections
from nosology.notes.sentences import split_sentences

KINDS = {
    "absent",
    "possible",
    "conditional",
    "hypothetical",
    "family",
    "other",
    "historical",
    "pseudo",
    "affirm",
    "stop",
}


def quote_cue(text: str, mention: str) -> str:
    """The cue that is quoted for the first place of a mention."""
    sections = split_sections(text)
    sentences = split_sentences(text, sections)
    start = text.index(mention)
    sentence = max(i for i, s in enumerate(sentences) if s.span.start <= start)
    return Assertions(text, sections, sentences).of(Span(start, start + len(mention)), sentence)[3]


@pytest.mark.parametrize(
    ("text", "mention", "cue"),
    [
        ("There is No Evidence of fracture.", "fracture", "No Evidence of"),
        ("Pneumonia was ruled out.", "Pneumonia", "was ruled out"),
        ("Findings consistent\r\nwith gout.", "gout", "consistent with"),
        ("Chest pain: denies", "Chest pain", "denies"),
        ("Negative for:\n- fever\n- rash", "rash", "Negative for"),
        ("FAMILY HISTORY: stroke", "stroke", "section"),
        ("His mother had gout.", "gout", "mother"),
        ("Heart attack in 2018.", "Heart attack", "in 2018"),
        ("Gout.", "Gout", ""),
        ("No relevant past medical history, with fever for a day.", "fever", ""),
        ("No relevant medical history, gout, or asthma.", "asthma", "No relevant medical history"),
        ("No significant past medical history of gout.", "gout", "No significant past medical history of"),
        ("Renal colic, without chills and accompanied by hematuria.", "hematuria", ""),
        ("Adenocarcinoma of the prostate with tumor-free margins.", "Adenocarcinoma", ""),
        ("Adenocarcinoma of the prostate with tumor-free margins.", "tumor", "free"),
        ("Lack of response to treatment and weight loss.", "weight loss", ""),
        ("He is on a regular hemodialysis program.", "hemodialysis", ""),
    ],
)
def test_the_cue_is_quoted_from_the_text(text: str, mention: str, cue: str) -> None:
    assert quote_cue(text, mention) == cue


def test_a_cue_inside_the_mention_does_not_count() -> None:
    assert quote_cue("Possible worlds syndrome.", "Possible worlds syndrome") == ""


def test_the_lexicon_is_sound() -> None:
    lexicon = cue_lexicon()
    for phrase, cues in lexicon.phrases.items():
        assert phrase == " ".join(phrase.lower().split())
        for cue in cues:
            assert cue.kind in KINDS
            assert cue.direction in ("forward", "backward", "both")
            assert cue.comma in ("through", "list", "stop")
            assert cue.stops <= KINDS
    assert set(lexicon.sections) <= set(section_kinds())
