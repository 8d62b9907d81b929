"""270 (005010X279A1), both ways: asking a payer whether a patient is covered on the day of the service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from nosology.errors import UsageError
from nosology.model.claim import Claim, Envelope
from nosology.model.claim_parts import Dated, Party
from nosology.model.eligibility import EligibilityInquiry, EligibilityQuestion, Member, Trace
from nosology.x12.eligibility_parts import (
    add_member_name,
    add_member_rest,
    add_provider,
    add_traces,
    pointers_of,
    read_member,
    read_provider,
    read_traces,
    until,
)
from nosology.x12.levels import (
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
from nosology.x12.syntax import (
    Delimiters,
    Segment,
    SegmentWriter,
    Source,
    Transaction,
    read_transactions,
    repetitions,
)
from nosology.x12.values import day, money, parse_days

__all__ = ["GUIDE_27X", "inquire_for_claim", "parse_270", "read_270", "write_270"]

GUIDE_27X = "005010X279A1"


def inquire_for_claim(
    claim: Claim, *, reference: str, created: str, service_types: Sequence[str] = ("30",), trace: str = ""
) -> EligibilityInquiry:
    """Return the question whether the patient of a claim is covered on the days of its services.

    Args:
        claim: the days asked for are the first and last of its lines.
        reference, created: BHT03, and CCYYMMDDHHMM.
        service_types: what is asked; 30 is the plan as a whole.
        trace: comes back with the answer; the claim's own number if left out.

    Raises:
        UsageError: no line of the claim has a date of service.
    """
    spans = [each for line in claim.lines for each in line.dates if each.qualifier == "472"]
    days = sorted(day for each in spans for day in (each.first, each.last) if day)
    if not days:
        raise UsageError("coverage is asked for the date of service, and no line of the claim has one")
    insured = claim.subscriber.person
    subscriber = Member(
        _named(insured.party, "IL"),
        insured.birth_date,
        insured.sex if insured.sex in ("F", "M") else "",
        diagnoses=() if claim.patient else claim.diagnoses[:8],
    )
    dependent = None
    if claim.patient is not None:
        relationship = {"01": "01", "19": "19"}.get(claim.patient.relationship, "34")
        party = _named(claim.patient.party, "03")
        dependent = Member(
            replace(party, id_qualifier="", id=""),
            claim.patient.birth_date,
            claim.patient.sex if claim.patient.sex in ("F", "M") else "",
            relationship=relationship,
            diagnoses=claim.diagnoses[:8],
        )
    employer = claim.billing.reference("EI").replace("-", "")
    origin = f"1{employer}" if employer else f"9{claim.billing.npi or '0'}"[:10]
    return EligibilityInquiry(
        payer=replace(_named(claim.subscriber.payer, "PR"), address=None),
        provider=_named(claim.billing, "1P"),
        subscriber=subscriber,
        dependent=dependent,
        date_of_service=days[0],
        last_day=days[-1] if days[-1] != days[0] else None,
        questions=(EligibilityQuestion(tuple(service_types)),),
        reference=reference,
        created=created,
        traces=(Trace(trace or claim.id, origin),),
    )


def _named(party: Party, role: str) -> Party:
    return replace(party, role=role, taxonomy="", references=(), contacts=())


def read_270(source: Source) -> Iterator[EligibilityInquiry]:
    """Yield the question about each patient of a file; other transaction sets are passed over.

    Raises:
        UnreadableInput: the file holds no X12.
    """
    for transaction in read_transactions(source):
        if transaction.id == "270":
            yield from parse_270(transaction)


def parse_270(transaction: Transaction) -> Iterator[EligibilityInquiry]:
    """Yield the questions of one transaction set: a subscriber with questions of their own, and every dependant."""
    delimiters = transaction.delimiters
    header, levels = read_levels(transaction)
    reference, created, purpose, kind = read_created(header)
    for level in levels:
        asked = level.kind == "23" or (level.kind == "22" and (not level.below or _asks(level.segments)))
        if not asked:
            continue
        subscriber = level.above.get("22") if level.kind == "23" else level
        above = level.above
        provider, role = read_provider(above["21"].segments if "21" in above else [])
        top = until(level.segments, "EQ")
        dates = {at(segment, 1): read_dated(segment) for segment in top if segment[0] == "DTP"}
        asked_for = dates.get("291", Dated("291", ""))
        days = parse_days(asked_for.value)
        issued = dates.get("102")
        yield EligibilityInquiry(
            payer=read_provider(above["20"].segments if "20" in above else [])[0],
            provider=provider,
            subscriber=read_member(until(subscriber.segments, "EQ") if subscriber else [], delimiters),
            dependent=read_member(top, delimiters) if level.kind == "23" else None,
            date_of_service=days[0] if days else None,
            last_day=days[1] if days and asked_for.form == "RD8" else None,
            card_issued=issued.first if issued else None,
            questions=tuple(_read_questions(level.segments[len(top) :], delimiters)),
            reference=reference,
            created=created,
            traces=read_traces(top),
            provider_role=role,
            purpose=purpose,
            kind=kind,
            control_number=transaction.control,
        )


def _asks(segments: Sequence[Segment]) -> bool:
    return any(segment[0] in ("EQ", "TRN") for segment in segments)


def _read_questions(segments: Sequence[Segment], delimiters: Delimiters) -> Iterator[EligibilityQuestion]:
    starts = [index for index, segment in enumerate(segments) if segment[0] == "EQ"]
    for start, end in pairwise([*starts, len(segments)]):
        question, rest = segments[start], segments[start + 1 : end]
        amounts = {at(segment, 1): amount(at(segment, 2)) for segment in rest if segment[0] == "AMT"}
        yield EligibilityQuestion(
            service_types=tuple(repetitions(at(question, 1), delimiters)),
            procedure=read_procedure(at(question, 2), delimiters) if at(question, 2) else None,
            coverage_level=at(question, 3),
            pointers=pointers_of(at(question, 5), delimiters),
            spend_down=amounts.get("R"),
            spend_down_billed=amounts.get("PB"),
            place_of_service=next((at(segment, 2) for segment in rest if segment[0] == "III"), ""),
            reference=next((read_reference(segment) for segment in rest if segment[0] == "REF"), None),
            dates=next((read_dated(segment) for segment in rest if segment[0] == "DTP"), None),
        )


def write_270(
    inquiries: Iterable[EligibilityInquiry],
    envelope: Envelope,
    delimiters: Delimiters | None = None,
    *,
    replace_marks: bool = False,
) -> str:
    """Return questions as one interchange, a transaction set for each patient (the form for answers in real time).

    Raises:
        UsageError: a question has no date of service, neither for the whole nor for each part of it; or a text holds a
            separator, or a number of the envelope is none.
    """
    bodies = []
    for inquiry in inquiries:
        writer = new_writer(delimiters, replace_marks=replace_marks)
        _write(writer, inquiry)
        bodies.append((inquiry.control_number, writer))
    return write_transactions(bodies, kind="270", guide=GUIDE_27X, functional_id="HS", envelope=envelope)


def _write(writer: SegmentWriter, inquiry: EligibilityInquiry) -> None:
    dated = [question.dates is not None for question in inquiry.questions]
    if inquiry.date_of_service is None and not (dated and all(dated)):
        raise UsageError("a question of eligibility needs the date of service")
    created = inquiry.created
    writer.add("BHT", "0022", inquiry.purpose, inquiry.reference, created[:8], created[8:], inquiry.kind)
    add_level(writer, 1, 0, "20", below=True)
    add_party(writer, inquiry.payer)
    add_level(writer, 2, 1, "21", below=True)
    add_provider(writer, inquiry.provider)
    if inquiry.provider_role or inquiry.provider.taxonomy:
        taxonomy = inquiry.provider.taxonomy
        writer.add("PRV", inquiry.provider_role or "PE", "PXC" if taxonomy else "", taxonomy)
    add_level(writer, 3, 2, "22", below=inquiry.dependent is not None)
    if inquiry.dependent is None:
        add_traces(writer, inquiry.traces)
    add_member_name(writer, inquiry.subscriber)
    add_member_rest(writer, inquiry.subscriber, subscriber=True)
    if inquiry.dependent is not None:
        add_level(writer, 4, 3, "23", below=False)
        add_traces(writer, inquiry.traces)
        add_member_name(writer, inquiry.dependent)
        add_member_rest(writer, inquiry.dependent, subscriber=False)
    if inquiry.card_issued is not None:
        writer.add("DTP", "102", "D8", day(inquiry.card_issued))
    if inquiry.date_of_service is not None:
        _add_period(writer, inquiry.date_of_service, inquiry.last_day)
    for question in inquiry.questions:
        _write_question(writer, question)


def _add_period(writer: SegmentWriter, first: date, last: date | None) -> None:
    """Write the days asked for (DTP 291)."""
    value = day(first) if last is None else f"{day(first)}-{day(last)}"
    writer.add("DTP", "291", "D8" if last is None else "RD8", value)


def _write_question(writer: SegmentWriter, question: EligibilityQuestion) -> None:
    procedure = write_procedure(writer, question.procedure) if question.procedure else ""
    pointers = writer.composite(*map(str, question.pointers)) if question.pointers else ""
    writer.add("EQ", writer.repeated(question.service_types), procedure, question.coverage_level, "", pointers)
    for qualifier, value in (("R", question.spend_down), ("PB", question.spend_down_billed)):
        if value is not None:
            writer.add("AMT", qualifier, money(value))
    if question.place_of_service:
        writer.add("III", "ZZ", question.place_of_service)
    if question.reference is not None:
        add_references(writer, [question.reference])
    if question.dates is not None:
        add_dates(writer, [question.dates])
