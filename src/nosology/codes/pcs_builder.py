"""A code of ICD-10-PCS built axis by axis: values by character or by words, and what may come next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nosology.codes.pcs_tables import AxisValue, PcsTables
from nosology.errors import UnknownCode

__all__ = ["PcsDraft", "build_code", "choose_value"]

_LENGTH = 7


@dataclass(frozen=True, slots=True)
class PcsDraft:
    """A code so far: the values chosen, and those that may come next (none once the code is whole)."""

    values: tuple[AxisValue, ...]
    following: tuple[AxisValue, ...]

    @property
    def code(self) -> str:
        """The characters chosen so far."""
        return "".join(value.code for value in self.values)

    @property
    def whole(self) -> bool:
        """True if the code has all seven characters."""
        return len(self.values) == _LENGTH


def choose_value(said: str, legal: Sequence[AxisValue]) -> AxisValue:
    """Return the one legal value that ``said`` names: its character, its label, the start of it, or words of it.

    Raises:
        UnknownCode: none or several are named; the message lists them.
    """
    plain = " ".join(said.split()).casefold()
    if len(plain) == 1 and (exact := [v for v in legal if v.code.casefold() == plain]):
        return exact[0]
    words = plain.replace(",", " ").split()
    for fits in (
        [v for v in legal if v.label.casefold() == plain],
        [v for v in legal if v.label.casefold().startswith(plain)],
        [v for v in legal if set(words) <= set(v.label.casefold().replace(",", " ").split())],
        [v for v in legal if all(word in v.label.casefold() for word in words)],
    ):
        if len(fits) == 1 and plain:
            return fits[0]
        if fits and plain:
            named = ", ".join(f"{v.code} {v.label}" for v in fits[:8]) + (" …" if len(fits) > 8 else "")
            raise UnknownCode(f"{said[:40]!r} fits {len(fits)} values of the axis {fits[0].axis}: {named}")
    axis = legal[0].axis if legal else "axis"
    may = ", ".join(f"{v.code} {v.label}" for v in legal[:12]) + (" …" if len(legal) > 12 else "")
    raise UnknownCode(f"{said[:40]!r} is no value of the axis {axis} here; it may be {may}")


def build_code(tables: PcsTables, said: Sequence[str]) -> PcsDraft:
    """Build as far as ``said`` goes, one entry for each axis in order; "" where only one value is legal.

    Raises:
        UnknownCode: an entry names no legal value, or several, at its place, or is left out where there is a choice.
    """
    values: list[AxisValue] = []
    for place, words in enumerate(said, 1):
        if place > _LENGTH:
            raise UnknownCode("an ICD-10-PCS code has seven characters; more were given")
        legal = tables.next_values("".join(v.code for v in values))
        if not words and len(legal) > 1:
            may = ", ".join(f"{v.code} {v.label}" for v in legal[:12]) + (" …" if len(legal) > 12 else "")
            raise UnknownCode(f"the axis {legal[0].axis} is left out, and it may be {may}")
        values.append(choose_value(words, legal) if words else legal[0])
    legal = tables.next_values("".join(v.code for v in values))
    while said and len(legal) == 1 and len(values) >= 3:
        values.append(legal[0])
        legal = tables.next_values("".join(v.code for v in values))
    return PcsDraft(tuple(values), legal)
