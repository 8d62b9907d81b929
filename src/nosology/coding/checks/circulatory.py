"""Hypertension with heart and kidney disease; heart failure by type and acuity; stroke scale (Guidelines I.C.9)."""

from __future__ import annotations

import re

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, fact_at, said_of_another, unnegated
from nosology.coding.workup import Workup, check
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_stroke_scale", "join_hypertension", "refine_heart_failure", "refine_stroke", "side_hemiplegia"]

# hemiplegia and monoplegia after a stroke, side unsaid
_HYPERTENSION = ("I10", "I11", "I12", "I13")
_FAILURE = ("I50", "I11", "I13", "I97.1", "J81")
_LATE_HEMIPLEGIA = tuple(f"I69.{cause}{kind}9" for cause in "012389" for kind in "345")
_HEMIPLEGIA = ("G81.90", "G81.00", "G81.10", "G83.10", "G83.20", *_LATE_HEMIPLEGIA)
_MOST = 42  # points of the NIH stroke scale
_SCALE = WordPattern(
    r"\b(?:NIHSS|NIH (?:stroke )?(?:scale|score)|stroke scale)\b[^\d\n.]{0,32}?(\d{1,2})\b(?!/\d)"
    r"|(?<![\d.])\b(\d{1,2})(?:/42)?(?: points?)? (?:on|in|by) (?:the )?(?:NIHSS|NIH stroke scale)\b"
)
_ELSEWHERE = re.compile(
    r"\bOSH\b|\b(?:outside|referring|transferring|sending|local|other) (?:hospital|facility|ED)\b", re.I
)
_BEFORE_SCORE = 25  # characters before a score in which another hospital is named


@check("hypertension", "link", lambda _: _HYPERTENSION)
def join_hypertension(workup: Workup, rule: Rule) -> None:
    """Make one code of hypertension, heart disease and chronic kidney disease, whichever way each is documented."""
    floor = float(rule.data["floor"])
    found = workup.having_any(_HYPERTENSION, floor=floor)
    if not found:
        return
    failure = workup.having("I50", floor=floor)
    kidney = workup.having("N18", floor=floor)
    codes = {c.code for c in found}
    heart = failure or workup.having_any(rule.data["heart"], floor=floor)
    has_heart = bool(heart) or any(c.startswith(("I11", "I13")) for c in codes)
    has_failure = bool(failure) or bool(codes & {"I11.0", "I13.0", "I13.2"})
    has_kidney = bool(kidney) or any(c.startswith(("I12", "I13")) for c in codes)
    end = any(c.code in ("N18.5", "N18.6") for c in kidney) or bool(codes & {"I12.0", "I13.11", "I13.2"})
    if has_heart and has_kidney:
        code = ("I13.2" if end else "I13.0") if has_failure else ("I13.11" if end else "I13.10")
    elif has_heart:
        code = "I11.0" if has_failure else "I11.9"
    elif has_kidney:
        code = "I12.0" if end else "I12.9"
    else:
        return
    cause = workup.having_any(rule.data["other_cause"], floor=floor)
    if cause and not heart and codes <= {"I10"} and not workup.having_any(rule.data["replaced"]):
        return  # Excludes1 at N00-N08: the glomerular disease is the cause of the kidney disease
    partners = [*heart, *kidney]
    weight = max(c.weight for c in [*found, *partners])
    if weight < workup.threshold:
        return
    step = Step("guideline", f"{', '.join(sorted(codes))} with {', '.join(p.code for p in partners)}", rule.citation)
    best = max(found, key=lambda c: c.weight)
    facts = [f for p in partners for f in p.facts]
    joined = best if best.code == code else workup.replace(best, code, step, facts)
    joined.weight = max(joined.weight, weight)
    for other in workup.having_any(_HYPERTENSION):
        if other is not joined:
            workup.drop(other, f"combined into {code} ({rule.citation_section})")
    for partner in [*failure, *kidney]:
        workup.raise_to(partner, workup.threshold)
    for partner in heart if not failure else workup.having_any(rule.data["heart"]):
        workup.drop(partner, f"combined into {code} ({rule.citation_section})")


