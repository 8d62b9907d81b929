"""Claims go out once: a batch is written into the books, staged, released, and only then called sent.

``intended`` (nothing has left), ``sending`` (staged; released or about to be), ``sent``, ``confirmed`` (999 or TA1).
After a crash :func:`recover_submissions` looks where the file lies before it does anything: a file that was released is
never released again, and one that was not is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nosology.clearinghouse.interface import Clearinghouse, Place
from nosology.clearinghouse.partner import Partner
from nosology.errors import UsageError
from nosology.ledger.balance import charge_postings, patient_key, payer_key
from nosology.model.claim import Claim
from nosology.model.ledger import Account, AccountKind, Entry, EntryKind, Posting, reverse_entry, to_cents
from nosology.model.lifecycle import ClaimEvent, ClaimState, next_state
from nosology.model.trace import Step
from nosology.store.books import Books
from nosology.store.codec import to_json

__all__ = ["Submission", "mark_sent", "record_sent_claims", "recover_submissions", "submit_claims"]

_Writer = Callable[..., str]
_DECIDED = (ClaimState.PAID, ClaimState.PARTIALLY_PAID, ClaimState.PATIENT_BALANCE, ClaimState.CLOSED)


@dataclass(frozen=True, slots=True)
class Submission:
    """A batch: the name of its file, its control number, the claims in it, and how far it is."""

    name: str
    partner: str
    control_number: int
    claims: tuple[str, ...]
    state: str


def submit_claims(
    books: Books,
    claims: Sequence[Claim],
    house: Clearinghouse,
    partner: Partner,
    *,
    on: date,
    created: str,
    key: str,
    write: _Writer | None = None,
) -> Submission:
    """Write the claims into one file, with control numbers that this partner never had, and send it once.

    The same ``key`` again sends nothing anew: it answers with the same batch, and finishes it if it was broken off.
    ``created`` is CCYYMMDDHHMM; ``write`` writes the file (``x12.claim_837.write_837``).

    Raises:
        UsageError: a claim cannot be sent in its state, stands twice in the batch, or there are too many or none.
        NosologyError: the partner cannot be reached; the batch is kept, and goes out with :func:`recover_submissions`.
    """
    if not claims or len(claims) > partner.claims_per_file:
        raise UsageError(f"a batch for {partner.name} has 1 to {partner.claims_per_file} claims, not {len(claims)}")
    if len({claim.id for claim in claims}) < len(claims) or len({claim.form for claim in claims}) > 1:
        raise UsageError("the claims of a batch are of one form, and each stands in it once")
    digest = hashlib.sha256("\n".join(to_json(claim) for claim in claims).encode()).hexdigest()
    with books.transaction():
        name = books.recall_call(key, "submit_claims", digest)
        if name is None:
            name = _intend(books, claims, partner, on, created, write or _write_837)
            books.remember_call(key, "submit_claims", digest, name, on)
    _deliver(books, house, name, on)
    return _submission(books, name)


def record_sent_claims(books: Books, claims: Iterable[Claim], *, on: date, source: str) -> tuple[str, ...]:
    """Take over claims that were sent by other means (another system, paper): submitted and charged, once each.

    ``source`` says how they went out. What the patient had paid by then (AMT F5) is taken over too, or it would be
    asked for again. Claims that are in the books stay as they are, unless what comes replaces (7) or voids (8) one that
    was decided. The claims that were taken.
    """
    new = []
    with books.transaction():
        for claim in claims:
            row = books.claim(claim.id)
            known = row is not None
            digest = hashlib.sha256(to_json(replace(claim, envelope=None)).encode()).hexdigest()
            call = (f"sent/{claim.id}/{digest}", "record_sent_claims", digest)
            waits = row is not None and next_state(row.state, ClaimEvent.QUEUE) is None
            if books.recall_call(*call) is not None or waits or (known and claim.frequency not in ("7", "8")):
                continue
            name = f"{source}/{digest[:8]}" if known else source
            books.save_claim(claim, payer_key(claim.subscriber.payer))
            books.move_claim(claim.id, ClaimEvent.QUEUE, on, name)
            _sent(books, claim.id, name, on)
            if not known:
                _paid_before(books, claim, source, on)
            books.remember_call(*call, claim.id, on)
            new.append(claim.id)
    return tuple(new)


def _paid_before(books: Books, claim: Claim, source: str, on: date) -> None:
    """The money of the patient that a claim from elsewhere names; a replacement or void only repeats it."""
    paid = to_cents(sum((each.amount for each in claim.amounts if each.qualifier == "F5"), Decimal(0)))
    if paid <= 0 or claim.frequency in ("7", "8"):
        return
    step = Step("paid before", f"{paid:.2f} paid by the patient before the claim was sent", "AMT F5 of the claim")
    postings = (
        Posting(Account(AccountKind.CASH), paid, claim.id, 0, "before the claim"),
        Posting(Account(AccountKind.PATIENT, patient_key(claim)), -paid, claim.id, 0, "patient payment"),
    )
    entry = f"patient/{claim.id}/before"
    memo = "payment of the patient, as the claim says"
    books.add_entry(Entry(entry, on, EntryKind.PATIENT_PAYMENT, postings, memo, source, steps=(step,)))


def _write_837(claims: Sequence[Claim], *, envelope: object) -> str:
    from nosology.x12.claim_837 import write_837

    return write_837(claims, envelope=envelope)  # type: ignore[arg-type]


def _intend(books: Books, claims: Sequence[Claim], partner: Partner, on: date, created: str, write: _Writer) -> str:
    number = books.next_number(partner.name, "interchange")
    name = f"{partner.name}-{number:09d}.837"
    data = write(claims, envelope=partner.envelope(number, created)).encode()
    books.execute(
        "INSERT INTO batches VALUES (?, ?, 'intended', ?, ?, ?, ?)",
        (name, partner.name, number, on.isoformat(), hashlib.sha256(data).hexdigest(), data),
    )
    for claim in claims:
        payer = payer_key(claim.subscriber.payer)
        known = books.claim(claim.id)
        if known is not None and known.state in _DECIDED and claim.frequency not in ("7", "8"):
            raise UsageError(f"claim {claim.id} is {known.state}: what follows is a replacement (7) or a void (8)")
        books.save_claim(claim, payer)
        books.move_claim(claim.id, ClaimEvent.QUEUE, on, name)
        books.execute("INSERT INTO batch_claims VALUES (?, ?, ?)", (name, claim.id, payer))
    return name


def _deliver(books: Books, house: Clearinghouse, name: str, on: date) -> None:
    """Bring a batch from wherever it stands to ``sent``."""
    row = books.execute("SELECT state, body FROM batches WHERE name = ?", (name,)).fetchone()
    if row["state"] == "intended":
        house.stage(name, row["body"])
        with books.transaction():
            books.execute("UPDATE batches SET state = 'sending' WHERE name = ? AND state = 'intended'", (name,))
        house.release(name)
    elif row["state"] == "sending":
        if house.look(name) is Place.STAGED:
            house.release(name)
    else:
        return
    with books.transaction():
        mark_sent(books, name, on)


def mark_sent(books: Books, name: str, on: date) -> None:
    """Within a transaction: a batch that was being sent is sent, its claims are submitted and charged."""
    changed = books.execute("UPDATE batches SET state = 'sent' WHERE name = ? AND state = 'sending'", (name,))
    if changed.rowcount:
        for claim in _submission(books, name).claims:
            _sent(books, claim, name, on)


def _sent(books: Books, identifier: str, name: str, on: date) -> None:
    row = books.claim(identifier)
    assert row is not None
    books.move_claim(identifier, ClaimEvent.SEND, on, name)
    entry = f"charge/{identifier}/{name}"
    claim = row.claim
    standing = _standing_charge(books, identifier)
    if standing is not None and claim.frequency == "1" and -standing.amount_of(AccountKind.CHARGES) != claim.charge:
        memo = f"claim {identifier} sent anew with another charge"
        books.add_entry(reverse_entry(standing, f"{entry}/anew", on, memo=memo, source=name))
        standing = None
    if claim.frequency in ("7", "8"):
        why = "replaced" if claim.frequency == "7" else "voided"
        if standing is not None:
            memo = f"claim {identifier} {why}"
            books.add_entry(reverse_entry(standing, f"{entry}/{why}", on, memo=memo, source=name))
            standing = None
        _end_original(books, claim, f"{entry}/{why} original", why, name, on)
    if claim.frequency == "8":
        books.move_claim(identifier, ClaimEvent.VOID, on, name)
    elif standing is None and claim.charge:
        step = Step("charge", f"{claim.charge} charged to {row.payer}", "CLM02 and the lines of the claim")
        books.add_entry(
            Entry(
                entry,
                on,
                EntryKind.CHARGE,
                charge_postings(claim, row.payer),
                f"claim {identifier}",
                name,
                steps=(step,),
                payer=row.payer,
            )
        )


def _standing_charge(books: Books, claim: str) -> Entry | None:
    """The entry that charged a claim and that nothing has taken back."""
    charges = [each for each in books.entries(claim=claim) if each.kind is EntryKind.CHARGE]
    return next((each for each in reversed(charges) if not books.is_reversed(each.id)), None)


def _end_original(books: Books, claim: Claim, entry: str, why: str, name: str, on: date) -> None:
    """A replacement or void under a number of its own ends the claim that it names by the payer's number (REF F8)."""
    number = claim.payer_control_number
    rows = books.execute(
        "SELECT id, state FROM claims WHERE payer_number = ? AND id <> ?", (number, claim.id)
    ).fetchall()
    if not number or len(rows) != 1:
        return
    event = ClaimEvent.REPLACE if why == "replaced" else ClaimEvent.VOID
    if next_state(ClaimState(rows[0]["state"]), event) is None:
        return
    original = rows[0]["id"]
    charge = _standing_charge(books, original)
    if charge is not None:
        books.add_entry(reverse_entry(charge, entry, on, memo=f"claim {original} {why} by {claim.id}", source=name))
    books.move_claim(original, event, on, name, f"{why} by {claim.id}")


def recover_submissions(books: Books, houses: dict[str, Clearinghouse], *, on: date) -> tuple[Submission, ...]:
    """Finish every batch that was broken off, by partner; those that it finished. Call it when the office opens."""
    rows = books.execute("SELECT name, partner FROM batches WHERE state IN ('intended', 'sending') ORDER BY name")
    found = []
    for row in rows.fetchall():
        if row["partner"] in houses:
            _deliver(books, houses[row["partner"]], row["name"], on)
            found.append(_submission(books, row["name"]))
    return tuple(found)


def _submission(books: Books, name: str) -> Submission:
    row = books.execute("SELECT * FROM batches WHERE name = ?", (name,)).fetchone()
    claims = books.execute("SELECT claim FROM batch_claims WHERE batch = ? ORDER BY claim", (name,)).fetchall()
    return Submission(name, row["partner"], row["interchange"], tuple(each["claim"] for each in claims), row["state"])
