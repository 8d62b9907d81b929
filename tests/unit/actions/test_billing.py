"""Claims out, answers in, remittances and money of patients: once each, whatever is done twice or breaks off."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from nosology.actions import billing
from nosology.clearinghouse.folder import FolderDrop
from nosology.errors import NosologyError, UsageError
from nosology.model.claim import Claim
from nosology.model.claim_parts import Reference
from nosology.model.remittance import ProviderAdjustment
from nosology.store.books import Books
from nosology.store.payments import denial_sources, held_remittances, waiting_payments
from nosology.x12.remittance_835 import read_835

from .office import DAY, cas, drop, era_text, make_claim, owed, partner, payment, post, remittance, send, state

# -- out ---------------------------------------------------------------------------------------------------------------


# RIVALS 10: claims go out in batches (Medplum 6468)
def test_a_batch_goes_out_once_and_the_same_call_again_sends_nothing(books: Books, tmp_path: Path) -> None:
    first = send(books, tmp_path, make_claim("A1"), make_claim("A2"))
    again = send(books, tmp_path, make_claim("A1"), make_claim("A2"))
    assert first == again
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["north-000000001.837"]
    assert (state(books, "A1"), first.state) == ("submitted", "sent")
    assert books.position("A1").insurance_due == 100


def test_a_claim_that_is_out_cannot_go_out_again(books: Books, tmp_path: Path) -> None:
    send(books, tmp_path, make_claim("A1"))
    with pytest.raises(UsageError, match="claim A1: a claim that is submitted cannot queue"):
        send(books, tmp_path, make_claim("A2"), make_claim("A1"), key="k2")
    assert books.claim("A2") is None  # nothing of that call is kept


def test_a_key_serves_one_call(books: Books, tmp_path: Path) -> None:
    send(books, tmp_path, make_claim("A1"))
    with pytest.raises(UsageError, match="was used for another call"):
        send(books, tmp_path, make_claim("A2"))


def test_control_numbers_never_repeat_even_when_a_batch_fails(books: Books, tmp_path: Path) -> None:
    class Broken(FolderDrop):
        def stage(self, name: str, data: bytes) -> None:
            raise NosologyError("cannot be reached")

    with pytest.raises(NosologyError):
        send(books, tmp_path, make_claim("A1"), house=Broken(tmp_path / "out"))
    assert state(books, "A1") == "queued"
    second = send(books, tmp_path, make_claim("A2"), key="k2")
    assert second.control_number == 2
    (late,) = billing.recover_submissions(books, {"north": drop(tmp_path)}, on=DAY)
    assert (late.control_number, late.state, state(books, "A1")) == (1, "sent", "submitted")


@pytest.mark.parametrize("at", ["before the release", "after the release", "picked up"])
def test_recovery_looks_before_it_sends(books: Books, tmp_path: Path, at: str) -> None:
    class Dying(FolderDrop):
        released = 0

        def release(self, name: str) -> None:
            if at != "before the release":
                super().release(name)
            if at == "picked up":
                (self.outbox / name).unlink()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(books, tmp_path, make_claim("A1"), house=Dying(tmp_path / "out"))
    billing.recover_submissions(books, {"north": drop(tmp_path)}, on=DAY)
    found = [path.name for path in (tmp_path / "out").iterdir()]
    assert found == ([] if at == "picked up" else ["north-000000001.837"])  # never a second time
    assert state(books, "A1") == "submitted"


def test_each_partner_has_its_own_numbers(books: Books, tmp_path: Path) -> None:
    """RIVALS 12: partners behind one interface, each with its own envelope and numbers."""
    other = replace(partner(tmp_path), name="south")
    send(books, tmp_path, make_claim("A1"))
    second = billing.submit_claims(
        books, [make_claim("A2")], drop(tmp_path), other, on=DAY, created="202605040900", key="k2"
    )
    assert (second.name, second.control_number) == ("south-000000001.837", 1)


# -- answers -----------------------------------------------------------------------------------------------------------

ENDS = "ISA*00*          *00*          *ZZ*NORTH          *ZZ*CLINIC         *260504*1000*^*00501*000000009*0*T*:~"


def ack(verdict: str) -> str:
    return (
        f"{ENDS}GS*FA*NORTH*CLINIC*20260504*1000*9*X*005010X231A1~ST*999*0001*005010X231A1~AK1*HC*1*005010X222A1~"
        f"AK2*837*0001*005010X222A1~IK5*{verdict}~AK9*{verdict}*1*1*{int(verdict == 'A')}~SE*6*0001~"
        "GE*1*9~IEA*1*000000009~"
    )


@pytest.mark.parametrize(("verdict", "expected"), [("A", "received"), ("E", "received"), ("R", "rejected")])
def test_999(books: Books, tmp_path: Path, verdict: str, expected: str) -> None:
    """RIVALS 18: rejection of a file is its own state."""
    send(books, tmp_path, make_claim("A1"))
    found = billing.record_acknowledgement(books, ack(verdict), partner="north", on=DAY)
    assert [str(each.state) for each in found.moves] == [expected]
    assert billing.record_acknowledgement(books, ack(verdict), partner="north", on=DAY).again


def claim_ack(claim: str, code: str, action: str) -> str:
    body = (
        "ST*277*0001*005010X214~BHT*0085*08*1*20260504*1000*TH~HL*1**20*1~NM1*PR*2*NORTH*****PI*P1~TRN*1*R1~"
        "DTP*050*D8*20260504~DTP*009*D8*20260504~HL*2*1*21*1~NM1*41*2*CLINIC*****46*CLINIC~TRN*2*000000001~"
        f"STC*A1:19*20260504*WQ*100~HL*3*2*19*1~NM1*85*2*CLINIC*****XX*1234567893~HL*4*3*PT~NM1*QC*1*ABLE*ANN****MI*M1~"
        f"TRN*2*{claim}~STC*{code}*20260504*{action}*100~REF*1K*ICN7~"
    )
    group = "GS*HN*NORTH*CLINIC*20260504*1000*9*X*005010X214~"
    return f"{ENDS}{group}{body}SE*{body.count('~') + 1}*0001~GE*1*9~IEA*1*000000009~"


@pytest.mark.parametrize(("code", "action", "expected"), [("A2:20", "WQ", "accepted"), ("A7:562:85", "U", "rejected")])
def test_277ca(books: Books, tmp_path: Path, code: str, action: str, expected: str) -> None:
    send(books, tmp_path, make_claim("A1"))
    found = billing.record_acknowledgement(books, claim_ack("A1", code, action), partner="north", on=DAY)
    assert [str(each.state) for each in found.moves] == [expected]


def test_answers_that_fit_nothing_are_findings(books: Books, tmp_path: Path) -> None:
    found = billing.record_acknowledgement(books, ack("A"), partner="north", on=DAY)
    assert [each.rule for each in found.findings] == ["ack-unknown-batch"]
    found = billing.record_acknowledgement(books, claim_ack("ZZ", "A2:20", "WQ"), partner="north", on=DAY)
    assert [each.rule for each in found.findings] == ["ack-unknown-claim"]


def test_a_late_acceptance_does_not_undo_a_payment(books: Books, tmp_path: Path) -> None:
    claim = make_claim("A1")
    send(books, tmp_path, claim)
    post(books, remittance("T1", payment(claim, (80, cas("CO-45 20")))))
    found = billing.record_acknowledgement(books, claim_ack("A1", "A2:20", "WQ"), partner="north", on=DAY)
    assert [each.rule for each in found.findings] == ["ack-out-of-order"]
    assert state(books, "A1") == "closed"


# -- remittances -------------------------------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing(books: Books, tmp_path: Path) -> None:
    claim = make_claim("A1")
    send(books, tmp_path, claim)
    told = remittance("T1", payment(claim, (60, cas("CO-45 20", "PR-2 20"))))
    assert [each.outcome for each in post(books, told)] == ["posted"]
    before = books.entries()
    assert [each.outcome for each in post(books, told)] == ["already"]
    renumbered = era_text(told).replace("*000000001", "*000000002").replace("ST*835*0001", "ST*835*0077")
    renumbered = renumbered.replace("*0001~", "*0077~")
    again = billing.post_remittance(books, read_835(renumbered), on=DAY, source="copy.835")
    assert [each.outcome for each in again] == ["already"]
    assert books.entries() == before
    assert state(books, "A1") == "patient balance"


def test_two_files_with_one_trace_number(books: Books, tmp_path: Path) -> None:
    claim = make_claim("A1")
    send(books, tmp_path, claim)
    post(books, remittance("T1", payment(claim, (60, cas("CO-45 40")))))
    (second,) = post(books, remittance("T1", payment(claim, (70, cas("CO-45 30")))))
    assert (second.outcome, [each.why for each in held_remittances(books)]) == (
        "held",
        ["another payment with this trace number is in the books"],
    )
    assert books.position("A1").paid_by_insurance == 60


def test_two_equal_payments_by_hand_stay_two(books: Books, tmp_path: Path) -> None:
    """RIVALS 19 and 23: paper with its source, who and a note; two checks of one sum are two."""
    claim = make_claim("A1")
    send(books, tmp_path, claim)
    for number in ("C1", "C2", "C2"):
        billing.record_manual_payment(
            books, remittance(number, payment(claim, (50, cas("CO-16 50")))), on=DAY, source="letter", who="kim",
            note="second half follows", key=number,
        )  # fmt: skip
    assert books.position("A1").paid_by_insurance == 100
    with pytest.raises(UsageError, match="a note"):
        billing.record_manual_payment(books, remittance("C3"), on=DAY, source="letter", who="kim", note=" ", key="C3")


def test_a_payment_for_an_unknown_claim_is_kept_and_matched_later(books: Books, tmp_path: Path) -> None:
    claim = make_claim("A1")
    stranger = replace(payment(claim, (80, cas("CO-45 20"))), id="ZZ99", lines=(), charge=Decimal(55))
    (done,) = post(books, remittance("T1", replace(stranger, paid=Decimal(50), adjustments=cas("CO-45 5"))))
    (waiting,) = waiting_payments(books)
    assert (waiting.paid, waiting.claim) == (50, "ZZ99")
    assert {str(account): amount for account, amount in books.balances().items() if amount} == {
        "cash": 50,
        "unapplied:P1": -50,
    }
    send(books, tmp_path, claim)
    billing.match_waiting_payment(books, waiting.remittance, waiting.ordinal, "A1", on=DAY, who="kim")
    assert waiting_payments(books) == ()
    assert books.position("A1").paid_by_insurance == 50
    assert done.findings[0].rule == "remit-unmatched"
    with pytest.raises(UsageError, match="does not wait"):
        billing.match_waiting_payment(books, waiting.remittance, waiting.ordinal, "A1", on=DAY, who="kim")


def test_a_claim_that_was_never_sent_is_not_paid(books: Books) -> None:
    claim = make_claim("A1")
    with books.transaction():
        books.save_claim(claim, "P1")
    post(books, remittance("T1", payment(claim, (80, cas("CO-45 20")))))
    assert [each.why for each in waiting_payments(books)] == ["claim A1 was never sent"]


def test_denied_then_appealed_and_paid(books: Books, tmp_path: Path) -> None:
    from nosology.ledger.denials import denial_worklist

    claim = make_claim("A1")
    send(books, tmp_path, claim)
    post(books, remittance("T1", payment(claim, (0, cas("CO-50 100")), status="4")))
    (item,) = denial_worklist(denial_sources(books), books.positions())
    assert (item.kind, item.amount, item.appeal, str(item.deadline)) == ("necessity", 100, True, "2026-09-01")
    assert state(books, "A1") == "denied"
    post(books, remittance("T2", payment(claim, (80, cas("CO-45 20")))))
    assert denial_worklist(denial_sources(books), books.positions()) == ()
    assert state(books, "A1") == "closed"


def test_no_appeal_where_the_remark_says_so(books: Books, tmp_path: Path) -> None:
    """RIVALS 21: MA130 gives no right of appeal; the claim is corrected and sent anew."""
    from nosology.ledger.denials import denial_worklist

    claim = make_claim("A1")
    send(books, tmp_path, claim)
    post(books, remittance("T1", payment(claim, (0, cas("CO-16 100")), status="4", outpatient=("", "", "MA130"))))
    (item,) = denial_worklist(denial_sources(books), books.positions())
    assert not item.appeal
    assert "send it as a new one" in item.next_step


def test_account_adjustments_go_to_their_accounts(books: Books, tmp_path: Path) -> None:
    claim = make_claim("A1")
    send(books, tmp_path, claim)
    plb = tuple(ProviderAdjustment("1234567893", DAY, reason, "", Decimal(amount)) for reason, amount in
                (("L6", -5), ("WO", 30), ("FB", -10), ("CS", 2)))  # fmt: skip
    post(books, remittance("T1", payment(claim, (80, cas("CO-45 20"))), amount=Decimal(63), provider_adjustments=plb))
    kept = {str(account): amount for account, amount in books.balances().items() if amount}
    assert kept["interest:P1"] == -5
    assert kept["payer balance:P1"] == 20
    assert kept["provider adjustment:CS"] == 2
    assert "remittance:P1/T1" not in kept


def test_a_wrong_sum_stays_visible(books: Books, tmp_path: Path) -> None:
    claim = make_claim("A1")
    send(books, tmp_path, claim)
    post(books, remittance("T1", payment(claim, (80, cas("CO-45 20"))), amount=Decimal(85)))
    assert {str(a): v for a, v in books.balances().items()}["remittance:P1/T1"] == -5


def test_a_broken_file_is_held_and_the_rest_posted(books: Books, tmp_path: Path) -> None:
    one, two = make_claim("A1"), make_claim("A2")
    send(books, tmp_path, one, two)
    text = era_text(
        remittance("T1", payment(one, (80, cas("CO-45 20")))), remittance("T2", payment(two, (80, cas("CO-45 20"))))
    )
    cut = text[: text.rindex("SVC")]
    done = billing.post_remittance(books, read_835(cut), on=DAY, source="cut.835")
    assert [each.outcome for each in done] == ["posted", "held"]
    whole = billing.post_remittance(books, read_835(text), on=DAY, source="whole.835")
    assert [each.outcome for each in whole] == ["already", "posted"]


def test_the_second_insurer_decides_before_the_patient(books: Books, tmp_path: Path) -> None:
    """RIVALS 23: nothing is due from the patient while an insurer may still pay; RIVALS 19: the secondary is due."""
    claim = make_claim("A1", payers=("P1", "P2"))
    send(books, tmp_path, claim)
    post(books, remittance("T1", payment(claim, (60, cas("CO-45 20", "PR-2 20")))))
    assert state(books, "A1") == "secondary due"
    waiting = owed(books)
    assert (waiting.due, waiting.insurance_pending, waiting.to_send) == (0, 20, False)
    post(books, remittance("T2", payment(claim, (15, cas("OA-23 80", "PR-2 5")), status="2"), payer="P2"))
    assert state(books, "A1") == "patient balance"
    assert (owed(books).due, owed(books).visits[0].insurance_paid) == (5, 75)


def f8(claim: Claim, frequency: str) -> Claim:
    return replace(claim, frequency=frequency, references=(Reference("F8", "ICN1"),))


def denied(books: Books, folder: Path) -> Claim:
    claim = make_claim("A1")
    send(books, folder, claim)
    refused = payment(claim, (0, cas("CO-16 100")), status="4", payer_control_number="ICN1")
    post(books, remittance("T1", refused))
    return claim


def test_a_corrected_claim_takes_the_place_of_the_denied_one(books: Books, tmp_path: Path) -> None:
    """RIVALS 5: frequency 7 with the payer's number; the old charges are taken back."""
    denied(books, tmp_path)
    corrected = f8(make_claim("A1", 100, 40), "7")
    send(books, tmp_path, corrected, key="k2")
    assert (state(books, "A1"), books.position("A1").charged) == ("submitted", 140)
    post(books, remittance("T2", payment(corrected, (80, cas("CO-45 20")), (40, ()))))
    assert state(books, "A1") == "closed"


