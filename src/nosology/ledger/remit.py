"""The remittance around its claims: the money, payments that fit no claim, and adjustments of the provider's account.

Everything goes through an account of the remittance, named by its trace number. Where the remittance adds up, that
account ends at 0.00; where it does not, what is left on it is what does not add up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import is_dataclass, replace
from datetime import date
from decimal import Decimal

from nosology.ledger.balance import payer_key
from nosology.ledger.reasons import load_reasons
from nosology.model.ledger import Account, AccountKind, Entry, EntryKind, Posting, to_cents
from nosology.model.remittance import ClaimPayment, ProviderAdjustment, Remittance
from nosology.model.trace import Step

__all__ = [
    "money_entry",
    "provider_adjustment_entry",
    "remittance_account",
    "remittance_digest",
    "unmatched_entry",
]

_835 = "ASC X12N 005010X221A1"
_ZERO = Decimal("0.00")


def remittance_digest(remittance: Remittance) -> str:
    """The sha256 of what a remittance says, without its control number: the same payment has it in any file."""
    told: list[str] = []
    _spell(replace(remittance, control_number=""), told)
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def _spell(value: object, told: list[str]) -> None:
    """Write a value out without what differs only in writing: 10 and 10.00 are one amount."""
    if isinstance(value, str):
        told.append(value)
    elif isinstance(value, tuple):
        told.append(f"({len(value)}")
        for each in value:
            _spell(each, told)
    elif isinstance(value, Decimal):
        told.append(format(value.normalize(), "f") if value else "0")
    elif is_dataclass(value):
        for name in value.__dataclass_fields__:
            _spell(getattr(value, name), told)
    else:
        told.append(repr(value))


def remittance_account(remittance: Remittance) -> Account:
    """The account through which a remittance's money goes: payer and trace number."""
    return Account(AccountKind.REMITTANCE, f"{payer_key(remittance.payer)}/{remittance.trace}")


def money_entry(remittance: Remittance, identifier: str, on: date, *, source: str = "", by: str = "") -> Entry | None:
    """The money itself (BPR02): in cash, to be explained by the claims. None for a payment of 0.00."""
    amount = to_cents(remittance.amount)
    if remittance.credit_debit == "D":
        amount = -amount
    if not amount:
        return None
    postings = (Posting(Account(AccountKind.CASH), amount), Posting(remittance_account(remittance), -amount))
    step = Step("payment", f"{amount} by {remittance.method or 'unknown means'}", _835 + ", BPR02 and BPR04")
    return Entry(identifier, on, EntryKind.REMITTANCE, postings, f"trace {remittance.trace}", source, "", by, (step,))


def unmatched_entry(
    remittance: Remittance, payment: ClaimPayment, identifier: str, on: date, *, source: str = "", why: str = ""
) -> Entry | None:
    """Money for a claim that is not known, or that a person has to look at: kept on the payer's unapplied account.

    None where there is no money.
    """
    amount = to_cents(payment.paid)
    if not amount:
        return None
    postings = (
        Posting(remittance_account(remittance), amount),
        Posting(Account(AccountKind.UNAPPLIED, payer_key(remittance.payer)), -amount),
    )
    step = Step("unmatched", f"{amount} waits: {why or 'no claim fits'}", "practice of accounting")
    return Entry(identifier, on, EntryKind.UNMATCHED, postings, "", source, "", "", (step,))


def provider_adjustment_entry(
    remittance: Remittance,
    adjustments: Iterable[ProviderAdjustment],
    identifier: str,
    on: date,
    *,
    source: str = "",
) -> Entry | None:
    """The adjustments of the provider's account (PLB): interest, recoveries, balances carried forward, others.

    None where there are none, or only of 0.00.

    Raises:
        UsageError: an amount has fractions of a cent.
    """
    reasons = load_reasons()
    payer = payer_key(remittance.payer)
    postings: list[Posting] = []
    steps: list[Step] = []
    for each in adjustments:
        amount = to_cents(each.amount)
        if not amount:
            continue
        if each.reason in reasons.interest:
            account, what = Account(AccountKind.INTEREST, payer), "interest"
        elif each.reason in reasons.payer_balance:
            account, what = Account(AccountKind.PAYER_BALANCE, payer), "to be evened out with the payer"
        else:
            account, what = Account(AccountKind.PROVIDER_ADJUSTMENT, each.reason), "adjustment of the account"
        reason = f"PLB-{each.reason}"
        postings += [Posting(account, amount, "", 0, reason), Posting(remittance_account(remittance), -amount)]
        way = "lowers" if amount > 0 else "raises"
        steps.append(Step(reason, f"{abs(amount)} {way} the payment: {what}", _835 + ", PLB"))
    if not postings:
        return None
    return Entry(
        identifier,
        on,
        EntryKind.PROVIDER_ADJUSTMENT,
        tuple(postings),
        f"trace {remittance.trace}",
        source,
        "",
        "",
        tuple(steps),
    )
