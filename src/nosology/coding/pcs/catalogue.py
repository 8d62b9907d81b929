"""The catalogue of procedures: how clinicians say each one, and which ICD-10-PCS code it is, as far as the name goes.

The entries stand in ``lexicon/data/procedures``. A code there has seven places; "?" stands for an axis that the chart
settles, by choices between words. Words that the entries need are looked for in one pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import nosology.lexicon
from nosology.codes.prepared import prepare, read_yaml
from nosology.lexicon.patterns import needed_words

__all__ = [
    "AXES",
    "Addition",
    "Catalogue",
    "Choice",
    "Procedure",
    "build_procedure",
    "load_catalogue",
    "spell_out",
    "spell_pattern",
    "words_of",
]

AXES = {4: "part", 5: "approach", 6: "device", 7: "qualifier"}
"""Place in the code → the name of the axis in the catalogue, in all sections (section 3 puts a substance at 6)."""

_BEFORE, _AFTER = 90, 130  # code points around a needed word in which an entry is looked for
_SHORT = 3  # letters; needed words as short as that begin a word of the text
_RELATIVE = (
    r"(?:,? (?:which|that|with|of|in|from|at|on|holding|lying|including|between|around|along|over|overlying"
    r"|behind|below|above|under|beside|impacted|lodged|stuck|wedged)\b(?:[^.;:]|\.(?=\d)){0,70}?)?,?"
)
_MANNER = (
    r"(?: (?!not\b|never\b|to be\b|be\b|left\b|being\b|was\b|were\b|without\b|had\b|seen\b|felt\b|and the\b|if\b)"
    r"[^\s.;:]+){0,12}?"
)
_WHOLE = (
    r"(?<!\bin.the.)(?<!\bof.the.)(?<!\bfrom.the.)(?<!\bto.the.)(?<!\bon.the.)(?<!\bin.)(?<!\bof.)(?<!\bfrom.)"
    r"(?<!\bof.the.left.)(?<!\bof.the.right.)(?<!\bfrom.the.left.)(?<!\bfrom.the.right.)"
)
_FIRST = r"(?:(?:was|were) (?:(?!not\b|never\b)[^\s.;:]+ ){1,8}?and (?:then )?)?"
_DETERMINED = (
    r"(?: (?:the|this|that|an?|his|her|all|both|entire|whole|of|right|left|(?!(?:of|for|and|with|from|in|to|by"
    r"|off|through|via|at|into|on|was|were|between|over|under)\b)\w+))"
)
"""Between an object and its verb: what describes the object, and how it was done; never a denial."""
_WITHIN_SENTENCE = r"(?:[^.;\n]|\n(?!\s*\n|\s*(?:\d+|[a-zA-Z])[.)]\s|\s*[-*•]|[A-Z][^\n:]{2,40}:)|\.(?=\w))"
_FOLDER = Path(nosology.lexicon.__file__).parent / "data" / "procedures"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an axis (a character or a label of the tables), and the words that choose it ("" for the default).

    ``near`` keeps to the statement and its sentence. ``value`` "ask" leaves the axis open. ``wins``: wherever the words
    stand, they decide before words that are nearer, as a conversion does that the title does not name. ``weak``: they
    decide where no others do, as "fixation" does where no nail or plate is named.
    """

    value: str
    when: str = ""
    near: bool = False
    wins: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Addition:
    """Another procedure that is coded as well where its words stand."""

    name: str
    when: str = ""
    near: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """One entry: its name, how it is said, its codes with open places, and what settles those.

    ``codes`` are choices between codes; several codes without words are several tables, of which the body part picks
    one. ``part`` "key" reads the body part from the tables and the body part key. ``each`` takes every body part that
    is named, not the nearest. ``yields`` is a pattern of codes beside which this one is not coded, ``covers`` names the
    procedures that are part of this one. ``only`` names the zones of a chart in which the words count, ``lists`` True
    where images and tests are coded from lists of procedures alone. ``cites`` is the guideline that decides. ``told``
    is True for an entry that only adds descriptions to the entry of the same name.
    """

    name: str
    says: tuple[str, ...]
    codes: tuple[Choice, ...]
    axes: Mapping[int, tuple[Choice, ...]] = field(default_factory=dict)
    each: bool = False
    yields: str = ""
    covers: tuple[str, ...] = ()
    also: tuple[Addition, ...] = ()
    only: tuple[str, ...] = ()
    lists: bool = False
    unless: str = ""
    cites: str = ""
    told: bool = False


def spell_out(written: str) -> str:
    """Return a pattern with the short forms that every clinician uses beside the word."""
    return written.replace("biops(?:y|ies)", "(?:biops(?:y|ies)|bx)")


def words_of(written: str) -> str:
    """Return a pattern of the catalogue as a regular expression.

    A blank is any white space or hyphens; "[^.;]" runs on over the point of a number, never into a new heading or item.
    """
    return spell_out(written).replace("[^.;]", _WITHIN_SENTENCE).replace(" ?", r"[\s-]*").replace(" ", r"[\s-]+")


@cache
def spell_pattern(written: str) -> re.Pattern[str]:
    """Return the compiled pattern of a choice, between word boundaries, without regard to case."""
    return re.compile(rf"(?<!\w)(?:{words_of(written)})(?!\w)", re.IGNORECASE)


