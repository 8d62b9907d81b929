"""What the benches of the server share: a data folder with the code books, many made-up encounters, a 50-page chart."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

__all__ = ["PAGES", "fill", "long_chart", "prepare_home"]

ROOT = Path(__file__).resolve().parents[1]
PAGES = 50
_PAGE = 3_000
_BATCH = 500
_STATES = ("ready", "ready", "ready", "coding", "waiting", "final")
_SETTINGS = ("inpatient", "professional", "outpatient", "emergency")
_PAYERS = ("Example Health Plan", "Example Medicare Plan", "Medicaid", "Example Dental")
_WARDS = ("Medicine", "Surgery", "Cardiology", "Orthopedics", "Obstetrics")


def prepare_home(folder: Path) -> None:
    """Make ``folder`` the data folder, with the code books of the usual one where they are compiled already."""
    from nosology.codes.home import data_home

    usual = data_home()
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("releases", "lexicon", "prepared"):
        if (usual / part).is_dir():
            shutil.copytree(usual / part, folder / part, dirs_exist_ok=True)
    os.environ["NOSOLOGY_HOME"] = str(folder)
    os.environ["NOSOLOGY_RATE_ACCOUNT"] = os.environ["NOSOLOGY_RATE_ADDRESS"] = "1000000"  # counted, never met
    os.environ["NOSOLOGY_HOSTS"] = "localhost,127.0.0.1,testserver"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nosology.web.settings")
    sys.path.insert(0, str(ROOT / "tests"))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def long_text() -> str:
    """A record of fifty pages of one patient, who stays long: what was written is copied forward, as it is in life."""
    text = (ROOT / "examples" / "discharge_copd_exacerbation.txt").read_text("utf-8")
    whole = "\n\n".join([text] * (1 + PAGES * _PAGE // len(text)))
    return whole[: whole.rindex("\n", 0, PAGES * _PAGE)]


def long_chart(organisation: Any) -> Any:
    """An encounter of one 50-page document beside a short one, coded by the engine through the usual doors."""
    from django.utils import timezone

    from nosology.actions.coding_task import code_encounter
    from nosology.actions.intake import ReceivedFile, receive_documents, register_encounter, request_coding
    from nosology.model.access import Access
    from nosology.store.models import Encounter

    access, now = Access.system(str(organisation.pk)), timezone.now()
    made = register_encounter(
        access, number="LONG-0", mrn="LONG-0", setting="inpatient", service_date=date(2026, 5, 4), sex="F",
        birth_date=date(1956, 1, 2), now=max(now, datetime(2026, 6, 1, tzinfo=UTC)),
    )  # fmt: skip
    short = "PROGRESS NOTE\n\nBreathes better. COPD exacerbation resolving. Continue prednisone.\n"
    files = [ReceivedFile("record.txt", long_text().encode()), ReceivedFile("progress.txt", short.encode())]
    receive_documents(access, encounter=made, files=files, now=now)
    run = request_coding(access, encounter=made, now=now)
    code_encounter.func(str(organisation.pk), run)
    row = Encounter.everywhere.get(pk=made)
    assert row.state == "ready", row.runs.get().reason
    return row


def fill(
    organisation: Any, people: list[Any], count: int, *, like: Any = None, copies: int = 0, free: bool = False
) -> list[Any]:
    """``count`` encounters of an organisation in many states, or, ``free``, all of them ready and nobody's.

    The first ``copies`` have the documents, run and worksheet of ``like``, the others a short coded chart. Returned are
    those that have them of ``like``.
    """
    from django.utils import timezone

    import server_world
    from nosology.store import models as tables
    from nosology.store.fields import blind_index

    now = timezone.now()
    title, kind, text = server_world.PNEUMONIA["texts"][0]
    digest = hashlib.sha256(text.encode()).hexdigest()
    kept = list(like.documents.order_by("position")) if like is not None else []
    result = json.dumps(like.runs.get().result) if like is not None else ""
    codes = json.dumps(like.worksheet.codes) if like is not None else ""
    made: list[Any] = []
    for start in range(0, count, _BATCH):
        numbers = range(start, min(start + _BATCH, count))
        patients = [
            tables.Patient(
                organisation=organisation, mrn=f"B{n:07d}", name=f"Bench Patient {n}", birth_date="1960-01-01", sex="F",
                mrn_index=blind_index(f"B{n:07d}", organisation=str(organisation.pk)),
            )
            for n in numbers
        ]  # fmt: skip
        tables.Patient.everywhere.bulk_create(patients)
        encounters, documents, runs, sheets = [], [], [], []
        for n, patient in zip(numbers, patients, strict=True):
            state = "ready" if n < copies or free else _STATES[n % len(_STATES)]
            came = now - timedelta(minutes=7 * n)
            encounter = tables.Encounter(
                organisation=organisation, patient=patient, number=f"E{n:07d}", state=state,
                setting="inpatient" if n < copies else _SETTINGS[n % 4], service_date=date(2026, 5, 4), age=66,
                payer=_PAYERS[n % 4], department=_WARDS[n % 5], priority=1 + n % 5,
                assigned_to=people[n % len(people)] if n % 3 and not free else None, confidence=(n % 97) / 100,
                expected_value=1000 + n % 9000, received_at=came, ready_at=came,
                finalized_at=came if state == "final" else None, finalized_by=people[0] if state == "final" else None,
                missing_documents=["operative-report"] if n % 11 == 0 else [],
                facts={"codes": 5, "queries": 0, "errors": 0, "warnings": n % 3, "pages": 1},
            )  # fmt: skip
            encounters.append(encounter)
            if state == "waiting":
                continue
            if n < copies:
                own = [
                    tables.Document(
                        organisation=organisation, encounter=encounter, sha256=each.sha256, title=each.title,
                        kind=each.kind, media_type=each.media_type, size=each.size, text=each.text, state="read",
                        position=each.position,
                    )
                    for each in kept
                ]  # fmt: skip
                told, sheet = result, codes
                for old, new in zip(kept, own, strict=True):
                    told, sheet = told.replace(str(old.pk), str(new.pk)), sheet.replace(str(old.pk), str(new.pk))
                found, worksheet = json.loads(told), json.loads(sheet)
                made.append(encounter)
            else:
                own = [
                    tables.Document(
                        organisation=organisation, encounter=encounter, sha256=digest,
                        title=title, kind=kind, media_type="text/plain", size=len(text), text=text, state="read",
                    )
                ]  # fmt: skip
                found = server_world.result_of(own, server_world.PNEUMONIA["codes"][:4], ())
                worksheet = server_world.worksheet_of(found)
            documents += own
            run = tables.CodingRun(
                organisation=organisation, encounter=encounter, number=1, state="done", result=found, progress=100,
                documents=[str(each.pk) for each in own], finished_at=came,
            )  # fmt: skip
            runs.append(run)
            sheets.append(tables.Worksheet(organisation=organisation, encounter=encounter, run=run, codes=worksheet))
        tables.Encounter.everywhere.bulk_create(encounters)
        for table, rows in ((tables.Document, documents), (tables.CodingRun, runs), (tables.Worksheet, sheets)):
            table.everywhere.bulk_create(rows, batch_size=100)
    return made
