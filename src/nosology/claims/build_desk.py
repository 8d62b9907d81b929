"""The desk on which a claim is built: the encounter, the coverage that is billed, the form, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from nosology.model.claim import ClaimForm
from nosology.model.coverage import Coverage, Practice, Registration
from nosology.model.encounter import Encounter
from nosology.model.finding import Finding, Severity

__all__ = ["LIMITS", "BuildDesk", "Limits", "note"]

_GUIDES = {
    ClaimForm.PROFESSIONAL: "ASC X12N 005010X222A1",
    ClaimForm.INSTITUTIONAL: "ASC X12N 005010X223A2",
    ClaimForm.DENTAL: "ASC X12N 005010X224A2",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one claim of a form holds."""

    lines: int
    diagnoses: int
    pointers: int = 4
    modifiers: int = 4
    procedures: int = 25


LIMITS = {
    ClaimForm.PROFESSIONAL: Limits(lines=50, diagnoses=12),
    ClaimForm.INSTITUTIONAL: Limits(lines=999, diagnoses=25),
    ClaimForm.DENTAL: Limits(lines=50, diagnoses=4),
}
"""Form → its limits (HI and LX of the implementation guides)."""


def note(
    rule: str, message: str, where: str, *, severity: Severity = Severity.ERROR, fix: str = "", citation: str = ""
) -> Finding:
    """A finding of the builder; its rules are named ``claim.…`` (docs/claims.md)."""
    return Finding(f"claim.{rule}", severity, message, where=where, fix=fix, citation=citation)


@dataclass(slots=True)
class BuildDesk:
    """One encounter while its claims are built.

    ``order`` are the coverages in order of responsibility with their places in the registration, ``at`` is that of the
    billed one in it.
    """

    encounter: Encounter
    registration: Registration
    practice: Practice
    order: Sequence[tuple[int, Coverage]]
    at: int
    form: ClaimForm
    claim_id: str
    drg: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def coverage(self) -> Coverage:
        """The coverage that is billed."""
        return self.order[self.at][1]

    @property
    def coverage_path(self) -> str:
        """Where the billed coverage stands in the registration."""
        return f"coverages[{self.order[self.at][0]}]"

    @property
    def limits(self) -> Limits:
        """What one claim of this form holds."""
        return LIMITS[self.form]

    @property
    def guide(self) -> str:
        """The implementation guide of the form, for citations."""
        return _GUIDES[self.form]

    @property
    def first_day(self) -> date | None:
        """The first day of the care."""
        days = [line.date for line in self.encounter.lines if line.date is not None]
        return self.registration.stay.first or self.encounter.admitted or min(days, default=None)

    @property
    def last_day(self) -> date | None:
        """The last day of the care."""
        days = [line.date for line in self.encounter.lines if line.date is not None]
        ends = [line.details.last for line in self.encounter.lines if line.details and line.details.last]
        return self.registration.stay.last or self.encounter.discharged or max(days + ends, default=None)

    def note(self, rule: str, message: str, where: str, *, severity: Severity = Severity.ERROR, fix: str = "") -> None:
        """Report a finding; the guide of the form is its authority."""
        self.findings.append(note(rule, message, where, severity=severity, fix=fix, citation=self.guide))
