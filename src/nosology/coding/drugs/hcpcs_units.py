"""The unit of a HCPCS code, from its long title: "per 10 mg", "1 mg", "up to 40 mg", "per 500 units", "per dose"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from nosology.codes.late_pattern import late_pattern
from nosology.coding.drugs.quantity import NUMBER, UNIT, Quantity, plain_text, read_quantity

__all__ = ["HcpcsUnit", "read_hcpcs_unit"]

_AMOUNT = late_pattern(rf"(?<![\w.-])({NUMBER}) ?({UNIT})(?![\w/])")
_PER_ONE = late_pattern(rf"\bper ({UNIT}|mg|milligram)(?![\w/])")
_EACH = late_pattern(
    r"\b(?:per|each|1) (?:study |treatment |single[- ](?:dose|use) |therapeutic |diagnostic )?"
    r"(?:dose|vial|unit dose vial|syringe|implant|treatment|injection|tablet|kit|application|instillation)\b"
)
_ONE_WHOLE = late_pattern(r"\bimplant\b|\bintrauterine .*contraceptive|, each$|\bfull dose\b|\bmini-?dose\b")
_EQUALS = late_pattern(rf"\(({NUMBER}) ?({UNIT}) = 1 unit\)")
_FACTOR = late_pattern(r"\bper (?:[a-z]+ )+i\.u\.")
_STRENGTH = late_pattern(rf", ({NUMBER}) ?({UNIT})/ml$")
_BAND = late_pattern(
    r"\b(less than or equal to|less than|greater than or equal to|greater than|up to and including) "
    rf"({NUMBER}) ?({UNIT})\b"
)
_ASIDE = late_pattern(r"\([^()]*\)")
_PARTS = late_pattern(rf"({NUMBER}) ?({UNIT}) ?(?:/| and [a-z -]*?)({NUMBER}) ?({UNIT})\b")


@dataclass(frozen=True, slots=True)
class HcpcsUnit:
    """What one unit of a code is. ``above`` and ``below`` bound the dose of a code that names a band of doses.

    A code of a band, a vial or a dose has the size 1 each.
    """

    size: Quantity
    above: Quantity | None = None
    below: Quantity | None = None


@lru_cache(maxsize=8192)
def read_hcpcs_unit(title: str) -> HcpcsUnit | None:
    """The unit of a title, None where the title states none or several that cannot be told apart.

    >>> str(read_hcpcs_unit("Injection, ceftriaxone sodium, per 250 mg").size)
    '250 mg'
    """
    plain = plain_text(title)
    band = _BAND.search(plain)
    if band is not None:
        limit = read_quantity(band[2], band[3])
        one = Quantity(Decimal(1), "each")
        return HcpcsUnit(one, above=limit) if band[1].startswith("greater") else HcpcsUnit(one, below=limit)
    equal = _EQUALS.search(plain) or _STRENGTH.search(plain)
    if equal is not None:
        return HcpcsUnit(read_quantity(equal[1], equal[2]))
    outside = _ASIDE.sub(" ", plain)
    outside = re.sub(r"[,;] ?(?:fda[- ]approved prescription|for use|not to exceed|provided in).*$", " ", outside)
    if _FACTOR.search(outside):
        return HcpcsUnit(Quantity(Decimal(1), "unit"))
    parts = _PARTS.search(outside)
    if parts is not None:
        one_part, other = read_quantity(parts[1], parts[2]), read_quantity(parts[3], parts[4])
        return (
            HcpcsUnit(Quantity(one_part.amount + other.amount, one_part.unit)) if one_part.unit == other.unit else None
        )
    amounts = [(match.start(), read_quantity(match[1], match[2])) for match in _AMOUNT.finditer(outside)]
    amounts += [(match.start(), read_quantity("1", match[1])) for match in _PER_ONE.finditer(outside)]
    distinct = {each for _place, each in amounts}
    if _EACH.search(outside) and not distinct:
        return HcpcsUnit(Quantity(Decimal(1), "each"))
    if len(distinct) == 1:
        return HcpcsUnit(distinct.pop())
    if len(distinct) > 1:
        return HcpcsUnit(max(amounts, key=lambda each: each[0])[1]) if _last_is_unit(outside) else None
    if _EACH.search(plain) or _ONE_WHOLE.search(outside):
        return HcpcsUnit(Quantity(Decimal(1), "each"))
    return None


def _last_is_unit(plain: str) -> bool:
    """True if the title ends with "per" or a comma and its amount, so that others before it are strengths."""
    return bool(re.search(rf"(?:\bper|\bup to|,) ?{NUMBER} ?(?:{UNIT}) *[,.]?$", plain.strip()))
