"""The member's share of allowed amounts: deductible first, then copay and coinsurance, up to the out-of-pocket maximum.

What was used so far comes from the policy (elsewhere) and from the payer's memory; member and family count at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nosology.model.price import ZERO, to_cents
from nosology.model.trace import Step
from nosology.payer.case import Case
from nosology.payer.policy import Member, Plan, Policy
from nosology.payer.state import State, Used

__all__ = ["Limits", "Share", "limits_of", "open_limits"]


@dataclass(frozen=True, slots=True)
class Share:
    """What a member pays of one service, in USD."""

    deductible: Decimal = ZERO
    copayment: Decimal = ZERO
    coinsurance: Decimal = ZERO
    steps: tuple[Step, ...] = ()

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.deductible + self.copayment + self.coinsurance


@dataclass(slots=True)
class Limits:
    """What is left of a year's deductible and out-of-pocket maximum while a claim is decided; None: no limit."""

    plan: Plan
    keys: tuple[str, ...]
    year: int
    deductible: Decimal
    out_of_pocket: Decimal | None
    visits: set[tuple[str, date | None]]
    used_deductible: Decimal = ZERO
    used_pocket: Decimal = ZERO

    def take(
        self, code: str, allowed: Decimal, on: date | None, *, fixed: Decimal | None = None, full: bool = False
    ) -> Share:
        """The share of one service; what it takes is no longer left for the next."""
        benefit = self.plan.benefit(code)
        if full or (benefit is not None and benefit.free) or allowed <= 0:
            why = f"{benefit.id}: no share" if benefit is not None and benefit.free else "no share"
            return Share(steps=(Step("member share", why, "the plan"),)) if allowed > 0 else Share()
        counts = benefit is None or benefit.deductible
        deductible = min(self.deductible, allowed) if counts else ZERO
        rest = allowed - deductible
        visit = (benefit.id if benefit is not None and benefit.copay is not None else "", on)
        copay = self.plan.copay if benefit is None or benefit.copay is None else benefit.copay
        copayment = ZERO if visit in self.visits else min(copay, rest)
        percent = self.plan.coinsurance if benefit is None or benefit.coinsurance is None else benefit.coinsurance
        if benefit is not None and benefit.copay is not None and benefit.coinsurance is None:
            percent = ZERO  # a benefit with a copay of its own has no coinsurance unless it says so
        coinsurance = min(fixed, rest) if fixed is not None else to_cents((rest - copayment) * percent / 100)
        if fixed is not None:
            copayment = ZERO
        if copayment:
            self.visits.add(visit)
        steps = [Step("deductible", f"{deductible:.2f} of {self.deductible:.2f} left", "the plan")] if counts else []
        if copayment:
            steps.append(Step("copayment", f"{copayment:.2f} for the visit", "the plan"))
        if coinsurance:
            says = (
                "set by the schedule" if fixed is not None else f"{percent.normalize():f} % of {rest - copayment:.2f}"
            )
            steps.append(Step("coinsurance", f"{says}: {coinsurance:.2f}", "the plan"))
        over = ZERO if self.out_of_pocket is None else deductible + copayment + coinsurance - self.out_of_pocket
        if over > 0:
            steps.append(Step("out-of-pocket maximum", f"only {self.out_of_pocket:.2f} is left", "the plan"))
            less = min(over, coinsurance)
            coinsurance, over = coinsurance - less, over - less
            less = min(over, copayment)
            copayment, over = copayment - less, over - less
            deductible -= over
        share = Share(deductible, copayment, coinsurance, tuple(steps))
        self.deductible -= deductible
        self.used_deductible += deductible
        self.used_pocket += share.total
        if self.out_of_pocket is not None:
            self.out_of_pocket -= share.total
        return share

    def used(self, pocket: Decimal | None = None) -> tuple[Used, ...]:
        """What the claim used, for the member and the family; ``pocket`` where the patient pays another sum."""
        spent = self.used_pocket if pocket is None else pocket
        if not (self.used_deductible or spent):
            return ()
        return tuple(Used(key, self.year, self.used_deductible, spent) for key in self.keys)


def limits_of(case: Case, member: Member, plan: Plan) -> Limits:
    """What the member has left on the day of service."""
    return open_limits(case.policy, member, plan, case.state, case.day)


def open_limits(policy: Policy, member: Member, plan: Plan, state: State, on: date) -> Limits:
    """What a member has left in the year of the day, after what was used here and elsewhere, alone and as a family."""
    year = on.year
    found = policy.members_of(member.family) if member.family else []
    family = [each for each in found if each.family == member.family] or [member]
    own_deductible, own_pocket = _met([member], year)
    all_deductible, all_pocket = _met(family, year)
    used_deductible, used_pocket = state.used(member.id, year)
    keys: tuple[str, ...] = (member.id,)
    deductible = plan.deductible - own_deductible - used_deductible
    pocket = None if plan.out_of_pocket is None else plan.out_of_pocket - own_pocket - used_pocket
    if member.family:
        keys += (f"family:{member.family}",)
        used_deductible, used_pocket = state.used(keys[-1], year)
        if plan.family_deductible is not None:
            deductible = min(deductible, plan.family_deductible - all_deductible - used_deductible)
        if plan.family_out_of_pocket is not None:
            left = plan.family_out_of_pocket - all_pocket - used_pocket
            pocket = left if pocket is None else min(pocket, left)
    zero = Decimal(0)
    return Limits(plan, keys, year, max(deductible, zero), None if pocket is None else max(pocket, zero), set())


def _met(members: list[Member], year: int) -> tuple[Decimal, Decimal]:
    counted = [each for each in members if each.met_year == year]
    return (
        sum((each.deductible_met for each in counted), ZERO),
        sum((each.out_of_pocket_met for each in counted), ZERO),
    )
