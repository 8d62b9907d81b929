"""The claim itself: units, dates, duplicates, pointers, numbers of providers, forms of its codes, time limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from nosology.codes.ndc import read_ndc
from nosology.codes.npi import npi_is_valid
from nosology.codes.revenue import find_revenue_code, is_revenue_category
from nosology.codes.titled_list import open_titled_list
from nosology.edits.checks.diagnoses import show
from nosology.edits.desk import Desk, Located, edit
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = [
    "check_authorization",
    "check_dates",
    "check_duplicate",
    "check_form",
    "check_listed",
    "check_ndc",
    "check_npi",
    "check_place",
    "check_pointers",
    "check_revenue",
    "check_telehealth",
    "check_timely",
    "check_type_of_bill",
    "check_units",
    "npi_is_valid",
]

_PROFESSIONAL = (Setting.PROFESSIONAL, Setting.EMERGENCY)


@edit("claim_units")
def check_units(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Units that are zero or negative, a charge that is negative, a line without a code, minutes that are none or more
    than a day holds."""
    for each in desk.lines:
        if not each.code and not each.line.revenue_code:
            yield desk.find(rule, each.where, {"why": "a line without a code"})
        elif each.line.units <= 0:
            yield desk.find(rule, each.where, {"why": f"{show(each.code)}: {each.line.units} units"})
        elif each.line.charge < 0:
            yield desk.find(rule, each.where, {"why": f"{show(each.code)}: a negative charge"})
        minutes = each.line.minutes
        if minutes is not None and not 0 < minutes <= rule.data["most_minutes"]:
            yield desk.find(rule, each.where, {"why": f"{show(each.code)}: {minutes} minutes"})


