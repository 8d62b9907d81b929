"""The server's keys: one file in the data folder that only its owner may read, made on first use."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from nosology.errors import UnreadableInput

__all__ = ["Keys", "read_keys"]


@dataclass(frozen=True, slots=True)
class Keys:
    """``fields``: the first encrypts, all decrypt. ``secret`` signs cookies and links; older ones still verify."""

    secret: str
    older_secrets: tuple[str, ...]
    fields: tuple[str, ...]
    index: str


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
        return Keys(held["secret"], tuple(held["older_secrets"]), tuple(held["fields"]), held["index"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInput(f"{path}: the server's keys cannot be read; restore the file from a backup") from error


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = {
        "secret": secrets.token_urlsafe(64),
        "older_secrets": [],
        "fields": [Fernet.generate_key().decode()],
        "index": secrets.token_urlsafe(48),
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
