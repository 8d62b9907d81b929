"""The principal diagnosis of an inpatient stay (Guidelines, Section II; chapter rules on sequencing in Section I.C).

The provider's own order decides first: what is labelled principal, then the head of the list of final diagnoses, then
what the narrative says the patient was admitted for. From the conditions that stand there, those that cannot be
principal are passed over (symptoms beside a diagnosis, manifestations, external causes, most status codes), and the
chapter rules have the last word (sepsis, poisoning, HIV disease, obstetrics, the newborn).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from nosology.coding.candidates import Candidate, Chart
from nosology.coding.reason import Reason, weigh_reason
from nosology.coding.reportable import is_symptom
from nosology.coding.substances import ADVERSE, UNDERDOSING, intent_of
from nosology.errors import NosologyError
from nosology.lexicon.patterns import WordPattern, compile_words
from nosology.rules.loader import find_rule

__all__ = ["choose_principal"]

_BURNS = ("T20", "T21", "T22", "T23", "T24", "T25")
_DIABETES = ("E08", "E09", "E10", "E11", "E13")
_REPORTED = 0.6
_RULE = "II-principal"


class _Tables(NamedTuple):
    """The lists and patterns of the rule, compiled."""

    anchors: tuple[WordPattern, ...]
    never: tuple[str, ...]
    may: tuple[str, ...]
    sepsis: tuple[str, ...]
    localized: tuple[str, ...]
    hiv_related: tuple[str, ...]
    in_delivery: tuple[str, ...]
    pump: tuple[str, ...]
    poisoned: tuple[str, ...]
    reason: Reason


@cache
def _tables() -> _Tables:
    rule = find_rule(_RULE)
    if rule is None:
        raise NosologyError(f"rule {_RULE} is missing; reinstall the package")
    data = rule.data
    return _Tables(
        tuple(compile_words(f"(?m){a}") for a in data["anchors"]),
        tuple(data["never"]),
        tuple(data["factors_that_may"]),
        tuple(data["sepsis"]),
        tuple(data["localized"]),
        tuple(data["hiv_related"]),
        tuple(data["in_delivery"]),
        tuple(data["pump"]),
        tuple(data["poisoned"]),
        Reason.read(data["reason"]),
    )


def choose_principal(coded: list[Candidate], chart: Chart, is_late: Callable[[Candidate], bool]) -> Candidate | None:
    """Return the principal diagnosis among ``coded``, None where no code may stand first.

    ``is_late`` says of a candidate whether it arose after admission: then it occasioned none.
    """
    fit = [c for c in coded if _may_lead(c)]
    diagnoses = [c for c in fit if not is_symptom(c.code)]
    pool = diagnoses or fit
    if not pool:
        return None
    if births := [c for c in coded if c.code.startswith("Z38")]:
        return births[0]
    if treatment := [c for c in coded if c.code.startswith(("Z51.0", "Z51.1")) and c.weight >= _REPORTED]:
        return treatment[0]  # I.C.2.e.2
    if obstetric := [c for c in pool if c.code.startswith("O") and not c.code.startswith(("O09", "O99.21"))]:
        before = [c for c in obstetric if not c.code.startswith(_tables().in_delivery)]
        pool = before or obstetric  # I.C.15.b.4
    chosen = _first_named(pool, chart.text, is_late)
    return _by_chapter(chosen, pool, chart)


def _may_lead(candidate: Candidate) -> bool:
    code = candidate.code
    if code.startswith(_tables().may):
        return True
    if intent_of(code) in (ADVERSE, UNDERDOSING):
        return False  # the effect, or the condition underdosed, is sequenced first (I.C.19.e.5.a, I.C.19.e.5.c)
    return not code.startswith(_tables().never)


def _places(candidate: Candidate) -> list[int]:
    live = [f for f in candidate.facts if not f.reason]
    weak = [f.mention.span.start for f in live]
    return weak or [f.mention.span.start for f in candidate.facts]


def _first_named(pool: list[Candidate], text: str, is_late: Callable[[Candidate], bool]) -> Candidate:
    """Return the candidate that stands first after the surest place that names diagnoses."""
    places = {id(c): sorted(_places(c)) for c in pool}
    anchors = _tables().anchors
    for anchor in anchors:
        for match in anchor.finditer(text):
            following = []
            for candidate in pool:
                place = next((p for p in places[id(candidate)] if p >= match.start()), None)
                if place is not None and place - match.end() < 260:
                    own = _names(candidate, place)
                    extent = -_extent(candidate, place)
                    following.append((place, not own, extent, candidate.mandated, candidate.code, candidate))
            if following:
                found = min(following, key=lambda f: (is_late(f[5]), *f[:5]))[5]
                return _first_item(pool, text, match.end(), found) or found
    return weigh_reason(pool, text, _tables().reason, is_late=is_late)


def _first_item(pool: list[Candidate], text: str, start: int, found: Candidate) -> Candidate | None:
    """Return the candidate that the first item of the list shortens ("osteo", "IgA nephro"), None where none is it.

    So it is only where the item itself led to no code, and a word of it begins a word of the candidate elsewhere.
    """
    item = _ITEM.match(text, start)
    if item is None or any(item.start() <= p < item.end() for p in _places(found)):
        return None
    stems = [w.lower() for w in _STEM.findall(item["item"])]
    for candidate in sorted(pool, key=lambda c: _places(c)[0]):
        for fact in candidate.facts:
            said = text[fact.mention.span.start : fact.mention.span.end].lower().split()
            if not fact.reason and any(word.startswith(stem) and word != stem for stem in stems for word in said):
                return candidate
    return None


_ITEM = re.compile(r"[^\n\w]*\n?[ \t*#-]*(?:1[.)][ \t]*)?(?P<item>[^\n;]{3,120})")
_STEM = re.compile(r"\b[A-Za-z]{4,}\b")


def _extent(candidate: Candidate, place: int) -> int:
    return max((len(f.mention.atoms) for f in candidate.facts if f.mention.span.start == place), default=0)


def _names(candidate: Candidate, place: int) -> bool:
    """True if the mention at ``place`` was read as the category of the candidate, not joined to it by a combination."""
    return any(f.mention.span.start == place and f.code[:3] == candidate.code[:3] for f in candidate.facts)


def _by_chapter(chosen: Candidate, pool: list[Candidate], chart: Chart) -> Candidate:
    """Apply the sequencing rules of the chapters to the condition that the chart names first."""
    code = chosen.code
    tables = _tables()
    if code.startswith(tables.hiv_related) and (hiv := [c for c in pool if c.code == "B20"]):
        return hiv[0]  # I.C.1.a.2.a
    if code.startswith(tables.localized):
        for sepsis in pool:
            if sepsis.code.startswith(tables.sepsis):
                return sepsis  # I.C.1.d.4
    if code.startswith(_DIABETES) and (pumps := [c for c in pool if c.code.startswith(tables.pump)]):
        return pumps[0]  # I.C.4.a.5
    if code.startswith(_BURNS):
        burns = [c for c in pool if c.code.startswith(_BURNS) and c.code[-1] != "S"]
        return max(burns, key=lambda c: (int(c.code[4]) % 4, -min(_places(c)))) if burns else chosen  # I.C.19.d.1
    poisonings = [c for c in pool if intent_of(c.code) in ("1", "2", "3", "4") and c.code[-1] == "A"]
    if poisonings and not code.startswith(("T", "S")):
        brought = code.startswith(tables.poisoned)
        near = [c for c in poisonings if brought or abs(min(_places(c)) - min(_places(chosen))) < 400]
        if near:
            return min(near, key=lambda c: (min(_places(c)), c.code))  # I.C.19.e.5.b
    return chosen
