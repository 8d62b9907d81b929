"""The order of codes: principal or first-listed first, etiology before manifestation (Guidelines II, IV.G, I.A.13)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from nosology.codes.instructions import Instructions
from nosology.coding.candidates import Candidate, Chart, Fact
from nosology.coding.principal import choose_principal
from nosology.coding.reportable import is_symptom
from nosology.coding.substances import intent_of

__all__ = ["sequence_candidates"]

_ASSESSED = (
    "assessment",
    "assessment_and_plan",
    "impression",
    "diagnosis",
    "discharge_diagnosis",
    "principal_diagnosis",
    "postoperative_diagnosis",
)
_LISTS = ("diagnosis", "discharge_diagnosis", "principal_diagnosis", "postoperative_diagnosis")
# status and histories that explain a visit and are not its reason (I.C.21.c.3, I.C.21.c.4)
_STATUS = (
    *("Z16", "Z17", "Z66", "Z67", "Z68", "Z77", "Z78", "Z80", "Z81", "Z82", "Z83", "Z84", "Z88"),
    *("Z89", "Z90", "Z91", "Z95", "Z96", "Z97", "Z98", "Z99"),
)
_ORGANISMS = ("B95", "B96", "B97")  # supplementary codes: behind the disease that they cause
_ITEM = re.compile(r"\s*(?:[-*•·▪●◦○–—>+#]|\(?(?:\d{1,2}|[A-Za-z])[.)])\s?\S")
_INTRODUCES = re.compile(
    r"\b(?:year|yr|month)s?[- ]old\b|\by/?\.?o\b|\bhistory (?:is )?(?:of|significant|notable)\b", re.I
)  # a line that says who the patient is
# type 2 infarction and injury without infarction: the underlying cause first (I.C.9.e.5, Tabular List)
# so do manifestations of which the note names the cause only in words (I.A.13)
_MANIFESTATIONS = (
    *(
        "D63.8",
        "G53",
        "G63",
        "G94",
        "G99.2",
        "G99.8",
        "H42",
        "I32",
        "I41",
        "I43",
        "I52",
        "J17",
        "J91.0",
        "J91.8",
        "J99",
    ),
    *("K77", "L99", "N08", "N16", "N29"),
)
_LEFT_BY_STROKE = ("G40", "H5", "M21.3", "M62.4", "R2", "R4")
_AFTER_CAUSE = ("I21.A1", "I5A", *_MANIFESTATIONS)
_DIABETES = ("E08", "E09", "E10", "E11", "E13")
_DUE = re.compile(
    r"\b(?:due to|secondary to|2/2|d/t|from|caused by|because of|in (?:the )?setting of|attributed to)(?!\w)",
    re.I,
)
_BRINGS = re.compile(r"\b(?:causing|caus(?:ed|es)|leading to|led to|result(?:ed|ing) in|precipitat(?:ed|ing))\b", re.I)
_BEFORE_PRINCIPAL = ("E08", "E09", "E10", "E11", "E13", "I11", "I12", "I13", "U07", "B20", "O")


def sequence_candidates(
    coded: list[Candidate], chart: Chart, instructions: Instructions, is_late: Callable[[Candidate], bool]
) -> list[Candidate]:
    """Return ``coded`` in the order of report; ``is_late`` says of a candidate whether it arose after admission."""
    openers = frozenset() if chart.inpatient else _openers(coded, chart.text)
    # of the same words the complication of care comes before what it brought (I.C.19.g.4)
    coded = sorted(coded, key=lambda c: (_place(c, openers), not c.code.startswith("T8")))
    if not chart.inpatient:
        coded = _in_order_of_manifestation(coded, chart.text)
    principal = choose_principal(coded, chart, is_late) if chart.inpatient else None
    if principal is not None:
        coded.remove(principal)
        coded.insert(0, principal)
    return _etiology_first(coded, instructions, principal, chart.text)


def _in_order_of_manifestation(coded: list[Candidate], text: str) -> list[Candidate]:
    """Return ``coded`` with the diabetes codes of one line, wherever they are, in the order in which their
    manifestations stand there.
    """
    lines: dict[int, list[int]] = {}
    for place, candidate in enumerate(coded):
        if candidate.code.startswith(_DIABETES) and candidate.facts:
            lines.setdefault(text.rfind("\n", 0, _told_at(candidate, text)), []).append(place)
    order = list(coded)
    for places in lines.values():
        if len(places) > 1:
            told = sorted((coded[place] for place in places), key=lambda c: _told_at(c, text))
            for place, candidate in zip(places, told, strict=True):
                order[place] = candidate
    return order


def _told_at(candidate: Candidate, text: str) -> int:
    """Return where the last word of a code begins in the line of its first mention."""
    end = text.find("\n", min(f.mention.span.start for f in candidate.facts))
    end = len(text) if end < 0 else end
    return max(f.mention.spans[-1].start for f in candidate.facts if f.mention.span.start < end)


def _openers(coded: list[Candidate], text: str) -> frozenset[int]:
    """Return where the first diagnosis of each paragraph of an assessment stands that opens with none of its own.

    An assessment in prose ("He has a complete tear …") states its problems in paragraphs as a list does in items. What
    stands above the items of a list introduces the patient.
    """
    stated = [f for c in coded if not c.mandated for f in c.facts if not f.reason and f.kind in _ASSESSED]
    lines: dict[tuple[int, int], list[Fact]] = {}
    listed: dict[int, int] = {}  # section → where its first numbered or bulleted item begins
    for fact in stated:
        start = fact.mention.span.start
        begin = text.rfind("\n", 0, start) + 1
        lines.setdefault((fact.mention.section, begin), []).append(fact)
        if _ITEM.match(text, begin):
            listed[fact.mention.section] = min(begin, listed.get(fact.mention.section, begin))
    return frozenset(
        min(f.mention.span.start for f in facts)
        for (section, begin), facts in lines.items()
        if not any(f.heading for f in facts)
        and not begin < listed.get(section, begin)
        and not _INTRODUCES.search(text, begin, max(f.mention.span.end for f in facts))
    )


@lru_cache(maxsize=8192)
def _group_of(code: str) -> int:
    """Return 3 for external causes, 2 for the use of drugs, 1 for what else stands beside a disease, 0 for others."""
    if code.startswith(("V", "W", "X", "Y")):
        return 3
    return 2 if code.startswith("Z79") else int(code.startswith((*_STATUS, *_ORGANISMS)))


def _place(candidate: Candidate, openers: frozenset[int]) -> tuple[int, int, int, int]:
    """Return the sort key: what was assessed first, in the order of the chart; external causes and drug status last."""
    code, before = candidate.code, candidate.order[0]
    group = _group_of(code) or int(candidate.mandated)
    assessed = [f for f in candidate.facts if not f.reason and f.kind in _ASSESSED]
    if code.startswith(("I11", "I12", "I13")):  # its place is that of hypertension, not of what joins it
        assessed = [f for f in assessed if f.code.startswith("I1")] or assessed
    opening = [f for f in assessed if f.heading or f.mention.span.start in openers]
    headings = [f.mention.span.start for f in opening if f.kind in _LISTS] or [f.mention.span.start for f in opening]
    if candidate.order[1]:
        headings.append(candidate.order[1])
    if headings:
        return (before, group, 0, min(headings))
    if assessed:
        return (before, group, 1, min(f.mention.span.start for f in assessed))
    start = min(f.mention.span.start for f in candidate.facts) if candidate.facts else 0
    headed = [f.mention.span.start for f in candidate.facts if f.heading and not f.kind and not f.reason]
    if headed:  # "Wound 1: pressure ulcer …", in a note without sections
        return (before, group, 2, min(headed))
    return (before, group, 3 + is_symptom(code), start)


def _etiology_first(
    coded: list[Candidate], instructions: Instructions, chosen: Candidate | None, text: str
) -> list[Candidate]:
    """Move a code behind the one that its "code first" note, or the other's "use additional" note, puts before it.

    The principal diagnosis that the circumstances of admission chose gives way to a "code first" note and to the
    combination codes that name it (hypertension, diabetes, COVID-19), not to every note that wants it additionally.
    """
    order = list(coded)
    ahead = _precedents(coded, instructions, chosen, text)
    for _ in range(len(order) if ahead else 0):
        places = {c.code: place for place, c in enumerate(order)}
        for i, later in enumerate(order):
            behind = [places[code] for code in ahead.get(later.code, ()) if places[code] > i]
            if behind:
                order.insert(i, order.pop(min(behind)))
                break
        else:
            break
    return order


def _precedents(
    coded: list[Candidate], instructions: Instructions, chosen: Candidate | None, text: str
) -> dict[str, set[str]]:
    """Return for each code the codes that go before it, if there are any."""
    codes = sorted(c.code for c in coded)
    ahead: dict[str, set[str]] = {}
    for code in codes:
        if firsts := set(instructions.named("code_first", code, codes)):
            ahead.setdefault(code, set()).update(_of_same_words(coded, code, firsts) or firsts)
        for later in instructions.named("use_additional", code, codes):
            if code.startswith("Z9"):  # a status leads nothing, whatever it asks for
                continue
            if chosen is None or later != chosen.code or code.startswith(_BEFORE_PRINCIPAL):
                ahead.setdefault(later, set()).add(code)
    if "U09.9" in codes and (explained := _in_one_sentence(coded, "U09.9")):  # "long COVID with fatigue" (I.C.1.g.1.m)
        ahead.setdefault("U09.9", set()).update(explained)
    for code in codes:
        if code.startswith("I69") and code.endswith("98"):  # "use additional code to identify the sequela"
            for later in _in_one_sentence(coded, code):
                if later.startswith(_LEFT_BY_STROKE):
                    ahead.setdefault(later, set()).add(code)
    for code in codes:
        if code.startswith(_DIABETES) and code.endswith(".69"):  # "use additional code to identify complication"
            for later in _in_one_sentence(coded, code):
                if later.startswith("M86"):
                    ahead.setdefault(later, set()).add(code)
    for code in _AFTER_CAUSE:
        if code in codes and (causes := _causes(coded, code, text)):
            ahead.setdefault(code, set()).update(causes)
    for code, firsts in ahead.items():  # a poisoning stands first, adverse effect and underdosing behind (I.C.19.e.5)
        firsts.discard(code)
        if _is_drug(code, "1234"):
            firsts.clear()
        firsts.difference_update([first for first in firsts if _is_drug(first, "56")])
    return {code: firsts for code, firsts in ahead.items() if firsts}


def _of_same_words(coded: list[Candidate], code: str, firsts: set[str]) -> set[str]:
    """Return those of ``firsts`` that the words of ``code`` name: of "Alzheimer dementia" the Alzheimer's disease, not
    a hypothyroidism elsewhere in the chart, which dementia may have as its cause as well.
    """
    spans = [f.mention.span for c in coded if c.code == code for f in c.facts if not f.reason]
    return {
        c.code
        for c in coded
        if c.code in firsts and any(not f.reason and any(map(f.mention.span.overlaps, spans)) for f in c.facts)
    }


def _causes(coded: list[Candidate], code: str, text: str) -> set[str]:
    """Return the conditions to which a sentence lays ``code`` ("due to sepsis")."""
    facts = [f.mention for c in coded if c.code == code for f in c.facts if not f.reason]
    found = set()
    for candidate in coded:
        if candidate.code[0] in "RVWXYZ" or candidate.code == code:
            continue
        for other in (f.mention for f in candidate.facts if not f.reason):
            for mention in facts:
                if mention.sentence != other.sentence:
                    continue
                begin = mention.span.end if mention.span.end <= other.span.start else mention.span.start
                after = _DUE.search(text, begin, max(begin, other.span.start))
                before = _BRINGS.search(text, other.span.end, max(other.span.end, mention.span.start))
                if after or before:
                    found.add(candidate.code)
    return found


def _in_one_sentence(coded: list[Candidate], code: str) -> set[str]:
    """Return the conditions and symptoms that share a sentence with ``code``."""
    sentences = {f.mention.sentence for c in coded if c.code == code for f in c.facts if not f.reason}
    return {
        c.code
        for c in coded
        if c.code[0] not in "UVWXYZ" and any(not f.reason and f.mention.sentence in sentences for f in c.facts)
    }


def _is_drug(code: str, intents: str) -> bool:
    """True for a code of T36 to T50 with one of the intents."""
    return code[:3] <= "T50" and intent_of(code) in tuple(intents)
