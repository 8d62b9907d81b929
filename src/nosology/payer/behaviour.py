"""How a payer behaves in rehearsal: what real remittances look like, with every sum still right.

Each claim draws from the seed of the policy and its own numbers, so that the same claim always meets the same fate.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from nosology.model.claim import Claim
from nosology.model.claim_parts import Adjustment
from nosology.model.price import ZERO, to_cents
from nosology.model.remittance import ClaimPayment, ServicePayment
from nosology.payer.policy import Policy
from nosology.payer.reasons import REASONS

__all__ = ["draw", "overpaid", "shape_payment"]

_OTHER_MODIFIER = {"25": "59", "59": "XS", "26": "TC", "RT": "LT", "LT": "RT"}


def draw(policy: Policy, *names: str) -> Random:
    """A source of chance that depends on the seed of the policy and these names only."""
    key = "\x1f".join((policy.seed, *names)).encode()
    return Random(int.from_bytes(hashlib.sha256(key).digest()[:8], "big"))


def shape_payment(policy: Policy, claim: Claim) -> Callable[[ClaimPayment], ClaimPayment]:
    """What the payer makes of a claim payment before it goes into a remittance."""
    rates = policy.behaviour

    def shape(payment: ClaimPayment) -> ClaimPayment:
        chance = draw(policy, "shape", claim.billing.npi, claim.id, claim.frequency)
        lines = payment.lines
        if _meets(chance, rates.drop_modifier):
            lines = tuple(_without_modifiers(each) for each in lines)
        if _meets(chance, rates.change_modifier):
            lines = tuple(_with_other_modifier(each) for each in lines)
        if _meets(chance, rates.split):
            lines = tuple(part for each in lines for part in _split(each))
        if _meets(chance, rates.bundle):
            lines = _bundle(lines)
        if _meets(chance, rates.omit_line_control):
            lines = tuple(
                replace(each, references=tuple(one for one in each.references if one.qualifier != "6R"))
                for each in lines
            )
        name = _altered(payment.id, chance) if _meets(chance, rates.alter_control_number) else payment.id
        return replace(payment, id=name, lines=lines)

    return shape


def _meets(chance: Random, rate: float) -> bool:
    return chance.random() < rate


def _without_modifiers(line: ServicePayment) -> ServicePayment:
    """The payer tells the service without its modifiers and does not say so."""
    return replace(line, procedure=replace(line.procedure, modifiers=()))


def _with_other_modifier(line: ServicePayment) -> ServicePayment:
    """The payer pays under another modifier and names what was submitted."""
    if not line.procedure.modifiers:
        return line
    first, *rest = line.procedure.modifiers
    other = replace(line.procedure, modifiers=(_OTHER_MODIFIER.get(first, "59"), *rest))
    return replace(line, procedure=other, submitted=line.submitted or line.procedure)


def _split(line: ServicePayment) -> tuple[ServicePayment, ...]:
    """Several units on one line become two lines; charge, payment and every adjustment are divided to the cent."""
    units = line.units or Decimal(1)
    if units < 2 or units != units.to_integral_value():
        return (line,)
    first = (units / 2).to_integral_value()
    part = first / units

    def cut(amount: Decimal) -> Decimal:
        return to_cents(amount * part)

    ones = tuple(replace(each, amount=cut(each.amount)) for each in line.adjustments)
    others = tuple(
        replace(each, amount=each.amount - one.amount) for each, one in zip(line.adjustments, ones, strict=True)
    )
    paid = cut(line.paid)
    charge = paid + sum((each.amount for each in ones), ZERO)
    amounts = tuple(replace(each, amount=cut(each.amount)) for each in line.amounts)
    rest = tuple(
        replace(each, amount=each.amount - one.amount) for each, one in zip(line.amounts, amounts, strict=True)
    )
    return (
        replace(line, charge=charge, paid=paid, units=first, adjustments=_kept(ones), amounts=amounts),
        replace(
            line,
            charge=line.charge - charge,
            paid=line.paid - paid,
            units=units - first,
            adjustments=_kept(others),
            amounts=rest,
        ),
    )


def _kept(adjustments: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
    return tuple(each for each in adjustments if each.amount)


def _bundle(lines: tuple[ServicePayment, ...]) -> tuple[ServicePayment, ...]:
    """The second paid line is paid within the first one: its payment and the patient's part move there.

    Source: 005010X221A1, bundling: the part is reported with nothing paid (97), the whole above its charge (94).
    """
    paid = [place for place, each in enumerate(lines) if each.paid > 0]
    if len(paid) < 2:
        return lines
    whole, part = lines[paid[0]], lines[paid[1]]
    more, bundled = REASONS["more than charged"], REASONS["part of another"]
    joined = _joined([*whole.adjustments, *part.adjustments, Adjustment(more.group, more.carc, -part.charge)])
    made = list(lines)
    made[paid[0]] = replace(whole, paid=whole.paid + part.paid, adjustments=joined)
    made[paid[1]] = replace(
        part,
        paid=ZERO,
        adjustments=(Adjustment(bundled.group, bundled.carc, part.charge),),
        amounts=(),
        remarks=tuple(("HE", each) for each in bundled.remarks),
    )
    return tuple(made)


def _joined(adjustments: list[Adjustment]) -> tuple[Adjustment, ...]:
    """Each reason once, with the sum of its amounts."""
    sums: dict[tuple[str, str], Decimal] = {}
    for each in adjustments:
        sums[each.group, each.reason] = sums.get((each.group, each.reason), ZERO) + each.amount
    return tuple(Adjustment(group, reason, amount) for (group, reason), amount in sums.items() if amount)


def _altered(number: str, chance: Random) -> str:
    """A patient control number as payers send it back: shortened, without signs, without leading zeros, in capitals."""
    ways = (
        number[:12],
        "".join(each for each in number if each.isalnum()),
        number.lstrip("0"),
        number.upper(),
    )
    return chance.choice([each for each in ways if each and each != number] or [number])


def overpaid(payment: ClaimPayment, percent: Decimal) -> ClaimPayment:
    """The payment as it should have been, if ``percent`` of it was too much; the patient's part stays."""
    reason = REASONS["contract"]

    def less(amount: Decimal) -> Decimal:
        return to_cents(amount * percent / 100)

    if payment.lines:
        lines = []
        for each in payment.lines:
            cut = less(each.paid)
            more = _joined([*each.adjustments, Adjustment(reason.group, reason.carc, cut)])
            lines.append(replace(each, paid=each.paid - cut, adjustments=more) if cut else each)
        taken = sum((each.paid for each in payment.lines), ZERO) - sum((each.paid for each in lines), ZERO)
        return replace(payment, paid=payment.paid - taken, lines=tuple(lines))
    cut = less(payment.paid)
    more = _joined([*payment.adjustments, Adjustment(reason.group, reason.carc, cut)])
    return replace(payment, paid=payment.paid - cut, adjustments=more)
