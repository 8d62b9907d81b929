"""What every way to a clearinghouse or payer can do: put a file there, say whether it lies there, fetch answers.

A file is first staged under a name that nobody picks up, then released by one atomic rename. So a file is never seen
half-written, and after a crash it can be told whether it was released: that is what sending at most once rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from nosology.errors import UsageError

__all__ = ["STAGED", "Answer", "Clearinghouse", "Place", "check_name"]

STAGED = ".part"
"""What is put behind the name of a file that is not yet released."""


class Place(StrEnum):
    """Where a file is, as far as the outbox tells."""

    STAGED = "staged"
    RELEASED = "released"
    ABSENT = "absent"  # never staged, or released and picked up


@dataclass(frozen=True, slots=True)
class Answer:
    """A file that came from the other side."""

    name: str
    data: bytes


class Clearinghouse(Protocol):
    """A partner that takes files and gives answers. Every method may raise NosologyError with one clear line."""

    def stage(self, name: str, data: bytes) -> None:
        """Write the file under a name that is not picked up; again: anew."""

    def release(self, name: str) -> None:
        """Let the staged file be picked up, in one step."""

    def look(self, name: str) -> Place:
        """Say where the file is."""

    def poll(self) -> Sequence[Answer]:
        """The answers that lie there, by name; they stay until :meth:`take`."""

    def take(self, name: str) -> None:
        """Put an answer away that has been worked."""


def check_name(name: str) -> str:
    """The name, if it is that of a file in the folder itself.

    Raises:
        UsageError: it names another folder.
    """
    if not name or name.startswith(".") or any(mark in name for mark in "/\\\0"):
        raise UsageError("the name of a file for a partner must be a plain name")
    return name
