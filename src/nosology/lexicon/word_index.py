"""Where the words and phrases of a vocabulary stand in a text, found run by run between two blanks.

Which of them stand in a run ("hypertension,") is worked out when it is first met. Of one that goes on behind a blank
("late effect of") the run holds the head; whether the rest follows is seen in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

__all__ = ["NeededWords", "RunIndex", "find_all"]

_MOST = 200_000  # runs that are remembered
_LONGEST = 40  # code points of one that is
_FEW = 20_000  # remembered runs that are gone through where the vocabulary grows; more are forgotten
_BLANKS = (" ", "\n")  # what parts runs
_NEXT = 2  # code points behind the next blank by which the many phrases of one head are told apart


class _Hit:
    """A word in a run: where it begins (-1: at the blank before), its length, the word where it goes on behind a blank,
    else "", and what is known of it.
    """

    __slots__ = ("length", "offset", "said", "word")

    def __init__(self, offset: int, length: int, word: str, said: Any) -> None:
        self.offset, self.length, self.word, self.said = offset, length, word, said


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


class RunIndex:
    """A vocabulary: its words, each with what is known of it."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        import ahocorasick

        self._words: dict[str, Any] = {}
        self._runs: dict[str, _Run] = {}
        self._heads: dict[str, list[str]] = {}  # words that go on behind a blank, by what stands before it
        self._opens: dict[str, list[str]] = {}  # words that begin with a blank, by what stands behind it
        self._whole: dict[str, list[str]] = {}  # such words that go on behind another blank, by what stands between
        self._others: list[str] = []
        self._longest_head = self._longest_open = 0
        self._automaton: Any = ahocorasick.Automaton()
        self._automaton.add_word("\n\n\n\n", "")  # it cannot be used without any word
        self.enter(words)

    def enter(self, words: Mapping[str, Any]) -> None:
        """Add words, or say anew what is known of them."""
        for word, said in words.items():
            if word not in self._words:
                self._sort_in(word)
            self._words[word] = said
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

    def said_of(self, word: str, text: str, place: int) -> Any:
        """Return what is known of ``word`` where it stands at ``place`` of ``text``; None where it does not count."""
        return self._words[word]

    def find(self, text: str) -> list[tuple[int, int, Any]]:
        """Return where the words begin and end in ``text``, with what is known of each; those of a later run last."""
        found: list[tuple[int, int, Any]] = []
        runs, at = self._runs, 0
        for line in text.split("\n"):
            for word in line.split(" "):
                if not word:
                    at += 1
                    continue
                run = runs.get(word)
                if run is None:
                    run = self._read(word)
                for hit in run.hits:
                    place = at + hit.offset
                    end = place + hit.length
                    if not hit.word or (place >= 0 and text[place:end] == hit.word):
                        found.append((place, end, hit.said))
                begin = at
                at += len(word) + 1
                following = run.following
                if following is not None:
                    for hit in following.get(text[at : at + _NEXT], ()):
                        place = begin + hit.offset
                        end = place + hit.length
                        if place >= 0 and text[place:end] == hit.word:
                            found.append((place, end, hit.said))
        for word in self._others:
            for place in find_all(word, text):
                if (said := self.said_of(word, text, place)) is not None:
                    found.append((place, place + len(word), said))
        return found

    def _read(self, text: str) -> _Run:
        """Return the words of a run that is met for the first time."""
        run = _Run()
        self.read_into(run, text)
        if len(self._runs) < _MOST and len(text) <= _LONGEST:
            self._runs[text] = run
        return run

    def read_into(self, run: _Run, text: str) -> None:
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
        if len(run.hits) > 1:
            run.hits.sort(key=_offset)

    def _take(self, run: _Run, word: str, text: str, offset: int, goes_on: str, behind: str) -> None:
        said = self.said_of(word, text, max(offset, 0))
        if said is not None:
            run.add(_Hit(offset, len(word), goes_on, said), behind)


class NeededWords(RunIndex):
    """The words that patterns need."""

    def __init__(self) -> None:
        self.count = 0  # patterns
        super().__init__({})

    def grow(self, needed: Iterable[tuple[tuple[str, ...], bool]]) -> None:
        """Add patterns: the words that each needs, and whether they only count where a word begins."""
        numbers: dict[str, tuple[list[int], list[int]]] = {}  # by word: needed anywhere, where a word begins
        for words, bordered in needed:
            for word in words:
                numbers.setdefault(word, ([], []))[bordered].append(self.count)
            self.count += 1
        fresh = {word: (tuple(anywhere), (*anywhere, *bordered)) for word, (anywhere, bordered) in numbers.items()}
        if len(self._runs) > _FEW:
            self._runs.clear()
        elif self._runs:
            added = NeededWords()
            added.enter(fresh)
            for text, run in self._runs.items():
                added.read_into(run, text)
        known = self._words
        self.enter(
            {
                word: (known[word][0] + anywhere, known[word][1] + every) if word in known else (anywhere, every)
                for word, (anywhere, every) in fresh.items()
            }
        )

    def said_of(self, word: str, text: str, place: int) -> Any:
        """Return the patterns that need ``word`` where it stands; None where none does."""
        anywhere, every = self._words[word]
        if len(every) > len(anywhere) and (not place or not ((before := text[place - 1]).isalnum() or before == "_")):
            return every
        return anywhere or None

    def places(self, low: str) -> dict[int, list[int]]:
        """Return by pattern where its words begin in a text in lower case, in no order."""
        said: dict[int, list[int]] = {}
        for place, _end, needing in self.find(low):
            numbers: tuple[int, ...] = needing
            for number in numbers:
                known = said.get(number)
                if known is None:
                    said[number] = [place]
                else:
                    known.append(place)
        return said


def _offset(hit: _Hit) -> int:
    return hit.offset


def _blank(word: str) -> int:
    """Return where the first blank stands, -1 for none."""
    return min((at for blank in _BLANKS if (at := word.find(blank)) >= 0), default=-1)


def find_all(word: str, text: str) -> Iterator[int]:
    """Yield where ``word`` stands in ``text``."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
