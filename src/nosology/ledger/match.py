"""Which claim, and which of its lines, a payment means: with a score and its reasons.

Payers drop and change modifiers, split and bundle lines, shorten or pad control numbers. So several traits count, each
with points; a claim is matched when the sum is high enough and no other claim comes near. What is not matched stays
unmatched, with the candidates named: a person decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from nosology.model.claim import Claim, ClaimLine
from nosology.model.claim_parts import Party, ProcedureId
from nosology.model.remittance import ClaimPayment, ServicePayment

__all__ = ["ClaimIndex", "ClaimMatch", "LineMatch", "match_lines"]

_ENOUGH = 60
_AHEAD = 15
_SHORT = 6  # characters that a shortened control number must keep
_MANY = 50  # claims that are weighed for one payment
_BUNDLE = 10  # unmatched lines among which a bundle is looked for


@dataclass(frozen=True, slots=True)
class LineMatch:
    """The lines of the claim (by number; none, one, or several where they were bundled) that one service means."""

    service: int
    lines: tuple[int, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimMatch:
    """The claim that a payment means, or None; ``candidates`` are the best ids with their points, best first."""

    claim: Claim | None
    score: int
    reasons: tuple[str, ...]
    lines: tuple[LineMatch, ...] = ()
    candidates: tuple[tuple[str, int], ...] = ()


def _plain(number: str) -> str:
    """A control number without what payers add or take: case, signs, leading zeros."""
    return re.sub(r"[^A-Z0-9]", "", number.upper()).lstrip("0")


def _days(claim: Claim) -> set[date]:
    found = {day for line in claim.lines if (day := line.date)}
    for each in claim.dates:
        if each.qualifier in ("434", "472") and each.first:
            found |= {each.first, each.last or each.first}
    return found


def _paid_days(payment: ClaimPayment) -> set[date]:
    dates = [each for line in payment.lines for each in line.dates if each.qualifier in ("472", "150", "151")]
    dates += [each for each in payment.dates if each.qualifier in ("232", "233")]
    return {each.first for each in dates if each.first}


class ClaimIndex:
    """The claims among which payments are looked for. Grows with :meth:`add`; looking is quick for any number."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self._claims: dict[str, Claim] = {}
        self._plain: defaultdict[str, list[str]] = defaultdict(list)
        self._sorted: list[str] = []
        self._by_payer_number: defaultdict[str, list[str]] = defaultdict(list)
        self._by_charge: defaultdict[Decimal, list[str]] = defaultdict(list)
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim, *, payer_number: str = "") -> None:
        """Add a claim (again: it takes the place of the earlier one), with the payer's number for it if it is known."""
        if claim.id not in self._claims:
            plain = _plain(claim.id)
            self._plain[plain].append(claim.id)
            insort(self._sorted, plain)
            self._by_charge[claim.charge].append(claim.id)
        elif self._claims[claim.id].charge != claim.charge:
            self._by_charge[claim.charge].append(claim.id)
        self._claims[claim.id] = claim
        for number in {payer_number, claim.payer_control_number} - {""}:
            if claim.id not in self._by_payer_number[_plain(number)]:
                self._by_payer_number[_plain(number)].append(claim.id)

    def match(self, payment: ClaimPayment) -> ClaimMatch:
        """The claim that the payment means, with its lines."""
        scored = sorted(
            ((*self._weigh(self._claims[name], payment), name) for name in self._near(payment)),
            key=lambda each: (-each[0], each[2]),
        )
        candidates = tuple((name, score) for score, _reasons, name in scored[:3])
        if not scored or scored[0][0] < _ENOUGH:
            return ClaimMatch(None, scored[0][0] if scored else 0, ("no claim is near enough",), (), candidates)
        score, reasons, name = scored[0]
        if len(scored) > 1 and score - scored[1][0] < _AHEAD:
            return ClaimMatch(None, score, ("several claims are equally near",), (), candidates)
        claim = self._claims[name]
        return ClaimMatch(claim, score, reasons, match_lines(claim, payment), candidates)

    def _near(self, payment: ClaimPayment) -> set[str]:
        found: set[str] = set()
        plain = _plain(payment.id)
        if payment.id in self._claims:
            found.add(payment.id)
        if plain and not found:
            found.update(self._plain.get(plain, ()))
        if len(plain) > _SHORT and not found:
            for end in range(_SHORT, len(plain)):  # the payer put something behind or before it
                found.update(self._plain.get(plain[:end], ()))
                found.update(self._plain.get(plain[-end:].lstrip("0"), ()))
        if len(plain) >= _SHORT and not found:  # the payer cut it short
            at = bisect_left(self._sorted, plain)
            for number in self._sorted[at : at + _MANY]:
                if not number.startswith(plain):
                    break
                found.update(self._plain[number])
        if payment.payer_control_number:
            found.update(self._by_payer_number.get(_plain(payment.payer_control_number), ()))
        for each in payment.references:
            if each.qualifier == "F8":
                found.update(self._by_payer_number.get(_plain(each.value), ()))
        if not found:
            found.update(self._by_charge.get(abs(payment.charge), ())[:_MANY])
        return found

    def _weigh(self, claim: Claim, payment: ClaimPayment) -> tuple[int, tuple[str, ...]]:
        points = 0
        reasons: list[str] = []

        def count(what: str, number: int) -> None:
            nonlocal points
            points += number
            reasons.append(f"{what} ({number:+d})")

        ours, theirs = _plain(claim.id), _plain(payment.id)
        if claim.id == payment.id:
            count("control number", 60)
        elif ours and ours == theirs:
            count("control number but for signs, case or zeros", 50)
        elif min(len(ours), len(theirs)) >= _SHORT and (ours.startswith(theirs) or theirs.startswith(ours)):
            count("control number shortened or lengthened", 35)
        elif min(len(ours), len(theirs)) >= _SHORT and (ours.endswith(theirs) or theirs.endswith(ours)):
            count("control number with something before it", 35)
        if payment.payer_control_number and claim.id in self._by_payer_number.get(
            _plain(payment.payer_control_number), ()
        ):
            count("payer's control number", 50)
        if abs(payment.charge) == claim.charge:
            count("charge", 20)
        else:
            count("another charge", -5)
        days, paid_days = _days(claim), _paid_days(payment)
        if days and paid_days:
            count("service date", 15) if days & paid_days else count("other service dates", -15)
        self._weigh_person(claim, payment, count)
        codes = {line.procedure.code for line in claim.lines if line.procedure}
        paid = {each.code for line in payment.lines for each in (line.submitted, line.procedure) if each and each.code}
        if codes and paid:
            share = len(codes & paid) / min(len(codes), len(paid))
            count("services", round(20 * min(share, 1))) if share else count("other services", -10)
        return points, tuple(reasons)

    def _weigh_person(self, claim: Claim, payment: ClaimPayment, count: Callable[[str, int], None]) -> None:
        members = {_plain(claim.subscriber.person.party.id), _plain(claim.person.party.id)} - {""}
        told = [party for role in ("QC", "IL", "74") if (party := payment.party(role))]
        numbers = {_plain(party.id) for party in told} - {""}
        if members and numbers:
            count("member number", 15) if members & numbers else count("another member number", -15)
        names = {_name(claim.person.party), _name(claim.subscriber.person.party)} - {""}
        paid_names = {_name(party) for party in told} - {""}
        if names and paid_names:
            count("last name", 10) if names & paid_names else count("another last name", -15)


