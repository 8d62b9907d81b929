"""Where a claim stands with its payer: the acknowledgement of a file of claims, the question for a status, the answer.

Codes stand as on the wire, amounts are USD; what a status means in words is in ``codes.claim_status``. Readers and
writers are in ``x12.status_277``. The acknowledgement (277CA) says whether claims were taken in; the status response
(277) says what became of them; neither is a payment (835).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from nosology.model.claim import Patient
from nosology.model.claim_parts import Dated, Party, ProcedureId, Reference

__all__ = [
    "AcknowledgedClaim",
    "AcknowledgedLine",
    "AcknowledgedProvider",
    "AcknowledgementTotals",
    "ClaimAcknowledgement",
    "ClaimInquiry",
    "ClaimStatus",
    "LineInquiry",
    "LineStatus",
    "ProviderStatus",
    "Status",
    "StatusCode",
    "StatusInquiry",
    "StatusResponse",
]

_TAKEN = frozenset({"A0", "A1", "A2", "A5"})


@dataclass(frozen=True, slots=True)
class StatusCode:
    """What is told of a claim (STC01, STC10, STC11): category (A1, A7, F2, P3 …), status, and the entity it concerns.

    ``code_list`` is RX where the status comes from the list of NCPDP.
    """

    category: str
    status: str
    entity: str = ""
    code_list: str = ""

    def __str__(self) -> str:
        return ":".join(part for part in (self.category, self.status, self.entity) if part)


@dataclass(frozen=True, slots=True)
class Status:
    """One status (STC) with up to three codes.

    ``effective`` STC02 and ``adjudicated`` STC06, ``check_date`` STC08 are CCYYMMDD as they stand; ``action`` (277CA)
    is WQ accepted or U rejected; ``charge`` STC04 and ``paid`` STC05 in USD; ``check`` the number of the payment.
    """

    codes: tuple[StatusCode, ...]
    effective: str = ""
    action: str = ""
    charge: Decimal | None = None
    paid: Decimal | None = None
    adjudicated: str = ""
    check_date: str = ""
    check: str = ""
    message: str = ""

    @property
    def accepted(self) -> bool:
        """True if it says that a claim was taken in: by its action, or else by the category of its first code."""
        if self.action:
            return self.action == "WQ"
        return bool(self.codes) and self.codes[0].category in _TAKEN


@dataclass(frozen=True, slots=True)
class AcknowledgedLine:
    """A service of an acknowledged claim (loop 2220D). ``control_number`` is the biller's own (REF FJ)."""

    procedure: ProcedureId
    charge: Decimal
    statuses: tuple[Status, ...]
    revenue_code: str = ""
    quantity: Decimal | None = None
    control_number: str = ""
    prescription: str = ""
    dates: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True)
class AcknowledgedClaim:
    """The verdict on one claim (loop 2200D): ``id`` is the patient control number (CLM01 of the claim).

    ``references`` may hold 1K the payer's number, D9 the clearinghouse's, BLT the type of bill.
    """

    id: str
    patient: Party
    statuses: tuple[Status, ...]
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    lines: tuple[AcknowledgedLine, ...] = ()

    @property
    def accepted(self) -> bool:
        """True if every status says that the claim was taken in."""
        return bool(self.statuses) and all(each.accepted for each in self.statuses)

    @property
    def charge(self) -> Decimal:
        """The charge of the claim in USD, 0 if the acknowledgement does not tell it."""
        return next((each.charge for each in self.statuses if each.charge is not None), Decimal(0))

    @property
    def payer_control_number(self) -> str:
        """The number that the payer gave the claim, "" if it gave none."""
        return next((each.value for each in self.references if each.qualifier == "1K"), "")


@dataclass(frozen=True, slots=True)
class AcknowledgementTotals:
    """How many claims were accepted and rejected, and their charges in USD; None where it is not told."""

    accepted: int | None = None
    rejected: int | None = None
    accepted_charges: Decimal | None = None
    rejected_charges: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AcknowledgedProvider:
    """A billing provider of an acknowledged file (loops 2100C, 2200C) and its claims."""

    party: Party
    claims: tuple[AcknowledgedClaim, ...] = ()
    trace: str = ""
    statuses: tuple[Status, ...] = ()
    totals: AcknowledgementTotals = AcknowledgementTotals()


