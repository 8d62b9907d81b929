"""A claim as the insurer gets it: who bills, who is insured, what for, each service, and what other payers decided.

One shape for professional, institutional and dental claims (837P, 837I, 837D); what a form does not have stays empty.
Codes stand as on the wire, amounts are USD. Readers and writers are in ``x12``; ``claims.build`` makes claims from
encounters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from nosology.model.claim_parts import (
    Adjustment,
    Ambulance,
    Amount,
    Attachment,
    Condition,
    Contact,
    ContractTerms,
    Dated,
    Equipment,
    Manipulation,
    NoteText,
    Party,
    ProcedureId,
    Quantity,
    Reference,
    Repricing,
    SupportingForm,
)

__all__ = [
    "Claim",
    "ClaimCode",
    "ClaimForm",
    "ClaimLine",
    "Drug",
    "Envelope",
    "LineAdjudication",
    "OtherPayer",
    "Patient",
    "Subscriber",
    "ToothWork",
]


class ClaimForm(StrEnum):
    """Which of the three claims it is."""

    PROFESSIONAL = "837P"
    INSTITUTIONAL = "837I"
    DENTAL = "837D"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What surrounds a transaction set of claims: both ends, numbers, purpose.

    ``usage`` is P or T (ISA15); ``reference`` BHT03; ``kind`` BHT06 (CH claims, RP encounters, 31 subrogation);
    ``created`` is CCYYMMDDHHMM, perhaps with seconds. ``group_sender`` and ``group_receiver`` are GS02 and GS03 where
    they differ from the ids of the interchange.
    """

    submitter: Party
    receiver: Party
    reference: str
    created: str
    kind: str = "CH"
    purpose: str = "00"
    usage: str = "T"
    interchange_control: str = ""
    group_control: str = ""
    transaction_control: str = ""
    sender_qualifier: str = "ZZ"
    sender_id: str = ""
    receiver_qualifier: str = "ZZ"
    receiver_id: str = ""
    group_sender: str = ""
    group_receiver: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient who is not the insured (loop 2000C), or the insured's own personal facts."""

    party: Party
    relationship: str = "18"
    birth_date: date | None = None
    sex: str = ""
    death_date: date | None = None
    weight: Decimal | None = None
    pregnant: bool = False


@dataclass(frozen=True, slots=True)
class Subscriber:
    """The insured of the payer to whom the claim goes, with the coverage (loops 2000B, 2010BA, 2010BB).

    ``responsibility`` P S T A … U (SBR01); ``relationship`` 18 if the patient is the insured, else "" (SBR02);
    ``msp_type`` SBR05; ``filing_indicator`` SBR09 (MB MA MC CI BL 16 …).
    """

    person: Patient
    payer: Party
    responsibility: str = "P"
    relationship: str = "18"
    group_number: str = ""
    group_name: str = ""
    msp_type: str = ""
    filing_indicator: str = ""


@dataclass(frozen=True, slots=True)
class ClaimCode:
    """One code of the claim's HI segments, in the order of the claim.

    ``qualifier`` says which list: ABK/BK principal, ABF/BF other, ABJ/BJ admitting, APR/PR reason for visit, ABN/BN
    external cause, DR DRG; BBR/BR, BBQ/BQ procedures (``value`` the date CCYYMMDD); BH occurrence, BI occurrence span
    (``value`` a day or period), BE value code (``amount`` in USD or a number), BG condition, TC treatment, BP/BO
    anaesthesia-related procedure. ``poa`` Y N U W.
    """

    qualifier: str
    code: str
    value: str = ""
    amount: Decimal | None = None
    poa: str = ""


