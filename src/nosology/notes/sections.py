"""The sections of a note: which part of the text stands under which heading.

Headings come from ``data/sections.yaml`` (kinds and spellings, with their sources). A heading is a line of its own, a
label with a colon at the head of a line, or a known label with a colon after a full stop. What is only a problem, a
body system or a bullet inside an assessment, an examination or instructions stays inside. Section kinds: see
:func:`section_kinds`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from nosology.codes.prepared import prepare, read_yaml
from nosology.lexicon.marks import MarkPattern
from nosology.model.note import Section, Span
from nosology.notes.headings import kind_of_wording
from nosology.notes.resumption import opens_problem
from nosology.notes.section_bounds import FRONT, Heading, bound_sections

__all__ = ["is_heading", "section_kinds", "split_sections"]

_SEPARATOR = "\x1c"  # of documents that are coded as one note
_DATA = Path(__file__).with_name("data") / "sections.yaml"

# A heading candidate: line start, mark (bullet, number, #), a label, then a colon or the end of the line.
_LINE = re.compile(
    r"\n[ \t]*+(?P<mark>(?:\#{1,6}[ \t]*+|[-*•·▪●◦○–>+][ \t]++|\(?(?:\d{1,2}|[IVX]{1,4}|[A-Za-z])[.)][ \t]*+)?+)"
    r"(?P<deco>[*_=\[~]*+)[ \t]*+(?P<label>[A-Za-z][^\n:*_=|\t\]~]{0,79}+)(?P<deco2>[*_\]~]*+)[ \t]*+"
    r"(?:(?P<colon>:)[*_\]]*+(?P<rest>[ \t]*+[^\s])?|=*+[ \t]*+\r?(?=\n|\Z))"
)
_INLINE = MarkPattern(
    ".;!?])",
    r"[.;!?\])](?<!\n\d.)(?<!\n\d\d.) +(?P<label>[A-Z][A-Za-z/&' -]{0,48}+):",
    then=ascii_lowercase,
    holds=":",
)
_LETTER = re.compile(r"\n[ \t]*(?=Dear\b[^\n]{0,60},[ \t]*\r?\n|To whom it may concern\b)")
_SOAP = re.compile(r"\n[ \t]*(?P<label>[SOAP])(?:[>/][ \t]|[>/](?=\r?\n))")  # "S> ...", "A/" alone on its line
_SOAP_KINDS = {"S": "history_of_present_illness", "O": "physical_exam", "A": "assessment_and_plan", "P": "plan"}
_FOLLOWS = re.compile(
    r"[.!?\n][ \t]*(?P<label>(?:My|Our|The) (?:\w+ )?(?:impressions?|conclusions?|assessment|opinions?|diagnos[ei]s)"
    r" (?:is|are|were|was) (?:as follows|the following|as below|these|thus)[.:])"
)  # the sentence of a letter that leads to what its author thinks
_AS_FOLLOWS = ("follow", " below", " these", " thus")
_QUALIFIER = re.compile(
    r"\s*(?:\([^)]*\)?|\[[^]]*\]?|[-–—,]?\s*\d{1,4}[-/]\d{1,2}(?:[-/]\d{2,4})?\b.*|\b(?:was|were)?\s*(?:reviewed"
    r"|updated)\b.*"
    r"|\bas of\b.*|[-–—]\s*$|[.;,]+$|\btoday\b|\bcont(?:inued|'d|d)?$)"
)
_DASH = re.compile(r"\s+[-–—]{1,2}\s+")
_PROSE = frozenset(
    ("the", "is", "are", "was", "were", "showed", "shows", "revealed", "reveals", "has", "had", "we", "he", "she")
)
_VISIT = re.compile(
    r"(?i)\b(?:routine|annual|well|wellness|preventive|encounter|visit|clinic|department|center|centre|service|division"
    r"|sports?|school|pre-?participation|(?:pre-?)?employment|pre-?placement|post-?offer|dot|cdl|driver'?s?)\b"
)  # a label with these words names the encounter, not a section
# the two halves of a course told by problem, each alone on its line
_HALVES = {
    **dict.fromkeys(("acute", "active", "acute/active", "acute problems"), "hospital_course"),
    **dict.fromkeys(("chronic", "inactive", "chronic/stable", "chronic/inactive"), "problem_list"),
}
_EXAMINED = re.compile(r"[:\s]*(?:gen|vs\b|vitals?|heent|nad\b|lungs?|cv\b|alert|well|t\s*\d|\d)", re.I)
_STUDY = re.compile(
    r"\b(?:CT|CTA|MRI?|MRA|PET|X-?rays?|radiographs?|ultrasound|US|sonogram|mammogra\w+|echocardiogram|views?)\b", re.I
)
_RELATIVES = re.compile(
    r"\b(?:mother|father|brother|sister|son|daughter|grand|aunt|uncle|cousin|maternal|paternal|sibling|parent|child)",
    re.I,
)


# Names of whole documents. Alone on a line at the head of one they open it and say nothing of the text below.
_TITLE = re.compile(
    r"(?:[\w/,'-]+ ){0,4}?(?:"
    r"(?:history and physical|h and p)(?: exam(?:ination)?)?(?: note| report)?"
    r"|(?:progress|admission|admit|admitting|clinic|office|visit|consult|consultation|soap|ed|er|emergency"
    r"|department|room|follow[- ]?up|intake|physician|provider|hospital|inpatient|outpatient|discharge|transfer"
    r"|interval|daily|resident|attending|hospitalist) notes?"
    r"|(?:discharge|transfer|death) summary|initial psychiatric (?:assessment|evaluation)|outpatient visit"
    r"|office visit|(?:new patient|follow[- ]?up|clinic) visit|ha?ematology)"
)


def _kinds(names: str) -> frozenset[str]:
    return frozenset(names.split())


_HISTORIES = _kinds(
    "past_medical_history past_surgical_history social_history family_history obstetric_history gynecologic_history "
    "allergies medications immunizations"
)
_STICKY = _kinds(
    "assessment assessment_and_plan plan hospital_course emergency_course instructions education impression diagnosis "
    "problem_list discharge_diagnosis admission_diagnosis principal_diagnosis secondary_diagnosis "
    "preoperative_diagnosis postoperative_diagnosis"
)
_ABSORBING = _STICKY | _kinds(
    "past_medical_history medications discharge_medications results laboratory imaging physical_exam review_of_systems "
    "vitals mental_status_exam findings operative_findings operative_description technique pathology procedures "
    "allergies header patient_information immunizations signature"
)
_BREAKING = _kinds(
    "chief_complaint history_of_present_illness past_medical_history past_surgical_history family_history "
    "social_history review_of_systems physical_exam allergies signature assessment_and_plan discharge_diagnosis "
    "medications discharge_medications hospital_course"
)
_CONCLUDED = _kinds("assessment assessment_and_plan impression")  # may stand alone on a line with a full stop
_OF_PROBLEMS = _kinds("hospital_course problem_list assessment assessment_and_plan")
_STUDIES = _kinds("results imaging laboratory")
_JUDGED = _kinds("assessment assessment_and_plan")
_TOLD = _kinds("history_of_present_illness hospital_course other") | {""}
_PROSE_LENGTH = 30
_BEFORE = FRONT | _HISTORIES | _kinds("history_of_present_illness interval_history other review_of_systems")
_HABITS = frozenset(
    ("diet", "activity", "nutrition", "exercise", "feeding", "sleep")
)  # told, not advised, in a history
_EXAMS = frozenset(("physical_exam", "review_of_systems"))


class _Lexicon:
    """Headings, sub-headings, systems and patterns of ``data/sections.yaml``."""

    __slots__ = ("headings", "kinds", "patterns", "subheadings", "systems")

    def __init__(self, data: dict[str, Any]) -> None:
        self.headings: dict[str, str] = {
            spelling.replace(" / ", "/"): kind for kind, spellings in data["headings"].items() for spelling in spellings
        }
        self.subheadings: dict[str, str] = {
            s: kind for kind, spellings in data["subheadings"].items() for s in spellings
        }
        self.systems: frozenset[str] = frozenset(data["systems"])
        self.patterns: tuple[tuple[re.Pattern[str], str], ...] = tuple(
            (re.compile(p), kind) for p, kind in data["patterns"]
        )
        self.kinds: tuple[str, ...] = (*data["headings"], "")


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon(prepare("sections", [_DATA], lambda: read_yaml(_DATA.read_text(encoding="utf-8"))))


def section_kinds() -> tuple[str, ...]:
    """Every kind that a section can have; "" is text before any heading or a note without headings."""
    return _lexicon().kinds


def _normalize(label: str) -> str:
    return " ".join(label.lower().replace("&", " and ").replace("’", "'").replace(" / ", "/").split()).strip(" .,-–—")


@lru_cache(maxsize=8192)
def _classify(label: str) -> tuple[str | None, str | None, bool, bool, bool]:
    """(kind by spelling, kind by pattern, is a body system, is in capitals, has several words) of a heading's text."""
    lexicon = _lexicon()
    name = _normalize(label)
    kind = lexicon.headings.get(name)
    bare = name
    if kind is None:
        bare = _QUALIFIER.sub("", name).strip(" .,-–—")
        kind = lexicon.headings.get(bare) if len(bare) > 1 else None
        if kind is None and 4 < len(bare) <= 64:
            kind = kind_of_wording(bare, lexicon.headings)
    upper = label.isupper()
    words = bare.split()
    by_pattern = None
    if kind is None and 1 < len(words) <= 8 and len(bare) <= 64 and _PROSE.isdisjoint(words):
        by_pattern = next((k for pattern, k in lexicon.patterns if pattern.search(bare)), None)
    return kind, by_pattern, bare in lexicon.systems, upper, len(words) > 1


