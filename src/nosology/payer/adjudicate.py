"""The decision on a claim: checks, coverage, edits, price, the member's share, other payers; every cent accounted for.

For every line, and for the claim, charge − adjustments = paid. Sources stand with the reasons (``payer.reasons``) and
in the steps of each decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nosology.edits.desk import Books
from nosology.model.claim import Claim
from nosology.model.claim_parts import Adjustment
from nosology.model.encounter import Setting
from nosology.model.price import ZERO, to_cents
from nosology.model.remittance import ClaimPayment
from nosology.model.trace import Step
from nosology.payer.allow import Allowed, allow
from nosology.payer.case import Case, Denial, open_case, service_code
from nosology.payer.coordination import Coordinated, PriorDecision, coordinate, prior_decisions
from nosology.payer.coverage import COVERAGE
from nosology.payer.decision import Decision, LineDecision, Outcome
from nosology.payer.edit_denials import check_edits
from nosology.payer.payment import pay_claim, reverse_payment
from nosology.payer.policy import Policy
from nosology.payer.reasons import REASONS
from nosology.payer.screen import SCREENS, credits_of, find_original
from nosology.payer.share import Limits, Share, limits_of
from nosology.payer.state import Decided, Served, State, digest_claim

__all__ = ["adjudicate"]

_CHECKS = (*SCREENS, *COVERAGE, ("edits", check_edits))
_NOT_INSURED = ("before coverage", "after coverage", "after death")
_STATUS = {Outcome.PAID: ("F1", "65", ""), Outcome.DENIED: ("F2", "585", ""), Outcome.VOIDED: ("F3", "101", "")}


def adjudicate(
    claim: Claim,
    policy: Policy,
    state: State,
    *,
    on: date,
    received: date | None = None,
    control: str = "",
    books: Books | None = None,
    extra: Iterable[str] = (),
    shape: Callable[[ClaimPayment], ClaimPayment] | None = None,
    digest: str = "",
) -> Decision:
    """Decide a claim on a day and remember the decision in ``state``. Never raises because of what a claim says.

    ``received`` is the day it came in (default ``on``), ``control`` its number with the payer (default: the next).
    ``extra`` are situations that deny it besides and ``shape`` changes how the remittance tells it, both for rehearsal.
    ``books`` keeps code sets open over many claims; ``digest`` is that of the claim, where it is known.
    """
    control = control or f"{on:%y%m%d}{state.next('claim'):07d}"
    case = open_case(claim, policy, state, on=on, received=received, books=books)
    case.digest = digest or digest_claim(claim)
    original = find_original(case)
    reversal = None
    if original is not None:
        case.replaced = original.control
        reversal = reverse_payment(original.payment)
        case.note(
            "first claim", f"{original.control} is taken back", "frequency code of the claim (NUBC, form locator 4)"
        )
        if claim.frequency == "8":
            state.close(original.control)
            status = _STATUS[Outcome.VOIDED]
            return Decision(claim, control, Outcome.VOIDED, None, reversal, (), tuple(case.steps), status)
    denials = _run_checks(case, extra)
    whole = next((each for each in denials if each.line is None), None)
    if whole is None and case.encounter.setting is Setting.INPATIENT:
        whole = _outside_coverage(case, denials)
    if whole is not None and whole.situation in ("original not found", "duplicate"):
        original, reversal, case.replaced = None, None, ""
    if original is not None:
        state.close(original.control)
    by_line: dict[int, Denial] = {}
    for each in denials:
        if each.line is not None and whole is None:
            by_line.setdefault(each.line, each)
    limits = limits_of(case, case.member, case.plan) if case.member is not None and case.plan is not None else None
    if whole is not None or limits is None:
        settled = _deny_claim(case, whole or case.deny("unknown member"))
    else:
        settled = _decide_lines(case, by_line, limits)
    lines = settled.lines
    allowed = {place for place, line in enumerate(lines) if line.allowed is not None}
    outcome = Outcome.PAID if allowed or settled.stay_allowed else Outcome.DENIED
    served = tuple(_served(case, place, line) for place, line in enumerate(lines))
    if claim.predetermination:
        lines, limits, served, allowed = tuple(_as_estimate(each) for each in lines), None, (), set()
    payment = pay_claim(case, control, lines, settled.adjustments, settled.remarks, settled.drg)
    if shape is not None:
        payment = shape(payment)
    decided = Decided(
        control=control,
        digest=case.digest,
        member=case.member.id if case.member else "",
        provider=claim.billing.npi,
        received=case.received,
        payment=payment,
        served=served,
        used=limits.used(settled.spent) if limits is not None and whole is None else (),
        credits=credits_of(case, allowed),
        decided_on=on,
    )
    state.add(decided)
    status = _STATUS[outcome]
    return Decision(claim, control, outcome, payment, reversal, lines, tuple(case.steps), status)


def _run_checks(case: Case, extra: Iterable[str]) -> list[Denial]:
    """The denials of every check in order; nothing more is asked once the whole claim is denied."""
    found: list[Denial] = []
    for name, check in _CHECKS:
        made = list(check(case))
        found += made
        case.note(name, "; ".join(dict.fromkeys(each.situation for each in made)) or "nothing against it")
        stay = case.encounter.setting is Setting.INPATIENT  # it has one price, whatever becomes of its lines
        if any(each.line is None for each in made) or (_all_denied(case, found) and not stay):
            return found
    found += [case.deny(situation) for situation in extra]
    return found


def _outside_coverage(case: Case, denials: list[Denial]) -> Denial | None:
    """The denial of a stay, which has one price, if no day of its services is insured."""
    outside = [each for each in denials if each.situation in _NOT_INSURED]
    return replace(outside[0], line=None) if outside and _all_denied(case, outside) else None


def _all_denied(case: Case, denials: list[Denial]) -> bool:
    return {each.line for each in denials} >= set(range(len(case.claim.lines)))


def _adjust(situation: str, amount: Decimal) -> Adjustment:
    reason = REASONS[situation]
    return Adjustment(reason.group, reason.carc, amount)


def _refusal(denial: Denial, amount: Decimal) -> tuple[Adjustment, ...]:
    return (_adjust(denial.situation, amount),) if amount else ()


def _why_denied(denial: Denial) -> Step:
    reason = REASONS[denial.situation]
    codes = " ".join((f"{reason.group}-{reason.carc}", *reason.remarks))
    return Step(f"denied ({codes})", denial.step.result, denial.step.source, denial.step.inputs)


@dataclass(frozen=True, slots=True)
class _Settled:
    """What was decided: the lines, or adjustments of the claim as a whole; ``spent`` is the patient's in USD."""

    lines: tuple[LineDecision, ...]
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    drg: str = ""
    spent: Decimal = ZERO
    stay_allowed: bool = False


