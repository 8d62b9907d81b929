"""The call into ``msdrg``'s native grouper: one JSON text in, one JSON text out.

The only module that touches the package's code. Its Python wrapper is passed by for three reasons: it raises on POA
values that the official program groups (``1``, ``E``, invalid), it has no quick path for many claims, and its
``__del__`` warns at exit. The wrapper still opens and closes the native context; ``atexit`` closes it, so that
nothing is left to ``__del__``.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from nosology.errors import UnreadableInput

__all__ = ["NativeClaim", "NativeGrouper", "open_grouper"]

_SEX = {"M": 0, "F": 1}
_HOSPITAL = {"non_exempt": "NOT_EXEMPT", "exempt": "EXEMPT", "unknown": "UNKNOWN"}


@dataclass(frozen=True, slots=True)
class NativeClaim:
    """What the native grouper is told. Codes are upper case; ``poa`` is one character, blank if none was reported."""

    version: int
    age: int
    sex: str
    discharge_status: int
    poa_reporting: str
    principal: tuple[str, str]
    secondary: Sequence[tuple[str, str]]
    procedures: Sequence[str]
    admitting: str = ""

    def to_json(self) -> bytes:
        """The request; codes hold only characters that JSON needs not escape (the adapter sees to it)."""
        admitting = f'"admit_dx":{{"code":"{self.admitting}"}},' if self.admitting else ""
        secondary = ",".join([f'{{"code":"{code}","poa":"{poa}"}}' for code, poa in self.secondary])
        procedures = ",".join([f'{{"code":"{code}"}}' for code in self.procedures])
        return (
            f'{{"version":{self.version},"age":{self.age},"sex":{_SEX.get(self.sex, 2)},'
            f'"discharge_status":{self.discharge_status},"hospital_status":"{_HOSPITAL[self.poa_reporting]}",{admitting}'
            f'"pdx":{{"code":"{self.principal[0]}","poa":"{self.principal[1]}"}},'
            f'"sdx":[{secondary}],"procedures":[{procedures}]}}'
        ).encode("ascii")


class NativeGrouper:
    """An open native context. Safe to share between threads; the native code lets other threads run."""

    def __init__(self) -> None:
        try:
            from msdrg import MsdrgGrouper

            self._grouper: Any = MsdrgGrouper()
        except (ImportError, OSError, RuntimeError) as error:
            raise UnreadableInput("msdrg: the native grouper cannot be loaded; reinstall the msdrg package") from error
        self._call = self._grouper.lib.msdrg_group_json
        self._free = self._grouper.lib.msdrg_string_free

    def group(self, claim: NativeClaim) -> dict[str, Any]:
        """The native result of one claim, as the library words it.

        Raises:
            UnreadableInput: the library gave nothing back (a version that it does not know).
        """
        pointer = self._call(self._grouper.ctx, claim.to_json())
        if not pointer:
            raise UnreadableInput(f"msdrg: no result for grouper version {claim.version}; install msdrg 1.2 or newer")
        try:
            text = ctypes.string_at(pointer)
        finally:
            self._free(pointer)
        result: dict[str, Any] = json.loads(text)
        return result

    def close(self) -> None:
        """Free the native context; closing twice does nothing."""
        self._grouper.close()


_lock = Lock()
_open: dict[int, NativeGrouper] = {}


def open_grouper() -> NativeGrouper:
    """The native grouper of this process, opened on first use and closed at exit."""
    process = os.getpid()
    grouper = _open.get(process)
    if grouper is None:
        with _lock:
            grouper = _open.get(process)
            if grouper is None:
                grouper = NativeGrouper()
                _open[process] = grouper
                atexit.register(grouper.close)
    return grouper
