"""From headings to sections: how far the text goes that stands under each heading.

What is told on the line of its heading ends with the paragraph, a list of diagnoses before the prose behind it, the
particulars of a form before the story below them. The impression of a study belongs to the study. In a text without
blank lines, whose lines end as sentences do, every line is a paragraph.
"""

from __future__ import annotations

import re
from itertools import islice

from nosology.model.note import Section, Span
from nosology.notes.resumption import story_resumes

__all__ = ["FRONT", "Heading", "bound_sections"]


def _kinds(names: str) -> frozenset[str]:
    return frozenset(names.split())


FRONT = frozenset(("patient_information", "header", "", "chief_complaint"))
_BRIEF = _kinds(
    "family_history allergies immunizations patient_information header results imaging laboratory"
)  # where one stands on the line of its text, it ends with the paragraph
_ANOTHER = re.compile(
    r"\n[ \t\r]*\n\s*+(?=[A-Za-z][^\n]{39}|[A-Za-z][^\n]{0,38}:)"
)  # behind what is told on the line of its heading: the next paragraph, unless it goes on with a list
_STORY = re.compile(
    r"\n[ \t\r]*\n\s*+(?=[A-Z0-9_][^\n]{80})"
)  # behind a complaint told in a line: a paragraph of prose
_TOLD_THERE = {"social_history": _ANOTHER, "medications": _ANOTHER, "chief_complaint": _STORY}
_TOLD_BELOW = re.compile(
    r"\n(?=[A-Z][^\n:|]{25}[^\n|]{95}|(?=[^\n]*[a-z]{3})[A-Z0-9](?:[^\n:|]{19,}|[^\n:|]{24}[^\n|]*)[.!?]"
    r"[ \t\r]*(?:\n|\Z)|1[.)] [A-Z][^\n]{19}|\#\s?1\b)"
)  # prose, or the first item of a list, right below the particulars: a long line, or a whole sentence on its line
_DOSES = r"(?![^\n]{0,80}\b\d+(?:\.\d+)? ?(?:m?c?g|units?|ml|tabs?|caps?|puffs?|drops?|bid|tid|daily|nightly|prn)\b)"
_OF_HABITS = (
    r"(?![^\n]*\b(?i:li[vf]\w+|smok\w+|alcohol|drinks?|tobacco|works?|retired|married|drugs?|marijuana|sexual\w*"
    r"|pack)\b)"
)
_OF_KIN = (
    r"(?![^\n]*\b(?i:mother|father|(?:grand)?parents?|brothers?|sisters?|siblings?|sons?|daughters?|aunts?|uncles?"
    r"|cousins?|maternal|paternal|famil\w+|relatives?)\b)"
)
_OF_ALLERGY = r"(?![^\n]*(?i:allerg|rash|hives|anaphyl|reaction|intoler|swell|itch))"
_NEXT_LINES = {
    kind: re.compile(rf"\n(?=\#\s?1\b|{other}[A-Z0-9(*][^\n]{{{least},}})")
    for kind, other, least in (
        ("allergies", _OF_ALLERGY, 39),
        ("family_history", _OF_KIN, 39),
        ("social_history", _OF_HABITS, 59),
        ("medications", _DOSES, 59),
        ("chief_complaint", "", 79),
    )
}  # in a text whose lines are its paragraphs: behind what is told on the line of its heading, a line of something else
_ASIDES = _kinds("results laboratory imaging pathology vitals impression")  # told by a label within a line
_LEAST_LINES, _LONG_LINE = 4, 60
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*+(?=\S)")
_LISTS = _kinds("diagnosis discharge_diagnosis principal_diagnosis secondary_diagnosis admission_diagnosis")
_NARRATIVE = re.compile(
    r"\n[ \t\r]*\n\s*+(?=[A-Z][^\n:]{15}[^\n]{75}|[A-Z][a-z][^\n:.,;]{2,36}\n[A-Z][^\n:]{15}[^\n]{40,}[a-z][.!?] [A-Z])"
)  # a list of diagnoses ends before it, or before the title above it
_PASTS = _kinds("past_medical_history past_surgical_history obstetric_history")
_NAMED = _kinds("diagnosis discharge_diagnosis")
_JUDGED = _kinds("assessment assessment_and_plan impression hospital_course emergency_course")
_MANAGED = re.compile(
    r"(?:[.:;,\n]|[-–—•] ?|\d[.)]|\band)[ \t]*(?i:will|start|continue|stop|increase|decrease|refer|follow|return|repeat"
    r"|recheck|check|order|schedule|discuss|counsel|obtain|referred|started|continued|discussed|counseled|prescribed?"
    r"|reassured?|advised?)\b|\b(?:is|are|was|were|has|have|should|did|does|we|I|he|she|they|today)\b"
)  # what is done about a problem, and sentences
_LEAST_MANAGED = 2
_OF_STUDY = _kinds("imaging findings technique comparison indication")
_STAY = _kinds("hospital_course discharge_diagnosis principal_diagnosis")
_OPERATIVE = frozenset(("preoperative_diagnosis", "postoperative_diagnosis", "operative_description"))


