"""Polyps of the bowel and what the report of their pathology calls them, jar by jar (Guidelines IV.K, I.C.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_polyp_pathology"]

_LONGEST = 400  # characters that the words on one specimen take
_JAR = re.compile(
    r"^[ \t]*(?:(?:jar|specimen|part|bottle)s?[ \t]+(?P<named>[A-H1-9])\b[ \t]*[.:)-]?"
    r"|\(?(?P<letter>[A-H])[.):])[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_MEANT = re.compile(r"\b(?:jar|specimen|bottle)s?[ \t]+(?P<letter>[A-H1-9])\b", re.IGNORECASE)
_END = re.compile(r"\n[ \t\r]*\n")


@check("polyp_pathology", "link")
def read_polyp_pathology(workup: Workup, rule: Rule) -> None:
    """Code a polyp that the pathologist found to be an adenoma as the benign neoplasm of its site.

    The report's specimen and the polyp of the assessment belong together by the letter of the jar, or, where none is
    named, because it is the one report. A polyp of another kind in the report keeps the code of the polyp.
    """
    polyps = workup.having_any(rule.data["polyps"], floor=workup.threshold)
    if not polyps:
        return
    text = workup.chart.text
    specimens = list(_jars(text, rule)) or list(_lines(workup, rule)) or list(_told(workup, rule))
    told = (f for c in polyps for f in c.facts if not f.reason and f.kind not in rule.data["reported_in"])
    said = [
        workup.sentence_of(f)
        for f in told
        if not any(start <= f.mention.span.start < end for letter, start, end in specimens if letter)
    ]
    meant = {m["letter"].upper() for sentence in said for m in _MEANT.finditer(sentence)}
    found: dict[str, Span] = {}
    other = any(compile_words(rule.data["other_polyp"]).search(sentence) for sentence in said)
    for letter, start, end in specimens:
        if meant and letter and letter not in meant:
            continue
        adenoma = next(unnegated(rule.data["adenoma"], text, start, end), None)
        if adenoma is None:
            other = other or compile_words(rule.data["other_polyp"]).search(text, start, end) is not None
            continue
        found.setdefault(_site(text, start, end, rule), Span(*adenoma.span()))
    if len(found) > 1:
        found.pop(str(rule.data["no_site"]), None)
    nowhere = str(rule.data["no_site"])
    own = next((f.mention.span for c in polyps if c.code == nowhere for f in c.facts if not f.reason), None)
    if set(found) == {nowhere} or (not found and own is not None):  # the report names no site: that of the one polyp
        sites = {_site(text, f.mention.span.start, f.mention.span.end, rule) for c in polyps for f in c.facts}
        if len(sites := sites - {nowhere}) == 1:
            found = {sites.pop(): found.get(nowhere) or own or Span(0, 0)}
    for code, span in sorted(found.items()):
        fact = fact_at(workup, span, code, f"rule:{rule.id}", workup.threshold)
        step = Step("guideline", f"{polyps[0].code} is an adenoma by its pathology → {code}", rule.citation)
        heads = [f for c in polyps for f in c.facts if not f.reason]
        workup.add(code, [fact, *heads], max(c.weight for c in polyps), step)
    if found and not other:
        for candidate in polyps:
            if candidate.code in found:
                continue
            workup.drop(candidate, f"an adenoma by its pathology ({rule.citation_section})")
    if set(found) - {rule.data["no_site"]}:
        for vague in workup.having(str(rule.data["no_site"])):
            workup.drop(vague, f"the site is known ({rule.citation_section})")


def _jars(text: str, rule: Rule) -> Iterator[tuple[str, int, int]]:
    """Yield letter, start and end of the words on each specimen that the report sets apart by letters."""
    kinds = compile_words(rule.data["kinds"])
    jars = list(_JAR.finditer(text))
    ends = [*(jar.start() for jar in jars[1:]), len(text)] if jars else []
    for jar, end in zip(jars, ends, strict=True):
        gap = _END.search(text, jar.end(), end)
        stop = min(gap.start() if gap else end, jar.end() + _LONGEST)
        if kinds.search(text, jar.end(), stop):
            yield (jar["named"] or jar["letter"]).upper(), jar.end(), stop


def _lines(workup: Workup, rule: Rule) -> Iterator[tuple[str, int, int]]:
    """Yield each line of a report without letters."""
    text = workup.chart.text
    for section in workup.note.sections:
        if section.kind in rule.data["reported_in"]:
            start = section.body.start
            for line in text[start : section.body.end].split("\n"):
                yield "", start, start + len(line)
                start += len(line) + 1


def _told(workup: Workup, rule: Rule) -> Iterator[tuple[str, int, int]]:
    """Yield what a sentence tells of the report: "pathology showed a tubular adenoma"."""
    text = workup.chart.text
    for match in compile_words(rule.data["told"]).finditer(text):
        sentence = workup.note.sentences[max(0, workup.sentence_number(match.end()))]
        yield "", match.end(), sentence.span.end


def _site(text: str, start: int, end: int, rule: Rule) -> str:
    for row in rule.data["sites"]:
        if compile_words(row["words"]).search(text, start, end):
            return str(row["code"])
    return str(rule.data["no_site"])
