"""The level of a visit against auditors who read the notes and no engine."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from nosology.model.note import Document
from nosology.pipeline import code_note

GOLDEN = Path(__file__).parent
_LEAST = 0.85
_VISITS = ("99", "98", "G0")


def test_a_level_that_an_auditor_defends(home: Path) -> None:
    """In 85 % of the notes at least, and not by giving every visit the commonest level."""
    notes = {}
    for path in GOLDEN.glob("clinic*.jsonl"):
        notes.update((note["id"], note) for note in map(json.loads, path.read_text("utf-8").splitlines()))
    defended, levels = 0, set()
    audited = [json.loads(line) for line in (GOLDEN / "visits" / "audit.jsonl").read_text("utf-8").splitlines()]
    for gold in audited:
        note = notes[gold["id"]]
        coded = code_note(
            Document(note["id"], note["text"]),
            setting="professional",
            on=date(2026, 5, 4),
            sex=note["sex"],
            age=int(note["age"]),
            home=home,
        )
        given = {s.code for s in coded.suggestions if s.system != "icd10cm" and s.code.startswith(_VISITS)}
        levels |= given
        defended += bool(given & set(gold["accept"])) or (not given and bool({"none", "99024"} & set(gold["accept"])))
    assert len(audited) == 115
    assert defended >= _LEAST * len(audited)
    assert len(levels) >= 5
