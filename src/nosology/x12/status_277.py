"""Acknowledgement of claims (277CA), status inquiry (276) and status response (277): reading and writing.

The parts stand in ``claim_acknowledgement``, ``status_inquiry``, ``status_response`` and ``acknowledge``.
"""

from nosology.x12.acknowledge import ClaimDecision, acknowledge_claims, balance_acknowledgement, statuses_of
from nosology.x12.claim_acknowledgement import parse_277ca, read_277ca, write_277ca
from nosology.x12.status_inquiry import parse_276, read_276, write_276
from nosology.x12.status_response import parse_277, read_277, write_277

__all__ = [
    "ClaimDecision",
    "acknowledge_claims",
    "balance_acknowledgement",
    "parse_276",
    "parse_277",
    "parse_277ca",
    "read_276",
    "read_277",
    "read_277ca",
    "statuses_of",
    "write_276",
    "write_277",
    "write_277ca",
]
