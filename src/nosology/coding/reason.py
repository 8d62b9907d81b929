"""What occasioned the admission, where no list of diagnoses says so (Guidelines, Section II, the UHDDS definition).

The prose is weighed: words that state the reason ("the reason she was admitted", "was admitted with"), where and how
often a condition is spoken of, whether it arose in the stay, whether it is only said to be stable or what its words
go on to do takes a hospital, whether the operation for which the patient came is one for it, and whether such a
condition ordinarily brings a patient to the hospital, goes along with another, or has been there for years. The
weights stand in the rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import log
from typing import Any, NamedTuple

from nosology.coding.candidates import Candidate, Fact
from nosology.lexicon.patterns import WordPattern, compile_words
from nosology.model.note import Status

__all__ = ["Reason", "weigh_reason"]


class Reason(NamedTuple):
    """The compiled table of the rule: patterns that state a reason, and the weights of codes and sections."""

    stated: tuple[tuple[WordPattern, float], ...]
    background: WordPattern
    aside: WordPattern
    treated: WordPattern
    elective: WordPattern
    electively: WordPattern
    operations: tuple[tuple[WordPattern, tuple[str, ...]], ...]
    sections: dict[str, float]
    codes: tuple[tuple[str, float, tuple[str, ...]], ...]
    numbers: dict[str, float]

    @classmethod
    def read(cls, data: Any) -> Reason:
        """Return the table of the rule's data."""
        return cls(
            tuple((compile_words(f"(?m){row['words']}"), float(row["weight"])) for row in data["stated"]),
            compile_words(data["background"]),
            compile_words(data["aside"]),
            compile_words(data["treated"]),
            compile_words(data["elective"]),
            compile_words(data["electively"]),
            tuple((compile_words(rf"\b{row['words']}\b"), tuple(row["codes"])) for row in data["operations"]),
            {kind: float(weight) for kind, weight in data["by_section"].items()},
            tuple(
                (prefix, float(row["weight"]), tuple(row.get("with", ())))
                for row in data["by_code"]
                for prefix in row["codes"]
            ),
            {name: float(value) for name, value in data["numbers"].items()},
        )

    def of_code(self, code: str, others: Sequence[str]) -> float:
        """Return the weight of the longest prefix of ``code`` that the table names beside the codes ``others``."""
        fits = [
            (len(prefix), bool(wanted), weight)
            for prefix, weight, wanted in self.codes
            if code.startswith(prefix) and (not wanted or any(o.startswith(wanted) for o in others))
        ]
        return max(fits, default=(0, False, 0.0))[2]


def weigh_reason(
    pool: Sequence[Candidate], text: str, table: Reason, *, is_late: Callable[[Candidate], bool]
) -> Candidate:
    """Return the candidate of ``pool`` (not empty) that the prose most likely gives as the reason for the admission.

    ``is_late`` says of a candidate whether it arose after admission.
    """
    stated = [(m.start(), m.end(), weight) for pattern, weight in table.stated for m in pattern.finditer(text)]
    codes = [c.code for c in pool]
    operated = _operated(text, table)
    ranked = [
        (
            -_score(c, text, table, stated, late=is_late(c))
            - table.of_code(c.code, codes)
            - (table.numbers["operated"] if operated and c.code.startswith(operated) else 0.0),
            _first(c),
            c.code,
            c,
        )
        for c in pool
    ]
    return min(ranked, key=lambda r: r[:3])[3]


def _operated(text: str, table: Reason) -> tuple[str, ...]:
    """Return what the operations treat for which the patient came, by the words ahead of them or behind."""
    told = [match[0] for match in table.elective.finditer(text)]
    told += [text[max(0, m.start() - _BEFORE) : m.start()] for m in table.electively.finditer(text)]
    came_for = "\n".join(told)
    return tuple(code for words, treats in table.operations if told and words.search(came_for) for code in treats)


def _first(candidate: Candidate) -> int:
    return min((f.mention.span.start for f in _live(candidate)), default=10**9)


def _live(candidate: Candidate) -> list[Fact]:
    return [f for f in candidate.facts if not f.reason]


def _score(
    candidate: Candidate, text: str, table: Reason, stated: list[tuple[int, int, float]], *, late: bool
) -> float:
    facts, numbers = _live(candidate), table.numbers
    score = 0.0
    if late:
        score -= numbers["late"]
    if candidate.mandated and not any(f.mention.terms[0] in _TOLD for f in facts):
        score -= numbers["mandated"]
    if not facts:
        return score - numbers["late"]
    places = [f.mention.span.start for f in facts]
    spans = [f.mention.span for f in facts]
    told = [
        s.start
        for s in spans
        if not _in_background(text, s.start, table.background) and not table.aside.match(text, s.end)
    ]
    if not told:
        score -= numbers["background"]
    elif any(_is_treated(text, s.end, table.treated) for s in spans if s.start in told):
        score += numbers["treated"]
    reach = int(numbers["reach"])
    reasons = [weight for start, end, weight in stated if any(_follows(text, start, end, p, reach) for p in told)]
    score += max(reasons, default=0.0)
    score += max(table.sections.get(f.kind, 0.0) + (numbers["heading"] if f.heading else 0.0) for f in facts)
    score += numbers["often"] * log(1 + len(set(places)))
    score += numbers["early"] * (1.0 - min(places) / max(1, len(text)))
    if all(f.mention.status is Status.POSSIBLE for f in facts):
        score -= numbers["uncertain"]
    return score


def _in_background(text: str, place: int, words: WordPattern) -> bool:
    """True if the words before ``place`` make it what a drug is taken for, or an operation of the past was done for."""
    return words.search(text, max(0, place - _BEHIND, text.rfind("\n", 0, place) + 1), place) is not None


def _is_treated(text: str, start: int, words: WordPattern) -> bool:
    """True if the clause that goes on at ``start``, or the head of the next sentence, tells what takes a hospital."""
    end = _clause_end(text, start)
    if words.search(text, start, end):
        return True
    return text[end : end + 1] == "." and words.search(text, end, _clause_end(text, end + 1, _NEXT)) is not None


def _clause_end(text: str, start: int, length: int = 0) -> int:
    stop = start + (length or _BEHIND)
    found = _CLAUSE_END.search(text, start, stop)
    return found.start() if found else stop


def _follows(text: str, start: int, end: int, place: int, reach: int) -> bool:
    """True if ``place`` lies within the words of the reason or shortly after, before a full stop."""
    if not start <= place < end + reach:
        return False
    return place < end or not _STOP.search(text, end, place)


_TOLD = ("rule:I.B.16-phrases", "rule:III-inpatient-status")  # codes that a phrase of the chart states
_BEHIND = 110  # characters before and behind a mention
_BEFORE = 60  # characters before "electively" in which the operation stands
_NEXT = 45  # characters of the next sentence
_CLAUSE_END = re.compile(r"[;\n]|\.(?=\s)")
_STOP = re.compile(r"[.;](?=\s)|\n[ \t]*\n|\n[A-Z][^\n:.]{2,60}:")
