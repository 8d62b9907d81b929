"""Procedure statements of a chart: where a procedure is said to have been done, in this stay, on this patient."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nosology.coding.pcs.catalogue import Catalogue, Choice, Procedure, spell_pattern
from nosology.coding.pcs.done import (
    said_ago,
    said_called_off,
    said_not_done,
    said_past_a_denial,
    said_within,
    said_year,
)
from nosology.coding.pcs.limbs import Limbs, read_limbs
from nosology.coding.pcs.scenes import Scene
from nosology.model.note import Span, Status, Subject, Temporality

if TYPE_CHECKING:  # the desk's package lists the contributor
    from nosology.coding.procedures.desk import ServiceDesk

__all__ = ["ChartReader", "Statement", "find_statements"]

_TITLE = "title"
_BODY = "body"
_COURSE = "course"
_ZONES = {
    "procedures": _TITLE,
    "operative_description": _BODY,
    "operative_findings": _BODY,
    "technique": _BODY,
    "findings": _BODY,
    "complications": _BODY,
    "postoperative_diagnosis": "context",
    "preoperative_diagnosis": "context",
    "header": "context",
    "patient_information": "context",
    "other": "context",
    "hospital_course": _COURSE,
    "emergency_course": _COURSE,
    "consultation": _COURSE,
    "discharge_diagnosis": _COURSE,
    "principal_diagnosis": _COURSE,
    "secondary_diagnosis": _COURSE,
    "diagnosis": _COURSE,
    "assessment": _COURSE,
    "assessment_and_plan": _COURSE,
    "": _COURSE,
}
_OF_A_STAY = {"hospital_course", "emergency_course", "discharge_diagnosis", "past_medical_history", "review_of_systems"}
_OPERATIVE = {"operative_description", "operative_findings", "preoperative_diagnosis", "postoperative_diagnosis"}
_HEAD = re.compile(
    r"\b(?:operati(?:ve|on)s?|op|procedures?|surg(?:ery|ical)|endoscopy|bronchoscopy|colonoscopy|ercp|egd|delivery|cesarean"
    r"|catheteri[sz]ation(?: lab\w*)?)[\w ,/()&-]{0,24}(?:notes?|reports?|records?|summary|dictation)\b"
    r"|\breports? of (?:operation|procedure|surgery)"
    r"|\b(?:procedures?|operations?|surger(?:y|ies)) (?:\w+ )?(?:this|same) (?:admission|stay|sitting)\b",
    re.IGNORECASE,
)
_THEATRE = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"incis(?:ion|ions|ed)",
        r"closed (?:in layers|over|with)|closure (?:in|was|with)|skin (?:was )?closed",
        r"ebl|blood loss|qbl",
        r"an[ae]+s(?:thesia)?|mac|sedation|intubated for",
        r"prepped|draped|time-?out|tourniquet",
        r"pre-?op(?:erative)?(?: d(?:x|iagnosis))?|post-?op(?:erative)? d(?:x|iagnosis)",
        r"fluoro\w*|c-?arm|guide ?wire|sheath",
        r"(?:\w*scope) (?:was |in|out|passed|advanced|exchanged|to)",
        r"specimens?|to path(?:ology)?|frozen",
        r"drains?|foley|hemostasis|sutures?",
    )
)
"""Words of the operating room; a text without sections that holds several of them is a report."""
_SEVERAL = 4
_TOP = 300  # code points of the top of a chart that say what it is
_SWOLLEN = {"indication", "history_of_present_illness", "preoperative_diagnosis", "postoperative_diagnosis"}
"""Headings that a description without a heading of its own may stand below, from the second paragraph on."""
_DIAGNOSES = ("preoperative_diagnosis", "postoperative_diagnosis")
_ASIDE = re.compile(
    r"\s*(?:history|brief history|indications?(?: for \w+)?|background|clinical summary|hx|past\b[^.:\n]{0,30}"
    r"|plan|recommendations?|previous\b[^.:\n]{0,30}|(?:pmh|psh|pmhx|pshx)\b[^.:\n]{0,20}"
    r"|(?:before|prior to) (?:this )?admission)\s*[.:]",
    re.IGNORECASE,
)
"""A paragraph that tells what led to the operation, or what is to follow."""
_BARE = ("", "discharge_diagnosis", "principal_diagnosis", "secondary_diagnosis", "diagnosis")
_ACTED = re.compile(
    r"\b(?:underwent|perform\w+|placed|taken|inserted|was|were|done|given|received|transfus\w+|required"
    r"|started|intubat\w+"
    r"|deliver\w+|POD|post-?op\w*|by|we|\d{1,2}/\d{1,2}|with)\b",
    re.IGNORECASE,
)
_AROUND = 60  # code points
_LABEL = 60  # code points of what stands before the colon of a line
_LONG_TEXT = 900  # code points
_SOME = 40  # code points under a heading that names a step
_ACTS = re.compile(
    r"\b(?:angiogra\w+|hemodynamics?|interventions?|left heart|right heart|steps?|therap\w+|lymph nodes?|nodal work"
    r"|closure|sterili[sz]ation|repair|addendum|access|body|events?|what was done|implantation)\b",
    re.IGNORECASE,
)
_SWOLLEN_LATE = {"pathology", "disposition", "patient_information", "header", "laboratory", "medications"}
_NARRATIVE = 320  # code points; a list of procedures that is longer holds a text as well
_TELLS = re.compile(r"\b(?:was|were)\b", re.IGNORECASE)
_BEFOREHAND = {"past_surgical_history", "past_medical_history", "plan", "family_history"}
_TEXT = 160  # code points; under a heading of its own a text, not an entry of a form
_PLANNED_TITLE = re.compile(
    r"\b(?:planned|requested?|ordered|order|booked|booking|consent(?:ed)?|proposed|anticipated|scheduled?"
    r"|recommended|prior"
    r"|previous|past|template|posted|intended|listed|slip|preop(?:erative)? plan)\b",
    re.IGNORECASE,
)
_SLIP = re.compile(
    r"\b(?:(?:list|title|heading|template)\b[^.]{0,40}\b(?:booking|consent|template|schedule\w*|slip|pre-?populated)"
    r"|what was (?:actually |really )?done (?:is )?(?:in|below|differs)|(?:title|procedure) (?:is )?(?:as"
    r"|from) (?:the )?"
    r"(?:booking|posted|consent|schedul\w+|template))\b",
    re.IGNORECASE,
)
"""A note that its list of procedures is not what was done."""
_PAST = re.compile(r"\s*(?:prior|previous(?:ly)?|past|earlier|PSH|PSHx)\b", re.IGNORECASE)
_TITLE_OFF = re.compile(
    r"\b(?:not performed|cancell?ed|aborted before|planned|refused)\b|\((?:attempted|aborted|incomplete)\b",
    re.IGNORECASE,
)
_RECENT = re.compile(r"\b(?:s/p|sp|status post|post)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """One place where a procedure is told as done: the entry, its words, the zone of the chart, its scene."""

    procedure: Procedure
    span: Span
    zone: str
    section: str
    scene: Scene


class ChartReader:
    """The chart as the readers of procedures need it: zones of its sections, what counts as done, scenes."""

    def __init__(self, desk: ServiceDesk) -> None:
        self.desk = desk
        self.text = desk.text
        self.sentences = desk.note.sentences
        self.starts = [s.span.start for s in self.sentences]
        kinds = {s.kind for s in desk.note.sections}
        self.reported = bool(kinds & _OPERATIVE)
        self.headed = _HEAD.search(self.text[:_TOP]) is not None or self._of_the_theatre(kinds)
        self.slip = _SLIP.search(self.text) is not None
        self.operative_note = self.reported or self.headed
        self.told_apart = any(
            s.kind in ("operative_description", "technique") and len(s.body) >= _NARRATIVE for s in desk.note.sections
        )
        self.zones = [self._zone(s.kind, s.title, len(s.body)) for s in desk.note.sections]
        self.operative = (
            self.reported
            or self.headed
            or ("hospital_course" not in kinds and ("procedures" in kinds or _BODY in self.zones))
        )
        zoned = list(zip(desk.note.sections, self.zones, strict=True))
        self.report = [s.span for s, zone in zoned if zone in (_TITLE, _BODY, "context")]
        self.heads = [
            s.span for s, zone in zoned if (zone == _TITLE or s.kind in _DIAGNOSES) and len(s.body) < _NARRATIVE
        ]
        if self.operative:
            self.report += [s.span for s, zone in zoned if zone == _COURSE or s.kind == "laboratory"]
        self._limbs: Limbs | None = None
        self._limbs_read = False

    def _of_the_theatre(self, kinds: set[str]) -> bool:
        """Whether a chart that has hardly a section that anybody knows is the report of an operation by its words."""
        if kinds & _OF_A_STAY:
            return False
        return sum(1 for words in _THEATRE if words.search(self.text) is not None) >= _SEVERAL

    def _zone(self, kind: str, title: str, length: int) -> str:
        zone = _ZONES.get(kind, "")
        if zone == _TITLE and self.slip:
            return "context"
        if kind == "other" and length >= (_SOME if _ACTS.search(title) else _TEXT):
            return _BODY  # a heading that no note type knows, over what was done
        if kind in _SWOLLEN_LATE and self.operative_note and length >= _NARRATIVE:
            return _BODY
        if self.reported and kind in _SWOLLEN and length >= _LONG_TEXT:
            return _BODY
        if self.reported and kind == "plan" and length >= _LONG_TEXT and not self.told_apart:
            return _BODY  # a remark on the plan, with the text of the report beneath it
        if zone == _TITLE and _PLANNED_TITLE.search(title):
            return "context"
        return zone

    def sentence_at(self, place: int) -> int:
        return max(0, bisect_right(self.starts, place) - 1)

    def titled(self, span: Span, index: int) -> bool:
        """Whether words stand in a list of procedures, as done in this stay."""
        section = self.desk.note.sections[self.sentences[index].section]
        return (
            self.zones[self.sentences[index].section] == _TITLE
            and not self._told(section.body, span)
            and not self._aside(section.body, span)
            and self._done(span, index, _TITLE)
        )

    def read(self, catalogue: Catalogue) -> list[Statement]:
        hits = catalogue.find(self.text)
        if not hits or not self.sentences:
            return []
        told: list[tuple[Procedure, Span, int, str, str]] = []
        off: set[str] = set()
        for procedure, start, end in hits:
            span = Span(start, end)
            index = self.sentence_at(start)
            section = self.desk.note.sections[self.sentences[index].section]
            zone = self.zones[self.sentences[index].section]
            if zone == _TITLE and self._told(section.body, span):
                zone = _BODY
            if self.operative and self._called_off(procedure, span, index, section.kind):
                off.add(procedure.name)
                continue
            if zone not in (_TITLE, _BODY, _COURSE) or not self._counts(procedure, zone, section.kind):
                continue
            if procedure.unless and spell_pattern(procedure.unless).search(self.text, *self._clause(index, span)):
                continue
            if self.operative and self._aside(section.body, span):
                continue
            if section.kind in _SWOLLEN and "\n\n" not in self.text[section.body.start : start].lstrip():
                continue
            if procedure.lists and zone != _TITLE and self.desk.scope != "all":
                continue
            if not self._done(span, index, zone) or (section.kind in _BARE and not self._acted(index, span)):
                continue
            told.append((procedure, span, index, zone, section.kind))
        off -= {procedure.name for procedure, _span, _index, zone, _kind in told if zone != _TITLE}
        told = [each for each in told if each[0].name not in off]
        return [
            Statement(procedure, span, zone, kind, self._scene(procedure, span, index, zone, told))
            for procedure, span, index, zone, kind in told
        ]

    def _aside(self, body: Span, span: Span) -> bool:
        """Whether a statement stands in a line that plans, or in a paragraph on what led to the operation."""
        line = self.text[self.text.rfind("\n", 0, span.start) + 1 : span.start]
        label, colon, _rest = line.partition(":")
        if colon and len(label) <= _LABEL and _PLANNED_TITLE.search(label):
            return True
        start = self.text.rfind("\n\n", body.start, span.start)
        return _ASIDE.match(self.text, max(body.start, start), span.start) is not None

    def _told(self, body: Span, span: Span) -> bool:
        """Whether a statement under a heading of procedures stands in a text, not in the list of names."""
        if len(body) < _NARRATIVE:
            return False
        start = self.text.rfind("\n", body.start, span.start) + 1 or body.start
        end = self.text.find("\n", span.end, body.end)
        line = self.text[max(start, body.start) : end if end >= 0 else body.end]
        return len(line) >= _TEXT or len(_TELLS.findall(line)) > 1

    def _called_off(self, procedure: Procedure, span: Span, index: int, kind: str) -> bool:
        """Whether the report says that what its title names was not done, or not brought to an end (B3.3)."""
        if kind in _BEFOREHAND:
            return False
        sentence = self.sentences[index].span
        before = self.text[max(sentence.start, span.start - 90) : span.start]
        after = self.text[span.end : min(max(sentence.end, span.end), span.end + 90)]
        return said_called_off(before, after)

    def _clause(self, index: int, span: Span) -> tuple[int, int]:
        """The words around a statement in its sentence."""
        sentence = self.sentences[index].span
        start, end = max(sentence.start, span.start - _AROUND), min(max(sentence.end, span.end), span.end + _AROUND)
        while start > sentence.start and self.text[start - 1].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end].isalnum():
            end += 1
        return start, end

    def _paragraph(self, span: Span, index: int) -> Span:
        """The paragraph of a statement, within its section."""
        section = self.desk.note.sections[self.sentences[index].section].span
        start, end = self.text.rfind("\n\n", section.start, span.start), self.text.find("\n\n", span.end, section.end)
        return Span(start if start >= 0 else section.start, end if end >= 0 else max(section.end, span.end))

    def _line(self, span: Span) -> Span:
        """The line of a statement: one of several procedures, or one limb, of a report that goes through them."""
        end = self.text.find("\n", span.end)
        return Span(self.text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(self.text))

    def _counts(self, procedure: Procedure, zone: str, kind: str) -> bool:
        if not procedure.only or zone in procedure.only:
            return True
        if kind == "other" and not self.operative_note and _COURSE in procedure.only:
            return True  # the course of a stay, told organ by organ
        return "all" in procedure.only and self.desk.scope == "all"

    def _acted(self, index: int, span: Span) -> bool:
        """Under no known heading, and in lists of diagnoses, only a sentence that says what was done counts."""
        if self.operative and not self.desk.note.sections[self.sentences[index].section].kind:
            return True
        sentence = self.sentences[index].span
        return _ACTED.search(self.text, sentence.start, max(sentence.end, span.end)) is not None

    def _done(self, span: Span, index: int, zone: str) -> bool:
        sentence = self.sentences[index].span
        before = self.text[max(sentence.start, span.start - 130) : span.start]
        if _PAST.match(before) and _ACTED.search(before) is None:
            return False
        if said_within(self.text[span.start : span.end]):
            return False
        after = self.text[span.end : min(max(sentence.end, span.end), span.end + 90)]
        status, subject, when, cue = self.desk.asserted(span, index)
        told = self.text[span.start : span.end + 20]
        if _means_otherwise(status, cue) or (status is Status.ABSENT and said_past_a_denial(before, told, cue)):
            status = Status.PRESENT
        if subject is not Subject.PATIENT or status in (Status.ABSENT, Status.POSSIBLE):
            return False
        if when is Temporality.HISTORICAL and (not _RECENT.match(cue) or said_ago(before + after)):
            return False
        if status is not Status.PRESENT and zone != _TITLE and zone != _BODY:
            return False
        year = said_year(before, after)
        if year is not None and year < self.desk.on.year:
            return False
        if zone == _TITLE:
            return _TITLE_OFF.search(after) is None
        return not said_not_done(before, after)

    def _scene(
        self,
        procedure: Procedure,
        span: Span,
        index: int,
        zone: str,
        told: Sequence[tuple[Procedure, Span, int, str, str]],
    ) -> Scene:
        sentence = self.sentences[index].span
        start, end = sentence.start, max(sentence.end, span.end)
        for other, place, at, _zone, _kind in told:
            if at == index and other is not procedure and not place.overlaps(span):
                if place.end <= span.start:
                    start = max(start, place.end)
                elif place.start >= span.end:
                    end = min(end, place.start)
        same = [
            self.sentences[at].span
            for other, _place, at, _zone, _kind in told
            if at != index and other.name == procedure.name
        ]
        report: Iterable[Span]
        if self.operative:
            report = self.report
        else:
            around = [
                i
                for i in range(max(0, index - 2), min(len(self.sentences), index + 3))
                if i != index and self.sentences[i].section == self.sentences[index].section
            ]
            report = [self.sentences[i].span for i in around]
        own, whole = Span(start, end), Span(sentence.start, max(sentence.end, span.end))
        around_it = (self._paragraph(span, index),) if zone == _BODY else ()
        line = (self._line(span),) if self.operative else ()
        levels = ((own,), (whole,), tuple(same), line, around_it, tuple(report))
        limbed = self._of_its_limb(procedure.codes, levels, span)
        return Scene(self.text, span, limbed, self._denied, self.heads, wide=self.operative)

    @property
    def limbs(self) -> Limbs | None:
        """The limbs that the report goes through, if it names several."""
        if not self._limbs_read:
            self._limbs_read = True
            self._limbs = read_limbs(self.text, self.heads) if self.operative else None
        return self._limbs

    def _of_its_limb(
        self, codes: Sequence[Choice], levels: tuple[tuple[Span, ...], ...], place: Span
    ) -> tuple[tuple[Span, ...], ...]:
        """The levels beyond the sentence without what is about another limb, for operations on limbs."""
        limbs = self.limbs
        if limbs is None or not any(limbs.concerns(choice.value) for choice in codes):
            return levels
        cut = [limbs.cut(level, levels[0][0], place) for level in levels[2:]]
        if any(level is None for level in cut):
            return levels
        return (*levels[:2], *(tuple(level) for level in cut if level is not None))

    def _denied(self, span: Span) -> bool:
        status, _subject, when, _cue = self.desk.asserted(span, self.sentence_at(span.start))
        return status is Status.ABSENT or when is Temporality.HISTORICAL

    @property
    def describes(self) -> bool:
        """Whether the chart has a zone that describes what was done."""
        return bool(self.sentences) and (_BODY in self.zones or self.operative)

    def zone_of(self, index: int) -> str:
        """Return the zone of a sentence: "title", "body", "course" or another that tells nothing done."""
        return self.zones[self.sentences[index].section]

    def is_done(self, span: Span, index: int) -> bool:
        """Return whether what stands there was done in this stay: not planned, denied, past or of another person."""
        status, subject, when, cue = self.desk.asserted(span, index)
        if _means_otherwise(status, cue):
            status = Status.PRESENT
        if (
            subject is not Subject.PATIENT
            or status in (Status.ABSENT, Status.POSSIBLE)
            or when is Temporality.HISTORICAL
        ):
            return False
        sentence = self.sentences[index].span
        return not said_not_done(self.text[max(sentence.start, span.start - 60) : span.start], "")

    def scene_at(self, span: Span, clause: Span, index: int, codes: Sequence[Choice]) -> Scene:
        """Return the levels of text around what a clause tells, for an operation with some open codes."""
        sentence = self.sentences[index].span
        whole = Span(sentence.start, max(sentence.end, span.end))
        report = self.report if self.operative else [self._paragraph(span, index)]
        line = (self._line(span),) if self.operative else ()
        levels = ((clause,), (whole,), (), line, (self._paragraph(span, index),), tuple(report))
        return Scene(self.text, span, self._of_its_limb(codes, levels, span), self._denied)


def _means_otherwise(status: Status, cue: str) -> bool:
    """Whether a cue says something else here: a catheter is floated, as an idea is; a released nerve lies free."""
    word = cue.lower().strip()
    return (status is Status.POSSIBLE and word.endswith("floated")) or (
        status is Status.ABSENT and word.endswith(("free", "negative"))
    )


def find_statements(desk: ServiceDesk, catalogue: Catalogue) -> list[Statement]:
    """Return what the chart says was done, in order of place; nothing planned, denied, past or of other people."""
    return ChartReader(desk).read(catalogue)
