"""A decision of the payer: what it pays and why, line by line, as the remittance will tell it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from nosology.model.claim import Claim
from nosology.model.claim_parts import Adjustment
from nosology.model.price import ZERO
from nosology.model.remittance import ClaimPayment
from nosology.model.trace import Step

__all__ = ["Decision", "LineDecision", "Outcome"]


class Outcome(StrEnum):
    """What became of a claim."""

    PAID = "paid"  # a part was allowed, even where all of it is the patient's
    DENIED = "denied"
    PENDED = "pended"
    REJECTED = "rejected"  # before it was decided: 277CA, no remittance
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class LineDecision:
    """One line: allowed (None: denied), paid and the patient's in USD; adjustments, remark codes, steps."""

    number: int
    charge: Decimal
    allowed: Decimal | None
    paid: Decimal
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def patient(self) -> Decimal:
        """What stays with the patient: the adjustments of group PR."""
        return sum((each.amount for each in self.adjustments if each.group == "PR"), ZERO)


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision on a claim.

    ``payment`` is None where nothing goes into a remittance (pended, rejected); ``reversal`` takes back the claim that
    this one replaces or voids. ``lines`` explain each line, ``steps`` the claim. ``status`` is (category, code, entity)
    of a claim status for a 277.
    """

    claim: Claim
    control: str
    outcome: Outcome
    payment: ClaimPayment | None = None
    reversal: ClaimPayment | None = None
    lines: tuple[LineDecision, ...] = ()
    steps: tuple[Step, ...] = ()
    status: tuple[str, str, str] = ("F1", "65", "")

    @property
    def paid(self) -> Decimal:
        """What is paid for the claim itself, without its reversal."""
        return ZERO if self.payment is None else self.payment.paid

    @property
    def patient(self) -> Decimal:
        """What stays with the patient, without the reversal."""
        if self.payment is None:
            return ZERO
        groups = [self.payment.adjustments, *(each.adjustments for each in self.payment.lines)]
        return sum((each.amount for found in groups for each in found if each.group == "PR"), ZERO)

    @property
    def why(self) -> str:
        """The reason in one line: the first denial, or how the share of the patient came about."""
        told = [step for line in self.lines for step in line.steps] + list(self.steps)
        denials = [step for step in told if step.name.startswith("denied")]
        shares = [step for step in told if step.name in ("deductible", "copayment", "coinsurance", "coordination")]
        for step in (*denials, *(each for each in shares if "0.00 of" not in each.result)):
            return f"{step.name}: {step.result}"
        return self.steps[-1].result if self.steps else ""
