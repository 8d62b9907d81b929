"""The amount of one row of the physician fee schedule in a locality.

Source: 42 CFR 414.20 (formula); Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.2
(facilities).
"""

from __future__ import annotations

from decimal import Decimal

from nosology.codes.pfs import FeeRow
from nosology.codes.rates import Locality
from nosology.model.price import to_cents

__all__ = ["FACILITIES", "fee_of"]

FACILITIES = frozenset(["02", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"])
"""Places of service that are paid the facility rate."""


def fee_of(row: FeeRow, here: Locality, *, facility: bool) -> Decimal:
    """The amount of one unit of a row in a locality, in cents."""
    practice = row.practice_facility if facility else row.practice_office
    units = row.work * here.work + practice * here.practice + row.malpractice * here.malpractice
    return to_cents(units * row.conversion_factor)
