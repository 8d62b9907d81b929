"""Columns that are encrypted at rest, and the blind index by which an identifier is found without being readable.

Keys: the file ``settings.NOSOLOGY_KEYS_FILE`` (read anew when it changes, so that running servers follow a rotation);
without it ``settings.NOSOLOGY_FIELD_KEYS``: Fernet keys, the first encrypts, every one decrypts. The index has keys of
its own, ``settings.NOSOLOGY_INDEX_KEYS`` (HMAC-SHA256 of the normalised value): the first writes, all of them find.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from nosology.errors import NosologyError

__all__ = [
    "EncryptedBinaryField",
    "EncryptedField",
    "EncryptedJSONField",
    "EncryptedTextField",
    "Sealed",
    "SealedBytes",
    "blind_index",
    "blind_indexes",
    "decrypt_bytes",
    "decrypt_text",
    "encrypt_bytes",
    "encrypt_text",
    "is_token",
    "is_under_newest_key",
]

_TOKEN = re.compile(r"gAAAA[\w-]{90,}={0,2}")  # Fernet: version 0x80, then eight bytes of time


@dataclass(frozen=True, slots=True)
class _Keys:
    state: object
    newest: Fernet
    every: MultiFernet
    indexes: tuple[bytes, ...]


_held: _Keys | None = None


def _keys() -> _Keys:
    global _held
    path: Path | None = getattr(settings, "NOSOLOGY_KEYS_FILE", None)
    if path is None or not path.exists():
        path, state = None, (tuple(settings.NOSOLOGY_FIELD_KEYS), tuple(settings.NOSOLOGY_INDEX_KEYS))
    else:
        found = path.stat()
        state = ((str(path),), (found.st_mtime_ns, found.st_ino))
    held = _held
    if held is None or held.state != state:
        fields, indexes = state
        if path is not None:
            read = json.loads(path.read_text("utf-8"))
            fields, indexes = read["fields"], (read["index"], *read.get("older_indexes", ()))
        fernets = [Fernet(key) for key in fields]
        held = _Keys(state, fernets[0], MultiFernet(fernets), tuple(str(key).encode() for key in indexes))
        _held = held
    return held


def encrypt_bytes(data: bytes) -> bytes:
    """The Fernet token (AES-128-CBC with HMAC-SHA256) of data, under the newest key."""
    return _keys().newest.encrypt(data)


def decrypt_bytes(token: bytes) -> bytes:
    """The data of a token.

    Raises:
        NosologyError: no key of the server opens it.
    """
    try:
        return _keys().every.decrypt(token)
    except InvalidToken:
        raise NosologyError("an encrypted column cannot be read: its key is not among the server's keys") from None


def encrypt_text(text: str) -> str:
    """The token of a text, under the newest key."""
    return encrypt_bytes(text.encode("utf-8", "surrogatepass")).decode("ascii")


def decrypt_text(token: str) -> str:
    """The text of a token.

    Raises:
        NosologyError: no key of the server opens it.
    """
    return decrypt_bytes(token.encode()).decode("utf-8", "surrogatepass")


def is_token(value: str) -> bool:
    """True if a value has the shape of a token: backups of earlier versions hold some columns plain."""
    return _TOKEN.fullmatch(value) is not None


def is_under_newest_key(token: str | bytes) -> bool:
    """True if the newest key opens the token."""
    try:
        _keys().newest.decrypt(token)
    except InvalidToken:
        return False
    return True


def blind_indexes(value: str, *, organisation: str) -> tuple[str, ...]:
    """The digests by which an identifier is looked up within its organisation, one per key, the newest first.

    Case and blanks do not count. While keys rotate a row may stand under an older one.
    """
    plain = f"{organisation}:{''.join(value.split()).upper()}".encode()
    return tuple(hmac.new(key, plain, hashlib.sha256).hexdigest() for key in _keys().indexes)


def blind_index(value: str, *, organisation: str) -> str:
    """The digest under the newest key: what is written."""
    return blind_indexes(value, organisation=organisation)[0]


class Sealed(str):
    """A token as the database holds it, from a backup: it is stored as it is."""

    __slots__ = ()


class SealedBytes(bytes):
    """The same of a binary column."""

    __slots__ = ()


class EncryptedField(models.Field):
    """What the encrypted columns share: the database holds a Fernet token; nothing can be looked up by it."""

    raw_field: type[models.Field] = models.TextField
    """The kind of column that holds the token."""

    @abstractmethod
    def seal(self, value: Any) -> Any:
        """The token of a value."""

    @abstractmethod
    def open(self, token: Any) -> Any:
        """The value of a token."""

    def get_internal_type(self) -> str:
        """The column that the database makes."""
        return self.raw_field.__name__

    def get_prep_value(self, value: Any) -> Any:
        """The token."""
        if value is None or (isinstance(value, str | bytes) and not value):
            return value
        if isinstance(value, Sealed):
            return str(value)
        return bytes(value) if isinstance(value, SealedBytes) else self.seal(value)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        """The value again."""
        return value if value is None or value in ("", b"") else self.open(value)


class EncryptedTextField(EncryptedField, models.TextField):
    """Text that the database holds as a token."""

    def seal(self, value: Any) -> Any:
        """The token of a text."""
        return encrypt_text(str(value))

    def open(self, token: Any) -> Any:
        """The text."""
        return decrypt_text(token)


class EncryptedJSONField(EncryptedField):
    """Lists and objects that the database holds as the token of their JSON."""

    def seal(self, value: Any) -> Any:
        """The token of the JSON of a value."""
        return encrypt_text(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")))

    def get_prep_value(self, value: Any) -> Any:
        """The token; an empty text is a value like any other."""
        return self.seal(value) if type(value) is str else super().get_prep_value(value)

    def open(self, token: Any) -> Any:
        """The value."""
        return json.loads(decrypt_text(token))


class EncryptedBinaryField(EncryptedField, models.BinaryField):
    """Bytes that the database holds as a token."""

    raw_field = models.BinaryField

    def seal(self, value: Any) -> Any:
        """The token of bytes."""
        return encrypt_bytes(bytes(value))

    def open(self, token: Any) -> Any:
        """The bytes."""
        return decrypt_bytes(bytes(token))
