"""The logic of edits that rules pick by name; importing this package registers every check."""

from nosology.edits.checks import (
    admission,
    claim,
    conventions,
    coverage,
    diagnoses,
    fees,
    frequency,
    missed,
    ncci,
    outpatient,
    patient,
    service_lines,
)

__all__ = [
    "admission",
    "claim",
    "conventions",
    "coverage",
    "diagnoses",
    "fees",
    "frequency",
    "missed",
    "ncci",
    "outpatient",
    "patient",
    "service_lines",
]
