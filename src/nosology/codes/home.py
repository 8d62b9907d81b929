"""Where releases live: one folder for the whole installation."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

__all__ = ["data_home", "releases_folder"]


def data_home() -> Path:
    """The data folder: the environment variable ``NOSOLOGY_HOME``, else the user's cache folder of the platform.

    The folder need not exist yet; nothing is created here.
    """
    named = os.environ.get("NOSOLOGY_HOME", "").strip()
    return Path(named).expanduser() if named else Path(platformdirs.user_cache_path("nosology", appauthor=False))


def releases_folder(home: Path | None = None) -> Path:
    """The folder of the release files below ``home`` (default: :func:`data_home`)."""
    return (home if home is not None else data_home()) / "releases"
