"""Codes that the chart gives as a value or a phrase: code status, smoking, blood alcohol, lymph nodes."""

from __future__ import annotations

import re
from functools import lru_cache

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, fact_at, said_anywhere, unnegated
from nosology.coding.workup import Workup, check
from nosology.lexicon.patterns import Standing, WordPattern
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_alcohol_level", "code_node_regions", "code_phrases"]

_ALCOHOL = ("F10", "T51")
_LYMPHOMAS = ("C81", "C82", "C83", "C84", "C85")
_LEVEL = WordPattern(
    r"\b(?:BAL|BAC|EtOH level|ethanol(?: level)?|(?:blood )?alcohol level|blood alcohol|serum ethanol)\b"
    r"[ \t:=(of]{0,6}(\d{2,3})\b(?![/.]\d)(?! ?(?:\^|[x*] ?10|cfu|k\b|%))"  # of bacteria a lavage has counts
    r"|\b(?:EtOH|alcohol)[ \t:=(of]{1,6}(?P<bare>\d{2,3}) ?mg\b"
    r"|\bEtOH[ \t:=(]{1,3}(?P<plain>[1-5]\d\d)\b(?![/.]\d)(?! ?(?:-|ml|cc|oz|g\b|drinks|days|%))"
)
_STEPS = ((20, "0"), (40, "1"), (60, "2"), (80, "3"), (100, "4"), (120, "5"), (200, "6"), (240, "7"))


@lru_cache(maxsize=16)
def _phrases(rule: Rule) -> Standing:
    return Standing([compile_words("|".join(map(re.escape, row["needs"]))) for row in rule.data["phrases"]])


@check("phrases", "read")
def code_phrases(workup: Workup, rule: Rule) -> None:
    """Report a code that a phrase of the chart states by itself, unless one of its kind is there already.

    A row with a ``weight`` only says that the words are there; whether they are reported is for other rules.
    """
    for number in _phrases(rule).find(workup.chart.text):
        row = rule.data["phrases"][number]
        if not any(word in workup.chart.lower for word in row["needs"]):
            continue
        beside = tuple(row.get("unless", ()))
        if beside and any(c.weight >= workup.threshold for c in workup.having(*beside)):
            continue
        if "also" in row and not compile_words(row["also"]).search(workup.chart.text):
            continue
        if "not_said" in row and said_anywhere(workup, row["not_said"]):
            continue
        span = said_anywhere(workup, row["words"])
        if span is None:
            continue
        weight = float(row.get("weight", workup.threshold))
        fact = fact_at(workup, span, row["code"], f"rule:{rule.id}", weight)
        step = Step("guideline", row["code"], rule.citation)
        workup.add(row["code"], [fact], weight, step, mandated="weight" not in row)


@check("alcohol_level", "mandate", lambda _: _ALCOHOL)
def code_alcohol_level(workup: Workup, rule: Rule) -> None:
    """Report the blood alcohol level beside an alcohol-related disorder (I.C.20, Y90 "code first")."""
    if not workup.having_any(_ALCOHOL, floor=workup.threshold):
        return
    match = _LEVEL.search(workup.chart.text)
    if match is None or (level := int(match[1] or match["bare"] or match["plain"])) < 10:
        return
    code = "Y90." + next((digit for limit, digit in _STEPS if level < limit), "8")
    fact = fact_at(workup, Span(match.start(), match.end()), code, f"rule:{rule.id}", workup.threshold)
    step = Step("guideline", f"blood alcohol {level} mg/100 ml", rule.citation)
    workup.add(code, [fact], workup.threshold, step, mandated=True)


@check("node_regions", "link", lambda _: _LYMPHOMAS)
def code_node_regions(workup: Workup, rule: Rule) -> None:
    """Give a lymphoma the lymph nodes that its sentences name, or the organ beside its name; several regions are
    multiple sites (I.C.2).
    """
    text, sentences = workup.chart.text, workup.note.sentences
    for candidate in workup.having_any(_LYMPHOMAS):
        if len(candidate.code) != 6 or candidate.code[5] not in "0123456":
            continue
        regions: dict[str, Span] = {}
        for number in {f.mention.sentence for f in candidate.facts if not f.reason}:
            span = sentences[number].span
            for digit, words in rule.data["regions"].items():
                for match in unnegated(words, text, span.start, span.end):
                    regions.setdefault(str(digit), Span(match.start(), match.end()))
        if not regions and candidate.code[5] == "0":
            _place_in_organ(workup, rule, candidate)
        if not regions or (candidate.code[5] != "0" and len(regions) == 1):
            continue
        digit = next(iter(regions)) if len(regions) == 1 else "8"
        code = candidate.code[:5] + digit
        if workup.icd.is_billable(code):
            new = workup.replace(candidate, code, Step("guideline", f"lymph nodes → {code}", rule.citation))
            new.specifies += [(s, Role.SPECIFIES) for s in regions.values()]
    for whole in workup.having_any(_LYMPHOMAS):
        if len(whole.code) == 6 and whole.code[5] == "8":
            for part in workup.having(*(whole.code[:5] + digit for digit in "0123456")):
                workup.drop(part, f"one of the regions of {whole.code} ({rule.citation_section})")


def _place_in_organ(workup: Workup, rule: Rule, candidate: Candidate) -> None:
    """Make a lymphoma of an organ one of the extranodal and solid organ sites."""
    stem = candidate.code[:5]
    code = next((c for c in (f"{stem}9", f"{stem}98") if workup.icd.is_billable(c)), "")
    for number in sorted({f.mention.sentence for f in candidate.facts if not f.reason}) if code else ():
        span = workup.note.sentences[number].span
        match = next(unnegated(rule.data["organ"], workup.chart.text, span.start, span.end), None)
        if match is not None:
            new = workup.replace(candidate, code, Step("guideline", f"organ → {code}", rule.citation))
            new.specifies.append((Span(match.start(), match.end()), Role.SPECIFIES))
            return
