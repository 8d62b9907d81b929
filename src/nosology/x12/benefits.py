"""What the statements of an eligibility answer (271) come to: for each service type cover and the patient's share.

Payers tell totals, what is used and what remains as separate statements; here they are put together. Nothing is made
up: what remains is known only if the payer says it, or says the total and what of it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from nosology.model.eligibility import Benefit, CoverageState, EligibilityResponse

__all__ = [
    "CostShare",
    "ServiceBenefits",
    "ShareKind",
    "applied_share",
    "benefits_by_service_type",
    "coverage_state",
    "service_type_of",
]

_PLAN = "30"
_ACTIVE, _INACTIVE = frozenset("12345"), frozenset("678")
_USED, _REMAINING = frozenset({"24"}), frozenset({"29", "33"})


class ShareKind(StrEnum):
    """What kind of a patient's share, or of a limit, a statement tells."""

    DEDUCTIBLE = "deductible"
    COPAY = "copay"
    COINSURANCE = "coinsurance"
    OUT_OF_POCKET = "out of pocket"
    LIMIT = "limit"
    SPEND_DOWN = "spend-down"


_KINDS = {
    "C": ShareKind.DEDUCTIBLE,
    "B": ShareKind.COPAY,
    "A": ShareKind.COINSURANCE,
    "G": ShareKind.OUT_OF_POCKET,
    "F": ShareKind.LIMIT,
    "Y": ShareKind.SPEND_DOWN,
}


@dataclass(frozen=True, slots=True)
class CostShare:
    """One share or limit: the total, and what is used and remains of it; amounts in USD, ``percent`` a fraction.

    ``quantity`` (``unit`` VS visits, DY days …) for limits that are not money: ``used`` and ``remaining`` then count
    the same unit. ``in_network`` is Y, N, W (either) or "" (not told), ``coverage_level`` IND, FAM …
    """

    kind: ShareKind
    amount: Decimal | None = None
    percent: Decimal | None = None
    quantity: Decimal | None = None
    unit: str = ""
    period: str = ""
    in_network: str = ""
    coverage_level: str = ""
    insurance_type: str = ""
    plan: str = ""
    procedure: str = ""
    used: Decimal | None = None
    remaining: Decimal | None = None
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceBenefits:
    """What is told of one service type. ``covered`` in (or regardless of) the network, None if nothing is told.

    ``authorization`` is True if the payer wants one, None if nothing is told.
    """

    service_type: str
    covered: bool | None = None
    covered_out_of_network: bool | None = None
    authorization: bool | None = None
    shares: tuple[CostShare, ...] = ()
    messages: tuple[str, ...] = ()

    def share(self, kind: ShareKind, *, in_network: bool = True, coverage_level: str = "IND") -> CostShare | None:
        """The share of that kind that fits best: of the network asked for, else of either, else where it is not told;
        of the level asked for, else where it is not told."""
        wanted = ("Y" if in_network else "N", "W", "")
        levels = (coverage_level, "")
        fitting = [
            (wanted.index(share.in_network), levels.index(share.coverage_level), index, share)
            for index, share in enumerate(self.shares)
            if share.kind is kind and share.in_network in wanted and share.coverage_level in levels
        ]
        return min(fitting)[3] if fitting else None


def service_type_of(benefit: Benefit) -> tuple[str, ...]:
    """Of which service types a statement speaks; 30 (the plan) if it names none, a procedure as ``HC:97110``."""
    if benefit.service_types:
        return benefit.service_types
    return (f"{benefit.procedure.qualifier}:{benefit.procedure.code}",) if benefit.procedure else (_PLAN,)


def coverage_state(response: EligibilityResponse) -> CoverageState:
    """Whether the answer says that the patient is covered: by its statements on the plan, else by any other."""
    told = [benefit for benefit in response.benefits if benefit.information in _ACTIVE | _INACTIVE]
    plan = [benefit for benefit in told if _PLAN in service_type_of(benefit)]
    for statements in (plan, told):
        if any(benefit.information in _ACTIVE for benefit in statements):
            return CoverageState.ACTIVE
        if statements:
            return CoverageState.INACTIVE
    refused = response.rejections or any(benefit.rejections for benefit in response.benefits)
    return CoverageState.REJECTED if refused else CoverageState.UNKNOWN


def benefits_by_service_type(response: EligibilityResponse) -> dict[str, ServiceBenefits]:
    """Return what an answer tells of each service type, in the order in which it names them.

    >>> from nosology.model.claim_parts import Party
    >>> plan = Party("PR", "PLAN")
    >>> told = (Benefit("1", service_types=("30",)), Benefit("C", "IND", ("30",), period="23", amount=Decimal(500)),
    ...         Benefit("C", "IND", ("30",), period="29", amount=Decimal(120)))
    >>> found = benefits_by_service_type(EligibilityResponse(plan, None, None, "1", "", benefits=told))
    >>> share = found["30"].share(ShareKind.DEDUCTIBLE)
    >>> found["30"].covered, share.amount, share.remaining, share.used
    (True, Decimal('500'), Decimal('120'), Decimal('380'))
    """
    by_type: dict[str, list[Benefit]] = {}
    for benefit in response.benefits:
        for service_type in service_type_of(benefit):
            by_type.setdefault(service_type, []).append(benefit)
    return {service_type: _summarize(service_type, benefits) for service_type, benefits in by_type.items()}


