"""Abuse, neglect and other maltreatment: confirmed, suspected or ruled out, and by whom (I.C.19.f, I.C.20.g)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from nosology.coding.checks.wording import compile_words, fact_at, sentences_with, unnegated
from nosology.coding.prefixes import begins
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_maltreatment"]

_ADULT_AGE = 18
_PLACE = 4  # before injuries and mental disorders (I.C.19.f), behind what obstetrics puts first
_NEAR = 45


class _Told(NamedTuple):
    kind: str  # what of the table: "physical", "neglect" …
    span: Span
    sentence: int
    certain: str  # "confirmed", "suspected", "ruled out"


@check("maltreatment", "mandate")
def read_maltreatment(workup: Workup, rule: Rule) -> None:
    """Report maltreatment as confirmed or suspected, before the injuries; by whom with a confirmed case only."""
    told = list(_told(workup, rule))
    if not told:
        return
    ruled_out = [t for t in told if t.certain == "ruled out"]
    confirmed = [t for t in told if t.certain == "confirmed"]
    suspected = [t for t in told if t.certain == "suspected" and all(c.kind != t.kind for c in confirmed)]
    child = _is_child(workup, rule)
    codes: set[str] = set()
    for each in [*confirmed, *([] if ruled_out else suspected)]:
        code = _code(rule, each, child=child)
        if code and workup.icd.is_billable(code):
            codes.add(code)
            _add(workup, rule, code, each.span, f"{each.certain} maltreatment", first=True)
    if ruled_out and not codes:
        code = rule.data["ruled_out"].get(ruled_out[0].kind, rule.data["ruled_out"]["physical"])[int(child)]
        _add(workup, rule, code, ruled_out[0].span, "examined and ruled out", first=True)
        codes.add(code)
    for other in workup.having("T74", "T76"):
        if other.code not in codes:
            workup.drop(other, f"documented otherwise ({rule.citation_section})")
    if confirmed:
        _report_perpetrator(workup, rule)
    else:
        for candidate in workup.candidates:
            if begins(candidate.code, rule.data["assault"]) and not candidate.dropped:
                workup.drop(candidate, f"not reported with a suspected case ({rule.citation_section})")


def _add(workup: Workup, rule: Rule, code: str, span: Span, why: str, *, first: bool) -> None:
    fact = fact_at(workup, span, code, f"rule:{rule.id}", 1.0)
    added = workup.add(code, [fact], 1.0, Step("guideline", why, rule.citation), mandated=not first)
    if first:
        added.order = (min(added.order[0], _PLACE), max(1, span.start))


def _told(workup: Workup, rule: Rule) -> Iterator[_Told]:
    """Yield what the chart says of maltreatment of the patient in this episode."""
    text, data = workup.chart.text, rule.data
    kinds = frozenset(data["told_in"])
    for number in sentences_with(workup, data["trigger_words"]):
        sentence = workup.note.sentences[number]
        start, end = sentence.span.start, sentence.span.end
        if workup.note.sections[sentence.section].kind not in kinds:
            continue
        if compile_words(data["not_now"]).search(text, start, end):
            continue
        seen: set[int] = set()
        for row in data["kinds"]:
            for match in compile_words(row["words"]).finditer(text, start, end):
                if match.start() in seen:
                    continue
                seen.add(match.start())
                certain = _certainty(text, match, start, end, data)
                if certain:
                    yield _Told(row["kind"], Span(*match.span()), number, certain)


def _certainty(text: str, match: re.Match[str], start: int, end: int, data: Any) -> str:
    """Return how sure the chart is: "" where it denies the maltreatment."""
    before = text[max(start, match.start() - _NEAR) : match.start()]
    around = text[max(start, match.start() - _NEAR) : min(end, match.end() + _NEAR)]
    if compile_words(data["ruled_out_words"]).search(around):
        return "ruled out"
    if compile_words(data["denied"]).search(before):
        return ""
    if compile_words(data["confirmed_words"]).search(around):
        return "confirmed"
    return "suspected" if compile_words(data["suspected_words"]).search(around) else "confirmed"


def _is_child(workup: Workup, rule: Rule) -> bool:
    if workup.chart.age is not None:
        return workup.chart.age < _ADULT_AGE
    return compile_words(rule.data["child"]).search(workup.chart.text) is not None


def _code(rule: Rule, told: _Told, *, child: bool) -> str:
    category = "T74" if told.certain == "confirmed" else "T76"
    character = str(rule.data["characters"][told.kind])
    if character == "4":  # shaken infant
        return "T74.4XXA" if category == "T74" else "T76.12XA"
    return f"{category}.{character}{'2' if child else '1'}XA"


def _report_perpetrator(workup: Workup, rule: Rule) -> None:
    """Report by whom, where the chart says so in a sentence about the violence (Y07)."""
    text, data = workup.chart.text, rule.data
    for number in sentences_with(workup, data["violence"]):
        span = workup.note.sentences[number].span
        if compile_words(data["not_now"]).search(text, span.start, span.end):
            continue
        for row in data["perpetrators"]:
            relation = row["words"]
            pattern = (
                rf"\b(?:by|perpetrator(?:\s+(?:is|was))?\s*:?)\s+(?:(?:his|her|the|their|a|an)\s+)?(?:{data['adjectives']})*(?P<who>{relation})\b"
                rf"|\b(?:(?:his|her|the|their)\s+)?(?:{data['adjectives']})*(?P<who2>{relation})\s+(?:\w+\s+){{0,8}}?(?:{data['deeds']})\b"
            )
            match = next(unnegated(pattern, text, span.start, span.end), None)
            if match is None:
                continue
            former = re.search(r"\b(?:ex|former|estranged)\b", match.group(), re.I) is not None
            code = row.get("former", row["code"]) if former else row["code"]
            _add(workup, rule, code, Span(*match.span()), "perpetrator named", first=False)
            return
