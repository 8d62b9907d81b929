"""Queries to providers: drafted, checked, sent, answered; an answer becomes a document of the chart and has it coded
again.

Nothing is sent that the compliance check objects to (AHIMA/ACDIS, 2022).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from nosology.actions.audited import Audit, action
from nosology.actions.coding_queue import queue_run
from nosology.actions.finalize import reopen_desk
from nosology.actions.query_check import find_quote, inspect_query
from nosology.actions.rows import hold, hold_encounter
from nosology.actions.worksheets import take_up
from nosology.coding.queries.answers import answer_outcome, answer_text, state_answer
from nosology.coding.queries.compliance import may_be_sent
from nosology.errors import NotFound, NotPermitted, StaleVersion, UsageError
from nosology.model.access import Access, Permission
from nosology.model.encounter_json import finding_to_json
from nosology.store.models import Document, Encounter, Membership, ProviderQuery
from nosology.store.queries.reach import may_read

__all__ = [
    "DAYS_TO_ANSWER",
    "answer_query",
    "close_query",
    "draft_query",
    "edit_query",
    "send_query",
    "withdraw_query",
]

DAYS_TO_ANSWER = 7
"""Days in which an answer is asked for, unless the organisation's ``settings["query_days"]`` says otherwise."""

_MOST_QUOTES = 30
_State = ProviderQuery.State


@action("query.draft", needs=Permission.QUERY_WRITE)
def draft_query(
    access: Access,
    audit: Audit,
    *,
    encounter: str,
    question: str,
    options: Sequence[str],
    quotes: Sequence[str] = (),
    to: str | None = None,
    now: datetime,
) -> str:
    """Write a new query as a draft; its id. ``quotes`` are words of the chart.

    Raises NotFound, NotPermitted, or UsageError for a quote that the chart does not hold.
    """
    row = hold_encounter(access, encounter)
    _reach(access, row.id, now)
    query = ProviderQuery(
        organisation_id=access.organisation,
        encounter=row,
        question=_text(question, 2000),
        options=_lines(options),
        to_id=_provider(access, to) if to else row.provider_id,
        drafted_by_id=access.user or None,
        drafted_at=now,
    )
    _point(access, query, row, [], quotes)
    _inspect(access, query, row)
    query.save(force_insert=True)
    audit.about("query", query.id, encounter=row.id)
    return str(query.id)


@action("query.edit", needs=Permission.QUERY_WRITE)
def edit_query(
    access: Access,
    audit: Audit,
    *,
    query: str,
    question: str,
    options: Sequence[str],
    keep: Sequence[int],
    quotes: Sequence[str] = (),
    to: str | None = None,
    version: int,
    now: datetime,
) -> int:
    """Change a draft; its new version. ``keep`` are places of the present indicators that stay, ``quotes`` new ones.

    Raises StaleVersion where somebody else changed it, UsageError where it is no draft any more.
    """
    row, encounter = _hold(access, query, now)
    _expect(row, version)
    _only(row, _State.DRAFT, "is no draft any more: it cannot be changed")
    row.question, row.options = _text(question, 2000), _lines(options)
    row.to_id = _provider(access, to) if to else None
    kept = [piece for place, piece in enumerate(row.indicators) if place in set(keep)]
    _point(access, row, encounter, kept, quotes)
    _inspect(access, row, encounter)
    row.drafted_by_id = row.drafted_by_id or access.user or None
    row.version += 1
    row.save()
    audit.about("query", row.id, encounter=encounter.id)
    return int(row.version)


@action("query.send", needs=Permission.QUERY_WRITE)
def send_query(
    access: Access, audit: Audit, *, query: str, to: str | None = None, version: int, now: datetime
) -> datetime:
    """Send a draft to a provider of the organisation; the day by which an answer is asked for.

    One that is sent already stays as it is. Raises UsageError with the first objection of the compliance check.
    """
    row, encounter = _hold(access, query, now)
    audit.about("query", row.id, encounter=encounter.id)
    if row.state == _State.SENT:
        return row.due_at
    _expect(row, version)
    _only(row, _State.DRAFT, "is no draft any more: it cannot be sent")
    recipient = to or row.to_id
    if not recipient:
        raise UsageError("choose the provider who is to answer")
    row.to_id = _provider(access, str(recipient))
    findings = _inspect(access, row, encounter)
    if not may_be_sent(findings):
        raise UsageError(next(each.message for each in findings if each.severity == "error"))
    days = encounter.organisation.settings.get("query_days", DAYS_TO_ANSWER)
    row.state, row.sent_at, row.sent_by_id = _State.SENT, now, access.user or None
    row.due_at = now + timedelta(days=days)
    row.version += 1
    row.save()
    _recount(encounter)
    audit.detail["to"] = str(row.to_id)
    return row.due_at


