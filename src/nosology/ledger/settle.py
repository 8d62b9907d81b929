"""A whole remittance → its entries: the money, each claim payment where it belongs, the provider's account.

Pure: what stands in the books comes in as :class:`Standing`, what is to be written goes out as :class:`Settlement`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from nosology.ledger.balance import ClaimPosition, payer_key
from nosology.ledger.match import ClaimMatch
from nosology.ledger.post import PostedClaim, post_remittance
from nosology.ledger.remit import (
    money_entry,
    provider_adjustment_entry,
    remittance_account,
    remittance_digest,
    unmatched_entry,
)
from nosology.model.claim import Claim
from nosology.model.finding import Finding, Severity
from nosology.model.ledger import Entry
from nosology.model.remittance import ClaimPayment, Remittance

__all__ = ["SettledPayment", "Settlement", "Standing", "settle_remittance"]


@dataclass(slots=True)
class Standing:
    """What the books know of the claims: how to find one (``ClaimIndex.match``), where it stands, what was posted.

    ``position`` and ``history`` are asked once for each claim that a remittance touches.
    """

    match: Callable[[ClaimPayment], ClaimMatch]
    position: Callable[[str], ClaimPosition]
    history: Callable[[str], Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class SettledPayment:
    """One claim payment with its place in the remittance (0-based), its match and what became of it.

    ``waits`` says why it is kept unmatched ("" if it is posted).
    """

    ordinal: int
    payment: ClaimPayment
    match: ClaimMatch
    posted: PostedClaim | None
    entry: Entry | None
    waits: str = ""

    @property
    def claim(self) -> Claim | None:
        """The claim it was posted to, None where it waits."""
        return None if self.waits else self.match.claim


@dataclass(frozen=True, slots=True)
class Settlement:
    """Everything that a remittance does: its digest, its entries in order, its claim payments, what was noticed."""

    digest: str
    entries: tuple[Entry, ...]
    payments: tuple[SettledPayment, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Books:
    """The standing while a remittance is worked: what one claim payment does, the next one sees."""

    standing: Standing
    positions: dict[str, ClaimPosition] = field(default_factory=dict)
    histories: dict[str, list[Entry]] = field(default_factory=dict)

    def look(self, claim: str) -> tuple[ClaimPosition, list[Entry]]:
        if claim not in self.positions:
            self.positions[claim] = self.standing.position(claim).copy()
            self.histories[claim] = list(self.standing.history(claim))
        return self.positions[claim], self.histories[claim]

    def take(self, claim: str, entry: Entry) -> None:
        position, history = self.look(claim)
        for posting in entry.postings:
            if posting.claim == claim:
                position.add(posting)
        history.append(entry)


def settle_remittance(
    remittance: Remittance,
    standing: Standing,
    *,
    on: date,
    source: str = "",
    by: str = "",
    unsound: frozenset[str] = frozenset(),
) -> Settlement:
    """The entries of a remittance on the day that it is posted; claim payments that fit no claim are kept apart.

    ``unsound`` names the claims (CLP01) in which the reader found an error: they wait for a person.
    """
    digest = remittance_digest(remittance)
    key = f"835/{digest[:20]}"
    source = source or f"trace {remittance.trace}"
    books = _Books(standing)
    entries: list[Entry] = []
    findings: list[Finding] = []
    payments: list[SettledPayment] = []
    money = money_entry(remittance, f"{key}/money", on, source=source, by=by)
    entries += [money] if money else []
    trace = remittance_account(remittance).owner
    payer = payer_key(remittance.payer)
    for ordinal, payment in enumerate(remittance.claims):
        match = standing.match(payment)
        posted = None
        waits = "" if match.claim else "; ".join(match.reasons)
        if match.claim:
            position, history = books.look(match.claim.id)
            posted = post_remittance(
                match.claim,
                payment,
                on=on,
                trace=trace,
                payer=payer,
                position=position,
                earlier=history,
                lines=match.lines,
                identifier=f"{key}/{ordinal}",
                source=source,
                by=by,
                sound=payment.id not in unsound,
            )
            waits = posted.held
            findings += posted.findings
        else:
            findings.append(
                Finding(
                    "remit-unmatched",
                    Severity.WARNING,
                    f"claim payment {ordinal + 1} fits no claim of the books: {waits}; it is kept",
                    f"trace {remittance.trace}",
                    fix="nosology ledger balance shows it; nosology ledger match posts it when the claim is known",
                )
            )
        entry = posted.entry if posted else None
        if waits:
            entry = unmatched_entry(remittance, payment, f"{key}/{ordinal}", on, source=source, why=waits)
        elif match.claim and entry:
            books.take(match.claim.id, entry)
        entries += [entry] if entry else []
        payments.append(SettledPayment(ordinal, payment, match, posted, entry, waits))
    other = provider_adjustment_entry(remittance, remittance.provider_adjustments, f"{key}/plb", on, source=source)
    entries += [other] if other else []
    return Settlement(digest, tuple(entries), tuple(payments), tuple(findings))
