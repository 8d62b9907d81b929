"""Claims from an encounter: one for each part that a payer's form can hold, complete as far as the data go.

Nothing is invented: what is not in the encounter, the coverage or the profile of the practice stays empty on the claim,
and the scrub (``edits.claim_check``) says so. What cannot be put right by completing a field is a finding here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from nosology.claims.authorizations import Authorizations, choose_authorizations
from nosology.claims.build_desk import BuildDesk
from nosology.claims.diagnoses import claim_codes, split_lines
from nosology.claims.lines import build_lines
from nosology.claims.parties import casualty_contact, claim_providers, subscriber_and_patient
from nosology.claims.prior import PriorPayment, add_adjudications, other_payers
from nosology.errors import UsageError
from nosology.model.claim import Claim, ClaimForm, ClaimLine, Envelope
from nosology.model.claim_parts import Amount, Dated, Party, Reference
from nosology.model.coverage import Coverage, Practice, Registration
from nosology.model.encounter import Encounter, Setting
from nosology.model.finding import Finding

__all__ = ["build_claim", "form_of", "make_envelope", "responsibility_order"]

_ORDER = "PSTABCDEFGHU"
_HOSPITAL_PLACES = ("21", "51", "61")


def form_of(encounter: Encounter) -> ClaimForm:
    """The form for an encounter: what it asks for; dental for dental codes alone; else by bill type and setting."""
    stated = encounter.registration.details.form if encounter.registration else ""
    if stated:
        return ClaimForm(stated)
    codes = [line.code.strip().upper() for line in encounter.lines if line.code.strip()]
    if codes and all(re.fullmatch(r"D\d{4}", each) for each in codes):
        return ClaimForm.DENTAL
    if encounter.type_of_bill or encounter.setting in (Setting.INPATIENT, Setting.OUTPATIENT):
        return ClaimForm.INSTITUTIONAL
    return ClaimForm.PROFESSIONAL


def make_envelope(
    practice: Practice, *, reference: str, created: str, control: str = "", usage: str = "T", kind: str = "CH"
) -> Envelope:
    """What surrounds the claims of a practice; numbers and time (CCYYMMDDHHMM) come in."""
    submitter, receiver = practice.submitter or Party("41"), practice.receiver or Party("40")
    return Envelope(
        submitter=submitter,
        receiver=receiver,
        reference=reference,
        created=created,
        kind=kind,
        usage=usage,
        interchange_control=control,
        group_control=control,
        transaction_control=control,
        sender_id=submitter.id,
        receiver_id=receiver.id,
    )


def responsibility_order(encounter: Encounter, coverages: Sequence[Coverage] = ()) -> tuple[int, ...]:
    """The places of the coverages in order of responsibility: the primary payer's first."""
    found = tuple(coverages) or (encounter.registration.coverages if encounter.registration else ())
    return tuple(sorted(range(len(found)), key=lambda n: _ORDER.find(found[n].responsibility)))


def build_claim(
    encounter: Encounter,
    coverages: Sequence[Coverage] = (),
    practice: Practice | None = None,
    *,
    form: ClaimForm | str | None = None,
    payer: int = 0,
    prior: Sequence[PriorPayment] = (),
    claim_id: str = "",
    drg: str = "",
    frequency: str = "",
    replaces: str = "",
) -> tuple[tuple[Claim, ...], tuple[Finding, ...]]:
    """Return the claims for one payer of an encounter, with what keeps them from being right.

    ``coverages`` and ``practice`` replace those of the encounter's registration. ``payer`` counts in order
    of responsibility (0 bills the primary payer, 1 the secondary); ``prior`` holds what the earlier ones decided.
    ``claim_id`` is the patient control number (default: the id of the encounter); parts of a split one add "-2", "-3".
    ``frequency`` 7 replaces and 8 voids the claim that the payer numbered ``replaces``. No findings of severity error,
    and none from the scrub: the claims may leave.

    Raises:
        UsageError: no such payer among the coverages.
    """
    registration = encounter.registration or Registration()
    found = tuple(coverages) or registration.coverages
    registration = replace(registration, coverages=found, practice=practice or registration.practice)
    order = [(n, found[n]) for n in responsibility_order(encounter, found)]
    if payer and not 0 <= payer < len(order):
        raise UsageError(f"payer {payer + 1}: the encounter has {len(order)} coverages")
    desk = BuildDesk(
        encounter=encounter,
        registration=registration,
        practice=registration.practice or Practice(Party("85")),
        order=order or [(0, Coverage(Party("PR"), relationship="18"))],
        at=payer,
        form=ClaimForm(form) if form else form_of(encounter),
        claim_id=(claim_id or encounter.id).strip(),
        drg=drg,
    )
    if not order:
        desk.note("coverage", "no coverage: nobody to bill but the patient", "coverages", fix="give a coverage")
    _check_coverages(desk)
    parts = split_lines(desk)
    authorizations = choose_authorizations(desk)
    frequency = frequency or registration.details.frequency or "1"
    replaces = replaces or registration.details.replaces
    ids = [desk.claim_id + (f"-{n}" if n > 1 else "") for n in range(1, len(parts) + 1)]
    claims = []
    for own, (lines, chosen) in zip(ids, parts, strict=True):
        decided = [each for each in prior if each.payment.id.strip() == own]
        if own == ids[0]:  # decisions under a number that the payer changed
            decided += [each for each in prior if each.payment.id.strip() not in ids]
        claims.append(_build_part(desk, own, lines, chosen, decided, authorizations, frequency, replaces))
    return _with_payment(desk, claims), tuple(dict.fromkeys(desk.findings))


