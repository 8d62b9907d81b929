"""Carries checked answers out on a coded note. What would break the rules of coding is not done, and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nosology.codes.instructions import Instructions
from nosology.coding.pairs import find_needing, why_not_change
from nosology.model.coding import Alternative, CodedNote, CodeRole, CodeSuggestion, NotCoded
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence, Note, Role, Span
from nosology.model.trace import Step
from nosology.verifier.answers import Answer, Ignored, Verdict
from nosology.verifier.config import Demotion
from nosology.verifier.questions import PROMPT_VERSION

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["Applied", "apply_answers", "ignored_finding", "unavailable_finding"]

_DOUBT = 0.5


@dataclass(frozen=True, slots=True)
class Applied:
    """The note after the answers, and the answers that could not be carried out."""

    coded: CodedNote
    ignored: tuple[Ignored, ...]


def apply_answers(
    coded: CodedNote, answers: Sequence[Answer], icd: Icd10cm, *, model: str, demotion: str = Demotion.REMOVE
) -> Applied:
    """Return ``coded`` with each answer as a step that names ``model``.

    A rejected code goes to ``not_coded``; where it is first in order, or another code needs it by a "code first" or
    "use additional code" note, it stays with half its score. A change that doubles a code, parts such a pair or makes a
    new Excludes1 conflict is ignored.
    """
    instructions = _instructions(icd)
    source = f"{model}, {PROMPT_VERSION}"
    current = {suggestion.code: suggestion for suggestion in coded.suggestions}
    removed: list[NotCoded] = []
    ignored: list[Ignored] = []
    for answer in answers:
        before = answer.question.suggestion
        code = before.code
        others = [other for other, s in current.items() if other != code and s.system == "icd10cm"]
        if answer.verdict is Verdict.CHANGE:
            if why := why_not_change(code, answer.code, others, instructions):
                ignored.append(Ignored(code, why))
                continue
            current = {
                (answer.code if c == code else c): (_changed(s, answer, coded.note, icd, source) if c == code else s)
                for c, s in current.items()
            }
        elif answer.verdict is Verdict.CONFIRM:
            current[code] = _with_step(before, answer, "confirmed", source)
        elif answer.verdict is Verdict.DOUBT:
            current[code] = _demoted(before, answer, "doubted", source)
        else:
            tied = find_needing(code, others, instructions, icd)
            if demotion == Demotion.SCORE or before.rank == 1 or tied:
                why = f"kept for {' and '.join(tied)}" if tied else "kept"
                why = "kept, as it is first in order: a coder decides" if before.rank == 1 else why
                current[code] = _demoted(before, answer, f"rejected, {why}", source)
            else:
                del current[code]
                first = before.evidence[0]
                reason = f"verifier: {answer.reason or 'rejected'} ({source})"
                removed.append(NotCoded(first.span, first.quote, reason, code))
    roles = coded.suggestions[0].role if coded.suggestions else CodeRole.SECONDARY
    suggestions = tuple(
        replace(s, rank=rank, role=roles if rank == 1 else s.role) for rank, s in enumerate(current.values(), 1)
    )
    not_coded = tuple(sorted((*coded.not_coded, *removed), key=lambda item: item.span))
    provenance = replace(coded.provenance, model=source)
    return Applied(replace(coded, suggestions=suggestions, not_coded=not_coded, provenance=provenance), tuple(ignored))


def ignored_finding(ignored: Ignored) -> Finding:
    """The finding ``verifier.ignored``: what the model said and was not followed."""
    where = f"{ignored.where}: " if ignored.where else ""
    return Finding(
        "verifier.ignored",
        Severity.INFORMATION,
        f"{where}the verifier was not followed: {ignored.why}",
        where=ignored.where,
        citation=PROMPT_VERSION,
    )


def unavailable_finding(reason: str) -> Finding:
    """The finding ``verifier.unavailable``: the coding stands as it was."""
    return Finding(
        "verifier.unavailable",
        Severity.WARNING,
        f"the coding was not verified: {reason}",
        citation=PROMPT_VERSION,
        fix="run again when the endpoint answers, or without --verify-with",
    )


@lru_cache(maxsize=4)
def _instructions(icd: Icd10cm) -> Instructions:
    return Instructions(icd)


def _with_step(suggestion: CodeSuggestion, answer: Answer, result: str, source: str) -> CodeSuggestion:
    said = f"{result}: {answer.reason}" if answer.reason else result
    return replace(suggestion, steps=(*suggestion.steps, Step("verifier", said, source)))


def _demoted(suggestion: CodeSuggestion, answer: Answer, result: str, source: str) -> CodeSuggestion:
    return _with_step(replace(suggestion, score=round(suggestion.score * _DOUBT, 3)), answer, result, source)


def _changed(suggestion: CodeSuggestion, answer: Answer, note: Note, icd: Icd10cm, source: str) -> CodeSuggestion:
    old = suggestion.code
    evidence = suggestion.evidence
    if all(piece.span != answer.span for piece in evidence):
        evidence = (*evidence, _quote(answer.span, note))
    alternatives = tuple(each for each in suggestion.alternatives if each.code != answer.code)
    changed = replace(
        suggestion,
        code=answer.code,
        title=icd.title(answer.code),
        confidence=None,
        evidence=evidence,
        alternatives=(*alternatives, Alternative(old, "the verifier chose its sibling")),
    )
    return _with_step(changed, answer, f"{old} changed to {answer.code}", source)


def _quote(span: Span, note: Note) -> Evidence:
    kind = next((s.kind for s in note.sections if s.span.start <= span.start < s.span.end), "")
    return Evidence(span, note.document.text[span.start : span.end], kind, Role.SPECIFIES)
