"""Registration JSON in: the keys of an encounter that say who is insured, who bills, and under what circumstances.

Strict about types and closed sets, tolerant of fields it does not know. The shape: docs/claims.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from nosology.errors import UnreadableInput
from nosology.model.claim import ClaimCode, Patient
from nosology.model.claim_parts import (
    Address,
    Ambulance,
    Attachment,
    Condition,
    Contact,
    ContractTerms,
    Dated,
    Manipulation,
    NoteText,
    Party,
    Quantity,
    Reference,
)
from nosology.model.coverage import (
    Accident,
    Authorization,
    ClaimDetails,
    Coverage,
    Dental,
    Practice,
    Registration,
    Stay,
    Transport,
)
from nosology.model.json_fields import Fields, show_value

__all__ = [
    "PROVIDER_ROLES",
    "read_address",
    "read_coverages",
    "read_dates",
    "read_more",
    "read_party",
    "read_practice",
    "read_providers",
    "read_registration",
]

PROVIDER_ROLES: Mapping[str, str] = {
    "rendering": "82",
    "referring": "DN",
    "primary_care": "P3",
    "supervising": "DQ",
    "ordering": "DK",
    "attending": "71",
    "operating": "72",
    "other_operating": "ZZ",
    "service_facility": "77",
    "assistant_surgeon": "DD",
    "purchased": "QB",
}
"""Name of a provider's role in JSON → its entity code."""

_CLAIM_DATES = {
    "onset": "431",
    "initial_treatment": "454",
    "last_seen": "304",
    "acute_manifestation": "453",
    "accident": "439",
    "last_menstrual_period": "484",
    "last_x_ray": "455",
    "hearing_vision_prescription": "471",
    "disability": "314",
    "disability_from": "360",
    "disability_to": "361",
    "last_worked": "297",
    "return_to_work": "296",
    "admission": "435",
    "discharge": "096",
    "assumed_care": "090",
    "relinquished_care": "091",
    "first_contact": "444",
    "appliance": "452",
    "repricer_received": "050",
    "prescription": "471",
    "certification_revised": "607",
    "therapy_begun": "463",
    "last_certification": "461",
    "shipped": "011",
    "hemoglobin_test": "738",
    "creatinine_test": "739",
    "prior_placement": "441",
    "treatment_start": "196",
    "treatment_end": "198",
}
"""Name of a date of a claim or line in JSON → its qualifier."""

_REFERENCES = {
    "medical_record_number": "EA",
    "clia": "X4",
    "mammography": "EW",
    "demonstration": "P4",
    "care_plan_oversight": "1J",
    "investigational_device": "LX",
    "repriced": "9A",
    "adjusted_repriced": "9C",
    "trace": "D9",
    "auto_accident_state": "LU",
    "service_exception": "4N",
    "medicare_crossover": "F5",
    "property_casualty": "Y4",
    "referring_clia": "F4",
    "batch": "BT",
}
"""Name of a number in JSON → its qualifier (REF01)."""


def read_registration(fields: Fields) -> Registration | None:
    """The registration that stands beside an encounter; None if none of its keys is there.

    Raises:
        UnreadableInput: a field has the wrong type; one line with its path.
        UsageError: a value lies outside of a closed set.
    """
    names = (
        "patient_details",
        "coverages",
        "practice",
        "providers",
        "accident",
        "ambulance",
        "claim",
        "stay",
        "dental",
    )
    if not fields.has(frozenset(names)):
        return None
    patient, practice = fields.object("patient_details"), fields.object("practice")
    accident, ambulance = fields.object("accident"), fields.object("ambulance")
    return Registration(
        patient=_read_person(patient, "QC") if patient else None,
        coverages=read_coverages(fields),
        practice=read_practice(practice) if practice else None,
        providers=read_providers(fields),
        accident=_read_accident(accident) if accident else None,
        transport=_read_transport(ambulance) if ambulance else None,
        stay=_read_stay(fields.object("stay")),
        dental=_read_dental(fields.object("dental")),
        details=_read_details(fields.object("claim")),
    )


