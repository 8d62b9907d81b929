"""Eyes told apart: stage of glaucoma in each (I.C.7.a), diabetic retinopathy (I.C.4.a)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["categorize_visual_impairment", "read_diabetic_retinopathy", "stage_glaucoma"]

_EYE = re.compile(
    r"\b(?:(?P<right>OD|(?i:right(?: eye|(?=,| and| in the\b|[.;)]))|R eye|rt eye))"
    r"|(?P<left>OS|(?i:left(?: eye|(?=,| and| in the\b|[.;)]))|L eye|lt eye))"
    r"|(?P<both>OU|(?i:both eyes|each eye|bilateral\w*|eyes)))\b"
)
_DIGITS = {"right": "1", "left": "2", "both": "3"}
_BLOCK = 7  # sentences from the one that names the disease on
_NEXT = re.compile(r",|\band\b")
_ASIDE = 20  # code points that an eye before a comma counts as further away
_CONCLUSIONS = ("assessment", "assessment_and_plan", "impression", "diagnosis", "")
_NEAR = 60  # code points between a stage and the eye that it is said of


def _spans(workup: Workup, candidates: Iterable[Candidate], words: str) -> list[Span]:
    """Return the sentences that name the disease, each with those below it in its section."""
    sentences, text = workup.note.sentences, workup.chart.text
    named = {f.mention.sentence for c in candidates for f in c.facts if not f.reason}
    pattern = compile_words(words)
    numbers: list[int] = []
    for number in sorted(named):
        for each in range(number, min(len(sentences), number + _BLOCK)):
            if sentences[each].section != sentences[number].section:
                break
            span = sentences[each].span
            if each == number or pattern.search(text, span.start, span.end):
                numbers.append(each)
    away = ("family_history", "instructions", "education")
    for number, sentence in enumerate(sentences):
        if workup.note.sections[sentence.section].kind not in away and pattern.search(
            text, sentence.span.start, sentence.span.end
        ):
            numbers.append(number)
    return [sentences[n].span for n in dict.fromkeys(numbers)]


def _eye_of(text: str, sentence: Span, place: Span) -> str:
    """Return the digit of the eye said nearest to ``place``, "" where the sentence names none."""
    best, found = _NEAR + 1, ""
    for match in _EYE.finditer(text, sentence.start, sentence.end):
        before = match.end() <= place.start
        gap = place.start - match.end() if before else match.start() - place.end
        between = text[match.end() : place.start] if before else text[place.end : match.start()]
        if ";" in between:
            continue
        if before and _NEXT.search(between):  # "severe right eye, moderate left eye"
            gap += _ASIDE
        if gap < best:
            best, found = gap, _DIGITS[match.lastgroup or "both"]
    return found


@check("glaucoma_stage", "link")
def stage_glaucoma(workup: Workup, rule: Rule) -> None:
    """Give glaucoma the stage of each eye: one code where both are of one stage, else one for each (I.C.7.a.1-3)."""
    found = [c for c in workup.having("H40.1", "H40.2", "H40.3", "H40.4", "H40.5", "H40.6") if len(c.code) == 8]
    for stem in dict.fromkeys(c.code[:6] for c in found):
        members = [c for c in found if c.code[:6] == stem and not c.dropped]
        stages, where = _stages(workup, rule, members)
        whole = max(members, key=lambda c: c.weight)
        if not stages:
            continue
        anywhere = stages.pop("", "")
        eyes = "12" if whole.code[6] in "39" and stages else whole.code[6]
        if "3" in stages:
            stages = {"1": stages["3"], "2": stages["3"], **{e: s for e, s in stages.items() if e != "3"}}
        digits = {eye: stages.get(eye, anywhere or "0") for eye in (stages or eyes)}
        if eyes == "12" and whole.code[6] == "3":
            digits = {eye: stages.get(eye, "0") for eye in "12"}
        if digits.get("1") is not None and digits.get("1") == digits.get("2"):
            digits = {"3": digits["1"]}
        codes = [f"{stem}{eye}{stage}" for eye, stage in sorted(digits.items())]
        if all(map(workup.icd.is_billable, codes)) and {c.code for c in members} != set(codes):
            _report(workup, rule, members, whole, codes, where)


def _stages(workup: Workup, rule: Rule, members: list[Candidate]) -> tuple[dict[str, str], list[Span]]:
    text = workup.chart.text
    stages: dict[str, str] = {}
    where: list[Span] = []
    for sentence in _spans(workup, members, rule.data["near"]):
        for row in rule.data["stages"]:
            for match in unnegated(row["words"], text, sentence.start, sentence.end):
                place = Span(match.start(), match.end())
                eye = _eye_of(text, sentence, place)
                if eye not in stages:
                    stages[eye] = str(row["digit"])
                    where.append(place)
    return stages, where


def _report(
    workup: Workup, rule: Rule, members: list[Candidate], whole: Candidate, codes: list[str], where: list[Span]
) -> None:
    facts, weight = [f for c in members for f in c.facts], whole.weight
    for candidate in members:
        if candidate.code not in codes:
            workup.drop(candidate, f"told by eye: {' '.join(codes)} ({rule.citation_section})")
    for code in codes:
        new = workup.add(code, facts, weight, Step("guideline", f"{whole.code} → {code}", rule.citation))
        new.specifies += [(span, Role.SPECIFIES) for span in where]


@check("diabetic_retinopathy", "link")
def read_diabetic_retinopathy(workup: Workup, rule: Rule) -> None:
    """Give diabetic retinopathy its kind, severity, macular edema and eye from all places that speak of it (I.B.2)."""
    found = [c for c in workup.having("E08.3", "E09.3", "E10.3", "E11.3", "E13.3") if c.code[5:6] in tuple("12345")]
    apart = _each_eye(workup, rule, found)
    if apart:
        _report(workup, rule, found, max(found, key=lambda c: c.weight), apart[0], apart[1])
        return
    for candidate in found:
        told = list(_retinopathy(workup, rule, candidate))
        if not told:
            continue
        kind, edema, eye, where = told[0]
        code = candidate.code[:5] + kind + edema + eye
        if code != candidate.code and workup.icd.is_billable(code):
            step = Step("guideline", f"{candidate.code} → {code}: as described elsewhere in the chart", rule.citation)
            new = workup.replace(candidate, code, step)
            new.specifies.append((where, Role.SPECIFIES))


def _each_eye(workup: Workup, rule: Rule, found: list[Candidate]) -> tuple[list[str], list[Span]] | None:
    """Return the codes of two eyes whose retinopathy the conclusion tells apart, None where it does not."""
    if not found or len({c.code[:5] for c in found}) != 1:
        return None
    text, told, where = workup.chart.text, dict[str, str](), list[Span]()
    sections, sentences = workup.note.sections, workup.note.sentences
    for number in sorted({f.mention.sentence for c in found for f in c.facts if not f.reason}):
        span = sentences[number].span
        if sections[sentences[number].section].kind not in _CONCLUSIONS:
            continue
        marks = sorted(
            (match.start(), match.end(), str(row["digit"]))
            for row in rule.data["kinds"]
            for match in unnegated(row["words"], text, span.start, span.end)
        )
        for i, (start, end, digit) in enumerate(marks):
            stop = marks[i + 1][0] if i + 1 < len(marks) else span.end
            behind = _EYE.search(text, end, stop)
            named = behind is not None and text[behind.end() : behind.end() + 1] != ":"
            ahead = Span(marks[i - 1][1] if i else span.start, start)
            eye = _DIGITS[behind.lastgroup or "both"] if behind and named else _eye_of(text, ahead, Span(start, end))
            swollen = next(unnegated(rule.data["edema"], text, start, stop), None) is not None
            if eye not in ("1", "2"):
                return None
            told.setdefault(eye, f"{digit}{'1' if swollen else '9'}")
            where.append(Span(start, end))
    if set(told) != {"1", "2"} or told["1"] == told["2"]:
        return None
    codes = [f"{found[0].code[:5]}{kind}{eye}" for eye, kind in sorted(told.items())]
    return (codes, where) if all(map(workup.icd.is_billable, codes)) else None


def _retinopathy(workup: Workup, rule: Rule, candidate: Candidate) -> Iterator[tuple[str, str, str, Span]]:
    """Yield kind (fifth character), edema, eye and place of what the chart says more than the code does."""
    text = workup.chart.text
    spans = _spans(workup, [candidate], rule.data["near"])
    edema = "9"
    for span in spans:
        if next(unnegated(rule.data["edema"], text, span.start, span.end), None):
            edema = "1"
    eye = next((e for s in spans if (e := _eye_of(text, s, s))), "") or candidate.code[7:8] or "9"
    for row in rule.data["kinds"]:
        for span in spans:
            for match in unnegated(row["words"], text, span.start, span.end):
                place = Span(match.start(), match.end())
                said = _eye_of(text, span, place) or eye
                yield str(row["digit"]), edema, said if said in "123" else "9", place


@check("visual_impairment", "link")
def categorize_visual_impairment(workup: Workup, rule: Rule) -> None:
    """Give blindness and low vision the category of each eye that the chart states (I.C.7.b, note at H54)."""
    for candidate in workup.having("H54"):
        eyes: dict[str, int] = {}
        where: list[Span] = []
        for span in _spans(workup, [candidate], rule.data["near"]):
            for match in compile_words(rule.data["category"]).finditer(workup.chart.text, span.start, span.end):
                place = Span(match.start(), match.end())
                eye = _eye_of(workup.chart.text, Span(span.start, match.end()), place)
                for each in "12" if eye == "3" else eye:
                    eyes.setdefault(each, int(match["digit"]))
                    where.append(place)
            for match in compile_words(rule.data["normal"]).finditer(workup.chart.text, span.start, span.end):
                eye = _DIGITS.get("right" if match["eye"].lower()[0] in "r" or match["eye"] == "OD" else "left", "")
                eyes.setdefault(eye, 0)
        code = _impairment(eyes) or _unqualified(workup, rule, candidate)
        if code and code != candidate.code and workup.icd.is_billable(code):
            step = Step("guideline", f"{candidate.code} → {code}: as the chart says of each eye", rule.citation)
            workup.replace(candidate, code, step).specifies += [(span, Role.SPECIFIES) for span in where]


def _unqualified(workup: Workup, rule: Rule, candidate: Candidate) -> str:
    """Return the code of blindness without category in the eye that its sentences name, "" where they name none."""
    if candidate.code not in rule.data["unqualified"]:
        return ""
    facts = [f.mention for f in candidate.facts if not f.reason]
    sentences = workup.note.sentences
    said = {eye for m in facts if (eye := _eye_of(workup.chart.text, sentences[m.sentence].span, m.span))}
    if not said:
        return ""
    return {"1": "H54.61", "2": "H54.62"}.get(min(said), "") if len(said) == 1 and said != {"3"} else "H54.3"


def _impairment(eyes: dict[str, int]) -> str:
    """Return the code for the categories of right (1) and left (2) eye; 0 is normal, 1-2 low vision, 3-5 blindness."""
    if set(eyes) != {"1", "2"}:
        return ""
    right, left = eyes["1"], eyes["2"]
    if right >= 3 and left >= 3:
        return f"H54.0X{right}{left}"
    if right >= 3 and left:
        return f"H54.11{right}{left}"
    if left >= 3 and right:
        return f"H54.12{right}{left}"
    if right and left:
        return f"H54.2X{right}{left}"
    if right >= 3:
        return f"H54.41{right}A"
    if left >= 3:
        return f"H54.42A{left}"
    return f"H54.51{right}A" if right else f"H54.52A{left}" if left else ""
