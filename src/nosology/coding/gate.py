"""The gate of autonomous coding: may this chart be coded without a coder?

A chart passes if the probability that all its codes are right, none false and none missing, reaches what the site asks
for, and nothing stands that stops it whatever the probability. Without a threshold nothing passes.
"""

from __future__ import annotations

from dataclasses import replace

from nosology.model.coding import CodedNote, Gate
from nosology.model.finding import Severity

__all__ = ["find_stops", "hold_gate", "set_gate"]

_NO_THRESHOLD = "no threshold is set: a coder decides"


def set_gate(coded: CodedNote, probability: float, *, autonomous_at: float | None, source: str) -> CodedNote:
    """Return ``coded`` with its gate. ``source`` names the calibration that gave the probability."""
    return replace(coded, gate=_decide(coded, probability, autonomous_at, source))


def hold_gate(coded: CodedNote) -> CodedNote:
    """Return ``coded`` with its gate decided again, after something has changed it; the probability stays."""
    if coded.gate is None:
        return coded
    gate = coded.gate
    return replace(coded, gate=_decide(coded, gate.probability, gate.threshold, gate.source))


def find_stops(coded: CodedNote) -> tuple[str, ...]:
    """Return what keeps the chart from passing, whatever its probability."""
    stops = []
    if not coded.suggestions:
        stops.append("nothing is coded")
    for finding in coded.findings:
        if finding.severity is not Severity.INFORMATION:
            stops.append(f"{finding.severity.value}: {finding.rule}")
    if coded.suggestions:
        first = coded.suggestions[0]
        for query in coded.queries:
            if any(q.span.overlaps(e.span) for q in query.evidence for e in first.evidence):
                stops.append(f"an open query bears on {first.code}, the first in order: {query.rule}")
    doubted = {
        s.code
        for s in coded.suggestions
        for step in s.steps
        if step.name == "verifier" and not step.result.startswith("confirmed")
    }
    doubted.update(item.code for item in coded.not_coded if item.why.startswith("verifier:"))
    stops += [f"the verifier did not confirm {code}" for code in sorted(doubted)]
    return tuple(dict.fromkeys(stops))


def _decide(coded: CodedNote, probability: float, threshold: float | None, source: str) -> Gate:
    reasons = list(find_stops(coded))
    if threshold is None:
        reasons.append(_NO_THRESHOLD)
    elif probability < threshold:
        reasons.append(f"probability {probability:.0%}, under the {threshold:.0%} that the site asks for")
    return Gate(probability, threshold, not reasons, tuple(reasons), source)