def read_address(fields: Fields | None) -> Address | None:
    """A postal address; None if there is none."""
    if fields is None:
        return None
    names = ("line1", "line2", "city", "state", "zip", "country", "subdivision")
    return Address(**{name: fields.identifier(name).strip() for name in names})


def read_party(fields: Fields, role: str, *, qualifier: str = "") -> Party:
    """A person (``last``, ``first``) or an organisation (``name``), with its numbers and address."""
    last, npi = fields.text("last", ""), fields.identifier("npi")
    references = [
        Reference(code, fields.identifier(name))
        for name, code in (("tax_id", "EI"), ("ssn", "SY"), ("licence", "0B"), ("commercial", "G2"), ("location", "LU"))
        if fields.identifier(name)
    ]
    references += _references(fields)
    kinds = (("TE", "phone"), ("EX", "extension"), ("FX", "fax"), ("EM", "email"))
    numbers = tuple((code, fields.identifier(name)) for code, name in kinds if fields.identifier(name))
    contact = (Contact(fields.text("contact", ""), numbers),) if numbers or fields.text("contact", "") else ()
    identifier = fields.identifier("id")
    return Party(
        role=role,
        name=last or fields.text("name", ""),
        first=fields.text("first", ""),
        middle=fields.text("middle", ""),
        suffix=fields.text("suffix", ""),
        person=bool(last or fields.text("first", "")),
        id_qualifier="XX" if npi else (fields.text("id_qualifier", "") or qualifier) if identifier else "",
        id=npi or identifier,
        address=read_address(fields.object("address")),
        taxonomy=fields.text("taxonomy", ""),
        references=tuple(references),
        contacts=contact,
    )


def _references(fields: Fields) -> list[Reference]:
    return [
        Reference(each.identifier("qualifier"), each.identifier("value"), each.text("description", ""))
        for each in fields.items("references", "value")
    ]


def _read_person(fields: Fields, role: str) -> Patient:
    party = read_party(fields, role)
    return Patient(
        party=Party(**{**_parts(party), "person": True}),
        relationship=fields.identifier("relationship"),
        birth_date=fields.day("birth_date"),
        sex=fields.choice("sex", ("F", "M", "U")),
        death_date=fields.day("death_date"),
        weight=fields.optional_decimal("weight"),
        pregnant=fields.flag("pregnant"),
    )


def _parts(party: Party) -> dict[str, Any]:
    return {name: getattr(party, name) for name in Party.__slots__}


def read_providers(fields: Fields) -> tuple[Party, ...]:
    """The providers of ``providers``, an object of roles."""
    found = fields.object("providers")
    if found is None:
        return ()
    made = [(role, found.object(name)) for name, role in PROVIDER_ROLES.items()]
    return tuple(read_party(each, role) for role, each in made if each is not None)


def read_coverages(fields: Fields) -> tuple[Coverage, ...]:
    """The coverages of ``coverages``, in their order."""
    return tuple(_read_coverage(each) for each in fields.items("coverages", "member_id"))


def _read_coverage(fields: Fields) -> Coverage:
    payer, insured = fields.object("payer"), fields.object("insured")
    made = _read_person(insured, "IL") if insured else None
    return Coverage(
        payer=read_party(payer, "PR", qualifier="PI") if payer else Party("PR"),
        member_id=fields.identifier("member_id"),
        relationship=fields.identifier("relationship") or ("18" if insured is None else ""),
        insured=made,
        responsibility=fields.choice("responsibility", tuple("PSTABCDEFGHU"), "P"),
        group_number=fields.identifier("group_number"),
        group_name=fields.text("group_name", ""),
        msp_type=fields.identifier("msp_type"),
        filing_indicator=fields.identifier("filing_indicator"),
        assignment=fields.choice("assignment", ("A", "B", "C")),
        benefits_assigned=fields.choice("benefits_assigned", ("Y", "N", "W")),
        release=fields.choice("release", ("Y", "I")),
        release_on=fields.day("release_on"),
        signature=fields.choice("signature", ("P",)),
        signature_on=fields.day("signature_on"),
        authorizations=tuple(_read_authorization(each) for each in fields.items("authorizations", "number")),
        references=tuple(_references(fields)),
        first=fields.day("from"),
        last=fields.day("to"),
        combines=fields.flag("combines"),
    )


