"""The table of claim states: what may happen, and what cannot."""

from __future__ import annotations

import pytest

from nosology.errors import UsageError
from nosology.model.lifecycle import TRANSITIONS, ClaimEvent, ClaimState, advance, next_state


def test_each_step_stands_once_and_has_a_source() -> None:
    keys = [(each.state, each.event) for each in TRANSITIONS]
    assert len(keys) == len(set(keys))
    assert all(each.source for each in TRANSITIONS)


def test_every_state_can_be_reached_and_every_event_happens() -> None:
    reached = {ClaimState.DRAFT}
    while True:
        more = {each.target for each in TRANSITIONS if each.state in reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(ClaimState)
    assert {each.event for each in TRANSITIONS} == set(ClaimEvent)


def test_rejection_denial_pending_acceptance_and_payment_are_different() -> None:
    """RIVALS 18: the four answers of a payer move a claim to four different states."""
    found = {
        event: advance(ClaimState.RECEIVED, event)
        for event in (ClaimEvent.REJECT, ClaimEvent.ACCEPT, ClaimEvent.PEND, ClaimEvent.DENY, ClaimEvent.PAY)
    }
    assert len(set(found.values())) == 5


@pytest.mark.parametrize(
    ("state", "event"),
    [
        ("draft", "pay"),
        ("draft", "queue"),
        ("held", "send"),
        ("queued", "queue"),
        ("submitted", "queue"),
        ("rejected", "appeal"),
        ("accepted", "release"),
        ("closed", "send"),
        ("paid", "accept"),
    ],
)
def test_what_cannot_happen(state: str, event: str) -> None:
    assert next_state(ClaimState(state), ClaimEvent(event)) is None
    with pytest.raises(UsageError, match="cannot"):
        advance(ClaimState(state), ClaimEvent(event))
