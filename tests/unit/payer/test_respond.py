"""X12 in, X12 out: every answer follows its guide, says what was decided, and comes out the same again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.model.claim import Claim
from nosology.model.claim_parts import Dated
from nosology.model.eligibility import CoverageState
from nosology.model.finding import Severity
from nosology.payer.policy import Policy
from nosology.payer.policy_file import read_policy, read_policy_file
from nosology.payer.respond import Response, respond
from nosology.payer.state import State, read_state
from nosology.x12.ack_999 import read_999
from nosology.x12.benefits import benefits_by_service_type, coverage_state
from nosology.x12.claim_837 import read_837, write_837
from nosology.x12.eligibility_27x import read_271
from nosology.x12.remittance_835 import read_835
from nosology.x12.status_277 import read_277, read_277ca
from nosology.x12.validate import validate

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "payer"
ON = date(2026, 5, 6)


@pytest.fixture(scope="module")
def policy(home: Path) -> Policy:
    """The policy of the examples."""
    return read_policy_file(EXAMPLES / "policy.yaml")


def text_of(name: str) -> str:
    return (EXAMPLES / name).read_text("utf-8")


def claim() -> Claim:
    return next(each for each, _ in read_837(text_of("visit.837")))


def errors(text: str, on: date = ON) -> list[str]:
    return [f"{each.rule} {each.position}" for each in validate(text, on=on) if each.severity is Severity.ERROR]


def test_a_claim_is_acknowledged_decided_and_paid(policy: Policy) -> None:
    made = respond(text_of("visit.837"), policy, State(), on=ON)
    assert set(made.files) == {"999", "277ca", "835"}
    assert not any(errors(text) for text in made.files.values())
    assert [(one.verdict, [each.verdict for each in one.sets]) for one in read_999(made.files["999"])] == [("A", ["A"])]
    acknowledged = next(read_277ca(made.files["277ca"]))
    assert acknowledged.claims[0].accepted
    assert acknowledged.claims[0].payer_control_number == made.decisions[0].control
    remittance = read_835(made.files["835"]).remittances[0]
    assert (remittance.amount, remittance.trace) == (Decimal(108), made.remittances[0].trace)
    assert [each.paid for each in remittance.claims[0].lines] == [108, 0, 0]
    assert remittance.claims[0].patient_responsibility == Decimal("140.40")


def test_the_same_input_gives_the_same_bytes(policy: Policy) -> None:
    first, second = (respond(text_of("visit.837"), policy, State(), on=ON) for _ in range(2))
    assert first.files == second.files
    assert first.state.to_json() == second.state.to_json()


def test_the_same_file_again_is_a_duplicate(policy: Policy) -> None:
    first = respond(text_of("visit.837"), policy, State(), on=ON)
    kept = read_state(first.state.to_json())
    again = respond(text_of("visit.837"), policy, kept, on=ON)
    assert kept == first.state, "the state that comes in is not changed"
    assert again.decisions[0].outcome == "denied"
    told = {(each.group, each.reason) for line in again.decisions[0].lines for each in line.adjustments}
    assert told == {("OA", "18")}
    assert again.remittances[0].amount == 0
    assert not errors(again.files["835"])


def test_what_breaks_the_guide_is_never_decided(policy: Policy) -> None:
    broken = text_of("visit.837").replace("CLM*visit-2026-0504*394", "CLM*visit-2026-0504*3x4")
    made = respond(broken, policy, State(), on=ON)
    assert not made.decisions
    assert [one.verdict for one in read_999(made.files["999"])] == ["R"]
    assert "277ca" not in made.files


def test_charges_that_do_not_add_up_are_told_in_the_277ca(policy: Policy) -> None:
    made = respond(text_of("visit.837").replace("*394***11", "*395***11"), policy, State(), on=ON)
    acknowledged = next(read_277ca(made.files["277ca"]))
    assert not acknowledged.claims[0].accepted
    assert made.decisions[0].outcome == "rejected"
    assert "835" not in made.files
    assert not made.state.decided


def test_a_claim_for_another_payer_is_turned_away(policy: Policy) -> None:
    made = respond(text_of("visit.837").replace("PI*EXH01", "PI*OTHER1"), policy, State(), on=ON)
    codes = [str(code) for each in next(read_277ca(made.files["277ca"])).claims[0].statuses for code in each.codes]
    assert codes == ["A3:116"]


def test_an_unknown_member_is_rejected_where_the_policy_says_so(policy: Policy) -> None:
    text = text_of("visit.837").replace("EXH123456789", "EXH999999999")
    assert respond(text, policy, State(), on=ON).remittances[0].claims[0].status == "4"
    made = respond(text, replace(policy, unknown_member="reject"), State(), on=ON)
    assert made.decisions[0].status == ("A3", "33", "IL")


def test_eligibility_tells_what_is_left_on_the_day_of_service(policy: Policy) -> None:
    """Complaint 13: the day that is asked for counts, and a refusal breaks nothing."""
    made = respond(text_of("eligibility.270"), policy, State(), on=ON)
    assert not errors(made.files["271"])
    answer = next(read_271(made.files["271"]))
    assert coverage_state(answer) is CoverageState.ACTIVE
    assert left_of(made) == 500
    later = respond(text_of("visit.837"), policy, made.state, on=ON)
    assert left_of(respond(text_of("eligibility.270"), policy, later.state, on=ON)) == Decimal("389.60")
    before = text_of("eligibility.270").replace("DTP*291*D8*20260504", "DTP*291*D8*20240504")
    ended = next(read_271(respond(before, policy, State(), on=ON).files["271"]))
    assert coverage_state(ended) is CoverageState.INACTIVE


def left_of(made: Response) -> Decimal | None:
    """What is left of the deductible, as the 271 tells it."""
    answer = next(read_271(made.files["271"]))
    shares = benefits_by_service_type(answer)["30"].shares
    return next(each.remaining for each in shares if each.kind.value == "deductible" and each.coverage_level == "IND")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [("EXH123456789", "EXH999999999", "75"), ("19680211", "19680212", "71"), ("PI*EXH01", "PI*OTHER1", "79")],
)
def test_eligibility_refuses_with_a_reason(policy: Policy, old: str, new: str, reason: str) -> None:
    made = respond(text_of("eligibility.270").replace(old, new), policy, State(), on=ON)
    assert not errors(made.files["271"])
    answer = next(read_271(made.files["271"]))
    assert [each.reason for each in answer.rejections] == [reason]
    assert coverage_state(answer) is CoverageState.REJECTED


def status(made: Response) -> list[str]:
    """The codes of a 277."""
    claims = [one for each in read_277(made.files["277"]) for one in each.claims]
    return [str(code) for one in claims for told in one.statuses for code in told.codes]


def with_behaviour(policy: Policy, **behaviour: Any) -> Policy:
    return replace(policy, behaviour=replace(policy.behaviour, **behaviour))


def test_status_of_a_claim_follows_it(policy: Policy) -> None:
    question = text_of("status.276")
    assert status(respond(question, policy, State(), on=ON)) == ["D0:35"]
    paid = respond(text_of("visit.837"), policy, State(), on=ON)
    answer = respond(question, policy, paid.state, on=ON)
    assert status(answer) == ["F1:65"]
    assert not errors(answer.files["277"])
    slow = with_behaviour(policy, pend=1, pend_days=20)
    waiting = respond(text_of("visit.837"), slow, State(), on=ON)
    assert waiting.decisions[0].outcome == "pended"
    assert "835" not in waiting.files
    assert status(respond(question, slow, waiting.state, on=ON)) == ["P2:46"]
    released = respond(question, slow, waiting.state, on=date(2026, 5, 26))
    assert released.remittances[0].amount == 108
    assert status(respond(question, slow, released.state, on=date(2026, 5, 27))) == ["F1:65"]


def test_late_payment_bears_interest(policy: Policy) -> None:
    slow = with_behaviour(policy, late=1, late_days=60)
    made = respond(text_of("visit.837"), slow, State(), on=ON)
    later = respond(text_of("status.276"), slow, made.state, on=date(2026, 7, 5))
    paid = read_835(later.files["835"]).remittances[0]
    assert [(each.reason, each.amount) for each in paid.provider_adjustments] == [("L6", Decimal("-1.07"))]
    assert paid.amount == Decimal("109.07")
    assert not errors(later.files["835"], date(2026, 7, 5))


def next_visit(number: int, day: date, **change: Any) -> str:
    """A claim with one office visit."""
    first = claim()
    lines = tuple(replace(each, dates=(Dated.on("472", day),)) for each in first.lines[:1])
    made = replace(first, id=f"V{number}", lines=lines, charge=lines[0].charge, amounts=(), codes=first.codes[:2])
    assert first.envelope is not None
    envelope = replace(first.envelope, created=f"{day + timedelta(days=1):%Y%m%d}0800")
    return write_837([replace(made, **change)], envelope=envelope)


def test_an_overpayment_is_reversed_and_recovered_later(policy: Policy) -> None:
    """WO: the money stays until the announced payment takes it back; FB: what is missing is carried forward."""
    strict = with_behaviour(policy, recoup=1, recoup_delay=1, recoup_percent=Decimal(50))
    state, told = State(), []
    for number in range(4):
        made = respond(next_visit(number, date(2026, 5, 4 + number)), strict, state, on=date(2026, 5, 10 + number))
        state = made.state
        remittance = read_835(made.files["835"]).remittances[0]
        assert not errors(made.files["835"])
        told.append(sorted((each.reason, each.amount) for each in remittance.provider_adjustments))
    assert told == [[], [("WO", -54)], [("WO", -54)], [("WO", -54), ("WO", 54)]]
    at_once = with_behaviour(policy, recoup=1)
    state, amounts = State(), []
    for number in range(3):
        made = respond(next_visit(number, date(2026, 5, 4 + number)), at_once, state, on=date(2026, 5, 10 + number))
        state = made.state
        amounts.append(read_835(made.files["835"]).remittances[0].amount)
    assert amounts == [108, 0, 0]


def test_a_void_that_leaves_a_debt_is_carried_forward(policy: Policy) -> None:
    first = respond(next_visit(1, date(2026, 5, 4)), policy, State(), on=ON)
    references = (*claim().references, type(claim().lines[0].references[0])("F8", first.decisions[0].control))
    text = next_visit(1, date(2026, 5, 4), frequency="8", references=references)
    void = respond(text, policy, first.state, on=date(2026, 5, 8))
    remittance = read_835(void.files["835"]).remittances[0]
    assert void.decisions[0].outcome == "voided"
    assert remittance.amount == 0
    assert [(each.reason, each.amount) for each in remittance.provider_adjustments] == [("FB", -108)]
    assert not errors(void.files["835"])
    after = respond(next_visit(2, date(2026, 5, 5)), policy, void.state, on=date(2026, 5, 9))
    paid = read_835(after.files["835"]).remittances[0]
    assert [(each.reason, each.amount) for each in paid.provider_adjustments] == [("FB", 108)]
    assert paid.amount == 0


def test_policies_that_cannot_be() -> None:
    member = {"id": "m", "last": "L", "first": "F", "plan": "a", "from": "2026-01-01"}
    good: dict[str, Any] = {"payer": {"name": "P", "id": "1"}, "plans": [{"id": "a"}], "members": [member]}
    read_policy(good)
    for change, says in (
        ({"payer": []}, "payer must be an object"),
        ({"plans": [{"id": "a"}, {"id": "a"}]}, "two plans are named a"),
        ({"members": [member | {"plan": "b"}]}, "which is not in the policy"),
        ({"members": [member | {"to": "2025-01-01"}]}, "to lies before from"),
        ({"plans": [{"id": "a", "deductible": -1}]}, "plan a: deductible must be a number"),
        ({"plans": [{"id": "a", "coinsurance": 120}]}, "at most 100"),
        ({"wrong": 1}, "policy: unknown field wrong"),
        ({"behaviour": {"deny": 2}}, "behaviour: deny must be"),
        ({"behaviour": {"deny_reasons": ["no such"]}}, "there is no reason"),
        ({"cob": "none"}, "choose one of standard"),
        ({"needs_authorization": ["9-10"]}, "neither a code nor a range"),
        ({"edits": [{"rule": "X", "severity": "fatal"}]}, "severity must be"),
    ):
        with pytest.raises(Exception, match=says) as caught:
            read_policy(good | change)
        assert type(caught.value).__name__ in ("UnreadableInput", "UsageError")
        assert "\n" not in str(caught.value)


def test_a_state_that_is_none() -> None:
    for text in ("", "[]", '{"version": 9}', json.dumps({"version": 1, "decided": [{"control": 3}]})):
        with pytest.raises(Exception, match=r"state|kept"):
            read_state(text)
