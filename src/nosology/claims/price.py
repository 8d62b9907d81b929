"""What an encounter is expected to be paid: which schedule pays which line, then contract and patient share.

Prices never guess: where a table is not installed, a rate or an input is missing, the line has no price and a finding
says why, so that a sum is never taken for complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from nosology.claims.anesthesia import is_anesthesia, price_anesthesia
from nosology.claims.contracts import Contract, price_by_contract
from nosology.claims.desk import Tally
from nosology.claims.inpatient import HospitalTerms, price_inpatient
from nosology.claims.outpatient import OutpatientTerms, price_outpatient
from nosology.claims.patient_share import Benefits, share_with_patient
from nosology.claims.physician import PROVIDERS, PhysicianTerms, price_physician
from nosology.codes.pfs import open_fee_schedule
from nosology.codes.rates import RateBook
from nosology.errors import NosologyError, UnreadableInput, UsageError
from nosology.model.encounter import Encounter, ServiceLine, Setting
from nosology.model.finding import Severity
from nosology.model.price import ZERO, PricedClaim, to_cents

__all__ = ["Terms", "expect_payment", "read_terms", "terms_of_payer"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Terms:
    """How the provider is paid: fee schedule area, who bills, hospital, contract, the patient's benefits.

    ``drg`` is the MS-DRG of an inpatient stay. ``state`` chooses the DMEPOS rates ("AL", "AL-R").
    """

    contractor: str = ""
    locality: str = ""
    state: str = ""
    provider: str = "physician"
    participating: bool = True
    reduced_share: Decimal | None = None
    hospital: HospitalTerms | None = None
    outpatient: OutpatientTerms | None = None
    contract: Contract | None = None
    benefits: Benefits = field(default_factory=Benefits)


def expect_payment(encounter: Encounter, terms: Terms, *, on: date, drg: str = "") -> PricedClaim:
    """Return the expected payment of an encounter, line by line, with steps and findings.

    ``on`` is the date of service (of discharge for a stay): tables are those in force on it.
    """
    tallies = [Tally(number, line) for number, line in enumerate(encounter.lines, 1)]
    good = [tally for tally in tallies if _check_line(tally, on)]
    stay = None
    if encounter.setting is Setting.INPATIENT:
        charge = sum((line.charge for line in encounter.lines), Decimal(0))
        stay = Tally(0, ServiceLine(drg, charge=charge))
        _attempt(stay, lambda: _price_stay(stay, encounter, terms, on, drg))
        tallies_of_price = [stay]
    else:
        _price_lines(encounter, good, terms, RateBook(on))
        tallies_of_price = tallies
    if terms.contract is not None:
        if stay is not None:
            stay.findings.clear()
        for tally in good:
            tally.findings.clear()
        tallies_of_price = price_by_contract(
            good, terms.contract, stay=stay, drg=drg, setting=encounter.setting.value, days=_days(encounter), on=on
        )
        tallies_of_price += [tally for tally in tallies if tally not in good]
    else:
        for tally in tallies_of_price:
            _limit_to_charge(tally)
    for tally in tallies_of_price:
        if tally.amount is None and not tally.findings:
            tally.note("no_price", "no table at hand prices this line", Severity.ERROR)
    lines = tuple(tally.close() for tally in tallies_of_price)
    patient, payer, sequestered, steps = share_with_patient(lines, terms.benefits)
    return PricedClaim(
        encounter.id,
        lines,
        sum((line.allowed for line in lines if line.allowed is not None), ZERO),
        patient,
        payer,
        sequestered,
        bool(lines) and all(line.allowed is not None for line in lines),
        tuple(steps),
        tuple(finding for tally in tallies_of_price for finding in tally.findings),
    )


def _check_line(tally: Tally, on: date) -> bool:
    """False, with a finding, for a line that cannot be right."""
    line = tally.line
    if not line.code.strip():
        tally.note("code", "no code", Severity.ERROR)
    elif line.units <= 0:
        tally.note("units", f"units must be more than 0, not {line.units}", Severity.ERROR)
    elif line.charge < 0:
        tally.note("charge", "the charge is below zero", Severity.ERROR)
    elif line.date is not None and line.date.year != on.year:
        tally.note("date", f"the date of service {line.date} lies in another year than {on}", Severity.WARNING)
        return True
    else:
        return True
    return False


def _attempt(tally: Tally, work: Any) -> None:
    """Run a pricer; a table that is not at hand becomes a finding of the line."""
    try:
        work()
    except NosologyError as error:
        tally.amount = None
        tally.note("table", str(error), Severity.ERROR)


def _days(encounter: Encounter) -> int | None:
    if encounter.length_of_stay is not None:
        return encounter.length_of_stay
    if encounter.admitted is None or encounter.discharged is None:
        return None
    return max((encounter.discharged - encounter.admitted).days, 1)


def _price_stay(stay: Tally, encounter: Encounter, terms: Terms, on: date, drg: str) -> None:
    stay.method = "IPPS"
    if not drg:
        stay.note("drg", "an inpatient stay needs an MS-DRG", Severity.ERROR)
        return
    if terms.hospital is None:
        stay.note(
            "hospital",
            "an inpatient stay needs the hospital's rates",
            Severity.ERROR,
            fix="give the hospital in --terms",
        )
        return
    book = RateBook(on)
    rate = book.drg(drg)
    if rate is None:
        stay.note("weight", f"DRG {drg} has no weight in Table 5", Severity.ERROR)
        return
    price_inpatient(
        stay, rate, terms.hospital, days=_days(encounter), discharge_status=encounter.discharge_status,
        source=book.source("msdrg-weights"),
    )  # fmt: skip


def _price_lines(encounter: Encounter, tallies: list[Tally], terms: Terms, book: RateBook) -> None:
    rest = tallies
    if encounter.setting in (Setting.OUTPATIENT, Setting.EMERGENCY) and terms.outpatient is not None:
        try:
            rest = price_outpatient(tallies, book, terms.outpatient)
        except NosologyError as error:
            for tally in tallies:
                tally.note("table", str(error), Severity.ERROR)
            return
    anesthesia = [tally for tally in rest if is_anesthesia(tally.line.code)]
    for tally in anesthesia:
        _attempt(tally, lambda tally=tally: price_anesthesia(tally, book, terms.contractor, terms.locality))
    others = [tally for tally in rest if tally not in anesthesia]
    try:
        _price_physician(others, terms, book)
    except NosologyError as error:
        for tally in others:
            if tally.amount is None:
                tally.note("table", str(error), Severity.ERROR)
        return
    for tally in others:
        if tally.amount is None and not tally.findings:
            _attempt(tally, lambda tally=tally: _price_elsewhere(tally, terms, book))


def _price_physician(tallies: list[Tally], terms: Terms, book: RateBook) -> None:
    if not tallies:
        return
    if terms.provider not in PROVIDERS:
        raise UsageError(f"provider {terms.provider!r}: choose one of {', '.join(PROVIDERS)}")
    schedule = open_fee_schedule(on=book.on)
    if schedule.release.outdated(book.on):
        raise UsageError(
            f"no physician fee schedule is in force on {book.on}: the newest ended {schedule.release.effective_to}; "
            "install: nosology codesets install pfs --from FILE"
        )
    here = book.locality(terms.contractor, terms.locality)
    if here is None:
        raise UsageError(f"no cost indices for contractor {terms.contractor!r} locality {terms.locality!r}; give both")
    name = f"{schedule.release.source.split(':')[0]}, in force {schedule.release.effective_from}"
    terms_here = PhysicianTerms(here, terms.provider, terms.participating, terms.reduced_share)
    price_physician(tallies, schedule, terms_here, name)


def _price_elsewhere(tally: Tally, terms: Terms, book: RateBook) -> None:
    """Laboratory tests and equipment, which have schedules of their own."""
    code = tally.line.code
    if code[:1] in "ABEKLQV" and code[1:].isdigit() and terms.state:
        rate = book.equipment(code, tally.line.modifiers, terms.state.upper())
        if rate is not None and "KJ" in tally.line.modifiers:
            what = "KJ, months 4 to 13 of a rental: paid below the rate of the schedule, which is of months 1 to 3"
            tally.note("rental", what, Severity.ERROR, citation="42 CFR 414.229", fix="ask the contractor")
            return
        if rate is not None:
            tally.method = "DMEPOS fee schedule"
            tally.set(
                to_cents(rate * tally.line.units),
                "fee",
                f"{rate} × {tally.line.units}, {terms.state}",
                book.source("dmepos"),
            )
            return
        tally.note("no_rate", f"{code} has no DMEPOS rate in {terms.state}", Severity.ERROR)
        return
    rate = book.laboratory(code, "QW" if "QW" in tally.line.modifiers else "")
    if rate is None:
        tally.note("unknown_code", f"{code} has no rate in the tables at hand", Severity.ERROR)
        return
    tally.method, tally.paid_in_full = "clinical laboratory fee schedule", True
    tally.set(
        to_cents(rate * tally.line.units),
        "fee",
        f"{rate} × {tally.line.units}",
        f"42 CFR 414.507; {book.source('clfs')}",
    )


def _limit_to_charge(tally: Tally) -> None:
    """Medicare's schedules pay the lesser of charge and fee; the prospective payment systems pay their rate."""
    charge = to_cents(tally.line.charge)
    if tally.method in ("IPPS", "OPPS") or tally.amount is None or not 0 < charge < tally.amount:
        return
    tally.set(charge, "lesser of", "not more than the charge", "SSA 1848(a)(1), 1833(a)")


