"""999, the answer to a functional group: written as a projection of the findings, and read.

Authority: ASC X12C/005010X231A1. The older 997 is read as the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nosology.model.acknowledgement import BadElement, BadSegment, GroupAcknowledgement, SetAcknowledgement
from nosology.x12.ack_ta1 import write_ta1
from nosology.x12.envelope import Transaction, read_transactions
from nosology.x12.judge import JudgedInterchange
from nosology.x12.segments import Delimiters, RawSegment, Source
from nosology.x12.syntax import OutgoingGroup, OutgoingTransaction, SegmentWriter, write_interchange

__all__ = ["read_999", "read_999_transaction", "write_999", "write_acknowledgements"]

_VERSION = "005010X231A1"
_CLAIM_NUMBER = {"HC": "CLM01"}  # the business unit that CTX names, by kind of group
_NO_VALUE = {"1", "2", "6"}  # IK403 codes that have nothing to copy


def write_999(group: GroupAcknowledgement, delimiters: Delimiters | None = None) -> list[str]:
    """Return the segments of a 999 between its ST and SE."""
    writer = SegmentWriter(delimiters, replace=True)
    version = group.version if group.version.startswith("00") else ""
    writer.add("AK1", group.functional_id, group.control, version)
    unit = _CLAIM_NUMBER.get(group.functional_id, "")
    for one in group.sets:
        writer.add("AK2", one.transaction, one.control, one.version)
        for segment in one.segments:
            _write_segment(writer, segment, unit)
        writer.add("IK5", one.verdict, *one.codes[:5])
    counts = (str(group.included), str(group.received), str(group.accepted))
    writer.add("AK9", group.verdict, *counts, *group.codes[:5])
    return writer.texts


def _write_segment(writer: SegmentWriter, segment: BadSegment, unit: str) -> None:
    name = segment.segment if 1 < len(segment.segment) < 4 else "ZZZ"
    # IK303 holds four characters: 2010AA is told as 2010.
    writer.add("IK3", name, str(segment.ordinal), segment.loop[:4], segment.code)
    if unit and segment.claim:
        writer.add("CTX", writer.composite(unit, segment.claim[:35]))
    for element in segment.elements:
        place = writer.composite(
            str(element.element),
            str(element.component) if element.component else "",
            str(element.repetition) if element.repetition else "",
        )
        number = element.data_element if element.data_element.isdigit() else ""
        value = "" if element.code in _NO_VALUE else element.value[:99].strip()
        writer.add("IK4", place, number, element.code, value)


def write_acknowledgements(
    judged: JudgedInterchange,
    *,
    created: str,
    control: str,
    first_set: int = 1,
    always_ta1: bool = False,
    delimiters: Delimiters | None = None,
) -> str:
    """Return the interchange that answers one: a TA1 where it was asked for or something is wrong, and the 999s.

    A rejected interchange has its TA1 alone: nothing in it was worked, so no 999 may say that a part was accepted.

    Args:
        created: CCYYMMDDHHMM.
        control: the control number of the answering interchange; its group has the same.
        first_set: the control number of the first 999; the others count on.

    Raises:
        UsageError: a control number or the time is of the wrong form.
    """
    came = judged.interchange
    used = delimiters or Delimiters()
    asked = always_ta1 or came.header[14] == "1" or judged.answer.verdict != "A"
    sets = [
        OutgoingTransaction("999", f"{number:04d}", write_999(group, used), _VERSION)
        for number, group in enumerate(judged.groups if judged.answer.verdict != "R" else (), first_set)
    ]
    groups = []
    if sets:
        groups = [OutgoingGroup("FA", _VERSION, control.lstrip("0") or "0", sets)]
    return write_interchange(
        groups,
        sender=_party(came.receiver, used),
        receiver=_party(came.sender, used),
        created=created,
        control=control,
        usage=came.usage if came.usage in {"P", "T"} else "T",
        delimiters=used,
        answers=[write_ta1(judged.answer, used)] if asked else [],
    )


def _party(ends: tuple[str, str], used: Delimiters) -> tuple[str, str]:
    """An end of the interchange that came, with blanks for what would break the answer."""
    marks = used.element + used.component + used.repetition + used.segment
    qualifier, name = (
        "".join(" " if sign in marks or not sign.isprintable() else sign for sign in end) for end in ends
    )
    return (qualifier if len(qualifier.strip()) == 2 else "ZZ"), (name.strip()[:15] or "UNKNOWN")


def read_999(source: Source, *, name: str = "the file") -> Iterator[GroupAcknowledgement]:
    """Yield what each 999 (or 997) of a file says.

    Raises:
        UnreadableInput: the text holds no X12 (raised while reading).
    """
    for transaction in read_transactions(source, name=name, lazy=True):
        if transaction.id in {"999", "997"}:
            yield read_999_transaction(transaction)


def read_999_transaction(transaction: Transaction | Iterable[RawSegment]) -> GroupAcknowledgement:
    """Return what one 999 (or 997) says. What it leaves out is empty or 0; it is never refused."""
    reading = _Reading()
    if isinstance(transaction, Transaction):
        reading.component = transaction.delimiters.component
        reading.reference = transaction.control
    for raw in transaction:
        reading.take([*raw.elements, *([""] * 12)])
    return reading.result()


@dataclass(slots=True)
class _Reading:
    """A 999 as far as it has been read."""

    component: str = ":"
    reference: str = ""
    group: tuple[str, str, str] = ("", "", "")
    end: tuple[str, ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)
    verdict: str = ""
    sets: list[SetAcknowledgement] = field(default_factory=list)
    header: tuple[str, str, str] | None = None
    segments: list[BadSegment] = field(default_factory=list)

    def take(self, elements: list[str]) -> None:
        name = elements[0]
        if name == "AK1":
            self.group = (elements[1], elements[2], elements[3])
        elif name == "AK2":
            self.close("", ())
            self.header = (elements[1], elements[2], elements[3])
        elif name in {"IK3", "AK3"}:
            self.segments.append(BadSegment(elements[1], _count(elements[2]), elements[4], elements[3]))
        elif name in {"IK4", "AK4"} and self.segments:
            self.add_element(elements)
        elif name == "CTX" and self.segments:
            self.add_context(elements[1])
        elif name in {"IK5", "AK5"}:
            self.close(elements[1], tuple(code for code in elements[2:7] if code))
        elif name == "AK9":
            self.verdict = elements[1]
            self.counts = (_count(elements[2]), _count(elements[3]), _count(elements[4]))
            self.end = tuple(code for code in elements[5:10] if code)

    def add_element(self, elements: list[str]) -> None:
        place, component, repetition, *_ = [*elements[1].split(self.component), "", ""]
        last = self.segments[-1]
        bad = BadElement(
            _count(place), elements[3], _count(component), _count(repetition), elements[2], elements[4]
        )  # fmt: skip
        self.segments[-1] = BadSegment(
            last.segment, last.ordinal, last.code, last.loop, last.claim, (*last.elements, bad)
        )  # fmt: skip

    def add_context(self, context: str) -> None:
        unit, _, value = context.partition(self.component)
        last = self.segments[-1]
        if unit in _CLAIM_NUMBER.values():
            self.segments[-1] = BadSegment(last.segment, last.ordinal, last.code, last.loop, value, last.elements)

    def close(self, verdict: str, codes: tuple[str, ...]) -> None:
        if self.header is not None:
            transaction, control, version = self.header
            made = SetAcknowledgement(transaction, control, verdict, version, codes, tuple(self.segments))
            self.sets.append(made)
        self.header, self.segments = None, []

    def result(self) -> GroupAcknowledgement:
        self.close("", ())
        return GroupAcknowledgement(
            *self.group, self.verdict, *self.counts, self.end, tuple(self.sets), self.reference
        )  # fmt: skip


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
