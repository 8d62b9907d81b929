"""One release on disk: a read-only SQLite file whose name carries the digest of its own content.

``<system>-<name>-<first 16 hex digits of its SHA-256>.sqlite``: a file under that name was complete when it got there,
and whether it still is can be proved at any time. Because hashing costs time, the last proof is remembered in a small
stamp beside it (size, times, inode); as long as they are unchanged nothing is read.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.errors import NotPermitted

__all__ = [
    "SCHEMA_VERSION",
    "Progress",
    "ReleaseFile",
    "ReleaseSource",
    "connect_read_only",
    "file_sha256",
    "find_release_files",
    "lock_releases",
    "remove_release_file",
    "verify_release_file",
    "write_release",
]

SCHEMA_VERSION = 1
"""Layout of the files; a file with another number is built (or must be installed) anew."""

Progress = Callable[[int, int, str], None]
"""Called as ``progress(done, total, what)``."""

_NAME = re.compile(r"(?P<system>[a-z0-9][a-z0-9-]*?)-(?P<name>\d{4}-\d{2}-\d{2})-(?P<digest>[0-9a-f]{16})\.sqlite")
_REFUSED = {
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.ENOTDIR,
    errno.EEXIST,
    errno.EFBIG,
}


@dataclass(frozen=True, slots=True)
class ReleaseSource:
    """What a release is built from.

    ``fill`` writes the tables and returns the counts; ``digest`` hashes the publication.
    """

    system: str
    effective_from: date
    effective_to: date | None
    source: str
    digest: Callable[[], str]
    fill: Callable[[sqlite3.Connection, Progress], dict[str, int]]
    origin: str = "installed"

    @property
    def name(self) -> str:
        """The name of the release: its first day in force."""
        return self.effective_from.isoformat()


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A release file as its name says; not yet opened, not yet verified."""

    path: Path
    system: str
    name: str
    digest: str

    @property
    def effective_from(self) -> date:
        """First day in force."""
        return date.fromisoformat(self.name)


def find_release_files(folder: Path, system: str | None = None) -> list[ReleaseFile]:
    """The release files in the folder, oldest release first;

    of two of the same release the one written last stands last.
    """
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    found: list[tuple[str, str, int, ReleaseFile]] = []
    for name in names:
        match = _NAME.fullmatch(name)
        if match is None or (system is not None and match["system"] != system):
            continue
        path = folder / name
        try:
            written = path.stat().st_mtime_ns
        except OSError:
            continue
        found.append(
            (match["system"], match["name"], written, ReleaseFile(path, *match.group("system", "name", "digest")))
        )
    return [entry[3] for entry in sorted(found, key=lambda entry: entry[:3])]


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _stamp_path(path: Path) -> Path:
    return path.with_suffix(".stamp")


def _fingerprint(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def verify_release_file(file: ReleaseFile, *, thorough: bool = False) -> bool:
    """True if the file is byte for byte what was written.

    Costs one ``stat`` as long as size, times and inode are those of the last proof; hashes the file otherwise, or
    always when ``thorough``. Where the stamp cannot be written (read-only folder) the next call hashes again.
    """
    stamp = _stamp_path(file.path)
    try:
        now = _fingerprint(file.path)
        if not thorough:
            with contextlib.suppress(OSError, ValueError):
                if json.loads(stamp.read_text("utf-8")) == now:
                    return True
        good = file_sha256(file.path).startswith(file.digest)
    except OSError:
        return False
    if good:
        with contextlib.suppress(OSError):
            partial = stamp.with_suffix(f".{os.getpid()}.tmp")
            partial.write_text(json.dumps(now), "utf-8")
            os.replace(partial, stamp)
    return good


def connect_read_only(path: Path) -> sqlite3.Connection:
    """A connection that can only read and takes no locks, so that it works in a read-only folder too."""
    uri = "file:" + path.resolve().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def remove_release_file(file: ReleaseFile) -> None:
    """Remove a release file and its stamp; what cannot be removed stays."""
    for path in (_stamp_path(file.path), file.path):
        with contextlib.suppress(OSError):
            path.unlink()


def _refusal(error: BaseException, folder: Path) -> NotPermitted | None:
    """The one clear line for an error of the system or of SQLite that means "may not write here", else None."""
    if isinstance(error, sqlite3.OperationalError):
        text = str(error)
        if "full" in text:
            reason = "the disk is full"
        elif "readonly" in text or "unable to open" in text or "disk I/O" in text:
            reason = f"it cannot be written ({text})"
        else:
            return None
    elif isinstance(error, OSError) and error.errno in _REFUSED:
        reason = "the disk is full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else f"{error.strerror}"
    else:
        return None
    return NotPermitted(
        f"cannot write releases to {folder}: {reason}; "
        "free space there or set NOSOLOGY_HOME to a folder that can be written"
    )


@contextlib.contextmanager
def lock_releases(folder: Path, system: str) -> Iterator[None]:
    """Hold the lock under which releases of one system are written; other processes wait for it.

    Raises:
        NotPermitted: the folder cannot be created or written, or the disk is full.
    """
    from filelock import FileLock  # only needed to write, and slow to import

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f".{system}.lock")
        lock.acquire()
    except (OSError, NotImplementedError) as error:
        raise _refusal(error, folder) or NotPermitted(
            f"cannot write releases to {folder}: {error}; set NOSOLOGY_HOME to a folder that can be written"
        ) from error
    try:
        for left in folder.glob(f".{system}-????-??-??.*.tmp"):  # of a process that was killed: we hold the lock
            with contextlib.suppress(OSError):
                left.unlink()
        yield
    finally:
        lock.release()


def write_release(folder: Path, source: ReleaseSource, progress: Progress) -> ReleaseFile:
    """Build the file of a release and put it in place in one step; call it under :func:`lock_releases`.

    Older files of the same release are removed afterwards. On any failure nothing is left behind.

    Raises:
        NotPermitted: read-only folder or full disk.
    """
    partial = folder / f".{source.system}-{source.name}.{os.getpid()}.tmp"
    try:
        _fill_file(partial, source, progress)
        digest = file_sha256(partial)
        file = ReleaseFile(
            folder / f"{source.system}-{source.name}-{digest[:16]}.sqlite", source.system, source.name, digest[:16]
        )
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.chmod(0o444)
        os.replace(partial, file.path)
        _fsync_folder(folder)
    except (OSError, sqlite3.Error) as error:
        refusal = _refusal(error, folder)
        if refusal is None:
            raise
        raise refusal from error
    finally:
        for left in (partial, partial.with_name(partial.name + "-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
    verify_release_file(file)
    for other in find_release_files(folder, source.system):
        if other.name == source.name and other.path != file.path:
            remove_release_file(other)
    return file


def _fill_file(path: Path, source: ReleaseSource, progress: Progress) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
        with _collector_paused():
            counts = source.fill(connection, progress)
        meta = {
            "schema_version": str(SCHEMA_VERSION),
            "system": source.system,
            "name": source.name,
            "effective_from": source.effective_from.isoformat(),
            "effective_to": source.effective_to.isoformat() if source.effective_to else "",
            "source": source.source,
            "sha256": source.digest(),
            "origin": source.origin,
            "counts": json.dumps(counts),
        }
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        connection.execute("COMMIT")
    finally:
        connection.close()


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """A code set is some 100,000 objects that all live to the end: looking for garbage among them doubles the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _fsync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not every platform can
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
