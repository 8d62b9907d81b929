"""What a claim is expected to pay, line by line, in USD to the cent; each amount with its steps.

``allowed`` is None where no price can be told: a finding then says why. It is 0.00 only where a rule says that nothing
is paid, and a step names that rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from nosology.model.finding import Finding
from nosology.model.trace import Step

__all__ = ["CENT", "ZERO", "PriceLine", "PricedClaim", "to_cents"]

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def to_cents(amount: Decimal) -> Decimal:
    """The amount in whole cents, half a cent up, as the fee schedules are rounded."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One service line, or the stay as a whole (``number`` 0): what was charged and what is allowed for it.

    ``patient_fixed`` is the copayment that a schedule itself sets (outpatient hospital services), None where the plan
    decides. ``paid_in_full`` marks services without deductible and coinsurance (clinical laboratory tests).
    """

    number: int
    code: str
    charge: Decimal
    allowed: Decimal | None
    method: str
    steps: tuple[Step, ...] = ()
    patient_fixed: Decimal | None = None
    paid_in_full: bool = False


@dataclass(frozen=True, slots=True)
class PricedClaim:
    """A priced encounter: its lines, what is expected of payer and patient, and what could not be priced.

    ``allowed`` sums the lines that have a price; ``complete`` is False where one has none. ``payer_pays`` is after
    sequestration.
    """

    id: str
    lines: tuple[PriceLine, ...]
    allowed: Decimal
    patient_pays: Decimal
    payer_pays: Decimal
    sequestration: Decimal
    complete: bool
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()