def _check_coverages(desk: BuildDesk) -> None:
    served = desk.first_day
    if served is not None and not desk.coverage.in_force(served):
        desk.note(
            "coverage",
            "the coverage is not in force on the day of the service",
            desk.coverage_path,
            fix="bill the coverage of that day, or mend its dates",
        )
    seen = Counter(each.responsibility for _, each in desk.order if each.responsibility != "U")
    for place, each in desk.order:
        if seen[each.responsibility] > 1:
            desk.note(
                "responsibility",
                f"two coverages are {each.responsibility} in order of responsibility",
                f"coverages[{place}].responsibility",
                fix="say which payer comes first",
            )
            break


def _build_part(
    desk: BuildDesk,
    own: str,
    places: list[int],
    chosen: list[int],
    prior: Sequence[PriorPayment],
    authorizations: Authorizations,
    frequency: str,
    replaces: str,
) -> Claim:
    """One claim: ``places`` are those of its lines in the encounter, ``chosen`` those of its diagnoses."""
    registration, coverage, details = desk.registration, desk.coverage, desk.registration.details
    facility, qualifier, frequency = _facility(desk, places, frequency)
    providers = claim_providers(desk)
    lines = build_lines(desk, places, chosen, facility=facility, providers=providers, authorizations=authorizations)
    others, decided = other_payers(desk, prior)
    lines = add_adjudications(desk, lines, decided)
    subscriber, patient = subscriber_and_patient(desk)
    accident, transport, stay = registration.accident, registration.transport, registration.stay
    professional, dental = desk.form is ClaimForm.PROFESSIONAL, desk.form is ClaimForm.DENTAL
    institutional = desk.form is ClaimForm.INSTITUTIONAL
    ambulance = professional and transport is not None
    return Claim(
        form=desk.form,
        id=own,
        charge=sum((line.charge for line in lines), Decimal(0)),
        billing=replace(desk.practice.billing, role="85"),
        subscriber=subscriber,
        patient=patient,
        lines=lines,
        facility=facility,
        facility_qualifier=qualifier,
        frequency=frequency,
        provider_signature="" if institutional else desk.practice.signature,
        assignment=coverage.assignment or desk.practice.assignment,
        benefits_assigned=coverage.benefits_assigned,
        release=coverage.release,
        patient_signature=coverage.signature if professional else "",
        related_causes=accident.causes if accident and not institutional else (),
        accident_state=accident.state if accident and "AA" in accident.causes and not institutional else "",
        accident_country=accident.country if accident and "AA" in accident.causes and not institutional else "",
        special_program=details.special_program,
        delay_reason=details.delay_reason,
        predetermination="PB" if dental and registration.dental.predetermination else "",
        pay_to=_pay_to(desk),
        responsible=details.responsible if institutional else None,
        property_casualty_contact=casualty_contact(desk),
        admission_type=stay.admission_type if institutional else "",
        admission_source=stay.admission_source if institutional else "",
        discharge_status=desk.encounter.discharge_status if institutional else "",
        codes=claim_codes(desk, chosen),
        teeth=registration.dental.teeth if dental else (),
        orthodontics=registration.dental.orthodontics if dental else (),
        dates=_dates(desk, lines),
        attachments=details.attachments,
        contract=details.contract,
        quantities=details.quantities if institutional else (),
        references=(
            *([Reference("F8", replaces)] if replaces else []),
            *authorizations.references(places),
            *details.references,
        ),
        notes=details.notes,
        ambulance=transport.ambulance if ambulance and transport else None,
        manipulation=details.manipulation if professional else None,
        conditions=(*(transport.conditions if ambulance and transport else ()), *details.conditions),
        providers=(*providers, *(_places(desk) if ambulance else ())),
        other_payers=others,
    )


