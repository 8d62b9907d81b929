"""The patient: codes of the other sex, codes of another age, an age that is none."""

from __future__ import annotations

from collections.abc import Iterator

from nosology.edits.desk import Desk, edit
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = ["age_on", "check_age", "check_patient", "check_sex"]


def _in_range(code: str, first: str, last: str) -> bool:
    """True if a dotted code lies from ``first`` to ``last``, each with everything below it."""
    return first <= code[: max(len(first), 3)] and code[: len(last)] <= last


@edit("icd_sex")
def check_sex(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A diagnosis of the sex that the patient is not said to be of."""
    sex = desk.encounter.sex.strip().upper()
    listed = {"F": rule.data["male"], "M": rule.data["female"]}.get(sex, [])
    for place, code in desk.diagnoses:
        if any(_in_range(code, str(first), str(last)) for first, last in listed):
            yield desk.find(rule, f"diagnoses[{place}]", {"code": code, "sex": sex})


def age_on(desk: Desk) -> int | None:
    """The age in years on the date of service, or None where nothing tells it."""
    born = desk.encounter.birth_date
    if desk.encounter.age is not None or born is None:
        return desk.encounter.age
    return desk.on.year - born.year - ((desk.on.month, desk.on.day) < (born.month, born.day))


@edit("icd_age")
def check_age(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A diagnosis that the age of the patient does not fit."""
    age = age_on(desk)
    if age is None:
        return
    for place, code in desk.diagnoses:
        for row in rule.data["rows"]:
            if any(_in_range(code, str(first), str(last)) for first, last in row["codes"]):
                if not row["from"] <= age <= row["to"]:
                    names = {"code": code, "age": age, "group": row["group"]}
                    yield desk.find(rule, f"diagnoses[{place}]", names)
                break


@edit("patient_age")
def check_patient(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """An age outside 0 to 124, or one that is not that of the date of birth."""
    age, born = desk.encounter.age, desk.encounter.birth_date
    if age is not None and not 0 <= age <= 124:
        yield desk.find(rule, "age", {"why": f"{age} years are no age"})
    if born is not None and born > desk.on:
        yield desk.find(rule, "birth_date", {"why": "the birth lies after the service"})
    elif age is not None and born is not None:
        told = desk.on.year - born.year - ((desk.on.month, desk.on.day) < (born.month, born.day))
        if abs(told - age) > 1:
            yield desk.find(rule, "age", {"why": f"the age is {age}, by the date of birth {told}"})
