"""A chart as a coder sees it: encounter, patient, codes, queries, notes, decisions; a fixed number of queries."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nosology.errors import NotFound
from nosology.model.access import Access
from nosology.store.models import CodingRun, Comment, Decision, Encounter, FinalCode, ProviderQuery, User, Worksheet

__all__ = [
    "ChartView",
    "CommentView",
    "DecisionView",
    "QueryView",
    "RunView",
    "list_decisions",
    "list_final_codes",
    "read_chart",
    "read_result",
]

_MOST_DECISIONS = 200


@dataclass(frozen=True, slots=True)
class QueryView:
    """A question to a provider; ``indicators`` are pieces of evidence with their document."""

    id: str
    state: str
    rule: str
    question: str
    options: tuple[str, ...]
    indicators: tuple[dict[str, Any], ...]
    to: str
    sent_at: datetime | None
    due_at: datetime | None
    answered_at: datetime | None
    answer: str
    outcome: str


@dataclass(frozen=True, slots=True)
class CommentView:
    """A note to colleagues."""

    id: str
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision: what was done to which code, by whom, when, why. ``undone``: a later row took it back."""

    number: int
    verb: str
    system: str
    code_before: str
    code_after: str
    why: str
    by: str
    at: datetime
    undone: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """The newest run of the engine; ``reason`` says why one failed."""

    id: str
    number: int
    state: str
    reason: str
    progress: int
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChartView:
    """Everything of a chart but its documents' texts.

    ``codes``, ``overrides``, ``version`` are the worksheet's (no worksheet: none, version 0); ``people`` are the names
    of those who decided, by id. ``locked_by`` is "" where nobody holds the lock, ``locked_here`` says it is whoever
    looks.
    """

    id: str
    number: str
    state: str
    setting: str
    service_date: date
    admitted_at: datetime | None
    discharged_at: datetime | None
    age: int | None
    sex: str
    birth_date: str
    patient: str
    patient_name: str
    mrn: str
    payer: str
    department: str
    provider_name: str
    priority: int
    due_at: datetime | None
    missing_documents: tuple[str, ...]
    assigned_to: str
    assigned_name: str
    team: str
    locked_by: str
    locked_name: str
    locked_until: datetime | None
    locked_here: bool
    confidence: float | None
    autonomous: bool
    facts: dict[str, Any]
    registration: dict[str, Any]
    settings: dict[str, Any]
    open_queries: int
    received_at: datetime
    started_at: datetime | None
    finalized_at: datetime | None
    finalized_by_name: str
    encounter_version: int
    version: int
    codes: tuple[dict[str, Any], ...]
    overrides: tuple[dict[str, Any], ...]
    run: RunView | None
    worksheet_run: str
    queries: tuple[QueryView, ...]
    comments: tuple[CommentView, ...]
    people: dict[str, str]


def _name(user: Any) -> str:
    return "" if user is None else str(user)


def _uuid(identifier: str) -> uuid.UUID:
    try:
        return uuid.UUID(str(identifier))
    except ValueError:
        raise NotFound("there is no such encounter here") from None


