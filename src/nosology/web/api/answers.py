"""What programs get: shapes and units of the answers, which stand in the OpenAPI description."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

__all__ = [
    "AssessmentOut",
    "CodeHit",
    "CodesOut",
    "DecidedOut",
    "DecisionOut",
    "DocumentOut",
    "DocumentTextOut",
    "EncounterOut",
    "EncounterPage",
    "IdOut",
    "MeOut",
    "Problem",
    "QueryOneOut",
    "QueryOut",
    "QueryPage",
    "ReceivedOut",
    "RunOut",
    "WorksheetOut",
]


class Problem(Schema):
    """An error (RFC 9457, ``application/problem+json``): one clear line in ``detail``, each reason in ``reasons``."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    reasons: list[str] = Field(default_factory=list)


class IdOut(Schema):
    """The id of what was made."""

    id: str


class MeOut(Schema):
    """For whom the token acts."""

    user: str
    organisation: str
    roles: list[str]
    permissions: list[str]


class EncounterOut(Schema):
    """An encounter as lists show it; ``expected_value`` in USD; ``confidence`` in percent."""

    id: str
    number: str
    setting: str
    service_date: date
    state: str
    priority: int
    payer: str
    department: str
    codes: int
    errors: int
    warnings: int
    queries: int
    drg: str
    expected_value: Decimal | None
    confidence: int | None
    autonomous: bool
    missing: list[str]
    assigned_to: str
    received_at: datetime
    due_at: datetime | None
    finalized_at: datetime | None
    version: int


class EncounterPage(Schema):
    """A page; ``next`` is the ``cursor`` of the page that follows, "" on the last."""

    items: list[EncounterOut]
    total: int
    next: str


class DocumentOut(Schema):
    """A document without its text; ``state`` received, read or failed (``reason`` says why)."""

    id: str
    title: str
    kind: str
    author: str
    written_at: datetime | None
    state: str
    reason: str
    size: int = Field(description="bytes")


class DocumentTextOut(DocumentOut):
    """A document with its text; spans of other answers are code points of it."""

    text: str


class ReceivedOut(Schema):
    """What became of a file, in the order sent: received, read, failed or duplicate."""

    id: str
    name: str
    state: str
    reason: str


class RunOut(Schema):
    """A run of the engine. ``result`` is the JSON of ``nosology code`` with the document in each span, once done."""

    id: str
    number: int
    state: str
    reason: str
    progress: int = Field(description="percent")
    finished_at: datetime | None
    result: dict[str, Any] | None = None


class WorksheetOut(Schema):
    """The codes of an encounter as they stand, and the version that a decision names."""

    encounter: str
    state: str
    version: int
    codes: list[dict[str, Any]]
    final_codes: list[dict[str, Any]]


class DecidedOut(Schema):
    """The version that stands now; how many rows were written (0: nothing changed); whether others' were merged."""

    version: int
    decisions: int
    merged: bool


class DecisionOut(Schema):
    """One decision of the past."""

    number: int
    verb: str
    system: str
    code_before: str
    code_after: str
    why: str
    by: str
    at: datetime
    undone: bool


class AssessmentOut(Schema):
    """What the codes come to: findings, DRG with steps, what would change it, HCC, expected payment, readiness."""

    encounter: str
    version: int
    findings: list[dict[str, Any]]
    drg: dict[str, Any] | None
    what_if: list[dict[str, Any]]
    hcc: dict[str, Any] | None
    payment: dict[str, Any]
    bill: dict[str, Any]


class QueryOut(Schema):
    """A query to a provider."""

    id: str
    encounter: str
    state: str
    question: str
    to: str
    due_at: datetime | None
    overdue: bool
    outcome: str
    answered_at: datetime | None


class QueryOneOut(Schema):
    """One query in full: words of the chart that indicate it, findings of the check of queries, the answer."""

    id: str
    encounter: str
    state: str
    rule: str
    question: str
    options: list[str]
    indicators: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    to: str
    sent_at: datetime | None
    due_at: datetime | None
    overdue: bool
    answered_at: datetime | None
    chosen: list[str]
    answer: str
    outcome: str
    version: int


class QueryPage(Schema):
    """A page of queries; ``next`` is the offset of the page that follows, None on the last."""

    items: list[QueryOut]
    next: int | None


class CodeHit(Schema):
    """A code that answers a search, best first."""

    system: str
    code: str
    title: str
    billable: bool


class CodesOut(Schema):
    """What answers a search."""

    items: list[CodeHit]
