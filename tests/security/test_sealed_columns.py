"""The migration that encrypts charts where they stand, forwards and backwards; backups of the time before it."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from nosology.store.backup import restore, write_backup
from nosology.store.models import Document, Encounter

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "Heronova"


@pytest.fixture
def chart(encounter_in: Any) -> Any:
    made = encounter_in(
        texts=[(f"{SECRET}.txt", "progress-note", f"Mrs {SECRET} coughs.")], registration={"lines": [], "x": SECRET}
    )
    Document.everywhere.filter(encounter=made).update(original=SECRET.encode() + b"\xff")
    return made


def plain() -> list[Any]:
    """As the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT d.title, d.text, d.original, CAST(e.registration AS text) FROM store_document d, "
                       "store_encounter e")  # fmt: skip
        return [bytes(each) if isinstance(each, memoryview) else each for each in cursor.fetchone()]


def check() -> None:
    document = Document.everywhere.get()
    assert (document.title, document.text) == (f"{SECRET}.txt", f"Mrs {SECRET} coughs.")
    assert bytes(document.original) == SECRET.encode() + b"\xff"
    assert Encounter.everywhere.get().registration == {"lines": [], "x": SECRET}


def test_charts_are_encrypted_where_they_stand_and_back(chart: Any) -> None:
    assert SECRET not in str(plain())
    try:
        call_command("migrate", "store", "0005", verbosity=0)
        title, text, original, registration = plain()
        assert (title, text, original) == (f"{SECRET}.txt", f"Mrs {SECRET} coughs.", SECRET.encode() + b"\xff")
        assert json.loads(registration) == {"lines": [], "x": SECRET}
    finally:
        call_command("migrate", "store", verbosity=0)
    assert SECRET not in str(plain())
    check()


def test_a_backup_from_before_is_sealed_as_it_is_restored(chart: Any, tmp_path: Path) -> None:
    now, before = tmp_path / "now.zip", tmp_path / "before.zip"
    write_backup(now, version="0.1.0", now=timezone.now())
    earlier: dict[str, dict[str, Any]] = {
        "store.document": {
            "title": f"{SECRET}.txt",
            "text": f"Mrs {SECRET} coughs.",
            "original": base64.b64encode(SECRET.encode() + b"\xff").decode(),
        },
        "store.encounter": {"registration": {"lines": [], "x": SECRET}},
    }
    with zipfile.ZipFile(now) as held, zipfile.ZipFile(before, "w") as made:
        manifest = json.loads(held.read("manifest.json"))
        for name in held.namelist():
            data, table = held.read(name), Path(name).stem
            assert name == "manifest.json" or SECRET.encode() not in data
            if table in earlier:
                data = json.dumps(json.loads(data) | earlier[table]).encode() + b"\n"
                manifest["parts"][table]["sha256"] = hashlib.sha256(data).hexdigest()
            if name != "manifest.json":
                made.writestr(name, data)
        made.writestr("manifest.json", json.dumps(manifest))
    for file in (now, before):
        call_command("flush", interactive=False, verbosity=0)
        restore(file)
        assert SECRET not in str(plain())
        check()
