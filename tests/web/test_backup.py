"""A backup holds every row as it stands, and goes back into an empty database alone, whole or not at all."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from nosology.errors import NotPermitted, UnreadableInput
from nosology.store.backup import read_manifest, restore, write_backup
from nosology.store.models import Document, Encounter, Patient

pytestmark = pytest.mark.django_db(transaction=True)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables as the database holds it."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("store").get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found[model._meta.label] = sorted(tuple(map(str, row)) for row in cursor.fetchall())
    return found


def empty() -> None:
    call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def saved(tmp_path: Path, coded_encounter: Any, client_as: Any) -> Path:
    client_as("coder", "auditor")
    Document.everywhere.create(
        organisation=coded_encounter.organisation,
        encounter=coded_encounter,
        sha256="0" * 64,
        original=bytes(range(256)),
    )
    path = tmp_path / "saved.zip"
    write_backup(path, version="0.1.0", now=timezone.now())
    return path


def test_what_was_saved_comes_back_to_the_letter(saved: Path) -> None:
    before = rows()
    empty()
    assert not Encounter.everywhere.exists()
    manifest = restore(saved)
    assert manifest["parts"]["store.encounter"]["rows"] == 1
    assert rows() == before
    assert Patient.everywhere.get().name == "Testa Patientia"
    assert bytes(Document.everywhere.get(sha256="0" * 64).original) == bytes(range(256))


def test_identifiers_stay_sealed_in_the_file(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        text = archive.read("tables/store.patient.jsonl").decode()
        assert "Testa" not in text
        assert "gAAAA" in text
        assert not [name for name in archive.namelist() if "session" in name or "keys" in name]
    assert saved.stat().st_mode & 0o077 == 0


def test_it_goes_into_an_empty_database_alone(saved: Path) -> None:
    with pytest.raises(NotPermitted, match="rows already"):
        restore(saved)


def test_a_damaged_file_restores_nothing(saved: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"J15.1", b"J15.2") if name == "tables/store.worksheet.jsonl" else data)
    empty()
    with pytest.raises(UnreadableInput, match="damaged"):
        restore(broken)
    assert not Encounter.everywhere.exists()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(saved.read_bytes()[:-200])
    with pytest.raises(UnreadableInput):
        read_manifest(cut)


def test_a_file_is_never_overwritten(saved: Path) -> None:
    with pytest.raises(NotPermitted, match="already"):
        write_backup(saved, version="0.1.0", now=timezone.now())


def test_rows_after_a_restore_count_on(saved: Path, access_as: Any) -> None:
    from django.db import transaction

    from nosology.actions.audited import Audit, append_event

    empty()
    restore(saved)
    with transaction.atomic():
        first = append_event(access_as("coder", at=Encounter.everywhere.get().organisation), "x.y", Audit())
    assert first.pk
