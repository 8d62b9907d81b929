"""An encounter billed: edits, group, claims, price and scrub in one result."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nosology.claims.price import Terms
from nosology.edits.claim_check import check_claim, date_of_claim
from nosology.model.encounter_json import read_encounter
from nosology.pipeline import bill_encounter

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "claims"
ON = date(2026, 5, 4)


def load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    return data


@pytest.mark.parametrize("name", ["visit", "stay", "dental", "visit_secondary"])
def test_examples_may_leave(name: str, home: Path) -> None:
    bill = bill_encounter(read_encounter(load(name)), on=ON, home=home, strict=False)
    assert bill.may_leave, bill.blocking
    assert not bill.scrub
    assert date_of_claim(bill.claims[0]) == ON
    assert bill.claims[0].envelope is not None
    if name == "stay":
        assert bill.drg is not None
        assert bill.drg.drg in [each.code for each in bill.claims[0].codes if each.qualifier == "DR"]


def test_tables_that_are_missing_stop_a_strict_bill(home: Path) -> None:
    bill = bill_encounter(read_encounter(load("visit")), on=ON, home=home)
    assert {each.rule for each in bill.blocking} <= {"edit.not-run"}
    assert bill.may_leave is not bool(bill.blocking)


def test_what_is_missing_stops_it_and_says_where(home: Path) -> None:
    data = load("visit")
    del data["coverages"][0]["member_id"], data["coverages"][0]["release"]
    bill = bill_encounter(read_encounter(data), on=ON, home=home, strict=False)
    assert not bill.may_leave
    assert {each.where for each in bill.blocking} == {"coverages[0].member_id", "coverages[0].release"}
    assert all(each.fix for each in bill.blocking)


def test_expected_payment_and_overrides(home: Path) -> None:
    data = load("visit") | {"lines": load("visit")["lines"][:1]}
    data["coverages"][0]["authorizations"] = [{"number": "A", "to": "2026-01-01"}]
    bill = bill_encounter(read_encounter(data), on=ON, home=home, strict=False, terms=Terms())
    assert bill.expected is not None
    assert [each.rule for each in bill.blocking] == ["claim.authorization"]
    data["overrides"] = [
        {"rule": "claim.authorization", "by": "B. Biller", "on": "2026-05-06", "why": "payer confirmed"}
    ]
    bill = bill_encounter(read_encounter(data), on=ON, home=home, strict=False)
    assert bill.may_leave


def test_a_check_that_fails_stops_the_claim(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    from nosology.edits.claim_desk import CLAIM_CHECKS

    def broken(*_: object) -> Any:
        raise ValueError("a name of a patient")

    claim = bill_encounter(read_encounter(load("visit")), on=ON, home=home, strict=False).claims[0]
    monkeypatch.setitem(CLAIM_CHECKS, "claim_limits", broken)
    found = check_claim(claim, on=ON)
    assert [(each.rule, each.severity) for each in found] == [("edit.failed", "error")]
    assert "patient" not in found[0].message


def test_messages_hold_no_names(home: Path) -> None:
    data = load("visit")
    data["patient_details"]["last"] = "Canary*"
    data["coverages"][0]["member_id"] = "CANARY~1"
    del data["practice"]["signature"]
    bill = bill_encounter(read_encounter(data), on=ON, home=home, strict=False)
    assert len(bill.blocking) == 3
    assert not any("canary" in (each.message + each.where + each.fix).lower() for each in bill.findings)
