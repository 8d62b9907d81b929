"""The cue lexicon of ``data/cues.yaml``: phrases that say whether, of whom and when, found in one pass over a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from nosology.codes.prepared import prepare, read_yaml

__all__ = ["Cue", "CueLexicon", "Found", "SectionDefault", "cue_lexicon", "find_cues", "flat_words", "flatten"]

_DATA = Path(__file__).with_name("data") / "cues.yaml"
_CHOICE = re.compile(r"\(([^()]*)\)")
_BLANKS = '\n\r\t\f\v()[]{}"-.,;:?!<>|*_=\u2018\u201c\u201d\u2013\u2014\u2022\u00a0'
_FOLD = str.maketrans({**dict.fromkeys(_BLANKS, " "), **{chr(i): chr(i + 32) for i in range(65, 91)}, "\u2019": "'"})
_FOREIGN = "\u2018\u201c\u201d\u2013\u2014\u2022\u00a0"
_RUN = re.compile(r" {2,}")
# what a text holds of whose lines some may go on in the next, or that is indented; and where such a line does
_WRAPS = tuple(
    (signs, re.compile(pattern))
    for signs, pattern in (
        (("\n ", "\n\t"), r"\n[ \t]+[a-z]"),
        (("  ",), r"  [ ]{0,58}[a-z]"),
        (("\r",), r"\r\n?[ \t]*[a-z]"),
    )
)


@dataclass(frozen=True, slots=True)
class Cue:
    """What one cue phrase says; the fields are explained in ``data/cues.yaml``."""

    kind: str
    direction: str = "forward"
    window: int = 0
    comma: str = "through"
    stops: frozenset[str] = frozenset()
    relation: bool = False
    historical: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class SectionDefault:
    """What a section says of its content where no cue says otherwise."""

    status: str = ""
    subject: str = ""
    temporality: str = ""
    unless_fact: bool = False


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """The compiled lexicon.

    ``automaton`` is an Aho-Corasick automaton whose values are (length, cues that end scopes, cues that open scopes or
    are pseudo-cues); ``facts`` finds words of fact; ``sections`` holds the defaults by kind of section.
    """

    automaton: Any
    facts: re.Pattern[str]
    sections: dict[str, SectionDefault]
    phrases: dict[str, tuple[Cue, ...]]


def _expand(phrase: str) -> list[str]:
    """Every reading of a phrase with alternatives: ``no (signs|) of`` is ``no signs of`` and ``no of``."""
    parts = _CHOICE.split(phrase)
    if len(parts) == 1:
        return [" ".join(phrase.split())]
    choices = [part.split("|") if number % 2 else (part,) for number, part in enumerate(parts)]
    readings = list(map("".join, product(*choices)))
    if "(" in readings[0]:  # alternatives within alternatives: the inner ones are gone now
        return list(dict.fromkeys(each for reading in readings for each in _expand(reading)))
    return [
        " ".join(reading.split()) if "  " in reading or reading != reading.strip() else reading for reading in readings
    ]


def _read_cues() -> dict[str, Any]:
    """Return ``data/cues.yaml`` with every phrase spelt out: the fields of the cues, the numbers of each phrase's."""
    data = read_yaml(_DATA.read_text(encoding="utf-8"))
    numbers: dict[tuple[Any, ...], int] = {}
    phrases: dict[str, tuple[int, ...]] = {}
    for group in data["groups"]:
        fields = (
            group["kind"],
            group.get("direction", "forward"),
            group.get("window", 0),
            group.get("comma", "through"),
            tuple(sorted(group.get("stops", ()))),
            group.get("relation", False),
            group.get("temporality") == "historical",
            group.get("at_once", False),
        )
        number = numbers.setdefault(fields, len(numbers))
        for written in group["phrases"]:
            for key in _expand(written.lower().replace("-", " ").replace(".", " ")):
                if key and number not in phrases.get(key, ()):
                    phrases[key] = (*phrases.get(key, ()), number)
    facts = "|".join(re.escape(reading) for written in data["facts"] for reading in _expand(written))
    return {"cues": list(numbers), "phrases": phrases, "facts": facts, "sections": data["sections"]}


@cache
def cue_lexicon() -> CueLexicon:
    """The lexicon, read once per process."""
    import ahocorasick

    data = prepare("cues", [_DATA, Path(__file__)], _read_cues)
    known = [
        Cue(kind, direction, window, comma, frozenset(stops), *flags)
        for kind, direction, window, comma, stops, *flags in data["cues"]
    ]
    automaton = ahocorasick.Automaton()
    parted: dict[tuple[int, ...], tuple[tuple[Cue, ...], ...]] = {}  # few phrases differ in what they say
    for key, numbers in data["phrases"].items():
        if numbers not in parted:
            cues = tuple(known[number] for number in numbers)
            ends = tuple(cue for cue in cues if cue.kind in ("stop", "affirm"))
            parted[numbers] = (cues, ends, tuple(cue for cue in cues if cue not in ends))
        automaton.add_word(" " + key, (len(key), *parted[numbers][1:]))
    automaton.make_automaton()
    sections = {name: SectionDefault(**fields) for name, fields in data["sections"].items()}
    phrases = {key: parted[numbers][0] for key, numbers in data["phrases"].items()}
    return CueLexicon(automaton, re.compile(rf"\b(?:{data['facts']})\b", re.IGNORECASE), sections, phrases)


Found = tuple[int, int, tuple[Cue, ...], tuple[Cue, ...]]


@lru_cache(maxsize=1)
@lru_cache(maxsize=4)
def flat_words(text: str) -> str:
    """A whole text as :func:`flatten` gives it, between two blanks; kept, since several readers want it."""
    return f" {flatten(text)} "


def flatten(text: str) -> str:
    """``text`` in lower case with punctuation and line ends as blanks, code point for code point."""
    if text.isascii():
        return text.translate(_FOLD)
    for sign in _FOREIGN:
        text = text.replace(sign, " ")
    text = text.replace("\u2019", "'")
    if text.isascii():
        return text.translate(_FOLD)
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for sign in _BLANKS:
        if sign in lower:
            lower = lower.replace(sign, " ")
    return lower


def find_cues(text: str) -> list[Found]:
    """Every cue phrase of the lexicon between word boundaries in ``text``: (start, end, cues that end
    scopes, other cues), in order of the end."""
    flat = flat_words(text)
    for signs, wrap in _WRAPS:
        if any(sign in text for sign in signs) and wrap.search(text):
            return _find_wrapped(flat)
    return [
        (end - length, end, ends, opens)
        for end, (length, ends, opens) in cue_lexicon().automaton.iter(flat)
        if not flat[end + 1].isalnum()
    ]


def _find_wrapped(flat: str) -> list[Found]:
    """As :func:`find_cues` where line ends and indentation stand inside phrases: runs of blanks count as one."""
    pieces: list[str] = []
    starts: list[int] = [0]
    shifts: list[int] = [0]
    last = shift = 0
    for run in _RUN.finditer(flat):
        pieces.append(flat[last : run.start() + 1])
        last = run.end()
        shift += run.end() - run.start() - 1
        starts.append(last - shift)
        shifts.append(shift)
    pieces.append(flat[last:])
    narrow = "".join(pieces)
    found: list[Found] = []
    for end, (length, ends, opens) in cue_lexicon().automaton.iter(narrow):
        if end + 1 < len(narrow) and not narrow[end + 1].isalnum():
            first = end - length + 1
            head = first + shifts[bisect_right(starts, first) - 1]
            tail = end + shifts[bisect_right(starts, end) - 1]
            found.append((head - 1, tail, ends, opens))
    return found
