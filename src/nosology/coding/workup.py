"""The desk at which the guidelines are applied: candidates of one note, what is known of it, and the moves a check
may make.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nosology.codes.icd10cm import Icd10cm
from nosology.codes.instructions import Instructions
from nosology.coding.candidates import NO_PLACE, Candidate, Chart, Fact
from nosology.coding.entries import Entry, find_entries
from nosology.coding.persons import Identifier, find_identifiers
from nosology.coding.prefixes import CATEGORY, Prefixes, begin_with, listed_prefixes, prefixes_of
from nosology.coding.substances import Substances
from nosology.model.coding import Query
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence, Mention, Note, Role, Section, Sentence, Span, Status
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["CHECKS", "PHASES", "Check", "Workup", "check", "concerned_by", "listed"]

# The order in which checks run. "chart": whose chart it is, its language, its dates, what is copied. "read": facts
# become other facts (history, status). "link": combination codes. "report": what is reportable. "conflict": statements
# that contradict each other. "mandate": codes that an instruction or guideline adds. "integral": what another code
# already says. "exclude": codes that exclude each other. "sequence": the order.
PHASES = ("chart", "read", "link", "report", "conflict", "mandate", "integral", "exclude", "sequence")
Check = Callable[["Workup", Rule], None]
CHECKS: dict[str, tuple[str, Check]] = {}
_Concerns = Callable[[Rule], Iterable[str]]
_CONCERNS: dict[str, _Concerns] = {}


def check(name: str, phase: str, concerns: _Concerns | None = None) -> Callable[[Check], Check]:
    """Register a check under the name that rule files pick it by, in one of the phases.

    ``concerns`` gives beginnings of codes for a rule: without a candidate of such a code, dropped or not, the check has
    nothing to do, and is not asked.
    """
    assert phase in PHASES, phase

    def register(function: Check) -> Check:
        assert name not in CHECKS, name
        CHECKS[name] = (phase, function)
        if concerns is not None:
            _CONCERNS[name] = concerns
        return function

    return register


def listed(*keys: str) -> _Concerns:
    """Return what a check concerns whose rule lists the codes in its data under ``keys``."""
    return lambda rule: [code for key in keys for code in rule.data[key]]


def concerned_by(rule: Rule) -> frozenset[str] | None:
    """Return the beginnings of codes that the check of a rule concerns; None where it is for all charts."""
    concerns = _CONCERNS.get(rule.check)
    return None if concerns is None else begin_with(concerns(rule))


def _is_stated(candidate: Candidate) -> bool:
    for fact in candidate.facts:  # noqa: SIM110 - asked of many, and a loop makes no generator
        if not fact.reason:
            return True
    return False


def _start_of(part: Section | Sentence) -> int:
    return part.span.start


@dataclass(slots=True)
class Workup:
    """The candidates of one note while the guidelines are applied; checks change them only through the methods."""

    candidates: list[Candidate]
    chart: Chart
    note: Note
    icd: Icd10cm
    instructions: Instructions
    rules: Mapping[str, tuple[Rule, ...]]
    threshold: float
    substances: Substances = field(default_factory=Substances)
    unread: list[tuple[Mention, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    asked: list[Query] = field(default_factory=list)
    withheld: str = ""  # why no code of the chart may be reported
    _entries: tuple[Entry, ...] | None = None
    _identifiers: tuple[Identifier, ...] | None = None
    _by_category: dict[str, list[Candidate]] = field(default_factory=dict)
    begun: set[str] = field(
        default_factory=set
    )  # the first one, two and three characters of the codes of all candidates
    heads: set[str] = field(default_factory=set)  # the categories of all candidates
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for candidate in self.candidates:
            self._enter(candidate)

    def _enter(self, candidate: Candidate) -> None:
        """Find the candidate by its category from now on."""
        code = candidate.code
        head = code[:CATEGORY]
        if head in self._by_category:
            self._by_category[head].append(candidate)
        else:
            self._by_category[head] = [candidate]
            self.heads.add(head)
            begun = self.begun
            begun.add(head)
            begun.add(code[:2])
            begun.add(code[:1])

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The dated entries of the chart, empty where it is one note."""
        if self._entries is None:
            self._entries = find_entries(self.chart.text)
        return self._entries

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """The names, record numbers and birth dates of the headers."""
        if self._identifiers is None:
            self._identifiers = find_identifiers(self.chart.text)
        return self._identifiers

    def categories(self) -> Mapping[str, list[Candidate]]:
        """Return all candidates, dropped or not, by their categories."""
        return self._by_category

    def live(self) -> list[Candidate]:
        """Return the candidates that nothing has taken out so far."""
        return [c for c in self.candidates if not c.dropped]

    def having(self, *prefixes: str, floor: float = 0.0) -> list[Candidate]:
        """Return the live candidates whose code begins with one of ``prefixes`` and that weigh at least ``floor``."""
        return self.among(prefixes_of(prefixes), floor)

    def having_any(self, codes: Sequence[str], floor: float = 0.0) -> list[Candidate]:
        """As :meth:`having`, for the prefixes that a rule or a module lists: a list that stays as it is."""
        return self.among(listed_prefixes(codes), floor)

    def known(self, codes: Sequence[str]) -> list[Candidate]:
        """Return the candidates, dropped or not, that begin as a rule or a module lists."""
        return self._beginning(listed_prefixes(codes))

    def among(self, wanted: Prefixes, floor: float = 0.0) -> list[Candidate]:
        """As :meth:`having`, for prefixes that were made ready."""
        return [c for c in self._beginning(wanted) if not c.dropped and c.weight >= floor]

    def _beginning(self, wanted: Prefixes) -> list[Candidate]:
        """Return all candidates, dropped or not, whose code begins with one of the prefixes, in order."""
        if wanted.short and not wanted.short.isdisjoint(self.begun):
            return [c for c in self.candidates if wanted.met_by(c.code)]
        if wanted.only:
            return self._of_category(wanted.only, wanted) if wanted.only in self._by_category else []
        found: list[Candidate] = []
        parts = 0
        for head in wanted.few or wanted.heads & self.heads:
            part = self._of_category(head, wanted) if head in self._by_category else None
            if part:
                found = [*found, *part] if found else part
                parts += 1
        if parts > 1:
            met = set(map(id, found))
            return [c for c in self.candidates if id(c) in met]
        return found

    def _of_category(self, head: str, wanted: Prefixes) -> list[Candidate]:
        candidates = self._by_category[head]
        prefixes = wanted.within[head]
        return [c for c in candidates if c.code.startswith(prefixes)] if prefixes else candidates

    def holds(self, wanted: Prefixes) -> bool:
        """False where no candidate, dropped or not, can have a code that begins so; True may be said of others."""
        return not wanted.begins.isdisjoint(self.begun)

    def documented(self, *prefixes: str) -> list[Candidate]:
        """Return candidates that the chart states as present, whether or not they are reported."""
        return [c for c in self._beginning(prefixes_of(prefixes)) if _is_stated(c)]

    def denied(self, prefix: str) -> bool:
        """True where the chart denies a condition whose code begins so ("no diabetic eye disease")."""
        for candidate in self._beginning(prefixes_of((prefix,))):
            for fact in candidate.facts:
                if fact.mention.status is Status.ABSENT:
                    return True
        return False

    def find(self, code: str) -> Candidate | None:
        """Return the candidate of exactly this code, dropped or not."""
        for candidate in self._by_category.get(code[:CATEGORY], ()):
            if candidate.code == code:
                return candidate
        return None

    def drop(self, candidate: Candidate, why: str) -> None:
        """Take a candidate out, with the reason that the coder will read."""
        candidate.dropped = why

    def raise_to(self, candidate: Candidate, weight: float, step: Step | None = None) -> None:
        """Raise the weight of a candidate to at least ``weight`` and let it count again if it only weighed too
        little.
        """
        candidate.weight = max(candidate.weight, weight)
        if candidate.dropped.startswith("mentioned"):
            candidate.dropped = ""
        if step:
            candidate.steps.append(step)

    def add(self, code: str, facts: Iterable[Fact], weight: float, step: Step, *, mandated: bool = False) -> Candidate:
        """Report ``code`` on the evidence of ``facts`` (never empty); an existing candidate takes the facts over."""
        gathered = [f for f in facts if not f.reason]
        assert gathered, f"{code} needs evidence"
        assert self.icd.is_billable(code), code
        candidate = self.find(code)
        if candidate is None:
            candidate = Candidate(code)
            self.candidates.append(candidate)
            self._enter(candidate)
        candidate.take(gathered)
        candidate.weight = max(candidate.weight, weight)
        candidate.dropped = ""
        candidate.mandated = candidate.mandated or mandated
        candidate.steps.append(step)
        return candidate

    def replace(self, old: Candidate, code: str, step: Step, with_facts: Iterable[Fact] = ()) -> Candidate:
        """Report ``code`` in the place of ``old``, which gives it its facts, weight and place."""
        new = self.add(code, [*old.facts, *with_facts], old.weight, step, mandated=old.mandated)
        if new is not old:
            if new.order == NO_PLACE:
                new.order = old.order
            new.cared = new.cared or old.cared
            new.steps = [*old.steps, *[s for s in new.steps if s not in old.steps]]
            old.dropped = f"{old.code} becomes {code} ({step.source})"
        return new

    def withhold(self, why: str) -> None:
        """Let no code of this chart be reported, whatever the later checks find."""
        self.withheld = self.withheld or why

    def report_finding(
        self, rule: Rule, evidence: Iterable[Evidence], *, message: str = "", severity: str = ""
    ) -> None:
        """Report what is wrong in the chart; message and severity are those of the rule where none are given."""
        quotes = tuple(evidence)
        self.findings.append(
            Finding(
                rule.id,
                Severity(severity or rule.severity),
                message or rule.message,
                where=quotes[0].section if quotes else "",
                evidence=quotes,
                citation=rule.citation,
                fix=str(rule.data.get("fix", "")),
            )
        )

    def quote(self, span: Span, role: Role = Role.SUPPORTS) -> Evidence:
        """Return the text at ``span`` as evidence, with the kind of the section that it stands in."""
        sections = self.note.sections
        number = bisect_right(sections, span.start, key=_start_of) - 1
        kind = sections[number].kind if number >= 0 else ""
        return Evidence(span, self.chart.text[span.start : span.end], kind, role)

    def sentence_number(self, place: int) -> int:
        """Return the number of the sentence that holds the code point ``place``, -1 before the first."""
        if not self._starts:
            self._starts = [s.span.start for s in self.note.sentences]
        return bisect_right(self._starts, place) - 1

    def sentence_of(self, fact: Fact) -> str:
        """Return the sentence in which a fact stands."""
        return self.sentence_at(fact.mention.sentence)

    def sentence_around(self, place: int) -> str:
        """Return the sentence in which a place of the text lies."""
        sentences = self.note.sentences
        return self.sentence_at(max(0, bisect_right(sentences, place, key=_start_of) - 1))

    def sentence_at(self, number: int) -> str:
        """Return the text of a sentence by its number."""
        span = self.note.sentences[number].span
        return self.chart.text[span.start : span.end]
