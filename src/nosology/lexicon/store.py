"""Opens the compiled lexicon of a release, compiling it into the data folder on first use."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nosology.codes.home import data_home
from nosology.errors import NotPermitted
from nosology.lexicon.books import book_terms, books_digest
from nosology.lexicon.compile import Progress, compile_lexicon, vocabulary_digest
from nosology.lexicon.lexicon import Lexicon

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["open_lexicon"]

_OPEN: dict[str, Lexicon] = {}


def open_lexicon(
    icd: Icd10cm, *, on: date | None = None, home: Path | None = None, progress: Progress | None = None
) -> Lexicon:
    """Return the lexicon of the release behind ``icd`` and of the books installed for the date.

    It is compiled once, then read from the data folder.

    Where the folder cannot be written the lexicon is compiled in memory. A damaged file is compiled anew.
    """
    books = books_digest(on, home)
    own = hashlib.sha256(f"{vocabulary_digest()}|{books}".encode()).hexdigest()
    key = f"{icd.release.system}-{icd.release.name}-{icd.release.sha256[:12]}-{own[:12]}"
    if key in _OPEN:
        return _OPEN[key]
    path = (home or data_home()) / "lexicon" / f"{key}.bin"
    lexicon = _read(path)
    if lexicon is None:
        lexicon = _build(path, icd, on, home, progress)
    lexicon.digest = own
    _OPEN[key] = lexicon
    return lexicon


def _read(path: Path) -> Lexicon | None:
    try:
        data = memoryview(path.read_bytes())
    except OSError:
        return None
    if len(data) < 8 or int.from_bytes(data[:4], "big") != zlib.crc32(data[4:]):
        return None
    return Lexicon(data[4:])


def _build(path: Path, icd: Icd10cm, on: date | None, home: Path | None, progress: Progress | None) -> Lexicon:
    from filelock import FileLock  # only needed to write, and slow to import

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(path) + ".lock")
        with lock:
            lexicon = _read(path)
            if lexicon is not None:
                return lexicon
            compiled = compile_lexicon(icd, book_terms(icd, on, home), progress)
            _write(path, zlib.crc32(compiled).to_bytes(4, "big") + compiled)
            return Lexicon(compiled)
    except PermissionError:
        return Lexicon(compile_lexicon(icd, book_terms(icd, on, home), progress))


def _write(path: Path, data: bytes) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise NotPermitted(f"cannot write {path}: {error.strerror}; free space or set NOSOLOGY_HOME") from error
