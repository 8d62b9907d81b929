"""Outpatient hospital services of Medicare (OPPS): status indicators, packaging, payment together, discounts.

Source: 42 CFR 419.2, 419.31 to 419.44; Medicare Claims Processing Manual (Pub. 100-04), chapter 4; Addenda A, B and D1.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from nosology.claims.composites import OBSERVATION_APC, Together, adjust_complexity, find_composites, find_observation
from nosology.claims.desk import Tally
from nosology.claims.outpatient_outliers import add_outliers
from nosology.codes.rates import OppsRate, RateBook
from nosology.model.finding import Severity
from nosology.model.price import to_cents
from nosology.model.trace import Step

__all__ = ["OutpatientTerms", "price_outpatient"]

_LABOR = Decimal("0.6")
_WAGE_ADJUSTED = frozenset({"J1", "J2", "P", "Q1", "Q2", "Q3", "Q4", "R", "S", "T", "U", "V"})
_PAID = _WAGE_ADJUSTED | {"G", "K", "K1"}
_BESIDE_COMPREHENSIVE = frozenset({"A", "F", "G", "H", "H1", "K1", "L", "R", "U"})
_WITHOUT_OUTLIER = frozenset({"G", "K", "K1"})
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
    """The hospital: its wage index; ``ratio`` for the reduced rates of 42 CFR 419.43(h).

    ``cost_ratio`` (cost to charges) and ``outlier_threshold`` (USD, the fixed amount of the year) are needed for
    outlier payments, both or neither.
    """

    wage_index: Decimal
    ratio: Decimal = Decimal(1)
    cost_ratio: Decimal | None = None
    outlier_threshold: Decimal | None = None


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
    rates, groups = _join(rates, book)
    once = {group.lead.number: group for group in groups}
    into: dict[int, Tally] = {}
    paid = _package(rates, groups, source, elsewhere, into)
    for tally, rate in paid:
        _price(tally, rate, terms, source, once.get(tally.number))
    _discount([each for each in paid if each[1].status == "T"])
    _reduce_stopped(paid)
    for tally, rate in paid:
        _set_copay(tally, rate)
    _add_outliers(paid, [tally for tally, _rate in rates if tally not in elsewhere], into, terms)
    return elsewhere


def _join(rates: list[tuple[Tally, OppsRate]], book: RateBook) -> tuple[list[tuple[Tally, OppsRate]], list[Together]]:
    """Services that are paid together get the rate of that payment; the others keep theirs."""
    first = max(
        (each for each in rates if each[1].status == "J1"),
        key=lambda each: (each[1].rate or Decimal(0), -each[0].number),
        default=None,
    )
    one = adjust_complexity(first, rates, book) if first is not None else find_observation(rates, book)
    groups = [one] if one is not None else [] if first is not None else find_composites(rates, book)
    changed = {group.lead.number: group.rate for group in groups}
    for group in groups:
        group.lead.steps.append(Step("together", group.why, group.source, (group.lead.line.code,)))
    return [(tally, changed.get(tally.number, rate)) for tally, rate in rates], groups


def _package(
    rates: list[tuple[Tally, OppsRate]],
    groups: list[Together],
    source: str,
    elsewhere: list[Tally],
    into: dict[int, Tally],
) -> list[tuple[Tally, OppsRate]]:
    """Decide which lines are paid; those that are packaged get 0.00 with the reason, and ``into`` which line."""
    comprehensive = [each for each in rates if each[1].status == "J1" or each[1].apc == OBSERVATION_APC]
    first = max(comprehensive, key=lambda each: (each[1].rate or Decimal(0), -each[0].number), default=None)
    covered = {tally.number: group for group in groups for tally in group.packed}
    present = {rate.status for _tally, rate in rates}
    paid = []
    for tally, rate in rates:
        status = rate.status
        by = ""
        if first is not None and tally is not first[0] and status not in _BESIDE_COMPREHENSIVE:
            by = f"in the comprehensive APC {first[1].apc} of {first[1].code}" if status != "N" else "always packaged"
            into[tally.number] = first[0]
        elif status == "N":
            by = "always packaged"
        elif tally.number in covered:
            by = covered[tally.number].why
            into[tally.number] = covered[tally.number].lead
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
            paid.append((tally, rate))
        else:
            tally.note("no_rate", f"status {status}: Addendum B has no rate", Severity.ERROR)
    q1 = [each for each in paid if each[1].status == "Q1"]
    for tally, _rate in sorted(q1, key=lambda each: -(each[1].rate or Decimal(0)))[1:]:  # only the dearest is paid
        tally.set(Decimal(0), "packaging", "status Q1: packaged into the dearest of them", f"{_MANUAL}, 10.4")
    return [each for each in paid if each[0].amount is None]


def _add_outliers(
    paid: list[tuple[Tally, OppsRate]], rated: list[Tally], into: dict[int, Tally], terms: OutpatientTerms
) -> None:
    if terms.cost_ratio is None or terms.outlier_threshold is None:
        if paid and terms.cost_ratio != terms.outlier_threshold:
            paid[0][0].note("outlier", "outliers need both cost_ratio and outlier_threshold; none was computed")
        return
    lines = [tally for tally, rate in paid if rate.status not in _WITHOUT_OUTLIER]
    separate = {tally.number for tally, _rate in paid}
    packed = [tally for tally in rated if tally.number not in separate and tally.amount == 0]
    add_outliers(lines, packed, into, ratio=terms.cost_ratio, threshold=terms.outlier_threshold)


def _price(tally: Tally, rate: OppsRate, terms: OutpatientTerms, source: str, group: Together | None) -> None:
    assert rate.rate is not None
    amount = rate.rate * terms.ratio
    if rate.status in _WAGE_ADJUSTED:
        amount = amount * (_LABOR * terms.wage_index + (1 - _LABOR))
        why = f"APC {rate.apc}, {rate.rate} × ({_LABOR} × wage index {terms.wage_index} + {1 - _LABOR})"
    else:
        why = f"APC {rate.apc}, {rate.rate}, not adjusted for wages"
    tally.set(to_cents(amount), "APC", f"status {rate.status}, {why}", f"42 CFR 419.43(c); {source}")
    units = Decimal(1) if group is not None or rate.status in ("J1", "J2", "V") else tally.line.units
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
