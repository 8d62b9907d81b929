"""A text all in small letters is read with capitals where its author would have set them, at the same length."""

import pytest

from nosology.notes.small_letters import raise_case

BODY = (
    "the patient was seen at nine in the morning and told us that he has had pain in the tooth on the right since "
    "tuesday, and that aspirin has not eased it at all; nothing else is the matter with him, and he eats and drinks.\n"
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a/p:\n1. cataract od, pain in the r knee.", "A/P:\n1. Cataract OD, pain in the R knee."),
        ("assessment\ngout. stable. as last year", "Assessment\nGout. Stable. As last year"),
        ("a:\n- pvcs and ptsd, 5 mg, ms. elder", "A:\n- PVCs and PTSD, 5 mg, Ms. Elder"),
        ("pt: elder-nash, jo\nhe has 2 l of o2 and i saw him", "Pt: Elder-Nash, Jo\nHe has 2 l of o2 and I saw him"),
    ],
)
def test_what_is_raised(typed: str, read: str) -> None:
    """Headings, sentences, sides, eyes, abbreviations without a vowel, and names."""
    raised = raise_case(typed + "\n\n" + BODY)
    assert len(raised) == len(typed) + 2 + len(BODY)
    assert raised.startswith(read)


@pytest.mark.parametrize("text", ["", "gout.", BODY.upper(), BODY.replace("the", "The").replace("and", "AND")])
def test_what_stays(text: str) -> None:
    """A line or two, and a text that has capitals."""
    assert raise_case(text) is text
