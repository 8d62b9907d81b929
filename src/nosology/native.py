"""Whether the engine runs compiled, and that nobody ever runs what is older than its source.

``make native`` compiles the engine in place (``tools/native.py``) and leaves a list of its sources, each with size and
time. As long as they agree Python finds the compiled modules by itself. Where one has changed since, or where
``NOSOLOGY_PURE`` is set, every module of the package is loaded from its source.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from types import ModuleType

__all__ = ["FromSource", "describe_engine", "is_native", "is_stale", "watch"]

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_MANIFEST = os.path.join(_FOLDER, "native.txt")


class FromSource:
    """Finds the modules of the package by their sources alone; stands before every other finder."""

    def __init__(self) -> None:
        self._folders: dict[str, FileFinder] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where the source of a module below the package stands, None for any other module."""
        if path is None or not name.startswith("nosology."):
            return None
        for folder in path:
            finder = self._folders.get(folder)
            if finder is None:
                finder = self._folders[folder] = FileFinder(folder, (SourceFileLoader, SOURCE_SUFFIXES))
            spec = finder.find_spec(name, target)
            if spec is not None and spec.loader is not None:
                return spec
        return None


def is_stale(manifest: str, folder: str) -> bool:
    """Whether a source that ``manifest`` names is not in ``folder`` as it was when the engine was compiled.

    Also true for the manifest of a build that was broken off.
    """
    try:
        with open(manifest, encoding="utf-8") as file:
            python, *lines = file.read().splitlines()
        if python != sys.implementation.cache_tag:  # compiled for another Python, which alone loads those files
            return False
        for line in lines:
            size, modified, name = line.split(" ", 2)
            stat = os.stat(os.path.join(folder, name))
            if stat.st_mtime_ns != int(modified) or stat.st_size != int(size):
                return True
    except (OSError, ValueError):
        return True
    return False


def watch() -> None:
    """See to it that only fresh compiled modules are loaded, and none where ``NOSOLOGY_PURE`` is set."""
    if os.path.isfile(_MANIFEST) and (os.environ.get("NOSOLOGY_PURE") or is_stale(_MANIFEST, _FOLDER)):
        sys.meta_path.insert(0, FromSource())


def is_native() -> bool:
    """Whether the engine of this process is compiled."""
    from importlib.util import find_spec

    spec = find_spec("nosology.pipeline")
    return spec is not None and not (spec.origin or "").endswith(".py")


def describe_engine() -> str:
    """Return "native" or "interpreted", and why it is the latter where it was compiled."""
    if is_native():
        return "native"
    if not os.path.isfile(_MANIFEST):
        return "interpreted"
    why = "NOSOLOGY_PURE is set" if os.environ.get("NOSOLOGY_PURE") else "sources changed: make native"
    return f"interpreted ({why})"
