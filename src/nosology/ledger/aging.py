"""How old is what is owed: balances of payers and patients in buckets of thirty days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nosology.model.ledger import Account, AccountKind, Entry

__all__ = ["BUCKETS", "AgedBalance", "OpenItem", "age_balances", "open_items"]

_ZERO = Decimal("0.00")

BUCKETS = ("0-30", "31-60", "61-90", "91-120", "over 120")
"""Days since the debt came to its owner."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """What one owner owes for one claim, in USD (negative: a credit), and since when."""

    account: Account
    claim: str
    since: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class AgedBalance:
    """The balance of one owner, in USD, by bucket; credits stand apart and lower no bucket."""

    account: Account
    buckets: tuple[Decimal, ...]
    credit: Decimal

    @property
    def total(self) -> Decimal:
        """All buckets and the credit, in USD: the balance of the account."""
        return sum(self.buckets, _ZERO) + self.credit


def open_items(entries: Iterable[Entry]) -> tuple[OpenItem, ...]:
    """What every payer and patient owes for each claim, and since when it has been theirs.

    A debt is as old as the entry by which it last rose from 0.00: the charge for a payer, the release for a patient.
    """
    totals: dict[tuple[Account, str], tuple[Decimal, date]] = {}
    for entry in entries:
        changes: dict[tuple[Account, str], Decimal] = {}
        for posting in entry.postings:
            if posting.account.kind in (AccountKind.INSURANCE, AccountKind.PATIENT):
                key = (posting.account, posting.claim)
                changes[key] = changes.get(key, _ZERO) + posting.amount
        for key, change in changes.items():
            before, since = totals.get(key, (_ZERO, entry.on))
            totals[key] = (before + change, since if before else entry.on)
    return tuple(
        OpenItem(account, claim, since, amount)
        for (account, claim), (amount, since) in sorted(totals.items())
        if amount
    )


def age_balances(entries: Iterable[Entry], on: date) -> tuple[AgedBalance, ...]:
    """The balances of every payer and patient on a day, by how long they have been owed."""
    found: dict[Account, tuple[list[Decimal], Decimal]] = {}
    for item in open_items(entries):
        buckets, credit = found.get(item.account, ([_ZERO] * len(BUCKETS), _ZERO))
        if item.amount < 0:
            credit += item.amount
        else:
            days = max((on - item.since).days, 0)
            buckets[min(max(days - 1, 0) // 30, len(BUCKETS) - 1)] += item.amount
        found[item.account] = (buckets, credit)
    return tuple(AgedBalance(account, tuple(buckets), credit) for account, (buckets, credit) in sorted(found.items()))
