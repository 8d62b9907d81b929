"""Coordination of benefits: what a payer pays after others, from what the claim tells of their decisions.

Source: NAIC Model Regulation 120 (coordination of benefits); for Medicare after others 42 CFR 411.33; how the claim
tells it: 005010X222A1, loops 2320 and 2430.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from nosology.model.claim import Claim
from nosology.model.claim_parts import Adjustment
from nosology.model.price import ZERO, to_cents
from nosology.model.trace import Step

__all__ = ["Coordinated", "PriorDecision", "coordinate", "prior_decisions"]

_ORDER = "PSTABCDEFGH"


@dataclass(frozen=True, slots=True)
class PriorDecision:
    """What the payers before ours did with one line: paid, left to the patient, both in USD."""

    paid: Decimal
    patient: Decimal


@dataclass(frozen=True, slots=True)
class Coordinated:
    """What our payer pays of a line after others, what stays with the patient, what nobody pays; with the step."""

    paid: Decimal
    patient: Decimal
    written_off: Decimal
    prior: Decimal
    step: Step


def prior_decisions(claim: Claim) -> dict[int, PriorDecision] | None:
    """By line (from 0), what payers before ours decided; None if none has decided.

    A decision told for the claim only is spread over its lines by their charges.
    """
    ours = claim.subscriber.responsibility
    before = [each for each in claim.other_payers if _rank(each.responsibility) < _rank(ours)]
    if not before:
        return None
    ids = {each.payer.id for each in before}
    told = {
        place: [each for each in line.adjudications if each.payer_id in ids] for place, line in enumerate(claim.lines)
    }
    last = max(before, key=lambda each: _rank(each.responsibility))
    if any(told.values()):
        found = {}
        for place, line in enumerate(claim.lines):
            paid = sum((each.paid for each in told[place]), ZERO)
            final = [each for each in told[place] if each.payer_id == last.payer.id] or told[place][-1:]
            left = _patient_part(line.charge - paid, tuple(a for each in final for a in each.adjustments))
            found[place] = PriorDecision(paid, left)
        return found
    if not any(amount.qualifier == "D" for each in before for amount in each.amounts):
        return None
    paid = sum((amount.amount for each in before for amount in each.amounts if amount.qualifier == "D"), ZERO)
    left = _patient_part(claim.charge - paid, last.adjustments)
    return _spread(claim, paid, left)


def _rank(responsibility: str) -> int:
    return _ORDER.index(responsibility) if responsibility in _ORDER and responsibility else len(_ORDER)


def _patient_part(unpaid: Decimal, adjustments: tuple[Adjustment, ...]) -> Decimal:
    """What was left to the patient: the adjustments of group PR; where none were told, all that was not paid."""
    if not adjustments:
        return max(unpaid, ZERO)
    left = sum((each.amount for each in adjustments if each.group == "PR"), ZERO)
    return min(max(left, ZERO), max(unpaid, ZERO))


def _spread(claim: Claim, paid: Decimal, left: Decimal) -> dict[int, PriorDecision]:
    found, paid_left, patient_left, charge_left = {}, paid, left, claim.charge
    for place, line in enumerate(claim.lines):
        part = line.charge / charge_left if charge_left > 0 else Decimal(0)
        last = place == len(claim.lines) - 1
        share = paid_left if last else to_cents(paid_left * part)
        patient = patient_left if last else to_cents(patient_left * part)
        patient = min(patient, max(line.charge - share, ZERO))
        found[place] = PriorDecision(share, patient)
        paid_left, patient_left, charge_left = paid_left - share, patient_left - patient, charge_left - line.charge
    return found


def coordinate(method: str, *, charge: Decimal, allowed: Decimal, share: Decimal, prior: PriorDecision) -> Coordinated:
    """What to pay of a line after others; ``share`` is the patient's under our plan alone.

    >>> from decimal import Decimal as D
    >>> coordinate("standard", charge=D(200), allowed=D(100), share=D(20), prior=PriorDecision(D(90), D(30))).paid
    Decimal('30')
    """
    normal = max(allowed - share, ZERO)
    open_ = min(max(prior.patient, ZERO), max(charge - prior.paid, ZERO))
    if method == "medicare_secondary":
        higher = max(allowed, prior.paid + open_)
        paid = min(normal, max(charge - prior.paid, ZERO), max(higher - prior.paid, ZERO), open_)
        says, source = f"the lowest of {normal:.2f}, charge and higher allowed less {prior.paid:.2f}", "42 CFR 411.33"
    elif method == "non_duplication":
        paid = min(max(normal - prior.paid, ZERO), open_)
        says, source = f"{normal:.2f} less {prior.paid:.2f} of the payer before", "the plan (non-duplication)"
    else:
        paid = min(normal, open_)
        says, source = f"{open_:.2f} was left to the patient, {normal:.2f} is our benefit", "NAIC Model 120, section 7"
    rest = open_ - paid
    patient = min(rest, share)
    step = Step("coordination", f"{says}: {paid:.2f}", source)
    return Coordinated(paid, patient, rest - patient, charge - open_, step)
