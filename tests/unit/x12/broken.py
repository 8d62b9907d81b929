"""Broken variants of right files, one defect each, with the finding that each must get.

The defects are made from the guide tables: a required segment or element taken out, a code that is none, a value too
long or too short, a date or number that is none, something that the guide does not use, something too often, something
out of order, something unknown; and from the envelope: counts and control numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nosology.x12.guide import Element, SegmentUse, find_guide, known_codes
from nosology.x12.loops import Placed, Walker
from nosology.x12.segments import Segment
from nosology.x12.syntax import read_transactions

__all__ = ["Variant", "variants"]

_NEVER = ("Q9", "QQ", "Q", "QQQ", "Q9Q", "0000", "QQQQQ")  # codes that no guide has


@dataclass(frozen=True)
class Variant:
    """A broken text; where the one error must be told, and with which codes ("segment/element" or of the envelope)."""

    kind: str
    text: str
    segment: int
    segment_id: str
    element: int
    component: int
    codes: str


class _File:
    """A right file taken apart: what stands before ST, the segments, what stands after SE."""

    def __init__(self, text: str) -> None:
        self.before = text[: text.index("ST*")]
        self.after = text[text.index("GE*") :]
        (transaction,) = read_transactions(text)
        guide = find_guide(transaction.version, transaction.id)
        assert guide is not None
        self.guide = guide
        walker = Walker(guide, transaction.delimiters, lambda *_: None, lambda _: None)
        placed = [walker.feed(*raw) for raw in transaction]
        self.placed: list[Placed] = [one for one in placed if one is not None]
        assert len(self.placed) == len(placed)

    def text(self, segments: list[Segment], *, count: bool = True) -> str:
        """The file with other segments, its count right."""
        body = [list(elements) for elements in segments]
        if count and body[-1][0] == "SE":
            body[-1][1] = str(len(body))
        return self.before + "".join("*".join(elements).rstrip("*") + "~" for elements in body) + self.after

    @property
    def segments(self) -> list[Segment]:
        return [list(one.elements) for one in self.placed]


def variants(text: str) -> Iterator[Variant]:
    """Yield every variant of a file."""
    file = _File(text)
    last = len(file.placed)
    for index, placed in enumerate(file.placed):
        if 0 < index < last - 1:
            yield from _segment_variants(file, index, placed)
        if 0 < index < last - 1:
            for place, element in enumerate(placed.use.elements, 1):
                yield from _element_variants(file, index, placed, place, element)
    yield from _level_variants(file)
    yield from _envelope_variants(file, text)


def _with(file: _File, index: int, place: int, value: str) -> str:
    segments = file.segments
    segment = segments[index]
    segment += [""] * (place + 1 - len(segment))
    segment[place] = value
    return file.text(segments)


def _segment_variants(file: _File, index: int, placed: Placed) -> Iterator[Variant]:
    use, segments = placed.use, file.segments
    ordinal = index + 1
    alone = sum(other.use is use and other.use.loop is use.loop for other in file.placed) == 1
    if use.usage == "R" and use.id != "HL" and (alone or use is not use.loop.head) and use.loop.usage == "R":
        taken = segments[:index] + segments[index + 1 :]
        if _sure_to_miss(use):
            noticed = ordinal + _behind(file, index)
            yield Variant("missing segment", file.text(taken), noticed, use.id, 0, 0, "3/")
    if use.max == 1 and use is not use.loop.head and _only_use(use):
        twice = [*segments[: index + 1], segments[index], *segments[index + 1 :]]
        yield Variant("segment twice", file.text(twice), ordinal + 1, use.id, 0, 0, "5/")
    unknown = [*segments[: index + 1], ["QQQ", "1"], *segments[index + 1 :]]
    yield Variant("unknown segment", file.text(unknown), ordinal + 1, "QQQ", 0, 0, "1/")
    foreign = "SV6" if "SV6" not in file.guide.segment_ids else "CLP"
    other = next(name for name in (foreign, "CLP", "CLM", "EB") if name not in file.guide.segment_ids)
    if other != "SV6":
        strange = [*segments[: index + 1], [other, "1"], *segments[index + 1 :]]
        yield Variant("foreign segment", file.text(strange), ordinal + 1, other, 0, 0, "6/")
    following = file.placed[index + 1] if index + 1 < len(file.placed) else None
    if following is not None and _may_swap(placed, following):
        swapped = [*segments[:index], segments[index + 1], segments[index], *segments[index + 2 :]]
        yield Variant("out of order", file.text(swapped), ordinal + 1, use.id, 0, 0, "7/")
    full = segments[index] + [""] * (len(use.elements) + 1 - len(segments[index])) + ["X"]
    longer = [*segments[:index], full, *segments[index + 1 :]]
    yield Variant("too many elements", file.text(longer), ordinal, use.id, len(use.elements) + 1, 0, "8/3")


def _behind(file: _File, index: int) -> int:
    """How many segments follow that may stand in any order with this one, so that it may still come after them."""
    use = file.placed[index].use
    item = use.loop if use is use.loop.head else use
    behind = 0
    for other in file.placed[index + 1 :]:
        around = other.use.loop if other.use is other.use.loop.head else other.use
        same = (around.loop if isinstance(around, SegmentUse) else around.parent) is (
            item.loop if isinstance(item, SegmentUse) else item.parent
        )
        if not (same and around.slot == item.slot):
            break
        behind += 1
    return behind


def _sure_to_miss(use: SegmentUse) -> bool:
    """Whether nothing else can be taken for the segment that is missing."""
    return use is not use.loop.head or use.loop.max == 1


def _only_use(use: SegmentUse) -> bool:
    """Whether no other use of the segment could take a second one of it."""
    around = use.loop
    return all(other is use or other.head.id != use.id for other in around.items) and use.id not in {"N3", "N4"}


def _may_swap(first: Placed, second: Placed) -> bool:
    one, other = first.use, second.use
    return (
        one.loop is other.loop
        and one is not one.loop.head
        and other is not other.loop.head
        and one.slot != other.slot
        and _only_use(one)
        and _only_use(other)
        and (one.usage == "S" or one.max == 1)
    )


def _element_variants(file: _File, index: int, placed: Placed, place: int, element: Element) -> Iterator[Variant]:
    value = placed.get(place)
    ordinal, name = index + 1, placed.use.id
    if name == "HL" or place > 20:
        return

    def variant(kind: str, text: str, code: str, component: int = 0) -> Variant:
        return Variant(kind, _with(file, index, place, text), ordinal, name, place, component, f"8/{code}")

    if element.usage == "-":
        if not element.components and not _noted(placed.use, place):
            yield variant("element not used", "1" * max(element.least, 1), "I10")
        return
    if not value:
        return
    if element.usage == "R" and not (place == 1 and len(placed.elements) == 2):
        yield variant("missing element", "", "1")
    if element.repeats == 1 and not element.components and placed.use.match[0] != place:
        yield variant("repeated element", f"{value}^{value}", "12")
        yield variant("components", f"{value}:{value}", "13")
    if element.components:
        yield variant("too many components", value + ":" * len(element.components) + "X", "13")
        yield from _component_variants(file, index, placed, place, element)
        return
    if "^" in value:
        return
    for kind, text, code in _bad_values(element, value, qualifier=placed.use.match[0] == place):
        yield variant(kind, text, code)


def _component_variants(file: _File, index: int, placed: Placed, place: int, element: Element) -> Iterator[Variant]:
    values = placed.get(place).split(":")
    for number, part in enumerate(element.components, 1):
        value = values[number - 1] if number <= len(values) else ""
        if not value or part.usage == "-":
            continue
        bad = list(_bad_values(part, value, qualifier=placed.use.match == (place, number)))
        if part.usage == "R" and placed.use.match != (place, number):
            bad.append(("missing component", "", "1"))
        for kind, text, code in bad:
            changed = ":".join([*values[: number - 1], text, *values[number:]])
            if kind == "missing component" and not changed.strip(":"):
                continue
            broken = _with(file, index, place, changed)
            yield Variant(kind, broken, index + 1, placed.use.id, place, number, f"8/{code}")


def _bad_values(element: Element, value: str, *, qualifier: bool) -> Iterator[tuple[str, str, str]]:
    if element.codes and element.type == "ID":
        never = next(
            (
                code
                for code in _NEVER
                if element.least <= len(code) <= element.greatest and code not in known_codes(element.number)
            ),
            "",
        )
        if never:
            yield "code that is none", never, "7"
    if qualifier:
        return
    number = element.type in {"R", "N0", "N2"}
    if number:
        yield "number that is none", "1A", "6"
        yield "number with exponent", "1E1", "6"
        yield "too long", "1" * (element.greatest + 1), "5"
    elif element.type == "DT" or (element.number == "1251" and len(value) == 8 and value.isdigit()):
        yield "date that is none", "20260230", "8"
    elif element.type == "TM":
        yield "time that is none", "2561", "9"
    elif element.type in {"AN", "ID"} and element.number != "1251":
        if element.greatest < 1000:
            yield "too long", "A" * (element.greatest + 1), "5"
        if element.least > 1:
            yield "too short", "A" * (element.least - 1), "4"
        yield "control character", "A\x07" + "A" * max(0, element.least - 2), "6"
        if element.greatest > 2 and not element.codes:
            yield "nothing but blanks", " " * max(element.least, 1), "6"


def _noted(use: SegmentUse, place: int) -> bool:
    return any(place in note.elements for note in use.notes)


def _level_variants(file: _File) -> Iterator[Variant]:
    for index, placed in enumerate(file.placed):
        if placed.use.id != "HL":
            continue
        ordinal = index + 1
        parent, child = placed.get(2), placed.get(4)
        if parent:
            yield Variant("HL parent", _with(file, index, 2, "97"), ordinal, "HL", 2, 0, "8/7")
        if child in {"0", "1"}:
            other = "1" if child == "0" else "0"
            allowed = placed.use.elements[3].codes
            code = "7" if allowed is None or other in allowed else "I6"
            yield Variant("HL child", _with(file, index, 4, other), ordinal, "HL", 4, 0, f"8/{code}")
    leaves = [index for index, one in enumerate(file.placed) if one.use.id == "HL"][-1:]
    for index in leaves:
        yield Variant("HL number", _with(file, index, 1, "98"), index + 1, "HL", 1, 0, "8/7")


def _envelope_variants(file: _File, text: str) -> Iterator[Variant]:
    last = len(file.placed)
    segments = file.segments
    control = segments[0][2]
    for wrong in (str(last - 1), str(last + 1), "0"):
        changed = [*segments[:-1], ["SE", wrong, control]]
        yield Variant("SE count", file.text(changed, count=False), last, "SE", 1, 0, "IK502=4")
    changed = [*segments[:-1], ["SE", str(last), "9" + control]]
    yield Variant("SE control", file.text(changed, count=False), last, "SE", 2, 0, "IK502=3")
    yield Variant("no SE", file.text(segments[:-1]), last - 1, "SE", 0, 0, "IK502=2")
    for old, new, name, element, codes in (
        ("~GE*1*", "~GE*2*", "GE", 1, "AK905=5"),
        ("~GE*1*", "~GE*0*", "GE", 1, "AK905=5"),
        ("~GE*1*", "~GE*1*8", "GE", 2, "AK905=4"),
        ("~IEA*1*", "~IEA*2*", "IEA", 1, "TA105=021"),
        ("~IEA*1*0", "~IEA*1*1", "IEA", 2, "TA105=001"),
    ):
        yield Variant("trailer", text.replace(old, new, 1), 0, name, element, 0, codes)
    for start, name, codes in (("~GE*", "GE", "AK905=3"), ("~IEA*", "IEA", "TA105=023")):
        at = text.index(start) + 1
        yield Variant("no trailer", text[:at] + text[text.index("~", at) + 1 :], 0, name, 0, 0, codes)
