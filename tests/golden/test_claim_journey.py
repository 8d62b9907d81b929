"""Whole journeys: note → codes → encounter → claim → 837 → payer → 835 → books → the patient's balance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.ledger.balance import charge_postings, claim_positions, payer_key
from nosology.ledger.statement import patient_statement
from nosology.model.claim import Claim
from nosology.model.encounter_json import read_encounter
from nosology.model.ledger import Entry, EntryKind
from nosology.notes.read import read_document
from nosology.payer.policy_file import read_policy_file
from nosology.payer.respond import respond
from nosology.payer.state import State
from nosology.pipeline import bill_encounter, code_note, settle_claim
from nosology.x12.claim_837 import write_837
from nosology.x12.remittance_835 import read_835

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ON = date(2026, 5, 4)
NOTE = """Office visit
HPI: 63 y.o. woman here for follow-up of type 2 diabetes and hypertension. Feels well.
Assessment and plan:
1. Type 2 diabetes mellitus, A1c 7.1, at goal. Continue metformin.
2. Essential hypertension, at goal. Continue losartan.
Return in 3 months.
"""


@pytest.mark.parametrize(
    ("chart", "balance"),
    [("clinic", "39.00"), ("foot-ulcer", "3,520.00"), ("chest-pain", "150.00"), ("sepsis", "3,520.00"),
     ("heart-failure", "3,520.00")],
)  # fmt: skip
def test_demo_ends_with_books_that_balance(chart: str, balance: str, runner: Any, home: Path) -> None:
    result = runner("demo", chart)
    assert result.exit_code == 0, result.output
    assert "The books balance" in result.stdout
    assert f"Patient's balance: {balance} USD" in result.stdout


def test_demo_fails_where_a_payment_does_not_add_up(runner: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nosology.payer.respond as module

    real = module.respond

    def short(*args: Any, **options: Any) -> Any:
        made = real(*args, **options)
        made.files["835"] = made.files["835"].replace("BPR*I*132*", "BPR*I*131*")
        return made

    monkeypatch.setattr(module, "respond", short)
    result = runner("demo", "clinic")
    assert result.exit_code == 1
    assert "do not balance" in result.stdout


def bill(home: Path) -> Claim:
    """The claim of the note above, coded as it stands."""
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "note.txt"
        path.write_text(NOTE, "utf-8")
        coded = code_note(read_document(path, name="note"), setting="professional", on=ON, sex="F", age=63, home=home)
    codes = [each.code for each in coded.suggestions if each.system == "icd10cm"]
    assert codes[0].startswith("E11")
    assert "I10" in codes
    base = json.loads((EXAMPLES / "claims" / "visit.json").read_text("utf-8"))
    base |= {"id": "journey", "diagnoses": codes, "claim": {}}
    base["lines"] = [
        base["lines"][0] | {"modifiers": [], "diagnosis_pointers": [1, 2]},
        base["lines"][1] | {"code": "83036", "modifiers": [], "charge": "40.00", "diagnosis_pointers": [1]},
    ]  # fmt: skip
    made = bill_encounter(read_encounter(base), on=ON, strict=False, home=home, claim_id="JOURNEY-1")
    assert made.may_leave, made.blocking
    return made.claims[0]


def test_note_to_balance_step_by_step(home: Path) -> None:
    claim = bill(home)
    envelope = replace(
        claim.envelope, interchange_control="000000007", group_control="7", transaction_control="0001"
    )  # fmt: skip
    text = write_837([claim], envelope=envelope)
    policy = read_policy_file(EXAMPLES / "payer" / "policy.yaml")
    first = respond(text, policy, State(), on=date(2026, 5, 8))
    again = respond(text, policy, first.state, on=date(2026, 5, 15))
    entries = [
        Entry("charge", ON, EntryKind.CHARGE, charge_postings(claim, payer_key(claim.subscriber.payer)), payer="EXH01")
    ]
    for number, answer in enumerate((first, again)):  # the second says that it is a duplicate, and moves nothing
        remittance = read_835(answer.files["835"]).remittances[0]
        settled = settle_claim(claim, remittance, on=date(2026, 5, 16 + number), entries=entries)
        assert not any(each.waits for each in settled.payments)
        entries += settled.entries
        position = claim_positions(entries)["JOURNEY-1"]
        assert position.difference == 0
        assert (position.charged, position.paid_by_insurance) == (Decimal("250.00"), Decimal("108.00"))
        assert (position.patient_due, position.insurance_due) == (Decimal("54.00"), 0)
    statement = patient_statement(entries, "EXH123456789", on=date(2026, 5, 20))
    assert statement.due == Decimal("54.00")


@pytest.mark.parametrize(
    "behaviour",
    ["drop_modifier", "change_modifier", "split", "bundle", "alter_control_number", "omit_line_control", "deny"],
)
def test_an_untidy_payer_leaves_the_books_in_order(behaviour: str, home: Path) -> None:
    """Complaints 16 and 17: modifiers dropped, lines split or bundled, control numbers altered; nothing is lost."""
    claim = bill(home)
    lines = (replace(claim.lines[0], procedure=replace(claim.lines[0].procedure, modifiers=("25",))), claim.lines[1])
    claim = replace(claim, lines=(lines[0], replace(lines[1], quantity=Decimal(2))))
    envelope = replace(
        claim.envelope, interchange_control="000000007", group_control="7", transaction_control="0001"
    )  # fmt: skip
    policy = read_policy_file(EXAMPLES / "payer" / "policy.yaml")
    policy = replace(policy, behaviour=replace(policy.behaviour, **{behaviour: 1}))
    answer = respond(write_837([claim], envelope=envelope), policy, State(), on=date(2026, 5, 8))
    remittance = read_835(answer.files["835"]).remittances[0]
    settled = settle_claim(claim, remittance, on=date(2026, 5, 16))
    assert [each.claim for each in settled.payments] == [claim]
    for entry in settled.entries:
        assert sum(each.amount for each in entry.postings) == 0
    if behaviour == "deny":
        assert not any(each.account.kind == "write-off" for entry in settled.entries for each in entry.postings)
