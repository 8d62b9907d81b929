"""Whose chart it is: two patients in one file, statements that differ on who it is, conditions of the other sex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from nosology.coding.checks.wording import compile_words
from nosology.coding.persons import Identifier, Introduction, is_gender_diverse, stated_sex
from nosology.coding.sexes import OTHER_SEX
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span, Status, Subject
from nosology.rules.loader import Rule

__all__ = ["compare_identity", "find_two_patients", "report_other_sex"]

_ALIKE = 0.8  # two spellings of one name
_HE = re.compile(r"(?<![\w’'/])[Hh]e\b(?!/)")
_SHE = re.compile(r"(?<![\w’'/])[Ss]he\b(?!/)")
_SEXES = {"F": "female", "M": "male"}


@check("two_patients", "chart")
def find_two_patients(workup: Workup, rule: Rule) -> None:
    """Report a file with the charts of two patients and let nothing of it be coded."""
    fields = workup.identifiers
    differing = {kind: pair for kind in ("name", "record number", "birth date") if (pair := _differing(fields, kind))}
    doubtful = "name" in differing and _share_a_word(*differing["name"])
    person = _two_persons(workup, float(rule.data["years"]))
    signs = [kind for kind in differing if not (kind == "name" and doubtful)]
    certain = ("name" in signs) or len(differing) + (person is not None) >= 2
    if not certain and (person is None or workup.chart.exhaustive):
        return
    pairs = [_spans(pair) for pair in differing.values()] + ([_spans(person)] if person else [])
    said = [*differing, *(["age and sex"] if person else [])]
    evidence = [workup.quote(span, role) for pair in pairs for span, role in zip(pair, _ROLES, strict=True)]
    workup.report_finding(rule, evidence, message=rule.message.format(what=", ".join(said)))
    workup.withhold(str(rule.data["why"]))


_ROLES = (Role.SUPPORTS, Role.CONTRADICTS)


def _spans(pair: Sequence[Identifier] | Sequence[Introduction]) -> tuple[Span, Span]:
    return pair[0].span, pair[1].span


def _differing(fields: Iterable[Identifier], kind: str) -> tuple[Identifier, Identifier] | None:
    """The first two fields of a kind that cannot be the same."""
    here = [field for field in fields if field.kind == kind]
    for other in here[1:]:
        if not _same(here[0].value, other.value, kind):
            return here[0], other
    return None


def _same(one: frozenset[str], other: frozenset[str], kind: str) -> bool:
    """True for two writings of one value; names may leave words out or be misspelt."""
    if kind != "name":
        return one == other
    left, right = one - other, other - one
    return not left or not right or all(any(_alike(a, b) for b in right) for a in left)


def _alike(one: str, other: str) -> bool:
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _share_a_word(one: Identifier, other: Identifier) -> bool:
    return bool(one.value & other.value)


def _two_persons(workup: Workup, years: float) -> tuple[Introduction, Introduction] | None:
    """Two introductions that differ in sex and by more than ``years``."""
    told = [i for i in workup.chart.introductions if i.sex and i.age is not None]
    first: dict[str, Introduction] = {}
    for each in told:
        first.setdefault(each.sex, each)
    if len(first) < 2 or is_gender_diverse(workup.chart.text):
        return None
    by_age = sorted(told, key=lambda i: i.age or 0)
    gaps = [(b.age or 0) - (a.age or 0) for a, b in pairwise(by_age) if a.sex != b.sex]
    one, other = sorted(first.values(), key=lambda i: i.span)
    return (one, other) if min(gaps) > years else None


@check("identity_differs", "chart")
def compare_identity(workup: Workup, rule: Rule) -> None:
    """Report statements about the patient that differ: header, age, sex, what the encounter says, pronouns."""
    if workup.withheld:
        return
    chart, told = workup.chart, workup.chart.introductions
    sexes = [i for i in told if i.sex]
    found: list[tuple[str, tuple[Span, ...]]] = []
    fields = workup.identifiers
    for kind in ("name", "record number", "birth date"):
        pair = _differing(fields, kind)
        if pair:
            found.append((f"the chart gives the {kind} in two ways", _spans(pair)))
    other = next((i for i in sexes if i.sex != sexes[0].sex), None)
    if other is not None and not is_gender_diverse(chart.text):
        found.append(("the chart gives the sex in two ways", (sexes[0].span, other.span)))
    elif chart.sex and sexes and sexes[0].sex != chart.sex and other is None and not is_gender_diverse(chart.text):
        found.append((f"the sex of the encounter ({_SEXES[chart.sex]}) is not that of the chart", (sexes[0].span,)))
    found += _ages(workup, float(rule.data["years"]))
    found += _pronouns(workup, rule)
    for what, spans in found:
        evidence = [workup.quote(span, Role.CONTRADICTS if n else Role.SUPPORTS) for n, span in enumerate(spans)]
        workup.report_finding(rule, evidence, message=what)


def _ages(workup: Workup, years: float) -> list[tuple[str, tuple[Span, ...]]]:
    told = [i for i in workup.chart.introductions if i.age is not None]
    if not told:
        return []
    first = told[0]
    other = next((i for i in told[1:] if abs((i.age or 0) - (first.age or 0)) > years), None)
    if other is not None:
        return [("the chart gives the age in two ways", (first.span, other.span))]
    age = workup.chart.age
    if age is not None and abs((first.age or 0) - age) > years:
        return [(f"the age of the encounter ({age} years) is not that of the chart", (first.span,))]
    return []


def _pronouns(workup: Workup, rule: Rule) -> list[tuple[str, tuple[Span, ...]]]:
    """A patient of one sex who is only ever spoken of with the pronoun of the other, and nobody else is there."""
    chart = workup.chart
    sex = stated_sex(chart.introductions) or chart.sex
    if not sex:
        return []
    own, others = (_HE, _SHE) if sex == "M" else (_SHE, _HE)
    word = "he" if sex == "F" else "she"
    if (f" {word} " not in chart.lower and f"\n{word} " not in chart.lower) or own.search(chart.text):
        return []
    spoken = list(others.finditer(chart.text))
    if len(spoken) < int(rule.data["pronouns"]) or compile_words(rule.data["people"]).search(chart.text):
        return []
    if is_gender_diverse(chart.text):
        return []
    stated = next((i.span for i in chart.introductions if i.sex), None)
    span = Span(spoken[0].start(), spoken[0].end())
    return [("the pronouns are those of the other sex", (span,) if stated is None else (stated, span))]


@check("sex_conflict", "chart")
def report_other_sex(workup: Workup, rule: Rule) -> None:
    """Report conditions of the other sex, which are not coded."""
    ages = [workup.chart.age, *(i.age for i in workup.chart.introductions)]
    age = next((age for age in ages if age is not None), None)
    barred = OTHER_SEX.get(workup.chart.known_sex, "")
    if age is not None and age < float(rule.data["from_age"]):
        return  # what the chart of an infant tells of pregnancy and birth is the mother's
    if not barred or not any(why == barred for _, why in workup.unread):
        return
    somebody_else = compile_words(rule.data["people"])
    mentions = [
        m
        for m, why in workup.unread
        if why == barred
        and m.status is Status.PRESENT
        and m.subject is Subject.PATIENT
        and not somebody_else.search(workup.sentence_at(m.sentence))
    ]
    if not mentions:
        return
    stated = [i.span for i in workup.chart.introductions if i.sex][:1]
    evidence = [workup.quote(span) for span in stated]
    evidence += [workup.quote(m.span, Role.CONTRADICTS) for m in mentions[: int(rule.data["most"])]]
    message = rule.message.format(
        sex=_SEXES[workup.chart.known_sex], codes=", ".join(sorted({m.codes[0] for m in mentions}))
    )
    workup.report_finding(rule, evidence, message=message)
