"""The side of the body told in two ways: left in the story, right in the conclusion (Guidelines I.B.13).

The side of the conclusion is coded, no other is invented, and the provider is asked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from nosology.coding.workup import Workup, check
from nosology.lexicon.patterns import compile_words
from nosology.model.coding import Query
from nosology.model.note import Role, Sentence, Span
from nosology.rules.loader import Rule

__all__ = ["find_two_sides"]

_SIDES = {"left": "left", "lt": "left", "l": "left", "right": "right", "rt": "right", "r": "right"}
_OTHER = {"left": "right", "right": "left"}
_OPTIONS = ("right", "left", "both sides", "other (please specify)", "unable to determine")


@dataclass(slots=True)
class _Told:
    """The sides that one group of sections tells of a part, and where the first of them is told as a fact of now."""

    sides: set[str] = field(default_factory=set)
    side: str = ""
    span: Span | None = None

    def add(self, side: str, span: Span | None) -> None:
        self.sides.add(side)
        if span is not None and self.span is None:
            self.side, self.span = side, span


@check("conflict_sides", "conflict")
def find_two_sides(workup: Workup, rule: Rule) -> None:
    """Report parts of the body whose side differs between the story, the conclusion and what was done."""
    lower = workup.chart.lower
    if not (("left" in lower or " L " in workup.chart.text) and ("right" in lower or " R " in workup.chart.text)):
        return
    groups = {kind: name for name, kinds in rule.data["groups"].items() for kind in kinds}
    told: dict[str, dict[str, _Told]] = {}
    for part, side, span, kind, claims in _places(workup, rule):
        if kind in groups:
            told.setdefault(part, {}).setdefault(groups[kind], _Told()).add(side, span if claims else None)
    for part, by_group in told.items():
        if any(len(each.sides) > 1 for each in by_group.values()):
            continue  # the patient has two of them
        stated = [(name, each.side, each.span) for name, each in by_group.items() if each.span is not None]
        stated.sort(key=lambda each: each[0] != "conclusion")
        other = next((each for each in stated if each[1] != stated[0][1]), None)
        if other is None or "both" in (stated[0][1], other[1]):
            continue
        evidence = (workup.quote(stated[0][2]), workup.quote(other[2], Role.CONTRADICTS))
        workup.report_finding(rule, evidence, message=rule.message.format(part=part))
        workup.asked.append(Query(rule.id, str(rule.data["question"]).format(part=part), _OPTIONS, evidence))
        if stated[0][0] == "conclusion" and not workup.chart.exhaustive:
            _drop_other_side(workup, rule, stated[0][1])


def _places(workup: Workup, rule: Rule) -> Iterator[tuple[str, str, Span, str, bool]]:
    """Where a side of a part is said: part, side, where, kind of section, whether as a fact of now."""
    text, note = workup.chart.text, workup.note
    aside = compile_words(rule.data["aside"])
    names = {word: part for part, words in rule.data["parts"].items() for word in words.split("|")}
    for match in _pattern("|".join(sorted(names, key=len, reverse=True))).finditer(text):
        said = match["side"]
        if len(said) == 1 and not said.isupper():
            continue
        number = bisect_right(note.sentences, match.start(), key=_start_of) - 1
        if number < 0:
            continue
        kind = note.sections[note.sentences[number].section].kind
        side = _SIDES.get(said.lower(), "both")
        claims = aside.search(workup.sentence_at(number)) is None
        yield names[match["part"].lower()], side, Span(match.start(), match.end()), kind, claims


def _start_of(sentence: Sentence) -> int:
    return sentence.span.start


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _pattern(parts: str) -> re.Pattern[str]:
    """The pattern of a side with a part of the body, at most two words between them."""
    if parts not in _PATTERNS:
        _PATTERNS[parts] = re.compile(
            r"\b(?P<side>left|right|lt|rt|l|r|bilateral|both)\b[ -]+"
            rf"(?:(?!left\b|right\b|and\b|or\b|to\b)[a-z]+[ -]+){{0,2}}?(?P<part>{parts})(?:s|es)?\b",
            re.IGNORECASE,
        )
    return _PATTERNS[parts]


def _drop_other_side(workup: Workup, rule: Rule, side: str) -> None:
    """Take out the code of the other side that only the story tells, where the conclusion has the same condition."""
    conclusion = frozenset(rule.data["groups"]["conclusion"])
    live = [c for c in workup.live() if "left" in workup.icd.title(c.code) or "right" in workup.icd.title(c.code)]
    titles = {workup.icd.title(c.code) for c in live if any(f.kind in conclusion for f in c.facts if not f.reason)}
    for candidate in live:
        title = workup.icd.title(candidate.code)
        twin = _OTHER[side] in title and title.replace(_OTHER[side], side) in titles
        if twin and not any(f.kind in conclusion for f in candidate.facts if not f.reason):
            workup.drop(candidate, f"the conclusion of the chart says the {side} side ({rule.citation_section})")
