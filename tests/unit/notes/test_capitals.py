"""Texts all in capitals are read in ordinary letters, place for place."""

import pytest

from nosology.notes.capitals import restore_case

NOTE = """CHIEF COMPLAINT: KNEE PAIN

HISTORY OF PRESENT ILLNESS
MS. ELDERBROOK IS A 64 YEAR OLD WOMAN WITH R KNEE PAIN SINCE MAY 2025. SHE SAW DR. TOLLIVER-NASH IN MARCH. H. PYLORI
WAS NEGATIVE. SHE MAY TAKE NAPROXEN 500 MG. A1C 6.9. HX OF POTS AND DVT. CATARACT OD.
- IRON DEFICIENCY
"""


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("MS. ELDERBROOK IS A", "Ms. Elderbrook is a"),
        ("DR. TOLLIVER-NASH IN", "Dr. Tolliver-Nash in"),
        ("R KNEE PAIN", "R knee pain"),
        ("SINCE MAY 2025", "since May 2025"),
        ("SHE MAY TAKE", "She may take"),
        ("500 MG", "500 mg"),
        ("A1C 6.9", "A1C 6.9"),
        ("POTS AND DVT", "POTS and DVT"),
        ("CATARACT OD", "Cataract OD"),
        ("H. PYLORI", "H. pylori"),
        ("- IRON DEFICIENCY", "- Iron deficiency"),
        ("HISTORY OF PRESENT ILLNESS", "HISTORY OF PRESENT ILLNESS"),
        ("CHIEF COMPLAINT: KNEE", "CHIEF COMPLAINT: Knee"),
    ],
)
def test_words_of_a_text_in_capitals(words: str, read: str) -> None:
    """Abbreviations, names, months and headings keep their capitals; units and ordinary words do not."""
    restored = restore_case(NOTE)
    at = NOTE.index(words)
    assert restored[at : at + len(words)] == read


def test_the_text_keeps_its_length() -> None:
    """Every place of the text as received is the same place of the text as read."""
    assert len(restore_case(NOTE)) == len(NOTE)
    assert restore_case(NOTE).upper() == NOTE


@pytest.mark.parametrize(
    "text",
    [
        "Assessment: MS, on ocrelizumab. HTN, HLD, CAD, PAD, CKD, COPD, GERD, OSA, BPH.",
        "ASSESSMENT:\n1. MS\n2. PAD\n",
        "",
        "HTN",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    """A text in ordinary letters, or with too few to tell, is read as it is written."""
    assert restore_case(text) == text


def test_a_long_line_in_capitals_is_read_so_too() -> None:
    """One line that somebody dictated in capitals, in a note that is not."""
    line = "PATIENT REPORTS WORSENING DYSPNEA DURING EXERCISE AND TAKES PREDNISONE 40 MG EVERY MORNING"
    note = f"Assessment:\n{line}\nStable otherwise."
    assert restore_case(note).split("\n")[1] == (
        "Patient reports worsening dyspnea during exercise and takes prednisone 40 mg every morning"
    )


def test_one_line_may_be_long() -> None:
    """A megabyte without a line end is read word by word, each sentence by its own start."""
    sentence = "PATIENT REPORTS WORSENING DYSPNEA. DR. ELDERBROOK SAW HIM. "
    read = "Patient reports worsening dyspnea. Dr. Elderbrook saw him. "
    assert restore_case(sentence * 20_000) == read * 20_000
