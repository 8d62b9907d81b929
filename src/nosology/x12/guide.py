"""The implementation guides as tables: which loops, segments, elements and codes each of them allows.

The tables stand in ``rules/x12``: ``elements.yaml`` and ``segments.yaml`` for all, one file per guide. ``body`` lists
segments and loops in their order; a loop begins with its first segment. ``use`` has a letter per element: R required,
S situational, - not used, with the letters of the components behind it in brackets. ``codes`` are the allowed values
by element or "element.component", ``ext`` names an external list, ``match`` the elements whose codes tell uses of one
segment apart. Segments of one id that follow each other may come in any order, as in the standard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from nosology.codes.prepared import prepare, read_yaml
from nosology.errors import NosologyError

__all__ = [
    "Element",
    "Guide",
    "LoopSpec",
    "Note",
    "SegmentUse",
    "all_guides",
    "build_guide",
    "find_guide",
    "known_codes",
    "load_guide",
    "segment_names",
]

_FOLDER = Path(__file__).parents[1] / "rules" / "x12"
_SHARED = ("elements", "segments")
_MATCHED = {
    **dict.fromkeys(("NM1", "N1", "REF", "DTP", "DTM", "AMT", "QTY", "PWK", "CRC", "NTE", "PRV", "LQ"), (1, 0)),
    "HI": (1, 1),
    "HL": (3, 0),
}
_UNITS = {
    "837P": ("2300",),
    "837I": ("2300",),
    "837D": ("2300",),
    "835": ("2100",),
    "277CA": ("2200B", "2200C", "2200D"),
    "276": ("2200D", "2200E"),
    "277": ("2200B", "2200C", "2200D", "2200E"),
    "270": ("2000C", "2000D"),
    "271": ("2000C", "2000D"),
    "999": ("2000",),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A syntax note: ``kind`` P R E C L and the elements it is about."""

    kind: str
    elements: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """An element or component in its place: number in the directory, type, lengths, usage, codes.

    ``components`` are those of a composite, whose ``number`` is that of the composite. ``repeats`` is how often the
    element may stand there.
    """

    number: str
    name: str
    type: str
    least: int
    greatest: int
    usage: str
    codes: frozenset[str] | None = None
    external: str = ""
    repeats: int = 1
    components: tuple[Element, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(slots=True, eq=False)
class SegmentUse:
    """One use of a segment in a loop; ``values`` are the codes at ``match`` (element, component) that tell it apart."""

    id: str
    name: str
    usage: str
    max: int
    elements: tuple[Element, ...]
    notes: tuple[Note, ...]
    match: tuple[int, int]
    values: frozenset[str] | None
    loop: LoopSpec = field(repr=False)
    slot: int = 0
    index: int = 0

    @property
    def head(self) -> SegmentUse:
        """Itself; a loop answers with the segment that it begins with."""
        return self


@dataclass(slots=True, eq=False)
class LoopSpec:
    """A loop of a guide: its items in their order, each in a ``slot`` that it may share with others of the same id."""

    id: str
    name: str
    usage: str
    max: int
    parent: LoopSpec | None = field(repr=False)
    items: list[SegmentUse | LoopSpec] = field(default_factory=list, repr=False)
    slot: int = 0
    index: int = 0
    unit: bool = False
    holds_unit: bool = False

    @property
    def head(self) -> SegmentUse:
        """The segment that it begins with."""
        return self.items[0].head

    def walk(self) -> Iterator[LoopSpec]:
        """The loop itself and all within it."""
        yield self
        for item in self.items:
            if isinstance(item, LoopSpec):
                yield from item.walk()

    def uses(self) -> Iterator[SegmentUse]:
        """Every use of a segment in it and in the loops within it, in their order."""
        for item in self.items:
            if isinstance(item, LoopSpec):
                yield from item.uses()
            else:
                yield item


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """An implementation guide: ``id`` as in GS08, ``kind`` (837P, 835 …), ``transaction`` ST01, ``root`` ST to SE."""

    id: str
    kind: str
    transaction: str
    functional_group: str
    title: str
    source: str
    root: LoopSpec
    segment_ids: frozenset[str]

    @property
    def base(self) -> str:
        """The id without its addenda: 005010X222."""
        return self.id[:10]


def _read_all() -> dict[str, Any]:
    found = {}
    for file in _files():
        try:
            found[file.stem] = read_yaml(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise NosologyError(f"guide table {file.name} is malformed; reinstall the package") from error
    return found


def _files() -> list[Path]:
    return sorted(_FOLDER.glob("*.yaml"))


@cache
def _tables() -> Mapping[str, Any]:
    tables: dict[str, Any] = prepare("x12-guides", [*_files(), Path(__file__)], _read_all)
    return tables


@cache
def load_guide(kind: str) -> Guide:
    """Return a guide by its kind (837P, 835 …), or by its id where only one has it (005010X222A1).

    Raises:
        NosologyError: there is none, or its table is malformed.
    """
    raw = next((raw for raw in _guides() if kind in (raw["kind"], raw["id"])), None)
    if raw is None:
        raise NosologyError(f"there is no guide {kind}")
    return build_guide(raw, _tables()["elements"]["elements"], _tables()["segments"])


def _guides() -> list[Any]:
    return [raw for stem, raw in _tables().items() if stem not in _SHARED]


@cache
def find_guide(version: str, transaction: str) -> Guide | None:
    """Return the guide that a GS08 or ST03 names for an ST01, whatever its addenda; None if there is none."""
    for raw in _guides():
        if raw["id"][:10] == version[:10] and str(raw["transaction"]) == transaction:
            return load_guide(raw["kind"])
    return None


def all_guides() -> tuple[Guide, ...]:
    """Return every guide, by kind."""
    return tuple(load_guide(kind) for kind in sorted(raw["kind"] for raw in _guides()))


@cache
def segment_names() -> Mapping[str, str]:
    """Return what the segments of all guides are called, by id."""
    return {name: raw["name"] for name, raw in _tables()["segments"]["segments"].items()}


@cache
def known_codes(number: str) -> frozenset[str]:
    """Return every code that some guide allows for a data element."""
    found: set[str] = set()
    for guide in all_guides():
        for use in guide.root.uses():
            for element in use.elements:
                for part in (element, *element.components):
                    if part.number == number and part.codes:
                        found |= part.codes
    return frozenset(found)


def build_guide(raw: Mapping[str, Any], elements: Mapping[Any, Any], shared: Mapping[str, Any]) -> Guide:
    """Return the guide that a parsed table describes.

    Raises:
        NosologyError: the table contradicts itself or the directories of elements and segments.
    """
    builder = _Builder(raw, {str(number): facts for number, facts in elements.items()}, shared)
    root = builder.loop({"loop": "", "name": raw["title"], "usage": "R", "max": 1, "body": raw["body"]}, None)
    units = raw.get("unit") or _UNITS.get(raw["kind"], ())
    for spec in root.walk():
        spec.unit = spec.id in units
    for spec in root.walk():
        spec.holds_unit = any(inner.unit for inner in spec.walk())
    ids = frozenset(use.id for use in root.uses())
    return Guide(
        raw["id"], raw["kind"], str(raw["transaction"]), raw["functional_group"], raw["title"], raw["source"], root, ids
    )


class _Builder:
    """Turns one table into specs, and says what is wrong with it."""

    def __init__(self, raw: Mapping[str, Any], elements: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        self._guide = raw["id"]
        self._elements = elements
        self._segments = shared["segments"]
        self._composites = shared["composites"]

    def fail(self, where: str, what: str) -> NosologyError:
        return NosologyError(f"guide table {self._guide} is malformed at {where}: {what}")

    def loop(self, raw: Mapping[str, Any], parent: LoopSpec | None) -> LoopSpec:
        spec = LoopSpec(str(raw["loop"]), raw["name"], raw["usage"], int(raw["max"]), parent)
        if not raw["body"] or "seg" not in raw["body"][0]:
            raise self.fail(spec.id, "a loop begins with a segment")
        slot, before = -1, ""
        for index, item in enumerate(raw["body"]):
            made: SegmentUse | LoopSpec = self.use(item, spec) if "seg" in item else self.loop(item, spec)
            slot += made.head.id != before or index == 1  # what begins the loop stands alone
            before = made.head.id
            made.slot, made.index = slot, index
            spec.items.append(made)
        return spec

    def use(self, raw: Mapping[str, Any], loop: LoopSpec) -> SegmentUse:
        name = raw["seg"]
        where = f"{loop.id} {name}".strip()
        if name not in self._segments:
            raise self.fail(where, "the segment is not in segments.yaml")
        facts = self._segments[name]
        numbers = [str(number) for number in facts["elements"]]
        letters = list(_letters(raw["use"]))
        if len(letters) > len(numbers):
            raise self.fail(where, f"use has {len(letters)} letters, the segment {len(numbers)} elements")
        letters += [("-", "")] * (len(numbers) - len(letters))
        codes = {str(key): frozenset(str(code) for code in values) for key, values in (raw.get("codes") or {}).items()}
        ext = {str(key): str(value) for key, value in (raw.get("ext") or {}).items()}
        made = tuple(
            self.element(where, str(place), number, usage, inner, codes, ext)
            for place, (number, (usage, inner)) in enumerate(zip(numbers, letters, strict=True), 1)
        )
        if codes or ext:
            raise self.fail(where, f"codes or lists at places that are not used: {', '.join(sorted({*codes, *ext}))}")
        match = self.match(raw, name, where)
        values = None
        if match[0]:
            element = made[match[0] - 1]
            element = element.components[match[1] - 1] if match[1] else element
            values = element.codes
        notes = _notes(facts.get("syntax"))
        most = int(raw["max"])
        return SegmentUse(
            name, raw["name"], raw["usage"], most, made, notes, match if values else (0, 0), values, loop
        )  # fmt: skip

    def match(self, raw: Mapping[str, Any], name: str, where: str) -> tuple[int, int]:
        if "match" not in raw:
            return _MATCHED.get(name, (0, 0))
        if not raw["match"]:
            return 0, 0
        if len(raw["match"]) > 1:
            raise self.fail(where, "match names one element")
        element, _, component = str(raw["match"][0]).partition(".")
        return int(element), int(component or 0)

    def element(
        self, where: str, key: str, number: str, usage: str, inner: str,
        codes: dict[str, frozenset[str]], ext: dict[str, str],
    ) -> Element:  # fmt: skip
        number, _, times = number.partition("*")
        if usage not in "RS-":
            raise self.fail(where, f"use of element {key} is {usage}")
        if number in self._composites:
            return self.composite(where, key, number, usage, inner, int(times or 1), codes, ext)
        if inner or number not in self._elements:
            raise self.fail(where, f"element {key} ({number}) is {'no composite' if inner else 'not in elements.yaml'}")
        name, kind, least, greatest = self._elements[number]
        return Element(
            number, name, kind, least, greatest, usage, codes.pop(key, None), ext.pop(key, ""), int(times or 1)
        )  # fmt: skip

    def composite(
        self, where: str, key: str, number: str, usage: str, inner: str, repeats: int,
        codes: dict[str, frozenset[str]], ext: dict[str, str],
    ) -> Element:  # fmt: skip
        facts = self._composites[number]
        numbers = [str(part) for part in facts["elements"]]
        if len(inner) > len(numbers):
            raise self.fail(where, f"use of composite {key} has {len(inner)} letters, it has {len(numbers)} components")
        letters = (inner or ("S" * len(numbers) if usage != "-" else "")).ljust(len(numbers), "-")
        for short in [k for k in (*codes, *ext) if k == key]:
            raise self.fail(where, f"codes of a composite need a component: {short}")
        parts = tuple(
            self.element(where, f"{key}.{place}", part, letter, "", codes, ext)
            for place, (part, letter) in enumerate(zip(numbers, letters, strict=True), 1)
        )
        return Element(
            number, facts["name"], "", 0, 0, usage, repeats=repeats, components=parts, notes=_notes(facts.get("syntax"))
        )


def _letters(use: str) -> Iterator[tuple[str, str]]:
    """The letter of each element, with those of its components."""
    at = 0
    while at < len(use):
        letter, at = use[at], at + 1
        inner = ""
        if use[at : at + 1] == "(":
            end = use.index(")", at)
            inner, at = use[at + 1 : end], end + 1
        yield letter, inner


def _notes(raw: Sequence[str] | None) -> tuple[Note, ...]:
    return tuple(
        Note(note[0], tuple(int(note[at : at + 2]) for at in range(1, len(note), 2))) for note in raw or ()
    )  # fmt: skip
