"""Several services of one day: multiple procedures, endoscopies of one family, imaging, therapy, heart and eye tests.

Source: Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.6; chapter 5, section 10.7; chapter 13,
section 40; 42 CFR 414.40 and 410.60; physician fee schedule final rules (cardiovascular and ophthalmology: CY 2013).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from nosology.claims.desk import Tally
from nosology.claims.fees import FACILITIES, fee_of
from nosology.codes.pfs import FeeRow, FeeSchedule
from nosology.codes.rates import Locality
from nosology.model.finding import Severity
from nosology.model.price import to_cents

__all__ = ["reduce_multiple"]

_HALF = Decimal("0.5")
_MANUAL = "Pub. 100-04, ch. 12, 40.6"
_TESTS = {  # indicator: share that stays of the technical part and of the professional part of each further service
    "4": (Decimal("0.5"), Decimal("0.95"), "imaging", "42 CFR 414.40; SSA 1848(b)(10), (11)"),
    "6": (Decimal("0.75"), Decimal(1), "cardiovascular tests", "physician fee schedule final rule CY 2013"),
    "7": (Decimal("0.8"), Decimal(1), "ophthalmology tests", "physician fee schedule final rule CY 2013"),
}
_Priced = list[tuple[Tally, FeeRow]]


def reduce_multiple(priced: _Priced, schedule: FeeSchedule, here: Locality, source: str) -> None:
    """Reduce what is paid for several services of one day, in place."""
    days: dict[object, _Priced] = defaultdict(list)
    for tally, row in priced:
        if tally.amount is not None:
            days[tally.line.date].append((tally, row))
    for day in days.values():
        _reduce_surgery(day, schedule, here)
        for indicator in _TESTS:
            _reduce_tests([each for each in day if each[1].multiple == indicator], indicator, schedule, here)
        _reduce_therapy([each for each in day if each[1].multiple == "5"], here)


def _reduce_surgery(day: _Priced, schedule: FeeSchedule, here: Locality) -> None:
    """Each endoscopy family counts as one procedure; then the dearest in full, the second to fifth half."""
    groups: list[_Priced] = [[each] for each in day if each[1].multiple == "2"]
    families: dict[str, _Priced] = defaultdict(list)
    bases = {row.endoscopic_base for _tally, row in day if row.multiple == "3"}
    for each in day:
        if each[1].multiple == "3":
            families[each[1].endoscopic_base].append(each)
    for group in list(groups):
        if group[0][1].code in bases:  # the base endoscopy itself stands beside one of its family
            groups.remove(group)
            families[group[0][1].code].append(group[0])
    for base, family in families.items():
        _reduce_family(base, family, schedule, here)
        groups.append(family)
    if len(groups) < 2:
        return
    groups.sort(key=lambda group: (-_sum(group), group[0][0].number))
    for rank, group in enumerate(groups):
        for tally, _row in group:
            if rank:
                tally.times(_HALF, "multiple procedures", f"procedure {rank + 1} of the day, 50 %", f"{_MANUAL}.C")
            if rank >= 5:
                tally.note("multiple", "from the sixth procedure of a day on the contractor prices by report")


def _sum(group: _Priced) -> Decimal:
    return sum((tally.amount or Decimal(0) for tally, _row in group), Decimal(0))


def _reduce_family(base: str, family: _Priced, schedule: FeeSchedule, here: Locality) -> None:
    if len(family) < 2:
        return
    base_row = schedule.find(base)
    family.sort(key=lambda each: (-(each[0].amount or Decimal(0)), each[0].number))
    for tally, row in family[1:]:
        if row.code == base or base_row is None:
            tally.set(Decimal(0), "endoscopy", f"the base {base} is in the others of its family", f"{_MANUAL}.C.10")
            if base_row is None:
                tally.note("endoscopy", f"the base {base} is not in the schedule", Severity.ERROR)
            continue
        fee = fee_of(base_row, here, facility=tally.line.place_of_service in FACILITIES)
        less = to_cents(max((tally.amount or Decimal(0)) - fee, Decimal(0)))
        tally.set(less, "endoscopy", f"family of {base}: less the base of {fee}", f"{_MANUAL}.C.10")


def _part(tally: Tally, row: FeeRow, modifier: str, schedule: FeeSchedule, here: Locality) -> Decimal:
    """What the technical (TC) or professional (26) part of a line is paid, 0 if the line does not hold it."""
    if row.modifier in ("26", "TC"):
        return tally.amount or Decimal(0) if row.modifier == modifier else Decimal(0)
    part = schedule.find(row.code, modifier)
    if part is None:
        return Decimal(0)
    fee = fee_of(part, here, facility=tally.line.place_of_service in FACILITIES)
    return min(fee * tally.line.units, tally.amount or Decimal(0))


def _reduce_tests(tests: _Priced, indicator: str, schedule: FeeSchedule, here: Locality) -> None:
    """The dearest technical and the dearest professional part in full, every other reduced."""
    technical, professional, what, source = _TESTS[indicator]
    for modifier, stays in (("TC", technical), ("26", professional)):
        parts = [(tally, _part(tally, row, modifier, schedule, here)) for tally, row in tests]
        parts = sorted((each for each in parts if each[1]), key=lambda each: (-each[1], each[0].number))
        for tally, part in parts[1:] if stays != 1 else ():
            less = to_cents(part * (1 - stays))
            amount = (tally.amount or Decimal(0)) - less
            name = "technical" if modifier == "TC" else "professional"
            tally.set(amount, what, f"{name} part of a further service, less {(1 - stays) * 100:.0f} %", source)


def _reduce_therapy(services: _Priced, here: Locality) -> None:
    """The practice part of every unit but the dearest of the day is halved."""
    first: tuple[Tally, FeeRow] | None = max(
        services, key=lambda each: (each[1].practice_office, -each[0].number), default=None
    )
    for tally, row in services:
        units = tally.line.units
        unit = to_cents(row.practice_office * here.practice * row.conversion_factor * _HALF)
        reduced = units - 1 if first is not None and tally is first[0] else units
        total = to_cents((tally.amount or Decimal(0)) * units)
        if units != 1:
            tally.set(total, "units", f"{units} units", "Pub. 100-04, ch. 5, 10.7")
        if reduced > 0:
            tally.set(
                total - unit * reduced, "therapy",
                f"practice part of {reduced} further units, less 50 % ({unit} each)", "Pub. 100-04, ch. 5, 10.7",
            )  # fmt: skip
