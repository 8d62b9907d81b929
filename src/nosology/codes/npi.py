"""National provider identifiers: their form and check digit."""

from __future__ import annotations

__all__ = ["npi_is_valid"]


def npi_is_valid(number: str) -> bool:
    """True for ten digits that begin with 1 or 2 and whose check digit is right (Luhn with 80840 in front).

    Source: 45 CFR 162.406; CMS, NPI check digit calculation.
    """
    if len(number) != 10 or not (number.isdigit() and number.isascii()) or number[0] not in "12":
        return False
    digits = [int(each) for each in "80840" + number]
    doubled = [each * 2 - 9 * (each > 4) for each in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
