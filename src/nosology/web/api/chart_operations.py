"""Codes of an encounter: as they stand, decided, finished, and what they come to.

Real annotations here, not texts: django-ninja reads them through two decorators.
"""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router
from ninja.responses import Status

from nosology.actions.assessment import assess
from nosology.actions.finalize import case_of, finalize, reopen
from nosology.actions.reading import open_chart
from nosology.actions.review import decide, redo, undo
from nosology.model.access import Permission
from nosology.store.queries.chart import list_decisions, list_final_codes, read_chart
from nosology.web.api.answers import AssessmentOut, DecidedOut, DecisionOut, WorksheetOut
from nosology.web.api.authentication import operation
from nosology.web.api.repeat import KEY_PARAMETER, once
from nosology.web.api.schemas import DecisionIn, FinalizeIn, ReopenIn, UndoIn

__all__ = [
    "do_again",
    "finish",
    "make_decision",
    "open_again",
    "router",
    "show_assessment",
    "show_codes",
    "show_decisions",
    "take_back",
]

router = Router(tags=["codes"])


@router.get("/encounters/{uuid:encounter}/codes", response=WorksheetOut)
@operation(Permission.CHART_READ)
def show_codes(request: HttpRequest, encounter: UUID) -> Any:
    """The codes as they stand, with evidence, and those with which the encounter was finalised."""
    now = timezone.now()
    open_chart(request.access, encounter=str(encounter), now=now, how="api")
    chart = read_chart(request.access, str(encounter), now=now)
    return {
        "encounter": chart.id,
        "state": chart.state,
        "version": chart.version,
        "codes": list(chart.codes),
        "final_codes": list(list_final_codes(request.access, str(encounter))),
    }


@router.get("/encounters/{uuid:encounter}/assessment", response=AssessmentOut)
@operation(Permission.CHART_READ)
def show_assessment(request: HttpRequest, encounter: UUID) -> Any:
    """What the codes come to: edits, DRG with what-if, HCC, expected payment."""
    open_chart(request.access, encounter=str(encounter), now=timezone.now(), how="api")
    found = assess(case_of(request.access, str(encounter)))
    return {name: getattr(found, name) for name in AssessmentOut.model_fields}


@router.get("/encounters/{uuid:encounter}/decisions", response=list[DecisionOut])
@operation(Permission.CHART_READ)
def show_decisions(request: HttpRequest, encounter: UUID, limit: Annotated[int, Field(ge=1, le=1000)] = 200) -> Any:
    """Decisions, newest first: who did what to which code, when and why."""
    open_chart(request.access, encounter=str(encounter), now=timezone.now(), how="api")
    return [asdict(each) for each in list_decisions(request.access, str(encounter), limit=limit)]


@router.post("/encounters/{uuid:encounter}/decisions", response=DecidedOut, openapi_extra=KEY_PARAMETER)
@operation(Permission.CHART_CODE)
@once
def make_decision(request: HttpRequest, encounter: UUID, body: DecisionIn) -> Status[Any]:
    """Accept, change, reject, add, order … one code. 409 where somebody else changed it meanwhile."""
    told = body.model_dump()
    return _decided(decide(request.access, encounter=str(encounter), now=timezone.now(), **told))


@router.post("/encounters/{uuid:encounter}/undo", response=DecidedOut, openapi_extra=KEY_PARAMETER)
@operation(Permission.CHART_CODE)
@once
def take_back(request: HttpRequest, encounter: UUID, body: UndoIn) -> Status[Any]:
    """Take back one's own last decision."""
    return _decided(undo(request.access, encounter=str(encounter), now=timezone.now(), **body.model_dump()))


@router.post("/encounters/{uuid:encounter}/redo", response=DecidedOut, openapi_extra=KEY_PARAMETER)
@operation(Permission.CHART_CODE)
@once
def do_again(request: HttpRequest, encounter: UUID, body: UndoIn) -> Status[Any]:
    """Do again what was taken back last."""
    return _decided(redo(request.access, encounter=str(encounter), now=timezone.now(), **body.model_dump()))


@router.post("/encounters/{uuid:encounter}/finalize", response=AssessmentOut, openapi_extra=KEY_PARAMETER)
@operation(Permission.CHART_FINALIZE)
@once
def finish(request: HttpRequest, encounter: UUID, body: FinalizeIn) -> Status[Any]:
    """Finish a chart; 422 with every reason that stands against it."""
    found = finalize(request.access, encounter=str(encounter), now=timezone.now(), **body.model_dump())
    return Status(200, {name: getattr(found, name) for name in AssessmentOut.model_fields})


@router.post("/encounters/{uuid:encounter}/reopen", response=dict[str, int], openapi_extra=KEY_PARAMETER)
@operation(Permission.CHART_REOPEN)
@once
def open_again(request: HttpRequest, encounter: UUID, body: ReopenIn) -> Status[Any]:
    """Open a final chart again, with the reason; the version that stands now."""
    return Status(
        200,
        {"version": reopen(request.access, encounter=str(encounter), now=timezone.now(), **body.model_dump())},
    )


def _decided(found: Any) -> Status[Any]:
    return Status(200, asdict(found))
