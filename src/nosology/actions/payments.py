"""What patients pay, get back, and what a person gives up: one transaction each, with who did it and why.

Amounts are checked here, whatever a form before it has checked: never zero, never negative, never more than there is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from nosology.errors import UsageError
from nosology.ledger.aging import open_items
from nosology.model.ledger import Account, AccountKind, Entry, EntryKind, Posting, reverse_entry, to_cents
from nosology.model.lifecycle import ClaimEvent, ClaimState, next_state
from nosology.model.trace import Step
from nosology.store.books import Books

__all__ = ["refund_patient", "take_patient_payment", "void_patient_payment", "write_off_balance"]

_PRACTICE = "practice of accounting: the oldest debt first"


def take_patient_payment(
    books: Books,
    patient: str,
    amount: Decimal,
    *,
    method: str,
    who: str,
    on: date,
    key: str,
    claims: Sequence[str] = (),
) -> Entry:
    """Take a payment of a patient: to the named claims, else to the oldest released debt; the rest is held as a credit.

    The same ``key`` again takes nothing; two payments of one sum are two when their keys differ.

    Raises:
        UsageError: the amount is not more than 0.00, who or method is empty, or the key was used for another payment.
    """
    amount = _positive(amount)
    _told(method=method, who=who)
    digest = _digest(patient, str(amount), method, *claims)
    with books.transaction():
        known = books.recall_call(key, "take_patient_payment", digest)
        if known is not None:
            return _known(books, known)
        account = Account(AccountKind.PATIENT, patient)
        debts = [each for each in open_items(books.entries(account=account)) if each.account == account and each.claim]
        debts = [each for each in debts if each.amount > 0 and (not claims or each.claim in claims)]
        rest, postings, steps = amount, list[Posting](), list[Step]()
        for debt in sorted(debts, key=lambda each: (each.since, each.claim)):
            part = min(rest, debt.amount)
            if part:
                postings += [
                    Posting(Account(AccountKind.CASH), part, debt.claim, 0, method),
                    Posting(account, -part, debt.claim, 0, "patient payment"),
                ]
                steps.append(Step("allocation", f"{part} to claim {debt.claim}, owed since {debt.since}", _PRACTICE))
                rest -= part
        if rest:
            postings += [
                Posting(Account(AccountKind.CASH), rest, "", 0, method),
                Posting(account, -rest, "", 0, "credit"),
            ]
            steps.append(Step("credit", f"{rest} held for the patient", _PRACTICE))
        entry = Entry(
            f"patient/{_digest(key)[:20]}",
            on,
            EntryKind.PATIENT_PAYMENT,
            tuple(postings),
            "payment of the patient",
            method,
            by=who,
            steps=tuple(steps),
        )
        books.add_entry(entry)
        for claim in entry.claims:
            _close_if_settled(books, claim, on, entry.id)
        books.remember_call(key, "take_patient_payment", digest, entry.id, on)
    return entry


def refund_patient(books: Books, patient: str, amount: Decimal, *, reason: str, who: str, on: date, key: str) -> Entry:
    """Give a credit back to a patient.

    Raises:
        UsageError: reason or who is empty, or the amount is not positive or more than the credit held.
    """
    amount = _positive(amount)
    _told(reason=reason, who=who)
    digest = _digest(patient, str(amount), reason)
    with books.transaction():
        known = books.recall_call(key, "refund_patient", digest)
        if known is not None:
            return _known(books, known)
        account = Account(AccountKind.PATIENT, patient)
        items = open_items(books.entries(account=account))
        held_items = [each for each in items if each.account == account and each.amount < 0]
        held = -sum((each.amount for each in held_items), Decimal("0.00"))
        if amount > held:
            raise UsageError(f"{amount} cannot be refunded: {held} are held for this patient")
        rest, postings = amount, list[Posting]()
        for credit in sorted(held_items, key=lambda each: (bool(each.claim), each.since, each.claim)):
            part = min(rest, -credit.amount)
            if part:
                postings += [
                    Posting(account, part, credit.claim, 0, "refund"),
                    Posting(Account(AccountKind.CASH), -part, credit.claim, 0, "refund"),
                ]
                rest -= part
        step = Step("refund", f"{amount} of {held} held", "practice of accounting")
        entry = Entry(
            f"refund/{_digest(key)[:20]}",
            on,
            EntryKind.REFUND,
            tuple(postings),
            reason,
            "refund",
            by=who,
            steps=(step,),
        )
        books.add_entry(entry)
        books.remember_call(key, "refund_patient", digest, entry.id, on)
    return entry


def void_patient_payment(books: Books, entry_id: str, *, reason: str, who: str, on: date) -> Entry:
    """Take a payment of a patient back as if it had not been (a bounced check, a wrong patient). Once.

    Raises:
        UsageError: it is no payment of a patient, was taken back before, or reason or who is empty.
    """
    _told(reason=reason, who=who)
    with books.transaction():
        entry = books.entry(entry_id)
        if entry is None or entry.kind is not EntryKind.PATIENT_PAYMENT:
            raise UsageError(f"{entry_id} is no payment of a patient")
        if books.is_reversed(entry_id):
            raise UsageError(f"{entry_id} was taken back before")
        back = reverse_entry(entry, f"{entry_id}/void", on, memo=reason, source="void", by=who)
        books.add_entry(back)
        for claim in entry.claims:
            row = books.claim(claim)
            if row is not None and row.state is ClaimState.CLOSED and books.position(claim).patient_due:
                books.move_claim(claim, ClaimEvent.RELEASE, on, back.id, reason)
    return back


def write_off_balance(books: Books, claim: str, amount: Decimal, *, reason: str, who: str, on: date, key: str) -> Entry:
    """Give up a part of what is open for a claim, by a person's decision: first of the payers', then of the patient's.

    Raises:
        UsageError: reason or who is empty, or the amount is not positive or more than is open.
    """
    amount = _positive(amount)
    _told(reason=reason, who=who)
    digest = _digest(claim, str(amount), reason)
    with books.transaction():
        known = books.recall_call(key, "write_off_balance", digest)
        if known is not None:
            return _known(books, known)
        position = books.position(claim)
        owed = [(Account(AccountKind.INSURANCE, owner), due) for owner, due in position.insurance.items() if due > 0]
        owed += [(Account(AccountKind.PATIENT, owner), due) for owner, due in position.patient.items() if due > 0]
        rest, postings = amount, list[Posting]()
        for account, due in owed:
            part = min(rest, due)
            if part:
                postings += [
                    Posting(Account(AccountKind.WRITE_OFF), part, claim, 0, "write-off"),
                    Posting(account, -part, claim, 0, "write-off"),
                ]
                rest -= part
        if rest:
            raise UsageError(f"claim {claim}: {amount} is more than is open")
        step = Step("write-off", f"{amount} given up by a person", "practice of accounting")
        entry = Entry(
            f"write-off/{_digest(key)[:20]}",
            on,
            EntryKind.WRITE_OFF,
            tuple(postings),
            reason,
            "",
            by=who,
            steps=(step,),
        )
        books.add_entry(entry)
        _close_if_settled(books, claim, on, entry.id)
        books.remember_call(key, "write_off_balance", digest, entry.id, on)
    return entry


def _positive(amount: Decimal) -> Decimal:
    amount = to_cents(amount)
    if amount <= 0:
        raise UsageError("an amount must be more than 0.00; money goes back by a refund or a void")
    return amount


def _told(**texts: str) -> None:
    for name, text in texts.items():
        if not text.strip():
            raise UsageError(f"{name} must be told")


def _digest(*texts: str) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()


def _known(books: Books, identifier: str) -> Entry:
    entry = books.entry(identifier)
    assert entry is not None
    return entry


def _close_if_settled(books: Books, claim: str, on: date, source: str) -> None:
    row = books.claim(claim)
    position = books.position(claim)
    if row is None or position.insurance_due or position.patient_due:
        return
    if row.state is ClaimState.PATIENT_BALANCE or (
        row.state in (ClaimState.PAID, ClaimState.DENIED, ClaimState.PARTIALLY_PAID)
        and next_state(row.state, ClaimEvent.CLOSE)
    ):
        books.move_claim(claim, ClaimEvent.CLOSE, on, source)
