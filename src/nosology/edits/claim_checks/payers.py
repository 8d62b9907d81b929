"""Several payers: who has decided, and whether what they decided adds up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nosology.edits.claim_desk import ClaimDesk, claim_edit
from nosology.model.claim import ClaimLine, OtherPayer
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = ["check_later_payer", "check_order_of_payers", "check_secondary_age"]

_ORDER = "PSTABCDEFGH"


@claim_edit("claim_payer_order")
def check_order_of_payers(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """Payers that have one and the same place in the order of responsibility."""
    seen = {desk.claim.subscriber.responsibility}
    for n, other in enumerate(desk.claim.other_payers):
        if other.responsibility in seen and other.responsibility != "U":
            yield desk.find(rule, f"{desk.other(n)}.responsibility", {"code": other.responsibility})
        seen.add(other.responsibility)
    if "P" not in seen and "U" not in seen:
        yield desk.find(rule, f"{desk.coverage}.responsibility", {"code": "P"})


@claim_edit("claim_later_payer")
def check_later_payer(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """A claim for a later payer without what the earlier ones decided, or whose adjustments do not explain the rest."""
    claim = desk.claim
    own = _ORDER.find(claim.subscriber.responsibility)
    for n, other in enumerate(claim.other_payers):
        where = desk.other(n)
        paid = next((each.amount for each in other.amounts if each.qualifier == "D"), None)
        if paid is None:
            if 0 <= _ORDER.find(other.responsibility) < own:
                yield desk.find(rule, where, {"why": "what the earlier payer decided is missing"})
            continue
        yield from _balance(rule, desk, other, where, paid)


def _balance(rule: Rule, desk: ClaimDesk, other: OtherPayer, where: str, paid: Decimal) -> Iterator[Finding]:
    claim, payer = desk.claim, other.payer.id
    own = sum((each.amount for each in other.adjustments), Decimal(0))
    on_lines = [line for line in claim.lines if any(each.payer_id == payer for each in line.adjudications)]
    adjusted = Decimal(0)
    for line in on_lines:
        line_paid, line_adjusted = _decided(line, payer)
        adjusted += line_adjusted
        rest = line.charge - line_paid - line_adjusted
        if rest:
            yield desk.find(rule, desk.line(line), {"why": f"the payer's decision leaves {rest} USD unexplained"})
    rest = claim.charge - paid - own - adjusted
    if rest:
        yield desk.find(rule, where, {"why": f"payment and adjustments leave {rest} USD unexplained"})
    if on_lines:
        sum_paid = sum((_decided(line, payer)[0] for line in on_lines), Decimal(0))
        if sum_paid - own != paid:
            why = f"its lines are paid {sum_paid} USD, less {own} USD on the claim, and {paid} USD are told"
            yield desk.find(rule, where, {"why": why})
    dated = any(each.qualifier == "573" for each in other.paid_on) or all(
        any(day.qualifier == "573" for each in line.adjudications if each.payer_id == payer for day in each.dates)
        for line in on_lines
    )
    if not dated or (not on_lines and not other.paid_on):
        yield desk.find(rule, where, {"why": "the day of the decision is missing"})


def _decided(line: ClaimLine, payer: str) -> tuple[Decimal, Decimal]:
    made = [each for each in line.adjudications if each.payer_id == payer]
    adjusted = sum((a.amount for each in made for a in each.adjustments), Decimal(0))
    return sum((each.paid for each in made), Decimal(0)), adjusted


@claim_edit("claim_secondary_age")
def check_secondary_age(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """A reason why Medicare pays later that does not suit the age of the patient on the day of the service."""
    claim = desk.claim
    born, kind = claim.person.birth_date, claim.subscriber.msp_type
    if born is None or kind not in rule.data["ages"]:
        return
    youngest, oldest = rule.data["ages"][kind]
    age = desk.on.year - born.year - ((desk.on.month, desk.on.day) < (born.month, born.day))
    if not youngest <= age <= oldest:
        yield desk.find(rule, f"{desk.coverage}.msp_type", {"kind": kind, "age": age})