def _facility(desk: BuildDesk, places: Sequence[int], frequency: str) -> tuple[str, str, str]:
    """CLM05: place of service of most lines with B, or type of bill with A; and the frequency."""
    visit = desk.encounter
    if desk.form is ClaimForm.INSTITUTIONAL:
        stated = visit.type_of_bill.strip().upper()
        plain = stated[1:] if len(stated) == 4 and stated[0] == "0" else stated
        own = plain[2:3] or "1"
        return plain[:2], "A", frequency if frequency != "1" else own
    stated_places = [visit.lines[each].place_of_service.strip() for each in places]
    common = Counter(each for each in stated_places if each).most_common(1)
    return (common[0][0] if common else ""), "B", frequency


def _pay_to(desk: BuildDesk) -> Party | None:
    """The pay-to provider; none where it is where the bill comes from."""
    pay_to, billing = desk.practice.pay_to, desk.practice.billing
    if pay_to is None or (pay_to.address is not None and pay_to.address == billing.address):
        return None
    return replace(pay_to, role="87")


def _places(desk: BuildDesk) -> tuple[Party, ...]:
    transport = desk.registration.transport
    if transport is None:
        return ()
    pick_up = Party("PW", address=transport.pick_up) if transport.pick_up else None
    drop_off = Party("45", name=transport.drop_off_name, address=transport.drop_off) if transport.drop_off else None
    return tuple(each for each in (pick_up, drop_off) if each is not None)


def _dates(desk: BuildDesk, lines: Sequence[ClaimLine]) -> tuple[Dated, ...]:
    visit, registration = desk.encounter, desk.registration
    stated = registration.details.dates
    named = {each.qualifier for each in stated}
    made: list[Dated] = []
    if desk.form is ClaimForm.INSTITUTIONAL:
        made = _institutional_dates(desk)
    else:
        accident = registration.accident
        if accident and accident.day and "439" not in named:
            made.append(Dated.on("439", accident.day))
        in_hospital = any(line.place_of_service in _HOSPITAL_PLACES for line in visit.lines)
        if desk.form is ClaimForm.PROFESSIONAL and visit.admitted and in_hospital and "435" not in named:
            made.append(Dated.on("435", visit.admitted))
            if visit.discharged and "096" not in named:
                made.append(Dated.on("096", visit.discharged))
    return (*(each for each in made if each.qualifier not in named), *stated)


def _institutional_dates(desk: BuildDesk) -> list[Dated]:
    """Hour of discharge, statement period, admission with its hour, as the guide orders them."""
    visit, stay = desk.encounter, desk.registration.stay
    first, last = desk.first_day, desk.last_day
    made = []
    if stay.discharge_hour:
        made.append(Dated("096", stay.discharge_hour, "TM"))
    if first and last:
        made.append(Dated("434", f"{first:%Y%m%d}-{last:%Y%m%d}", "RD8"))
    inpatient = visit.setting is Setting.INPATIENT
    admitted = visit.admitted if inpatient or stay.admission_hour else None
    if stay.admission_hour and not inpatient:  # of a visit: the hour at which it began
        admitted = admitted or first
    if admitted is not None:
        made.append(_moment("435", admitted, stay.admission_hour))
    return made


def _moment(qualifier: str, day: date, hour: str) -> Dated:
    return Dated(qualifier, f"{day:%Y%m%d}{hour}", "DT") if hour else Dated.on(qualifier, day)


def _with_payment(desk: BuildDesk, claims: list[Claim]) -> tuple[Claim, ...]:
    """The claims with what the patient has paid: on the first as far as it is charged, the rest on the next ones."""
    left = desk.registration.details.patient_paid
    if left is None or desk.form is ClaimForm.INSTITUTIONAL:
        return tuple(claims)
    made = []
    for each in claims:
        paid = left if each is claims[-1] else min(left, each.charge)
        amount = (Amount("F5", paid),) if paid or each is claims[0] else ()
        made.append(replace(each, amounts=(*amount, *each.amounts)))
        left -= paid
    return tuple(made)
