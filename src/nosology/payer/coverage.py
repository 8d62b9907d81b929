"""What the payer covers: exclusions, limits of benefits, necessity by diagnosis, units, services within others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from nosology.codes.hcpcs import open_hcpcs
from nosology.errors import NosologyError
from nosology.payer.case import Case, Denial, service_code, units_of

__all__ = ["COVERAGE"]


_PROCEDURE = re.compile(r"\d{4}[0-9A-Z]|[A-V]\d{4}")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")


def _check_codes(case: Case) -> Iterator[Denial]:
    """Codes of procedures and modifiers that cannot be any, or that are none on the day of service.

    Level II codes are looked up where a release is installed; CPT is not shipped, so only its form is seen.
    """
    for place, line in enumerate(case.claim.lines):
        if line.procedure is None or line.procedure.qualifier not in ("HC", "AD"):
            continue
        code = line.procedure.code.strip().upper()
        if not _PROCEDURE.fullmatch(code) or not _listed(case, code, line.date or case.day):
            yield case.deny("procedure code", code[:10], line=place)
        for modifier in line.procedure.modifiers:
            known = case.policy.known_modifiers
            if not _MODIFIER.fullmatch(modifier) or (known and modifier not in known):
                yield case.deny("modifier code", modifier[:4], line=place)


def _listed(case: Case, code: str, day: date) -> bool:
    """False if the code is of Level II and not in the release of the day; True where no release is at hand."""
    if not code[:1].isalpha() or code[0] == "D":  # D codes are the dentists' own list
        return True
    try:
        book = case.books.open("hcpcs", day, open_hcpcs)
    except NosologyError:
        return True
    return code in book


def _check_exclusions(case: Case) -> Iterator[Denial]:
    """Services that no plan, this plan or no statute covers; those that count as experimental."""
    for place, line in enumerate(case.claim.lines):
        code = service_code(line)
        if line.procedure is not None and "GY" in line.procedure.modifiers:
            yield case.deny("excluded by statute", code, line=place)
        elif line.procedure is not None and "GZ" in line.procedure.modifiers:
            yield case.deny(
                "necessity", f"{code}, as the provider expects (GZ)", line=place, source="Pub. 100-20, CR 7228"
            )
        elif code in case.policy.not_covered:
            yield case.deny("not covered", code, line=place)
        elif code in case.policy.experimental:
            yield case.deny("experimental", code, line=place)
        elif case.plan is not None and code in case.plan.excluded:
            yield case.deny("not in plan", code, line=place)


def _check_benefit_limits(case: Case) -> Iterator[Denial]:
    """No more services in a calendar year than the benefit grants."""
    if case.plan is None:
        return
    limits = {each.id: each.most for each in case.plan.benefits if each.most is not None}
    counts: dict[tuple[str, int], int] = {}
    for served in case.history():
        if served.benefit in limits and served.day is not None:
            key = (served.benefit, served.day.year)
            counts[key] = counts.get(key, 0) + 1
    for place, line in enumerate(case.claim.lines):
        benefit = case.plan.benefit(service_code(line))
        if benefit is None or benefit.id not in limits:
            continue
        key = (benefit.id, (line.date or case.day).year)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] > (limits[benefit.id] or 0):
            yield case.deny("benefit used up", f"{limits[benefit.id]} a year", line=place)


def _check_necessity(case: Case) -> Iterator[Denial]:
    """Services that are covered for some diagnoses only: one that the line points to must be among them."""
    for place, line in enumerate(case.claim.lines):
        rule = next((each for each in case.policy.necessity if service_code(line) in each.codes), None)
        if rule is None:
            continue
        diagnoses = [each.code.replace(".", "").upper() for each in case.claim.diagnoses]
        pointed = [diagnoses[n - 1] for n in line.pointers if 1 <= n <= len(diagnoses)] or diagnoses
        if not any(each.startswith(rule.diagnoses) for each in pointed):
            told = line.procedure is not None and "GA" in line.procedure.modifiers
            situation = "necessity, patient told" if told else "necessity"
            yield case.deny(situation, service_code(line), line=place, source=rule.source)


def _check_units(case: Case) -> Iterator[Denial]:
    """No more units of a service on a day than the contract allows."""
    most = dict(case.policy.most_units)
    counts: dict[tuple[str, object], Decimal] = {}
    for served in case.history():
        if served.code in most:
            key = (served.code, served.day)
            counts[key] = counts.get(key, Decimal(0)) + served.units
    for place, line in enumerate(case.claim.lines):
        code = service_code(line)
        if code in most:
            key = (code, line.date)
            counts[key] = counts.get(key, Decimal(0)) + units_of(line)
            if counts[key] > most[code]:
                counts[key] -= units_of(line)
                yield case.deny("most units", f"{code}, {most[code]:f} a day", line=place)


def _check_bundles(case: Case) -> Iterator[Denial]:
    """Services that the payer pays within another one of the same day, also where that came on an earlier claim."""
    days = {(service_code(line), line.date) for line in case.claim.lines}
    days |= {(served.code, served.day) for served in case.history()}
    for place, line in enumerate(case.claim.lines):
        code = service_code(line)
        for whole, parts in case.policy.bundles:
            if code in parts and code != whole and (whole, line.date) in days:
                yield case.deny("part of another", f"{code} within {whole}", line=place)
                break


COVERAGE: tuple[tuple[str, Callable[[Case], Iterator[Denial]]], ...] = (
    ("codes", _check_codes),
    ("exclusions", _check_exclusions),
    ("limits of benefits", _check_benefit_limits),
    ("medical necessity", _check_necessity),
    ("units", _check_units),
    ("bundling", _check_bundles),
)
"""The checks in their order, each with the name under which a decision lists it."""
