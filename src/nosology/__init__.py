"""Nosology reads a chart, codes it with evidence, and explains every step. These are its public names."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from nosology.native import watch

if TYPE_CHECKING:
    from nosology.claims.build import build_claim
    from nosology.edits.claim_check import check_claim
    from nosology.grouping.hcc import score_hcc
    from nosology.grouping.msdrg import assign_drg
    from nosology.ledger.post import post_remittance
    from nosology.model.encounter_json import read_encounter
    from nosology.notes.read import read_document
    from nosology.pipeline import bill_encounter, code_note, lookup, search, settle_claim
    from nosology.x12.claim_837 import read_837, write_837
    from nosology.x12.remittance_835 import read_835, write_835

__all__ = [
    "assign_drg",
    "bill_encounter",
    "build_claim",
    "check_claim",
    "code_note",
    "lookup",
    "post_remittance",
    "read_835",
    "read_837",
    "read_document",
    "read_encounter",
    "score_hcc",
    "search",
    "settle_claim",
    "write_835",
    "write_837",
]

_HOMES = {
    "assign_drg": "nosology.grouping.msdrg",
    "bill_encounter": "nosology.pipeline",
    "build_claim": "nosology.claims.build",
    "check_claim": "nosology.edits.claim_check",
    "code_note": "nosology.pipeline",
    "lookup": "nosology.pipeline",
    "post_remittance": "nosology.ledger.post",
    "read_835": "nosology.x12.remittance_835",
    "read_837": "nosology.x12.claim_837",
    "read_document": "nosology.notes.read",
    "read_encounter": "nosology.model.encounter_json",
    "score_hcc": "nosology.grouping.hcc",
    "search": "nosology.pipeline",
    "settle_claim": "nosology.pipeline",
    "write_835": "nosology.x12.remittance_835",
    "write_837": "nosology.x12.claim_837",
}


watch()


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that importing the package costs nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'nosology' has no attribute {name!r}")
    return getattr(import_module(home), name)
