"""Adverse effects: the nature of the effect, and the code of the drug that was rightly given (I.C.19.e.5.a)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.drug_classes import class_of, member_named, without_classes
from nosology.coding.checks.wording import compile_words, fact_at, sentences_with
from nosology.coding.prefixes import begins
from nosology.coding.reportable import is_symptom
from nosology.coding.substances import ADVERSE, Named, intent_of, is_medicinal, stem_of, substance_code
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["add_adverse_effects", "named_after"]

_DENIED = re.compile(
    r"\b(?:not|never|rather than|instead of)\s+(?:\w+ to be\s+)?$", re.IGNORECASE
)  # before "heparin-induced"
_INDUCED_REACH = 30  # code points between "opioid-induced" and the condition
_NEAR = 40  # code points between a condition and the words that name its cause
_CLAUSE = 90  # code points after those words in which the drugs stand
_BREAK = re.compile(r"[;\n]|\.(?!\d|\s[a-z])|\bbut\b")  # "due to H. pylori and aspirin"
_JOINED = re.compile(
    r"\s*(?:\)\s*)?(?:,|and|or|/|\+|&|plus|,\s*and|and/or)\s*(?:(?:an?|the|his|her|their|oral|iv)\s+)*\Z", re.I
)
# what is given for an effect, told behind a comma: "angioedema from lisinopril, methylprednisolone"
_REMEDIES = ("T38.0X", "T44.5X", "T45.0X", "T45.7X", "T50.6X", "T50.7X")
_ENDS_LIST = re.compile(r"\s*,?\s*(?:and|or|&|/|\+)", re.I)
# between a class of drugs and the drugs of it: "NSAIDs (ibuprofen)", "antibiotics such as Augmentin"
_APPOSED = re.compile(
    r"\s*(?:[(:,–-]|such as|including|like|namely)\s*(?:(?:e\.?g\.?|i\.?e\.?|including|both)[,\s]*)?\Z", re.I
)
_UNSPECIFIED = "T50.90"
_CONCLUDED = ("assessment", "assessment_and_plan", "impression", "diagnosis", "discharge_diagnosis")
_TREATED = ("assessment", "assessment_and_plan", "hospital_course")
_OPENING = 8  # code points of a number or a bullet
_HEADED = 40  # and of an adjective behind it
_ADJECTIVE = re.compile(r"\s*(?:#+|[-•*]|\d{1,2}[.)])\s*[A-Za-z-]+\s+")
_PROBLEMS = ("", *_CONCLUDED)
_POISONING = ("1", "2", "3", "4")


class _Cause(NamedTuple):
    """A drug called the cause: where the words stand, where the drugs, and whether it leads or follows its effect."""

    span: Span
    drugs: tuple[Named, ...]
    kind: str  # "induced" before the effect, "due" after it, "verb" before it


@lru_cache(maxsize=8)
def _natures(rule: Rule) -> tuple[dict[str, Any], ...]:
    return tuple(
        {**row, "base": tuple(row["base"]), "drugs": tuple(row.get("drugs", ()))} for row in rule.data["natures"]
    )


@check("adverse_effects", "mandate")
def add_adverse_effects(workup: Workup, rule: Rule) -> None:
    """Add the T code of the drug to a condition that the chart calls an effect of it; name the effect as such.

    "Constipation due to oxycodone" is drug-induced constipation with the adverse effect of opioids. A drug whose
    poisoning is reported has no adverse effect as well.
    """
    data = rule.data
    poisoned = {stem_of(c.code) for c in workup.having("T3", "T4", "T50") if intent_of(c.code) in _POISONING}
    known: dict[int, tuple[_Cause, ...]] = {}
    telling = {kind: frozenset(sentences_with(workup, data[f"{kind}_words"])) for kind in ("induced", "due", "verb")}
    never, allowed, adjacent = (
        data["never"],
        data["allowed"],
        data["adjacent"],
    )  # before the last the bare drug tells it
    told = frozenset().union(*telling.values())
    named, vague = False, workup.having("T88.7")
    for candidate in workup.live() if told else workup.having_any(adjacent):
        if begins(candidate.code, never) and not begins(candidate.code, allowed):
            continue
        beside = begins(candidate.code, adjacent)
        for fact in candidate.facts:
            number = fact.mention.sentence
            if fact.reason or not (beside or number in told or number + 1 in telling["due"]):
                continue
            if number not in known:
                known[number] = tuple(_causes(workup, rule, number, telling)) if number in told else ()
            cause = next((c for c in known[number] if _causes_fact(c, fact)), None)
            if cause is None and number + 1 in telling["due"] and _opens(workup, fact):
                cause = _told_next(workup, rule, fact, telling)
            if cause is None and beside:
                cause = _adjacent(workup, rule, fact)
            if cause is not None and _report(workup, rule, candidate, cause, poisoned):
                named = named or candidate not in vague
                break

    for other in vague if named else ():  # Excludes1 note at T88.7: specified adverse effects
        workup.drop(other, f"the effect is specified ({rule.citation_section})")


def _causes_fact(cause: _Cause, fact: Fact) -> bool:
    """True where the words stand by the condition: before it ("induced", "causing"), after it ("due to")."""
    span = fact.mention.span
    if cause.kind == "due":
        return cause.span.start >= span.start and cause.span.start - span.end < _NEAR
    if cause.kind == "verb":
        return 0 <= span.start - cause.span.end < _INDUCED_REACH
    return True


def _opens(workup: Workup, fact: Fact) -> bool:
    """True for what opens its sentence, behind a number or a bullet and perhaps one adjective ("# Immune-mediated")."""
    before = workup.chart.text[workup.note.sentences[fact.mention.sentence].span.start : fact.mention.span.start]
    if len(before) < _OPENING and not any(c.isalpha() for c in before):
        return True
    return len(before) < _HEADED and _ADJECTIVE.fullmatch(before) is not None


def _heads_line(workup: Workup, fact: Fact) -> bool:
    """True for a problem of the course: nothing but a number and adjectives stands before it in its line."""
    text, start = workup.chart.text, fact.mention.span.start
    return re.search(r"[A-Za-z)][.:,;]", text[text.rfind("\n", 0, start) + 1 : start]) is None


def _told_next(workup: Workup, rule: Rule, fact: Fact, telling: dict[str, frozenset[int]]) -> _Cause | None:
    """Return the cause that a sentence without a subject right behind gives for what opens the sentence of ``fact``."""
    number, sentences = fact.mention.sentence + 1, workup.note.sentences
    span = sentences[number].span
    if sentences[number].section != fact.mention.section:
        return None
    text = workup.chart.text
    back = compile_words(rule.data["goes_back"]).match(text, span.start, span.end)
    if back is None:
        back = compile_words(rule.data["ascribed"]).match(text, span.start, span.end)
        meant = back["what"].lower() if back is not None and back["what"] else ""
        if meant and meant not in text[fact.mention.span.start : fact.mention.span.end].lower().split():
            return None
    if back is None:
        return None
    if (
        "lead" in back.groupdict()
        and back["lead"]
        and any(span.start <= m.span.start < back.end("lead") for m in workup.note.mentions)
    ):
        return None  # "On day 11 a rash appeared, attributed to ganciclovir": that is what the drug did
    causes = _causes(workup, rule, number, telling)
    return next((c for c in causes if c.kind == "due" and c.span.start <= back.end()), None)


def _stands_by(cause: _Cause, fact: Fact) -> bool:
    if cause.kind != "induced":
        return True
    return -_INDUCED_REACH < fact.mention.span.start - cause.span.end < _INDUCED_REACH or (
        0 <= cause.span.start - fact.mention.span.end < 4
    )


def _causes(workup: Workup, rule: Rule, number: int, telling: dict[str, frozenset[int]]) -> Iterator[_Cause]:
    """Yield the causes that a sentence names."""
    sentence = workup.note.sentences[number].span
    text, data = workup.chart.text, rule.data
    hedge = compile_words(data["hedges"])

    def hedged(match: re.Match[str]) -> bool:
        before = max(sentence.start, match.start() - 24)
        if _DENIED.search(text, before, match.start()):
            return True
        if "effects " in match[0].lower() and (
            compile_words(data["told_before"]).search(text, sentence.start, match.start())
            or compile_words(data["told_after"]).match(text, match.end(), sentence.end)
        ):
            return True
        return not workup.chart.inpatient and hedge.search(text, before, match.start()) is not None

    if number in telling["induced"]:
        for match in compile_words(data["induced"]).finditer(text, sentence.start, sentence.end):
            if hedged(match):
                continue
            drugs = _before(workup, rule, match, sentence)
            if drugs:
                yield _Cause(Span(*match.span()), drugs, "induced")
    if number in telling["due"]:
        for match in compile_words(data["caused_by"]).finditer(text, sentence.start, sentence.end):
            if not hedged(match) and (drugs := named_after(workup, match.end(), sentence.end, data)):
                yield _Cause(Span(match.start(), drugs[-1].span.end), drugs, "due")
        for match in compile_words(data["attributing"]).finditer(text, sentence.start, sentence.end):
            if not hedged(match) and (drugs := named_after(workup, match.end(), sentence.end, data)):
                yield _Cause(Span(match.start("to"), drugs[-1].span.end), drugs, "due")
    if number in telling["verb"]:
        for match in compile_words(data["causing"]).finditer(text, sentence.start, sentence.end):
            drugs = tuple(
                n
                for n in workup.substances.named(text, max(sentence.start, match.start() - 30), match.start())
                if is_medicinal(n.stem) and n.stem != _UNSPECIFIED
            )
            if drugs and not hedged(match):
                yield _Cause(Span(drugs[-1].span.start, match.end()), drugs[-1:], "verb")


def _before(workup: Workup, rule: Rule, match: re.Match[str], sentence: Span) -> tuple[Named, ...]:
    """Return the drug of "opioid-induced"; that of "drug-induced" stands elsewhere in the sentence, or nowhere."""
    text, start, end = workup.chart.text, *match.span("drug")
    head = max(sentence.start, text.rfind(" ", sentence.start, max(sentence.start, start - 1)) + 1)
    for begin in (head, start):  # "ACE inhibitor induced", "opioid induced"
        named = [n for n in workup.substances.named(text, begin, end) if n.span.end == end]
        if named and named[-1].stem != _UNSPECIFIED:
            return (named[-1],) if is_medicinal(named[-1].stem) else ()
    if match["drug"].lower() not in rule.data["any_drug"]:
        return ()
    others = [
        n
        for n in workup.substances.named(text, sentence.start, sentence.end)
        if is_medicinal(n.stem)
        and not n.stem.startswith(_UNSPECIFIED)
        and not _is_other(text, n, rule.data)
        and not compile_words(rule.data["not_meant"]).search(text, sentence.start, n.span.start)
    ]
    return tuple(others[:1]) or (Named(Span(start, end), _UNSPECIFIED),)


def named_after(workup: Workup, start: int, end: int, data: Any) -> tuple[Named, ...]:
    """Return the drugs that words of cause ending at ``start`` name: the first one said, and those joined to it."""
    text = workup.chart.text
    stop = min(end, start + _CLAUSE)
    if (broken := _BREAK.search(text, start, stop)) is not None:
        stop = broken.start()
    skipped = compile_words(data["skipped"]).match(text, start, stop)
    place = skipped.end() if skipped else start
    found: list[Named] = []
    for named in workup.substances.named(text, place, stop):
        gap = text[(found[-1].span.end if found else place) : named.span.start]
        apposed = bool(found) and class_of(text, found[-1], data.get("classes", ())) and _APPOSED.match(gap)
        if not found and "beside" in data and compile_words(data["beside"]).match(gap):
            gap = ""
        if gap.strip(" (") if not found else not (_JOINED.match(gap) or apposed):
            break
        if found and gap.strip() == "," and named.stem in _REMEDIES and _ENDS_LIST.match(text, named.span.end) is None:
            break
        if not is_medicinal(named.stem) or named.stem in data["weak"] or _is_other(text, named, data):
            break
        found.append(named)
    return tuple(found)


def _is_other(text: str, named: Named, data: Any) -> bool:
    """True where what follows makes the drug something else: its deficiency, its abuse, an allergy to it."""
    return compile_words(data["not_the_drug"]).match(text[named.span.end : named.span.end + 24]) is not None


def _adjacent(workup: Workup, rule: Rule, fact: Fact) -> _Cause | None:
    """Return the drug that stands right before its well-known effect: "statin myopathy", "vincristine neuropathy"."""
    text, start = workup.chart.text, fact.mention.span.start
    begin = workup.note.sentences[fact.mention.sentence].span.start
    last = None
    for named in workup.substances.named(text, max(begin, start - 30), fact.mention.span.end):
        inside = named.span.start >= start
        if is_medicinal(named.stem) and (inside or not text[named.span.end : start].strip(" -")):
            last = named
    if last is None or last.stem.startswith(_UNSPECIFIED) or _is_other(text, last, rule.data):
        return None
    return _Cause(last.span, (last,), "induced")


def _report(workup: Workup, rule: Rule, candidate: Candidate, cause: _Cause, poisoned: set[str]) -> bool:
    """Report the drugs of ``cause`` beside their effect; False where none of them has a code for it."""
    nature = _nature(workup, rule, candidate, cause)
    drugs = [
        d
        for d in _specific(workup, rule, cause.drugs)
        if d.stem not in poisoned
        and not (poisoned and d.stem == _UNSPECIFIED)
        and workup.icd.is_billable(substance_code(d.stem, ADVERSE))
    ]
    of_poison = bool(poisoned) and nature != candidate.code and cause.drugs[0].stem == _UNSPECIFIED
    unnamed = bool(drugs) and drugs[0].stem == _UNSPECIFIED and nature == candidate.code
    if not (drugs or of_poison) or (unnamed and not _names_drugs(workup, nature)):
        return False
    if nature != candidate.code:
        step = Step("guideline", f"{candidate.code} as an effect of a drug is {nature}", rule.citation)
        order = candidate.order
        candidate = workup.replace(candidate, nature, step)
        candidate.order = min(order, candidate.order)
        candidate.specifies.append((cause.span, Role.SPECIFIES))
    step = Step("guideline", f"{candidate.code} is an effect of the drug", rule.citation)
    stated = [f for f in candidate.facts if not f.reason]
    if is_symptom(candidate.code) and any(
        f.kind in _CONCLUDED
        or (f.heading and (f.kind in _PROBLEMS or (f.kind == "hospital_course" and _heads_line(workup, f))))
        for f in stated
    ):
        workup.raise_to(candidate, 1.0)
        candidate.of_drug = any(f.heading and f.kind in _TREATED for f in stated)
    elif candidate.code in rule.data["stands"] and workup.chart.inpatient:
        candidate.of_drug = any(f.kind == "hospital_course" for f in stated)
    for drug in drugs:
        code = substance_code(drug.stem, ADVERSE)
        fact = fact_at(workup, drug.span, code, f"rule:{rule.id}", candidate.weight)
        workup.add(code, [fact], candidate.weight, step, mandated=True)
    _add_disorder(workup, rule, candidate, cause, drugs)
    return True


def _add_disorder(workup: Workup, rule: Rule, bleeding: Candidate, cause: _Cause, drugs: list[Named]) -> None:
    """Add the hemorrhagic disorder to a bleeding that an anticoagulant caused (Coding Clinic 1Q 2016, p. 14)."""
    data = rule.data["bleeding"]
    if not begins(bleeding.code, data["codes"]) or not any(begins(d.stem, data["drugs"]) for d in drugs):
        return
    code = data["adds"]
    step = Step("guideline", f"{bleeding.code} is a bleeding due to an anticoagulant → {code}", data["source"])
    fact = fact_at(workup, cause.span, code, f"rule:{rule.id}", bleeding.weight)
    added = workup.add(code, [fact], bleeding.weight, step, mandated=True)
    added.order = min(added.order, (bleeding.order[0], bleeding.order[1] + 1))


def _specific(workup: Workup, rule: Rule, drugs: tuple[Named, ...]) -> list[Named]:
    """Turn a class of drugs into the one drug of it that the sentence names, or the chart where the class is such."""
    text, rows = workup.chart.text, rule.data["classes"]
    found: list[Named] = []
    for drug in without_classes(text, drugs, rows):
        row = class_of(text, drug, rows)
        if row is None:
            found.append(drug)
            continue
        number = workup.sentence_number(drug.span.start)
        sentence = workup.note.sentences[number].span if number >= 0 else Span(0, 0)
        stem = member_named(workup, drug, rows, sentence.start, sentence.end, rule.data["not_meant"])
        if stem == drug.stem and row.get("anywhere"):
            stem = member_named(workup, drug, rows, 0, len(text), rule.data["not_meant"])
        if stem != drug.stem:
            for general in workup.having(substance_code(drug.stem, ADVERSE)):
                workup.drop(general, f"the drug is named ({rule.citation_section})")
        found.append(drug._replace(stem=stem))
    return found


def _names_drugs(workup: Workup, code: str) -> bool:
    """True for a code whose title says that a drug is the cause."""
    return re.search(r"\b(?:drug|medicament)", workup.icd.title(code), re.I) is not None


def _nature(workup: Workup, rule: Rule, candidate: Candidate, cause: _Cause) -> str:
    """Return the code of the condition as the effect of a drug, its own where there is none.

    The words must stand by the condition: "levodopa-induced dyskinesia" makes no other condition an effect.
    """
    code = candidate.code
    for row in _natures(rule):
        if not code.startswith(row["base"]) or not any(_stands_by(cause, f) for f in candidate.facts if not f.reason):
            continue
        if row["drugs"] and not any(d.stem.startswith(row["drugs"]) for d in cause.drugs):
            continue
        if "words" in row and not any(
            compile_words(row["words"]).search(workup.sentence_of(f)) for f in candidate.facts if not f.reason
        ):
            continue
        becomes = str(row["becomes"])
        becomes += code[len(becomes) :] if row.get("episode") else ""
        becomes = _of_known_use(workup, becomes) if row.get("dependent") else becomes
        if workup.icd.is_billable(becomes):
            return becomes
    return code


def _of_known_use(workup: Workup, code: str) -> str:
    """Return F13.221 for F13.921 where a dependence is coded, F13.121 where an abuse is (I.C.5.b.2); it is in them."""
    for kind in ("2", "1"):
        known = workup.having(code[:4] + kind)
        if known:
            for each in known:
                if each.code == f"{code[:4]}{kind}0":
                    workup.drop(each, "in the code of the delirium (I.C.5.b.2)")
            return f"{code[:4]}{kind}{code[5:]}"
    return code
