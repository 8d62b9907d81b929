"""Eligibility inquiry (270) and response (271): reading, writing, and what came of a question.

The parts stand in ``eligibility_270``, ``eligibility_271``, ``eligibility_answer`` and ``benefits``.
"""

from nosology.x12.benefits import benefits_by_service_type
from nosology.x12.eligibility_270 import inquire_for_claim, parse_270, read_270, write_270
from nosology.x12.eligibility_271 import parse_271, read_271, write_271
from nosology.x12.eligibility_answer import receive_answer

__all__ = [
    "benefits_by_service_type",
    "inquire_for_claim",
    "parse_270",
    "parse_271",
    "read_270",
    "read_271",
    "receive_answer",
    "write_270",
    "write_271",
]
