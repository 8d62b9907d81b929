"""Money that must not go astray: random remittances over random claims, contracts and payer behaviours.

``python bench/books.py [--count 100000] [--seed 1]`` posts them and checks after every tenth that
the books are balanced to the cent, claim by claim against what the payers really decided. No file is written.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from nosology.ledger.balance import ClaimPosition, account_balances, charge_postings, payer_order
from nosology.ledger.match import ClaimIndex
from nosology.ledger.remit import remittance_digest
from nosology.ledger.settle import Standing, settle_remittance
from nosology.model.claim import Claim, ClaimForm, ClaimLine, OtherPayer, Patient, Subscriber
from nosology.model.claim_parts import Adjustment, Dated, Party, ProcedureId, Reference
from nosology.model.ledger import AccountKind, Entry, EntryKind
from nosology.model.remittance import ClaimPayment, ProviderAdjustment, Remittance, ServicePayment

__all__ = ["Office", "main", "make_claim", "run"]

ZERO = Decimal("0.00")
CODES = ("99213", "99214", "93000", "80053", "85025", "36415", "71046", "20610", "11042", "G0439")
MODIFIERS = ("25", "59", "RT", "LT", "26", "TC")
PAYERS = ("PAYER1", "PAYER2", "PAYER3", "PAYER4", "PAYER5")
SURNAMES = ("ABLE", "BAKER", "CHANDLER", "DYER", "FLETCHER", "MASON", "SMITH", "TURNER")


def cents(number: int) -> Decimal:
    return Decimal(number).scaleb(-2)


def make_claim(rng: random.Random, number: int) -> Claim:
    """A claim of one to five lines with one to three payers."""
    day = date(2026, 1, 1) + timedelta(days=rng.randrange(300))
    lines = []
    for at in range(1, rng.choice((1, 1, 2, 2, 3, 4, 5)) + 1):
        modifiers = tuple(rng.sample(MODIFIERS, rng.choice((0, 0, 0, 1, 2))))
        code = ProcedureId("HC", rng.choice(CODES), modifiers)
        charge = cents(rng.randrange(100, 80000))
        lines.append(ClaimLine(at, code, charge, dates=(Dated.on("472", day),), pointers=(1,)))
    payers = rng.sample(PAYERS, rng.choice((1, 1, 1, 2, 2, 3)))
    person = Party("IL", rng.choice(SURNAMES), "PAT", person=True, id_qualifier="MI", id=f"M{number:08d}")
    others = tuple(
        OtherPayer(letter, "18", person, Party("PR", f"EXAMPLE {payer}", id_qualifier="PI", id=payer))
        for letter, payer in zip("ST", payers[1:], strict=False)
    )
    return Claim(
        ClaimForm.PROFESSIONAL,
        f"ACCT{number:07d}",
        sum((line.charge for line in lines), ZERO),
        Party("85", "CLINIC", id_qualifier="XX", id="1234567893"),
        Subscriber(Patient(person), Party("PR", f"EXAMPLE {payers[0]}", id_qualifier="PI", id=payers[0])),
        tuple(lines),
        facility="11",
        facility_qualifier="B",
        other_payers=others,
    )


@dataclass(slots=True)
class Truth:
    """What the payers really decided about a claim: how much of each line is still with whom."""

    open: list[Decimal]  # by line, with the payer whose turn it is
    turn: int = 0
    paid: Decimal = ZERO
    contractual: Decimal = ZERO
    patient: Decimal = ZERO
    stuck: Decimal = ZERO  # refused by payers that are done
    history: list[tuple[Truth, ClaimPayment]] = field(default_factory=list)

    def copy(self) -> Truth:
        return Truth(list(self.open), self.turn, self.paid, self.contractual, self.patient, self.stuck)


class Office:
    """A practice with its books in memory, and the payers that answer it in every way that payers have."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = random.Random(seed)
        self.claims: dict[str, Claim] = {}
        self.names: list[str] = []
        self.truth: dict[str, Truth] = {}
        self.index = ClaimIndex()
        self.entries: list[Entry] = []
        self.by_claim: defaultdict[str, list[Entry]] = defaultdict(list)
        self.positions: dict[str, ClaimPosition] = {}
        self.seen: set[str] = set()
        self.cash = self.unapplied = ZERO
        self.off: dict[str, Decimal] = {}
        self.count: Counter[str] = Counter()
        self.standing = Standing(
            self.index.match,
            lambda claim: self.positions.get(claim) or ClaimPosition(),
            lambda claim: self.by_claim[claim],
        )

    def _keep(self, entry: Entry) -> None:
        self.entries.append(entry)
        for posting in entry.postings:
            if posting.claim:
                self.positions.setdefault(posting.claim, ClaimPosition()).add(posting)
        for claim in entry.claims:
            self.by_claim[claim].append(entry)

    def charge(self) -> Claim:
        claim = make_claim(self.rng, len(self.claims) + 1)
        self.claims[claim.id] = claim
        self.names.append(claim.id)
        self.truth[claim.id] = Truth([line.charge for line in claim.lines])
        self.index.add(claim)
        postings = charge_postings(claim, payer_order(claim)[0])
        self._keep(Entry(f"charge/{claim.id}", date(2026, 5, 1), EntryKind.CHARGE, postings))
        return claim

    # -- what payers do

    def decide(self, claim: Claim) -> ClaimPayment:
        """The decision of the payer whose turn it is; sometimes it says nothing about what it did not pay."""
        rng, truth = self.rng, self.truth[claim.id]
        before = truth.copy()
        last = truth.turn + 1 >= len(payer_order(claim))
        silent = rng.random() < 0.02
        denied = rng.random() < 0.08
        lines, moved = [], []
        for line, open_ in zip(claim.lines, truth.open, strict=True):
            adjustments: list[Adjustment] = []
            gone = line.charge - open_
            if gone:
                adjustments.append(Adjustment("OA", "23", gone))
            if denied or rng.random() < 0.07:
                group, reason = rng.choice((("CO", "16"), ("CO", "50"), ("CO", "97"), ("PI", "204"), ("CO", "29")))
                if open_:
                    adjustments.append(Adjustment(group, reason, open_))
                paid, next_open = ZERO, ZERO
                if not silent:
                    truth.stuck += open_
            else:
                less = cents(int(open_ * 100 * rng.randrange(0, 60)) // 100)
                rest = open_ - less
                share = cents(int(rest * 100) * rng.choice((0, 0, 10, 20, 100)) // 100)
                paid, next_open = rest - share, share
                if less:
                    cut = cents(int(less * 100) // 50) if rng.random() < 0.2 else ZERO
                    adjustments.append(Adjustment("CO", "45", less - cut))
                    if cut:
                        adjustments.append(Adjustment("CO", "253", cut))
                if share:
                    adjustments.append(Adjustment("PR", rng.choice("123"), share))
                if not silent:
                    truth.contractual += less
            truth.paid += paid
            moved.append(next_open)
            lines.append(self._service(line, paid, () if silent else tuple(adjustments)))
        payment = ClaimPayment(
            claim.id,
            "4" if denied else str(truth.turn + 1),
            claim.charge,
            sum((each.paid for each in lines), ZERO),
            sum(moved, ZERO),
            payer_control_number=f"ICN{rng.randrange(10**9):09d}",
            parties=(replace(claim.subscriber.person.party, role="QC"),),
            lines=tuple(lines),
        )
        spoken = not silent or payment.paid == payment.charge
        if not spoken:  # only the money is posted; all else stays with this payer
            truth.stuck += sum(before.open, ZERO) - payment.paid
            truth.open = [ZERO] * len(moved)
        elif last:
            truth.patient += sum(moved, ZERO)
            truth.open = [ZERO] * len(moved)
        else:
            truth.open = moved
        if silent and spoken:
            truth.open = [ZERO] * len(moved)
        truth.turn += 1
        truth.history.append((before, payment))
        return self._mangle(payment)

    def _service(self, line: ClaimLine, paid: Decimal, adjustments: tuple[Adjustment, ...]) -> ServicePayment:
        assert line.procedure is not None
        references = (Reference("6R", str(line.number)),) if self.rng.random() < 0.5 else ()
        return ServicePayment(
            line.procedure, line.charge, paid, dates=line.dates, adjustments=adjustments, references=references
        )

    def _mangle(self, payment: ClaimPayment) -> ClaimPayment:
        """What payers do to names and numbers on the way."""
        rng = self.rng
        chance = rng.random()
        if chance < 0.05:
            payment = replace(payment, id=payment.id.lower())
            self.count["control number changed"] += 1
        elif chance < 0.08:
            payment = replace(payment, id=f"00{payment.id}")
            self.count["control number padded"] += 1
        if rng.random() < 0.15:
            payment = replace(
                payment,
                lines=tuple(replace(each, procedure=ProcedureId("HC", each.procedure.code)) for each in payment.lines),
            )
            self.count["modifiers dropped"] += 1
        if rng.random() < 0.05:
            payment = replace(payment, lines=tuple(rng.sample(payment.lines, len(payment.lines))))
        if rng.random() < 0.04 and len(payment.lines) > 1:
            payment = replace(payment, lines=(_bundled(payment.lines),))
            self.count["lines bundled"] += 1
        elif rng.random() < 0.04:
            payment = replace(payment, lines=tuple(_split(payment.lines)))
            self.count["lines split"] += 1
        return payment

    def reverse(self, claim: Claim) -> ClaimPayment | None:
        """The payer takes its last decision back."""
        truth = self.truth[claim.id]
        if not truth.history:
            return None
        before, payment = truth.history.pop()
        history = truth.history
        self.truth[claim.id] = before
        before.history = history
        self.count["reversed"] += 1
        return _negative(payment)

    def _waits_for_next(self, name: str) -> bool:
        """True if a further payer owes a decision on the claim."""
        truth = self.truth[name]
        more = truth.turn < len(payer_order(self.claims[name]))
        return more and not truth.stuck and bool(sum(truth.open, ZERO))

    def remittance(self, number: int) -> Remittance:
        """One payment for one to three claims, with everything around it."""
        rng = self.rng
        payer = rng.choice(PAYERS)
        payments: list[ClaimPayment] = []
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            old = rng.choice(self.names) if self.names and not payments and rng.random() < 0.35 else ""
            if old and self._waits_for_next(old):
                claim = self.claims[old]
                payer = payer_order(claim)[self.truth[old].turn]
                payments = [self.decide(claim)]
                break
            if old and rng.random() < 0.3 and self.truth[old].history:
                claim = self.claims[old]
                payer = payer_order(claim)[self.truth[old].turn - 1]
                back = self.reverse(claim)
                assert back is not None
                payments = [back]
                if rng.random() < 0.7:
                    payments.append(self.decide(claim))
                    self.count["corrected"] += 1
                break
            claim = self.charge()
            if payments and payer_order(claim)[0] != payer:
                continue  # it stays unpaid for now
            payer = payer_order(claim)[0]
            payments.append(self.decide(claim))
        if rng.random() < 0.03:
            stranger = ClaimPayment(f"XX{number}", "1", cents(rng.randrange(10**6)), cents(rng.randrange(10**5)))
            payments.append(stranger)
            self.unapplied += stranger.paid
            self.count["unknown claim"] += 1
        adjustments = tuple(self._plb()) if rng.random() < 0.15 else ()
        total = sum((each.paid for each in payments), ZERO) - sum((each.amount for each in adjustments), ZERO)
        if total < 0:  # nothing is ever paid below zero: the rest is carried forward
            adjustments = (*adjustments, ProviderAdjustment("1234567893", date(2026, 12, 31), "FB", "", total))
            self.count["carried forward"] += 1
            total = ZERO
        trace = f"T{number:08d}"
        if rng.random() < 0.01:
            off = cents(rng.randrange(1, 10**5))
            total += off
            self.off[f"{payer}/{trace}"] = off
            self.count["payment wrong"] += 1
        return Remittance(
            Party("PR", f"EXAMPLE {payer}", id_qualifier="XV", id=payer),
            Party("PE", "CLINIC", id_qualifier="XX", id="1234567893"),
            total,
            trace,
            date(2026, 6, 1),
            claims=tuple(payments),
            provider_adjustments=adjustments,
        )

    def _plb(self) -> Iterator[ProviderAdjustment]:
        for _ in range(self.rng.choice((1, 1, 2))):
            reason = self.rng.choice(("L6", "WO", "FB", "CS", "72", "J1", "AP"))
            amount = cents(self.rng.randrange(-5000, 5000))
            yield ProviderAdjustment("1234567893", date(2026, 12, 31), reason, "", amount)

    # -- what the office does

    def post(self, remittance: Remittance) -> None:
        digest = remittance_digest(remittance)
        if digest in self.seen:
            self.count["seen before"] += 1
            return
        self.seen.add(digest)
        settled = settle_remittance(remittance, self.standing, on=date(2026, 6, 2))
        for entry in settled.entries:
            self._keep(entry)
        self.cash += remittance.amount
        for each in settled.payments:
            known = each.payment.id.upper().lstrip("0").startswith("ACCT")
            if bool(each.waits) == known:
                raise AssertionError(f"payment of {each.payment.id}: {each.waits or 'matched a stranger'}")
        self.count["remittances"] += 1
        self.count["claim payments"] += len(settled.payments)

    def check(self) -> None:
        """Every sum that must hold, to the cent."""
        balances = account_balances(self.entries)
        assert not sum(balances.values(), ZERO), "the books do not balance"
        for account, amount in balances.items():
            if account.kind is AccountKind.REMITTANCE:
                assert -amount == self.off.get(account.owner, ZERO), f"{account} is off by {amount}"
        of_kind: defaultdict[AccountKind, Decimal] = defaultdict(lambda: ZERO)
        for account, amount in balances.items():
            of_kind[account.kind] += amount
        assert of_kind[AccountKind.CASH] == self.cash, "cash"
        assert -of_kind[AccountKind.UNAPPLIED] == self.unapplied, "unapplied"
        for name, truth in self.truth.items():
            position = self.positions[name]
            assert not position.difference, f"{name}: {position.difference} astray"
            told = (truth.paid, truth.contractual, truth.patient, sum(truth.open, ZERO) + truth.stuck)
            kept = (position.paid_by_insurance, position.contractual, position.patient_due, position.insurance_due)
            assert told == kept, f"{name}: the payers decided {told}, the books say {kept}"


def _negative(payment: ClaimPayment) -> ClaimPayment:
    def back(adjustments: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
        return tuple(replace(each, amount=-each.amount) for each in adjustments)

    lines = tuple(
        replace(each, charge=-each.charge, paid=-each.paid, adjustments=back(each.adjustments))
        for each in payment.lines
    )
    return replace(payment, status="22", charge=-payment.charge, paid=-payment.paid, lines=lines)


def _bundled(lines: tuple[ServicePayment, ...]) -> ServicePayment:
    first = lines[0]
    return replace(
        first,
        procedure=ProcedureId("HC", "99999"),
        charge=sum((each.charge for each in lines), ZERO),
        paid=sum((each.paid for each in lines), ZERO),
        adjustments=tuple(each for line in lines for each in line.adjustments),
        references=(),
    )


def _split(lines: tuple[ServicePayment, ...]) -> Iterator[ServicePayment]:
    for line in lines:
        half = line.charge - line.paid
        if line.paid and half and sum((each.amount for each in line.adjustments), ZERO) == half:
            yield replace(line, charge=line.paid, adjustments=(), references=())
            yield replace(line, charge=half, paid=ZERO, references=())
        else:
            yield line


def run(count: int, seed: int = 1, *, every: int = 5000) -> Office:
    """Post ``count`` random remittances; raises AssertionError where a cent is astray."""
    office = Office(seed)
    for number in range(count):
        remittance = office.remittance(number)
        office.post(remittance)
        if office.rng.random() < 0.03:
            office.post(remittance)  # the same file again
        if number % every == every - 1:
            office.check()
    office.check()
    return office


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="remittances")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begin = time.perf_counter()
    office = run(asked.count, asked.seed, every=max(asked.count // 10, 1))
    seconds = time.perf_counter() - begin
    counted = f"{asked.count:,} remittances, {len(office.claims):,} claims, {len(office.entries):,} entries"
    print(f"{counted}: balanced to the cent")
    print(f"{seconds:.1f} s, {office.count['claim payments'] / seconds:,.0f} claim payments a second with all checks")
    for what, number in sorted(office.count.items()):
        print(f"  {what}: {number:,}")


if __name__ == "__main__":
    main()
