"""What the patient pays of an allowed amount: deductible, copayments, coinsurance, out-of-pocket maximum; estimates.

Source: the plan's own terms; for Medicare Part B 42 CFR 410.152 and 410.160; sequestration 2 U.S.C. 901a(6), 906(d);
good-faith estimates 45 CFR 149.610 and 149.620.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from nosology.errors import UnreadableInput
from nosology.model.price import ZERO, PriceLine, to_cents
from nosology.model.trace import Step

__all__ = ["DISPUTE", "Benefits", "estimate_in_good_faith", "read_benefits", "share_with_patient"]

DISPUTE = Decimal(400)
"""A bill that much above its good-faith estimate, in USD, may be disputed (45 CFR 149.620(b))."""


@dataclass(frozen=True, slots=True)
class Benefits:
    """What is left of a patient's plan on the day: USD, ``coinsurance`` of 100. None: no such limit.

    ``copay`` is for the visit. ``deductible_before_copay`` says if services under a copay count to the deductible.
    """

    deductible: Decimal = ZERO
    coinsurance: Decimal = ZERO
    copay: Decimal = ZERO
    out_of_pocket: Decimal | None = None
    sequestration: Decimal = ZERO


def read_benefits(data: object) -> Benefits:
    """The benefits that a parsed JSON object describes. Raises UnreadableInput: not an object, a wrong figure."""
    if not isinstance(data, Mapping):
        raise UnreadableInput("benefits must be a JSON object")
    names = ("deductible", "coinsurance", "copay", "out_of_pocket", "sequestration")
    unknown = sorted(set(data) - set(names))
    if unknown:
        raise UnreadableInput(f"benefits: unknown field {unknown[0]}")
    found: dict[str, Any] = {}
    for name in names:
        if data.get(name) is not None:
            try:
                value = Decimal(str(data[name]))
            except InvalidOperation:
                value = Decimal("NaN")
            if isinstance(data[name], bool) or not value.is_finite() or value < 0:
                raise UnreadableInput(f"benefits: {name} must be a number of zero or more")
            found[name] = value
    if found.get("coinsurance", ZERO) > 100 or found.get("sequestration", ZERO) > 100:
        raise UnreadableInput("benefits: a percent must not be more than 100")
    return Benefits(**found)


def share_with_patient(lines: Sequence[PriceLine], benefits: Benefits) -> tuple[Decimal, Decimal, Decimal, list[Step]]:
    """What patient and payer pay of the allowed amounts, what sequestration takes from the payer, and the steps.

    The deductible goes over the lines in order; then copay and coinsurance; then the out-of-pocket maximum.
    """
    left = benefits.deductible
    deductible = coinsurance = fixed = allowed = ZERO
    for line in lines:
        if line.allowed is None:
            continue
        allowed += line.allowed
        if line.paid_in_full:
            continue
        taken = min(left, line.allowed)
        left -= taken
        deductible += taken
        rest = line.allowed - taken
        if line.patient_fixed is not None:
            fixed += min(line.patient_fixed, rest)
        else:
            coinsurance += to_cents(rest * benefits.coinsurance / 100)
    copay = min(benefits.copay, allowed - deductible - coinsurance - fixed)
    patient = deductible + coinsurance + fixed + copay
    steps = [
        Step("deductible", f"{deductible:.2f} of {benefits.deductible:.2f} left", "42 CFR 410.160, or the plan"),
        Step("coinsurance", f"{benefits.coinsurance} %: {coinsurance:.2f}", "42 CFR 410.152, or the plan"),
    ]
    if fixed:
        steps.append(Step("copayment", f"set by the schedule: {fixed:.2f}", "42 CFR 419.41"))
    if copay:
        steps.append(Step("copay", f"{copay:.2f}", "the plan"))
    if benefits.out_of_pocket is not None and patient > benefits.out_of_pocket:
        patient = benefits.out_of_pocket
        steps.append(Step("out-of-pocket maximum", f"not more than {patient:.2f}", "the plan"))
    payer = allowed - patient
    less = to_cents(payer * benefits.sequestration / 100)
    if less:
        steps.append(
            Step("sequestration", f"{benefits.sequestration} % of {payer:.2f}: −{less:.2f}", "2 U.S.C. 901a(6)")
        )
    return patient, payer - less, less, steps


def estimate_in_good_faith(name: str, lines: Sequence[PriceLine], patient: Decimal | None = None) -> dict[str, Any]:
    """A good-faith estimate as an object: items with expected charges, their sum, and what the patient must be told.

    For the uninsured and self-pay; ``patient`` is what an insured patient is expected to pay, where that is known.
    """
    total = sum((line.charge for line in lines), ZERO)
    return {
        "id": name,
        "items": [{"code": line.code, "expected_charge": str(line.charge)} for line in lines],
        "expected_total": str(total),
        "expected_patient_share": None if patient is None else str(patient),
        "dispute_from": str(total + DISPUTE),
        "disclaimers": [
            "This is an estimate; actual items, services and charges may differ.",
            "Additional items or services may be recommended and are not in this estimate.",
            f"A bill of {DISPUTE} USD or more above the expected charges may be disputed.",
            "This estimate is no contract and does not oblige anyone to obtain the services.",
        ],
        "source": "45 CFR 149.610",
    }
