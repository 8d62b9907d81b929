"""Encounters, documents, charges, coding: what comes in.

Real annotations here, not texts: django-ninja reads them through two decorators.
"""

from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, File, Router
from ninja.files import UploadedFile
from ninja.responses import Status

from nosology.actions.intake import (
    ReceivedFile,
    receive_documents,
    record_charges,
    register_encounter,
    request_coding,
)
from nosology.actions.reading import open_chart
from nosology.errors import NotFound
from nosology.model.access import Permission
from nosology.store.queries.chart import read_chart, read_result
from nosology.store.queries.criteria import Criteria
from nosology.store.queries.documents import list_documents, read_document
from nosology.store.queries.worklist import my_team, read_page, read_rows
from nosology.web.api.answers import (
    DocumentOut,
    DocumentTextOut,
    EncounterOut,
    EncounterPage,
    IdOut,
    ReceivedOut,
    RunOut,
)
from nosology.web.api.authentication import operation
from nosology.web.api.repeat import KEY_PARAMETER, once
from nosology.web.api.schemas import ChargesIn, DocumentsIn, EncounterIn

__all__ = [
    "code",
    "list_encounters",
    "register",
    "router",
    "send_documents",
    "send_files",
    "set_charges",
    "show_document",
    "show_documents",
    "show_encounter",
    "show_run",
]

router = Router(tags=["encounters"])

_Limit = Annotated[int, Field(ge=1, le=200)]
_Cursor = Annotated[str, Field(max_length=40)]


@router.post("/encounters", response={201: IdOut}, openapi_extra=KEY_PARAMETER)
@operation(Permission.INTAKE_WRITE)
@once
def register(request: HttpRequest, body: EncounterIn) -> Status[Any]:
    """Register a stay or a visit with its patient."""
    made = register_encounter(request.access, now=timezone.now(), **body.model_dump())
    return Status(201, {"id": made})


@router.get("/encounters", response=EncounterPage)
@operation(Permission.WORKLIST_READ)
def list_encounters(
    request: HttpRequest,
    show: Literal["mine", "team", "open", "unassigned", "queried", "autonomous", "incomplete", "final"] = "open",
    setting: Literal["", "inpatient", "outpatient", "professional", "emergency"] = "",
    limit: _Limit = 50,
    cursor: _Cursor = "",
) -> Any:
    """Encounters of a list, page by page: "open" is all that is not final."""
    access = request.access
    found = read_page(
        access,
        Criteria(list=show, setting=setting),
        now=timezone.now(),
        team=my_team(access),
        after=cursor,
        size=limit,
    )
    return {"items": [asdict(each) for each in found.rows], "total": found.total, "next": found.after}


@router.get("/encounters/{uuid:encounter}", response=EncounterOut)
@operation(Permission.WORKLIST_READ)
def show_encounter(request: HttpRequest, encounter: UUID) -> Any:
    """One encounter as lists show it."""
    rows = read_rows(request.access, [encounter], now=timezone.now())
    if not rows:
        raise NotFound("there is no such encounter here")
    return asdict(rows[0])


@router.post("/encounters/{uuid:encounter}/documents", response={201: list[ReceivedOut]}, openapi_extra=KEY_PARAMETER)
@operation(Permission.INTAKE_WRITE)
@once
def send_documents(request: HttpRequest, encounter: UUID, body: DocumentsIn) -> Status[Any]:
    """Add documents as texts; each is answered in order."""
    files = [
        ReceivedFile(each.name, each.text.encode(), each.title, each.kind, each.author, each.written_at)
        for each in body.documents
    ]
    return _receive(request, encounter, files)


@router.post(
    "/encounters/{uuid:encounter}/documents/files", response={201: list[ReceivedOut]}, openapi_extra=KEY_PARAMETER
)
@operation(Permission.INTAKE_WRITE)
@once
def send_files(request: HttpRequest, encounter: UUID, files: File[list[UploadedFile]]) -> Status[Any]:
    """Add documents as files: text, PDF, RTF, DOCX. What is refused is kept as failed, with the reason."""
    return _receive(request, encounter, [ReceivedFile(each.name or "document", each.read()) for each in files])


def _receive(request: HttpRequest, encounter: UUID, files: list[ReceivedFile]) -> Status[Any]:
    found = receive_documents(request.access, encounter=str(encounter), files=files, now=timezone.now())
    return Status(201, [asdict(each) for each in found])


@router.get("/encounters/{uuid:encounter}/documents", response=list[DocumentOut])
@operation(Permission.CHART_READ)
def show_documents(request: HttpRequest, encounter: UUID) -> Any:
    """The documents of an encounter in order, without their texts."""
    open_chart(request.access, encounter=str(encounter), now=timezone.now(), how="api")
    return [asdict(each) for each in list_documents(request.access, str(encounter))]


@router.get("/encounters/{uuid:encounter}/documents/{uuid:document}", response=DocumentTextOut)
@operation(Permission.CHART_READ)
def show_document(request: HttpRequest, encounter: UUID, document: UUID) -> Any:
    """One document with its text."""
    open_chart(request.access, encounter=str(encounter), document=str(document), now=timezone.now(), how="api")
    found = read_document(request.access, str(encounter), str(document))
    return {**asdict(found.entry), "text": found.text}


@router.put("/encounters/{uuid:encounter}/charges", response={200: dict[str, int]}, openapi_extra=KEY_PARAMETER)
@operation(Permission.INTAKE_WRITE)
@once
def set_charges(request: HttpRequest, encounter: UUID, body: ChargesIn) -> Status[Any]:
    """Set the charge lines of an encounter; how many there are."""
    lines = record_charges(request.access, encounter=str(encounter), lines=body.lines, now=timezone.now())
    return Status(200, {"lines": lines})


@router.post("/encounters/{uuid:encounter}/coding", response={202: IdOut}, openapi_extra=KEY_PARAMETER)
@operation(Permission.INTAKE_WRITE)
@once
def code(request: HttpRequest, encounter: UUID) -> Status[Any]:
    """Have an encounter coded in the background; the id of the run."""
    return Status(202, {"id": request_coding(request.access, encounter=str(encounter), now=timezone.now())})


@router.get("/encounters/{uuid:encounter}/coding", response=RunOut)
@operation(Permission.CHART_READ)
def show_run(request: HttpRequest, encounter: UUID) -> Any:
    """The newest run of the engine with its result, once it is done."""
    now = timezone.now()
    open_chart(request.access, encounter=str(encounter), now=now, how="api")
    chart = read_chart(request.access, str(encounter), now=now)
    if chart.run is None:
        raise NotFound("this encounter was not coded yet: POST to this address")
    result = read_result(request.access, str(encounter), chart.run.id)
    return {**asdict(chart.run), "result": result or None}
