"""277CA (005010X214), both ways: which claims of a file were taken in, and why the others were not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from nosology.model.claim import Envelope
from nosology.model.claim_parts import Party
from nosology.model.claim_status import (
    AcknowledgedClaim,
    AcknowledgedLine,
    AcknowledgedProvider,
    ClaimAcknowledgement,
)
from nosology.x12.levels import (
    Level,
    add_dates,
    add_level,
    add_party,
    add_references,
    amount,
    at,
    new_writer,
    read_created,
    read_dated,
    read_levels,
    read_procedure,
    read_reference,
    write_procedure,
    write_transactions,
)
from nosology.x12.status_inquiry import split_claims
from nosology.x12.status_parts import (
    add_status,
    add_totals,
    first_element,
    level_name,
    read_status,
    read_totals,
    reference_value,
)
from nosology.x12.syntax import Delimiters, Segment, SegmentWriter, Source, Transaction, read_transactions
from nosology.x12.values import day, money, number, parse_day

__all__ = ["GUIDE_277CA", "parse_277ca", "read_277ca", "write_277ca"]

GUIDE_277CA = "005010X214"


def read_277ca(source: Source) -> Iterator[ClaimAcknowledgement]:
    """Yield every acknowledgement of claims in a file, in its order; other transaction sets are passed over.

    Raises:
        UnreadableInput: the file holds no X12.
    """
    for transaction in read_transactions(source):
        if transaction.id == "277" and first_element(transaction.segments[:3], "BHT", 1) == "0085":
            yield from parse_277ca(transaction)


def parse_277ca(transaction: Transaction) -> Iterator[ClaimAcknowledgement]:
    """Yield the acknowledgements of one transaction set: one for each receiver in it."""
    delimiters = transaction.delimiters
    header, levels = read_levels(transaction)
    reference, created, _, _ = read_created(header)
    receivers: list[tuple[Level, list[AcknowledgedProvider]]] = []
    for level in levels:
        if level.kind == "21":
            receivers.append((level, []))
        elif receivers and level.kind == "19":
            receivers[-1][1].append(_read_provider(level, delimiters))
        elif receivers and level.kind in ("PT", "22", "23"):
            providers = receivers[-1][1] or [AcknowledgedProvider(Party("85"))]
            claims = (*providers[-1].claims, *_read_claims(level.segments, delimiters))
            receivers[-1][1][:] = [*providers[:-1], replace(providers[-1], claims=claims)]
    for level, providers in receivers:
        source = level.above["20"].segments if "20" in level.above else []
        dates = {at(segment, 1): parse_day(at(segment, 3)) for segment in source if segment[0] == "DTP"}
        yield ClaimAcknowledgement(
            source=level_name(source),
            receiver=level_name(level.segments),
            reference=reference,
            created=created,
            receipt=first_element(source, "TRN", 2),
            received_on=dates.get("050"),
            processed_on=dates.get("009"),
            trace=first_element(level.segments, "TRN", 2),
            statuses=tuple(read_status(each, delimiters) for each in level.segments if each[0] == "STC"),
            providers=tuple(providers),
            totals=read_totals(level.segments, "90", "AA"),
            control_number=transaction.control,
        )


def _read_provider(level: Level, delimiters: Delimiters) -> AcknowledgedProvider:
    segments = level.segments
    references = tuple(read_reference(segment) for segment in segments if segment[0] == "REF")
    trace = first_element(segments, "TRN", 2)
    return AcknowledgedProvider(
        party=replace(level_name(segments), references=references),
        trace="" if trace == "0" else trace,
        statuses=tuple(read_status(segment, delimiters) for segment in segments if segment[0] == "STC"),
        totals=read_totals(segments, "QA", "QC"),
    )


def _read_claims(segments: Sequence[Segment], delimiters: Delimiters) -> Iterator[AcknowledgedClaim]:
    patient = level_name(segments)
    for top, lines in split_claims(segments):
        yield AcknowledgedClaim(
            id=at(top[0], 2),
            patient=patient,
            statuses=tuple(read_status(segment, delimiters) for segment in top if segment[0] == "STC"),
            references=tuple(read_reference(segment) for segment in top if segment[0] == "REF"),
            dates=tuple(read_dated(segment) for segment in top if segment[0] == "DTP"),
            lines=tuple(_read_line(line, delimiters) for line in lines),
        )


def _read_line(part: Sequence[Segment], delimiters: Delimiters) -> AcknowledgedLine:
    return AcknowledgedLine(
        procedure=read_procedure(at(part[0], 1), delimiters),
        charge=amount(at(part[0], 2)) or Decimal(0),
        statuses=tuple(read_status(segment, delimiters) for segment in part if segment[0] == "STC"),
        revenue_code=at(part[0], 4),
        quantity=amount(at(part[0], 7)),
        control_number=reference_value(part, "FJ"),
        prescription=reference_value(part, "XZ"),
        dates=tuple(read_dated(segment) for segment in part if segment[0] == "DTP"),
    )


def write_277ca(
    acknowledgements: Iterable[ClaimAcknowledgement],
    envelope: Envelope,
    delimiters: Delimiters | None = None,
    *,
    replace_marks: bool = False,
) -> str:
    """Return acknowledgements as one interchange, a transaction set each.

    Args:
        envelope: both ends, control numbers and moment; ``submitter`` is who acknowledges.
        replace_marks: turn separators inside of names and messages into blanks.

    Raises:
        UsageError: a text holds a separator, an amount has fractions of a cent, a number of the envelope is none.
    """
    bodies = []
    for acknowledgement in acknowledgements:
        writer = new_writer(delimiters, replace_marks=replace_marks)
        _write(writer, acknowledgement)
        bodies.append((acknowledgement.control_number, writer))
    return write_transactions(bodies, kind="277", guide=GUIDE_277CA, functional_id="HN", envelope=envelope)


def _write(writer: SegmentWriter, ack: ClaimAcknowledgement) -> None:
    writer.add("BHT", "0085", "08", ack.reference, ack.created[:8], ack.created[8:], "TH")
    count = add_level(writer, 1, 0, "20", below=True)
    add_party(writer, ack.source)
    writer.add("TRN", "1", ack.receipt)
    for qualifier, date in (("050", ack.received_on), ("009", ack.processed_on)):
        if date is not None:
            writer.add("DTP", qualifier, "D8", day(date))
    receiver = add_level(writer, count + 1, 1, "21", below=bool(ack.providers))
    count = receiver
    add_party(writer, ack.receiver)
    writer.add("TRN", "2", ack.trace)
    for status in ack.statuses:
        add_status(writer, status)
    add_totals(writer, ack.totals, "90", "AA")
    for provider in ack.providers:
        above = count = add_level(writer, count + 1, receiver, "19", below=bool(provider.claims))
        _write_provider(writer, provider)
        for patient, claims in groupby(provider.claims, key=lambda claim: claim.patient):
            count = add_level(writer, count + 1, above, "PT", below=None)
            add_party(writer, patient)
            for claim in claims:
                _write_claim(writer, claim)


def _write_provider(writer: SegmentWriter, provider: AcknowledgedProvider) -> None:
    add_party(writer, provider.party)
    writer.add("TRN", "1", provider.trace or "0")
    for status in provider.statuses:
        add_status(writer, status)
    add_references(writer, provider.party.references)
    add_totals(writer, provider.totals, "QA", "QC")


def _write_claim(writer: SegmentWriter, claim: AcknowledgedClaim) -> None:
    writer.add("TRN", "2", claim.id)
    for status in claim.statuses:
        add_status(writer, status)
    add_references(writer, claim.references)
    add_dates(writer, claim.dates)
    for line in claim.lines:
        quantity = "" if line.quantity is None else number(line.quantity)
        procedure = write_procedure(writer, line.procedure)
        writer.add("SVC", procedure, money(line.charge), "", line.revenue_code, "", "", quantity)
        for status in line.statuses:
            add_status(writer, status)
        for qualifier, value in (("FJ", line.control_number), ("XZ", line.prescription)):
            if value:
                writer.add("REF", qualifier, value)
        add_dates(writer, line.dates)
