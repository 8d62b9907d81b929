"""Encounters that may share a claim: one patient, provider, payer and day, where the payer takes them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nosology.claims.build_desk import note
from nosology.model.encounter import Diagnosis, Encounter, ServiceLine, Setting
from nosology.model.finding import Finding, Severity

__all__ = ["combine_encounters"]

_SEVERAL = (Setting.PROFESSIONAL, Setting.EMERGENCY)


def combine_encounters(encounters: Sequence[Encounter]) -> tuple[tuple[Encounter, ...], tuple[Finding, ...]]:
    """Return the encounters with those that may share a claim made one, and what was combined.

    Two are combined if patient, provider, payer and the one day of all their lines agree and the coverage says that
    the payer combines. Diagnoses are kept once, in order; the pointers of the lines follow them. What else stands on
    the encounters must be the same, or they stay apart. Stays and institutional encounters are never combined.
    """
    made: list[Encounter] = []
    groups: dict[object, int] = {}
    findings = []
    for each in encounters:
        key = _key(each)
        if key is None or key not in groups:
            if key is not None:
                groups[key] = len(made)
            made.append(each)
            continue
        first = made[groups[key]]
        made[groups[key]] = _join(first, each)
        findings.append(
            note(
                "combined",
                f"billed together with encounter {first.id[:30]}: same patient, provider, payer and day",
                each.id[:30],
                severity=Severity.INFORMATION,
            )
        )
    return tuple(made), tuple(findings)


def _key(visit: Encounter) -> object:
    """What two encounters must share; None if this one stays alone."""
    registration = visit.registration
    days = {line.date for line in visit.lines}
    if registration is None or not registration.coverages or visit.setting not in _SEVERAL or visit.type_of_bill:
        return None
    if not visit.patient or len(days) != 1 or None in days or not all(c.combines for c in registration.coverages):
        return None
    if registration.details.frequency != "1" or registration.transport is not None:
        return None
    return (
        visit.patient,
        visit.payer,
        visit.setting,
        visit.rendering_npi,
        visit.billing_npi,
        visit.authorization,
        days.pop(),
        registration,
    )


def _join(one: Encounter, other: Encounter) -> Encounter:
    diagnoses: list[Diagnosis] = list(one.diagnoses)
    position: dict[int, int] = {}
    for n, each in enumerate(other.diagnoses, 1):
        same = next((m for m, kept in enumerate(diagnoses, 1) if kept.code == each.code), None)
        if same is None:
            diagnoses.append(each)
            same = len(diagnoses)
        position[n] = same

    def moved(line: ServiceLine) -> ServiceLine:
        # a pointer to nothing points to nothing afterwards too, so that the edits still find it
        points = tuple(position.get(each, len(diagnoses) + 99) for each in line.diagnosis_pointers)
        return replace(line, diagnosis_pointers=points)

    return replace(one, diagnoses=tuple(diagnoses), lines=(*one.lines, *map(moved, other.lines)))
