"""Outlier payments of outpatient hospital services: half of what a costly service cost above 1.75 times its payment.

Source: 42 CFR 419.43(d); Medicare Claims Processing Manual (Pub. 100-04), chapter 4, 10.7.1.
"""

from __future__ import annotations

from decimal import Decimal

from nosology.claims.desk import Tally, money
from nosology.model.price import to_cents

__all__ = ["add_outliers"]

_MULTIPLE, _SHARE = Decimal("1.75"), Decimal("0.5")
_SOURCE = "42 CFR 419.43(d); Pub. 100-04, ch. 4, 10.7.1"


def add_outliers(
    paid: list[Tally], packed: list[Tally], into: dict[int, Tally], *, ratio: Decimal, threshold: Decimal
) -> None:
    """Add the outlier payment to each line of ``paid`` whose cost is above both thresholds.

    ``packed`` are lines without a payment of their own: ``into`` names the line that covers one (by its number),
    the charges of the others are shared out by the payments. ``ratio`` is the hospital's ratio of cost to charges,
    ``threshold`` the fixed amount of the year in USD.
    """
    base = {tally.number: tally.amount for tally in paid if tally.amount}
    charges = {tally.number: tally.line.charge for tally in paid}
    shared = Decimal(0)
    for tally in packed:
        lead = into.get(tally.number)
        if lead is not None and lead.number in charges:
            charges[lead.number] += tally.line.charge
        else:
            shared += tally.line.charge
    total = sum(base.values(), Decimal(0))
    for tally in paid:
        amount = base.get(tally.number)
        if amount is None:
            continue
        cost = (charges[tally.number] + shared * amount / total) * ratio
        if cost <= _MULTIPLE * amount or cost <= amount + threshold:
            continue
        more = to_cents(_SHARE * (cost - _MULTIPLE * amount))
        least = max(_MULTIPLE * amount, amount + threshold)
        why = f"cost {money(cost)} above {money(least)}: half of what is above {_MULTIPLE} × the payment, {money(more)}"
        tally.set(amount + more, "outlier", why, _SOURCE)
