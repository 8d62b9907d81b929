"""Columns that are encrypted at rest, and the blind index by which an identifier is found without being readable.

Keys: ``settings.NOSOLOGY_FIELD_KEYS`` (Fernet keys, the first encrypts, every one decrypts: so keys rotate) and
``settings.NOSOLOGY_INDEX_KEY`` (HMAC-SHA256 of the normalised value).
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

from nosology.errors import NosologyError

__all__ = ["EncryptedTextField", "blind_index"]


def _ring() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.NOSOLOGY_FIELD_KEYS])


def blind_index(value: str, *, organisation: str) -> str:
    """A digest by which an identifier can be looked up within its organisation (case and blanks do not count)."""
    plain = "".join(value.split()).upper()
    key = settings.NOSOLOGY_INDEX_KEY.encode()
    return hmac.new(key, f"{organisation}:{plain}".encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that the database holds as a Fernet token (AES-128-CBC with HMAC-SHA256)."""

    def get_prep_value(self, value: Any) -> Any:
        """The token."""
        if value is None or value == "":
            return value
        return _ring().encrypt(str(value).encode()).decode()

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        """The text again."""
        if value is None or value == "":
            return value
        try:
            return _ring().decrypt(value.encode()).decode()
        except InvalidToken:
            raise NosologyError("an encrypted column cannot be read: its key is not among the server's keys") from None
