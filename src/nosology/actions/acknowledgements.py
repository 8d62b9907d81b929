"""What the other side answers to a batch: TA1 and 999 to the file, 277CA to each claim, 277 on where a claim is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nosology.actions.submission import mark_sent
from nosology.model.edi import EdiFinding
from nosology.model.finding import Finding, Severity
from nosology.model.lifecycle import ClaimEvent, ClaimState, next_state
from nosology.store.books import Books
from nosology.x12.ack_999 import read_999_transaction
from nosology.x12.ack_ta1 import read_ta1
from nosology.x12.claim_acknowledgement import parse_277ca
from nosology.x12.status_response import parse_277
from nosology.x12.syntax import Transaction, read_transactions

__all__ = ["ClaimMove", "RecordedAcknowledgement", "record_acknowledgement"]

_WORDS = {ClaimEvent.RECEIVE: "received", ClaimEvent.REJECT: "rejected", ClaimEvent.ACCEPT: "accepted"}


@dataclass(frozen=True, slots=True)
class ClaimMove:
    """What an acknowledgement did to one claim."""

    claim: str
    event: ClaimEvent
    state: ClaimState
    why: str


@dataclass(frozen=True, slots=True)
class RecordedAcknowledgement:
    """What a file of acknowledgements did: the claims that moved, and what fitted nothing. ``again``: it was known."""

    moves: tuple[ClaimMove, ...]
    findings: tuple[Finding, ...]
    again: bool = False


def record_acknowledgement(
    books: Books, data: bytes | str, *, partner: str, on: date, name: str = "the file"
) -> RecordedAcknowledgement:
    """Let the claims move as a file of TA1, 999 or 277CA says. The same file again changes nothing.

    An answer that cannot be (an acceptance after the payment) or that names no claim or batch of ours is a finding.

    Raises:
        UnreadableInput: the file holds no X12.
    """
    raw = data.encode() if isinstance(data, str) else data
    digest = hashlib.sha256(raw).hexdigest()
    envelope: list[EdiFinding] = []
    sets = list(read_transactions(raw, name=name, report=envelope.append))
    work = _Work(books, partner, on, name, [], [])
    with books.transaction():
        if books.recall_call(f"ack/{partner}/{digest}", "record_acknowledgement", digest) is not None:
            return RecordedAcknowledgement((), (), again=True)
        for answer in read_ta1(raw, name=name):
            if answer.verdict == "R":
                work.reject_interchange(answer.control, answer.code)
        for transaction in sets:
            work.take(transaction)
        books.remember_call(f"ack/{partner}/{digest}", "record_acknowledgement", digest, "", on)
    findings = [each.as_finding() for each in envelope if each.severity is Severity.ERROR]
    return RecordedAcknowledgement(tuple(work.moves), (*findings, *work.findings))


@dataclass(slots=True)
class _Work:
    books: Books
    partner: str
    on: date
    name: str
    moves: list[ClaimMove]
    findings: list[Finding]

    def take(self, transaction: Transaction) -> None:
        if transaction.id in ("999", "997"):
            self._take_999(transaction)
        elif transaction.id == "277" and "X212" in transaction.version:
            for response in parse_277(transaction):
                for told in response.claims:
                    if any(code.category.startswith("P") for each in told.statuses for code in each.codes):
                        self._move(told.id or told.trace, ClaimEvent.PEND, "277 pended")
        elif transaction.id == "277":
            for answer in parse_277ca(transaction):
                for claim in answer.claims:
                    if claim.payer_control_number:
                        self.books.execute(
                            "UPDATE claims SET payer_number = ? WHERE id = ?", (claim.payer_control_number, claim.id)
                        )
                    codes = sorted({f"{c.category}:{c.status}" for each in claim.statuses for c in each.codes})
                    event = ClaimEvent.ACCEPT if claim.accepted else ClaimEvent.REJECT
                    self._move(claim.id, event, f"277CA {', '.join(codes)}")
        else:
            self._tell("ack-other", f"a transaction set {transaction.id[:3]} is no acknowledgement")

    def _take_999(self, transaction: Transaction) -> None:
        answer = read_999_transaction(transaction)
        batch = self._batch(answer.control)
        if batch is None:
            self._tell("ack-unknown-batch", f"group {answer.control[:9]} is none of our batches for {self.partner}")
            return
        verdicts = {each.verdict for each in answer.sets} or {answer.verdict}
        rejected = verdicts <= {"R", "M", "W", "X"}
        event = ClaimEvent.REJECT if rejected else ClaimEvent.RECEIVE
        self._confirm(batch)
        codes = [code for each in answer.sets for code in each.codes] or list(answer.codes)
        for claim in self._claims(batch):
            self._move(claim, event, " ".join(["999", answer.verdict, *codes]))

    def reject_interchange(self, control: str, code: str) -> None:
        batch = self._batch(control)
        if batch is None:
            self._tell("ack-unknown-batch", f"interchange {control[:9]} is none of our batches for {self.partner}")
            return
        self._confirm(batch)
        for claim in self._claims(batch):
            self._move(claim, ClaimEvent.REJECT, f"TA1 {code}")

    def _batch(self, control: str) -> str | None:
        if not (control.isascii() and control.isdigit()):
            return None
        row = self.books.execute(
            "SELECT name, state FROM batches WHERE partner = ? AND interchange = ? AND state <> 'intended'",
            (self.partner, int(control)),
        ).fetchone()
        if row is not None and row["state"] == "sending":  # the answer proves that it went out
            mark_sent(self.books, row["name"], self.on)
        return str(row["name"]) if row else None

    def _confirm(self, batch: str) -> None:
        self.books.execute("UPDATE batches SET state = 'confirmed' WHERE name = ? AND state = 'sent'", (batch,))

    def _claims(self, batch: str) -> Iterator[str]:
        rows = self.books.execute("SELECT claim FROM batch_claims WHERE batch = ? ORDER BY claim", (batch,))
        for row in rows.fetchall():
            yield row["claim"]

    def _move(self, claim: str, event: ClaimEvent, why: str) -> None:
        row = self.books.claim(claim)
        if row is None:
            self._tell("ack-unknown-claim", "a claim that is acknowledged is not in the books")
        elif next_state(row.state, event) is None:
            self._tell("ack-out-of-order", f"claim {claim} is {row.state} and cannot be {_WORDS.get(event, event)} now")
        else:
            state = self.books.move_claim(claim, event, self.on, self.name, why)
            self.moves.append(ClaimMove(claim, event, state, why))

    def _tell(self, rule: str, message: str) -> None:
        self.findings.append(Finding(rule, Severity.WARNING, message, self.name))
