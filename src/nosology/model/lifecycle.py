"""The life of a claim: its states, what may happen to it, and where that leads. One table; there is no other way.

Rejected (it never came to be judged), denied (judged, and not paid), pended (not yet judged), accepted (taken in for
judgement) and paid are different states, because each has a different next step and a different deadline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from nosology.errors import UsageError

__all__ = [
    "SETTLED",
    "TRANSITIONS",
    "WITH_INSURANCE",
    "ClaimEvent",
    "ClaimState",
    "Transition",
    "advance",
    "events_of",
    "next_state",
]


class ClaimState(StrEnum):
    """Where a claim stands."""

    DRAFT = "draft"
    HELD = "held"  # the scrub found an error
    READY = "ready"
    QUEUED = "queued"  # in a batch that is written and not yet sent
    SUBMITTED = "submitted"
    RECEIVED = "received"  # the file was accepted (999, TA1)
    REJECTED = "rejected"  # by 999, TA1 or 277CA: never judged
    ACCEPTED = "accepted"  # by the payer for judgement (277CA)
    PENDED = "pended"
    PAID = "paid"
    PARTIALLY_PAID = "partially paid"  # some lines paid, some denied or unexplained
    DENIED = "denied"
    REVERSED = "reversed"  # the payer took its payment back
    APPEALED = "appealed"
    SECONDARY_DUE = "secondary due"  # this payer is done, the next has not had the claim
    FORWARDED = "forwarded"  # the payer passed it on to the next
    PATIENT_BALANCE = "patient balance"
    REPLACED = "replaced"
    VOIDED = "voided"
    CLOSED = "closed"


class ClaimEvent(StrEnum):
    """What happens to a claim."""

    HOLD = "hold"
    SCRUB = "scrub"  # checked and found good
    EDIT = "edit"
    QUEUE = "queue"
    SEND = "send"
    RECALL = "recall"  # taken out of a batch that was never sent
    RECEIVE = "receive"
    REJECT = "reject"
    ACCEPT = "accept"
    PEND = "pend"
    PAY = "pay"
    PAY_PARTLY = "pay partly"
    DENY = "deny"
    REVERSE = "reverse"
    APPEAL = "appeal"
    NEXT_PAYER = "next payer"
    FORWARD = "forward"
    RELEASE = "release"  # insurance is done, the patient owes the rest
    REPLACE = "replace"
    VOID = "void"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted step: from a state by an event to a state, and on what that rests."""

    state: ClaimState
    event: ClaimEvent
    target: ClaimState
    source: str


_S, _E = ClaimState, ClaimEvent
_SCRUB = "practice of billing: nothing incomplete leaves"
_SEND = "45 CFR 162.1102 (837); sending is recorded before and after"
_ACK = "ASC X12N 005010X231A1 (999), AK9 and IK5; TA1"
_CA = "ASC X12N 005010X214 (277CA), STC01: A1 A2 accepted, A3 A4 A6 A7 A8 rejected"
_STATUS = "ASC X12N 005010X212 (277), STC01: P0 to P5 pended, F0 to F4 finalized"
_ERA = "ASC X12N 005010X221A1 (835), CLP02 1 2 3 processed, 4 denied"
_CROSS = "ASC X12N 005010X221A1 (835), CLP02 19 20 21 23 processed and forwarded"
_BACK = "ASC X12N 005010X221A1 (835), CLP02 22 reversal of previous payment"
_APPEAL = "42 CFR 405.940 to 405.974 (Medicare); 29 CFR 2560.503-1(h) (plans): appeals"
_COB = "ASC X12N 005010X222A1, coordination of benefits; 42 CFR 411.20 to 411.206"
_FREQUENCY = "National Uniform Billing Committee, claim frequency 7 replacement, 8 void (CLM05-3)"
_BOOKS = "practice of accounting: a balance of zero, or an owner of what is left"

_ASKED = (_S.SUBMITTED, _S.RECEIVED, _S.ACCEPTED, _S.PENDED)
_JUDGED = (_S.PAID, _S.PARTIALLY_PAID, _S.DENIED)


