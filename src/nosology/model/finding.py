"""What is wrong, or worth knowing, in a chart, an encounter, a claim or a remittance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nosology.model.note import Evidence

__all__ = ["Finding", "Severity"]


class Severity(StrEnum):
    """How much a finding matters: an error stops, a warning asks, information tells."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the rule that fired, how severe, where, on what evidence, by what authority, and how to mend it.

    ``message`` names codes and ids and never quotes the chart; the quotes stand in ``evidence``.
    """

    rule: str
    severity: Severity
    message: str
    where: str = ""
    evidence: tuple[Evidence, ...] = ()
    citation: str = ""
    fix: str = ""
