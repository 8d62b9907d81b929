"""Patterns that are tried at many places of a text, at most of which the first letters already tell that they fail.

Three characters are looked up in a set, which is many times quicker than to try a pattern with many branches. The set
is worked out from the pattern itself, and holds too much rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from nosology.codes.prepared import Remembered

__all__ = ["HeadPattern", "heads_of", "opening_of", "scanner_of"]

_MOST_OPENING = 40
_FOLDED = "ſıİ\u212a"  # letters beyond ASCII that count as s, i and k where capitals do not matter
_ASCII = [chr(number) for number in range(128)]
_LENGTH = 3  # characters that are looked at
_BEYOND, _DIGIT, _SPACE = "\x80\x81\x82"  # stand for whatever is not of ASCII, its digits, its blanks
_KINDS: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdigit,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda c: c.isalnum() or c == "_",
}
_MARKS = {"CATEGORY_DIGIT": _DIGIT, "CATEGORY_SPACE": _SPACE}


class HeadPattern:
    """A pattern without regard to case that is tried at given places, with ``match`` as of ``re.Pattern``."""

    __slots__ = ("_compiled", "_heads", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._compiled: re.Pattern[str] | None = None
        self._heads: frozenset[str] | None = None

    def match(self, text: str, at: int) -> re.Match[str] | None:
        """Return the match that begins at ``at``, None if there is none."""
        heads = self._heads
        if heads is None:
            heads = self._heads = frozenset(_REMEMBERED(self.pattern))
        head = text[at : at + _LENGTH]
        if head not in heads and head.isascii():
            return None
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, re.IGNORECASE)
        return self._compiled.match(text, at)


def heads_of(pattern: str) -> list[str]:
    """Return the first characters of what a match of ``pattern`` may stand at, in any case, those of ASCII only.

    Fewer where a match may be the last of the text. A match that may be empty is an error (ValueError).

    >>> [head for head in heads_of("none?|n/a") if head.islower()]
    ['n/a', 'non']
    """
    parsed = import_module("re._parser").parse(pattern, re.IGNORECASE)
    found: set[str] = set()
    for head in _begin(parsed, _LENGTH):
        if not head:
            raise ValueError(f"a pattern that may match nothing has no first letters: {pattern[:40]}")
        ends = [head]  # and whatever follows
        for _ in range(_LENGTH - len(head)):
            found.update(ends)
            ends = [end + following for end in ends for following in _ASCII]
        found.update(ends)
    return sorted(h for h in found if h.isascii())


_REMEMBERED = Remembered("heads", [Path(__file__)], heads_of)


def _opening(pattern: str) -> str:
    """Return what stands in the brackets of a set of the characters with which a match may begin; nothing where these
    are too many.
    """
    parsed = import_module("re._parser").parse(pattern, re.IGNORECASE)
    if "AT_BEGINNING_STRING" in repr(parsed[0]):  # it stands at one place, or at few
        return ""
    found = _begin(parsed, 1)
    if "" in found or _BEYOND in found or len(found) > _MOST_OPENING:
        return ""
    return "".join(re.escape(char) for char in sorted(found - {_DIGIT, _SPACE})) + "".join(
        spelt for mark, spelt in ((_DIGIT, r"\d"), (_SPACE, r"\s")) if mark in found
    )


_OPENINGS = Remembered("openings", [Path(__file__)], _opening)


def scanner_of(pattern: str) -> re.Pattern[str] | None:
    """Return a pattern whose matches, of one character each, stand where those of ``pattern`` begin.

    A set of characters at the head of a pattern is searched for many times quicker than anything else. None where a
    match of ``pattern`` may begin with nearly everything.
    """
    opening = _OPENINGS(pattern)
    if not opening:
        return None
    try:
        return re.compile(rf"(?-i:[{opening}{_FOLDED}])(?<=(?={pattern})(?s:.))", re.IGNORECASE)
    except re.error:  # it refers to a group, which cannot be done within
        return None


def opening_of(pattern: str) -> re.Pattern[str] | None:
    """Return a pattern of the characters with which a match of ``pattern`` may begin; None where these are too many."""
    opening = _OPENINGS(pattern)
    return re.compile(f"[{opening}{_FOLDED}]") if opening else None


def _begin(items: Any, most: int) -> frozenset[str]:
    """Return how the matches of a sequence begin: ``most`` characters of each, fewer only where it ends with them."""
    heads = frozenset([""])
    for kind, details in items:
        short = {head for head in heads if len(head) < most}
        if not short:
            break
        whole = heads - short
        for size in {len(head) for head in short}:
            goes_on = _step(str(kind), details, most - size)
            whole |= {head + other for head in short if len(head) == size for other in goes_on}
        heads = frozenset(whole)
    return heads


def _step(kind: str, details: Any, most: int) -> frozenset[str]:
    """Return how the matches of one step of a parsed pattern begin."""
    if kind == "LITERAL":
        return _cases(chr(details))
    if kind == "ANY":
        return _any()
    if kind == "IN":
        return _of_set(tuple((str(each), str(what) if "CATEGORY" in str(each) else what) for each, what in details))
    if kind in ("AT", "ASSERT", "ASSERT_NOT"):
        return frozenset([""])
    if kind == "BRANCH":
        return frozenset().union(*(_begin(branch, most) for branch in details[1]))
    if kind == "SUBPATTERN":
        return _begin(details[3], most)
    if kind == "ATOMIC_GROUP":
        return _begin(details, most)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, greatest, body = details
        found: frozenset[str] = frozenset([""]) if least == 0 else frozenset()
        for times in range(max(1, least), min(int(greatest), max(least, most)) + 1):
            found |= _begin([each for _ in range(min(times, most)) for each in body], most)
        return found
    return _any()


@cache
def _any() -> frozenset[str]:
    return frozenset([*_ASCII, _BEYOND])


@cache
def _of_set(items: tuple[tuple[str, Any], ...]) -> frozenset[str]:
    """Return the characters of a set in brackets, in any case."""
    if items[0][0] == "NEGATE":  # to hold too much does no harm
        return frozenset([*(char for char in _ASCII if not _is_one(char, items[1:])), _BEYOND])
    held = {char for char in _ASCII if any(_is_one(variant, items) for variant in _cases(char))}
    for kind, what in items:
        if kind == "LITERAL":
            held |= _cases(chr(what))
        elif kind == "CATEGORY" and what in _MARKS:
            held.add(_MARKS[what])
        elif kind == "CATEGORY" or what[1] > ord(_ASCII[-1]):
            held.add(_BEYOND)
    return frozenset(held)


def _is_one(char: str, items: tuple[tuple[str, Any], ...]) -> bool:
    for kind, what in items:
        if kind == "LITERAL" and ord(char) == what:
            return True
        if kind == "RANGE" and what[0] <= ord(char) <= what[1]:
            return True
        if kind == "CATEGORY" and _KINDS[what.replace("NOT_", "")](char) != ("NOT_" in what):
            return True
    return False


def _cases(char: str) -> frozenset[str]:
    """Return a character as capital and small letter."""
    return frozenset(each for each in (char, char.lower(), char.upper()) if len(each) == 1)
