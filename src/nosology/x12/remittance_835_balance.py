"""Does a remittance add up? Every sum that the 835 promises, with what is off and by how much.

Source: ASC X12N 005010X221A1, front matter on balancing: a service (SVC02 less its adjustments is SVC03), a claim
(CLP03 less all its adjustments is CLP04; its services sum to it), the payment (BPR02 is the claims' payments less PLB).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nosology.model.claim_parts import Adjustment
from nosology.model.edi import EdiFinding, Position
from nosology.model.finding import Severity
from nosology.model.remittance import ClaimPayment, Remittance
from nosology.x12.values import show_money

__all__ = ["Imbalance", "balance_claim", "balance_findings", "balance_remittance"]

_ZERO = Decimal(0)
_CITATION = "ASC X12N 005010X221A1, balancing"


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A sum that is not what it should be: ``off`` is what is stated less what it should be, in USD."""

    rule: str
    what: str
    stated: Decimal
    expected: Decimal
    loop: str
    segment: str

    @property
    def off(self) -> Decimal:
        """By how much the stated sum is too high (negative: too low), in USD."""
        return self.stated - self.expected


def _sum(adjustments: tuple[Adjustment, ...]) -> Decimal:
    return sum((each.amount for each in adjustments), _ZERO)


def balance_claim(claim: ClaimPayment) -> tuple[Imbalance, ...]:
    """What does not add up within a claim: services, the claim, and the services against the claim.

    >>> balance_claim(ClaimPayment("A1", "1", Decimal(100), Decimal(60)))[0].off
    Decimal('-40')
    """
    return tuple(_in_claim(claim))


def _in_claim(claim: ClaimPayment) -> Iterator[Imbalance]:
    adjusted = _sum(claim.adjustments)
    charged = paid = _ZERO
    for number, line in enumerate(claim.lines, 1):
        own = _sum(line.adjustments)
        adjusted += own
        charged += line.charge
        paid += line.paid
        if line.paid != line.charge - own:
            yield Imbalance(
                "835-balance-service",
                f"service {number}: paid is not charged less adjustments",
                line.paid,
                line.charge - own,
                "2110",
                "SVC",
            )
    if claim.paid != claim.charge - adjusted:
        yield Imbalance(
            "835-balance-claim",
            "the claim's payment is not its charge less all adjustments",
            claim.paid,
            claim.charge - adjusted,
            "2100",
            "CLP",
        )
    if claim.lines:
        if charged != claim.charge:
            yield Imbalance(
                "835-balance-charges",
                "the services do not sum to the claim's charge",
                charged,
                claim.charge,
                "2100",
                "CLP",
            )
        expected = paid - _sum(claim.adjustments)
        if claim.paid != expected:
            yield Imbalance(
                "835-balance-services",
                "the services' payments less the claim's adjustments are not the claim's payment",
                claim.paid,
                expected,
                "2100",
                "CLP",
            )


def balance_remittance(remittance: Remittance) -> Imbalance | None:
    """What does not add up between the payment, its claims and the provider's adjustments; None if all does."""
    claims = sum((claim.paid for claim in remittance.claims), _ZERO)
    other = sum((each.amount for each in remittance.provider_adjustments), _ZERO)
    stated = -remittance.amount if remittance.credit_debit == "D" else remittance.amount
    if stated == claims - other:
        return None
    return Imbalance(
        "835-balance-payment",
        "the payment is not the sum of the claims' payments less the provider's adjustments",
        stated,
        claims - other,
        "",
        "BPR",
    )


def balance_findings(remittance: Remittance, position: Position | None = None) -> tuple[EdiFinding, ...]:
    """Every imbalance of a remittance as a finding; ``position`` says where its transaction set stands."""
    at = position or Position()
    found: list[EdiFinding] = []
    whole = balance_remittance(remittance)
    if whole:
        found.append(_finding(whole, at, "", Severity.ERROR))
    for claim in remittance.claims:
        found += [_finding(each, at, claim.id, Severity.WARNING) for each in balance_claim(claim)]
        if claim.is_reversal and claim.paid > 0:
            found.append(
                EdiFinding(
                    "835-reversal-sign",
                    3,
                    Severity.ERROR,
                    "a reversal (CLP02 22) takes back a negative sum: its payment should not be positive",
                    _at(at, "CLP", "2100"),
                    claim=claim.id,
                    citation=_CITATION,
                )
            )
        elif not claim.is_reversal and (claim.paid < 0 or claim.charge < 0):
            found.append(
                EdiFinding(
                    "835-negative",
                    3,
                    Severity.ERROR,
                    "a claim that is no reversal has a negative charge or payment",
                    _at(at, "CLP", "2100"),
                    claim=claim.id,
                    citation=_CITATION,
                )
            )
    if remittance.amount < 0:
        found.append(
            EdiFinding(
                "835-negative",
                3,
                Severity.ERROR,
                "the payment is negative: what exceeds the payments is carried forward (PLB FB), never paid",
                _at(at, "BPR", ""),
                citation=_CITATION,
            )
        )
    return tuple(found)


def _at(at: Position, segment: str, loop: str) -> Position:
    return Position(at.interchange, at.group, at.transaction, segment_id=segment, loop=loop, offset=at.offset)


def _finding(each: Imbalance, at: Position, claim: str, severity: Severity) -> EdiFinding:
    message = f"{each.what}: "
    message += f"{show_money(each.stated)} stated, {show_money(each.expected)} expected, off by {show_money(each.off)}"
    return EdiFinding(
        each.rule, 3, severity, message, _at(at, each.segment, each.loop), claim=claim, citation=_CITATION
    )
