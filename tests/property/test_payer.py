"""The payer in a box: whatever comes in and however it behaves, every cent is explained; the same comes out again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.ledger.balance import account_balances
from nosology.model.claim import (
    Claim,
    ClaimCode,
    ClaimForm,
    ClaimLine,
    LineAdjudication,
    OtherPayer,
    Patient,
    Subscriber,
)
from nosology.model.claim_parts import Adjustment, Amount, Dated, Party, ProcedureId, Reference
from nosology.model.ledger import AccountKind, Entry
from nosology.model.price import ZERO
from nosology.model.remittance import Remittance
from nosology.payer.behaviour import overpaid
from nosology.payer.decision import Decision
from nosology.payer.desk import release_claims, take_claims
from nosology.payer.payment import balance_of, reverse_payment
from nosology.payer.policy import Policy
from nosology.payer.policy_file import read_policy
from nosology.payer.remit import run_payments
from nosology.payer.state import State, read_state
from nosology.pipeline import settle_claim
from nosology.x12.remittance_835 import read_835, write_835

ON = date(2026, 5, 20)
RATES = (
    "deny",
    "drop_modifier",
    "change_modifier",
    "split",
    "bundle",
    "pend",
    "late",
    "alter_control_number",
    "omit_line_control",
    "recoup",
)
NPIS = ["1245319599", "1000000004", "1003000001"]

mostly = st.sampled_from([True] * 19 + [False])
cents = st.integers(0, 500_000).map(lambda n: Decimal(n) / 100)
small = st.integers(0, 6000).map(lambda n: Decimal(n) / 100)
days = st.sampled_from([10, 10, 40, 0, 90, 400]).map(lambda n: ON - timedelta(days=n))
members = st.sampled_from(["M1"] * 4 + ["M2", "X"])
modifiers = st.lists(st.sampled_from(["25", "59", "RT", "GA"]), max_size=2)
rates = st.sampled_from([0, 0, 0, 0.3, 1])


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """A claim of any form, sound or not."""
    form = draw(st.sampled_from(list(ClaimForm)))
    stay = form is ClaimForm.INSTITUTIONAL and draw(st.booleans())
    served = draw(days)
    lines = []
    second = draw(st.booleans())
    for number in range(1, draw(st.sampled_from([1, 2, 3, 4, 0])) + 1):
        code = draw(st.sampled_from(["99213", "71046", "99213", "71046", "97110", "93000", ""]))
        paid = draw(cents)
        told = LineAdjudication(
            "F1",
            paid,
            None,
            Decimal(1),
            adjustments=(Adjustment(draw(st.sampled_from(["PR", "CO"])), "2", draw(cents)),),
        )
        lines.append(ClaimLine(
            number,
            ProcedureId("HC", code, tuple(draw(modifiers))) if code else None,
            draw(cents) if draw(mostly) else Decimal("-5"),
            quantity=Decimal(draw(st.sampled_from([1, 1, 1, 2, 2, 3, 7, 4, 1, 0]))),
            place_of_service="11",
            pointers=tuple(draw(st.lists(st.just(1), max_size=1))),
            revenue_code="" if form is not ClaimForm.INSTITUTIONAL else "0450",
            dates=(Dated.on("472", served),) if draw(mostly) else (),
            adjudications=(told,) if second and draw(st.booleans()) else (),
        ))  # fmt: skip
    total = sum((line.charge for line in lines), ZERO)
    person = Patient(
        Party("IL", "Sample", "Ann", person=True, id_qualifier="MI", id=draw(members)),
        birth_date=date(1980, 1, 1), sex="F",
    )  # fmt: skip
    other = OtherPayer("P", "18", person.party, Party("PR", "First", id_qualifier="PI", id="F1"),
                       adjustments=(Adjustment("PR", "1", draw(cents)),) if draw(st.booleans()) else (),
                       amounts=(Amount("D", draw(cents)),) if draw(st.booleans()) else ())  # fmt: skip
    return Claim(
        form=form,
        id=draw(st.sampled_from(["A-001", "b2", "00077", "A LONG PATIENT CONTROL"])),
        charge=total if draw(mostly) else total + 1,
        billing=Party("85", "Practice", id_qualifier="XX", id=draw(st.sampled_from([NPIS[0]] * 9 + [*NPIS, ""]))),
        subscriber=Subscriber(person, Party("PR", "Plan", id="P1"), "S" if second else "P"),
        lines=tuple(lines),
        facility="11",
        facility_qualifier="A" if form is ClaimForm.INSTITUTIONAL else "B",
        frequency=draw(st.sampled_from(["1", "1", "1", "7", "8"])),
        codes=tuple(ClaimCode("ABF" if n else "ABK", each, poa="Y") for n, each in enumerate(
            draw(st.lists(st.sampled_from(["R05.9", "I10", "J18.9"]), max_size=3)))),
        dates=(Dated.on("434", served - timedelta(days=3), served), Dated.on("435", served)) if stay else (),
        references=(Reference("F8", draw(st.sampled_from(["2605200000001", "2605200000002", "0"]))),),
        other_payers=(other,) if second else (),
        predetermination="PB" if form is ClaimForm.DENTAL and draw(st.booleans()) else "",
    )  # fmt: skip


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A policy with any terms and behaviour."""
    method = draw(st.sampled_from(["percent_of_charge", "fee_schedule", "per_diem"]))
    term: dict[str, Any] = {"id": "t", "method": method}
    term |= {"percent": str(draw(st.sampled_from([60, 100, 45, 120, 0])))} if method == "percent_of_charge" else {}
    term |= {"fees": {"99213": str(draw(cents)), "71046": str(draw(cents))}} if method == "fee_schedule" else {}
    term |= {"rate": str(draw(cents)), "drgs": ["001-999"]} if method == "per_diem" else {}
    contract = {"payer": "Plan", "lesser_of_charge": draw(st.booleans()), "terms": [term]}
    plan = {
        "id": "p", "deductible": str(draw(small)), "copay": str(draw(small)),
        "coinsurance": str(draw(st.sampled_from([20, 0, 35, 100]))),
        "out_of_pocket": draw(st.sampled_from([None, "0", "35.50", "500"])),
        "benefits": [{"id": "v", "codes": ["99213"], "copay": str(draw(small)), "deductible": draw(st.booleans())}],
    }  # fmt: skip
    member = {"last": "Sample", "first": "Ann", "birth_date": "1980-01-01", "plan": "p", "family": "F"}
    terms = {"contract": contract, "benefits": {"sequestration": draw(st.sampled_from([0, 2]))}}
    return read_policy({
        "payer": {"name": "Plan", "id": "P1"},
        "seed": str(draw(st.integers(0, 9))),
        "cob": draw(st.sampled_from(["standard", "non_duplication", "medicare_secondary"])),
        "prompt_pay": {"days": 10, "rate": 12},
        "plans": [plan],
        "members": [member | {"id": "M1", "from": "2020-01-01"}, member | {"id": "M2", "from": "2026-03-01"}],
        "providers": [{"npi": NPIS[0], "terms": terms}],
        "default_terms": draw(st.sampled_from([None, {"contract": contract}])),
        "edits": False,
        "behaviour": {
            **({name: draw(rates) for name in RATES} if draw(st.booleans()) else {}),
            "recoup_percent": draw(st.sampled_from([100, 33, 0])),
            "recoup_delay": draw(st.integers(0, 2)),
        },
    })  # fmt: skip


