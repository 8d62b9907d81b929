"""The policy of a payer: who it is, whom it insures, what it covers, whom it pays how, and how it behaves in rehearsal.

Amounts are USD, percents of 100. ``payer.policy_file`` reads it from YAML or JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from nosology.claims.price import Terms
from nosology.edits.site import Site
from nosology.model.claim_parts import Party
from nosology.model.price import ZERO

__all__ = [
    "COB_METHODS",
    "FILING_INDICATORS",
    "Authorization",
    "Behaviour",
    "Benefit",
    "Codes",
    "Member",
    "Necessity",
    "OtherCoverage",
    "Plan",
    "Policy",
    "PromptPay",
    "Provider",
    "plain_number",
]

COB_METHODS = ("standard", "non_duplication", "medicare_secondary")
"""How a secondary payer works: fills up to the patient's share; pays what its own benefit exceeds; 42 CFR 411.33."""


# fmt: off
FILING_INDICATORS = (
    "12", "13", "14", "15", "16", "17", "AM", "CH", "DS", "HM", "LM", "MA", "MB", "MC", "OF", "TV", "VA", "WC", "ZZ",
)
# fmt: on
"""How a remittance says of what kind the plan is (CLP06): 12 preferred provider organisation, MB Medicare Part B …"""


def plain_number(text: str) -> str:
    """A number in capitals, without signs and blanks."""
    return "".join(each for each in text.upper() if each.isalnum())


@dataclass(frozen=True, slots=True)
class Codes:
    """A set of codes as ranges of first and last, both included; a range holds only codes of its own length."""

    ranges: tuple[tuple[str, str], ...] = ()

    def __contains__(self, code: object) -> bool:
        text = str(code)
        return any(len(first) == len(text) and first <= text <= last for first, last in self.ranges)

    def __bool__(self) -> bool:
        return bool(self.ranges)


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a plan grants for some services; None stands for what the plan says in general.

    ``copay`` is for a visit (all services of one day under the benefit); ``free``: no share of the member;
    ``most`` services in a calendar year; ``service_type`` is the code under which a 271 tells of it.
    """

    id: str
    codes: Codes
    copay: Decimal | None = None
    coinsurance: Decimal | None = None
    deductible: bool = True
    free: bool = False
    most: int | None = None
    service_type: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The benefits of a plan in a calendar year; None: no such limit."""

    id: str
    name: str = ""
    deductible: Decimal = ZERO
    family_deductible: Decimal | None = None
    coinsurance: Decimal = ZERO
    copay: Decimal = ZERO
    out_of_pocket: Decimal | None = None
    family_out_of_pocket: Decimal | None = None
    benefits: tuple[Benefit, ...] = ()
    excluded: Codes = Codes()
    dependents: bool = True
    network_only: bool = False
    needs_referral: Codes = Codes()

    def benefit(self, code: str) -> Benefit | None:
        """The benefit that names the service, None where only the plan's general terms hold."""
        return next((each for each in self.benefits if code in each.codes), None)


@dataclass(frozen=True, slots=True)
class OtherCoverage:
    """Another insurance of a member that the payer knows of; ``order`` is "primary" (before ours) or "secondary"."""

    payer: Party
    order: str
    member_id: str = ""
    first: date = date.min
    last: date = date.max
    crossover: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """An insured person. ``relationship`` 18 is the subscriber, others are dependents under ``family``.

    ``deductible_met`` and ``out_of_pocket_met`` are what was used elsewhere in ``met_year``.
    """

    id: str
    last: str
    given: str
    birth_date: date | None
    plan: str
    first: date
    final: date = date.max
    sex: str = "U"
    family: str = ""
    relationship: str = "18"
    group_number: str = ""
    died: date | None = None
    deductible_met: Decimal = ZERO
    out_of_pocket_met: Decimal = ZERO
    met_year: int = 0
    other_coverage: tuple[OtherCoverage, ...] = ()

    def other(self, order: str, on: date) -> OtherCoverage | None:
        """The other insurance of that order on the day."""
        return next(
            (each for each in self.other_coverage if each.order == order and each.first <= on <= each.last), None
        )


