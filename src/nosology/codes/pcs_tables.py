"""The tables of ICD-10-PCS: which value may stand on which axis, what it means, and codes built from them.

A code has seven characters. The first three name the table (section, body system, root operation); a row of the table
gives the values of the other four that may be combined (PCS Guidelines A1 to A9). Nothing else is a code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.errors import ReleaseNotFound, UnknownCode

__all__ = ["AxisValue", "PcsTables", "ValueMeaning", "open_pcs_tables"]

_LENGTH = 7


@dataclass(frozen=True, slots=True)
class AxisValue:
    """One value of an axis: place in the code (1 to 7), name of the axis, character and label."""

    place: int
    axis: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ValueMeaning:
    """What the publisher says that a value means, and what it includes; "" and () where nothing is said."""

    definition: str = ""
    explanation: str = ""
    includes: tuple[str, ...] = ()


_Row = tuple[dict[str, AxisValue], ...]


class PcsTables:
    """The tables of one release; rows are read when their table is asked for."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._rows: dict[str, tuple[_Row, ...]] = {}

    @cached_property
    def _labels(self) -> list[AxisValue]:
        query = "SELECT place, name, code, label FROM label ORDER BY id"
        return [AxisValue(*row) for row in self.release.connection.execute(query)]

    @cached_property
    def _stems(self) -> dict[str, list[str]]:
        """``table → rows``, each row as the numbers of its labels."""
        stems: dict[str, list[str]] = {}
        for stem, axes in self.release.connection.execute("SELECT stem, axes FROM row ORDER BY id"):
            stems.setdefault(stem, []).append(axes)
        return stems

    @cached_property
    def _meanings(self) -> dict[tuple[str, int, str], ValueMeaning]:
        query = "SELECT section, place, label, definition, explanation, includes FROM definition"
        return {
            (section, place, label.casefold()): ValueMeaning(
                definition, explanation, tuple(includes.split("\t")) if includes else ()
            )
            for section, place, label, definition, explanation, includes in self.release.connection.execute(query)
        }

    def _table(self, stem: str) -> tuple[_Row, ...]:
        rows = self._rows.get(stem)
        if rows is None:
            rows = self._rows[stem] = tuple(
                tuple({v.code: v for v in (self._labels[int(i)] for i in axis.split())} for axis in axes.split("\t"))
                for axes in self._stems.get(stem, ())
            )
        return rows

    def stems(self) -> tuple[str, ...]:
        """The first three characters of every table, in print order."""
        return tuple(self._stems)

    def codes(self) -> Iterator[str]:
        """Every code that the tables allow, table by table."""
        for stem in self._stems:
            for row in self._table(stem):
                for characters in product(*row):
                    yield "".join(characters)

    def next_values(self, prefix: str) -> tuple[AxisValue, ...]:
        """The values that may follow ``prefix`` (none to six characters), in print order; empty if it leads nowhere."""
        prefix = prefix.strip().upper()
        if len(prefix) >= _LENGTH:
            return ()
        if len(prefix) < 3:
            found: dict[str, AxisValue] = {}
            for stem, rows in self._stems.items():
                if stem.startswith(prefix):
                    value = self._labels[int(rows[0].split("\t")[len(prefix)].split()[0])]
                    found.setdefault(value.code, value)
            return tuple(found.values())
        found = {}
        for row in self._matching(prefix):
            for code, value in row[len(prefix)].items():
                found.setdefault(code, value)
        return tuple(found.values())

    def _matching(self, prefix: str) -> Iterator[_Row]:
        for row in self._table(prefix[:3]):
            if all(c in axis for c, axis in zip(prefix[3:], row[3:], strict=False)):
                yield row

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str) or len(code.strip()) != _LENGTH:
            return False
        return next(self._matching(code.strip().upper()), None) is not None

    def illegal_character(self, code: str) -> tuple[int, str] | None:
        """The place (1 to 7) and the axis of the first character that no table allows after those before it; None if
        there is none, as where the code is too short or too long."""
        plain = code.strip().upper()[:_LENGTH]
        for place in range(len(plain)):
            legal = self.next_values(plain[:place])
            if plain[place] not in {value.code for value in legal}:
                return place + 1, legal[0].axis if legal else "axis"
        return None

    def axes(self, code: str) -> tuple[AxisValue, ...]:
        """The values of a code, or of the first characters of one, axis by axis.

        Raises:
            UnknownCode: no table has such a code; the message names the first character that may not stand there and
                those that may.
        """
        plain = code.strip().upper()
        for place in range(min(len(plain), _LENGTH)):
            legal = self.next_values(plain[:place])
            if plain[place] not in {v.code for v in legal}:
                may = ", ".join(f"{v.code} {v.label}" for v in legal[:12]) + (" …" if len(legal) > 12 else "")
                axis = legal[0].axis if legal else "axis"
                raise UnknownCode(
                    f"{plain[:_LENGTH]!r} is no code of ICD-10-PCS {self.release.name}: character {place + 1} ({axis}) "
                    f"cannot be {plain[place]!r} after {plain[:place] or 'nothing'}; it may be {may}"
                )
        if len(plain) > _LENGTH:
            raise UnknownCode(f"{plain[:12]!r} is too long: an ICD-10-PCS code has seven characters")
        if len(plain) < 3:
            return tuple(
                next(v for v in self.next_values(plain[:place]) if v.code == plain[place])
                for place in range(len(plain))
            )
        row = next(self._matching(plain))
        return tuple(axis[c] for c, axis in zip(plain, row, strict=False))

    def meaning(self, section: str, value: AxisValue) -> ValueMeaning:
        """What a value means in a section ("0" Medical and Surgical), as the publisher defines it."""
        return self._meanings.get((section, value.place, value.label.casefold()), ValueMeaning())

    def key(self, section: str, place: int) -> dict[str, tuple[str, ...]]:
        """The body part key (place 4) or device key (place 6) of a section: term in lower case → labels."""
        found: dict[str, list[str]] = {}
        for (where, at, _label), meaning in self._meanings.items():
            if where == section and at == place:
                for term in meaning.includes:
                    found.setdefault(term.casefold(), [])
        for where, at, label, includes in self.release.connection.execute(
            "SELECT section, place, label, includes FROM definition"
        ):
            if where == section and at == place:
                for term in includes.split("\t") if includes else ():
                    if label not in found[term.casefold()]:
                        found[term.casefold()].append(label)
        return {term: tuple(labels) for term, labels in found.items()}


_CACHE: dict[Path, PcsTables] = {}


def open_pcs_tables(*, on: date | None = None, home: Path | None = None) -> PcsTables | None:
    """The tables in force on a date of service, or None if none are installed (for that date).

    After its last day in force a release is still opened; ``tables.release.outdated(on)`` says so.

    Raises:
        DamagedRelease: an installed file is damaged; the message says how to install it again.
    """
    try:
        release = open_release("icd10pcs-tables", on=on, home=home)
    except ReleaseNotFound:
        return None
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = PcsTables(release)
    return known
