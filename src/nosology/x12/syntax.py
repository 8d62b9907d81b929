"""The grammar of X12 files: segments, delimiters and envelopes, read and written.

Reading: :func:`read_segments` (one by one) and :func:`read_transactions` (by transaction set), both in one pass over a
text of any size. Writing: :class:`SegmentWriter` for the body of a transaction set, :func:`write_interchange` for all
around it. Control numbers and times are arguments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nosology.errors import UsageError
from nosology.x12.envelope import Transaction, TransactionReader, read_transactions
from nosology.x12.headers import Group, Interchange
from nosology.x12.segments import NO_REPETITION, Delimiters, RawSegment, Segment, SegmentReader, Source, read_segments

__all__ = [
    "NO_REPETITION",
    "Composite",
    "Delimiters",
    "Group",
    "Interchange",
    "OutgoingGroup",
    "OutgoingTransaction",
    "RawSegment",
    "Segment",
    "SegmentReader",
    "SegmentWriter",
    "Source",
    "Transaction",
    "TransactionReader",
    "components",
    "read_segments",
    "read_transactions",
    "repetitions",
    "write_interchange",
    "write_interchange_parts",
]


class Composite(str):
    """An element that already holds separators of components or repetitions, made by a :class:`SegmentWriter`."""

    __slots__ = ()


def components(element: str, delimiters: Delimiters) -> list[str]:
    """Return the components of a composite element."""
    return element.split(delimiters.component)


def repetitions(element: str, delimiters: Delimiters) -> list[str]:
    """Return the repetitions of a repeating element; none for an empty one."""
    return element.split(delimiters.repetition) if element else []


class SegmentWriter:
    """Collects segments as text. ``texts`` are the segments without their terminator.

    With ``replace`` characters that separate or control become blanks; otherwise they are refused.

    >>> writer = SegmentWriter()
    >>> writer.add("SV1", writer.composite("HC", "99213"), "120", "UN", "1", "", "", "")
    >>> writer.texts
    ['SV1*HC:99213*120*UN*1']
    """

    def __init__(self, delimiters: Delimiters | None = None, *, replace: bool = False) -> None:
        self.delimiters = delimiters or Delimiters()
        self.texts: list[str] = []
        self._replace = replace
        used = self.delimiters
        marks = used.element + used.component + used.repetition + used.segment
        self._separates = re.compile("[" + re.escape(marks) + r"\x00-\x1f\x7f]")

    def __len__(self) -> int:
        return len(self.texts)

    def add(self, identifier: str, *elements: str) -> None:
        """Add a segment; trailing empty elements are left out.

        Raises:
            UsageError: an element holds a separator or a control character.
        """
        plain = "".join([element for element in elements if element.__class__ is not Composite])
        if self._separates.search(plain):
            elements = tuple([self._cleaned(element, identifier) for element in elements])
        count = len(elements)
        while count and not elements[count - 1]:
            count -= 1
        self.texts.append(self.delimiters.element.join((identifier, *elements[:count])))

    def composite(self, *parts: str) -> Composite:
        """Return the components as one element; trailing empty ones are left out."""
        count = len(parts)
        while count and not parts[count - 1]:
            count -= 1
        return Composite(self.delimiters.component.join([self._cleaned(part, "a composite") for part in parts[:count]]))

    def repeated(self, values: Iterable[str]) -> Composite:
        """Return the values as the repetitions of one element.

        Raises:
            UsageError: there are several, and the delimiters have no repetition separator.
        """
        cleaned = [self._cleaned(value, "a repetition") for value in values]
        if len(cleaned) > 1 and self.delimiters.repetition == NO_REPETITION:
            raise UsageError("these delimiters have no repetition separator")
        return Composite(self.delimiters.repetition.join(cleaned))

    def _cleaned(self, value: str, where: str) -> str:
        if value.__class__ is Composite or not self._separates.search(value):
            return value
        if not self._replace:
            raise UsageError(f"a value for {where} holds a separator or a control character")
        return self._separates.sub(" ", value)


@dataclass(frozen=True, slots=True)
class OutgoingTransaction:
    """A transaction set to write: ``body`` are the segments between ST and SE."""

    id: str
    control: str
    body: Sequence[str]
    version: str = ""  # ST03; empty where the guide has none (835)


@dataclass(frozen=True, slots=True)
class OutgoingGroup:
    """A functional group to write; ``sender`` and ``receiver`` are GS02 and GS03, those of the interchange if empty."""

    functional_id: str
    version: str
    control: str
    transactions: Iterable[OutgoingTransaction] = field(default=())
    sender: str = ""
    receiver: str = ""


def write_interchange(
    groups: Iterable[OutgoingGroup],
    *,
    sender: tuple[str, str],
    receiver: tuple[str, str],
    created: str,
    control: str,
    usage: str = "T",
    acknowledge: bool = False,
    answers: Iterable[str] = (),
    delimiters: Delimiters | None = None,
) -> str:
    """Return an interchange as text.

    Args:
        sender, receiver: qualifier and id (ISA05 to ISA08).
        created: CCYYMMDDHHMM, for ISA and GS.
        control: the interchange control number, at most nine digits.
        usage: T test or P production.
        acknowledge: whether a TA1 is asked for (ISA14).
        answers: TA1 segments about interchanges that came in.

    Raises:
        UsageError: an id is too long, a number is none, or a value holds a separator.
    """
    parts = write_interchange_parts(
        groups, sender=sender, receiver=receiver, created=created, control=control, usage=usage,
        acknowledge=acknowledge, answers=answers, delimiters=delimiters,
    )  # fmt: skip
    return "".join(parts)


def write_interchange_parts(
    groups: Iterable[OutgoingGroup],
    *,
    sender: tuple[str, str],
    receiver: tuple[str, str],
    created: str,
    control: str,
    usage: str = "T",
    acknowledge: bool = False,
    answers: Iterable[str] = (),
    delimiters: Delimiters | None = None,
) -> Iterator[str]:
    """The same as :func:`write_interchange` in pieces, one per transaction set, for files of any size."""
    used = delimiters or Delimiters()
    end = used.segment + used.line_end
    if not (control.isascii() and control.isdigit() and len(control) <= 9):
        raise UsageError("an interchange control number has one to nine digits")
    if not (created.isascii() and created.isdigit() and len(created) == 12):
        raise UsageError("the time of an interchange is CCYYMMDDHHMM")
    if used.repetition == NO_REPETITION:
        raise UsageError("5010 needs a repetition separator")
    control = control.zfill(9)
    header = SegmentWriter(used)
    header.add(
        "ISA", "00", " " * 10, "00", " " * 10,
        *(_padded(value, width) for value, width in zip((*sender, *receiver), (2, 15, 2, 15), strict=True)),
        created[2:8], created[8:], Composite(used.repetition), "00501", control, "1" if acknowledge else "0",
        usage, Composite(used.component),
    )  # fmt: skip
    yield header.texts[0] + end
    for answer in answers:
        yield answer + end
    count = 0
    for group in groups:
        count += 1
        yield from _write_group(group, sender[1], receiver[1], created, used)
    yield used.element.join(("IEA", str(count), control)) + end


def _write_group(group: OutgoingGroup, sender: str, receiver: str, created: str, used: Delimiters) -> Iterator[str]:
    end = used.segment + used.line_end
    header = SegmentWriter(used)
    header.add(
        "GS", group.functional_id, group.sender or sender, group.receiver or receiver, created[:8], created[8:],
        group.control, "X", group.version,
    )  # fmt: skip
    yield header.texts[0] + end
    count = 0
    for transaction in group.transactions:
        count += 1
        begin = SegmentWriter(used)
        begin.add("ST", transaction.id, transaction.control, transaction.version)
        trailer = used.element.join(("SE", str(len(transaction.body) + 2), transaction.control))
        yield end.join((begin.texts[0], *transaction.body, trailer)) + end
    yield used.element.join(("GE", str(count), group.control)) + end


def _padded(value: str, width: int) -> str:
    if len(value) > width:
        raise UsageError(f"an id of the interchange is longer than {width} characters")
    return value.ljust(width)
