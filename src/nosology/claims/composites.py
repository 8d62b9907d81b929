"""Outpatient services that are paid together: comprehensive observation, complexity adjustments, composite APCs.

Each function says what is paid in place of the single rates. Composite APCs need Addendum M of OPPS, complexity
adjustments Addendum J; comprehensive observation needs neither.

Source: 42 CFR 419.2(b), 419.31; Medicare Claims Processing Manual (Pub. 100-04), chapter 4, 10.2.1, 10.2.3, 290.5.3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from nosology.claims.desk import Tally
from nosology.codes.rates import OppsRate, RateBook
from nosology.model.finding import Severity

__all__ = ["OBSERVATION_APC", "Together", "adjust_complexity", "find_composites", "find_observation"]

_MANUAL = "Pub. 100-04, ch. 4"
OBSERVATION_APC = "8011"
"""Comprehensive observation services."""

_OBSERVATION_HOURS = 8
_OBSERVATION, _DIRECT_REFERRAL = "G0378", "G0379"
_IMAGING = {"8004": "8004", "8005": "8005", "8006": "8005", "8007": "8007", "8008": "8007"}
"""Composite APC of imaging → its family; where one service was with contrast, the higher of the family is paid."""
_MENTAL_HEALTH = "8010"

_Rated = tuple[Tally, OppsRate]


@dataclass(frozen=True, slots=True)
class Together:
    """Several lines that one payment covers: ``lead`` carries it at ``rate``, ``packed`` are in it."""

    lead: Tally
    rate: OppsRate
    packed: tuple[Tally, ...]
    why: str
    source: str


def find_observation(rates: list[_Rated], book: RateBook) -> Together | None:
    """Comprehensive observation (APC 8011): a visit with eight hours of observation or more and no surgery.

    The visit (status J2) is of the day on which observation began or of the day before, a direct referral of the same
    day; no service of status T stands on these days, and none of status J1 on the claim.
    """
    hours = sum(tally.line.units for tally, _rate in rates if tally.line.code == _OBSERVATION)
    if hours < _OBSERVATION_HOURS or any(rate.status == "J1" for _tally, rate in rates):
        return None
    began = min(
        (tally.line.date for tally, _r in rates if tally.line.code == _OBSERVATION and tally.line.date), default=None
    )
    if any(rate.status == "T" and _near(tally.line.date, began) for tally, rate in rates):
        return None
    visits = [
        (tally, rate)
        for tally, rate in rates
        if rate.status == "J2"
        and _near(tally.line.date, began)
        and (tally.line.code != _DIRECT_REFERRAL or tally.line.date == began)
    ]
    apc = book.apc(OBSERVATION_APC) if visits else None
    if apc is None or apc.rate is None:
        return None
    lead, own = max(visits, key=lambda each: (each[1].rate or Decimal(0), -each[0].number))
    return Together(
        lead,
        replace(apc, code=own.code),
        (),
        f"{hours} hours of observation beside the visit: comprehensive observation",
        f"{_MANUAL}, 290.5.3",
    )


def _near(day: date | None, began: date | None) -> bool:
    return day is None or began is None or began - timedelta(days=1) <= day <= began


def adjust_complexity(first: _Rated, rates: list[_Rated], book: RateBook) -> Together | None:
    """The higher APC of a primary service of status J1 beside one of the services that Addendum J pairs with it.

    A second unit of the primary service pairs with itself. Without Addendum J a finding says that it was not asked.
    """
    tally, rate = first
    others = [each for each in rates if each[0] is not tally]
    if not book.holds("opps", "complexity"):
        if any(each.status == "J1" for _tally, each in others):
            message = "several J1 services: Addendum J is not installed, so no complexity adjustment"
            tally.note("complexity", message, fix="install it: nosology codesets install opps --from DIR")
        return None
    codes = dict.fromkeys(each.line.code for each, _rate in others)
    if tally.line.units > 1:
        codes[rate.code] = None
    for code in codes:
        apc = book.complexity(rate.code, code)
        if not apc:
            continue
        higher = book.apc(apc)
        if higher is None or higher.rate is None:
            tally.note("no_rate", f"APC {apc} of Addendum J has no rate in Addendum A", Severity.ERROR)
            continue
        why = f"{rate.code} with {code}: complexity adjustment from APC {rate.apc} to APC {apc}"
        return Together(tally, replace(higher, code=rate.code), (), why, f"{_MANUAL}, 10.2.3; Addendum J")
    return None


def find_composites(rates: list[_Rated], book: RateBook) -> list[Together]:
    """The composite APCs of a claim, each day by itself. Without Addendum M a finding of the line says so."""
    possible = [each for each in rates if each[1].status == "Q3"]
    if not possible:
        return []
    if not book.holds("opps", "composite"):
        for tally, _rate in possible:
            message = "Addendum M is not installed, so no composite APC"
            tally.note("composite", message, Severity.INFORMATION, fix="nosology codesets install opps --from DIR")
        return []
    groups: dict[tuple[date | None, str], list[tuple[Tally, OppsRate, str]]] = {}
    for tally, rate in possible:
        apc = book.composite(rate.code)
        family = _IMAGING.get(apc, apc if apc == _MENTAL_HEALTH else "")
        if family:
            groups.setdefault((tally.line.date, family), []).append((tally, rate, apc))
    found = []
    for (_day, family), members in groups.items():
        together = book.apc(max(apc for _tally, _rate, apc in members))
        if together is None or together.rate is None:
            members[0][0].note("no_rate", "the composite APC has no rate in Addendum A", Severity.ERROR)
        elif family == _MENTAL_HEALTH:
            alone = sum(((rate.rate or Decimal(0)) * tally.line.units for tally, rate, _apc in members), Decimal(0))
            if alone > together.rate:
                why = f"mental health services of one day, {alone} in all: not more than APC {together.apc}"
                found.append(_join(members, together, why, f"{_MANUAL}, 10.2.1; Addendum M"))
        elif sum(tally.line.units for tally, _rate, _apc in members) > 1:
            why = f"{len(members)} imaging services of one family on one day: composite APC {together.apc}"
            found.append(_join(members, together, why, f"{_MANUAL}, 10.2.1; Addendum M"))
    return found


def _join(members: list[tuple[Tally, OppsRate, str]], apc: OppsRate, why: str, source: str) -> Together:
    lead, rate, _apc = max(members, key=lambda each: (each[1].rate or Decimal(0), -each[0].number))
    packed = tuple(tally for tally, _rate, _apc in members if tally is not lead)
    return Together(lead, replace(apc, code=rate.code), packed, why, source)
