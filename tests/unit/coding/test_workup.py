"""The desk of the guidelines: what its moves carry over."""

from __future__ import annotations

from types import SimpleNamespace

from nosology.coding.candidates import NO_PLACE, Candidate
from nosology.coding.workup import Workup
from nosology.model.note import Span
from nosology.model.trace import Step

STEP = Step("guideline", "a test", "I.B")


def _candidate(code, order=NO_PLACE):
    fact = SimpleNamespace(code=code, reason="", mention=SimpleNamespace(span=Span(0, 4)))
    return Candidate(code, [fact], 0.7, order=order)


def _workup(*candidates):
    icd = SimpleNamespace(is_billable=lambda code: True)
    return Workup(list(candidates), SimpleNamespace(text="text"), None, icd, None, {}, 0.4)


def test_what_is_replaced_gives_its_place():
    """A code that becomes another keeps the place that a rule gave it; one that has a place of its own keeps that."""
    old = _candidate("S06.5XAA", order=(2, 17))
    new = _workup(old).replace(old, "S06.5X1A", STEP)
    assert (new.order, new.weight, old.dropped) == ((2, 17), 0.7, "S06.5XAA becomes S06.5X1A (I.B)")
    old, placed = _candidate("E11.9", order=(2, 17)), _candidate("E11.65", order=(3, 1))
    assert _workup(old, placed).replace(old, "E11.65", STEP).order == (3, 1)
