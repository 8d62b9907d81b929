"""What earlier payers decided, put on the claim for the next one: coordination of benefits at claim and line.

Lines are matched by the control number that we gave them, then by code, modifiers and day, then with modifiers that
the payer dropped or changed. What does not match, or does not add up to the charge, is a finding: payers return such
claims, and clearinghouses that mend them silently only hide it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nosology.claims.build_desk import BuildDesk
from nosology.claims.parties import insured_person
from nosology.model.claim import ClaimLine, LineAdjudication, OtherPayer
from nosology.model.claim_parts import Adjustment, Amount, Dated, Reference
from nosology.model.coverage import Coverage
from nosology.model.finding import Severity
from nosology.model.remittance import ClaimPayment, Remittance, ServicePayment

__all__ = ["PriorPayment", "add_adjudications", "find_prior", "match_services", "other_payers"]


@dataclass(frozen=True, slots=True)
class PriorPayment:
    """What one earlier payer decided on the claim, and when. ``payer`` is its id as the coverage has it, ``name`` its
    name: remittances often number a payer otherwise than its card does."""

    payment: ClaimPayment
    paid_on: date | None = None
    payer: str = ""
    name: str = ""


def find_prior(remittances: Iterable[Remittance], claim_id: str) -> tuple[PriorPayment, ...]:
    """The decisions on a claim in remittances, the last of each payer: reversals and what they took back are left out.

    ``claim_id`` is the patient control number; those of the parts of a split claim ("7-2") are found with it.
    """
    own = claim_id.strip()
    latest: dict[tuple[str, str], PriorPayment] = {}
    for remittance in remittances:
        payer = remittance.payer.id or remittance.payer.reference("2U") or remittance.payer.name
        for payment in remittance.claims:
            number = payment.id.strip()
            head, _, part = number.rpartition("-")
            if number != own and not (head == own and part.isdigit()):
                continue
            if payment.is_reversal:
                latest.pop((payer, number), None)
            else:
                latest[payer, number] = PriorPayment(payment, remittance.paid_on, payer, remittance.payer.name)
    return tuple(latest.values())


def _total(adjustments: Iterable[Adjustment]) -> Decimal:
    return sum((each.amount for each in adjustments), Decimal(0))


def _patient_share(adjustments: Iterable[Adjustment]) -> Decimal:
    return _total(each for each in adjustments if each.group == "PR")


_DECIDED_AS = {"1": 0, "19": 0, "2": 1, "20": 1, "3": 2, "21": 2}
"""Claim status (CLP02) → as which payer, in order, it was decided."""


def _prior_of(desk: BuildDesk, coverage: Coverage, prior: Sequence[PriorPayment]) -> PriorPayment | None:
    """What the payer of a coverage decided: found by its number, its name, or as which payer it decided."""
    earlier = [each for _, each in desk.order[: desk.at]]
    for same in (_same_number, _same_name):
        found = next((each for each in prior if same(each, coverage)), None)
        if found is not None:
            return found
    unknown = [
        each for each in prior if not any(_same_number(each, other) or _same_name(each, other) for other in earlier)
    ]
    if coverage not in earlier:
        return None
    if len(unknown) == 1 and len(earlier) == 1:
        return unknown[0]
    place = earlier.index(coverage)
    fitting = [each for each in unknown if _DECIDED_AS.get(each.payment.status) == place]
    return fitting[0] if len(fitting) == 1 else None


def _same_number(prior: PriorPayment, coverage: Coverage) -> bool:
    return bool(prior.payer) and prior.payer == coverage.payer.id


def _same_name(prior: PriorPayment, coverage: Coverage) -> bool:
    ours, theirs = (" ".join(each.casefold().split()) for each in (coverage.payer.name, prior.name))
    return bool(ours) and ours == theirs


def other_payers(
    desk: BuildDesk, prior: Sequence[PriorPayment]
) -> tuple[tuple[OtherPayer, ...], tuple[tuple[str, PriorPayment], ...]]:
    """The other payers of the claim in order of responsibility, and the decisions with the payer's id on the claim."""
    made, decided = [], []
    for at, (place, coverage) in enumerate(desk.order):
        if at == desk.at:
            continue
        payer, found = replace(coverage.payer, role="PR"), _prior_of(desk, coverage, prior)
        other = OtherPayer(
            responsibility=coverage.responsibility,
            relationship=coverage.relationship,
            insured=insured_person(desk, coverage).party,
            payer=payer,
            group_number=coverage.group_number,
            group_name="" if coverage.group_number else coverage.group_name,
            msp_type=coverage.msp_type,
            filing_indicator=coverage.filing_indicator,
            benefits_assigned=coverage.benefits_assigned,
            patient_signature=coverage.signature,
            release=coverage.release,
        )
        if found is not None and at < desk.at:
            _check_date(desk, place, found)
            other = _with_payment(other, found)
            decided.append((payer.id, found))
        elif at < desk.at:
            desk.note(
                "prior",
                "the claim goes to a later payer, and what this one decided is not there",
                f"coverages[{place}]",
                fix="give its remittance (--prior), or bill it first",
            )
        made.append(other)
    return tuple(made), tuple(decided)


