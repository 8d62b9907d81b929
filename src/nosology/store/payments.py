"""Reading the books: what was refused, what waits, the remittances held."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nosology.ledger.denials import DenialSource
from nosology.ledger.post import DeniedAmount
from nosology.model.remittance import Remittance
from nosology.store.books import Books
from nosology.store.codec import from_json

__all__ = ["HeldRemittance", "WaitingPayment", "denial_sources", "denied_text", "held_remittances", "waiting_payments"]


@dataclass(frozen=True, slots=True)
class WaitingPayment:
    """A claim payment that fits no claim or needs a person: its remittance (digest), place, payer, USD, and why."""

    remittance: str
    ordinal: int
    payer: str
    claim: str  # as the payer names it
    paid: Decimal
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class HeldRemittance:
    """A remittance that was not posted, and why."""

    digest: str
    payer: str
    trace: str
    amount: Decimal
    on: date
    why: str


def denied_text(denied: Iterable[DeniedAmount]) -> str:
    """Refused amounts as they are kept."""
    return json.dumps([[each.line, each.group, each.reason, str(each.amount)] for each in denied])


def _denied(text: str) -> tuple[DeniedAmount, ...]:
    found = json.loads(text) if text else []
    return tuple(DeniedAmount(line, group, reason, Decimal(amount)) for line, group, reason, amount in found)


def denial_sources(books: Books) -> tuple[DenialSource, ...]:
    """Every claim payment that was posted, in its order, as the worklist of denials needs it."""
    rows = books.execute(
        "SELECT p.remittance, p.ordinal, coalesce(p.claim, m.claim) AS claim, p.payer, "
        "coalesce(m.day, p.day) AS day, coalesce(m.denied, p.denied) AS denied, r.body "
        "FROM claim_payments p JOIN remittances r ON r.digest = p.remittance "
        "LEFT JOIN matches m ON m.remittance = p.remittance AND m.ordinal = p.ordinal "
        "WHERE coalesce(p.claim, m.claim) IS NOT NULL ORDER BY r.rowid, p.ordinal"
    ).fetchall()
    bodies: dict[str, Remittance] = {}
    found = []
    for row in rows:
        digest = row["remittance"]
        if digest not in bodies:
            bodies[digest] = from_json(Remittance, row["body"])
        payment = bodies[digest].claims[row["ordinal"]]
        day = date.fromisoformat(row["day"])
        found.append(DenialSource(row["claim"], row["payer"], day, payment, _denied(row["denied"])))
    return tuple(found)


def waiting_payments(books: Books) -> tuple[WaitingPayment, ...]:
    """The claim payments that nobody has matched yet."""
    rows = books.execute(
        "SELECT p.*, r.body FROM claim_payments p JOIN remittances r ON r.digest = p.remittance WHERE p.claim IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM matches m WHERE m.remittance = p.remittance AND m.ordinal = p.ordinal) "
        "ORDER BY r.rowid, p.ordinal"
    ).fetchall()
    found = []
    for row in rows:
        payment = from_json(Remittance, row["body"]).claims[row["ordinal"]]
        found.append(
            WaitingPayment(
                row["remittance"],
                row["ordinal"],
                row["payer"],
                payment.id,
                payment.paid,
                date.fromisoformat(row["day"]),
                row["waits"],
            )
        )
    return tuple(found)


def held_remittances(books: Books) -> tuple[HeldRemittance, ...]:
    """The remittances that were not posted and are kept."""
    rows = books.execute("SELECT * FROM held_remittances ORDER BY rowid").fetchall()
    return tuple(
        HeldRemittance(
            row["digest"],
            row["payer"],
            row["trace"],
            Decimal(row["cents"]).scaleb(-2),
            date.fromisoformat(row["day"]),
            row["why"],
        )
        for row in rows
    )
