"""What comes in: encounters with their registration, documents, charges; and the wish to have them coded.

A document that cannot be taken is kept as failed, with the reason in one line; the same file twice is one document.
Limits and what is refused: :mod:`nosology.notes.hostile`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from nosology.actions.audited import Audit, action
from nosology.actions.coding_queue import queue_run
from nosology.actions.limits import MOST_CHARACTERS, TOO_LONG
from nosology.actions.rows import hold_encounter
from nosology.errors import NosologyError, UnreadableInput, UsageError
from nosology.model.access import Access, Permission
from nosology.model.encounter import Setting
from nosology.model.encounter_json import read_encounter
from nosology.notes.hostile import find_objection
from nosology.notes.kinds import find_kind
from nosology.notes.read import read_document
from nosology.store.fields import blind_indexes
from nosology.store.models import Document, Encounter, Membership, Patient

__all__ = [
    "MOST_DOCUMENTS",
    "MOST_FILES",
    "MOST_LINES",
    "Received",
    "ReceivedFile",
    "receive_documents",
    "record_charges",
    "register_encounter",
    "request_coding",
]

MOST_FILES = 50
"""Files in one delivery."""

MOST_DOCUMENTS = 300
"""Documents of one encounter."""

MOST_LINES = 999
"""Charge lines of one encounter (the most that an institutional claim takes)."""

_APART = (b"%PDF-", b"{\\rtf", b"PK\x03\x04")  # what is read in a process of its own, in the background


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as it came. ``title`` and ``kind`` are worked out from name and text where they are not told."""

    name: str
    data: bytes
    title: str = ""
    kind: str = ""
    author: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file: ``state`` is received, read, failed or duplicate; ``reason`` one line, "" where all is
    well."""

    id: str
    name: str
    state: str
    reason: str = ""


@action("intake.register", needs=Permission.INTAKE_WRITE)
def register_encounter(
    access: Access,
    audit: Audit,
    *,
    number: str,
    mrn: str,
    setting: str,
    service_date: date,
    now: datetime,
    name: str = "",
    birth_date: date | None = None,
    sex: str = "U",
    admitted_at: datetime | None = None,
    discharged_at: datetime | None = None,
    payer: str = "",
    department: str = "",
    provider: str | None = None,
    registration: Mapping[str, Any] | None = None,
    priority: int = 3,
    due_at: datetime | None = None,
    team: str = "",
) -> str:
    """Enter a stay or a visit with its patient; the id of the encounter.

    ``number`` is the account number, ``mrn`` the patient's record number, ``service_date`` the day of discharge or of
    the visit. ``registration`` is the encounter JSON of docs/claims.md. Raises UsageError for what cannot be.
    """
    number, mrn = _short(number, 40, "account number"), _short(mrn, 40, "medical record number")
    _check(setting in list(Setting), f"setting: choose one of {', '.join(Setting)}")
    _check(sex in ("F", "M", "U"), "sex: choose F, M or U (unknown)")
    _check(1 <= priority <= 5, "priority: 1 (first) to 5 (last)")
    _check(service_date <= now.date(), "the date of service lies in the future")
    _check(birth_date is None or birth_date <= service_date, "the date of birth lies after the date of service")
    if admitted_at is not None and discharged_at is not None:
        _check(admitted_at <= discharged_at, "the discharge lies before the admission")
    known = dict(registration or {})
    _read_registration(known)
    if provider is not None:
        member = Membership.objects.filter(user_id=provider, organisation_id=access.organisation, active=True)
        _check(member.exists(), "that provider is not a member of this organisation")
    patient = _patient(access, mrn, name.strip()[:120], birth_date, sex)
    encounter = Encounter(
        organisation_id=access.organisation,
        patient=patient,
        number=number,
        setting=setting,
        service_date=service_date,
        admitted_at=admitted_at,
        discharged_at=discharged_at,
        age=_age(birth_date, admitted_at.date() if admitted_at is not None else service_date),
        payer=payer.strip()[:80],
        department=department.strip()[:80],
        provider_id=provider,
        registration=known,
        priority=priority,
        due_at=due_at,
        team=team.strip()[:60],
    )
    try:
        with transaction.atomic():
            encounter.save(force_insert=True)
    except IntegrityError:
        raise UsageError("that account number is registered already: add the documents to it") from None
    audit.about("encounter", encounter.id, setting=setting)
    return str(encounter.id)


@action("intake.documents", needs=Permission.INTAKE_WRITE)
def receive_documents(
    access: Access, audit: Audit, *, encounter: str, files: Sequence[ReceivedFile], now: datetime
) -> tuple[Received, ...]:
    """Take files into the chart of an encounter, each answered in order; what is refused is kept as failed.

    Raises UsageError for more files than may come at once, or than an encounter may hold.
    """
    row = hold_encounter(access, encounter)
    have = Document.objects.for_access(access).filter(encounter=row)
    _check(bool(files), "choose at least one file")
    _check(len(files) <= MOST_FILES, f"more than {MOST_FILES} files at once: send them in parts")
    _check(have.count() + len(files) <= MOST_DOCUMENTS, f"an encounter holds at most {MOST_DOCUMENTS} documents")
    position = have.aggregate(last=Max("position"))["last"] or 0
    answers = []
    for file in files:
        position += 1
        answers.append(_take(access, row, file, position, now))
    row.version += 1
    row.save(update_fields=["version"])
    counts = {state: n for state in ("received", "read", "failed", "duplicate") if (n := _count(answers, state))}
    audit.about("encounter", row.id, **counts)
    return tuple(answers)


@action("intake.charges", needs=Permission.INTAKE_WRITE)
def record_charges(
    access: Access, audit: Audit, *, encounter: str, lines: Sequence[Mapping[str, Any]], now: datetime
) -> int:
    """Set the charge lines of an encounter (``lines`` of the encounter JSON, docs/claims.md); how many there are.

    Raises UsageError or UnreadableInput, naming the field, for lines that cannot be read.
    """
    del now
    row = hold_encounter(access, encounter)
    _check(row.state != Encounter.State.FINAL, "the encounter is final: reopen it before its charges change")
    _check(len(lines) <= MOST_LINES, f"an encounter has at most {MOST_LINES} charge lines")
    known = dict(row.registration) | {"lines": [dict(line) for line in lines]}
    _read_registration(known)
    row.registration = known
    row.version += 1
    row.save(update_fields=["registration", "version"])
    audit.about("encounter", row.id, lines=len(lines))
    return len(lines)


@action("intake.code", needs=Permission.INTAKE_WRITE)
def request_coding(access: Access, audit: Audit, *, encounter: str, now: datetime) -> str:
    """Have an encounter coded in the background; the id of the run. One that waits already is not asked twice.

    Raises UsageError for an encounter without a document, or one that is final.
    """
    row = hold_encounter(access, encounter)
    _check(row.state != Encounter.State.FINAL, "the encounter is final: reopen it before it is coded again")
    usable = Document.objects.for_access(access).filter(encounter=row).exclude(state=Document.State.FAILED)
    _check(usable.exists(), "the encounter has no document that can be read: add one first")
    run = queue_run(access, row, now=now)
    audit.about("encounter", row.id, run=str(run.id))
    return str(run.id)


def _take(access: Access, encounter: Any, file: ReceivedFile, position: int, now: datetime) -> Received:
    """One file into the chart."""
    name = _plain(file.name)[-100:] or "document"
    digest = hashlib.sha256(file.data).hexdigest()
    known = Document.objects.for_access(access).filter(encounter=encounter, sha256=digest).first()
    if known is not None:
        return Received(str(known.id), name, "duplicate", f"the same file as {known.title or 'another document'}")
    document = Document(
        organisation_id=access.organisation,
        encounter=encounter,
        sha256=digest,
        title=_plain(file.title)[:120] or _title_of(name),
        kind=file.kind[:40],
        author=_plain(file.author)[:120],
        written_at=file.written_at,
        size=len(file.data),
        position=position,
        received_at=now,
        received_by_id=access.user or None,
    )
    objection = find_objection(file.data, name)
    if objection:
        document.state, document.reason = Document.State.FAILED, objection[:300]
    else:
        document.original, document.reason = file.data, _misfiled(access, encounter, digest)
        if not any(mark in file.data[:1024] for mark in _APART):
            _read_plain(document, file, name, encounter.setting)
    document.save(force_insert=True)
    return Received(str(document.id), name, document.state, document.reason)


def _misfiled(access: Access, encounter: Any, digest: str) -> str:
    """A warning where the same file stands in the chart of another patient."""
    others = Document.objects.for_access(access).filter(sha256=digest).exclude(encounter__patient=encounter.patient_id)
    number = others.values_list("encounter__number", flat=True).first()
    return f"the same file stands in the chart of another patient, account {number}: check it" if number else ""


def _read_plain(document: Any, file: ReceivedFile, name: str, setting: str) -> None:
    """Plain text is read at once."""
    try:
        found = read_document(file.data, name=name)
    except UnreadableInput as error:
        document.state, document.reason = Document.State.FAILED, str(error).removeprefix(f"{name}: ")[:300]
        return
    if len(found.text) > MOST_CHARACTERS:
        document.state, document.reason = Document.State.FAILED, TOO_LONG
        return
    document.text, document.media_type = found.text.replace("\x00", " "), found.media_type
    document.kind = document.kind or find_kind(document.title, found.text, setting)
    document.state = Document.State.READ


def _patient(access: Access, mrn: str, name: str, birth_date: date | None, sex: str) -> Any:
    """The patient with this record number, new where there is none; what was unknown of a known one is filled in."""
    indexes = blind_indexes(mrn, organisation=access.organisation)
    born = birth_date.isoformat() if birth_date is not None else ""
    rows = Patient.objects.for_access(access).select_for_update().filter(mrn_index__in=indexes)
    known = rows.order_by("created_at", "pk").first()
    if known is None:
        return Patient.everywhere.create(
            organisation_id=access.organisation, mrn=mrn, mrn_index=indexes[0], name=name, birth_date=born, sex=sex
        )
    _check(
        not (born and known.birth_date and known.birth_date != born),
        "that medical record number belongs to a patient with another date of birth: check both",
    )
    _check(
        not (sex != "U" and known.sex not in ("U", sex)),
        "that medical record number belongs to a patient with another sex: check both",
    )
    known.name, known.birth_date = known.name or name, known.birth_date or born
    known.sex = known.sex if sex == "U" else sex
    known.save(update_fields=["name", "birth_date", "sex"])
    return known


def _read_registration(known: Mapping[str, Any]) -> None:
    """Raises UsageError or UnreadableInput where registration facts cannot be read."""
    try:
        read_encounter(known)
    except NosologyError:
        raise
    except (ValueError, TypeError, ArithmeticError):
        raise UnreadableInput("registration: a field holds what cannot be read there") from None


def _age(birth_date: date | None, on: date) -> int | None:
    if birth_date is None:
        return None
    years = on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    return max(0, min(years, 130))


def _check(right: bool, complaint: str) -> None:
    if not right:
        raise UsageError(complaint)


def _short(text: str, most: int, what: str) -> str:
    found = _plain(text)
    _check(0 < len(found) <= most, f"{what}: 1 to {most} characters")
    return found


def _plain(text: str) -> str:
    """A short text on one line, without control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _title_of(name: str) -> str:
    stem = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1]
    stem = stem.rsplit(".", 1)[0] if "." in stem[1:] else stem
    return stem.replace("_", " ")[:120] or "document"


def _count(answers: Sequence[Received], state: str) -> int:
    return sum(each.state == state for each in answers)
