"""Dementia as its statement describes it: how severe, and with which disturbance (I.C.5.d)."""

from __future__ import annotations

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, unnegated
from nosology.coding.workup import Workup, check, listed
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["detail_dementia"]


@check("dementia", "link", listed("dementia"))
def detail_dementia(workup: Workup, rule: Rule) -> None:
    """Give a dementia the severity and the disturbance that its own sentences state, where its code says neither."""
    for candidate in workup.having_any(rule.data["dementia"]):
        category, detail = candidate.code[:3], candidate.code[4:]
        unspecified = str(rule.data["unspecified"][category])
        severity, disturbance = detail[:1], detail[1:]
        if disturbance != "0" and severity != unspecified:
            continue
        told: list[Span] = []
        if severity == unspecified and (graded := _first(workup, candidate, rule.data["severities"])):
            severity = graded[0]
            told.append(graded[1])
        if disturbance == "0" and (disturbed := _first(workup, candidate, rule.data["disturbances"])):
            disturbance = disturbed[0]
            told.append(disturbed[1])
        code = f"{category}.{severity}{disturbance}"
        if code == candidate.code or not workup.icd.is_billable(code):
            continue
        new = workup.replace(candidate, code, Step("guideline", f"{candidate.code} → {code}", rule.citation))
        new.specifies += [(span, Role.SPECIFIES) for span in told]
        for part in workup.having(*rule.data["parts"].get(disturbance, ())):  # the disturbance is the dementia's
            numbers = {f.mention.sentence for f in new.facts}
            if all(f.reason or f.mention.sentence in numbers for f in part.facts):
                workup.drop(part, f"said by {code} ({rule.citation_section})")


def _first(workup: Workup, candidate: Candidate, rows: list[dict[str, str]]) -> tuple[str, Span] | None:
    """Return the figure of the first row whose words a sentence of the dementia says, with their place."""
    text, about = workup.chart.text, ("F01", "F02", "F03", "G20", "G30", "G31", "G10")
    facts = [f for c in workup.having(*about) for f in c.facts if not f.reason] or candidate.facts
    for number in sorted({f.mention.sentence for f in facts if not f.reason}):
        span = workup.note.sentences[number].span
        for row in rows:
            if compile_words(row["words"]).may_stand(text, span.start, span.end):
                match = next(unnegated(row["words"], text, span.start, span.end), None)
                if match is not None:
                    return str(row["figure"]), Span(*match.span())
    return None
