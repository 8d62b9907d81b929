"""A side is taken from elsewhere in the chart only where it is said of the same part of the body."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nosology.model.note import Document
from nosology.pipeline import code_note


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Breast cancer. Right knee osteoarthritis.", "C50.919"),
        ("Breast cancer. Right shoulder pain.", "C50.919"),
        ("Ovarian cyst. Left ankle sprain.", "N83.209"),
        ("Knee osteoarthritis. Left shoulder bursitis.", "M17.9"),
        ("Right shoulder pain. Swelling of the knee.", "M25.469"),
        ("Breast cancer. Right lumpectomy in 2020.", "C50.911"),  # no part is named that it could be said of
        ("Breast cancer. Lump of the right breast.", "C50.911"),
        ("Kidney cancer. Left nephrectomy.", "C64.2"),
        ("Foot ulcer. The left leg is swollen.", "L97.529"),
        ("Age-related nuclear cataract. OD 20/40.", "H25.11"),
    ],
)
def test_a_side_is_not_borrowed_from_another_part(text: str, code: str, home: Path) -> None:
    note = code_note(Document("case", text), setting="outpatient", on=date(2026, 5, 4), home=home)
    codes = {s.code for s in note.suggestions} | {n.code for n in note.not_coded}
    assert code in codes
