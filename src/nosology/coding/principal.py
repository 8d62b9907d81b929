"""The principal diagnosis of an inpatient stay (Guidelines, Section II; chapter rules on sequencing in Section I.C).

The provider's own order decides first: what is labelled principal, then the head of the list of final diagnoses, then what the
narrative says the patient was admitted for. From the conditions that stand there, those that cannot be principal are passed over
(symptoms beside a diagnosis, manifestations, external causes, most status codes), and the chapter rules have the last word
(sepsis, poisoning, HIV disease, obstetrics, the newborn).
"""

from __future__ import annotations

import re

from nosology.coding.candidates import Candidate, Chart
from nosology.coding.reportable import is_symptom

__all__ = ["choose_principal"]

# Where a chart names its diagnoses, the surest first.
_ANCHORS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"\b(?:principal|primary)\b(?:[ \t]+(?:discharge|final|hospital|admitting))?[ \t]*(?:diagnos[ei]s|dx|problem)?[ \t]*[:\-–—]",
        r"\b(?:final|discharge|d/?c|readmission|postoperative)\b[ \t]+(?:diagnos[ei]s|dx(?:es)?|problems?)\b"
        r"|\b(?:diagnos[ei]s|dx(?:es)?)\b(?:[ \t]*list)?[ \t]+(?:at|on|upon)[ \t]+(?:discharge|dc|d/c)\b",
        r"^[ \t*#=_-]*(?:(?:hospital|active|discharge|main|readmission|dsm[- ]?5)[ \t]+)*(?:diagnos[ei]s|dx(?:es)?|problems?|impression|assessment)\b[^\n]{0,30}$"
        r"|^[ \t*#=_-]*(?:diagnos[ei]s|dx(?:es)?|impression|problems? list|hospital problems?|assessment)(?: list)?[ \t]*[:.\-–—]",
        r"^[ \t]*[#(]?1[).:]?[ \t]+(?=[A-Za-z])",
        r"\b(?:admitted|hospitali[sz]ed|readmitted|transferred|presented|presents|came in)\b[^.\n]{0,40}?\b(?:with|for|due to|because of|after)\b"
        r"|\badmission for\b|\breason for (?:admission|hospitali[sz]ation)\b|\bfound to have\b|\bdiagnosed with\b|\bconsistent with\b",
    )
)
_NARRATIVE = 4  # the anchor from which on only the narrative tells
_COURSE = re.compile(
    r"^[ \t*#=_-]*(?:brief |summary of )?(?:hospital )?course\b[^\n]{0,40}[:\n]", re.IGNORECASE | re.MULTILINE
)
_NEVER = (
    "V", "W", "X", "Y", "B95", "B96", "B97", "R65", "Z79", "Z68", "Z7", "Z8", "Z9", "Z16", "Z17", "Z18", "Z20", "Z23", "Z28", "Z33", "Z37",
    "Z3A", "Z5", "Z6", "Z66", "Z72", "Z73", "Z74", "F02", "Y9", "R29.7", "H54", "G63", "G99", "D63", "J12.82", "J91", "K77", "L62",
    "M36", "M90", "N08", "N16", "N29", "N37", "I85.1", "F17", "E78", "D62",
)  # fmt: skip
_CAN_Z = ("Z51.0", "Z51.1", "Z38", "Z52", "Z40", "Z45", "Z47", "Z48", "Z41", "Z42", "Z43", "Z46", "Z49", "Z50", "Z51.8")
_SEPSIS = (
    "A40",
    "A41",
    "A02.1",
    "A22.7",
    "A26.7",
    "A32.7",
    "A42.7",
    "B37.7",
    "A54.86",
    "T81.44",
    "O85",
    "O86.04",
    "P36",
)
_LOCAL = (
    "A49", "I33", "J0", "J1", "J2", "J69", "J85", "J86", "K35", "K57", "K61", "K63.1", "K65", "K75.0", "K80", "K81", "K83.0", "L0", "L89", "L97",
    "M00", "M46", "M86", "N1", "N3", "N4", "N7", "R65", "R78.81", "J96", "G93.41", "G92", "D65", "E87", "N17", "U07", "G00", "I26.90", "I76", "R57",
)  # fmt: skip
_HIV_RELATED = (
    "B59",
    "B37.8",
    "B37.1",
    "B25",
    "A31",
    "B45",
    "B58",
    "C46",
    "B39",
    "A07",
    "A15",
    "J13",
    "J15",
    "J18",
    "C85",
    "C83",
    "G93.4",
    "R64",
    "E43",
)
_REPORTED = 0.6


