"""Which statements of a note say that something was done in this encounter, by this practice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from nosology.coding.em.scan import compiled, scan
from nosology.coding.procedures.desk import ServiceDesk
from nosology.lexicon.patterns import WordPattern, compile_words
from nosology.model.encounter import Setting
from nosology.model.note import Evidence, Span, Status, Subject, Temporality
from nosology.rules.loader import Rule, rules_in_force

__all__ = ["Statement", "Statements"]

_CLAUSE = (
    r";|\.\s|\n| but | however | although | whereas"
    r"|, (?:and |then |she |he |we |i |patient |pt )*(?=(?:will|plan|continue|start|return|follow|refer|rtc)\b)"
)
_DENIED = re.compile(r"(?:no|not|without|never|den\w+|declin\w+|refus\w+)\b", re.I)
_VALUE = re.compile(r"\W{0,3}\d")
_SIDED = re.compile(
    r"\b(?P<side>left|right)[ -](?:\w+[ -]){0,3}?(?:wrist|hand|forearm|arm|elbow|shoulder|humer\w+|radi\w+|ulna\w*"
    r"|clavicle|finger|thumb|knee|leg|ankle|foot|toe|heel|hip|thigh|femur|tibia\w*|fibula\w*|metatarsal\w*"
    r"|metacarpal\w*|ear|eye|breast)s?\b",
    re.I,
)
_TWO_SIDED = re.compile(r"\b(?:bilateral\w*|both|each) ", re.I)
_HEAD = 400  # code points in which a report names its examination
_OF_ANOTHER = ("indication", "comparison")  # parts of a report that name earlier examinations
_LONGEST, _FOLLOWING, _NEAR = 320, 7, 60


@cache
def _quick(pattern: str) -> WordPattern:
    """Return the pattern, made to look for the words that it needs first."""
    return compile_words(pattern)


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that name a service in one sentence: the words themselves, their clause, their sentence.

    ``start`` and ``end`` are places in the text.
    """

    number: int
    start: int
    end: int
    named: str
    clause: str
    words: str
    kind: str


