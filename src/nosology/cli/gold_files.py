"""Opens gold files and files of decisions for ``nosology evaluate``, with the digests that provenance asks for."""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nosology.coding.decisions import ReviewedChart, read_decisions
from nosology.coding.evaluate import GoldNote, read_gold
from nosology.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    from nosology.coding.judged import JudgedChart

__all__ = ["digest_file", "read_decision_file", "read_gold_file", "read_gold_files", "read_reading_file"]


def read_gold_files(names: Sequence[str], scope: str | None, limit: int | None = None) -> list[GoldNote]:
    """Return the notes of all files, the first ``limit`` of them.

    Raises UnreadableInput for a file without a note or with a bad line, UsageError where two files have a note of one
    id.
    """
    notes: list[GoldNote] = []
    files: dict[str, str] = {}
    for name in names:
        found = list(read_gold_file(name, scope, None if limit is None else max(limit - len(notes), 1)))
        if not found:
            raise UnreadableInput(f"{name}: holds no note; a gold file has one JSON object on each line")
        for note in found:
            if files.setdefault(note.id, name) != name:
                raise UsageError(f"{files[note.id]} and {name} both have a note {note.id}; measure them one by one")
        notes += found
    return notes[:limit]


def read_gold_file(name: str, scope: str | None, limit: int | None) -> Iterator[GoldNote]:
    """Yield the records of the file, - for stdin. Raises UnreadableInput with the number of the first bad line."""
    number = 0
    try:
        with ExitStack() as stack:
            if name == "-":
                lines: Any = sys.stdin.buffer
            else:
                opener: Any = gzip.open if name.endswith(".gz") else open
                lines = stack.enter_context(opener(name, "rb"))
            found = 0
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                where = f"{name}, line {number}"
                try:
                    record = json.loads(line.decode("utf-8"))
                except UnicodeDecodeError:
                    raise UnreadableInput(f"{where}: not UTF-8 text") from None
                except (ValueError, RecursionError):
                    raise UnreadableInput(f"{where}: not JSON") from None
                yield read_gold(record, where=where, scope=scope)
                found += 1
                if found == limit:
                    return
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise UnreadableInput(f"{name}, after line {number}: the gzip file is broken or cut off") from None
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise UnreadableInput(f"{name}: {(error.strerror or 'cannot be read').lower()}") from None


def read_decision_file(path: Path) -> tuple[ReviewedChart, ...]:
    """Return the charts of a file of decisions. Raises UnreadableInput with the number of the first bad line."""
    from nosology.notes.read import read_document

    def read_text(name: str) -> str:
        try:
            return read_document(path.parent / name, name=name).text
        except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
            raise UnreadableInput(f"{name}: {(error.strerror or 'cannot be read').lower()}") from None

    return read_decisions(_read_bytes(path).splitlines(), where=str(path), read_text=read_text)


def read_reading_file(path: Path) -> list[JudgedChart]:
    """Return the charts of a file of kept readings. Raises UnreadableInput with the number of the first bad line."""
    from nosology.coding.readings import read_readings

    return read_readings(_read_bytes(path).splitlines(), where=str(path))


def digest_file(path: Path) -> str:
    """Return the sha256 of the file as it lies on the disk, in hexadecimal digits. Raises UnreadableInput."""
    return hashlib.sha256(_read_bytes(path)).hexdigest()


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise UnreadableInput(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
