"""Quantities of drugs: numbers and units of measure as charts and titles write them, in a few base units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["NUMBER", "NUMBER_WORDS", "UNIT", "Quantity", "plain_text", "read_quantity"]

_BASE: Mapping[str, tuple[str, str]] = {
    "ng": ("mg", "0.000001"),
    "mcg": ("mg", "0.001"),
    "mg": ("mg", "1"),
    "g": ("mg", "1000"),
    "ml": ("ml", "1"),
    "l": ("ml", "1000"),
    "unit": ("unit", "1"),
    "million units": ("unit", "1000000"),
    "meq": ("meq", "1"),
    "mmol": ("mmol", "1"),
    "mci": ("mci", "1"),
    "mbq": ("mci", "0.027027027"),
    "each": ("each", "1"),
    "sq cm": ("sq cm", "1"),
}
_SPELLINGS: Mapping[str, str] = {
    "ng": "ng", "nanogram": "ng", "nanograms": "ng",
    "mcg": "mcg", "mcgs": "mcg", "ug": "mcg", "microgram": "mcg", "micrograms": "mcg",
    "mg": "mg", "mgs": "mg", "milligram": "mg", "milligrams": "mg", "mgm": "mg",
    "g": "g", "gm": "g", "gms": "g", "gram": "g", "grams": "g",
    "ml": "ml", "mls": "ml", "cc": "ml", "ccs": "ml", "milliliter": "ml", "milliliters": "ml", "millilitre": "ml",
    "l": "l", "liter": "l", "liters": "l", "litre": "l", "litres": "l",
    "unit": "unit", "units": "unit", "u": "unit", "iu": "unit", "ius": "unit", "i.u.": "unit", "usp units": "unit",
    "usp unit": "unit", "international units": "unit", "international unit": "unit",
    "mu": "million units", "million units": "million units", "million unit": "million units",
    "m units": "million units",
    "million iu": "million units", "million u": "million units", "miu": "million units",
    "meq": "meq", "mmol": "mmol", "mci": "mci", "millicurie": "mci", "millicuries": "mci", "mbq": "mbq",
    "sq cm": "sq cm", "square centimeter": "sq cm", "square centimeters": "sq cm", "cm2": "sq cm",
}  # fmt: skip
UNIT = "|".join(sorted((re.escape(each) for each in _SPELLINGS), key=len, reverse=True))
"""A pattern of every unit of measure, the longest first (lower case)."""

NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)"
"""A pattern of a number in the text of :func:`plain_text`."""

NUMBER_WORDS: Mapping[str, str] = {
    "one half": "0.5", "one-half": "0.5", "half a": "0.5", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip
"""Numbers in words."""

_WORD = re.compile(rf"\b({'|'.join(NUMBER_WORDS)})\b(?=[ -])")
_MARKS = str.maketrans(
    {"µ": "u", "μ": "u", "½": " 0.5", "¼": " 0.25", "¾": " 0.75", "–": "-", "—": "-", "×": "x", "≈": "~", "²": "2"}
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in a base unit: mg, ml, unit (also international units), meq, mmol, mci, each, sq cm."""

    amount: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.amount.normalize():f} {self.unit}"

    def times(self, factor: Decimal | int) -> Quantity:
        """So many times the quantity."""
        return Quantity(self.amount * factor, self.unit)


def plain_text(text: str) -> str:
    """Text in which quantities can be looked for: lower case, thousands without commas, numbers in digits.

    >>> plain_text("Two 50 mg vials; 1,000 µg")
    '2 50 mg vials; 1000 ug'
    """
    plain = text.translate(_MARKS).lower()
    plain = re.sub(r"(?<![\d.])(\d{1,3}(?:,\d{3})+)(?![\d,])", lambda match: match[1].replace(",", ""), plain)
    plain = re.sub(r"(\d) (0\.(?:5|25|75))(?=\D)", lambda match: f"{match[1]}{match[2][1:]}", plain)  # 1 ½
    return " ".join(_WORD.sub(lambda match: NUMBER_WORDS[match[1]], plain).split())


def read_quantity(number: str, unit: str) -> Quantity:
    """A number with a unit as written, in its base unit.

    Raises:
        KeyError: an unknown unit.
        decimal.InvalidOperation: no number.
    """
    base, factor = _BASE[_SPELLINGS.get(unit, unit)]
    return Quantity(Decimal(number) * Decimal(factor), base)
