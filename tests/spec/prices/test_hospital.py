"""Outpatient hospital services (OPPS CY 2025, Addendum B) and inpatient stays (IPPS), worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nosology.claims.desk import Tally
from nosology.claims.inpatient import HospitalTerms, price_inpatient
from nosology.claims.outpatient import OutpatientTerms
from nosology.claims.price import Terms, expect_payment
from nosology.codes.rates import DrgRate
from nosology.model.encounter import Encounter, ServiceLine, Setting


def amounts(priced: Any) -> list[str]:
    return ["none" if line.allowed is None else str(line.allowed) for line in priced.lines]


@pytest.mark.parametrize(
    ("services", "allowed", "why"),
    [
        # 45378: T, 911.71 × (0.6 × 0.9 + 0.4) = 911.71 × 0.94 = 857.0074
        ("45378", ["857.01"], "42 CFR 419.43(c)"),
        # 20610: T, 295.19 × 0.94 = 277.4786; half 138.74
        ("45378 | 20610", ["857.01", "138.74"], "the dearest in full, the other half; 419.44(a)"),
        ("20610 *2", ["416.22"], "one in full, one half: 277.48 × 1.5"),
        ("45378-73", ["428.51"], "stopped before anaesthesia, half; 419.44(b)"),
        ("J1100 | 45378", ["0.00", "857.01"], "status N is packaged"),
        # 12001 Q1 198.70, 96365 S 210.69 × 0.94 = 198.0486
        ("12001 | 96365", ["0.00", "198.05"], "Q1 beside S is packaged"),
        ("12001", ["186.78"], "Q1 alone: 198.70 × 0.94"),
        # 29881 J1 3244.61 × 0.94 = 3049.9334; 27447 J1 12866.82 × 0.94 = 12094.8108
        ("29881 | 96365 | 71046", ["3049.93", "0.00", "0.00"], "comprehensive APC: all in one"),
        ("29881 | 27447", ["0.00", "12094.81"], "the dearest J1 is the primary service"),
        ("99213", ["0.00"], "status B: not paid on this bill, and a finding says so"),
        ("36415", ["8.83"], "Q4 alone: the laboratory schedule"),
        ("ZZZZZ", ["none"], "not in Addendum B"),
    ],
)
def test_outpatient(price: Any, services: str, allowed: list[str], why: str) -> None:
    terms = Terms("10112", "00", outpatient=OutpatientTerms(Decimal("0.9")))
    priced = price(services, setting="outpatient", terms=terms)
    assert amounts(priced) == allowed, why
    assert all(line.steps for line in priced.lines if line.allowed is not None)


def test_copayment_of_the_schedule(price: Any) -> None:
    """45378: least copayment 182.35 of 911.71, in step with 857.01: 171.41."""
    terms = Terms("10112", "00", outpatient=OutpatientTerms(Decimal("0.9")))
    assert price("45378", setting="outpatient", terms=terms).patient_pays == Decimal("171.41")


HOSPITAL = HospitalTerms(
    operating_labor=Decimal(4400),
    operating_nonlabor=Decimal(2300),
    wage_index=Decimal("1.1"),
    capital_rate=Decimal(500),
    fixed_loss=Decimal(40000),
    operating_ccr=Decimal("0.25"),
    capital_ccr=Decimal("0.02"),
    geographic_factor=Decimal("1.05"),
)
"""Round figures, so that each amount can be checked by hand."""
PLAIN = DrgRate("470", Decimal(2), Decimal(4), Decimal(5), post_acute=True, special_pay=False)


def stay(charge: int = 30_000, **change: Any) -> Tally:
    tally = Tally(0, ServiceLine("470", charge=Decimal(charge)))
    days, status = change.pop("days", 5), change.pop("status", "01")
    rate = change.pop("rate", PLAIN)
    price_inpatient(tally, rate, replace(HOSPITAL, **change), days=days, discharge_status=status, source="Table 5")
    return tally


@pytest.mark.parametrize(
    ("change", "amount", "why"),
    [
        # operating (4400 × 1.1 + 2300) × 2 = 14280.00; capital 500 × 1.05 × 2 = 1050.00
        ({}, "15330.00", "42 CFR 412.64, 412.308"),
        ({"dsh_operating": Decimal("0.1"), "ime_operating": Decimal("0.05")}, "17472.00", "and 15 % of 14280.00"),
        ({"per_discharge": Decimal(100)}, "15430.00", "uncompensated care"),
        ({"value_based": Decimal("1.01"), "readmissions": Decimal("0.98")}, "15187.20", "14280.00 × −0.01"),
        ({"hac_reduction": True}, "15176.70", "less 1 % of 15330.00"),
        # transfer on day 1 of GMLOS 4: 2 of 4 days, half
        ({"status": "02", "days": 1}, "7665.00", "412.4(f)(1): twice the per diem on the first day"),
        ({"status": "02", "days": 3}, "15330.00", "not more than the full payment"),
        ({"status": "62", "days": 1}, "7665.00", "a post-acute transfer DRG"),
        (
            {"status": "62", "days": 1, "rate": replace(PLAIN, special_pay=True)},
            "11497.50",
            "special pay: (1 + 0.5) / 2",
        ),
        ({"status": "62", "days": 1, "rate": replace(PLAIN, post_acute=False)}, "15330.00", "no transfer DRG"),
        # charge 400000: cost 100000 + 8000. Thresholds: 40000 × (44/67 × 1.1 + 23/67) × 25/27 + 14280, and
        # 40000 × 1.05 × 2/27 + 1050: 39469.3201 + 14280 + 3111.1111 + 1050 = 57910.4312; 80 % of 50089.5688
        ({"charge": 400_000}, "55401.66", "412.84: 80 % of the cost above the threshold"),
        ({"charge": 400_000, "rate": replace(PLAIN, drg="927")}, "60410.61", "burns: 90 %"),
        # half of it all: 21290.2156 + 7140 + 525 = 28955.2156; 80 % of 79044.7844, beside 7665.00
        (
            {"charge": 400_000, "status": "02", "days": 1},
            "70900.83",
            "412.80(b): the threshold of a transfer by its days",
        ),
        (
            {"status": "02", "days": 1, "rate": replace(PLAIN, drg="789")},
            "15330.00",
            "412.4(f): DRG 789 is of transfers",
        ),
        ({"status": "07", "days": 1}, "15330.00", "against advice: in full, with a finding"),
    ],
)
def test_inpatient(change: dict[str, Any], amount: str, why: str) -> None:
    tally = stay(**change)
    assert str(tally.amount) == amount, why
    assert all(step.source for step in tally.steps)


def test_a_transfer_that_cannot_be_told_has_no_price() -> None:
    tally = stay(status="03", rate=replace(PLAIN, post_acute=None))
    assert tally.amount is None
    assert "post-acute" in tally.findings[0].message
    assert stay(status="02", days=None).amount is None


def test_against_advice_may_be_a_transfer() -> None:
    assert [each.rule for each in stay(status="07", days=1).findings] == ["price.transfer"]


def test_stay_without_inputs(price: Any) -> None:
    """Neither hospital nor DRG: a finding, no price."""
    encounter = Encounter("x", Setting.INPATIENT, lines=(ServiceLine("", charge=Decimal(1)),))
    for drg in ("", "470"):
        priced = expect_payment(encounter, Terms(), on=date(2026, 5, 4), drg=drg)
        assert priced.lines[0].allowed is None
        assert not priced.complete
        assert priced.findings