def read_terms(data: object) -> Terms:
    """The terms that a parsed JSON object describes: the fields of :class:`Terms`, of the hospital, the contract, the
    benefits by their names. Raises UnreadableInput, or UsageError for a contract with overlapping terms.
    """
    from nosology.claims.contracts import read_contract
    from nosology.claims.patient_share import read_benefits

    if not isinstance(data, Mapping):
        raise UnreadableInput("the terms must be a JSON object")
    unknown = sorted(set(data) - {each.name for each in fields(Terms)})
    if unknown:
        raise UnreadableInput(f"terms: unknown field {unknown[0]}")
    share = data.get("reduced_share")
    return Terms(
        contractor=str(data.get("contractor", "")),
        locality=str(data.get("locality", "")),
        state=str(data.get("state", "")),
        provider=str(data.get("provider", "physician")),
        participating=bool(data.get("participating", True)),
        reduced_share=None if share is None else _decimal(share, "reduced_share"),
        hospital=_read_decimals(HospitalTerms, data.get("hospital"), "hospital"),
        outpatient=_read_decimals(OutpatientTerms, data.get("outpatient"), "outpatient"),
        contract=None if data.get("contract") is None else read_contract(data["contract"]),
        benefits=read_benefits(data.get("benefits") or {}),
    )


