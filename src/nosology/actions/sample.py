"""A made-up hospital and a made-up clinic with people of every role, charts and charges, to try the workbench with.

What is in them stands in ``examples/sample``: one YAML file per organisation beside its documents. Nobody in it has a
password. The charts are coded in the background as any others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from nosology.actions.audited import Audit, action
from nosology.actions.intake import ReceivedFile, receive_documents, record_charges, register_encounter, request_coding
from nosology.actions.sample_history import work_sample
from nosology.errors import UnreadableInput
from nosology.model.access import Access, Permission, Role
from nosology.store.models import Encounter, Membership, Organisation, User

__all__ = ["make_samples", "open_sample"]


def make_samples(
    folder: Path, *, now: datetime, progress: Callable[[int, int, str], None] | None = None
) -> dict[str, int]:
    """Make every organisation described in the folder, all of them or none; encounters by organisation.

    Raises:
        UnreadableInput: a description or a document cannot be read.
    """
    made: dict[str, int] = {}
    with transaction.atomic():
        for path in sorted(folder.glob("*.yaml")):
            told = _read(path)
            organisation, people = open_sample(Access.system("", via="command"), told=told, now=now)
            access = Access.system(organisation, via="command")
            encounters = told["encounters"]
            for number, encounter in enumerate(encounters):
                if progress is not None:
                    progress(number, len(encounters), told["name"])
                _enter(access, folder, encounter, people, number, now)
            assigned = {people[key]: numbers for key, numbers in told.get("assigned", {}).items()}
            history = [each | {"by": people[each["by"]]} for each in told.get("history", ())]
            asked = [each | {"by": people[each["by"]], "to": people[each["to"]]} for each in told.get("queries", ())]
            work_sample.enqueue(organisation, assigned, history, asked)
            made[told["name"]] = len(encounters)
    return made


@action("sample.open", needs=Permission.ORGANISATION_MANAGE)
def open_sample(access: Access, audit: Audit, *, told: Mapping[str, Any], now: datetime) -> tuple[str, dict[str, str]]:
    """The organisation with its people, without charts: its id, and the ids of the people by their key."""
    del now
    organisation = Organisation.objects.create(
        name=told["name"], kind=told["kind"], sample=True, settings=told.get("settings", {})
    )
    people = {}
    for each in told["people"]:
        user = User.objects.filter(email=each["email"]).first() or User.objects.create_user(
            each["email"], name=each["name"]
        )
        roles = [str(Role(role)) for role in each["roles"]]
        Membership.objects.create(user=user, organisation=organisation, roles=roles, team=each.get("team", ""))
        people[each["key"]] = str(user.pk)
    audit.about("organisation", organisation.pk, people=len(people))
    return str(organisation.pk), people


def _enter(
    access: Access, folder: Path, told: Mapping[str, Any], people: Mapping[str, str], number: int, now: datetime
) -> None:
    """One encounter with its documents and charges, in line to be coded unless it is told to wait."""
    stay = "admitted" in told
    last = date.fromisoformat(str(told["discharged"] if stay else told["on"]))
    at = max(now, datetime.combine(last, time(18), UTC))  # a clock that runs behind the charts does not matter
    patient = told["patient"]
    registration = {"discharge_status": told["status"]} if stay else {}
    encounter = register_encounter(
        access,
        number=told["number"],
        mrn=patient["mrn"],
        name=patient["name"],
        birth_date=date.fromisoformat(str(patient["born"])),
        sex=patient["sex"],
        setting=told["setting"],
        service_date=last,
        admitted_at=datetime.combine(date.fromisoformat(str(told["admitted"])), time(14), UTC) if stay else None,
        discharged_at=datetime.combine(last, time(11), UTC) if stay else None,
        payer=told["payer"],
        department=told["department"],
        provider=people[told["provider"]],
        registration=registration,
        priority=told["priority"],
        due_at=now + timedelta(days=1 + number % 4),
        team=told.get("team", ""),
        now=at,
    )
    files = [
        ReceivedFile(
            name=Path(each["file"]).name,
            data=_bytes(folder / each["file"]),
            title=each["title"],
            kind=each["kind"],
            written_at=datetime.combine(last, time(10), UTC),
        )
        for each in told["documents"]
    ]
    if files:
        receive_documents(access, encounter=encounter, files=files, now=now)
    if told.get("lines"):
        record_charges(access, encounter=encounter, lines=told["lines"], now=now)
    if told.get("code", True) and files:
        request_coding(access, encounter=encounter, now=now)
    came = now - timedelta(hours=3 + 7 * number)
    Encounter.objects.for_access(access).filter(pk=encounter).update(received_at=came)


def _read(path: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise UnreadableInput(f"{path}: the description of the sample cannot be read") from error
    return told


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
