"""The letterhead of a note, and first lines that are none."""

import pytest

from nosology.notes.names import find_names


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("General Hospital\nHypertension.", ["General Hospital"]),
        ("Orthopedics\nHip fracture.", ["Orthopedics"]),
        ("TRAUMA\nRib fracture.", ["TRAUMA"]),
        ("Orthopnea and edema.", []),
        ("Head trauma.", []),
        ("ESRD in a dialysis program", []),
        ("Hospital-acquired pneumonia.", []),
        ("Center-involving macular edema.", []),
        ("Status post bariatric surgery.", []),
    ],
)
def test_letterhead(text: str, named: list[str]) -> None:
    """A line names the service; a finding with a word of the kind does not."""
    assert [text[span.start : span.end] for span in find_names(text)] == named
