"""A clearinghouse behind two folders: what lies in the outbox is picked up by its own software."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from nosology.clearinghouse.interface import STAGED, Answer, Place, check_name

__all__ = ["FolderDrop"]


class FolderDrop:
    """Files are written to ``outbox``; answers are found in ``inbox`` and moved to its folder ``done`` when worked."""

    def __init__(self, outbox: Path | str, inbox: Path | str | None = None) -> None:
        self.outbox = Path(outbox)
        self.inbox = Path(inbox) if inbox is not None else None

    def stage(self, name: str, data: bytes) -> None:
        """Write the file beside its later name and force it to the disk."""
        self.outbox.mkdir(parents=True, exist_ok=True)
        with open(self.outbox / (check_name(name) + STAGED), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _sync(self.outbox)

    def release(self, name: str) -> None:
        """Give the staged file its name."""
        os.replace(self.outbox / (check_name(name) + STAGED), self.outbox / name)
        _sync(self.outbox)

    def look(self, name: str) -> Place:
        """Say where the file is."""
        if (self.outbox / check_name(name)).exists():
            return Place.RELEASED
        return Place.STAGED if (self.outbox / (name + STAGED)).exists() else Place.ABSENT

    def poll(self) -> Sequence[Answer]:
        """The files of the inbox, by name, without those still being written."""
        if self.inbox is None or not self.inbox.is_dir():
            return ()
        files = sorted(path for path in self.inbox.iterdir() if path.is_file() and not path.name.endswith(STAGED))
        return tuple(Answer(path.name, path.read_bytes()) for path in files if not path.name.startswith("."))

    def take(self, name: str) -> None:
        """Move an answer to the folder ``done``; a second one of that name gets a number."""
        if self.inbox is None:
            return
        done = self.inbox / "done"
        done.mkdir(exist_ok=True)
        target, number = done / check_name(name), 1
        while target.exists():
            number += 1
            target = done / f"{name}.{number}"
        os.replace(self.inbox / name, target)


def _sync(folder: Path) -> None:
    """Force the names of a folder to the disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # a system without open folders
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
