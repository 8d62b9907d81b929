"""From claims, findings and decisions to an acknowledgement of claims, and whether its totals agree with its claims.

An acknowledgement is a projection: a claim with an error is rejected with the statuses that its findings carry, every
other is accepted, unless the caller has decided otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nosology.model.claim import Claim
from nosology.model.claim_parts import Dated, Party, Reference
from nosology.model.claim_status import (
    AcknowledgedClaim,
    AcknowledgedLine,
    AcknowledgedProvider,
    AcknowledgementTotals,
    ClaimAcknowledgement,
    Status,
    StatusCode,
)
from nosology.model.edi import EdiFinding
from nosology.model.finding import Finding, Severity

__all__ = ["ClaimDecision", "acknowledge_claims", "balance_acknowledgement", "statuses_of"]

_ACCEPTED = StatusCode("A2", "20")  # taken in for adjudication
_FILE_ACCEPTED = StatusCode("A1", "19")  # received
_REJECTED = StatusCode("A7", "21")  # information is missing or invalid

# What is wrong at a place of a claim that has no status of its own: segment and element (0 any), status code.
_PLACES = {
    ("CLM", 1): "478", ("CLM", 2): "178", ("CLM", 5): "249", ("CLM", 11): "633", ("CLM", 20): "555",
    ("SV1", 1): "454", ("SV1", 2): "583", ("SV1", 4): "476", ("SV1", 5): "249", ("SV1", 7): "477",
    ("SV2", 1): "455", ("SV2", 2): "454", ("SV2", 3): "583", ("SV2", 5): "476",
    ("SV3", 1): "454", ("SV3", 2): "583", ("SV3", 6): "476", ("TOO", 0): "244",
    ("HI", 0): "255", ("DTP", 0): "187", ("CL1", 1): "231", ("CL1", 2): "229", ("CL1", 3): "234",
    ("SBR", 9): "480", ("SBR", 1): "742", ("DMG", 2): "158", ("DMG", 3): "157", ("PAT", 1): "156",
    ("NM1", 3): "125", ("NM1", 4): "505", ("NM1", 9): "153", ("NM1", 0): "125", ("REF", 0): "560", ("PRV", 3): "145",
    ("N3", 0): "503", ("N4", 1): "502", ("N4", 2): "501", ("N4", 3): "500", ("N4", 0): "126", ("LIN", 0): "218",
    ("CAS", 2): "521", ("CAS", 3): "519", ("SVD", 0): "710", ("PWK", 0): "489", ("NTE", 0): "704",
}  # fmt: skip
_OF_ENTITY = {"125", "126", "145", "153", "157", "158", "500", "501", "502", "503", "505", "560"}
_ENTITIES = {
    "2010AA": "85", "2010AB": "87", "2010BA": "IL", "2010BB": "PR", "2010CA": "QC", "2310A": "DN", "2310B": "82",
    "2310C": "77", "2310D": "DQ", "2330A": "GB", "2420A": "82", "2420C": "77", "2420D": "DQ", "2420E": "DK",
    "2420F": "DN",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClaimDecision:
    """What the payer decided on one claim of a file beyond the findings: accepted with a number of its own, or not.

    ``codes`` say why it is rejected, or take the place of those of an acceptance. ``lines`` are codes by line number.
    """

    accepted: bool = True
    payer_control_number: str = ""
    codes: tuple[StatusCode, ...] = ()
    message: str = ""
    lines: tuple[tuple[int, StatusCode], ...] = ()


def statuses_of(findings: Iterable[EdiFinding]) -> tuple[StatusCode, ...]:
    """The codes that errors put on a claim, each once, in the order of the findings; at least one if there is one.

    A finding without a status of its own gets one by what is wrong (A6 missing, A7 not valid) and where it stands.
    """
    found: dict[StatusCode, None] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR:
            found[StatusCode(*finding.status) if finding.status else _status_of_place(finding)] = None
    return tuple(found)


def _status_of_place(finding: EdiFinding) -> StatusCode:
    missing = finding.element_error in ("1", "2") or finding.segment_error == "3"
    place = finding.position
    status = _PLACES.get((place.segment_id, place.element)) or _PLACES.get((place.segment_id, 0))
    if status is None:
        return StatusCode("A6" if missing else "A7", "21")
    entity = _ENTITIES.get(place.loop, "") if status in _OF_ENTITY else ""
    return StatusCode("A6" if missing else "A7", status, entity)


def acknowledge_claims(
    claims: Sequence[Claim],
    findings: Iterable[EdiFinding] = (),
    decisions: Mapping[int, ClaimDecision] | None = None,
    *,
    source: Party,
    receiver: Party,
    reference: str,
    created: str,
    receipt: str,
    received_on: date,
    processed_on: date,
    trace: str,
) -> ClaimAcknowledgement:
    """Return the acknowledgement of a file of claims, its totals in balance.

    Args:
        claims: those of the file, in its order.
        findings: of the validator or of edits; those with a ``claim`` reject it if they are errors.
        decisions: by the index of the claim; a decision goes before the findings.
        source, receiver: who acknowledges (PR or AY), and the submitter (41).
        reference, created: BHT03, and CCYYMMDDHHMM.
        receipt: the acknowledger's own number of the receipt; trace: BHT03 of the file of claims.
    """
    by_claim: dict[str, list[EdiFinding]] = {}
    for finding in findings:
        by_claim.setdefault(finding.claim, []).append(finding)
    day = f"{processed_on:%Y%m%d}"
    providers: list[tuple[Party, list[AcknowledgedClaim]]] = []
    for index, claim in enumerate(claims):
        decision = (decisions or {}).get(index)
        if decision is None:
            codes = statuses_of(by_claim.get(claim.id, ()))
            decision = ClaimDecision(accepted=not codes, codes=codes)
        party = _plain(claim.billing, "85")
        if not providers or providers[-1][0] != party:
            providers.append((party, []))
        providers[-1][1].append(_acknowledge(claim, decision, day))
    acknowledged = [_provider(party, each, day) for party, each in providers]
    totals = _totals([claim for provider in acknowledged for claim in provider.claims])
    charge = (totals.accepted_charges or Decimal(0)) + (totals.rejected_charges or Decimal(0))
    return ClaimAcknowledgement(
        source=_plain(source, source.role if source.role in ("PR", "AY") else "PR"),
        receiver=_plain(receiver, "41"),
        reference=reference,
        created=created,
        receipt=receipt,
        received_on=received_on,
        processed_on=processed_on,
        trace=trace,
        statuses=(Status((_FILE_ACCEPTED,), day, "WQ", charge),),
        providers=tuple(acknowledged),
        totals=totals,
    )


def _plain(party: Party, role: str) -> Party:
    """The name of a party without what an acknowledgement has no place for."""
    names = replace(party, role=role, address=None, taxonomy="", references=(), contacts=())
    return names if party.person else replace(names, first="", middle="", prefix="", suffix="")


def _acknowledge(claim: Claim, decision: ClaimDecision, day: str) -> AcknowledgedClaim:
    action = "WQ" if decision.accepted else "U"
    codes = decision.codes or ((_ACCEPTED,) if decision.accepted else (_REJECTED,))
    statuses = [
        Status(codes[at : at + 3], day, action, claim.charge, message=decision.message if at == 0 else "")
        for at in range(0, len(codes), 3)
    ]
    references = [Reference("1K", decision.payer_control_number)] if decision.payer_control_number else []
    references += [Reference("D9", claim.reference("D9"))] if claim.reference("D9") else []
    references += [Reference("BLT", claim.type_of_bill.removeprefix("0"))] if claim.type_of_bill else []
    person, subscriber = claim.person.party, claim.subscriber.person.party
    patient = replace(_plain(person, "QC"), person=True)
    if not patient.id:
        patient = replace(patient, id_qualifier=subscriber.id_qualifier, id=subscriber.id)
    return AcknowledgedClaim(
        id=claim.id,
        patient=patient,
        statuses=tuple(statuses),
        references=tuple(references),
        dates=_dates(claim),
        lines=_lines(claim, decision, day),
    )


def _dates(claim: Claim) -> tuple[Dated, ...]:
    days = sorted(
        day
        for line in claim.lines
        for dated in line.dates
        if dated.qualifier == "472"
        for day in (dated.first, dated.last)
        if day
    )
    stated = [dated for dated in claim.dates if dated.qualifier == "434" and dated.first]
    if stated:
        first, last = stated[0].first, stated[0].last
        return (Dated.on("472", first, last),) if first else ()
    return (Dated.on("472", days[0], days[-1]),) if days else ()


def _lines(claim: Claim, decision: ClaimDecision, day: str) -> tuple[AcknowledgedLine, ...]:
    """The rejected lines: a line that was taken in with its claim needs no word."""
    found = []
    for line in claim.lines:
        codes = tuple(code for number, code in decision.lines if number == line.number)
        if codes and line.procedure is not None:
            number = next((each.value for each in line.references if each.qualifier == "6R"), str(line.number))
            statuses = tuple(Status(codes[at : at + 3], day, "U") for at in range(0, len(codes), 3))
            procedure = replace(line.procedure, description="")
            dates = tuple(dated for dated in line.dates if dated.qualifier == "472")
            found.append(
                AcknowledgedLine(
                    procedure, line.charge, statuses, line.revenue_code, line.quantity, number, dates=dates
                )
            )
    return tuple(found)


def _provider(party: Party, claims: Sequence[AcknowledgedClaim], day: str) -> AcknowledgedProvider:
    totals = _totals(claims)
    charge = (totals.accepted_charges or Decimal(0)) + (totals.rejected_charges or Decimal(0))
    status = Status((_FILE_ACCEPTED,), "", "WQ", charge)
    return AcknowledgedProvider(party, tuple(claims), statuses=(status,), totals=totals)


def _totals(claims: Sequence[AcknowledgedClaim]) -> AcknowledgementTotals:
    accepted = [claim.charge for claim in claims if claim.accepted]
    rejected = [claim.charge for claim in claims if not claim.accepted]
    return AcknowledgementTotals(
        len(accepted) or None,
        len(rejected) or None,
        sum(accepted, Decimal(0)) if accepted else None,
        sum(rejected, Decimal(0)) if rejected else None,
    )


def balance_acknowledgement(acknowledgement: ClaimAcknowledgement) -> list[Finding]:
    """Return what does not add up: totals of the file and of providers against the claims that are listed."""
    found = _compare(acknowledgement.totals, acknowledgement.claims, "the file")
    for number, provider in enumerate(acknowledgement.providers, 1):
        found += _compare(provider.totals, provider.claims, f"provider {number}")
    return found


def _compare(stated: AcknowledgementTotals, claims: Sequence[AcknowledgedClaim], where: str) -> list[Finding]:
    if not claims:
        return []
    real = _totals(claims)
    pairs = [
        ("accepted claims", stated.accepted, real.accepted),
        ("rejected claims", stated.rejected, real.rejected),
        ("charges of accepted claims", stated.accepted_charges, real.accepted_charges),
        ("charges of rejected claims", stated.rejected_charges, real.rejected_charges),
    ]
    return [
        Finding(
            "277ca.totals",
            Severity.WARNING,
            f"{name} of {where}: {said} stated, {counted or 0} listed",
            where,
            citation="ASC X12N 005010X214, loops 2200B and 2200C",
            fix="Trust the claims that are listed, and ask the payer for the others.",
        )
        for name, said, counted in pairs
        if said is not None and said != (counted or 0)
    ]
