"""The side of the body told in two ways: left in the story, right in the conclusion (Guidelines I.B.13).

The side of the conclusion is coded, no other is invented, and the provider is asked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from nosology.coding.workup import Workup, check
from nosology.lexicon.patterns import compile_words
from nosology.model.coding import Query
from nosology.model.note import Role, Sentence, Span
from nosology.rules.loader import Rule

__all__ = ["find_two_sides"]

_SIDES = {"left": "left", "lt": "left", "l": "left", "right": "right", "rt": "right", "r": "right"}
_OTHER = {"left": "right", "right": "left"}
_WORDS = compile_words(r"left|right|bilateral|both")
_LETTER = re.compile(r"[LR]t?(?= )")
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
    groups = {kind: name for name, kinds in rule.data["groups"].items() for kind in kinds}
    if len({groups.get(section.kind) for section in workup.note.sections} - {None}) < 2:
        return
    told: dict[str, dict[str, _Told]] = {}
    for part, places in _places(workup.chart.text, rule).items():
        if len({side for side, _ in places}) > 1:
            _tell(workup, rule, groups, places, told.setdefault(part, {}))
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


def _places(text: str, rule: Rule) -> dict[str, list[tuple[str, Span]]]:
    """Where a side is said of each part of the body."""
    names, pattern = _parts_of(rule)
    found: dict[str, list[tuple[str, Span]]] = {}
    for start in sorted({*_WORDS.places(text), *(m.start() for m in _LETTER.finditer(text))}):
        match = pattern.match(text, start) if not text[start - 1 : start].isalnum() else None
        if match is not None and (len(match["side"]) > 1 or match["side"].isupper()):
            side = _SIDES.get(match["side"].lower(), "both")
            found.setdefault(names[match["part"].lower()], []).append((side, Span(start, match.end())))
    return found


def _tell(
    workup: Workup, rule: Rule, groups: dict[str, str], places: list[tuple[str, Span]], by_group: dict[str, _Told]
) -> None:
    """Sort the places of one part by the group of their section, and by whether they tell a fact of now."""
    note, aside = workup.note, compile_words(rule.data["aside"])
    for side, span in places:
        number = bisect_right(note.sentences, span.start, key=_start_of) - 1
        group = groups.get(note.sections[note.sentences[number].section].kind) if number >= 0 else None
        if group is not None:
            claims = aside.search(workup.sentence_at(number)) is None
            by_group.setdefault(group, _Told()).add(side, span if claims else None)


def _start_of(sentence: Sentence) -> int:
    return sentence.span.start


@lru_cache(maxsize=4)
def _parts_of(rule: Rule) -> tuple[dict[str, str], re.Pattern[str]]:
    """The parts of the body by their words, and the pattern of a side with a part, at most two words between them."""
    names = {word: part for part, words in rule.data["parts"].items() for word in words.split("|")}
    parts = "|".join(sorted(names, key=len, reverse=True))
    pattern = re.compile(
        r"(?P<side>left|right|lt|rt|l|r|bilateral|both)\b[ -]+"
        rf"(?:(?!left\b|right\b|and\b|or\b|to\b)[a-z]+[ -]+){{0,2}}?(?P<part>{parts})(?:s|es)?\b",
        re.IGNORECASE,
    )
    return names, pattern


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
