"""The principal diagnosis of an inpatient stay (Guidelines, Section II; chapter rules on sequencing in Section I.C).

The provider's own order decides first: what is labelled principal, then the head of the list of final diagnoses, then
what the narrative says the patient was admitted for. From the conditions that stand there, those that cannot be
principal are passed over (symptoms beside a diagnosis, manifestations, external causes, most status codes), and the
chapter rules have the last word (sepsis, poisoning, HIV disease, obstetrics, the newborn).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from nosology.coding.candidates import Candidate, Chart
from nosology.coding.chapter_order import ChapterOrder, order_by_chapter
from nosology.coding.reason import Reason, weigh_reason
from nosology.coding.reportable import is_symptom
from nosology.coding.stay_kind import is_rehabilitation
from nosology.coding.substances import ADVERSE, UNDERDOSING, intent_of
from nosology.errors import NosologyError
from nosology.lexicon.patterns import WordPattern, compile_words
from nosology.rules.loader import find_rule

__all__ = ["brings_nobody", "choose_principal"]

_REPORTED = 0.6
_BEFORE = 30  # code points before a symptom in which it is called unexplained
_RULE = "II-principal"
_TURNS = 3  # rules of the chapters that may follow on each other


class _Tables(NamedTuple):
    """The lists and patterns of the rule, compiled."""

    label: WordPattern
    anchors: tuple[WordPattern, ...]
    states: tuple[WordPattern, ...]
    never: tuple[str, ...]
    may: tuple[str, ...]
    in_delivery: tuple[str, ...]
    brings: float
    code_first: tuple[str, ...]
    unexplained: WordPattern
    reason: Reason
    chapters: ChapterOrder


@cache
def _tables() -> _Tables:
    rule = find_rule(_RULE)
    if rule is None:
        raise NosologyError(f"rule {_RULE} is missing; reinstall the package")
    data = rule.data
    return _Tables(
        compile_words(data["label"]),
        tuple(compile_words(f"(?m){a}") for a in data["anchors"]),
        tuple(compile_words(words) for words in data["states"]),
        tuple(data["never"]),
        tuple(data["factors_that_may"]),
        tuple(data["in_delivery"]),
        float(data["reason"]["numbers"]["brings"]),
        tuple(data["code_first"]),
        compile_words(data["unexplained"]),
        Reason.read(data["reason"]),
        ChapterOrder.read(data),
    )


def brings_nobody(codes: Sequence[str]) -> bool:
    """Return whether each of the diagnoses only goes along with others, or has been there for years.

    Then the symptom that brought the patient is the reason of the stay (II.A).
    """
    return all(_tables().reason.of_code(code, codes) < 0 for code in codes)


def choose_principal(coded: list[Candidate], chart: Chart, is_late: Callable[[Candidate], bool]) -> Candidate | None:
    """Return the principal diagnosis among ``coded``, None where no code may stand first.

    ``is_late`` says of a candidate whether it arose after admission: then it occasioned none.
    """
    fit = [c for c in coded if _may_lead(c)]
    diagnoses = [c for c in fit if not is_symptom(c.code)]
    there = [c.code for c in diagnoses if c.weight >= _REPORTED and not is_late(c)]
    pool = fit if brings_nobody(there) else diagnoses
    if not pool:
        return None
    if births := [c for c in coded if c.code.startswith("Z38")]:
        return births[0]
    if treatment := [c for c in coded if c.code.startswith(("Z51.0", "Z51.1")) and c.weight >= _REPORTED]:
        return treatment[0]  # I.C.2.e.2
    if obstetric := [c for c in pool if c.code.startswith("O") and not c.code.startswith(("O09", "O99.21"))]:
        before = [c for c in obstetric if not c.code.startswith(_tables().in_delivery)]
        pool = before or obstetric  # I.C.15.b.4
    if is_rehabilitation(chart.text) and (served := [c for c in coded if _served(c) and not is_late(c)]):
        return min(served, key=lambda c: (_served(c), min(_places(c)), c.code))  # II.K
    if symptom := _unexplained(coded, pool, chart.text, is_late):
        return symptom  # II.A
    if any(c.code.startswith(_tables().code_first) and not is_late(c) and c.weight >= _REPORTED for c in coded):
        chosen = weigh_reason(pool, chart.text, _tables().reason, is_late=is_late)
    else:
        chosen = _first_named(pool, chart.text, is_late)
    for _ in range(_TURNS):  # sepsis before its infection, the complication of care before that sepsis
        ahead = order_by_chapter(chosen, pool, coded, chart, _tables().chapters, is_late)
        if ahead is chosen:
            break
        chosen = ahead
    return chosen


def _unexplained(
    coded: list[Candidate], pool: list[Candidate], text: str, is_late: Callable[[Candidate], bool]
) -> Candidate | None:
    """Return the symptom of which the chart says that its cause was not found, None where it explains all (II.A).

    Not beside a disease that by itself brings a patient to the hospital and was there on admission.
    """
    symptoms = [c for c in coded if c.code[0] == "R" and not c.mandated and c.weight >= _REPORTED and not is_late(c)]
    if not symptoms or not _tables().unexplained.search(text):
        return None
    table, codes = _tables().reason, [c.code for c in pool]
    if any(table.of_code(c.code, codes) >= _tables().brings and not is_late(c) for c in pool if c.weight >= _REPORTED):
        return None
    for symptom in symptoms:
        for fact in symptom.facts:
            span = fact.mention.span
            end = _end_of_clause(text, span.end)
            if not fact.reason and _tables().unexplained.search(text, max(0, span.start - _BEFORE), end):
                return symptom
    return None


def _end_of_clause(text: str, start: int) -> int:
    """Return where the sentence or the line ends that goes on at ``start``."""
    found = _CLAUSE_END.search(text, start)
    return found.start() if found else len(text)


def _served(candidate: Candidate) -> int:
    """Return how surely rehabilitation is for the condition, 1 the surest, 0 where it is not."""
    code = candidate.code
    if code.startswith("I69"):
        return 1 if code[5:6] in ("3", "4", "5") else 2  # what the limbs lost goes before speech and swallowing
    if len(code) == 8 and code[0] in "MST" and code[-1] not in "AS":
        return 3
    return 4 if code.startswith(("Z47", "Z48")) else 0


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
    """Return the candidate that the surest place names: the label, a statement of the reason, the head of the list."""
    tables = _tables()
    places = {id(c): sorted(_places(c)) for c in pool}
    for match in tables.label.finditer(text):
        end = _end_of_item(text, match.end())
        if named := _named_in(pool, places, match.start(), match.end(), end):
            return named
        if item := _first_item(pool, text, match.end(), None):
            return item
        if _LETTERS.search(text, match.end(), end):  # a symptom, a drug: what stands below it is another list
            return weigh_reason(pool, text, tables.reason, is_late=is_late)
    if stated := _stated(pool, places, text, is_late):
        return stated
    for anchor in tables.anchors:
        for match in anchor.finditer(text):
            end = min(match.end() + 260, _end_of_list(text, match.end()))
            if found := _named_in(pool, places, match.start(), match.end(), end):
                if item := _first_item(pool, text, match.end(), found):
                    return item
                if is_late(found) or _gives_way(found, pool, is_late):
                    return weigh_reason(pool, text, tables.reason, is_late=is_late)
                return found
    return weigh_reason(pool, text, tables.reason, is_late=is_late)


def _named_in(
    pool: list[Candidate],
    places: dict[int, list[int]],
    start: int,
    head: int,
    end: int,
) -> Candidate | None:
    """Return the candidate named first from ``start`` to ``end``; ``head`` ends the heading."""
    following = []
    for candidate in pool:
        place = next((p for p in places[id(candidate)] if p >= start), None)
        if place is not None and place < max(end, head):
            own = _names(candidate, place)
            extent = -_extent(candidate, place)
            following.append((place, not own, extent, candidate.mandated, candidate.code, candidate))
    return min(following, key=lambda f: f[:5])[5] if following else None


def _stated(
    pool: list[Candidate], places: dict[int, list[int]], text: str, is_late: Callable[[Candidate], bool]
) -> Candidate | None:
    """Return what a sentence of the chart says that the admission was for, None where none does."""
    for pattern in _tables().states:
        for match in pattern.finditer(text):
            found = _named_in(pool, places, match.start(), match.start(), match.end())
            if found is not None and not is_late(found):
                return found
    return None


def _gives_way(found: Candidate, pool: list[Candidate], is_late: Callable[[Candidate], bool]) -> bool:
    """True if the head of the list only goes along with something else that brings a patient to the hospital.

    The list of a chart need not stand in the order of coding: "1. Type 2 diabetes 2. Acute pancreatitis".
    """
    codes = [c.code for c in pool]
    table, brings = _tables().reason, _tables().brings
    if table.of_code(found.code, codes) >= 0:
        return False
    return any(
        c.weight >= _REPORTED and not c.mandated and table.of_code(c.code, codes) >= brings and not is_late(c)
        for c in pool
    )


def _end_of_item(text: str, start: int) -> int:
    """Return where the line ends that stands at ``start``, or where that is bare, the next one."""
    found = _LETTERS.search(text, start)
    end = text.find("\n", found.start()) if found else -1
    return end if end >= 0 else len(text)


def _end_of_list(text: str, start: int) -> int:
    """Return where the lines end that follow a heading, at the first bare line behind one that is not."""
    first = _LETTERS.search(text, start)
    gap = _GAP.search(text, first.start()) if first else None
    return gap.start() if gap else len(text)


def _first_item(pool: list[Candidate], text: str, start: int, found: Candidate | None) -> Candidate | None:
    """Return the candidate that the first item of the list shortens ("osteo", "IgA nephro"), None where none is it.

    So it is only where the item itself led to no code, and a word of it begins a word of the candidate elsewhere.
    """
    item = _ITEM.match(text, start)
    if item is None or (found is not None and any(item.start() <= p < item.end() for p in _places(found))):
        return None
    stems = [w.lower() for w in _STEM.findall(item["item"])]
    for candidate in sorted(pool, key=lambda c: _places(c)[0]):
        for fact in candidate.facts:
            said = text[fact.mention.span.start : fact.mention.span.end].lower().split()
            if not fact.reason and any(word.startswith(stem) and word != stem for stem in stems for word in said):
                return candidate
    return None


_CLAUSE_END = re.compile(r"[;\n]|\.(?!\d)")
_ITEM = re.compile(r"[^\n\w]*\n?[ \t*#-]*(?:1[.)][ \t]*)?(?P<item>[^\n;]{3,120})")
_STEM = re.compile(r"\b[A-Za-z]{4,}\b")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_GAP = re.compile(r"\n[ \t]*\n")


def _extent(candidate: Candidate, place: int) -> int:
    return max((len(f.mention.atoms) for f in candidate.facts if f.mention.span.start == place), default=0)


def _names(candidate: Candidate, place: int) -> bool:
    """True if the mention at ``place`` was read as the category of the candidate, not joined to it by a combination."""
    return any(f.mention.span.start == place and f.code[:3] == candidate.code[:3] for f in candidate.facts)
