"""The day's work of a payer: what may come in, what waits, what is decided.

What the front end turns away never becomes a claim of the payer: it is answered in the 277CA, not in a remittance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from nosology.edits.desk import Books
from nosology.model.claim import Claim
from nosology.model.price import ZERO
from nosology.model.trace import Step
from nosology.payer.adjudicate import adjudicate
from nosology.payer.behaviour import draw, shape_payment
from nosology.payer.case import Case, open_case, service_code
from nosology.payer.decision import Decision, Outcome
from nosology.payer.policy import Policy
from nosology.payer.state import State, Waiting, digest_claim

__all__ = ["STATUS_OF_WAITING", "release_claims", "take_claims", "turn_away"]


_RECORDS, _REVIEW, _SLOW = "records are asked for", "under review", "not yet worked"

STATUS_OF_WAITING = {_RECORDS: ("P3", "123", "1P"), _REVIEW: ("P2", "46", ""), _SLOW: ("P1", "20", "")}
"""Why a claim waits → category, status and entity by which a 277 tells it."""


def turn_away(claim: Claim, policy: Policy, case: Case) -> tuple[tuple[str, str, str], str] | None:
    """Why the front end does not take the claim: the status of a 277CA and our words; None if it takes it."""
    charges = [line.charge for line in claim.lines]
    if claim.subscriber.payer.id and claim.subscriber.payer.id != policy.payer.id:
        return ("A3", "116", ""), "the claim is for another payer"
    if not claim.billing.npi:
        return ("A7", "562", "85"), "the billing provider has no national provider identifier"
    if not claim.lines:
        return ("A7", "21", ""), "the claim has no service lines"
    if sum(charges, ZERO) != claim.charge or any(each < 0 for each in charges):
        return ("A7", "178", ""), "the charges of the lines do not make the charge of the claim"
    if case.day > case.received and not claim.predetermination:
        return ("A7", "187", ""), "a date of service lies after the day on which the claim came in"
    if case.member is None and policy.unknown_member == "reject":
        return ("A3", "33", "IL"), "the insured is not found"
    return None


def take_claims(
    claims: Iterable[Claim], policy: Policy, state: State, *, on: date, books: Books | None = None
) -> list[Decision]:
    """What becomes of each claim that comes in on a day: rejected, waiting, or decided. Remembered in ``state``."""
    books = books or Books()
    return [_take(claim, policy, state, on, books) for claim in claims]


def _take(claim: Claim, policy: Policy, state: State, on: date, books: Books) -> Decision:
    case = open_case(claim, policy, state, on=on, books=books)
    refused = turn_away(claim, policy, case)
    if refused is not None:
        status, why = refused
        return Decision(claim, "", Outcome.REJECTED, steps=(Step("front end", why, "005010X214"),), status=status)
    control = f"{on:%y%m%d}{state.next('claim'):07d}"
    digest = digest_claim(claim)
    wait = _wait(claim, policy, state, digest)
    if wait is not None:
        days, why = wait
        until = on + timedelta(days=days)
        state.waiting.append(Waiting(control, digest, replace(claim, envelope=None), on, until, why))
        step = Step("pended", f"{why}; decided from {until} on", "005010X212")
        return Decision(claim, control, Outcome.PENDED, steps=(step,), status=STATUS_OF_WAITING[why])
    return _decide(claim, policy, state, on, on, (control, digest), books)


def _wait(claim: Claim, policy: Policy, state: State, digest: str) -> tuple[int, str] | None:
    """How many days a claim waits, and why; None if it is decided at once."""
    rates = policy.behaviour
    if state.same(digest) is not None or any(each.digest == digest for each in state.waiting):
        return None  # a duplicate is denied at once
    documented = bool(claim.attachments) or any(line.attachments for line in claim.lines)
    if not documented and any(service_code(line) in policy.needs_records for line in claim.lines):
        return rates.pend_days, _RECORDS
    chance = draw(policy, "wait", claim.billing.npi, claim.id, claim.frequency)
    if chance.random() < rates.pend:
        return rates.pend_days, _REVIEW
    if chance.random() < rates.late:
        return rates.late_days, _SLOW
    return None


def _decide(
    claim: Claim, policy: Policy, state: State, on: date, received: date, known: tuple[str, str], books: Books
) -> Decision:
    """The decision on a claim that is ``known`` by its control number and digest."""
    rates = policy.behaviour
    chance = draw(policy, "deny", claim.billing.npi, claim.id, claim.frequency)
    extra = [chance.choice(rates.deny_reasons)] if rates.deny_reasons and chance.random() < rates.deny else []
    return adjudicate(
        claim, policy, state, on=on, received=received, control=known[0], books=books, extra=extra, digest=known[1],
        shape=shape_payment(policy, claim),
    )  # fmt: skip


def release_claims(policy: Policy, state: State, *, on: date, books: Books | None = None) -> list[Decision]:
    """Decide every claim whose waiting ended by the day."""
    books = books or Books()
    due = [each for each in state.waiting if each.until <= on]
    state.waiting = [each for each in state.waiting if each.until > on]
    return [_decide(each.claim, policy, state, on, each.received, (each.control, each.digest), books) for each in due]
