"""A coded note as the JSON that others script against; its schema is ``cli/schema/code.schema.json``."""

from __future__ import annotations

from typing import Any

from nosology.model.coding import CodedNote, CodeSuggestion, Confidence, Gate
from nosology.model.finding import Finding
from nosology.model.note import Evidence
from nosology.model.visit import Visit

__all__ = ["SYSTEM_NAMES", "coded_to_dict"]

SYSTEM_NAMES = {"icd10cm": "ICD-10-CM", "icd10pcs": "ICD-10-PCS", "cpt": "CPT", "hcpcs": "HCPCS"}
"""Code set → its name as people write it."""


_MOST_EFFECTS = 5


def coded_to_dict(
    coded: CodedNote, *, name: str = "", drg: dict[str, Any] | None = None, hcc: dict[str, Any] | None = None
) -> dict[str, Any]:
    """One object per note. ``name`` stands as ``note``; without it the id of the document. Offsets are code points."""
    return {
        "note": name or coded.note.document.id,
        "setting": str(coded.setting),
        "on": coded.on.isoformat(),
        "scope": coded.scope,
        "releases": dict(coded.releases),
        "codes": [_code(suggestion) for suggestion in coded.suggestions],
        "not_coded": [
            {"quote": item.quote, "start": item.span.start, "end": item.span.end, "why": item.why}
            | ({"code": item.code} if item.code else {})
            for item in coded.not_coded
        ],
        "queries": [
            {
                "rule": query.rule,
                "question": query.question,
                "options": list(query.options),
                "evidence": _evidence(query.evidence),
            }
            for query in coded.queries
        ],
        "findings": [_finding(finding) for finding in coded.findings],
        "gate": _gate(coded.gate) if coded.gate is not None else None,
        "visit": _visit(coded.visit) if coded.visit is not None else None,
        "drg": drg,
        "hcc": hcc,
    }


def _code(suggestion: CodeSuggestion) -> dict[str, Any]:
    code: dict[str, Any] = {
        "system": suggestion.system,
        "code": suggestion.code,
        "title": suggestion.title,
        "role": str(suggestion.role),
        "rank": suggestion.rank,
        "poa": suggestion.poa,
        "score": round(suggestion.score, 4),
        "confidence": _confidence(suggestion.confidence) if suggestion.confidence is not None else None,
        "evidence": _evidence(suggestion.evidence),
        "steps": [{"name": step.name, "result": step.result, "source": step.source} for step in suggestion.steps],
        "alternatives": [{"code": other.code, "why": other.why} for other in suggestion.alternatives],
    }
    if suggestion.system != "icd10cm":
        code |= {"modifiers": list(suggestion.modifiers), "units": suggestion.units}
    return code


def _confidence(confidence: Confidence) -> dict[str, Any]:
    return {
        "probability": confidence.probability,
        "source": confidence.source,
        "effects": [
            {"feature": name, "log_odds": round(value, 2)} for name, value in confidence.effects[:_MOST_EFFECTS]
        ],
        "decisions": None
        if confidence.record is None
        else {
            "right": confidence.record[0],
            "judged": confidence.record[1],
            "log_odds": round(confidence.learnt, 2),
        },
    }


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "category": visit.category,
        "patient": visit.patient or None,
        "basis": visit.basis,
        "code": visit.code,
        "level": str(visit.level) if visit.level is not None else None,
        "by_decision": visit.by_decision or None,
        "by_time": visit.by_time or None,
        "minutes": visit.minutes,
        "grid": [
            {
                "name": element.name,
                "level": str(element.level),
                "why": element.why,
                "counted": [
                    {
                        "kind": each.kind,
                        "name": each.name,
                        "level": str(each.level),
                        "codes": list(each.codes),
                        "evidence": _evidence(each.evidence),
                    }
                    for each in element.counted
                ],
            }
            for element in visit.elements
        ],
        "hinges": list(visit.hinges),
    }


def _gate(gate: Gate) -> dict[str, Any]:
    return {
        "probability": gate.probability,
        "threshold": gate.threshold,
        "passes": gate.passes,
        "reasons": list(gate.reasons),
        "source": gate.source,
    }


def _evidence(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [
        {
            "start": piece.span.start,
            "end": piece.span.end,
            "quote": piece.quote,
            "section": piece.section,
            "role": str(piece.role),
        }
        for piece in evidence
    ]


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "where": finding.where,
        "evidence": _evidence(finding.evidence),
        "citation": finding.citation,
        "fix": finding.fix,
    }