def _check_date(desk: BuildDesk, place: int, found: PriorPayment) -> None:
    if found.paid_on is None:
        desk.note(
            "prior",
            "the day on which this payer decided is not known",
            f"coverages[{place}]",
            fix="give the date of the remittance",
        )


def _with_payment(other: OtherPayer, found: PriorPayment) -> OtherPayer:
    """The other payer with its decision on the claim; date and patient share only where no line has them."""
    payment = found.payment
    amounts = [Amount("D", payment.paid)]
    share = _patient_share(payment.adjustments) if not payment.lines else Decimal(0)
    amounts += [Amount("EAF", share)] if share else []
    number = payment.payer_control_number
    payer = other.payer
    if number:
        payer = replace(payer, references=(*payer.references, Reference("F8", number)))
    on_claim = found.paid_on is not None and not payment.lines
    return replace(
        other,
        payer=payer,
        adjustments=payment.adjustments,
        amounts=tuple(amounts),
        inpatient=payment.inpatient,
        outpatient=payment.outpatient,
        paid_on=(Dated.on("573", found.paid_on),) if on_claim and found.paid_on else (),
    )


def match_services(lines: Sequence[ClaimLine], services: Sequence[ServicePayment]) -> tuple[list[int | None], bool]:
    """For each service of a payer the place of the line that it decides, None if it is none of them.

    The second is False if a line was matched with other modifiers than ours.
    """
    left = list(range(len(services)))
    found: list[int | None] = [None] * len(services)
    exact = True
    numbers = {_number(line): n for n, line in enumerate(lines)}
    for n in list(left):
        number = services[n].line_control_number
        if number and number in numbers and _code(services[n]) in ("", _line_code(lines[numbers[number]]), None):
            found[n] = numbers[number]
            left.remove(n)
    taken = {each for each in found if each is not None}
    for same in (_same_all, _same_but_modifiers, _same_code):
        for n in list(left):
            place = next((p for p, line in enumerate(lines) if p not in taken and same(line, services[n])), None)
            if place is None:  # a further part of a line that the payer split
                place = next(
                    (
                        p
                        for p, line in enumerate(lines)
                        if _charged(p, found, services) < line.charge and same(line, services[n])
                    ),
                    None,
                )
            if place is not None:
                found[n] = place
                taken.add(place)
                left.remove(n)
                exact = exact and same is _same_all
    for n in list(left):  # a number alone, where the payer changed the code
        number = services[n].line_control_number
        if number in numbers:
            found[n] = numbers[number]
    return found, exact


def _number(line: ClaimLine) -> str:
    return next((each.value for each in line.references if each.qualifier == "6R"), "")


def _line_code(line: ClaimLine) -> str:
    return line.procedure.code if line.procedure else line.revenue_code


def _billed(service: ServicePayment) -> tuple[str, tuple[str, ...]]:
    which = service.submitted or service.procedure
    return which.code, which.modifiers


def _code(service: ServicePayment) -> str:
    return _billed(service)[0]


def _charged(place: int, found: Sequence[int | None], services: Sequence[ServicePayment]) -> Decimal:
    return sum((services[n].charge for n, each in enumerate(found) if each == place), Decimal(0))


