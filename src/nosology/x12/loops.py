"""The segments of a transaction set put into the loops of its guide.

:class:`Walker` takes segments one by one and says of each which use it is and in which loop it stands. Where a segment
does not fit, it reports the most likely defect (missing, out of order, too often, unknown) and goes on from where the
guide fits again, so that one defect makes one finding.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import cache
from typing import NamedTuple

from nosology.x12.guide import Guide, LoopSpec, SegmentUse, segment_names
from nosology.x12.segments import Delimiters, Segment

__all__ = ["Loop", "Placed", "Problem", "Walker"]


_new = tuple.__new__


class Placed(NamedTuple):
    """A segment in its place: the use of the guide, its elements, its count and its offset."""

    use: SegmentUse
    elements: Segment
    ordinal: int
    offset: int

    def get(self, element: int) -> str:
        """The element, "" if it is not there."""
        return self.elements[element] if element < len(self.elements) else ""


class Loop:
    """One occurrence of a loop: its segments, the loops within it, the loop around it.

    Loops in which a guide repeats its units (claims, remitted claims, subscribers …) are let go once they are closed:
    ``children`` then holds only what belongs to one unit.
    """

    __slots__ = (
        "children", "counts", "due", "find_at", "hl", "hl_children", "missed", "parent", "plan", "required", "segments",
        "slot", "spec",
    )  # fmt: skip

    def __init__(self, spec: LoopSpec, parent: Loop | None, plan: _Plan) -> None:
        self.spec = spec
        self.parent = parent
        self.plan = plan
        self.find_at = plan.find
        self.segments: list[Placed] = []
        self.children: list[Loop] = []
        self.counts = [0] * plan.size
        self.slot = 0
        self.required = 0  # how many required items have been looked for
        self.due = plan.due  # the slot of the next one
        self.missed: list[tuple[_Item, int, int]] | None = None
        self.hl = ""
        self.hl_children = 0

    @property
    def id(self) -> str:
        """The name of the loop in the guide, "" for the transaction set."""
        return self.spec.id

    @property
    def head(self) -> Placed:
        """The segment that it begins with."""
        return self.segments[0]

    def find(self, segment: str, *qualifiers: str, element: int = 1) -> Placed | None:
        """The first segment of that id (with one of the qualifiers in the element), None if there is none."""
        return next(self.all(segment, *qualifiers, element=element), None)

    def all(self, segment: str, *qualifiers: str, element: int = 1) -> Iterator[Placed]:
        """The segments of that id (with one of the qualifiers in the element) that stand in the loop itself."""
        for placed in self.segments:
            if placed.elements[0] == segment and (not qualifiers or placed.get(element) in qualifiers):
                yield placed

    def loops(self, *ids: str) -> Iterator[Loop]:
        """The loops within it that have one of the names, at any depth."""
        for child in self.children:
            if child.spec.id in ids:
                yield child
            yield from child.loops(*ids)

    def loop(self, *ids: str) -> Loop | None:
        """The first of :meth:`loops`."""
        return next(self.loops(*ids), None)

    def up(self, *ids: str) -> Loop | None:
        """The nearest loop around it that has one of the names; with "" the transaction set."""
        around = self.parent
        while around is not None and around.spec.id not in ids:
            around = around.parent
        return around


_Item = SegmentUse | LoopSpec
Problem = Callable[[str, _Item | None, str, LoopSpec, int, int], None]
"""Gets the IK304 code, what it is about, the segment id, the loop, and count and offset of the place."""


_Move = tuple[int, int, SegmentUse, "LoopSpec | None", "_Plan | None", _Item]
"""What a segment may be: index and max of the item, its use, the loop that it begins with its plan, the item."""

_FAR = 1 << 30


class _Entry(NamedTuple):
    """What a segment id may be at one slot of a loop: by the code at ``match``, or ``plain`` if no code tells."""

    slot: int
    element: int
    component: int
    by_code: dict[str, tuple[_Move, ...]]
    plain: tuple[_Move, ...]
    items: tuple[_Item, ...]


class _Plan:
    """A loop of the guide prepared for walking: its entries by segment id, what is required in it, how many items."""

    __slots__ = ("due", "find", "required", "size")

    def __init__(self, spec: LoopSpec) -> None:
        self.find: dict[str, tuple[_Entry, ...]] = {}
        self.required = tuple(item for item in spec.items if item.usage == "R")
        self.size = len(spec.items)
        self.due = self.required[0].slot if self.required else _FAR

    def fill(self, spec: LoopSpec, plans: dict[LoopSpec, _Plan]) -> None:
        """Work out the entries, once all plans are there."""
        slots: dict[tuple[str, int], list[_Item]] = {}
        for item in spec.items:
            slots.setdefault((item.head.id, item.slot), []).append(item)
        for (name, slot), items in slots.items():
            self.find[name] = (*self.find.get(name, ()), _entry(slot, items, plans))


def _entry(slot: int, items: list[_Item], plans: dict[LoopSpec, _Plan]) -> _Entry:
    def move(item: _Item) -> _Move:
        spec = item if isinstance(item, LoopSpec) else None
        return item.index, item.max, item.head, spec, plans[spec] if spec else None, item

    match = next((item.head.match for item in items if item.head.values), (0, 0))
    by_code: dict[str, tuple[_Move, ...]] = {}
    for item in items:
        for value in (item.head.values or ()) if item.head.match == match else ():
            by_code[value] = (*by_code.get(value, ()), move(item))
    plain = tuple(move(item) for item in items if not item.head.values or item.head.match != match)
    return _Entry(slot, *match, by_code, plain, tuple(items))


class Walker:
    """Walks through one transaction set. ``problem`` gets what does not fit, ``closed`` every loop as it ends
    (of those that are ``watched``, if that is given).

    The code of a problem is one of IK304, or "Q" for a segment that stands where it may, but with a qualifier that the
    guide does not allow there.
    """

    def __init__(
        self,
        guide: Guide,
        delimiters: Delimiters,
        problem: Problem,
        closed: Callable[[Loop], None],
        watched: Container[str] | None = None,
    ) -> None:
        plans = _plans(guide)
        self._plans = plans
        self._guide = guide
        self._component = delimiters.component
        self._problem = problem
        self._closed = closed
        self._watched = watched
        self.root = Loop(guide.root, None, plans[guide.root])
        self.loop = self.root
        self._at = (0, 0)
        self._doubtful: Loop | None = None  # a loop that was guessed, as its head has a wrong qualifier

    def feed(self, elements: Segment, ordinal: int, offset: int) -> Placed | None:
        """Put a segment into its place; None where it has none."""
        # The one loop that everything runs through: written for speed.
        name = elements[0]
        self._at = (ordinal, offset)
        top = self.loop
        frame: Loop | None = top
        full: tuple[Loop, _Item] | None = None
        while frame is not None:
            entries = frame.find_at.get(name)
            if entries is not None:
                now = frame.slot
                counts = frame.counts
                for slot, element, component, by_code, plain, _ in entries:
                    if slot < now:
                        continue
                    moves = plain
                    if element:
                        value = elements[element] if element < len(elements) else ""
                        if component:
                            value = self._part(value, component)
                        moves = by_code.get(value, plain)
                    for index, most, use, spec, plan, item in moves:
                        if most and counts[index] >= most:
                            full = full or (frame, item)
                            continue
                        while top is not frame:
                            top = self._close(top)
                        if slot > now:
                            if frame.due < slot:
                                self._advance(frame, slot)
                            frame.slot = slot
                        counts[index] += 1
                        if spec is not None:
                            frame = self._open(frame, spec, plan)  # type: ignore[arg-type]
                            frame.counts[0] = 1
                        placed = _new(Placed, (use, elements, ordinal, offset))
                        frame.segments.append(placed)
                        return placed
            frame = frame.parent
        return self._mend(full, elements, ordinal, offset)

    def finish(self) -> None:
        """Close all that is open, at the end of the transaction set."""
        while self.loop is not self.root:
            self._close(self.loop)
        self._close(self.root)

    def _part(self, value: str, component: int) -> str:
        parts = value.split(self._component, component)
        return parts[component - 1] if len(parts) >= component else ""

    def _fitting(self, entry: _Entry, elements: Segment) -> tuple[_Item, ...]:
        moves = entry.plain
        if entry.element:
            value = elements[entry.element] if entry.element < len(elements) else ""
            if entry.component:
                value = self._part(value, entry.component)
            moves = entry.by_code.get(value, entry.plain)
        return tuple(move[5] for move in moves)

    def _accept(
        self, frame: Loop, item: _Item, elements: Segment, ordinal: int, offset: int, *, forward: bool = True
    ) -> Placed:
        while self.loop is not frame:
            self._close(self.loop)
        if forward:
            self._advance(frame, item.slot)
            frame.slot = item.slot
        frame.counts[item.index] += 1
        if isinstance(item, LoopSpec):
            frame = self._open(frame, item, self._plans[item])
            frame.counts[0] = 1
        placed = Placed(item.head, elements, ordinal, offset)
        frame.segments.append(placed)
        return placed

    def _open(self, frame: Loop, spec: LoopSpec, plan: _Plan) -> Loop:
        loop = Loop(spec, frame, plan)
        if not spec.holds_unit:
            frame.children.append(loop)
        self.loop = loop
        return loop

    def _advance(self, frame: Loop, slot: int) -> None:
        """Note what is required before a slot and has not come; it may still come late."""
        required = frame.plan.required
        at = frame.required
        while at < len(required) and required[at].slot < slot:
            if not frame.counts[required[at].index]:
                frame.missed = [*(frame.missed or ()), (required[at], *self._at)]
            at += 1
        frame.required = at
        frame.due = required[at].slot if at < len(required) else _FAR

    def _close(self, loop: Loop) -> Loop:
        """End a loop; the one around it is the current one then."""
        if loop.due < _FAR:
            self._advance(loop, _FAR)
        for item, ordinal, offset in loop.missed or ():
            if not loop.counts[item.index] and loop is not self._doubtful:
                self._problem("3", item, item.head.id, loop.spec, ordinal, offset)
        if self._watched is None or loop.spec.id in self._watched:
            self._closed(loop)
        if loop.spec.holds_unit and loop.children:
            _let_go(loop)
        self.loop = loop.parent or self.root
        return self.loop

    # -- where the guide does not fit

    def _frames(self) -> Iterator[Loop]:
        frame: Loop | None = self.loop
        while frame is not None:
            yield frame
            frame = frame.parent

    def _mend(
        self, full: tuple[Loop, _Item] | None, elements: Segment, ordinal: int, offset: int
    ) -> Placed | None:  # fmt: skip
        name = elements[0]
        if full is not None:
            frame, item = full
            self._problem("4" if isinstance(item, LoopSpec) else "5", item, name, frame.spec, *self._at)
            return self._accept(frame, item, elements, ordinal, offset)
        if self._belongs_to_sibling(name):
            return None
        placed = (
            self._earlier(elements, ordinal, offset)
            or self._without_head(elements, ordinal, offset)
            or self._wrong_qualifier(elements, ordinal, offset)
        )
        if placed is None:
            self._stray(name)
        return placed

    def _belongs_to_sibling(self, name: str) -> bool:
        """Whether a segment may belong to the loop that was meant where another was guessed; nothing is said of it."""
        if self.loop is not self._doubtful or self.loop.parent is None:
            return False
        spec = self.loop.spec
        siblings = [item for item in self.loop.parent.spec.items if isinstance(item, LoopSpec)]
        return any(item.slot == spec.slot and name in self._plans[item].find for item in siblings)

    def _earlier(self, elements: Segment, ordinal: int, offset: int) -> Placed | None:
        """A segment of a place that lies behind: out of order, or the head of a further loop is missing."""
        for frame in self._frames():
            for entry in frame.find_at.get(elements[0], ()):
                for item in self._fitting(entry, elements) if entry.slot < frame.slot else ():
                    again = item.max and frame.counts[item.index] >= item.max
                    parent = frame.parent
                    if again and item.index and item.usage == "R" and frame.spec.max != 1 and parent is not None:
                        return self._repeat(parent, frame.spec, item, elements, ordinal, offset)
                    self._problem("5" if again else "7", item, elements[0], frame.spec, *self._at)
                    return self._accept(frame, item, elements, ordinal, offset, forward=False)
        return None

    def _repeat(
        self, parent: Loop, spec: LoopSpec, item: _Item, elements: Segment, ordinal: int, offset: int
    ) -> Placed:  # fmt: skip
        """Begin a loop whose head is missing."""
        while self.loop is not parent:
            self._close(self.loop)
        self._advance(parent, spec.slot)
        parent.slot = spec.slot
        parent.counts[spec.index] += 1
        self._problem("3", spec, spec.head.id, spec, *self._at)
        loop = self._open(parent, spec, self._plans[spec])
        loop.counts[0] = 1
        return self._accept(loop, item, elements, ordinal, offset)

    def _without_head(self, elements: Segment, ordinal: int, offset: int) -> Placed | None:
        """A segment of a loop that has not begun: its first segment is missing."""
        found: list[tuple[bool, Loop, LoopSpec, _Item]] = []
        for frame in self._frames():
            for child in frame.spec.items:
                if not isinstance(child, LoopSpec) or child.slot < frame.slot:
                    continue
                if child.max and frame.counts[child.index] >= child.max:
                    continue
                for entry in self._plans[child].find.get(elements[0], ()):
                    for item in self._fitting(entry, elements)[:1]:
                        due = child.usage == "R" and not frame.counts[child.index]
                        found.append((due, frame, child, item))
        wanted = [one for one in found if one[0]] or (found if len(found) == 1 else [])
        if not wanted:
            return None
        _, frame, spec, item = wanted[0]
        return self._repeat(frame, spec, item, elements, ordinal, offset)

    def _wrong_qualifier(self, elements: Segment, ordinal: int, offset: int) -> Placed | None:
        """A segment that may stand here, but not with this qualifier."""
        for frame in self._frames():
            for entry in frame.find_at.get(elements[0], ()):
                if entry.slot < frame.slot:
                    continue
                room = [item for item in entry.items if not item.max or frame.counts[item.index] < item.max]
                due = [item for item in room if item.usage == "R" and not frame.counts[item.index]]
                if due or room:
                    item = (due or room)[0]
                    single = len(entry.items) == 1 or bool(due)
                    placed = self._accept(frame, item, elements, ordinal, offset)
                    if not single:
                        self._problem("Q", item, elements[0], frame.spec, *self._at)
                        self._doubtful = self.loop if isinstance(item, LoopSpec) else None
                    return placed
        return None

    def _stray(self, name: str) -> None:
        code = "2" if name in self._guide.segment_ids else "6" if name in segment_names() else "1"
        self._problem(code, None, name, self.loop.spec, *self._at)


def _let_go(loop: Loop) -> None:
    """Cut the ties between loops that are done with, so that they need not wait for the garbage collector."""
    for child in loop.children:
        if child.children:
            _let_go(child)
        child.parent = None


@cache
def _plans(guide: Guide) -> dict[LoopSpec, _Plan]:
    plans = {spec: _Plan(spec) for spec in guide.root.walk()}
    for spec, plan in plans.items():
        plan.fill(spec, plans)
    return plans
