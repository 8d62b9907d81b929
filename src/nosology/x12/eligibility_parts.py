"""What eligibility inquiries and responses share: members, traces, rejections, diagnoses (270, 271)."""

from __future__ import annotations

from collections.abc import Sequence

from nosology.errors import UsageError
from nosology.model.claim import ClaimCode
from nosology.model.claim_parts import Party
from nosology.model.eligibility import Member, MemberProvider, Rejection, Trace
from nosology.x12.levels import (
    PartyBuilder,
    add_address,
    add_demographics,
    add_party,
    add_references,
    at,
    read_demographics,
    read_party,
)
from nosology.x12.syntax import Delimiters, Segment, SegmentWriter, components

__all__ = [
    "add_diagnoses",
    "add_member_name",
    "add_member_rest",
    "add_provider",
    "add_rejections",
    "add_traces",
    "pointers_of",
    "read_member",
    "read_provider",
    "read_rejections",
    "read_traces",
    "until",
]


def until(segments: Sequence[Segment], identifier: str) -> Sequence[Segment]:
    """The segments before the first one with that id; all if there is none."""
    end = next((index for index, segment in enumerate(segments) if segment[0] == identifier), len(segments))
    return segments[:end]


def read_traces(segments: Sequence[Segment]) -> tuple[Trace, ...]:
    """TRN."""
    found = [segment for segment in segments if segment[0] == "TRN"]
    return tuple(Trace(at(each, 2), at(each, 3), at(each, 4), at(each, 1)) for each in found)


def add_traces(writer: SegmentWriter, traces: Sequence[Trace]) -> None:
    """Write a TRN for each."""
    for trace in traces:
        writer.add("TRN", trace.kind, trace.number, trace.origin, trace.division)


def read_rejections(segments: Sequence[Segment], level: str) -> tuple[Rejection, ...]:
    """AAA."""
    found = [segment for segment in segments if segment[0] == "AAA"]
    return tuple(Rejection(at(each, 3), at(each, 4), at(each, 1), level) for each in found)


def add_rejections(writer: SegmentWriter, rejections: Sequence[Rejection], level: str) -> None:
    """Write an AAA for each of that level."""
    for each in rejections:
        if each.level == level:
            writer.add("AAA", each.valid, "", each.reason, each.follow_up)


def read_provider(segments: Sequence[Segment]) -> tuple[Party, str]:
    """The provider or payer of a level, and the role that goes with a taxonomy (PRV01)."""
    name = next((segment for segment in segments if segment[0] == "NM1"), ["NM1"])
    builder = PartyBuilder(read_party(name))
    role = ""
    for segment in segments:
        if segment[0] == "PRV":
            role, builder.taxonomy = at(segment, 1), at(segment, 3)
        else:
            builder.take(segment)
    return builder.build(), role


def add_provider(writer: SegmentWriter, party: Party) -> None:
    """Write the provider who asks: name, numbers, address. The taxonomy has its own place."""
    add_party(writer, party)
    add_references(writer, party.references)
    add_address(writer, party.address)


def read_member(segments: Sequence[Segment], delimiters: Delimiters) -> Member:
    """Loop 2100C or 2100D, without dates and benefits."""
    name = next((segment for segment in segments if segment[0] == "NM1"), ["NM1"])
    builder = PartyBuilder(read_party(name))
    found: dict[str, Segment] = {}
    for segment in segments:
        if not builder.take(segment):
            found.setdefault(segment[0], segment)
    provider, insured = found.get("PRV"), found.get("INS", ["INS"])
    birth_date, sex = read_demographics(segments)
    codes = [components(element, delimiters) for element in found.get("HI", ["HI"])[1:] if element]
    return Member(
        party=builder.build(),
        birth_date=birth_date,
        sex=sex,
        relationship=at(insured, 2),
        birth_sequence=at(insured, 17),
        corrected=at(insured, 3) == "001",
        provider=MemberProvider(at(provider, 1), at(provider, 2), at(provider, 3)) if provider else None,
        diagnoses=tuple(ClaimCode(at(code, 0), at(code, 1)) for code in codes),
        military=tuple(found.get("MPI", ["MPI"])[1:]),
    )


def add_member_name(writer: SegmentWriter, member: Member) -> None:
    """Write NM1, REF, N3 and N4 of a member."""
    add_party(writer, member.party)
    add_references(writer, member.party.references)
    add_address(writer, member.party.address)


def add_member_rest(writer: SegmentWriter, member: Member, *, subscriber: bool) -> None:
    """Write PRV, DMG, INS and HI of a member.

    Raises:
        UsageError: a twin or a correction is told without the relationship that goes with it.
    """
    if member.provider is not None:
        writer.add("PRV", member.provider.role, member.provider.qualifier, member.provider.id)
    add_demographics(writer, member.birth_date, member.sex)
    if member.relationship:
        changed = ("001", "25") if member.corrected else ("", "")
        answer = "Y" if subscriber else "N"
        writer.add("INS", answer, member.relationship, *changed, *[""] * 12, member.birth_sequence)
    elif member.birth_sequence or member.corrected:
        raise UsageError("a birth sequence or a correction needs the relationship of the member")
    add_diagnoses(writer, member.diagnoses)


def add_diagnoses(writer: SegmentWriter, diagnoses: Sequence[ClaimCode]) -> None:
    """Write HI.

    Raises:
        UsageError: there are more than eight.
    """
    if len(diagnoses) > 8:
        raise UsageError("a question about a member has at most eight diagnoses")
    if diagnoses:
        writer.add("HI", *(writer.composite(each.qualifier, each.code) for each in diagnoses))


def pointers_of(element: str, delimiters: Delimiters) -> tuple[int, ...]:
    """Pointers to diagnoses as numbers; what is no number is left out."""
    return tuple(int(part) for part in components(element, delimiters) if part.isascii() and part.isdigit())
