"""The principal diagnosis of an inpatient stay (Guidelines, Section II; chapter rules on sequencing in Section I.C).

The provider's own order decides first: what is labelled principal, then the head of the list of final diagnoses, then
what the narrative says the patient was admitted for. From the conditions that stand there, those that cannot be
principal are passed over (symptoms beside a diagnosis, manifestations, external causes, most status codes), and the
chapter rules have the last word (sepsis, poisoning, HIV disease, obstetrics, the newborn).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from nosology.coding.candidates import Candidate, Chart
from nosology.coding.reportable import is_symptom
from nosology.errors import NosologyError
from nosology.rules.loader import find_rule

__all__ = ["choose_principal"]

_REPORTED = 0.6
_RULE = "II-principal"


class _Tables(NamedTuple):
    """The lists and patterns of the rule, compiled."""

    anchors: tuple[re.Pattern[str], ...]
    course: re.Pattern[str]
    never: tuple[str, ...]
    may: tuple[str, ...]
    sepsis: tuple[str, ...]
    localized: tuple[str, ...]
    hiv_related: tuple[str, ...]


@cache
def _tables() -> _Tables:
    rule = find_rule(_RULE)
    if rule is None:
        raise NosologyError(f"rule {_RULE} is missing; reinstall the package")
    data, flags = rule.data, re.IGNORECASE | re.MULTILINE
    return _Tables(
        tuple(re.compile(a, flags) for a in data["anchors"]),
        re.compile(data["course"], flags),
        tuple(data["never"]),
        tuple(data["factors_that_may"]),
        tuple(data["sepsis"]),
        tuple(data["localized"]),
        tuple(data["hiv_related"]),
    )


def choose_principal(coded: list[Candidate], chart: Chart) -> Candidate | None:
    """Return the principal diagnosis among ``coded``, None where no code may stand first."""
    fit = [c for c in coded if _may_lead(c)]
    diagnoses = [c for c in fit if not is_symptom(c.code)]
    pool = diagnoses or fit
    if not pool:
        return None
    if births := [c for c in coded if c.code.startswith("Z38")]:
        return births[0]
    if treatment := [c for c in coded if c.code.startswith(("Z51.0", "Z51.1")) and c.weight >= _REPORTED]:
        return treatment[0]  # I.C.2.e.2
    if obstetric := [c for c in pool if c.code.startswith("O") and not c.code.startswith(("O09", "O99.21"))]:
        pool = obstetric
    chosen = _first_named(pool, chart.text)
    return _by_chapter(chosen, pool, chart)


def _may_lead(candidate: Candidate) -> bool:
    code = candidate.code
    if code.startswith(_tables().may):
        return True
    if code.startswith("T") and len(code) == 8 and code[6] == "6" and code[:3] >= "T36" and code[:3] <= "T50":
        return False  # underdosing is never sequenced first (I.C.19.e.5.c)
    if code.startswith("T") and len(code) == 8 and code[6] in "56" and "T36" <= code[:3] <= "T50":
        return False  # the adverse effect follows its nature (I.C.19.e.5.a)
    return not code.startswith(_tables().never)


def _places(candidate: Candidate) -> list[int]:
    live = [f for f in candidate.facts if not f.reason]
    weak = [f.mention.span.start for f in live]
    return weak or [f.mention.span.start for f in candidate.facts]


def _first_named(pool: list[Candidate], text: str) -> Candidate:
    """Return the candidate that stands first after the surest place that names diagnoses."""
    places = {id(c): sorted(_places(c)) for c in pool}
    anchors = _tables().anchors
    for number, anchor in enumerate(anchors):
        if number == len(anchors) - 1 and (headed := _first_problem(pool, text)) is not None:
            return headed
        for match in anchor.finditer(text):
            following = []
            for candidate in pool:
                place = next((p for p in places[id(candidate)] if p >= match.start()), None)
                if place is not None and place - match.end() < 260:
                    following.append((place, -_extent(candidate, place), candidate.mandated, candidate.code, candidate))
            if following:
                return min(following, key=lambda f: f[:4])[4]
    ranked = [((places[id(c)] or [10**9])[0], -c.weight, c.code, c) for c in pool]
    return min(ranked, key=lambda r: r[:3])[3]


def _first_problem(pool: list[Candidate], text: str) -> Candidate | None:
    """Return the first problem that opens a line of a hospital course told by problem."""
    match = _tables().course.search(text)
    if match is None:
        return None
    found = []
    for candidate in pool:
        for fact in candidate.facts:
            place = fact.mention.span.start
            if not fact.reason and fact.heading and 0 <= place - match.end() < 400:
                found.append((place, -len(fact.mention.atoms), candidate.code, candidate))
    return min(found, key=lambda f: f[:3])[3] if found else None


def _extent(candidate: Candidate, place: int) -> int:
    return max((len(f.mention.atoms) for f in candidate.facts if f.mention.span.start == place), default=0)


def _by_chapter(chosen: Candidate, pool: list[Candidate], chart: Chart) -> Candidate:
    """Apply the sequencing rules of the chapters to the condition that the chart names first."""
    code = chosen.code
    tables = _tables()
    if code.startswith(tables.hiv_related) and (hiv := [c for c in pool if c.code == "B20"]):
        return hiv[0]  # I.C.1.a.2.a
    if code.startswith(tables.localized):
        for sepsis in pool:
            if sepsis.code.startswith(tables.sepsis):
                return sepsis  # I.C.1.d.4
    poisonings = [c for c in pool if "T36" <= c.code[:3] <= "T65" and len(c.code) == 8 and c.code[6] in "1234"]
    if poisonings and not code.startswith(("T", "S")):
        near = [c for c in poisonings if abs(min(_places(c)) - min(_places(chosen))) < 400]
        if near:
            return min(near, key=lambda c: (min(_places(c)), c.code))  # I.C.19.e.5.b
    return chosen
