"""Marks that a system prints around what an author wrote."""

import pytest

from nosology.notes.marks import plain_marks


@pytest.mark.parametrize(
    ("received", "read"),
    [
        ("Plan\no Gout\n o  Asthma", "Plan\n- Gout\n -  Asthma"),
        ("Problem 1 - Gout\nProblem #2: Asthma\nDx 3) Anemia", "1. Gout\n2. Asthma\n3. Anemia"),
        ("Gout (M10.9)\nHypertension [I10]\nAsthma - J45.909\n", "Gout\nHypertension\nAsthma\n"),
        ("Gout (ICD-10-CM: M10.9) and anemia [SNOMED CT: 271737000].", "Gout and anemia."),
    ],
)
def test_what_is_read(received: str, read: str) -> None:
    """Items by their plain marks, diagnoses without the codes of the system."""
    text, offsets = plain_marks(received, None)
    assert text == read
    assert offsets is not None
    assert offsets.end(len(text)) <= len(received)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o one line only",
        "Vitamin deficiency (B12)",
        "Fracture (T12)",
        "Problem list: gout",
        "Diagnosis 2 years ago",
    ],
)
def test_what_stays(text: str) -> None:
    """A vitamin, a vertebra, a year: nothing that a system printed."""
    assert plain_marks(text, None) == (text, None)
