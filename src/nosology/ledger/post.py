"""A claim payment → one balanced entry: who paid what, what nobody owes, who owes the rest, and why.

The rules, in their order:

1. What the payer paid (CLP04) lowers what it owes. Lines get their own part where the remittance tells it.
2. Group PR goes to the next payer, or to the patient when no payer is left; amounts that question the coverage wait.
3. Group CO is written off only where its reason is the contract's reduction, and never more than is still open.
4. Everything else (denials, PI, OA, unexplained differences) stays with the payer and comes on the worklist.
5. A payment that does not add up is posted as money alone: nothing is written off, nobody is billed.
6. A reversal takes the earlier entry back posting by posting; without an equal earlier entry it waits for a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from nosology.errors import UsageError
from nosology.ledger.balance import ClaimPosition, patient_key, payer_order, position_of
from nosology.ledger.match import LineMatch, match_lines
from nosology.ledger.reasons import Reasons, load_reasons
from nosology.model.claim import Claim
from nosology.model.claim_parts import Adjustment
from nosology.model.finding import Finding, Severity
from nosology.model.ledger import Account, AccountKind, Entry, EntryKind, Posting, to_cents
from nosology.model.lifecycle import ClaimEvent
from nosology.model.remittance import ClaimPayment
from nosology.model.trace import Step

__all__ = ["DeniedAmount", "PostedClaim", "post_remittance", "sums_agree"]

_ZERO = Decimal("0.00")
_835 = "ASC X12N 005010X221A1"
_PRIMACY = {"1": 0, "19": 0, "2": 1, "20": 1, "3": 2, "21": 2}
_FORWARDED = ("19", "20", "21", "23")


@dataclass(frozen=True, slots=True)
class DeniedAmount:
    """An amount that the payer refused: line (0: the claim), group and CARC, USD."""

    line: int
    group: str
    reason: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PostedClaim:
    """What a claim payment does to the books.

    ``entry`` is None where no money and no debt moves; ``events`` are what happens to the claim, in order;
    ``held`` says why a person has to decide before anything is posted ("" if nothing has to).
    """

    entry: Entry | None
    events: tuple[ClaimEvent, ...] = ()
    denied: tuple[DeniedAmount, ...] = ()
    findings: tuple[Finding, ...] = ()
    steps: tuple[Step, ...] = ()
    held: str = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entry, if there is one."""
        return (self.entry,) if self.entry else ()


def sums_agree(payment: ClaimPayment) -> bool:
    """True if charge less adjustments is the payment, for the claim and for each service, and the services sum up."""
    adjusted = sum((each.amount for each in payment.adjustments), _ZERO)
    charged = paid = own_total = _ZERO
    for line in payment.lines:
        own = sum((each.amount for each in line.adjustments), _ZERO)
        if line.paid != line.charge - own:
            return False
        charged += line.charge
        paid += line.paid
        own_total += own
    if payment.lines and (charged != payment.charge or payment.paid != paid - adjusted):
        return False
    return payment.paid == payment.charge - adjusted - own_total