def work(found: list[Claim], policy: Policy, rounds: int = 3) -> tuple[list[Decision], list[Remittance], State]:
    """The claims taken one after the other, a payment run after each and after waiting."""
    state = State()
    decisions, paid = [], []
    day = ON
    for number in range(max(rounds, len(found))):
        made = release_claims(policy, state, on=day)
        made += take_claims(found[number : number + 1], policy, state, on=day)
        decisions += made
        paid += run_payments(made, policy, state, on=day)
        day += timedelta(days=20)
    return decisions, paid, state


@given(st.lists(claims(), min_size=1, max_size=5), policies())
@settings(max_examples=150)
def test_every_payment_balances(found: list[Claim], policy: Policy) -> None:
    decisions, paid, _state = work(found, policy)
    for decision in decisions:
        for payment, sign in ((decision.payment, 1), (decision.reversal, -1)):
            if payment is not None:
                assert balance_of(payment) == 0
                assert all(amount * sign >= 0 for amount in (payment.paid, *(line.paid for line in payment.lines)))
                assert payment.is_reversal == (sign == -1)
    for remittance in paid:
        total = sum((each.paid for each in remittance.claims), ZERO)
        total -= sum((each.amount for each in remittance.provider_adjustments), ZERO)
        assert remittance.amount == total
        assert remittance.amount >= 0
        assert all(balance_of(each) == 0 for each in remittance.claims)


