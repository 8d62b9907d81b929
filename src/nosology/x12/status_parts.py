"""What acknowledgements and status responses share: the STC segment, totals, the name of a level."""

from __future__ import annotations

from collections.abc import Sequence

from nosology.model.claim_parts import Party
from nosology.model.claim_status import AcknowledgementTotals, Status, StatusCode
from nosology.x12.levels import amount, at, read_party
from nosology.x12.syntax import Delimiters, Segment, SegmentWriter, components
from nosology.x12.values import money

__all__ = ["add_status", "add_totals", "first_element", "level_name", "read_status", "read_totals", "reference_value"]


def read_status(segment: Segment, delimiters: Delimiters) -> Status:
    """STC."""
    codes = []
    for index in (1, 10, 11):
        if at(segment, index):
            category, status, entity, code_list = (*components(at(segment, index), delimiters), "", "", "", "")[:4]
            codes.append(StatusCode(category, status, entity, code_list))
    return Status(
        codes=tuple(codes),
        effective=at(segment, 2),
        action=at(segment, 3),
        charge=amount(at(segment, 4)),
        paid=amount(at(segment, 5)),
        adjudicated=at(segment, 6),
        check_date=at(segment, 8),
        check=at(segment, 9),
        message=at(segment, 12),
    )


def add_status(writer: SegmentWriter, status: Status) -> None:
    """Write an STC; codes after the third are left out, for there is no place for them."""
    codes = [
        writer.composite(code.category, code.status, code.entity, code.code_list) if code.code_list or code.entity
        else writer.composite(code.category, code.status)
        for code in status.codes[:3]
    ]  # fmt: skip
    first, second, third = (*codes, "", "", "")[:3]
    charge = "" if status.charge is None else money(status.charge)
    paid = "" if status.paid is None else money(status.paid)
    writer.add(
        "STC", first, status.effective, status.action, charge, paid, status.adjudicated, "", status.check_date,
        status.check, second, third, status.message,
    )  # fmt: skip


def read_totals(segments: Sequence[Segment], accepted: str, rejected: str) -> AcknowledgementTotals:
    """QTY and AMT of a level; ``accepted`` and ``rejected`` are the qualifiers of its counts."""
    counts = {at(segment, 1): amount(at(segment, 2)) for segment in segments if segment[0] == "QTY"}
    charges = {at(segment, 1): amount(at(segment, 2)) for segment in segments if segment[0] == "AMT"}
    taken, refused = counts.get(accepted), counts.get(rejected)
    return AcknowledgementTotals(
        None if taken is None else int(taken),
        None if refused is None else int(refused),
        charges.get("YU"),
        charges.get("YY"),
    )


def add_totals(writer: SegmentWriter, totals: AcknowledgementTotals, accepted: str, rejected: str) -> None:
    """Write QTY and AMT of a level."""
    for qualifier, count in ((accepted, totals.accepted), (rejected, totals.rejected)):
        if count is not None:
            writer.add("QTY", qualifier, str(count))
    for qualifier, charges in (("YU", totals.accepted_charges), ("YY", totals.rejected_charges)):
        if charges is not None:
            writer.add("AMT", qualifier, money(charges))


def first_element(segments: Sequence[Segment], identifier: str, index: int) -> str:
    """An element of the first segment with that id, "" if there is none."""
    return next((at(segment, index) for segment in segments if segment[0] == identifier), "")


def reference_value(segments: Sequence[Segment], qualifier: str) -> str:
    """The number of the first REF of that kind, "" if there is none."""
    return next((at(each, 2) for each in segments if each[0] == "REF" and at(each, 1) == qualifier), "")


def level_name(segments: Sequence[Segment]) -> Party:
    """The party of the first NM1, one without a name if there is none."""
    return next((read_party(segment) for segment in segments if segment[0] == "NM1"), Party(""))
