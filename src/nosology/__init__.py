"""Nosology reads a chart, codes it with evidence, and explains every step. These are its public names."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nosology.claims.build import build_claim
    from nosology.edits.claim_check import check_claim
    from nosology.grouping.hcc import score_hcc
    from nosology.grouping.msdrg import assign_drg
    from nosology.model.encounter_json import read_encounter
    from nosology.notes.read import read_document
    from nosology.pipeline import bill_encounter, code_note, lookup, search, settle_claim

__all__ = [
    "assign_drg",
    "bill_encounter",
    "build_claim",
    "check_claim",
    "code_note",
    "lookup",
    "read_document",
    "read_encounter",
    "score_hcc",
    "search",
    "settle_claim",
]

_HOMES = {
    "assign_drg": "nosology.grouping.msdrg",
    "bill_encounter": "nosology.pipeline",
    "build_claim": "nosology.claims.build",
    "check_claim": "nosology.edits.claim_check",
    "code_note": "nosology.pipeline",
    "lookup": "nosology.pipeline",
    "read_document": "nosology.notes.read",
    "read_encounter": "nosology.model.encounter_json",
    "score_hcc": "nosology.grouping.hcc",
    "search": "nosology.pipeline",
    "settle_claim": "nosology.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that importing the package costs nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'nosology' has no attribute {name!r}")
    return getattr(import_module(home), name)