def read_chart(access: Access, encounter: str, *, now: datetime) -> ChartView:
    """The chart of an encounter of the organisation. Raises NotFound."""
    row = (
        Encounter.objects.for_access(access)
        .select_related("patient", "organisation", "provider", "assigned_to", "locked_by", "finalized_by")
        .filter(pk=_uuid(encounter))
        .first()
    )
    if row is None:
        raise NotFound("there is no such encounter here")
    sheet = Worksheet.objects.for_access(access).filter(encounter=row).first()
    run = (
        CodingRun.objects.for_access(access)
        .filter(encounter=row)
        .order_by("-number")
        .only("id", "number", "state", "reason", "progress", "finished_at")
        .first()
    )
    codes = tuple(sheet.codes) if sheet else ()
    overrides = tuple(sheet.overrides) if sheet else ()
    ids = {each.get("by") for each in (*codes, *overrides)} - {"", None}
    held = row.locked_by_id is not None and row.locked_until is not None and row.locked_until > now
    return ChartView(
        id=str(row.pk),
        number=row.number,
        state=row.state,
        setting=row.setting,
        service_date=row.service_date,
        admitted_at=row.admitted_at,
        discharged_at=row.discharged_at,
        age=row.age,
        sex=row.patient.sex,
        birth_date=row.patient.birth_date,
        patient=str(row.patient_id),
        patient_name=row.patient.name,
        mrn=row.patient.mrn,
        payer=row.payer,
        department=row.department,
        provider_name=_name(row.provider),
        priority=row.priority,
        due_at=row.due_at,
        missing_documents=tuple(row.missing_documents),
        assigned_to=str(row.assigned_to_id or ""),
        assigned_name=_name(row.assigned_to),
        team=row.team,
        locked_by=str(row.locked_by_id) if held else "",
        locked_name=_name(row.locked_by) if held else "",
        locked_until=row.locked_until if held else None,
        locked_here=held and str(row.locked_by_id) == access.user,
        confidence=row.confidence,
        autonomous=row.autonomous,
        facts=row.facts,
        registration=row.registration,
        settings=row.organisation.settings,
        open_queries=row.open_queries,
        received_at=row.received_at,
        started_at=row.started_at,
        finalized_at=row.finalized_at,
        finalized_by_name=_name(row.finalized_by),
        encounter_version=row.version,
        version=sheet.version if sheet else 0,
        codes=codes,
        overrides=overrides,
        run=None
        if run is None
        else RunView(str(run.pk), run.number, run.state, run.reason, run.progress, run.finished_at),
        worksheet_run=str(sheet.run_id or "") if sheet else "",
        queries=_queries(access, row),
        comments=tuple(
            CommentView(str(each.pk), _name(each.by), each.at, each.text)
            for each in Comment.objects.for_access(access).filter(encounter=row).select_related("by").order_by("at")
        ),
        people={str(each.pk): str(each) for each in User.objects.filter(pk__in=ids)} if ids else {},
    )


def _queries(access: Access, row: Any) -> tuple[QueryView, ...]:
    rows = ProviderQuery.objects.for_access(access).filter(encounter=row).select_related("to").order_by("drafted_at")
    return tuple(
        QueryView(
            id=str(each.pk),
            state=each.state,
            rule=each.rule,
            question=each.question,
            options=tuple(each.options),
            indicators=tuple(each.indicators),
            to=_name(each.to),
            sent_at=each.sent_at,
            due_at=each.due_at,
            answered_at=each.answered_at,
            answer=each.answer,
            outcome=each.outcome,
        )
        for each in rows
    )


def read_result(access: Access, encounter: str, run: str) -> dict[str, Any]:
    """What a finished run found (``CodingRun.result``); empty where there is none."""
    if not run:
        return {}
    row = CodingRun.objects.for_access(access).filter(pk=_uuid(run), encounter_id=_uuid(encounter)).first()
    return (row.result or {}) if row is not None else {}


def list_decisions(access: Access, encounter: str, *, limit: int = _MOST_DECISIONS) -> tuple[DecisionView, ...]:
    """The last decisions on an encounter, newest first."""
    rows = (
        Decision.objects.for_access(access)
        .filter(encounter_id=_uuid(encounter))
        .select_related("by", "undone_by")
        .defer("before", "after", "undone_by__before", "undone_by__after")
        .order_by("-number")[:limit]
    )
    return tuple(
        DecisionView(
            number=each.number,
            verb=each.verb,
            system=each.system,
            code_before=each.code_before,
            code_after=each.code_after,
            why=each.why,
            by=_name(each.by),
            at=each.at,
            undone=getattr(each, "undone_by", None) is not None,
        )
        for each in rows
    )


def list_final_codes(access: Access, encounter: str) -> tuple[dict[str, Any], ...]:
    """The codes with which an encounter was finalised, in order; none while it is open."""
    rows = FinalCode.objects.for_access(access).filter(encounter_id=_uuid(encounter)).order_by("rank")
    return tuple(rows.values("rank", "system", "code", "role", "poa", "modifiers", "units"))
