"""Problems addressed at the visit: the coded diagnoses that the assessment and plan speak of, each with its kind."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nosology.coding.drug_list import drug_list
from nosology.coding.em.chart import VisitChart
from nosology.coding.em.drugs import find_drugs
from nosology.coding.em.scan import compiled
from nosology.coding.em.separate import find_procedures
from nosology.model.coding import CodeSuggestion
from nosology.model.note import Evidence
from nosology.model.visit import Counted, Element, Level

__all__ = ["Problem", "count_problems", "gather_problems"]

_NUMBERED = re.compile(r"^\s*(?:[-•*#]|\d{1,2}[.)])?\s*")
_LISTED = re.compile(r"[,;/+&]|\band\b|\bplus\b", re.IGNORECASE)
_LINKED = re.compile(
    r"\b(?:with|w/|due|from|secondary|of|in|because|after|complicat\w+|caus\w+|by|related|associated|on|for)\b",
    re.IGNORECASE,
)
_CAUSED = re.compile(r"\b(?:due to|d/t|secondary to|2/2|caused by|because of|from|related to)\b", re.IGNORECASE)
_ULCER = re.compile(r"E(?:08|09|10|11|13)\.62[12]|I83\.[02]|I87\.[03]|I70\.[2-7]")
_ITEM = re.compile(r"\s*#?(\d{1,2})[.)](?!\d)")
_STATUS = ("R", "Z4", "Z8", "Z9")  # codes that stand for the problem where nothing else is coded
_BETWEEN = 60  # code points between two problems of one list
_LABEL = 75  # code points of a line that only names a problem
_VERBS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|continue|start|should|reports?|presents?|recommend\w*|discussed|order)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Problem:
    """One problem: its codes, the sentence that names it, and the sentences that speak of it."""

    codes: list[str]
    named: int
    sentences: list[int] = field(default_factory=list)


def count_problems(chart: VisitChart) -> Element:
    """Return the row of problems: each addressed problem with its kind, and the level that they make together."""
    data = chart.data("em_problems")
    counted = []
    problems = gather_problems(chart)
    for problem in problems:
        kind, shown = _Kinds(chart, problem, alone=len(problems) == 1, first=problem is problems[0]).find()
        quotes = tuple(dict.fromkeys(chart.evidence(number) for number in (problem.named, *shown)))
        name = data["labels"][kind]
        counted.append(Counted(kind, name, Level(data["levels"][kind]), quotes, tuple(problem.codes)))
    return _weigh(_beyond_procedures(chart, problems, counted), data)


def _beyond_procedures(chart: VisitChart, problems: Sequence[Problem], counted: list[Counted]) -> list[Counted]:
    """Return what was addressed beside the procedures of the visit: a problem that only these treated is theirs."""
    done = frozenset(number for number, _match in find_procedures(chart))
    if not done:
        return counted
    kept = [
        each
        for problem, each in zip(problems, counted, strict=True)
        if each.kind not in ("stable", "acute", "minor")
        or not done.intersection((problem.named, *problem.sentences))
        or any(find_drugs(chart, number) for number in problem.sentences)
    ]
    return kept or counted[:1]


def _weigh(counted: list[Counted], data: object) -> Element:
    assert hasattr(data, "__getitem__")
    level, why = Level.STRAIGHTFORWARD, "no problem is addressed"
    for each in counted:
        if why.startswith("no problem") or each.level.number > level.number:
            level, why = each.level, f"one problem: {each.name}"
    for kind, (least, reached) in data["several"].items():
        same = [each for each in counted if each.kind == kind]
        if len(same) >= least and Level(reached).number > level.number:
            level, why = Level(reached), f"{len(same)} problems: {same[0].name}"
    return Element("problems", level, why, tuple(counted))


def gather_problems(chart: VisitChart) -> list[Problem]:
    """Return the problems that are addressed, in the order of the assessment.

    A problem is what one line of the assessment names; codes that rest on the same line are one problem. Where no
    diagnosis stands in the assessment, the first-listed diagnosis is the problem.
    """
    data = chart.data("em_problems")
    none = tuple(data["none"])
    suggestions = [
        s
        for s in chart.desk.diagnoses
        if s.system == "icd10cm" and (not s.code.startswith(none) or s.code.startswith(tuple(data["surveillance"])))
    ]
    by_sentence: dict[int, list[str]] = {}
    for suggestion in suggestions:
        for number in _places(chart, suggestion):
            codes = by_sentence.setdefault(number, [])
            if suggestion.code not in codes:
                codes.append(suggestion.code)
    listed = [
        Problem(codes, number)
        for number in sorted(by_sentence)
        for codes in _clusters(chart, number, by_sentence[number])
    ]
    problems = _join_manifestations(_merge(listed, chart), chart)
    coded = suggestions or [s for s in chart.desk.diagnoses if s.system == "icd10cm" and s.code.startswith(_STATUS)]
    if not problems and coded:
        first = coded[0]
        numbers = [_sentence_of(chart, piece) for piece in first.evidence]
        problems = [Problem([first.code], numbers[0])]
    _share_out(chart, problems)
    return problems


def _sentence_of(chart: VisitChart, piece: Evidence) -> int:
    """Return the number of the sentence in which a quote begins."""
    starts = [sentence.span.start for sentence in chart.note.sentences]
    return max(0, bisect_right(starts, piece.span.start) - 1)


def _clusters(chart: VisitChart, number: int, codes: list[str]) -> list[list[str]]:
    """Return the codes of one sentence by the problems that it lists: "hypertension, diabetes and gout" are three."""
    if len({code[:3] for code in codes}) < 2:
        return [codes]
    spans: dict[str, tuple[int, int]] = {}
    for mention in chart.note.mentions:
        if mention.sentence == number and mention.codes:
            for code in codes:
                if mention.codes[0][:3] == code[:3]:
                    spans.setdefault(code, (mention.span.start, mention.span.end))
    found: list[list[str]] = []
    end = 0
    for code in sorted(codes, key=lambda each: spans.get(each, (0, 0))):
        start, stop = spans.get(code, (0, 0))
        between = chart.text[end:start] if end and start >= end else ""
        apart = _LISTED.search(between) is not None and _LINKED.search(between) is None
        if found and not (apart and code[0] not in "RZG" and len(between) < _BETWEEN):
            found[-1].append(code)
        else:
            found.append([code])
        end = max(end, stop)
    return found


def _places(chart: VisitChart, suggestion: CodeSuggestion) -> list[int]:
    """Return the sentences of the assessment on which the code rests: those that name it alone, else the first."""
    numbers = [_sentence_of(chart, piece) for piece in suggestion.evidence]
    numbers = [number for number in dict.fromkeys(numbers) if number in chart.planned]
    labels = [number for number in numbers if _is_label(chart.lines[number])]
    return labels or numbers[:1]


def _is_label(line: str) -> bool:
    words = _NUMBERED.sub("", line).strip()
    return 0 < len(words) <= _LABEL and _VERBS.search(words) is None


def _merge(problems: list[Problem], chart: VisitChart) -> list[Problem]:
    """Codes that stand on several lines are one problem, named first; a code inside another's part belongs to it."""
    kept: list[Problem] = []
    for problem in problems:
        alike = next((k for k in kept if {c[:3] for c in k.codes} & {c[:3] for c in problem.codes}), None)
        if alike is None and all(
            code.startswith("L97") for code in problem.codes
        ):  # the ulcer of a disease coded first
            alike = next((k for k in kept if any(_ULCER.match(code) for code in k.codes)), None)
        if alike is None and kept and not _is_label(chart.lines[problem.named]):
            before = kept[-1]
            between = range(before.named + 1, problem.named)
            inside = _is_label(chart.lines[before.named]) and chart.kinds[before.named] == chart.kinds[problem.named]
            if inside and not any(_is_label(chart.lines[n]) and _starts_line(chart, n) for n in between):
                signs = all(code[0] in "RZ" or code.startswith(("I34", "I35", "K57")) for code in problem.codes)
                alike = before if signs else None
        if alike is None:
            kept.append(problem)
        else:
            alike.codes.extend(code for code in problem.codes if code not in alike.codes)
            alike.sentences.append(problem.named)
    return kept


