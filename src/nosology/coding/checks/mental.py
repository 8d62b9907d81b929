"""Depression as the problem describes it: single or recurrent, severity, psychotic features, remission (I.C.5)."""

from __future__ import annotations

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, said_of_another, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["detail_depression"]

_BLOCK = 6  # sentences of a problem that can describe it


@check("depression", "link")
def detail_depression(workup: Workup, rule: Rule) -> None:
    """Give depression the episode and the severity that the provider states; a questionnaire's score states neither."""
    for candidate in workup.having_any(rule.data["vague"]):
        spans = _told_in(workup, candidate, rule)
        recurrent = _first(workup, spans, rule.data["recurrent"])
        if candidate.code in rule.data["single"]:  # the severity stands in the code already
            if recurrent:
                again = str(rule.data["single"][candidate.code])
                workup.replace(candidate, again, Step("guideline", f"{candidate.code} → {again}", rule.citation))
            continue
        major = candidate.code != "F32.A" or _first(workup, spans, rule.data["major"]) is not None
        if not (recurrent or major):
            continue
        found = next(
            ((row, at) for row in rule.data["severities"] if (at := _first(workup, spans, row["words"]))), None
        )
        stem = "recurrent" if recurrent or candidate.code.startswith("F33") else "single"
        code = str(found[0][stem]) if found else {"recurrent": "F33.9", "single": "F32.9"}[stem]
        if code == "F32.2" and _first(workup, spans, rule.data["psychotic"]):
            code = "F32.3"
        if code == "F33.2" and _first(workup, spans, rule.data["psychotic"]):
            code = "F33.3"
        if code in (candidate.code, "F32.9") or not workup.icd.is_billable(code):
            continue
        new = workup.replace(candidate, code, Step("guideline", f"{candidate.code} → {code}", rule.citation))
        new.specifies += [(at, Role.SPECIFIES) for at in (recurrent, found[1] if found else None) if at]
        for other in workup.having("F32.A", "F32.9", "F33.9"):
            if other is not new:
                new.take(other.facts)
                new.weight = max(new.weight, other.weight)
                workup.drop(other, f"said more specifically by {code} ({rule.citation_section})")


def _told_in(workup: Workup, candidate: Candidate, rule: Rule) -> list[Span]:
    """Return the sentences of the problem that speak of the mood, and nothing of another condition's severity."""
    about, sentences = compile_words(rule.data["about"]), workup.note.sentences
    text = workup.chart.text
    numbers: list[int] = []
    for fact in candidate.facts:
        if fact.reason:
            continue
        at = fact.mention.sentence
        for number in range(at, min(len(sentences), at + _BLOCK) if fact.heading else at + 1):
            if sentences[number].section != sentences[at].section:
                break
            span = sentences[number].span
            if number == at or about.search(text, span.start, span.end):
                numbers.append(number)
    return [sentences[n].span for n in dict.fromkeys(numbers)]


def _first(workup: Workup, spans: list[Span], words: str) -> Span | None:
    for span in spans:
        for match in unnegated(words, workup.chart.text, span.start, span.end):
            if not said_of_another(workup, place := Span(*match.span()), ("F3",)):
                return place
    return None
