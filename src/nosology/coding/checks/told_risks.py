"""What a patient was told may come of a disease, a drug or an operation: it is none of the patient's conditions."""

from __future__ import annotations

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.rules.loader import Rule

__all__ = ["drop_told_risks"]

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
    passive = compile_words(data["passive"])
    if not warned and not lists and not passive.may_stand(text):
        return
    own, not_listed, goes_on = (compile_words(data[key]) for key in ("own", "not_listed", "goes_on"))
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
