"""Stains of a report of surgical pathology: antibodies and special stains, counted by specimen.

The first antibody of a specimen has one code, each further one another; blocks of one specimen do not count apart (NCCI
Policy Manual, chapter 10). Where a report has several specimens, a stain counts for those that its sentence names, or
for the one under whose label it stands; otherwise nothing is coded and a finding asks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from nosology.coding.em.scan import compiled, stands
from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.model.coding import CodeRole, CodeSuggestion
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_stains"]

_LONGEST, _SURE = 300, 0.85
_SENTENCE = re.compile(r"[^\n]+?(?:(?<=[a-z0-9%+)][.;])(?= +[A-Z])|(?=\n)|\Z)")
_BLOCK = (
    r"\b(?:blocks?|parts?|specimens?|slides?|jars?|cassettes?)\s+"
    r"(?:[A-Z]\d{0,2}\b(?:\s*(?:,|and|&|-)\s*(?=[A-Z]\d{0,2}\b))?)+"
)
_LETTER = re.compile(r"\b([A-Z])\d{0,2}\b")
_UNDER = re.compile(r"^[ \t•*-]*(?:specimens? |part |jar )?#?([A-Z]|\d{1,2})[.):] ?(?!pylori|coli)(?=\S)", re.I)
_HEADING = re.compile(r"[ \t]*[A-Z][A-Za-z /]{3,40}:")


def code_stains(desk: ServiceDesk, rule: Rule, labels: Sequence[str]) -> Services:
    """Return the stains of a report whose specimens have these labels; nothing where no stain is told."""
    data = rule.data
    if not (stands(data["antibodies_words"], desk.text) or stands(data["stains_words"], desk.text)):
        return Services()
    counted: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    quotes: defaultdict[str, list[Evidence]] = defaultdict(list)
    for words, evidence, under in _sentences(desk):
        told = dict(_stains(rule, words))
        if not any(told.values()) or compiled(data["never"]).search(words):
            continue
        where = _specimens(words, under, labels)
        if not where:
            return Services(findings=(_ask(rule, "which specimen each was made of", evidence),))
        for kind, names in told.items():
            for label in where if names else ():
                counted[kind][label] |= names
                quotes[kind].append(evidence)
    return Services(tuple(_lines(rule, counted, quotes)))


def _sentences(desk: ServiceDesk) -> Iterator[tuple[str, Evidence, str]]:
    """Yield each sentence with its quote and the label of the paragraph in which it stands."""
    under = ""
    for line in re.finditer(r"[^\n]*\n?", desk.text):
        if not line.group().strip() or _HEADING.match(line.group()):
            under = ""
        label = _UNDER.match(line.group())
        if label is not None:
            under = label[1].upper()
        for match in _SENTENCE.finditer(line.group()):
            words = match.group().rstrip()
            quote = words.lstrip()[:_LONGEST]
            start = line.start() + match.start() + len(words) - len(words.lstrip())
            section = next((s.kind for s in desk.note.sections if s.span.start <= start < s.span.end), "")
            yield words, Evidence(Span(start, start + len(quote)), quote, section=section), under


def _stains(rule: Rule, words: str) -> Iterator[tuple[str, set[str]]]:
    """The names of the stains of one sentence by the kind of their code."""
    data = rule.data
    if compiled(data["antibodies_words"]).search(words):
        names = {_one_name(rule, match.group()) for match in compiled(data["antibodies"]).finditer(words)}
        measured: set[str] = set()
        if compiled(data["amount"]).search(words):
            measured = {_one_name(rule, match.group()) for match in compiled(data["measured"]).finditer(words)}
        yield ("computed" if compiled(data["computer"]).search(words) else "measured"), measured
        yield "multiplex", {match.group().lower() for match in compiled(data["multiplex"]).finditer(words)}
        yield "antibodies", names - measured
    elif compiled(data["stains_words"]).search(words):
        for kind in ("organisms", "others"):
            yield kind, {match.group().lower() for match in compiled(data[kind]).finditer(words)}


def _one_name(rule: Rule, name: str) -> str:
    plain = " ".join(name.lower().split())
    return str(rule.data["same"].get(plain, plain)).replace("-", "").replace(" ", "")


def _specimens(words: str, under: str, labels: Sequence[str]) -> list[str]:
    """The specimens of a sentence: those it names, the one whose paragraph it is, or the only one."""
    named = [letter for match in compiled(_BLOCK).finditer(words) for letter in _LETTER.findall(match.group())]
    found = [label for label in dict.fromkeys(named) if label in labels]
    if found:
        return found
    if under in labels:
        return [under]
    return list(labels) if len(labels) == 1 else []


def _lines(
    rule: Rule, counted: dict[str, defaultdict[str, set[str]]], quotes: dict[str, list[Evidence]]
) -> Iterator[CodeSuggestion]:
    if counted.get("antibodies"):
        of_specimen = [len(names) for names in counted["antibodies"].values() if names]
        yield _line(rule, "first", len(of_specimen), quotes["antibodies"])
        if sum(of_specimen) > len(of_specimen):
            yield _line(rule, "further", sum(of_specimen) - len(of_specimen), quotes["antibodies"])
    for kind in ("multiplex", "measured", "computed", "organisms", "others"):
        units = sum(len(names) for names in counted.get(kind, {}).values())
        if units:
            yield _line(rule, kind, units, quotes[kind])


def _line(rule: Rule, kind: str, units: int, quotes: Sequence[Evidence]) -> CodeSuggestion:
    row = rule.data["codes"][kind]
    step = Step("service", f"{row['what']}: {units}", rule.citation)
    return CodeSuggestion(
        system="cpt", code=str(row["code"]), title=row["what"], role=CodeRole.PROCEDURE, rank=0, score=_SURE,
        evidence=tuple(dict.fromkeys(quotes)), steps=(step,), units=units,
    )  # fmt: skip


def _ask(rule: Rule, ask: str, evidence: Evidence) -> Finding:
    return Finding("service.unsettled", Severity(rule.severity), rule.message.format(ask=ask), "service", (evidence,),
                   rule.citation, rule.data["fix"])  # fmt: skip