def _name(party: Party) -> str:
    return re.sub(r"[^A-Z]", "", party.name.upper())


def _line_number(line: ClaimLine) -> str:
    return next((each.value for each in line.references if each.qualifier == "6R"), "") or str(line.number)


def match_lines(claim: Claim, payment: ClaimPayment) -> tuple[LineMatch, ...]:
    """Which lines of the claim each service of the payment means, in the order of the services.

    First one to one (line control number, code, modifiers, charge, date); then lines that the payer split into several
    services; then services into which it bundled several lines. A service that fits nothing has no lines.
    """
    open_lines = {line.number: line for line in claim.lines}
    found: dict[int, LineMatch] = {}
    pairs = sorted(
        (
            (-score, at, line.number, reasons)
            for at, service in enumerate(payment.lines)
            for line in claim.lines
            for score, reasons in (_weigh_line(line, service),)
            if score >= 40
        ),
        key=lambda each: each[:3],
    )
    for _score, at, number, reasons in pairs:
        if at not in found and number in open_lines:
            found[at] = LineMatch(at, (number,), reasons)
            del open_lines[number]
    _split(claim, payment.lines, open_lines, found)
    _bundle(payment.lines, open_lines, found)
    return tuple(found.get(at) or LineMatch(at, (), ("no line of the claim fits",)) for at in range(len(payment.lines)))


