"""Outpatient hospital services of Medicare (OPPS): status indicators, packaging, comprehensive APCs, discounts.

Source: 42 CFR 419.2, 419.31 to 419.44; Medicare Claims Processing Manual (Pub. 100-04), chapter 4; Addenda A, B and D1.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from nosology.claims.desk import Tally
from nosology.codes.rates import OppsRate, RateBook
from nosology.model.finding import Severity
from nosology.model.price import to_cents

__all__ = ["OutpatientTerms", "price_outpatient"]

_LABOR = Decimal("0.6")
_WAGE_ADJUSTED = frozenset({"J1", "J2", "P", "Q1", "Q2", "Q3", "Q4", "R", "S", "T", "U", "V"})
_PAID = _WAGE_ADJUSTED | {"G", "K", "K1"}
_BESIDE_COMPREHENSIVE = frozenset({"A", "F", "G", "H", "H1", "L", "R", "U"})
_OTHER_SCHEDULE = {"A", "F", "H", "H1", "L", "Y"}
_NEVER = {
    "B": "not recognized on this type of bill; another code is used",
    "C": "inpatient only: not paid to an outpatient department",
    "D": "discontinued",
    "E1": "not paid by Medicare on outpatient claims",
    "E2": "no pricing data: not paid",
    "M": "not billable to the contractor",
}
_MANUAL = "Pub. 100-04, ch. 4"


@dataclass(frozen=True, slots=True)
class OutpatientTerms:
    """The hospital: its wage index; ``reporting`` False takes the reduced rates of 42 CFR 419.43(h) by ``ratio``."""

    wage_index: Decimal
    ratio: Decimal = Decimal(1)


def price_outpatient(tallies: list[Tally], book: RateBook, terms: OutpatientTerms) -> list[Tally]:
    """Price the lines of one claim; returns those that another schedule pays (laboratory, therapy, equipment)."""
    source = book.source("opps")
    elsewhere: list[Tally] = []
    rates: list[tuple[Tally, OppsRate]] = []
    for tally in tallies:
        tally.method = "OPPS"
        rate = book.opps(tally.line.code)
        if rate is None:
            tally.note("unknown_code", f"{tally.line.code} is not in Addendum B", Severity.ERROR)
        elif rate.status in _NEVER:
            tally.set(Decimal(0), "status", f"status {rate.status}: {_NEVER[rate.status]}", source)
            tally.note("not_paid", f"status {rate.status}: {_NEVER[rate.status]}")
        else:
            rates.append((tally, rate))
    paid = _package(rates, source, elsewhere)
    for tally, rate in paid:
        _price(tally, rate, terms, source)
    _discount([each for each in paid if each[1].status == "T"])
    _reduce_stopped(paid)
    for tally, rate in paid:
        _set_copay(tally, rate)
    return elsewhere


def _package(rates: list[tuple[Tally, OppsRate]], source: str, elsewhere: list[Tally]) -> list[tuple[Tally, OppsRate]]:
    """Decide which lines are paid; those that are packaged get 0.00 with the reason."""
    comprehensive = [each for each in rates if each[1].status == "J1"]
    first = max(comprehensive, key=lambda each: (each[1].rate or Decimal(0), -each[0].number), default=None)
    if len(comprehensive) > 1 and first is not None:
        first[0].note(
            "complexity",
            "several J1 services: the complexity adjustment of Addendum J is not applied",
            fix="check Addendum J",
        )
    present = {rate.status for _tally, rate in rates}
    paid = []
    for tally, rate in rates:
        status = rate.status
        by = ""
        if status == "N":
            by = "always packaged"
        elif first is not None and tally is not first[0] and status not in _BESIDE_COMPREHENSIVE:
            by = f"in the comprehensive APC {first[1].apc} of {first[1].code}"
        elif status == "Q1" and present & {"S", "T", "V", "J2"}:
            by = "packaged beside a service of status S, T or V"
        elif status == "Q2" and "T" in present:
            by = "packaged beside a service of status T"
        elif status == "Q4" and present & {"J1", "J2", "S", "T", "V", "Q1", "Q2", "Q3"}:
            by = "laboratory test packaged beside another service"
        if by:
            tally.set(Decimal(0), "packaging", f"status {status}: {by}", f"42 CFR 419.2(b); {source}, Addendum D1")
        elif status in _OTHER_SCHEDULE or status == "Q4":
            tally.method = ""
            elsewhere.append(tally)
        elif status in _PAID and rate.rate is not None:
            if status == "Q3":
                tally.note("composite", "composite APCs (Addendum M) are not applied", Severity.INFORMATION)
            paid.append((tally, rate))
        else:
            tally.note("no_rate", f"status {status}: Addendum B has no rate", Severity.ERROR)
    q1 = [each for each in paid if each[1].status == "Q1"]
    for tally, _rate in sorted(q1, key=lambda each: -(each[1].rate or Decimal(0)))[1:]:  # only the dearest is paid
        tally.set(Decimal(0), "packaging", "status Q1: packaged into the dearest of them", f"{_MANUAL}, 10.4")
    return [each for each in paid if each[0].amount is None]


def _price(tally: Tally, rate: OppsRate, terms: OutpatientTerms, source: str) -> None:
    assert rate.rate is not None
    amount = rate.rate * terms.ratio
    if rate.status in _WAGE_ADJUSTED:
        amount = amount * (_LABOR * terms.wage_index + (1 - _LABOR))
        why = f"APC {rate.apc}, {rate.rate} × ({_LABOR} × wage index {terms.wage_index} + {1 - _LABOR})"
    else:
        why = f"APC {rate.apc}, {rate.rate}, not adjusted for wages"
    tally.set(to_cents(amount), "APC", f"status {rate.status}, {why}", f"42 CFR 419.43(c); {source}")
    units = Decimal(1) if rate.status in ("J1", "J2", "V") else tally.line.units
    if rate.status != "T" and units != 1:
        tally.times(units, "units", f"{units} units", source)


def _discount(lines: list[tuple[Tally, OppsRate]]) -> None:
    """Multiple procedures of status T: the dearest in full, every other unit half."""
    lines.sort(key=lambda each: (-(each[0].amount or Decimal(0)), each[0].number))
    for rank, (tally, _rate) in enumerate(lines):
        units = tally.line.units * (2 if "50" in tally.line.modifiers else 1)
        share = units * Decimal("0.5") if rank else 1 + (units - 1) * Decimal("0.5")
        if share != 1:
            why = f"{'further procedure' if rank else 'first procedure'}, {units} units: {share} of the rate"
            tally.times(share, "discount", why, "42 CFR 419.44(a)")


def _reduce_stopped(lines: list[tuple[Tally, OppsRate]]) -> None:
    for tally, _rate in lines:
        if {"73", "52"} & set(tally.line.modifiers):
            tally.times(Decimal("0.5"), "stopped", "stopped before anaesthesia, or reduced: 50 %", "42 CFR 419.44(b)")


def _set_copay(tally: Tally, rate: OppsRate) -> None:
    """The patient's copayment: the national one if there is one, else the least (20 %), in step with the payment."""
    copay = rate.national_copay or rate.minimum_copay
    if tally.amount is not None and copay is not None and rate.rate:
        tally.patient_fixed = to_cents(tally.amount * copay / rate.rate)
