"""The rules of the chapters on what stands first, whatever the chart names first (Guidelines, Sections I.C and II.G).

Sepsis goes before the infection and the organ dysfunction that come with it, a complication of care before what it
brought, HIV disease before what it brings, the worst burn before the others, a poisoning before its effects. What arose
after admission takes nobody's place: it occasioned no admission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from nosology.coding.candidates import Candidate, Chart
from nosology.coding.substances import intent_of
from nosology.lexicon.patterns import WordPattern, compile_words

__all__ = ["ChapterOrder", "order_by_chapter"]

_BURNS = ("T20", "T21", "T22", "T23", "T24", "T25")
_DIABETES = ("E08", "E09", "E10", "E11", "E13")
_OF_SURGERY = ("T81.44", "T81.12", "O86.04")
_OF_CARE = ("T80", "T81", "T82", "T83", "T84", "T85")
_REPORTED = 0.6
_TOLD = "rule:I.B.16-phrases"  # the source of complications that a phrase of the chart states


class ChapterOrder(NamedTuple):
    """The lists of the rule on the principal diagnosis that tell what goes before what."""

    sepsis: tuple[str, ...]
    localized: tuple[str, ...]
    hiv_related: tuple[str, ...]
    pump: tuple[str, ...]
    poisoned: tuple[str, ...]
    goes_before: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]
    day_surgery: WordPattern
    of_surgery: tuple[str, ...]

    @classmethod
    def read(cls, data: Any) -> ChapterOrder:
        """Return the lists of the rule's data."""
        return cls(
            tuple(data["sepsis"]),
            tuple(data["localized"]),
            tuple(data["hiv_related"]),
            tuple(data["pump"]),
            tuple(data["poisoned"]),
            tuple((tuple(r["codes"]), tuple(r["before"]), tuple(r.get("unless", ()))) for r in data["goes_before"]),
            compile_words(data["day_surgery"]),
            tuple(data["of_surgery"]),
        )


def order_by_chapter(
    chosen: Candidate,
    pool: list[Candidate],
    coded: list[Candidate],
    chart: Chart,
    tables: ChapterOrder,
    arose: Callable[[Candidate], bool],
) -> Candidate:
    """Return what the rules of the chapters put in the place of ``chosen``, which the chart names first.

    ``pool`` holds those of all the ``coded`` that may stand first; ``arose`` says of one whether it came later.
    """
    code = chosen.code
    operated = any(c.code.startswith(_OF_SURGERY) and arose(c) for c in coded)

    def is_late(candidate: Candidate) -> bool:  # the sepsis of an operation of this stay has the onset of T81.44
        return arose(candidate) or (operated and candidate.code.startswith(tables.sepsis))

    if code.startswith(tables.hiv_related) and (hiv := [c for c in pool if c.code == "B20"]):
        return hiv[0]  # I.C.1.a.2.a
    if ahead := _ahead(chosen, pool, coded, chart, tables, is_late):
        return ahead  # II.G, II.J
    if code.startswith(tables.localized):
        for sepsis in pool:
            if sepsis.code.startswith(tables.sepsis) and sepsis.weight >= _REPORTED and not is_late(sepsis):
                return sepsis  # I.C.1.d.4
    if code.startswith(_DIABETES) and (pumps := [c for c in pool if c.code.startswith(tables.pump)]):
        return pumps[0]  # I.C.4.a.5
    if code.startswith(_BURNS):
        burns = [c for c in pool if c.code.startswith(_BURNS) and c.code[-1] != "S"]
        return max(burns, key=lambda c: (int(c.code[4]) % 4, -_place(c))) if burns else chosen  # I.C.19.d.1
    poisonings = [c for c in pool if intent_of(c.code) in ("1", "2", "3", "4") and c.code[-1] == "A"]
    if poisonings and not code.startswith(("T", "S")):
        brought = code.startswith(tables.poisoned)
        near = [c for c in poisonings if brought or abs(_place(c) - _place(chosen)) < 400]
        if near:
            return min(near, key=lambda c: (_place(c), c.code))  # I.C.19.e.5.b
    return chosen


def _ahead(
    chosen: Candidate,
    pool: list[Candidate],
    coded: list[Candidate],
    chart: Chart,
    tables: ChapterOrder,
    is_late: Callable[[Candidate], bool],
) -> Candidate | None:
    """Return the complication, there on admission, that goes before what the chart names first, None without one.

    After outpatient surgery the complication for which the patient was admitted goes before the reason for the surgery.
    """
    for codes, before, unless in tables.goes_before:
        if not chosen.code.startswith(before) or chosen.code.startswith(codes):
            continue
        if unless and any(c.code.startswith(unless) for c in coded):
            continue
        if found := _earliest(c for c in pool if c.code.startswith(codes) and _leads(c, is_late, chosen)):
            return found
    if chosen.code.startswith(tables.of_surgery) or not tables.day_surgery.search(chart.text):
        return None
    return _earliest(c for c in pool if c.code.startswith(tables.of_surgery) and _leads(c, is_late))


def _leads(candidate: Candidate, is_late: Callable[[Candidate], bool], chosen: Candidate | None = None) -> bool:
    """True for a complication, there on admission, that is treated in its own right or of the words of ``chosen``."""
    if candidate.code[0] == "T" and candidate.code[-1] != "A" and not candidate.code.startswith("T86"):
        return False
    told = not candidate.mandated or any(f.mention.terms[0] == _TOLD for f in candidate.facts)
    if not told and chosen is not None and candidate.code.startswith(_OF_CARE):
        said = {f.mention.span for f in chosen.facts if not f.reason}
        told = any(f.mention.span in said for f in candidate.facts if not f.reason)
    return candidate.weight >= _REPORTED and told and not is_late(candidate)


def _earliest(candidates: Iterable[Candidate]) -> Candidate | None:
    return min(candidates, key=lambda c: (_place(c), c.code), default=None)


def _place(candidate: Candidate) -> int:
    """Return where the chart first speaks of the candidate, in words that count if there are any."""
    live = [f.mention.span.start for f in candidate.facts if not f.reason]
    return min(live or [f.mention.span.start for f in candidate.facts])
