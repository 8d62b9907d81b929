"""The engine's part in an encounter: a run begins, ends with codes on the worksheet, or fails with its reason.

These are the system's own actions; :mod:`nosology.actions.coding_task` calls them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from nosology.actions.audited import Audit, action
from nosology.actions.query_drafts import draft_queries
from nosology.actions.rows import hold, hold_encounter
from nosology.actions.worksheets import lay_out_run
from nosology.model.access import Access, Permission
from nosology.store.models import CodingRun, Document, Encounter

__all__ = ["Coded", "Reading", "Work", "by_day", "fail_run", "finish_run", "record_readings", "start_run"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that was read in the background: its text, or why it could not be read."""

    document: str
    text: str = ""
    media_type: str = ""
    kind: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What a run has before it: ``documents`` are rows in their order, ``settings`` the organisation's."""

    run: str
    encounter: Any
    documents: tuple[Any, ...]
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Coded:
    """What the engine made of an encounter; fields as in ``store.models`` (Encounter, CodingRun)."""

    result: dict[str, Any]
    provenance: dict[str, Any]
    facts: dict[str, Any]
    confidence: float | None
    autonomous: bool
    drg: str = ""
    expected_value: Decimal | None = None
    missing_documents: tuple[str, ...] = field(default=())


def by_day(documents: Sequence[Any]) -> list[Any]:
    """The documents in the order in which they were written, for the engine reads them as one note.

    What says no date stays at its place; those of one moment keep their order.
    """
    dated = iter(sorted((each for each in documents if each.written_at), key=lambda each: each.written_at))
    return [next(dated) if each.written_at else each for each in documents]


@action("coding.start", needs=Permission.INTAKE_WRITE)
def start_run(access: Access, audit: Audit, *, run: str, now: datetime) -> Work | None:
    """Begin a run over the documents that the encounter has by now; None where it was done before."""
    row = hold(CodingRun, access, run, what="run")
    audit.about("run", row.id, encounter=row.encounter_id)
    if row.state in (CodingRun.State.DONE, CodingRun.State.FAILED):
        return None
    documents = list(
        Document.objects.for_access(access)
        .filter(encounter=row.encounter_id)
        .exclude(state=Document.State.FAILED)
        .defer("original")  # only what is still to be read is loaded, one file after the other
        .order_by("position", "received_at", "id")
    )
    documents = by_day(documents)
    row.state, row.started_at, row.progress = CodingRun.State.RUNNING, now, 10
    row.documents = [str(each.id) for each in documents]
    row.save(update_fields=["state", "started_at", "progress", "documents"])
    encounter = Encounter.objects.for_access(access).select_related("patient", "organisation").get(pk=row.encounter_id)
    return Work(str(row.id), encounter, tuple(documents), dict(encounter.organisation.settings))


@action("coding.read", needs=Permission.INTAKE_WRITE)
def record_readings(
    access: Access, audit: Audit, *, run: str, readings: tuple[Reading, ...], now: datetime
) -> tuple[Any, ...]:
    """Keep what was read in the documents of a run; those that can be coded, in order."""
    del now
    row = hold(CodingRun, access, run, what="run")
    by_id = {each.document: each for each in readings}
    documents = Document.objects.for_access(access).filter(encounter=row.encounter_id).defer("original")
    for document in documents.filter(id__in=list(by_id), state=Document.State.RECEIVED):
        reading = by_id[str(document.id)]
        document.state = Document.State.FAILED if reading.reason else Document.State.READ
        document.reason, document.text = reading.reason[:300] or document.reason, reading.text
        document.media_type, document.kind = reading.media_type, document.kind or reading.kind
        document.save(update_fields=["state", "reason", "text", "media_type", "kind"])
    order = {name: place for place, name in enumerate(row.documents)}
    read = sorted(
        (each for each in documents.filter(state=Document.State.READ) if str(each.id) in order),
        key=lambda each: order[str(each.id)],
    )
    row.progress, row.documents = 40, [str(each.id) for each in read]
    row.save(update_fields=["progress", "documents"])
    audit.about("run", row.id, encounter=row.encounter_id, read=len(read), failed=sum(bool(r.reason) for r in readings))
    return tuple(read)


@action("coding.finish", needs=Permission.INTAKE_WRITE)
def finish_run(access: Access, audit: Audit, *, run: str, coded: Coded, now: datetime) -> bool:
    """Put the codes of a run on the worksheet and its facts on the encounter; False where that was done before."""
    row = hold(CodingRun, access, run, what="run")
    audit.about("run", row.id, encounter=row.encounter_id, codes=len(coded.result["codes"]))
    if row.state in (CodingRun.State.DONE, CodingRun.State.FAILED):
        return False
    encounter = hold_encounter(access, row.encounter_id)
    row.state, row.progress, row.finished_at = CodingRun.State.DONE, 100, now
    row.result, row.provenance = coded.result, coded.provenance
    row.save(update_fields=["state", "progress", "finished_at", "result", "provenance"])
    if encounter.state == Encounter.State.FINAL:
        return True  # finalised meanwhile: the run is kept, the codes stay
    lay_out_run(access, str(encounter.pk), row, now=now)
    encounter.facts, encounter.confidence, encounter.autonomous = coded.facts, coded.confidence, coded.autonomous
    encounter.drg, encounter.expected_value = coded.drg, coded.expected_value
    encounter.missing_documents = list(coded.missing_documents)
    if encounter.state in (Encounter.State.WAITING, Encounter.State.FAILED):
        encounter.state = Encounter.State.READY
    encounter.ready_at = encounter.ready_at or now
    encounter.version += 1
    encounter.save()
    draft_queries(access, encounter, coded.result["queries"], now=now)
    return True


@action("coding.fail", needs=Permission.INTAKE_WRITE)
def fail_run(access: Access, audit: Audit, *, run: str, reason: str, now: datetime) -> None:
    """End a run that the engine could not finish; ``reason`` is one line without chart text."""
    row = hold(CodingRun, access, run, what="run")
    audit.about("run", row.id, encounter=row.encounter_id)
    if row.state in (CodingRun.State.DONE, CodingRun.State.FAILED):
        return
    row.state, row.reason, row.finished_at = CodingRun.State.FAILED, reason[:300], now
    row.save(update_fields=["state", "reason", "finished_at"])
    encounter = hold_encounter(access, row.encounter_id)
    if encounter.state == Encounter.State.WAITING:
        encounter.state = Encounter.State.FAILED
        encounter.version += 1
        encounter.save(update_fields=["state", "version"])
