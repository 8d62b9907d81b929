"""Texts written all in capitals, as old systems print them and some authors dictate them.

There capitals tell nothing: neither the abbreviation ("MS") from the title ("MS DOE") or the unit ("40 MG"), nor the
name ("DR. NASH") from the disease. Such a text is read in ordinary letters, with the capitals that an author would
have set. It keeps its length, so that every span holds in the text as received.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

__all__ = ["is_unit", "kept_in_capitals", "restore_case"]

_SAMPLE = 4000  # code points
_LEAST = 40  # capitals of the commonest letters that a text in capitals has
_LONG_LINE = 6  # words of five letters that a line in capitals holds, and no ordinary letter
_LABEL = re.compile(r"[ \t]*(?:[-*•#>]+|\(?\d{1,2}[.)])?[ \t]*[A-Z][A-Z0-9 /&,'()-]{0,44}:")
_CLOSE = 8  # code points back to the end of a sentence
_WIDEST = 132  # column at which a text may be broken
_SHORT_LINE = 50  # code points of a line that may be a heading
_PROSE_END = (".", ",", ";")
_PERSON = re.compile(
    r"[ \t]*(?:PATIENT(?: NAME)?|PT(?: NAME)?|NAME|ATTENDING(?: PHYSICIAN| MD)?|SURGEON|RESIDENT|PCP|PROVIDER|PHYSICIAN"
    r"|DICTATED BY|SIGNED(?: BY)?|ELECTRONICALLY SIGNED(?: BY)?|AUTHOR|REFERRING(?: PHYSICIAN| PROVIDER)?|CC)[ \t]*:"
)
_WORD = re.compile(r"[A-Z][A-Z0-9]*(?:['’][A-Z]+)?")
_TITLE = re.compile(r"\b(?:MRS?|MS|MISS|MX|DRS?|PROF)\b\.? +(?:[A-Z]\. ?)?(?P<name>[A-Z][A-Z'’]+(?:-[A-Z][A-Z'’]+)*)")
_ENDS = re.compile(r"(?:[!?]|(?<![\s(][A-Z])\.)[)\"”]?\s+\Z")
_NO_VOWEL = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{2,5}\Z")
_NO_NAME = frozenset(("AND", "HAS", "IS", "OF", "OR", "THE", "WAS", "WITH"))
_SIDES = frozenset("BLR")
_UNIT = re.compile(
    r"(?:BPM|CC|CM|DL|DR|FT|GM|HRS?|HX|KG|LBS?|MCG|MG|ML|MM|MRS?|MS|NG|PTS?|TH|WKS?|YRS?)\Z"
)  # and titles: in ordinary letters
_CALENDAR = re.compile(
    r"(?:JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)\Z"
)


@cache
def kept_in_capitals() -> frozenset[str]:
    """Return the abbreviations of ``data/capitals.txt``."""
    lines = Path(__file__).with_name("data").joinpath("capitals.txt").read_text("utf-8").splitlines()
    return frozenset(line.upper() for line in lines if line and not line.startswith("#"))


def is_unit(word: str) -> bool:
    """True for a unit, a title or another short word that is written in ordinary letters; ``word`` is in capitals."""
    return _UNIT.match(word) is not None


def restore_case(text: str) -> str:
    """Return ``text`` in ordinary letters where it, or a long line of it, is all in capitals; else ``text`` itself."""
    sample = text[:_SAMPLE]
    whole = sample.count("E") > sample.count("e") and _is_shouted(sample)
    lines = text.split("\n")
    if not whole and not any(len(line) > _SHORT_LINE and line.isupper() and _is_long(line) for line in lines):
        return text
    column = max(map(len, lines))
    found: list[str] = []
    opens = True  # a sentence
    for line in lines:
        if not (whole or (line.isupper() and _is_long(line))):
            found.append(line)
            opens = True
            continue
        said = line.strip()
        label = _LABEL.match(line)
        if whole and _stands_alone(said):
            found.append(line)
            opens = True
            continue
        opens = opens or label is not None or not said[:1].isalpha() or not _is_full(found[-1], said, column)
        if label is not None and _PERSON.match(line) is not None:
            found.append(line)
            opens = True
            continue
        body = label.end() if label is not None else 0
        found.append(line[:body] + _lowered(line, body, opens or body > 0))
        opens = said.endswith((".", "!", "?", ":")) or not said
    return "\n".join(found)


def _is_full(line: str, following: str, column: int) -> bool:
    """True for a line that had no room for the first word of the next one, in a text broken at ``column``."""
    return column <= _WIDEST and len(line.rstrip()) + 1 + len(following.split(" ", 1)[0]) > column


def _is_shouted(sample: str) -> bool:
    capitals = sum(map(sample.count, "EATINO"))
    return capitals > _LEAST and capitals > 4 * sum(map(sample.count, "eatino")) and _is_long(sample)


def _is_long(line: str) -> bool:
    return sum(len(word) >= 5 for word in line.split()) >= _LONG_LINE


def _stands_alone(said: str) -> bool:
    """True for a line that is a heading, as far as that can be seen."""
    from nosology.notes.sections import is_heading

    return len(said) <= _SHORT_LINE and not said.endswith(_PROSE_END) and is_heading(said.rstrip(":"))


def _lowered(line: str, start: int, opens: bool) -> str:
    """Return ``line[start:]`` in ordinary letters; ``opens`` where it begins a sentence."""
    names = {place for match in _TITLE.finditer(line, start) for place in range(*match.span("name"))}
    pieces: list[str] = []
    at = start
    for word in _WORD.finditer(line, start):
        pieces.append(between := line[at : word.start()])
        at = word.end()
        opens = opens or (between[-1:].isspace() and _ends(line, start, word.start()))
        named = word.start() in names
        dated = _CALENDAR.match(word.group()) is not None and line[at : at + 2].strip().isdigit()
        one = line.startswith((" A ", " AN "), max(0, word.start() - 3 - (line[word.start() - 2] == "N")))
        pieces.append(_as_written(word.group(), opens, named=named or dated, one=one))
        opens = False
    return "".join([*pieces, line[at:]])


def _ends(line: str, start: int, at: int) -> bool:
    """True where a sentence ends before ``at``."""
    return _ENDS.search(line, max(start, at - _CLOSE), at) is not None


def _as_written(word: str, opens: bool, *, named: bool, one: bool) -> str:
    """Return a word as an author writes it; ``one`` where an article is before it: "a pad" is no disease."""
    if word in _SIDES or (word in kept_in_capitals() and not one) or any(map(str.isdigit, word)):
        return word
    if (named and word not in _NO_NAME) or word in ("MR", "MRS", "MS", "DR", "I", "PROF", "MISS"):
        return word.capitalize()
    if _NO_VOWEL.match(word) is not None and not is_unit(word):
        return word
    return word.capitalize() if opens else word.lower()
