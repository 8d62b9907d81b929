"""Several documents as one text, and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nosology.model.joined import SEPARATOR, Place, join_documents
from nosology.model.note import Document, Span
from nosology.notes.sections import split_sections


def test_a_document_alone_stays_as_it_is() -> None:
    joined = join_documents([Document("a", "PLAN: rest")])
    assert joined.document.text == "PLAN: rest"
    assert joined.locate(Span(6, 10)) == Place("a", 6, 10)


def test_what_stands_between_documents_has_no_place() -> None:
    joined = join_documents([Document("a", "one"), Document("b", "two")])
    at = joined.document.text.index(SEPARATOR)
    assert joined.locate(Span(at, at + 1)) is None
    assert joined.locate(Span(1, len(joined.document.text))) == Place("a", 1, 3)
    assert joined.locate(Span(at, len(joined.document.text))) == Place("b", 0, 3)


@given(st.lists(st.text(max_size=30), max_size=5))
def test_every_place_of_a_document_is_found_again(texts: list[str]) -> None:
    joined = join_documents([Document(str(n), text) for n, text in enumerate(texts)])
    for (name, part), text in zip(joined.parts, texts, strict=True):
        clean = text.replace(SEPARATOR, " ")
        assert joined.document.text[part.start : part.end] == clean
        for start in range(len(clean)):
            assert joined.locate(Span(part.start + start, part.end)) == Place(name, start, len(clean))


def test_a_section_ends_with_its_document() -> None:
    joined = join_documents([Document("a", "FAMILY HISTORY: cancer"), Document("b", "Asthma.\nPLAN: rest")])
    found = [(each.kind, joined.locate(each.span)) for each in split_sections(joined.document.text)]
    assert [(kind, place and place.document) for kind, place in found] == [
        ("family_history", "a"),
        ("", "b"),
        ("plan", "b"),
    ]