def test_a_rejected_claim_is_mended_and_sent_anew(books: Books, tmp_path: Path) -> None:
    send(books, tmp_path, make_claim("A1"))
    billing.record_acknowledgement(books, ack("R"), partner="north", on=DAY)
    send(books, tmp_path, make_claim("A1", 90), key="k2")
    assert (state(books, "A1"), books.position("A1").charged) == ("submitted", 90)


def test_a_paid_claim_goes_out_again_only_as_a_correction(books: Books, tmp_path: Path) -> None:
    claim = make_claim("A1")
    send(books, tmp_path, claim)
    post(books, remittance("T1", payment(claim, (80, cas("CO-45 20")))))
    with pytest.raises(UsageError, match="what follows is a replacement"):
        send(books, tmp_path, claim, key="k2")


def test_a_correction_under_another_number_ends_the_first(books: Books, tmp_path: Path) -> None:
    denied(books, tmp_path)
    send(books, tmp_path, f8(make_claim("A1-2", 140), "7"), key="k2")
    assert (state(books, "A1"), books.position("A1").charged) == ("replaced", 0)
    assert (state(books, "A1-2"), books.position("A1-2").charged) == ("submitted", 140)


def test_a_void_takes_the_charges_back_and_the_payer_its_money(books: Books, tmp_path: Path) -> None:
    claim = make_claim("A1")
    send(books, tmp_path, claim)
    paid = payment(claim, (80, cas("CO-45 20")), payer_control_number="ICN1")
    post(books, remittance("T1", paid))
    back = replace(
        paid, status="22", charge=Decimal(-100), paid=Decimal(-80),
        lines=tuple(replace(each, charge=-each.charge, paid=-each.paid,
                            adjustments=cas("CO-45 -20")) for each in paid.lines),
    )  # fmt: skip
    post(books, remittance("T2", back, amount=Decimal(0),
                           provider_adjustments=(ProviderAdjustment("1", DAY, "FB", "", Decimal(-80)),)))  # fmt: skip
    assert state(books, "A1") == "reversed"
    send(books, tmp_path, f8(claim, "8"), key="k2")
    position = books.position("A1")
    assert (state(books, "A1"), position.charged, position.insurance_due, position.paid_by_insurance) == (
        "voided",
        0,
        0,
        0,
    )
