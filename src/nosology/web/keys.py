"""The server's keys: one file in the data folder that only its owner may read, made on first use."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from filelock import FileLock

from nosology.errors import UnreadableInput

__all__ = ["Keys", "add_keys", "read_keys", "retire_keys"]


@dataclass(frozen=True, slots=True)
class Keys:
    """``fields``: the first encrypts, all decrypt. ``indexes``: the first writes the blind index, all find.

    ``secret`` signs cookies and links; older ones still verify.
    """

    secret: str
    older_secrets: tuple[str, ...]
    fields: tuple[str, ...]
    indexes: tuple[str, ...]


def read_keys(home: Path) -> Keys:
    """The keys of the data folder.

    Raises:
        UnreadableInput: the file is damaged.
    """
    path = home / "keys.json"
    if not path.exists():
        _make(path)
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        indexes = (held["index"], *held.get("older_indexes", ()))
        return Keys(held["secret"], tuple(held["older_secrets"]), tuple(held["fields"]), indexes)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInput(f"{path}: the server's keys cannot be read; restore the file from a backup") from error


def add_keys(home: Path) -> None:
    """New keys of columns and of the index before the others, and a new secret; the old ones still open and verify."""

    def change(held: dict[str, Any]) -> None:
        held["fields"] = [Fernet.generate_key().decode(), *held["fields"]]
        held["older_indexes"] = [held["index"], *held.get("older_indexes", ())]
        held["index"] = secrets.token_urlsafe(48)
        held["older_secrets"] = [held["secret"], *held["older_secrets"]]
        held["secret"] = secrets.token_urlsafe(64)

    _change(home, change)


def retire_keys(home: Path) -> int:
    """Take all but the newest away; how many keys of columns that were. What only they open cannot be read any more."""
    gone = 0

    def change(held: dict[str, Any]) -> None:
        nonlocal gone
        gone = len(held["fields"]) - 1
        held["fields"], held["older_secrets"], held["older_indexes"] = held["fields"][:1], [], []

    _change(home, change)
    return gone


def _change(home: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = home / "keys.json"
    with FileLock(f"{path}.lock"):
        read_keys(home)
        held = json.loads(path.read_text(encoding="utf-8"))
        change(held)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(held, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = {
        "secret": secrets.token_urlsafe(64),
        "older_secrets": [],
        "fields": [Fernet.generate_key().decode()],
        "index": secrets.token_urlsafe(48),
        "older_indexes": [],
    }
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(fresh, file, indent=1)
    try:
        os.link(draft, path)  # whoever comes second keeps the keys of the first
    except FileExistsError:
        pass
    finally:
        draft.unlink()
