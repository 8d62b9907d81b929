"""What is wrong, or worth knowing, in a chart, an encounter, a claim or a remittance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nosology.model.note import Evidence

__all__ = ["Finding", "Override", "Severity"]


class Severity(StrEnum):
    """How much a finding matters: an error stops, a warning asks, information tells."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Override:
    """A finding that a person accepted as it stands: which rule, where ("" anywhere), by whom, when and why.

    The record is kept with the encounter; the finding stays visible and names it.
    """

    rule: str
    by: str
    on: date | None
    why: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the rule that fired, how severe, where, on what evidence, by what authority, and how to mend it.

    ``message`` names codes and ids and never quotes the chart; the quotes stand in ``evidence``.
    ``override`` is the record by which a person accepted it, None while nobody has.
    """

    rule: str
    severity: Severity
    message: str
    where: str = ""
    evidence: tuple[Evidence, ...] = ()
    citation: str = ""
    fix: str = ""
    override: Override | None = None
