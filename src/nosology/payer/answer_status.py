"""The answer to the question what became of a claim (276 → 277), from what the payer remembers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from nosology.model.claim_parts import Dated, Party, Reference
from nosology.model.claim_status import (
    ClaimInquiry,
    ClaimStatus,
    ProviderStatus,
    Status,
    StatusCode,
    StatusInquiry,
    StatusResponse,
)
from nosology.payer.desk import STATUS_OF_WAITING
from nosology.payer.policy import Policy
from nosology.payer.reasons import REASONS
from nosology.payer.state import Decided, State, Waiting

__all__ = ["answer_status"]

_NOT_FOUND = StatusCode("D0", "35")
_PAID, _NOTHING_PAID = StatusCode("F1", "65"), StatusCode("F1", "104")
_DENIED, _REVISED = StatusCode("F2", "585"), StatusCode("F3", "101")


def answer_status(
    inquiry: StatusInquiry, policy: Policy, state: State, *, on: date, created: str, reference: str = ""
) -> StatusResponse:
    """What became of each claim that is asked for: paid, denied, revised, waiting, or not found. Never raises.

    ``created`` is CCYYMMDDHHMM; ``reference`` the number of the answer (default: that of the question).
    """
    providers: list[ProviderStatus] = []
    for each in inquiry.claims:
        found = _answer(each, state, on)
        if providers and providers[-1].parties == each.providers:
            providers[-1] = replace(providers[-1], claims=(*providers[-1].claims, found))
        else:
            providers.append(ProviderStatus(each.providers, (found,)))
    payer = Party(
        "PR", policy.payer.name, id_qualifier=policy.payer.id_qualifier, id=policy.payer.id,
        contacts=tuple(replace(each, function="IC") for each in policy.payer.contacts),
    )  # fmt: skip
    return StatusResponse(payer, inquiry.receiver, reference or inquiry.reference, created, tuple(providers))


def _answer(asked: ClaimInquiry, state: State, on: date) -> ClaimStatus:
    today = f"{on:%Y%m%d}"
    plain = ClaimStatus(asked.trace, asked.subscriber, (), patient=asked.patient)
    found = list(_decided(asked, state))
    if found:  # a duplicate is told only where nothing else is
        decided = next((each for each in found if not _is_duplicate(each)), found[0])
        references = _references(asked, decided.control, decided.payment.id)
        return replace(plain, statuses=(_status(decided, today),), references=references, dates=_dates(decided))
    for waiting in _waiting(asked, state):
        code = StatusCode(*STATUS_OF_WAITING.get(waiting.why, ("P1", "20", "")))
        status = Status((code,), today, charge=waiting.claim.charge)
        return replace(
            plain,
            statuses=(status,),
            references=_references(asked, waiting.control, waiting.claim.id),
            dates=asked.dates,
        )
    status = Status((_NOT_FOUND,), today, charge=asked.charge)
    return replace(plain, statuses=(status,), references=asked.references, dates=asked.dates)


def _number(asked: ClaimInquiry, qualifier: str) -> str:
    return next((each.value for each in asked.references if each.qualifier == qualifier), "")


def _decided(asked: ClaimInquiry, state: State) -> Iterator[Decided]:
    """Decided claims, newest first, by the payer's number; else by the biller's, or charge and day, of the patient."""
    control, name = _number(asked, "1K"), _number(asked, "EJ")
    numbers = {asked.subscriber.party.id, asked.patient.party.id if asked.patient else ""} - {""}
    days = {day for each in asked.dates if each.qualifier == "472" for day in (each.first,) if day}
    for each in reversed(state.decided):
        if control:
            if each.control == control:
                yield each
            continue
        if each.member not in numbers:
            continue
        served = {one.day for one in each.served}
        same = each.payment.charge == asked.charge and (not days or not served or bool(days & served))
        if (name and each.payment.id == name) or (not name and same):
            yield each


def _is_duplicate(decided: Decided) -> bool:
    """True if every service was denied as one that had been decided before."""
    adjustments = [*decided.payment.adjustments, *(each for line in decided.payment.lines for each in line.adjustments)]
    return bool(adjustments) and all(each.reason == REASONS["duplicate"].carc for each in adjustments)


def _waiting(asked: ClaimInquiry, state: State) -> Iterator[Waiting]:
    control, name = _number(asked, "1K"), _number(asked, "EJ")
    numbers = {asked.subscriber.party.id, asked.patient.party.id if asked.patient else ""} - {""}
    for each in reversed(state.waiting):
        mine = each.claim.subscriber.person.party.id in numbers or each.claim.person.party.id in numbers
        if (control and each.control == control) or (
            not control and mine and (each.claim.id == name if name else each.claim.charge == asked.charge)
        ):
            yield each


def _status(decided: Decided, today: str) -> Status:
    payment = decided.payment
    allowed = any(each.allowed is not None for each in decided.served) or payment.paid > 0
    code = _REVISED if not decided.final else _PAID if payment.paid else _NOTHING_PAID if allowed else _DENIED
    decided_on = f"{decided.decided_on:%Y%m%d}" if decided.decided_on else ""
    paid_on = f"{decided.paid_on:%Y%m%d}" if decided.paid_on and payment.paid else ""
    return Status(
        (code,), today, charge=payment.charge, paid=payment.paid, adjudicated=decided_on, check_date=paid_on,
        check=decided.trace if paid_on else "",
    )  # fmt: skip


def _references(asked: ClaimInquiry, control: str, name: str) -> tuple[Reference, ...]:
    kept = tuple(each for each in asked.references if each.qualifier not in ("1K", "EJ"))
    return (Reference("1K", control), *kept, Reference("EJ", name))


def _dates(decided: Decided) -> tuple[Dated, ...]:
    days = sorted(each.day for each in decided.served if each.day is not None)
    return (Dated.on("472", days[0], days[-1]),) if days else ()
