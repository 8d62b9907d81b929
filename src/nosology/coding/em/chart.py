"""The note as the counting of a visit sees it: where decisions stand, and whether a statement is a decision at all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from nosology.coding.em.scan import Hit, scan
from nosology.coding.procedures.desk import ServiceDesk
from nosology.model.note import Evidence, Span, Status, Subject, Temporality
from nosology.rules.loader import Rule, rules_in_force

__all__ = ["VisitChart"]

_CLAUSE = re.compile(r"[;]| but |, however| however,|\. ")
_LONGEST = 320


class VisitChart:
    """One note with its sentences by what they are for; everything is worked out once.

    ``plan`` are the numbers of the sentences of assessment and plan, in order; of a note without such sections, those
    of the parts that have no heading. ``told`` are those of the history and of the complaint.
    """

    def __init__(self, desk: ServiceDesk) -> None:
        self.desk = desk
        self.note = desk.note
        self.text = desk.text
        self.rules: Mapping[str, tuple[Rule, ...]] = rules_in_force(desk.on, desk.setting.value)
        sections = self.note.sections
        problems = self.data("em_problems")
        care, history = set(problems["sections"]), set(problems["told"])
        self.kinds = tuple(sections[s.section].kind if sections else "" for s in self.note.sentences)
        self.lines = tuple(self.text[s.span.start : s.span.end] for s in self.note.sentences)
        if self.kinds and self.kinds[0] == "consultation":  # the title of the note, not what another advised
            opens = next((n for n, kind in enumerate(self.kinds) if kind != "consultation"), len(self.kinds))
            self.kinds = (*([""] * opens), *self.kinds[opens:])
        self.plan = tuple(n for n, kind in enumerate(self.kinds) if kind in care)
        if not any(self.kinds[n] not in ("instructions", "disposition") for n in self.plan):
            self.plan = tuple(n for n, kind in enumerate(self.kinds) if kind in care or kind == "")
        self.planned = frozenset(self.plan)
        self._starts = [sentence.span.start for sentence in self.note.sentences]
        self._hits: dict[str, tuple[tuple[int, Hit], ...]] = {}
        self.drugs: dict[int, list[tuple[str, int, int]]] = {}
        self.told = tuple(n for n, k in enumerate(self.kinds) if n not in self.planned and (k in history or k == ""))

    def data(self, check: str) -> Mapping[str, Any]:
        """Return the data of the rule that picks this check; every rule of visits stands once."""
        return self.rules[check][0].data

    def rule(self, check: str) -> Rule:
        """Return the rule that picks this check."""
        return self.rules[check][0]

    def find(self, pattern: str, numbers: tuple[int, ...]) -> Iterator[tuple[int, Hit]]:
        """Yield sentence and match of every place of the pattern in the sentences, in the order of the text."""
        hits = self._hits.get(pattern)
        if hits is None:
            hits = self._hits[pattern] = tuple(self._scan(pattern))
        if hits:
            wanted = frozenset(numbers)
            yield from (each for each in hits if each[0] in wanted)

    def _scan(self, pattern: str) -> Iterator[tuple[int, Hit]]:
        sentences = self.note.sentences
        for match in scan(pattern, self.text):
            number = bisect_right(self._starts, match.start()) - 1
            if number >= 0 and match.end() <= sentences[number].span.end:
                yield number, Hit(match, sentences[number].span.start)

    def evidence(self, number: int) -> Evidence:
        """Return the sentence as a quote."""
        span = self.note.sentences[number].span
        start, end = span.start, min(span.end, span.start + _LONGEST)
        quote = self.text[start:end]
        trimmed = quote.strip()
        start += len(quote) - len(quote.lstrip())
        return Evidence(Span(start, start + len(trimmed)), trimmed, self.kinds[number])

    def stated(self, number: int, start: int, end: int) -> bool:
        """True if the words at these places of the sentence are said of the patient, now, and neither denied nor
        conditional.
        """
        base = self.note.sentences[number].span.start
        status, subject, time, _cue = self.desk.asserted(Span(base + start, base + end), number)
        return (
            status in (Status.PRESENT, Status.POSSIBLE)
            and subject is Subject.PATIENT
            and time is not Temporality.HISTORICAL
        )

    def denied(self, number: int, start: int, end: int) -> bool:
        """True if the words at these places of the sentence are denied, or said of somebody else."""
        base = self.note.sentences[number].span.start
        status, subject, _time, _cue = self.desk.asserted(Span(base + start, base + end), number)
        return status is Status.ABSENT or subject is not Subject.PATIENT

    def title(self, number: int) -> str:
        """Return the heading of the section in which the sentence stands, "" without one."""
        return self.note.sections[self.note.sentences[number].section].title if self.note.sections else ""

    def clause(self, number: int, start: int) -> str:
        """Return what stands in the sentence before this place, back to the last break of a clause."""
        before = self.lines[number][:start]
        breaks = [found.end() for found in _CLAUSE.finditer(before)]
        return before[breaks[-1] if breaks else 0 :]
