"""Identifiers are encrypted at rest, and keys rotate while the server runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.db import connection

import server_world
from nosology.actions.key_rotation import encrypt_anew, values_under_old_keys
from nosology.errors import NosologyError
from nosology.model.access import Access
from nosology.store.models import Patient
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
    assert values_under_old_keys() == 6
    assert encrypt_anew(SYSTEM) == 6
    assert encrypt_anew(SYSTEM) == 0
    assert values_under_old_keys() == 0
    assert kept() != before
    assert retire_keys(keys) == 1
    assert {each.pk for each in Patient.everywhere.all()} == {each.pk for each in [*patients, late]}
    assert {each.name for each in Patient.everywhere.all()} == {f"Name {n}" for n in range(5)} | {"Written after"}
    assert decrypt(Authenticator.objects.get().data["secret"]) == secret
    second = read_keys(keys)
    assert not set(first.fields) & set(second.fields)
    assert first.index == second.index
    assert (keys / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_retired_key_that_was_still_needed_is_told(keys: Path, hospital: Any) -> None:
    server_world.make_patient(hospital)
    add_keys(keys)
    retire_keys(keys)
    with pytest.raises(NosologyError, match="key is not among"):
        Patient.everywhere.get()
