"""What extraction left in a text is not read; every sign that is read knows where it stands in the text as received."""

import pytest

from nosology.notes.residue import clear_residue, close_gaps


def read_of(received: str) -> tuple[str, list[str]]:
    """The text that is read, and what stands in the text as received behind each of its signs."""
    text, offsets = clear_residue(received)
    text, offsets = close_gaps(text, text, offsets)
    if offsets is None:
        assert len(text) == len(received)
        return text, list(received)
    return text, [received[offsets.start(at) : offsets.end(at + 1)] for at in range(len(text))]


@pytest.mark.parametrize(
    ("received", "read"),
    [
        ("chronic  kidney  disease", "chronic kidney disease"),
        ("chronic\u00a0kidney\u202fdisease", "chronic kidney disease"),
        ("chronic&nbsp;kidney &nbsp;disease &amp; gout", "chronic kidney disease & gout"),
        ("Crohn&#39;s &lt; 3", "Crohn's < 3"),
        ("ﬁbula, e\ufb00usion, pneu\u00admonia", "fibula, effusion, pneumonia"),
        ("<p>Gout<br>\nAsthma</p>\n<ul><li>Anemia</li></ul>", "Gout\nAsthma\n- Anemia\n\n"),
        ("Mother’s asthma", "Mother's asthma"),
    ],
)
def test_what_is_read(received: str, read: str) -> None:
    """The words of the author, as he would have typed them."""
    assert read_of(received)[0] == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hypertension. Diabetes.",
        "He came in.  She went home.",
        "Sodium    128   low\nPotassium   2.9   low",
        "Diabetes.....no  HTN.....yes  COPD.....no",
        "K <3.0 and Na >150; A & P",
        "Blood pressure <140/90, weight > 80 kg &c.",
    ],
)
def test_what_stays(text: str) -> None:
    """Columns of a table, blanks behind a full stop, and signs of comparison are the author's own."""
    assert read_of(text) == (text, list(text))


def test_each_sign_knows_its_place() -> None:
    """The quote of a phrase reaches over all that stood in its place."""
    text, behind = read_of("A  ﬁne&nbsp;<b>line</b>")
    assert text == "A fine line"
    assert behind == ["A", "  ", "ﬁ", "ﬁ", "n", "e", "&nbsp;", "l", "i", "n", "e"]