@edit("claim_ndc")
def check_ndc(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A line whose NDC cannot be one; ten digits without hyphens, which may be any of several, are a warning."""
    for each in desk.lines:
        wrong = read_ndc(each.line.ndc).finding if each.line.ndc.strip() else None
        if wrong is not None:
            why = f"NDC of {show(each.code)}: {wrong.message}"
            yield desk.find(rule, each.where, {"why": why}, severity=wrong.severity.value)


@edit("claim_dates")
def check_dates(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Dates out of order: discharge before admission, services outside the stay, before birth, after submission."""
    visit = desk.encounter
    if visit.admitted and visit.discharged and visit.discharged < visit.admitted:
        yield desk.find(rule, "discharged", {"why": "the discharge lies before the admission"})
    elif visit.admitted and visit.discharged and visit.length_of_stay is not None:
        days = max((visit.discharged - visit.admitted).days, 1)
        if visit.length_of_stay != days:
            yield desk.find(rule, "length_of_stay", {"why": f"{visit.length_of_stay} days, by the dates {days}"})
    earliest = visit.admitted - timedelta(days=rule.data["window"]) if visit.admitted else None
    stated = [(each.where, each.line.date) for each in desk.lines]
    stated += [(f"procedures[{n}]", each.date) for n, each in enumerate(visit.procedures)]
    for where, day in stated:
        if day is None:
            continue
        why = ""
        if visit.birth_date and day < visit.birth_date:
            why = "the service lies before the birth"
        elif visit.submitted and day > visit.submitted:
            why = "the service lies after the day of submission"
        elif visit.setting is Setting.INPATIENT and earliest and day < earliest:
            why = f"the service lies more than {rule.data['window']} days before the admission"
        elif visit.setting is Setting.INPATIENT and visit.discharged and day > visit.discharged:
            why = "the service lies after the discharge"
        elif desk.institutional and visit.admitted and visit.discharged:
            outside = visit.setting is not Setting.INPATIENT and not visit.admitted <= day <= visit.discharged
            why = "the service lies outside the period of the statement" if outside else ""
        if why:
            yield desk.find(rule, where, {"why": why})


@edit("claim_duplicate")
def check_duplicate(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """The same service of one day again, without a modifier that says why; in the encounter or its history."""
    repeat = set(rule.data["modifiers"])
    plain = set(rule.data["plain"])
    seen = {_key(each, plain): "in the history" for each in desk.earlier}
    for each in desk.lines:
        if not each.code:
            continue
        key = _key(each, plain)
        if key in seen and not repeat & set(each.modifiers):
            yield desk.find(rule, each.where, {"code": show(each.code), "first": seen[key]})
        seen.setdefault(key, f"as line {each.index + 1}")


def _key(each: Located, plain: set[str]) -> tuple[object, ...]:
    """What makes two lines the same: modifiers of ``plain`` say nothing of another service."""
    return each.code, each.day, frozenset(set(each.modifiers) - plain), each.line.provider, each.line.units


@edit("claim_pointers")
def check_pointers(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Pointers to diagnoses that are not there, more than a line holds, or none on a professional line."""
    count = len(desk.encounter.diagnoses)
    for each in desk.lines:
        points = each.line.diagnosis_pointers
        wrong = [point for point in points if not 1 <= point <= count]
        dental = re.fullmatch(r"D\d{4}", each.code)  # a dental claim may do without diagnoses
        if wrong:
            yield desk.find(rule, each.where, {"why": f"points to diagnosis {wrong[0]} of {count}"})
        elif len(points) > rule.data["most"]:
            yield desk.find(rule, each.where, {"why": f"{len(points)} pointers, and a line holds {rule.data['most']}"})
        elif not points and desk.encounter.setting in _PROFESSIONAL and not desk.institutional and not dental:
            yield desk.find(rule, each.where, {"why": "points to no diagnosis"})


@edit("claim_npi")
def check_npi(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """National provider identifiers that cannot be one."""
    stated = [("billing_npi", desk.encounter.billing_npi), ("rendering_npi", desk.encounter.rendering_npi)]
    stated += [(each.where, each.line.provider) for each in desk.lines]
    for where, number in stated:
        if number.strip() and not npi_is_valid(number.strip()):
            yield desk.find(rule, where, {"number": show(number)})


@edit("claim_form")
def check_form(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A field of the encounter that does not have the form that ``pattern`` gives; not where it is blank."""
    value = str(getattr(desk.encounter, rule.data["field"], "")).strip().upper()
    if value and not re.fullmatch(rule.data["pattern"], value):
        yield desk.find(rule, rule.data["field"], {"value": show(value)})


@edit("claim_listed")
def check_listed(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A field of the encounter whose value is none of an installed list; not where it is blank or of another form."""
    value = str(getattr(desk.encounter, rule.data["field"], "")).strip().upper()
    if not re.fullmatch(rule.data["pattern"], value):
        return
    system = rule.data["list"]
    book = desk.books.open(f"list {system}", desk.on, lambda *, on, home: open_titled_list(system, on=on, home=home))
    desk.used[system] = book.release
    if value not in book:
        yield desk.find(rule, rule.data["field"], {"value": show(value)})


@edit("claim_type_of_bill")
def check_type_of_bill(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A type of bill of no known facility and kind, an unknown frequency, or one of another setting."""
    stated = desk.encounter.type_of_bill.strip().upper()
    if not stated:
        return
    plain = stated[1:] if len(stated) == 4 and stated[0] == "0" else stated
    kind, frequency = plain[:2], plain[2:]
    expected = rule.data["settings"].get(desk.encounter.setting.value, [])
    why = ""
    if len(plain) != 3 or kind not in rule.data["kinds"]:
        why = "no such type of bill"
    elif frequency not in rule.data["frequencies"]:
        why = f"no such frequency: {frequency}"
    elif expected and kind not in expected:
        why = f"not of the setting {desk.encounter.setting.value}"
    if why:
        yield desk.find(rule, "type_of_bill", {"value": show(stated), "why": why})


@edit("claim_revenue")
def check_revenue(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Lines of a facility without a revenue code of four digits, with one that is none, or whose revenue code and
    service do not agree. A subcategory that our list lacks may be new: a warning."""
    for each in desk.lines:
        revenue = each.line.revenue_code.strip()
        if desk.encounter.type_of_bill and not re.fullmatch(r"\d{4}", revenue):
            yield desk.find(rule, each.where, {"why": f"{show(each.code)}: no revenue code of four digits"})
        elif revenue and find_revenue_code(revenue) is None:
            severity = "warning" if is_revenue_category(revenue) else None
            yield desk.find(rule, each.where, {"why": f"there is no revenue code {show(revenue)}"}, severity=severity)
        for row in rule.data["needs_code"]:
            if revenue.startswith(row) and not each.code and desk.encounter.setting is not Setting.INPATIENT:
                yield desk.find(rule, each.where, {"why": f"revenue code {revenue} needs a HCPCS code"})
        for row in rule.data["pairs"]:
            said = _in_ranges(each.code, row.get("codes", [])) or set(row.get("modifiers", ())) & set(each.modifiers)
            if revenue and said and not revenue.startswith(tuple(row["revenue"])):
                named = ", ".join(f"{part:x<4}" for part in row["revenue"])
                what = each.code if "codes" in row else f"{show(each.code)}-{row['modifiers'][0]}"
                yield desk.find(rule, each.where, {"why": f"{what} goes with revenue code {named}"})


def _in_ranges(code: str, ranges: list[list[str]]) -> bool:
    return any(first <= code <= last and len(code) == 5 for first, last in ranges)


@edit("claim_place")
def check_place(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A professional line without a place of service, or with one that is none."""
    if desk.institutional:
        return
    for each in desk.lines:
        place = each.line.place_of_service.strip()
        if place not in rule.data["places"]:
            yield desk.find(rule, each.where, {"code": show(each.code), "place": show(place)})


@edit("claim_telehealth")
def check_telehealth(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Modifier and place of service of a service at a distance that do not agree on the day."""
    for each in desk.lines:
        place, marks = each.line.place_of_service.strip(), set(each.modifiers)
        for row in rule.data["rows"]:
            first = date.fromisoformat(row.get("from", "1990-01-01"))
            last = date.fromisoformat(row.get("to", "9999-12-31"))
            said = set(row.get("all", ())) <= marks and ("any" not in row or bool(marks & set(row["any"])))
            there = place in row["places"] if "places" in row else place not in row.get("not_places", ())
            of = "codes" not in row or _in_ranges(each.code, row["codes"])
            if first <= each.day <= last and said and there and of and place and not desk.institutional:
                yield desk.find(rule, each.where, {"code": show(each.code), "why": row["why"]})


@edit("claim_timely")
def check_timely(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A claim that is sent later after the service than the payer takes; years or days by payer, "*" for any other."""
    sent, last = desk.encounter.submitted, desk.encounter.discharged
    days = [each.line.date for each in desk.lines if each.line.date is not None]
    served = last or max(days, default=None)
    limits = rule.data["days"]
    most = limits.get(desk.encounter.payer.lower(), limits.get("*"))
    years = rule.data.get("years", {}).get(desk.encounter.payer.lower())
    if years and served is not None:  # to the same day of the year, or the one before 29 February
        feb29 = (served.month, served.day) == (2, 29)
        most = (served.replace(year=served.year + years, day=28 if feb29 else served.day) - served).days
    if sent is not None and served is not None and most is not None and (sent - served).days > most:
        yield desk.find(rule, "submitted", {"days": (sent - served).days, "most": most})


@edit("claim_authorization")
def check_authorization(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A service of the list (codes, or first and last code) without the number of an authorisation."""
    if desk.encounter.authorization.strip():
        return
    listed = [[each, each] if isinstance(each, str) else each for each in rule.data["codes"]]
    for each in desk.lines:
        if _in_ranges(each.code, listed):
            yield desk.find(rule, each.where, {"code": each.code})