def _deny_claim(case: Case, denial: Denial) -> _Settled:
    """Every line denied for the same reason; at claim level where the lines do not make the claim."""
    claim, remarks = case.claim, REASONS[denial.situation].remarks
    step = _why_denied(denial)
    case.steps.append(step)
    if not _by_line(case):
        return _Settled((), _refusal(denial, claim.charge), remarks)
    lines = tuple(
        LineDecision(line.number, line.charge, None, ZERO, _refusal(denial, line.charge), remarks)
        for line in claim.lines
    )
    return _Settled(lines, (), remarks)


def _by_line(case: Case) -> bool:
    """True if the remittance can tell the lines: they make up the claim, and it is no stay."""
    claim = case.claim
    sound = bool(claim.lines) and sum(line.charge for line in claim.lines) == claim.charge
    return sound and case.encounter.setting is not Setting.INPATIENT and claim.charge >= 0


def _decide_lines(case: Case, denied: dict[int, Denial], limits: Limits) -> _Settled:
    """Price what was not denied and settle it line by line, or the stay as a whole."""
    claim = case.claim
    stay = case.encounter.setting is Setting.INPATIENT
    good = [place for place in range(len(claim.lines)) if stay or place not in denied]
    prices = allow(case, good) if good else Allowed()
    case.steps += prices.claim_steps
    prior = prior_decisions(claim)
    if stay:
        return _decide_stay(case, prices, limits, prior)
    made, spent = [], ZERO
    for place, line in enumerate(claim.lines):
        if place in denied:
            denial = denied[place]
            reason = REASONS[denial.situation]
            made.append(LineDecision(line.number, line.charge, None, ZERO, _refusal(denial, line.charge),
                                     reason.remarks, (_why_denied(denial),)))  # fmt: skip
            continue
        amount = prices.lines.get(place)
        if amount is None:
            denial = case.deny("no price", service_code(line), line=place)
            made.append(LineDecision(line.number, line.charge, None, ZERO, _refusal(denial, line.charge), (),
                                     (_why_denied(denial),)))  # fmt: skip
            continue
        share = limits.take(
            service_code(line), amount, line.date, fixed=prices.fixed.get(place), full=place in prices.full
        )
        told = _settle(case, line.charge, amount, share, prices, prior.get(place) if prior else None)
        paid, adjustments, steps = told
        all_steps = (*prices.steps.get(place, ()), *share.steps, *steps)
        made.append(LineDecision(line.number, line.charge, amount, paid, adjustments, (), all_steps))
        spent += sum((each.amount for each in adjustments if each.group == "PR" and each.reason != "45"), ZERO)
    return _Settled(tuple(made), spent=spent)