@dataclass(frozen=True, slots=True)
class ClaimAcknowledgement:
    """The answer to a file of claims (277CA, one ST): who acknowledges what, and the verdict on each claim.

    ``receipt`` is the acknowledger's number of the receipt (loop 2200A), ``trace`` the number of the file of claims
    (its BHT03), ``statuses`` the verdict on the file; ``created`` is CCYYMMDDHHMM (or with seconds).
    """

    source: Party
    receiver: Party
    reference: str
    created: str
    receipt: str
    received_on: date | None
    processed_on: date | None
    trace: str
    statuses: tuple[Status, ...]
    providers: tuple[AcknowledgedProvider, ...] = ()
    totals: AcknowledgementTotals = AcknowledgementTotals()
    control_number: str = field(default="", compare=False)  # ST02

    @property
    def claims(self) -> tuple[AcknowledgedClaim, ...]:
        """Every claim in the order of the file."""
        return tuple(claim for provider in self.providers for claim in provider.claims)


@dataclass(frozen=True, slots=True)
class LineInquiry:
    """A service whose status is asked (loop 2210)."""

    procedure: ProcedureId
    charge: Decimal
    quantity: Decimal = Decimal(1)
    revenue_code: str = ""
    control_number: str = ""
    dates: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimInquiry:
    """A claim whose status is asked (276): ``trace`` comes back with the answer.

    ``subscriber`` with birth date and sex; ``patient`` if that is somebody else; ``providers`` one or two names of the
    provider of the service. ``references``: 1K the payer's number of the claim, BLT type of bill, EJ patient control
    number, 6P group, LU application, XZ prescription, D9 clearinghouse. ``charge`` in USD.
    """

    trace: str
    providers: tuple[Party, ...]
    subscriber: Patient
    patient: Patient | None = None
    charge: Decimal | None = None
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    lines: tuple[LineInquiry, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusInquiry:
    """Questions for the status of claims to one payer (276). ``created`` is CCYYMMDDHHMM."""

    payer: Party
    receiver: Party
    reference: str
    created: str
    claims: tuple[ClaimInquiry, ...]
    control_number: str = field(default="", compare=False)  # ST02


@dataclass(frozen=True, slots=True)
class LineStatus:
    """The status of one service (loop 2220); ``paid`` in USD."""

    procedure: ProcedureId
    charge: Decimal
    paid: Decimal | None
    statuses: tuple[Status, ...]
    quantity: Decimal = Decimal(1)
    revenue_code: str = ""
    control_number: str = ""
    dates: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimStatus:
    """The status of one claim (277, loop 2200D or 2200E): ``trace`` is that of the question.

    ``references`` may hold 1K the payer's number, EJ the patient control number, BLT, XZ, VV voucher, D9.
    """

    trace: str
    subscriber: Patient
    statuses: tuple[Status, ...]
    patient: Patient | None = None
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    lines: tuple[LineStatus, ...] = ()

    @property
    def payer_control_number(self) -> str:
        """The payer's number of the claim, "" if it gave none."""
        return next((each.value for each in self.references if each.qualifier == "1K"), "")

    @property
    def id(self) -> str:
        """The patient control number, "" if the payer did not return it."""
        return next((each.value for each in self.references if each.qualifier == "EJ"), "")


@dataclass(frozen=True, slots=True)
class ProviderStatus:
    """A provider of an answer (loops 2100C, 2200C), why it was refused if it was, and its claims."""

    parties: tuple[Party, ...]
    claims: tuple[ClaimStatus, ...] = ()
    trace: str = ""
    statuses: tuple[Status, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusResponse:
    """Answers of one payer (277). ``trace`` and ``statuses`` are there if the whole question was refused."""

    payer: Party
    receiver: Party
    reference: str
    created: str
    providers: tuple[ProviderStatus, ...] = ()
    trace: str = ""
    statuses: tuple[Status, ...] = ()
    control_number: str = field(default="", compare=False)  # ST02

    @property
    def claims(self) -> tuple[ClaimStatus, ...]:
        """Every claim in the order of the answer."""
        return tuple(claim for provider in self.providers for claim in provider.claims)
