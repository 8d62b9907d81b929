"""A remittance advice (835): one payment, the claims it pays or denies, and adjustments of the provider's account.

Codes stand as on the wire, amounts are USD. ``x12.remittance_835`` reads and writes it, ``ledger`` posts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nosology.model.claim_parts import (
    Adjustment,
    Amount,
    Contact,
    Dated,
    Party,
    ProcedureId,
    Quantity,
    Reference,
)

__all__ = ["ClaimPayment", "ProviderAdjustment", "ProviderSummary", "Remittance", "ServicePayment"]


@dataclass(frozen=True, slots=True)
class ServicePayment:
    """One service as adjudicated (loop 2110).

    ``procedure`` is what was paid; ``submitted`` what had been billed, where the payer changed it (SVC06).
    ``units`` paid, ``submitted_units`` billed, None where not told. ``remarks`` are pairs of a list (HE, RX) and code.
    """

    procedure: ProcedureId
    charge: Decimal
    paid: Decimal
    revenue_code: str = ""
    units: Decimal | None = None
    submitted: ProcedureId | None = None
    submitted_units: Decimal | None = None
    dates: tuple[Dated, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    references: tuple[Reference, ...] = ()
    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def line_control_number(self) -> str:
        """The number that the biller gave the line (REF 6R), "" if the payer did not return it."""
        return next((each.value for each in self.references if each.qualifier == "6R"), "")


@dataclass(frozen=True, slots=True)
class ClaimPayment:
    """One claim as adjudicated (loop 2100).

    ``id`` is the patient control number (CLP01); ``status`` CLP02: 1 2 3 processed as primary, secondary, tertiary,
    4 denied, 19 20 21 the same and forwarded, 22 reversal, 23 not ours and forwarded, 25 predetermination.
    ``inpatient`` and ``outpatient`` hold the MIA and MOA elements in their order, as texts.
    """

    id: str
    status: str
    charge: Decimal
    paid: Decimal
    patient_responsibility: Decimal | None = None
    filing_indicator: str = ""
    payer_control_number: str = ""
    facility: str = ""
    frequency: str = ""
    drg: str = ""
    drg_weight: Decimal | None = None
    discharge_fraction: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    parties: tuple[Party, ...] = ()
    inpatient: tuple[str, ...] = ()
    outpatient: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    contacts: tuple[Contact, ...] = ()
    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    lines: tuple[ServicePayment, ...] = ()
    group: str = ""  # LX01 of the header under which it stands

    @property
    def is_reversal(self) -> bool:
        """True if it takes back an earlier payment."""
        return self.status == "22"

    def party(self, role: str) -> Party | None:
        """The party in that role (QC patient, IL insured, 74 corrected, 82 rendering, TT crossover, …)."""
        return next((each for each in self.parties if each.role == role), None)


@dataclass(frozen=True, slots=True)
class ProviderSummary:
    """Totals of a provider under one header number (LX, TS3, TS2): the elements in their order, as texts."""

    group: str
    totals: tuple[str, ...] = ()
    inpatient_totals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """An adjustment of the provider's account that belongs to no claim of this payment (PLB).

    A positive ``amount`` lowers the payment, a negative one raises it. ``reason`` as WO overpayment recovery, FB
    forward balance, L6 interest, CS, J1, 72, …; ``reference`` often names the claim.
    """

    provider: str
    fiscal_year_end: date | None
    reason: str
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Remittance:
    """One payment with everything it explains (one ST … SE of an 835).

    ``handling`` BPR01, ``amount`` BPR02, ``credit_debit`` BPR03 (C or D), ``method`` BPR04 (ACH, CHK, NON, …),
    ``banking`` BPR05 to BPR15 as texts, ``paid_on`` BPR16; ``trace`` TRN02, ``trace_origin`` TRN03,
    ``trace_division`` TRN04.
    """

    payer: Party
    payee: Party
    amount: Decimal
    trace: str
    paid_on: date | None
    handling: str = "I"
    credit_debit: str = "C"
    method: str = "NON"
    banking: tuple[str, ...] = ()
    trace_origin: str = ""
    trace_division: str = ""
    currency: str = ""
    receiver_reference: str = ""  # REF EV
    version_reference: str = ""  # REF F2
    produced_on: date | None = None  # DTM 405
    claims: tuple[ClaimPayment, ...] = ()
    summaries: tuple[ProviderSummary, ...] = ()
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    control_number: str = ""  # ST02
    delivery: tuple[str, ...] = ()  # RDM01 to RDM03: how the remittance itself reaches the payee
