"""Situational rules of claims that compare several segments: the functions that rules pick by name with ``check``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from nosology.x12.checks import Report
from nosology.x12.claim_facts import Facts, cents, part
from nosology.x12.loops import Placed
from nosology.x12.situation_rules import Place, Situation, pick, tell
from nosology.x12.values import parse_day, parse_days

__all__ = [
    "attachment_number",
    "dates_in_order",
    "days_within",
    "distinct_payers",
    "health_codes",
    "known_payer",
    "line_numbers",
    "missing_codes",
    "no_box",
    "pointers_exist",
    "positive",
    "same_service",
    "surface_count",
    "surfaces_of_tooth",
    "us_places",
]

_SENT_APART = frozenset(("BM", "EL", "EM", "FT", "FX"))
_FRONT_TEETH = frozenset((*(str(n) for n in (*range(6, 12), *range(22, 28))), *"CDEFGHMNOPQR"))


def health_codes(claim: Facts, separator: str) -> Iterator[tuple[str, str, Placed, int]]:
    """Every code of the HI segments of a claim: its list (ABK, BH …), the code, the segment, its element."""
    for placed in claim.segments("HI"):
        for at in range(1, len(placed.elements)):
            text = placed.elements[at]
            if text:
                kind, _, rest = text.partition(separator)
                yield kind, rest.partition(separator)[0], placed, at


@pick("attachment_number")
def attachment_number(facts: Facts, rule: Situation, report: Report) -> None:
    """An attachment that is sent apart from the claim has a control number, by which the payer finds it."""
    for placed in facts.segments("PWK"):
        if placed.get(2) in _SENT_APART and not placed.get(6):
            tell(rule, report, placed, element=6, element_error="I9")


@pick("distinct_payers")
def distinct_payers(facts: Facts, rule: Situation, report: Report) -> None:
    """No two payers of a claim have the same place in the order of payment."""
    seen = {facts.value("2000B/SBR", 1)}
    for other in facts.levels("2320"):
        place = other.loop.head.get(1)
        if place in seen and place != "U":
            tell(rule, report, other.loop.head, element=1, element_error="7", value=place)
        seen.add(place)


@pick("known_payer")
def known_payer(facts: Facts, rule: Situation, report: Report) -> None:
    """The payer of a line's decision is one of the other payers of the claim."""
    head = facts.loop.head
    claim = facts.above.above if facts.above is not None else None
    others = claim.levels("2320") if claim is not None else []
    if head.get(1) not in {other.value("2330B/NM1", 9) for other in others}:
        tell(rule, report, head, element=1, element_error="7", value=head.get(1))


@pick("line_numbers")
def line_numbers(facts: Facts, rule: Situation, report: Report) -> None:
    """Lines are counted from 1 without a gap."""
    for count, line in enumerate(facts.levels("2400"), 1):
        if line.loop.head.get(1) != str(count):
            tell(rule, report, line.loop.head, element=1, element_error="7", value=line.loop.head.get(1))
            return


@pick("pointers_exist")
def pointers_exist(facts: Facts, rule: Situation, report: Report) -> None:
    """A line points at diagnoses that the claim has (``data.at``: the composite of pointers)."""
    service = facts.get(rule.data["segment"])
    if service is None:
        return
    element = rule.data["element"]
    text = service.get(element)
    if not text:
        return
    codes = facts.get("2300/HI*ABK") or facts.get("2300/HI*BK") or facts.get("2300/HI*TQ")
    count = len(codes.elements) - 1 if codes is not None else 0
    for at, pointer in enumerate(text.split(report.delimiters.component), 1):
        if pointer.isdigit() and pointer.isascii() and not 1 <= int(pointer) <= count:
            tell(rule, report, service, element=element, component=at, element_error="7", value=pointer)


@pick("positive")
def positive(facts: Facts, rule: Situation, report: Report) -> None:
    """An amount or quantity is not below zero, or not zero (``data.above``)."""
    above = rule.data.get("above")
    for name in rule.data["places"]:
        place = Place.read(name)
        placed = facts.get(place.key)
        text = placed.get(place.element) if placed is not None else ""
        if placed is None or not text or (text[0] != "-" and (not above or text.strip("0."))):
            continue
        amount = cents(text)
        if amount is not None and (amount < 0 or (above and not amount)):
            tell(rule, report, placed, element=place.element, element_error="7", value=text)


