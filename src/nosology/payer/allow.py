"""What the contract allows for each line, or for a stay as a whole, in USD, with the steps of the price."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from nosology.claims.patient_share import Benefits
from nosology.claims.price import Terms, expect_payment
from nosology.errors import NosologyError
from nosology.grouping.msdrg import assign_drg
from nosology.model.encounter import ServiceLine, Setting
from nosology.model.price import ZERO, PriceLine
from nosology.model.trace import Step
from nosology.payer.case import Case, service_code

__all__ = ["Allowed", "allow"]


@dataclass(slots=True)
class Allowed:
    """Allowed amounts by line (from 0; None: no price), or ``stay`` for all lines together.

    ``fixed`` are copayments that a schedule sets, ``full`` lines without any share of the patient.
    """

    lines: dict[int, Decimal | None] = field(default_factory=dict)
    stay: Decimal | None = None
    whole: bool = False
    drg: str = ""
    fixed: dict[int, Decimal] = field(default_factory=dict)
    full: set[int] = field(default_factory=set)
    steps: dict[int, tuple[Step, ...]] = field(default_factory=dict)
    claim_steps: tuple[Step, ...] = ()
    terms: Terms = field(default_factory=Terms)


def allow(case: Case, places: list[int]) -> Allowed:
    """Price the lines at these places (those that were not denied) by the provider's contract."""
    terms = case.provider.terms if case.provider is not None else case.policy.default_terms
    made = Allowed(terms=terms or Terms())
    if terms is None:
        made.lines = dict.fromkeys(places)
        return made
    stay = case.encounter.setting is Setting.INPATIENT
    if stay:
        made.drg, found = _drg(case)
        made.claim_steps = (found,)
    lines = tuple(_coded(case, place) for place in places)
    priced = expect_payment(
        replace(case.encounter, lines=lines), replace(terms, benefits=Benefits()), on=case.day, drg=made.drg
    )
    for line in priced.lines:
        if line.number == 0:
            made.whole, made.stay = True, line.allowed
            made.claim_steps += line.steps
        else:
            _enter(made, places[line.number - 1], line, case, terms)
    if made.whole:
        carved = [each for each in made.lines.values() if each is not None]
        made.stay = None if made.stay is None else made.stay + sum(carved, ZERO)
    reasons = tuple(Step("no price", each.message, each.rule) for each in priced.findings if each.severity == "error")
    made.claim_steps += reasons
    return made


def _coded(case: Case, place: int) -> ServiceLine:
    line = case.encounter.lines[place]
    return replace(line, code=line.code or service_code(case.claim.lines[place]), date=line.date or case.day)


def _enter(made: Allowed, place: int, line: PriceLine, case: Case, terms: Terms) -> None:
    charge = case.claim.lines[place].charge
    made.lines[place] = ZERO if charge == 0 and line.allowed is not None else line.allowed
    made.steps[place] = line.steps
    if line.patient_fixed is not None:
        made.fixed[place] = line.patient_fixed
    if line.paid_in_full and terms.contract is None:
        made.full.add(place)


def _drg(case: Case) -> tuple[str, Step]:
    """The MS-DRG of the stay by its codes, else the one that the claim states."""
    stated = next((each.code for each in case.claim.codes if each.qualifier == "DR"), "")
    try:
        found = assign_drg(case.encounter, on=case.day, dotted=True).drg
    except NosologyError as error:
        return stated, Step("drg", f"{stated or 'none'}, as the claim says: {error}", "the claim")
    agrees = "" if not stated or stated.lstrip("0") == found.lstrip("0") else f"; the claim says {stated}"
    return found, Step("drg", f"MS-DRG {found}{agrees}", "MS-DRG Definitions Manual")
