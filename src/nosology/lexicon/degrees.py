"""Degrees and kinds: words that are said of the noun that they stand before, in their base forms."""

from __future__ import annotations

__all__ = ["DEGREES"]

# fmt: off
DEGREES = frozenset(
    (
        "acute", "subacute", "chronic", "recurrent", "severe", "mild", "moderate", "first", "second", "third",
        "degree", "unstable", "stable", "intractable", "refractory", "obstructive", "restrictive", "ischemic",
        "hemorrhagic", "persistent", "paroxysmal", "permanent", "congenital", "idiopathic", "nonalcoholic",
        "viral", "bacterial", "fungal", "toxic", "autoimmune", "essential", "morbid", "malignant", "benign",
        "hypertrophic", "dilated", "generalized", "old", "erosive", "necrotizing", "perforated", "ruptured",
        "uncontrolled",
    )
)
# fmt: on
