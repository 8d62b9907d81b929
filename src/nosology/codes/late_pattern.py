"""Patterns of a module that are compiled when they are first tried: most charts need few of them."""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["late_pattern"]

_SAME = (
    "findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "pattern", "scanner", "search",
    "split", "sub", "subn",
)  # fmt: skip


class _Late:
    """A pattern not compiled yet; from the first use on it has the methods of the compiled one as its own."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._asked = (pattern, flags)

    def __getattr__(self, name: str) -> Any:  # only called for what is not there yet
        if name not in _SAME:
            raise AttributeError(name)
        compiled = re.compile(*self._asked)
        self.__dict__.update({each: getattr(compiled, each) for each in _SAME})
        self.__class__ = _Compiled  # type: ignore[assignment]
        return self.__dict__[name]


class _Compiled:
    """What a pattern becomes once it was compiled: without a hook, its methods are found sooner."""


def late_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(pattern, flags)``, put off until a method of it is first asked for.

    For the patterns of a module that a process imports and may never try. Not where the pattern itself is compared or
    handed to the functions of ``re``: ``match.re`` is the compiled one.

    >>> late_pattern(r"(?P<n>[0-9]+) mg").search("25 mg")["n"]
    '25'
    """
    return cast("re.Pattern[str]", _Late(pattern, flags))
