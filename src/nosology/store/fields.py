"""Columns that are encrypted at rest, and the blind index by which an identifier is found without being readable.

Keys: the file ``settings.NOSOLOGY_KEYS_FILE`` (read anew when it changes, so that running servers follow a rotation);
without it ``settings.NOSOLOGY_FIELD_KEYS``: Fernet keys, the first encrypts, every one decrypts. The index has its own
key, ``settings.NOSOLOGY_INDEX_KEY`` (HMAC-SHA256 of the normalised value).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

from nosology.errors import NosologyError

__all__ = ["EncryptedTextField", "Sealed", "blind_index", "decrypt_text", "encrypt_text", "is_under_newest_key"]

_held: dict[object, list[Fernet]] = {}


def _fernets() -> list[Fernet]:
    path: Path | None = getattr(settings, "NOSOLOGY_KEYS_FILE", None)
    if path is None or not path.exists():
        state: object = tuple(settings.NOSOLOGY_FIELD_KEYS)
    else:
        found = path.stat()
        state = (str(path), found.st_mtime_ns, found.st_ino)
    if state not in _held:
        texts = (
            json.loads(path.read_text("utf-8"))["fields"]
            if path is not None and path.exists()
            else settings.NOSOLOGY_FIELD_KEYS
        )
        _held.clear()
        _held[state] = [Fernet(key) for key in texts]
    return _held[state]


def encrypt_text(text: str) -> str:
    """The Fernet token (AES-128-CBC with HMAC-SHA256) of a text, under the newest key."""
    return _fernets()[0].encrypt(text.encode()).decode()


def decrypt_text(token: str) -> str:
    """The text of a token.

    Raises:
        NosologyError: no key of the server opens it.
    """
    try:
        return MultiFernet(_fernets()).decrypt(token.encode()).decode()
    except InvalidToken:
        raise NosologyError("an encrypted column cannot be read: its key is not among the server's keys") from None


def is_under_newest_key(token: str) -> bool:
    """True if the newest key opens the token."""
    try:
        _fernets()[0].decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def blind_index(value: str, *, organisation: str) -> str:
    """A digest by which an identifier can be looked up within its organisation (case and blanks do not count)."""
    plain = "".join(value.split()).upper()
    key = settings.NOSOLOGY_INDEX_KEY.encode()
    return hmac.new(key, f"{organisation}:{plain}".encode(), hashlib.sha256).hexdigest()


class Sealed(str):
    """A token as the database holds it, from a backup: it is stored as it is."""

    __slots__ = ()


class EncryptedTextField(models.TextField):
    """Text that the database holds as a Fernet token."""

    def get_prep_value(self, value: Any) -> Any:
        """The token."""
        if value is None or value == "":
            return value
        return str(value) if isinstance(value, Sealed) else encrypt_text(str(value))

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        """The text again."""
        return value if value is None or value == "" else decrypt_text(value)
