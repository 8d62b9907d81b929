"""Where on the skin a tumor sits, in whatever order a list of problems says it: "BCC: right elbow", "nevus, left shin".

The codes of tumors of skin differ by a few regions only; any part of the body named right beside the tumor tells one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words
from nosology.coding.index import Refined
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_skin_site"]

_REACH = 70  # code points in which a part of the body may stand beside the tumor
_RIGHT = re.compile(r"\b(?:right|rt|R)\b", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:left|lt|L)\b", re.IGNORECASE)
_IN_SITU = re.compile(r"\bmelanomas?,?[- ]in[- ]situ\b", re.IGNORECASE)
_TAIL = 10  # code points of "in situ" behind a melanoma
_FACE = ".30"  # codes of an unspecified part of the face: the mention itself may name the part


@check("skin_site", "read", lambda rule: [*rule.data["tumors"], *rule.data["skin"], rule.data["melanoma"]])
def read_skin_site(workup: Workup, rule: Rule) -> None:
    """Give a tumor of skin whose code leaves the site open the code of the part of the body named beside it."""
    _set_in_situ_apart(workup, rule)
    for general, codes in rule.data["tumors"].items():
        for candidate in workup.having(general):
            if candidate.code == general:
                _resite(workup, rule, candidate, codes)
    for general, code in rule.data["skin"].items():
        for candidate in workup.having(general):
            if candidate.code == general:
                _reskin(workup, rule, candidate, code)


def _set_in_situ_apart(workup: Workup, rule: Rule) -> None:
    """Take the words of a melanoma in situ from the candidates of an invasive one."""
    for candidate in workup.having(rule.data["melanoma"]):
        for fact in candidate.facts:
            span = fact.mention.span
            if not fact.reason and _IN_SITU.search(workup.chart.text, span.start, span.end + _TAIL):
                fact.reason = "a melanoma in situ"
        if all(f.reason for f in candidate.facts):
            workup.drop(candidate, f"a melanoma in situ ({rule.citation_section})")


def _resite(workup: Workup, rule: Rule, candidate: Candidate, codes: list[str]) -> None:
    moved = False
    for fact in list(candidate.facts):
        if fact.reason:
            continue
        for group, span in _sites(workup, rule, fact):
            code = _sided(workup.chart.text, span, str(codes[group]), rule)
            if not workup.icd.is_billable(code):
                continue
            _move(workup, rule, candidate, fact, code, span)
            moved = True
    if moved:
        workup.drop(candidate, f"its site is told ({rule.citation_section})")


def _reskin(workup: Workup, rule: Rule, candidate: Candidate, code: str) -> None:
    """Make a tumor of an unknown site that of skin where the words right behind it say that."""
    text, live = workup.chart.text, [f for f in candidate.facts if not f.reason]
    told = [(f, m) for f in live if (m := compile_words(rule.data["of_skin"]).match(text, f.mention.span.end))]
    for fact, match in told:
        _move(workup, rule, candidate, fact, code, Span(*match.span()))
    if told and len(told) == len(live):
        workup.drop(candidate, f"a tumor of the skin ({rule.citation_section})")


def _move(workup: Workup, rule: Rule, old: Candidate, fact: Fact, code: str, span: Span) -> None:
    step = Step("guideline", f"{old.code} sits where the words beside it say → {code}", rule.citation)
    new = workup.add(code, [replace(fact, code=code, refined=Refined(code, (code,), ()))], old.weight, step)
    new.order = min(new.order, old.order)
    new.specifies.append((span, Role.SPECIFIES))


def _sites(workup: Workup, rule: Rule, fact: Fact) -> Iterator[tuple[int, Span]]:
    """Yield the regions named right behind a tumor (also several: "the cheek and the left hand"), else right before."""
    text, data = workup.chart.text, rule.data
    sentence = workup.note.sentences[fact.mention.sentence].span
    begin, end = fact.mention.span.start, fact.mention.span.end
    behind = compile_words(data["behind"])
    at, found = end, False
    if fact.code.endswith(_FACE) and (named := compile_words(data["within"]).search(text, begin, end)):
        yield _group(rule, named["site"]), Span(*named.span())
        return
    while match := behind.match(text, at, min(sentence.end, at + _REACH)):
        yield _group(rule, match["site"]), Span(*match.span())
        found, at, behind = True, match.end(), compile_words(data["also"])
    if found:
        return
    match = compile_words(data["before"]).search(text, max(sentence.start, begin - _REACH), begin)
    if match:
        yield _group(rule, match["site"]), Span(*match.span())


def _group(rule: Rule, site: str) -> int:
    """Return the number of the region in which a part of the body lies."""
    return next(i for i, words in enumerate(rule.data["parts"]) if compile_words(rf"{words}\Z").match(site, 0))


def _sided(text: str, span: Span, code: str, rule: Rule) -> str:
    """Return the code with the figure of the side said in ``span``, that of no side where there is none or both."""
    if not code.endswith("?"):
        return code
    said = text[span.start : span.end]
    right, left = _RIGHT.search(said), _LEFT.search(said)
    figures = rule.data["sides"]["C44" if code.startswith("C44") else "other"]
    return code[:-1] + str(figures[2 if bool(right) == bool(left) else 0 if right else 1])