class Statements:
    """One note as the services see it; the sentences are judged when a service is named in them."""

    def __init__(self, desk: ServiceDesk) -> None:
        self.desk = desk
        self.text = desk.text
        self.rules: Mapping[str, tuple[Rule, ...]] = rules_in_force(desk.on, desk.setting.value)
        found = self.rules.get("service_performed", ())
        self.rule: Rule | None = found[0] if found else None
        self.data: Mapping[str, Any] = self.rule.data if self.rule is not None else {}
        self._starts = [sentence.span.start for sentence in desk.note.sentences]
        self._report: bool | None = None

    @property
    def facility(self) -> bool:
        """True where the room and the equipment are a hospital's: emergency departments, hospital claims."""
        return self.desk.setting is not Setting.PROFESSIONAL

    @property
    def is_report(self) -> bool:
        """True if the whole note is the report of one examination of imaging."""
        if self._report is None:
            kinds = {section.kind for section in self.desk.note.sections}
            formed = "impression" in kinds and bool(kinds & {"technique", "findings"}) and "plan" not in kinds
            self._report = formed and compiled(self.data["report"]).search(self.text[:_HEAD]) is not None
        return self._report

    def find(self, pattern: str) -> Iterator[Statement]:
        """Yield the places where the pattern names something, in the order of the text, judged or not."""
        sentences, sections = self.desk.note.sentences, self.desk.note.sections
        for match in scan(pattern, self.text):
            number = bisect_right(self._starts, match.start()) - 1
            if number < 0 or match.end() > sentences[number].span.end:
                continue
            span = sentences[number].span
            words = self.text[span.start : span.end]
            clause = self._clause(words, match.start() - span.start, match.end() - span.start)
            kind = sections[sentences[number].section].kind if sections else ""
            yield Statement(number, match.start(), match.end(), match.group(), clause, words, kind)

    def _clause(self, words: str, start: int, end: int) -> str:
        breaks = [found.end() for found in compiled(_CLAUSE).finditer(words, 0, start)]
        after = compiled(_CLAUSE).search(words, end)
        return words[breaks[-1] if breaks else 0 : after.start() if after else len(words)]

    def performed(self, said: Statement, *, how: str = "done") -> bool:
        """True if the statement says that the service was done here and now.

        ``how``: "done" needs a word of doing, or a part of the note that records procedures; "result" takes a result
        beside a word of this place or day; "point" is done at the point of care by its nature, a result is enough;
        "told" is a service of minutes or days, which state it by themselves.
        """
        data = self.data
        if how == "result" and said.start < _HEAD and self.is_report and said.kind not in _OF_ANOTHER:
            return not self._not_so(said, how)
        if said.kind in data["passed"] or not self._may_be(said, how) or self._not_so(said, how):
            return False
        plain = _quick(data["harmless"]).sub(" ", said.clause)
        if self.desk.setting is Setting.PROFESSIONAL and compiled(data["elsewhere"]).search(plain):
            return False
        here = self._says("here", said, plain)
        if not here and compiled(data["date"]).search(plain):
            return False
        about = plain.replace(said.named, " ") if said.named else plain  # "care planning" plans nothing
        if self._says("never", said, about):
            return False
        procedural = said.kind in data["procedural"]
        done = self._says("done", said, plain)
        if not (done and here) and not procedural and how != "told" and self._says("planned", said, about):
            return False
        if procedural:
            return True
        if said.kind in data["told"] and how != "point":
            return here and (done or (how == "result" and compiled(data["result"]).search(plain) is not None))
        if how == "told":
            return True
        if how == "done":
            return done or (here and self._cared(said))
        behind = plain[plain.find(said.named) + len(said.named) :]
        result = done or _VALUE.match(behind) is not None or compiled(data["result"]).search(behind) is not None
        if how == "point":
            return result
        placed = here or done or self.desk.setting is Setting.EMERGENCY
        return (result or self._cared(said)) and placed

    def _may_be(self, said: Statement, how: str) -> bool:
        """False where the sentence has no word of doing and none of here, without one of which it cannot be so."""
        if how not in ("done", "result") or said.kind in self.data["procedural"]:
            return True
        if how == "result" and self.desk.setting is Setting.EMERGENCY:
            return True
        span = self.desk.note.sentences[said.number].span
        return any(_quick(self.data[what]).may_stand(self.text, span.start, span.end) for what in ("done", "here"))

    def _says(self, what: str, said: Statement, words: str) -> bool:
        """True if words of the sentence of a statement hold what the rule lists under ``what``."""
        pattern, span = _quick(self.data[what]), self.desk.note.sentences[said.number].span
        return pattern.may_stand(self.text, span.start, span.end) and pattern.compiled.search(words) is not None

    def _cared(self, said: Statement) -> bool:
        """True in the parts of the note that tell what was decided and done."""
        return said.kind in (
            "plan", "assessment", "assessment_and_plan", "emergency_course", "results", "imaging", "laboratory", "",
            "other", "disposition", "physical_exam", "vitals", "diagnosis", "impression",
        )  # fmt: skip

    def _not_so(self, said: Statement, how: str) -> bool:
        status, subject, time, cue = self.desk.asserted(Span(said.start, said.end), said.number)
        if subject is not Subject.PATIENT:
            return True
        if status is Status.ABSENT and (how == "done" or _DENIED.match(cue)):  # a test may well be negative
            return True
        if status in (Status.CONDITIONAL, Status.HYPOTHETICAL) and how == "done":
            return True
        return time is Temporality.HISTORICAL and compiled(self.data["here"]).search(said.clause) is None

    def following(self, said: Statement, others: frozenset[int]) -> str:
        """Return the sentence with those behind it in its part of the note, up to the next that names a service."""
        sentences = self.desk.note.sentences
        if self.is_report and said.start < _HEAD:
            return self.text[: next((s.span.start for s in self.desk.note.sections if s.kind == "findings"), None)]
        first, last = sentences[said.number], said.number
        sections = self.desk.note.sections
        kinds = self.data["procedural"]
        titled = said.number == 0 and not said.words.rstrip().endswith(".")
        for number in range(said.number + 1, min(len(sentences), said.number + 1 + _FOLLOWING)):
            same = sentences[number].section == first.section
            if titled and sections[sentences[number].section].kind in ("header", "patient_information", ""):
                same = True
            both = said.kind in kinds and sections[sentences[number].section].kind in kinds
            if number in others or not (same or both):
                break
            last = number
        return self.text[first.span.start : sentences[last].span.end]

    def agreed(self, of: str, wanted: str, rival: str) -> bool:
        """True if the words right around every naming of the thing name no rival of the wanted ones."""
        told = []
        for said in self.find(of):
            words = self._around(said.start, said.end)
            if said.kind not in self.data["passed"] and compiled(rival).search(words):
                told.append(compiled(rival).search(re.sub(wanted, " ", words, flags=re.I)) is None)
        return bool(told) and all(told)

    def _around(self, start: int, end: int) -> str:
        """The words around a place, to the next comma or stop or the next thing that is joined to it."""
        before = re.split(r"[,;.:\n]| and ", self.text[max(0, start - _NEAR) : start])[-1]
        return before + re.split(r"[,;.:\n]| and ", self.text[start : end + _NEAR])[0]

    def one_side(self) -> str:
        """The side of a part of the body, "left" or "right", where the note names that side only; else nothing."""
        sides = {match.group("side").lower() for match in _SIDED.finditer(self.text)}
        return sides.pop() if len(sides) == 1 and not _TWO_SIDED.search(self.text) else ""

    def evidence(self, number: int) -> Evidence:
        """Return the sentence as a quote."""
        span = self.desk.note.sentences[number].span
        quote = self.text[span.start : min(span.end, span.start + _LONGEST)]
        lead = len(quote) - len(quote.lstrip(" ,;:-•*\n\t"))
        trimmed = quote.strip(" ,;:-•*\n\t")
        section = self.desk.note.sections[self.desk.note.sentences[number].section].kind
        start = span.start + lead
        return Evidence(Span(start, start + len(trimmed)), trimmed, section=section)
