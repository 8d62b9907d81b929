"""What cannot both be: a pregnancy after hysterectomy or menopause, a drug that the patient is allergic to,
an allergy where none is known.
"""

from __future__ import annotations

from nosology.coding.candidates import Fact
from nosology.coding.checks.allergies import find_allergies
from nosology.coding.workup import Workup, check, listed
from nosology.lexicon.patterns import compile_words
from nosology.model.coding import Query
from nosology.model.note import Role, Span, Status, Subject, Temporality
from nosology.rules.loader import Rule

__all__ = ["find_allergic", "find_allergy_denied", "find_impossible_pregnancy"]

_BEFORE = 60


@check("conflict_pregnancy", "conflict", listed("barring"))
def find_impossible_pregnancy(workup: Workup, rule: Rule) -> None:
    """Report a pregnancy of a patient whose uterus is gone or who is past the menopause."""
    categories = workup.categories()
    barring = [f for head in rule.data["barring"] for c in categories.get(head[:3], ()) for f in _stated(c.facts, head)]
    if not barring:
        return
    pregnant = [
        f
        for head, candidates in categories.items()
        if head[0] == "O" or head in rule.data["pregnant"]
        for c in candidates
        for f in _stated(c.facts, "")
        if f.mention.temporality is Temporality.CURRENT and not f.reason
    ]
    if not pregnant or compile_words(rule.data["unless"]).search(workup.chart.text):
        return
    evidence = (workup.quote(pregnant[0].mention.span), workup.quote(barring[0].mention.span, Role.CONTRADICTS))
    message = rule.message.format(codes=f"{pregnant[0].code} and {barring[0].code}")
    workup.report_finding(rule, evidence, message=message)
    workup.asked.append(Query(rule.id, str(rule.data["question"]), tuple(rule.data["options"]), evidence))


def _stated(facts: list[Fact], prefix: str) -> list[Fact]:
    return [
        f
        for f in facts
        if f.code.startswith(prefix)
        and f.mention.status is Status.PRESENT
        and f.mention.subject is Subject.PATIENT
        and len(f.mention.spans) == 1
    ]


@check("conflict_allergy", "conflict")
def find_allergic(workup: Workup, rule: Rule) -> None:
    """Report a drug that is given although the list of allergies names it or one of its class."""
    text = workup.chart.text
    lists = [s for s in workup.note.sections if s.kind == "allergies"]
    if not lists:
        return
    given = [m for m in workup.note.mentions if m.terms[0].startswith("drug:") and m.status is Status.PRESENT]
    given = [m for m in given if workup.note.sections[m.section].kind in rule.data["given_in"]]
    if not given:
        return
    none, instead = compile_words(rule.data["none"]), compile_words(rule.data["instead"])
    for section in lists:
        for item in find_allergies(text, section, workup.rules["allergy_status"][0]):
            if none.search(item.group()):
                continue
            for words in rule.data["classes"]:
                named = compile_words(words).search(item.group())
                if named is None:
                    continue
                for mention in given:
                    span = mention.span
                    if compile_words(words).search(text, span.start, span.end) and not instead.search(
                        text, max(0, span.start - _BEFORE), min(len(text), span.end + _BEFORE)
                    ):
                        allergy = Span(item.start() + named.start(), item.start() + named.end())
                        workup.report_finding(rule, (workup.quote(allergy), workup.quote(span, Role.CONTRADICTS)))
                        return


@check("conflict_no_allergy", "conflict")
def find_allergy_denied(workup: Workup, rule: Rule) -> None:
    """Report an allergy that one part of the chart names where another says that none is known."""
    for key, codes in (("none_at_all", "all"), ("none_of_drugs", "drugs")):
        denial = compile_words(rule.data[key]).search(workup.chart.text)
        if denial is None:
            continue
        for candidate in workup.documented(*rule.data[codes]):
            for fact in candidate.facts:
                span = fact.mention.span
                apart = span.end <= denial.start() or span.start >= denial.end()
                if fact.reason or not apart or fact.mention.status is not Status.PRESENT:
                    continue
                if fact.mention.subject is Subject.PATIENT:
                    evidence = (workup.quote(Span(*denial.span())), workup.quote(span, Role.CONTRADICTS))
                    workup.report_finding(rule, evidence, message=rule.message.format(code=candidate.code))
                    return
