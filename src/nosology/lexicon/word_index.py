"""Where the words that patterns need stand in a text, found run by run between two blanks.

Which of them stand in a run ("hypertension,") is worked out when it is first met. Of one that goes on behind a blank
("late effect of") the run holds the head; whether the rest follows is seen in the text.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

__all__ = ["NeededWords", "find_all"]

_MOST = 50_000  # runs that are remembered
_LONGEST = 40  # code points of one that is
_FEW = 20_000  # remembered runs that are gone through where the vocabulary grows; more are forgotten
_BLANKS = (" ", "\n")  # what parts runs
_NEXT = 2  # code points behind the next blank by which the many phrases of one head are told apart


class _Hit:
    """A word in a run: where it begins (-1: at the blank before), its length, the word where it goes on behind a blank,
    else "", and the patterns that need it.
    """

    __slots__ = ("length", "numbers", "offset", "word")

    def __init__(self, offset: int, length: int, word: str, numbers: tuple[int, ...]) -> None:
        self.offset, self.length, self.word, self.numbers = offset, length, word, numbers


class _Run:
    """The words of a run, and those that go on behind it, by what stands there."""

    __slots__ = ("following", "hits")

    def __init__(self) -> None:
        self.hits: list[_Hit] = []
        self.following: dict[str, list[_Hit]] | None = None

    def add(self, hit: _Hit, behind: str) -> None:
        """Take up a word; ``behind``: how it goes on behind its next blank."""
        if len(behind) < _NEXT:
            self.hits.append(hit)
            return
        if self.following is None:
            self.following = {}
        self.following.setdefault(behind[:_NEXT], []).append(hit)


class NeededWords:
    """The words that patterns need, and where they stand in a text."""

    def __init__(self) -> None:
        import ahocorasick

        self.count = 0  # patterns
        # by word: the patterns that need it anywhere; all that do where a word begins
        self._words: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._runs: dict[str, _Run] = {}
        self._heads: dict[str, list[str]] = {}  # words that go on behind a blank, by what stands before it
        self._opens: dict[str, list[str]] = {}  # words that begin with a blank, by what stands behind it
        self._whole: dict[str, list[str]] = {}  # such words that go on behind another blank, by what stands between
        self._others: list[str] = []
        self._longest_head = self._longest_open = 0
        self._automaton: Any = ahocorasick.Automaton()
        self._automaton.add_word("\n\n\n\n", "")  # it cannot be used without any word

    def grow(self, needed: Iterable[tuple[tuple[str, ...], bool]]) -> None:
        """Add patterns: the words that each needs, and whether they only count where a word begins."""
        numbers: dict[str, tuple[list[int], list[int]]] = {}
        for words, bordered in needed:
            for word in words:
                numbers.setdefault(word, ([], []))[bordered].append(self.count)
            self.count += 1
        fresh = {word: (tuple(anywhere), (*anywhere, *bordered)) for word, (anywhere, bordered) in numbers.items()}
        if len(self._runs) > _FEW:
            self._runs.clear()
        elif self._runs:
            added = NeededWords()
            added._enter(fresh)
            for text, run in self._runs.items():
                added._read_into(run, text)
        self._enter(fresh)

    def _enter(self, words: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
        for word, (anywhere, every) in words.items():
            known = self._words.get(word)
            if known is None:
                self._sort_in(word)
                self._words[word] = (anywhere, every)
            else:
                self._words[word] = (known[0] + anywhere, known[1] + every)
        self._automaton.make_automaton()

    def _sort_in(self, word: str) -> None:
        first = _blank(word)
        second = _blank(word[1:])
        if first < 0:
            self._automaton.add_word(word, word)
        elif first > 0:
            self._heads.setdefault(word[:first], []).append(word)
            self._longest_head = max(self._longest_head, first)
        elif second < 0 and len(word) > 1:
            self._opens.setdefault(word[1:], []).append(word)
            self._longest_open = max(self._longest_open, len(word) - 1)
        elif second > 0:
            self._whole.setdefault(word[1 : second + 1], []).append(word)
        else:
            self._others.append(word)

    def places(self, low: str) -> list[list[int] | None]:
        """Return by pattern where its words begin in a text in lower case, in order; None where none stands."""
        said: list[list[int] | None] = [None] * self.count
        runs, at = self._runs, 0
        for line in low.split("\n"):
            for word in line.split(" "):
                if not word:
                    at += 1
                    continue
                run = runs.get(word)
                if run is None:
                    run = self._read(word)
                for hit in run.hits:
                    place = at + hit.offset
                    if not hit.word or (place >= 0 and low[place : place + hit.length] == hit.word):
                        _note(said, place, hit.numbers)
                begin = at
                at += len(word) + 1
                following = run.following
                if following is not None:
                    for hit in following.get(low[at : at + _NEXT], ()):
                        place = begin + hit.offset
                        if place >= 0 and low[place : place + hit.length] == hit.word:
                            _note(said, place, hit.numbers)
        for word in self._others:
            for place in find_all(word, low):
                _note(said, place, self._needing(word, low, place))
        return said

    def _read(self, text: str) -> _Run:
        """Return the words of a run that is met for the first time."""
        run = _Run()
        self._read_into(run, text)
        if len(self._runs) < _MOST and len(text) <= _LONGEST:
            self._runs[text] = run
        return run

    def _read_into(self, run: _Run, text: str) -> None:
        """Add the words of a run."""
        for last, word in self._automaton.iter(text):
            self._take(run, word, text, last + 1 - len(word), "", "")
        size = len(text)
        for offset in range(max(0, size - self._longest_head), size):
            head = text[offset:]
            for word in self._heads.get(head, ()):
                self._take(run, word, text, offset, word, word[len(head) + 1 :])
        for end in range(1, min(size, self._longest_open) + 1):
            for word in self._opens.get(text[:end], ()):
                self._take(run, word, text, -1, word, "")
        for word in self._whole.get(text, ()):
            self._take(run, word, text, -1, word, word[size + 2 :])

    def _take(self, run: _Run, word: str, text: str, offset: int, goes_on: str, behind: str) -> None:
        numbers = self._needing(word, text, max(offset, 0))
        if numbers:
            run.add(_Hit(offset, len(word), goes_on, numbers), behind)

    def _needing(self, word: str, text: str, place: int) -> tuple[int, ...]:
        """Return the patterns that need ``word`` where it stands in ``text``."""
        anywhere, every = self._words[word]
        if len(every) > len(anywhere) and (not place or not ((before := text[place - 1]).isalnum() or before == "_")):
            return every
        return anywhere


def _note(said: list[list[int] | None], place: int, numbers: tuple[int, ...]) -> None:
    """Write down that what the patterns ``numbers`` need stands at a place."""
    for number in numbers:
        known = said[number]
        if known is None:
            said[number] = [place]
        elif place > known[-1]:
            known.append(place)
        elif place not in known:
            insort(known, place)


def _blank(word: str) -> int:
    """Return where the first blank stands, -1 for none."""
    return min((at for blank in _BLANKS if (at := word.find(blank)) >= 0), default=-1)


def find_all(word: str, text: str) -> Iterator[int]:
    """Yield where ``word`` stands in ``text``."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
