"""Underdosing: less of a drug taken than was prescribed, with the reason where it is known (I.C.19.e.5.c)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from nosology.coding.checks.drug_classes import class_of, member_named
from nosology.coding.checks.wording import compile_words, fact_at, sentences_with, unnegated
from nosology.coding.prefixes import begins
from nosology.coding.substances import UNDERDOSING, Named, is_medicinal, substance_code
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["report_underdosing"]

_AFTER = 90  # code points behind the words in which the drug stands
_BEFORE = 40
_BREAK = re.compile(r"[.;\n]|\bbut\b|\band (?:has|had|was|is|now|then|started|developed|began|presents?)\b")
_ELSEWHERE = re.compile(r"\s*[,;)–—-]")  # what was said belongs to the item before
_JOINED = re.compile(r"[\s,/&+(]*(?:(?:and|or|both|the|his|her|all|of)\b[\s,/&+(]*)*\Z", re.I)


class _Told(NamedTuple):
    named: Named
    sentence: int
    words: Span  # what says that too little was taken


@check("underdosing", "mandate")
def report_underdosing(workup: Workup, rule: Rule) -> None:
    """Report the drugs of which the patient took less than prescribed, and why; the conditions stand before them."""
    told = _specific(workup, rule, _all_told(workup, rule))
    if not told:
        return
    weight = workup.threshold
    for each in told:
        code = substance_code(each.named.stem, UNDERDOSING)
        if workup.icd.is_billable(code):
            step = Step("guideline", "less taken than prescribed", rule.citation)
            span = Span(min(each.words.start, each.named.span.start), max(each.words.end, each.named.span.end))
            fact = fact_at(workup, span, code, f"rule:{rule.id}", weight)
            workup.add(code, [fact], weight, step, mandated=True)
    found = next((r for e in told if (r := _reason(workup, rule, e)) is not None), None)
    for vague in workup.having("T50.90", "T50.91"):
        if vague.code[6] == UNDERDOSING:
            workup.drop(vague, f"the drug is named ({rule.citation_section})")
    if found is None:
        return
    span, code = found
    for general in workup.having_any(rule.data["general_reasons"]):
        if general.code != code:
            workup.drop(general, f"the reason is known ({rule.citation_section})")
    pills = compile_words(rule.data["pills"])
    for hardship in workup.having("Z59"):  # told as the reason alone, it is in the code; to have no home is more
        if not hardship.code.startswith("Z59.0") and all(
            f.reason or pills.search(workup.sentence_of(f)) for f in hardship.facts
        ):
            workup.drop(hardship, f"said by {code} ({rule.citation_section})")
    fact = fact_at(workup, span, code, f"rule:{rule.id}", weight)
    workup.add(code, [fact], weight, Step("guideline", "why less was taken", rule.citation), mandated=True)


def _all_told(workup: Workup, rule: Rule) -> list[_Told]:
    """Return every drug of which the account says that the patient took too little."""
    text, data = workup.chart.text, rule.data
    told: list[_Told] = []
    numbers = sentences_with(workup, data["trigger_words"])
    patterns = [p for p in data["patterns"] if compile_words(p["words"]).may_stand(text)] if numbers else ()
    if not patterns:
        return told
    kinds = frozenset(data["told_in"])
    for number in numbers:
        sentence = workup.note.sentences[number]
        start, end = sentence.span.start, sentence.span.end
        if workup.note.sections[sentence.section].kind not in kinds:
            continue
        if not any(compile_words(pattern["words"]).may_stand(text, start, end) for pattern in patterns):
            continue
        if compile_words(data["directed"]).search(text, start, end) or compile_words(data["past"]).search(
            text, start, end
        ):
            continue
        if next((n for n in workup.substances.named(text, start, end) if is_medicinal(n.stem)), None) is None:
            continue
        if _of_last_stay(workup, rule, number):
            continue
        for pattern in patterns:
            for match in unnegated(pattern["words"], text, start, end):
                if pattern.get("agent") and not _by_patient(workup, rule, match, start, end):
                    continue
                before = pattern["where"] == "before"
                for named in _drugs(workup, rule, match, start, end, before):
                    if pattern.get("bare") and not _in_regimen(workup, rule, match, named, start, end):
                        continue
                    if all(named.span != t.named.span for t in told):
                        told.append(_Told(named, number, Span(*match.span())))
    return told


def _of_last_stay(workup: Workup, rule: Rule, number: int) -> bool:
    """True at a visit for a sentence that, with the one before it, tells what led to a stay that is over."""
    if workup.chart.inpatient or workup.chart.setting == "emergency":
        return False
    sentences = workup.note.sentences
    start = sentences[max(0, number - 1)].span.start
    return (
        compile_words(rule.data["last_stay"]).search(workup.chart.text, start, sentences[number].span.end) is not None
    )


def _in_regimen(workup: Workup, rule: Rule, match: re.Match[str], named: Named, start: int, end: int) -> bool:
    """True where a drug that is "not taken" is one that the patient ought to take now.

    The sentence says so ("her", "as prescribed", "for three days", why it was left out), or the drug stands in the list
    of medications, or the plan takes it up again. A drug that is merely not taken is no underdosing.
    """
    text, data = workup.chart.text, rule.data
    if compile_words(data["no_regimen"]).search(text, match.end(), named.span.start):
        return False
    if any(compile_words(data[words]).search(text, start, end) for words in ("regimen", "own")):
        return True
    if any(next(unnegated(row["words"], text, start, end), None) for row in data["reasons"]):
        return True
    again = compile_words(data["again"])
    for sentence in workup.note.sentences:
        kind = workup.note.sections[sentence.section].kind
        low, high = sentence.span.start, sentence.span.end
        if low == start or not (kind in data["lists"] or again.search(text, low, high)):
            continue
        if any(n.stem == named.stem for n in workup.substances.named(text, low, high)):
            return True
    return False


def _by_patient(workup: Workup, rule: Rule, match: re.Match[str], start: int, end: int) -> bool:
    """True where the patient, or who cares for the patient, is said to have stopped the drug; not the provider."""
    text, data = workup.chart.text, rule.data
    if compile_words(data["agent"]).search(text, max(start, match.start() - 60), match.start()):
        return True
    return compile_words(data["own"]).search(text, match.end(), end) is not None


def _drugs(workup: Workup, rule: Rule, match: re.Match[str], start: int, end: int, before: bool) -> list[Named]:
    """Return the prescribed drugs behind (or before) the words, the first one and those joined to it."""
    text, data = workup.chart.text, rule.data
    low, high = (
        (max(start, match.start() - _BEFORE), match.start())
        if before
        else (match.end(), min(end, match.end() + _AFTER))
    )
    if not before and (broken := _BREAK.search(text, low, high)) is not None:
        high = broken.start()
    if not before and _ELSEWHERE.match(text, low, high):
        return []
    found: list[Named] = []
    for named in workup.substances.named(text, low, high):
        if not is_medicinal(named.stem) or _is_bought(text, named, data):
            continue
        gap = text[(found[-1].span.end if found else low) : named.span.start]
        if found and not before and not _JOINED.match(gap) and not re.search(r"\b(?:and|or)\b", gap):
            break
        if (
            not found
            and not before
            and (len(gap.split()) > int(data["gap"]) or compile_words(data["other_object"]).search(gap))
        ):
            break
        found.append(named)
    if before:
        found = [n for n in found if len(text[n.span.end : match.start()].split()) <= 2][-1:]
    return found


def _is_bought(text: str, named: Named, data: Any) -> bool:
    """True for what is no prescription that is underdosed: over the counter, of abuse, vaccines, fluids."""
    if not begins(named.stem, data["not_prescribed"]):
        return False
    return compile_words(data["prescribed"]).search(text, named.span.start, named.span.end) is None


def _specific(workup: Workup, rule: Rule, told: list[_Told]) -> list[_Told]:
    """Turn a class into the one drug of it that the chart names; leave the class out beside its drugs."""
    text, rows, kept = workup.chart.text, rule.data["classes"], []
    for each in told:
        row = class_of(text, each.named, rows)
        members = tuple(row["members"]) if row else ()
        if row is None:
            kept.append(each)
        elif not any(o.named.stem.startswith(members) and o.named.stem != each.named.stem for o in told):
            stem = member_named(workup, each.named, rows, 0, len(text))
            kept.append(each._replace(named=each.named._replace(stem=stem)))
    return list({t.named.stem: t for t in reversed(kept)}.values())[::-1]


def _reason(workup: Workup, rule: Rule, told: _Told) -> tuple[Span, str] | None:
    """Return where the reason is said, and its code: in the sentence, beside it, or where the pills are spoken of."""
    text, sentences = workup.chart.text, workup.note.sentences
    caregiver = compile_words(rule.data["caregiver"]).search(text, sentences[told.sentence].span.start, told.words.end)
    near = [told.sentence, told.sentence + 1, told.sentence - 1]
    pills = compile_words(rule.data["pills"])
    others = [n for n in sentences_with(workup, rule.data["trigger_words"]) if n not in near]
    for number in (*near, *others):
        if not 0 <= number < len(sentences):
            continue
        span = sentences[number].span
        if number not in near and not pills.search(text, span.start, span.end):
            continue
        for row in rule.data["reasons"]:
            if number != told.sentence and row.get("same_sentence"):
                continue
            behind = (
                told.words.end if number == told.sentence else span.start
            )  # "not taken because of …" denies no reason
            within = told.words.start if number == told.sentence else span.start  # "could not eat, so chose to stop"
            places = dict.fromkeys((behind, within, span.start))
            match = next((m for p in places for m in unnegated(row["words"], text, p, span.end)), None)
            if match is not None:
                return Span(*match.span()), row["caregiver"] if caregiver and "caregiver" in row else row["code"]
    return None
