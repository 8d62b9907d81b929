"""A file that a stranger sent is read in a process of its own, with limits on time and memory.

Whatever such a file does to the library that reads it (endless loops, gigabytes unpacked, a crash), it does there.
"""

from __future__ import annotations

import json
import subprocess
import sys

from nosology.errors import UnreadableInput
from nosology.model.note import Document

__all__ = ["MOST_MEMORY", "MOST_SECONDS", "main", "read_apart"]

MOST_SECONDS = 60
"""How long a file may take to be read."""

MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes of memory that its reader may use."""


def read_apart(data: bytes, *, name: str, seconds: int = MOST_SECONDS) -> Document:
    """Return :func:`nosology.notes.read.read_document` of ``data``, read in another process.

    Raises UnreadableInput, in one line, for what that function refuses and for a file that takes too long or too much
    memory.
    """
    command = [sys.executable, "-m", "nosology.notes.read_apart", str(seconds)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds + 5, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadableInput(f"{name}: takes longer than {seconds} seconds to read; save it as plain text") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise UnreadableInput(
            f"{name}: cannot be read within {seconds} seconds and {MOST_MEMORY >> 20} MB; save it as plain text"
        ) from None
    if "refused" in answer:
        raise UnreadableInput(f"{name}: {answer['refused']}")
    return Document(id=name, text=answer["text"], sha256=answer["sha256"], media_type=answer["media_type"])


def main() -> None:
    """The other process: bytes on standard input, a JSON object on standard output."""
    seconds = int(sys.argv[1])
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    except ImportError:  # not on Windows: there the limit of time alone holds
        pass
    from nosology.notes.read import read_document

    data = sys.stdin.buffer.read()
    try:
        document = read_document(data, name="document")
        answer = {"text": document.text, "sha256": document.sha256, "media_type": document.media_type}
    except UnreadableInput as error:
        answer = {"refused": str(error).removeprefix("document: ")}
    except MemoryError:
        answer = {"refused": f"needs more than {MOST_MEMORY >> 20} MB to read; save it as plain text"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
