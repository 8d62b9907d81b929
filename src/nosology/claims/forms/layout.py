"""The layout of a paper form as data: where each field stands on the grid of the pre-printed stock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nosology.codes.prepared import prepare, read_yaml

__all__ = ["LAYOUTS", "Box", "Field", "Layout", "Page", "load_layout"]

LAYOUTS = ("cms1500", "ub04")
"""The forms that can be printed."""

Page = dict[str, str]
"""The texts of one page by the names of the fields."""

_PITCH, _LEADING, _HEIGHT = 7.2, 12.0, 792.0  # points: 10 characters and 6 lines to the inch, letter size


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``line`` and ``column`` count from 1 as on the printer's grid, ``size`` in characters, ``align`` left,
    right or mark (a cross)."""

    name: str
    line: float
    column: float
    size: int
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Box:
    """One frame of our own drawing: its official number, our label, its edges in lines and columns."""

    number: str
    label: str
    top: float
    left: float
    bottom: float
    right: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A form.

    ``words`` are small texts of our drawing beside fields, each left out where the field that it names is filled;
    ``labels`` are those beside crosses. ``at`` turns a place on the grid into points from the lower left corner.
    """

    id: str
    title: str
    note: str
    lines_per_page: int
    left: float
    lift: float
    fields: Mapping[str, Field]
    boxes: tuple[Box, ...]
    rules: tuple[tuple[float, float, float], ...]
    shade: tuple[tuple[float, float, float, float], ...]
    words: tuple[tuple[str, float, float, str], ...]
    title_at: tuple[float, float]
    labels: Mapping[str, str]

    def at(self, line: float, column: float) -> tuple[float, float]:
        """Where the lower left corner of a character stands, in points."""
        return self.left + (column - 1) * _PITCH, _HEIGHT - line * _LEADING + self.lift

    def edge(self, line: float, column: float) -> tuple[float, float]:
        """Where an edge of the drawing stands, in points."""
        return self.left + (column - 1) * _PITCH - 1, _HEIGHT - line * _LEADING + self.lift + 2


@cache
def load_layout(name: str) -> Layout:
    """The layout of a form: ``cms1500`` or ``ub04``."""
    file = Path(__file__).parent / "data" / f"{name}.yaml"
    raw: dict[str, Any] = prepare(f"form-{name}", [file], lambda: read_yaml(file.read_text(encoding="utf-8")))
    fields = {each: _field(each, place) for each, place in raw["fields"].items()}
    lines = raw["line"]
    for number in range(raw["lines_per_page"]):
        top = lines["first"] + number * lines["step"]
        for each, place in lines["fields"].items():
            known = f"{each}#{number + 1}"
            fields[known] = _field(known, [top + place[0], *place[1:]])
    first, last = raw["rules_from"], raw["rules_to"]
    return Layout(
        raw["id"],
        raw["title"],
        raw["note"],
        raw["lines_per_page"],
        raw["left"],
        raw["lift"],
        fields,
        tuple(Box(*each) for each in raw["boxes"]),
        tuple((line, first, last) for line in raw["rules"]),
        (
            *((top, first, bottom, last) for top, bottom in raw["shade"]),
            *((top, left, bottom, right) for top, left, bottom, right in raw["tints"]),
        ),
        tuple((text, line, column, "".join(field)) for text, line, column, *field in raw["words"]),
        (raw["title_at"][0], raw["title_at"][1]),
        raw["labels"],
    )


def _field(name: str, place: list[Any]) -> Field:
    line, column, size, *align = place
    return Field(name, line, column, size, align[0] if align else "left")
