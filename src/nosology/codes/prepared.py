"""Files of the package that take long to read (YAML, long lists), kept in the data folder in the form they end up in.

The first process reads them and leaves the result behind; the others only load it. The name of the kept file holds the
digest of everything it was made from, so that it is never stale. Where the folder cannot be written nothing is kept.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import marshal
import os
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from nosology.codes.home import data_home

__all__ = ["Remembered", "prepare", "read_yaml"]

_COMPILED = (".so", ".pyd")


def prepare(name: str, sources: Sequence[Path], make: Callable[[], Any]) -> Any:
    """Return what ``make`` returns, made only once for the present contents of ``sources``.

    ``make`` reads the sources and returns dicts, lists, tuples, strings and numbers. Among the sources stands the
    module of ``make`` itself, so that a change of the code counts too.
    """
    path = _path(name, sources)
    kept = _load(path)
    if kept is None:
        kept = make()
        _keep(path, marshal.dumps(kept))
    return kept


class Remembered:
    """Answers to short questions of the package itself, worked out once and kept for the processes to come.

    ``answer`` takes a string that stands in the package (never one of a chart) and returns what marshal can write;
    ``sources`` are the modules that it rests on. What is new is written when the process ends.
    """

    def __init__(self, name: str, sources: Sequence[Path], answer: Callable[[str], Any]) -> None:
        self._name, self._sources, self._answer = name, sources, answer
        self._known: dict[str, Any] | None = None
        self._new = False

    def __call__(self, question: str) -> Any:
        """Return the answer, kept or worked out."""
        if self._known is None:
            self._known = _load(_path(self._name, self._sources)) or {}
        if question not in self._known:
            self._known[question] = self._answer(question)
            if not self._new:
                self._new = True
                atexit.register(self.keep)
        return self._known[question]

    def keep(self) -> None:
        """Write what is known beside what other processes have written by now."""
        with contextlib.suppress(OSError):
            path = _path(self._name, self._sources)
            _keep(path, marshal.dumps({**(_load(path) or {}), **(self._known or {})}))


def _path(name: str, sources: Sequence[Path]) -> Path:
    digest = hashlib.sha256(f"{sys.version_info[:2]}|{marshal.version}".encode())
    for source in map(_written, sources):
        digest.update(source.name.encode() + source.read_bytes())
    return data_home() / "prepared" / f"{name}-{digest.hexdigest()[:16]}.bin"


def _written(source: Path) -> Path:
    """The file that somebody has written: of a compiled module, which says nothing of itself, the source beside it."""
    return source.with_name(f"{source.name.split('.', 1)[0]}.py") if source.suffix in _COMPILED else source


def _load(path: Path) -> Any:
    """Return what was kept, None if it is not there or damaged."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        data = path.read_bytes()
        if int.from_bytes(data[:4], "big") == zlib.crc32(data[4:]):
            return marshal.loads(data[4:])
    return None


def _keep(path: Path, data: bytes) -> None:
    partial = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(zlib.crc32(data).to_bytes(4, "big") + data)
        os.replace(partial, path)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink()


def read_yaml(text: str) -> Any:
    """Return what a YAML text of the package says, dates as they are written. Raises ValueError."""
    import yaml  # slow to import, and only needed where nothing is kept yet

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        yaml_implicit_resolvers = {  # noqa: RUF012
            first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
            for first, known in base.yaml_implicit_resolvers.items()
        }

    try:
        return yaml.load(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise ValueError(f"no YAML: {type(error).__name__}") from error
