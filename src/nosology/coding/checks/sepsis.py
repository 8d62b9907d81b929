"""Organisms of sepsis, of pneumonia, and as causes of infections classified elsewhere (I.C.1.b, I.C.1.d, I.C.10)."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["link_organisms"]

_PASSED = frozenset(["family_history", "allergies", "instructions", "education", "immunizations", "social_history"])


_FORMER = re.compile(
    r"\b(?:last (?:in|yr|year|time|month|cx|culture|uti)|(?:prior|previous|old) (?:cultures?|cx|uti|infection)"
    r"|in the past|(?:19|20)\d\d,? (?:cleared|treated|resolved)|history of|hx of|years? ago)\b",
    re.IGNORECASE,
)
_SEPSIS_OF = re.compile(
    r"\bsep(?:sis|tic shock)\b[\s,]*(?:due to|from|secondary to|2/2|d/t|with|by|caused by|:)[^.;\n]{0,20}$",
    re.IGNORECASE,
)


@check("organisms", "link")
def link_organisms(workup: Workup, rule: Rule) -> None:
    """Give each infection the organism that the chart reports for it."""
    data = rule.data
    infections = workup.having(*data["infections"], *data["sepsis"], *data["pneumonia"], floor=workup.threshold)
    text = workup.chart.text
    named = [row for row in data["organisms"] if compile_words(row["words"]).search(text)] if infections else []
    if not named:
        return
    for row in named:
        for match in unnegated(row["words"], text):
            number = _sentence(workup, match.start())
            sentence = workup.note.sentences[number]
            if workup.note.sections[sentence.section].kind in _PASSED or _is_not_the_cause(match, text, rule):
                continue
            if _FORMER.search(text, sentence.span.start, sentence.span.end):
                continue
            _link(workup, rule, row, Span(match.start(), match.end()), number, sentence.span)
    if workup.having(*data["infections"], "A40", "A41", "J13", "J14", "J15", floor=workup.threshold):
        for vague in workup.having("A49", "B99.9", "B96.89"):
            if not vague.mandated:  # the organism that was linked to an infection stays beside it
                workup.drop(vague, f"the site of the infection is coded ({rule.citation_section})")


def _link(workup: Workup, rule: Rule, row: dict[str, Any], span: Span, number: int, sentence: Span) -> None:
    data, text = rule.data, workup.chart.text
    here = text[sentence.start : sentence.end]
    before = text[max(sentence.start, span.start - 90) : span.start]
    after = text[span.end : min(sentence.end, span.end + 25)]
    specimen = _last_specimen(before, data["specimens"]) or _first_specimen(after, data["specimens"])
    about_sepsis = re.search(r"\bsep(?:sis|tic)\b|bacter(?:ae|e)mia", here, re.IGNORECASE) is not None
    linked = False
    sepsis = workup.having_any(data["sepsis"], floor=workup.threshold)
    direct = _SEPSIS_OF.search(before) is not None
    if sepsis and row.get("sepsis") and (direct or specimen == "blood" or (about_sepsis and specimen in ("", "blood"))):
        _become(workup, rule, sepsis[0], str(row["sepsis"]), span)
        linked = True
    pneumonia = workup.having_any(data["pneumonia"], floor=workup.threshold)
    lung = specimen == "lung" or (specimen == "" and _stands(pneumonia, number))
    if pneumonia and row.get("pneumonia") and lung:
        _become(workup, rule, pneumonia[0], str(row["pneumonia"]), span)
        linked = True
    code = str(row.get("cause", ""))
    sites = workup.having_any(data["infections"], floor=workup.threshold)
    here_sites = [c for c in sites if _stands([c], number)]
    wanted = tuple(data["sites"].get(specimen, ()))
    by_specimen = [c for c in sites if wanted and c.code.startswith(wanted)]
    told = workup.having(*(str(row[key]) for key in ("sepsis", "pneumonia") if key in row))
    single = len({c.code[:3] for c in sites}) == 1 and not sepsis and not pneumonia and not told
    alone = [c for c in sites if not c.code.startswith(("L89", "L97"))] if single else []
    target = [c for c in here_sites if not wanted or c.code.startswith(wanted)] or by_specimen
    target = target or (here_sites if specimen == "" else []) or (alone if specimen not in ("lung",) else [])
    if code and target:
        fact = fact_at(workup, span, code, f"rule:{rule.id}", workup.threshold)
        step = Step("guideline", f"{target[0].code} caused by {text[span.start : span.end]}", rule.citation)
        workup.add(code, [fact], workup.threshold, step, mandated=True)
    elif linked:
        for other in workup.having(*([code] if code else [])):
            if not other.mandated:
                workup.drop(other, f"the organism is in the code of the infection ({rule.citation_section})")


def _is_not_the_cause(match: re.Match[str], text: str, rule: Rule) -> bool:
    """True where the organism was looked for and not found, covered, or only carried."""
    after, before = compile_words(rule.data["not_after"]), compile_words(rule.data["not_before"])
    return bool(after.match(text, match.end()) or before.search(text, max(0, match.start() - 40), match.start()))


def _become(workup: Workup, rule: Rule, old: Candidate, code: str, span: Span) -> None:
    if old.code == code or not workup.icd.is_billable(code):
        return
    fact = fact_at(workup, span, code, f"rule:{rule.id}", old.weight)
    workup.replace(old, code, Step("guideline", f"organism of {old.code} → {code}", rule.citation), [fact])


def _stands(candidates: list[Candidate], number: int) -> bool:
    return any(not f.reason and f.mention.sentence == number for c in candidates for f in c.facts)


def _last_specimen(text: str, specimens: dict[str, str]) -> str:
    found = [(m.end(), name) for name, words in specimens.items() for m in compile_words(words).finditer(text)]
    return max(found)[1] if found else ""


def _first_specimen(text: str, specimens: dict[str, str]) -> str:
    found = [(m.start(), name) for name, words in specimens.items() for m in compile_words(words).finditer(text)]
    return min(found)[1] if found else ""


def _sentence(workup: Workup, place: int) -> int:
    return max(0, bisect_right(workup.note.sentences, place, key=lambda s: s.span.start) - 1)
