"""The edits on a claim, as an insurer runs them: which finding denies what, and with which reason.

An edit whose table is not installed denies nothing; the decision says that it was not run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nosology.edits.check import check_encounter
from nosology.grouping.mce_findings import find_mce
from nosology.model.encounter import Setting
from nosology.model.finding import Finding, Severity
from nosology.payer.case import Case, Denial

__all__ = ["SITUATIONS", "check_edits"]

SITUATIONS = {
    "ICD-valid": "diagnosis code",
    "ICD-billable": "diagnosis detail",
    "ICD-seventh-character": "diagnosis detail",
    "ICD-manifestation-first": "principal diagnosis",
    "ICD-external-first": "principal diagnosis",
    "ICD-place-first": "principal diagnosis",
    "ICD-first-only": "diagnosis",
    "ICD-excludes1": "diagnosis",
    "ICD-code-first": "diagnosis",
    "ICD-sex": "sex",
    "ICD-age": "age",
    "PCS-valid": "procedure code",
    "POA-invalid": "present on admission",
    "POA-required": "present on admission",
    "MCE": "stay",
    "NCCI-PTP": "code pair",
    "NCCI-MUE": "too many units",
    "NCCI-add-on": "add-on",
    "Fee-status": "part of another",
    "Fee-global": "global period",
    "Fee-assistant": "one professional",
    "Fee-co-surgeon": "one professional",
    "Fee-team": "one professional",
    "Fee-multiple": "modifier",
    "Fee-bilateral": "modifier",
    "Fee-both-sides": "modifier",
    "Fee-professional-part": "modifier",
    "Fee-technical-part": "modifier",
    "Coverage-notices": "modifier",
    "Claim-pointers": "pointer",
    "Claim-units": "units",
    "Claim-dates": "dates",
    "Claim-npi": "billing number",
    "Claim-taxonomy": "taxonomy",
    "Claim-revenue": "revenue code",
    "Claim-ndc": "drug code",
    "Claim-bill-type": "bill type",
    "Claim-place": "place",
    "Claim-telehealth": "place",
    "Claim-taxonomy-listed": "taxonomy",
    "Claim-frequency": "benefit used up",
    "Coverage-LCD": "necessity",
    "Coverage-NCD": "necessity, national",
    "Coverage-self-administered": "not covered",
    "OPPS-status": "not covered",
    "OPPS-only-packaged": "part of another",
    "Patient-age": "birth date",
}
"""Edit → situation. Where a site's own rule is not among them, the situation is ``guidelines``."""

_NOTICED = ("Coverage-LCD", "Coverage-NCD")
_LINE = re.compile(r"lines\[(\d+)\]")


def check_edits(case: Case) -> Iterator[Denial]:
    """The denials that edits of severity error call for, in the order of their lines; the rest become steps."""
    if not case.policy.edits_on:
        return
    site = case.policy.edits
    more = find_mce(case.encounter, on=case.day) if case.encounter.setting is Setting.INPATIENT else ()
    wanted = [*SITUATIONS, *(rule.id for rule in site.rules)]
    for finding in check_encounter(case.encounter, on=case.day, books=case.books, site=site, only=wanted, more=[*more]):
        if finding.rule.startswith("edit."):
            case.note("edits", finding.message, finding.citation)
        elif finding.severity is Severity.ERROR:
            yield from _denials(case, finding)
        elif finding.rule in _NOTICED and _told(case, finding):
            yield from _denials(case, finding, "necessity, patient told")
        elif finding.severity is Severity.WARNING:
            case.note(finding.rule, finding.message, finding.citation)


def _told(case: Case, finding: Finding) -> bool:
    """True if the line of the finding says by GA that the patient was told before."""
    found = _LINE.search(finding.where)
    return found is not None and "GA" in case.encounter.lines[int(found.group(1))].modifiers


def _denials(case: Case, finding: Finding, situation: str = "") -> Iterator[Denial]:
    situation = situation or SITUATIONS.get(finding.rule, "guidelines")
    found = _LINE.search(finding.where)
    line = int(found.group(1)) if found else None
    if finding.rule == "Claim-npi" and finding.where != "billing_npi":
        situation = "rendering number"
    if finding.rule == "MCE" and finding.where.startswith("diagnoses["):
        situation = "principal diagnosis" if finding.where == "diagnoses[0]" else "diagnosis"
    why = f"{finding.rule}, {finding.message}"
    if finding.where.startswith("diagnoses[") and case.encounter.setting is not Setting.INPATIENT:
        number = int(finding.where[10:].rstrip("]")) + 1
        pointing = [n for n, each in enumerate(case.claim.lines) if number in each.pointers]
        if pointing and number > 1:  # only the services that rest on the diagnosis
            for each in pointing:
                yield case.deny(situation, why, line=each, source=finding.citation)
            return
        if number > 1 and any(each.pointers for each in case.claim.lines):
            case.note(finding.rule, finding.message, finding.citation)
            return
    yield case.deny(situation, why, line=line, source=finding.citation)