@given(st.lists(claims(), min_size=1, max_size=5), policies())
@settings(max_examples=60)
def test_the_same_comes_out_again(found: list[Claim], policy: Policy) -> None:
    first, second = work(found, policy), work(found, policy)
    assert first[:2] == second[:2]
    assert first[2].to_json() == second[2].to_json()


@given(st.lists(claims(), min_size=1, max_size=4), policies())
@settings(max_examples=60)
def test_the_memory_survives_its_file(found: list[Claim], policy: Policy) -> None:
    state = work(found, policy)[2]
    text = state.to_json()
    assert read_state(text) == state
    assert json.loads(text)["version"] == 1


@given(claims(), policies())
@settings(max_examples=60)
def test_a_claim_sent_twice_is_paid_once(claim: Claim, policy: Policy) -> None:
    plain = replace(policy, behaviour=replace(policy.behaviour, recoup=0))
    decisions, paid, _state = work([replace(claim, frequency="1")] * 2, plain, rounds=9)
    positive = [each for each in decisions if each.paid > 0]
    assert len(positive) <= 1
    interest = sum((note.amount for each in paid for note in each.provider_adjustments if note.reason == "L6"), ZERO)
    assert sum((each.amount for each in paid), ZERO) == sum((each.paid for each in positive), ZERO) - interest


@given(st.lists(claims(), min_size=1, max_size=4), policies())
@settings(max_examples=60)
def test_a_member_never_pays_more_than_the_plan_says(found: list[Claim], policy: Policy) -> None:
    state = work(found, policy)[2]
    plan = policy.plans[0]
    for year in (2025, 2026):
        for key in ("M1", "M2", "family:F"):
            deductible, pocket = state.used(key, year)
            assert deductible >= 0
            if key.startswith("M"):
                assert deductible <= plan.deductible
                assert plan.out_of_pocket is None or pocket <= plan.out_of_pocket


@given(claims(), policies(), st.sampled_from([Decimal(100), Decimal(33), Decimal(0)]))
@settings(max_examples=60)
def test_taking_back_leaves_nothing(claim: Claim, policy: Policy, percent: Decimal) -> None:
    for decision in work([claim], policy)[0]:
        if decision.payment is not None:
            back = reverse_payment(decision.payment)
            assert back.paid == -decision.payment.paid
            assert balance_of(back) == 0
            less = overpaid(decision.payment, percent)
            assert balance_of(less) == 0
            assert 0 <= less.paid <= decision.payment.paid


@given(st.lists(claims(), min_size=1, max_size=4), policies())
@settings(max_examples=60)
def test_what_is_sent_is_read_and_the_books_balance(found: list[Claim], policy: Policy) -> None:
    sent = [replace(claim, id=f"{claim.id} {number}") for number, claim in enumerate(found)]
    _decisions, paid, _state = work(sent, policy)
    entries: list[Entry] = []
    for number, remittance in enumerate(paid):
        text = write_835(
            [remittance], sender=("ZZ", "P1"), receiver=("ZZ", "US"), created="202605200800", control="000000001",
            replace_separators=True,
        )  # fmt: skip
        read = read_835(text).remittances[0]
        assert read.amount == remittance.amount
        assert [each.paid for each in read.claims] == [each.paid for each in remittance.claims]
        assert [line.adjustments for each in read.claims for line in each.lines] == [
            line.adjustments for each in remittance.claims for line in each.lines
        ]
        for claim in sent[:1]:
            settled = settle_claim(claim, read, on=ON + timedelta(days=number), entries=entries)
            entries += settled.entries
    total = sum((posting.amount for entry in entries for posting in entry.postings), ZERO)
    assert total == 0
    accounts = account_balances(entries)
    assert not [each for each, amount in accounts.items() if each.kind is AccountKind.REMITTANCE and amount]
