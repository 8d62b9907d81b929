"""Suggested codes, what was not coded and why, queries, and the decisions of coders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.model.note import Evidence, Note, Span
from nosology.model.quick_init import quicken
from nosology.model.trace import Provenance, Step
from nosology.model.visit import Visit

__all__ = [
    "Alternative",
    "CodeDecision",
    "CodeRole",
    "CodeSuggestion",
    "CodedNote",
    "Confidence",
    "Decision",
    "Gate",
    "NotCoded",
    "Query",
    "Scale",
]


class CodeRole(StrEnum):
    """The place of a code on the encounter."""

    PRINCIPAL = "principal"
    FIRST_LISTED = "first-listed"
    SECONDARY = "secondary"
    PROCEDURE = "procedure"


class Decision(StrEnum):
    """What a coder did with a suggestion, or without one: ``add`` is a code that was not suggested."""

    ACCEPT = "accept"
    REJECT = "reject"
    CHANGE = "change"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another code that was weighed, and why it was not chosen."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The features of a calibration, aligned: names, means, and log odds per unit."""

    features: tuple[str, ...]
    mean: tuple[float, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Confidence:
    """The calibrated probability that a suggested code is right, and where it comes from.

    ``source`` names the calibration, ``row`` holds the features on its ``scale``, None where it has none. ``record`` is
    what coders of the site did with the code: (times right, times judged), None where they have not judged it;
    ``learnt`` is the log odds that this added.
    """

    probability: float
    source: str
    scale: Scale | None = None
    row: tuple[float, ...] = ()
    record: tuple[int, int] | None = None
    learnt: float = 0.0

    @property
    def effects(self) -> tuple[tuple[str, float], ...]:
        """By how much each feature moved the log odds away from those of an average suggestion, the most first."""
        if self.scale is None:
            return ()
        columns = zip(self.scale.features, self.scale.mean, self.scale.weights, self.row, strict=True)
        moved = [(name, weight * (value - mean)) for name, mean, weight, value in columns]
        return tuple(sorted((each for each in moved if each[1]), key=lambda each: -abs(each[1])))


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a chart may be coded without a coder.

    ``probability`` is the calibrated probability that all codes are right: none false, none missing. ``threshold`` is
    what the site asks for, None where it has set none; then nothing passes. ``reasons`` say why the chart does not
    pass, empty where it does. ``source`` names the calibration.
    """

    probability: float
    threshold: float | None
    passes: bool
    reasons: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class CodeSuggestion:
    """A code that the chart supports. ``evidence`` is never empty; ``poa`` is Y N U W 1 or None.

    ``score`` is in [0, 1]: the calibrated probability of ``confidence``, until a verifier doubts the code.
    """

    system: str
    code: str
    title: str
    role: CodeRole
    rank: int
    score: float
    evidence: tuple[Evidence, ...]
    steps: tuple[Step, ...]
    alternatives: tuple[Alternative, ...] = ()
    poa: str | None = None
    release: str = ""
    modifiers: tuple[str, ...] = ()
    units: int | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class NotCoded:
    """Something that was noticed and not coded, with the reason ("absent", "family history", "integral to J18.9" …)."""

    span: Span
    quote: str
    why: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the provider about what the chart leaves unsaid: open or multiple choice, never leading."""

    rule: str
    question: str
    options: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedNote:
    """The result of coding one note: shape of ``nosology code --format json``. ``gate`` is None with scope "all".

    ``visit`` is the evaluation-and-management visit as it was counted, None where the setting has none.
    """

    note: Note
    setting: Setting
    on: date
    scope: str
    releases: tuple[tuple[str, str], ...]
    suggestions: tuple[CodeSuggestion, ...]
    not_coded: tuple[NotCoded, ...] = ()
    queries: tuple[Query, ...] = ()
    findings: tuple[Finding, ...] = ()
    provenance: Provenance = field(default_factory=lambda: Provenance(package=""))
    gate: Gate | None = None
    visit: Visit | None = None


@dataclass(frozen=True, slots=True)
class CodeDecision:
    """What a coder decided on one code of ``chart``; never edited, only superseded by a later one.

    ``before`` is the code that was suggested, "" where the coder added one; ``after`` the code that stands now, ""
    where it was rejected.
    """

    system: str
    before: str
    after: str
    decision: Decision
    by: str
    at: datetime
    why: str = ""
    chart: str = ""
    evidence: tuple[Evidence, ...] = ()


quicken(Confidence, CodeSuggestion, NotCoded)
