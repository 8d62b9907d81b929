"""Pressure ulcers by site, side and stage from the sentences that speak of them (Guidelines I.C.12.a)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words, is_spared, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_pressure_ulcers"]

_RIGHT = re.compile(r"\b(?:(?i:right|rt)|R)\b")
_LEFT = re.compile(r"\b(?:(?i:left|lt)|L)\b")
_STAGE = re.compile(r"\b(?:stages?|stg\.?|st\.?|category|grade)(?: ?: ?|[ -]?)(4|3|2|1|iv|iii|ii|i)\b", re.IGNORECASE)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_UNSTAGED = re.compile(r"\bunstage?able\b", re.IGNORECASE)
_DEEP = re.compile(r"\bdeep[- ]tissue\b|\bDTI\b|\bDTPI\b", re.IGNORECASE)
_ANY_STAGE = re.compile(rf"{_STAGE.pattern}|\bunstage?able\b|\bdeep[- ]tissue\b|\bDTP?I\b", re.IGNORECASE)
_SHARED = re.compile(
    r"\b(stages?|stg\.?|st\.?|category|grade)[ -]?([1-4]|i{1,3}|iv) (?:and|&) ([1-4]|i{1,3}|iv)\b", re.IGNORECASE
)
_BOTH = re.compile(r"\b(?:both|bilateral|b/l)\b", re.IGNORECASE)
_OTHER = re.compile(r"\s+(?:fracture|pain|replacement|arthroplasty|surgery|flexion|protector)", re.IGNORECASE)
_REACH = 80  # code points to either side of a mention that can say its site and stage
_HEALED = re.compile(r"\bhealed\b", re.IGNORECASE)


@check("pressure_ulcers", "link", lambda _: ["L89"])
def code_pressure_ulcers(workup: Workup, rule: Rule) -> None:
    """Give each pressure ulcer its site and stage; one whose sentence names neither gives way to those that do."""
    found = workup.having("L89")
    if not found:
        return
    made: dict[str, Candidate] = {}
    for candidate in found:
        for fact in [f for f in candidate.facts if not f.reason]:
            for code, span in _read(workup, fact, rule.data["sites"]):
                if not workup.icd.is_billable(code):
                    continue
                step = Step("guideline", f"site and stage → {code}", rule.citation)
                new = workup.add(code, [fact], max(candidate.weight, fact.weight), step)
                new.specifies.append((span, Role.SPECIFIES))
                made[code] = new
    if not made:
        return
    for injury in workup.having("S"):  # "deep tissue injury of the heel" is no trauma
        if all(f.reason or _inside(f, made.values()) for f in injury.facts):
            workup.drop(injury, f"said by {', '.join(sorted(made))} ({rule.citation_section})")
    staged = {c[:-1] for c in made if c[-1] not in "9"}
    for candidate in workup.having("L89"):
        vague = candidate.code.startswith("L89.9") or (candidate.code not in made)
        unstaged = candidate.code[-1] == "9" and any(candidate.code[:-1] == s for s in staged)
        if vague or unstaged:
            workup.drop(candidate, f"said by {', '.join(sorted(made))} ({rule.citation_section})")
    _take_up(workup, rule, [c for c in made.values() if not c.dropped])


def _inside(fact: Fact, ulcers: Iterable[Candidate]) -> bool:
    """True where the words of a fact are those of a pressure ulcer or of its site."""
    own = [f.mention.span for c in ulcers for f in c.facts] + [span for c in ulcers for span, _role in c.specifies]
    return any(fact.mention.span.overlaps(span) for span in own)


def _take_up(workup: Workup, rule: Rule, ulcers: list[Candidate]) -> None:
    """Report ulcers that only the examination describes where the assessment speaks of "the ulcer" (I.B.14)."""
    if not ulcers or any(c.weight >= workup.threshold for c in ulcers):
        return
    text = workup.chart.text
    for sentence in workup.note.sentences:
        if workup.note.sections[sentence.section].kind not in rule.data["taken_up_in"]:
            continue
        for match in unnegated(rule.data["taken_up"], text, sentence.span.start, sentence.span.end):
            for candidate in ulcers:
                workup.raise_to(candidate, workup.threshold, Step("guideline", "assessed", rule.citation))
                candidate.specifies.append((Span(match.start(), match.end()), Role.SUPPORTS))
            return


def _read(workup: Workup, fact: Fact, sites: dict[str, dict[str, str]]) -> list[tuple[str, Span]]:
    """Return the codes that the sentence of a fact gives, with the span of each site.

    Several sites and as many stages go together in their order ("stage 2 and 3 ulcers of sacrum and heel"); one stage
    goes for every site; otherwise the site and the stage nearest to the fact.
    """
    text = workup.chart.text
    span = workup.note.sentences[fact.mention.sentence].span
    begin, end = max(span.start, fact.mention.span.start - _REACH), min(span.end, fact.mention.span.end + _REACH)
    here = text[begin:end]
    if _HEALED.search(here):
        return []
    places = _places(here, sites)
    stages = [_stage(m[0]) for m in _ANY_STAGE.finditer(_SHARED.sub(r"\1 \2 and \1 \3", here))]
    if len(places) > 1 and len(stages) in (1, len(places)):
        stages = stages * len(places) if len(stages) == 1 else stages
        return [
            (stem + stage, Span(begin + at.start, begin + at.end))
            for (stem, at), stage in zip(places, stages, strict=True)
        ]
    place = _place(here, fact.mention.span.start - begin, sites)
    if place is None:
        return []
    stem, at = place
    return [(stem + _stage(here), Span(begin + at.start, begin + at.end))]


def _places(here: str, sites: dict[str, dict[str, str]]) -> list[tuple[str, Span]]:
    """Return every site named, in order: code up to the stage, and where; both sides where both are said."""
    found: list[tuple[str, Span]] = []
    for row in sites.values():
        for match in compile_words(row["words"]).finditer(here):
            if _has_none(here, match):
                continue
            span = Span(match.start(), match.end())
            near = here[max(0, match.start() - 14) : match.start()]
            if "sided" not in row:
                found.append((row["stem"], span))
            elif _BOTH.search(near):
                found += [(row["stem"] + "1", span), (row["stem"] + "2", span)]
            else:
                found.append((row["stem"] + ("1" if _RIGHT.search(near) else "2" if _LEFT.search(near) else "0"), span))
    return sorted(dict.fromkeys(found), key=lambda each: (each[1].start, each[0]))


def _has_none(here: str, site: re.Match[str]) -> bool:
    """True for a part of the body of which something else is said than an ulcer."""
    return _OTHER.match(here, site.end()) is not None or is_spared(here, site.start(), site.end())


def _place(here: str, at: int, sites: dict[str, dict[str, str]]) -> tuple[str, Span] | None:
    """Return the code up to the stage, by the site named nearest to the mention."""
    best: tuple[int, str, Span] | None = None
    for row in sites.values():
        for match in compile_words(row["words"]).finditer(here):
            distance = abs(match.start() - at)
            if (best is not None and distance >= best[0]) or _has_none(here, match):
                continue
            stem = row["stem"]
            if "sided" in row:
                near = here[max(0, match.start() - 14) : match.end() + 10]
                stem += "1" if _RIGHT.search(near) else "2" if _LEFT.search(near) else "0"
            best = (distance, stem, Span(match.start(), match.end()))
    return (best[1], best[2]) if best else None


def _stage(here: str) -> str:
    if match := _STAGE.search(here):
        return _ROMAN.get(match[1].lower(), match[1])
    if _UNSTAGED.search(here):
        return "0"
    return "6" if _DEEP.search(here) else "9"