def _join_manifestations(problems: list[Problem], chart: VisitChart) -> list[Problem]:
    """A symptom that the line puts down to another problem of the list is part of that one: "pruritus due to" it."""
    data = chart.data("em_problems")
    signs = (*data["symptom"], *data["minor"])
    kept: list[Problem] = []
    for problem in problems:
        cause = None
        if len(problems) > 1 and all(code.startswith(tuple(signs)) for code in problem.codes):
            start = chart.note.sentences[problem.named].span.start
            if link := _CAUSED.search(chart.lines[problem.named]):
                heads = {
                    mention.codes[0][:3]
                    for mention in chart.note.mentions
                    if mention.sentence == problem.named and mention.codes and mention.span.start >= start + link.end()
                }
                others = (each for each in problems if each is not problem)
                cause = next((each for each in others if heads & {code[:3] for code in each.codes}), None)
        if cause is None:
            kept.append(problem)
        else:
            cause.codes.extend(code for code in problem.codes if code not in cause.codes)
            cause.sentences.append(problem.named)
    return kept


def _begins_another(chart: VisitChart, number: int) -> bool:
    """True if the line is the label of something that is no problem of the list."""
    line = chart.lines[number]
    return _is_label(line) and _starts_line(chart, number) and ":" not in line


def _starts_line(chart: VisitChart, number: int) -> bool:
    start = chart.note.sentences[number].span.start
    return start == 0 or "\n" in chart.text[max(0, start - 4) : start]


