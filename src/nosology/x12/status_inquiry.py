"""276 (005010X212), both ways: asking a payer where claims stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from nosology.model.claim import Envelope, Patient
from nosology.model.claim_status import ClaimInquiry, LineInquiry, StatusInquiry
from nosology.x12.levels import (
    Level,
    add_dates,
    add_demographics,
    add_level,
    add_party,
    add_references,
    amount,
    at,
    new_writer,
    read_created,
    read_dated,
    read_demographics,
    read_levels,
    read_party,
    read_procedure,
    read_reference,
    write_procedure,
    write_transactions,
)
from nosology.x12.status_parts import level_name, reference_value
from nosology.x12.syntax import Delimiters, Segment, SegmentWriter, Source, Transaction, read_transactions
from nosology.x12.values import money, number

__all__ = ["GUIDE_276", "parse_276", "read_276", "read_person", "split_claims", "write_276"]

GUIDE_276 = "005010X212"


def read_276(source: Source) -> Iterator[StatusInquiry]:
    """Yield every status inquiry of a file, one for each payer and receiver; other transaction sets are passed over.

    Raises:
        UnreadableInput: the file holds no X12.
    """
    for transaction in read_transactions(source):
        if transaction.id == "276":
            yield from parse_276(transaction)


def parse_276(transaction: Transaction) -> Iterator[StatusInquiry]:
    """Yield the inquiries of one transaction set."""
    header, levels = read_levels(transaction)
    reference, created, _, _ = read_created(header)
    receivers: list[tuple[Level, list[ClaimInquiry]]] = []
    for level in levels:
        if level.kind == "21":
            receivers.append((level, []))
        elif receivers and level.kind in ("22", "23"):
            receivers[-1][1].extend(_read_claims(level, transaction.delimiters))
    for level, claims in receivers:
        yield StatusInquiry(
            payer=level_name(level.above["20"].segments if "20" in level.above else []),
            receiver=level_name(level.segments),
            reference=reference,
            created=created,
            claims=tuple(claims),
            control_number=transaction.control,
        )


def read_person(level: Level) -> Patient:
    """The subscriber (HL 22) or the dependant (HL 23) of a level; the relationship of a dependant is not told."""
    birth_date, sex = read_demographics(level.segments)
    relationship = "18" if level.kind == "22" else ""
    return Patient(level_name(level.segments), relationship=relationship, birth_date=birth_date, sex=sex)


def split_claims(segments: Sequence[Segment]) -> Iterator[tuple[Sequence[Segment], list[Sequence[Segment]]]]:
    """Yield for each claim (from one TRN to the next) its own segments and those of each of its lines (from SVC on)."""
    starts = [index for index, segment in enumerate(segments) if segment[0] == "TRN"]
    for start, end in pairwise([*starts, len(segments)]):
        part = segments[start:end]
        lines = [index for index, segment in enumerate(part) if segment[0] == "SVC"]
        yield part[: lines[0]] if lines else part, [part[at:to] for at, to in pairwise([*lines, len(part)])]


def _read_claims(level: Level, delimiters: Delimiters) -> Iterator[ClaimInquiry]:
    above = level.above.get("22", level)
    providers = level.above["19"].segments if "19" in level.above else []
    for top, lines in split_claims(level.segments):
        yield ClaimInquiry(
            trace=at(top[0], 2),
            providers=tuple(read_party(segment) for segment in providers if segment[0] == "NM1"),
            subscriber=read_person(above),
            patient=read_person(level) if level.kind == "23" else None,
            charge=next((amount(at(each, 2)) for each in top if each[0] == "AMT"), None),
            references=tuple(read_reference(segment) for segment in top if segment[0] == "REF"),
            dates=tuple(read_dated(segment) for segment in top if segment[0] == "DTP"),
            lines=tuple(_read_line(line, delimiters) for line in lines),
        )


def _read_line(part: Sequence[Segment], delimiters: Delimiters) -> LineInquiry:
    return LineInquiry(
        procedure=read_procedure(at(part[0], 1), delimiters),
        charge=amount(at(part[0], 2)) or Decimal(0),
        quantity=amount(at(part[0], 7)) or Decimal(0),
        revenue_code=at(part[0], 4),
        control_number=reference_value(part, "FJ"),
        dates=tuple(read_dated(segment) for segment in part if segment[0] == "DTP"),
    )


def write_276(
    inquiries: Iterable[StatusInquiry],
    envelope: Envelope,
    delimiters: Delimiters | None = None,
    *,
    replace_marks: bool = False,
) -> str:
    """Return status inquiries as one interchange, a transaction set each. Claims of one provider, and of one patient,
    that stand together share their levels.

    Raises:
        UsageError: a text holds a separator, an amount has fractions of a cent, a number of the envelope is none.
    """
    bodies = []
    for inquiry in inquiries:
        writer = new_writer(delimiters, replace_marks=replace_marks)
        _write(writer, inquiry)
        bodies.append((inquiry.control_number, writer))
    return write_transactions(bodies, kind="276", guide=GUIDE_276, functional_id="HR", envelope=envelope)


def _write(writer: SegmentWriter, inquiry: StatusInquiry) -> None:
    writer.add("BHT", "0010", "13", inquiry.reference, inquiry.created[:8], inquiry.created[8:])
    add_level(writer, 1, 0, "20", below=True)
    add_party(writer, inquiry.payer)
    count = add_level(writer, 2, 1, "21", below=True)
    add_party(writer, inquiry.receiver)
    for providers, of_provider in groupby(inquiry.claims, key=lambda claim: claim.providers):
        above = count = add_level(writer, count + 1, 2, "19", below=True)
        for party in providers:
            add_party(writer, party)
        for (subscriber, own), claims in groupby(of_provider, key=lambda each: (each.subscriber, not each.patient)):
            count = _write_subscriber(writer, count, above, subscriber, own, list(claims))


def _write_subscriber(
    writer: SegmentWriter, count: int, above: int, subscriber: Patient, own: bool, claims: Sequence[ClaimInquiry]
) -> int:
    level = count = add_level(writer, count + 1, above, "22", below=not own)
    add_demographics(writer, subscriber.birth_date, subscriber.sex)
    add_party(writer, subscriber.party)
    for patient, of_patient in groupby(claims, key=lambda claim: claim.patient):
        if patient is not None:
            count = add_level(writer, count + 1, level, "23", below=None)
            add_demographics(writer, patient.birth_date, patient.sex)
            add_party(writer, patient.party)
        for claim in of_patient:
            _write_claim(writer, claim)
    return count


def _write_claim(writer: SegmentWriter, claim: ClaimInquiry) -> None:
    writer.add("TRN", "1", claim.trace)
    add_references(writer, claim.references)
    if claim.charge is not None:
        writer.add("AMT", "T3", money(claim.charge))
    add_dates(writer, claim.dates)
    for line in claim.lines:
        procedure = write_procedure(writer, line.procedure)
        writer.add("SVC", procedure, money(line.charge), "", line.revenue_code, "", "", number(line.quantity))
        if line.control_number:
            writer.add("REF", "FJ", line.control_number)
        add_dates(writer, line.dates)
