"""Phrases as charts say them, and the codes that the index and the Tabular List lead to; no guideline is applied."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nosology.model.note import Document
from nosology.notes.annotate import annotate
from nosology.pipeline import load_coder

ON = date(2026, 5, 4)


def read(text: str, home: Path) -> set[str]:
    """The codes of all facts that count."""
    coder = load_coder(ON, home=home)
    tokens = coder.lexicon.tokens(text)
    note = annotate(Document("note", text), lexicon=coder.lexicon, tokens=tokens)
    draft = coder.draft(note, tokens, setting="outpatient", on=ON, sex="", age=None, scope="all")
    return {f.code for c in draft.candidates for f in c.facts if not f.reason}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # every spelling of a phrase
        ("End-stage renal failure.", {"N18.6"}),
        ("Recurrent urinary infections.", {"N39.0"}),
        # the side that the text says
        ("Right leg pain.", {"M79.604"}),
        ("Pain in the left upper limb.", {"M79.602"}),
        ("Pain in both legs.", {"M79.604", "M79.605"}),
        ("Leg pain.", {"M79.606"}),
        ("Right testicular pain.", {"N50.811"}),
        ("Right eyelid edema.", {"H02.843"}),
        ("Eyelid edema.", {"H02.849"}),
        # the Alphabetic Index
        ("Optic neuropathy.", {"H46.9"}),
        ("Hypercoagulability.", {"D68.59"}),
        ("Secondary hyperparathyroidism.", {"N25.81"}),
        ("Episodes of apnea.", {"R06.81"}),
        ("Nocturnal enuresis.", {"N39.44"}),
        ("Testicular lymphoma.", {"C85.99"}),
        ("Bladder neoplasia.", {"D49.4"}),
        ("Incarcerated right inguinal hernia.", {"K40.30"}),
        ("The abdomen was distended.", {"R14.0"}),
        ("Dry mouth; mucous membranes were pale.", {"R68.2", "R23.1"}),
        # words that only look like a diagnosis
        ("Left lateral decubitus position.", set()),
        ("Aerobic bacteria grew.", set()),
        ("Enoxaparin, a low molecular weight heparin.", set()),
        ("Breast reconstruction with a TRAM flap.", set()),
        ("Aggressive treatment of a suspicious lesion.", set()),
        # cues that do not reach
        ("Fractures of the upper and lower extremities and mild hematuria.", {"R31.9"}),
        ("Bone screening showed bone metastases.", {"C79.51"}),
        ("Stable until the appearance of sepsis.", {"A41.9"}),
    ],
)
def test_reading(text: str, codes: set[str], home: Path) -> None:
    assert codes <= read(text, home)
    if not codes:
        assert not read(text, home)
