"""Where releases live: one folder for the whole installation."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

__all__ = ["data_home", "folder_changed", "releases_changed", "releases_folder"]


# all that the answer rests on, besides NOSOLOGY_HOME
_VARIABLES = ("USERPROFILE", "LOCALAPPDATA") if os.name == "nt" else ("HOME", "XDG_CACHE_HOME")


def data_home() -> Path:
    """The data folder: the environment variable ``NOSOLOGY_HOME``, else the user's cache folder of the platform.

    The folder need not exist yet; nothing is created here.
    """
    named = os.environ.get("NOSOLOGY_HOME")
    return _home(named) if named else _home(None, *map(os.environ.get, _VARIABLES))


@lru_cache(maxsize=8)
def _home(named: str | None, *_others: str | None) -> Path:
    if named and named.strip():
        return Path(named.strip()).expanduser()
    import platformdirs  # only needed, and only imported, where no folder is named

    return Path(platformdirs.user_cache_path("nosology", appauthor=False))


def releases_folder(home: Path | None = None) -> Path:
    """The folder of the release files below ``home`` (default: :func:`data_home`)."""
    return _releases_of(home if home is not None else data_home())


@lru_cache(maxsize=64)
def _releases_of(home: Path) -> Path:
    return home / "releases"


def releases_changed(home: Path) -> int:
    """When a file of the folder of releases below ``home`` was last added or removed, in ns; 0 where there is none."""
    return folder_changed(_releases_of(home))


def folder_changed(folder: Path | str) -> int:
    """When a file of the folder was last added or removed, in ns; 0 where there is no such folder."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0
