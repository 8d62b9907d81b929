"""What runs in the family: the family history that an assessment takes up (I.C.21.c.4)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from nosology.coding.candidates import Fact
from nosology.coding.checks.wording import compile_words, sentences_for
from nosology.coding.history_codes import family_history_code
from nosology.coding.workup import Workup, check
from nosology.model.note import Status, Subject
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["add_family_history"]

_CARRIER = "Z14"  # relatives who carry the gene of a disease: Z84.81


@check("family_history", "read")
def add_family_history(workup: Workup, rule: Rule) -> None:
    """Report a family history that the assessment takes up (I.C.21.c.4)."""
    assessed = frozenset(rule.data["taken_up_in"])
    words = compile_words(rule.data["words"])
    denied = compile_words(rule.data["denied"])
    telling = frozenset(sentences_for(workup, words))
    stated = {
        f.mention.sentence
        for c in (workup.candidates if telling else ())
        for f in c.facts
        if f.mention.sentence in telling
        and f.kind in assessed
        and (m := words.search(said := workup.sentence_of(f)))
        and not denied.search(said[: m.start()])
    }
    _add_same_cancer(workup, rule)
    _add_of_relative(workup, rule, assessed)
    if not stated:
        return
    for candidate in list(workup.candidates):
        if (
            candidate.code.startswith(("Z80", "Z81", "Z82", "Z83", "Z84"))
            and not candidate.dropped
            and any(f.kind in assessed and f.mention.sentence in stated and not f.reason for f in candidate.facts)
        ):
            workup.raise_to(candidate, workup.threshold, Step("guideline", "taken up in the assessment", rule.citation))
        if candidate.code[0] in "ZVWXY" and not candidate.code.startswith(_CARRIER):
            continue
        told = [
            f for f in candidate.facts if f.mention.subject is Subject.FAMILY and f.mention.status is Status.PRESENT
        ]
        if any(f.mention.sentence in stated and f.kind in assessed for f in told):
            code = family_history_code(candidate.code)
            if code and workup.icd.is_billable(code):
                _add(workup, rule, code, told[0], workup.threshold)


def _add_of_relative(workup: Workup, rule: Rule, assessed: Collection[str]) -> None:
    """Report the disease of a blood relative that the assessment itself names: "mother had breast cancer at 42"."""
    relative = compile_words(rule.data["relative"])
    for candidate in list(workup.known(rule.data["by_relative"])):
        for fact in candidate.facts:
            if (
                fact.kind in assessed
                and fact.mention.subject is Subject.FAMILY
                and fact.mention.status is Status.PRESENT
                and relative.search(workup.sentence_of(fact))
            ):
                code = family_history_code(candidate.code)
                if code and workup.icd.is_billable(code):
                    _add(workup, rule, code, fact, workup.threshold)
                break


def _add_same_cancer(workup: Workup, rule: Rule) -> None:
    """Report a family history of the kind of cancer for which the patient is seen: it bears on risk and testing."""
    cancers = workup.having("C0", "C1", "C2", "C3", "C4", "C5", "C6", "C7", floor=workup.threshold)
    own = {family_history_code(c.code) for c in cancers if not c.code.startswith(("C77", "C78", "C79"))}
    if not own:
        return
    for candidate in list(workup.candidates):
        told = [
            f for f in candidate.facts if f.mention.subject is Subject.FAMILY and f.mention.status is Status.PRESENT
        ]
        if told and candidate.code.startswith("C") and (code := family_history_code(candidate.code)) in own and code:
            _add(workup, rule, code, told[0], workup.threshold)


def _add(workup: Workup, rule: Rule, code: str, fact: Fact, weight: float) -> None:
    step = Step("guideline", f"{fact.code} is over → {code}", rule.citation)
    workup.add(code, [replace(fact, code=code, reason="", weight=weight)], weight, step)
