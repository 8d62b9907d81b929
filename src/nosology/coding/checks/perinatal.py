"""The newborn: place and kind of birth on the birth record, the newborn visit (I.C.16.a, I.C.21.c.12)."""

from __future__ import annotations

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.records import MOTHER
from nosology.coding.workup import Workup, check, listed
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_birth", "read_newborn_visit"]

_HEAD = 200  # code points at the head of a note in which it is called a visit
_ASSESSED = ("assessment", "assessment_and_plan", "impression", "diagnosis")


@check("birth_record", "mandate")
def read_birth(workup: Workup, rule: Rule) -> None:
    """Report Z38 on the record of the stay in which the infant was born; it is sequenced first (I.C.16.a.2)."""
    chart = workup.chart
    if not chart.inpatient or (chart.age is not None and chart.age > 0) or not _is_infant(workup, rule):
        return
    for candidate in workup.having("O", "Z3A", "Z34", "Z37"):
        workup.drop(candidate, "chapter 15 is for the mother's record (I.C.15.a.1)")
    for code, words in rule.data["birth"].items():
        match = next(unnegated(words, chart.text), None)
        if match is not None:
            fact = fact_at(workup, Span(*match.span()), code, f"rule:{rule.id}", 1.0)
            added = workup.add(code, [fact], 1.0, Step("guideline", "born in this stay", rule.citation))
            added.order = (0, 0)
            return


def _is_infant(workup: Workup, rule: Rule) -> bool:
    mothers = workup.chart.record == MOTHER
    return not mothers and bool(compile_words(rule.data["infant"]).search(workup.chart.text[:1500]))


@check("newborn_visit", "mandate", listed("visits", "born"))
def read_newborn_visit(workup: Workup, rule: Rule) -> None:
    """Report a well visit of the first 28 days by the age in days (I.C.21.c.13)."""
    text = workup.chart.text
    visits = workup.having_any(rule.data["visits"])
    head = text[:_HEAD]
    born: list[Candidate] = []
    if not visits and workup.chart.setting == "outpatient":
        # "healthy newborn" at the office: the record of the birth is the hospital's
        born = [c for c in workup.documented(*rule.data["born"]) if not c.dropped or c.dropped.startswith("mention")]
    if not (visits or born) or (workup.chart.age is not None and workup.chart.age > 0):
        return
    told = compile_words(rule.data["days_old"]).finditer(text)
    ahead = compile_words(rule.data["ahead"])
    match = next((m for m in told if not ahead.search(text, max(0, m.start() - 20), m.start())), None)
    if match is None:
        return
    if born and (compile_words(rule.data["visit"]).search(head) or _told_with(workup, born, match.start())):
        visits = born
    if not visits:
        return
    weeks = match["dol"] is None and match["unit"].lower().startswith("w")
    days = int(match["dol"] or match["count"]) * (7 if weeks else 1)
    code = "Z00.110" if days < 8 else "Z00.111" if days < 29 else ""
    if code and code != visits[0].code:
        workup.raise_to(visits[0], workup.threshold)
        workup.replace(visits[0], code, Step("guideline", f"{days} days old", rule.citation))


def _told_with(workup: Workup, born: list[Candidate], place: int) -> bool:
    """True where the assessment tells the age with the infant: "well newborn, 5 days old" is seen after its birth."""
    number = workup.sentence_number(place)
    return any(f.mention.sentence == number and f.kind in _ASSESSED for c in born for f in c.facts)