@lru_cache(maxsize=4096)
def _days(text: str) -> tuple[date, date] | None:
    return parse_days(text if "-" in text else text[:8])


def _first_and_last(placed: Placed | None, element: int) -> tuple[date, date] | None:
    """First and last day of a date, a period, or a date with an hour."""
    return _days(placed.get(element)) if placed is not None else None


@pick("dates_in_order")
def dates_in_order(facts: Facts, rule: Situation, report: Report) -> None:
    """The day at ``data.later`` is not before the day at ``data.earlier``; of periods the last counts."""
    late, early = Place.read(rule.data["later"]), Place.read(rule.data["earlier"])
    last, first = facts.get(late.key), facts.get(early.key)
    ends, begins = _first_and_last(last, late.element), _first_and_last(first, early.element)
    if last is not None and ends and begins and ends[1] < begins[0]:
        tell(rule, report, last, element=late.element, element_error="8", value=last.get(late.element))


@pick("days_within")
def days_within(facts: Facts, rule: Situation, report: Report) -> None:
    """The days at ``data.days`` lie within the period at ``data.period``."""
    inner, outer = Place.read(rule.data["days"]), Place.read(rule.data["period"])
    placed = facts.get(inner.key)
    days, period = _first_and_last(placed, inner.element), _first_and_last(facts.get(outer.key), outer.element)
    if placed is not None and days and period and not (period[0] <= days[0] and days[1] <= period[1]):
        tell(rule, report, placed, element=inner.element, element_error="8", value=placed.get(inner.element))


@pick("not_after_file")
def _not_after_file(facts: Facts, rule: Situation, report: Report) -> None:
    """A service lies not after the day on which the file was made (BHT04)."""
    place = Place.read(rule.data["days"])
    placed = facts.get(place.key)
    days = _first_and_last(placed, place.element)
    made = report.memory.get("837.made")
    if made is None:
        root = facts.loop.up("")
        header = root.find("BHT") if root is not None else None
        made = report.memory["837.made"] = (parse_day(header.get(4)) if header is not None else None) or date.max
    if placed is not None and days and days[0] > made:
        tell(rule, report, placed, element=place.element, element_error="8", value=placed.get(place.element))


@pick("within_life")
def _within_life(facts: Facts, rule: Situation, report: Report) -> None:
    """A service does not lie before the birth of the patient."""
    place = Place.read(rule.data["days"])
    placed = facts.get(place.key)
    days = _first_and_last(placed, place.element)
    person = facts.get("2010CA/DMG") or facts.get("2010BA/DMG")
    born = _days(person.get(2)) if person is not None else None
    if placed is not None and days and born and days[0] < born[0]:
        tell(rule, report, placed, element=place.element, element_error="8", value=placed.get(place.element))


@pick("no_box")
def no_box(facts: Facts, rule: Situation, report: Report) -> None:
    """The address of the billing provider is a street, not a post office box."""
    placed = facts.get(rule.data["segment"])
    for at in (1, 2):
        text = placed.get(at).upper().replace(".", "").replace(" ", "") if placed is not None else ""
        if placed is not None and text.startswith(("POBOX", "POSTOFFICEBOX", "LOCKBOX")):
            tell(rule, report, placed, element=at, element_error="I12", value=placed.get(at))


@pick("us_places")
def us_places(facts: Facts, rule: Situation, report: Report) -> None:
    """An address in the United States names its state and ZIP code (of nine digits where ``data.digits`` says so)."""
    for key in rule.data["segments"]:
        placed = facts.first.get(key)
        if placed is None or placed.get(4) not in ("", "US"):
            continue
        for element in (2, 3):
            if not placed.get(element):
                tell(rule, report, placed, element=element, element_error="I9")
        if placed.get(3) and len(placed.get(3)) < rule.data.get("digits", 0):
            tell(rule, report, placed, element=3, element_error="I12", value=placed.get(3))


