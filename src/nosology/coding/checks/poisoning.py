"""Poisonings and toxic effects: the substance, the intent, and what was improper use at all (I.C.19.e.5.b, 5.d)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, fact_at, sentences_with, unnegated
from nosology.coding.prefixes import begins
from nosology.coding.reportable import is_symptom
from nosology.coding.substances import (
    ACCIDENTAL,
    ADVERSE,
    ASSAULT,
    SELF_HARM,
    UNDERDOSING,
    UNDETERMINED,
    Named,
    intent_of,
    is_medicinal,
    stem_of,
    substance_code,
)
from nosology.coding.workup import Workup, check
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["name_poisonings", "order_drug_codes"]

_UNSPECIFIED = ("T50.90", "T50.91", "T65.9")
_INTENTS = (ACCIDENTAL, SELF_HARM, ASSAULT, UNDETERMINED)
_AFTER = 110  # code points behind the words of poisoning in which its substances stand
_BEFORE = 45
_BREAK = re.compile(r"[.;\n]|\b(?:but|instead of|in place of|rather than)\b")
_CHAPTER = ("T36", "T37", "T38", "T39", "T4", "T5", "T60", "T61", "T62", "T63", "T64", "T65")
_ALCOHOL = "T51.0X"


class _Told(NamedTuple):
    """A substance told to have done harm: ``properly`` taken, or ``foreign`` (somebody else's, or a wrong one)."""

    named: Named
    sentence: int
    properly: bool
    foreign: bool


def _poisonings(workup: Workup) -> list[Candidate]:
    return [c for c in workup.having_any(_CHAPTER) if intent_of(c.code) in _INTENTS]


@check("poisonings", "mandate")
def name_poisonings(workup: Workup, rule: Rule) -> None:
    """Report the substances that the chart says were wrongly taken or did harm, each with its intent.

    An overdose, a wrong drug or dose, a drug taken in error and the interaction with alcohol or with a drug not
    prescribed are poisonings; toxicity of a drug that is not said to be wrongly taken is an adverse effect.
    """
    told = _of_one_source(list(_told(workup, rule)))
    existing = _poisonings(workup)
    if not told and not existing:
        return
    general = _note_intent(workup, rule)
    poisons = {t.named.stem for t in told if not t.properly}
    for candidate in existing:
        _settle(workup, rule, candidate, general, poisons)
    for candidate in workup.having_any(_CHAPTER):
        if intent_of(candidate.code) == ADVERSE and stem_of(candidate.code) in poisons:
            workup.drop(candidate, f"improper use is a poisoning ({rule.citation_section})")
    _drop_long_term(workup, rule, told)
    if poisons or _poisonings(workup):
        _keep_manifestations(workup, rule)
    for each in told:
        if each.properly and each.named.stem in poisons:
            continue
        intent = ADVERSE if each.properly else _sentence_intent(workup, rule, each.sentence, general)
        code = substance_code(each.named.stem, intent)
        if not workup.icd.is_billable(code):
            continue
        why = "toxicity of a drug rightly taken" if each.properly else "improper use, or harm by the substance"
        fact = fact_at(workup, each.named.span, code, f"rule:{rule.id}", workup.threshold)
        step = Step("guideline", why, rule.citation)
        workup.add(code, [fact], max(workup.threshold, 0.9), step, mandated=each.properly)
    if any(intent_of(c.code) == SELF_HARM and c.code[-1] == "A" for c in _poisonings(workup)):
        for attempt in workup.having("T14.91"):
            workup.drop(attempt, f"the poisoning tells how ({rule.citation_section})")


def _keep_manifestations(workup: Workup, rule: Rule) -> None:
    """Keep the symptoms that the conclusion names beside a poisoning: all manifestations are coded."""
    concluded = frozenset(rule.data["manifestations_in"])
    for candidate in workup.live():
        if is_symptom(candidate.code) and any(not f.reason and f.kind in concluded for f in candidate.facts):
            workup.raise_to(candidate, 1.0, Step("guideline", "a manifestation of the poisoning", rule.citation))


def _drop_long_term(workup: Workup, rule: Rule, told: list[_Told]) -> None:
    """A drug that belongs to somebody else, or was taken for another, is no long-term use."""
    foreign = [t.named.span for t in told if t.foreign]
    if not foreign:
        return
    for candidate in workup.candidates:
        for fact in candidate.facts if candidate.code.startswith("Z79") else ():
            if not fact.reason and any(fact.mention.span.overlaps(f) for f in foreign):
                fact.reason = f"not a drug of the patient ({rule.citation_section})"


def _of_one_source(told: list[_Told]) -> list[_Told]:
    """Leave out the unspecified member of a category beside a specified one: carbon monoxide, from a furnace."""
    stems = {t.named.stem for t in told}
    vague = {s for s in stems if s.endswith(".9") and any(o != s and o[:3] == s[:3] for o in stems)}
    return [t for t in told if t.named.stem not in vague]


def _settle(workup: Workup, rule: Rule, candidate: Candidate, general: str, poisons: set[str]) -> None:
    """Give a poisoning that the vocabulary named its intent; leave out the unspecified beside the specified."""
    code, stem = candidate.code, stem_of(candidate.code)
    if (
        poisons
        and stem not in poisons
        and (code.startswith(_UNSPECIFIED) or any(p[:3] == stem == "T58.9" for p in poisons))
    ):
        workup.drop(candidate, f"the substance is named ({rule.citation_section})")
        return
    if stem == "T58.9" and any(p.startswith("T58") and p != stem for p in poisons):
        workup.drop(candidate, f"its source is named ({rule.citation_section})")
        return
    facts = [f for f in candidate.facts if not f.reason]
    at_age = compile_words(rule.data["at_age"])
    if facts and all(at_age.search(workup.sentence_of(f)) for f in facts):
        workup.drop(candidate, f"told of another age ({rule.citation_section})")
        return
    if not facts or intent_of(code) not in (ACCIDENTAL, UNDETERMINED):
        return
    intent = _sentence_intent(workup, rule, facts[0].mention.sentence, general)
    becomes = substance_code(stem, intent, code[-1])
    if intent != intent_of(code) and workup.icd.is_billable(becomes):
        workup.replace(candidate, becomes, Step("guideline", "intent as documented", rule.citation))


def _told(workup: Workup, rule: Rule) -> Iterator[_Told]:
    """Yield every substance that the account of the event or the conclusion calls the poison."""
    text, data = workup.chart.text, rule.data
    numbers = sentences_with(workup, data["trigger_words"])
    if not numbers:
        return
    lowered = workup.chart.lower
    acute = workup.chart.inpatient or workup.chart.setting == "emergency"
    kinds = frozenset(data["told_in"] if acute else data["concluded_in"])
    adverse: bool | None = None
    patterns = [
        p for p in data["patterns"] if p.get("needs", "") in lowered and compile_words(p["words"]).may_stand(text)
    ]
    if not patterns:
        return
    seen: set[int] = set()
    for number in numbers:
        sentence = workup.note.sentences[number]
        start, end = sentence.span.start, sentence.span.end
        if workup.note.sections[sentence.section].kind not in kinds:
            continue
        if not any(compile_words(pattern["words"]).may_stand(text, start, end) for pattern in patterns):
            continue
        if next(workup.substances.named(text, start, end), None) is None:
            continue
        if compile_words(data["not_now"]).search(text, start, end):
            continue
        for pattern in patterns:
            for match in unnegated(pattern["words"], text, start, end):
                if not workup.chart.inpatient and compile_words(data["hedges"]).search(text, start, match.start()):
                    continue
                for named in _near(workup, rule, pattern, match, start, end):
                    if named.span.start in seen:
                        continue
                    seen.add(named.span.start)
                    toxicity = bool(pattern.get("toxicity")) and is_medicinal(named.stem)
                    if toxicity and adverse is None:
                        adverse = _is_adverse(text, rule)
                    yield _Told(named, number, toxicity and bool(adverse), bool(pattern.get("foreign")))


def _is_adverse(text: str, rule: Rule) -> bool:
    """True where the chart says that drugs were taken as prescribed, or says nothing of improper use."""
    if compile_words(rule.data["as_prescribed"]).search(text):
        return True
    return next(unnegated(rule.data["improper"], text), None) is None


def _near(
    workup: Workup, rule: Rule, pattern: Mapping[str, Any], match: re.Match[str], start: int, end: int
) -> list[Named]:
    """Return the substances that ``match`` speaks of: behind it, before it or inside it, as the pattern says."""
    text, where = workup.chart.text, pattern["where"]
    low, high = match.span()
    if where == "after":
        low, high = match.end(), min(end, match.end() + _AFTER)
        broken = _BREAK.search(text, low, high)
        high = broken.start() if broken else high
    elif where == "before":
        low, high = max(start, match.start() - _BEFORE), match.start()
    antidote, of_use = compile_words(rule.data["antidote"]), compile_words(rule.data["of_use"])
    found = [
        n
        for n in workup.substances.named(text, low, high)
        if _fits(n, pattern, rule)
        and not of_use.match(text[n.span.end : n.span.end + 20])
        and not antidote.search(text, max(low if where == "after" else start, n.span.start - 30), n.span.start)
    ]
    if where == "before":  # what runs up to the word, as in "fentanyl and xanax overdose"
        kept: list[Named] = []
        place = match.start()
        for named in reversed(found):
            if len(text[named.span.end : place].replace("and", " ").replace("/", " ").split()) > 1:
                break
            kept.append(named)
            place = named.span.start
        found = kept[::-1]
    elif where == "after" and found and len(text[low : found[0].span.start].split()) > pattern.get("gap", 5):
        return []
    if pattern.get("interaction") and not (
        len(found) > 1
        and (
            any(n.stem == _ALCOHOL for n in found)
            or compile_words(rule.data["not_prescribed"]).search(text, start, end)
        )
    ):
        return []
    return found


def _fits(named: Named, pattern: Mapping[str, Any], rule: Rule) -> bool:
    """True for a substance that the pattern may be about."""
    stem = named.stem
    if stem.startswith(_UNSPECIFIED) or begins(stem, rule.data["antidotes"]):
        return False
    if "only" in pattern and not stem.startswith(tuple(pattern["only"])):
        return False
    return not stem.startswith(tuple(pattern.get("never", ())))


def _note_intent(workup: Workup, rule: Rule) -> str:
    """Return the intent that the chart as a whole documents, accidental where it documents none (I.C.19.e.5.b)."""
    for intent, words in ((UNDETERMINED, "undetermined"), (SELF_HARM, "self_harm"), (ASSAULT, "assault")):
        if next(unnegated(rule.data[words], workup.chart.text), None) is not None:
            return intent
    return ACCIDENTAL


def _sentence_intent(workup: Workup, rule: Rule, number: int, general: str) -> str:
    """Return the intent that the sentence says, else that of the chart."""
    span, text = workup.note.sentences[number].span, workup.chart.text
    if next(unnegated(rule.data["self_harm"], text, span.start, span.end), None) is not None:
        return SELF_HARM
    if compile_words(rule.data["accidental"]).search(text, span.start, span.end):
        return ACCIDENTAL
    return general


@check("drug_order", "sequence", lambda _: _CHAPTER)
def order_drug_codes(workup: Workup, rule: Rule) -> None:
    """Put poisonings and toxic effects before what they brought about; adverse effect and underdosing come behind."""
    for candidate in workup.having_any(_CHAPTER):
        intent = intent_of(candidate.code)
        if intent in _INTENTS and candidate.code[-1] == "A":
            candidate.order = (min(candidate.order[0], int(rule.data["place"])), candidate.order[1])
        elif intent in (ADVERSE, UNDERDOSING):
            candidate.mandated = True
