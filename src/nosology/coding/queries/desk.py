"""The desk at which queries are written: what the chart documents, its clinical indicators, and quotes of both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from nosology.codes.icd10cm import Icd10cm
from nosology.coding.candidates import Candidate, Chart, Fact
from nosology.coding.index import TabularWalk
from nosology.model.coding import Query
from nosology.model.finding import Finding
from nosology.model.note import Evidence, Indicator, Mention, Note, Role, Span, Status, Subject, Temporality
from nosology.rules.loader import Rule

__all__ = ["ASKS", "CLOSING", "Ask", "Asked", "Indicators", "Prefixes", "QueryDesk", "Statement", "asks", "prefixes"]

CLOSING = ("other (please specify)", "unable to determine")
_LONGEST = 200  # code points of a quote
_MOST_QUOTES = 7
_CLAUSE = re.compile(r"[;\n•|]")
_MARK = re.compile(r"[\s•*–—#-]*(?:\(?\d{1,2}[.)]\s+)?")  # bullet or number of a list item


class Indicators(Protocol):
    """The clinical indicators of the note: those whose words stand in it, and what is really said of one."""

    @property
    def names(self) -> KeysView[str]: ...

    def of(self, name: str) -> tuple[Indicator, ...]: ...


class Statement(NamedTuple):
    """One condition as the chart states it: its code, where, and why it does not count ("" where it does).

    ``read`` is False where the code was made of this and other statements.
    """

    code: str
    mention: Mention
    kind: str
    reason: str
    read: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its place in the order (higher first), the codes that no other query need ask about, what is
    found, and the rules of which any query takes the place of this one.
    """

    importance: int
    query: Query
    covers: tuple[str, ...] = ()
    finding: Finding | None = None
    yields_to: tuple[str, ...] = ()


Ask = Callable[["QueryDesk", Rule], Iterable[Asked]]
ASKS: dict[str, Ask] = {}


def asks(name: str) -> Callable[[Ask], Ask]:
    """Register a kind of query under the name that rule files pick it by."""

    def register(function: Ask) -> Ask:
        assert name not in ASKS, name
        ASKS[name] = function
        return function

    return register


class Prefixes:
    """Prefixes of codes, ready to be looked up: by category, and those that are shorter than one."""

    __slots__ = ("_heads", "_short", "all")

    def __init__(self, codes: Iterable[str]) -> None:
        self.all = tuple(codes)
        self._heads = tuple(dict.fromkeys(p[:3] for p in self.all if len(p) >= 3))
        self._short = tuple(p for p in self.all if len(p) < 3)

    def among(self, categories: Mapping[str, object]) -> list[str]:
        """Return the categories under which such codes can stand."""
        found = [head for head in self._heads if head in categories]
        if self._short:
            found += [c for c in categories if c.startswith(self._short) and c not in found]
        return found


_PREFIXES: dict[int, tuple[Sequence[str], Prefixes]] = {}


def prefixes(codes: Sequence[str]) -> Prefixes:
    """Return the prefixes of a list that stands in a rule; made once, as rules are kept for the life of the process."""
    known = _PREFIXES.get(id(codes))
    if known is None or known[0] is not codes:
        known = _PREFIXES[id(codes)] = (codes, Prefixes(codes))
    return known[1]


def _is_stated(mention: Mention) -> bool:
    return (
        mention.subject is Subject.PATIENT
        and mention.status in (Status.PRESENT, Status.POSSIBLE)
        and (mention.temporality is Temporality.CURRENT or mention.cue == "section")
    )


