"""What stands on the accounts: balances, the position of each claim, and whether the books hold together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from nosology.model.claim import Claim
from nosology.model.claim_parts import Party
from nosology.model.ledger import Account, AccountKind, Entry, Posting

__all__ = [
    "ClaimPosition",
    "account_balances",
    "charge_postings",
    "claim_positions",
    "patient_key",
    "payer_key",
    "payer_order",
    "position_of",
]

_ZERO = Decimal("0.00")
_ORDER = "PSTABCDEFGH"


def payer_key(payer: Party) -> str:
    """The name of a payer's account: its id, else its name in capitals."""
    return payer.id.strip() or " ".join(payer.name.upper().split())


def patient_key(claim: Claim) -> str:
    """The name of the account of the claim's patient: the member number, for a dependent with the date of birth.

    A claim that names no member number has an account of its own.
    """
    member = claim.subscriber.person.party.id.strip()
    if not member:
        return f"claim {claim.id}"
    if claim.patient is None:
        return member
    born = claim.patient.birth_date
    return f"{member}/{born:%Y%m%d}" if born else f"{member}/{claim.patient.party.first.upper()}"


def payer_order(claim: Claim) -> tuple[str, ...]:
    """The payers of a claim in the order in which they decide: primary, secondary, tertiary."""
    ranked = [(claim.subscriber.responsibility, claim.subscriber.payer)]
    ranked += [(other.responsibility, other.payer) for other in claim.other_payers]
    places = {letter: at for at, letter in enumerate(_ORDER)}
    ranked.sort(key=lambda each: places.get(each[0], len(_ORDER)))
    return tuple(dict.fromkeys(payer_key(payer) for _responsibility, payer in ranked))


def charge_postings(claim: Claim, payer: str) -> tuple[Posting, ...]:
    """The postings of a claim's charges: owed by the payer, earned by the practice, line by line."""
    account = Account(AccountKind.INSURANCE, payer)
    found = [Posting(account, line.charge, claim.id, line.number, "charge") for line in claim.lines if line.charge]
    rest = claim.charge - sum((line.charge for line in claim.lines), _ZERO)
    if rest:
        found.append(Posting(account, rest, claim.id, 0, "charge"))
    found.append(Posting(Account(AccountKind.CHARGES), -claim.charge, claim.id, 0, "charge"))
    return tuple(found)


@dataclass(slots=True)
class ClaimPosition:
    """Where one claim stands, in USD: what was charged, who owes how much of it, what was paid and taken off.

    ``charged`` = insurance + patient + paid by insurance + paid by patient + contractual + written off, to the cent.
    """

    charged: Decimal = _ZERO
    insurance: dict[str, Decimal] = field(default_factory=dict)
    patient: dict[str, Decimal] = field(default_factory=dict)
    paid_by_insurance: Decimal = _ZERO
    paid_by_patient: Decimal = _ZERO
    contractual: Decimal = _ZERO
    written_off: Decimal = _ZERO

    def copy(self) -> ClaimPosition:
        """A position of its own with the same amounts."""
        return replace(self, insurance=dict(self.insurance), patient=dict(self.patient))

    def add(self, posting: Posting) -> None:
        """Take one posting of the claim into account."""
        kind, amount, owner = posting.account.kind, posting.amount, posting.account.owner
        if kind is AccountKind.INSURANCE:
            self.insurance[owner] = self.insurance.get(owner, _ZERO) + amount
        elif kind is AccountKind.PATIENT:
            self.patient[owner] = self.patient.get(owner, _ZERO) + amount
        elif kind is AccountKind.CHARGES:
            self.charged -= amount
        elif kind is AccountKind.REMITTANCE:
            self.paid_by_insurance += amount
        elif kind is AccountKind.CASH:
            self.paid_by_patient += amount
        elif kind is AccountKind.CONTRACTUAL:
            self.contractual += amount
        elif kind is AccountKind.WRITE_OFF:
            self.written_off += amount

    @property
    def insurance_due(self) -> Decimal:
        """What all payers together are expected to pay, in USD."""
        return sum(self.insurance.values(), _ZERO)

    @property
    def patient_due(self) -> Decimal:
        """What the patient owes (negative: a credit), in USD."""
        return sum(self.patient.values(), _ZERO)

    @property
    def difference(self) -> Decimal:
        """Charged less everything that became of it: 0.00 in books that hold together."""
        gone = self.paid_by_insurance + self.paid_by_patient + self.contractual + self.written_off
        return self.charged - self.insurance_due - self.patient_due - gone


def position_of(claim: Claim) -> ClaimPosition:
    """The position of a claim of which only the charges stand in the books, owed by its payer."""
    found = ClaimPosition()
    for posting in charge_postings(claim, payer_key(claim.subscriber.payer)):
        found.add(posting)
    return found


def claim_positions(entries: Iterable[Entry]) -> dict[str, ClaimPosition]:
    """The position of every claim that the entries concern, by claim id.

    Money of a patient that is moved to a claim (an allocation) counts as paid by the patient.
    """
    found: dict[str, ClaimPosition] = {}
    for entry in entries:
        for posting in entry.postings:
            if posting.claim:
                position = found.get(posting.claim)
                if position is None:
                    position = found[posting.claim] = ClaimPosition()
                position.add(posting)
    return found


def account_balances(entries: Iterable[Entry]) -> Mapping[Account, Decimal]:
    """The balance of every account in USD, debit positive; all of them sum to 0.00."""
    totals: defaultdict[Account, Decimal] = defaultdict(lambda: _ZERO)
    for entry in entries:
        for posting in entry.postings:
            totals[posting.account] += posting.amount
    return dict(sorted(totals.items()))
