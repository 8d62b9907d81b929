"""The one interface of a verifier, and why a verifier could not answer."""

from __future__ import annotations

from typing import Protocol

from nosology.model.coding import CodedNote

__all__ = ["UnavailableError", "Verifier"]


class Verifier(Protocol):
    """A second reader of a coded note. It may confirm, demote or choose a sibling code; it never adds one."""

    def verify(self, coded: CodedNote) -> CodedNote:
        """Return ``coded`` as the second reader leaves it; unchanged, with a finding, where it could not be asked.

        Never raises for what a chart or an answer holds, nor for a network that fails.
        """
        ...


class UnavailableError(Exception):
    """The endpoint gave no usable answer. The message is ours: it carries no word of a request or of an answer.

    ``status`` is the HTTP status, 0 where there was none; ``retry_after`` is in seconds, None where not told.
    """

    def __init__(self, reason: str, *, status: int = 0, again: bool = False, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.again = again
        self.retry_after = retry_after
