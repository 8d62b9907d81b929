"""What the pages of queries show: lists by state and age, one query, how they end by provider and by rule.

A provider sees the queries sent to them and no draft; others those of the charts that they reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from nosology.errors import NotFound
from nosology.model.access import Access, Permission
from nosology.store.models import Document, ProviderQuery
from nosology.store.queries.reach import within_reach

__all__ = [
    "SHOWN",
    "Indicator",
    "OutcomeRow",
    "QueryRow",
    "QueryView",
    "list_queries",
    "outcome_rows",
    "queries_of",
    "query_counts",
    "read_query",
]

SHOWN = ("mine", "drafts", "waiting", "overdue", "answered", "closed")
"""The headings under which queries are listed."""

_State = ProviderQuery.State


@dataclass(frozen=True, slots=True)
class QueryRow:
    """One query in a list; ``about`` is its first indicator, ``days`` since it was drafted, sent or answered."""

    id: str
    encounter: str
    number: str
    setting: str
    question: str
    about: str
    state: str
    to: str
    days: int
    due_at: datetime | None
    overdue: bool
    outcome: str
    answered_at: datetime | None
    objections: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """Words of the chart with the document in which they stand."""

    quote: str
    title: str
    document: str
    section: str
    role: str


@dataclass(frozen=True, slots=True)
class QueryView:
    """One query whole; ``findings`` are those of the compliance check, ``patient`` for those who may see the name."""

    id: str
    encounter: str
    number: str
    setting: str
    service_date: date
    patient: str
    rule: str
    question: str
    options: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    findings: tuple[dict[str, Any], ...]
    state: str
    to: str
    to_id: str
    drafted_by: str
    drafted_at: datetime
    sent_by: str
    sent_at: datetime | None
    due_at: datetime | None
    answered_at: datetime | None
    chosen: tuple[str, ...]
    answer: str
    statement: str
    outcome: str
    overdue: bool
    version: int
    mine: bool

    @property
    def blocked(self) -> bool:
        """True where the compliance check forbids sending."""
        return any(each["severity"] == "error" for each in self.findings)


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """How the queries to one provider, or under one rule, ended; ``days`` is the median until an answer."""

    name: str
    sent: int
    waiting: int
    overdue: int
    agreed: int
    disagreed: int
    undetermined: int
    unanswered: int
    days: float | None

    @property
    def answered(self) -> int:
        """Those with an answer."""
        return self.agreed + self.disagreed + self.undetermined

    @property
    def response_rate(self) -> int | None:
        """Answered of those that ended, in percent."""
        ended = self.answered + self.unanswered
        return round(100 * self.answered / ended) if ended else None

    @property
    def agreement_rate(self) -> int | None:
        """Agreed of those answered, in percent."""
        return round(100 * self.agreed / self.answered) if self.answered else None


def list_queries(access: Access, show: str, *, now: datetime, offset: int = 0, limit: int = 50) -> list[QueryRow]:
    """Queries under one of :data:`SHOWN`: what waits longest first, what ended last first."""
    rows = _shown(_visible(access), show, access, now).select_related("encounter", "to")
    order = {"drafts": ("encounter__priority", "drafted_at"), "answered": ("-answered_at",), "closed": ("-sent_at",)}
    rows = rows.order_by(*order.get(show, ("due_at", "sent_at")), "id")
    return [_row(each, now) for each in rows[offset : offset + limit]]


def query_counts(access: Access, *, now: datetime) -> dict[str, int]:
    """How many queries stand under each heading."""
    visible = _visible(access)
    return {show: _shown(visible, show, access, now).count() for show in SHOWN}


def queries_of(access: Access, encounter: str, *, now: datetime) -> list[QueryRow]:
    """The queries of one encounter, the newest first."""
    rows = _visible(access).filter(encounter_id=encounter).select_related("encounter", "to")
    return [_row(each, now) for each in rows.order_by("-drafted_at", "id")]


def read_query(access: Access, query: object, *, now: datetime) -> QueryView:
    """One query with its indicators. Raises NotFound where there is none, or none for whoever asks."""
    try:
        rows = _visible(access).select_related("encounter__patient", "to", "drafted_by", "sent_by", "document")
        row = rows.filter(pk=query).first()
    except (ValidationError, ValueError):
        row = None
    if row is None:
        raise NotFound("there is no such query here")
    names = {each.get("document") for each in row.indicators} - {None, ""}
    titles = dict(Document.objects.for_access(access).filter(pk__in=names).values_list("id", "title"))
    text = row.document.text if row.document is not None else ""
    return QueryView(
        id=str(row.id),
        encounter=str(row.encounter_id),
        number=row.encounter.number,
        setting=row.encounter.setting,
        service_date=row.encounter.service_date,
        patient=row.encounter.patient.name,
        rule=row.rule,
        question=row.question,
        options=tuple(row.options),
        indicators=tuple(
            Indicator(
                each["quote"],
                next((title for key, title in titles.items() if str(key) == each.get("document")), ""),
                each.get("document", ""),
                each.get("section", "").replace("_", " "),
                each.get("role", "supports"),
            )
            for each in row.indicators
        ),
        findings=tuple(row.compliance),
        state=row.state,
        to=str(row.to) if row.to is not None else "",
        to_id=str(row.to_id or ""),
        drafted_by=str(row.drafted_by) if row.drafted_by is not None else "the engine",
        drafted_at=row.drafted_at,
        sent_by=str(row.sent_by) if row.sent_by is not None else "",
        sent_at=row.sent_at,
        due_at=row.due_at,
        answered_at=row.answered_at,
        chosen=tuple(row.chosen),
        answer=row.answer,
        statement=text.partition("ASSESSMENT:\n")[2].strip() or text.strip(),
        outcome=row.outcome,
        overdue=_overdue(row, now),
        version=row.version,
        mine=bool(access.user) and str(row.to_id) == access.user,
    )


def outcome_rows(access: Access, *, by: str, since: datetime, now: datetime) -> list[OutcomeRow]:
    """How the queries sent since a day ended; ``by`` "provider" or "rule", the most sent first."""
    rows = (
        _visible(access)
        .filter(sent_at__gte=since)
        .exclude(state=_State.DRAFT)
        .values_list("rule", "to__name", "to__email", "state", "outcome", "sent_at", "answered_at", "due_at")
    )
    groups: dict[str, list[Any]] = {}
    for rule, name, email, *rest in rows:
        key = (name or email or "nobody") if by == "provider" else (rule or "written by hand")
        groups.setdefault(key, []).append(rest)
    found = [_outcome(name, each, now) for name, each in groups.items()]
    return sorted(found, key=lambda each: (-each.sent, each.name))


def _outcome(name: str, rows: Iterable[Any], now: datetime) -> OutcomeRow:
    rows = list(rows)
    outcomes = [outcome for _state, outcome, *_rest in rows]
    spent = [(done - sent).total_seconds() / 86400 for _state, _outcome, sent, done, _due in rows if done is not None]
    waiting = [due for state, _outcome, _sent, _done, due in rows if state == _State.SENT]
    return OutcomeRow(
        name=name,
        sent=len(rows),
        waiting=len(waiting),
        overdue=sum(due is not None and due < now for due in waiting),
        agreed=outcomes.count("agreed"),
        disagreed=outcomes.count("disagreed"),
        undetermined=outcomes.count("undetermined"),
        unanswered=outcomes.count("no-answer"),
        days=round(median(spent), 1) if spent else None,
    )


def _visible(access: Access) -> Any:
    rows = ProviderQuery.objects.for_access(access)
    own = Q(to_id=access.user) & ~Q(state=_State.DRAFT) if access.user else Q(pk__in=())
    if access.may(Permission.QUERY_READ) and access.may(Permission.CHART_READ):
        return rows.filter(Q(encounter__in=within_reach(access)) | own)
    return rows.filter(own) if access.may(Permission.QUERY_ANSWER) else rows.none()


def _shown(rows: Any, show: str, access: Access, now: datetime) -> Any:
    if show == "mine":
        return rows.filter(to_id=access.user or None, state=_State.SENT)
    if show == "drafts":
        return rows.filter(state=_State.DRAFT)
    if show == "overdue":
        return rows.filter(state=_State.SENT, due_at__lt=now)
    if show == "answered":
        return rows.filter(state=_State.ANSWERED)
    if show == "closed":
        return rows.filter(state__in=(_State.WITHDRAWN, _State.EXPIRED))
    return rows.filter(state=_State.SENT)


def _overdue(row: Any, now: datetime) -> bool:
    return bool(row.state == _State.SENT and row.due_at is not None and row.due_at < now)


def _row(row: Any, now: datetime) -> QueryRow:
    since = row.answered_at or row.sent_at or row.drafted_at
    return QueryRow(
        id=str(row.id),
        encounter=str(row.encounter_id),
        number=row.encounter.number,
        setting=row.encounter.setting,
        question=row.question,
        about=str(row.indicators[0].get("quote", "")) if row.indicators else "",
        state=row.state,
        to=str(row.to) if row.to is not None else "",
        days=max(0, (now - since).days),
        due_at=row.due_at,
        overdue=_overdue(row, now),
        outcome=row.outcome,
        answered_at=row.answered_at,
        objections=sum(each.get("severity") == "error" for each in row.compliance),
    )
