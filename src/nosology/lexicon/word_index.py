"""Where the words that patterns need stand in a text, found run by run between two blanks.

Which words stand in a run ("hypertension,") is worked out when it is first met. Of a word that goes on behind a blank
("late effect of") the run holds the head; whether the rest follows is seen in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["WordIndex", "find_all"]

_MOST = 200_000  # runs that are remembered
_LONGEST = 40  # code points of one that is
_BLANKS = (" ", "\n")  # what parts runs


class _Hit:
    """A word in a run: where it begins (-1: at the blank before), the word where it goes on behind a blank, else "",
    and the patterns that need it.
    """

    __slots__ = ("numbers", "offset", "word")

    def __init__(self, offset: int, word: str, numbers: tuple[int, ...]) -> None:
        self.offset, self.word, self.numbers = offset, word, numbers


class WordIndex:
    """The words that patterns need; ``needed``: those of each, and whether they only count where a word begins."""

    def __init__(self, needed: Iterable[tuple[tuple[str, ...], bool]]) -> None:
        import ahocorasick

        self.count = 0
        self._runs: dict[str, list[_Hit]] = {}
        self._numbers: dict[str, tuple[list[int], list[int]]] = {}  # by word: needed anywhere, where a word begins
        for words, bordered in needed:
            for word in words:
                self._numbers.setdefault(word, ([], []))[bordered].append(self.count)
            self.count += 1
        self._heads: dict[str, list[str]] = {}  # words that go on behind a blank, by what stands before it
        self._opens: dict[str, list[str]] = {}  # words that begin with a blank, by what stands behind it
        self._whole: dict[str, list[str]] = {}  # such words that go on behind another blank, by what stands between
        self._others: list[str] = []
        self._automaton: Any = ahocorasick.Automaton()
        self._automaton.add_word("\n\n\n\n", "")  # it cannot be used without any word
        for word in self._numbers:
            self._enter(word)
        self._automaton.make_automaton()
        self._longest = max(map(len, (*self._heads, *self._opens)), default=0)

    def _enter(self, word: str) -> None:
        first = _blank(word)
        second = _blank(word[1:])
        if first < 0:
            self._automaton.add_word(word, word)
        elif first > 0:
            self._heads.setdefault(word[:first], []).append(word)
        elif second < 0 and len(word) > 1:
            self._opens.setdefault(word[1:], []).append(word)
        elif second > 0:
            self._whole.setdefault(word[1 : second + 1], []).append(word)
        else:
            self._others.append(word)

    def find(self, low: str) -> dict[int, list[int]]:
        """Return by pattern where its words begin in a text in lower case, in no order."""
        said: dict[int, list[int]] = {}
        runs, at = self._runs, 0
        for line in low.split("\n"):
            for run in line.split(" "):
                if run:
                    hits = runs.get(run)
                    if hits is None:
                        hits = self._read(run)
                    for hit in hits:
                        place = at + hit.offset
                        if place >= 0 and (not hit.word or low.startswith(hit.word, place)):
                            for number in hit.numbers:
                                places = said.get(number)
                                if places is None:
                                    said[number] = [place]
                                else:
                                    places.append(place)
                at += len(run) + 1
        for word in self._others:
            for place in find_all(word, low):
                for number in self._needing(word, low, place):
                    said.setdefault(number, []).append(place)
        return said

    def _read(self, run: str) -> list[_Hit]:
        """Return the words of a run."""
        hits: list[_Hit] = []
        for last, word in self._automaton.iter(run):
            offset = last + 1 - len(word)
            hits.append(_Hit(offset, "", self._needing(word, run, offset)))
        for offset in range(max(0, len(run) - self._longest), len(run)):
            for word in self._heads.get(run[offset:], ()):
                hits.append(_Hit(offset, word, self._needing(word, run, offset)))
        for end in range(1, min(len(run), self._longest) + 1):
            for word in self._opens.get(run[:end], ()):
                hits.append(_Hit(-1, word, self._needing(word, run, 0)))
        for word in self._whole.get(run, ()):
            hits.append(_Hit(-1, word, self._needing(word, run, 0)))
        hits = [hit for hit in hits if hit.numbers]
        if len(self._runs) < _MOST and len(run) <= _LONGEST:
            self._runs[run] = hits
        return hits

    def _needing(self, word: str, text: str, place: int) -> tuple[int, ...]:
        """Return the patterns that need ``word`` where it stands in ``text``."""
        anywhere, bordered = self._numbers[word]
        if bordered and (not place or not ((before := text[place - 1]).isalnum() or before == "_")):
            return (*anywhere, *bordered)
        return tuple(anywhere)


def _blank(word: str) -> int:
    """Return where the first blank stands, -1 for none."""
    return min((at for blank in _BLANKS if (at := word.find(blank)) >= 0), default=-1)


def find_all(word: str, text: str) -> Iterator[int]:
    """Yield where ``word`` stands in ``text``."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
