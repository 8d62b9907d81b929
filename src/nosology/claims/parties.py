"""Who stands on a claim: subscriber, patient, payer, and the providers in their roles."""

from __future__ import annotations

from dataclasses import replace

from nosology.claims.build_desk import BuildDesk
from nosology.model.claim import ClaimForm, Patient, Subscriber
from nosology.model.claim_parts import Address, Contact, Party
from nosology.model.coverage import Coverage
from nosology.model.encounter import ServiceLine
from nosology.model.finding import Severity

__all__ = [
    "casualty_contact",
    "claim_providers",
    "insured_person",
    "line_providers",
    "same_place",
    "subscriber_and_patient",
]

_CLAIM_ROLES = {
    ClaimForm.PROFESSIONAL: ("DN", "P3", "82", "77", "DQ"),
    ClaimForm.INSTITUTIONAL: ("71", "72", "ZZ", "82", "77", "DN"),
    ClaimForm.DENTAL: ("DN", "P3", "82", "77", "DD", "DQ"),
}
_LINE_ROLES = {
    ClaimForm.PROFESSIONAL: ("82", "QB", "77", "DQ", "DK", "DN", "P3"),
    ClaimForm.INSTITUTIONAL: ("72", "ZZ", "82", "DN"),
    ClaimForm.DENTAL: ("82", "DD", "DQ", "77"),
}


def _patient(desk: BuildDesk) -> Patient:
    """The patient of the registration; birth date and sex of the encounter where the registration has none."""
    visit = desk.encounter
    known = desk.registration.patient or Patient(Party("QC", person=True))
    sex = visit.sex if visit.sex in ("F", "M") else ""
    if known.birth_date and visit.birth_date and known.birth_date != visit.birth_date:
        desk.note("birth-date", "the registration and the encounter give two birth dates", "patient_details.birth_date")
    if known.sex in ("F", "M") and sex and known.sex != sex:
        desk.note(
            "sex", "the registration and the encounter give two sexes", "patient_details.sex", severity=Severity.WARNING
        )
    return replace(known, birth_date=known.birth_date or visit.birth_date, sex=known.sex or sex)


def insured_person(desk: BuildDesk, coverage: Coverage) -> Patient:
    """The insured of a coverage as a person with the member's number: the patient, or somebody else."""
    person = _patient(desk) if coverage.insured is None else coverage.insured
    party = replace(
        person.party,
        role="IL",
        contacts=(),
        id_qualifier="MI" if coverage.member_id else "",
        id=coverage.member_id,
        references=(*person.party.references, *coverage.references),
    )
    return replace(person, party=party, relationship="18")


def subscriber_and_patient(desk: BuildDesk) -> tuple[Subscriber, Patient | None]:
    """The insured of the billed coverage, and the patient where that is somebody else."""
    coverage = desk.coverage
    self_insured = coverage.relationship == "18"
    if self_insured and coverage.insured is not None and desk.registration.patient is not None:
        desk.note(
            "relationship",
            "the patient is said to be the insured, and an insured is given too",
            f"{desk.coverage_path}.relationship",
            severity=Severity.WARNING,
            fix="give the relationship, or leave the insured out",
        )
    subscriber = Subscriber(
        person=insured_person(desk, coverage),
        payer=replace(coverage.payer, role="PR"),
        responsibility=coverage.responsibility,
        relationship="18" if self_insured else "",
        group_number=coverage.group_number,
        group_name=coverage.group_name,
        msp_type=coverage.msp_type,
        filing_indicator=coverage.filing_indicator,
    )
    if self_insured:
        return subscriber, None
    person = _patient(desk)
    party = replace(person.party, role="QC", contacts=())
    return subscriber, replace(person, relationship=coverage.relationship, party=party)


def casualty_contact(desk: BuildDesk) -> Contact | None:
    """The patient's telephone, which a claim carries for accident and work insurers alone (PER of 2010BA, 2010CA)."""
    patient = desk.registration.patient
    known = patient.party.contacts if patient else ()
    return known[0] if known and desk.coverage.filing_indicator in ("AM", "LM", "WC") else None


def same_place(one: Party, other: Party) -> bool:
    """True if two providers are one place: the same address; or the same number, where one has no address."""
    if one.address is None or other.address is None:
        return bool(one.npi) and one.npi == other.npi
    return _plain(one.address) == _plain(other.address)


def _plain(address: Address) -> tuple[str, ...]:
    parts = (address.line1, address.line2, address.city, address.state, address.zip[:5])
    return tuple("".join(each.casefold().replace(".", "").split()) for each in parts)


def _same_provider(one: Party, other: Party) -> bool:
    return bool(one.npi) and one.npi == other.npi


def claim_providers(desk: BuildDesk) -> tuple[Party, ...]:
    """The providers of the claim, in the order of the guide; one that is the billing provider again is left out."""
    known = {each.role: each for each in desk.registration.providers}
    visit, billing = desk.encounter, desk.practice.billing
    if visit.rendering_npi and "82" not in known and desk.form is not ClaimForm.INSTITUTIONAL:
        known["82"] = Party("82", person=True, id_qualifier="XX", id=visit.rendering_npi, taxonomy=visit.taxonomy)
    if desk.practice.service_facility is not None:
        known.setdefault("77", desk.practice.service_facility)
    found = []
    for role in _CLAIM_ROLES[desk.form]:
        each = known.get(role)
        if each is None:
            continue
        again = same_place(each, billing) if role == "77" else role == "82" and _same_provider(each, billing)
        if desk.form is ClaimForm.INSTITUTIONAL and role == "82":
            again = again or _same_provider(each, known.get("71", Party("71")))
        if not again:
            found.append(each)
    return tuple(found)


def line_providers(desk: BuildDesk, line: ServiceLine, claim: tuple[Party, ...]) -> tuple[Party, ...]:
    """The providers of one line that differ from those of the claim; an ordering provider always stands on the line.

    Who sold a purchased service is named by number alone, as the guide has it.
    """
    details = line.details
    known = {each.role: each for each in desk.registration.providers if each.role == "DK"}
    if line.provider:
        known["82"] = _by_number(desk, line.provider)
    known |= {each.role: each for each in (details.providers if details else ())}
    found = []
    for role in _LINE_ROLES[desk.form]:
        each = known.get(role)
        if each is None:
            continue
        above = next((other for other in claim if other.role == role), desk.practice.billing)
        if not (_same_provider(each, above) or (role == "77" and same_place(each, above))):
            found.append(replace(each, name="", first="", middle="", suffix="") if role == "QB" else each)
    return tuple(found)


def _by_number(desk: BuildDesk, number: str) -> Party:
    """Who renders under a number: whoever of the registration has it; the number alone if nobody has."""
    everyone = (*desk.registration.providers, desk.practice.billing)
    who = next((each for each in everyone if each.npi == number), None)
    return replace(who or Party("82", person=True, id_qualifier="XX", id=number), role="82")