def _rows() -> list[Transition]:
    rows: list[tuple[ClaimState, ClaimEvent, ClaimState, str]] = [
        (_S.DRAFT, _E.SCRUB, _S.READY, _SCRUB),
        (_S.DRAFT, _E.HOLD, _S.HELD, _SCRUB),
        (_S.HELD, _E.EDIT, _S.DRAFT, _SCRUB),
        (_S.HELD, _E.SCRUB, _S.READY, _SCRUB),
        (_S.READY, _E.HOLD, _S.HELD, _SCRUB),
        (_S.READY, _E.EDIT, _S.DRAFT, _SCRUB),
        (_S.READY, _E.QUEUE, _S.QUEUED, _SEND),
        (_S.READY, _E.CLOSE, _S.CLOSED, _BOOKS),
        (_S.DRAFT, _E.CLOSE, _S.CLOSED, _BOOKS),
        (_S.HELD, _E.CLOSE, _S.CLOSED, _BOOKS),
        (_S.QUEUED, _E.SEND, _S.SUBMITTED, _SEND),
        (_S.QUEUED, _E.RECALL, _S.READY, _SEND),
        (_S.SUBMITTED, _E.RECEIVE, _S.RECEIVED, _ACK),
        (_S.RECEIVED, _E.RECEIVE, _S.RECEIVED, _ACK),
        (_S.SUBMITTED, _E.REJECT, _S.REJECTED, _ACK),
        (_S.RECEIVED, _E.REJECT, _S.REJECTED, _CA),
        (_S.ACCEPTED, _E.REJECT, _S.REJECTED, _CA),  # the clearinghouse took it, the payer behind it does not
        (_S.REJECTED, _E.EDIT, _S.DRAFT, _CA),
        (_S.REJECTED, _E.SCRUB, _S.READY, _CA),
        (_S.REJECTED, _E.CLOSE, _S.CLOSED, _BOOKS),
        (_S.SECONDARY_DUE, _E.QUEUE, _S.QUEUED, _COB),
        (_S.SECONDARY_DUE, _E.FORWARD, _S.FORWARDED, _CROSS),
        (_S.FORWARDED, _E.RECEIVE, _S.RECEIVED, _ACK),
        (_S.FORWARDED, _E.REJECT, _S.SECONDARY_DUE, _CA),
        (_S.SECONDARY_DUE, _E.RELEASE, _S.PATIENT_BALANCE, _COB),
        (_S.REVERSED, _E.QUEUE, _S.QUEUED, _BACK),
        (_S.DENIED, _E.QUEUE, _S.QUEUED, _FREQUENCY),
        (_S.PARTIALLY_PAID, _E.QUEUE, _S.QUEUED, _FREQUENCY),
        (_S.PAID, _E.QUEUE, _S.QUEUED, _FREQUENCY),
        (_S.PATIENT_BALANCE, _E.QUEUE, _S.QUEUED, _FREQUENCY),
        (_S.CLOSED, _E.QUEUE, _S.QUEUED, _FREQUENCY),
        (_S.REJECTED, _E.QUEUE, _S.QUEUED, _CA),
        (_S.APPEALED, _E.PEND, _S.APPEALED, _APPEAL),
        (_S.PATIENT_BALANCE, _E.CLOSE, _S.CLOSED, _BOOKS),
        (_S.CLOSED, _E.RELEASE, _S.PATIENT_BALANCE, _BOOKS),  # a payment was taken back
        (_S.VOIDED, _E.CLOSE, _S.CLOSED, _BOOKS),
        (_S.REPLACED, _E.CLOSE, _S.CLOSED, _BOOKS),
        (_S.REVERSED, _E.CLOSE, _S.CLOSED, _BOOKS),
        (_S.VOIDED, _E.REVERSE, _S.VOIDED, _BACK),
        (_S.REPLACED, _E.REVERSE, _S.REPLACED, _BACK),
    ]
    for state in (*_ASKED, _S.FORWARDED):
        if state is not _S.ACCEPTED:
            rows.append((state, _E.ACCEPT, _S.ACCEPTED, _CA))
        rows.append((state, _E.PEND, _S.PENDED, _STATUS))
        if state is not _S.FORWARDED:
            rows.append((state, _E.FORWARD, _S.FORWARDED, _CROSS))
    rows.append((_S.ACCEPTED, _E.ACCEPT, _S.ACCEPTED, _CA))
    # A remittance may come for whatever is with the payer, again after a decision (a correction), after an appeal,
    # and even after a rejection (the payer judged another copy of the claim).
    judged = (*_ASKED, _S.FORWARDED, *_JUDGED, _S.REVERSED, _S.APPEALED, _S.REJECTED, _S.SECONDARY_DUE)
    for state in (*judged, _S.PATIENT_BALANCE, _S.CLOSED):
        rows.append((state, _E.PAY, _S.PAID, _ERA))
        rows.append((state, _E.PAY_PARTLY, _S.PARTIALLY_PAID, _ERA))
        rows.append((state, _E.DENY, _S.DENIED, _ERA))
    for state in (*_JUDGED, _S.APPEALED, _S.SECONDARY_DUE, _S.FORWARDED, _S.PATIENT_BALANCE, _S.CLOSED, _S.PENDED):
        rows.append((state, _E.REVERSE, _S.REVERSED, _BACK))
    for state in (_S.SUBMITTED, _S.RECEIVED, _S.ACCEPTED, _S.REVERSED):
        rows.append((state, _E.REVERSE, _S.REVERSED, _BACK))
    for state in _JUDGED:
        rows.append((state, _E.APPEAL, _S.APPEALED, _APPEAL))
        rows.append((state, _E.NEXT_PAYER, _S.SECONDARY_DUE, _COB))
        rows.append((state, _E.FORWARD, _S.FORWARDED, _CROSS))
        rows.append((state, _E.RELEASE, _S.PATIENT_BALANCE, _BOOKS))
        rows.append((state, _E.CLOSE, _S.CLOSED, _BOOKS))
    for state in (*_ASKED, *_JUDGED, _S.REVERSED, _S.APPEALED):
        rows.append((state, _E.REPLACE, _S.REPLACED, _FREQUENCY))
        rows.append((state, _E.VOID, _S.VOIDED, _FREQUENCY))
    return [Transition(*row) for row in rows]


