"""Posting one claim payment: each rule of ``ledger.post``, and the complaints that users of other systems have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nosology.ledger.balance import ClaimPosition, charge_postings, payer_order, position_of
from nosology.ledger.match import ClaimIndex, match_lines
from nosology.ledger.post import PostedClaim, post_remittance
from nosology.model.claim import Claim, ClaimForm, ClaimLine, OtherPayer, Patient, Subscriber
from nosology.model.claim_parts import Adjustment, Dated, Party, ProcedureId, Reference
from nosology.model.ledger import AccountKind, Entry, EntryKind
from nosology.model.lifecycle import ClaimEvent
from nosology.model.remittance import ClaimPayment, ServicePayment

DAY = date(2026, 5, 4)
ME = Party("IL", "ABLE", "ANN", person=True, id_qualifier="MI", id="M1")


def make(*charges: int, payers: tuple[str, ...] = ("P1",), name: str = "ACCT001", codes: tuple[str, ...] = ()) -> Claim:
    codes = codes or tuple(f"9921{number}" for number in range(len(charges)))
    lines = tuple(
        ClaimLine(number, ProcedureId("HC", code, ("25",)), Decimal(charge), dates=(Dated.on("472", DAY),))
        for number, (charge, code) in enumerate(zip(charges, codes, strict=True), 1)
    )
    others = tuple(
        OtherPayer(letter, "18", ME, Party("PR", payer, id_qualifier="PI", id=payer))
        for letter, payer in zip("ST", payers[1:], strict=False)
    )
    return Claim(
        ClaimForm.PROFESSIONAL, name, Decimal(sum(charges)), Party("85", "CLINIC"),
        Subscriber(Patient(ME), Party("PR", payers[0], id_qualifier="PI", id=payers[0])), lines, other_payers=others,
    )  # fmt: skip


def cas(*told: str) -> tuple[Adjustment, ...]:
    """``CO-45 20`` and so on."""
    found = []
    for each in told:
        code, amount = each.split()
        group, reason = code.split("-")
        found.append(Adjustment(group, reason, Decimal(amount)))
    return tuple(found)


def pay(claim: Claim, *lines: tuple[int, tuple[Adjustment, ...]], status: str = "1", **more: Any) -> ClaimPayment:
    services = tuple(
        ServicePayment(
            line.procedure or ProcedureId("HC", ""), line.charge, Decimal(paid), dates=line.dates, adjustments=found
        )
        for line, (paid, found) in zip(claim.lines, lines, strict=True)
    )
    paid = sum((each.paid for each in services), Decimal(0))
    return ClaimPayment(claim.id, status, claim.charge, paid, lines=services, **more)


def after(claim: Claim, *posted: PostedClaim) -> ClaimPosition:
    position = position_of(claim)
    for each in posted:
        for entry in each.entries:
            for posting in entry.postings:
                position.add(posting)
    assert not position.difference
    return position


def test_paid_written_off_and_patient_share() -> None:
    claim = make(100)
    posted = post_remittance(claim, pay(claim, (60, cas("CO-45 20", "PR-2 20"))), on=DAY, trace="T")
    found = after(claim, posted)
    assert (found.paid_by_insurance, found.contractual, found.patient_due, found.insurance_due) == (60, 20, 20, 0)
    assert posted.events == (ClaimEvent.PAY, ClaimEvent.RELEASE)
    assert [step.name for step in posted.steps] == ["paid", "PR-2", "CO-45"]


@pytest.mark.parametrize("reason", ["CO-16", "CO-50", "CO-97", "CO-29", "PI-204", "OA-18", "PR-27"])
def test_a_denial_writes_nothing_off(reason: str) -> None:
    """RIVALS 17: a denied claim stays with the payer until a person has worked it."""
    claim = make(100)
    posted = post_remittance(claim, pay(claim, (0, cas(f"{reason} 100")), status="4"), on=DAY, trace="T")
    found = after(claim, posted)
    assert (found.contractual, found.written_off, found.patient_due, found.insurance_due) == (0, 0, 0, 100)
    assert posted.entry is None
    assert posted.events == (ClaimEvent.DENY,)
    assert [f"{each.group}-{each.reason}" for each in posted.denied] == [reason]


def test_a_payment_of_nothing_is_a_decision() -> None:
    """RIVALS 17: $0 payments. All to the deductible: paid, and the patient owes."""
    claim = make(100)
    posted = post_remittance(claim, pay(claim, (0, cas("CO-45 30", "PR-1 70"))), on=DAY, trace="T")
    assert after(claim, posted).patient_due == 70
    assert posted.events == (ClaimEvent.PAY, ClaimEvent.RELEASE)


def test_lines_without_adjustment_need_no_reason() -> None:
    """RIVALS 17: no reason is demanded where a line is paid in full."""
    claim = make(100, 50)
    posted = post_remittance(claim, pay(claim, (100, ()), (30, cas("CO-45 20"))), on=DAY, trace="T")
    assert not posted.findings
    assert posted.events == (ClaimEvent.PAY, ClaimEvent.CLOSE)


def test_one_line_denied() -> None:
    claim = make(100, 50)
    posted = post_remittance(claim, pay(claim, (80, cas("CO-45 20")), (0, cas("CO-97 50"))), on=DAY, trace="T")
    assert after(claim, posted).insurance == {"P1": 50}
    assert posted.events == (ClaimEvent.PAY_PARTLY,)


def test_patient_share_waits_for_the_next_payer() -> None:
    """RIVALS 23: what another insurer may still pay is not the patient's."""
    claim = make(100, payers=("P1", "P2"))
    first = post_remittance(claim, pay(claim, (60, cas("CO-45 20", "PR-2 20"))), on=DAY, trace="T1")
    assert first.events == (ClaimEvent.PAY, ClaimEvent.NEXT_PAYER)
    found = after(claim, first)
    assert (found.patient_due, found.insurance["P2"]) == (0, 20)
    second = post_remittance(
        claim, pay(claim, (12, cas("OA-23 80", "PR-2 8")), status="2"), on=DAY, trace="T2", payer="P2", position=found
    )
    assert second.events == (ClaimEvent.PAY, ClaimEvent.RELEASE)
    done = after(claim, first, second)
    assert (done.patient_due, done.insurance_due, done.paid_by_insurance) == (8, 0, 72)