def choose_principal(coded: list[Candidate], chart: Chart) -> Candidate | None:
    """Return the principal diagnosis among ``coded``, None where no code may stand first."""
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
        pool = obstetric
    chosen = _first_named(pool, chart.text)
    return _by_chapter(chosen, pool, chart)


def _may_lead(candidate: Candidate) -> bool:
    code = candidate.code
    if code.startswith(_CAN_Z):
        return True
    if code.startswith("T") and len(code) == 8 and code[6] == "6" and code[:3] >= "T36" and code[:3] <= "T50":
        return False  # underdosing is never sequenced first (I.C.19.e.5.c)
    if code.startswith("T") and len(code) == 8 and code[6] in "56" and "T36" <= code[:3] <= "T50":
        return False  # the adverse effect follows its nature (I.C.19.e.5.a)
    return not code.startswith(_NEVER)


def _places(candidate: Candidate) -> list[int]:
    live = [f for f in candidate.facts if not f.reason]
    weak = [f.mention.span.start for f in live]
    return weak or [f.mention.span.start for f in candidate.facts]


def _first_named(pool: list[Candidate], text: str) -> Candidate:
    """Return the candidate that stands first after the surest place that names diagnoses."""
    places = {id(c): sorted(_places(c)) for c in pool}
    for number, anchor in enumerate(_ANCHORS):
        if number == _NARRATIVE and (headed := _first_problem(pool, text)) is not None:
            return headed
        for match in anchor.finditer(text):
            following = []
            for candidate in pool:
                place = next((p for p in places[id(candidate)] if p >= match.start()), None)
                if place is not None and place - match.end() < 260:
                    following.append((place, -_extent(candidate, place), candidate.mandated, candidate.code, candidate))
            if following:
                return min(following, key=lambda f: f[:4])[4]
    ranked = [((places[id(c)] or [10**9])[0], -c.weight, c.code, c) for c in pool]
    return min(ranked, key=lambda r: r[:3])[3]


def _first_problem(pool: list[Candidate], text: str) -> Candidate | None:
    """Return the first problem that opens a line of a hospital course told by problem."""
    match = _COURSE.search(text)
    if match is None:
        return None
    found = []
    for candidate in pool:
        for fact in candidate.facts:
            place = fact.mention.span.start
            if not fact.reason and fact.heading and 0 <= place - match.end() < 400:
                found.append((place, -len(fact.mention.atoms), candidate.code, candidate))
    return min(found, key=lambda f: f[:3])[3] if found else None


def _extent(candidate: Candidate, place: int) -> int:
    return max((len(f.mention.atoms) for f in candidate.facts if f.mention.span.start == place), default=0)


def _by_chapter(chosen: Candidate, pool: list[Candidate], chart: Chart) -> Candidate:
    """Apply the sequencing rules of the chapters to the condition that the chart names first."""
    code = chosen.code
    if code.startswith(_HIV_RELATED):
        if hiv := [c for c in pool if c.code == "B20"]:
            return hiv[0]  # I.C.1.a.2.a
    if code.startswith(_LOCAL):
        for sepsis in pool:
            if sepsis.code.startswith(_SEPSIS):
                return sepsis  # I.C.1.d.4
    poisonings = [c for c in pool if "T36" <= c.code[:3] <= "T65" and len(c.code) == 8 and c.code[6] in "1234"]
    if poisonings and not code.startswith(("T", "S")):
        near = [c for c in poisonings if abs(min(_places(c)) - min(_places(chosen))) < 400]
        if near:
            return min(near, key=lambda c: (min(_places(c)), c.code))  # I.C.19.e.5.b
    return chosen