def _codes(service: ServicePayment) -> list[ProcedureId]:
    return [each for each in (service.submitted, service.procedure) if each and each.code]


def _weigh_line(line: ClaimLine, service: ServicePayment) -> tuple[int, tuple[str, ...]]:
    score, reasons = 0, []
    same_charge = abs(service.charge) == line.charge
    code = line.procedure.code if line.procedure else ""
    told = [each for each in _codes(service) if each.code == code]
    revenue = bool(line.revenue_code) and line.revenue_code.lstrip("0") in {
        service.revenue_code.lstrip("0"),
        *(each.code.lstrip("0") for each in _codes(service) if each.qualifier == "NU"),
    }
    number = service.line_control_number
    if number and _plain(number) == _plain(_line_number(line)) and (told or revenue or same_charge):
        score += 50
        reasons.append("line control number")
    if told:
        score += 30
        ours = line.procedure.modifiers if line.procedure else ()
        theirs = max((each.modifiers for each in told), key=lambda each: len(set(each) & set(ours)))
        if set(ours) == set(theirs):
            score += 15
            reasons.append("code and modifiers")
        elif set(theirs) < set(ours):
            score += 8
            reasons.append("code; the payer dropped a modifier")
        else:
            reasons.append("code; the payer changed the modifiers")
    elif revenue:
        score += 25
        reasons.append("revenue code")
    if not score:
        return 0, ()
    if same_charge:
        score += 20
        reasons.append("charge")
    elif not reasons or reasons[0] != "line control number":
        score -= 25
    days = {each.first for each in service.dates if each.first}
    if days and line.date:
        score += 10 if line.date in days else -10
        if line.date in days:
            reasons.append("date")
    return score, tuple(reasons)


def _split(
    claim: Claim,
    services: Sequence[ServicePayment],
    open_lines: dict[int, ClaimLine],
    found: dict[int, LineMatch],
) -> None:
    for line in claim.lines:
        if line.number not in open_lines or line.procedure is None:
            continue
        parts = [
            at
            for at, service in enumerate(services)
            if at not in found and any(each.code == line.procedure.code for each in _codes(service))
        ]
        if len(parts) > 1 and sum(abs(services[at].charge) for at in parts) == line.charge:
            for at in parts:
                found[at] = LineMatch(at, (line.number,), ("code; the payer split the line",))
            del open_lines[line.number]


def _bundle(services: Sequence[ServicePayment], open_lines: dict[int, ClaimLine], found: dict[int, LineMatch]) -> None:
    for at, service in enumerate(services):
        if at in found or not open_lines:
            continue
        numbers = sorted(open_lines)[:_BUNDLE]
        charge = abs(service.charge)
        for size in range(len(numbers), 0, -1):
            chosen = next(
                (
                    group
                    for group in combinations(numbers, size)
                    if sum(open_lines[number].charge for number in group) == charge
                ),
                None,
            )
            if chosen:
                why = "charge; the payer bundled lines" if size > 1 else "charge; the payer changed the code"
                found[at] = LineMatch(at, chosen, (why,))
                for number in chosen:
                    del open_lines[number]
                break
