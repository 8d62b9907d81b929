"""Where releases live: one folder for the whole installation."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["data_home", "releases_folder"]


def data_home() -> Path:
    """The data folder: the environment variable ``NOSOLOGY_HOME``, else the user's cache folder of the platform.

    The folder need not exist yet; nothing is created here.
    """
    named = os.environ.get("NOSOLOGY_HOME", "").strip()
    if named:
        return Path(named).expanduser()
    import platformdirs  # only needed, and only imported, where no folder is named

    return Path(platformdirs.user_cache_path("nosology", appauthor=False))


def releases_folder(home: Path | None = None) -> Path:
    """The folder of the release files below ``home`` (default: :func:`data_home`)."""
    return (home if home is not None else data_home()) / "releases"