@pick("same_service")
def same_service(facts: Facts, rule: Situation, report: Report) -> None:
    """The equipment of a line is the service of the line."""
    service, equipment = facts.get("2400/SV1"), facts.get("2400/SV5")
    separator = report.delimiters.component
    if service is None or equipment is None:
        return
    if part(service.get(1), 2, separator) != part(equipment.get(1), 2, separator):
        tell(rule, report, equipment, element=1, component=2, element_error="7")


@pick("missing_codes")
def missing_codes(facts: Facts, rule: Situation, report: Report) -> None:
    """The HI segments of the claim hold one of ``data.codes`` of the list ``data.list`` (any code if none is named)."""
    wanted = set(rule.data.get("codes") or ())
    lists = rule.data["lists"]
    for kind, code, _, _ in health_codes(facts, report.delimiters.component):
        if kind in lists and (not wanted or code in wanted):
            return
    tell(rule, report, facts.loop.head, segment_error="I6")


@pick("forbidden_codes")
def _forbidden_codes(facts: Facts, rule: Situation, report: Report) -> None:
    """The HI segments of the claim hold none of ``data.codes`` of the lists ``data.lists``."""
    wanted = set(rule.data["codes"])
    for kind, code, placed, at in health_codes(facts, report.delimiters.component):
        if kind in rule.data["lists"] and code in wanted:
            tell(rule, report, placed, element=at, component=2, element_error="I6", value=code)


@pick("if_codes")
def _if_codes(facts: Facts, rule: Situation, report: Report) -> None:
    """Where the HI segments hold one of ``data.codes``, ``data.needs`` is there."""
    wanted = set(rule.data["codes"])
    if any(Place.read(text).value(facts, report.delimiters.component) for text in rule.data["needs"]):
        return
    for kind, code, placed, _ in health_codes(facts, report.delimiters.component):
        if kind in rule.data["lists"] and code in wanted:
            tell(rule, report, placed, segment_error="I6")
            return


@pick("all_lines_lack")
def _all_lines_lack(facts: Facts, rule: Situation, report: Report) -> None:
    """Unless every line is of ``data.lines``, one of ``data.needs`` is there."""
    separator = report.delimiters.component
    if any(Place.read(text).value(facts, separator) for text in rule.data["needs"]):
        return
    place, codes = Place.read(rule.data["place"]), tuple(rule.data["starts"])
    lines = facts.levels("2400")
    if not lines or any(not place.value(line, separator).startswith(codes) for line in lines):
        tell(rule, report, facts.loop.head, segment_error="I6")


@pick("decided_without_date")
def _decided_without_date(facts: Facts, rule: Situation, report: Report) -> None:
    """A payer that has decided says when: on the claim, or on the lines."""
    if facts.get("2330B/DTP*573") is not None or facts.first.get("2320/AMT*D") is None:
        return
    payer = facts.value("2330B/NM1", 9)
    for line in facts.above.levels("2400") if facts.above is not None else ():
        if any(decision.loop.head.get(1) == payer for decision in line.levels("2430")):
            return
    tell(rule, report, facts.first["2320/AMT*D"], segment_error="I6")


@pick("surfaces_of_tooth")
def surfaces_of_tooth(facts: Facts, rule: Situation, report: Report) -> None:
    """Front teeth have an incisal edge, the others an occlusal surface."""
    for placed in facts.segments("TOO"):
        surfaces = placed.get(3).split(report.delimiters.component)
        wrong = "O" if placed.get(2) in _FRONT_TEETH else "I"
        if placed.get(2) and wrong in surfaces:
            tell(rule, report, placed, element=3, component=surfaces.index(wrong) + 1, element_error="7", value=wrong)


@pick("surface_count")
def surface_count(facts: Facts, rule: Situation, report: Report) -> None:
    """A restoration names as many surfaces as its code pays for (``data.counts``: code to least and greatest)."""
    separator = report.delimiters.component
    least, most = rule.data["counts"].get(part(facts.value("2400/SV3", 1), 2, separator), (0, 9))
    for placed in facts.segments("TOO"):
        count = len([text for text in placed.get(3).split(separator) if text])
        if not least <= count <= most:
            tell(rule, report, placed, element=3, element_error="7", value=placed.get(3))
