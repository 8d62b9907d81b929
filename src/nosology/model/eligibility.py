"""Is a patient insured, and for what: the question to a payer (270) and its answer (271).

Codes stand as on the wire; amounts are USD, percentages fractions (0.2 is 20 %). What codes mean in words is in
``codes.eligibility``. Readers and writers are in ``x12.eligibility_27x``; ``x12.benefits`` makes sense of an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from nosology.model.claim import ClaimCode
from nosology.model.claim_parts import Dated, Party, ProcedureId, Reference
from nosology.model.finding import Finding

__all__ = [
    "Benefit",
    "BenefitCondition",
    "BenefitDelivery",
    "CoverageState",
    "EligibilityAnswer",
    "EligibilityInquiry",
    "EligibilityQuestion",
    "EligibilityResponse",
    "Member",
    "MemberProvider",
    "Rejection",
    "RelatedParty",
    "Trace",
]


@dataclass(frozen=True, slots=True)
class Trace:
    """A number that an answer returns (TRN): ``kind`` 1 of this transaction, 2 of the one that it answers."""

    number: str
    origin: str = ""
    division: str = ""
    kind: str = "1"


@dataclass(frozen=True, slots=True)
class MemberProvider:
    """The provider in whose care a member is (PRV): role (PE, PC, RF …), kind of number (PXC, HPI …), number."""

    role: str
    qualifier: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """An insured person or dependant as a payer knows or is to find them (loop 2100C or 2100D).

    ``party`` has name, member number, address and further numbers. ``relationship`` is INS02 (18 self, 01 spouse,
    19 child …), "" if no INS is sent; ``birth_sequence`` tells twins apart; ``corrected`` says that the payer's data
    differ from what was asked. ``military`` holds the elements of MPI as texts.
    """

    party: Party
    birth_date: date | None = None
    sex: str = ""
    relationship: str = ""
    birth_sequence: str = ""
    corrected: bool = False
    provider: MemberProvider | None = None
    diagnoses: tuple[ClaimCode, ...] = ()
    military: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EligibilityQuestion:
    """What is asked (EQ): service types, or one service with its diagnoses; ``coverage_level`` FAM or "".

    ``spend_down`` and ``spend_down_billed`` in USD; ``reference`` an authorisation (G1) or referral (9F); ``dates`` if
    they differ from those of the whole question.
    """

    service_types: tuple[str, ...] = ()
    procedure: ProcedureId | None = None
    coverage_level: str = ""
    pointers: tuple[int, ...] = ()
    spend_down: Decimal | None = None
    spend_down_billed: Decimal | None = None
    place_of_service: str = ""
    reference: Reference | None = None
    dates: Dated | None = None


@dataclass(frozen=True, slots=True)
class EligibilityInquiry:
    """A question about one patient: the subscriber, or ``dependent`` if there is one.

    ``date_of_service`` is the day for which coverage is asked (DTP 291; to ``last_day`` if that is given): the day of
    the service, never the day of asking. ``card_issued`` DTP 102. ``provider_role`` PRV01 goes with the provider's
    taxonomy. ``created`` is CCYYMMDDHHMM; ``kind`` BHT06.
    """

    payer: Party
    provider: Party
    subscriber: Member
    date_of_service: date | None
    questions: tuple[EligibilityQuestion, ...]
    reference: str
    created: str
    dependent: Member | None = None
    last_day: date | None = None
    card_issued: date | None = None
    traces: tuple[Trace, ...] = ()
    provider_role: str = ""
    purpose: str = "13"
    kind: str = ""
    control_number: str = field(default="", compare=False)  # ST02

    @property
    def patient(self) -> Member:
        """Whose coverage is asked."""
        return self.dependent or self.subscriber


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a payer does not answer (AAA): reason, what to do next, whether the request itself was valid (Y or N).

    ``level`` says what was refused: payer (2000A), source (2100A), provider, subscriber, dependent, benefit.
    """

    reason: str
    follow_up: str
    valid: str = "N"
    level: str = ""


@dataclass(frozen=True, slots=True)
class BenefitDelivery:
    """How much of a benefit there is and how often (HSD): quantity in DY FL HS MN VS, per ``frequency`` of ``unit``
    DA MO VS WK YR, within ``periods`` of ``period``; ``pattern`` and ``time`` of delivery as codes."""

    quantity_qualifier: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    frequency: Decimal | None = None
    period: str = ""
    periods: str = ""
    pattern: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class BenefitCondition:
    """Where, or for which condition, a benefit holds (III): list (ZZ place of service, NI, GR), code, group, text."""

    qualifier: str = ""
    code: str = ""
    category: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class RelatedParty:
    """Somebody with whom a benefit has to do (loop 2120): primary care provider P3, other payers PR PRP SEP TTP, …"""

    party: Party
    relationship: str = ""
    provider_role: str = ""


@dataclass(frozen=True, slots=True)
class Benefit:
    """One statement of an answer (EB and what belongs to it).

    ``information`` EB01: 1 to 5 active, 6 to 8 inactive, A coinsurance, B copay, C deductible, F limitations, G out of
    pocket (stop loss), I not covered, R other payer, L primary care provider, Y spend-down …; ``coverage_level`` IND
    FAM EMP …; ``service_types`` (30 is the plan); ``period`` 23 calendar year, 24 year to date, 29 remaining,
    27 visit …; ``amount`` in USD, ``percent`` as a fraction; ``quantity`` in ``quantity_qualifier`` (VS visits …);
    ``authorization`` and ``in_network`` Y N U W or "".
    """

    information: str
    coverage_level: str = ""
    service_types: tuple[str, ...] = ()
    insurance_type: str = ""
    plan: str = ""
    period: str = ""
    amount: Decimal | None = None
    percent: Decimal | None = None
    quantity_qualifier: str = ""
    quantity: Decimal | None = None
    authorization: str = ""
    in_network: str = ""
    procedure: ProcedureId | None = None
    pointers: tuple[int, ...] = ()
    deliveries: tuple[BenefitDelivery, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    messages: tuple[str, ...] = ()
    conditions: tuple[BenefitCondition, ...] = ()
    parties: tuple[RelatedParty, ...] = ()


@dataclass(frozen=True, slots=True)
class EligibilityResponse:
    """The answer about one patient. ``subscriber`` is None if the payer refused before it looked for anybody.

    ``dates`` are those of the coverage (DTP: 346 and 347 begin and end of the plan, 356 and 357 of eligibility, 291
    plan, 307 eligibility …).
    """

    payer: Party
    provider: Party | None
    subscriber: Member | None
    reference: str
    created: str
    dependent: Member | None = None
    traces: tuple[Trace, ...] = ()
    dates: tuple[Dated, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    provider_role: str = ""
    purpose: str = "11"
    kind: str = ""
    control_number: str = field(default="", compare=False)  # ST02

    @property
    def patient(self) -> Member | None:
        """Whose coverage is told."""
        return self.dependent or self.subscriber


class CoverageState(StrEnum):
    """What an answer says of the coverage. UNKNOWN is no "no": nobody may bill the patient because of it."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class EligibilityAnswer:
    """What came of a question, whatever came: the coverage, the answers that could be read, and findings."""

    coverage: CoverageState
    responses: tuple[EligibilityResponse, ...] = ()
    findings: tuple[Finding, ...] = ()
