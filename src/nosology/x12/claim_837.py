"""The 837 claim, professional, institutional and dental: wire text to :class:`nosology.model.claim.Claim` and back."""

from __future__ import annotations

from nosology.x12.claim_837_read import read_837, read_claims_of
from nosology.x12.claim_837_write import GUIDES, write_837, write_837_file, write_837_parts

__all__ = ["GUIDES", "read_837", "read_claims_of", "write_837", "write_837_file", "write_837_parts"]
