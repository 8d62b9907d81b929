"""What a former stroke left (I.C.9.d): hemiplegia, aphasia, dysphagia and the like, by the kind of stroke."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from nosology.coding.checks.wording import compile_words, fact_at, sentences_for, unnegated
from nosology.coding.stay_kind import is_rehabilitation
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_stroke_sequelae"]

_FAR = 90  # code points that may stand between a stroke and its deficit
_LIST = re.compile(r"^[\s,/&+-]*(?:(?:and|with|or|plus|as well as)\b[\s-]*)*(?:[\w-]+[\s-]+){0,3}$", re.IGNORECASE)
_MONTH = re.compile(r"\W{1,3}(?:in |on )?(?P<month>1[0-2]|0?[1-9])/(?:\d{1,2}/)?(?P<year>20\d\d)\b")
_LEFT = re.compile(r"\b(?:(?i:left|lt)|L)\b")
_RIGHT = re.compile(r"\b(?:(?i:right|rt)|R)\b")
_LEFT_HANDED = r"\bleft[- ]hand(?:ed|er)\b"
_ITEM = re.compile(r"[ \t]*\#?\d{1,2}[.)]\s")
_BELOW = 3  # sentences below the name of a problem
_ASSESSED = ("assessment", "plan", "assessment_and_plan", "impression", "diagnosis")
_VISITS = ("outpatient", "professional")
_KINDS_AWAY = frozenset(("family_history", "instructions", "education", "allergies", "header", "signature"))


@check("stroke_sequelae", "read")
def read_stroke_sequelae(workup: Workup, rule: Rule) -> None:
    """Report each deficit that the chart joins to a former stroke, in place of the stroke and of the bare deficit."""
    if workup.chart.inpatient and is_rehabilitation(workup.chart.text):
        _rehabilitated(workup, rule)
        return
    numbers = sorted({n for row in rule.data["events"] for n in sentences_for(workup, compile_words(row["words"]))})
    if not numbers:
        return
    left_handed = compile_words(_LEFT_HANDED).search(workup.chart.text) is not None
    coded: dict[str, list[Span]] = {}
    digits: list[str] = []
    followed: list[tuple[int, Span]] = []
    on = None if workup.chart.inpatient else workup.chart.on
    visit = workup.chart.setting in _VISITS and not compile_words(rule.data["acute_words"]).search(workup.chart.text)
    for number in numbers:
        sentence = workup.note.sentences[number]
        if workup.note.sections[sentence.section].kind in _KINDS_AWAY:
            continue
        event = _event(rule.data, workup.chart.text, sentence.span, on, visit=visit)
        if event is None:
            continue
        digit, stroke = event
        digits.append(digit)
        if visit and _is_followed(rule, workup.chart.text, sentence.span, stroke):
            followed.append((number, stroke))
        for row, span in _joined(rule.data, workup.chart.text, sentence.span, stroke):
            code = _code(row, digit, workup.chart.text, sentence.span, span, left_handed)
            if workup.icd.is_billable(code):
                whole = Span(min(stroke.start, span.start), max(stroke.end, span.end))
                coded.setdefault(code, []).append(whole)
                _set_aside(workup, rule, number, whole, code)
    _read_followed(workup, rule, followed, digits, coded, left_handed)
    _apart(workup, rule, digits, coded, left_handed)
    for code in [c for c in coded if c[5] in "34" and f"{c[:5]}5{c[6:]}" in coded]:
        coded[f"{code[:5]}5{code[6:]}"] += coded.pop(code)  # the arm of a side that is paralyzed
        if (limb := workup.find(code)) is not None:
            workup.drop(limb, f"the hemiplegia says it ({rule.citation_section})")
    for code, spans in coded.items():
        _report(workup, rule, code, spans)
    if followed and not coded and set(digits) == {"3"}:
        _tell_history(workup, rule, followed)


def _is_followed(rule: Rule, text: str, sentence: Span, stroke: Span) -> bool:
    """True for a stroke that the visit follows up: it was treated before (I.C.9.d.2)."""
    before = text[max(sentence.start, stroke.start - 48) : stroke.start]
    return (
        compile_words(rule.data["followed_before"]).search(before) is not None
        or compile_words(rule.data["followed_after"]).match(text, stroke.end) is not None
    )


def _read_followed(
    workup: Workup,
    rule: Rule,
    followed: list[tuple[int, Span]],
    digits: list[str],
    coded: dict[str, list[Span]],
    left_handed: bool,
) -> None:
    """Set aside the acute code of a stroke that the visit follows up, and read the deficits told below its name."""
    sentences, text = workup.note.sentences, workup.chart.text
    for number, stroke in followed:
        for candidate in workup.having_any(rule.data["acute_here"]):
            for fact in candidate.facts:
                if not fact.reason and fact.mention.span.overlaps(stroke):
                    fact.reason = f"the visit follows it up ({rule.citation_section})"
            if all(f.reason for f in candidate.facts):
                workup.drop(candidate, f"the visit follows it up ({rule.citation_section})")
        section = sentences[number].section
        if workup.note.sections[section].kind not in _ASSESSED:
            continue
        for below in range(number, min(len(sentences), number + 1 + _BELOW)):
            span = sentences[below].span
            line = text.rfind("\n", 0, span.start) + 1
            if sentences[below].section != section or (line > stroke.start and _ITEM.match(text, line)):
                break
            for row, at in _deficits(rule.data, text, span):
                code = _code(row, digits[0], text, span, at, left_handed)
                if workup.icd.is_billable(code):
                    coded.setdefault(code, []).append(at)
                    _set_aside(workup, rule, below, at, code)


def _tell_history(workup: Workup, rule: Rule, followed: list[tuple[int, Span]]) -> None:
    """Report the history of a stroke that left nothing and that the assessment takes up (I.C.9.d.3)."""
    for number, stroke in followed:
        kind = workup.note.sections[workup.note.sentences[number].section].kind
        if kind in _ASSESSED and not workup.having("I63", "I69", "Z86.73"):
            fact = fact_at(workup, stroke, "Z86.73", f"rule:{rule.id}", workup.threshold)
            workup.add("Z86.73", [fact], workup.threshold, Step("guideline", "a former stroke", rule.citation))


def _rehabilitated(workup: Workup, rule: Rule) -> None:
    """Read the deficits of a stay for rehabilitation as what the stroke left that was treated before it (II.K)."""
    text = workup.chart.text
    strokes = {c.code: c for c in workup.having_any(rule.data["acute_here"]) if any(not f.reason for f in c.facts)}
    digits = [rule.data["rehabilitated"][code[:3]] for code in strokes] or [
        str(row["digit"]) for row in rule.data["events"] if sentences_for(workup, compile_words(row["words"]))
    ]
    if not digits:
        return
    left_handed = compile_words(_LEFT_HANDED).search(text) is not None
    coded: dict[str, list[Span]] = {}
    for number, sentence in enumerate(workup.note.sentences):
        if workup.note.sections[sentence.section].kind in _KINDS_AWAY:
            continue
        for row, span in _deficits(rule.data, text, sentence.span):
            code = _code(row, digits[0], text, sentence.span, span, left_handed)
            if workup.icd.is_billable(code):
                coded.setdefault(code, []).append(span)
                _set_aside(workup, rule, number, span, code)
    for code in [c for c in coded if c.endswith("9") and any(o[:-1] == c[:-1] for o in coded if o != c)]:
        coded[min(o for o in coded if o[:-1] == code[:-1])] += coded.pop(code)  # the side is told once
    if coded:
        for candidate in strokes.values():
            workup.drop(candidate, f"treated before this stay for rehabilitation ({rule.citation_section})")
    for code, spans in coded.items():
        _report(workup, rule, code, spans)


def _dated_before(after: str, on: date | None) -> bool:
    """True where a month behind the stroke, "CVA 2/2026", lies before that of the visit."""
    match = _MONTH.match(after)
    return match is not None and on is not None and (int(match["year"]), int(match["month"])) < (on.year, on.month)


def _event(
    data: Mapping[str, Any], text: str, sentence: Span, on: date | None, *, visit: bool
) -> tuple[str, Span] | None:
    """Return the kind and the place of a stroke that the sentence speaks of as former, or as the cause of deficits.

    At a visit that tells of nothing acute, what stands after a stroke or because of one is a deficit that it left.
    """
    for row in data["events"]:
        for match in unnegated(row["words"], text, sentence.start, sentence.end):
            before = text[max(sentence.start, match.start() - 48) : match.start()]
            after = text[match.end() : min(sentence.end, match.end() + 48)]
            former = compile_words(data["past_before"]).search(before) or compile_words(data["past_after"]).match(after)
            lasting = compile_words(data["left_behind"]).search(text, sentence.start, sentence.end)
            after_it = visit and compile_words(data["left_by"]).search(before) is not None
            followed = visit and (
                compile_words(data["followed_before"]).search(before)
                or compile_words(data["followed_after"]).match(after)
            )
            if former or lasting or after_it or followed or _dated_before(after, on):
                return str(row["digit"]), Span(match.start(), match.end())
    return None


def _deficits(data: Mapping[str, Any], text: str, within: Span) -> list[tuple[Mapping[str, Any], Span]]:
    found: list[tuple[Mapping[str, Any], Span]] = []
    for row in data["deficits"]:
        for match in unnegated(row["words"], text, within.start, within.end):
            span = Span(match.start(), match.end())
            if not any(span.overlaps(other) for _row, other in found):
                found.append((row, span))
    return sorted(found, key=lambda each: each[1])


def _joined(
    data: Mapping[str, Any], text: str, sentence: Span, stroke: Span
) -> Iterator[tuple[Mapping[str, Any], Span]]:
    """Yield the deficits of the sentence that words join to the stroke, or that stand in a list with such a one."""
    link, breaks = compile_words(data["link"]), compile_words(data["breaks"])
    last: Span | None = None
    for row, span in _deficits(data, text, sentence):
        if span.overlaps(stroke):
            continue
        first, second = (stroke, span) if stroke.start < span.start else (span, stroke)
        between = text[first.end : second.start]
        reach = text[max(sentence.start, first.start - 12) : second.start]
        joined = len(between) <= _FAR and link.search(reach) and not breaks.search(between)
        listed = last is not None and _LIST.match(text[last.end : span.start])
        if joined or listed:
            last = span
            yield row, span


def _code(row: Mapping[str, Any], digit: str, text: str, sentence: Span, deficit: Span, left_handed: bool) -> str:
    code = str(row["code"])
    if not code.endswith("?"):
        return f"I69.{digit}{code}"
    near = text[max(sentence.start, deficit.start - 22) : deficit.end]
    right, left = _last(_RIGHT, near), _last(_LEFT, near)
    if right == left:
        return f"I69.{digit}{code[0]}9"
    side = "23" if left_handed else "41"  # left, right: dominant is 1 on the right, 2 on the left
    return f"I69.{digit}{code[0]}{side[right > left]}"


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)


def _apart(workup: Workup, rule: Rule, digits: list[str], coded: dict[str, list[Span]], left_handed: bool) -> None:
    """Read a deficit called residual, or due to the stroke, in a sentence of its own, where the only stroke of the
    chart is a former one.
    """
    text = workup.chart.text
    if not digits:
        return
    _caused(workup, rule, digits[0], coded, left_handed)
    if _acute(workup, rule):
        return
    residual = compile_words(r"\bresidual\b")
    for number, sentence in enumerate(workup.note.sentences):
        kind = workup.note.sections[sentence.section].kind
        if kind in _KINDS_AWAY or residual.search(text, sentence.span.start, sentence.span.end) is None:
            continue
        for row, span in _deficits(rule.data, text, sentence.span):
            if residual.search(text[max(sentence.span.start, span.start - 30) : span.start]) is None:
                continue
            code = _code(row, digits[0], text, sentence.span, span, left_handed)
            if workup.icd.is_billable(code) and not any(s.overlaps(span) for s in coded.get(code, ())):
                coded.setdefault(code, []).append(span)
                _set_aside(workup, rule, number, span, code)


def _caused(workup: Workup, rule: Rule, digit: str, coded: dict[str, list[Span]], left_handed: bool) -> None:
    """Read "hemiparesis due to CVA" at a visit whose chart tells of one stroke, a former one (I.C.9.d.1)."""
    text = workup.chart.text
    if workup.chart.inpatient or compile_words(rule.data["acute_words"]).search(text):
        return
    cause = compile_words(rule.data["cause"])
    for number, sentence in enumerate(workup.note.sentences):
        if workup.note.sections[sentence.section].kind in _KINDS_AWAY:
            continue
        start, end = sentence.span.start, sentence.span.end
        for event in (m for row in rule.data["events"] for m in unnegated(row["words"], text, start, end)):
            stroke = Span(event.start(), event.end())
            if cause.search(text[max(start, stroke.start - 20) : stroke.start]) is None:
                continue
            for row, span in _joined(rule.data, text, sentence.span, stroke):
                code = _code(row, digit, text, sentence.span, span, left_handed)
                if workup.icd.is_billable(code) and not any(s.overlaps(span) for s in coded.get(code, ())):
                    whole = Span(min(stroke.start, span.start), max(stroke.end, span.end))
                    coded.setdefault(code, []).append(whole)
                    _set_aside(workup, rule, number, whole, code)


def _acute(workup: Workup, rule: Rule) -> bool:
    return any(not f.reason for c in workup.having_any(rule.data["acute_here"]) for f in c.facts)


def _set_aside(workup: Workup, rule: Rule, sentence: int, span: Span, code: str) -> None:
    """Take out what the combination code says: the stroke and the bare deficit in the words that it rests on."""
    for candidate in workup.having_any(rule.data["replaces"]):
        if candidate.code == code:
            continue
        for fact in candidate.facts:
            if not fact.reason and fact.mention.sentence == sentence and fact.mention.span.overlaps(span):
                fact.reason = f"said by {code} ({rule.citation_section})"
        live = [f for f in candidate.facts if not f.reason]
        if not live:
            workup.drop(candidate, f"said by {code} ({rule.citation_section})")
        else:
            candidate.weight = max(f.weight for f in live)


def _report(workup: Workup, rule: Rule, code: str, spans: list[Span]) -> None:
    weights = workup.rules["reportable"][0].data["sections"]
    column = 1 if workup.chart.inpatient else 0
    facts = []
    for span in spans:
        fact = fact_at(workup, span, code, f"rule:{rule.id}", 0.0)
        fact.weight = float(weights.get(fact.kind, weights["other"])[column])
        facts.append(fact)
    best = max(f.weight for f in facts)
    workup.add(code, facts, best, Step("guideline", f"a former stroke left it → {code}", rule.citation))
    for history in workup.having("Z86.73"):
        workup.drop(history, f"{code} says that the stroke left a deficit ({rule.citation_section})")
