"""Reads a document into a note: sections, sentences, mentions and what is asserted of each."""

from __future__ import annotations

from nosology.lexicon.lexicon import Lexicon, Tokens
from nosology.model.note import Document, Note
from nosology.notes.assertions import Assertions
from nosology.notes.mentions import find_mentions
from nosology.notes.sections import split_sections
from nosology.notes.sentences import split_sentences

__all__ = ["annotate", "annotate_asserted"]


def annotate(document: Document, *, lexicon: Lexicon, tokens: Tokens | None = None) -> Note:
    """Return the note of ``document``; ``tokens`` may be passed where they were already made with the same lexicon."""
    return annotate_asserted(document, lexicon=lexicon, tokens=tokens)[0]


def annotate_asserted(document: Document, *, lexicon: Lexicon, tokens: Tokens | None = None) -> tuple[Note, Assertions]:
    """Return the note of ``document`` with its assertions, for whatever else is to be read in it."""
    text = document.text
    sections = split_sections(text)
    sentences = split_sentences(text, sections)
    assertions = Assertions(text, sections, sentences)
    mentions = find_mentions(text, lexicon, tokens or lexicon.tokens(text), sections, sentences, assertions)
    return Note(document, sections, sentences, mentions), assertions