def test_forwarded_by_the_payer() -> None:
    claim = make(100, payers=("P1", "P2"))
    posted = post_remittance(claim, pay(claim, (60, cas("CO-45 20", "PR-2 20")), status="19"), on=DAY, trace="T")
    assert posted.events == (ClaimEvent.PAY, ClaimEvent.FORWARD)


def test_the_second_payer_writes_off_no_more_than_is_open() -> None:
    claim = make(100, payers=("P1", "P2"))
    first = post_remittance(claim, pay(claim, (60, cas("CO-45 20", "PR-2 20"))), on=DAY, trace="T1")
    second = post_remittance(
        claim, pay(claim, (5, cas("OA-23 60", "CO-45 35")), status="2"), on=DAY, trace="T2", payer="P2",
        position=after(claim, first),
    )  # fmt: skip
    done = after(claim, first, second)
    assert (done.contractual, done.insurance_due, done.patient_due) == (35, 0, 0)  # 20 and 15 of the 35


def test_what_does_not_add_up_is_posted_as_money_alone() -> None:
    claim = make(100)
    posted = post_remittance(claim, pay(claim, (60, cas("CO-45 10"))), on=DAY, trace="T")
    found = after(claim, posted)
    assert (found.paid_by_insurance, found.contractual, found.insurance_due) == (60, 0, 40)
    assert "remit-unbalanced" in {each.rule for each in posted.findings}


def test_two_equal_payments_stay_two() -> None:
    """RIVALS 23: two payments of one sum are two payments; the second overpays and says so."""
    claim = make(100)
    payment = pay(claim, (100, ()))
    first = post_remittance(claim, payment, on=DAY, trace="T", identifier="one")
    second = post_remittance(claim, payment, on=DAY, trace="T", identifier="two", position=after(claim, first))
    found = after(claim, first, second)
    assert (found.paid_by_insurance, found.insurance_due) == (200, -100)
    assert "remit-overpaid" in {each.rule for each in second.findings}


def reversed_of(payment: ClaimPayment) -> ClaimPayment:
    lines = tuple(
        replace(
            each,
            charge=-each.charge,
            paid=-each.paid,
            adjustments=tuple(replace(one, amount=-one.amount) for one in each.adjustments),
        )
        for each in payment.lines
    )
    return replace(payment, status="22", charge=-payment.charge, paid=-payment.paid, lines=lines)


def test_a_reversal_takes_everything_back() -> None:
    claim = make(100)
    payment = pay(claim, (60, cas("CO-45 20", "PR-2 20")))
    first = post_remittance(claim, payment, on=DAY, trace="T1", identifier="one")
    back = post_remittance(
        claim, reversed_of(payment), on=DAY, trace="T2", position=after(claim, first), earlier=first.entries
    )
    assert back.entry is not None
    assert back.entry.reverses == "one"
    assert after(claim, first, back) == replace_zero(position_of(claim), after(claim, first, back))
    again = post_remittance(claim, reversed_of(payment), on=DAY, trace="T3", earlier=(*first.entries, *back.entries))
    assert again.held == "a reversal without an equal earlier payment of the claim"