def _read_authorization(fields: Fields) -> Authorization:
    return Authorization(
        number=fields.identifier("number"),
        kind=fields.choice("kind", ("G1", "9F"), "G1"),
        payer=fields.identifier("payer"),
        services=tuple(fields.texts("services")),
        units=fields.optional_decimal("units"),
        used=fields.optional_decimal("used") or Decimal(0),
        first=fields.day("from"),
        last=fields.day("to"),
    )


def read_practice(fields: Fields) -> Practice:
    """The practice or facility that bills."""

    def party(name: str, role: str, qualifier: str = "") -> Party | None:
        found = fields.object(name)
        return read_party(found, role, qualifier=qualifier) if found else None

    return Practice(
        billing=party("billing", "85") or Party("85"),
        submitter=party("submitter", "41", "46"),
        receiver=party("receiver", "40", "46"),
        pay_to=party("pay_to", "87"),
        service_facility=party("service_facility", "77"),
        signature=fields.choice("signature", ("Y", "N")),
        assignment=fields.choice("assignment", ("A", "B", "C")),
    )


def _read_accident(fields: Fields) -> Accident:
    causes = tuple(each.upper() for each in fields.texts("causes"))
    return Accident(causes, fields.day("date"), fields.text("state", ""), fields.text("country", ""))


def _read_transport(fields: Fields) -> Transport:
    return Transport(
        ambulance=Ambulance(
            weight=fields.optional_decimal("weight"),
            reason=fields.text("reason", ""),
            miles=fields.decimal("miles", Decimal(0)),
            round_trip=fields.text("round_trip", ""),
            stretcher=fields.text("stretcher", ""),
        ),
        conditions=_conditions(fields, "07"),
        pick_up=read_address(fields.object("pick_up")),
        drop_off=read_address(fields.object("drop_off")),
        drop_off_name=fields.text("drop_off_name", ""),
        patients=fields.optional_decimal("patients"),
    )


def _conditions(fields: Fields, category: str = "") -> tuple[Condition, ...]:
    """Conditions as codes alone, which hold, or as objects with ``category``, ``holds`` and ``codes``."""
    found = []
    for each in fields.items("conditions", "code"):
        codes = tuple(each.texts("codes")) or (each.identifier("code"),)
        holds = each.value("holds") is None or each.flag("holds")
        found.append(Condition(each.identifier("category") or category, holds, codes))
    return tuple(found)


def _read_stay(fields: Fields | None) -> Stay:
    if fields is None:
        return Stay()
    codes = [ClaimCode("BG", code) for code in fields.texts("condition_codes")]
    for each in fields.items("occurrences", "code"):
        days = each.day("from") or each.day("date"), each.day("to")
        made = Dated.on("", days[0], days[1]) if days[0] else Dated("", "")
        codes.append(ClaimCode("BI" if each.day("to") else "BH", each.identifier("code"), made.value))
    codes += [
        ClaimCode("BE", each.identifier("code"), amount=each.optional_decimal("amount"))
        for each in fields.items("values", "code")
    ]
    codes += [ClaimCode("APR", code) for code in fields.texts("reasons_for_visit")]
    codes += [ClaimCode("TC", code) for code in fields.texts("treatment_codes")]
    codes += [ClaimCode("DR", fields.identifier("drg"))] if fields.identifier("drg") else []
    return Stay(
        admission_type=fields.identifier("admission_type"),
        admission_source=fields.identifier("admission_source"),
        admission_hour=_hour(fields, "admission_hour"),
        discharge_hour=_hour(fields, "discharge_hour"),
        codes=tuple(codes),
        first=fields.day("from"),
        last=fields.day("to"),
    )


