"""Good-faith estimates for the uninsured and those who pay themselves: all that the rule asks, or that it is missing.

Nothing is made up: what the encounter does not state stands under ``missing``, so that an estimate which lacks an
element is never taken for complete. Service descriptions are those of the encounter.

Source: 45 CFR 149.610(c)(1) (content), 149.610(b)(1)(vi) (when), 149.620(a)(2)(ii) (substantially in excess: 400 USD).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from nosology.model.claim_parts import Party
from nosology.model.coverage import Registration
from nosology.model.encounter import Encounter, ServiceLine
from nosology.model.price import ZERO, to_cents

__all__ = ["DISCLAIMERS", "DISPUTE", "estimate_in_good_faith"]

DISPUTE = Decimal(400)
"""A bill that much above what the estimate expects of a provider, in USD, may be disputed (45 CFR 149.620)."""

DISCLAIMERS = (
    "Additional items or services may be recommended as part of the course of care; they must be scheduled or requested"
    " separately and are not in this estimate.",
    "This is only an estimate of what is reasonably expected on the day it is given; actual items, services or charges"
    " may differ.",
    f"If a provider or facility bills {DISPUTE} USD or more above its expected charges, you may start the"
    " patient-provider dispute resolution process within 120 days of the bill; how is said at www.cms.gov/nosurprises."
    " Starting it does not adversely affect the quality of your care.",
    "This estimate is no contract and does not oblige you to obtain the items or services from any provider or facility"
    " named in it.",
)
"""What the patient must be told, 45 CFR 149.610(c)(1)(viii) to (xi)."""

_TAX_ID = ("EI", "SY", "TJ")


def estimate_in_good_faith(
    encounter: Encounter, *, on: date, given_on: date | None = None, patient: Decimal | None = None
) -> dict[str, Any]:
    """The estimate of an encounter to come as an object; ``on`` is its day, ``given_on`` the day of the estimate.

    The first line is the primary item or service. ``patient`` is what an insured patient is expected to pay, where
    that is known. ``missing`` names every required element that the encounter does not state; amounts are USD as text.
    """
    who = encounter.registration or Registration()
    missing: list[str] = []

    def need(value: str, what: str) -> str:
        if not value and what not in missing:
            missing.append(what)
        return value

    person = who.patient
    birth = encounter.birth_date or (person.birth_date if person else None)
    shown_patient = {
        "name": need(_name(person.party) if person else "", "name of the patient"),
        "birth_date": need(birth.isoformat() if birth else "", "date of birth of the patient"),
    }
    first = encounter.lines[0] if encounter.lines else ServiceLine("")
    need(first.code, "items and services")
    primary = {
        "code": first.code,
        "description": need(_description(first), "description of the primary item or service"),
        "scheduled": (first.date or on).isoformat(),
    }
    groups: dict[str, tuple[Party, list[ServiceLine]]] = {}
    for line in encounter.lines:
        party = _provider_of(line, who)
        groups.setdefault(party.id or _name(party), (party, []))[1].append(line)
    providers = []
    for party, lines in groups.values():
        address = _place(who, party)
        total = _sum(lines)
        providers.append(
            {
                "name": need(_name(party), "name of the provider or facility"),
                "npi": need(party.id if party.id_qualifier in ("", "XX") else "", "NPI of the provider or facility"),
                "tax_id": need(_tax_id(party, who), "tax number (TIN) of the provider or facility"),
                "location": need(address, "state and place where the services are furnished"),
                "items": [_item(line, encounter, on, need) for line in lines],
                "expected_total": f"{total}",
                "dispute_from": f"{total + DISPUTE}",
            }
        )
    total = _sum(encounter.lines)
    return {
        "id": encounter.id,
        "patient": shown_patient,
        "primary_service": primary,
        "diagnoses": [each.code for each in encounter.diagnoses if each.code.strip()],
        "providers": providers,
        "scheduled_separately": [],
        "expected_total": f"{total}",
        "expected_patient_share": None if patient is None else f"{patient}",
        "dispute_from": f"{total + DISPUTE}",
        "given_on": given_on.isoformat() if given_on else None,
        "disclaimers": list(DISCLAIMERS),
        "missing": missing,
        "source": "45 CFR 149.610(c)(1)",
    }


def _item(line: ServiceLine, encounter: Encounter, on: date, need: Any) -> dict[str, Any]:
    pointed = [
        encounter.diagnoses[number - 1].code
        for number in line.diagnosis_pointers
        if 0 < number <= len(encounter.diagnoses)
    ]
    charged = line.charge > 0
    need("yes" if charged else "", f"expected charge of {line.code or 'a line without a code'}")
    return {
        "code": line.code,
        "modifiers": list(line.modifiers),
        "description": _description(line),
        "date": (line.date or on).isoformat(),
        "quantity": f"{line.units}",
        "diagnoses": pointed,
        "expected_charge": f"{to_cents(line.charge)}" if charged else None,
    }


def _sum(lines: Sequence[ServiceLine]) -> Decimal:
    return sum((to_cents(line.charge) for line in lines if line.charge > 0), ZERO)


def _description(line: ServiceLine) -> str:
    return line.details.description if line.details is not None else ""


def _provider_of(line: ServiceLine, who: Registration) -> Party:
    """Who furnishes a line: its own rendering provider, that of the encounter, else the billing practice."""
    for parties in (line.details.providers if line.details else (), who.providers):
        for party in parties:
            if party.role == "82":
                return party
    return who.practice.billing if who.practice is not None else Party("85")


def _name(party: Party) -> str:
    return " ".join(part for part in (party.prefix, party.first, party.middle, party.name, party.suffix) if part)


def _tax_id(party: Party, who: Registration) -> str:
    """The provider's own number, or that of the practice it bills through."""
    for each in (party, who.practice.billing if who.practice is not None else party):
        for qualifier in _TAX_ID:
            if found := each.reference(qualifier):
                return found
    return ""


def _place(who: Registration, party: Party) -> str:
    practice = who.practice
    for each in (practice.service_facility if practice else None, party, practice.billing if practice else None):
        if each is not None and each.address is not None and each.address.state:
            where = each.address
            parts = (where.line1, where.line2, where.city, f"{where.state} {where.zip}".strip())
            return ", ".join(part for part in parts if part)
    return ""
