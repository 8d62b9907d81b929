"""Transactions in levels (HL), as those of status and eligibility: levels, parties and small parts, both ways.

Levels are put together by their kind and order, not by the numbers in HL, so that a file with wrong counts can still be
read; the validator reports them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from nosology.model.claim import Envelope
from nosology.model.claim_parts import Address, Contact, Dated, Party, ProcedureId, Reference
from nosology.x12.syntax import (
    Delimiters,
    OutgoingGroup,
    OutgoingTransaction,
    Segment,
    SegmentWriter,
    Transaction,
    components,
    write_interchange,
)
from nosology.x12.values import day, parse_day, parse_decimal

__all__ = [
    "Level",
    "PartyBuilder",
    "add_address",
    "add_contacts",
    "add_dates",
    "add_demographics",
    "add_level",
    "add_party",
    "add_references",
    "amount",
    "at",
    "new_writer",
    "next_control",
    "read_contact",
    "read_created",
    "read_dated",
    "read_demographics",
    "read_levels",
    "read_party",
    "read_procedure",
    "read_reference",
    "write_procedure",
    "write_transactions",
]

_RANK = {"20": 0, "21": 1, "19": 2, "22": 3, "PT": 3, "23": 4}


@dataclass(slots=True)
class Level:
    """One HL with what stands in it: its kind (HL03), its segments without the HL, and the levels above it by kind."""

    kind: str
    segments: list[Segment]
    above: dict[str, Level] = field(default_factory=dict)
    below: int = 0


def at(segment: Sequence[str], index: int) -> str:
    """An element of a segment, "" if the segment is shorter."""
    return segment[index] if index < len(segment) else ""


def amount(text: str) -> Decimal | None:
    """A number as it stands, None if there is none (or none that can be read)."""
    return parse_decimal(text) if text else None


def read_levels(transaction: Transaction) -> tuple[list[Segment], list[Level]]:
    """The segments before the first HL, and the levels in their order. SE is left out."""
    header: list[Segment] = []
    levels: list[Level] = []
    open_levels: dict[str, Level] = {}
    for segment in transaction.segments:
        if segment[0] == "HL":
            kind = at(segment, 3)
            rank = _RANK.get(kind, 9)
            open_levels = {each: level for each, level in open_levels.items() if _RANK.get(each, 9) < rank}
            if open_levels:
                next(reversed(open_levels.values())).below += 1
            level = Level(kind, [], dict(open_levels))
            open_levels[kind] = level
            levels.append(level)
        elif segment[0] == "SE":
            break
        elif levels:
            levels[-1].segments.append(segment)
        else:
            header.append(segment)
    return header, levels


def read_created(header: Sequence[Segment]) -> tuple[str, str, str, str]:
    """BHT03, BHT04 with BHT05, BHT02, BHT06: reference, moment, purpose, kind."""
    begin = next((segment for segment in header if segment[0] == "BHT"), ["BHT"])
    return at(begin, 3), at(begin, 4) + at(begin, 5), at(begin, 2), at(begin, 6)


def read_party(segment: Segment) -> Party:
    """NM1."""
    return Party(
        role=at(segment, 1),
        person=at(segment, 2) == "1",
        name=at(segment, 3),
        first=at(segment, 4),
        middle=at(segment, 5),
        prefix=at(segment, 6),
        suffix=at(segment, 7),
        id_qualifier=at(segment, 8),
        id=at(segment, 9),
    )


@dataclass(slots=True)
class PartyBuilder:
    """Gathers NM1, N3, N4, REF, PER and PRV of one party as they come."""

    party: Party
    street: tuple[str, str] = ("", "")
    place: Segment | None = None
    references: list[Reference] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    taxonomy: str = ""

    def take(self, segment: Segment) -> bool:
        """Take a segment that belongs to a party; False if it does not."""
        if segment[0] == "N3":
            self.street = at(segment, 1), at(segment, 2)
        elif segment[0] == "N4":
            self.place = segment
        elif segment[0] == "REF":
            self.references.append(read_reference(segment))
        elif segment[0] == "PER":
            self.contacts.append(read_contact(segment))
        else:
            return False
        return True

    def build(self) -> Party:
        """The party with everything taken."""
        address = None
        if self.place is not None or any(self.street):
            n4 = self.place or ["N4"]
            address = Address(*self.street, at(n4, 1), at(n4, 2), at(n4, 3), at(n4, 4), at(n4, 7))
        return replace(
            self.party,
            address=address,
            references=tuple(self.references),
            contacts=tuple(self.contacts),
            taxonomy=self.taxonomy,
        )


def read_reference(segment: Segment) -> Reference:
    """REF."""
    return Reference(at(segment, 1), at(segment, 2), at(segment, 3))


def read_contact(segment: Segment) -> Contact:
    """PER."""
    numbers = tuple((at(segment, i), at(segment, i + 1)) for i in (3, 5, 7) if at(segment, i))
    return Contact(name=at(segment, 2), numbers=numbers, function=at(segment, 1))


def read_dated(segment: Segment) -> Dated:
    """DTP."""
    return Dated(at(segment, 1), at(segment, 3), at(segment, 2))


def read_demographics(segments: Sequence[Segment]) -> tuple[date | None, str]:
    """Birth date and sex (DMG), None and "" if there is none."""
    found = next((segment for segment in segments if segment[0] == "DMG"), ["DMG"])
    return parse_day(at(found, 2)), at(found, 3)


def read_procedure(element: str, delimiters: Delimiters) -> ProcedureId:
    """A procedure as one composite: qualifier, code, modifiers."""
    parts = components(element, delimiters)
    modifiers = tuple(part for part in parts[2:6] if part)
    return ProcedureId(at(parts, 0), at(parts, 1), modifiers, at(parts, 6))


# -- writing


def new_writer(delimiters: Delimiters | None, *, replace_marks: bool = False) -> SegmentWriter:
    """A writer with these delimiters; ``replace_marks`` turns separators in texts into blanks instead of refusing."""
    return SegmentWriter(delimiters, replace=replace_marks)


def add_level(writer: SegmentWriter, count: int, parent: int, kind: str, *, below: bool | None) -> int:
    """Write an HL and return its number; ``below`` None leaves HL04 out."""
    child = "" if below is None else "1" if below else "0"
    writer.add("HL", str(count), str(parent) if parent else "", kind, child)
    return count


def add_party(writer: SegmentWriter, party: Party, *, relationship: str = "") -> None:
    """Write NM1."""
    kind = "1" if party.person else "2"
    names = (party.name, party.first, party.middle, party.prefix, party.suffix)
    writer.add("NM1", party.role, kind, *names, party.id_qualifier, party.id, relationship)


def add_address(writer: SegmentWriter, address: Address | None) -> None:
    """Write N3 and N4."""
    if address is None:
        return
    if address.line1:
        writer.add("N3", address.line1, address.line2)
    place = (address.city, address.state, address.zip, address.country, "", "", address.subdivision)
    if any(place):
        writer.add("N4", *place)


def add_contacts(writer: SegmentWriter, contacts: Sequence[Contact]) -> None:
    """Write a PER for each."""
    for contact in contacts:
        writer.add("PER", contact.function, contact.name, *(part for pair in contact.numbers for part in pair))


def add_references(writer: SegmentWriter, references: Sequence[Reference]) -> None:
    """Write a REF for each."""
    for each in references:
        writer.add("REF", each.qualifier, each.value, each.description)


def add_dates(writer: SegmentWriter, dates: Sequence[Dated]) -> None:
    """Write a DTP for each."""
    for each in dates:
        writer.add("DTP", each.qualifier, each.form, each.value)


def add_demographics(writer: SegmentWriter, birth_date: date | None, sex: str) -> None:
    """Write DMG if there is anything to tell."""
    if birth_date is not None or sex:
        writer.add("DMG", "D8" if birth_date else "", day(birth_date) if birth_date else "", sex)


def write_procedure(writer: SegmentWriter, procedure: ProcedureId) -> str:
    """A procedure as one composite."""
    modifiers = (*procedure.modifiers, "", "", "", "")[:4]
    return writer.composite(procedure.qualifier, procedure.code, *modifiers, procedure.description)


def next_control(first: str, count: int) -> str:
    """The control number of the ``count``-th transaction set (0 is the first), as long as the first one."""
    first = first or "0001"
    return str(int(first) + count).zfill(len(first)) if first.isdigit() else f"{first}{count or ''}"


def write_transactions(
    bodies: Sequence[tuple[str, SegmentWriter]], *, kind: str, guide: str, functional_id: str, envelope: Envelope
) -> str:
    """Return an interchange with one group of these transaction sets (each with its control number, or "")."""
    delimiters = bodies[0][1].delimiters if bodies else None
    sets = [
        OutgoingTransaction(kind, control or next_control(envelope.transaction_control, count), writer.texts, guide)
        for count, (control, writer) in enumerate(bodies)
    ]
    group = OutgoingGroup(functional_id, guide, envelope.group_control or "1", sets)
    return write_interchange(
        [group],
        sender=(envelope.sender_qualifier, envelope.sender_id or envelope.submitter.id),
        receiver=(envelope.receiver_qualifier, envelope.receiver_id or envelope.receiver.id),
        created=envelope.created[:12],
        control=envelope.interchange_control or "1",
        usage=envelope.usage,
        delimiters=delimiters,
    )
