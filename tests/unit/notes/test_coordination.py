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


@pytest.mark.parametrize(
    ("text", "codes", "never"),
    [
        ("Colon cancer with liver and lung metastases.", {"C18.9", "C78.7", "C78.00"}, "C22"),
        ("Breast cancer with liver, lung and bone metastases.", {"C78.7", "C78.00", "C79.51"}, "C22"),
        ("Lung cancer with brain, liver, and adrenal mets.", {"C34.90", "C79.31", "C78.7", "C79.70"}, "C71"),
        ("Pulmonary embolism and hypertension.", {"I26.99", "I10"}, "I27"),
        ("Pulmonary fibrosis and pulmonary hypertension.", {"J84.10", "I27.20"}, "I10"),
    ],
)
def test_a_word_of_another_condition_is_not_borrowed(text: str, codes: set[str], never: str) -> None:
    note = code_note(Document("case", f"DISCHARGE DIAGNOSES\n{text}\n"), setting="inpatient", on=date(2026, 5, 4))
    found = {s.code for s in note.suggestions}
    assert codes <= found
    assert not any(code.startswith(never) for code in found)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Known liver, possible lung metastases from colon cancer.", {"C78.7", "C18.9"}),
        ("Brain and probably bone mets from breast cancer.", {"C79.31", "C50.919"}),
        ("Liver, likely bone mets from prostate cancer.", {"C78.7", "C61"}),
        ("Cyst of the liver, possible bone metastases.", {"K76.89"}),
        ("Possible lung metastases from breast cancer.", set()),
        ("Lung nodule, possible metastasis from renal cell carcinoma.", {"R91.1"}),
    ],
)
def test_a_doubt_of_the_second_site_is_of_that_site(text: str, codes: set[str]) -> None:
    note = code_note(Document("case", text), setting="outpatient", on=date(2026, 5, 4))
    assert {s.code for s in note.suggestions} == codes