TRANSITIONS: tuple[Transition, ...] = tuple(_rows())
"""Every permitted step; whatever stands not here cannot be made or stored."""

_TARGETS: Mapping[tuple[ClaimState, ClaimEvent], ClaimState] = MappingProxyType(
    {(row.state, row.event): row.target for row in TRANSITIONS}
)

WITH_INSURANCE = frozenset(
    {*_ASKED, _S.QUEUED, _S.FORWARDED, _S.SECONDARY_DUE, _S.APPEALED, _S.DENIED, _S.PARTIALLY_PAID, _S.REVERSED}
)
"""States in which an insurer still has something to decide or to pay, or the practice something to ask of it."""

SETTLED = frozenset({_S.CLOSED, _S.VOIDED, _S.REPLACED})
"""States in which nobody is expected to do anything."""


def next_state(state: ClaimState, event: ClaimEvent) -> ClaimState | None:
    """Where the event leads from the state; None if it cannot happen there."""
    return _TARGETS.get((state, event))


def advance(state: ClaimState, event: ClaimEvent) -> ClaimState:
    """Where the event leads from the state.

    Raises:
        UsageError: it cannot happen in that state.

    >>> advance(ClaimState.READY, ClaimEvent.QUEUE).value
    'queued'
    """
    target = next_state(state, event)
    if target is None:
        raise UsageError(f"a claim that is {state} cannot {event}")
    return target


def events_of(state: ClaimState) -> tuple[ClaimEvent, ...]:
    """What may happen to a claim in that state."""
    return tuple(row.event for row in TRANSITIONS if row.state is state)
