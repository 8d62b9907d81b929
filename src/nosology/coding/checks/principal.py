"""What an inpatient stay leaves out: what is not upheld, denied, or made in the stay itself (II.H, III)."""

from __future__ import annotations

import re
from itertools import pairwise

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words
from nosology.coding.reportable import is_symptom
from nosology.coding.workup import Workup, check
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Status
from nosology.rules.loader import Rule

__all__ = ["drop_new_status", "drop_not_upheld", "keep_resolved", "read_denied_within"]

_BEFORE = 40  # characters before a mention in which the count of none stands
_EARLIER = re.compile(
    r"\b(?:prior|previous(?:ly)?|history|hx|h/o|s/p|status[- ]post|remote|old|past|since|known|existing"
    r"|(?:19|20)\d\d|years?|yrs?)\b",
    re.IGNORECASE,
)
_DONE = ("procedures", "operative_description", "operative_findings")  # sections of what the stay itself did
_DATE = re.compile(r"\b\d{1,2}/\d{1,2}\b(?!/\d{4})")
_PARTED = re.compile(r"\s[-–—]\s|[(;]|:\s")
_BY_LETTERS = re.compile(
    r":\s+[A-Z]{2,5} (?:was |were |has been )?(?:ruled out|excluded)\b"
)  # "Pneumonia: PE ruled out"
_LISTED = re.compile(r"\s[-–—]\s|[(;,]|:\s")


@check("denied_within", "read")
def read_denied_within(workup: Workup, rule: Rule) -> None:
    """Pass over a mention with a denial between its words: "coronary disease, no angina" is no angina (III.B).

    So is what was found in none of so many: "0 of 12 lymph nodes had metastases".
    """
    denial, none_of = compile_words(rule.data["denial"]), compile_words(rule.data["none_of"])
    text = workup.chart.text
    for candidate in workup.live():
        touched = False
        for fact in candidate.facts:
            spans = fact.mention.spans
            if len(spans) < 2 or fact.reason:
                continue
            if any(denial.search(text, a.end, b.start) for a, b in pairwise(spans)) or none_of.search(
                text, max(0, spans[0].start - _BEFORE), spans[0].start
            ):
                fact.reason, touched = "absent", True
        if touched:
            _weigh_again(workup, candidate, "absent")


def _weigh_again(workup: Workup, candidate: Candidate, why: str) -> None:
    live = [f for f in candidate.facts if not f.reason]
    if live:
        candidate.weight = max(f.weight for f in live)
    else:
        workup.drop(candidate, why)


@check("not_upheld", "read")
def drop_not_upheld(workup: Workup, rule: Rule) -> None:
    """Drop a condition that the chart only considers and elsewhere denies: it is not uncertain at discharge (II.H)."""
    weak = compile_words(rule.data["considered"])
    differential = compile_words(rule.data["differential"])
    final = frozenset(rule.data["final"])
    early = frozenset(rule.data["early"])
    for candidate in workup.live():
        doubted = [
            f
            for f in candidate.facts
            if not f.reason
            and f.mention.status is Status.POSSIBLE
            and (f.kind in early or (f.kind not in final and differential.search(f.mention.cue)))
        ]
        for fact in doubted:
            fact.reason = f"uncertain, not at discharge ({rule.citation_section})"
        if doubted:
            _weigh_again(workup, candidate, f"uncertain, not at discharge ({rule.citation_section})")
    refuted, hint = compile_words(rule.data["refuted"]), compile_words(rule.data["hint"])
    text = workup.chart.text
    known: dict[tuple[str, int], bool] = {}

    def has(pattern: WordPattern, number: int) -> bool:
        key = (pattern.pattern, number)
        if key not in known:
            span = workup.note.sentences[number].span
            known[key] = pattern.search(text, span.start, span.end) is not None
        return known[key]

    for candidate in workup.live():
        if candidate.code.startswith("Z"):
            continue
        for fact in candidate.facts:
            number = fact.mention.sentence
            if fact.reason or not has(hint, number):
                continue
            said = refuted.match(text, fact.mention.span.end, _end(workup, number) + 1)
            if said and not _of_another(workup, fact, said.end()):
                fact.reason = "absent"
        live = [f for f in candidate.facts if not f.reason]
        if not live:
            workup.drop(candidate, f"considered, not upheld ({rule.citation_section})")
            continue
        denied = [f for f in candidate.facts if f.mention.status is Status.ABSENT]
        if not denied:
            continue
        last = max(f.mention.span.start for f in live)
        unsure = all(f.mention.status is Status.POSSIBLE or has(weak, f.mention.sentence) for f in live)
        if unsure and max(f.mention.span.start for f in denied) > last - 400:
            workup.drop(candidate, f"considered, not upheld ({rule.citation_section})")


def _of_another(workup: Workup, fact: Fact, until: int) -> bool:
    """True where what is denied is named behind a dash, a label or in brackets: "demand ischemia - NSTEMI ruled out";
    behind a symptom a comma will do ("chest pain, MI ruled out").
    """
    text, end = workup.chart.text, fact.mention.span.end
    if _BY_LETTERS.match(text, end):
        return True
    parted = _LISTED if is_symptom(fact.code) else _PARTED
    return any(
        other.status is Status.ABSENT
        and end < other.span.start < until
        and other.codes[:1] != fact.mention.codes[:1]
        and parted.search(text, end, other.span.start)
        for other in workup.note.mentions
    )


def _end(workup: Workup, number: int) -> int:
    return workup.note.sentences[number].span.end


@check("new_status", "report")
def drop_new_status(workup: Workup, rule: Rule) -> None:
    """Drop status codes of what this stay made: the procedure code tells it, not the status (I.C.21.c.3)."""
    prior = compile_words(rule.data["prior"])
    kinds = frozenset(rule.data["history_sections"])
    for candidate in workup.having_any(rule.data["status"]):
        facts = [f for f in candidate.facts if not f.reason]
        if not facts or any(f.kind in kinds for f in facts) or _is_prior(workup, candidate, prior):
            continue
        workup.drop(candidate, f"made in this stay or not said to be older ({rule.citation_section})")


def _is_prior(workup: Workup, candidate: Candidate, prior: WordPattern) -> bool:
    text = workup.chart.text
    for fact in candidate.facts:
        if fact.reason:
            continue
        span = fact.mention.span
        sentence = workup.note.sentences[fact.mention.sentence].span
        around = text[max(sentence.start, span.start - 60) : min(sentence.end, span.end + 40)]
        after = text[span.end : min(sentence.end, span.end + 18)]
        words = _EARLIER if fact.kind in _DONE else prior
        if words.search(around) and not _DATE.search(after):
            return True
    return False


@check("resolved_in_stay", "read")
def keep_resolved(workup: Workup, rule: Rule) -> None:
    """Count what resolved during the stay: it was treated here and is reported (Section III)."""
    words = compile_words(rule.data["resolved"])
    passed = frozenset(rule.data["passed"])
    weight = float(rule.data["weight"])
    for candidate in workup.candidates:
        for fact in candidate.facts:
            if fact.reason.startswith("history") and fact.kind not in passed and words.search(fact.mention.cue):
                fact.reason = ""
                candidate.weight = max(candidate.weight, weight, fact.weight)
                if not candidate.dropped or candidate.dropped.startswith("history"):
                    candidate.dropped = ""
