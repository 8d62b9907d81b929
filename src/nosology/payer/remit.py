"""A payment run: decisions become one remittance for each provider, with interest and what the provider owes.

The sum of a remittance is its claim payments less its provider adjustments, and never below zero: what is missing is
carried to the next one. Source: 005010X221A1, balancing, reversals and corrections, overpayment recovery; 42 U.S.C.
1395u(c)(2)(B) for interest on late payment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from nosology.model.claim_parts import Amount, Party, Reference
from nosology.model.price import ZERO, to_cents
from nosology.model.remittance import ClaimPayment, ProviderAdjustment, Remittance
from nosology.payer.behaviour import draw, overpaid
from nosology.payer.decision import Decision
from nosology.payer.payment import reverse_payment
from nosology.payer.policy import Policy
from nosology.payer.state import Recovery, State

__all__ = ["run_payments"]

_YEAR = Decimal(365)


def run_payments(decisions: Sequence[Decision], policy: Policy, state: State, *, on: date) -> tuple[Remittance, ...]:
    """The remittances of a day, one for each billing provider, in the order in which providers first appear.

    What is paid, owed and recovered is remembered in ``state``.
    """
    by_provider: dict[str, list[Decision]] = {}
    for each in decisions:
        if each.payment is not None or each.reversal is not None:
            by_provider.setdefault(each.claim.billing.npi or each.claim.billing.id, []).append(each)
    return tuple(_pay(found, policy, state, on) for found in by_provider.values())


def _pay(decisions: list[Decision], policy: Policy, state: State, on: date) -> Remittance:
    billing = decisions[0].claim.billing
    provider = billing.npi or billing.id
    trace = f"{policy.trace_prefix}{on:%y%m%d}{state.next('payment'):06d}"
    payments: list[ClaimPayment] = []
    notes: list[ProviderAdjustment] = []
    end = date(on.year, 12, 31)
    now = {each.control for each in decisions}
    for decision in decisions:
        if decision.reversal is not None:
            payments.append(decision.reversal)
        if decision.payment is None:
            continue
        interest = _interest(decision, policy, state, on)
        if interest:
            notes.append(ProviderAdjustment(provider, end, "L6", decision.control, -interest))
        amounts = (*decision.payment.amounts, Amount("I", interest)) if interest else decision.payment.amounts
        payments.append(replace(decision.payment, amounts=amounts))
        state.pay(decision.control, on, trace)
    for taken_back, corrected, delayed in _overpayments(provider, policy, state, now):
        payments += [taken_back, corrected]
        if delayed is not None:
            notes.append(ProviderAdjustment(provider, end, "WO", delayed.reference, -delayed.amount))
            state.recoveries.append(delayed)
    amount = sum((each.paid for each in payments), ZERO) - sum((each.amount for each in notes), ZERO)
    amount, more = _recover(
        provider, end, amount, state, skip={each.reference for each in notes if each.reason == "WO"}
    )
    notes += more
    if amount < 0:
        notes.append(ProviderAdjustment(provider, end, "FB", trace, amount))
        state.recoveries.append(Recovery(provider, "FB", trace, -amount))
        amount = ZERO
    return Remittance(
        payer=replace(policy.payer, id_qualifier="", id="", references=(Reference("2U", policy.payer.id),)),
        payee=_payee(billing),
        amount=amount,
        trace=trace,
        paid_on=on,
        handling="I" if amount else "H",
        method="CHK" if amount else "NON",
        trace_origin=policy.origin,
        produced_on=on,
        claims=tuple(replace(each, group="1") for each in payments),
        provider_adjustments=tuple(notes),
        control_number=f"{state.next('transaction'):04d}",
    )


def _payee(billing: Party) -> Party:
    tax = billing.reference("EI") or billing.reference("SY")
    return Party(
        "PE", billing.name, billing.first, person=False, id_qualifier="XX" if billing.npi else billing.id_qualifier,
        id=billing.id, address=billing.address, references=(Reference("TJ", tax),) if tax else (),
    )  # fmt: skip


def _interest(decision: Decision, policy: Policy, state: State, on: date) -> Decimal:
    """Interest on what is paid later than the payer should."""
    known = state.find(decision.control)
    if known is None or decision.paid <= 0 or not policy.prompt_pay.rate:
        return ZERO
    late = (on - known.received).days - policy.prompt_pay.days
    return to_cents(decision.paid * policy.prompt_pay.rate / 100 * late / _YEAR) if late > 0 else ZERO


def _overpayments(
    provider: str, policy: Policy, state: State, now: set[str]
) -> list[tuple[ClaimPayment, ClaimPayment, Recovery | None]]:
    """Earlier payments that are found too high: taken back and corrected, at once or after further payments."""
    rates = policy.behaviour
    found = []
    if not rates.recoup:
        return []
    for each in list(state.decided):
        if each.provider != provider or each.reviewed or not each.final or each.paid_on is None or each.control in now:
            continue
        corrected = None
        if each.payment.paid > 0 and draw(policy, "recoup", each.control).random() < rates.recoup:
            corrected = overpaid(each.payment, rates.recoup_percent)
            owed = each.payment.paid - corrected.paid
            delayed = Recovery(provider, "WO", each.control, owed, rates.recoup_delay) if rates.recoup_delay else None
            if owed:
                found.append((reverse_payment(each.payment), corrected, delayed))
            else:
                corrected = None
        state.review(each.control, corrected)
    return found


def _recover(
    provider: str, end: date, amount: Decimal, state: State, *, skip: set[str]
) -> tuple[Decimal, list[ProviderAdjustment]]:
    """Take from a payment what the provider owes and is due, as far as the payment reaches."""
    notes, left = [], []
    for each in state.recoveries:
        if each.provider != provider or each.reference in skip:
            left.append(each)
        elif each.wait > 0:
            left.append(replace(each, wait=each.wait - 1))
        elif amount > 0:
            taken = min(amount, each.amount)
            amount -= taken
            notes.append(ProviderAdjustment(provider, end, each.reason, each.reference, taken))
            if taken < each.amount:
                left.append(replace(each, amount=each.amount - taken))
        else:
            left.append(each)
    state.recoveries = left
    return amount, notes
