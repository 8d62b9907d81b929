"""Everything that Nosology raises, drawn as a tree.

::

    NosologyError               exit code 1   the root; catch this one to catch all
    ├── UsageError              exit code 2   the call cannot be right: unknown option value, wrong combination
    │   ├── UnknownCode         exit code 2   the code stands in no release that was asked
    │   └── NotReady            exit code 2   it cannot be finished as it stands; ``reasons`` say why
    ├── UnreadableInput         exit code 10  the file is empty, binary, too large, broken or of an unknown kind
    │   └── DamagedRelease      exit code 10  a release file is half-built or altered and could not be rebuilt
    ├── ReleaseNotFound         exit code 11  no release of that code set is in force on that date
    ├── NotPermitted            exit code 12  the folder is read-only, the disk is full, or the person may not
    ├── NotFound                exit code 2   there is no such thing, or none for whoever asks (HTTP 404)
    └── StaleVersion            exit code 1   somebody changed it meanwhile: look again, then decide (HTTP 409)

Anything wrong *in a chart, a claim or a remittance* is a :class:`nosology.model.finding.Finding`, never an exception.
A message is one line: what, where, and what to do. It carries ids and file names, never the text of a chart.
"""

from __future__ import annotations

__all__ = [
    "DamagedRelease",
    "NosologyError",
    "NotFound",
    "NotPermitted",
    "NotReady",
    "ReleaseNotFound",
    "StaleVersion",
    "UnknownCode",
    "UnreadableInput",
    "UsageError",
]


class NosologyError(Exception):
    """The root of the tree; ``exit_code`` is what the command line ends with."""

    exit_code = 1


class UsageError(NosologyError):
    """The call itself is wrong; nothing was read or written."""

    exit_code = 2


class UnknownCode(UsageError):
    """The code is in no release that was asked."""


class NotReady(UsageError):
    """It cannot be finished as it stands; ``reasons`` say why, one line each. Nothing was written.

    ``settled_by_reason``: all of them may be accepted, with a reason.
    """

    def __init__(self, reasons: list[str], *, settled_by_reason: bool = False) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)
        self.settled_by_reason = settled_by_reason


class UnreadableInput(NosologyError):
    """The input cannot be read as what it claims to be; nothing was written."""

    exit_code = 10


class DamagedRelease(UnreadableInput):
    """A release file is half-built or altered and could not be rebuilt."""


class ReleaseNotFound(NosologyError):
    """No release of the code set is in force on the date."""

    exit_code = 11


class NotPermitted(NosologyError):
    """The operating system or a role refuses: read-only folder, full disk, missing right."""

    exit_code = 12


class NotFound(NosologyError):
    """There is no such row, or none that whoever asks may know of."""

    exit_code = 2


class StaleVersion(NosologyError):
    """Somebody else changed it since it was shown; nothing was written."""