@check("heart_failure", "link", lambda _: ["I50"])
def refine_heart_failure(workup: Workup, rule: Rule) -> None:
    """Give heart failure the type and the acuity that its sentences say, wherever in the chart each stands."""
    found = workup.having("I50")
    if not found:
        return
    text, sentences = workup.chart.text, workup.note.sentences
    numbers = {f.mention.sentence for c in found for f in c.facts if not f.reason}
    spans = [sentences[n].span for n in sorted(numbers)]
    kinds = {c.code[4] for c in found if c.code[4] in "234"}
    evidence: list[Span] = []
    for row in rule.data["types"]:
        if match := _first(row["words"], text, spans):
            kinds.add(row["digit"])
            evidence.append(match)
    if not kinds:
        return
    kind = "4" if "4" in kinds or {"2", "3"} <= kinds else next(iter(kinds))
    acuity = "0"
    assessed = {f.mention.sentence for c in found for f in c.facts if not f.reason and f.kind in rule.data["assessed"]}
    visit = [sentences[n].span for n in sorted(assessed)]
    if workup.chart.inpatient or not any(_of_failure(row["words"], workup, visit) for row in rule.data["acuity"]):
        visit = spans  # what an assessment says of the acuity is of today, what stands before it may be of another year
    for row in rule.data["acuity"]:
        if match := _of_failure(row["words"], workup, visit):
            acuity = row["digit"]
            evidence.append(match)
            break
    else:
        acuity = next((c.code[5] for c in found if c.code[4] == kind and c.code[5:] not in ("", "0")), "0")
    code = f"I50.{kind}{acuity}"
    best = max(found, key=lambda c: (c.code == code, c.weight))
    step = Step("guideline", f"type and acuity of heart failure → {code}", rule.citation)
    joined = best if best.code == code else workup.replace(best, code, step)
    joined.weight = max(c.weight for c in [*found, joined])
    joined.specifies += [(s, Role.SPECIFIES) for s in evidence]
    for other in found:
        if (
            other is not joined
            and not other.dropped
            and other.code[:5] in ("I50.1", "I50.2", "I50.3", "I50.4", "I50.9")
        ):
            _take_over(workup, other, joined, rule)


def _take_over(workup: Workup, other: Candidate, joined: Candidate, rule: Rule) -> None:
    joined.take(other.facts)
    workup.drop(other, f"said more specifically by {joined.code} ({rule.citation_section})")


def _of_failure(pattern: str, workup: Workup, spans: list[Span]) -> Span | None:
    """Return where the acuity of heart failure is said, not that of what stands beside it."""
    for span in spans:
        for match in unnegated(pattern, workup.chart.text, span.start, span.end):
            if not said_of_another(workup, place := Span(*match.span()), _FAILURE):
                return place
    return None


def _first(pattern: str, text: str, spans: list[Span]) -> Span | None:
    for span in spans:
        for match in unnegated(pattern, text, span.start, span.end):
            return Span(match.start(), match.end())
    return None


@check("stroke_scale", "mandate", lambda _: ["I63"])
def code_stroke_scale(workup: Workup, rule: Rule) -> None:
    """Report the first NIH stroke scale score of this hospital beside a cerebral infarction (I.B.14, I.C.18.i)."""
    if not workup.having("I63", floor=workup.threshold):
        return
    text = workup.chart.text
    scores = list(_SCALE.finditer(text))
    here = [m for m in scores if not _ELSEWHERE.search(text, max(0, m.start() - _BEFORE_SCORE), m.end())]
    match = next(iter(here or scores), None)
    score = int(match[1] or match[2]) if match is not None else _MOST + 1
    if match is None or score > _MOST:
        return
    code = f"R29.7{score:02d}"
    fact = fact_at(workup, Span(match.start(), match.end()), code, f"rule:{rule.id}", workup.threshold)
    step = Step("guideline", f"NIH stroke scale {score}", rule.citation)
    workup.add(code, [fact], workup.threshold, step, mandated=True)


