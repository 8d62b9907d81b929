"""Clinical indicators of a note: measured values, treatments, findings (``data/indicators.yaml``), found in one pass.

Only what the author states of this patient in this encounter: nothing denied, planned or refused, nothing from the
family history, instructions or allergies. A value or treatment is never a diagnosis; it may raise a query.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, KeysView
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from nosology.codes.late_pattern import late_pattern
from nosology.codes.prepared import prepare, read_yaml
from nosology.model.note import Indicator, Note, Span, Status, Subject, Temporality
from nosology.notes.cues import flat_words, flatten
from nosology.notes.values import Measurement, read_after, read_before, read_slashed

__all__ = ["Asserted", "IndicatorReader", "indicator_names"]

_CLOSE_BY = 20  # indicators of one name that can stand on the same words

_DATA = Path(__file__).with_name("data") / "indicators.yaml"
_AFTER, _SLASH, _BEFORE, _SAID = range(4)
_ELSEWHERE = frozenset(
    ("family_history", "instructions", "education", "allergies", "header", "patient_information", "signature")
)
_NOT_NOW = frozenset(("past_surgical_history", "obstetric_history", "gynecologic_history", "immunizations"))
# sections whose lines name diagnoses: one in capitals is an abbreviation, not a title ("T2DM")
_LISTS = frozenset(
    (
        "diagnosis",
        "discharge_diagnosis",
        "principal_diagnosis",
        "secondary_diagnosis",
        "admission_diagnosis",
        "problem_list",
    )
)
_DISCHARGE_TITLE = late_pattern(r"\bdischarge\b|\bd/?c\b", re.IGNORECASE)
_NOT_DONE = late_pattern(
    r"\s*,?\s*(?:was |were |is |are )?(?:not (?:needed|given|required|used|indicated|started|necessary|present|seen)"
    r"|avoided|declined|deferred|refused|unnecessary|offered|was offered|absent|none|unlikely"
    r"|prophylaxis|ppx|prn\b|if\b|threshold|allergy|allergies|parameters)",
    re.IGNORECASE,
)
_NOT_YET = late_pattern(
    r"\b(?:no need for|not require|without need for|avoid(?:ed|ing)?|declin\w+|refus\w+|consider(?:ed|ing)?|discuss\w*"
    r"|may need|might need|would need|if|never|prior|previous|history of|h/o|hx of|s/p|risk of|risk for|at risk for"
    r"|prevent|prevention of|prophylactic|consent\w*(?: for)?|type and screen|crossmatch\w*|threshold|monitor for"
    r"|watch for|return for|call for)\s+(?:[\w/-]+\s+){0,2}$",
    re.IGNORECASE,
)
_SHORT = 4  # code points
_DEGREES = ("34", "35", "36", "37", "38", "39", "40", "41", "42", "9", "10")
_FAR = 200  # code points back in the sentence
_TITLE = 60  # code points of a line in capitals that is a title
_RESULT = late_pattern(r"neg|normal|unremarkable|clear|benign|nondiagnostic|non-diagnostic", re.IGNORECASE)
_WARY = (  # beginnings of the words of _NOT_YET
    *("no", "not", "requir", "without", "avoid", "declin", "refus", "consider", "discuss", "may", "might", "would"),
    *("if", "never", "prior", "previous", "history", "h/o", "hx", "of", "s/p", "risk", "at", "prevent", "prophyl"),
    *("consent", "type", "cross", "thresh", "monitor", "watch", "return", "call"),
)
# Measurements that are also made in urine, effusions or stool, and the words that say so.
_IN_FLUIDS = frozenset(("wbc", "glucose", "albumin", "creatinine", "ph", "potassium", "sodium", "hemoglobin"))
_FLUID = late_pattern(
    r"\b(?:u/?a|urine|urinalysis|csf|pleural|ascit\w+|peritoneal|synovial|paracentesis|thoracentesis|lp|lumbar puncture"
    r"|cord|scalp|gastric|vaginal|fluid (?:analysis|studies|wbc)|tap|spot|stool|dialysate|diet)\b[^;\n]{0,60}$",
    re.IGNORECASE,
)
_FLUIDS = (  # beginnings of the words of _FLUID
    *("ua", "u/a", "urin", "csf", "pleural", "ascit", "periton", "synov", "centesis", "lp", "lumbar", "fluid", "tap"),
    *("cord", "scalp", "gastric", "vagina", "spot", "stool", "dialys", "diet"),
)
# What stands behind these in a sentence is an order, a table of points or a range, not of this patient.
_ORDER = late_pattern(
    r"notify|protocol[:;]|parameters|reference|normal (?:range|values)|orders:|apache|call (?:md|provider|if|for)"
    r"|return (?:to|for)|scale:|hold (?:for|if)|criteria:|(?:study|trial) enrolled|patients with|defined as|ranges?:"
)  # in lower case
_AT_DISCHARGE = frozenset(("laboratory", "results", "vitals", "physical_exam", "disposition"))
Asserted = Callable[[Span, int], tuple[Status, Subject, Temporality, str]]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """``automaton`` yields (length, code points behind the words, whole word, ((name, how, place), …)).

    Short words are looked for with the blank behind them, so that not every word that begins like them is a hit.
    """

    automaton: Any
    measurements: dict[str, Measurement]
    investigations: frozenset[str]
    names: frozenset[str]


def _read_vocabulary() -> dict[str, Any]:
    """Return ``data/indicators.yaml`` with every spelling as it is looked for, and what it may stand for."""
    data = read_yaml(_DATA.read_text(encoding="utf-8"))
    keys: dict[str, tuple[bool, list[tuple[str, int, int]]]] = {}

    def add(spelling: str, name: str, how: int, place: int = 0) -> None:
        loose, whole = spelling.startswith("*"), not spelling.endswith("*")
        words = flatten(spelling.strip("*"))
        key = words if loose or how == _BEFORE else f" {words.strip()}"
        keys.setdefault(key, (whole, []))[1].append((name, how, place))

    for name, entry in data["measurements"].items():
        for spelling in entry["words"]:
            add(spelling, name, _AFTER)
        for spelling in entry.get("after", ()):
            add(spelling, name, _BEFORE)
        for spelling, place in entry.get("slash", {}).items():
            add(spelling, name, _SLASH, place)
    for name, spellings in data["phrases"].items():
        for spelling in spellings:
            add(spelling, name, _SAID)
    return {
        "keys": {key: (whole, tuple(uses)) for key, (whole, uses) in keys.items()},
        "measurements": data["measurements"],
        "investigations": data["investigations"],
        "names": [*data["measurements"], *data["phrases"]],
    }


@cache
def _vocabulary() -> _Vocabulary:
    import ahocorasick

    data = prepare("indicators", [_DATA, Path(__file__)], _read_vocabulary)
    measurements = {
        name: Measurement(
            name,
            (float(entry["plausible"][0]), float(entry["plausible"][1])),
            entry["unit"],
            entry.get("units", {}),
            frozenset(entry.get("cased", ())),
            frozenset(entry.get("attached", ())),
            entry.get("percent", False),
            entry.get("thousand", False),
            entry.get("estimate", False),
            entry.get("fahrenheit", False),
            float(entry.get("conventional", 0)),
            frozenset(map(float, entry.get("never", ()))),
        )
        for name, entry in data["measurements"].items()
    }
    automaton = ahocorasick.Automaton()
    for key, (whole, uses) in data["keys"].items():
        length = len(key) - (key[0] == " ")
        if whole and length <= _SHORT:
            automaton.add_word(f"{key} ", (length, 1, False, uses))
        else:
            automaton.add_word(key, (length, 0, whole, uses))
        if uses[0][0] in measurements and key.strip() in measurements[uses[0][0]].attached:
            for digits in _DEGREES:
                automaton.add_word(f"{key}{digits}", (length, len(digits), False, uses))
    automaton.make_automaton()
    return _Vocabulary(automaton, measurements, frozenset(data["investigations"]), frozenset(data["names"]))


def indicator_names() -> frozenset[str]:
    """Return the names of all measurements and phrases of the vocabulary."""
    return _vocabulary().names


class IndicatorReader:
    """The indicators of one note: ``names`` of those whose words stand in it; :meth:`of` reads one of them."""

    def __init__(self, note: Note, asserted: Asserted) -> None:
        self._note = note
        self._text = note.document.text
        self._asserted = asserted
        self._hits: dict[str, list[tuple[int, int, int, int]]] = {}
        self._read: dict[str, tuple[Indicator, ...]] = {}
        self._starts: list[int] = []
        self._orders: dict[int, int] = {}
        flat = flat_words(self._text)
        hits = self._hits
        for end, (length, behind, whole, uses) in _vocabulary().automaton.iter(flat):
            if whole and flat[end + 1].isalnum():
                continue
            after = end - behind
            for name, how, place in uses:
                if name in hits:
                    hits[name].append((after - length, after, how, place))
                else:
                    hits[name] = [(after - length, after, how, place)]

    @property
    def names(self) -> KeysView[str]:
        """The names of the indicators whose words stand in the note, whatever is said of them."""
        return self._hits.keys()

    def of(self, name: str) -> tuple[Indicator, ...]:
        """Return the indicators of that name, in order of appearance."""
        known = self._read.get(name)
        if known is None:
            if not self._starts:
                self._starts = [sentence.span.start for sentence in self._note.sentences]
            measurement = _vocabulary().measurements.get(name)
            found: dict[tuple[int, int, float | None], Indicator] = {}
            for start, end, how, place in self._hits.get(name, ()):
                number = bisect_right(self._starts, start) - 1
                if number < 0:
                    continue
                if measurement is None:
                    each = self._said(name, start, end, number)
                else:
                    each = self._measured(measurement, start, end, how, place, number)
                for indicator in each:
                    close_by = islice(reversed(found.values()), _CLOSE_BY)
                    if not any(i.span.overlaps(indicator.span) and i.value == indicator.value for i in close_by):
                        found.setdefault((indicator.span.start, indicator.span.end, indicator.value), indicator)
            known = self._read[name] = tuple(found.values())
        return known

    def _order_in(self, number: int) -> int:
        """Return where in the sentence an order or a table begins; the end of the text where there is none."""
        at = self._orders.get(number)
        if at is None:
            span = self._note.sentences[number].span
            found = _ORDER.search(self._text[span.start : span.end].lower())
            at = self._orders[number] = span.start + found.start() if found else len(self._text)
        return at

    def _measured(
        self, measurement: Measurement, start: int, end: int, how: int, place: int, number: int
    ) -> list[Indicator]:
        sentence = self._note.sentences[number]
        section = self._note.sections[sentence.section]
        if section.kind in _ELSEWHERE or end > sentence.span.end:
            return []
        text, stop = self._text, sentence.span.end
        if text[end:stop] in ("", ".", ":") and number + 1 < len(self._starts):  # "Potassium. 6.4 on arrival"
            following = self._note.sentences[number + 1]
            same = following.section == sentence.section and "\n" not in text[end : following.span.start]
            stop = following.span.end if same else stop
        if how == _SLASH:
            readings = read_slashed(text, start, end, stop, place, measurement)
        elif how == _BEFORE:
            readings = read_before(text, start, end, measurement)
        else:
            readings = read_after(text, start, end, stop, measurement)
        if not readings:
            return []
        status, subject, _when, _cue = self._asserted(Span(start, end), number)
        if subject is not Subject.PATIENT or status in (Status.HYPOTHETICAL, Status.CONDITIONAL):
            return []
        if start > self._order_in(number):
            return []
        if measurement.name in _IN_FLUIDS:
            before = text[max(sentence.span.start, start - _FAR) : start].lower()
            if any(word in before for word in _FLUIDS) and _FLUID.search(before):
                return []
        known = "past" if section.kind == "past_medical_history" or section.kind in _NOT_NOW else ""
        if not known and section.title and _DISCHARGE_TITLE.search(section.title) and section.kind in _AT_DISCHARGE:
            known = "discharge"
        return [
            Indicator(
                measurement.name,
                Span(r.start, r.end),
                number,
                sentence.section,
                r.value,
                r.upper,
                r.bound,
                r.when or known,
            )
            for r in readings
        ]

    def _said(self, name: str, start: int, end: int, number: int) -> list[Indicator]:
        sentence = self._note.sentences[number]
        kind = self._note.sections[sentence.section].kind
        if kind in _ELSEWHERE or kind in _NOT_NOW:
            return []
        text = self._text
        line = text[sentence.span.start : sentence.span.end]
        if kind not in _LISTS and len(line) <= _TITLE and line.isupper() and not text.isupper():
            return []  # a title in capitals
        while end < len(text) and text[end].isalnum():
            end += 1
        span = Span(start, end)
        status, subject, when, cue = self._asserted(span, number)
        if status is Status.ABSENT and name in _vocabulary().investigations and _RESULT.match(cue):
            status = Status.PRESENT
        if subject is not Subject.PATIENT or status is not Status.PRESENT:
            return []
        if when is Temporality.HISTORICAL and cue != "section":
            return []
        if _NOT_DONE.match(text, end):
            return []
        if start > self._order_in(number):
            return []
        words = text[max(sentence.span.start, start - 48) : start].lower()
        if any(word.startswith(_WARY) for word in words.split()) and _NOT_YET.search(words):
            return []
        return [Indicator(name, span, number, sentence.section)]
