"""Allergies that the story tells: who gets hives of what, whose allergy it is, and of which drug (I.C.21.c.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nosology.coding.checks.allergies import agent_of, in_force
from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_told_allergies", "set_allergies_right"]

_LOOK_BACK = 40
_LOOK_AHEAD = 70
_STATUS = ("Z88", "Z91.0")
_ALLERGIC = re.compile(r"\ballerg(?:ic|y)\b(?!\s*(?:to\b|:))", re.IGNORECASE)
_AGENTS = re.compile(r"\s*(?:,|/(?=[a-z]{4})|&|\band\b|\bor\b|\bas well as\b)\s*", re.IGNORECASE)
_WORDS = 4  # of an agent
_TOLERATED = "the agent was tolerated"
_HEAD = re.compile(r"[\w/+-]+(?:[ -][\w/+-]+)?[\s-]+$")


@check("allergy_words", "read", lambda _: _STATUS)
def set_allergies_right(workup: Workup, rule: Rule) -> None:
    """Set aside the allergy of another person, and what an allergy is read of that is given in its stead."""
    text, agents = workup.chart.text, workup.rules["allergy_status"][0].data
    others, parted = compile_words(rule.data["others"]), compile_words(rule.data["parted"])
    _clear(workup, rule)
    for candidate in workup.having_any(_STATUS):
        for fact in candidate.facts:
            if fact.reason:
                continue
            span = fact.mention.span
            sentence = workup.note.sentences[fact.mention.sentence].span
            if others.search(text, sentence.start, span.end):
                fact.reason = "not of the patient"
            elif (said := _ALLERGIC.search(text, span.start, span.end)) and parted.search(text, said.end(), span.end):
                fact.reason = "what is given in its stead"
                head = _HEAD.search(text, max(sentence.start, said.start() - _LOOK_BACK), said.start())
                found = agent_of(head.group(), agents) if head is not None else None
                if head is not None and found is not None:
                    _report(workup, rule, Span(head.start(), said.end()), found[1])
        if all(f.reason for f in candidate.facts):
            workup.drop(candidate, f"{candidate.facts[0].reason} ({rule.citation_section})")


def _clear(workup: Workup, rule: Rule) -> None:
    """Set aside the allergy to an agent that a challenge was passed with, or whose label was removed."""
    text = workup.chart.text
    said = [workup.note.sentences[max(0, workup.sentence_number(m.start()))].span for m in _cleared(workup, rule)]
    for candidate in workup.having_any(_STATUS) if said else ():
        same = rule.data["same"].get(candidate.code)
        names = same or "|".join(re.escape(text[f.mention.span.start :].split()[0]) for f in candidate.facts)
        if any(compile_words(rf"(?:{names})").search(text, span.start, span.end) for span in said):
            for fact in candidate.facts:
                fact.reason = fact.reason or "no longer an allergy"
            workup.drop(candidate, f"{_TOLERATED} ({rule.citation_section})")


def _cleared(workup: Workup, rule: Rule) -> Iterator[re.Match[str]]:
    return unnegated(rule.data["cleared"], workup.chart.text)


@check("allergy_told", "read")
def read_told_allergies(workup: Workup, rule: Rule) -> None:
    """Report an allergy that is told as what an agent does to the patient ("she gets hives with penicillin")."""
    data, agents = rule.data, workup.rules["allergy_status"][0].data
    told: list[Span] = []
    for span, item, severe in _told(workup, rule):
        found = agent_of(item, agents)
        if found is None or (found[2] and not severe):  # a mild reaction to a drug of no usual allergy is a side effect
            continue
        _report(workup, rule, span, found[1])
        told.append(span)
    counts = workup.chart.inpatient or workup.chart.exhaustive
    gone = {c.code for c in workup.candidates if c.dropped.startswith(_TOLERATED)}
    for span, code in _agents(workup, rule):
        if code in gone:
            continue
        kind = workup.note.sections[workup.note.sentences[max(0, workup.sentence_number(span.start))].section].kind
        _report(workup, rule, span, code, counts=counts or kind in data["assessed_in"])
    told += [Span(*m.span()) for m in compile_words(data["in_brackets"]).finditer(workup.chart.text)]
    if not told:
        return
    for candidate in workup.having_any(data["reactions"]):
        for fact in candidate.facts:
            if not fact.reason and any(s.start <= fact.mention.span.start < s.end for s in told):
                fact.reason = "the reaction of an allergy"
        if all(f.reason for f in candidate.facts):
            workup.drop(candidate, f"the reaction of an allergy, not of now ({rule.citation_section})")


def _agents(workup: Workup, rule: Rule) -> Iterator[tuple[Span, str]]:
    """Yield where an allergy is stated with its agents in running text, and the code of each agent that is known."""
    text, data, agents = workup.chart.text, rule.data, workup.rules["allergy_status"][0].data
    opened, others, over, gone = (compile_words(data[k]) for k in ("open", "others", "over", "gone"))
    for key in ("allergic_to", "named"):
        for match in unnegated(data[key], text):
            sentence = workup.note.sentences[max(0, workup.sentence_number(match.start()))]
            start = sentence.span.start
            if workup.note.sections[sentence.section].kind in data["not_in"]:
                continue
            if opened.search(text, start, match.start()) or others.search(text, start, match.end()):
                continue
            if gone.search(text[match.end() : min(sentence.span.end, match.end() + _LOOK_AHEAD)]):
                continue
            for item in _AGENTS.split(match["agents"][: sentence.span.end - match.start("agents")]):
                found = None if over.search(item) else agent_of(" ".join(item.split()[:_WORDS]), agents)
                if found is None:
                    break
                yield Span(*match.span()), in_force(workup, found[1])


def _told(workup: Workup, rule: Rule) -> Iterator[tuple[Span, str, bool]]:
    """Yield where a reaction is told, the words that name its agent, and whether the reaction is severe."""
    text, data = workup.chart.text, rule.data
    current, others, severe = (compile_words(data[k]) for k in ("current", "others", "severe"))
    usual, past = compile_words(data["usual"]), compile_words(data["past"])
    for key in ("gives", "gets"):
        for match in unnegated(data[key], text):
            number = workup.sentence_number(match.start())
            sentence = workup.note.sentences[max(0, number)]
            start, end = sentence.span.start, sentence.span.end
            if workup.note.sections[sentence.section].kind in data["not_in"]:
                continue
            if current.search(text, start, end) or others.search(text, start, match.end()):
                continue
            if key == "gives":
                opening = max(start, match.start() - _LOOK_BACK)
                item = re.split(r"[,;:.]\s", text[opening : match.start()])[-1]
                span = Span(match.start() - len(item), match.end())
            else:
                opening = max(start, match.start() - _LOOK_BACK)
                if not usual.search(text, opening, match.end()) and not past.search(text, start, end):
                    continue
                item, span = match["agent"], Span(*match.span())
            yield span, item, severe.search(match.group()) is not None


def _report(workup: Workup, rule: Rule, span: Span, code: str, *, counts: bool = True) -> None:
    """Report an allergy; one that an office note merely mentions (``counts`` is False) is named, not reported."""
    code = in_force(workup, code)
    weight = workup.threshold if counts else workup.threshold / 2
    fact = fact_at(workup, span, code, f"rule:{rule.id}", weight)
    step = Step("guideline", "an allergy that the chart tells", rule.citation)
    workup.add(code, [fact], weight, step, mandated=counts)
