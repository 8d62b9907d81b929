"""Remittances into the books: a file, a paper explanation of benefits, a payment that a person has matched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from nosology.errors import UsageError
from nosology.ledger.balance import payer_key
from nosology.ledger.match import ClaimIndex, ClaimMatch, match_lines
from nosology.ledger.post import post_remittance as post_claim_payment
from nosology.ledger.remit import remittance_account, remittance_digest
from nosology.ledger.settle import SettledPayment, Settlement, Standing, settle_remittance
from nosology.model.claim import Claim
from nosology.model.finding import Finding, Severity
from nosology.model.ledger import reverse_entry
from nosology.model.lifecycle import ClaimEvent, ClaimState, next_state
from nosology.model.remittance import ClaimPayment, Remittance
from nosology.store.books import Books
from nosology.store.codec import from_json, to_json
from nosology.store.payments import denied_text
from nosology.x12.remittance_835 import RemittanceFile

__all__ = [
    "PostedRemittance",
    "match_waiting_payment",
    "post_remittance",
    "record_manual_payment",
]

_UNSENT = frozenset({ClaimState.DRAFT, ClaimState.HELD, ClaimState.READY, ClaimState.QUEUED})


@dataclass(frozen=True, slots=True)
class PostedRemittance:
    """What became of one remittance: ``posted``, ``already`` (it was posted before), or ``held`` and why."""

    remittance: Remittance
    outcome: str
    settlement: Settlement | None = None
    findings: tuple[Finding, ...] = ()
    why: str = ""


def post_remittance(
    books: Books, file: RemittanceFile, *, on: date, source: str, who: str = ""
) -> tuple[PostedRemittance, ...]:
    """Post every payment of an 835 file, in one transaction. What was posted before stays as it is.

    Held, and kept for a person: a payment that breaks off or has no trace number, and one whose payer and trace number
    are in the books with other contents.
    """
    unsound = {id(each.remittance): each.unsound for each in file.payments}
    incomplete = {id(each.remittance) for each in file.payments if not each.complete}
    done = []
    with books.transaction():
        find = _Finder(books)
        for remittance in file.remittances:
            done.append(
                _post(
                    books,
                    find,
                    remittance,
                    on=on,
                    source=source,
                    who=who,
                    unsound=unsound[id(remittance)],
                    incomplete=id(remittance) in incomplete,
                )
            )
    return tuple(done)


def record_manual_payment(
    books: Books, remittance: Remittance, *, on: date, source: str, who: str, note: str, key: str
) -> PostedRemittance:
    """Post a payment that came on paper: ``source`` (letter, portal, check stub), ``who`` entered it, and a ``note``.

    The same ``key`` again posts nothing; another payment needs another key, even of the same sum.

    Raises:
        UsageError: source, who or note is empty, or the key was used for another payment.
    """
    for what, text in (("where it comes from", source), ("who enters it", who), ("a note", note)):
        if not text.strip():
            raise UsageError(f"a payment entered by hand needs {what}")
    digest = remittance_digest(remittance)
    with books.transaction():
        if books.recall_call(key, "record_manual_payment", digest) is not None:
            return PostedRemittance(remittance, "already")
        done = _post(books, _Finder(books), remittance, on=on, source=f"by hand: {source}", who=who, note=note)
        books.remember_call(key, "record_manual_payment", digest, done.outcome, on)
    return done


class _Finder:
    """Finds claims: by their control number at once, otherwise among all claims, which are then read once."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._index: ClaimIndex | None = None
        self._states: dict[str, ClaimState] = {}

    def match(self, payment: ClaimPayment) -> ClaimMatch:
        """The claim that a payment means; one that was never sent cannot have been paid."""
        row = self._books.claim(payment.id) if payment.id else None
        match = ClaimIndex([row.claim]).match(payment) if row else None
        if match is None or match.claim is None:
            if self._index is None:
                self._index = self._books.index()
            match = self._index.match(payment)
        if match.claim is not None:
            found = self._books.claim(match.claim.id)
            if found is not None and found.state in _UNSENT and not self._books.position(found.claim.id).charged:
                return replace(match, claim=None, reasons=(f"claim {found.claim.id} was never sent",))
        return match

    @property
    def standing(self) -> Standing:
        """For :func:`settle_remittance`."""
        return Standing(self.match, self._books.position, lambda claim: self._books.entries(claim=claim))


def _hold(books: Books, remittance: Remittance, digest: str, on: date, source: str, why: str) -> PostedRemittance:
    books.execute(
        "INSERT OR IGNORE INTO held_remittances VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            digest,
            payer_key(remittance.payer),
            remittance.trace,
            int(remittance.amount.scaleb(2)),
            on.isoformat(),
            source,
            why,
            to_json(remittance),
        ),
    )
    finding = Finding("remit-held", Severity.ERROR, f"not posted, and kept: {why}", f"trace {remittance.trace}")
    return PostedRemittance(remittance, "held", None, (finding,), why)


