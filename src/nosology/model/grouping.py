"""Results of grouping: MS-DRG with MCE edits, and hierarchical condition categories. Shapes: DESIGN, section 6."""

from __future__ import annotations

from dataclasses import dataclass

from nosology.model.trace import Step

__all__ = ["DrgDiagnosis", "DrgEdit", "DrgResult", "HccResult"]


@dataclass(frozen=True, slots=True)
class DrgDiagnosis:
    """A diagnosis after grouping: ``severity`` NEITHER, CC, MCC, CC_EXCLUDED …; ``hac`` the hospital-acquired conditions met."""

    code: str
    severity: str
    excluded: bool = False
    hac: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrgEdit:
    """One Medicare Code Editor edit and the code it fired on ("" for the claim)."""

    edit: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class DrgResult:
    """Final and initial MS-DRG of one encounter, with the edits and the steps that led there."""

    id: str
    drg: str
    title: str
    mdc: str
    type: str
    initial_drg: str
    initial_mdc: str
    return_code: str
    weight: float | None
    diagnoses: tuple[DrgDiagnosis, ...]
    edits: tuple[DrgEdit, ...]
    version: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class HccResult:
    """Risk score of one beneficiary under one model: raw, neither normalised nor reduced for coding intensity."""

    id: str
    model: str
    segment: str
    hccs: tuple[str, ...]
    score: float
    demographic_score: float
    coefficients: tuple[tuple[str, float], ...]
    steps: tuple[Step, ...] = ()
