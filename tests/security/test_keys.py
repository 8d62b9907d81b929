"""Identifiers are encrypted at rest, and keys rotate while the server runs."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.db import connection
from django.utils import timezone

import server_world
from nosology.actions import key_rotation
from nosology.actions.intake import register_encounter
from nosology.actions.key_rotation import encrypt_anew, values_under_old_keys
from nosology.errors import NosologyError
from nosology.model.access import Access
from nosology.store.fields import is_token
from nosology.store.models import Comment, Document, Encounter, Patient, ProviderQuery
from nosology.store.queries.worklist import find_charts
from nosology.web.keys import add_keys, read_keys, retire_keys

SYSTEM = Access.system("", via="command")


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Path:
    """A data folder with keys of its own."""
    read_keys(tmp_path)
    settings.NOSOLOGY_KEYS_FILE = tmp_path / "keys.json"
    return tmp_path


def kept() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT mrn, name, birth_date FROM store_patient")
        return str(cursor.fetchall())


def test_the_database_does_not_hold_identifiers(keys: Path, hospital: Any) -> None:
    server_world.make_patient(hospital, mrn="MRN-31415", name="Zora Heron")
    assert "31415" not in kept()
    assert "Heron" not in kept()
    assert "1959" not in kept()
    assert Patient.everywhere.get().name == "Zora Heron"


def test_keys_rotate_and_old_ones_retire(keys: Path, hospital: Any, person: Any) -> None:
    patients = [server_world.make_patient(hospital, name=f"Name {n}") for n in range(5)]
    user, secret = person("coder"), generate_totp_secret()
    TOTP.activate(user, secret)
    before, first = kept(), read_keys(keys)
    add_keys(keys)
    assert {each.name for each in Patient.everywhere.all()} == {f"Name {n}" for n in range(5)}
    late = server_world.make_patient(hospital, name="Written after")  # a running server follows at once
    assert values_under_old_keys() == 11
    assert encrypt_anew(SYSTEM) == 11  # the index of five record numbers too
    assert encrypt_anew(SYSTEM) == 0
    assert values_under_old_keys() == 0
    assert kept() != before
    assert retire_keys(keys) == 1
    assert {each.pk for each in Patient.everywhere.all()} == {each.pk for each in [*patients, late]}
    assert {each.name for each in Patient.everywhere.all()} == {f"Name {n}" for n in range(5)} | {"Written after"}
    assert decrypt(Authenticator.objects.get().data["secret"]) == secret
    second = read_keys(keys)
    assert not set(first.fields) & set(second.fields)
    assert not set(first.indexes) & set(second.indexes)
    assert len(second.indexes) == 1
    assert (keys / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_retired_key_that_was_still_needed_is_told(keys: Path, hospital: Any) -> None:
    server_world.make_patient(hospital)
    add_keys(keys)
    retire_keys(keys)
    with pytest.raises(NosologyError, match="key is not among"):
        Patient.everywhere.get()


SECRET = "Heronova"
COLUMNS = {
    "store_encounter": "registration",
    "store_document": "title, text, original",
    "store_providerquery": "question, indicators, answer",
    "store_comment": "text",
}


def everything() -> str:
    """What somebody reads who holds the file of the database."""
    with connection.cursor() as cursor:
        found = []
        for table, columns in COLUMNS.items():
            cursor.execute(f"SELECT {columns} FROM {table}")
            found += [bytes(v) if isinstance(v, memoryview) else v for row in cursor.fetchall() for v in row]
    return " ".join(each.decode("latin-1") if isinstance(each, bytes) else str(each) for each in found)


@pytest.fixture
def chart(keys: Path, encounter_in: Any, person: Any) -> Any:
    """A chart that names its patient wherever one can."""
    made = encounter_in(
        texts=[(f"{SECRET}.txt", "progress-note", f"Mrs {SECRET} coughs.")],
        registration={"coverages": [{"member_id": SECRET}], "lines": []},
    )
    Document.everywhere.filter(encounter=made).update(original=f"%PDF {SECRET}\x00\xff".encode("latin-1"))
    more = {"organisation": made.organisation, "encounter": made}
    ProviderQuery.everywhere.create(
        **more, question=f"Does {SECRET} …?", answer=f"{SECRET} does", indicators=[{"quote": SECRET}]
    )
    Comment.everywhere.create(**more, by=person("coder"), text=f"{SECRET} called")
    return made


def check(chart: Any) -> None:
    """All of it reads as it was written."""
    row = Encounter.everywhere.get(pk=chart.pk)
    assert row.registration == {"coverages": [{"member_id": SECRET}], "lines": []}
    document = row.documents.get()
    assert (document.title, document.text) == (f"{SECRET}.txt", f"Mrs {SECRET} coughs.")
    assert bytes(document.original) == f"%PDF {SECRET}\x00\xff".encode("latin-1")
    query = row.queries.get()
    assert (query.question, query.answer) == (f"Does {SECRET} …?", f"{SECRET} does")
    assert query.indicators == [{"quote": SECRET}]
    assert row.comments.get().text == f"{SECRET} called"


def test_the_database_does_not_hold_what_the_chart_says(chart: Any) -> None:
    assert SECRET not in everything()
    assert all(map(is_token, everything().split()))
    check(chart)


def test_everything_of_a_chart_is_rotated(chart: Any, keys: Path) -> None:
    before = set(everything().split())
    add_keys(keys)
    check(chart)
    assert encrypt_anew(SYSTEM) == 6  # four rows, the patient, and the index of their number
    retire_keys(keys)
    check(chart)
    assert not before & set(everything().split())


def test_a_record_number_is_found_while_the_index_is_made_anew(
    keys: Path, hospital: Any, access_as: Any, encounter_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_rotation, "_BATCH", 2)
    patients = [server_world.make_patient(hospital, mrn=f"R-{n}") for n in range(7)]
    for each in patients:
        encounter_in(patient=each)
    before = {each.pk: each.mrn_index for each in patients}
    access, again = access_as("coder"), itertools.count()
    add_keys(keys)

    def check_all() -> None:
        for n in range(7):
            assert find_charts(access, f"r-{n}")
            at = {"service_date": date(2026, 5, 4), "now": timezone.now(), "setting": "inpatient"}
            more = register_encounter(
                Access.system(str(hospital.pk)), number=f"again {next(again)}", mrn=f"R-{n}", **at
            )
            assert str(Encounter.everywhere.get(pk=more).patient_id) == str(patients[n].pk)
        assert Patient.everywhere.count() == 7

    check_all()
    plain, calls = key_rotation._index_anew, []

    def killed(key: Any) -> int:
        calls.append(key)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return plain(key)

    monkeypatch.setattr(key_rotation, "_index_anew", killed)
    with pytest.raises(KeyboardInterrupt):
        encrypt_anew(SYSTEM)
    changed = [each for each in Patient.everywhere.all() if each.mrn_index != before[each.pk]]
    assert 0 < len(changed) < 7
    assert values_under_old_keys() == 7 - len(changed)
    check_all()  # some under the old key, some under the new one
    monkeypatch.setattr(key_rotation, "_index_anew", plain)
    assert encrypt_anew(SYSTEM) == 7 - len(changed)
    retire_keys(keys)
    check_all()


def test_two_patients_of_one_number_become_one(keys: Path, hospital: Any, encounter_in: Any) -> None:
    first = server_world.make_patient(hospital, mrn="TWIN")
    add_keys(keys)
    second = server_world.make_patient(hospital, mrn="TWIN")  # by somebody who did not see the first
    charts = [encounter_in(patient=each) for each in (first, second)]
    encrypt_anew(SYSTEM)
    assert Patient.everywhere.get().mrn == "TWIN"
    assert {Encounter.everywhere.get(pk=each.pk).patient.mrn for each in charts} == {"TWIN"}
