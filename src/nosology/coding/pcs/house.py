"""The house rules on procedures: numbers, words and codes of ``rules/icd10pcs``, each with its guideline."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from nosology.errors import NosologyError
from nosology.rules.loader import find_rule

__all__ = ["rule_data"]


@cache
def rule_data(identifier: str) -> Mapping[str, Any]:
    """Return the data of a rule on procedures, by its id ("Procedure-B3.3").

    Raises:
        NosologyError: the package holds no such rule.
    """
    rule = find_rule(identifier)
    if rule is None:
        raise NosologyError(f"rule {identifier} is missing; reinstall the package")
    return rule.data
