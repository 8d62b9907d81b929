"""What registration and billing know of an encounter beside its care: coverages, practice, providers, circumstances.

``Registration`` is all of it. It comes with the encounter's JSON (``model.registration_json``) and, together with the
encounter, becomes a claim (``claims.build``). Codes stand as on the wire. Nothing has a default that would speak for
the patient or the provider.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from nosology.model.claim import ClaimCode, Patient, ToothWork
from nosology.model.claim_parts import (
    Address,
    Ambulance,
    Attachment,
    Condition,
    ContractTerms,
    Dated,
    Equipment,
    Manipulation,
    NoteText,
    Party,
    Quantity,
    Reference,
    SupportingForm,
)

__all__ = [
    "Accident",
    "Authorization",
    "ClaimDetails",
    "Coverage",
    "Dental",
    "LineDetails",
    "Practice",
    "Registration",
    "Stay",
    "Transport",
]


@dataclass(frozen=True, slots=True)
class Authorization:
    """A payer's leave to render services, given before: which, how much, when, and how much of it is used.

    ``kind`` G1 prior authorisation, 9F referral. ``services`` are codes, revenue codes or ranges ("97110-97150"); none:
    any service. ``units`` None: not counted; ``used`` counts what earlier claims took. ``payer`` is the payer's id, ""
    that of the coverage in which it stands. Both days belong to the period.
    """

    number: str
    kind: str = "G1"
    payer: str = ""
    services: tuple[str, ...] = ()
    units: Decimal | None = None
    used: Decimal = Decimal(0)
    first: date | None = None
    last: date | None = None

    @property
    def left(self) -> Decimal | None:
        """The units that are left, None if they are not counted."""
        return None if self.units is None else self.units - self.used

    def covers(self, code: str) -> bool:
        """True if it is for the service."""
        ranges = (each.partition("-") for each in self.services)
        return not self.services or any(first <= code <= (last or first) for first, _, last in ranges)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One insurance of the patient and what patient and provider agreed to under it.

    ``insured`` None: the patient. ``responsibility`` P S T A to H (SBR01). ``assignment`` A B C (CLM07, "": what the
    practice says), ``benefits_assigned`` Y N W (CLM08), ``release`` Y I (CLM09), ``signature`` P if the provider
    signed for the patient (CLM10), each with its day. ``combines``: the payer takes several encounters of one day on
    one claim. ``references`` are further numbers of the insured (SY, Y4).
    """

    payer: Party
    member_id: str = ""
    relationship: str = ""
    insured: Patient | None = None
    responsibility: str = "P"
    group_number: str = ""
    group_name: str = ""
    msp_type: str = ""
    filing_indicator: str = ""
    assignment: str = ""
    benefits_assigned: str = ""
    release: str = ""
    release_on: date | None = None
    signature: str = ""
    signature_on: date | None = None
    authorizations: tuple[Authorization, ...] = ()
    references: tuple[Reference, ...] = ()
    first: date | None = None
    last: date | None = None
    combines: bool = False

    def in_force(self, on: date) -> bool:
        """True if the insurance holds on the day, as far as it is known."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Practice:
    """Who bills: both ends of the transmission, billing and pay-to provider, where services are rendered.

    ``signature`` Y N: the provider's signature is on file (CLM06); ``assignment`` A B C as the practice accepts it from
    every payer that a coverage does not say otherwise of.
    """

    billing: Party
    submitter: Party | None = None
    receiver: Party | None = None
    pay_to: Party | None = None
    service_facility: Party | None = None
    signature: str = ""
    assignment: str = ""


@dataclass(frozen=True, slots=True)
class Accident:
    """What led to the care: ``causes`` AA automobile, EM employment, OA other; when and where."""

    causes: tuple[str, ...]
    day: date | None = None
    state: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Transport:
    """An ambulance transport with its certification: conditions that hold (CRC 07), both places, patients aboard."""

    ambulance: Ambulance
    conditions: tuple[Condition, ...] = ()
    pick_up: Address | None = None
    drop_off: Address | None = None
    drop_off_name: str = ""
    patients: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """What an institutional claim says of the stay or visit beside its codes.

    Hours are HHMM. ``codes`` are condition, occurrence, span, value and treatment codes (BG, BH, BI, BE, TC), the
    reasons of an outpatient's visit (APR) and a DRG of the site (DR). ``first`` and ``last`` are the statement period
    where it is not that of the care.
    """

    admission_type: str = ""
    admission_source: str = ""
    admission_hour: str = ""
    discharge_hour: str = ""
    codes: tuple[ClaimCode, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Dental:
    """What a dental claim says beside its lines: predetermination, orthodontics (DN1 in its order), teeth (DN2)."""

    predetermination: bool = False
    orthodontics: tuple[str, ...] = ()
    teeth: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimDetails:
    """What is said of the claim as a whole; ``frequency`` 1 7 8 …, ``replaces`` the payer's number of the first one.

    ``patient_paid`` in USD is what the patient has paid towards this claim; None: nothing was told.
    """

    form: str = ""
    frequency: str = "1"
    replaces: str = ""
    special_program: str = ""
    delay_reason: str = ""
    patient_paid: Decimal | None = None
    dates: tuple[Dated, ...] = ()
    references: tuple[Reference, ...] = ()
    notes: tuple[NoteText, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conditions: tuple[Condition, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    contract: ContractTerms | None = None
    manipulation: Manipulation | None = None
    responsible: Party | None = None


@dataclass(frozen=True, slots=True)
class LineDetails:
    """What is said of one line beside its code: drug quantity, providers, equipment, teeth, its own authorisation.

    ``ndc_quantity`` is in ``ndc_unit`` F2 GR ME ML UN; ``last`` ends a service of several days; ``description`` is for
    services without a specific code; ``purchased_charge`` in USD is what a purchased service cost.
    """

    ndc_quantity: Decimal | None = None
    ndc_unit: str = ""
    prescription: str = ""
    last: date | None = None
    description: str = ""
    emergency: bool = False
    epsdt: bool = False
    family_planning: bool = False
    copay_exempt: bool = False
    noncovered: Decimal | None = None
    purchased_charge: Decimal | None = None
    authorization: str = ""
    providers: tuple[Party, ...] = ()
    teeth: tuple[ToothWork, ...] = ()
    oral_cavity: tuple[str, ...] = ()
    prosthesis: str = ""
    equipment: Equipment | None = None
    dates: tuple[Dated, ...] = ()
    references: tuple[Reference, ...] = ()
    notes: tuple[NoteText, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conditions: tuple[Condition, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    forms: tuple[SupportingForm, ...] = ()


@dataclass(frozen=True, slots=True)
class Registration:
    """All that is known of an encounter beside its care; ``coverages`` in the order of the file."""

    patient: Patient | None = None
    coverages: tuple[Coverage, ...] = ()
    practice: Practice | None = None
    providers: tuple[Party, ...] = ()
    accident: Accident | None = None
    transport: Transport | None = None
    stay: Stay = field(default_factory=Stay)
    dental: Dental = field(default_factory=Dental)
    details: ClaimDetails = field(default_factory=ClaimDetails)