def _hour(fields: Fields, name: str) -> str:
    """An hour or time as HHMM: "7", "07", "0730" and "07:30" are taken."""
    digits = fields.identifier(name).replace(":", "").strip()
    if not digits:
        return ""
    if not digits.isdigit() or len(digits) > 4 or len(digits) == 3:
        raise UnreadableInput(f"{fields.where(name)}: {show_value(digits)} is not an hour HH or HHMM")
    return digits if len(digits) == 4 else f"{digits:0>2}00"


def _read_dental(fields: Fields | None) -> Dental:
    if fields is None:
        return Dental()
    teeth = tuple((each.identifier("tooth"), each.text("status", "M")) for each in fields.items("teeth", "tooth"))
    return Dental(fields.flag("predetermination"), tuple(fields.texts("orthodontics")), teeth)


def read_dates(fields: Fields) -> tuple[Dated, ...]:
    """The dates of ``dates``: an object of names, each a day or a list of first and last day."""
    found = fields.object("dates")
    if found is None:
        return ()
    made = []
    for name, qualifier in _CLAIM_DATES.items():
        if found.value(name) is None:
            continue
        if isinstance(found.value(name), list):
            period = Fields(dict(zip(("first", "last"), found.texts(name), strict=False)), found.where(name) + ".")
            first, last = period.day("first"), period.day("last")
        else:
            first, last = found.day(name), None
        if first is not None:
            made.append(Dated.on(qualifier, first, last))
    return tuple(made)


def read_more(fields: Fields) -> dict[str, Any]:
    """What claims and lines alike may have: dates, numbers, notes, attachments, conditions, quantities."""
    named = fields.object("numbers")
    references = [
        Reference(qualifier, named.identifier(name))
        for name, qualifier in _REFERENCES.items()
        if named is not None and named.identifier(name)
    ]
    return {
        "dates": read_dates(fields),
        "references": tuple(references + _references(fields)),
        "notes": tuple(
            NoteText(each.text("kind", "ADD"), each.text("text", "")) for each in fields.items("notes", "text")
        ),
        "attachments": tuple(
            Attachment(each.identifier("kind"), each.identifier("transmission"), each.identifier("control_number"))
            for each in fields.items("attachments", "kind")
        ),
        "conditions": _conditions(fields),
        "quantities": tuple(
            Quantity(each.identifier("kind"), each.decimal("value", Decimal(0)), each.text("unit", ""))
            for each in fields.items("quantities", "kind")
        ),
    }


def _read_details(fields: Fields | None) -> ClaimDetails:
    if fields is None:
        return ClaimDetails()
    contract, manipulation = fields.object("contract"), fields.object("manipulation")
    responsible = fields.object("responsible")
    return ClaimDetails(
        form=fields.choice("form", ("837P", "837I", "837D")),
        frequency=fields.identifier("frequency") or "1",
        replaces=fields.identifier("replaces"),
        special_program=fields.identifier("special_program"),
        delay_reason=fields.identifier("delay_reason"),
        patient_paid=fields.optional_decimal("patient_paid"),
        contract=ContractTerms(
            contract.identifier("kind"),
            contract.optional_decimal("amount"),
            contract.optional_decimal("percent"),
            contract.identifier("code"),
            contract.optional_decimal("discount"),
            contract.identifier("version"),
        )
        if contract
        else None,
        manipulation=Manipulation(manipulation.text("nature", ""), manipulation.text("description", ""))
        if manipulation
        else None,
        responsible=read_party(responsible, "QD") if responsible else None,
        **read_more(fields),
    )
