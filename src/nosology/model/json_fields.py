"""The fields of a parsed JSON object, each read as one type, with messages that name the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from nosology.errors import UnreadableInput, UsageError

__all__ = ["Fields", "kind_of", "show_value"]


class Fields:
    """The fields of one object, each read as one type; ``path`` stands before the name in messages."""

    def __init__(self, data: Mapping[Any, Any], path: str) -> None:
        self._data = data
        self._path = path

    def value(self, name: str) -> Any:
        """The value as it was parsed; None if absent."""
        return self._data.get(name)

    def has(self, names: frozenset[str]) -> bool:
        """True if any of the fields is there."""
        return not names.isdisjoint(self._data)

    def where(self, name: str) -> str:
        """The path of a field from the root."""
        return self._path + name

    def choice(self, name: str, allowed: Sequence[str], default: str = "") -> str:
        """A text of a closed set, in capitals; absent is the default. Raises UsageError for any other."""
        found = self.identifier(name).strip().upper() or default
        if found and found not in allowed:
            raise UsageError(f"{self._path}{name}: {show_value(found)} is none of {', '.join(allowed)}")
        return found

    def optional_decimal(self, name: str) -> Decimal | None:
        """A number, None if absent."""
        return None if self._data.get(name) is None else self.decimal(name, Decimal(0))

    def object(self, name: str) -> Fields | None:
        """The object of that name, None if absent."""
        found = self._data.get(name)
        if found is None:
            return None
        if not isinstance(found, Mapping):
            raise self._wrong(name, "an object")
        return Fields(found, f"{self._path}{name}.")

    def _wrong(self, name: str, wanted: str) -> UnreadableInput:
        return UnreadableInput(f"{self._path}{name}: must be {wanted}, not {kind_of(self._data.get(name))}")

    def text(self, name: str, default: str) -> str:
        """A text; None and absent are the default."""
        found = self._data.get(name)
        if found is None:
            return default
        if not isinstance(found, str):
            raise self._wrong(name, "text")
        return found

    def identifier(self, name: str) -> str:
        """A text, or a whole number as text."""
        found = self._data.get(name)
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
        return self.text(name, "")

    def integer(self, name: str) -> int | None:
        """A whole number, None if absent."""
        found = self._data.get(name)
        if found is None:
            return None
        if isinstance(found, float) and found.is_integer():
            return int(found)
        if isinstance(found, bool) or not isinstance(found, int):
            raise self._wrong(name, "a whole number")
        return found

    def flag(self, name: str) -> bool:
        """True or false; absent is false."""
        found = self._data.get(name)
        if found is None:
            return False
        if not isinstance(found, bool):
            raise self._wrong(name, "true or false")
        return found

    def day(self, name: str) -> date | None:
        """A date YYYY-MM-DD, None if absent."""
        found = self.text(name, "")
        if not found:
            return None
        try:
            return date.fromisoformat(found[:10] if "T" in found else found)
        except ValueError:
            raise UnreadableInput(f"{self._path}{name}: {show_value(found)} is not a date YYYY-MM-DD") from None

    def decimal(self, name: str, default: Decimal) -> Decimal:
        """A finite number, written as number or text."""
        found = self._data.get(name)
        if found is None:
            return default
        if isinstance(found, bool) or not isinstance(found, int | float | str):
            raise self._wrong(name, "a number")
        try:
            number = Decimal(str(found))
        except InvalidOperation:
            raise self._wrong(name, "a number") from None
        if not number.is_finite():
            raise self._wrong(name, "a finite number")
        return number

    def _sequence(self, name: str) -> Sequence[Any]:
        found = self._data.get(name)
        if found is None:
            return ()
        if not isinstance(found, list | tuple):
            raise self._wrong(name, "a list")
        return found

    def items(self, name: str, short: str) -> list[Fields]:
        """The objects of a list; a text alone stands for an object with only that text as ``short``."""
        found = []
        for index, each in enumerate(self._sequence(name)):
            path = f"{self._path}{name}[{index}]"
            if isinstance(each, str):
                found.append(Fields({short: each}, path + "."))
            elif isinstance(each, Mapping):
                found.append(Fields(each, path + "."))
            else:
                raise UnreadableInput(f"{path}: must be an object, not {kind_of(each)}")
        return found

    def texts(self, name: str) -> list[str]:
        """A list of texts."""
        for index, each in enumerate(self._sequence(name)):
            if not isinstance(each, str):
                raise UnreadableInput(f"{self._path}{name}[{index}]: must be text, not {kind_of(each)}")
        return list(self._sequence(name))

    def integers(self, name: str) -> list[int]:
        """A list of whole numbers."""
        for index, each in enumerate(self._sequence(name)):
            if isinstance(each, bool) or not isinstance(each, int):
                raise UnreadableInput(f"{self._path}{name}[{index}]: must be a whole number, not {kind_of(each)}")
        return list(self._sequence(name))


def kind_of(value: object) -> str:
    """What a parsed JSON value is, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "an object" if isinstance(value, Mapping) else "a list"


def show_value(text: str) -> str:
    """A text as it may stand in a message: quoted and cut."""
    return repr(text if len(text) <= 20 else text[:20] + "…")
