"""Results of grouping: MS-DRG with MCE edits, and hierarchical condition categories. Shapes: DESIGN, section 6."""

from __future__ import annotations

from dataclasses import dataclass

from nosology.model.trace import Step

__all__ = ["DrgAlternative", "DrgDiagnosis", "DrgEdit", "DrgProcedure", "DrgResult", "HccResult"]


@dataclass(frozen=True, slots=True)
class DrgDiagnosis:
    """A diagnosis after grouping, in the order of the encounter.

    ``severity`` is what it counted for in the final DRG: NEITHER, CC, MCC, CC_EXCLUDED, MCC_EXCLUDED (by the
    principal diagnosis), CC_EXCLUDED_BY_DRG_LOGIC, MCC_EXCLUDED_BY_DRG_LOGIC; ``initial_severity`` the same before
    hospital-acquired conditions are taken out. ``hac`` are the numbers of the hospital-acquired conditions met;
    ``hac_checks`` every one checked with its outcome: MET, NOT_MET, NA_EXCLUDED, NA_EXEMPT, NOT_ON_LIST ("0" where
    none is met).
    """

    code: str
    severity: str
    excluded: bool = False
    hac: tuple[str, ...] = ()
    initial_severity: str = "NEITHER"
    hac_checks: tuple[tuple[str, str], ...] = ()
    recognized: bool = True


@dataclass(frozen=True, slots=True)
class DrgProcedure:
    """A procedure after grouping: whether the code is valid, and whether it is an operating-room procedure."""

    code: str
    operating_room: bool = False
    recognized: bool = True


@dataclass(frozen=True, slots=True)
class DrgEdit:
    """One Medicare Code Editor edit and the code it fired on ("" for the claim)."""

    edit: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class DrgResult:
    """Final and initial MS-DRG of one encounter, with the edits and the steps that led there.

    ``drg`` and ``initial_drg`` have three digits, ``mdc`` two; ``type`` is MEDICAL, SURGICAL or NONE; ``version``
    "43.1". ``weight`` is the relative weight by an installed Table 5, else None. ``severity`` is that of the claim:
    NONE, NON_CC, CC or MCC. ``edit_type`` is the outcome of the Medicare Code Editor: NONE, PREPAYMENT, POSTPAYMENT,
    BOTH, INVALID_DISCHARGE_DATE.
    """

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
    initial_return_code: str = ""
    severity: str = ""
    initial_severity: str = ""
    hac_status: str = ""
    edit_type: str = ""
    procedures: tuple[DrgProcedure, ...] = ()


@dataclass(frozen=True, slots=True)
class DrgAlternative:
    """The MS-DRG after one change to an encounter: ``change`` says which, ``code`` on which code.

    ``difference`` is its relative weight less that of the encounter as it is, None where no weights are installed;
    ``differs`` says if the DRG is another one; ``edits`` are those of the Medicare Code Editor that the encounter as
    it is does not have, each with its code: a sequence that pays more and that the editor refuses is no choice.
    """

    change: str
    code: str
    drg: str
    title: str
    mdc: str
    return_code: str
    weight: float | None
    difference: float | None
    differs: bool
    edits: tuple[str, ...] = ()


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
