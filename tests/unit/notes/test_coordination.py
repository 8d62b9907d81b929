"""Words shared by "and": each side of it is a condition of its own."""

from __future__ import annotations

from datetime import date

import pytest

from nosology.model.note import Document
from nosology.pipeline import code_note


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Liver and bone metastases.", {"C78.7", "C79.51"}),
        ("Lung and liver metastases.", {"C78.00", "C78.7"}),
        ("Brain, lung and bone metastases.", {"C79.31", "C78.00", "C79.51"}),
        ("Metastases to liver and bone.", {"C78.7", "C79.51"}),
        ("Pleural and pericardial effusion.", {"J90", "I31.39"}),
    ],
)
def test_both_sides_of_the_and_share_the_head(text: str, codes: set[str]) -> None:
    note = code_note(Document("case", f"DISCHARGE DIAGNOSES\n{text}\n"), setting="inpatient", on=date(2026, 5, 4))
    found = {s.code for s in note.suggestions}
    assert codes <= found
    assert not any(code.startswith(("C22", "C34", "C40", "C41", "C71")) for code in found)
