"""Passwords that are known from leaks are refused, by a list kept on this machine: nothing is asked of the network.

``settings.NOSOLOGY_BREACHED_PASSWORDS`` names Pwned Passwords (haveibeenpwned.com) as its downloader writes it: either
a folder with one file per prefix of five digits (``21BD1.txt``, lines ``SUFFIX:COUNT``) or one file sorted by SHA-1
(lines ``SHA1:COUNT``). The list is of SHA-1 digests because that is how it is published.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

__all__ = ["BreachedPasswordValidator", "is_breached"]

_LONGEST = 128


def is_breached(password: str, where: Path) -> bool:
    """True if the list holds the password.

    Raises:
        OSError: the list cannot be read.
    """
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    if where.is_dir():
        part = where / f"{digest[:5]}.txt"
        if not part.exists():
            return False
        suffix = digest[5:]
        with part.open(encoding="ascii") as lines:
            return any(line.partition(":")[0].strip().upper() == suffix for line in lines)
    return _in_sorted_file(digest.encode(), where)


def _in_sorted_file(digest: bytes, path: Path) -> bool:
    """Bisect a sorted file by bytes: ``low`` always stands at the start of a line."""
    low, high = 0, os.path.getsize(path)
    with path.open("rb") as file:
        while low < high:
            middle = (low + high) // 2
            file.seek(middle)
            if middle:
                file.seek(middle - 1)
                file.readline()  # to the start of a line
            start = file.tell()
            line = file.readline()
            if not line or start >= high:
                high = middle
                continue
            found = line.partition(b":")[0].strip().upper()
            if found == digest:
                return True
            if found < digest:
                low = file.tell()
            else:
                high = middle
    return False


class BreachedPasswordValidator:
    """Refuses what the list holds, and what is longer than 128 characters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a known or an overlong password."""
        if len(password) > _LONGEST:
            raise ValidationError(f"This password is longer than {_LONGEST} characters.", code="password_too_long")
        where = settings.NOSOLOGY_BREACHED_PASSWORDS
        if where and is_breached(password, Path(where)):
            raise ValidationError(
                "This password is in a published list of leaked passwords. Choose another.", code="password_breached"
            )

    def get_help_text(self) -> str:
        """What the page of a new password says."""
        return "Your password can’t be one that is known from a leak."