@dataclass(frozen=True, slots=True)
class OtherPayer:
    """Another payer of the same claim and, if it has decided, its adjudication (loops 2320, 2330).

    ``inpatient`` and ``outpatient`` hold MIA and MOA elements in their order, as texts. ``paid_on`` (DTP 573).
    """

    responsibility: str
    relationship: str
    insured: Party
    payer: Party
    group_number: str = ""
    group_name: str = ""
    msp_type: str = ""
    filing_indicator: str = ""
    benefits_assigned: str = ""
    patient_signature: str = ""
    release: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    amounts: tuple[Amount, ...] = ()
    inpatient: tuple[str, ...] = ()
    outpatient: tuple[str, ...] = ()
    paid_on: tuple[Dated, ...] = ()
    providers: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class LineAdjudication:
    """What another payer decided on one line (loop 2430): paid in USD, for which service, with which adjustments."""

    payer_id: str
    paid: Decimal
    procedure: ProcedureId | None
    quantity: Decimal | None
    revenue_code: str = ""
    bundled_line: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    dates: tuple[Dated, ...] = ()
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug or biological on a line (loop 2410): 11-digit NDC, quantity in ``unit`` F2 GR ME ML UN, prescription."""

    ndc: str
    quantity: Decimal | None = None
    unit: str = ""
    qualifier: str = "N4"
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class ToothWork:
    """A tooth and its surfaces (TOO): the number in the universal system; surfaces M O D B L F I."""

    tooth: str
    surfaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One service of a claim (loop 2400). ``unit`` UN, MJ (minutes), DA, F2; ``pointers`` 1-based into the diagnoses.

    Institutional lines have ``revenue_code`` and ``noncovered``, and a procedure only where one is needed. Dental lines
    have ``oral_cavity``, ``prosthesis`` and ``teeth``.
    """

    number: int
    procedure: ProcedureId | None
    charge: Decimal
    unit: str = "UN"
    quantity: Decimal = Decimal(1)
    place_of_service: str = ""
    pointers: tuple[int, ...] = ()
    emergency: bool = False
    epsdt: bool = False
    family_planning: bool = False
    copay_exempt: bool = False
    revenue_code: str = ""
    rate: Decimal | None = None
    noncovered: Decimal | None = None
    oral_cavity: tuple[str, ...] = ()
    prosthesis: str = ""
    teeth: tuple[ToothWork, ...] = ()
    dates: tuple[Dated, ...] = ()
    references: tuple[Reference, ...] = ()
    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    contract: ContractTerms | None = None
    ambulance: Ambulance | None = None
    conditions: tuple[Condition, ...] = ()
    equipment: Equipment | None = None
    file_information: tuple[str, ...] = ()
    notes: tuple[NoteText, ...] = ()
    purchased: tuple[str, Decimal] | None = None
    repricing: Repricing | None = None
    drug: Drug | None = None
    providers: tuple[Party, ...] = ()
    adjudications: tuple[LineAdjudication, ...] = ()
    forms: tuple[SupportingForm, ...] = ()

    @property
    def date(self) -> date | None:
        """The (first) day of the service (DTP 472), None if the line names none."""
        return next((each.first for each in self.dates if each.qualifier == "472"), None)


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim (loop 2300) with everything above it that it needs to stand alone.

    ``id`` is the patient control number (CLM01). ``facility`` and ``facility_qualifier`` are CLM05-1 and -2: the place
    of service with B, or the first two digits of the type of bill with A; ``frequency`` 1 original, 7 replacement,
    8 void … ``provider_signature`` CLM06, ``assignment`` CLM07 (A B C), ``benefits_assigned`` CLM08 (Y N W),
    ``release`` CLM09 (Y I), ``patient_signature`` CLM10 (P or ""), ``related_causes`` CLM11 (AA OA EM),
    ``accident_state`` and ``accident_country`` CLM11-4 and -5. None has a default that would speak for the patient.
    """

    form: ClaimForm
    id: str
    charge: Decimal
    billing: Party
    subscriber: Subscriber
    lines: tuple[ClaimLine, ...]
    facility: str = ""
    facility_qualifier: str = ""
    frequency: str = "1"
    provider_signature: str = ""
    assignment: str = ""
    benefits_assigned: str = ""
    release: str = ""
    patient_signature: str = ""
    related_causes: tuple[str, ...] = ()
    accident_state: str = ""
    accident_country: str = ""
    special_program: str = ""
    delay_reason: str = ""
    predetermination: str = ""
    patient: Patient | None = None
    pay_to: Party | None = None
    pay_to_plan: Party | None = None
    currency: str = ""
    responsible: Party | None = None
    property_casualty_contact: Contact | None = None
    admission_type: str = ""
    admission_source: str = ""
    discharge_status: str = ""
    codes: tuple[ClaimCode, ...] = ()
    teeth: tuple[tuple[str, str], ...] = ()
    orthodontics: tuple[str, ...] = ()
    dates: tuple[Dated, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    contract: ContractTerms | None = None
    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    references: tuple[Reference, ...] = ()
    file_information: tuple[str, ...] = ()
    notes: tuple[NoteText, ...] = ()
    ambulance: Ambulance | None = None
    manipulation: Manipulation | None = None
    conditions: tuple[Condition, ...] = ()
    repricing: Repricing | None = None
    providers: tuple[Party, ...] = ()
    other_payers: tuple[OtherPayer, ...] = ()
    envelope: Envelope | None = field(default=None, compare=False)

    @property
    def diagnoses(self) -> tuple[ClaimCode, ...]:
        """Principal and other diagnoses in their order: those to which the lines point."""
        return tuple(each for each in self.codes if each.qualifier in ("ABK", "BK", "ABF", "BF"))

    @property
    def type_of_bill(self) -> str:
        """The type of bill of an institutional claim, as "0111"; "" for others."""
        return f"0{self.facility}{self.frequency}" if self.form is ClaimForm.INSTITUTIONAL else ""

    @property
    def payer_control_number(self) -> str:
        """The payer's number of the claim that this one replaces or voids (REF F8)."""
        return self.reference("F8")

    @property
    def person(self) -> Patient:
        """Who was treated: the patient, or the insured where they are the same."""
        return self.patient or self.subscriber.person

    def reference(self, qualifier: str) -> str:
        """The first number of that kind on the claim, "" if there is none."""
        return next((each.value for each in self.references if each.qualifier == qualifier), "")

    def provider(self, role: str) -> Party | None:
        """The provider of the claim in that role, None if it names none."""
        return next((each for each in self.providers if each.role == role), None)