def applied_share(
    benefits: Mapping[str, ServiceBenefits],
    service_type: str,
    kind: ShareKind,
    *,
    in_network: bool = True,
    coverage_level: str = "IND",
) -> CostShare | None:
    """The share that holds for a service: its own; a deductible and a maximum of the plan hold for every service."""
    types = [service_type]
    if kind in (ShareKind.DEDUCTIBLE, ShareKind.OUT_OF_POCKET):
        types.append(_PLAN)
    for each in types:
        if each in benefits:
            share = benefits[each].share(kind, in_network=in_network, coverage_level=coverage_level)
            if share is not None:
                return share
    return None


def _summarize(service_type: str, benefits: list[Benefit]) -> ServiceBenefits:
    covered: dict[bool, bool | None] = {True: None, False: None}
    authorization: bool | None = None
    for benefit in benefits:
        said = True if benefit.information in _ACTIVE else False if benefit.information in _INACTIVE | {"I"} else None
        if said is not None:
            for network, other in ((True, "N"), (False, "Y")):
                if benefit.in_network != other:
                    covered[network] = covered[network] or said
        if benefit.authorization in ("Y", "N"):
            authorization = authorization or benefit.authorization == "Y"
    messages = [m for each in benefits if each.information not in _KINDS for m in each.messages]
    return ServiceBenefits(
        service_type,
        covered=covered[True],
        covered_out_of_network=covered[False],
        authorization=authorization,
        shares=tuple(_shares([benefit for benefit in benefits if benefit.information in _KINDS])),
        messages=tuple(dict.fromkeys(messages)),
    )


def _shares(benefits: list[Benefit]) -> list[CostShare]:
    """Totals with what is used and remains of them; a remainder without its total stands alone."""
    totals = [_share(each) for each in benefits if each.period not in _USED | _REMAINING]
    for benefit in benefits:
        if benefit.period not in _USED | _REMAINING:
            continue
        value = benefit.amount if benefit.amount is not None else benefit.quantity
        part = "used" if benefit.period in _USED else "remaining"
        index = _total_of(_share(benefit), totals, lifetime=benefit.period == "33", part=part)
        if index is None:
            share = replace(_share(benefit), amount=None, quantity=None, period="")
            totals.append(replace(share, used=value) if part == "used" else replace(share, remaining=value))
        else:
            known = totals[index]
            totals[index] = replace(known, used=value) if part == "used" else replace(known, remaining=value)
    return [_complete(share) for share in totals]


def _share(benefit: Benefit) -> CostShare:
    return CostShare(
        kind=_KINDS[benefit.information],
        amount=benefit.amount,
        percent=benefit.percent,
        quantity=benefit.quantity,
        unit=benefit.quantity_qualifier,
        period=benefit.period,
        in_network=benefit.in_network,
        coverage_level=benefit.coverage_level,
        insurance_type=benefit.insurance_type,
        plan=benefit.plan,
        procedure=benefit.procedure.code if benefit.procedure else "",
        messages=benefit.messages,
    )


def _total_of(share: CostShare, totals: list[CostShare], *, lifetime: bool, part: str) -> int | None:
    """The total to which a used or remaining part belongs: alike in everything, or else the only one that is alike
    in all but plan and kind of insurance."""

    def strict(each: CostShare) -> tuple[object, ...]:
        return (*loose(each), each.insurance_type, each.plan)

    def loose(each: CostShare) -> tuple[object, ...]:
        money = each.amount is not None
        unit = "" if money else each.unit
        return each.kind, each.in_network, each.coverage_level, each.procedure, money, unit

    free = [
        index
        for index, each in enumerate(totals)
        if (each.period == "32") == lifetime and each.period not in ("", "27") and getattr(each, part) is None
    ] or [index for index, each in enumerate(totals) if each.period == "" and getattr(each, part) is None]
    for alike in (strict, loose):
        found = [index for index in free if alike(totals[index]) == alike(share)]
        if found and (alike is strict or len(found) == 1):
            return found[0]
    return None


def _complete(share: CostShare) -> CostShare:
    total = share.amount if share.amount is not None else share.quantity
    if total is None:
        return share
    if share.remaining is None and share.used is not None:
        return replace(share, remaining=max(total - share.used, Decimal(0)))
    if share.used is None and share.remaining is not None:
        return replace(share, used=max(total - share.remaining, Decimal(0)))
    return share
