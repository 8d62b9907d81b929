"""Service lines of an encounter as lines of a claim: procedure, units or minutes, drug, teeth, equipment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from nosology.claims.authorizations import Authorizations
from nosology.claims.build_desk import BuildDesk
from nosology.claims.diagnoses import pointed
from nosology.claims.parties import line_providers
from nosology.codes.ndc import read_ndc
from nosology.model.claim import ClaimForm, ClaimLine, Drug
from nosology.model.claim_parts import Dated, Equipment, Party, ProcedureId, Quantity, Reference
from nosology.model.coverage import LineDetails
from nosology.model.encounter import ServiceLine, Setting
from nosology.model.finding import Severity

__all__ = ["build_lines", "encounter_line", "is_anesthesia_code"]

_HIPPS = ("0022", "0023", "0024")
_ACCOMMODATION = re.compile(r"0?(1[0-9]|2[01])\d")


def is_anesthesia_code(code: str) -> bool:
    """True for the section of anaesthesia of CPT, 00100 to 01999, which is billed in minutes."""
    return bool(re.fullmatch(r"0[01]\d{3}", code)) and "00100" <= code <= "01999"


def encounter_line(number: str) -> int | None:
    """The place in the encounter (0-based) of the line with this control number (REF 6R); None if it is not ours."""
    return int(number) - 1 if number.isdigit() and 0 < len(number) <= 4 and number != "0" else None


def build_lines(
    desk: BuildDesk,
    places: Sequence[int],
    chosen: Sequence[int],
    *,
    facility: str,
    providers: tuple[Party, ...],
    authorizations: Authorizations,
) -> tuple[ClaimLine, ...]:
    """The lines of one claim. ``places`` are those of the lines, ``chosen`` those of the diagnoses on the claim.

    The control number of a line (REF 6R) is its number in the encounter, so that it stays what it is when the
    encounter is split, replaced or sent to the next payer. Pointers are those of the encounter, moved to where the
    diagnoses stand on this claim; none is added.
    """
    position = {diagnosis: n for n, diagnosis in enumerate(chosen, 1)}
    above = authorizations.of_claim(places)
    return tuple(
        _build_line(desk, n, place, position, facility, providers, authorizations.of_line.get(place), above)
        for n, place in enumerate(places, 1)
    )


def _build_line(
    desk: BuildDesk,
    number: int,
    place: int,
    position: Mapping[int, int],
    facility: str,
    providers: tuple[Party, ...],
    authorization: object,
    above: str,
) -> ClaimLine:
    line = desk.encounter.lines[place]
    details = line.details or LineDetails()
    code = line.code.strip().upper()
    unit, quantity = _measure(desk, line, code)
    pos = line.place_of_service.strip()
    own = getattr(authorization, "number", "")
    references = [Reference("6R", str(place + 1))]
    if own and own != above and desk.form is not ClaimForm.INSTITUTIONAL:
        references.insert(0, Reference("G1", own))
    elif own and own != above:
        desk.note(
            "authorization",
            f"lines[{place}]: an institutional claim carries one authorisation, and this line has another",
            f"{desk.coverage_path}.authorizations",
            fix="bill the line on a claim of its own",
        )
    institutional, transport = desk.form is ClaimForm.INSTITUTIONAL, desk.registration.transport
    patients = transport.patients if transport and transport.patients and _is_ambulance(code) else None
    return ClaimLine(
        number=number,
        procedure=_procedure(desk, place, details, code),
        charge=line.charge,
        unit=unit,
        quantity=quantity,
        place_of_service="" if institutional or pos == facility else pos,
        pointers=() if institutional else tuple(position[each - 1] for each in pointed(desk, line)),
        emergency=details.emergency,
        epsdt=details.epsdt,
        family_planning=details.family_planning,
        copay_exempt=details.copay_exempt,
        revenue_code=_revenue(line.revenue_code) if institutional else "",
        noncovered=details.noncovered if institutional else None,
        oral_cavity=details.oral_cavity,
        prosthesis=details.prosthesis,
        teeth=details.teeth,
        dates=_dates(desk, line, details),
        references=(*references, *details.references),
        quantities=(*details.quantities, *([Quantity("PT", patients)] if patients else [])),
        attachments=details.attachments,
        conditions=details.conditions,
        equipment=_equipment(details, code) if desk.form is ClaimForm.PROFESSIONAL else None,
        purchased=_purchased(details),
        notes=details.notes,
        drug=_drug(desk, place, line, details),
        providers=line_providers(desk, line, providers),
        forms=details.forms,
    )


def _is_ambulance(code: str) -> bool:
    return "A0021" <= code <= "A0999"


def _revenue(code: str) -> str:
    plain = code.strip()
    return plain.zfill(4) if plain.isdigit() else plain


def _measure(desk: BuildDesk, line: ServiceLine, code: str) -> tuple[str, Decimal]:
    """Unit and quantity: minutes for anaesthesia, days for accommodation, else units."""
    if desk.form is ClaimForm.PROFESSIONAL and is_anesthesia_code(code) and line.minutes:
        return "MJ", Decimal(line.minutes)
    if desk.form is ClaimForm.INSTITUTIONAL and _ACCOMMODATION.fullmatch(line.revenue_code.strip()):
        return "DA", line.units
    return "UN", line.units


def _procedure(desk: BuildDesk, place: int, details: LineDetails, code: str) -> ProcedureId | None:
    if not code:
        return None
    line = desk.encounter.lines[place]
    qualifier = "AD" if desk.form is ClaimForm.DENTAL else "HC"
    if desk.form is ClaimForm.INSTITUTIONAL and _revenue(line.revenue_code) in _HIPPS:
        qualifier = "HP"
    modifiers = tuple(each.strip().upper() for each in line.modifiers if each.strip())
    if len(modifiers) > desk.limits.modifiers:
        desk.note(
            "modifiers-left",
            f"{len(modifiers)} modifiers, and a line holds {desk.limits.modifiers}",
            f"lines[{place}]",
            fix="bill with modifier 99, or leave out what informs only",
        )
    return ProcedureId(qualifier, code, modifiers[: desk.limits.modifiers], details.description)


def _equipment(details: LineDetails, code: str) -> Equipment | None:
    """The terms of equipment; they are those of the line's own service."""
    found = details.equipment
    if found is None:
        return None
    priced = found.days is not None or found.rental is not None or found.purchase is not None
    own = found.procedure or (ProcedureId("HC", code) if priced and code else None)
    return replace(found, procedure=own)


