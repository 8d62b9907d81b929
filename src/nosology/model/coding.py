"""Suggested codes, what was not coded and why, queries, and the decisions of coders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.model.note import Evidence, Note, Span
from nosology.model.trace import Provenance, Step

__all__ = ["Alternative", "CodeDecision", "CodeRole", "CodeSuggestion", "CodedNote", "Decision", "NotCoded", "Query"]


class CodeRole(StrEnum):
    """The place of a code on the encounter."""

    PRINCIPAL = "principal"
    FIRST_LISTED = "first-listed"
    SECONDARY = "secondary"
    PROCEDURE = "procedure"


class Decision(StrEnum):
    """What a coder did with a suggestion."""

    ACCEPT = "accept"
    REJECT = "reject"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another code that was weighed, and why it was not chosen."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class CodeSuggestion:
    """A code that the chart supports. ``evidence`` is never empty; ``score`` is in [0, 1]; ``poa`` is Y N U W 1 or
    None.
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
    """The result of coding one note: shape of ``nosology code --format json``."""

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


@dataclass(frozen=True, slots=True)
class CodeDecision:
    """What a coder decided on one code; never edited, only superseded by a later one."""

    system: str
    before: str
    after: str
    decision: Decision
    by: str
    at: datetime
    why: str = ""
