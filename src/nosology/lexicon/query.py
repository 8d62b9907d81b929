"""What a query means: its wordings, and for each of its words the words of the vocabulary that may stand for it.

A query is short and has no context, so an abbreviation that a note would only trust with a condition is tried in every
sense, and a gene-locus symbol ("DFNB12", "CMD1A") stands for the family that the number counts. Unknown words are read
as the beginning of a word, as another spelling, as two words written together, or as a misspelling.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from nosology.lexicon.rewrites import read_rows
from nosology.lexicon.tokens import STOP_WORDS, split_words

__all__ = ["WordFinder", "Wordings", "read_series", "stem_word", "weak_words"]

# Endings that turn a noun into its adjective or another noun of the same thing; the longest is tried first.
# fmt: off
_SUFFIXES = (
    "ization", "ational", "iveness", "fulness", "ousness", "ically", "ations", "ation", "ating", "ative", "ional",
    "ated", "itic", "ical", "ular", "ness", "ment", "tion", "sion", "eous", "ious", "ance", "ence", "ing", "ion",
    "ive", "ous", "ary", "ory", "ial", "eal", "ism", "ist", "ity", "ed", "ic", "al", "ar", "ia", "is", "us", "um",
    "ea", "es", "y", "e", "a", "s",
)
# fmt: on
_ENDINGS: dict[str, tuple[str, ...]] = {}
for _suffix in _SUFFIXES:
    _ENDINGS[_suffix[-1]] = (*_ENDINGS.get(_suffix[-1], ()), _suffix)
_SYMBOL = re.compile(r"(?<![\w-])([a-z][a-z-]{0,13}[a-z](?:\ddn)?)([- ]?)(\d{1,3}[a-z]{0,2}\d{0,2})(?![\w-])")
_LETTERED = re.compile(r"(?<![\w-])(cmt[dr]i|fanc|xp)([a-z]\d?)(?![\w-])")  # families counted by letters
_NUMERALS = {
    n: i for i, n in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii"], 1)
}
_NUMERAL = re.compile(
    r"(?<!factor )(?<!nerve )(?<!class )(?<!stage )(?<!grade )\b(ii|iii|iv|v|vi|vii|viii|ix|xi|xii|xiii)-?([a-e]?)$"
    r"|\btype (i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii|xiii)-?([a-e]?)\b"
)
_WITHOUT = re.compile(r"\bwithout\b.*")  # what is absent is not looked for, unless a term names its absence
_OPEN = re.compile(r"\bwith or without\b.*|\bwith/without\b.*")  # leaves the question open, so it tells nothing
_SPELLINGS = (
    ("ae", "e"),
    ("oe", "e"),
    ("our", "or"),
    ("yse", "yze"),
    ("ise", "ize"),
    ("isation", "ization"),
    ("ph", "f"),
)
_MOST_WORDINGS, _MOST_WORDS_SPELLED = 7, 10
_LONG_STOP_WORDS = tuple(word for word in sorted(STOP_WORDS) if len(word) > 6)
_MOST_PREFIXES = 40
_MOST_REMEMBERED = 20_000
_NOTHING: tuple[list[str], list[int]] = ([], [])


def stem_word(word: str) -> str:
    """Return ``word`` without the ending that makes it a noun or an adjective; at least four letters stay.

    >>> stem_word("ulceration"), stem_word("ulcerative"), stem_word("ulcer")
    ('ulcer', 'ulcer', 'ulcer')
    """
    for suffix in _ENDINGS.get(word[-1:], ()):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def weak_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that hardly tell one disease from another, and those of them that may stand for one another.

    Weak are heads ("disease", "syndrome"; these are interchangeable), inheritance, onset, and what is left over.
    """
    rows = [(split_words(cells[0])[0], len(cells) > 1) for _file, _number, cells in read_rows("search/weak.tsv")]
    return frozenset(word for word, _head in rows), frozenset(word for word, head in rows if head)


