"""Chronic ulcers of the leg and foot: how deep they reach, by the words of the chart; those of the veins (L97)."""

from __future__ import annotations

import re

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, said_near, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_ulcer_depth", "read_ulcer_site"]

_MEASURED = re.compile(r"\W*(?:(?:size|measures?|measuring|dimensions?)\W{1,3})?\d+(?:\.\d+)? ?(?:cm|mm)? ?[x×X]")
_SKIN = "1"  # the sixth character of one that is limited to the skin
_UNSPECIFIED = "9"  # the sixth character of an ulcer whose depth nobody told


@check("ulcer_depth", "mandate", lambda _: ["L97"])
def read_ulcer_depth(workup: Workup, rule: Rule) -> None:
    """Give an ulcer without a depth the one that its own sentences tell, or, if it is the only one, any of an ulcer."""
    ulcers = [c for c in workup.having("L97") if len(c.code) == 7]
    for candidate in ulcers:
        if candidate.code[-1] != _UNSPECIFIED:
            continue
        for row in rule.data["depths"]:
            span = said_near(workup, candidate, row["words"])
            if span is None and len(ulcers) == 1:
                far = row["digit"] != _SKIN and not workup.having("L89")
                span = _told_of_an_ulcer(workup, rule, row["words"], 2 if far else 1)
            code = f"{candidate.code[:-1]}{row['digit']}"
            if span is not None and workup.icd.is_billable(code):
                _deepen(workup, rule, candidate, code, span)
                break
    for candidate in workup.having("L97"):  # the same ulcer, whose depth another place tells
        told = [c for c in workup.having(candidate.code[:-1]) if c.code[-1] != _UNSPECIFIED]
        if candidate.code[-1] == _UNSPECIFIED and len(told) == 1:
            workup.replace(candidate, told[0].code, Step("tabular", "depth told elsewhere", rule.citation))


@check("ulcer_site", "mandate", lambda rule: rule.data["varicose"])
def read_ulcer_site(workup: Workup, rule: Rule) -> None:
    """Add the chronic ulcer of L97 to that of varicose veins; where none are told, it is the insufficiency's."""
    data = rule.data
    ulcers = [c for c in workup.having_any(data["varicose"], floor=workup.threshold) if len(c.code) == 7]
    for candidate in ulcers:
        side, site = candidate.code[5], data["sites"].get(candidate.code[6])
        facts = [f for f in candidate.facts if not f.reason]
        code = f"L97.{site}{side}{_UNSPECIFIED}"
        if site and facts and workup.icd.is_billable(code) and not workup.having("L97"):
            step = Step("tabular", f"severity of the ulcer of {candidate.code}", rule.citation)
            workup.add(code, facts, workup.threshold, step, mandated=True)
    told = workup.having_any(data["insufficiency"], floor=workup.threshold)
    if ulcers and told and next(unnegated(data["veins"], workup.chart.text), None) is None:
        for candidate in ulcers:
            workup.drop(candidate, f"no varicose veins are told ({rule.citation_section})")


def _told_of_an_ulcer(workup: Workup, rule: Rule, words: str, back: int) -> Span | None:
    """Return where the depth is told in a sentence of an ulcer, or up to ``back`` sentences behind one."""
    ulcer = compile_words(rule.data["ulcer"])
    for match in unnegated(words, workup.chart.text):
        number = workup.sentence_number(match.start())
        if number < 0:
            continue
        sentence = workup.note.sentences[number]
        kind = workup.note.sections[sentence.section].kind
        if kind in rule.data["not_in"]:
            continue
        start = sentence.span.start
        for before in reversed(workup.note.sentences[max(0, number - back) : number]):
            if before.section == sentence.section and (
                "\n" not in workup.chart.text[before.span.start : start]
                or _MEASURED.match(workup.chart.text, start) is not None
            ):
                start = before.span.start  # "Ulcer 1 x 2 cm. Base is red, into the subcutaneous fat."
            else:
                break
        if ulcer.search(workup.chart.text, start, sentence.span.end):
            return Span(match.start(), match.end())
    return None


def _deepen(workup: Workup, rule: Rule, candidate: Candidate, code: str, span: Span) -> None:
    deeper = workup.replace(candidate, code, Step("tabular", f"depth of the ulcer → {code}", rule.citation))
    deeper.specifies.append((span, Role.SPECIFIES))
