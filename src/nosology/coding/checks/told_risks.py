"""What a patient was told may come of a disease, a drug or an operation: it is none of the patient's conditions."""

from __future__ import annotations

import re

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.rules.loader import Rule

__all__ = ["drop_told_risks"]

_BEFORE = 40  # code points
_LINE = re.compile(r"(?:\A|\n)[^A-Za-z\n]*\Z")  # a condition that opens its line is the problem itself
_WHY = "what the patient was told may come"


@check("told_risks", "read")
def drop_told_risks(workup: Workup, rule: Rule) -> None:
    """Set aside what counseling lists as a possibility, where the chart says nothing else of it (IV.J)."""
    data, text = rule.data, workup.chart.text
    risks, told = compile_words(data["risks"]), compile_words(data["told"])
    warned = [Span(*m.span("list")) for m in risks.finditer(text)] if risks.may_stand(text) else []
    lists = (
        [(Span(*m.span("list")), m["sure"] is not None) for m in told.finditer(text)] if told.may_stand(text) else []
    )
    lists += _labelled(workup, rule)
    may = [Span(*m.span("list")) for m in compile_words(data["general"]).finditer(text)]
    passive, may_do = compile_words(data["passive"]), compile_words(data["may_do"])
    if not (warned or lists or may or passive.may_stand(text) or may_do.may_stand(text)):
        return
    own, not_listed, goes_on = (compile_words(data[key]) for key in ("own", "not_listed", "goes_on"))
    whose = compile_words(data["whose"])
    kinds, kept, sudden = frozenset(data["kinds"]), tuple(data["kept"]), tuple(data["sudden"])
    doubtful: dict[int, list[tuple[Candidate, Fact, bool]]] = {}
    for candidate in workup.live():
        if candidate.code.startswith(kept):
            continue
        for fact in candidate.facts:
            span = fact.mention.span
            if fact.reason or fact.kind not in kinds:
                continue
            risk = next((r for r in warned if r.start <= span.start < r.end), None)
            if risk is not None and not own.search(text, risk.start, span.end):
                fact.reason = _WHY
                continue
            general = next((r for r in may if r.start <= span.start < r.end), None)
            if general is not None and not own.search(text, general.start, span.end):
                doubtful.setdefault(-1, []).append((candidate, fact, True))
                continue
            for number, (place, sure) in enumerate(lists):
                if (
                    place.start <= span.start < place.end
                    and not not_listed.search(text, place.start, span.end)
                    and not goes_on.match(text, span.end)
                ):
                    doubtful.setdefault(number, []).append((candidate, fact, sure))
                    break
            else:
                if candidate.code.startswith(sudden) and passive.match(text, span.end):
                    doubtful.setdefault(-1, []).append((candidate, fact, False))
                elif (
                    may_do.match(text, span.end)
                    and _LINE.search(text, max(0, span.start - _BEFORE), span.start) is None
                    and whose.search(text, max(0, span.start - _BEFORE), span.start) is None
                ):
                    doubtful.setdefault(-1, []).append((candidate, fact, True))
        _settle(workup, candidate, rule)
    listed = {id(fact) for found in doubtful.values() for _c, fact, _s in found}
    for found in doubtful.values():
        several = len({fact.mention.span.start for _c, fact, _s in found}) > 1
        for candidate, fact, sure in found:
            if (several or sure or candidate.code.startswith(sudden)) and not _is_told_elsewhere(
                workup, candidate, listed
            ):
                fact.reason = _WHY
                _settle(workup, candidate, rule)


def _labelled(workup: Workup, rule: Rule) -> list[tuple[Span, bool]]:
    """Return the lists behind the name of a drug or an operation that were gone over, and what tests are to find."""
    text, found = workup.chart.text, []
    acts, tests = compile_words(rule.data["acts"]), compile_words(rule.data["tests"])
    for match in compile_words(rule.data["labelled"]).finditer(text):
        begin, end = match.span("label")
        if acts.search(text, begin, end) or next(workup.substances.named(text, begin, end), None) is not None:
            found.append((Span(*match.span("list")), False))
    found += [(Span(*match.span("list")), True) for match in tests.finditer(text)]
    return found


def _is_told_elsewhere(workup: Workup, candidate: Candidate, listed: set[int]) -> bool:
    """True where the chart tells of the disease outside the lists of what was spoken of."""
    return any(
        not fact.reason and id(fact) not in listed
        for other in workup.live()
        if (other.code[:3] == candidate.code[:3] if candidate.code[0] != "Z" else other is candidate)
        for fact in other.facts
    )


def _settle(workup: Workup, candidate: Candidate, rule: Rule) -> None:
    if candidate.dropped or not any(f.reason == _WHY for f in candidate.facts):
        return
    left = [f.weight for f in candidate.facts if not f.reason]
    if left:
        candidate.weight = min(candidate.weight, max(left))
    else:
        workup.drop(candidate, f"{_WHY} ({rule.citation_section})")
