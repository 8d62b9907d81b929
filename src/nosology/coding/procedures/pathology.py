"""A report of surgical pathology → one level for each specimen, by the published assignment of specimens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nosology.coding.em.scan import compiled
from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.coding.procedures.stains import code_stains
from nosology.model.coding import CodeRole, CodeSuggestion
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule, rules_in_force

__all__ = ["code_pathology"]

_HEAD, _LONGEST, _SURE = 300, 300, 0.85
_LABEL = re.compile(
    r"^[ \t•*-]*(?:specimens? |part |jar )?#?([A-Z]|\d{1,2})[.):] ?(?!pylori|coli)(?=\S)(.*)$", re.I | re.M
)
_NAMED = re.compile(r"^(?:SPECIMENS?(?: ?\(?S?\)?| SUBMITTED| RECEIVED)?|TISSUE SUBMITTED) ?: ?(\S.*)$", re.I | re.M)


def code_pathology(desk: ServiceDesk) -> Services:
    """Return the levels of the specimens that a report of pathology names; nothing for any other note."""
    in_force = rules_in_force(desk.on, desk.setting.value)
    rules = in_force.get("service_pathology", ())
    if desk.scope != "reportable" or not rules or "athology" not in desk.text[:_HEAD].lower():
        return Services()
    rule = rules[0]
    if compiled(rule.data["head"]).search(desk.text[:_HEAD]) is None:
        return Services()
    found: dict[str, tuple[Mapping[str, Any] | None, Evidence]] = {}
    for label, evidence in _specimens(desk):
        row = _level(rule, evidence.quote)
        if label not in found or (found[label][0] is None and row is not None):
            found[label] = (row, evidence)
    levels: dict[str, tuple[Mapping[str, Any], list[Evidence]]] = {}
    findings = []
    for label, (row, evidence) in found.items():
        if row is None:
            findings.append(Finding("service.unsettled", Severity(rule.severity), rule.message.format(label=label),
                                    "service", (evidence,), rule.citation, rule.data["fix"]))  # fmt: skip
        else:
            levels.setdefault(str(row["code"]), (row, []))[1].append(evidence)
    suggestions = [_suggest(rule, row, quotes) for row, quotes in levels.values()]
    if found and (stains := in_force.get("service_stains", ())):
        made = code_stains(desk, stains[0], tuple(found))
        suggestions += made.suggestions
        findings += made.findings
    return Services(tuple(suggestions), findings=tuple(findings))


def _specimens(desk: ServiceDesk) -> Iterator[tuple[str, Evidence]]:
    """Yield label and words of each specimen; a report without labels names one in its line of specimens."""
    labelled = list(_LABEL.finditer(desk.text))
    for match in labelled or _NAMED.finditer(desk.text):
        group = 2 if labelled else 1
        section = next((s.kind for s in desk.note.sections if s.span.start <= match.start() < s.span.end), "")
        if section in ("history_of_present_illness", "indication", "preoperative_diagnosis", "header"):
            continue
        start = match.start(group)
        quote = match[group][:_LONGEST].rstrip()
        label = match[1].upper() if labelled else "1"
        yield label, Evidence(Span(start, start + len(quote)), quote, section=section)


def _level(rule: Rule, words: str) -> Mapping[str, Any] | None:
    levels: Sequence[Mapping[str, Any]] = rule.data["levels"]
    if compiled(rule.data["gross_only"]).search(words):
        return next(row for row in levels if row["code"] == "88300")
    return next((row for row in levels if compiled(row["words"]).search(words)), None)


def _suggest(rule: Rule, row: Mapping[str, Any], evidence: list[Evidence]) -> CodeSuggestion:
    count = f"{len(evidence)} specimens" if len(evidence) > 1 else "one specimen"
    return CodeSuggestion(
        system="cpt", code=str(row["code"]), title=row["what"], role=CodeRole.PROCEDURE, rank=0, score=_SURE,
        evidence=tuple(evidence), steps=(Step("service", f"{row['what']}: {count}", rule.citation),),
        units=len(evidence),
    )  # fmt: skip
