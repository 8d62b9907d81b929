"""What is reported: conditions evaluated or treated, what instructions ask for, symptoms that no diagnosis explains."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words
from nosology.coding.prefixes import begins
from nosology.coding.principal import brings_nobody
from nosology.coding.reportable import is_symptom
from nosology.coding.substances import ADVERSE, UNDERDOSING, intent_of
from nosology.coding.workup import Workup, check
from nosology.model.note import Status
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = [
    "add_mandated",
    "drop_integral_symptoms",
    "raise_discussed",
    "raise_treated",
    "report",
    "report_suspected",
]

_EXTERNAL = ("V", "W", "X", "Y")
_POISONING = ("1", "2", "3", "4")
_ORGANISMS = ("B95", "B96", "B97")  # beside a disease, never one by themselves
_SIDED = ("M25.4", "M25.5", "M25.6", "M79.6", "H57.1", "H92.0")  # pains of parts of which everybody has two
_PROBLEM = 400  # characters that the text of one problem of an assessment takes
_OPENS = ("", "chief_complaint", "history_of_present_illness", "indication", "admission_diagnosis")
_REASONS = ("", "chief_complaint", "assessment", "assessment_and_plan", "impression", "diagnosis")
_COURSE = ("hospital_course", "assessment", "assessment_and_plan", "problem_list")
_BRINGS_PAIN = "CDEGIKMN"  # diseases whose chronic pain is theirs; no infection, injury or birth brings it
_WORD = 12  # characters in which "chronic" stands before a pain
_CONCLUDED = ("assessment", "assessment_and_plan", "impression", "diagnosis")
_LISTED = 0.45  # the least weight of a reason for a visit
_ASSESSED = ("assessment", "plan", "assessment_and_plan", "impression")


@check("reportable", "report")
def report(workup: Workup, rule: Rule) -> None:
    """Take out what the note mentions without evaluating or treating it (III, IV.J).

    Where nothing else is found, each of the reasons of a visit that the chart names stays (IV.A).
    """
    live = workup.live()
    reasons = tuple(rule.data["reasons"])
    if not workup.chart.inpatient and all(c.code[0] == "Z" or c.weight < workup.threshold for c in live):
        for candidate in live:
            if candidate.code.startswith(reasons) and _is_reason(candidate):
                workup.raise_to(candidate, workup.threshold)
    for candidate in live:
        if candidate.weight < workup.threshold:
            workup.drop(candidate, "mentioned, but not evaluated or treated here")


def _is_reason(candidate: Candidate) -> bool:
    return candidate.weight >= _LISTED and any(f.kind in _REASONS for f in candidate.facts if not f.reason)


@check("known_and_discussed", "read")
def raise_discussed(workup: Workup, rule: Rule) -> None:
    """Raise a condition that is documented as present and taken up again, even uncertainly, in the assessment or
    plan.
    """
    doubted: dict[str, list[Fact]] = {}  # "this appears to be an exacerbation of his COPD": the COPD itself is known
    for other in workup.candidates:
        for fact in other.facts:
            if fact.kind in _ASSESSED and fact.reason.startswith("uncertain"):
                doubted.setdefault(other.code[:3], []).append(fact)
    for candidate in workup.live():
        if not 0.35 <= candidate.weight < workup.threshold:
            continue
        taken_up = doubted.get(candidate.code[:3])
        if taken_up and candidate.code[0] not in "STVWXYZ" and not is_symptom(candidate.code):
            candidate.take(taken_up)
            workup.raise_to(
                candidate, workup.threshold, Step("guideline", "known condition, evaluated here", rule.citation)
            )


@check("known_and_treated", "read")
def raise_treated(workup: Workup, rule: Rule) -> None:
    """Raise a documented condition for which the chart shows a drug in use: it is being treated (MEAT, IV.J).

    Where the assessment of a visit names no condition, what its history tells as it fares was evaluated there.
    """
    if not workup.chart.inpatient:
        _raise_told(workup, rule)
    treated: set[str] = set()
    for candidate in workup.candidates:
        for fact in candidate.facts:
            source = fact.mention.terms[0]
            if not fact.reason and source.startswith("drug:"):
                treated.update(filter(None, source[5:].split(",")))
    if not treated:
        return
    prefixes = tuple(treated)
    for candidate in workup.live():
        known = 0.35 <= candidate.weight < workup.threshold
        if (
            known
            and candidate.code.startswith(prefixes)
            and not is_symptom(candidate.code)
            and candidate.code[0] != "Z"
        ):
            workup.raise_to(candidate, workup.threshold, Step("guideline", "a drug for it is in use", rule.citation))


def _raise_told(workup: Workup, rule: Rule) -> None:
    waiting = [c for c in workup.live() if 0.35 <= c.weight <= workup.threshold and _is_lasting(workup, c)]
    if not waiting:
        return
    assessed = frozenset(rule.data["assessed_in"])
    if any(
        f.kind in assessed and (not f.reason or f.reason.startswith("uncertain"))
        for c in workup.candidates
        if c.code[0] not in "VWXYZ"
        for f in c.facts
    ):
        return
    fares, text = compile_words(rule.data["fares"]), workup.chart.text
    for candidate in waiting:
        told = [f for f in candidate.facts if not f.reason and f.kind in rule.data["told_in"]]
        if any(fares.match(text, f.mention.span.end) for f in told):
            step = Step("guideline", "its state is told, nothing else is assessed", rule.citation)
            workup.raise_to(candidate, workup.threshold, step)
            candidate.cared = True


def _is_lasting(workup: Workup, candidate: Candidate) -> bool:
    return begins(candidate.code, workup.rules["reportable"][0].data["chronic"])


@check("use_additional", "mandate")
def add_mandated(workup: Workup, rule: Rule) -> None:
    """Report what a "use additional code" note at a reported code asks for and the chart documents (I.A.17)."""
    wanted = [c for c in workup.candidates if c.dropped.startswith("mentioned") and c.weight >= 0.1]
    codes = sorted(c.code for c in wanted)
    askers: dict[str, str] = {}  # code → the first reported code whose note asks for it
    for other in workup.live() if codes else ():
        for code in workup.instructions.named("use_additional", other.code, codes):
            if code == "Z79.899" and other.code.startswith("D84.821"):
                continue  # the drug is one that weakens the immunity; "other" drugs are none of these
            askers.setdefault(code, other.code)
    for candidate in wanted:
        asker = askers.get(candidate.code)
        note = workup.instructions.between("use_additional", asker, candidate.code) if asker else None
        if note is not None:
            workup.raise_to(
                candidate,
                workup.threshold,
                Step("tabular", f"use additional code at {note.node}: {note.text}", rule.citation),
            )
            candidate.mandated = True


@lru_cache(maxsize=8192)
def _integral_to(code: str, rule: Rule, field: str = "integral") -> tuple[str, ...]:
    table: dict[str, list[str]] = rule.data[field]
    return tuple(symptom for prefix, named in table.items() if code.startswith(prefix) for symptom in named)


@check("suspected_symptoms", "mandate")
def report_suspected(workup: Workup, rule: Rule) -> None:
    """Report the symptoms for which a visit suspects a disease, where its assessment names none of them (IV.D, IV.H).

    Those of the chief complaint are taken, else those of the first sentence of the history that tells one. A note
    without headings is read as a whole.
    """
    table = workup.rules["integral_symptoms"][0]
    own = float(table.data["own_problem"])
    waiting = [
        c
        for c in workup.candidates
        if is_symptom(c.code)
        and (c.dropped.startswith("mentioned") or (not c.dropped and c.weight < own))
        and c.weight >= _LISTED
        and _is_sure(c)
    ]
    if not waiting:
        return
    known = {c.code[:3] for c in workup.live()}
    named = [c.code for c in workup.live() if is_symptom(c.code) and c.weight >= own]
    concluded = _CONCLUDED if not workup.chart.kinds.isdisjoint(_CONCLUDED) else ("",)
    complained = any(f.kind == "chief_complaint" and not f.reason for c in workup.candidates for f in c.facts)
    told_in = rule.data["told_in"][: 1 if complained else None]  # who came for something else is not suspected here
    for other in list(workup.candidates):
        suspected = [f for f in other.facts if f.kind in concluded and f.reason.startswith("uncertain")]
        if not suspected or is_symptom(other.code) or other.code[:3] in known:
            continue
        covered = (*_integral_to(other.code, table), *_integral_to(other.code, rule, "besides"))
        if not covered or any(code.startswith(covered) for code in named):
            continue
        for candidate in _told_first([c for c in waiting if c.code.startswith(covered)], told_in):
            step = Step("guideline", f"{other.code} is only suspected", rule.citation)
            workup.raise_to(candidate, 1.0, step)
            candidate.cared = True


def _told_first(symptoms: list[Candidate], told_in: Sequence[Collection[str]]) -> list[Candidate]:
    """Return the symptoms of the chief complaint, else of the first sentence of the history that tells one."""
    for kinds in told_in:
        places = {
            f.mention.sentence: c
            for c in symptoms
            for f in c.facts
            if not f.reason and f.mention.status is not Status.POSSIBLE and f.kind in kinds
        }
        if places:
            first = min(places)
            return [c for c in symptoms if any(f.mention.sentence == first and not f.reason for f in c.facts)]
    return []


@check("integral_symptoms", "integral")
def drop_integral_symptoms(workup: Workup, rule: Rule) -> None:
    """Drop symptoms that a reported diagnosis explains, and those that are not problems of their own (I.B.4, I.B.5)."""
    coded = workup.live()
    definitive = [
        c
        for c in coded
        if not is_symptom(c.code)
        and not c.code.startswith(("Z", *_ORGANISMS, *_EXTERNAL))
        and intent_of(c.code) not in (ADVERSE, UNDERDOSING)
    ]
    own, always = float(rule.data["own_problem"]), tuple(rule.data["always"])
    if any(intent_of(c.code) in _POISONING and c.code[-1] == "A" for c in coded):
        always += tuple(rule.data["of_poisoning"])
    explained: list[tuple[Candidate, tuple[str, ...]]] = []
    if any(is_symptom(c.code) and not c.mandated for c in coded):
        for diagnosis in definitive:
            covered = _integral_to(diagnosis.code, rule)
            if covered:
                explained.append((diagnosis, covered))
    open_ones = workup.chart.inpatient and compile_words(rule.data["unexplained"]).search(workup.chart.text) is not None
    alone = workup.chart.inpatient and brings_nobody([c.code for c in definitive if c.weight >= workup.threshold])
    for candidate in coded:
        if not is_symptom(candidate.code) or candidate.mandated or candidate.of_drug:
            continue
        if open_ones and _is_unexplained(workup, rule, candidate):
            continue
        lasting = workup.chart.inpatient and _is_lasting_problem(workup, rule, candidate)
        for diagnosis, covered in explained:
            if candidate.code.startswith(_SIDED) and _of_other_side(workup, candidate, diagnosis):
                continue
            if lasting and diagnosis.code[0] not in _BRINGS_PAIN:
                continue
            if candidate.code.startswith(covered) and not candidate.code.startswith(
                _integral_to(diagnosis.code, rule, "but")
            ):
                _hand_place(candidate, diagnosis)
                workup.drop(candidate, f"integral to {diagnosis.code} ({rule.citation_section})")
                break
        else:
            if (
                definitive
                and not lasting
                and candidate.weight < own
                and not (candidate.code.startswith(always) and _is_sure(candidate))
                and not (alone and _is_presented(candidate, rule))
            ):
                workup.drop(candidate, f"explained by the diagnoses made ({rule.citation_section})")
    if not workup.live():
        _fall_back(workup.candidates)


def _is_lasting_problem(workup: Workup, rule: Rule, candidate: Candidate) -> bool:
    """True for a pain that is called chronic and heads a problem of the course: no acute illness brings it."""
    pains = tuple(rule.data["pains"])
    if candidate.code.startswith("G89") and workup.having(*[code for code in pains if code[:3] != "G89"]):
        return False  # the pain has its place
    return candidate.code.startswith(pains) and any(
        f.heading
        and not f.reason
        and f.kind in _COURSE
        and (f.kind != "problem_list" or workup.chart.text[f.mention.span.end : f.mention.span.end + 2] == ": ")
        and workup.chart.lower.rfind("chronic", f.mention.span.start - _WORD, f.mention.span.end) >= 0
        for f in candidate.facts
    )


def _of_other_side(workup: Workup, symptom: Candidate, diagnosis: Candidate) -> bool:
    """True where the titles tell the symptom of one side, and the diagnosis of the other: a knee does not hurt of the
    arthritis of the other one.
    """
    one, two = (workup.icd.title(each.code).lower() for each in (symptom, diagnosis))
    return ("right" in one and "left" in two) or ("left" in one and "right" in two)


def _is_unexplained(workup: Workup, rule: Rule, candidate: Candidate) -> bool:
    """True where the chart says right behind a symptom, or in the words before it, that its cause was not found."""
    words, text = compile_words(rule.data["unexplained"]), workup.chart.text
    for fact in candidate.facts:
        span, sentence = fact.mention.span, workup.note.sentences[fact.mention.sentence].span
        if not fact.reason and words.search(text, max(sentence.start, span.start - 30), sentence.end):
            return True
    return False


def _is_presented(candidate: Candidate, rule: Rule) -> bool:
    """True for a symptom that the first words of the chart or its chief complaint tell, if it may bring a patient."""
    reach = int(rule.data["opening"])
    return begins(candidate.code, rule.data["presenting"]) and any(
        not f.reason
        and f.mention.status is not Status.POSSIBLE
        and (f.kind == "chief_complaint" or (f.mention.span.start < reach and f.kind in _OPENS))
        for f in candidate.facts
    )


def _is_sure(candidate: Candidate) -> bool:
    return any(not f.reason and f.mention.status is not Status.POSSIBLE for f in candidate.facts)


def _hand_place(symptom: Candidate, diagnosis: Candidate) -> None:
    """Give the place of a symptom that heads a problem to the diagnosis that the same problem names (IV.G)."""
    heads = [f.mention.span.start for f in symptom.facts if not f.reason and f.heading and f.kind in _ASSESSED]
    for start in sorted(heads):
        if any(f.kind in _ASSESSED and 0 <= f.mention.span.start - start < _PROBLEM for f in diagnosis.facts):
            place = diagnosis.order[1]
            diagnosis.order = (diagnosis.order[0], min(place, start) if place else start)
            return


def _fall_back(candidates: list[Candidate]) -> None:
    live = [
        c
        for c in candidates
        if c.weight >= 0.45 and not c.code.startswith(_EXTERNAL) and any(not f.reason for f in c.facts)
    ]
    # what only weighed too little, before what became another code or is said by one
    for candidate in sorted(live, key=lambda c: (not c.dropped.startswith("mentioned"), -c.weight))[:1]:
        candidate.dropped = ""