@check("stroke", "link", lambda _: ["I63"])
def refine_stroke(workup: Workup, rule: Rule) -> None:
    """Give a cerebral infarction the artery, the side and the mechanism that its sentences say."""
    found = workup.having("I63")
    if not found:
        return
    text, sentences = workup.chart.text, workup.note.sentences
    numbers = {f.mention.sentence for c in [*found, *workup.having("I66")] for f in c.facts if not f.reason}
    spans = [sentences[n].span for n in sorted(numbers)]
    named = [(row, match) for row in rule.data["arteries"] if (match := _first(row["words"], text, spans))]
    mechanism = next(
        ((row, match) for row in rule.data["mechanisms"] if (match := _first(row["words"], text, spans))), None
    )
    settled = next(unnegated(rule.data["settled"], text), None) if workup.chart.inpatient else None
    if settled is not None and (mechanism is None or "occlu" in mechanism[0]["words"]):
        mechanism = rule.data["mechanisms"][0], Span(settled.start(), settled.end())
    if not named or mechanism is None:
        return
    artery, where = named[0]
    how, said = mechanism
    near = text[max(0, where.start - 24) : where.end + 12]
    side = (
        "1"
        if re.search(r"\b(?:(?i:right|rt)|R)\b", near)
        else "2"
        if re.search(r"\b(?:(?i:left|lt)|L)\b", near)
        else "9"
    )
    code = how["stem"][artery["group"]] + artery["digit"] + ("" if artery.get("whole") else side)
    if not workup.icd.is_billable(code):
        return
    best = max(found, key=lambda c: c.weight)
    step = Step("guideline", f"artery and mechanism of the infarction → {code}", rule.citation)
    joined = best if best.code == code else workup.replace(best, code, step)
    joined.specifies += [(where, Role.SPECIFIES), (said, Role.SPECIFIES)]
    for other in workup.having("I63", "I66"):
        vague = other.code.startswith(("I63.9", "I63.8", "I66", f"I63.5{code[5]}", f"I63.2{code[5]}"))
        if other is not joined and vague:
            _take_over(workup, other, joined, rule)


@check("hemiplegia_side", "link", lambda _: _HEMIPLEGIA)
def side_hemiplegia(workup: Workup, rule: Rule) -> None:
    """Where the side but not the dominance is documented: the right is dominant, the left is not (I.C.6.a)."""
    text, sentences = workup.chart.text, workup.note.sentences
    left_handed = compile_words(r"\bleft[- ]hand(?:ed|er)\b").search(text) is not None
    for candidate in workup.having_any(_HEMIPLEGIA):
        fact = next((f for f in candidate.facts if not f.reason), None)
        if fact is None:
            continue
        span = sentences[fact.mention.sentence].span
        near = text[max(span.start, fact.mention.span.start - 40) : min(span.end, fact.mention.span.end + 25)]
        right, left = re.search(r"\b(?:(?i:right|rt)|R)\b", near), re.search(r"\b(?:(?i:left|lt)|L)\b", near)
        if right and left:  # "right MCA stroke with left hemiparesis": the side that stands right before the word
            before = re.search(
                r"\b(?:((?i:right|rt)|R)|((?i:left|lt)|L))\W+(?:\w+\W+)?$", text[span.start : fact.mention.span.start]
            )
            right, left = (before if before and before[1] else None), (before if before and before[2] else None)
        if bool(right) == bool(left):
            continue
        digits = ("3", "2") if left_handed else ("1", "4")
        digit = digits[0] if right else digits[1]
        code = candidate.code[:-1] + digit
        step = Step("guideline", f"{candidate.code} → {code}: side documented, dominance by default", rule.citation)
        workup.replace(candidate, code, step)
