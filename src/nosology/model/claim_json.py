"""Claim ↔ JSON: the shape of ``nosology x12 read``, and of a claim for ``nosology check``.

The keys are the names of the fields of :class:`nosology.model.claim.Claim` and its parts; empty fields are left out.
Amounts and other decimal numbers are texts ("120.00"), so that no cent is lost; days are YYYY-MM-DD. Reading takes
numbers as well, is strict about types and passes over fields it does not know.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from nosology.errors import UnreadableInput
from nosology.model.claim import Claim
from nosology.model.json_fields import kind_of

__all__ = ["claim_to_json", "is_claim", "read_claim", "read_part", "to_json"]

_T = TypeVar("_T")
_Read = Callable[[Any, str], Any]


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """Return the claim as a JSON object."""
    found: dict[str, Any] = to_json(claim)
    return found


def read_claim(data: object) -> Claim:
    """Return the claim that a parsed JSON object describes, or holds under "claim" as ``nosology x12 read`` writes it.

    Raises:
        UnreadableInput: it is not an object, a field is missing or has the wrong type. One line, with its name.
    """
    return read_part(Claim, _unwrapped(data))


def is_claim(data: object) -> bool:
    """Whether parsed JSON is meant as a claim (an encounter has neither form nor billing provider)."""
    found = _unwrapped(data)
    return isinstance(found, Mapping) and "form" in found and "billing" in found


def _unwrapped(data: object) -> object:
    return data["claim"] if isinstance(data, Mapping) and "claim" in data and "form" not in data else data


def to_json(value: Any) -> Any:
    """Return a noun of the model, or what its fields hold, as JSON; fields as empty as their default are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {}
        for name, default in _defaults(type(value)):
            held = getattr(value, name)
            if held != default:
                found[name] = to_json(held)
        return found
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_json(each) for each in value]
    return value


_NOTHING = object()


@lru_cache(maxsize=256)
def _defaults(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (each.name, _NOTHING if each.default is dataclasses.MISSING else each.default)
        for each in dataclasses.fields(kind)
    )


def read_part(kind: type[_T], data: object, path: str = "") -> _T:
    """Return a noun of the model from a parsed JSON object; ``path`` stands before names in messages.

    Raises:
        UnreadableInput: it is not an object, a field is missing or has the wrong type.
    """
    if not isinstance(data, Mapping):
        raise UnreadableInput(f"{path or kind.__name__.lower()}: must be an object, not {kind_of(data)}")
    before = f"{path}." if path else ""
    found = {}
    fields: Any = _fields  # a class is hashable, which its type does not say
    for name, read, required in fields(kind):
        held = data.get(name)
        if held is not None:
            found[name] = read(held, before + name)
        elif required:
            raise UnreadableInput(f"{before}{name}: is missing")
        elif required is None:
            found[name] = None
    return kind(**found)


@lru_cache(maxsize=256)
def _fields(kind: type[Any]) -> tuple[tuple[str, _Read, bool | None], ...]:
    """Name and reader of each field, and whether it is required; None if it is, but may be null."""
    hints = get_type_hints(kind)
    found = []
    for each in dataclasses.fields(kind):
        hint = hints[each.name]
        required = None if _optional(hint) else True
        found.append((each.name, _reader(hint), required if each.default is dataclasses.MISSING else False))
    return tuple(found)


def _optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint)


def _reader(hint: Any) -> _Read:
    if _optional(hint):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        return _reader(inner)
    if get_origin(hint) is tuple:
        return _tuple_reader(get_args(hint))
    if dataclasses.is_dataclass(hint):
        kind: Any = hint
        return lambda held, path: read_part(kind, held, path)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice_reader(hint)
    plain: dict[Any, _Read] = {str: _text, bool: _flag, int: _integer, Decimal: _decimal, date: _day}
    return plain[hint]


def _tuple_reader(inner: tuple[Any, ...]) -> _Read:
    if inner[-1] is Ellipsis:
        each_reader = _reader(inner[0])

        def read_all(held: Any, path: str) -> tuple[Any, ...]:
            return tuple(each_reader(each, f"{path}[{at}]") for at, each in enumerate(_items(held, path)))

        return read_all
    readers = [_reader(each) for each in inner]

    def read_each(held: Any, path: str) -> tuple[Any, ...]:
        found = _items(held, path)
        if len(found) != len(readers):
            raise UnreadableInput(f"{path}: must have {len(readers)} items, not {len(found)}")
        return tuple(read(each, f"{path}[{at}]") for at, (read, each) in enumerate(zip(readers, found, strict=True)))

    return read_each


def _choice_reader(kind: type[StrEnum]) -> _Read:
    def read(held: Any, path: str) -> StrEnum:
        try:
            return kind(held)
        except ValueError:
            raise UnreadableInput(f"{path}: must be one of {', '.join(kind)}") from None

    return read


def _items(held: Any, path: str) -> list[Any]:
    if not isinstance(held, list | tuple):
        raise _wrong(path, "a list", held)
    return list(held)


def _text(held: Any, path: str) -> str:
    if not isinstance(held, str):
        raise _wrong(path, "text", held)
    return held


def _flag(held: Any, path: str) -> bool:
    if not isinstance(held, bool):
        raise _wrong(path, "true or false", held)
    return held


def _integer(held: Any, path: str) -> int:
    if isinstance(held, bool) or not isinstance(held, int):
        raise _wrong(path, "a whole number", held)
    return held


def _decimal(held: Any, path: str) -> Decimal:
    if isinstance(held, bool) or not isinstance(held, int | float | str | Decimal):
        raise _wrong(path, "a number", held)
    try:
        found = Decimal(str(held))
    except InvalidOperation:
        raise _wrong(path, "a number", held) from None
    if not found.is_finite():
        raise _wrong(path, "a finite number", held)
    return found


def _day(held: Any, path: str) -> date:
    try:
        return date.fromisoformat(_text(held, path))
    except ValueError:
        raise UnreadableInput(f"{path}: must be a date YYYY-MM-DD") from None


def _wrong(path: str, wanted: str, held: object) -> UnreadableInput:
    return UnreadableInput(f"{path}: must be {wanted}, not {kind_of(held)}")
