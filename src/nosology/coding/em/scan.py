"""Long lists of words found in one text at little cost: each list in pieces that first look for the words they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nosology.codes.prepared import Remembered
from nosology.lexicon.patterns import Standing, WordPattern, compile_words, needed_words

__all__ = ["Hit", "compiled", "scan", "standing", "stands"]

_HEAD, _TAIL = r"\b(?:", r")\b"
_MOST = 60  # needed words of one piece


class Hit:
    """One match with its places counted from the beginning of its sentence."""

    __slots__ = ("base", "match")

    def __init__(self, match: re.Match[str], base: int) -> None:
        self.match = match
        self.base = base

    def start(self) -> int:
        """Return where the match begins in its sentence."""
        return self.match.start() - self.base

    def end(self) -> int:
        """Return where the match ends in its sentence."""
        return self.match.end() - self.base

    def group(self) -> str:
        """Return the words that were met."""
        return self.match.group()

    def __getitem__(self, name: str) -> str | None:
        found: str | None = self.match[name]
        return found


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern compiled once, letters of either case; for a sentence that is looked at anyway."""
    return re.compile(pattern, re.IGNORECASE)


def scan(pattern: str, text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of the pattern in the whole text, the first and longest where two overlap."""
    pieces = _pieces(pattern)
    found = list(pieces[0].finditer(text))
    for piece in pieces[1:]:
        found += piece.finditer(text)
    if len(found) > 1:
        found.sort(key=lambda match: (match.start(), -match.end()))
    until = -1
    for match in found:
        if match.start() >= until:
            yield match
            until = match.end()


def stands(pattern: str, text: str) -> bool:
    """True if the pattern is met anywhere in the text."""
    for piece in _pieces(pattern):  # noqa: SIM110 - called for every service that may be named
        if piece.search(text) is not None:
            return True
    return False


def standing(patterns: tuple[str, ...], text: str) -> list[int]:
    """Return the numbers (from 0) of the patterns that may be met in the text: a word that they need stands in it."""
    pieces, owners = _all_pieces(patterns)
    return sorted({owners[number] for number in pieces.find(text)})


@cache
def _all_pieces(patterns: tuple[str, ...]) -> tuple[Standing, tuple[int, ...]]:
    found = [(piece, number) for number, pattern in enumerate(patterns) for piece in _pieces(pattern)]
    return Standing([piece for piece, _number in found]), tuple(number for _piece, number in found)


@cache
def _pieces(pattern: str) -> tuple[WordPattern, ...]:
    return tuple(map(compile_words, _PARTED(pattern)))


def _part(pattern: str) -> tuple[str, ...]:
    """Return the pattern in pieces, each with few enough needed words; what needs none is one piece of its own."""
    branches = _branches(pattern)
    if len(branches) < 2:
        return (pattern,)
    begun: list[list[str]] = [[]]  # branches that begin with their words are tried where these stand, only
    size = 0
    held: list[list[str]] = []
    bare: list[str] = []
    for branch in branches:
        needed, begins = needed_words(f"{_HEAD}{branch}{_TAIL}")
        if not needed:
            bare.append(branch)
        elif not begins:
            held.append([branch])
        else:
            if size + len(needed) > _MOST:
                begun.append([])
                size = 0
            begun[-1].append(branch)
            size += len(needed)
    return tuple(f"{_HEAD}{'|'.join(group)}{_TAIL}" for group in (*begun, *held, bare) if group)


_PARTED = Remembered("pieces", [Path(__file__), Path(__file__).parents[2] / "lexicon" / "patterns.py"], _part)


def _branches(pattern: str) -> list[str]:
    """Return the alternatives of a pattern that is one group of words between two borders; none for any other."""
    if not (pattern.startswith(_HEAD) and pattern.endswith(_TAIL)):
        return []
    body = pattern[len(_HEAD) : -len(_TAIL)]
    found, depth, begin, at = [], 0, 0, 0
    while at < len(body):
        sign = body[at]
        if sign == "\\":
            at += 2
            continue
        if sign == "[":
            at = body.index("]", at + 2)
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return []
        if sign == "|" and depth == 0:
            found.append(body[begin:at])
            begin = at + 1
        at += 1
    return [*found, body[begin:]]
