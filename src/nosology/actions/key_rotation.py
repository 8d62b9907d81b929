"""Keys rotate: what stands in encrypted columns is encrypted anew under the newest key, while people work.

First new keys are put before the old ones (``web.keys``) and running servers follow; then every value is written anew,
and the blind index of record numbers is made anew from the decrypted numbers, a few rows per transaction; then the old
keys may be taken away. Until then readers try every key, so that it may be broken off anywhere and begun again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import BinaryField, F
from django.db.models.functions import Cast

from nosology.actions.audited import Audit, action
from nosology.model.access import Access, Permission
from nosology.store.fields import (
    EncryptedField,
    Sealed,
    SealedBytes,
    blind_index,
    decrypt_bytes,
    decrypt_text,
    encrypt_bytes,
    encrypt_text,
    is_under_newest_key,
)
from nosology.store.models import Encounter, Patient

__all__ = ["encrypt_anew", "values_under_old_keys"]

_BATCH, _FEW = 200, 8  # rows of a transaction; of a table that holds files


def encrypt_anew(access: Access, *, progress: Callable[[int], None] | None = None) -> int:
    """Encrypt and index anew what is not under the newest keys; how many values were. Broken off, call it again.

    Each batch is a transaction of its own, so that nobody waits for long. Call it with
    ``Access.system("", via="command")``.
    """
    _begin(access)
    count = 0
    for model, names in _columns():
        for rows in _batches(model, names, lock=True):
            count += sum(_seal_anew(model, names, row) for row in rows)
            if progress:
                progress(len(rows))
    for rows in _batches(Patient, [], lock=True):
        count += sum(_index_anew(row["pk"]) for row in rows)
    with transaction.atomic():
        count += _second_factors(write=True)
    _end(access, count=count)
    return count


def values_under_old_keys() -> int:
    """How many values only an old key opens or finds."""
    count = 0
    for model, names in _columns():
        for rows in _batches(model, names, lock=False):
            count += sum(bool(_stale(names, row)) for row in rows)
    found = Patient.everywhere.values_list("mrn", "organisation_id", "mrn_index")
    for mrn, organisation, index in found.iterator(chunk_size=_BATCH):
        count += blind_index(mrn, organisation=str(organisation)) != index
    return count + _second_factors(write=False)


@action("keys.rotate.begin", needs=Permission.ORGANISATION_MANAGE)
def _begin(access: Access, audit: Audit) -> None:
    audit.about("keys", "")


@action("keys.rotate", needs=Permission.ORGANISATION_MANAGE)
def _end(access: Access, audit: Audit, *, count: int) -> None:
    audit.about("keys", "", values=count)


def _columns() -> Iterator[tuple[Any, list[str]]]:
    for model in apps.get_models():
        names = [each.name for each in model._meta.concrete_fields if isinstance(each, EncryptedField)]
        if names:
            yield model, names


def _batches(model: Any, names: list[str], *, lock: bool) -> Iterator[list[dict[str, Any]]]:
    """The rows a few at a time with their columns as the database holds them; locked, each in a transaction."""
    fields = {each: model._meta.get_field(each) for each in names}
    few = any(isinstance(each, BinaryField) for each in fields.values())
    raw = {f"raw_{name}": Cast(F(name), each.raw_field()) for name, each in fields.items()}
    rows = model._base_manager.annotate(**raw).order_by("pk").values("pk", *raw)
    last = None
    while True:
        with transaction.atomic():
            asked = rows if last is None else rows.filter(pk__gt=last)
            found = list((asked.select_for_update() if lock else asked)[: _FEW if few else _BATCH])
            if not found:
                return
            yield found
        last = found[-1]["pk"]


def _stale(names: list[str], row: dict[str, Any]) -> dict[str, Any]:
    held = {each: bytes(token) if isinstance(token := row[f"raw_{each}"], memoryview) else token for each in names}
    return {name: token for name, token in held.items() if token and not is_under_newest_key(token)}


def _seal_anew(model: Any, names: list[str], row: dict[str, Any]) -> int:
    stale = _stale(names, row)
    if stale:
        model._base_manager.filter(pk=row["pk"]).update(**{name: _anew(token) for name, token in stale.items()})
    return bool(stale)


def _anew(token: str | bytes) -> Sealed | SealedBytes:
    if isinstance(token, bytes):
        return SealedBytes(encrypt_bytes(decrypt_bytes(token)))
    return Sealed(encrypt_text(decrypt_text(token)))


def _index_anew(key: Any) -> int:
    row = Patient.everywhere.filter(pk=key).first()
    if row is None:  # became one with another of these rows
        return 0
    index = blind_index(row.mrn, organisation=str(row.organisation_id))
    if row.mrn_index == index:
        return 0
    twin = Patient.everywhere.filter(organisation_id=row.organisation_id, mrn_index=index).first()
    if twin is not None:  # of two writers in the moment of the new key, each with one of the keys
        Encounter.everywhere.filter(patient=twin).update(patient=row)
        twin.delete()
    Patient.everywhere.filter(pk=key).update(mrn_index=index)
    return 1


def _second_factors(*, write: bool) -> int:
    from allauth.mfa.models import Authenticator

    count = 0
    for row in Authenticator.objects.select_for_update() if write else Authenticator.objects.all():
        stale = [n for n in ("secret", "seed") if (token := row.data.get(n)) and not is_under_newest_key(token)]
        if stale and write:
            row.data = row.data | {each: encrypt_text(decrypt_text(row.data[each])) for each in stale}
            row.save(update_fields=["data"])
        count += bool(stale)
    return count
