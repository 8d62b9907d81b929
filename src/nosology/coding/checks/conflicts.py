"""Statements that contradict each other: a condition affirmed and denied, two types or stages of one condition.

What the provider concludes goes before what the story, a list or an examination says; where two conclusions differ, the
less specific code stands, and the provider is asked (Guidelines I.A.19, I.B.14). What changed over time is no conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import fact_at, said_anywhere
from nosology.coding.prefixes import begins
from nosology.coding.reportable import is_symptom
from nosology.coding.workup import Workup, check
from nosology.lexicon.patterns import compile_words
from nosology.model.coding import Query
from nosology.model.note import Role, Span, Status, Subject, Temporality
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["find_denied", "find_two_types"]

_CLOSING = ("other (please specify)", "unable to determine")
_AROUND = 40  # code points around a denial in which its limits are looked for


@check("conflict_denied", "conflict")
def find_denied(workup: Workup, rule: Rule) -> None:
    """Report conditions that one part of the chart affirms and another denies; a denial in the conclusion holds."""
    reported = 0
    left_out = tuple(rule.data["left_out"])
    denied_at = dict.fromkeys(
        c.code[:3]
        for c in workup.candidates
        for f in c.facts
        if f.reason == "absent" and not c.code.startswith(left_out)
    )
    for head in denied_at:
        candidates = list(workup.categories()[head])
        facts = [f for c in candidates for f in c.facts]
        denied = [f for f in facts if f.reason == "absent" and f.mention.subject is Subject.PATIENT]
        affirmed = [f for f in facts if _is_stated(f)]
        pair = _contradiction(workup, rule, affirmed, denied) if affirmed else None
        if pair is None:
            continue
        yes, no = pair
        if no.kind in rule.data["conclusion"] and yes.kind not in rule.data["conclusion"]:
            for candidate in candidates:
                if not candidate.dropped and all(_outweighed(f, no, rule) for f in candidate.facts if _is_stated(f)):
                    workup.drop(candidate, f"denied in the {no.kind.replace('_', ' ')} ({rule.citation_section})")
        if reported < int(rule.data["most"]):
            reported += 1
            _report(workup, rule, yes, no, code=yes.code)


def _is_stated(fact: Fact) -> bool:
    mention = fact.mention
    said = mention.status is Status.PRESENT and mention.subject is Subject.PATIENT and _is_said(fact)
    return said and fact.reason != "absent"


def _is_said(fact: Fact) -> bool:
    """True where words of the chart name the condition, not a drug for it or a rule."""
    return not fact.mention.terms[0].startswith(("drug:", "rule:", "learnt"))


def _outweighed(fact: Fact, no: Fact, rule: Rule) -> bool:
    return fact.kind not in rule.data["conclusion"] and _is_of(no, fact)


def _is_of(no: Fact, yes: Fact) -> bool:
    """True where what is denied is the affirmed condition, in the same or in more general words."""
    more = no.mention.atoms - yes.mention.atoms
    return not more or (len(more) == 1 and no.code == yes.code)


def _contradiction(
    workup: Workup, rule: Rule, affirmed: Sequence[Fact], denied: Sequence[Fact]
) -> tuple[Fact, Fact] | None:
    """An affirmed and a denied fact of one condition that cannot both be true, None if there is none."""
    conclusion, lists = rule.data["conclusion"], rule.data["lists"]
    for no in denied:
        concluded = no.kind in conclusion
        if not no.mention.atoms or not (concluded or no.kind in rule.data["denied_in"]):
            continue
        if no.mention.cue.lower() == "not":
            continue  # it sets something apart: "cataract of age, not diabetes"
        if "," in _words(workup, no) or _is_limited(workup, rule, no):
            continue  # only a part of these words is denied, or only a time or a kind of it
        past = compile_words(rule.data["past"]).search(no.mention.cue) is not None
        for yes in affirmed:
            if yes.mention.sentence == no.mention.sentence or not _is_of(no, yes) or is_symptom(yes.code):
                continue
            lasting = begins(yes.code, rule.data["lasting"])
            if yes.code != no.code and not lasting:
                continue  # another site of the same kind of disease
            listed = yes.kind in lists
            if concluded:  # what the conclusion denies, a list or, of a lasting condition, the story affirms
                against = yes.kind not in conclusion and (listed or lasting)
            else:  # what is denied, the conclusion affirms now, or a list
                now = yes.kind in conclusion and yes.mention.temporality is not Temporality.HISTORICAL
                against = (now and not past) or (lasting and (now or listed))
            if against and not compile_words(rule.data["new"]).search(workup.sentence_of(yes)):
                return yes, no
    return None


def _words(workup: Workup, fact: Fact) -> str:
    return workup.chart.text[fact.mention.span.start : fact.mention.span.end]


def _is_limited(workup: Workup, rule: Rule, fact: Fact) -> bool:
    """True where the denial is of a time, a kind or a sign of the condition rather than of the condition."""
    span = fact.mention.span
    sentence = workup.note.sentences[fact.mention.sentence].span
    start, end = max(sentence.start, span.start - _AROUND), min(sentence.end, span.end + _AROUND)
    return compile_words(rule.data["limited"]).search(workup.chart.text, start, end) is not None


def _report(workup: Workup, rule: Rule, yes: Fact, no: Fact, *, code: str) -> None:
    evidence = [workup.quote(yes.mention.span), workup.quote(_with_cue(workup, no), Role.CONTRADICTS)]
    workup.report_finding(rule, evidence, message=rule.message.format(code=code))
    workup.asked.append(Query(rule.id, str(rule.data["question"]), (*rule.data["options"], *_CLOSING), tuple(evidence)))


def _with_cue(workup: Workup, fact: Fact) -> Span:
    """The words of a denied fact with the word that denies them, where it stands before them in their sentence."""
    span = fact.mention.span
    start = workup.note.sentences[fact.mention.sentence].span.start
    at = workup.chart.text.rfind(fact.mention.cue, start, span.start) if fact.mention.cue else -1
    return Span(at, span.end) if at >= 0 else span


def _categories_of(rule: Rule) -> Iterable[str]:
    return _rows_of(rule)[1]


@check("conflict_types", "conflict", _categories_of)
def find_two_types(workup: Workup, rule: Rule) -> None:
    """Report two types, stages or courses of one condition of which the patient has only one."""
    categories = workup.categories()
    rows, by_head = _rows_of(rule)
    for number in sorted({n for head in categories.keys() & by_head.keys() for n in by_head[head]}):
        row = rows[number]
        if sum(len(categories.get(head, ())) for head in row["heads"]) < (1 if "texts" in row else 2):
            continue
        candidates = [c for head in row["heads"] for c in categories.get(head, ())]
        for groups in _groups(workup, row, candidates):
            if len(groups) > 1:
                _settle(workup, rule, row, groups, candidates)


@lru_cache(maxsize=4)
def _rows_of(rule: Rule) -> tuple[tuple[Mapping[str, Any], ...], Mapping[str, list[int]]]:
    """The rows of the rule, and the numbers of those that each category concerns."""
    rows: tuple[Mapping[str, Any], ...] = tuple(rule.data["conditions"])
    by_head: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for head in dict.fromkeys(row["heads"]):
            by_head.setdefault(head, []).append(number)
    return rows, by_head


def _groups(workup: Workup, row: Mapping[str, Any], candidates: Sequence[Candidate]) -> Iterable[dict[str, list[Fact]]]:
    """The facts of a condition by the type that they state; one table for each site where a digit holds the stage."""
    said = [f for c in candidates for f in c.facts if _is_current(f)]
    if "digit" in row:
        place = int(row["digit"])
        sites: dict[str, dict[str, list[Fact]]] = {}
        for fact in said:
            if len(fact.code) > place and fact.code[place] in str(row["values"]):
                sites.setdefault(fact.code[:place], {}).setdefault(fact.code[place], []).append(fact)
        return sites.values()
    groups: dict[str, list[Fact]] = {}
    for fact in said:
        for name, codes in row["types"].items():
            words = row.get("says", {}).get(name)
            if fact.code.startswith(tuple(codes)) and (not words or _says(workup, fact, words)):
                groups.setdefault(name, []).append(fact)
    for name, words in row.get("texts", {}).items() if groups else ():
        spoken = said_anywhere(workup, words)
        if spoken is not None and not compile_words(row["people"]).search(workup.sentence_around(spoken.start)):
            groups[name] = [fact_at(workup, spoken, name, "words", 0.0)]
    return (groups,)


def _is_current(fact: Fact) -> bool:
    return (
        not fact.reason
        and _is_said(fact)
        and _is_stated(fact)
        and fact.mention.temporality is not Temporality.HISTORICAL
    )


def _says(workup: Workup, fact: Fact, words: str) -> bool:
    return compile_words(words).search(_words(workup, fact)) is not None


def _settle(
    workup: Workup,
    rule: Rule,
    row: Mapping[str, Any],
    groups: Mapping[str, list[Fact]],
    candidates: Sequence[Candidate],
) -> None:
    """Report the conflict; keep what the conclusion says, or what both statements have in common."""
    spoken = [{f.mention.sentence for f in facts} for facts in groups.values()]
    if any(not one.isdisjoint(two) for n, one in enumerate(spoken) for two in spoken[n + 1 :]):
        return  # said together: the author knows of both
    changes = compile_words(row.get("change", rule.data["change"]))
    if any(changes.search(workup.sentence_of(f)) for facts in groups.values() for f in facts):
        return
    conclusion = frozenset(rule.data["conclusion"])
    concluded = [name for name, facts in groups.items() if any(f.kind in conclusion for f in facts)]
    if row.get("together") and len(concluded) != 1:
        return
    first = sorted((facts[0] for facts in groups.values()), key=lambda f: (f.kind not in conclusion, f.mention.span))[
        :2
    ]
    evidence = [workup.quote(f.mention.span, Role.CONTRADICTS if n else Role.SUPPORTS) for n, f in enumerate(first)]
    message = rule.message.format(what=row["name"], codes=" and ".join(dict.fromkeys(f.code for f in first)))
    workup.report_finding(rule, evidence, message=message)
    question = str(rule.data["question"]).format(what=row["name"])
    workup.asked.append(Query(rule.id, question, (*map(str, row.get("options", ())), *_CLOSING), tuple(evidence)))
    if workup.chart.exhaustive:
        return
    if len(concluded) == 1:
        _keep(workup, rule, groups, concluded[0], candidates)
    elif len(concluded) > 1 and "unspecified" in row:
        _generalize(workup, rule, row, [f for facts in groups.values() for f in facts], candidates)


def _keep(
    workup: Workup, rule: Rule, groups: Mapping[str, list[Fact]], kept: str, candidates: Sequence[Candidate]
) -> None:
    """Take out the codes of the types that only the story, a list or an examination names.

    A code that stands for both types gives way to that of the conclusion.
    """
    lost = {id(f) for name, facts in groups.items() if name != kept for f in facts}
    held = {id(f): f for f in groups[kept]}
    for candidate in candidates:
        facts = [f for f in candidate.facts if _is_current(f)]
        if candidate.dropped or not any(id(f) in lost for f in facts):
            continue
        own = [held[id(f)] for f in facts if id(f) in held]
        if not own:
            if all(id(f) in lost for f in facts):
                workup.drop(candidate, f"the conclusion of the chart says otherwise ({rule.citation_section})")
        elif own[0].code != candidate.code:
            step = Step("guideline", f"as the conclusion of the chart says: {own[0].code}", rule.citation)
            workup.replace(candidate, own[0].code, step)


def _generalize(
    workup: Workup, rule: Rule, row: Mapping[str, Any], facts: Sequence[Fact], candidates: Sequence[Candidate]
) -> None:
    """Report the code that both statements support in the place of the codes that contradict each other."""
    ids = {id(f) for f in facts}
    for candidate in candidates:
        if candidate.dropped or not any(id(f) in ids for f in candidate.facts):
            continue
        code = str(row["unspecified"])
        if "digit" in row:
            code = candidate.code[: int(row["digit"])] + code
        if code != candidate.code and workup.icd.is_billable(code):
            step = Step(
                "guideline", f"two statements that contradict each other: {candidate.code} → {code}", rule.citation
            )
            workup.replace(candidate, code, step)
