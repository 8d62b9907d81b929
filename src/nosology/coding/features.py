"""What the calibration looks at: one row of numbers for each suggested code, and one for the chart as a whole.

Every number comes from what the engine did with the chart; none stands for a particular code or phrase.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.reportable import is_symptom
from nosology.coding.suggest import Draft
from nosology.model.note import Note, Status, Temporality

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = [
    "CHART_FEATURES",
    "CODE_FEATURES",
    "RISING",
    "ChartReading",
    "FeatureReader",
    "may_be_taken_out",
    "sum_up_chances",
]

CODE_FEATURES = (
    "weight of the best statement",
    "stated in an assessment or a list of diagnoses",
    "opens a line there",
    "opens a line anywhere",
    "independent statements (log)",
    "kinds of sections",
    "a second statement shows care (MEAT)",
    "other words make it specific",
    "axes that the text leaves open",
    "read from the words alone",
    "term is a title or an inclusion term",
    "term is a drug",
    "found by the words of a rule",
    "asked for by an instruction",
    "hedged",
    "said of the past",
    "also denied, or otherwise not counted",
    "steps after the index",
    "best statement in a course of events",
    "best statement in a history",
    "best statement in a plan",
    "best statement under no heading",
    "words of the term (log)",
    "words of the term stand apart",
    "other readings of the words, rejected",
    "weight ahead of the best of them",
    "another code of the category, rejected",
    "another code of the category, coded",
    "place in the order (log)",
    "codes of the chart (log)",
    "inpatient",
    "symptom or sign",
    "chronic condition",
    "Z code",
    "injury or external cause",
    "unspecified",
    "other specified",
)

CHART_FEATURES = (
    "all codes right, if each stood by itself (log)",
    "log odds of the least sure code",
    "codes (log)",
    "stated in the assessment and not coded (log)",
    "weighed almost enough (log)",
    "stated and denied (log)",
    "mentions without a code (log)",
    "queries (log)",
    "length (log)",
    "inpatient",
)

RISING = frozenset(
    {
        "weight of the best statement",
        "stated in an assessment or a list of diagnoses",
        "independent statements (log)",
        "a second statement shows care (MEAT)",
        "all codes right, if each stood by itself (log)",
        "log odds of the least sure code",
    }
)
"""Features that may raise a probability and never lower it, whatever the training charts say."""

_ASSESSED, _COURSE, _HISTORY, _PLAN, _NONE, _OTHER = range(6)
_GROUPS = {
    **dict.fromkeys(
        (
            "assessment",
            "assessment_and_plan",
            "impression",
            "diagnosis",
            "discharge_diagnosis",
            "principal_diagnosis",
            "secondary_diagnosis",
            "postoperative_diagnosis",
        ),
        _ASSESSED,
    ),
    **dict.fromkeys(("hospital_course", "emergency_course", "consultation"), _COURSE),
    **dict.fromkeys(
        ("history_of_present_illness", "interval_history", "chief_complaint", "past_medical_history"), _HISTORY
    ),
    "plan": _PLAN,
    "": _NONE,
}
_STATED = CODE_FEATURES.index("stated in an assessment or a list of diagnoses")
_ACCOUNTS = ("V", "W", "X", "Y", "Z23", "Z89", "Z94", "Z95")
_ALMOST = 0.4  # weight from which a candidate that was not reported is near the threshold of what is
_SIX = (0.0,) * 6
_LOGS = tuple(math.log(max(n, 1)) for n in range(64))
_LOGS1 = tuple(math.log1p(n) for n in range(64))


@dataclass(frozen=True, slots=True)
class ChartReading:
    """One chart as the engine reads it: codes in order, the features of each, those of the chart from the third on.

    ``plain`` holds the scores without a calibration; ``offered`` the codes that the same words could have carried.
    """

    id: str
    codes: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    chart_row: tuple[float, ...]
    plain: tuple[float, ...]
    offered: tuple[tuple[str, ...], ...]

    def kept(self, chances: Sequence[float], suggest_at: float) -> list[bool]:
        """Return which codes stay suggested with the probabilities ``chances``."""
        return [
            chance >= suggest_at or not may_be_taken_out(place, code, row)
            for place, (chance, code, row) in enumerate(zip(chances, self.codes, self.rows, strict=True))
        ]


def may_be_taken_out(place: int, code: str, row: Sequence[float], *, judged: bool = False) -> bool:
    """Return whether a code may be taken out for being unlikely; ``place`` is its place in the order, from 0.

    The first in order stays, and so does what the chart states in an assessment or a list of diagnoses, unless coders
    of the site have ``judged`` the code. So does an external cause: it goes with its injury (I.C.20.a), and its place
    is the account of the event; and the vaccine of the visit, which stands where it was given (I.C.21.c.2). A limb
    that was taken off, an organ or a device of the vessels is reported beside a condition on which it bears
    (I.C.21.c.3).
    """
    return place > 0 and (judged or not (row[_STATED] or code.startswith(_ACCOUNTS)))


class FeatureReader:
    """Reads the features of drafts. Holds what it has learnt of codes; nothing of any note."""

    def __init__(self, icd: Icd10cm, chronic: Sequence[str]) -> None:
        self._icd = icd
        self.chronic = tuple(chronic)
        self._traits: dict[str, tuple[float, ...]] = {}

    def read_codes(
        self,
        draft: Draft,
        note: Note,
        cared: Collection[str],
        rejected: Sequence[Sequence[Candidate]],
    ) -> list[tuple[float, ...]]:
        """Return a row in the order of ``CODE_FEATURES`` for each candidate of the draft.

        ``cared`` are codes that the evidence shows to be cared for, ``rejected`` the other readings of the words
        (see ``coding.alternatives``).
        """
        candidates = draft.candidates
        coded: dict[str, int] = {}
        for candidate in candidates:
            category = candidate.code[:3]
            coded[category] = coded.get(category, 0) + 1
        dropped = {c.code[:3] for c in draft.dropped}
        many = _log(_LOGS, len(candidates))
        inpatient = float(draft.chart.inpatient)
        rows = []
        for place, candidate in enumerate(candidates):
            others = rejected[place]
            category = candidate.code[:3]
            rows.append(
                (
                    *_statements(candidate, note, candidate.code in cared),
                    float(bool(others)),
                    candidate.weight - others[0].weight if others else candidate.weight,
                    float(category in dropped),
                    float(coded[category] > 1),
                    _log(_LOGS, place + 1),
                    many,
                    inpatient,
                    *(self._traits.get(candidate.code) or self._learn(candidate.code)),
                )
            )
        return rows

    def read_chart(self, draft: Draft, note: Note, queries: int) -> tuple[float, ...]:
        """Return the values of ``CHART_FEATURES`` from the third on; :func:`sum_up_chances` gives the first two."""
        stated = almost = denied = 0
        for candidate in draft.dropped:
            if candidate.weight:
                almost += candidate.weight >= _ALMOST
                stated += any(not f.reason and _GROUPS.get(f.kind) == _ASSESSED for f in candidate.facts)
        for candidate in draft.candidates:
            denied += any(f.reason == "absent" for f in candidate.facts)
        return (
            _log(_LOGS1, len(draft.candidates)),
            _log(_LOGS1, stated),
            _log(_LOGS1, almost),
            _log(_LOGS1, denied),
            _log(_LOGS1, len(draft.unread)),
            _log(_LOGS1, queries),
            math.log(len(note.document.text) + 1),
            float(draft.chart.inpatient),
        )

    def _learn(self, code: str) -> tuple[float, ...]:
        """Return what the code itself says, and keep it."""
        title = self._icd.title(code).lower() if code in self._icd else ""
        traits = self._traits[code] = (
            float(is_symptom(code)),
            float(code.startswith(self.chronic)),
            float(code[0] == "Z"),
            float(code[0] in "STVWXY"),
            float("unspecified" in title),
            float("other" in title.split()),
        )
        return traits


def sum_up_chances(chances: Sequence[float]) -> tuple[float, float]:
    """Return the first two chart features: the log of the product of ``chances``, and the log odds of the least."""
    if not chances:
        return 0.0, 0.0
    held = [min(1 - 1e-6, max(1e-6, chance)) for chance in chances]
    least = min(held)
    return sum(map(math.log, held)), math.log(least / (1 - least))


def _statements(candidate: Candidate, note: Note, cared: bool) -> tuple[float, ...]:
    """Return the features that the statements of the candidate give."""
    best: Fact | None = None
    sentences: set[int] = set()
    kinds: set[str] = set()
    assessed = opens_there = opens = hedged = past = dead = False
    for fact in candidate.facts:
        if fact.reason:
            dead = True
            continue
        mention = fact.mention
        sentences.add(mention.sentence)
        kinds.add(fact.kind)
        if fact.heading:
            opens = True
        if _GROUPS.get(fact.kind, _OTHER) == _ASSESSED:
            assessed = True
            opens_there = opens_there or fact.heading
        if mention.status is Status.POSSIBLE:
            hedged = True
        if mention.temporality is Temporality.HISTORICAL:
            past = True
        if (
            best is None
            or fact.weight > best.weight
            or (fact.weight == best.weight and mention.span.start < best.mention.span.start)
        ):
            best = fact
    steps = min(3, len(candidate.steps) - 1)
    mandated, specific = float(candidate.mandated), float(bool(candidate.specifies))
    if best is None:  # a code that a rule brought in on evidence that does not count by itself
        uncounted = (0.0, 0.0, float(dead))
        return (candidate.weight, *_SIX, specific, *_SIX[:5], mandated, *uncounted, float(steps), *_SIX)
    mention = best.mention
    source = mention.terms[0]
    group = _GROUPS.get(best.kind, _OTHER)
    return (
        candidate.weight,
        float(assessed),
        float(opens_there),
        float(opens),
        _log(_LOGS, len(sentences) if len(sentences) < 2 else _count_different(sentences, note)),
        float(min(len(kinds), 3)),
        float(cared),
        specific,
        float(len(best.refined.open_axes)),
        float(best.code == candidate.code),
        float(source == "title" or source == "inclusion term"),
        float(source.startswith("drug:")),
        float(source.startswith("rule")),
        mandated,
        float(hedged),
        float(past),
        float(dead),
        float(steps),
        float(group == _COURSE),
        float(group == _HISTORY),
        float(group == _PLAN),
        float(group == _NONE),
        _log(_LOGS1, len(mention.atoms)),
        float(len(mention.spans) > 1),
    )


def _count_different(sentences: set[int], note: Note) -> int:
    """Return how many of the sentences say something of their own: a copy is no independent statement."""
    text = note.document.text
    spans = (note.sentences[number].span for number in sentences)
    return len({" ".join(text[span.start : span.end].casefold().split()) for span in spans})


def _log(table: tuple[float, ...], count: int) -> float:
    return table[count] if count < 64 else math.log(count)
