"""277 (005010X212), both ways: what a payer tells of claims that were asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from nosology.model.claim import Envelope, Patient
from nosology.model.claim_status import ClaimStatus, LineStatus, ProviderStatus, StatusResponse
from nosology.x12.levels import (
    Level,
    add_contacts,
    add_dates,
    add_level,
    add_party,
    add_references,
    amount,
    at,
    new_writer,
    read_contact,
    read_created,
    read_dated,
    read_levels,
    read_party,
    read_procedure,
    read_reference,
    write_procedure,
    write_transactions,
)
from nosology.x12.status_inquiry import read_person, split_claims
from nosology.x12.status_parts import add_status, first_element, level_name, read_status, reference_value
from nosology.x12.syntax import Delimiters, Segment, SegmentWriter, Source, Transaction, read_transactions
from nosology.x12.values import money, number

__all__ = ["GUIDE_277", "parse_277", "read_277", "write_277"]

GUIDE_277 = "005010X212"


def read_277(source: Source) -> Iterator[StatusResponse]:
    """Yield every status response of a file, one for each payer and receiver; acknowledgements are passed over.

    Raises:
        UnreadableInput: the file holds no X12.
    """
    for transaction in read_transactions(source):
        if transaction.id == "277" and first_element(transaction.segments[:3], "BHT", 1) != "0085":
            yield from parse_277(transaction)


def parse_277(transaction: Transaction) -> Iterator[StatusResponse]:
    """Yield the responses of one transaction set."""
    delimiters = transaction.delimiters
    header, levels = read_levels(transaction)
    reference, created, _, _ = read_created(header)
    receivers: list[tuple[Level, list[ProviderStatus]]] = []
    for level in levels:
        if level.kind == "21":
            receivers.append((level, []))
        elif receivers and level.kind == "19":
            receivers[-1][1].append(_read_provider(level, delimiters))
        elif receivers and level.kind in ("22", "23"):
            providers = receivers[-1][1] or [ProviderStatus(())]
            claims = (*providers[-1].claims, *_read_claims(level, delimiters))
            receivers[-1][1][:] = [*providers[:-1], replace(providers[-1], claims=claims)]
    for level, providers in receivers:
        source = level.above["20"].segments if "20" in level.above else []
        contacts = tuple(read_contact(segment) for segment in source if segment[0] == "PER")
        yield StatusResponse(
            payer=replace(level_name(source), contacts=contacts),
            receiver=level_name(level.segments),
            reference=reference,
            created=created,
            providers=tuple(providers),
            trace=first_element(level.segments, "TRN", 2),
            statuses=tuple(read_status(each, delimiters) for each in level.segments if each[0] == "STC"),
            control_number=transaction.control,
        )


def _read_provider(level: Level, delimiters: Delimiters) -> ProviderStatus:
    trace = first_element(level.segments, "TRN", 2)
    return ProviderStatus(
        parties=tuple(read_party(segment) for segment in level.segments if segment[0] == "NM1"),
        trace="" if trace == "0" else trace,
        statuses=tuple(read_status(segment, delimiters) for segment in level.segments if segment[0] == "STC"),
    )


def _read_claims(level: Level, delimiters: Delimiters) -> Iterator[ClaimStatus]:
    above = level.above.get("22", level)
    for top, lines in split_claims(level.segments):
        yield ClaimStatus(
            trace=at(top[0], 2),
            subscriber=read_person(above),
            patient=read_person(level) if level.kind == "23" else None,
            statuses=tuple(read_status(segment, delimiters) for segment in top if segment[0] == "STC"),
            references=tuple(read_reference(segment) for segment in top if segment[0] == "REF"),
            dates=tuple(read_dated(segment) for segment in top if segment[0] == "DTP"),
            lines=tuple(_read_line(line, delimiters) for line in lines),
        )


def _read_line(part: Sequence[Segment], delimiters: Delimiters) -> LineStatus:
    return LineStatus(
        procedure=read_procedure(at(part[0], 1), delimiters),
        charge=amount(at(part[0], 2)) or Decimal(0),
        paid=amount(at(part[0], 3)),
        statuses=tuple(read_status(segment, delimiters) for segment in part if segment[0] == "STC"),
        quantity=amount(at(part[0], 7)) or Decimal(0),
        revenue_code=at(part[0], 4),
        control_number=reference_value(part, "FJ"),
        dates=tuple(read_dated(segment) for segment in part if segment[0] == "DTP"),
    )


def write_277(
    responses: Iterable[StatusResponse],
    envelope: Envelope,
    delimiters: Delimiters | None = None,
    *,
    replace_marks: bool = False,
) -> str:
    """Return status responses as one interchange, a transaction set each.

    Raises:
        UsageError: a text holds a separator, an amount has fractions of a cent, a number of the envelope is none.
    """
    bodies = []
    for response in responses:
        writer = new_writer(delimiters, replace_marks=replace_marks)
        _write(writer, response)
        bodies.append((response.control_number, writer))
    return write_transactions(bodies, kind="277", guide=GUIDE_277, functional_id="HN", envelope=envelope)


def _write(writer: SegmentWriter, response: StatusResponse) -> None:
    writer.add("BHT", "0010", "08", response.reference, response.created[:8], response.created[8:], "DG")
    add_level(writer, 1, 0, "20", below=True)
    add_party(writer, response.payer)
    add_contacts(writer, response.payer.contacts)
    count = add_level(writer, 2, 1, "21", below=bool(response.providers))
    add_party(writer, response.receiver)
    if response.trace or response.statuses:
        writer.add("TRN", "2", response.trace)
        for status in response.statuses:
            add_status(writer, status)
    for provider in response.providers:
        above = count = add_level(writer, count + 1, 2, "19", below=bool(provider.claims))
        for party in provider.parties:
            add_party(writer, party)
        if provider.trace or provider.statuses:
            writer.add("TRN", "1", provider.trace or "0")
            for status in provider.statuses:
                add_status(writer, status)
        for (subscriber, own), claims in groupby(provider.claims, key=lambda each: (each.subscriber, not each.patient)):
            count = _write_subscriber(writer, count, above, subscriber, own, list(claims))


def _write_subscriber(
    writer: SegmentWriter, count: int, above: int, subscriber: Patient, own: bool, claims: Sequence[ClaimStatus]
) -> int:
    level = count = add_level(writer, count + 1, above, "22", below=not own)
    add_party(writer, subscriber.party)
    for patient, of_patient in groupby(claims, key=lambda claim: claim.patient):
        if patient is not None:
            count = add_level(writer, count + 1, level, "23", below=None)
            add_party(writer, patient.party)
        for claim in of_patient:
            _write_claim(writer, claim)
    return count


def _write_claim(writer: SegmentWriter, claim: ClaimStatus) -> None:
    writer.add("TRN", "2", claim.trace)
    for status in claim.statuses:
        add_status(writer, status)
    add_references(writer, claim.references)
    add_dates(writer, claim.dates)
    for line in claim.lines:
        paid = "" if line.paid is None else money(line.paid)
        procedure = write_procedure(writer, line.procedure)
        writer.add("SVC", procedure, money(line.charge), paid, line.revenue_code, "", "", number(line.quantity))
        for status in line.statuses:
            add_status(writer, status)
        if line.control_number:
            writer.add("REF", "FJ", line.control_number)
        add_dates(writer, line.dates)
