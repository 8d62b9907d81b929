"""Interchanges, functional groups and transaction sets: what is in which, and whether headers and trailers agree.

Transaction sets are given out one at a time; with ``lazy`` their segments are read while they are used, so that one of
100,000 claims needs no more memory than one of ten. What is wrong with the envelope is reported with the codes that a
TA1 (TA105) or a 999 (AK905, IK502) states. Authority: ASC X12C/005010X231A1 (999), X12 005010 TA1 and control segments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from nosology.model.edi import EdiFinding, Position
from nosology.model.finding import Severity
from nosology.x12.headers import Group, Interchange
from nosology.x12.segments import Block, Delimiters, RawSegment, Segment, SegmentReader, Source

__all__ = ["Run", "Transaction", "TransactionReader", "read_transactions"]

_Report = Callable[[EdiFinding], None]


class Run(NamedTuple):
    """Segments of one transaction set that lie in one block: the count of the first, and texts from ``first`` on."""

    ordinal: int
    block: Block
    first: int
    last: int


class Transaction:
    """ST … SE. Iterate over it for its segments with their places; ``segments`` holds them all.

    ``id`` is ST01, ``control`` ST02, ``stated`` ST03, ``version`` that or else GS08; ``ordinal`` counts within the
    group. ``findings`` are those of its own envelope, and those between it and the transaction set before.
    """

    def __init__(
        self,
        reader: TransactionReader,
        interchange: Interchange,
        group: Group,
        ordinal: int,
        header: Segment,
        offset: int,
    ) -> None:
        self.interchange, self.group, self.ordinal = interchange, group, ordinal
        self.id = header[1] if len(header) > 1 else ""
        self.control = header[2] if len(header) > 2 else ""
        self.stated = header[3] if len(header) > 3 else ""
        self.version = self.stated or group.version
        self.offset = offset
        self.findings: list[EdiFinding] = []
        self._reader = reader
        self._kept: list[RawSegment] | None = None

    @property
    def delimiters(self) -> Delimiters:
        """The separators in force."""
        return self.interchange.delimiters

    @property
    def segments(self) -> list[Segment]:
        """Every segment from ST to SE."""
        return [raw.elements for raw in self.raw_segments()]

    def raw_segments(self) -> list[RawSegment]:
        """Every segment from ST to SE, with its place; read now if that has not been done."""
        if self._kept is None:
            self._kept = list(self._read())
        return self._kept

    def __iter__(self) -> Iterator[RawSegment]:
        return iter(self._kept) if self._kept is not None else self._read()

    def runs(self) -> Iterator[Run]:
        """The segments in blocks, once, for those who need speed."""
        return self._reader.take(self)

    def position(
        self, segment: RawSegment | None = None, element: int = 0, component: int = 0, **more: str | int
    ) -> Position:
        """The place of a segment, an element or a component of this transaction set; without a segment that of ST."""
        return Position(
            interchange=self.interchange.ordinal,
            group=self.group.ordinal,
            transaction=self.ordinal,
            segment=segment.ordinal if segment else 1,
            segment_id=segment.elements[0] if segment else "ST",
            element=element,
            component=component,
            offset=segment.offset if segment else self.offset,
            **more,  # type: ignore[arg-type]
        )

    def _read(self) -> Iterator[RawSegment]:
        separator = self.delimiters.element
        for run in self.runs():
            texts = run.block.texts
            for index in range(run.first, run.last):
                elements = texts[index].split(separator)
                while len(elements) > 1 and not elements[-1]:
                    elements.pop()
                yield RawSegment(elements, run.ordinal + index - run.first, run.block.offset(index))


_NO_INTERCHANGE = ("ISA", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "")
_NO_GROUP = ("GS", "", "", "", "", "", "", "", "")
_CONTROLS = frozenset({"ISA", "IEA", "GS", "GE", "ST", "SE", "TA1", "ISB", "ISE"})


class TransactionReader:
    """Walks through a file from envelope to envelope; see :func:`read_transactions`."""

    def __init__(self, source: Source, *, name: str, lazy: bool, report: _Report | None) -> None:
        self._said = report
        self._pending: list[EdiFinding] = []
        self._lazy = lazy
        self.segments = SegmentReader(source, name=name, report=self._tell)
        self._blocks = self.segments.blocks()
        self._block: Block | None = None
        self._at = 0
        self.interchange = Interchange(0, _NO_INTERCHANGE, Delimiters(), 0)
        self.group: Group | None = None
        self.current: Transaction | None = None
        self._trailer: tuple[str, Block, int] | None = None  # an SE that has been read, not yet compared
        self._outside = 0  # segments since ISA
        self._inside = 0  # segments since ST
        self._groups = self._sets = 0
        self._open = False  # between ISA and IEA
        self._group_controls: set[str] = set()
        self._set_controls: set[str] = set()
        self._interchange_controls: set[tuple[str, ...]] = set()
        self._finished: list[tuple[Group, int]] = []
        self.acknowledgements: list[tuple[str, ...]] = []  # TA1 segments, as they are met
        self.on_group: Callable[[Group, int], None] | None = None
        self.on_interchange: Callable[[Interchange], None] | None = None
        self.on_set: Callable[[Transaction], None] | None = None

    def __iter__(self) -> Iterator[Transaction]:
        while self._advance():
            transaction = self.current
            assert transaction is not None
            transaction.findings.extend(self._pending)
            self._pending.clear()
            if not self._lazy:
                transaction.raw_segments()
            yield transaction
            if self.current is transaction:
                for _ in self.take(transaction):
                    pass

    # -- inside a transaction set

    def take(self, transaction: Transaction) -> Iterator[Run]:
        """Yield what is left of the transaction set up to and with its SE."""
        self._settle()
        while self.current is transaction and self._load():
            block = self._block
            assert block is not None
            texts, first = block.texts, self._at
            end, trailer = self._find_end(texts, first, block)
            if end > first:
                run = Run(self._inside + 1, block, first, end)
                self._inside += end - first
                self._outside += end - first
                self._at = end
                self._trailer = (texts[end - 1], block, end - 1) if trailer == "SE" else None
                yield run
                self._settle()
            if trailer not in {"", "SE"}:
                self._miss_trailer("SE")
        if self.current is transaction:
            self._miss_trailer("SE")

    def _settle(self) -> None:
        """Compare SE with its ST, once those who read have had their segments."""
        if self._trailer is not None:
            trailer, self._trailer = self._trailer, None
            self._close_set(*trailer)

    def _find_end(self, texts: list[str], first: int, block: Block) -> tuple[int, str]:
        """The index after the SE (or of the segment that may not stand here), and which it is."""
        separator = block.delimiters.element
        ends = (
            "SE" + separator,
            "ST" + separator,
            "GE" + separator,
            "GS" + separator,
            "IEA" + separator,
            "ISA" + separator,
        )
        start = first + (0 if self._inside else 1)  # its own ST
        for index in range(start, len(texts)):
            if texts[index].startswith(ends):
                found = texts[index].split(separator, 1)[0]
                return (index + 1 if found == "SE" else index), found
        return len(texts), ""

    def _load(self) -> bool:
        while self._block is None or self._at >= len(self._block.texts):
            self._block = next(self._blocks, None)
            self._at = 0
            if self._block is None:
                return False
        return True

    # -- between transaction sets

    def _advance(self) -> bool:
        """Go on to the next ST; False at the end of the file."""
        while self._load():
            block = self._block
            assert block is not None
            text = block.texts[self._at]
            elements = text.split(block.delimiters.element)
            offset = block.offset(self._at)
            if elements[0] == "ST":
                self._open_set(elements, block, offset)
                return True
            self._at += 1
            self._outside += 1
            self._control_segment(elements, block, offset)
        if self.group is not None:
            self._miss_trailer("GE")
        if self._open:
            self._miss_trailer("IEA")
        return False

    def _control_segment(self, elements: list[str], block: Block, offset: int) -> None:
        name = elements[0]
        if name == "ISA":
            self._open_interchange(elements, block, offset)
        elif name == "GS":
            self._open_group(elements, offset)
        elif name == "GE":
            self._close_group(elements, offset)
        elif name == "IEA":
            self._close_interchange(elements, offset)
        elif name == "TA1":
            self.acknowledgements.append(tuple(elements))
        elif name == "SE":
            self._say("x12.trailer_alone", "SE without its ST", name, offset, error=("", "", "6"))
        elif not self._open and self.interchange.ordinal and not self.group:
            if block.texts[self._at - 1].strip("\x00\x1a \t"):
                self._say("x12.text_after", "text after the interchange was skipped", "", offset, Severity.WARNING)
        else:
            place = "a functional group" if self.group is None else "a transaction set"
            error = ("024", "", "") if self.group is None else ("", "", "6")
            self._say("x12.outside", f"segment outside of {place}", name, offset, error=error)

    def _open_interchange(self, elements: list[str], block: Block, offset: int) -> None:
        if self.group is not None:
            self._miss_trailer("GE")
        if self._open:
            self._miss_trailer("IEA")
        header = tuple(element.strip(" ") for element in (elements + [""] * 17)[:17])
        self.interchange = Interchange(self.interchange.ordinal + 1, header, block.delimiters, offset)
        self._open, self._outside, self._groups = True, 1, 0
        if self.on_interchange:
            self.on_interchange(self.interchange)
        self._group_controls = set()
        key = (*header[5:9], header[13])
        if key in self._interchange_controls:
            self._say(
                "x12.isa_control_twice",
                "interchange control number used twice",
                "ISA",
                offset,
                element=13,
                error=("025",),
            )
        self._interchange_controls.add(key)

    def _open_group(self, elements: list[str], offset: int) -> None:
        if self.group is not None:
            self._miss_trailer("GE")
        if not self._open and not self.interchange.ordinal:
            self.interchange = self.interchange._replace(delimiters=self._delimiters())
        self._groups += 1
        self._sets = 0
        self._set_controls = set()
        self.group = Group(self._groups, tuple((elements + [""] * 9)[:9]), offset)
        if self.group.control in self._group_controls:
            self._say(
                "x12.gs_control_twice", "group control number used twice", "GS", offset, element=6, error=("", "19")
            )
        self._group_controls.add(self.group.control)
        if self.group.version and not self.group.version.startswith("005010"):
            message = f"version {self.group.version[:12]} is not 005010, which HIPAA needs; it is read as it stands"
            self._say("x12.version", message, "GS", offset, element=8, error=("", "2"))

    def _open_set(self, elements: list[str], block: Block, offset: int) -> None:
        if self.group is None:
            if not self.interchange.ordinal:
                self.interchange = self.interchange._replace(delimiters=block.delimiters)
            self._sets = 0
            self._set_controls = set()
            self._say("x12.no_group", "transaction set outside of a functional group", "ST", offset, error=("024",))
        self._sets += 1
        group = self.group or Group(self._groups, _NO_GROUP, offset)
        self._inside = 0
        self.current = Transaction(self, self.interchange, group, self._sets, elements, offset)
        if self.current.control in self._set_controls:
            message = "transaction set control number used twice in its group"
            self._say("x12.st_control_twice", message, "ST", offset, element=2, error=("", "", "23"))
        self._set_controls.add(self.current.control)

    def _close_set(self, text: str, block: Block, index: int) -> None:
        transaction = self.current
        assert transaction is not None
        elements = text.split(block.delimiters.element)
        count, control = _at(elements, 1), _at(elements, 2)
        offset = block.offset(index)
        if _integer(count) != self._inside:
            message = f"SE counts {count or 'no'} segments, the transaction set has {self._inside}"
            self._say("x12.se_count", message, "SE", offset, element=1, error=("", "", "4"), value=count)
        if control != transaction.control:
            message = "control numbers of ST and SE differ"
            self._say("x12.se_control", message, "SE", offset, element=2, error=("", "", "3"), value=control)
        self._end_set()

    def _end_set(self) -> None:
        assert self.current is not None
        self.current.findings.extend(self._pending)
        self._pending.clear()
        if self.on_set:
            self.on_set(self.current)
        self.current = None
        self._inside = 0

    def _close_group(self, elements: list[str], offset: int) -> None:
        if self.group is None:
            self._say("x12.trailer_alone", "GE without its GS", "GE", offset, error=("024",))
            return
        count, control = _at(elements, 1), _at(elements, 2)
        if _integer(count) != self._sets:
            message = f"GE counts {count or 'no'} transaction sets, the group has {self._sets}"
            self._say("x12.ge_count", message, "GE", offset, element=1, error=("", "5"), value=count)
        if control != self.group.control:
            message = "control numbers of GS and GE differ"
            self._say("x12.ge_control", message, "GE", offset, element=2, error=("", "4"), value=control)
        self._end_group(_integer(count))

    def _end_group(self, counted: int) -> None:
        assert self.group is not None
        if self.on_group:
            self.on_group(self.group, counted)
        self.group = None

    def _close_interchange(self, elements: list[str], offset: int) -> None:
        if self.group is not None:
            self._miss_trailer("GE")
        if not self._open:
            self._say("x12.trailer_alone", "IEA without its ISA", "IEA", offset, error=("022",))
            return
        count, control = _at(elements, 1), _at(elements, 2)
        if _integer(count) != self._groups:
            message = f"IEA counts {count or 'no'} functional groups, the interchange has {self._groups}"
            self._say("x12.iea_count", message, "IEA", offset, element=1, error=("021",), value=count)
        if control.strip() != self.interchange.control:
            message = "control numbers of ISA and IEA differ"
            self._say("x12.iea_control", message, "IEA", offset, element=2, error=("001",), value=control)
        self._end_interchange()

    def _end_interchange(self) -> None:
        self._open = False

    def _miss_trailer(self, trailer: str) -> None:
        """_Report a missing SE, GE or IEA where it should have stood."""
        offset = self._offset()
        if trailer == "SE":
            self._say("x12.se_missing", "the transaction set has no SE", "SE", offset, error=("", "", "2"))
            self._end_set()
        elif trailer == "GE":
            self._say("x12.ge_missing", "the functional group has no GE", "GE", offset, error=("", "3"))
            self._end_group(self._sets)
        else:
            self._say("x12.iea_missing", "the interchange has no IEA", "IEA", offset, error=("023",))
            self._end_interchange()

    # -- saying it

    def _offset(self) -> int:
        if self._block is None or self._at >= len(self._block.texts):
            return self.segments.length
        return self._block.offset(self._at)

    def _delimiters(self) -> Delimiters:
        return self._block.delimiters if self._block is not None else Delimiters()

    def _say(
        self,
        rule: str,
        message: str,
        segment: str,
        offset: int,
        severity: Severity = Severity.ERROR,
        *,
        element: int = 0,
        error: tuple[str, ...] = (),
        value: str = "",
    ) -> None:
        interchange_error, group_error, transaction_error = (*error, "", "", "")[:3]
        inside = self.current is not None
        position = Position(
            interchange=self.interchange.ordinal,
            group=self.group.ordinal if self.group else 0,
            transaction=self.current.ordinal if self.current else 0,
            segment=self._inside or 1 if inside else self._outside,
            segment_id=segment if segment in _CONTROLS or (segment.isalnum() and len(segment) < 4) else "",
            element=element,
            offset=offset,
        )
        self._tell(
            EdiFinding(
                rule,
                1,
                severity,
                message,
                position,
                interchange_error=interchange_error,
                group_error=group_error,
                transaction_error=transaction_error,
                data_element=_NUMBERS.get((segment, element), ""),
                value=value,
            )
        )

    def _tell(self, finding: EdiFinding) -> None:
        if self._said is not None:
            self._said(finding)
        self._pending.append(finding)


_NUMBERS = {
    ("ISA", 13): "I12", ("GS", 6): "28", ("GS", 8): "480", ("ST", 2): "329", ("SE", 1): "96", ("SE", 2): "329",
    ("GE", 1): "97", ("GE", 2): "28", ("IEA", 1): "I16", ("IEA", 2): "I12",
}  # fmt: skip


def read_transactions(
    source: Source, *, name: str = "the file", lazy: bool = False, report: _Report | None = None
) -> TransactionReader:
    """Return the transaction sets of an X12 file one by one, each with its envelope.

    ``report`` gets every finding of text and envelope as it is made, also those after the last transaction set.
    With ``lazy`` a transaction set must be used before the next one is asked for.

    Raises:
        UnreadableInput: the text holds no X12 (raised while reading).
    """
    return TransactionReader(source, name=name, lazy=lazy, report=report)


def _at(elements: list[str], index: int) -> str:
    return elements[index] if index < len(elements) else ""


def _integer(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