@action("query.withdraw", needs=Permission.QUERY_WRITE)
def withdraw_query(access: Access, audit: Audit, *, query: str, version: int, now: datetime) -> None:
    """Take back a draft or a query that was sent; it is kept. One withdrawn already stays so."""
    row, encounter = _hold(access, query, now)
    audit.about("query", row.id, encounter=encounter.id)
    if row.state == _State.WITHDRAWN:
        return
    _expect(row, version)
    _only(row, (_State.DRAFT, _State.SENT), "was answered or closed: it cannot be withdrawn")
    _end(row, encounter, _State.WITHDRAWN, "")


@action("query.close", needs=Permission.QUERY_WRITE)
def close_query(access: Access, audit: Audit, *, query: str, version: int, now: datetime) -> None:
    """Close a query that nobody answered by its day.

    Raises UsageError before that day.
    """
    row, encounter = _hold(access, query, now)
    audit.about("query", row.id, encounter=encounter.id)
    if row.state == _State.EXPIRED:
        return
    _expect(row, version)
    _only(row, _State.SENT, "is not open: only what waits for an answer can be closed")
    if row.due_at is not None and row.due_at > now:
        raise UsageError(f"the provider has until {row.due_at:%Y-%m-%d}: withdraw the query if it is no longer needed")
    _end(row, encounter, _State.EXPIRED, "no-answer")


@action("query.answer", needs=Permission.QUERY_ANSWER)
def answer_query(
    access: Access,
    audit: Audit,
    *,
    query: str,
    chosen: Sequence[str],
    words: str = "",
    version: int,
    now: datetime,
) -> str:
    """Answer a query that was sent to oneself; the id of the document that the answer becomes in the chart.

    The encounter is coded again. The same answer twice is one. Raises NotPermitted for somebody else's query,
    UsageError for an answer that says nothing, or a query that is no longer open.
    """
    row, encounter = _hold(access, query)
    if row.state == _State.DRAFT:
        raise NotFound("there is no such query here")
    audit.about("query", row.id, encounter=encounter.id)
    if str(row.to_id) != access.user:
        raise NotPermitted("this query was sent to somebody else")
    picked = [each for each in dict.fromkeys(chosen) if each in row.options]
    own = _text(words, 4000)
    if row.state == _State.ANSWERED and row.chosen == picked and row.answer == own:
        return str(row.document_id)
    _expect(row, version)
    _only(row, _State.SENT, "is no longer open: what you wrote was not kept")
    _complete(row, picked, own)
    statement = state_answer(row.rule, row.question, picked, own)
    row.document = _file_answer(access, encounter, statement, now)
    row.state, row.answered_at, row.chosen, row.answer = _State.ANSWERED, now, picked, own
    row.outcome = answer_outcome(row.options, picked)
    row.version += 1
    row.save()
    if encounter.state == Encounter.State.FINAL:
        desk = take_up(Access.system(access.organisation), str(encounter.id), now=now, create=True)
        reopen_desk(desk, why="a query was answered", now=now)
        encounter.refresh_from_db()
    _recount(encounter)
    queue_run(access, encounter, now=now)
    audit.detail["outcome"] = row.outcome
    return str(row.document_id)


def _complete(row: Any, picked: list[str], own: str) -> None:
    """Raises UsageError for an answer that is not one."""
    if not picked and not own:
        raise UsageError("choose an answer, or write one")
    if len(picked) > 1 and any(each.lower().startswith("unable to determine") for each in picked):
        raise UsageError("“unable to determine” cannot stand beside another answer")
    needs = [each for each in picked if each.lower().startswith("other") or "(please" in each]
    if needs and not own:
        raise UsageError(f"please give the details of “{needs[0].split(' (')[0]}”")
    if row.options and not picked:
        raise UsageError("choose one of the answers; “other” takes your own words")


