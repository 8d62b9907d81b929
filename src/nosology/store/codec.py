"""Frozen dataclasses ↔ JSON, by their fields: what is stored of claims and remittances can be read by anything.

Amounts are texts (exact), dates ISO, enums their value. Fields that equal their default are left out; fields that a
later version has added take their default.
"""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

__all__ = ["from_json", "to_json"]

_Noun = TypeVar("_Noun")


def to_json(noun: object) -> str:
    """The noun as JSON text."""
    return json.dumps(_plain(noun), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[_Noun], text: str) -> _Noun:
    """The noun of that kind that the text tells.

    Raises:
        KeyError, TypeError, ValueError: the text is none of ours.
    """
    found: _Noun = _read(kind, json.loads(text))
    return found


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int) or type(value) is str:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {
            each.name: _plain(found) for each in fields(value) if (found := getattr(value, each.name)) != _default(each)
        }
    raise TypeError(f"{type(value).__name__} cannot be stored")


def _default(each: Field[Any]) -> Any:
    return each.default if each.default is not MISSING else MISSING


@cache
def _kinds(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _read(next(each for each in get_args(kind) if each is not type(None)), value)
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is ...:
            return tuple(_read(inner[0], each) for each in value)
        return tuple(_read(each, part) for each, part in zip(inner, value, strict=True))
    if kind is Decimal:
        return Decimal(value)
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if is_dataclass(kind):
        hints = _kinds(kind)  # type: ignore[arg-type]
        return kind(**{name: _read(hints[name], each) for name, each in value.items() if name in hints})  # type: ignore[operator]
    return value
