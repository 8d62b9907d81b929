"""The worklist of denials: what was refused, of what kind, until when something can be done, and what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from nosology.codes.carc import appeal_outlook, find_carc
from nosology.ledger.balance import ClaimPosition
from nosology.ledger.post import DeniedAmount
from nosology.ledger.reasons import load_reasons
from nosology.model.remittance import ClaimPayment
from nosology.model.trace import Step

__all__ = ["DenialItem", "DenialSource", "denial_worklist", "denied_amounts", "remarks_of"]


@dataclass(frozen=True, slots=True)
class DenialSource:
    """A posted claim payment as the worklist needs it: the claim, the payer's account, the day, what was refused."""

    claim: str
    payer: str
    on: date
    payment: ClaimPayment
    denied: tuple[DeniedAmount, ...]


@dataclass(frozen=True, slots=True)
class DenialItem:
    """One refusal to work. ``amount`` in USD; ``deadline`` after which the way is shut; ``appeal`` False where the
    payer gives no right of appeal, so that only a corrected claim helps."""

    claim: str
    line: int
    payer: str
    group: str
    reason: str
    remarks: tuple[str, ...]
    amount: Decimal
    kind: str
    title: str
    next_step: str
    appeal: bool
    decided: date
    deadline: date
    steps: tuple[Step, ...]


def remarks_of(payment: ClaimPayment) -> tuple[str, ...]:
    """The remark codes of a claim payment: of its services (LQ), and of the claim (MIA, MOA)."""
    found = [code for line in payment.lines for _list, code in line.remarks]
    found += [payment.inpatient[at] for at in (4, 19, 20, 21, 22) if at < len(payment.inpatient)]
    found += [payment.outpatient[at] for at in (2, 3, 4, 5, 6) if at < len(payment.outpatient)]
    return tuple(dict.fromkeys(code for code in found if code))


def denied_amounts(payment: ClaimPayment) -> tuple[DeniedAmount, ...]:
    """What a claim payment refuses, by its own lines (1, 2 …; 0 the claim), without looking at the claim."""
    reasons = load_reasons()
    told = [(0, each) for each in payment.adjustments]
    told += [(at, each) for at, line in enumerate(payment.lines, 1) for each in line.adjustments]
    return tuple(
        DeniedAmount(line, each.group, each.reason, each.amount)
        for line, each in told
        if reasons.denies(each.group, each.reason) and each.amount > 0
    )


def denial_worklist(
    sources: Iterable[DenialSource], positions: dict[str, ClaimPosition], *, terms: dict[str, int] | None = None
) -> tuple[DenialItem, ...]:
    """The refusals that are still open, the nearest deadline first.

    Only the last decision of a payer on a claim counts, and only while that payer still owes something for it.
    ``terms`` are days for an appeal by payer, where its contract or manual says so.
    """
    last: dict[tuple[str, str], DenialSource] = {}
    for source in sources:
        last[source.claim, source.payer] = source
    items: list[DenialItem] = []
    for (claim, payer), source in last.items():
        position = positions.get(claim)
        due = position.insurance.get(payer, Decimal(0)) if position else Decimal(0)
        if due > 0 and not source.payment.is_reversal:
            items += _items(source, due, (terms or {}).get(payer))
    return tuple(sorted(items, key=lambda each: (each.deadline, each.claim, each.line, each.reason)))


def _items(source: DenialSource, due: Decimal, term: int | None) -> Sequence[DenialItem]:
    reasons = load_reasons()
    remarks = remarks_of(source.payment)
    shut = reasons.no_appeal & set(remarks)
    denied = source.denied or (DeniedAmount(0, "", "", due),)
    found = []
    for each in denied:
        kind = reasons.denial_class(each.reason)
        words = find_carc(each.reason)
        said = words.words if words else kind.title
        if not each.reason:
            title, step = "paid less than charged, and the remittance does not say why", "ask the payer for the reason"
        elif shut:
            title, step = said, "no appeal: correct the claim and send it as a new one"
        else:
            title, step = said, kind.step
        days = term or kind.days
        why = Step(
            "denial",
            f"{each.group}-{each.reason} is {kind.name}; {days} days from {source.on}",
            "42 CFR 405.942; 29 CFR 2560.503-1(h)" if term is None else "the payer's own term",
        )
        found.append(
            DenialItem(
                source.claim,
                each.line,
                source.payer,
                each.group,
                each.reason,
                remarks,
                min(each.amount, due),
                kind.name if each.reason else "unexplained",
                title,
                step,
                not shut and appeal_outlook([(each.group, each.reason)], remarks).answer != "no",
                source.on,
                source.on + timedelta(days=days),
                (why,),
            )
        )
    return found
