"""Whether the claim is one that this payer decides: insured, first in line, in time, once, with leave asked before.

Each check gives denials of the whole claim or of lines; the first that speaks for a line counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from nosology.model.claim import ClaimForm
from nosology.payer.case import Case, Denial, service_code, units_of
from nosology.payer.state import Credit, Decided

__all__ = ["SCREENS", "credits_of", "find_original"]

_REPEATS = frozenset({"59", "76", "77", "91", "XE", "XP", "XS", "XU"})
_RELATED = {"EM": "work", "AA": "no-fault", "OA": "liability"}


def _check_charges(case: Case) -> Iterator[Denial]:
    """Charges that are negative or do not add up, units that are none."""
    claim = case.claim
    if claim.charge < 0 or any(line.charge < 0 for line in claim.lines):
        yield case.deny("charges", "a charge is negative")
    elif not claim.lines or sum(line.charge for line in claim.lines) != claim.charge:
        yield case.deny("charges")
    for place, line in enumerate(claim.lines):
        if line.quantity <= 0:
            yield case.deny("units", line=place)


def _check_original(case: Case) -> Iterator[Denial]:
    """A replacement or void whose first claim is not known."""
    if case.claim.frequency in ("7", "8") and not case.replaced:
        yield case.deny("original not found")


def find_original(case: Case) -> Decided | None:
    """The decided claim that a replacement (7) or void (8) names by the payer's control number; None otherwise."""
    if case.claim.frequency not in ("7", "8"):
        return None
    found = case.state.find(case.claim.payer_control_number)
    return found if found is not None and found.provider == case.claim.billing.npi else None


def _check_member(case: Case) -> Iterator[Denial]:
    """The patient is insured on the day of service."""
    member, plan, claim = case.member, case.plan, case.claim
    if member is None or plan is None:
        yield case.deny("unknown member")
        return
    person, born = claim.person, claim.person.birth_date
    if born is not None and member.birth_date is not None and born != member.birth_date:
        yield case.deny("name mismatch", "the birth dates differ")
    elif _letters(person.party.name) and _letters(person.party.name)[:4] != _letters(member.last)[:4]:
        yield case.deny("name mismatch")
    if member.relationship != "18" and not plan.dependents:
        yield case.deny("no dependents")
    elif claim.patient is not None and member.relationship == "18" and claim.patient.relationship not in ("18", ""):
        yield case.deny("dependent")
    for place, line in enumerate(claim.lines):
        day = line.date or case.day
        if member.died is not None and day > member.died:
            yield case.deny("after death", line=place)
        elif day < member.first:
            yield case.deny("before coverage", line=place)
        elif day > member.final:
            yield case.deny("after coverage", line=place)
        elif day > case.received and not claim.predetermination:
            yield case.deny("dates", "the service lies after the claim", line=place)


def _letters(text: str) -> str:
    return "".join(each for each in text.upper() if each.isalpha())


def _check_other_payers(case: Case) -> Iterator[Denial]:
    """Another insurance is first in line, and what it decided is not told."""
    claim, member = case.claim, case.member
    for cause in claim.related_causes:
        if cause in _RELATED and cause in case.policy.refuses_related:
            yield case.deny(_RELATED[cause])
            return
    named = [each for each in claim.other_payers if _ranks_before(each.responsibility, claim.subscriber.responsibility)]
    decided = [each for each in named if any(amount.qualifier == "D" for amount in each.amounts) or each.adjustments]
    decided += [each for each in named if any(
        told.payer_id == each.payer.id for line in claim.lines for told in line.adjudications)]  # fmt: skip
    known = member.other("primary", case.day) if member else None
    if known is not None and not named:
        yield case.deny("other payer", "and the claim does not name it")
    elif named and not decided:
        yield case.deny("no primary decision")


def _ranks_before(other: str, ours: str) -> bool:
    order = "PSTABCDEFGH"
    return other in order and ours in order and order.index(other) < order.index(ours)


def _check_filing(case: Case) -> Iterator[Denial]:
    """The claim came in the time that the payer gives; after another payer, counted from its decision."""
    policy, claim = case.policy, case.claim
    if claim.predetermination or (claim.delay_reason and claim.delay_reason in policy.delay_reasons):
        return
    most = policy.filing_days
    if claim.frequency in ("7", "8") and policy.corrected_days is not None:
        most = policy.corrected_days
    stay = case.encounter.discharged
    decided = [day for each in claim.other_payers for dated in each.paid_on if (day := dated.first) is not None]
    decided += [day for line in claim.lines for told in line.adjudications for dated in told.dates
                if (day := dated.first) is not None]  # fmt: skip
    for place, line in enumerate(claim.lines):
        served = max([stay or line.date or case.day, *decided])
        if case.received - served > timedelta(days=most):
            yield case.deny("late", f"{(case.received - served).days} days, {most} is the most", line=place)


