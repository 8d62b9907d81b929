"""Patterns that first look for a word they cannot do without, so that a text without it costs next to nothing.

Every match of ``\\b(?:sequelae? of|late effects? of)\\b`` holds "sequela" or "late effect". Finding out that a text
holds neither is many times quicker than trying the pattern at every place. The words are read off the pattern itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import import_module
from itertools import product
from typing import Any

__all__ = ["WordPattern", "compile_words", "needed_words"]

_MOST = 60  # alternatives that are looked for one by one
_SHORTEST = 2
_EVERYWHERE = frozenset(("an", "as", "at", "in", "is", "it", "no", "of", "on", "or", "to"))
_SHORT = 300  # code points; in a shorter text each word is looked for by itself, not all words at once
_NOTHING: Iterator[re.Match[str]] = iter(())
_PATTERNS: list[WordPattern] = []


class WordPattern:
    """A pattern without regard to case; its methods do as those of ``re.Pattern``."""

    __slots__ = ("_compiled", "_number", "needed", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.needed = needed_words(pattern)
        self._compiled: re.Pattern[str] | None = None
        self._number = len(_PATTERNS)
        _PATTERNS.append(self)

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself, compiled when it is first tried."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, re.IGNORECASE)
        return self._compiled

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the match that begins at ``start`` and lies in ``text[start:end]``, None if there is none."""
        stop = len(text) if end is None else end
        return self.compiled.match(text, start, stop) if self._may_stand(text, start, stop) else None

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the first match in ``text[start:end]``, None if there is none."""
        stop = len(text) if end is None else end
        return self.compiled.search(text, start, stop) if self._may_stand(text, start, stop) else None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Return the matches in ``text[start:end]`` one after the other."""
        stop = len(text) if end is None else end
        return self.compiled.finditer(text, start, stop) if self._may_stand(text, start, stop) else _NOTHING

    def sub(self, new: str, text: str) -> str:
        """Return ``text`` with ``new`` in the place of every match."""
        return self.compiled.sub(new, text) if self._may_stand(text, 0, len(text)) else text

    def may_stand(self, text: str) -> bool:
        """Return False where the text holds none of the needed words; True also where there are no such words."""
        return self._may_stand(text, 0, len(text))

    def _may_stand(self, text: str, start: int, stop: int) -> bool:
        if not self.needed:
            return True
        if len(text) < _SHORT:
            low = _lower(text)
            return any(word in low for word in self.needed)
        places = _read_text(text).places(self, self._number)
        at = bisect_left(places, start)
        return at < len(places) and places[at] < stop


class _Words:
    """Where the needed words of the patterns stand in one text; all of them are found in one pass."""

    __slots__ = ("_by_pattern", "_by_word", "_known", "_low")

    def __init__(self, text: str) -> None:
        self._low = _lower(text)
        self._known, automaton = _automaton(len(_PATTERNS))
        self._by_word: dict[str, list[int]] = {}
        self._by_pattern: dict[int, list[int]] = {}
        for end, word in automaton.iter(self._low):
            self._by_word.setdefault(word, []).append(end + 1 - len(word))

    def places(self, pattern: WordPattern, number: int) -> list[int]:
        """Return where the needed words of a pattern begin, in order."""
        found = self._by_pattern.get(number)
        if found is None:
            if number >= self._known:  # a pattern that was first used after the text was read
                for word in pattern.needed:
                    self._by_word[word] = [m.start() for m in re.finditer(re.escape(word), self._low)]
            by_word = self._by_word
            found = self._by_pattern[number] = sorted(at for word in pattern.needed for at in by_word.get(word, ()))
        return found


_read_text = lru_cache(maxsize=4)(_Words)


@lru_cache(maxsize=1)
def _automaton(count: int) -> tuple[int, Any]:
    """Return the number of the patterns so far and an Aho-Corasick automaton of the words that they need."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    automaton.add_word("\n\n\n\n", "\n\n\n\n")  # an automaton without any word cannot be used
    for pattern in _PATTERNS[:count]:
        for word in pattern.needed:
            automaton.add_word(word, word)
    automaton.make_automaton()
    return count, automaton


def _lower(text: str) -> str:
    """Return ``text`` in lower case, code point for code point, with the letters that match s and i as such."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").lower().replace("ſ", "s").replace("ı", "i")


@cache
def compile_words(pattern: str) -> WordPattern:
    """Return the compiled pattern, kept for the life of the process."""
    return WordPattern(pattern)


def needed_words(pattern: str) -> tuple[str, ...]:
    """Return strings in lower case of which every match of ``pattern`` holds one; none where that cannot be said.

    >>> needed_words(r"\\b(?:sequelae? of|late effects? of)\\b")
    ('late effect', 'sequela')
    """
    parsed = import_module("re._parser").parse(pattern, re.IGNORECASE)
    _whole, needed = _read(parsed)
    bare = {word.strip() for word in needed or ("",)}
    if needed is None or len(bare) > _MOST or min(map(len, bare)) < _SHORTEST or not bare.isdisjoint(_EVERYWHERE):
        return ()
    return tuple(sorted(w for w in needed if not any(other != w and other in w for other in needed)))


_Choice = frozenset[str] | None


def _read(items: Any) -> tuple[_Choice, _Choice]:
    """Return all strings that a sequence can be (None: too many), and strings of which each holds one (None: unknown).

    ``items`` are the steps of a parsed pattern, each with its kind and its details.
    """
    run: frozenset[str] = frozenset([""])
    best: _Choice = None
    complete = True
    for kind, details in items:
        whole, needed = _step(str(kind), details)
        if whole is not None and len(run) * len(whole) <= _MOST:
            run = frozenset(a + b for a, b in product(run, whole))
            continue
        complete = False
        best = _better(_better(best, run), needed)
        run = whole if whole is not None and len(whole) <= _MOST else frozenset([""])
    best = _better(best, run)
    return (run if complete else None), best


def _step(kind: str, details: Any) -> tuple[_Choice, _Choice]:
    """Return the same for one step of a parsed pattern."""
    whole: _Choice = None
    needed: _Choice = None
    if kind == "LITERAL":
        whole = frozenset([chr(details).lower()])
    elif kind == "IN":
        if len(details) <= 4 and all(str(each) == "LITERAL" for each, _ in details):
            whole = frozenset(chr(code).lower() for _, code in details)
    elif kind == "BRANCH":
        read = [_read(branch) for branch in details[1]]
        if all(one is not None for one, _ in read):
            whole = frozenset().union(*(one for one, _ in read if one is not None))
        if all(two is not None for _, two in read):
            needed = frozenset().union(*(two for _, two in read if two is not None))
    elif kind == "SUBPATTERN":
        whole, needed = _read(details[3])
    elif kind == "ATOMIC_GROUP":
        whole, needed = _read(details)
    elif kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = details
        once, needed = _read(body)
        if most == 1 and once is not None:
            whole = once if least else once | {""}
        if not least:
            needed = None
    elif kind in ("AT", "ASSERT", "ASSERT_NOT"):
        whole = frozenset([""])
    return whole, needed if needed is not None or whole is None or "" in whole else whole


def _better(one: _Choice, other: _Choice) -> _Choice:
    """Return the set whose shortest word is longer; of two alike the smaller set."""
    sets = [words for words in (one, other) if words and "" not in words]
    return max(sets, key=lambda words: (min(map(len, words)), -len(words)), default=None)
