"""The answer to an eligibility question (270): is the patient insured on the day of service, and what is left to pay.

Codes of 005010X279A1: rejections (AAA03) 71 birth date, 75 subscriber, 67 patient, 79 payer, 57 date; statements (EB01)
1 active, 6 inactive, A coinsurance, B copay, C deductible, F limit, G out of pocket, R other payer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from nosology.model.claim_parts import Dated, Party
from nosology.model.eligibility import Benefit as Told
from nosology.model.eligibility import EligibilityInquiry, EligibilityResponse, Rejection, RelatedParty, Trace
from nosology.model.eligibility import Member as Person
from nosology.payer.policy import Benefit, Member, Plan, Policy
from nosology.payer.share import open_limits
from nosology.payer.state import State

__all__ = ["answer_eligibility"]

_PLAN = "30"
_YEAR, _LEFT, _VISIT = "23", "29", "27"


def answer_eligibility(
    inquiry: EligibilityInquiry, policy: Policy, state: State, *, on: date, created: str, reference: str = ""
) -> EligibilityResponse:
    """What the payer tells of the patient for the day of service, never for the day of asking. Never raises.

    ``created`` is CCYYMMDDHHMM; ``reference`` the number of the answer (default: that of the question).
    """
    day = inquiry.date_of_service or on
    payer = Party("PR", policy.payer.name, id_qualifier=policy.payer.id_qualifier, id=policy.payer.id)
    plain = EligibilityResponse(
        payer=payer,
        provider=_named(inquiry.provider),
        subscriber=_echo(inquiry.subscriber),
        dependent=_echo(inquiry.dependent) if inquiry.dependent else None,
        reference=reference or inquiry.reference,
        created=created,
        traces=tuple(Trace(each.number, each.origin, each.division, "2") for each in inquiry.traces),
    )
    if inquiry.payer.id and inquiry.payer.id != policy.payer.id:
        return replace(
            plain, subscriber=None, dependent=None, traces=(), rejections=(Rejection("79", "C", level="source"),)
        )
    level = "dependent" if inquiry.dependent else "subscriber"
    member = _find(inquiry, policy)
    if member is None:
        return replace(plain, rejections=(Rejection("67" if inquiry.dependent else "75", "C", level=level),))
    asked = inquiry.patient
    if asked.birth_date and member.birth_date and asked.birth_date != member.birth_date:
        return replace(plain, rejections=(Rejection("71", "C", level=level),))
    dates: tuple[Dated, ...] = (Dated.on("346", member.first),)
    if member.final != date.max:
        dates += (Dated.on("347", member.final),)
    plan = policy.plan(member.plan)
    if not member.first <= day <= member.final or (member.died is not None and day > member.died):
        return replace(plain, dates=dates, benefits=(Told("6", service_types=(_PLAN,), plan=plan.name),))
    asked_for = {each for question in inquiry.questions for each in question.service_types}
    return replace(plain, dates=dates, benefits=tuple(_benefits(member, plan, policy, state, day, asked_for)))


def _named(party: Party) -> Party:
    return replace(party, taxonomy="", references=(), contacts=(), address=None)


def _echo(person: Person) -> Person:
    return replace(person, provider=None, diagnoses=(), military=(), party=replace(person.party, references=()))


def _find(inquiry: EligibilityInquiry, policy: Policy) -> Member | None:
    """The patient by member number, and by first name and birth date where a family shares the number."""
    number = inquiry.patient.party.id or inquiry.subscriber.party.id
    found = [each for each in policy.members if number in (each.id, each.family) and number]
    if inquiry.dependent is not None and not inquiry.dependent.party.id:
        owner = next((each for each in found if each.id == number), None)
        family = owner.family if owner else ""
        found = [each for each in policy.members if family and each.family == family and each.relationship != "18"]
    given, born = inquiry.patient.party.first.upper()[:3], inquiry.patient.birth_date
    exact = [each for each in found if each.given.upper()[:3] == given and (born is None or each.birth_date == born)]
    if inquiry.dependent is not None and not inquiry.dependent.party.id:
        return next(iter(exact), None)
    return next(iter(exact or found), None)


def _benefits(member: Member, plan: Plan, policy: Policy, state: State, day: date, asked: set[str]) -> Iterator[Told]:
    limits = open_limits(policy, member, plan, state, day)
    plan_only = (_PLAN,)
    yield Told("1", "IND", plan_only, plan=plan.name)
    yield Told("C", "IND", plan_only, period=_YEAR, amount=plan.deductible, in_network="Y")
    yield Told("C", "IND", plan_only, period=_LEFT, amount=limits.deductible, in_network="Y")
    if plan.family_deductible is not None and member.family:
        yield Told("C", "FAM", plan_only, period=_YEAR, amount=plan.family_deductible, in_network="Y")
    if plan.coinsurance:
        yield Told("A", "IND", plan_only, percent=plan.coinsurance / 100, in_network="Y")
    if plan.copay:
        yield Told("B", "IND", plan_only, period=_VISIT, amount=plan.copay, in_network="Y")
    if plan.out_of_pocket is not None:
        yield Told("G", "IND", plan_only, period=_YEAR, amount=plan.out_of_pocket, in_network="Y")
        yield Told("G", "IND", plan_only, period=_LEFT, amount=limits.out_of_pocket, in_network="Y")
    if plan.family_out_of_pocket is not None and member.family:
        yield Told("G", "FAM", plan_only, period=_YEAR, amount=plan.family_out_of_pocket, in_network="Y")
    for each in plan.benefits:
        if each.service_type and (each.service_type in asked or asked <= {_PLAN}):
            yield from _benefit(each, plan, member, state, day)
    for other in member.other_coverage:
        if other.first <= day <= other.last:
            party = replace(other.payer, role="PRP" if other.order == "primary" else "SEP")
            yield Told("R", service_types=plan_only, parties=(RelatedParty(party),))


def _benefit(benefit: Benefit, plan: Plan, member: Member, state: State, day: date) -> Iterator[Told]:
    types = (benefit.service_type,)
    yield Told("1", "IND", types, plan=plan.name)
    if benefit.free:
        yield Told("B", "IND", types, period=_VISIT, amount=Decimal(0), in_network="Y")
        return
    if benefit.copay is not None:
        yield Told("B", "IND", types, period=_VISIT, amount=benefit.copay, in_network="Y")
    if benefit.coinsurance is not None:
        yield Told("A", "IND", types, percent=benefit.coinsurance / 100, in_network="Y")
    if not benefit.deductible:
        yield Told("C", "IND", types, period=_YEAR, amount=Decimal(0), in_network="Y")
    if benefit.most is not None:
        used = sum(
            1
            for decided in state.of_member(member.id)
            for served in decided.served
            if served.benefit == benefit.id
            and served.allowed is not None
            and served.day
            and served.day.year == day.year
        )
        for period, count in ((_YEAR, benefit.most), (_LEFT, max(benefit.most - used, 0))):
            yield Told("F", "IND", types, period=period, quantity_qualifier="VS", quantity=Decimal(count))