def _decide_stay(case: Case, prices: Allowed, limits: Limits, prior: dict[int, PriorDecision] | None) -> _Settled:
    """A stay: one price and one share for all of it, told at claim level."""
    claim = case.claim
    amounts = list(prices.lines.values())
    amount = prices.stay if prices.whole else None if None in amounts or not amounts else sum(
        (each for each in amounts if each is not None), ZERO)  # fmt: skip
    if amount is None:
        denial = case.deny("no price" if prices.drg or not prices.whole else "stay")
        case.steps.append(_why_denied(denial))
        return _Settled((), _refusal(denial, claim.charge), REASONS[denial.situation].remarks)
    share = limits.take("", amount, case.day)
    together = None
    if prior:
        together = PriorDecision(
            sum((each.paid for each in prior.values()), ZERO), sum((each.patient for each in prior.values()), ZERO)
        )
    _paid, adjustments, steps = _settle(case, claim.charge, amount, share, prices, together)
    case.steps += [*share.steps, *steps]
    spent = sum((each.amount for each in adjustments if each.group == "PR" and each.reason != "45"), ZERO)
    return _Settled((), adjustments, (), prices.drg, spent, stay_allowed=True)


def _settle(
    case: Case, charge: Decimal, allowed: Decimal, share: Share, prices: Allowed, prior: PriorDecision | None
) -> tuple[Decimal, tuple[Adjustment, ...], tuple[Step, ...]]:
    """From the charge to what is paid: each difference an adjustment with its reason."""
    found: list[Adjustment] = []
    steps: list[Step] = []
    above = "contract" if case.provider is not None else "above allowed"
    if prior is None:
        if charge != allowed:
            found.append(_adjust(above if charge > allowed else "more than charged", charge - allowed))
        found += _shares(share, share.total)
        paid = allowed - share.total
    else:
        told: Coordinated = coordinate(
            case.policy.cob, charge=charge, allowed=min(allowed, charge), share=min(share.total, charge), prior=prior
        )
        if told.prior:
            found.append(_adjust("prior payer", told.prior))
        if told.written_off:
            found.append(_adjust(above, told.written_off))
        found += _shares(share, told.patient)
        paid = told.paid
        steps.append(told.step)
    percent = prices.terms.benefits.sequestration
    less = to_cents(paid * percent / 100)
    if less:
        found.append(_adjust("sequestration", less))
        steps.append(Step("sequestration", f"{percent} % of {paid:.2f}: {less:.2f}", "2 U.S.C. 901a(6)"))
    return paid - less, tuple(found), tuple(steps)


def _shares(share: Share, total: Decimal) -> list[Adjustment]:
    """The parts of the patient's share, cut to what is really left to the patient: deductible, copay, coinsurance."""
    found, left = [], total
    for situation, amount in (
        ("deductible", share.deductible),
        ("copayment", share.copayment),
        ("coinsurance", share.coinsurance),
    ):
        part = min(amount, left)
        left -= part
        if part:
            found.append(_adjust(situation, part))
    return found


def _as_estimate(line: LineDecision) -> LineDecision:
    """A line of a predetermination: what would be paid is told, and nothing is paid."""
    if not line.paid:
        return line
    more = (*line.adjustments, _adjust("predetermination", line.paid))
    return LineDecision(line.number, line.charge, line.allowed, ZERO, more, line.remarks, line.steps)


def _served(case: Case, place: int, line: LineDecision) -> Served:
    served = case.encounter.lines[place]
    benefit = case.plan.benefit(service_code(case.claim.lines[place])) if case.plan else None
    return Served(
        service_code(case.claim.lines[place]), served.modifiers, served.date, served.units,
        served.provider or case.encounter.rendering_npi, line.allowed, benefit.id if benefit else "",
    )  # fmt: skip