@dataclass(frozen=True, slots=True)
class Authorization:
    """A prior authorisation that the payer gave: for whom, which services, when, and how many units in all."""

    number: str
    member: str
    codes: Codes
    first: date
    last: date
    units: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Necessity:
    """Services that are covered only for some diagnoses (beginnings of codes, without points)."""

    codes: Codes
    diagnoses: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider with a contract: known by its national provider identifier, paid by ``terms`` between the days."""

    npi: str
    terms: Terms
    name: str = ""
    first: date = date.min
    last: date = date.max
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class PromptPay:
    """Interest on late payment: ``rate`` percent a year on what is paid later than ``days`` after receipt."""

    days: int = 30
    rate: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the payer behaves in rehearsal; rates between 0 and 1, drawn for each claim from the seed.

    ``deny`` a denial with one of ``deny_reasons``; ``drop_modifier``, ``change_modifier``, ``split``, ``bundle``,
    ``alter_control_number``, ``omit_line_control``: what the remittance looks like; ``pend`` a claim waits
    ``pend_days``; ``late`` a payment is held for ``late_days``; ``recoup`` an earlier payment is found too high by
    ``recoup_percent`` and taken back, after ``recoup_delay`` further payments.
    """

    deny: float = 0
    deny_reasons: tuple[str, ...] = ("necessity", "information", "authorization")
    drop_modifier: float = 0
    change_modifier: float = 0
    split: float = 0
    bundle: float = 0
    alter_control_number: float = 0
    omit_line_control: float = 0
    pend: float = 0
    pend_days: int = 14
    late: float = 0
    late_days: int = 60
    recoup: float = 0
    recoup_percent: Decimal = Decimal(100)
    recoup_delay: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that a payer decides by.

    ``default_terms`` price providers without a contract (None: they are not paid). ``bundles`` maps a service to the
    services that are part of it on one day. ``known_modifiers`` are those that it takes (none named: any of the right
    form). ``unknown_member`` "deny" answers in the remittance, "reject" in the 277CA. ``edits`` are the severities and
    rules of the payer; a finding of severity error denies. ``edits_as`` is the name by which edits know it (medicare).
    """

    payer: Party
    origin: str
    members: tuple[Member, ...]
    plans: tuple[Plan, ...]
    providers: tuple[Provider, ...] = ()
    default_terms: Terms | None = None
    filing_indicator: str = "12"
    filing_days: int = 365
    corrected_days: int | None = None
    delay_reasons: tuple[str, ...] = ()
    prompt_pay: PromptPay = PromptPay()
    cob: str = "standard"
    unknown_member: str = "deny"
    needs_authorization: Codes = Codes()
    authorizations: tuple[Authorization, ...] = ()
    needs_records: Codes = Codes()
    not_covered: Codes = Codes()
    experimental: Codes = Codes()
    necessity: tuple[Necessity, ...] = ()
    most_units: tuple[tuple[str, Decimal], ...] = ()
    bundles: tuple[tuple[str, Codes], ...] = ()
    known_modifiers: tuple[str, ...] = ()
    refuses_related: tuple[str, ...] = ("EM", "AA", "OA")
    edits: Site = field(default_factory=Site)
    edits_on: bool = True
    behaviour: Behaviour = Behaviour()
    seed: str = "0"
    trace_prefix: str = "CHK"
    edits_as: str = ""
    _numbers: dict[str, list[Member]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for each in self.members:
            for number in dict.fromkeys((plain_number(each.id), plain_number(each.family))):
                if number:
                    self._numbers.setdefault(number, []).append(each)

    def members_of(self, *numbers: str) -> list[Member]:
        """The members whose own or family's number is one of these, however it is written, in the policy's order."""
        found = [each for number in numbers for each in self._numbers.get(plain_number(number), ())]
        return list({each.id: each for each in found}.values())

    def plan(self, name: str) -> Plan:
        """The plan of that name; every member's plan exists, as reading the policy has checked."""
        return next(each for each in self.plans if each.id == name)

    def provider(self, npi: str, on: date) -> Provider | None:
        """The provider's contract on the day, None where there is none."""
        return next((each for each in self.providers if each.npi == npi and each.first <= on <= each.last), None)
