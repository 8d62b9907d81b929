"""The checks that rule files pick, by subject. Importing the package registers them all."""

from nosology.coding.checks import (
    circulatory,
    combinations,
    conventions,
    drugs,
    encounters,
    endocrine,
    history,
    injuries,
    pressure_ulcers,
    principal,
    reporting,
    sepsis,
    specific,
    symptoms,
    wording_codes,
)

__all__ = [
    "circulatory",
    "combinations",
    "conventions",
    "drugs",
    "encounters",
    "endocrine",
    "history",
    "injuries",
    "pressure_ulcers",
    "principal",
    "reporting",
    "sepsis",
    "specific",
    "symptoms",
    "wording_codes",
]