def read_series() -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return symbol → name of the family, and ``(name, code)`` of the numbered families of hereditary disease."""
    symbols: dict[str, str] = {}
    names: list[tuple[str, str]] = []
    for _file, _number, cells in read_rows("search/series.tsv"):
        own = [name.strip() for name in cells[2].split(";")]
        symbols.update(dict.fromkeys(cells[0].split(), own[0]))
        names += [(name, cells[1]) for name in own]
    return symbols, names


def _abbreviations() -> dict[str, tuple[str, ...]]:
    """Return the abbreviations that are rewritten on a condition only, with every sense."""
    senses: dict[str, tuple[str, ...]] = {}
    for _file, _number, cells in read_rows("rewrites/abbreviations.tsv"):
        if len(cells) > 2 and cells[1] not in senses.get(cells[0], ()):
            senses[cells[0]] = (*senses.get(cells[0], ()), cells[1])
    for _file, _number, cells in read_rows("search/abbreviations.tsv"):
        senses[cells[0]] = (*senses.get(cells[0], ()), cells[1])
    return senses


class Wordings:
    """The ways to say a query: as it stands, and with numerals, abbreviations and symbols spelled out."""

    def __init__(self, symbols: Mapping[str, str]) -> None:
        self._symbols = symbols
        self._senses = _abbreviations()
        self._phrases = {cells[0]: cells[1] for _file, _number, cells in read_rows("search/phrases.tsv")}
        longest_first = sorted(self._phrases, key=len, reverse=True)
        self._phrase = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")

    def of(self, query: str) -> list[str]:
        """Return the wordings of ``query``, the plainest first; a few at most."""
        line = " ".join(query.lower().split())
        line = self._phrase.sub(lambda match: self._phrases[match.group()], line)
        line = _NUMERAL.sub(_spell_numeral, line)
        line = _OPEN.sub("", line).strip(" ,-") or line
        found = [line, _WITHOUT.sub("", line).strip(" ,-") or line]
        words = line.split()
        if len(words) > _MOST_WORDS_SPELLED:
            return found
        for match in _SYMBOL.finditer(line):
            for name, rest in self._read_symbol(match.group(1), match.group(3)):
                found.append(f"{line[: match.start()]}{name} {rest}{line[match.end() :]}")
        for match in _LETTERED.finditer(line):
            if match.group(1) in self._symbols:
                found.append(f"{line[: match.start()]}{self._symbols[match.group(1)]}{line[match.end() :]}")
        for i, word in enumerate(words):
            word = word.strip(",.;:()")
            if word in STOP_WORDS:
                continue
            meant = [*self._senses.get(word, ()), *([self._symbols[word]] if word in self._symbols else [])]
            found += [" ".join([*words[:i], sense, *words[i + 1 :]]) for sense in meant]
        return list(dict.fromkeys(found))[:_MOST_WORDINGS]

    def _read_symbol(self, letters: str, number: str) -> Iterator[tuple[str, str]]:
        """Yield ``(name of the family, "type" and number)`` of a symbol such as "cmd1a", "ctrct12" or "mps3a"."""
        symbol = letters + number
        for end in range(len(symbol), 1, -1):  # the longest beginning that names a family
            if symbol[:end] in self._symbols:
                yield self._symbols[symbol[:end]], symbol[end:] and f"type {symbol[end:]}"
                return
        if letters + "#" in self._symbols:  # a plain word that means the family only where it is numbered
            yield self._symbols[letters + "#"], ""
        for sense in self._senses.get(letters, ()):
            yield sense, f"type {number}"


def _spell_numeral(match: re.Match[str]) -> str:
    numeral, letter = (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
    return f"{'' if match.string[: match.start()].endswith('type ') else 'type '}{_NUMERALS[numeral]}{letter}"


class WordFinder:
    """Finds the known words that an unknown one may stand for. Its lists are made once; what was asked is kept."""

    def __init__(self, words: Sequence[str], frequency: Mapping[int, int]) -> None:
        self._words = words
        self._frequency = frequency
        self._sorted = sorted((words[atom], atom) for atom in frequency)
        self._known = dict(self._sorted)
        self._by_stem: dict[str, list[int]] = {}
        for word, atom in self._sorted:
            self._by_stem.setdefault(stem_word(word), []).append(atom)
        self._pools = self._pool()
        self._near: dict[str, list[tuple[int, float]]] = {}
        self._asked: dict[tuple[str, bool], list[tuple[int, float]]] = {}
        self._respelt: dict[str, str] = {}

    def respell(self, word: str) -> str:
        """Return the known word that ``word`` most likely misspells, the more frequent of equals; else ``word``."""
        if len(word) < 4 or len(word) > 40 or not word.isalpha():
            return word
        better = self._respelt.get(word)
        if better is None:
            nearest = self._misspelt(word)
            frequency = self._frequency
            better = self._words[max(nearest, key=lambda n: (n[1], frequency.get(n[0], 0)))[0]] if nearest else word
            if len(self._respelt) < _MOST_REMEMBERED:
                self._respelt[word] = better
        return better

    def same_stem(self, word: str) -> Sequence[int]:
        """Return the atoms of the words that share the stem of ``word``."""
        return self._by_stem.get(stem_word(word), ())

    def find(self, word: str, *, last: bool) -> list[tuple[int, float]]:
        """Return ``(atom, trust)`` of the words that ``word`` may stand for; ``last`` when it may be unfinished."""
        key = (word, last)
        found = self._asked.get(key)
        if found is None:
            found = self._find(word, last=last)
            if len(self._asked) < _MOST_REMEMBERED:
                self._asked[key] = found
        return found

    def means_nothing(self, word: str) -> bool:
        """True for a misspelt function word such as "mellitis", which no term holds."""
        from rapidfuzz.distance import OSA

        return len(word) > 5 and any(OSA.distance(word, stop, score_cutoff=2) <= 2 for stop in _LONG_STOP_WORDS)

    def begins(self, word: str, trust: float) -> list[tuple[int, float]]:
        """Return the words that begin with ``word``, the more frequent ones if they are too many."""
        first = bisect_left(self._sorted, (word, -1))
        end = bisect_left(self._sorted, (word + "\uffff", -1))
        atoms = [atom for known, atom in self._sorted[first:end] if known != word]
        if len(atoms) > _MOST_PREFIXES:
            atoms = sorted(atoms, key=lambda a: -self._frequency[a])[:_MOST_PREFIXES]
        return [(atom, trust) for atom in atoms]

    def _find(self, word: str, *, last: bool) -> list[tuple[int, float]]:
        if word in self._known:
            return [(self._known[word], 1.0)]
        if len(word) < (2 if last else 3) or word.isdigit() or len(word) > 40:
            return []
        for old, new in _SPELLINGS:
            if old in word and word.replace(old, new) in self._known:
                return [(self._known[word.replace(old, new)], 0.95)]
        found: list[tuple[int, float]] = []
        if last or len(word) >= 5:
            found = self.begins(word, 0.9)
        found += [(atom, 0.85) for atom in self.same_stem(word)]
        if found or not word.isalpha() or len(word) < 4:
            return found
        nearest = [(atom, trust) for atom, trust in self._misspelt(word) if atom in self._frequency]
        return nearest or self._two_words(word)

    def _two_words(self, word: str) -> list[tuple[int, float]]:
        for cut in range(4, len(word) - 3):
            if word[:cut] in self._known and word[cut:] in self._known:
                return [(self._known[word[:cut]], 0.8), (self._known[word[cut:]], 0.8)]
        return []

    def _misspelt(self, word: str) -> list[tuple[int, float]]:
        """Return the words nearest to ``word``: one slip of the finger, two in words of six letters, three in twelve.

        The first letter is seldom wrong, so words that share it are tried first.
        """
        found = self._near.get(word)
        if found is None:
            found = self._nearest(word, word[0], 0.9)
            if not found:
                found = self._nearest(word, "abcdefghijklmnopqrstuvwxyz".replace(word[0], ""), 0.85)
            if len(self._near) < _MOST_REMEMBERED:
                self._near[word] = found
        return found

    def _nearest(self, word: str, firsts: str, trust: float) -> list[tuple[int, float]]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        best = 1 if len(word) < 6 else 2 if len(word) < 12 else 3
        lengths = sorted(range(len(word) - best, len(word) + best + 1), key=lambda n: abs(n - len(word)))
        nearest: list[tuple[int, int]] = []
        for length in lengths:
            if abs(length - len(word)) > best:
                break
            for first in firsts:
                words, atoms = self._pools.get((length, first), _NOTHING)
                for _known, distance, index in process.extract(
                    word, words, scorer=OSA.distance, score_cutoff=best, limit=6
                ):
                    best = min(best, int(distance))
                    nearest.append((int(distance), atoms[index]))
        return [(atom, trust - 0.1 * d) for d, atom in nearest if d == best]

    def _pool(self) -> dict[tuple[int, str], tuple[list[str], list[int]]]:
        """Return every word of letters by its length and first letter."""
        pools: dict[tuple[int, str], tuple[list[str], list[int]]] = {}
        for atom, word in enumerate(self._words):
            if len(word) > 2 and word.isalpha():
                pool = pools.get((len(word), word[0]))
                if pool is None:
                    pool = pools[len(word), word[0]] = ([], [])
                pool[0].append(word)
                pool[1].append(atom)
        return pools