class Catalogue:
    """All entries, and the automaton that finds which of them a text can hold at all."""

    def __init__(self, procedures: Sequence[Procedure], needed: Sequence[tuple[int, str, tuple[str, ...]]]) -> None:
        import ahocorasick

        self.procedures: dict[str, Procedure] = {}
        for each in sorted(procedures, key=lambda p: p.told):
            self.procedures.setdefault(each.name, each)
        self._order = tuple(procedures)
        self._patterns = [(number, written) for number, written, _words in needed]
        by_word: dict[str, list[int]] = {}
        for place, (_number, _written, words) in enumerate(needed):
            for word in words:
                by_word.setdefault(word, []).append(place)
        self._automaton = ahocorasick.Automaton()
        for word, places in by_word.items():
            self._automaton.add_word(word, (len(word), tuple(places)))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[tuple[Procedure, int, int]]:
        """Return every place where an entry is said: entry, start, end; in order of place, longer first."""
        low = text.lower()
        if len(low) != len(text):
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        places: dict[int, list[int]] = {}
        for end, (length, numbers) in self._automaton.iter(low):
            if length <= _SHORT and end >= length and low[end - length].isalnum():
                continue  # within another word
            for number in numbers:
                places.setdefault(number, []).append(end)
        found = []
        for number, ends in places.items():
            entry, written = self._patterns[number]
            pattern = spell_pattern(written)
            for first, last in _stretches(text, ends):
                found += [(self._order[entry], *match.span()) for match in pattern.finditer(text, first, last)]
        return sorted(found, key=lambda hit: (hit[1], -hit[2], hit[0].name))


def _stretches(text: str, ends: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches of text around the places of a word, cut between words; those that meet are one."""
    found: list[tuple[int, int]] = []
    for end in ends:
        first, last = max(0, end - _BEFORE), min(len(text), end + _AFTER)
        while last < len(text) and text[last].isalnum():
            last += 1
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _choice(raw: Mapping[str, Any]) -> Choice:
    flags = (bool(raw.get(flag, False)) for flag in ("near", "wins", "weak"))
    return Choice(str(raw["is"]), str(raw.get("when", "")), *flags)


def _choices(value: Any, shared: Mapping[str, Any]) -> tuple[Choice, ...]:
    if value is None:
        return ()
    if isinstance(value, str | int):
        name = str(value)
        return _choices(shared[name], shared) if name in shared else (Choice(name),)
    found: list[Choice] = []
    for each in value:
        if isinstance(each, Mapping):
            found.append(_choice(each))
        else:
            found += _choices(each, shared)
    return tuple(found)


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(map(str, value or ()))


def build_procedure(raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Procedure:
    """Return an entry as it stands in a file, with the choices that several entries share."""
    return Procedure(
        name=raw["name"],
        says=_texts(raw.get("says")),
        codes=_choices(raw["code"], {}),
        axes={place: _choices(raw[name], shared) for place, name in AXES.items() if name in raw},
        each=bool(raw.get("each", False)),
        yields=str(raw.get("yields", "")),
        covers=_texts(raw.get("covers")),
        also=tuple(
            Addition(each["name"], str(each.get("when", "")), bool(each.get("near", False)))
            for each in raw.get("also", ())
        ),
        only=_texts(raw.get("only")),
        lists=bool(raw.get("lists", False)),
        unless=str(raw.get("unless", "")),
        cites=str(raw.get("cites", "")),
        told=not raw.get("says"),
    )


def _tells(piece: str) -> tuple[bool, int]:
    """How rare a piece of a needed word is: "&" before letters, long before short."""
    return "&" in piece, len(piece)


def _sayings(raw: Mapping[str, Any], verbs: Mapping[str, str], nouns: Mapping[str, str]) -> tuple[str, ...]:
    """How an entry is said: its names, and the sentences that tell it by a verb and its object.

    "The appendix, which looked dusky, was removed"; "removed the appendix"; "appendix removed"; "removal of the
    appendix".
    """
    told: list[str] = []
    for kind, named in (raw.get("told") or {}).items():
        for thing in _texts(named):
            told.append(rf"{_WHOLE}(?:{thing}){_RELATIVE} {_FIRST}(?:was|were){_MANNER} (?:{verbs[kind]})")
            told.append(rf"(?:{verbs[kind]}){_DETERMINED}{{1,3}} (?:{thing})")
            told.append(
                rf"{_WHOLE}(?:{thing}) (?:(?:then|now|next|bluntly|sharply|carefully|completely"
                rf"|also) )?(?:{verbs[kind]})"
            )
            if noun := nouns.get(kind):
                told.append(rf"(?:{noun}) of(?: (?!and\b|with\b)\w+){{0,3}} (?:{thing})")
    return (*_texts(raw.get("says")), *told)


def _read(files: Iterable[Path]) -> dict[str, Any]:
    shared: dict[str, Any] = {}
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    entries: list[Any] = []
    for file in files:
        data = read_yaml(file.read_text(encoding="utf-8"))
        shared.update(data.get("shared") or {})
        verbs.update(data.get("verbs") or {})
        nouns.update(data.get("nouns") or {})
        entries += data.get("procedures") or []
    needed = [
        (number, written, needed_words(spell_out(written))[0])
        for number, raw in enumerate(entries)
        for written in _sayings(raw, verbs, nouns)
    ]
    # a needed word that spans a blank is cut at it: white space and hyphens vary
    spelt = [(n, w, tuple({max(word.split(" "), key=_tells) for word in words})) for n, w, words in needed]
    return {"shared": shared, "entries": entries, "needed": spelt}


@cache
def load_catalogue() -> Catalogue:
    """Return the packaged catalogue, read once per process."""
    files = sorted(_FOLDER.glob("*.yaml"))
    data = prepare("procedures", [*files, Path(__file__)], lambda: _read(files))
    return Catalogue([build_procedure(raw, data["shared"]) for raw in data["entries"]], data["needed"])
