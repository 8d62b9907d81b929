"""A coded note as a FHIR R4 Bundle (type collection): Conditions and Procedures, each with its evidence.

Source: HL7 FHIR R4 (4.0.1), Bundle, Condition and Procedure. Offsets stand in an extension of ``Condition.evidence``,
and of a Procedure as a whole, which has no such element.
"""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from nosology.model.coding import CodedNote, CodeSuggestion
from nosology.model.note import Evidence

__all__ = ["EVIDENCE_EXTENSION", "coded_to_bundle"]

EVIDENCE_EXTENSION = "urn:nosology:fhir:evidence-span"

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
_SYSTEMS = {
    "icd10cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "icd10pcs": "http://www.cms.gov/Medicare/Coding/ICD10",
    "cpt": "http://www.ama-assn.org/go/cpt",
    "hcpcs": "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes",
}


def coded_to_bundle(coded: CodedNote, *, name: str) -> dict[str, Any]:
    """The Bundle, in rank order: a Condition for each diagnosis, ``unconfirmed`` until a coder decides, a Procedure for
    each procedure of an inpatient.
    """
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {
                "fullUrl": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{name}#{suggestion.rank}/{suggestion.code}')}",
                "resource": _resource(suggestion, coded, name),
            }
            for suggestion in coded.suggestions
            if suggestion.system in ("icd10cm", "icd10pcs")
        ],
    }


def _resource(suggestion: CodeSuggestion, coded: CodedNote, name: str) -> dict[str, Any]:
    return (_condition if suggestion.system == "icd10cm" else _procedure)(suggestion, coded, name)


def _coding(suggestion: CodeSuggestion, coded: CodedNote) -> dict[str, Any]:
    version = dict(coded.releases).get(suggestion.system, suggestion.release)
    coding = {"system": _SYSTEMS[suggestion.system], "code": suggestion.code, "display": suggestion.title}
    return coding | ({"version": version} if version else {})


def _span(piece: Evidence) -> dict[str, Any]:
    return {
        "url": EVIDENCE_EXTENSION,
        "extension": [
            {"url": "start", "valueUnsignedInt": piece.span.start},
            {"url": "end", "valueUnsignedInt": piece.span.end},
            {"url": "role", "valueCode": piece.role.value},
        ],
    }


def _procedure(suggestion: CodeSuggestion, coded: CodedNote, name: str) -> dict[str, Any]:
    return {
        "resourceType": "Procedure",
        "extension": [_span(piece) for piece in suggestion.evidence],
        "status": "completed",
        "code": {"coding": [_coding(suggestion, coded)], "text": suggestion.title},
        "subject": {"display": "patient of the note"},
        "report": [{"display": name}],
        "note": [{"text": f"{step.name}: {step.result} [{step.source}]"} for step in suggestion.steps],
    }


def _condition(suggestion: CodeSuggestion, coded: CodedNote, name: str) -> dict[str, Any]:
    return {
        "resourceType": "Condition",
        "clinicalStatus": _concept("condition-clinical", "active"),
        "verificationStatus": _concept("condition-ver-status", "unconfirmed"),
        "category": [_concept("condition-category", "encounter-diagnosis")],
        "code": {"coding": [_coding(suggestion, coded)], "text": suggestion.title},
        "subject": {"display": "patient of the note"},
        "recordedDate": coded.on.isoformat(),
        "evidence": [
            {
                "extension": [_span(piece)],
                "code": [{"text": piece.quote}],
                "detail": [{"display": name}],
            }
            for piece in suggestion.evidence
        ],
        "note": [{"text": f"{step.name}: {step.result} [{step.source}]"} for step in suggestion.steps],
    }


def _concept(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": _TERMINOLOGY + system, "code": code}]}
