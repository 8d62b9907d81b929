"""What the intake pages show: what came in of late, and one encounter with its documents and the run at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q

from nosology.errors import NotFound
from nosology.model.access import Access
from nosology.store.models import CodingRun, Document, Encounter, Membership

__all__ = [
    "IntakeDocument",
    "IntakeEncounter",
    "IntakeRow",
    "intake_counts",
    "providers_of",
    "read_intake",
    "recent_intake",
]

_AT_WORK = ("queued", "running")


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """One encounter in the list of what came in; no name of a patient stands here."""

    id: str
    number: str
    setting: str
    service_date: date
    state: str
    received_at: datetime
    documents: int
    failed: int
    run_state: str
    run_progress: int
    run_reason: str

    @property
    def at_work(self) -> bool:
        """True while the engine has still to finish."""
        return self.run_state in _AT_WORK


@dataclass(frozen=True, slots=True)
class IntakeDocument:
    """A document as the intake shows it: never its text."""

    id: str
    title: str
    kind: str
    author: str
    size: int
    state: str
    reason: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class IntakeEncounter:
    """One encounter as the intake shows it; ``charges`` are the ``lines`` of its registration."""

    row: IntakeRow
    patient: str
    birth_date: str
    sex: str
    payer: str
    department: str
    provider: str
    priority: int
    missing: tuple[str, ...]
    documents: tuple[IntakeDocument, ...]
    charges: tuple[dict[str, Any], ...]
    codes: int | None

    @property
    def final(self) -> bool:
        """True where nothing may change without reopening."""
        return self.row.state == "final"


def recent_intake(
    access: Access, *, show: str = "", number: str = "", before: datetime | None = None, limit: int = 50
) -> list[IntakeRow]:
    """Encounters, the last received first. ``show``: "" all, "work" still at work, "failed" with something failed.

    ``number`` is the beginning of an account number; ``before`` goes on behind an earlier page.
    """
    rows = Encounter.objects.for_access(access)
    if number:
        rows = rows.filter(number__istartswith=number)
    if before is not None:
        rows = rows.filter(received_at__lt=before)
    rows = _shown(access, rows, show)
    return _rows(access, list(rows.order_by("-received_at", "-id")[:limit]))


def intake_counts(access: Access) -> dict[str, int]:
    """How many encounters stand under each heading of the list."""
    rows = Encounter.objects.for_access(access)
    return {show: _shown(access, rows, show).count() for show in ("work", "failed")}


def read_intake(access: Access, encounter: object) -> IntakeEncounter:
    """One encounter with its documents. Raises NotFound."""
    try:
        rows = Encounter.objects.for_access(access).select_related("patient", "provider")
        row = rows.filter(pk=encounter).first()
    except (ValidationError, ValueError):
        row = None
    if row is None:
        raise NotFound("there is no such encounter here")
    documents = (
        Document.objects.for_access(access)
        .filter(encounter=row)
        .order_by("position", "received_at", "id")
        .only("id", "title", "kind", "author", "size", "state", "reason", "received_at")
    )
    return IntakeEncounter(
        row=_rows(access, [row])[0],
        patient=row.patient.name,
        birth_date=row.patient.birth_date,
        sex=row.patient.sex,
        payer=row.payer,
        department=row.department,
        provider=str(row.provider) if row.provider is not None else "",
        priority=row.priority,
        missing=tuple(each.replace("-", " ") for each in row.missing_documents),
        documents=tuple(
            IntakeDocument(
                str(d.id), d.title, d.kind.replace("-", " "), d.author, d.size, d.state, d.reason, d.received_at
            )
            for d in documents
        ),
        charges=tuple(row.registration.get("lines") or ()),
        codes=row.facts.get("codes"),
    )


def providers_of(access: Access) -> list[tuple[str, str]]:
    """The providers of the organisation: id and name, by name."""
    members = Membership.objects.filter(organisation_id=access.organisation, active=True, user__is_active=True)
    found = [(str(m.user_id), str(m.user)) for m in members.select_related("user") if "provider" in m.roles]
    return sorted(found, key=lambda each: each[1].lower())


def _rows(access: Access, encounters: list[Any]) -> list[IntakeRow]:
    """The rows of encounters, with their documents and last runs: three queries, however many there are."""
    ids = [each.pk for each in encounters]
    documents = Document.objects.for_access(access).filter(encounter__in=ids).order_by()
    counts: dict[Any, dict[str, int]] = {}
    for encounter, state, number in documents.values_list("encounter", "state").annotate(number=Count("pk")):
        counts.setdefault(encounter, {})[state] = number
    runs = CodingRun.objects.for_access(access).filter(encounter__in=ids).order_by("number")
    last = {each.encounter_id: each for each in runs.only("encounter", "state", "progress", "reason")}
    return [_row(each, counts.get(each.pk, {}), last.get(each.pk)) for each in encounters]


def _shown(access: Access, rows: Any, show: str) -> Any:
    if show == "work":
        runs = CodingRun.objects.for_access(access).filter(state__in=_AT_WORK)
        return rows.filter(pk__in=runs.values("encounter"))
    if show == "failed":
        documents = Document.objects.for_access(access).filter(state=Document.State.FAILED)
        return rows.filter(Q(state=Encounter.State.FAILED) | Q(pk__in=documents.values("encounter")))
    return rows


def _row(row: Any, counts: dict[str, int], run: Any) -> IntakeRow:
    return IntakeRow(
        id=str(row.id),
        number=row.number,
        setting=row.setting,
        service_date=row.service_date,
        state=row.state,
        received_at=row.received_at,
        documents=sum(counts.values()),
        failed=counts.get(Document.State.FAILED, 0),
        run_state=run.state if run is not None else "",
        run_progress=run.progress if run is not None else 0,
        run_reason=run.reason if run is not None else "",
    )