def post_remittance(
    claim: Claim,
    payment: ClaimPayment,
    *,
    on: date | None = None,
    trace: str = "",
    payer: str = "",
    position: ClaimPosition | None = None,
    earlier: Sequence[Entry] = (),
    lines: Sequence[LineMatch] | None = None,
    identifier: str = "",
    source: str = "",
    by: str = "",
    sound: bool = True,
) -> PostedClaim:
    """The entry that a claim payment makes, with every amount explained; nothing is stored.

    ``on`` is the day of the payment (left out: the claim's day of service); ``trace`` names the remittance's account;
    ``payer`` the payer's account (left out: by CLP02 and who owes); ``position`` where the claim stands before (left
    out: only charged); ``earlier`` the entries of earlier payments of the claim, which a reversal needs; ``lines`` the
    matched lines; ``sound`` False if the reader found an error in the claim payment.
    """
    work = _Work(claim, payment, position or position_of(claim), trace, payer)
    day = on or next((line.date for line in claim.lines if line.date), None) or date.min
    identifier = identifier or f"{trace}/{claim.id}/{payment.status}"
    problem = _why_held(payment, sound)
    if problem:
        return PostedClaim(None, held=problem, findings=(_finding("remit-held", claim.id, problem),))
    if payment.is_reversal:
        return _reverse(work, earlier, day, identifier, source, by)
    if payment.status == "25":
        told = _finding("remit-predetermination", claim.id, "a predetermination moves no money", Severity.INFORMATION)
        return PostedClaim(None, findings=(told,))
    work.match(match_lines(claim, payment) if lines is None else lines)
    work.pay()
    if sums_agree(payment):
        work.adjust()
    else:
        work.tell("remit-unbalanced", "charge, payment and adjustments do not agree: only the money is posted")
        work.step("unbalanced", "nothing written off, nothing billed to the patient", _835 + ", balancing")
    entry = None
    if work.postings:
        memo = f"claim {claim.id}, status {payment.status}"
        entry = Entry(
            identifier,
            day,
            EntryKind.CLAIM_PAYMENT,
            tuple(work.postings),
            memo,
            source,
            by=by,
            steps=tuple(work.steps),
            payer=work.account.owner,
        )
    return PostedClaim(entry, work.events(), tuple(work.denied), tuple(work.findings), tuple(work.steps))


def _why_held(payment: ClaimPayment, sound: bool) -> str:
    if not sound:
        return "the claim payment could not be read without error"
    if payment.is_reversal:
        return "a reversal with a positive payment" if payment.paid > 0 else ""
    if payment.paid < 0:
        return "a negative payment that is no reversal"
    amounts = [payment.paid, payment.charge]
    amounts += [each.amount for each in payment.adjustments]
    for line in payment.lines:
        amounts += [line.paid, line.charge, *(each.amount for each in line.adjustments)]
    try:
        for amount in amounts:
            to_cents(amount)
    except UsageError:
        return "an amount has fractions of a cent"
    return ""


def _of(line: int) -> str:
    return f" of line {line}" if line else ""


