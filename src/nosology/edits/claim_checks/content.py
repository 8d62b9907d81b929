"""What a claim says as a whole: numbers of its parts, sums, identifiers, characters, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from nosology.edits.checks.claim import npi_is_valid
from nosology.edits.claim_desk import ClaimDesk, claim_edit
from nosology.model.claim import ClaimForm
from nosology.model.claim_parts import Party
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = [
    "check_characters",
    "check_charges",
    "check_claim_dates",
    "check_codes",
    "check_facility",
    "check_limits",
    "check_numbers",
]


@claim_edit("claim_limits")
def check_limits(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """More lines, diagnoses, pointers or modifiers than the form holds, or none; pointers to what is not there."""
    claim, most = desk.claim, rule.data["forms"][desk.claim.form.value]
    count = len(claim.diagnoses)
    if not claim.lines:
        yield desk.find(rule, "lines", {"why": "no service"})
    for what, stated in (("lines", len(claim.lines)), ("diagnoses", count)):
        if stated > most[what]:
            yield desk.find(rule, what, {"why": f"{stated} {what}, and a claim holds {most[what]}"})
    for line in claim.lines:
        where, wrong = desk.line(line), [each for each in line.pointers if not 1 <= each <= count]
        if wrong:
            yield desk.find(rule, f"{where}.diagnosis_pointers", {"why": f"points to diagnosis {wrong[0]} of {count}"})
        if len(line.pointers) > most["pointers"]:
            yield desk.find(rule, f"{where}.diagnosis_pointers", {"why": f"{len(line.pointers)} pointers"})
        if not line.pointers and claim.form is ClaimForm.PROFESSIONAL:
            yield desk.find(rule, f"{where}.diagnosis_pointers", {"why": "points to no diagnosis"})
        if line.procedure is not None and len(line.procedure.modifiers) > most["modifiers"]:
            yield desk.find(rule, f"{where}.modifiers", {"why": f"{len(line.procedure.modifiers)} modifiers"})


@claim_edit("claim_charges")
def check_charges(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """Charges below zero, no units, more not covered than charged, and a sum that is not that of the lines."""
    claim = desk.claim
    for line in claim.lines:
        where = desk.line(line)
        if line.charge < 0:
            yield desk.find(rule, f"{where}.charge", {"why": "the charge is below zero"})
        if line.quantity <= 0:
            yield desk.find(rule, f"{where}.units", {"why": f"{line.quantity} units"})
        if line.noncovered is not None and not 0 <= line.noncovered <= line.charge:
            yield desk.find(rule, f"{where}.noncovered", {"why": "more is not covered than is charged"})
        if line.charge != line.charge.quantize(Decimal("0.01")):
            yield desk.find(rule, f"{where}.charge", {"why": "the charge has parts of a cent"})
    total = sum((line.charge for line in claim.lines), Decimal(0))
    if claim.lines and total != claim.charge:
        yield desk.find(rule, "lines", {"why": f"the claim charges {claim.charge} USD, its lines {total} USD"})
    paid = next((each.amount for each in claim.amounts if each.qualifier == "F5"), Decimal(0))
    if not 0 <= paid <= claim.charge:
        yield desk.find(
            rule, "claim.patient_paid", {"why": "the patient paid more than is charged, or less than nothing"}
        )


@claim_edit("claim_codes")
def check_codes(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """Codes of the claim (HI) that are empty or cannot be one of their list, or that lack their day or amount."""
    for n, each in enumerate(desk.claim.codes):
        if each.qualifier not in rule.data["lists"]:
            continue
        where, form = rule.data["lists"][each.qualifier]
        nth = sum(other.qualifier == each.qualifier for other in desk.claim.codes[: n + 1])
        if not re.fullmatch(form, each.code):
            yield desk.find(rule, where, {"why": f"code {nth} of the list {each.qualifier} is empty, or cannot be one"})
        if each.qualifier in rule.data["dated"] and not each.value:
            yield desk.find(rule, where, {"why": f"code {nth} of the list {each.qualifier} has no day"})
        if each.qualifier in rule.data["amounts"] and each.amount is None:
            yield desk.find(rule, where, {"why": f"code {nth} of the list {each.qualifier} has no amount"})


@claim_edit("claim_numbers")
def check_numbers(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """National provider identifiers that cannot be one, wherever a provider stands."""
    claim = desk.claim
    parties = [("practice.billing.npi", claim.billing)]
    parties += [(f"providers.{rule.data['roles'].get(each.role, each.role)}.npi", each) for each in claim.providers]
    for line in claim.lines:
        parties += [(f"{desk.line(line)}.providers", each) for each in line.providers]
    for where, each in parties:
        if each.id_qualifier == "XX" and not npi_is_valid(each.id.strip()):
            yield desk.find(rule, where)


@claim_edit("claim_characters")
def check_characters(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """Characters that separate parts of an X12 file, or that the file cannot carry; the place is that on the claim."""
    wrong = re.compile(rule.data["wrong"])
    for where, text in _texts(desk.claim, "claim"):
        found = wrong.search(text)
        if found:
            yield desk.find(rule, where, {"character": f"U+{ord(found.group()):04X}"})


def _texts(part: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, str):
        yield path, part
    elif isinstance(part, tuple):
        for n, each in enumerate(part):
            yield from _texts(each, f"{path}[{n}]")
    elif is_dataclass(part):
        for each in fields(part):
            yield from _texts(getattr(part, each.name), f"{path}.{each.name}")


@claim_edit("claim_days")
def check_claim_dates(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """Days that cannot be: before birth, outside of the statement period, an onset after the service, no day at all."""
    claim = desk.claim
    born = claim.person.birth_date
    period = next((each for each in claim.dates if each.qualifier == "434"), None)
    days = []
    for line in claim.lines:
        where = f"{desk.line(line)}.date"
        for each in (each for each in line.dates if each.qualifier == "472"):
            first, last = each.first, each.last
            if first is None or last is None or last < first:
                yield desk.find(rule, where, {"why": "the day of the service is no day, or ends before it begins"})
                continue
            days.append(first)
            if born and first < born:
                yield desk.find(rule, where, {"why": "the service lies before the birth"})
            if period and period.first and period.last and not period.first <= first <= last <= period.last:
                yield desk.find(rule, where, {"why": "the service lies outside of the statement period"})
    if period and (period.first is None or period.last is None or period.last < period.first):
        yield desk.find(rule, "stay", {"why": "the statement period ends before it begins"})
    for each in claim.dates:
        name = rule.data["before_service"].get(each.qualifier)
        if name and days and each.first and each.first > min(days):
            yield desk.find(rule, f"claim.dates.{name}", {"why": f"{name} lies after the first service"})
        if each.form in ("D8", "RD8") and not isinstance(each.first, date):
            yield desk.find(rule, "claim.dates", {"why": f"the date {each.qualifier} is no day"})


@claim_edit("claim_facility")
def check_facility(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """A service facility that is the billing provider again: payers want it left out."""
    facility = desk.claim.provider("77")
    billing = desk.claim.billing
    if facility is not None and facility.address is not None and _key(facility) == _key(billing):
        yield desk.find(rule, "practice.service_facility")


def _key(party: Party) -> tuple[str, ...]:
    place = party.address
    if place is None:
        return (party.id,)
    parts = (place.line1, place.line2, place.city, place.state, place.zip[:5])
    return tuple("".join(each.casefold().split()) for each in parts)
