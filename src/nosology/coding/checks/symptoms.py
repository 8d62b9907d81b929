"""Symptoms and signs that stay beside a diagnosis; statements that their own sentence takes back (I.B.4-6, IV.H)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words, unnegated
from nosology.coding.drug_list import find_drug
from nosology.coding.prefixes import begins
from nosology.coding.reportable import is_symptom
from nosology.coding.workup import Workup, check, listed
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = [
    "add_chronic_pain",
    "drop_explained_symptoms",
    "drop_mere_signs",
    "keep_own_symptoms",
    "leave_pain_to_its_cause",
    "read_refuted",
]

_BELOW = 3  # sentences below the name of a problem in which it may be said what it is
_NEXT = re.compile(r"\#?\d{1,2}[.)]\s")  # the number of the next problem
_CLOSE = 40  # characters behind "this is" within which the diagnosis begins
_PARTED = re.compile(
    r"[,;:.]|\b(?:not|no|unrelated|separate|problem|has|have|had|but|since|after|in|with|on)\b", re.IGNORECASE
)
_PARAGRAPH = 200  # characters before a sentence in which "this" may find its diagnosis
_ASSESSED = ("assessment", "plan", "assessment_and_plan", "impression", "diagnosis")


@lru_cache(maxsize=8192)
def _rows(code: str, rule: Rule) -> tuple[Mapping[str, str], ...]:
    """Return the rows that hold for some codes only, of which this is one."""
    return tuple(row for row in rule.data["of_codes"] if begins(code, row["codes"]))


def _is_of_none(row: Mapping[str, str], text: str, start: int, end: int, sentence: Span) -> bool:
    """True where what the row looks for behind the words, in them, in their sentence or in their line up to them says
    that nobody has it, and nothing of ``unless`` stands in the sentence.
    """
    if "unless" in row and compile_words(row["unless"]).search(text, sentence.start, sentence.end) is not None:
        return False
    return (
        ("after" in row and _follows(row["after"], text, end, sentence.end))
        or ("words" in row and compile_words(row["words"]).search(text, start, end) is not None)
        or ("sentence" in row and compile_words(row["sentence"]).search(text, sentence.start, sentence.end) is not None)
        or ("line" in row and compile_words(row["line"]).match(text, text.rfind("\n", 0, start) + 1, end) is not None)
    )


def _follows(words: str, text: str, start: int, end: int) -> bool:
    pattern = compile_words(words)
    return pattern.may_stand(text, start, end) and pattern.match(text[start:end]) is not None


def _given_up(workup: Workup, ends: WordPattern) -> set[int]:
    """Return where the conditions stand that are alone on a line that ends by ruling them out."""
    text = workup.chart.text
    found: set[int] = set()
    for match in ends.finditer(text):
        first = text.rfind("\n", 0, match.start()) + 1
        alone = {
            (c.code, f.mention.span.start)
            for c in workup.live()
            for f in c.facts
            if not f.reason and first <= f.mention.span.start < match.start()
        }
        if len({code for code, _start in alone}) == 1:
            found |= {start for _code, start in alone}
    return found


@check("refuted", "read")
def read_refuted(workup: Workup, rule: Rule) -> None:
    """Set aside facts that their sentence takes back, hedges in the middle of their words, or names as a risk."""
    text = workup.chart.text
    after, inside, mark = compile_words(rule.data["after"]), compile_words(rule.data["inside"]), rule.data["marks"]
    after_stands, inside_stands = after.may_stand(text), inside.may_stand(text)
    given_up = _given_up(workup, compile_words(rule.data["line_ends"]))
    warned = [m.span(1) for m in compile_words(rule.data["new_drug"]).finditer(text)]
    for candidate in workup.live():
        rows = _rows(candidate.code, rule)
        changed = False
        for fact in candidate.facts:
            if fact.reason:
                continue
            sentence = workup.note.sentences[fact.mention.sentence].span
            start, end = fact.mention.span.start, fact.mention.span.end
            if (
                (after_stands and after.may_stand(text, end, sentence.end) and after.match(text[end : sentence.end]))
                or text.find(mark, start, end) >= 0
                or (inside_stands and inside.search(text, start, end))
                or start in given_up
            ):
                fact.reason, changed = "taken back in the same sentence", True
            elif warned and any(first <= start < last for first, last in warned):
                fact.reason, changed = "what a drug may do", True
            elif any(_is_of_none(row, text, start, end, sentence) for row in rows):
                fact.reason, changed = "not a fact of the patient", True
        if not changed:
            continue
        left = [f.weight for f in candidate.facts if not f.reason]
        if left:
            candidate.weight = max(left)
        else:
            workup.drop(candidate, f"not a fact of the patient ({rule.citation_section})")


@check("own_symptoms", "mandate")
def keep_own_symptoms(workup: Workup, rule: Rule) -> None:
    """Keep a symptom that the Tabular List asks for, that has a plan of its own, or that is worked up (I.B.4-6)."""
    live = workup.live()
    symptoms = [c for c in live if is_symptom(c.code)]
    if not symptoms:
        return
    diagnoses = [c for c in live if not is_symptom(c.code) and c.code[0] not in "ZVWXY"]
    orders = compile_words(rule.data["worked_up"])
    blamed = compile_words(rule.data["blamed_on_drug"])
    findings = tuple(rule.data["findings"])
    worked: set[str] = set()
    for candidate in symptoms:
        for fact in candidate.facts:
            if (
                not fact.reason.startswith("absent")
                and fact.kind in _ASSESSED
                and _is_worked_up(workup, fact, orders, blamed)
            ):
                worked.add(candidate.code[:3])
    for candidate in symptoms:
        note = next(
            (n for d in diagnoses if (n := workup.instructions.between("use_additional", d.code, candidate.code))), None
        )
        own = {f.mention.section for f in candidate.facts if not f.reason and f.heading and f.kind in _ASSESSED}
        if note is not None:
            candidate.steps.append(Step("tabular", f"use additional code at {note.node}", rule.citation))
            candidate.mandated = True
        elif len(own) > 1:
            candidate.steps.append(Step("guideline", "a problem with a plan of its own", rule.citation))
            candidate.mandated = True
        elif candidate.code.startswith(findings) and any(not f.reason and f.kind in _ASSESSED for f in candidate.facts):
            workup.raise_to(candidate, 1.0, Step("guideline", "an abnormal finding of its own", rule.citation))
        elif workup.chart.inpatient and _is_treated(workup, candidate, rule):
            workup.raise_to(candidate, 1.0, Step("guideline", "treated for itself in the stay", rule.citation))
            candidate.mandated = True
        elif candidate.code[:3] in worked:
            workup.raise_to(candidate, 1.0, Step("guideline", "worked up for itself", rule.citation))


def _is_treated(workup: Workup, candidate: Candidate, rule: Rule) -> bool:
    """True where a sentence of the symptom says what the stay did for it, or the chart lists it as a complication."""
    row = next((r for r in rule.data["treated_in_stay"] if candidate.code.startswith(tuple(r["codes"]))), None)
    if row is None:
        return False
    words = compile_words(row["words"])
    return any(
        not fact.reason and (fact.kind == "complications" or words.search(workup.sentence_of(fact)))
        for fact in candidate.facts
    )


def _is_worked_up(workup: Workup, fact: Fact, orders: WordPattern, blamed: WordPattern) -> bool:
    sentence = workup.note.sentences[fact.mention.sentence].span
    text = workup.chart.text
    if any(
        m.start() < fact.mention.span.start < m.end() + 60 for m in orders.finditer(text, sentence.start, sentence.end)
    ):
        return True
    return any(find_drug(m["drug"]) is not None for m in blamed.finditer(text, fact.mention.span.end, sentence.end))


@check("explained_symptoms", "integral", listed("symptoms"))
def drop_explained_symptoms(workup: Workup, rule: Rule) -> None:
    """Drop symptoms of which the author says that a diagnosis of the chart explains them (I.B.4, IV.D)."""
    symptoms = [c for c in workup.having_any(rule.data["symptoms"]) if not c.mandated]
    if not symptoms:
        return
    diagnoses = [
        c for c in workup.live() if c not in symptoms and not is_symptom(c.code) and c.code[0] not in "STVWXYZ"
    ]
    if not diagnoses:
        return
    text = workup.chart.text
    caused, causes, this = (compile_words(rule.data[key]) for key in ("caused", "causes", "this"))
    for candidate in symptoms:
        for fact in candidate.facts:
            span, sentence = fact.mention.span, workup.note.sentences[fact.mention.sentence].span
            cue = caused.search(text, span.end, sentence.end)
            near = compile_words(rule.data["from"]).match(text, span.end, sentence.end) if cue is None else None
            if near is not None:
                cause = _named_at(diagnoses, near.end(), min(sentence.end, near.end() + _CLOSE))
            elif cue is not None:
                back = this.search(text[cue.end() : sentence.end]) is not None
                cause = _named_at(diagnoses, cue.end(), sentence.end) or (
                    _named_before(diagnoses, sentence.start) if back else None
                )
            else:
                cue = causes.search(text, sentence.start, span.start)
                cause = _named_at(diagnoses, sentence.start, cue.start()) if cue is not None else None
            if cause is None and fact.heading:
                cause = _named_below(workup, rule, fact, diagnoses)
            if cause is not None:
                workup.drop(candidate, f"explained by {cause.code} ({rule.citation_section})")
                break


def _named_below(workup: Workup, rule: Rule, fact: Fact, diagnoses: list[Candidate]) -> Candidate | None:
    """Return the diagnosis that the line below a problem says it is: "Ear fullness. Reasoning: This is due to …"."""
    first, sentences = fact.mention.sentence + 1, workup.note.sentences
    for number in range(first, min(len(sentences), first + _BELOW)):
        span = sentences[number].span
        if sentences[number].section != fact.mention.section or _NEXT.match(workup.chart.text, span.start):
            return None
        cause = _named_in(workup, rule, span, diagnoses)
        if cause is not None:
            return cause
    return None


def _named_in(workup: Workup, rule: Rule, span: Span, diagnoses: list[Candidate]) -> Candidate | None:
    """Return the diagnosis that a sentence says "this" is, None where it begins otherwise."""
    cue = compile_words(rule.data["below"]).match(workup.chart.text, span.start, span.end)
    cause = None if cue is None else _named_at(diagnoses, cue.end(), min(span.end, cue.end() + _CLOSE))
    if cue is None or cause is None:
        return None
    first = min(f.mention.span.start for f in cause.facts if not f.reason and f.mention.span.start >= cue.end())
    return None if _PARTED.search(workup.chart.text, cue.end(), first) else cause


def _named_at(diagnoses: list[Candidate], start: int, end: int) -> Candidate | None:
    """Return a diagnosis that is named in the stretch of text."""
    return next(
        (d for d in diagnoses for f in d.facts if not f.reason and start <= f.mention.span.start < end),
        None,
    )


def _named_before(diagnoses: list[Candidate], start: int) -> Candidate | None:
    """Return the diagnosis named last in the paragraph before ``start``."""
    named = [
        (f.mention.span.end, d)
        for d in diagnoses
        for f in d.facts
        if not f.reason and start - _PARAGRAPH <= f.mention.span.start < start
    ]
    return max(named, key=lambda item: item[0])[1] if named else None


@check("mere_signs", "integral", listed("signs"))
def drop_mere_signs(workup: Workup, rule: Rule) -> None:
    """Drop signs of an examination that no heading takes up where a diagnosis is reported (I.B.5)."""
    signs = workup.having_any(rule.data["signs"])
    if not signs:
        return
    diagnoses = [c for c in workup.live() if c not in signs and c.code[0] not in "ZVWXY"]
    for candidate in signs:
        if (
            diagnoses
            and not candidate.mandated
            and not _treated(workup, candidate, rule)
            and not any(_own_problem(workup, f, diagnoses) for f in candidate.facts)
        ):
            workup.drop(candidate, f"a sign, no problem of its own ({rule.citation_section})")


def _treated(workup: Workup, sign: Candidate, rule: Rule) -> bool:
    """True for a sign that the assessment names and the visit treats: a callus that is pared."""
    return any(
        sign.code.startswith(code)
        and any(not f.reason and f.kind in _ASSESSED for f in sign.facts)
        and next(unnegated(words, workup.chart.text), None) is not None
        for code, words in rule.data["treated"].items()
    )


def _own_problem(workup: Workup, sign: Fact, diagnoses: list[Candidate]) -> bool:
    """True where the sign heads a problem and no diagnosis stands before it on its line."""
    if not _is_problem(sign):
        return False
    start, text = sign.mention.span.start, workup.chart.text
    begin = text.rfind("\n", 0, start) + 1
    return not any(
        begin <= f.mention.span.start < start for c in diagnoses for f in c.facts if not f.reason and f.heading
    )


def _is_problem(fact: Fact) -> bool:
    return not fact.reason and fact.heading and fact.kind in _ASSESSED


@check("chronic_pain", "mandate", listed("pains"))
def add_chronic_pain(workup: Workup, rule: Rule) -> None:
    """Add G89.29 to a pain that the assessment names as chronic where no cause of it is known (I.C.6.b.1.b)."""
    if workup.having("G89"):
        return
    chronic = compile_words(rule.data["chronic"])
    for candidate in workup.having_any(rule.data["pains"]):
        facts: list[Fact] = [f for f in candidate.facts if not f.reason and f.kind in _ASSESSED and f.heading]
        named = [
            f for f in facts if chronic.search(workup.chart.text, max(0, f.mention.span.start - 12), f.mention.span.end)
        ]
        if named and not _cause_known(workup, candidate, rule):
            step = Step("guideline", "pain named as chronic", rule.citation)
            workup.add(rule.data["code"], named[:1], candidate.weight, step, mandated=True)
            return


@check("chronic_pain_explained", "exclude", lambda rule: [rule.data["code"]])
def leave_pain_to_its_cause(workup: Workup, rule: Rule) -> None:
    """Drop G89.29 of a pain that the diagnosis explains (I.C.6.b.1.a): where every place that names it as chronic is
    that of a pain dropped as part of a disease.
    """
    candidate = workup.find(rule.data["code"])
    if candidate is None or candidate.dropped:
        return
    explained = [
        f.mention.span
        for c in workup.candidates
        if begins(c.code, rule.data["pains"]) and c.dropped.startswith(("integral", "explained"))
        for f in c.facts
        if not f.reason
    ]
    facts = [f.mention.span for f in candidate.facts if not f.reason]
    if facts and all(any(map(span.overlaps, explained)) for span in facts):
        workup.drop(candidate, f"the pain is explained by the diagnosis made ({rule.citation_section})")


def _cause_known(workup: Workup, pain: Candidate, rule: Rule) -> bool:
    causes = tuple(rule.data["causes"])
    return any(c.code.startswith(causes) and c is not pain and not is_symptom(c.code) for c in workup.live())
