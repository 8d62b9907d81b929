"""A backup of the server's tables in one file that either database writes and reads.

A zip: one JSON line per row and table, as the tables hold it (encrypted columns stay encrypted), then ``manifest.json``
with the version, the migrations and the digest of every part. It is taken at one moment, while people work. Not in it:
sessions, and the keys.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Cast

from nosology.errors import NotPermitted, UnreadableInput
from nosology.store.fields import EncryptedBinaryField, EncryptedField, Sealed, SealedBytes, is_token

__all__ = ["FORMAT", "Manifest", "read_manifest", "restore", "write_backup"]

FORMAT = "nosology-backup-1"
_NOT_KEPT = frozenset({"contenttypes", "auth", "sessions", "usersessions"})  # Django writes them anew
_BATCH = 200

Manifest = dict[str, Any]
"""``format``, ``version``, ``at``, ``migrations`` (app → names), ``parts`` (table → rows, sha256)."""


def write_backup(
    path: Path, *, version: str, now: datetime, progress: Callable[[int, int, str], None] | None = None
) -> Manifest:
    """Write every table into a new file that only its owner may read.

    Raises:
        NotPermitted: the file is there already, or cannot be written.
    """
    tables = _tables()
    draft = path.with_name(f".{path.name}.part")
    try:
        if path.exists():
            raise NotPermitted(f"{path} is there already: choose another name")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise NotPermitted(f"{path}: {(error.strerror or 'cannot be written').lower()}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            with _one_moment(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest: Manifest = {
                    "format": FORMAT,
                    "version": version,
                    "at": now.isoformat(),
                    "database": connection.vendor,
                    "migrations": _migrations(),
                    "parts": {},
                }
                for number, table in enumerate(tables):
                    if progress is not None:
                        progress(number, len(tables), "tables")
                    manifest["parts"][table._meta.label_lower] = _write_table(archive, table)
                archive.writestr("manifest.json", json.dumps(manifest, indent=1))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return manifest


def read_manifest(path: Path) -> Manifest:
    """What a backup says of itself.

    Raises:
        UnreadableInput: no backup of ours.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest: Manifest = json.loads(archive.read("manifest.json"))
    except OSError as error:
        raise UnreadableInput(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnreadableInput(f"{path} is no backup, or not a whole one") from error
    if manifest.get("format") != FORMAT:
        raise UnreadableInput(f"{path} is no backup that this version reads")
    return manifest


def restore(path: Path, *, progress: Callable[[int, int, str], None] | None = None) -> Manifest:
    """Put a backup into the empty, migrated database: all of it or nothing.

    Raises:
        UnreadableInput: damaged, or of a newer version.
        NotPermitted: the database holds rows already, or the keys are others.
    """
    manifest = read_manifest(path)
    ours = _migrations()
    newer = [f"{app}.{name}" for app, names in manifest["migrations"].items() for name in names if app in ours]
    newer = [each for each in newer if each.split(".", 1)[1] not in ours[each.split(".", 1)[0]]]
    if newer:
        raise UnreadableInput(f"{path} is of a newer version (it has {newer[0]}): install that version first")
    tables = {table._meta.label_lower: table for table in _tables()}
    if any(table._base_manager.exists() for table in tables.values()):
        raise NotPermitted("the database holds rows already: restore goes into an empty one")
    with zipfile.ZipFile(path) as archive, transaction.atomic():
        for number, (name, part) in enumerate(manifest["parts"].items()):
            if progress is not None:
                progress(number, len(manifest["parts"]), "tables")
            if name in tables:
                _read_table(archive, path, tables[name], part)
        _set_counters(list(tables.values()))
    return manifest


def _tables() -> list[Any]:
    """Every table that is kept, those that others point to first."""
    found = [model for model in apps.get_models() if model._meta.app_label not in _NOT_KEPT and model._meta.managed]
    ordered: list[Any] = []

    def add(model: Any, above: tuple[Any, ...]) -> None:
        if model in ordered or model in above:
            return
        for each in model._meta.concrete_fields:
            if each.remote_field is not None and each.remote_field.model in found:
                add(each.remote_field.model, (*above, model))
        ordered.append(model)

    for model in sorted(found, key=lambda each: str(each._meta.label_lower)):
        add(model, ())
    return ordered


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the tables as they stand now and keeps nobody from writing."""
    mode = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode


def _migrations() -> dict[str, list[str]]:
    done: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        done.setdefault(app, []).append(name)
    return done


def _write_table(archive: zipfile.ZipFile, table: Any) -> dict[str, Any]:
    digest = hashlib.sha256()
    count = 0
    columns = table._meta.concrete_fields
    # An encrypted column is read as the plain text that the database holds.
    raw = {
        f"sealed_{each.attname}": Cast(each.name, each.raw_field())
        for each in columns
        if isinstance(each, EncryptedField)
    }
    names = [each.attname for each in columns]
    wanted = [f"sealed_{name}" if f"sealed_{name}" in raw else name for name in names]
    rows = table._base_manager.annotate(**raw).order_by("pk").values_list(*wanted)
    with archive.open(f"tables/{table._meta.label_lower}.jsonl", "w", force_zip64=True) as part:
        for row in rows.iterator(chunk_size=_BATCH):
            values = [_plain(column, value) for column, value in zip(columns, row, strict=True)]
            line = json.dumps(dict(zip(names, values, strict=True)), cls=DjangoJSONEncoder, ensure_ascii=False)
            data = line.encode() + b"\n"
            digest.update(data)
            part.write(data)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _plain(column: Any, value: Any) -> Any:
    """A value for JSON that the column's ``to_python`` takes back."""
    if isinstance(value, bytes | memoryview):  # a token of bytes is text
        return bytes(value).decode() if isinstance(column, EncryptedField) else base64.b64encode(bytes(value)).decode()
    if value is None or isinstance(column, models.JSONField | models.ForeignKey | EncryptedField):
        return value
    return value.isoformat() if isinstance(value, datetime) else value


def _read_table(archive: zipfile.ZipFile, path: Path, table: Any, part: dict[str, Any]) -> None:
    digest = hashlib.sha256()
    columns = {each.attname: each for each in table._meta.concrete_fields}
    batch: list[Any] = []
    count = 0
    try:
        with archive.open(f"tables/{table._meta.label_lower}.jsonl") as lines:
            for line in lines:
                digest.update(line)
                held = json.loads(line)
                batch.append(table(**{name: _value(columns[name], held[name]) for name in held if name in columns}))
                count += 1
                if len(batch) == _BATCH:
                    _insert(table, batch)
                    batch = []
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise UnreadableInput(f"{path} is damaged: nothing was restored") from error
    _insert(table, batch)
    if digest.hexdigest() != part["sha256"] or count != part["rows"]:
        raise UnreadableInput(f"{path} is damaged ({table._meta.label_lower}): nothing was restored")


def _value(column: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column, EncryptedField):
        if isinstance(value, str) and is_token(value):
            return SealedBytes(value.encode()) if isinstance(column, EncryptedBinaryField) else Sealed(value)
        # a backup from before the column was encrypted: it is sealed as it is written
        return base64.b64decode(value) if isinstance(column, EncryptedBinaryField) else value
    if isinstance(column, models.JSONField):
        return value
    if isinstance(column, models.ForeignKey):
        return column.target_field.to_python(value)
    return column.to_python(value)  # a binary column takes base64


def _insert(table: Any, rows: list[Any]) -> None:
    """Insert as they are: no ``auto_now``, no signals."""
    if rows:
        table._base_manager.all()._insert(rows, fields=table._meta.concrete_fields, using="default", raw=True)


def _set_counters(tables: list[Any]) -> None:
    """Let the database count on after the highest number."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
