"""271 (005010X279A1), both ways: what a payer tells of a patient's coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from nosology.model.claim import Envelope
from nosology.model.eligibility import (
    Benefit,
    BenefitCondition,
    BenefitDelivery,
    EligibilityResponse,
    RelatedParty,
)
from nosology.x12.eligibility_270 import GUIDE_27X
from nosology.x12.eligibility_parts import (
    add_member_name,
    add_member_rest,
    add_provider,
    add_rejections,
    add_traces,
    pointers_of,
    read_member,
    read_provider,
    read_rejections,
    read_traces,
    until,
)
from nosology.x12.levels import (
    Level,
    add_address,
    add_contacts,
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
from nosology.x12.values import money, number

__all__ = ["parse_271", "read_271", "write_271"]


def read_271(source: Source) -> Iterator[EligibilityResponse]:
    """Yield the answer about each patient of a file; other transaction sets are passed over.

    Raises:
        UnreadableInput: the file holds no X12. ``eligibility_answer.receive_answer`` never raises.
    """
    for transaction in read_transactions(source):
        if transaction.id == "271":
            yield from parse_271(transaction)


def parse_271(transaction: Transaction) -> Iterator[EligibilityResponse]:
    """Yield the answers of one transaction set; one without a patient if the payer refused the whole."""
    delimiters = transaction.delimiters
    header, levels = read_levels(transaction)
    for level in levels:
        told = level.kind == "23" or (level.kind == "22" and (not level.below or _tells(level.segments)))
        if told or (level.kind in ("20", "21") and not level.below):
            yield _read_response(transaction, header, level, delimiters)


def _tells(segments: Sequence[Segment]) -> bool:
    return any(segment[0] in ("EB", "TRN") for segment in segments)


def _read_response(
    transaction: Transaction, header: Sequence[Segment], level: Level, delimiters: Delimiters
) -> EligibilityResponse:
    reference, created, purpose, kind = read_created(header)
    chain = {**level.above, level.kind: level}
    parts = {each: chain[each].segments if each in chain else [] for each in ("20", "21", "22", "23")}
    payer = parts["20"]
    before, after = until(payer, "NM1"), payer[len(until(payer, "NM1")) :]
    subscriber, dependent = until(parts["22"], "EB"), until(parts["23"], "EB")
    patient = dependent if level.kind == "23" else subscriber
    provider, role = read_provider(parts["21"])
    return EligibilityResponse(
        payer=read_provider(payer)[0],
        provider=provider if "21" in chain else None,
        provider_role=role,
        subscriber=read_member(subscriber, delimiters) if "22" in chain else None,
        dependent=read_member(dependent, delimiters) if "23" in chain else None,
        traces=read_traces(patient),
        dates=tuple(read_dated(segment) for segment in patient if segment[0] == "DTP"),
        benefits=tuple(_read_benefits(chain[level.kind].segments, delimiters)),
        rejections=(
            *read_rejections(before, "payer"),
            *read_rejections(after, "source"),
            *read_rejections(parts["21"], "provider"),
            *read_rejections(subscriber, "subscriber"),
            *read_rejections(dependent, "dependent"),
        ),
        reference=reference,
        created=created,
        purpose=purpose,
        kind=kind,
        control_number=transaction.control,
    )


def _read_benefits(segments: Sequence[Segment], delimiters: Delimiters) -> Iterator[Benefit]:
    starts = [index for index, segment in enumerate(segments) if segment[0] == "EB"]
    for start, end in pairwise([*starts, len(segments)]):
        yield _read_benefit(segments[start], segments[start + 1 : end], delimiters)


def _read_benefit(told: Segment, rest: Sequence[Segment], delimiters: Delimiters) -> Benefit:
    names = next((index for index, segment in enumerate(rest) if segment[0] in ("LS", "NM1")), len(rest))
    own, parties = rest[:names], rest[names:]
    return Benefit(
        information=at(told, 1),
        coverage_level=at(told, 2),
        service_types=tuple(repetitions(at(told, 3), delimiters)),
        insurance_type=at(told, 4),
        plan=at(told, 5),
        period=at(told, 6),
        amount=amount(at(told, 7)),
        percent=amount(at(told, 8)),
        quantity_qualifier=at(told, 9),
        quantity=amount(at(told, 10)),
        authorization=at(told, 11),
        in_network=at(told, 12),
        procedure=read_procedure(at(told, 13), delimiters) if at(told, 13) else None,
        pointers=pointers_of(at(told, 14), delimiters),
        deliveries=tuple(_read_delivery(segment) for segment in own if segment[0] == "HSD"),
        references=tuple(read_reference(segment) for segment in own if segment[0] == "REF"),
        dates=tuple(read_dated(segment) for segment in own if segment[0] == "DTP"),
        rejections=read_rejections(own, "benefit"),
        messages=tuple(at(segment, 1) for segment in own if segment[0] == "MSG"),
        conditions=tuple(BenefitCondition(*_four(segment)) for segment in own if segment[0] == "III"),
        parties=tuple(_read_parties(parties)),
    )


def _four(segment: Segment) -> tuple[str, str, str, str]:
    return at(segment, 1), at(segment, 2), at(segment, 3), at(segment, 4)


def _read_delivery(segment: Segment) -> BenefitDelivery:
    return BenefitDelivery(
        quantity_qualifier=at(segment, 1),
        quantity=amount(at(segment, 2)),
        unit=at(segment, 3),
        frequency=amount(at(segment, 4)),
        period=at(segment, 5),
        periods=at(segment, 6),
        pattern=at(segment, 7),
        time=at(segment, 8),
    )


def _read_parties(segments: Sequence[Segment]) -> Iterator[RelatedParty]:
    starts = [index for index, segment in enumerate(segments) if segment[0] == "NM1"]
    for start, end in pairwise([*starts, len(segments)]):
        party, role = read_provider(segments[start:end])
        yield RelatedParty(party, at(segments[start], 10), role)


def write_271(
    responses: Iterable[EligibilityResponse],
    envelope: Envelope,
    delimiters: Delimiters | None = None,
    *,
    replace_marks: bool = False,
) -> str:
    """Return answers as one interchange, a transaction set for each patient.

    Raises:
        UsageError: a text holds a separator, an amount has fractions of a cent, a number of the envelope is none.
    """
    bodies = []
    for response in responses:
        writer = new_writer(delimiters, replace_marks=replace_marks)
        _write(writer, response)
        bodies.append((response.control_number, writer))
    return write_transactions(bodies, kind="271", guide=GUIDE_27X, functional_id="HB", envelope=envelope)


def _write(writer: SegmentWriter, response: EligibilityResponse) -> None:
    created, rejections = response.created, response.rejections
    writer.add("BHT", "0022", response.purpose, response.reference, created[:8], created[8:], response.kind)
    add_level(writer, 1, 0, "20", below=response.provider is not None)
    add_rejections(writer, rejections, "payer")
    add_party(writer, response.payer)
    add_contacts(writer, response.payer.contacts)
    add_rejections(writer, rejections, "source")
    if response.provider is None:
        return
    add_level(writer, 2, 1, "21", below=response.subscriber is not None)
    add_provider(writer, response.provider)
    add_rejections(writer, rejections, "provider")
    if response.provider_role or response.provider.taxonomy:
        taxonomy = response.provider.taxonomy
        writer.add("PRV", response.provider_role or "PE", "PXC" if taxonomy else "", taxonomy)
    if response.subscriber is None:
        return
    members = [("subscriber", "22", response.subscriber)]
    if response.dependent is not None:
        members.append(("dependent", "23", response.dependent))
    for count, (name, kind, member) in enumerate(members, 3):
        last = count == len(members) + 2
        add_level(writer, count, count - 1, kind, below=not last)
        if last:
            add_traces(writer, response.traces)
        add_member_name(writer, member)
        add_rejections(writer, rejections, name)
        add_member_rest(writer, member, subscriber=kind == "22")
        if last:
            add_dates(writer, response.dates)
        if member.military:
            writer.add("MPI", *member.military)
    for benefit in response.benefits:
        _write_benefit(writer, benefit)


def _write_benefit(writer: SegmentWriter, benefit: Benefit) -> None:
    writer.add(
        "EB",
        benefit.information,
        benefit.coverage_level,
        writer.repeated(benefit.service_types),
        benefit.insurance_type,
        benefit.plan,
        benefit.period,
        "" if benefit.amount is None else money(benefit.amount),
        "" if benefit.percent is None else number(benefit.percent),
        benefit.quantity_qualifier,
        "" if benefit.quantity is None else number(benefit.quantity),
        benefit.authorization,
        benefit.in_network,
        write_procedure(writer, benefit.procedure) if benefit.procedure else "",
        writer.composite(*map(str, benefit.pointers)) if benefit.pointers else "",
    )
    for each in benefit.deliveries:
        quantity = "" if each.quantity is None else number(each.quantity)
        frequency = "" if each.frequency is None else number(each.frequency)
        timing = (each.unit, frequency, each.period, each.periods, each.pattern, each.time)
        writer.add("HSD", each.quantity_qualifier, quantity, *timing)
    add_references(writer, benefit.references)
    add_dates(writer, benefit.dates)
    add_rejections(writer, benefit.rejections, "benefit")
    for message in benefit.messages:
        writer.add("MSG", message)
    for condition in benefit.conditions:
        writer.add("III", condition.qualifier, condition.code, condition.category, condition.text)
    if benefit.parties:
        writer.add("LS", "2120")
        for related in benefit.parties:
            _write_related(writer, related)
        writer.add("LE", "2120")


def _write_related(writer: SegmentWriter, related: RelatedParty) -> None:
    party = related.party
    add_party(writer, party, relationship=related.relationship)
    add_address(writer, party.address)
    add_contacts(writer, party.contacts)
    if related.provider_role or party.taxonomy:
        writer.add("PRV", related.provider_role or "PE", "PXC" if party.taxonomy else "", party.taxonomy)
