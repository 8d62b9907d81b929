"""The organ of a cancer that its pathology names without one (Guidelines I.C.2, IV.K): "a mass in the sigmoid colon;
biopsy showed adenocarcinoma".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words, unnegated
from nosology.coding.index import Refined
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_tumor_site"]

_AT, _BEHIND = 16, 60  # characters before and behind a tumor in which its spread is told
_SENTENCES = 3  # before that of the histology, in which its organ may be told
_SIDE = re.compile(r"\b(?:(?P<right>right|R(?!\w))|(?P<left>left|L(?!\w)))", re.IGNORECASE)
_ANEW = re.compile(r"\n\s*\n|\n\s*(?:\d{1,2}[.)]|[-*•#])")  # another paragraph or item of a list
_SKIN = ("skin", "cutaneous")
_FIGURES = {"right": "1", "left": "2"}


@check("tumor_site", "read", lambda rule: [*rule.data["general"], rule.data["tumor"]])
def read_tumor_site(workup: Workup, rule: Rule) -> None:
    """Code a cancer told without its organ by that of the mass or specimen told in its sentence or just before.

    Only where one organ is told there and the chart names no other cancer with its organ.
    """
    _read_spreading(workup, rule)
    found = [c for c in workup.having_any(rule.data["general"]) if any(_is_told(workup, rule, f) for f in c.facts)]
    if not found or _sited(workup, rule):
        return
    for candidate in found:
        for fact in candidate.facts:
            if not _is_told(workup, rule, fact):
                continue
            site = _site_of(workup, rule, fact)
            if site is None:
                continue
            code, span = site
            step = Step("guideline", f"{candidate.code} sits where the mass or specimen is → {code}", rule.citation)
            for each in candidate.facts:
                if not each.reason:
                    each.code, each.refined = code, Refined(code, (code,), ())
            new = workup.replace(candidate, code, step)
            new.specifies.append((span, Role.SPECIFIES))
            if not workup.chart.exhaustive:
                _drop_explained(workup, rule, new, span)
            break


def _read_spreading(workup: Workup, rule: Rule) -> None:
    """Code a tumor of an organ that the same words say to have spread, or its stage, as malignant."""
    for candidate in workup.having(rule.data["tumor"]):
        for fact in candidate.facts:
            end = 0 if fact.reason else _spread_at(workup, rule, fact)
            site = _the_one(list(_organs(workup.chart.text, fact.mention.span, rule))) if end else None
            if site is None:
                continue
            code, span = site
            step = Step(
                "guideline", f"a tumor of {candidate.code} that has spread is malignant → {code}", rule.citation
            )
            workup.add(code, [replace(fact, code=code, refined=Refined(code, (code,), ()))], fact.weight, step)
            for other in workup.having("C78", "C79"):  # "tumor of the colon with metastases" are not those of the colon
                if all(f.reason or span.start <= f.mention.span.start < end for f in other.facts):
                    workup.drop(other, f"the organ of the primary {code} ({rule.citation_section})")
            same = fact.mention.sentence
            if not workup.chart.exhaustive and all(f.reason or f.mention.sentence == same for f in candidate.facts):
                workup.drop(candidate, f"a tumor that has spread is malignant: {code} ({rule.citation_section})")
            break


def _spread_at(workup: Workup, rule: Rule, fact: Fact) -> int:
    """Return the place at which the words of a tumor or those right behind it tell that it has spread, else 0."""
    text, span = workup.chart.text, fact.mention.span
    sentence = workup.note.sentences[fact.mention.sentence].span
    behind = next(unnegated(rule.data["spreading"], text, span.start, min(sentence.end, span.end + _BEHIND)), None)
    if behind is not None:
        return behind.start()
    staged = next(unnegated(rule.data["staged"], text, max(sentence.start, span.start - _AT), span.end), None)
    return span.end if staged is not None else 0


def _sited(workup: Workup, rule: Rule) -> bool:
    general = set(rule.data["general"])
    return any(c.code not in general for c in workup.documented(*rule.data["sited"]) if not c.dropped)


def _is_told(workup: Workup, rule: Rule, fact: Fact) -> bool:
    """True for a histology that stands without its organ, in a sentence that tells of nothing but the tumor itself."""
    if fact.reason:
        return False
    text, span = workup.chart.text, fact.mention.span
    sentence = workup.note.sentences[fact.mention.sentence].span
    if fact.code in rule.data["skin_kinds"]:
        return not compile_words(rule.data["not_here"]).search(text, sentence.start, sentence.end)
    if not compile_words(rule.data["histology"]).search(text, span.start, span.end):
        seen = compile_words(rule.data["looked_at"]).search(text, sentence.start, sentence.end)
        if seen is None or not compile_words(rule.data["malignant"]).search(text, span.start, span.end):
            return False
    if compile_words(rule.data["own"]).search(text, span.start, span.end):
        return False
    return not compile_words(rule.data["not_here"]).search(text, sentence.start, sentence.end)


def _site_of(workup: Workup, rule: Rule, fact: Fact) -> tuple[str, Span] | None:
    """Return the code of the one organ told beside a mass or specimen: in the histology's sentence or before it, else
    that of the only tumor of the chart.
    """
    sentences, text = workup.note.sentences, workup.chart.text
    number = fact.mention.sentence
    reported = fact.kind in rule.data["reported_in"]
    for each in range(number, max(-1, number - 1 - _SENTENCES), -1):
        sentence = sentences[each]
        if each != number:
            below = sentences[each + 1]
            if sentence.section != below.section and not reported:
                break
            if _ANEW.search(text, sentence.span.end, min(below.span.start + 4, below.span.end)):
                break
            if _tells_other(workup, rule, sentence.span):
                return None
        told = [*_organs_for(workup, fact, sentence.span, rule)]
        if told:
            return _the_one(told)
    if fact.code in rule.data["skin_kinds"]:
        return None
    return _the_one([organ for span in _of_tumors(workup, rule) for organ in _organs(text, span, rule)])


def _organs_for(workup: Workup, fact: Fact, sentence: Span, rule: Rule) -> Iterator[tuple[str, Span]]:
    """Yield the organs of a sentence that may hold a histology; parts of the skin for the carcinomas of skin."""
    text, span = workup.chart.text, fact.mention.span
    kind = rule.data["skin_kinds"].get(fact.code, "")
    if fact.code != rule.data["skin_only"] and not compile_words(rule.data["own"]).search(text, span.start, span.end):
        found = list(_organs(text, sentence, rule, male=workup.chart.known_sex == "M"))
        if kind:
            found = [
                (code, place) for code, place in found if code or text[place.start : place.end].lower() not in _SKIN
            ]
        yield from found
        if found:
            return
    if not kind or next(unnegated(rule.data["skin_seen"], text, sentence.start, sentence.end), None) is None:
        return
    said = compile_words(rule.data["skin_said"]).search(text, sentence.start, sentence.end) is not None
    for row in rule.data["skin"]:
        match = compile_words(row["words"]).search(text, sentence.start, sentence.end)
        if match and (said or not row.get("said")):
            code = str(row["code"]).replace("#", kind)
            sides: list[str] = row.get("sides", [])
            if sides:
                code += sides[{"1": 0, "2": 1}.get(_side_of(text, sentence, *match.span()), 2)]
            yield code, Span(*match.span())


def _of_tumors(workup: Workup, rule: Rule) -> list[Span]:
    """Return the sentences that tell of a tumor of an organ."""
    facts = (f for c in workup.having(rule.data["tumor"]) for f in c.facts if not f.reason)
    numbers = sorted({f.mention.sentence for f in facts if f.code not in rule.data["tumor_without_organ"]})
    return [workup.note.sentences[n].span for n in numbers]


def _the_one(told: list[tuple[str, Span]]) -> tuple[str, Span] | None:
    """Return the organ that is told, the most narrowly told; None where there are several or cancers come to it."""
    if len({code[:3] for code, _span in told}) != 1 or not told[0][0]:
        return None
    return next((organ for organ in told if not organ[0].endswith("9")), told[0])


def _tells_other(workup: Workup, rule: Rule, sentence: Span) -> bool:
    return compile_words(rule.data["not_here"]).search(workup.chart.text, sentence.start, sentence.end) is not None


def _organs(text: str, sentence: Span, rule: Rule, *, male: bool = False) -> Iterator[tuple[str, Span]]:
    """Yield the organs of a sentence beside which something was seen or taken, each as a code with its place."""
    seen = [m.span() for m in unnegated(rule.data["seen"], text, sentence.start, sentence.end)]
    if not seen:
        return
    reach, taken = int(rule.data["reach"]), list[tuple[int, int]]()
    for row in rule.data["sites"]:
        for match in compile_words(row["words"]).finditer(text, sentence.start, sentence.end):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            taken.append((start, end))
            if any(-reach <= start - b <= reach or -reach <= a - end <= reach for a, b in seen):
                code = str(row.get("male", row["code"]) if male else row["code"])
                stem, mark, none = code.partition("?")
                yield stem + (_side_of(text, sentence, start, end) or none if mark else ""), Span(start, end)


def _side_of(text: str, sentence: Span, start: int, end: int) -> str:
    """Return the figure of the one side told at a place, "" where there is none or both."""
    low, high = max(sentence.start, start - 25), min(sentence.end, end + 25)
    sides = {str(m.lastgroup) for m in _SIDE.finditer(text, low, high)}
    return _FIGURES[sides.pop()] if len(sides) == 1 else ""


def _drop_explained(workup: Workup, rule: Rule, cancer: Candidate, organ: Span) -> None:
    """Drop the mass or lesion that turned out to be the cancer, which counts as much as it did."""
    sentence = workup.sentence_number(organ.start)
    for candidate in workup.having_any(rule.data["explained"]):
        if all(f.reason or f.mention.sentence == sentence for f in candidate.facts):
            workup.raise_to(cancer, candidate.weight)
            workup.drop(candidate, f"the mass is the cancer {cancer.code} ({rule.citation_section})")
