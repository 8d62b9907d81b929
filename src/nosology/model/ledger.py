"""Double entry: accounts, postings and entries. Amounts are USD to the cent; an entry sums to 0.00 or does not exist.

Debits are positive, credits negative. Entries are never changed or removed: what was wrong is taken back by an entry
that posts the same amounts with the other sign (``reverses``), and then written anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from nosology.errors import UsageError
from nosology.model.trace import Step

__all__ = [
    "Account",
    "AccountKind",
    "Entry",
    "EntryKind",
    "Posting",
    "reverse_entry",
    "to_cents",
]

_CENT = Decimal("0.01")


def to_cents(amount: Decimal) -> Decimal:
    """The amount in USD with two places, which must be exact.

    Raises:
        UsageError: the amount is no number or has a fraction of a cent.

    >>> to_cents(Decimal("12.5"))
    Decimal('12.50')
    """
    if not amount.is_finite():
        raise UsageError("an amount of money must be a number")
    rounded = amount.quantize(_CENT)
    if rounded != amount:
        raise UsageError(f"{amount}: an amount of money has no fractions of a cent")
    return rounded + Decimal(0)  # no negative zero


class AccountKind(StrEnum):
    """What an account counts. The first four are of somebody (a payer or a patient), the others of the practice."""

    INSURANCE = "insurance"  # what a payer is expected to pay
    PATIENT = "patient"  # what a patient owes; a credit is money held for the patient
    UNAPPLIED = "unapplied"  # payer's money that is not yet matched to a claim (credit)
    PAYER_BALANCE = "payer balance"  # overpayment recoveries and balances carried forward: comes back to zero
    REMITTANCE = "remittance"  # between a payment and what it explains: zero where the remittance adds up
    CASH = "cash"
    CHARGES = "charges"  # income (credit)
    CONTRACTUAL = "contractual"  # what a contract says is not owed
    WRITE_OFF = "write-off"  # given up by a person's decision
    INTEREST = "interest"
    PROVIDER_ADJUSTMENT = "provider adjustment"  # other adjustments of the provider's account (PLB)


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """One account: what it counts, and whose it is (payer or patient id, trace number, reason; "" for the practice)."""

    kind: AccountKind
    owner: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.owner}" if self.owner else str(self.kind)


class EntryKind(StrEnum):
    """What made an entry."""

    CHARGE = "charge"
    REMITTANCE = "remittance"  # the money itself
    CLAIM_PAYMENT = "claim payment"
    PROVIDER_ADJUSTMENT = "provider adjustment"
    UNMATCHED = "unmatched payment"
    MATCHED = "matched later"
    TRANSFER = "transfer"
    PATIENT_PAYMENT = "patient payment"
    ALLOCATION = "allocation"
    REFUND = "refund"
    REVERSAL = "reversal"
    WRITE_OFF = "write-off"


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of an entry.

    ``amount`` in USD, debit positive; the claim and line (0: the claim as a whole) that it concerns, and the reason
    (group and CARC as "CO-45", a PLB reason, or another word).
    """

    account: Account
    amount: Decimal
    claim: str = ""
    line: int = 0
    reason: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", to_cents(self.amount))


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in the books. ``id`` is unique for ever: the same event asked for twice has the same id.

    ``source`` names the document (digest and trace number, "paper", a receipt); ``reverses`` the entry that this one
    takes back; ``payer`` the account of the payer whose decision it is; ``steps`` explain every amount.

    Raises:
        UsageError: the postings do not sum to 0.00, or there are fewer than two.
    """

    id: str
    on: date
    kind: EntryKind
    postings: tuple[Posting, ...]
    memo: str = ""
    source: str = ""
    reverses: str = ""
    by: str = ""
    steps: tuple[Step, ...] = ()
    payer: str = ""

    def __post_init__(self) -> None:
        if len(self.postings) < 2:
            raise UsageError(f"entry {self.id}: needs two postings or more")
        total = sum((posting.amount for posting in self.postings), Decimal("0.00"))
        if total:
            raise UsageError(f"entry {self.id}: its postings sum to {total}, not to 0.00")

    def amount_of(self, kind: AccountKind) -> Decimal:
        """The sum of its postings on accounts of that kind, in USD."""
        return sum((each.amount for each in self.postings if each.account.kind is kind), Decimal("0.00"))

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that it concerns, each once, in order."""
        return tuple(dict.fromkeys(each.claim for each in self.postings if each.claim))


def reverse_entry(entry: Entry, identifier: str, on: date, *, memo: str = "", source: str = "", by: str = "") -> Entry:
    """The entry that takes ``entry`` back: the same postings with the other sign."""
    postings = tuple(Posting(each.account, -each.amount, each.claim, each.line, each.reason) for each in entry.postings)
    step = Step("reversal", f"takes back entry {entry.id}, posting by posting", "practice of accounting")
    return Entry(identifier, on, EntryKind.REVERSAL, postings, memo, source, entry.id, by, (step,), entry.payer)
