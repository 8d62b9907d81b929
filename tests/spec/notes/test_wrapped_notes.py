"""A note that was printed in lines of a width is coded as the same note without them."""

import textwrap

import pytest

PROSE = (
    "She was admitted with three days of fever, cough and pleuritic pain of the right side, and the film showed a "
    "pneumonia of the right lower lobe. She was treated with ceftriaxone. On hospital day 4 she fell in her room and "
    "had a laceration of the left elbow, closed with sutures. Her hypertension, for which she takes lisinopril, was "
    "stable. The potassium of 2.9 on arrival, hypokalemia, was replaced, and her chronic kidney disease, stage 3a by "
    "its filtration rate, did not change during the stay."
)


def test_a_broken_note_is_coded_and_quoted(coded):
    """The codes are those of the unbroken note; each quote is what stands at its span in the note as received.

    Source: ICD-10-CM Official Guidelines, Section III, Appendix I.
    """
    whole, broken = (f"HOSPITAL COURSE:\n{text}\n" for text in (PROSE, textwrap.fill(PROSE, 72)))
    one, two = (coded(text, setting="inpatient") for text in (whole, broken))
    assert [(s.code, s.poa) for s in one.suggestions] == [(s.code, s.poa) for s in two.suggestions]
    assert {"J18.9", "S51.012A", "I12.9", "N18.31", "E87.6"} <= {s.code for s in two.suggestions}
    assert two.note.document.text == broken
    quotes = [(e.quote, broken[e.span.start : e.span.end]) for s in two.suggestions for e in s.evidence]
    assert any("\n" in quote for quote, _ in quotes)
    assert all(quote == stands for quote, stands in quotes)


EXTRACTED = {
    "two blanks": lambda text: text.replace(" ", "  "),
    "blanks that do not part": lambda text: text.replace(" ", "\u00a0"),
    "entities": lambda text: text.replace(" ", "&nbsp;").replace("\n", "<br>\n"),
    "letters tied together": lambda text: text.replace("fi", "ﬁ").replace("fl", "ﬂ"),
    "an indented column": lambda text: "\n".join(
        textwrap.fill(line, 72, subsequent_indent="    ") for line in text.split("\n")
    ),
}


@pytest.mark.parametrize("way", EXTRACTED)
def test_what_extraction_leaves(coded, way):
    """Neither doubled blanks nor what a page or a printer put between the words changes the codes; quotes hold.

    Source: ICD-10-CM Official Guidelines, Section III, Appendix I.
    """
    whole = f"HOSPITAL COURSE:\n{PROSE}\n"
    received = EXTRACTED[way](whole)
    one, two = (coded(text, setting="inpatient") for text in (whole, received))
    assert [(s.code, s.poa) for s in one.suggestions] == [(s.code, s.poa) for s in two.suggestions]
    assert two.note.document.text == received
    spans = [(e.quote, e.span) for s in two.suggestions for e in s.evidence]
    assert spans
    assert all(quote == received[span.start : span.end] for quote, span in spans)
    assert [received[m.span.start : m.span.end].split()[:1] for m in two.note.mentions]
    covered = "".join(received[s.span.start : s.span.end] for s in two.note.sections)
    assert covered == received