def _finding(rule: str, claim: str, message: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(rule, severity, message, f"claim {claim}", citation=_835)


@dataclass(slots=True)
class _Work:
    """One claim payment on its way into an entry."""

    claim: Claim
    payment: ClaimPayment
    position: ClaimPosition
    trace: str
    payer: str
    postings: list[Posting] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    denied: list[DeniedAmount] = field(default_factory=list)
    line_of: Mapping[int, int] = field(default_factory=dict)
    reasons: Reasons = field(default_factory=load_reasons)
    order: tuple[str, ...] = ()
    at: int = 0
    open: Decimal = _ZERO
    moved: Decimal = _ZERO
    billed: Decimal = _ZERO

    def __post_init__(self) -> None:
        self.order = payer_order(self.claim)
        if self.payer in self.order:
            self.at = self.order.index(self.payer)
        elif self.payment.status in _PRIMACY:
            self.at = min(_PRIMACY[self.payment.status], len(self.order) - 1)
        else:
            owing = [n for n, name in enumerate(self.order) if self.position.insurance.get(name, _ZERO)]
            self.at = owing[0] if owing else 0
        self.open = self.position.insurance.get(self.order[self.at], _ZERO)

    @property
    def account(self) -> Account:
        """Of the payer who paid."""
        return Account(AccountKind.INSURANCE, self.order[self.at])

    def tell(self, rule: str, message: str, severity: Severity = Severity.WARNING) -> None:
        """Note a finding on the claim."""
        self.findings.append(_finding(rule, self.claim.id, message, severity))

    def step(self, name: str, result: str, source: str = _835, *inputs: str) -> None:
        """Note a step of the explanation."""
        self.steps.append(Step(name, result, source, inputs))

    def post(self, account: Account, amount: Decimal, line: int, reason: str) -> None:
        """Add one posting with its counterpart on the payer's account."""
        if amount:
            self.postings.append(Posting(account, amount, self.claim.id, line, reason))
            self.postings.append(Posting(self.account, -amount, self.claim.id, line, reason))
            self.open -= amount

    def taken_back(self) -> tuple[Decimal, Decimal, Decimal]:
        """Of a reversal: what had been paid, passed on as patient's share, and written off."""
        told = [*self.payment.adjustments, *(each for line in self.payment.lines for each in line.adjustments)]
        shared = sum((each.amount for each in told if self.reasons.goes_to_patient(each.group, each.reason)), _ZERO)
        written = sum((each.amount for each in told if self.reasons.writes_off(each.group, each.reason)), _ZERO)
        return -self.payment.paid, -shared, -written

    def match(self, lines: Sequence[LineMatch]) -> None:
        """Take over which line each service means; a bundle or nothing is the claim as a whole."""
        self.line_of = {each.service: each.lines[0] if len(each.lines) == 1 else 0 for each in lines}
        for each in lines:
            if not each.lines:
                self.tell(
                    "remit-line-unmatched", f"service {each.service + 1} of the remittance fits no line of the claim"
                )
            elif len(each.lines) > 1 or not {"charge", "line control number"} & set(each.reasons):
                shown = ", ".join(map(str, each.lines))
                self.step("line", f"service {each.service + 1} is line {shown}: {'; '.join(each.reasons)}")

    def pay(self) -> None:
        """Rule 1: what was paid."""
        if self.payment.charge != self.claim.charge:
            self.tell(
                "remit-other-charge",
                f"charged {self.claim.charge:.2f}, the remittance says {self.payment.charge:.2f}",
                Severity.INFORMATION,
            )
        account = Account(AccountKind.REMITTANCE, self.trace)
        rest = self.payment.paid
        if sums_agree(self.payment):
            for at, line in enumerate(self.payment.lines):
                self.post(account, line.paid, self.line_of.get(at, 0), "paid")
                rest -= line.paid
        self.post(account, rest, 0, "paid")
        self.step("paid", f"{self.payment.paid:.2f} paid by {self.order[self.at]}", _835 + ", CLP04")
        if self.open < 0:
            self.tell("remit-overpaid", f"the payer has paid {-self.open:.2f} more than it owed")

    def adjust(self) -> None:
        """Rules 2 to 4."""
        told: list[tuple[int, Adjustment]] = [(0, each) for each in self.payment.adjustments]
        for at, line in enumerate(self.payment.lines):
            told += [(self.line_of.get(at, 0), each) for each in line.adjustments]
        for line_number, each in told:
            if self.reasons.goes_to_patient(each.group, each.reason):
                self._share(line_number, each)
        for line_number, each in told:
            if self.reasons.writes_off(each.group, each.reason):
                self._write_off(line_number, each)
        for line_number, each in told:
            if self.reasons.denies(each.group, each.reason) and each.amount > 0:
                self.denied.append(DeniedAmount(line_number, each.group, each.reason, to_cents(each.amount)))
                if not self.reasons.goes_to_patient(each.group, each.reason):
                    self.step(
                        f"{each.group}-{each.reason}",
                        f"{each.amount:.2f}{_of(line_number)} not paid: stays with {self.order[self.at]} to be worked",
                        _835 + ", CAS",
                    )

    def _within(self, amount: Decimal) -> Decimal:
        return amount if amount < 0 else min(amount, max(self.open, _ZERO))

    def _share(self, line: int, each: Adjustment) -> None:
        amount = self._within(each.amount)
        reason = f"{each.group}-{each.reason}"
        if amount != each.amount:
            self.tell(
                "remit-share-capped", f"{reason} {each.amount:.2f} is more than the {amount:.2f} that are still open"
            )
        if self.at + 1 < len(self.order):
            target = self.order[self.at + 1]
            self.post(Account(AccountKind.INSURANCE, target), amount, line, reason)
            self.moved += amount
            self.step(
                reason,
                f"{amount:.2f}{_of(line)} goes on to {target}: the patient pays when insurance is done",
                _835 + ", CAS PR",
            )
        else:
            self.post(Account(AccountKind.PATIENT, patient_key(self.claim)), amount, line, reason)
            self.billed += amount
            self.step(reason, f"{amount:.2f}{_of(line)} is the patient's share; no payer is left", _835 + ", CAS PR")

    def _write_off(self, line: int, each: Adjustment) -> None:
        amount = self._within(each.amount)
        reason = f"{each.group}-{each.reason}"
        self.post(Account(AccountKind.CONTRACTUAL, self.order[self.at]), amount, line, reason)
        less = f" (of {each.amount:.2f}; the rest was taken off before)" if amount != each.amount else ""
        self.step(reason, f"{amount:.2f}{_of(line)} is not owed by contract{less}", _835 + ", CAS CO")

    def events(self) -> tuple[ClaimEvent, ...]:
        """What happens to the claim: the decision, then who is next."""
        status = self.payment.status
        if status == "23":
            return (ClaimEvent.FORWARD,)
        nothing = not (self.payment.paid or self.moved or self.billed)
        if (status == "4" and not self.payment.paid) or (self.open > 0 and (status == "4" or nothing)):
            first = ClaimEvent.DENY
        elif self.open > 0:
            first = ClaimEvent.PAY_PARTLY
        else:
            first = ClaimEvent.PAY
        if status in _FORWARDED and self.at + 1 < len(self.order):
            return (first, ClaimEvent.FORWARD)
        if self.open > 0:
            return (first,)
        if self.moved:
            return (first, ClaimEvent.NEXT_PAYER)
        patient = self.position.patient_due + self.billed
        others = (due for name, due in self.position.insurance.items() if name != self.order[self.at])
        owed = any(due > 0 for due in others)  # an overpaid payer does not keep the patient's share back
        if patient > 0 and not owed:
            return (first, ClaimEvent.RELEASE)
        if not patient and not owed and not self.open:
            return (first, ClaimEvent.CLOSE)
        return (first,)


def _reverse(work: _Work, earlier: Sequence[Entry], day: date, identifier: str, source: str, by: str) -> PostedClaim:
    """Rule 6: the entry that the reversal means is the last one of the same payment that nothing has taken back."""
    gone = {entry.reverses for entry in earlier if entry.reverses}
    paid, shared, written = wanted = work.taken_back()
    if not any(wanted):
        return PostedClaim(None, (ClaimEvent.REVERSE,))  # a denial taken back: nothing had been posted
    possible = [
        entry
        for entry in earlier
        if entry.kind is EntryKind.CLAIM_PAYMENT
        and entry.id not in gone
        and entry.payer == work.account.owner
        and entry.amount_of(AccountKind.REMITTANCE) == paid
    ]
    alike = [entry for entry in possible if _sums(entry) == (shared, written)]
    found = next(reversed(alike or possible), None)
    if found is None:
        why = "a reversal without an equal earlier payment of the claim"
        return PostedClaim(None, held=why, findings=(_finding("remit-reversal-unmatched", work.claim.id, why),))
    remittance = Account(AccountKind.REMITTANCE, work.trace)
    postings = tuple(
        Posting(
            remittance if each.account.kind is AccountKind.REMITTANCE else each.account,
            -each.amount,
            each.claim,
            each.line,
            each.reason,
        )
        for each in found.postings
    )
    step = Step("reversal", f"takes back entry {found.id}, posting by posting", _835 + ", CLP02 22")
    entry = Entry(
        identifier,
        day,
        EntryKind.REVERSAL,
        postings,
        f"claim {work.claim.id}, status 22",
        source,
        found.id,
        by,
        (step,),
        found.payer,
    )
    return PostedClaim(entry, (ClaimEvent.REVERSE,), steps=(step,))


def _sums(entry: Entry) -> tuple[Decimal, Decimal]:
    """What an entry moved on to the next who owes, and what it wrote off."""
    account = Account(AccountKind.INSURANCE, entry.payer)
    shared = (each for each in entry.postings if each.reason.startswith("PR-") and each.account != account)
    moved = sum((each.amount for each in shared), _ZERO)
    return moved, entry.amount_of(AccountKind.CONTRACTUAL)
