"""A claim on the payer's desk: its member, plan and provider, and the encounter it makes for edits and prices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from nosology.edits.desk import Books
from nosology.model.claim import Claim, ClaimForm, ClaimLine
from nosology.model.encounter import Diagnosis, Encounter, Procedure, ServiceLine, Setting
from nosology.model.trace import Step
from nosology.payer.policy import Member, Plan, Policy, Provider, plain_number
from nosology.payer.reasons import REASONS
from nosology.payer.state import Served, State

__all__ = ["Case", "Denial", "encounter_of", "open_case", "service_code", "units_of"]

_STAYS = {"11", "12", "18", "21", "41", "65", "66", "82"}
_NO_CODES = frozenset({"BBR", "BR", "BBQ", "BQ"})


@dataclass(frozen=True, slots=True)
class Denial:
    """A situation that denies: all of the claim (``line`` None) or one of its lines (from 0), and why."""

    situation: str
    step: Step
    line: int | None = None


@dataclass(slots=True)
class Case:
    """One claim while it is decided. ``day`` is the (first) date of service, ``on`` the day of the decision."""

    claim: Claim
    policy: Policy
    state: State
    on: date
    received: date
    day: date
    encounter: Encounter
    books: Books
    member: Member | None = None
    plan: Plan | None = None
    provider: Provider | None = None
    digest: str = ""
    replaced: str = ""
    steps: list[Step] = field(default_factory=list)

    def deny(self, situation: str, why: str = "", *, line: int | None = None, source: str = "") -> Denial:
        """A denial with its step."""
        reason = REASONS[situation]
        says = f"{reason.says}{f': {why}' if why else ''}"
        where = "claim" if line is None else f"line {self.claim.lines[line].number}"
        return Denial(situation, Step(situation, says, source or reason.source, (where,)), line)

    def note(self, name: str, result: str, source: str = "") -> None:
        """A step of the decision."""
        self.steps.append(Step(name, result, source))

    def history(self) -> Iterable[Served]:
        """The allowed services of the member that stand, without those of the claim that this one replaces."""
        if self.member is None:
            return
        for each in self.state.of_member(self.member.id):
            if each.control != self.replaced:
                yield from (served for served in each.served if served.allowed is not None)


def service_code(line: ClaimLine) -> str:
    """The code by which the line is covered and priced: its procedure, else its revenue code."""
    return (line.procedure.code if line.procedure and line.procedure.code else line.revenue_code).strip().upper()


def open_case(
    claim: Claim, policy: Policy, state: State, *, on: date, received: date | None = None, books: Books | None = None
) -> Case:
    """The claim with its member, plan and provider, as far as the policy knows them."""
    day = _service_day(claim) or on
    member = _find_member(claim, policy)
    encounter = encounter_of(claim, day=day, received=received or on)
    case = Case(
        claim, policy, state, on, received or on, day, encounter, books or Books(), member,
        policy.plan(member.plan) if member else None, policy.provider(claim.billing.npi, day),
    )  # fmt: skip
    lines = tuple(
        ServiceLine(each.code, each.modifiers, each.units, date=each.day, provider=each.provider)
        for each in case.history()
    )
    case.encounter = replace(encounter, history=lines, payer=policy.edits_as)
    return case


def _service_day(claim: Claim) -> date | None:
    days = [line.date for line in claim.lines if line.date is not None]
    stated = [each.first for each in claim.dates if each.qualifier in ("434", "435", "472") and each.first]
    return min(days, default=None) or min(stated, default=None)


def _find_member(claim: Claim, policy: Policy) -> Member | None:
    """The patient among the members: by number and, where a family shares it, by birth date and first name."""
    person = claim.person
    numbers = {plain_number(claim.subscriber.person.party.id), plain_number(person.party.id)} - {""}
    found = policy.members_of(*sorted(numbers))
    if claim.patient is not None:
        dependents = [each for each in found if each.relationship != "18"]
        found = dependents or [each for each in found if _same_person(each, claim)]
    exact = [each for each in found if _same_person(each, claim)]
    named = [each for each in found if plain_number(each.id) in numbers]
    return next(iter(exact or named or found), None)


def _same_person(member: Member, claim: Claim) -> bool:
    person = claim.person
    born = person.birth_date is None or member.birth_date is None or person.birth_date == member.birth_date
    return born and plain_number(person.party.first)[:3] == plain_number(member.given)[:3]


def _setting(claim: Claim) -> Setting:
    if claim.form is ClaimForm.INSTITUTIONAL:
        return Setting.INPATIENT if claim.facility[:2] in _STAYS else Setting.OUTPATIENT
    return Setting.EMERGENCY if claim.facility == "23" else Setting.PROFESSIONAL


def encounter_of(claim: Claim, *, day: date, received: date | None = None) -> Encounter:
    """The claim as an encounter, with every line at its place, for :func:`nosology.edits.check.check_encounter`."""
    person = claim.person
    setting = _setting(claim)
    stay = setting is Setting.INPATIENT
    admitted = _dated(claim, "435", last=False) or (_dated(claim, "434", last=False) if stay else None)
    discharged = _dated(claim, "434", last=True) if stay else None
    born = person.birth_date
    age = None
    if born is not None and born <= day:
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    rendering = claim.provider("82")
    return Encounter(
        id=claim.id,
        setting=setting,
        age=age,
        sex=person.sex if person.sex in ("F", "M") else "U",
        birth_date=born,
        admitted=admitted if stay else None,
        discharged=discharged,
        discharge_status=claim.discharge_status or "01",
        admitting_diagnosis=next((each.code for each in claim.codes if each.qualifier in ("ABJ", "BJ")), ""),
        diagnoses=tuple(Diagnosis(each.code, each.poa) for each in claim.diagnoses),
        procedures=tuple(
            Procedure(each.code, _day_of(each.value)) for each in claim.codes if each.qualifier in _NO_CODES
        ),
        lines=tuple(_line(claim, each, stay=stay) for each in claim.lines),
        payer=claim.subscriber.payer.name.lower(),
        submitted=received,
        type_of_bill=claim.type_of_bill,
        billing_npi=claim.billing.npi,
        rendering_npi=(rendering.npi if rendering else "") or claim.billing.npi,
        taxonomy=claim.billing.taxonomy,
        authorization=claim.reference("G1"),
    )


def _dated(claim: Claim, qualifier: str, *, last: bool) -> date | None:
    found = next((each for each in claim.dates if each.qualifier == qualifier), None)
    return None if found is None else found.last if last else found.first


def _day_of(text: str) -> date | None:
    from nosology.model.claim_parts import read_day

    return read_day(text)


def _line(claim: Claim, line: ClaimLine, *, stay: bool) -> ServiceLine:
    rendering = next((each.npi for each in line.providers if each.role == "82"), "")
    procedure = line.procedure
    return ServiceLine(
        code=(procedure.code if procedure else "").strip().upper() or (line.revenue_code if stay else ""),
        modifiers=procedure.modifiers if procedure else (),
        units=line.quantity,
        charge=line.charge,
        date=line.date,
        place_of_service=line.place_of_service or ("" if claim.type_of_bill else claim.facility),
        ndc=line.drug.ndc if line.drug else "",
        diagnosis_pointers=line.pointers,
        revenue_code=line.revenue_code,
        minutes=int(line.quantity)
        if line.unit == "MJ" and line.quantity == line.quantity.to_integral_value()
        else None,
        provider=rendering,
    )


def units_of(line: ClaimLine) -> Decimal:
    """The units of a line as limits count them: minutes of anaesthesia are one service."""
    return Decimal(1) if line.unit == "MJ" else line.quantity