def _check_duplicates(case: Case) -> Iterator[Denial]:
    """The same claim, or an allowed service of the same day, once more."""
    waiting = {each.digest for each in case.state.waiting if each.received <= case.received}
    same = case.state.same(case.digest)
    if (same is not None and same.control != case.replaced) or case.digest in waiting:
        yield case.deny("duplicate", "the claim as a whole")
        return
    provider = case.encounter.rendering_npi
    seen = {(each.code, frozenset(each.modifiers), each.day, each.units, each.provider) for each in case.history()}
    for place, (line, served) in enumerate(zip(case.claim.lines, case.encounter.lines, strict=True)):
        if case.claim.form is ClaimForm.INSTITUTIONAL and line.procedure is None:
            continue
        key = (service_code(line), frozenset(served.modifiers), line.date, line.quantity, served.provider or provider)
        if key in seen and not _REPEATS & set(served.modifiers) and not line.teeth and not line.oral_cavity:
            yield case.deny("duplicate", line=place)
        seen.add(key)


def _check_provider(case: Case) -> Iterator[Denial]:
    """Who bills may be paid, and is in the network where the plan asks for it."""
    provider, policy = case.provider, case.policy
    if provider is not None and provider.excluded:
        yield case.deny("provider excluded")
    elif provider is None and case.plan is not None and case.plan.network_only:
        yield case.deny("network")
    elif provider is None and policy.default_terms is None:
        yield case.deny("network", "and the payer has no terms for others")


def _check_referral(case: Case) -> Iterator[Denial]:
    """A referral where the plan wants one."""
    claim = case.claim
    told = claim.reference("9F") or any(each.role in ("DN", "P3") for each in claim.providers)
    if case.plan is None or told:
        return
    for place, line in enumerate(claim.lines):
        named = any(each.role in ("DN", "P3") for each in line.providers)
        if service_code(line) in case.plan.needs_referral and not named:
            yield case.deny("referral", line=place)


def _check_authorization(case: Case) -> Iterator[Denial]:
    """Leave was asked before: the number is there, covers patient, service and day, and is not used up."""
    taken: dict[str, object] = {}
    left = {each.number: each.units - case.state.taken(each.number) for each in case.policy.authorizations
            if each.units is not None}  # fmt: skip
    if case.replaced and (first := case.state.find(case.replaced)) is not None:
        for credit in first.credits:
            if credit.number in left:
                left[credit.number] += credit.units
    for place, line in enumerate(case.claim.lines):
        code = service_code(line)
        if code not in case.policy.needs_authorization:
            continue
        number = next((each.value for each in line.references if each.qualifier == "G1"), "") or case.claim.reference(
            "G1"
        )
        if not number:
            yield case.deny("authorization", code, line=place)
            continue
        known = next((each for each in case.policy.authorizations if each.number == number), None)
        day = line.date or case.day
        mine = known is not None and case.member is not None and known.member == case.member.id
        if (
            known is None
            or not mine
            or not known.first <= day <= known.last
            or (known.codes and code not in known.codes)
        ):
            yield case.deny("wrong authorization", code, line=place)
        elif number in left:
            left[number] -= units_of(line)
            taken[number] = place
            if left[number] < 0:
                left[number] += units_of(line)
                yield case.deny("authorization used up", code, line=place)


def credits_of(case: Case, allowed: set[int]) -> tuple[Credit, ...]:
    """The units that the allowed lines take from authorisations."""
    found = []
    for place in sorted(allowed):
        line = case.claim.lines[place]
        number = next((each.value for each in line.references if each.qualifier == "G1"), "") or case.claim.reference(
            "G1"
        )
        if number and service_code(line) in case.policy.needs_authorization:
            found.append(Credit(number, units_of(line)))
    return tuple(found)


SCREENS: tuple[tuple[str, Callable[[Case], Iterator[Denial]]], ...] = (
    ("charges and units", _check_charges),
    ("eligibility", _check_member),
    ("duplicates", _check_duplicates),
    ("first claim", _check_original),
    ("other insurance", _check_other_payers),
    ("time limit", _check_filing),
    ("provider", _check_provider),
    ("referral", _check_referral),
    ("authorisation", _check_authorization),
)
"""The checks in their order, each with the name under which a decision lists it."""
