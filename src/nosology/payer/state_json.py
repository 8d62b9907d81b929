"""Nouns as JSON and back, by the types of their fields: dataclasses, tuples, amounts, days, enumerations.

Fields that have their default are left out, so that a file stays small and a field added later reads as its default;
so are fields whose name begins with an underscore.
"""

from __future__ import annotations

import sys
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from nosology.errors import UnreadableInput

__all__ = ["from_plain", "to_plain"]

_T = TypeVar("_T")


def to_plain(value: Any) -> Any:
    """The value as dicts, lists, texts and numbers."""
    if value is None or isinstance(value, str | int | float):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [to_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): to_plain(each) for key, each in value.items()}
    made = {}
    kind: Any = type(value)
    for name, default in _defaults(kind):
        found = getattr(value, name)
        if default is MISSING or (found is not default and found != default):
            made[name] = to_plain(found)
    return made


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass that are kept, each with its default."""
    return tuple(
        (
            each.name,
            each.default_factory() if each.default_factory is not MISSING else each.default,
        )
        for each in fields(kind)
        if not each.name.startswith("_")
    )


def from_plain(kind: type[_T], value: Any) -> _T:
    """The dataclass of that kind. Raises UnreadableInput if the value is not of its shape."""
    try:
        return _read(kind, value)  # type: ignore[no-any-return]
    except (TypeError, ValueError, KeyError, AttributeError, ArithmeticError) as error:
        raise UnreadableInput(f"not a {kind.__name__} as it is kept: {type(error).__name__}") from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, vars(sys.modules[kind.__module__]) | {"date": date})


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return _read(next(each for each in get_args(kind) if each is not type(None)), value)
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_read(inner[0], each) for each in value)
        return tuple(_read(each, found) for each, found in zip(inner, value, strict=True))
    if origin is list:
        return [_read(get_args(kind)[0], each) for each in value]
    if origin is dict:
        return {str(key): _read(get_args(kind)[1], each) for key, each in value.items()}
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        return kind(**{name: _read(hints[name], found) for name, found in value.items()})  # type: ignore[operator]
    if kind is Decimal:
        return Decimal(value)
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind in (str, int, bool, float) and not isinstance(value, kind):
        raise TypeError(kind.__name__)
    return value