def replace_zero(wanted: ClaimPosition, found: ClaimPosition) -> ClaimPosition:
    """The same, with accounts of 0.00 that the other has."""
    wanted.patient = {owner: Decimal("0.00") for owner in found.patient}
    return wanted


def test_the_reversal_of_a_denial_moves_nothing() -> None:
    claim = make(100, payers=("P1", "P2"))
    first = post_remittance(claim, pay(claim, (0, cas("CO-45 20", "PR-1 80"))), on=DAY, trace="T1")
    denial = pay(claim, (0, cas("OA-23 20", "CO-97 80")), status="2")
    back = post_remittance(
        claim, reversed_of(denial), on=DAY, trace="T2", payer="P2", position=after(claim, first), earlier=first.entries
    )
    assert (back.entry, back.held, back.events) == (None, "", (ClaimEvent.REVERSE,))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"paid": Decimal(-60)}, "negative"),
        ({"status": "22"}, "reversal with a positive"),
        ({"paid": Decimal("60.001")}, "fractions"),
    ],
)
def test_what_a_person_has_to_decide(change: dict[str, Any], why: str) -> None:
    claim = make(100)
    payment = replace(pay(claim, (60, cas("CO-45 40"))), **change)
    posted = post_remittance(claim, payment, on=DAY, trace="T")
    assert why in posted.held
    assert posted.entry is None


def test_modifier_dropped_by_the_payer_still_matches() -> None:
    """RIVALS 16: the payer answers 99213 for 99213-25."""
    claim = make(100, 80, codes=("99213", "99214"))
    payment = pay(claim, (80, cas("CO-45 20")), (60, cas("CO-45 20")))
    plain = replace(
        payment,
        lines=tuple(
            replace(each, procedure=ProcedureId("HC", each.procedure.code)) for each in reversed(payment.lines)
        ),
    )
    match = ClaimIndex([claim]).match(plain)
    assert match.claim is claim
    assert [each.lines for each in match.lines] == [(2,), (1,)]
    assert "code; the payer dropped a modifier" in match.lines[0].reasons


@pytest.mark.parametrize("number", ["acct001", "ACCT-001", "0000ACCT001", "ACCT001X", "XYACCT001", "ACCT00"])
def test_altered_control_numbers_match(number: str) -> None:
    claim, other = make(100), make(70, name="B2", codes=("70450",))
    payment = replace(pay(claim, (80, cas("CO-45 20"))), id=number)
    match = ClaimIndex([claim, other]).match(payment)
    assert match.claim is claim
    assert match.reasons


def test_a_stranger_and_twins_stay_unmatched() -> None:
    claim = make(100)
    index = ClaimIndex([claim, make(100, name="ACCT002")])
    assert index.match(ClaimPayment("ZZ9", "1", Decimal(55), Decimal(50))).claim is None
    twins = index.match(replace(pay(claim, (100, ())), id=""))
    assert twins.claim is None
    assert len(twins.candidates) == 2


def test_split_and_bundled_lines() -> None:
    claim = make(100, 80, codes=("99213", "99214"))
    half = ServicePayment(ProcedureId("HC", "99213"), Decimal(50), Decimal(50))
    split = replace(pay(claim, (100, ()), (80, ())), lines=(half, half, pay(claim, (100, ()), (80, ())).lines[1]))
    assert [each.lines for each in match_lines(claim, split)] == [(1,), (1,), (2,)]
    bundle = replace(split, lines=(ServicePayment(ProcedureId("HC", "99215"), Decimal(180), Decimal(150)),))
    assert [each.lines for each in match_lines(claim, bundle)] == [(1, 2)]


def test_line_control_number_counts() -> None:
    claim = make(100, 100, codes=("97110", "97110"))
    line = ServicePayment(ProcedureId("HC", "97110"), Decimal(100), Decimal(90), references=(Reference("6R", "02"),))
    assert match_lines(claim, replace(pay(claim, (1, ()), (1, ())), lines=(line,)))[0].lines == (2,)


def test_charges_are_owed_by_the_payer() -> None:
    claim = make(100, 50)
    entry = Entry("c", DAY, EntryKind.CHARGE, charge_postings(claim, payer_order(claim)[0]))
    assert entry.amount_of(AccountKind.CHARGES) == -150
    assert [each.line for each in entry.postings] == [1, 2, 0]