def terms_of_payer(data: object, payer: str) -> Terms | None:
    """The terms of one payer out of an object from names of payers to terms; "" holds those of every other payer.

    None where the object has neither. Raises UnreadableInput for terms that cannot be read.
    """
    if not isinstance(data, Mapping):
        return None
    names = {str(name).strip().lower(): each for name, each in data.items()}
    chosen = names.get(payer.strip().lower(), names.get(""))
    return None if chosen is None else read_terms(chosen)


def _decimal(found: object, name: str) -> Decimal:
    try:
        value = Decimal(str(found))
    except InvalidOperation:
        value = Decimal("NaN")
    if isinstance(found, bool) or not value.is_finite() or value < 0:
        raise UnreadableInput(f"terms: {name} must be a number of zero or more")
    return value


def _read_decimals(kind: type[_T], data: object, name: str) -> _T | None:
    """A dataclass of figures (and flags) from an object with the same names."""
    if data is None:
        return None
    if not isinstance(data, Mapping):
        raise UnreadableInput(f"terms: {name} must be an object")
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    for each in data:
        if each not in known:
            raise UnreadableInput(f"terms: {name}: unknown field {each}")
    values: dict[str, Any] = {
        each: found if isinstance(found, bool) and each == "hac_reduction" else _decimal(found, f"{name}.{each}")
        for each, found in data.items()
    }
    try:
        return kind(**values)
    except TypeError:
        from dataclasses import MISSING

        missing = [each for each, its in known.items() if its.default is MISSING and each not in values]
        raise UnreadableInput(f"terms: {name} needs {', '.join(missing)}") from None
