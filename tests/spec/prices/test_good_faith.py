"""Good-faith estimates: what 45 CFR 149.610(c)(1) asks, and what is said where the encounter does not state it."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.claims.good_faith import estimate_in_good_faith
from nosology.model.encounter_json import read_encounter

_FILE = Path(__file__).parents[3] / "examples" / "claims" / "visit_secondary.json"
_DAY = date(2026, 5, 4)


def given() -> dict[str, Any]:
    """A synthetic visit with all that an estimate needs."""
    data: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    for line, what in zip(data["lines"], ("visit", "injection of the knee", "drug for the injection"), strict=True):
        line["description"] = what
    return data


def estimate(data: dict[str, Any]) -> dict[str, Any]:
    return estimate_in_good_faith(read_encounter(data), on=_DAY, given_on=date(2026, 4, 27))


def test_all_that_the_rule_asks() -> None:
    found = estimate(given())
    assert found["missing"] == []
    assert found["patient"] == {"name": "Paula R Example", "birth_date": "1958-02-11"}
    assert found["primary_service"] == {"code": "99214", "description": "visit", "scheduled": "2026-05-04"}
    (provider,) = found["providers"]
    assert (provider["name"], provider["npi"], provider["tax_id"]) == ("Dana Sample", "1220000024", "311234567")
    assert provider["location"] == "120 River Street, Columbus, OH 432150100"
    assert [each["code"] for each in provider["items"]] == ["99214", "20610", "J3301"]
    assert provider["items"][1]["diagnoses"] == ["M17.11"]
    assert provider["items"][2]["quantity"] == "4"
    assert (found["expected_total"], provider["dispute_from"]) == ("394.00", "794.00")
    assert any("dispute resolution" in each and "quality of your care" in each for each in found["disclaimers"])
    assert found["expected_patient_share"] is None


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        (lambda data: data.pop("patient_details"), "name of the patient"),
        (lambda data: data["patient_details"].pop("birth_date"), "date of birth of the patient"),
        (lambda data: data["lines"][0].pop("description"), "description of the primary item or service"),
        (lambda data: data["lines"][1].update(charge="0"), "expected charge of 20610"),
        (lambda data: data["practice"]["billing"].pop("tax_id"), "tax number (TIN) of the provider or facility"),
        (lambda data: data["providers"]["rendering"].pop("npi"), "NPI of the provider or facility"),
        (lambda data: data.update(lines=[]), "items and services"),
    ],
)
def test_what_is_missing_is_named(change: Any, missing: str) -> None:
    data = deepcopy(given())
    change(data)
    assert missing in estimate(data)["missing"]


def test_each_provider_has_its_own_sum() -> None:
    data = given()
    data["lines"][1]["providers"] = {"rendering": {"last": "Other", "first": "Sam", "npi": "1220000032"}}
    found = estimate(data)
    totals = {each["name"]: (each["expected_total"], each["dispute_from"]) for each in found["providers"]}
    assert totals == {"Dana Sample": ("234.00", "634.00"), "Sam Other": ("160.00", "560.00")}
    assert Decimal(found["expected_total"]) == 394
