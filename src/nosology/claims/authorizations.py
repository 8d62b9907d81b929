"""Which authorisation a service is rendered under: chosen by payer, service and day, its units counted.

A payer may have given several. One that has expired or is used up is no authorisation, and the finding says so; a
service for which the payer gave none is left alone, since many need none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from nosology.claims.build_desk import BuildDesk
from nosology.model.claim import Claim
from nosology.model.claim_parts import Reference
from nosology.model.coverage import Authorization, Coverage
from nosology.model.encounter import ServiceLine

__all__ = ["Authorizations", "choose_authorizations", "count_authorizations"]


@dataclass(slots=True)
class Authorizations:
    """The authorisation of each line (None: none), by place of the line in the encounter."""

    of_line: dict[int, Authorization | None] = field(default_factory=dict)
    referral: str = ""

    def references(self, lines: Sequence[int]) -> tuple[Reference, ...]:
        """The numbers of a claim with these lines: the one that most of them have, and the referral."""
        numbers = Counter(found.number for each in lines if (found := self.of_line.get(each)) is not None)
        first = [Reference("G1", numbers.most_common(1)[0][0])] if numbers else []
        return (*first, *([Reference("9F", self.referral)] if self.referral else []))

    def of_claim(self, lines: Sequence[int]) -> str:
        """The number of the claim, "" if it has none."""
        return next((each.value for each in self.references(lines) if each.qualifier == "G1"), "")


def choose_authorizations(desk: BuildDesk) -> Authorizations:
    """The authorisation of every line of the encounter under the billed coverage, with findings where it is none."""
    payer = desk.coverage.payer.id
    listed = [each for each in desk.coverage.authorizations if each.payer in ("", payer)]
    made = Authorizations()
    taken: defaultdict[str, Decimal] = defaultdict(Decimal)
    for place, line in enumerate(desk.encounter.lines):
        stated = (line.details.authorization if line.details else "") or desk.encounter.authorization.strip()
        fitting = _candidates(listed, line, stated)
        if stated and not fitting:
            made.of_line[place] = Authorization(stated)
            continue
        chosen = _choose(desk, place, line, fitting, taken)
        made.of_line[place] = chosen
        if chosen is not None:
            taken[chosen.number] += line.units
    referral = [each for each in listed if each.kind == "9F"]
    day = desk.first_day
    good = [each for each in referral if _in_time(each, day)]
    if referral and not good:
        desk.note(
            "authorization",
            "no referral holds on the day of the service",
            f"{desk.coverage_path}.authorizations",
            fix="ask for a new referral",
        )
    made.referral = good[0].number if good else ""
    return made


def _candidates(listed: Iterable[Authorization], line: ServiceLine, stated: str) -> list[Authorization]:
    """Those for the service: the stated one; else those that name the service before those for any."""
    prior = [each for each in listed if each.kind == "G1"]
    if stated:
        return [each for each in prior if each.number == stated]
    code = line.code.strip().upper() or line.revenue_code
    named = [each for each in prior if each.services and (each.covers(code) or each.covers(line.revenue_code or code))]
    return named or [each for each in prior if not each.services]


def _choose(
    desk: BuildDesk, place: int, line: ServiceLine, fitting: list[Authorization], taken: Mapping[str, Decimal]
) -> Authorization | None:
    """The first that holds on the day and has units left, those that end first before others; a finding if none."""
    if not fitting:
        return None
    day = line.date or desk.first_day
    in_time = [each for each in fitting if _in_time(each, day)]
    enough = [each for each in in_time if _left(each, taken) is None or (_left(each, taken) or 0) >= line.units]
    if enough:
        return min(enough, key=lambda each: (each.last or date.max, each.number))
    where = f"{desk.coverage_path}.authorizations"
    if not in_time:
        why = f"lines[{place}]: no authorisation for the service holds on its day"
    else:
        left = max((_left(each, taken) or Decimal(0)) for each in in_time)
        why = (
            f"lines[{place}]: the authorisation has {max(left, Decimal(0))} units left, and the line takes {line.units}"
        )
    desk.note("authorization", why, where, fix="ask the payer for an extension or a new authorisation")
    return None


def _in_time(each: Authorization, day: date | None) -> bool:
    return day is None or ((each.first is None or each.first <= day) and (each.last is None or day <= each.last))


def _left(each: Authorization, taken: Mapping[str, Decimal]) -> Decimal | None:
    return None if each.left is None else each.left - taken.get(each.number, Decimal(0))


def count_authorizations(coverage: Coverage, claims: Iterable[Claim]) -> Coverage:
    """The coverage with the units that these claims take counted as used; to be kept once the claims have left."""
    used: defaultdict[str, Decimal] = defaultdict(Decimal)
    for claim in claims:
        above = claim.reference("G1")
        for line in claim.lines:
            own = next((each.value for each in line.references if each.qualifier == "G1"), above)
            code = line.procedure.code if line.procedure else line.revenue_code
            units = Decimal(1) if line.unit == "MJ" else line.quantity
            for each in coverage.authorizations:
                if each.number == own and (each.covers(code) or each.covers(line.revenue_code)):
                    used[own] += units
    counted = tuple(replace(each, used=each.used + used[each.number]) for each in coverage.authorizations)
    return replace(coverage, authorizations=counted)