def _post(
    books: Books,
    find: _Finder,
    remittance: Remittance,
    *,
    on: date,
    source: str,
    who: str,
    note: str = "",
    unsound: frozenset[str] = frozenset(),
    incomplete: bool = False,
) -> PostedRemittance:
    digest = remittance_digest(remittance)
    payer = payer_key(remittance.payer)
    if incomplete:
        return _hold(books, remittance, digest, on, source, "it breaks off or lacks its payment")
    if not remittance.trace.strip():
        return _hold(books, remittance, digest, on, source, "it has no trace number")
    if remittance.amount != round(remittance.amount, 2) or remittance.amount < 0:
        return _hold(books, remittance, digest, on, source, "its amount cannot be")
    known = books.execute(
        "SELECT digest FROM remittances WHERE payer = ? AND trace = ?", (payer, remittance.trace)
    ).fetchone()
    if known is not None:
        if known["digest"] == digest:
            return PostedRemittance(remittance, "already")
        why = "another payment with this trace number is in the books"
        return _hold(books, remittance, digest, on, source, why)
    settled = settle_remittance(remittance, find.standing, on=on, source=source, by=who, unsound=unsound)
    books.execute(
        "INSERT INTO remittances VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            digest,
            payer,
            remittance.trace,
            int(remittance.amount.scaleb(2)),
            remittance.paid_on.isoformat() if remittance.paid_on else None,
            on.isoformat(),
            source,
            who,
            note,
            to_json(remittance),
        ),
    )
    for entry in settled.entries:
        books.add_entry(entry)
    findings = list(settled.findings)
    for each in settled.payments:
        _keep_payment(books, digest, payer, each, on)
        if each.claim is not None and each.posted is not None:
            findings += _let_happen(books, each.claim, each.payment, each.posted.events, on, f"835/{digest[:20]}")
    return PostedRemittance(remittance, "posted", settled, tuple(findings))


def _keep_payment(books: Books, digest: str, payer: str, each: SettledPayment, on: date) -> None:
    entry = each.entry.id if each.entry else None
    denied = denied_text(each.posted.denied) if each.posted else ""
    actual = each.entry.payer if each.entry and each.entry.payer else payer
    books.execute(
        "INSERT INTO claim_payments VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            digest,
            each.ordinal,
            each.claim.id if each.claim else None,
            actual,
            each.waits,
            entry,
            denied,
            on.isoformat(),
        ),
    )


def _let_happen(
    books: Books,
    claim: Claim,
    payment: ClaimPayment,
    events: tuple[ClaimEvent, ...],
    on: date,
    source: str,
) -> list[Finding]:
    if payment.payer_control_number:
        number = payment.payer_control_number
        books.execute("UPDATE claims SET payer_number = ? WHERE id = ?", (number, claim.id))
    for event in events:
        row = books.claim(claim.id)
        assert row is not None
        if next_state(row.state, event) is None:
            message = f"claim {claim.id} is {row.state}: the money is posted, the state stays (no way to {event})"
            return [Finding("remit-state", Severity.WARNING, message, f"claim {claim.id}")]
        books.move_claim(claim.id, event, on, source, f"CLP02 {payment.status}")
    return []


def match_waiting_payment(
    books: Books,
    digest: str,
    ordinal: int,
    claim_id: str,
    *,
    on: date,
    who: str,
    accept: Callable[[ClaimPayment], bool] | None = None,
) -> tuple[Finding, ...]:
    """Post a claim payment that waits to the claim that a person says; the money leaves the unapplied account.

    ``ordinal`` is its place in the remittance, from 0.

    Raises:
        UsageError: it does not wait, was matched before, or the claim is not in the books.
    """
    with books.transaction():
        row = books.execute(
            "SELECT * FROM claim_payments WHERE remittance = ? AND ordinal = ? AND claim IS NULL", (digest, ordinal)
        ).fetchone()
        done = books.execute("SELECT 1 FROM matches WHERE remittance = ? AND ordinal = ?", (digest, ordinal)).fetchone()
        claim = books.claim(claim_id)
        if row is None or done is not None or claim is None:
            raise UsageError("that payment does not wait, or the claim is not in the books")
        body = books.execute("SELECT body FROM remittances WHERE digest = ?", (digest,)).fetchone()["body"]
        remittance = from_json(Remittance, body)
        payment = remittance.claims[ordinal]
        posted = post_claim_payment(
            claim.claim,
            payment,
            on=on,
            trace=remittance_account(remittance).owner,
            payer=payer_key(remittance.payer),
            position=books.position(claim_id),
            earlier=books.entries(claim=claim_id),
            lines=match_lines(claim.claim, payment),
            identifier=f"835/{digest[:20]}/{ordinal}/matched",
            source=f"trace {remittance.trace}",
            by=who,
        )
        if posted.held or (accept is not None and not accept(payment)):
            raise UsageError(f"that payment cannot be posted: {posted.held or 'not accepted'}")
        waiting = books.entry(row["entry"]) if row["entry"] else None
        if waiting is not None:
            books.add_entry(reverse_entry(waiting, f"{waiting.id}/taken", on, memo="matched by hand", by=who))
        if posted.entry is not None:
            books.add_entry(posted.entry)
        books.execute(
            "INSERT INTO matches VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                digest,
                ordinal,
                claim_id,
                posted.entry.id if posted.entry else None,
                denied_text(posted.denied),
                on.isoformat(),
                who,
            ),
        )
        found = _let_happen(books, claim.claim, payment, posted.events, on, f"835/{digest[:20]}")
    return (*posted.findings, *found)
