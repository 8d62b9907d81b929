"""What was shortened with a stroke or misspelt by a letter is read in full, and knows where it stands."""

import pytest

from nosology.notes.spelled import spell_out


@pytest.mark.parametrize(
    ("received", "read"),
    [
        ("COPD w/ exacerbaton", "COPD with exacerbation"),
        ("CKD w/o anemia, DM w/retinopathy", "CKD without anemia, DM with retinopathy"),
        ("healing w/in a week", "healing within a week"),
        ("F/u: in a week. F/U. h/o gout", "Follow-up: in a week. FOLLOW-UP. h/o gout"),
        ("Pnuemonia, CHORNIC kidny diseas", "Pneumonia, CHRONIC kidney disease"),
        ("hypertenssion; fibrilation", "hypertension; fibrillation"),
    ],
)
def test_what_is_read(received: str, read: str) -> None:
    """Letters left out, written twice or out of order; words before a stroke."""
    text, offsets = spell_out(received, None)
    assert text == read
    assert offsets is not None
    assert offsets.end(len(text)) == len(received)
    assert "".join(received[offsets.start(at)] for at in range(len(text)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Fracture, infections, retina and vertebra, sciatic pain, delusion, no hemorrhoid, bacteria",
        "w/u of the nodule, w/c bound, s/w family",
        "hypotension and hypertension, hyperthyroidism and hypothyroidism",
        "Weight/height, of/user",
    ],
)
def test_what_stays(text: str) -> None:
    """Words that are words, and strokes that mean something else."""
    assert spell_out(text, None) == (text, None)
