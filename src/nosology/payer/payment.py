"""Decisions as the claim payments of a remittance (loops 2100 and 2110), and payments taken back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from nosology.model.claim import ClaimForm, ClaimLine
from nosology.model.claim_parts import Adjustment, Amount, Dated, Party, ProcedureId, Reference
from nosology.model.encounter import Setting
from nosology.model.price import ZERO
from nosology.model.remittance import ClaimPayment, ServicePayment
from nosology.payer.case import Case
from nosology.payer.decision import LineDecision

__all__ = ["balance_of", "pay_claim", "reverse_payment"]

_RANK = {"P": "1", "S": "2", "T": "3"}
_FORWARDED = {"1": "19", "2": "20", "3": "21"}
_MOST_REMARKS = 5


def pay_claim(
    case: Case,
    control: str,
    lines: tuple[LineDecision, ...],
    adjustments: tuple[Adjustment, ...],
    remarks: tuple[str, ...],
    drg: str,
) -> ClaimPayment:
    """The decision as the remittance tells it."""
    claim, member = case.claim, case.member
    stay = case.encounter.setting is Setting.INPATIENT
    taken = sum((each.amount for each in adjustments), ZERO)
    taken += sum((each.amount for line in lines for each in line.adjustments), ZERO)
    patient = sum((each.amount for each in adjustments if each.group == "PR"), ZERO)
    patient += sum((line.patient for line in lines), ZERO)
    status = _RANK.get(claim.subscriber.responsibility, "3")
    crossover = member.other("secondary", case.day) if member is not None else None
    parties = [_patient(case)]
    if claim.predetermination:
        status = "25"
    elif member is None:
        status = "4"
    elif crossover is not None and crossover.crossover and claim.subscriber.responsibility == "P":
        status = _FORWARDED[status]
        parties.append(replace(crossover.payer, role="TT"))
    rendering = claim.provider("82")
    if rendering is not None and rendering.npi and rendering.npi != claim.billing.npi:
        parties.append(Party("82", rendering.name, rendering.first, rendering.middle, person=rendering.person,
                             id_qualifier="XX", id=rendering.npi))  # fmt: skip
    remarks = remarks[:_MOST_REMARKS]
    dates = [Dated.on("050", case.received)]
    if member is None or lines == ():
        dates += [Dated.on("232", case.encounter.admitted or case.day)]
        dates += [Dated.on("233", case.encounter.discharged)] if case.encounter.discharged else []
    return ClaimPayment(
        id=claim.id,
        status=status,
        charge=claim.charge,
        paid=claim.charge - taken,
        patient_responsibility=patient or None,
        filing_indicator=case.policy.filing_indicator,
        payer_control_number=control,
        facility=claim.facility,
        frequency=claim.frequency,
        drg=drg if stay else "",
        adjustments=adjustments,
        parties=tuple(parties),
        inpatient=_inpatient(case, remarks) if stay and remarks else (),
        outpatient=("", "", *remarks) if remarks and not stay else (),
        dates=tuple(dates),
        lines=tuple(_line(case, place, line) for place, line in enumerate(lines)),
    )


def _inpatient(case: Case, remarks: tuple[str, ...]) -> tuple[str, ...]:
    """The inpatient information: covered days first, remark codes fifth and from the twentieth on."""
    return ("0", "", "", "", remarks[0], *[""] * 14, *remarks[1:4]) if len(remarks) > 1 else ("0", "", "", "", *remarks)


def _patient(case: Case) -> Party:
    person, insured = case.claim.person.party, case.claim.subscriber.person.party
    number = person.id or insured.id
    return Party("QC", person.name, person.first, person.middle, person.suffix, person=True,
                 id_qualifier="MI" if number else "", id=number)  # fmt: skip


def _line(case: Case, place: int, decided: LineDecision) -> ServicePayment:
    line = case.claim.lines[place]
    procedure = _procedure(line)
    institutional = case.claim.form is ClaimForm.INSTITUTIONAL and procedure.qualifier != "NU"
    control = next((each.value for each in line.references if each.qualifier == "6R"), "")
    dates = tuple(each for each in line.dates if each.qualifier == "472")
    return ServicePayment(
        procedure=procedure,
        charge=line.charge,
        paid=decided.paid,
        revenue_code=line.revenue_code if institutional else "",
        units=line.quantity,
        dates=_service_dates(dates),
        adjustments=decided.adjustments,
        references=(Reference("6R", control),) if control else (Reference("6R", str(line.number)),),
        amounts=(Amount("B6", decided.allowed),) if decided.allowed else (),
        remarks=tuple(("HE", each) for each in decided.remarks),
    )


def _procedure(line: ClaimLine) -> ProcedureId:
    if line.procedure is None or not line.procedure.code:
        return ProcedureId("NU", line.revenue_code)
    return replace(line.procedure, description="")


def _service_dates(dates: tuple[Dated, ...]) -> tuple[Dated, ...]:
    """A day of service (472), or the first and last day of a period (150, 151)."""
    if not dates or dates[0].first is None:
        return ()
    first, last = dates[0].first, dates[0].last
    if last is None or last == first:
        return (Dated.on("472", first),)
    return (Dated.on("150", first), Dated.on("151", last))


def reverse_payment(payment: ClaimPayment) -> ClaimPayment:
    """The payment taken back: every amount with the other sign (status 22)."""

    def back(found: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
        return tuple(replace(each, amount=-each.amount) for each in found)

    lines = tuple(
        replace(
            each,
            charge=-each.charge,
            paid=-each.paid,
            adjustments=back(each.adjustments),
            amounts=tuple(replace(amount, amount=-amount.amount) for amount in each.amounts),
        )
        for each in payment.lines
    )
    return replace(
        payment,
        status="22",
        charge=-payment.charge,
        paid=-payment.paid,
        patient_responsibility=None if payment.patient_responsibility is None else -payment.patient_responsibility,
        adjustments=back(payment.adjustments),
        amounts=tuple(replace(each, amount=-each.amount) for each in payment.amounts),
        lines=lines,
    )


def balance_of(payment: ClaimPayment) -> Decimal:
    """Charge less adjustments less paid, of the claim and of its worst line: 0 where everything adds up."""
    taken = sum((each.amount for each in payment.adjustments), ZERO)
    taken += sum((each.amount for line in payment.lines for each in line.adjustments), ZERO)
    gaps = [payment.charge - taken - payment.paid]
    gaps += [line.charge - sum((each.amount for each in line.adjustments), ZERO) - line.paid for line in payment.lines]
    if payment.lines:
        gaps.append(payment.charge - sum((line.charge for line in payment.lines), ZERO))
    return max(gaps, key=abs)
