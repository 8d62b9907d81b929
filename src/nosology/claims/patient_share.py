"""What the patient pays of an allowed amount: deductible, copayments, coinsurance, out-of-pocket maximum.

Of a family plan the patient's own limits stand within those of the family (an embedded deductible), and no more than
the individual's maximum is asked of one person: 45 CFR 156.130(a).

Source: the plan's own terms; for Medicare Part B 42 CFR 410.152 and 410.160; sequestration 2 U.S.C. 901a(6), 906(d).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from nosology.errors import UnreadableInput
from nosology.model.price import ZERO, PriceLine, to_cents
from nosology.model.trace import Step

__all__ = ["Benefits", "read_benefits", "share_with_patient"]

_NAMES = (
    "deductible", "coinsurance", "copay", "out_of_pocket", "sequestration", "family_deductible", "family_out_of_pocket",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Benefits:
    """What is left of a patient's plan on the day: USD, ``coinsurance`` of 100. None: no such limit.

    ``copay`` is for the visit. ``family_deductible`` and ``family_out_of_pocket`` are what is left of the family's
    limits: once a family has met one, nothing is left of it for any member.
    """

    deductible: Decimal = ZERO
    coinsurance: Decimal = ZERO
    copay: Decimal = ZERO
    out_of_pocket: Decimal | None = None
    sequestration: Decimal = ZERO
    family_deductible: Decimal | None = None
    family_out_of_pocket: Decimal | None = None


def read_benefits(data: object) -> Benefits:
    """The benefits that a parsed JSON object describes. Raises UnreadableInput: not an object, a wrong figure."""
    if not isinstance(data, Mapping):
        raise UnreadableInput("benefits must be a JSON object")
    unknown = sorted(set(data) - set(_NAMES))
    if unknown:
        raise UnreadableInput(f"benefits: unknown field {unknown[0]}")
    found: dict[str, Any] = {}
    for name in _NAMES:
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
    family = benefits.family_deductible
    start = benefits.deductible if family is None else min(benefits.deductible, family)
    left = start
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
        Step(
            "deductible",
            f"{deductible:.2f} of {start:.2f} left{'' if start == benefits.deductible else ' of the family'}",
            "42 CFR 410.160, or the plan",
        ),
        Step("coinsurance", f"{benefits.coinsurance} %: {coinsurance:.2f}", "42 CFR 410.152, or the plan"),
    ]
    if fixed:
        steps.append(Step("copayment", f"set by the schedule: {fixed:.2f}", "42 CFR 419.41"))
    if copay:
        steps.append(Step("copay", f"{copay:.2f}", "the plan"))
    for most, whose in ((benefits.out_of_pocket, ""), (benefits.family_out_of_pocket, " of the family")):
        if most is not None and patient > most:
            patient = most
            what = f"not more than {patient:.2f} left{whose}"
            steps.append(Step("out-of-pocket maximum", what, "the plan; 45 CFR 156.130"))
    payer = allowed - patient
    less = to_cents(payer * benefits.sequestration / 100)
    if less:
        steps.append(
            Step("sequestration", f"{benefits.sequestration} % of {payer:.2f}: −{less:.2f}", "2 U.S.C. 901a(6)")
        )
    return patient, payer - less, less, steps