def _share_out(chart: VisitChart, problems: Sequence[Problem]) -> None:
    """Give each sentence of the plan to the problem that it speaks of."""
    if not problems:
        return
    if len(problems) == 1:
        problems[0].sentences = [n for n in chart.plan if n != problems[0].named]
        return
    owner: dict[str, Problem] = {}
    for problem in problems:
        for code in problem.codes:
            owner.setdefault(code[:3], problem)
    named: dict[int, Problem] = {}
    for mention in chart.note.mentions:
        found = owner.get(mention.codes[0][:3]) if mention.codes else None
        if found is not None and mention.sentence in chart.planned:
            named.setdefault(mention.sentence, found)
    named |= {problem.named: problem for problem in problems}
    by_item = {
        item[1]: problem
        for problem in reversed(problems)
        for at in (problem.named, *problem.sentences)
        if (item := _ITEM.match(chart.lines[at]))
    }
    current: Problem | None = None
    section = chart.note.sentences[problems[0].named].section if chart.note.sentences else 0
    for number in chart.plan:
        if chart.note.sentences[number].section != section:
            section = chart.note.sentences[number].section
            current = problems[0] if chart.kinds[number] == "plan" else current  # a plan of its own, until it names one
        if number in named:
            current = named[number]
        elif chart.kinds[number] == "plan" and (item := _ITEM.match(chart.lines[number])):
            current = by_item.get(item[1], current)  # the items of a plan bear the numbers of the problems
        elif (treated := _treated(chart, number, problems)) is not None:
            current = treated
        elif chart.kinds[number] in ("instructions", "disposition") or _begins_another(chart, number):
            current = None
        if current is not None and number != current.named and number not in current.sentences:
            current.sentences.append(number)


def _treated(chart: VisitChart, number: int, problems: Sequence[Problem]) -> Problem | None:
    """Return the one problem that the drugs of the sentence usually treat; None where there is none, or several."""
    found = None
    for name, _start, _end in find_drugs(chart, number):
        heads = drug_list()[name].treats
        for problem in problems:
            if heads and any(code.startswith(heads) for code in problem.codes):
                if found is not None and found is not problem:
                    return None
                found = problem
    return found


