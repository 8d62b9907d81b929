"""SNIP 3: the sums of claims and remittances.

Claims (837): the lines make the charge; what another payer paid and adjusted makes the charge of the line and of the
claim (005010X222A1 section 1.4.4). Remittances (835): charge less adjustments is the payment, of the service and of the
claim; the claims less the adjustments of the provider's account are the payment (005010X221A1 section 1.10.2).
A sum in which some amount cannot be read is left alone: that amount has a finding of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from nosology.x12.checks import Report, check
from nosology.x12.claim_facts import CLAIMS, Facts, cents, claim_facts
from nosology.x12.loops import Loop, Placed

__all__ = ["adjusted", "check_claim", "check_payment", "check_remittance", "check_service", "check_totals"]

_CHARGES = {"837P": ("SV1", 2), "837I": ("SV2", 3), "837D": ("SV3", 2)}
_SUM = "I12"  # the pattern of the implementation is not met
_Cents = int | Decimal


def adjusted(segments: Iterable[Placed]) -> _Cents | None:
    """Return the sum of the adjustments of CAS segments in cents; None if one of them cannot be read."""
    total: _Cents = 0
    for placed in segments:
        elements = placed.elements
        if elements[0] != "CAS":
            continue
        for at in range(3, len(elements), 3):
            if elements[at]:
                amount = cents(elements[at])
                if amount is None:
                    return None
                total += amount
    return total


@check("837.balance", snip=3, kinds=CLAIMS, loop="2300")
def check_claim(loop: Loop, report: Report) -> None:
    """The lines add up to the charge of the claim, and the decisions of other payers to the charges they decided on."""
    claim = claim_facts(loop, report)
    head = loop.head
    charge = cents(head.get(2))
    segment, element = _CHARGES[report.kind]
    place = f"2400/{segment}"
    total: _Cents | None = 0
    lines = claim.levels("2400")
    others = claim.levels("2320")
    for line in lines:
        service = line.first.get(place)
        amount = cents(service.get(element)) if service is not None else None
        total = None if total is None or amount is None else total + amount
        if "2430" in line.below and amount is not None and service is not None:
            _line_decisions(line, service, element, amount, report)
    if charge is not None and total is not None and lines and total != charge:
        report.error(
            "the charges of the lines do not add up to the charge of the claim",
            head,
            element=2,
            element_error=_SUM,
            value=head.get(2),
            status=("A7", "178", "85"),
            citation=f"{_GUIDES[report.kind]}, CLM02",
            fix="send every line, and no total line, and their sum as the charge of the claim",
        )
    if charge is not None:
        for other in others:
            _payer_decision(other, lines, charge, report)


_GUIDES = {"837P": "005010X222A1", "837I": "005010X223A2", "837D": "005010X224A2"}


def _line_decisions(line: Facts, service: Placed, element: int, charge: _Cents, report: Report) -> None:
    """What each payer paid and adjusted on a line makes its charge."""
    sums: dict[str, _Cents | None] = {}
    where: dict[str, Placed] = {}
    for decision in line.levels("2430"):
        head = decision.loop.head
        paid, taken = cents(head.get(2)), adjusted(decision.loop.segments)
        payer = head.get(1)
        before = sums.get(payer, 0)
        sums[payer] = None if before is None or paid is None or taken is None else before + paid + taken
        where.setdefault(payer, head)
    for payer, total in sums.items():
        if total is not None and total != charge:
            report.error(
                "what the other payer paid and adjusted on the line does not make the charge of the line",
                where[payer],
                element=2,
                element_error=_SUM,
                value=where[payer].get(2),
                status=("A7", "400", "PR"),
                citation=f"{_GUIDES[report.kind]}, section 1.4.4, loop 2430",
                fix="take SVD02 and every CAS of the line from the other payer's remittance",
            )


def _payer_decision(other: Facts, lines: list[Facts], charge: _Cents, report: Report) -> None:
    """What another payer paid, and adjusted on the claim and on its lines, makes the charge of the claim."""
    paid_at = other.first.get("2320/AMT*D")
    if paid_at is None:
        return
    taken = adjusted(other.loop.segments)
    paid = cents(paid_at.get(2))
    payer = other.value("2330B/NM1", 9)
    decided = False
    for line in lines:
        for decision in line.levels("2430"):
            head = decision.loop.head
            if head.get(1) == payer:
                more, amount = adjusted(decision.loop.segments), cents(head.get(2))
                if more is None or amount is None or taken is None:
                    return
                taken += more
                decided = True
    seen = decided or other.first.get("2320/CAS") is not None
    if taken is None or paid is None or not seen or paid + taken == charge:
        return
    report.error(
        "what the other payer paid and adjusted does not make the charge of the claim",
        paid_at,
        element=2,
        element_error=_SUM,
        value=paid_at.get(2),
        status=("A7", "400", "PR"),
        citation=f"{_GUIDES[report.kind]}, section 1.4.4, loop 2320",
        fix="take AMT D and every CAS of claim and lines from the other payer's remittance",
    )


@check("835.balance-service", snip=3, kinds=("835",), loop="2110")
def check_service(loop: Loop, report: Report) -> None:
    """The charge of a service less its adjustments is its payment."""
    head = loop.head
    charge, paid, taken = cents(head.get(2)), cents(head.get(3)), adjusted(loop.segments)
    if charge is None or paid is None or taken is None or charge - taken == paid:
        return
    report.error(
        "the charge of the service less its adjustments is not its payment",
        head,
        element=3,
        element_error=_SUM,
        value=head.get(3),
        citation="005010X221A1, section 1.10.2.1.1",
    )


@check("835.balance-claim", snip=3, kinds=("835",), loop="2100")
def check_payment(loop: Loop, report: Report) -> None:
    """The charge of a claim less all its adjustments is its payment, and its services add up to its charge."""
    head = loop.head
    charge, paid, taken = cents(head.get(3)), cents(head.get(4)), adjusted(loop.segments)
    memory = report.memory
    for name, amount in (("paid", paid), ("charged", charge)):
        before: _Cents | None = memory.get(f"835.{name}", 0)
        memory[f"835.{name}"] = None if before is None or amount is None else before + amount
    memory["835.claims"] = memory.get("835.claims", 0) + 1
    header = memory.setdefault("835.header", [0, 0])
    header[0] += 1
    header[1] = None if header[1] is None or charge is None else header[1] + charge
    if charge is None or paid is None or taken is None:
        return
    billed: _Cents = 0
    services = 0
    for service in loop.children:
        if service.spec.id != "2110" or not service.segments:
            continue
        amount, more = cents(service.head.get(2)), adjusted(service.segments)
        if amount is None or more is None:
            return
        billed, taken, services = billed + amount, taken + more, services + 1
    if services and billed != charge:
        report.error(
            "the charges of the services do not add up to the charge of the claim",
            head,
            element=3,
            element_error=_SUM,
            value=head.get(3),
            rule="835.balance-lines",
            citation="005010X221A1, section 1.10.2.1.2",
        )
    if charge - taken != paid:
        report.error(
            "the charge of the claim less its adjustments is not its payment",
            head,
            element=4,
            element_error=_SUM,
            value=head.get(4),
            citation="005010X221A1, section 1.10.2.1.2",
        )


@check("835.balance-header", snip=3, kinds=("835",), loop="2000")
def check_totals(loop: Loop, report: Report) -> None:
    """The number of claims under a header and their charges are those that TS3 states."""
    claims, charged = report.memory.pop("835.header", (0, 0))
    totals = loop.find("TS3")
    if totals is None:
        return
    stated, amount = cents(totals.get(4)), cents(totals.get(5))
    if stated is not None and stated != claims * 100:
        report.warn("the header states another number of claims", totals, element=4, element_error=_SUM,
                    citation="005010X221A1, TS304")  # fmt: skip
    if amount is not None and charged is not None and amount != charged:
        report.warn("the header states other charges than its claims", totals, element=5, element_error=_SUM,
                    citation="005010X221A1, TS305")  # fmt: skip


@check("835.balance-payment", snip=3, kinds=("835",), loop="")
def check_remittance(loop: Loop, report: Report) -> None:
    """The payment is what the claims are paid less what is taken off the provider's account."""
    payment = loop.find("BPR")
    paid: _Cents | None = report.memory.get("835.paid", 0)
    if payment is None or paid is None:
        return
    amount = cents(payment.get(2))
    for placed in loop.all("PLB"):
        elements = placed.elements
        for at in range(4, len(elements), 2):
            less = cents(elements[at]) if elements[at] else 0
            if less is None:
                return
            paid -= less
    if amount is None or amount == (-paid if payment.get(3) == "D" else paid):
        return
    report.error(
        "the payment is not the sum of the claims less the adjustments of the provider's account",
        payment,
        element=2,
        element_error=_SUM,
        value=payment.get(2),
        citation="005010X221A1, section 1.10.2.1.3",
    )