class Heading:
    """A heading: its kind, its words, where it and the text under it begin, whether it is alone on its line."""

    __slots__ = ("alone", "body", "kind", "start", "title")

    def __init__(self, kind: str, title: str, start: int, body: int, alone: bool) -> None:
        self.kind, self.title, self.start, self.body, self.alone = kind, title, start, body, alone


def bound_sections(text: str, headings: list[Heading]) -> tuple[Section, ...]:
    """Return the sections of ``text`` under ``headings``; they cover it from end to end."""
    size = len(text)
    kinds = {heading.kind for heading in headings}
    operative = not kinds.isdisjoint(_OPERATIVE)
    sections: list[Section] = []
    by_line = _told_by_lines(text)
    first = headings[0].start if headings else size
    if first > 0:
        sections.append(Section("", "", Span(0, first), Span(0, first)))
    for i, heading in enumerate(headings):
        end = headings[i + 1].start if i + 1 < len(headings) else size
        kind = "operative_findings" if operative and heading.kind == "findings" else heading.kind
        if kind == "findings" and "chief_complaint" in kinds and "arra" in heading.title:  # a narrative of the stay
            kind = "hospital_course"
        if kind in _NAMED and kinds.isdisjoint(_JUDGED) and _is_managed(text, heading, end):
            kind = "assessment" if "plan" in kinds else "assessment_and_plan"
        if kind == "impression" and _is_of_study(headings, i):
            kind = "imaging"
        body = min(max(heading.body, heading.start), end)
        rest = end
        after = "" if kind in FRONT else "hospital_course" if kind in _LISTS else "other"
        brief = kind in _BRIEF or "differential" in heading.title.lower()
        told_below = kind in ("patient_information", "header")
        if (
            (brief and not heading.alone and (gap := _PARAGRAPH.search(text, body, end)) is not None)
            or (
                (behind := _TOLD_THERE.get(kind)) is not None
                and not heading.alone
                and (gap := behind.search(text, body, end)) is not None
                and text[body : gap.start()].strip()
            )
            or (told_below and (gap := _TOLD_BELOW.search(text, body, end)) is not None)
            or (
                kind in _LISTS
                and (gap := _NARRATIVE.search(text, body, end)) is not None
                and text[body : gap.start()].strip()
            )
        ):
            rest = gap.end()
        elif by_line and (found := _line_end(text, kind, heading, body, end)) >= 0:
            rest, after = found, _resumed(headings, i) if text[heading.start - 1] != "\n" else after
        elif kind in _PASTS and (resumed := story_resumes(text, body, end, alone=heading.alone)) is not None:
            rest, after = resumed, ""
        sections.append(Section(kind, heading.title, Span(heading.start, rest), Span(body, rest)))
        if rest < end:
            sections.append(Section(after, "", Span(rest, end), Span(rest, end)))
    return tuple(sections)


def _told_by_lines(text: str) -> bool:
    """True for a text without blank lines whose long lines end as sentences do: each is a paragraph."""
    if "\n\n" in text or "\n\r\n" in text:
        return False
    long_lines = [line.rstrip() for line in text.split("\n") if len(line) > _LONG_LINE]
    ended = sum(line.endswith((".", "!", "?", ":", ";", ")")) for line in long_lines)
    return len(long_lines) >= _LEAST_LINES and 4 * ended >= 3 * len(long_lines)


def _line_end(text: str, kind: str, heading: Heading, body: int, end: int) -> int:
    """Where the section of a heading ends that stands on the line of its text, in a text told by lines; -1 where it
    goes on.
    """
    if heading.alone:
        return -1
    if heading.start > 0 and text[heading.start - 1] != "\n":
        stop = text.find("\n", body, end) + 1 if kind in _ASIDES else 0
        return stop or -1
    following = _NEXT_LINES.get(kind)
    gap = following.search(text, body, end) if following is not None else None
    return gap.end() if gap is not None and text[body : gap.start()].strip() else -1


def _is_managed(text: str, heading: Heading, end: int) -> bool:
    """True for diagnoses under which stands what is done about them: the assessment and plan of a visit."""
    return sum(1 for _ in islice(_MANAGED.finditer(text, heading.body, end), _LEAST_MANAGED)) >= _LEAST_MANAGED


def _resumed(headings: list[Heading], i: int) -> str:
    """The kind of the section that the label of heading ``i`` within a line had interrupted."""
    before = next((h for h in reversed(headings[:i]) if h.kind not in _ASIDES), None)
    return before.kind if before is not None and before.alone else "" if before is None else "other"


def _is_of_study(headings: list[Heading], i: int) -> bool:
    """True for the impression of a study among the results of a stay: the author's own words come further down."""
    return headings[i - 1].kind in _OF_STUDY and i > 0 and any(h.kind in _STAY for h in headings[i + 1 :])