def _purchased(details: LineDetails) -> tuple[str, Decimal] | None:
    """From whom a service was bought, and for how much (PS1)."""
    seller = next((each for each in details.providers if each.role == "QB"), None)
    if seller is None or details.purchased_charge is None:
        return None
    return seller.id, details.purchased_charge


def _dates(desk: BuildDesk, line: ServiceLine, details: LineDetails) -> tuple[Dated, ...]:
    served = () if _without_date(desk) or line.date is None else (Dated.on("472", line.date, details.last),)
    return (*served, *details.dates)


def _without_date(desk: BuildDesk) -> bool:
    """Lines of an inpatient stay and of a predetermination need no date."""
    return desk.encounter.setting is Setting.INPATIENT or (
        desk.form is ClaimForm.DENTAL and desk.registration.dental.predetermination
    )


def _drug(desk: BuildDesk, place: int, line: ServiceLine, details: LineDetails) -> Drug | None:
    """The drug of a line with its quantity; an NDC that cannot be read as eleven digits is a finding."""
    if not line.ndc.strip() or desk.form is ClaimForm.DENTAL:
        return None
    reading = read_ndc(line.ndc)
    if reading.ndc is None:
        why = reading.finding.message if reading.finding else "not an NDC"
        desk.note(
            "ndc",
            why,
            f"lines[{place}].ndc",
            severity=Severity.ERROR,
            fix="write it with hyphens, or as the eleven digits 5-4-2",
        )
        return None
    references = (Reference("XZ", details.prescription),) if details.prescription else ()
    return Drug(reading.ndc.eleven, details.ndc_quantity, details.ndc_unit, references=references)