def is_heading(label: str) -> bool:
    """True for the words of a heading that is known by its spelling, without mark or colon."""
    kind, _by_pattern, is_system, _upper, _several = _classify(label)
    return kind is not None or is_system


@lru_cache(maxsize=1024)
def _is_title(label: str) -> bool:
    return _TITLE.fullmatch(_QUALIFIER.sub("", _normalize(label)).strip(" .,-–—")) is not None


class _Splitter:
    """One pass over the heading candidates of a text; keeps the current section and decides for each candidate."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.headings: list[Heading] = []
        self.current = ""
        self.current_upper = False
        self.current_alone = False
        self.clinical = False
        sample = text[:4000]
        capitals = sum(map(sample.count, "EATINO"))
        self.all_capitals = capitals > 100 and capitals > 2 * sum(map(sample.count, "eatino"))

    def add(self, kind: str, title: str, start: int, body: int, *, upper: bool = False, alone: bool = False) -> None:
        """Open a section."""
        self.headings.append(Heading(kind, title, start, body, alone))
        self.current, self.current_upper, self.current_alone = kind, upper, alone
        if kind not in FRONT:
            self.clinical = True

    def line(self, match: re.Match[str]) -> None:
        """Decide on a candidate at the head of a line."""
        mark, deco, label, behind, rest = match.group("mark", "deco", "label", "colon", "rest")
        label, colon, alone = label.rstrip(), behind is not None, rest is None
        start = match.start()  # the text was prefixed with one newline, so this is the first character of the line
        if not colon:
            if label[-1] == "," and _classify(label)[0] == "signature":
                label = label[:-1]
            if label[-1] in ".,;?!" and not (
                label[-1] == "." and (label.isupper() or _classify(label)[0] in _CONCLUDED)
            ):
                return
            if (dash := _DASH.search(label)) is not None:
                self.dashed(match, label, dash)
                return
        if alone and not mark and self.opens(label):
            self.add("", label, start, match.end() - 1, upper=label.isupper(), alone=True)
            return
        kind, by_pattern, system, upper, several = _classify(label)
        body = match.end() - (1 if alone else 2)
        if colon and not alone:
            body = match.end("colon") - 1
        if mark[:1].isdigit() or mark[:1] in ("(",) or (mark and mark[0].isalpha()):
            marked = True
            if label.split(" ", 1)[0].islower() and not colon:
                return
        else:
            marked = bool(mark) and mark[0] != "#"
        headed = mark[:1] == "#" or bool(deco) or not marked
        if kind is None:
            kind = self.unspelled(label, by_pattern, system, upper, several, colon, alone, headed)
            if kind is None:
                return
        elif not self.accepts(label, kind, upper, colon, alone, marked, start):
            return
        if mark[:1] == "#" and label == "PE" and not alone and _EXAMINED.match(self.text, body) is None:
            return  # "#PE: incidental on CT": the problem
        if mark[:1] == "#" and kind == "social_history" and self.current in _OF_PROBLEMS and not (alone and colon):
            return  # "# Tobacco use: nicotine patch": the problem
        if (
            kind in ("physical_exam", "procedures")
            and colon
            and not alone
            and _STUDY.search(self.text, body, body + 60)
        ):
            kind = "header" if kind == "physical_exam" else kind
        self.add(kind, label, start, body, upper=upper, alone=alone)

    def opens(self, label: str) -> bool:
        """Whether this is the title of a document: before anything clinical, or behind a signature."""
        return (not self.clinical or self.current == "signature") and _is_title(label)

    def dashed(self, match: re.Match[str], label: str, dash: re.Match[str]) -> None:
        """``ASSESSMENT - text``: a known heading in capitals, then a dash."""
        head = label[: dash.start()]
        kind, _, _, upper, _ = _classify(head)
        whole = _classify(label)
        if whole[0] is not None and match["rest"] is None:
            self.add(whole[0], label, match.start(), match.end() - 1, upper=whole[3], alone=True)
        elif (
            kind is not None
            and (upper and len(head) > 1)
            and not match["mark"]
            and self.accepts(head, kind, upper, True, False, False, 0)
        ):
            self.add(kind, head, match.start(), match.start("label") - 1 + dash.end(), upper=True)

    def unspelled(
        self,
        label: str,
        by_pattern: str | None,
        system: bool,
        upper: bool,
        several: bool,
        colon: bool,
        alone: bool,
        headed: bool,
    ) -> str | None:
        """The kind of a heading that is not in the lexicon, None if it is no heading here."""
        current = self.current
        if alone and colon and (half := _HALVES.get(label.lower())) is not None:
            return half
        if current in _HISTORIES and headed and (sub := _lexicon().subheadings.get(_normalize(label))) is not None:
            return sub
        if system:
            return "physical_exam" if current == "vitals" and colon else None
        capitals = upper and not self.all_capitals
        if not headed or not (capitals or (colon and alone)):
            return None
        if by_pattern is not None and _VISIT.search(label) and (current in _STICKY or not self.clinical):
            return None
        if by_pattern == "instructions" and not self.clinical:
            return None
        if by_pattern is not None and (alone or several):
            if current in _STICKY and by_pattern not in _BREAKING and not (capitals and alone):
                return None
            return by_pattern
        if len(label) < 4 or len(label.split()) > 7 or _RELATIVES.search(label):
            return None
        if current in _ABSORBING or (current == "" and not self.clinical):
            return None
        if alone and capitals:
            return "other"
        if several and (capitals or alone) and current in ("family_history", "social_history", "chief_complaint"):
            return "other"
        return None

    def accepts(self, label: str, kind: str, upper: bool, colon: bool, alone: bool, marked: bool, start: int) -> bool:
        """Whether a heading of the lexicon is a heading at this place."""
        current = self.current
        if len(label) <= 2 and not colon and not upper and not (alone and label[-1] == "x"):  # "Dx"
            return False
        if len(label) == 1 and not upper:
            return False
        if len(label) == 1 and not colon and not (alone and not self.all_capitals):
            return False
        if (
            label[0].islower()
            and not colon
            and start > 0
            and self.text[max(0, start - 80) : start].rstrip(" \t\r")[-1:] != "\n"
        ):
            return False
        if kind == "instructions" and not alone and current in _BEFORE and _normalize(label) in _HABITS:
            return False
        if kind == "other" and not alone and current == "plan" and (self.all_capitals or not upper):
            return False
        if kind == "hospital_course" and not alone and label[:4].lower() == "post":
            return False  # of an operation: its diagnosis
        if kind in ("patient_information", "header") and self.clinical:
            return alone and colon and current in ("signature", "other")
        if marked and (current in _STICKY or current in _ABSORBING):
            if kind == "social_history" and current == "hospital_course":
                return False  # "2. SUBSTANCE USE:" is a problem of the stay
            return upper and kind in _BREAKING and current not in ("assessment", "diagnosis", "problem_list")
        if (
            not alone
            and current in _EXAMS
            and (kind == "mental_status_exam" or (kind in ("other", "results", "imaging") and not upper))
        ):
            return False
        if kind == "mental_status_exam" and current in _EXAMS and not (alone and upper):
            return False
        if (
            kind in ("laboratory", "imaging", "results", "procedures", "pathology", "other")
            and not colon
            and not upper
            and current in _STICKY
        ):
            return False
        if current in ("assessment_and_plan", "hospital_course") and not alone and kind not in _BREAKING:
            return upper and self.current_upper and kind not in ("other", "diagnosis", "assessment", "plan")
        if current in ("assessment_and_plan", "hospital_course") and self.current_upper and not upper:
            return kind in _BREAKING
        return not (
            current in ("medications", "discharge_medications", "instructions") and kind == "other" and not upper
        )

    def inline(self, match: re.Match[str]) -> None:
        """A known label with a colon in the middle of a line, after the end of a sentence."""
        label = match["label"]
        kind, _, _, upper, _ = _classify(label)
        if kind is None or (len(label) < (2 if upper else 3) and not self._next_letter(label)):
            return
        if kind in ("patient_information", "header", "other", "signature") or self.current in (
            "education",
            "instructions",
        ):
            return
        if (
            self.current in _STICKY
            and not upper
            and kind not in _BREAKING
            and not (self.current == "assessment" and kind == "plan")
        ):
            return
        if self.current in _EXAMS and kind == "mental_status_exam":
            return
        if kind in _EXAMS and self.current in _STICKY and not upper and self._in_problem(match.start("label")):
            return  # "1. Stroke. On apixaban. Exam at discharge: arm 1/5": the next problem is no examination
        if kind in _STUDIES and self._in_story(match.start("label")):
            return
        self.add(kind, label, match.start("label") - 1, match.end() - 1, upper=upper)

    def _next_letter(self, label: str) -> bool:
        """Whether a letter of S, O, A, P stands where it comes in their order ("P: 72" of the vitals is a pulse)."""
        if label == "A":
            return self.current not in _STICKY and self.current != "vitals"
        return (label == "P" and self.current == "assessment") or (
            label == "O" and self.current == "history_of_present_illness"
        )

    def letter(self, start: int) -> None:
        """A salutation opens the text of a letter; under the heading of instructions it only addresses the patient."""
        if self.current not in ("instructions", "education"):
            self.add("", "", start, start)

    def _in_problem(self, at: int) -> bool:
        """True where the line of a label opens a numbered problem before it."""
        return opens_problem(self.text, self.text.rfind("\n", 0, max(0, at - 1)) + 1, at)

    def _in_story(self, at: int) -> bool:
        """True where a sentence of some length, or a problem, stands before the label on its line."""
        begin = self.text.rfind("\n", 0, max(0, at - 1)) + 1
        if self.current in _TOLD or self.current in FRONT:
            return at - begin > _PROSE_LENGTH
        return self.current in _JUDGED and opens_problem(self.text, begin, at)


def split_sections(text: str) -> tuple[Section, ...]:
    """The sections of ``text`` in order; they cover it from end to end and never overlap. Empty for an empty text.

    A file separator (U+001C, see :mod:`nosology.model.joined`) ends a document: no section goes on behind it.
    """
    if _SEPARATOR not in text:
        return _split(text)
    found: list[Section] = []
    start = 0
    while start < len(text):
        end = text.find(_SEPARATOR, start) + 1 or len(text)
        end += text.startswith("\n", end)
        for each in _split(text[start:end]):
            span, body = each.span, each.body
            found.append(
                Section(
                    each.kind,
                    each.title,
                    Span(start + span.start, start + span.end),
                    Span(start + body.start, start + body.end),
                )
            )
        start = end
    return tuple(found)


def _split(text: str) -> tuple[Section, ...]:
    if not text:
        return ()
    splitter = _Splitter(text)
    padded = "\n" + text
    candidates = list(_LINE.finditer(padded))
    inline = _INLINE.find(padded)
    letter = _LETTER.search(padded)
    if any(said in text for said in _AS_FOLLOWS):
        inline += _FOLLOWS.finditer(padded)
    soap = list(_SOAP.finditer(padded))
    if len({m["label"] for m in soap}) > 1:
        inline += soap
    if inline:
        candidates = sorted(candidates + inline, key=re.Match.start)
    last = -1
    for match in candidates:
        if letter is not None and letter.start() <= match.start():
            splitter.letter(letter.start())
            letter = None
        if match.start("label") <= last:
            continue
        count = len(splitter.headings)
        if match.re is _LINE:
            splitter.line(match)
        elif match.re is _SOAP:
            splitter.add(_SOAP_KINDS[match["label"]], match["label"], match.start(), match.end() - 1, alone=True)
        elif match.re is _FOLLOWS:
            splitter.add("impression", match["label"], match.start("label") - 1, match.end() - 1)
        else:
            splitter.inline(match)
        if len(splitter.headings) > count:
            last = match.start("label")
    if letter is not None:
        splitter.letter(letter.start())
    return bound_sections(text, splitter.headings)