def _day(service: ServicePayment) -> date | None:
    return next((each.first for each in service.dates if each.qualifier in ("472", "150")), None)


def _same_code(line: ClaimLine, service: ServicePayment) -> bool:
    return _code(service) == _line_code(line)


def _same_but_modifiers(line: ClaimLine, service: ServicePayment) -> bool:
    day = _day(service)
    return _same_code(line, service) and (day is None or line.date is None or day == line.date)


def _same_all(line: ClaimLine, service: ServicePayment) -> bool:
    ours = line.procedure.modifiers if line.procedure else ()
    return _same_but_modifiers(line, service) and sorted(_billed(service)[1]) == sorted(ours)


def add_adjudications(
    desk: BuildDesk, lines: tuple[ClaimLine, ...], decided: Sequence[tuple[str, PriorPayment]]
) -> tuple[ClaimLine, ...]:
    """The lines with what earlier payers decided on each; what does not match or balance is a finding."""
    for payer, prior in decided:
        services = prior.payment.lines
        _check_claim_balance(desk, lines, payer, prior.payment)
        if not services:
            continue
        found, exact = match_services(lines, services)
        if not exact:
            desk.note(
                "prior-modifiers",
                f"payer {payer} returned a line with other modifiers; it was matched by code and day",
                "lines",
                severity=Severity.WARNING,
            )
        for n, place in enumerate(found):
            if place is None:
                desk.note(
                    "prior-line",
                    f"service {n + 1} of the decision of payer {payer} is none of the lines",
                    "lines",
                    fix="match it by hand, or bill what the payer decided on",
                )
        lines = tuple(_adjudicated(desk, p, line, payer, prior, found) for p, line in enumerate(lines))
    return lines


def _adjudicated(
    desk: BuildDesk, place: int, line: ClaimLine, payer: str, prior: PriorPayment, found: Sequence[int | None]
) -> ClaimLine:
    services = [each for n, each in enumerate(prior.payment.lines) if found[n] == place]
    where = f"lines[{int(_number(line) or place + 1) - 1}]"
    if not services:
        desk.note(
            "prior-line",
            f"payer {payer} decided nothing on this line",
            where,
            fix="ask the payer, or enter what it decided",
        )
        return line
    open_amount = line.charge - sum((each.paid + _total(each.adjustments) for each in services), Decimal(0))
    if open_amount != 0:
        desk.note(
            "prior-balance",
            f"payer {payer}: charge less payment and adjustments leaves {open_amount} USD",
            where,
            fix="complete the adjustments of the line from the remittance",
        )
    made = [_decision(payer, line, each, prior.paid_on) for each in services]
    return replace(line, adjudications=(*line.adjudications, *made))


def _decision(payer: str, line: ClaimLine, service: ServicePayment, paid_on: date | None) -> LineAdjudication:
    share = _patient_share(service.adjustments)
    return LineAdjudication(
        payer_id=payer,
        paid=service.paid,
        procedure=service.procedure if service.procedure.code and service.procedure.qualifier != "NU" else None,
        quantity=service.units if service.units is not None else line.quantity,
        revenue_code=line.revenue_code,
        adjustments=service.adjustments,
        dates=(Dated.on("573", paid_on),) if paid_on else (),
        amounts=(Amount("EAF", share),) if share else (),
    )


def _check_claim_balance(desk: BuildDesk, lines: Sequence[ClaimLine], payer: str, payment: ClaimPayment) -> None:
    """The claim that the payer decided is the one that we bill, and its sums agree."""
    charge = sum((each.charge for each in lines), Decimal(0))
    where = "claim.charge"
    if payment.charge != charge:
        desk.note(
            "prior-balance",
            f"payer {payer} decided on {payment.charge} USD, and {charge} USD are billed",
            where,
            fix="bill the next payer what the first one was billed",
        )
    adjusted = _total(payment.adjustments) + sum((_total(each.adjustments) for each in payment.lines), Decimal(0))
    if payment.charge - payment.paid != adjusted:
        rest = payment.charge - payment.paid - adjusted
        desk.note(
            "prior-balance",
            f"payer {payer}: its payment and adjustments leave {rest} USD unexplained",
            where,
            fix="ask the payer for a corrected remittance",
        )
