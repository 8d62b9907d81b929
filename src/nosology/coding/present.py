"""Puts a draft into the shape that everybody reads: suggestions with evidence and steps, what was not coded,
findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

from nosology.coding.alternatives import find_rejected, name_alternatives
from nosology.coding.calibrator import Calibrator
from nosology.coding.candidates import Candidate, Fact
from nosology.coding.evidence import EvidenceReader
from nosology.coding.nothing import explain_nothing
from nosology.coding.poa import AdmissionReader
from nosology.coding.suggest import Draft
from nosology.model.coding import CodedNote, CodeRole, CodeSuggestion, Confidence, NotCoded, Query
from nosology.model.encounter import Setting
from nosology.model.finding import Finding, Severity
from nosology.model.note import Note
from nosology.model.trace import Provenance
from nosology.rules.loader import rules_digest, rules_in_force

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["package_version", "plain_score", "present_draft"]


@cache
def package_version() -> str:
    """Return the version of the installed package."""
    return metadata.version("nosology")


def present_draft(
    draft: Draft,
    note: Note,
    icd: Icd10cm,
    queries: tuple[Query, ...],
    query_findings: tuple[Finding, ...] = (),
    *,
    setting: Setting,
    on: date,
    scope: str,
    calibrator: Calibrator | None = None,
    ranker: str = "",
) -> CodedNote:
    """Return the coded note; evidence quotes are cut from the text at their offsets.

    ``calibrator`` gives the probabilities of scope "reportable"; those of scope "all" stand on the candidates, and
    ``ranker`` names where they come from. Without either, a score is the weight of the best statement on its scale.
    """
    release = icd.release
    first = CodeRole.PRINCIPAL if setting is Setting.INPATIENT else CodeRole.FIRST_LISTED
    poa_rule = rules_in_force(on, setting).get("present_on_admission", (None,))[0]
    reader = EvidenceReader(note, [*draft.candidates, *draft.dropped])
    rejected = find_rejected(draft)
    places: Sequence[int] = range(len(draft.candidates))
    confidences: Sequence[Confidence | None]
    if calibrator is None:
        evidence = [reader.of(candidate) for candidate in draft.candidates]
        confidences = [Confidence(round(c.chance, 4), ranker) if c.chance else None for c in draft.candidates]
    else:
        calibrator.choose(draft, rejected)
        evidence = [reader.of(candidate) for candidate in draft.candidates]
        confidences = judged = calibrator.judge(draft, note, reader.cared, rejected)
        if calibrator.suggest_at:
            places = calibrator.demote(draft, judged)
    reported = [draft.candidates[place] for place in places]
    present = AdmissionReader(note, poa_rule).mark(reported) if poa_rule else [None] * len(reported)
    suggestions = tuple(
        CodeSuggestion(
            system="icd10cm",
            code=(candidate := draft.candidates[place]).code,
            title=icd.title(candidate.code),
            role=first if rank == 1 else CodeRole.SECONDARY,
            rank=rank,
            score=round(sure.probability if (sure := confidences[place]) else plain_score(candidate), 3),
            evidence=evidence[place],
            steps=tuple(candidate.steps),
            alternatives=name_alternatives(candidate, rejected[place]),
            poa=present[rank - 1],
            release=release.name,
            confidence=sure,
        )
        for rank, place in enumerate(places, 1)
    )
    if len(suggestions) < len(draft.candidates):
        draft.candidates = [draft.candidates[place] for place in places]
    findings = list(draft.findings)
    if release.outdated(on):
        findings.append(
            Finding(
                "release.outdated",
                Severity.WARNING,
                f"the newest ICD-10-CM release at hand is {release.name}, in force to {release.effective_to}; "
                f"the date of service is {on}",
                fix="nosology codesets install icd10cm",
            )
        )
    not_coded = _not_coded(draft, note)
    if not suggestions:
        findings.append(explain_nothing(note, not_coded, draft.withheld))
    return CodedNote(
        note=note,
        setting=setting,
        on=on,
        scope=scope,
        releases=(("icd10cm", release.name),),
        suggestions=suggestions,
        not_coded=not_coded,
        queries=queries,
        findings=(*findings, *query_findings),
        provenance=Provenance(
            package_version(),
            (("icd10cm", release.name, release.sha256),),
            rules_digest(),
            calibration=calibrator.model.source if calibrator is not None else ranker,
        ),
    )


def plain_score(candidate: Candidate) -> float:
    """Return the score of a candidate where no calibration gives its probability: its weight on a scale to 0.97."""
    return min(0.97, 0.25 + 0.7 * candidate.weight)


def _not_coded(draft: Draft, note: Note) -> tuple[NotCoded, ...]:
    text = note.document.text
    rows: dict[tuple[int, int], NotCoded] = {}
    coded_spans = {
        (f.mention.span.start, f.mention.span.end) for c in draft.candidates for f in c.facts if not f.reason
    }
    for candidate in draft.dropped:
        fact: Fact
        for fact in candidate.facts:
            span = fact.mention.span
            where = (span.start, span.end)
            if where not in coded_spans and where not in rows:
                why = fact.reason or candidate.dropped
                rows[where] = NotCoded(span, text[span.start : span.end], why, candidate.code)
    for candidate in draft.candidates:
        for fact in candidate.facts:
            span = fact.mention.span
            where = (span.start, span.end)
            if fact.reason and where not in coded_spans and where not in rows:
                rows[where] = NotCoded(span, text[span.start : span.end], fact.reason, candidate.code)
    for mention, why in draft.unread:
        span = mention.span
        if (span.start, span.end) not in rows:
            rows[span.start, span.end] = NotCoded(span, text[span.start : span.end], why, mention.codes[0])
    return tuple(rows[where] for where in sorted(rows))