class _Kinds:
    """Finds the kind of one problem from its codes and from what the note says of it."""

    def __init__(self, chart: VisitChart, problem: Problem, *, alone: bool, first: bool) -> None:
        self.chart, self.problem = chart, problem
        self.data = chart.data("em_problems")
        self.own = (problem.named, *sorted(problem.sentences))
        told = chart.told if alone or (first and problem.codes[0][0] not in "Z") else ()
        self.wide = (*self.own, *(told if alone else ()))
        self.alone = alone

    def find(self) -> tuple[str, tuple[int, ...]]:
        """Return the kind and the sentences that show it."""
        looked_for = compiled(self.data["danger_not"])
        danger = tuple(n for n in self._said("danger", self.own) if not looked_for.search(self.chart.lines[n]))
        if danger or self._is("threat"):
            return "threat", danger
        if severe := self._said("severe", self.own):
            return "severe", severe
        if self._is("injury") or (self._is("fracture") and any(code[-1] in "AB" for code in self.problem.codes)):
            return ("minor", ()) if self._is("minor") else self._injury()
        if self._is("aftercare") or (self._is("none") and not self._is("surveillance")):
            return "minor", ()
        if self._is("surveillance") or self._is("chronic"):
            return self._chronic()
        if not self._is("brief") and (lasting := self._lasting()):
            kind, shown = self._chronic()
            return kind, (*lasting, *shown)
        if self._is("symptom") or self._is("uncertain"):
            return self._symptom()
        if self._is("systemic"):
            return "systemic", ()
        body = self._said("symptoms_of_body", (*self.wide, *self.chart.told))
        if self._is("systemic_with_symptoms") and body and not self._is("minor"):
            return self._systemic_or_not(body)
        if self._is("minor"):
            return "minor", ()
        begun = compiled(self.data["begun"])
        other = compiled(self.data["screening"])  # an examination of the healthy is no search for this problem's cause
        work = tuple(
            n
            for n in self._said("invasive_workup", self.own)
            if begun.search(self.chart.lines[n]) and not other.search(self.chart.lines[n])
        )
        if work and self.alone:
            return "undiagnosed", work[:1]
        if (doubt := self._said("doubt", (self.problem.named,), any_status=True)) and self._said("workup", self.own):
            return "undiagnosed", doubt
        return "acute", ()

    def _systemic_or_not(self, body: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
        """A minor infection with fever stays what it is; anything deeper has symptoms of the whole body."""
        light = ("J0", "J20", "J40", "H66", "B34", "K52", "N30", "A49")
        if all(code.startswith(light) for code in self.problem.codes):
            return "acute", ()
        return "systemic", body[:1]

    def _chronic(self) -> tuple[str, tuple[int, ...]]:
        worse = self._said("worse", self.own if self._is("surveillance") else self.wide)
        if worse:
            return "unstable", worse[:2]
        changed = self._treatment_changed() or self._operated()
        if changed:
            return "unstable", changed[:1]
        if self._is("worse_codes"):
            return "unstable", ()
        steady = self._said("steady", self.own)
        return "unstable" if self._is("active") and not steady else "stable", steady[:1]

    def _treatment_changed(self) -> tuple[int, ...]:
        """Sentences that raise, begin or change a drug of the problem."""
        found = []
        for number, match in self.chart.find(self.data["changed"], self.own):
            if not self.chart.stated(number, match.start(), match.end()):
                continue
            if find_drugs(self.chart, number) and number not in found:
                found.append(number)
        return tuple(found)

    def _operated(self) -> tuple[int, ...]:
        """Sentences that decide for major surgery: what is operated on has not met its goal."""
        words = self.chart.data("em_risk")
        decided = compiled(words["surgery_decided"])
        return tuple(
            number
            for number, match in self.chart.find(words["major_surgery"], self.own)
            if decided.search(self.chart.lines[number]) and self.chart.stated(number, match.start(), match.end())
        )

    def _symptom(self) -> tuple[str, tuple[int, ...]]:
        doubt = self._said("doubt", self.own, any_status=True)
        work = self._said("workup", self.own)
        deep = self._said("deep_workup", self.own)
        if self._is("uncertain") and (work or doubt):
            return "undiagnosed", (*work[:1], *doubt[:1])
        if deep and (doubt or self._is("uncertain")):
            return "undiagnosed", (*doubt[:1], *deep[:1])
        return "acute", ()

    def _injury(self) -> tuple[str, tuple[int, ...]]:
        deep = self._said("injury_deep", (*self.own, *self._results()), any_status=False)
        simple = self._said("injury_simple", (*self.own, *self._results()))
        if self._is("fracture") and not any(
            c.startswith("S") and c[1:].startswith(("03", "13", "23", "33", "43", "53", "63", "73", "83", "93"))
            for c in self.problem.codes
        ):
            return ("injury", simple[:1]) if simple and not deep else ("complicated", deep[:1])
        if self._is("tear") and deep:
            return "complicated", deep[:1]
        return ("complicated", deep[:1]) if self._surgery(deep) else ("injury", ())

    def _surgery(self, deep: Iterable[int]) -> bool:
        return any(re.search(r"orif|surg|dislocat|rupture|torn|open fracture", self.chart.lines[n], re.I) for n in deep)

    def _results(self) -> tuple[int, ...]:
        if not self.alone:
            return ()
        return tuple(n for n, kind in enumerate(self.chart.kinds) if kind in ("results", "imaging", "findings"))

    def _lasting(self) -> tuple[int, ...]:
        """Sentences that say that the problem has lasted for a year or more."""
        if self.problem.codes[0][0] not in "MGHKLNR" and self.problem.codes[0][:1] != "F":
            return ()
        label = self._said("lasting", (self.problem.named,))
        return label or (self._said("lasting", self.wide)[:1] if self.alone else ())

    def _is(self, name: str) -> bool:
        heads = tuple(self.data[name])
        return any(code.startswith(heads) for code in self.problem.codes)

    def _said(self, name: str, numbers: Iterable[int], *, any_status: bool = False) -> tuple[int, ...]:
        """Return the sentences that say the words, neither denied nor conditional unless ``any_status``."""
        found = []
        for number, match in self.chart.find(self.data[name], tuple(dict.fromkeys(numbers))):
            if number not in found and (any_status or self.chart.stated(number, match.start(), match.end())):
                found.append(number)
        return tuple(found)
