"""Patterns that first look for a word they cannot do without, so that a text without it costs next to nothing.

Every match of ``\\b(?:sequelae? of|late effects? of)\\b`` holds "sequela" or "late effect". Finding out that a text
holds neither is many times quicker than trying the pattern at every place. The words are read off the pattern itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from itertools import product
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from nosology.codes.prepared import Remembered
from nosology.lexicon.heads import opening_of, scanner_of
from nosology.lexicon.places import first_at
from nosology.lexicon.word_index import NeededWords, find_all

__all__ = ["Standing", "WordPattern", "compile_words", "needed_words"]

_MOST = 60  # strings that a part of a pattern may be spelt out in
_MOST_WORDS = 150  # that are looked for
_MOST_ENDINGS = 16  # that are looked for as ways in which words go on
_SHORTEST = 2
_EVERYWHERE = frozenset(("an", "as", "at", "er", "he", "in", "is", "it", "no", "of", "on", "or", "to"))
_SHORT = 300  # code points; in a shorter text each word is looked for by itself, not all words at once
_LONG_SCAN = 80  # code points; in less, a pattern is tried everywhere
_MOST_LEAD = 400  # code points
_LONGEST_GAP, _LONGEST_WORD = 24.0, 60.0  # code points of a run of blanks, of a word, within a match
_CLOSE = 4  # a text is so many times longer than what is tried of it, or it is gone through as a whole
_NOWHERE: list[int] = []
_NOTHING: Iterator[re.Match[str]] = iter(())
_PATTERNS: list[WordPattern] = []
_NEEDED = NeededWords()  # the words of those patterns that were there when a text was last read
_ONE_BY_ONE = Lock()


class WordPattern:
    """A pattern without regard to case; its methods do as those of ``re.Pattern``.

    In a long text a match is found only if its blanks and words before a needed word have the lengths that they have in
    texts (24 and 60 code points at most).
    """

    __slots__ = (
        *("_begins", "_bordered", "_compiled", "_lead", "_needed", "_number", "_opening", "_scanner", "pattern"),
    )

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._compiled: re.Pattern[str] | None = None
        self._scanner: re.Pattern[str] | bool | None = None  # False: there is none
        self._needed: tuple[str, ...] | None = None  # read off the pattern when they are first asked for
        self._begins = self._bordered = False
        self._lead = -1  # code points of a match before its needed word, at most; -1 where any number may stand there
        self._opening: re.Pattern[str] | bool | None = None
        self._number = len(_PATTERNS)
        _PATTERNS.append(self)

    @property
    def needed(self) -> tuple[str, ...]:
        """Words in lower case of which every match holds one; none where that cannot be said."""
        return self._read_needed() if self._needed is None else self._needed

    def _read_needed(self) -> tuple[str, ...]:
        words, self._begins, self._bordered, self._lead = _REMEMBERED(self.pattern)
        self._needed = tuple(words)
        return self._needed

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself, compiled when it is first tried."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, re.IGNORECASE)
        return self._compiled

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the match that begins at ``start`` and lies in ``text[start:end]``, None if there is none."""
        stop = len(text) if end is None else end
        if self._compiled is None and (
            needed := self.needed
        ):  # at one place it costs little, but not yet compiled it would
            low = _lower(text[start:stop])
            if not any(word in low for word in needed):
                return None
        return self.compiled.match(text, start, stop)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the first match in ``text[start:end]``, None if there is none."""
        needed = self._read_needed() if self._needed is None else self._needed
        stop = len(text) if end is None else end
        if len(text) >= _SHORT and needed:
            places = _read_text(text).places(self, self._number)
            first = first_at(places, start) if start and places else 0
            if first >= len(places) or places[first] >= stop:
                return None
            if not self._begins:
                if self._stands_close(places, first, start, stop):
                    return next(self._close_by(text, places, first, start, stop), None)
                return self._scan(text, start, stop)
            tried = self.compiled.match
            for at in range(first, len(places)):
                if (place := places[at]) >= stop:
                    return None
                if (found := tried(text, place, stop)) is not None:
                    return found
            return None
        return self._scan(text, start, stop) if self._may_stand(text, start, stop) else None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Return the matches in ``text[start:end]`` one after the other."""
        needed = self._read_needed() if self._needed is None else self._needed
        stop = len(text) if end is None else end
        if len(text) >= _SHORT and needed:
            places = _read_text(text).places(self, self._number)
            first = first_at(places, start) if start and places else 0
            if first >= len(places) or places[first] >= stop:
                return _NOTHING
            if self._begins:
                return self._at_places(text, places, first, start, stop)
            if self._stands_close(places, first, start, stop):
                return self._close_by(text, places, first, start, stop)
        elif not self._may_stand(text, start, stop):
            return _NOTHING
        return (
            self._scan_all(text, start, stop)
            if stop - start > _LONG_SCAN
            else self.compiled.finditer(text, start, stop)
        )

    def sub(self, new: str, text: str) -> str:
        """Return ``text`` with ``new`` in the place of every match."""
        return self.compiled.sub(new, text) if self._may_stand(text, 0, len(text)) else text

    def may_stand(self, text: str, start: int = 0, end: int | None = None) -> bool:
        """Return False where ``text[start:end]`` holds none of the needed words; True also where there are no such
        words.
        """
        return self._may_stand(text, start, len(text) if end is None else end)

    def places(self, text: str) -> list[int]:
        """Return where in ``text`` the needed words begin, in order; where the matches begin, if there are none."""
        needed = self._read_needed() if self._needed is None else self._needed
        if not needed:
            return [match.start() for match in self.compiled.finditer(text)]
        return _read_text(text).places(self, self._number)

    def _at_places(self, text: str, places: list[int], first: int, start: int, stop: int) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern that begins with its needed words: it is tried where they stand, only."""
        tried = self.compiled.match
        for at in range(first, len(places)):
            place = places[at]
            if place >= stop:
                return
            if place >= start and (found := tried(text, place, stop)) is not None:
                yield found
                start = found.end()

    def _stands_close(self, places: list[int], first: int, start: int, stop: int) -> bool:
        """Whether the pattern is sooner tried before its needed words alone than all over ``text[start:stop]``."""
        return self._lead >= 0 and (len(places) - first) * (self._lead + 1) * _CLOSE < stop - start

    def _close_by(self, text: str, places: list[int], first: int, start: int, stop: int) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern whose needed words stand not far behind its beginning."""
        tried, opening = self.compiled.match, self._opening_made()
        for number in range(first, len(places)):
            place = places[number]
            if place >= stop:
                return
            at, end = max(start, place - self._lead), place + 1
            while at < end:
                if opening is not None:
                    opened = opening.search(text, at, end)
                    if opened is None:
                        break
                    at = opened.start()
                if (found := tried(text, at, stop)) is not None:
                    yield found
                    end = found.end()
                    break
                at += 1
            start = max(start, end)

    def _opening_made(self) -> re.Pattern[str] | None:
        opening = self._opening
        if opening is None:
            opening = self._opening = opening_of(self.pattern) or False
        return None if isinstance(opening, bool) else opening

    def _scan(self, text: str, start: int, stop: int) -> re.Match[str] | None:
        """Return the first match in ``text[start:stop]``, looked for where its first letter stands."""
        if stop - start <= _LONG_SCAN or (scanner := self._scanner_made()) is None:
            return self.compiled.search(text, start, stop)
        found = scanner.search(text, start, stop)
        return None if found is None else self.compiled.match(text, found.start(), stop)

    def _scan_all(self, text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
        scanner = self._scanner_made()
        if scanner is None:
            return self.compiled.finditer(text, start, stop)
        first = scanner.search(text, start, stop)
        return _NOTHING if first is None else self._from(scanner, first.start(), text, stop)

    def _from(self, scanner: re.Pattern[str], at: int, text: str, stop: int) -> Iterator[re.Match[str]]:
        while True:
            match = self.compiled.match(text, at, stop)
            if match is None:
                return
            yield match
            after = scanner.search(text, match.end(), stop)
            if after is None:
                return
            at = after.start()

    def _scanner_made(self) -> re.Pattern[str] | None:
        scanner = self._scanner
        if scanner is None:
            scanner = self._scanner = scanner_of(self.pattern) or False
        return None if isinstance(scanner, bool) else scanner

    def _may_stand(self, text: str, start: int, stop: int) -> bool:
        needed = self._read_needed() if self._needed is None else self._needed
        if not needed:
            return True
        if len(text) < _SHORT:
            low = _lower(text)
            for word in needed:  # noqa: SIM110 - called very often, and any() with a generator takes twice as long
                if word in low:
                    return True
            return False
        places = _read_text(text).places(self, self._number)
        if not places:
            return False
        at = first_at(places, start) if start else 0
        return at < len(places) and places[at] < stop


class Standing:
    """Many patterns, of which only those are wanted whose needed words stand in a text."""

    def __init__(self, patterns: Sequence[WordPattern]) -> None:
        self._places: dict[int, list[int]] = {}
        for place, pattern in enumerate(patterns):
            if pattern.needed:
                self._places.setdefault(pattern._number, []).append(place)
        self._always = tuple(place for place, pattern in enumerate(patterns) if not pattern.needed)
        self._last = max(self._places, default=-1)

    def find(self, text: str) -> list[int]:
        """Return the places (from 0) in the list of the patterns that may be met, those that need no word among
        them.
        """
        said, places = _read_text(text), self._places
        standing = said.said()
        met = [n for n in places if n < said.known and standing[n] is not None]
        if self._last >= said.known:
            met += [n for n in places if n >= said.known and said.places(_PATTERNS[n], n)]
        return sorted((*self._always, *[place for number in met for place in places[number]]))


class _Words:
    """Where the needed words of the patterns stand in one text; those of all patterns are found in one pass."""

    __slots__ = ("_found", "_low", "_said", "known")

    def __init__(self, text: str) -> None:
        self._low = low = _lower(text)
        self._found: dict[int, list[int]] = {}
        with _ONE_BY_ONE:
            if _NEEDED.count < len(_PATTERNS):
                _NEEDED.grow([(pattern.needed, pattern._bordered) for pattern in _PATTERNS[_NEEDED.count :]])
            self.known = _NEEDED.count
            self._said = _NEEDED.places(low)

    def said(self) -> list[list[int] | None]:
        """Return by pattern, below ``known``, where a needed word stands in the text, None where none does."""
        return self._said

    def places(self, pattern: WordPattern, number: int) -> list[int]:
        """Return where the needed words of a pattern begin, in order."""
        if number < self.known:
            said = self._said[number]
            return _NOWHERE if said is None else said
        found = self._found.get(number)
        if found is None:  # a pattern that was first used after the text was read
            found = sorted({place for word in pattern.needed for place in find_all(word, self._low)})
            self._found[number] = found
        return found


_remembered_text = lru_cache(maxsize=4)(_Words)


class _Latest:
    """The text that was last asked for, with its words; most questions are about the same one."""

    __slots__ = ("pair",)

    def __init__(self) -> None:
        self.pair: tuple[str, _Words] | None = None


_LATEST = _Latest()


def _read_text(text: str) -> _Words:
    pair = _LATEST.pair
    if pair is not None and pair[0] is text:
        return pair[1]
    words = _remembered_text(text)
    _LATEST.pair = (text, words)
    return words


def _lower(text: str) -> str:
    """Return ``text`` in lower case, code point for code point, with the letters that match s and i as such."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").lower().replace("ſ", "s").replace("ı", "i")


@cache
def compile_words(pattern: str) -> WordPattern:
    """Return the compiled pattern, kept for the life of the process."""
    return WordPattern(pattern)


def needed_words(pattern: str) -> tuple[tuple[str, ...], bool]:
    """Return strings in lower case of which every match of ``pattern`` holds one, and whether it begins with it.

    No strings where that cannot be said.

    >>> needed_words(r"\\b(?:sequelae? of|late effects? of)\\b")
    (('late effect of', 'late effects of', 'sequela of', 'sequelae of'), True)
    >>> needed_words(r"\\d+ (?:weeks?|months?)")
    ((' month', ' week'), False)
    """
    words, begins, _bordered, _lead = _REMEMBERED(pattern)
    return tuple(words), begins


def _needed(pattern: str) -> tuple[tuple[str, ...], bool, bool, int]:
    """Return the needed words, whether a match begins with them, whether none begins within a word then, and how many
    code points of a match may stand before them (-1: any number).
    """
    parsed = import_module("re._parser").parse(pattern, re.IGNORECASE)
    read = _read(parsed)
    if _serves(read.first):
        words = tuple(sorted(w for w in read.first if not any(w != f and w.startswith(f) for f in read.first)))
        kind, details = parsed[0]
        border = (str(kind), str(details)) == ("AT", "AT_BOUNDARY")
        return words, True, border and all(w[0].isalnum() or w[0] == "_" for w in words), 0
    held = read.held.words
    if _serves(held):
        words = tuple(sorted(w for w in held if not any(w != f and f in w for f in held)))
        lead = read.held.lead + (max(map(len, held)) if len(words) < len(held) else 0)
        return words, False, False, int(lead) if lead < _MOST_LEAD else -1
    return (), False, False, -1


_REMEMBERED = Remembered("words", [Path(__file__)], _needed)

_Choice = frozenset[str]
_ANY_WIDTH = float("inf")
_BLANKS = frozenset(("CATEGORY_SPACE", " ", "\t", "\n", "\r"))


class _Held(NamedTuple):
    """Strings of which each match of a part of a pattern holds one, and how many code points of the match may stand
    before it.
    """

    words: _Choice
    lead: float


_NOT_KNOWN: _Choice = frozenset([""])
_UNKNOWN = _Held(_NOT_KNOWN, _ANY_WIDTH)


def _serves(words: _Choice) -> bool:
    """Whether looking for the words is worth it: they are not too many, and none stands nearly everywhere."""
    bare = {word.strip() for word in words}
    return len(words) <= _MOST_WORDS and min(map(len, bare)) >= _SHORTEST and bare.isdisjoint(_EVERYWHERE)


class _Read(NamedTuple):
    """What is known of a part of a pattern: all strings that it can be (None: too many), strings of which each match
    holds one, strings of which each match begins with one (the empty string: nothing is known), and the most code
    points of a match.
    """

    whole: _Choice | None
    held: _Held
    first: _Choice
    width: float


def _read(items: Any) -> _Read:
    """Return what is known of a sequence; ``items`` are the steps of a parsed pattern, each with kind and details."""
    run: _Choice = frozenset([""])
    held = _UNKNOWN
    first: _Choice | None = None
    width = began = 0.0  # code points before the step, and before what stands in ``run``
    for kind, details in items:
        step = _step(str(kind), details)
        if step.whole is not None and len(run) * len(step.whole) <= _MOST:
            run = frozenset(a + b for a, b in product(run, step.whole))
            width += step.width
            continue
        begun = _begun(run, step.first)
        if first is None:
            first = begun
        held = _better(_better(held, _Held(begun, width)), _Held(step.held.words, width + step.held.lead))
        whole = step.whole if step.whole is not None and len(step.whole) <= _MOST else None
        run, began = (frozenset([""]), width + step.width) if whole is None else (whole, width)
        width += step.width
    if first is None:
        return _Read(run, _Held(run, 0), run, width)
    return _Read(None, _better(held, _Held(run, began)), first, width)


def _begun(run: _Choice, first: _Choice) -> _Choice:
    """Return how what stands in ``run`` goes on with one of the strings of ``first``; ``run`` where these are many."""
    if len(run) * len(first) <= (_MOST_ENDINGS if min(map(len, run)) >= _SHORTEST else _MOST_WORDS):
        return frozenset(a + b for a, b in product(run, first))
    return (run - {""}) | first if "" in run else run


def _step(kind: str, details: Any) -> _Read:
    """Return what is known of one step of a parsed pattern."""
    whole: _Choice | None = None
    width = _ANY_WIDTH if kind.startswith("GROUPREF") else 1.0
    if kind == "LITERAL":
        whole = _spelt([details])
    elif kind == "IN" and len(details) <= 4 and all(str(each) == "LITERAL" for each, _ in details):
        whole = _spelt([code for _, code in details])
    elif kind in ("AT", "ASSERT", "ASSERT_NOT"):
        whole, width = frozenset([""]), 0.0
    elif kind == "BRANCH":
        read = [_read(branch) for branch in details[1]]
        wholes = [each.whole for each in read if each.whole is not None]
        whole = frozenset().union(*wholes) if len(wholes) == len(read) else None
        held = _Held(frozenset().union(*(r.held.words for r in read)), max(r.held.lead for r in read))
        return _Read(whole, held, frozenset().union(*(r.first for r in read)), max(r.width for r in read))
    elif kind in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _read(details[3] if kind == "SUBPATTERN" else details)
    elif kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = details
        once = _read(body)
        width = once.width * int(most) if int(most) <= _MOST_LEAD else _longest_run(body)
        if most == 1 and once.whole is not None:
            whole = once.whole if least else once.whole | {""}
            return _Read(whole, _Held(whole, 0), whole, width)
        return _Read(None, once.held if least else _UNKNOWN, once.first if least else _NOT_KNOWN, width)
    return _Read(whole, _UNKNOWN if whole is None else _Held(whole, 0), _NOT_KNOWN if whole is None else whole, width)


def _longest_run(body: Any) -> float:
    """Return how many code points a part that may be repeated without end is taken to have at most: a run of blanks or
    the letters of a word, of the length that they have in a text; anything else may go on.
    """
    kind, details = body[0]
    if len(body) > 1 or str(kind) not in ("IN", "LITERAL"):
        return _ANY_WIDTH
    members = {str(what) if str(each) == "CATEGORY" else chr(what) if str(each) == "LITERAL" else str(each)
               for each, what in (details if str(kind) == "IN" else [body[0]])}  # fmt: skip
    if any(member == "NEGATE" or "CATEGORY_NOT" in member for member in members):
        return _ANY_WIDTH
    return _LONGEST_GAP if members <= _BLANKS else _LONGEST_WORD


def _spelt(characters: list[int]) -> _Choice | None:
    """Return the characters in lower case; None where a letter may be matched by others than its capital."""
    letters = [chr(code) for code in characters]
    return None if any(c.isalpha() and not c.isascii() for c in letters) else frozenset(c.lower() for c in letters)


def _better(one: _Held, other: _Held) -> _Held:
    """Return the one whose shortest word is longer; of two alike the one of fewer words."""
    return max(one, other, key=lambda held: (min(map(len, held.words)), -len(held.words)))
