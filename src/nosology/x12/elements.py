"""Elements against the guide: type, length, codes, usage, repetitions, components, dates, syntax notes.

Each use of a segment is compiled once into a :class:`Checker`. It remembers the values that it found right, so that a
value which comes again costs one look into a set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from nosology.x12.guide import Element, Note, SegmentUse, known_codes
from nosology.x12.segments import Delimiters, Segment
from nosology.x12.values import parse_day, parse_days, parse_time

__all__ = ["Checker", "Problem", "period_problem"]

_KEPT = 4096  # values that are remembered for an element
_WHOLE = re.compile(r"-?\d+", re.ASCII)
_DECIMAL = re.compile(r"-?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_VERSION = "1705"  # the guide named in ST03 is judged with the envelope


class Problem(NamedTuple):
    """What is wrong with an element: where, the IK403 code, the rule, the SNIP level, our words, the value."""

    element: int
    component: int
    repetition: int
    code: str
    rule: str
    snip: int
    message: str
    value: str = ""
    number: str = ""


_Found = tuple[int, str, str, int, str, str, str]  # component, code, rule, snip, message, value, number
_Test = Callable[[str], "_Found | None"]


class Checker:
    """One use of a segment, ready to check. ``clean`` holds texts of whole segments that were right."""

    __slots__ = ("_elements", "_last", "_notes", "_periods", "clean", "use")

    def __init__(self, use: SegmentUse, delimiters: Delimiters) -> None:
        self.use = use
        self.clean: set[str] = set()
        tests = [_element(element, delimiters) for element in use.elements]
        start: tuple[set[str], Callable[[str], Sequence[tuple[int, _Found]]]] = ({use.id}, lambda _: ())
        self._elements = [start, *tests]
        self._last = max((place for place, element in enumerate(use.elements, 1) if element.usage == "R"), default=0)
        self._notes = tuple(note for note in use.notes if _matters(note, use.elements))
        self._periods = _periods(use.elements)

    def check(self, elements: Segment) -> list[Problem]:
        """Return what is wrong with a segment, in the order of its elements."""
        problems: list[Problem] = []
        place = 0
        for value, (good, test) in zip(elements, self._elements, strict=False):
            if value not in good:
                found = test(value)
                for repetition, one in found:
                    problems.append(_problem(place, repetition, one))
                if not found and len(good) < _KEPT:
                    good.add(value)
            place += 1
        if place <= self._last:
            for missing in range(place, self._last + 1):
                element = self.use.elements[missing - 1]
                if element.usage == "R":
                    problems.append(_problem(missing, 0, _missing(element)))
        elif place < len(elements):
            message = f"{self.use.id} has more elements than the {len(self.use.elements)} of the standard"
            problems.append(Problem(place, 0, 0, "3", "x12.too_many_elements", 1, message))
        for note in self._notes:
            problems += self._broken(note, elements)
        for at in self._periods:
            if at < len(elements) and elements[at] and elements[at - 1] and all(one.element != at for one in problems):
                code = period_problem(elements[at - 1], elements[at])
                if code:
                    problems.append(self._period(at, 0, code, elements[at]))
        return problems

    def _period(self, place: int, component: int, code: str, value: str) -> Problem:
        kind = "time" if code == "9" else "date"
        message = f"the {kind} is none, or not of the format that stands before it"
        return Problem(place, component, 0, code, f"x12.{kind}", 1, message, value, "1251")

    def _broken(self, note: Note, elements: Segment) -> list[Problem]:
        missing = _violation(note, lambda at: at < len(elements) and bool(elements[at]))
        if not missing or (note.kind != "E" and self.use.elements[missing - 1].usage == "R"):
            return []
        return [_problem(missing, 0, _note(note, self.use.elements[missing - 1], 0))]


def period_problem(form: str, value: str) -> str:
    """The IK403 code (8 date, 9 time) of a value that is not of its format (element 1250), "" if it is right."""
    if form == "D8":
        return "" if parse_day(value) else "8"
    if form == "RD8":
        days = parse_days(value) if "-" in value else None
        return "" if days and days[0] <= days[1] else "8"
    if form == "DT":
        if len(value) < 12 or not parse_day(value[:8]):
            return "8"
        return "" if parse_time(value[8:]) else "9"
    if form == "TM":
        return "" if parse_time(value) else "9"
    return ""


def _problem(place: int, repetition: int, found: _Found) -> Problem:
    component, code, rule, snip, message, value, number = found
    return Problem(place, component, repetition, code, rule, snip, message, value, number)


def _missing(element: Element, component: int = 0) -> _Found:
    return (
        component,
        "1",
        "x12.required",
        2,
        f"the {element.name} is missing, which the guide requires",
        "",
        element.number,
    )


def _not_used(element: Element, value: str, component: int = 0) -> _Found:
    return component, "I10", "x12.not_used", 2, f"the guide has no {element.name} here", value, element.number


def _element(
    element: Element, delimiters: Delimiters
) -> tuple[set[str], Callable[[str], Sequence[tuple[int, _Found]]]]:  # fmt: skip
    """The values known to be right, and the test of others (which gives repetition and what is wrong)."""
    if element.usage == "-":
        return {""}, lambda value: [(0, _not_used(element, value))]
    good = set() if element.usage == "R" else {""}
    one = _composite(element, delimiters) if element.components else _simple(element, delimiters)
    separator, most = delimiters.repetition, element.repeats

    def test(value: str) -> Sequence[tuple[int, _Found]]:
        if not value:
            return [(0, _missing(element))]
        if separator not in value:
            found = one(value)
            return [(0, found)] if found else ()
        values = value.split(separator)
        if len(values) > most:
            message = f"the {element.name} stands {len(values)} times, at most {most} are allowed"
            return [(0, (0, "12", "x12.repetitions", 1, message, value[:99], element.number))]
        return [(at, found) for at, part in enumerate(values, 1) if (found := one(part) if part else None)]

    return good, test


def _simple(element: Element, delimiters: Delimiters, component: int = 0) -> _Test:
    """The test of one value that is not empty."""
    name, number, least, greatest = element.name, element.number, element.least, element.greatest
    codes = element.codes if number != _VERSION else None
    kind = element.type
    separator = delimiters.component
    form = {"N0": _WHOLE, "R": _DECIMAL}.get(kind[:2] if kind[:1] == "N" else kind)
    if form is None and kind[:1] == "N":
        form = _WHOLE

    def test(value: str) -> _Found | None:
        if codes is not None and value in codes:
            return None
        length = len(value)
        if separator in value and not component:
            return 0, "13", "x12.components", 1, f"the {name} has no components", value, number
        if _CONTROL.search(value):
            return component, "6", "x12.character", 1, f"the {name} holds a control character", value, number
        if form is not None:
            if not form.fullmatch(value):
                return component, "6", "x12.number", 1, f"the {name} is no number", value, number
            length -= value.count("-") + value.count(".")
        elif kind == "DT":
            if not parse_day(value if len(value) == 8 else "20" + value):
                return component, "8", "x12.date", 1, f"the {name} is no date", value, number
        elif kind == "TM":
            if not parse_time(value):
                return component, "9", "x12.time", 1, f"the {name} is no time", value, number
        elif not value.strip(" "):
            return component, "6", "x12.character", 1, f"the {name} holds nothing but blanks", value, number
        if length < least:
            return component, "4", "x12.too_short", 1, f"the {name} is shorter than {least} characters", value, number
        if length > greatest:
            return component, "5", "x12.too_long", 1, f"the {name} is longer than {greatest} characters", value, number
        if codes is not None:
            code = "I6" if value in known_codes(number) else "7"
            return component, code, "x12.code", 2, f"the guide has no such code for the {name} here", value, number
        return None

    return test


def _composite(element: Element, delimiters: Delimiters) -> _Test:
    """The test of one composite that is not empty."""
    separator = delimiters.component
    parts = element.components
    tests = [_simple(part, delimiters, place) for place, part in enumerate(parts, 1)]
    notes = tuple(note for note in element.notes if _matters(note, parts))
    periods = _periods(parts)

    def test(value: str) -> _Found | None:
        values = value.split(separator)
        while len(values) > 1 and not values[-1]:
            values.pop()
        if len(values) > len(parts):
            message = f"the {element.name} has {len(values)} components, the standard {len(parts)}"
            return 0, "13", "x12.components", 1, message, value, element.number
        for place, part in enumerate(parts, 1):
            text = values[place - 1] if place <= len(values) else ""
            if not text:
                if part.usage == "R":
                    return _missing(part, place)
            elif part.usage == "-":
                return _not_used(part, text, place)
            elif (found := tests[place - 1](text)) is not None:
                return found
        for note in notes:
            missing = _violation(note, lambda at: at <= len(values) and bool(values[at - 1]))
            if missing:
                return _note(note, parts[missing - 1], missing)
        for at in periods:
            if at <= len(values) and values[at - 1] and (code := period_problem(values[at - 2], values[at - 1])):
                return at, code, "x12.date", 1, "the date is none, or not of its format", values[at - 1], "1251"
        return None

    return test


def _periods(elements: Sequence[Element]) -> tuple[int, ...]:
    """The places (from 1) of a date or period whose format stands right before it."""
    return tuple(
        place
        for place in range(2, len(elements) + 1)
        if elements[place - 1].number == "1251"
        and elements[place - 2].number == "1250"
        and elements[place - 1].usage != "-"
    )


def _note(note: Note, element: Element, component: int) -> _Found:
    if note.kind == "E":
        message = f"the {element.name} may not stand beside what stands before it"
        return component, "10", "x12.exclusion", 1, message, "", element.number
    message = f"{element.name} missing, which other elements require"
    return component, "2", "x12.conditional", 1, message, "", element.number


def _matters(note: Note, elements: Sequence[Element]) -> bool:
    """Whether a syntax note can be broken at all where the guide is kept."""
    usage = [elements[at - 1].usage if at <= len(elements) else "-" for at in note.elements]
    if note.kind == "P":
        return not all(letter == "R" for letter in usage) and not all(letter == "-" for letter in usage)
    if note.kind == "R":
        return "R" not in usage and any(letter == "S" for letter in usage)
    if note.kind == "E":
        return sum(letter != "-" for letter in usage) > 1
    return usage[0] != "-" and (note.kind == "C" or "R" not in usage[1:])


def _violation(note: Note, there: Callable[[int], bool]) -> int:
    """The element that is missing (of E: that is too much) by a syntax note, 0 if the note is kept."""
    first, *others = note.elements
    if note.kind == "P":
        present = [at for at in note.elements if there(at)]
        return next(at for at in note.elements if at not in present) if 0 < len(present) < len(note.elements) else 0
    if note.kind == "R":
        return 0 if any(there(at) for at in note.elements) else first
    if note.kind == "E":
        present = [at for at in note.elements if there(at)]
        return present[1] if len(present) > 1 else 0
    if not there(first):
        return 0
    if note.kind == "C":
        return next((at for at in others if not there(at)), 0)
    return 0 if any(there(at) for at in others) else others[0]
