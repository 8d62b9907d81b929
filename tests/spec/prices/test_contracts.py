"""Commercial contracts and the patient's share, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nosology.claims.contracts import price_by_contract, read_contract
from nosology.claims.desk import Tally
from nosology.claims.patient_share import Benefits, read_benefits, share_with_patient
from nosology.errors import NosologyError, UnreadableInput, UsageError
from nosology.model.encounter import ServiceLine
from nosology.model.price import PriceLine

ON = date(2026, 5, 4)
TERMS: list[dict[str, Any]] = [
    {"id": "all", "method": "percent_of_charge", "percent": 60},
    {"id": "surgery", "method": "percent_of_medicare", "percent": 140, "codes": ["10000-69999"]},
    {"id": "visits", "method": "fee_schedule", "fees": {"99213": 95, "99214": 140}},
    {"id": "knees", "method": "case_rate", "rate": 21000, "drgs": ["469-470"]},
    {"id": "beds", "method": "per_diem", "rate": 2500, "drgs": ["190-200"]},
    {"id": "implant", "method": "percent_of_charge", "percent": 50, "codes": ["C1776"], "carve_out": True},
]


def priced(
    code: str, charge: int, *, medicare: str = "", drg: str = "", days: int | None = None, **contract: Any
) -> str:
    """Sum of what the contract pays: a line, or a stay (with ``drg``) with that line beside it."""
    line = Tally(1, ServiceLine(code, charge=Decimal(charge)))
    line.amount = Decimal(medicare) if medicare else None
    stay = Tally(0, ServiceLine(drg, charge=Decimal(charge))) if drg else None
    read = read_contract({"payer": "P", "terms": TERMS, **contract})
    found = price_by_contract([line], read, stay=stay, drg=drg, setting="inpatient", days=days, on=ON)
    total = [each.amount for each in found]
    return "none" if None in total else str(sum(each for each in total if each is not None))


@pytest.mark.parametrize(
    ("given", "amount", "why"),
    [
        ({"code": "71046", "charge": 200}, "120.00", "60 % of the charge"),
        ({"code": "29881", "charge": 2000, "medicare": "484.31"}, "678.03", "140 % of 484.31"),
        ({"code": "29881", "charge": 500, "medicare": "484.31"}, "500.00", "lesser of charge"),
        ({"code": "29881", "charge": 500, "medicare": "484.31", "lesser_of_charge": False}, "678.03", "not limited"),
        ({"code": "29881", "charge": 500}, "none", "a percent of Medicare without Medicare's price"),
        ({"code": "99213", "charge": 150}, "95.00", "fee schedule"),
        ({"code": "71046", "charge": 90_000, "drg": "470"}, "21000.00", "case rate for the stay"),
        ({"code": "C1776", "charge": 30_000, "drg": "470"}, "36000.00", "and half of the implant beside it"),
        ({"code": "71046", "charge": 90_000, "drg": "190", "days": 4}, "10000.00", "4 days of 2500"),
        ({"code": "71046", "charge": 90_000, "drg": "190"}, "none", "a per diem without length of stay"),
        ({"code": "71046", "charge": 250_000, "drg": "470", "stop_loss": {"threshold": 200000, "percent": 40}}, "41000.00",
         "21000 and 40 % of 50000"),
        ({"code": "71046", "charge": 250_000, "drg": "470",
          "stop_loss": {"threshold": 200000, "percent": 40, "first_dollar": True}}, "100000.00", "40 % of all"),
    ],
)  # fmt: skip
def test_terms(given: dict[str, Any], amount: str, why: str) -> None:
    assert priced(**given) == amount, why


@pytest.mark.parametrize(
    ("services", "amounts", "why"),
    [
        (
            "29881 2000 4 | 20610 300 4 | 99213 150 4",
            "900.00 0.00 95.00",
            "once for what the term names; the visit apart",
        ),
        ("29881 2000 4 | 20610 300 5", "900.00 300.00", "a second day is a second case, not above its charge"),
        ("29881 500 4 | 20610 300 4", "800.00 0.00", "not more than the charges of both"),
        ("H0015 400 4 | H0015 400 5", "250.00 250.00", "a per diem for each day"),
    ],
)
def test_cases_outside_a_stay(services: str, amounts: str, why: str) -> None:
    terms = [
        {"id": "scopes", "method": "case_rate", "rate": 900, "codes": ["20000-29999"], "settings": ["outpatient"]},
        {"id": "days", "method": "per_diem", "rate": 250, "codes": ["H0015"]},
        {"id": "visits", "method": "fee_schedule", "fees": {"99213": 95}},
    ]
    tallies = []
    for number, each in enumerate(services.split("|"), 1):
        code, charge, day = each.split()
        tallies.append(Tally(number, ServiceLine(code, charge=Decimal(charge), date=ON.replace(day=int(day)))))
    read = read_contract({"payer": "P", "terms": terms})
    found = price_by_contract(tallies, read, stay=None, drg="", setting="outpatient", days=None, on=ON)
    assert " ".join(f"{each.amount:.2f}" for each in found) == amounts, why
    assert all(each.steps for each in found)


def test_no_term_is_no_price() -> None:
    assert priced("71046", 200, terms=TERMS[1:]) == "none"


@pytest.mark.parametrize(
    ("terms", "error", "says"),
    [
        (
            [*TERMS, {"id": "more", "method": "case_rate", "rate": 1, "drgs": ["470"]}],
            UsageError,
            "knees and more overlap",
        ),
        ([*TERMS, {"id": "x", "method": "percent_of_charge", "percent": 1}], UsageError, "all and x overlap"),
        ([*TERMS, {"id": "x", "method": "percent_of_charge", "percent": 1, "codes": ["29881"]}], UsageError, "29881"),
        ([{"id": "a", "method": "barter"}], UnreadableInput, "method"),
        ([{"id": "a", "method": "case_rate"}], UnreadableInput, "needs rate"),
        ([{"id": "a", "method": "per_diem", "rate": -5}], UnreadableInput, "zero or more"),
        ([{"id": "a", "method": "per_diem", "rate": 5, "codes": ["9-10"]}], UnreadableInput, "range"),
        (
            [{"id": "a", "method": "per_diem", "rate": 5, "from": "2026-05-01", "to": "2026-01-01"}],
            UnreadableInput,
            "before",
        ),
    ],
)
def test_contracts_that_cannot_be(terms: Any, error: type[NosologyError], says: str) -> None:
    with pytest.raises(error, match=says):
        read_contract({"payer": "P", "terms": terms})


def test_terms_of_different_years_do_not_overlap() -> None:
    terms = [
        {"id": "old", "method": "percent_of_charge", "percent": 50, "to": "2025-12-31"},
        {"id": "new", "method": "percent_of_charge", "percent": 55, "from": "2026-01-01"},
    ]
    assert priced("71046", 200, terms=terms) == "110.00"


def lines(*allowed: str) -> list[PriceLine]:
    return [PriceLine(1, "x", Decimal(each), Decimal(each), "m") for each in allowed]


@pytest.mark.parametrize(
    ("benefits", "patient", "payer", "why"),
    [
        (Benefits(), "0.00", "300.00", "nothing to pay"),
        (Benefits(deductible=Decimal(250)), "250", "50.00", "the deductible goes over the lines"),
        (Benefits(coinsurance=Decimal(20)), "60.00", "240.00", "20 %"),
        (Benefits(deductible=Decimal(100), coinsurance=Decimal(20)), "140.00", "160.00", "100 and 20 % of 200"),
        (Benefits(copay=Decimal(40)), "40.00", "260.00", "a copay"),
        (Benefits(deductible=Decimal(1000), copay=Decimal(40)), "300.00", "0.00", "never more than allowed"),
        (Benefits(coinsurance=Decimal(20), out_of_pocket=Decimal(25)), "25", "275.00", "out-of-pocket maximum"),
        (
            Benefits(deductible=Decimal(250), family_deductible=Decimal(80)),
            "80",
            "220.00",
            "80 are left of the family's",
        ),
        (Benefits(deductible=Decimal(250), family_deductible=Decimal(0)), "0", "300.00", "the family has met it"),
        (
            Benefits(deductible=Decimal(100), family_deductible=Decimal(900)),
            "100",
            "200.00",
            "embedded: own limit first",
        ),
        (
            Benefits(coinsurance=Decimal(50), out_of_pocket=Decimal(90), family_out_of_pocket=Decimal(40)),
            "40",
            "260.00",
            "the family's maximum is lower",
        ),
    ],
)
def test_patient_share(benefits: Benefits, patient: str, payer: str, why: str) -> None:
    found = share_with_patient(lines("100.00", "200.00"), benefits)
    assert found[:2] == (Decimal(patient), Decimal(payer)), why


def test_benefits_that_cannot_be() -> None:
    for data in ([], {"deductible": -1}, {"coinsurance": 120}, {"copay": "much"}, {"other": 1}):
        with pytest.raises(UnreadableInput):
            read_benefits(data)