def _file_answer(access: Access, encounter: Any, statement: str, now: datetime) -> Any:
    text = answer_text(statement)
    last = Document.objects.for_access(access).filter(encounter=encounter).aggregate(last=Max("position"))["last"]
    number = Document.objects.for_access(access).filter(encounter=encounter, kind="query-answer").count() + 1
    digest = hashlib.sha256(f"answer {number}\n{text}".encode()).hexdigest()
    author = Membership.objects.filter(user_id=access.user).select_related("user").first()
    return Document.everywhere.create(
        organisation_id=access.organisation,
        encounter=encounter,
        sha256=digest,
        title=f"Answer to a query, {now:%Y-%m-%d}",
        kind="query-answer",
        author=str(author.user)[:120] if author is not None else "",
        written_at=now,
        media_type="text/plain",
        size=len(text.encode()),
        text=text,
        state=Document.State.READ,
        position=(last or 0) + 1,
        received_at=now,
        received_by_id=access.user or None,
    )


def _hold(access: Access, query: str, now: datetime | None = None) -> tuple[Any, Any]:
    """A query and its encounter, which is locked first, as a run of the engine does; with ``now`` reach is asked."""
    encounter = hold_encounter(access, _encounter_of(access, query))
    row = hold(ProviderQuery, access, query, what="query")
    if now is not None:
        _reach(access, encounter.id, now)
    return row, encounter


def _encounter_of(access: Access, query: str) -> object:
    try:
        found = ProviderQuery.objects.for_access(access).filter(pk=query).values_list("encounter_id", flat=True).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise NotFound("there is no such query here")
    return found


def _reach(access: Access, encounter: object, now: datetime) -> None:
    if access.user and not may_read(access, str(encounter), now=now):
        raise NotPermitted("this chart is not among those that you may read")


def _expect(row: Any, version: int) -> None:
    if row.version != version:
        raise StaleVersion("this query was changed meanwhile, here or by somebody else: look at it as it stands now")


def _only(row: Any, states: Any, complaint: str) -> None:
    if row.state not in (states if isinstance(states, tuple) else (states,)):
        raise UsageError(f"the query {complaint}")


def _end(row: Any, encounter: Any, state: str, outcome: str) -> None:
    row.state, row.outcome = state, outcome
    row.version += 1
    row.save()
    _recount(encounter)


def _recount(encounter: Any) -> None:
    """The encounter waits while a query is open; after an answer it is a coder's again."""
    open_now = ProviderQuery.everywhere.filter(encounter=encounter, state=_State.SENT).count()
    states = Encounter.State
    encounter.open_queries = open_now
    if open_now and encounter.state in (states.READY, states.CODING):
        encounter.state = states.QUERIED
    elif not open_now and encounter.state == states.QUERIED:
        encounter.state = states.CODING if encounter.started_at else states.READY
    encounter.version += 1
    encounter.save(update_fields=["open_queries", "state", "version"])


def _provider(access: Access, user: str) -> str:
    """The id of a provider of the organisation. Raises UsageError."""
    try:
        member = Membership.objects.filter(
            user_id=user, organisation_id=access.organisation, active=True, user__is_active=True
        ).first()
    except (ValidationError, ValueError):
        member = None
    if member is None or "provider" not in member.roles:
        raise UsageError("choose a provider of this organisation")
    return user


def _point(access: Access, row: Any, encounter: Any, kept: list[dict[str, Any]], quotes: Sequence[str]) -> None:
    """The indicators of a query: those kept, and quotes found in the documents."""
    found = list(kept)
    for words in quotes:
        if not words.strip():
            continue
        piece = find_quote(access, encounter, words[:1000])
        if piece is None:
            raise UsageError("these words do not stand in the chart: copy them from a document")
        if not any((piece["document"], piece["start"]) == (each.get("document"), each.get("start")) for each in found):
            found.append(piece)
    if len(found) > _MOST_QUOTES:
        raise UsageError(f"a query has at most {_MOST_QUOTES} indicators")
    row.indicators = found


def _inspect(access: Access, row: Any, encounter: Any) -> Any:
    findings = inspect_query(access, encounter, question=row.question, options=row.options, indicators=row.indicators)
    row.compliance = [finding_to_json(each) for each in findings]
    return findings


def _text(words: str, most: int) -> str:
    found = "\n".join(" ".join(line.split()) for line in words.replace("\x00", " ").splitlines()).strip()
    if len(found) > most:
        raise UsageError(f"at most {most} characters")
    return found


def _lines(options: Sequence[str]) -> list[str]:
    found = [" ".join(each.split()) for each in options]
    if any(len(each) > 300 for each in found):
        raise UsageError("an option has at most 300 characters")
    return [each for each in found if each]