@dataclass(slots=True)
class QueryDesk:
    """One coded note, before it is presented; nothing here changes a code."""

    coded: list[Candidate]
    dropped: list[Candidate]
    categories: Mapping[str, list[Candidate]]  # all candidates; each code that was read has its own, reported or not
    chart: Chart
    note: Note
    indicators: Indicators
    icd: Icd10cm
    walk: TabularWalk
    rules: Mapping[str, tuple[Rule, ...]]
    _reported: dict[str, list[Candidate]] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)

    def _by_report(self) -> dict[str, list[Candidate]]:
        if not self._reported:
            for candidate in self.coded:
                self._reported.setdefault(candidate.code[:3], []).append(candidate)
        return self._reported

    def _among(self, codes: Prefixes) -> list[Candidate]:
        """Return the candidates with such a code."""
        known = self.categories
        return [c for category in codes.among(known) for c in known[category] if c.code.startswith(codes.all)]

    def touches(self, codes: Prefixes) -> bool:
        """True if the chart names any condition in the category of such a code."""
        return bool(codes.among(self.categories))

    def codes_among(self, codes: Prefixes) -> int:
        """Return how many different codes of that kind the chart names, whatever became of them."""
        return len(self._among(codes))

    def knows(self, codes: Prefixes) -> bool:
        """True if the chart names any condition with such a code, whatever became of it."""
        return bool(self._among(codes))

    def under(self, codes: Prefixes) -> list[Statement]:
        """Return the statements of conditions with such codes, whatever became of them."""
        return [
            Statement(c.code, fact.mention, fact.kind, fact.reason, fact.code == c.code)
            for c in self._among(codes)
            for fact in c.facts
        ]

    def addresses(self, codes: Prefixes) -> bool:
        """True if the chart speaks of such a condition in this patient at all: stated, suspected or denied."""
        return any(
            fact.mention.subject is Subject.PATIENT
            and fact.mention.status not in (Status.HYPOTHETICAL, Status.CONDITIONAL)
            and (fact.mention.temporality is Temporality.CURRENT or fact.mention.cue == "section")
            for candidate in self._among(codes)
            for fact in candidate.facts
        )

    def states(self, codes: Prefixes) -> list[Statement]:
        """Return the statements that the patient has such a condition now, surely or probably."""
        return [s for s in self.under(codes) if _is_stated(s.mention)]

    def has(self, codes: Prefixes) -> bool:
        """True if the chart states that the patient has such a condition now, surely or probably."""
        return any(_is_stated(fact.mention) for candidate in self._among(codes) for fact in candidate.facts)

    def reports(self, codes: Prefixes) -> list[Candidate]:
        """Return the reported candidates with such a code that rest on statements of the chart."""
        return [
            candidate
            for category in codes.among(self._by_report())
            for candidate in self._reported[category]
            if candidate.code.startswith(codes.all) and any(not f.reason for f in candidate.facts)
        ]

    def kinds(self) -> set[str]:
        """Return the kinds of the sections in which the chart names conditions."""
        return {fact.kind for candidate in (*self.coded, *self.dropped) for fact in candidate.facts}

    def statement_of(self, candidate: Candidate, codes: Prefixes) -> Fact:
        """Return the fact that speaks loudest for a reported candidate, one of those codes if there is any."""
        live = [f for f in candidate.facts if not f.reason] or candidate.facts
        own = [f for f in live if f.code.startswith(codes.all)] or live
        return max(own, key=lambda f: (f.weight, -f.mention.span.start))

    def said(self, pattern: re.Pattern[str]) -> bool:
        """True if the words stand anywhere in the note."""
        return pattern.search(self.chart.text) is not None

    def age(self) -> float | None:
        """Return the patient's age in years, from the call or else from the note; None if unsaid."""
        if self.chart.age is not None:
            return self.chart.age
        if "Z38" in self.categories:  # a birth record
            return 0
        return next((told.age for told in self.chart.introductions if told.age is not None), None)

    def section_of(self, place: int) -> str:
        """Return the kind of the section in which a place of the text lies."""
        if not self._starts:
            self._starts = [s.span.start for s in self.note.sentences]
        at = max(0, bisect_right(self._starts, place) - 1)
        return self.note.sections[self.note.sentences[at].section].kind if self._starts else ""

    def quote(self, spans: Iterable[Span], role: Role = Role.SUPPORTS) -> tuple[Evidence, ...]:
        """Return the clauses in which the spans stand, each once, in the order given; quotes equal the text."""
        chosen: list[Span] = []
        for span in spans:
            wide = self._clause(span)
            if any(known.start <= span.start and span.end <= known.end for known in chosen):
                continue
            chosen = [known for known in chosen if not (wide.start <= known.start and known.end <= wide.end)]
            chosen.append(wide)
        text = self.chart.text
        return tuple(Evidence(s, text[s.start : s.end], self.section_of(s.start), role) for s in chosen[:_MOST_QUOTES])

    def _clause(self, span: Span) -> Span:
        """Return the clause around a span, at most :data:`_LONGEST` long, cut between words."""
        text = self.chart.text
        if not self._starts:
            self._starts = [s.span.start for s in self.note.sentences]
        first = self.note.sentences[max(0, bisect_right(self._starts, span.start) - 1)].span
        last = self.note.sentences[max(0, bisect_right(self._starts, max(span.start, span.end - 1)) - 1)].span
        start, end = first.start, max(last.end, span.end)
        for match in _CLAUSE.finditer(text, start, end):
            if match.end() <= span.start:
                start = match.end()
            elif match.start() >= span.end:
                end = match.start()
                break
        room = max(0, _LONGEST - len(span)) // 2
        if start < span.start - room:
            blank = text.find(" ", span.start - room, span.start)
            start = blank + 1 if blank >= 0 else span.start
        if end > span.end + room:
            blank = text.rfind(" ", span.end, span.end + room)
            end = blank if blank >= 0 else span.end
        mark = _MARK.match(text, start, span.start)
        start = mark.end() if mark else start
        while end > span.end and text[end - 1].isspace():
            end -= 1
        return Span(start, end)
