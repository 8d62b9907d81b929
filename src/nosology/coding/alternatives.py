"""The other codes that the words of a suggested code could have carried: read by the engine, taken out by a rule."""

from __future__ import annotations

from collections.abc import Sequence

from nosology.coding.candidates import Candidate
from nosology.coding.suggest import Draft
from nosology.model.coding import Alternative

__all__ = ["find_rejected", "name_alternatives"]

_MOST = 5


def find_rejected(draft: Draft) -> list[list[Candidate]]:
    """Return for each suggested candidate those taken out that rest on words which it rests on too, the heaviest first.

    Only candidates with a statement that counts: what the chart denies, or says of someone else, is no alternative.
    """
    places: dict[int, list[tuple[int, int, list[Candidate]]]] = {}
    found: list[list[Candidate]] = []
    for candidate in draft.candidates:
        mine: list[Candidate] = []
        found.append(mine)
        for fact in candidate.facts:
            if not fact.reason:
                span = fact.mention.span
                places.setdefault(fact.mention.sentence, []).append((span.start, span.end, mine))
    for other in draft.dropped:
        if not other.weight:  # nothing that counts speaks for it
            continue
        for fact in other.facts:
            if fact.reason or fact.mention.sentence not in places:
                continue
            span = fact.mention.span
            for start, end, rejected in places[fact.mention.sentence]:
                if span.start < end and start < span.end and other not in rejected:
                    rejected.append(other)
    for rejected in found:
        if len(rejected) > 1:
            rejected.sort(key=lambda c: (-c.weight, c.code))
    return found


def name_alternatives(candidate: Candidate, rejected: Sequence[Candidate]) -> tuple[Alternative, ...]:
    """Return what stands under ``alternatives``: what rules weighed, then the readings taken out, each with its reason.

    A code stands once, the candidate's own never.
    """
    if not rejected:
        return tuple(candidate.alternatives)
    named = {each.code: each for each in candidate.alternatives}
    for other in rejected[:_MOST]:
        named.setdefault(other.code, Alternative(other.code, other.dropped))
    named.pop(candidate.code, None)
    return tuple(named.values())
