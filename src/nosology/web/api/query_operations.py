"""Queries to providers: drafted, sent, answered, listed.

Real annotations here, not texts: django-ninja reads them through two decorators.
"""

from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router
from ninja.responses import Status

from nosology.actions.queries import answer_query, draft_query, send_query, withdraw_query
from nosology.actions.reading import open_chart
from nosology.model.access import Permission
from nosology.store.queries.queries import list_queries, queries_of, read_query
from nosology.store.queries.reach import Reach
from nosology.web.api.answers import IdOut, QueryOneOut, QueryOut, QueryPage
from nosology.web.api.authentication import operation
from nosology.web.api.repeat import KEY_PARAMETER, once
from nosology.web.api.schemas import QueryAnswerIn, QueryIn, QuerySendIn, QueryVersionIn

__all__ = [
    "answer",
    "router",
    "send",
    "show_queries",
    "show_queries_of",
    "show_query",
    "withdraw",
    "write_query",
]

router = Router(tags=["queries"])


@router.get("/queries", response=QueryPage)
@operation(Permission.QUERY_READ)
def show_queries(
    request: HttpRequest,
    show: Literal["waiting", "mine", "overdue", "drafts", "answered", "closed"] = "waiting",
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> Any:
    """Queries of a list, page by page."""
    rows = list_queries(request.access, show, now=timezone.now(), offset=offset, limit=limit + 1)
    following = offset + limit if len(rows) > limit else None
    return {"items": [asdict(each) for each in rows[:limit]], "next": following}


@router.get("/encounters/{uuid:encounter}/queries", response=list[QueryOut])
@operation(Permission.QUERY_READ)
def show_queries_of(request: HttpRequest, encounter: UUID) -> Any:
    """The queries of an encounter."""
    now = timezone.now()
    open_chart(request.access, encounter=str(encounter), now=now, at_least=Reach.QUERY, how="api")
    return [asdict(each) for each in queries_of(request.access, str(encounter), now=now)]


@router.post("/encounters/{uuid:encounter}/queries", response={201: IdOut}, openapi_extra=KEY_PARAMETER)
@operation(Permission.QUERY_WRITE)
@once
def write_query(request: HttpRequest, encounter: UUID, body: QueryIn) -> Status[Any]:
    """Write a query as a draft; it is sent once the check of queries has nothing against it."""
    made = draft_query(request.access, encounter=str(encounter), now=timezone.now(), **body.model_dump())
    return Status(201, {"id": made})


@router.get("/queries/{uuid:query}", response=QueryOneOut)
@operation(Permission.QUERY_READ)
def show_query(request: HttpRequest, query: UUID) -> Any:
    """One query with its indicators, what the check of queries found, and its answer."""
    now = timezone.now()
    found = read_query(request.access, str(query), now=now)
    open_chart(request.access, encounter=found.encounter, now=now, at_least=Reach.QUERY, how="api")
    return asdict(found)


@router.post("/queries/{uuid:query}/send", response=dict[str, Any], openapi_extra=KEY_PARAMETER)
@operation(Permission.QUERY_WRITE)
@once
def send(request: HttpRequest, query: UUID, body: QuerySendIn) -> Status[Any]:
    """Send a draft to a provider; the day by which an answer is asked for. 422 with the objection of the check."""
    due = send_query(request.access, query=str(query), now=timezone.now(), **body.model_dump())
    return Status(200, {"due_at": due.isoformat()})


@router.post("/queries/{uuid:query}/withdraw", response=dict[str, str], openapi_extra=KEY_PARAMETER)
@operation(Permission.QUERY_WRITE)
@once
def withdraw(request: HttpRequest, query: UUID, body: QueryVersionIn) -> Status[Any]:
    """Take back a draft or a query that was sent; it is kept."""
    withdraw_query(request.access, query=str(query), version=body.version, now=timezone.now())
    return Status(200, {"state": "withdrawn"})


@router.post("/queries/{uuid:query}/answer", response={201: IdOut}, openapi_extra=KEY_PARAMETER)
@operation(Permission.QUERY_ANSWER)
@once
def answer(request: HttpRequest, query: UUID, body: QueryAnswerIn) -> Status[Any]:
    """Answer a query that was sent to oneself; the id of the document that the answer becomes. It is coded again."""
    made = answer_query(request.access, query=str(query), now=timezone.now(), **body.model_dump())
    return Status(201, {"id": made})
