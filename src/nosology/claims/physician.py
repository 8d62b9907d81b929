"""Physician fee schedule of Medicare: relative values × cost indices × conversion factor, and what modifiers change.

Source: 42 CFR 414.20 to 414.60; Medicare Claims Processing Manual (Pub. 100-04), chapter 12, sections 20 to 40.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from nosology.claims.desk import Tally
from nosology.claims.fees import FACILITIES, fee_of
from nosology.claims.multiple import reduce_multiple
from nosology.codes.pfs import FeeRow, FeeSchedule
from nosology.codes.rates import Locality
from nosology.model.finding import Severity

__all__ = ["PROVIDERS", "PhysicianTerms", "price_physician"]

PROVIDERS: dict[str, tuple[Decimal, str]] = {
    "physician": (Decimal(1), "42 CFR 414.20"),
    "nurse practitioner": (Decimal("0.85"), "42 CFR 414.56"),
    "physician assistant": (Decimal("0.85"), "42 CFR 414.52"),
    "clinical nurse specialist": (Decimal("0.85"), "42 CFR 414.56"),
    "nurse midwife": (Decimal(1), "42 CFR 414.54"),
    "clinical social worker": (Decimal("0.75"), "Pub. 100-04, ch. 12, 150"),
    "dietitian": (Decimal("0.85"), "42 CFR 414.64"),
}
"""Who bills under the own number → share of the schedule."""

_MANUAL = "Pub. 100-04, ch. 12"
_NOT_PAID = {
    "B": "bundled: payment is in that of another service",
    "E": "excluded from the schedule by regulation",
    "I": "not valid for Medicare; another code is used",
    "M": "for reporting only",
    "N": "not covered by Medicare",
    "P": "bundled or excluded",
    "Q": "for reporting only",
    "D": "deleted",
}


@dataclass(frozen=True, slots=True)
class PhysicianTerms:
    """How the practice is paid: its locality, who bills, whether it takes assignment.

    ``reduced_share`` is what the contractor pays for a service with modifier 52, which has no national share.
    """

    locality: Locality
    provider: str = "physician"
    participating: bool = True
    reduced_share: Decimal | None = None


def price_physician(tallies: list[Tally], schedule: FeeSchedule, terms: PhysicianTerms, source: str) -> None:
    """Price the lines that the schedule pays; those of other schedules are left alone (``amount`` None, no finding)."""
    priced: list[tuple[Tally, FeeRow]] = []
    for tally in tallies:
        row = _choose_row(tally, schedule)
        if row is None:
            continue
        tally.method = "physician fee schedule"
        if row.status in _NOT_PAID:
            tally.set(Decimal(0), "status", f"status {row.status}, {_NOT_PAID[row.status]}", source)
            tally.note("not_paid", f"status {row.status}: {_NOT_PAID[row.status]}")
        elif row.status == "C" or (not row.total_office and not row.total_facility):
            tally.note(
                "contractor", "priced by the contractor: no relative value is published", fix="ask the contractor"
            )
        else:
            _price_row(tally, row, schedule, terms, source)
            priced.append((tally, row))
    _bundle_status_t(priced, source)
    reduce_multiple(priced, schedule, terms.locality, source)
    for tally, row in priced:
        _apply_roles(tally, row, terms)
        _apply_provider(tally, terms)


def _choose_row(tally: Tally, schedule: FeeSchedule) -> FeeRow | None:
    """The row of the code and of 26, TC or 53, which have rows of their own where they apply."""
    for modifier in ("26", "TC", "53"):
        if modifier in tally.line.modifiers:
            own = schedule.find(tally.line.code, modifier)
            if own is not None:
                return own
            if modifier != "53" and schedule.find(tally.line.code) is not None:
                tally.note("component", f"modifier {modifier} does not apply to {tally.line.code}", Severity.ERROR)
    row = schedule.find(tally.line.code)
    return row if row is not None and row.status not in ("X", "J") else None


def _price_row(tally: Tally, row: FeeRow, schedule: FeeSchedule, terms: PhysicianTerms, source: str) -> None:
    place = tally.line.place_of_service
    if not place:
        tally.note("place", "no place of service: the rate outside a facility is taken", Severity.INFORMATION)
    facility = place in FACILITIES
    fee = fee_of(row, terms.locality, facility=facility)
    practice = row.practice_facility if facility else row.practice_office
    here = terms.locality
    tally.set(
        fee,
        "fee",
        f"(work {row.work} × {here.work} + practice {practice} × {here.practice} + malpractice {row.malpractice} × "
        f"{here.malpractice}) × {row.conversion_factor}, {'facility' if facility else 'non-facility'}, "
        f"{here.name.strip()}",
        f"42 CFR 414.20; {source}",
    )
    if tally.line.units != 1 and row.multiple != "5":  # therapy is multiplied where its units are reduced
        tally.times(tally.line.units, "units", f"{tally.line.units} units", source)
    _apply_sides(tally, row)
    _apply_parts(tally, row, terms)


def _apply_sides(tally: Tally, row: FeeRow) -> None:
    if "50" not in tally.line.modifiers:
        return
    if row.bilateral == "1":
        tally.times(Decimal("1.5"), "bilateral", "both sides, 150 %", f"{_MANUAL}, 40.7")
    elif row.bilateral == "3":
        tally.times(Decimal(2), "bilateral", "both sides, each in full", f"{_MANUAL}, 40.7")
    else:
        tally.note("bilateral", f"modifier 50 changes nothing here: bilateral indicator {row.bilateral}")


def _apply_parts(tally: Tally, row: FeeRow, terms: PhysicianTerms) -> None:
    """Parts of the global package, and services that were reduced or stopped."""
    modifiers = tally.line.modifiers
    shares = {"54": row.preoperative + row.intraoperative, "55": row.postoperative, "56": row.preoperative}
    chosen = [each for each in ("54", "55", "56") if each in modifiers]
    if chosen and row.global_days in ("010", "090"):
        share = sum((shares[each] for each in chosen), Decimal(0))
        tally.times(share, "global package", f"modifier {' '.join(chosen)}, share {share}", f"{_MANUAL}, 40.2")
    if "78" in modifiers and row.global_days in ("010", "090"):
        tally.times(
            row.intraoperative, "return", f"modifier 78, intraoperative share {row.intraoperative}", f"{_MANUAL}, 40.4"
        )
    if "52" in modifiers:
        if terms.reduced_share is None:
            tally.amount = None
            tally.note("reduced", "modifier 52 has no national share: the contractor sets it", fix="give reduced_share")
        else:
            tally.times(
                terms.reduced_share,
                "reduced",
                f"modifier 52, share {terms.reduced_share} of the site",
                f"{_MANUAL}, 40.4",
            )
    if "53" in modifiers and row.modifier != "53":
        tally.amount = None
        tally.note("stopped", "modifier 53 without a row of its own is priced by report", fix="ask the contractor")


def _bundle_status_t(priced: list[tuple[Tally, FeeRow]], source: str) -> None:
    for tally, row in priced:
        others = [
            each
            for each, its in priced
            if each is not tally and each.line.date == tally.line.date and its.status != "T"
        ]
        if row.status == "T" and others:
            tally.set(Decimal(0), "status", "status T, and another service of the day is paid", source)


def _apply_roles(tally: Tally, row: FeeRow, terms: PhysicianTerms) -> None:
    modifiers = set(tally.line.modifiers)
    if modifiers & {"80", "81", "82", "AS"}:
        if row.assistant in ("1", "9"):
            tally.set(Decimal(0), "assistant", "an assistant at this service is not paid", f"{_MANUAL}, 20.4.3")
            tally.note("assistant", f"assistant indicator {row.assistant}: not paid")
            return
        if row.assistant == "0":
            tally.note("assistant", "assistant indicator 0: paid only with documents of medical necessity")
        helper = "AS" in modifiers
        share = Decimal("0.136") if helper else Decimal("0.16")
        why = "assistant at surgery, 85 % of 16 %" if helper else "assistant at surgery, 16 %"
        tally.times(share, "assistant", why, "42 CFR 414.52; SSA 1848(i)(2)(B)" if helper else f"{_MANUAL}, 20.4.3")
    if "62" in modifiers:
        if row.co_surgeon in ("0", "9"):
            tally.set(Decimal(0), "co-surgeon", "co-surgeons are not paid for this service", f"{_MANUAL}, 40.8")
            tally.note("co_surgeon", f"co-surgeon indicator {row.co_surgeon}: not paid")
            return
        if row.co_surgeon == "1":
            tally.note("co_surgeon", "co-surgeon indicator 1: paid only with documents of medical necessity")
        tally.times(Decimal("0.625"), "co-surgeon", "one of two surgeons, 62.5 %", f"{_MANUAL}, 40.8")
    if "66" in modifiers and row.team in ("0", "9"):
        tally.set(Decimal(0), "team", "a team of surgeons is not paid for this service", f"{_MANUAL}, 40.8")
        tally.note("team", f"team indicator {row.team}: not paid")
    elif "66" in modifiers:
        tally.amount = None
        tally.note("team", "team surgery is priced by report", citation=f"{_MANUAL}, 40.8", fix="ask the contractor")


def _apply_provider(tally: Tally, terms: PhysicianTerms) -> None:
    share, source = PROVIDERS[terms.provider]
    if share != 1 and "AS" not in tally.line.modifiers:
        tally.times(share, "provider", f"{terms.provider}, {share * 100:.0f} % of the schedule", source)
    if not terms.participating:
        tally.times(Decimal("0.95"), "participation", "not participating, 95 %", "42 CFR 414.20(b)")
