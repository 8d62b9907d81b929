"""Compiles the lexicon: code-set titles, inclusion terms, index entries and our own vocabulary become sets of atoms.

An *atom* is a word of the canonical vocabulary after every rewrite; a *term* is the set of its atoms and the code-set
nodes that it leads to. The result is one file of plain lists (``marshal``), read back in a fraction of a second.
"""

from __future__ import annotations

import hashlib
import marshal
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from nosology.lexicon.lexicon import word_char
from nosology.lexicon.predicates import compile_predicates
from nosology.lexicon.rewrites import Rewrite, read_rewrites, read_rows
from nosology.lexicon.subjects import Rows, alike_phrases, alike_rewrites, subject_payload, subject_rows
from nosology.lexicon.tokens import DENYING, PREFIXES, STOP_WORDS, WORD, base_form, split_words
from nosology.lexicon.variants import strip_sides, title_variants

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["FORMAT", "RANKS", "Compiler", "Progress", "compile_lexicon", "vocabulary_digest"]

FORMAT = 15
# How much a source of terms is trusted when two lead elsewhere from the same words; lower is better.
RANKS = {
    "vocabulary": 0,
    "title": 1,
    "index": 2,
    "inclusion term": 3,
    "part of title": 5,
    "includes note": 6,
    "drug": 4,
}
Progress = Callable[[int, int, str], None]


_MOST_CATEGORIES = 3
_MOST_SPELLINGS = 64
_LONGEST = 7  # words of the longest phrase that is looked for when a term is read as a chart's text
_WHOLE_WORD = 5  # letters from which a word is no abbreviation
_PREPOSITIONS = frozenset(("in", "of", "on", "from", "with", "at", "around", "behind", "under"))
_DETERMINERS = ("the", "his", "her", "their", "my", "a")
_FRACTURED = ("fract", "avulsion", "injury", "break", "broken", "comminution")
_Table = dict[tuple[str, ...], tuple[str, ...]]


def vocabulary_digest() -> str:
    """Return the sha256 of every packaged vocabulary file, of the compiler's format and of the reduction of words."""
    digest = hashlib.sha256(str(FORMAT).encode())
    folder = resources.files("nosology.lexicon")
    modules = ("tokens", "variants", "compile", "rewrites", "predicates", "subjects")
    sources = [folder.joinpath(f"{name}.py") for name in modules]
    data = folder.joinpath("data")
    sources.append(data.joinpath("drugs.tsv"))
    for sub in ("lists", "rewrites", "terms"):
        sources += sorted(data.joinpath(sub).iterdir(), key=lambda f: f.name)
    for source in sources:
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()


class Compiler:
    """Turns phrases into atoms; holds the growing list of words. Word 0 is "unknown"."""

    def __init__(self, rewrites: Iterable[Rewrite]) -> None:
        self.words: list[str] = [""]
        self.ids: dict[str, int] = {}
        self.simple: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.conditional: list[Rewrite] = []
        self.unconditional: _Table = {}
        self.after_non: set[tuple[str, str]] = set()  # "hodgkin" in "non-Hodgkin lymphoma": a name, not a denial
        self._firsts: dict[str, int] = {}
        self._canonical: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._plain: _Table | None = None
        self._under_condition: _Table = {}
        for rewrite in rewrites:
            condition = rewrite.condition
            if condition is None or (condition.exact and not (condition.upper or condition.near or condition.far)):
                self.simple.setdefault(rewrite.phrase, rewrite.canonical)
            if condition is not None:
                self.conditional.append(rewrite)
            else:
                self.unconditional.setdefault(rewrite.phrase, rewrite.canonical)
        for phrase in self.simple:
            self._firsts[phrase[0]] = max(self._firsts.get(phrase[0], 0), len(phrase))

    def join_prefixes(self, words: Iterable[str]) -> None:
        """Write a prefix and the word after it as one wherever the vocabulary knows them as one ("post traumatic").

        Words that a rewrite writes apart stay apart.
        """
        spelt = {r.phrase for r in self.conditional}
        spelt.update(pair for canonical in self.simple.values() for pair in pairwise(canonical))
        for word in sorted(words):
            for prefix in PREFIXES:
                phrase = (prefix, word[len(prefix) :])
                if word.startswith(prefix) and len(phrase[1]) > 3 and phrase not in spelt:
                    self.simple.setdefault(phrase, (word,))
                    self._firsts[prefix] = max(self._firsts.get(prefix, 0), 2)

    def word_id(self, word: str) -> int:
        """Return the number of ``word``, giving it one if it is new."""
        number = self.ids.get(word)
        if number is None:
            number = self.ids[word] = len(self.words)
            self.words.append(word)
        return number

    def rewrite(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return ``words`` after every unconditional rewrite, the longest phrase first, until nothing changes."""
        known = self._canonical.get(words)
        if known is not None:
            return known
        current, seen = words, {words}
        for _ in range(5):
            following = self._once(current)
            if following in seen:
                break
            seen.add(following)
            current = following
        self._canonical[words] = current
        return current

    def _once(self, words: tuple[str, ...]) -> tuple[str, ...]:
        out: list[str] = []
        i = 0
        while i < len(words):
            for length in range(min(self._firsts.get(words[i], 0), len(words) - i), 0, -1):
                canonical = self.simple.get(words[i : i + length])
                if canonical is not None:
                    out += canonical
                    i += length
                    break
            else:
                out.append(words[i])
                i += 1
        return tuple(out)

    def atoms(self, text: str) -> tuple[int, ...]:
        """Return the sorted atoms of ``text``: its distinct content words after rewriting, as numbers."""
        return self._atoms_of(self.rewrite(tuple(split_words(text))))

    def spoken(self, text: str) -> set[tuple[int, ...]]:
        """Return the atoms of ``text`` as the matcher reads them in a chart, in one pass over its words: without the
        conditional rewrites, and with all of them.

        They are mostly those of :meth:`atoms`, which rewrites until nothing changes.
        """
        words = tuple(split_words(text))
        if self._plain is None:
            plain, conditional = self._tables()
            self._plain, self._under_condition = plain, {**plain, **conditional}
        return {self._atoms_of(self._read(words, table)) for table in (self._plain, self._under_condition)}

    def _atoms_of(self, words: Iterable[str]) -> tuple[int, ...]:
        words = [w for w in words if w not in STOP_WORDS]
        self.after_non.update(pair for pair in pairwise(words) if pair[0] in DENYING)
        return tuple(sorted({self.word_id(w) for w in words}))

    def unconditioned(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Yield what each phrase becomes whatever stands around it, in every spelling. A phrase with conditions has
        a row of its own only where the vocabulary gives it one without; that one holds where no condition does.
        """
        spelt = {r.phrase for r in self.conditional}
        for phrase, canonical in [*self.simple.items(), *_spellings(self)]:
            if phrase not in spelt:
                yield phrase, canonical
            elif phrase in self.unconditional:
                yield phrase, self.unconditional[phrase]

    def _tables(self) -> tuple[_Table, _Table]:
        """Return what each phrase becomes in a chart, plainly and under a condition."""
        plain = {p: self.rewrite(c) for p, c in self.unconditioned()}
        conditional: _Table = {}
        for rewrite in self.conditional:
            if len(rewrite.phrase) > 1 or len(rewrite.phrase[0]) >= _WHOLE_WORD:  # no abbreviation of several things
                conditional.setdefault(rewrite.phrase, self.rewrite(rewrite.canonical))
        return plain, conditional

    def _read(self, words: tuple[str, ...], table: _Table) -> list[str]:
        out: list[str] = []
        i = 0
        while i < len(words):
            for length in range(min(_LONGEST, len(words) - i), 0, -1):
                canonical = table.get(words[i : i + length])
                if canonical is not None:
                    out += canonical
                    i += length
                    break
            else:
                out.append(words[i])
                i += 1
        return out


def _code_terms(icd: Icd10cm) -> Iterator[tuple[str, str, str]]:
    """Yield ``(phrase, code, source)`` of the Tabular List, from categories down to codes, extensions left out."""
    notes: dict[str, list[tuple[str, str]]] = {}
    for kind, source in (("inclusion_terms", "inclusion term"), ("includes", "includes note")):
        for code, text in icd.notes_of_kind(kind):
            notes.setdefault(code, []).append((source, text))
    for code in icd.codes():
        if icd.kind(code) in ("chapter", "block", "extended"):
            continue
        exact, derived = title_variants(icd.title(code))
        if "classified elsewhere" in icd.title(code):  # manifestations, never coded by their own name (I.A.13)
            continue
        for phrase in exact:
            if " other " not in f" {phrase.lower()} ":
                yield phrase, code, "title"
        for phrase in derived:
            yield phrase, code, "part of title"
        for source, note in notes.get(code, ()):
            for phrase in title_variants(note)[0]:
                yield _name_fully(phrase, icd.title(code)), code, source


def _name_fully(phrase: str, title: str) -> str:
    """Return an inclusion term that is only a part of the body ("Knee cap" of a fracture) with what its title says."""
    bare = title.startswith("Fracture of ") and not any(word in phrase.lower() for word in _FRACTURED)
    return f"Fracture of {phrase}" if bare else phrase


def _own_terms(icd: Icd10cm, alike: Rows) -> Iterator[tuple[str, str, str]]:
    drugs = {frozenset(split_words(cells[0])) for _file, _number, cells in read_rows("drugs.tsv")}
    listed = list(read_rows("terms"))
    own = {frozenset(split_words(cells[0])) for _file, _number, cells in listed}
    for file, _number, cells in listed:
        if len(cells) >= 2 and cells[1].startswith("Z79") and frozenset(split_words(cells[0])) - STOP_WORDS in drugs:
            continue  # the list of drugs says more: what the drug treats
        if len(cells) >= 2 and cells[1].rstrip("-").rstrip(".") in icd:
            code, source = cells[1].rstrip("-").rstrip("."), f"vocabulary:{file}"
            yield cells[0] if cells[2:] == ["sided"] else strip_sides(cells[0]) or cells[0], code, source
            for phrase in alike_phrases(cells[0], alike):
                if frozenset(split_words(phrase)) not in own:
                    yield phrase, code, source


def _drug_terms(icd: Icd10cm) -> Iterator[tuple[str, str, str]]:
    """Yield drugs as terms of their long-term-use code; the source carries the categories that the drug treats."""
    if resources.files("nosology.lexicon").joinpath("data").joinpath("drugs.tsv").is_file():
        for _file, _number, cells in read_rows("drugs.tsv"):
            name, _class, code, treats = (*cells, "", "", "")[:4]
            yield name, code if code in icd else "Z79.899", f"drug:{treats.replace(' ', '')}"


def _common_words() -> frozenset[str]:
    rows = (cells for _file, _number, cells in read_rows("lists/common_words.txt"))
    return frozenset(base_form(word) for cells in rows for word in cells[0].split())


def _with_nouns(phrase: str) -> str:
    """Return a term with the chamber of the heart as a noun, "enlargement of the atrium"; "" if it names none.

    Not the ventricle, which the brain has too.
    """
    words = phrase.lower().split()
    return " ".join("atrium" if word == "atrial" else word for word in words) if "atrial" in words else ""


def _too_general(word: str, source: str, common: frozenset[str], *, acronym: bool) -> bool:
    """True for a word that alone names nothing codable; our own vocabulary decides for itself."""
    if word.isdigit() or len(word) < 3:
        return True
    if source.startswith(("vocabulary", "drug")):
        return False
    return len(word) < (5 if source == "index" else 4) or word in common or source == "part of title" or acronym


def _choose(entries: list[tuple[int, int, str, str]], icd: Icd10cm) -> list[tuple[str, str]]:
    """Return ``(code, source)`` for one set of atoms: the best-ranked entries, codes under another of them left out."""
    entries.sort()
    best = entries[0][0]
    if best and len({code[:3] for rank, _depth, code, _source in entries if rank == best}) > _MOST_CATEGORIES:
        return []  # "blister" stands in a dozen titles: by itself it leads nowhere
    chosen: list[tuple[str, str]] = []
    for rank, _depth, code, source in entries:
        if rank > best + (1 if best else 0) or len(chosen) == 3:
            break
        if any(code == c or code.startswith(c) for c, _ in chosen):
            continue
        family = {c[:3] for c, _ in chosen}
        if code[:3] in family:
            parent = _common(code, next(c for c, _ in chosen if c[:3] == code[:3]), icd)
            chosen = [(parent, s) if c[:3] == code[:3] else (c, s) for c, s in chosen]
            continue
        chosen.append((code, source))
    return chosen


def _common(a: str, b: str, icd: Icd10cm) -> str:
    """Return the lowest node above both codes of one category."""
    line = [a, *icd.ancestors(a)]
    for node in [b, *icd.ancestors(b)]:
        if node in line:
            return node
    return a[:3]


def compile_lexicon(
    icd: Icd10cm, extra: Iterable[tuple[str, str, str]] = (), progress: Progress | None = None
) -> bytes:
    """Return the compiled lexicon of ``icd`` and the packaged vocabulary as bytes for
    :class:`nosology.lexicon.Lexicon`.

    ``extra`` are further ``(phrase, code, source)`` terms, such as those of an installed Alphabetic Index.
    """
    alike = subject_rows()
    compiler = Compiler(alike_rewrites(read_rewrites(), alike))
    terms = [*_own_terms(icd, alike), *_code_terms(icd), *_drug_terms(icd), *extra]
    compiler.join_prefixes({base_form(word) for phrase, _code, _source in terms for word in WORD.findall(phrase)})
    groups: dict[tuple[int, ...], list[tuple[int, int, str, str]]] = {}
    spoken: dict[tuple[int, ...], list[tuple[int, int, str, str]]] = {}
    common = _common_words()
    excluded = {compiler.atoms(cells[0]) for _file, _number, cells in read_rows("lists/excluded_terms.txt")}
    for done, (phrase, code, source) in enumerate(terms):
        if progress and done % 5000 == 0:
            progress(done, len(terms), "lexicon")
        written = compiler.atoms(phrase)
        nouns = _with_nouns(phrase)
        for atoms in {written} | compiler.spoken(phrase) | (compiler.spoken(nouns) if nouns else set()):
            if not atoms or len(atoms) > 9 or (atoms in excluded and not source.startswith("vocabulary")):
                continue
            if len(atoms) == 1 and _too_general(compiler.words[atoms[0]], source, common, acronym=phrase.isupper()):
                continue
            entry = (RANKS[source.partition(":")[0]], len(code), code, source)
            (groups if atoms == written else spoken).setdefault(atoms, []).append(entry)
    for atoms, entries in spoken.items():
        groups.setdefault(atoms, entries)
    for word in {base_form(w) for code in icd.codes() for w in WORD.findall(icd.title(code))}:
        compiler.atoms(word)
    frequency = Counter(a for atoms in groups for a in atoms)
    by_anchor: dict[int, list[tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...], int]]] = {}
    for atoms, entries in groups.items():
        chosen = _choose(entries, icd)
        if not chosen:
            continue
        rarest = tuple(sorted(atoms, key=lambda a: (frequency[a], a)))
        term = (rarest, tuple(c for c, _ in chosen), tuple(s for _, s in chosen), entries[0][0])
        by_anchor.setdefault(rarest[0], []).append(term)
    anchors: dict[int, tuple[int, bytes]] = {}
    count = 0
    for atom, listed in by_anchor.items():  # packed one by one, so that only those that a note needs are ever unpacked
        anchors[atom] = (count, marshal.dumps(listed))
        count += len(listed)
    payload: dict[str, Any] = {"format": FORMAT, "count": count, "anchors": anchors, **_rewriting(compiler)}
    payload["after_non"] = sorted(tuple(map(compiler.word_id, pair)) for pair in compiler.after_non)
    payload["words"] = compiler.words
    if progress:
        progress(len(terms), len(terms), "lexicon")
    return marshal.dumps(payload)


def _spellings(compiler: Compiler) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the phrases of several words as they stand before their single words are rewritten.

    "End stage kidney failure" is rewritten, "renal" becomes "kidney": then "end stage renal failure" must be too. The
    terms are rewritten until nothing changes, a text only once, so every spelling needs a row of its own.
    """
    spelt: dict[str, list[str]] = {}
    for phrase in compiler.simple:
        if len(phrase) == 1 and len(canonical := compiler.rewrite(phrase)) == 1 and canonical != phrase:
            spelt.setdefault(canonical[0], []).append(phrase[0])
    for phrase, canonical in list(compiler.simple.items()):
        if len(phrase) == 1:
            continue
        for determined in _determined(phrase):
            if determined not in compiler.simple:
                yield determined, canonical
        ways = [[word, *spelt.get(word, ())] for word in phrase]
        if 1 < math.prod(map(len, ways)) <= _MOST_SPELLINGS:
            for spelling in product(*ways):
                if spelling not in compiler.simple:
                    yield spelling, canonical


def _determined(phrase: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield ``phrase`` with an article or possessive after its preposition: "blood in stool", "blood in his stool"."""
    for i, word in enumerate(phrase[1:-1], 1):
        if word in _PREPOSITIONS and phrase[i + 1] not in STOP_WORDS:
            for determiner in _DETERMINERS:
                yield (*phrase[: i + 1], determiner, *phrase[i + 1 :])


def _rewriting(compiler: Compiler) -> dict[str, Any]:
    """Return word and phrase rewrites as numbers, with every spelling of the phrases."""
    rows: list[tuple[tuple[int, ...], tuple[int, ...], Any]] = []
    singles: dict[int, tuple[int, ...]] = {}
    number = compiler.word_id
    for phrase, canonical in compiler.unconditioned():
        atoms = _out(compiler, canonical)
        if len(phrase) == 1:
            singles[number(phrase[0])] = atoms
        else:
            rows.append((tuple(number(w) for w in phrase), atoms, None))
    for rewrite in compiler.conditional:
        condition = rewrite.condition
        assert condition is not None
        near, far = tuple(map(number, condition.near)), tuple(map(number, condition.far))
        rule = (condition.upper, near, far, condition.exact)
        rows.append((tuple(map(number, rewrite.phrase)), _out(compiler, rewrite.canonical), rule))
    stops = [number(w) for w in sorted(STOP_WORDS)]
    predicates = compile_predicates(number, word_char, compiler.atoms)
    said = subject_payload(number, word_char, lambda phrase: _out(compiler, tuple(split_words(phrase))))
    return {**_phrases(rows), "singles": singles, "stops": stops, "predicates": predicates, "subjects": said}


def _out(compiler: Compiler, canonical: tuple[str, ...]) -> tuple[int, ...]:
    """Return the atoms that stand in a text where a phrase becomes ``canonical``."""
    return tuple(compiler.word_id(w) for w in compiler.rewrite(canonical) if w not in STOP_WORDS)


def _phrases(rows: Iterable[tuple[tuple[int, ...], tuple[int, ...], Any]]) -> dict[str, Any]:
    """Return what the phrases of word characters become, plainly or under conditions: by their first word, packed, so
    that only those that a note may need are ever unpacked.
    """
    grouped: dict[str, dict[str, list[Any]]] = {}
    for phrase, atoms, condition in rows:
        chars = "".join(map(word_char, phrase))
        entry = grouped.setdefault(chars[0], {}).setdefault(chars, [None, []])
        if condition is None:
            entry[0] = entry[0] if entry[0] is not None else atoms
        else:
            entry[1].append((condition, atoms))
    packed = {
        first: marshal.dumps({chars: tuple(entry) for chars, entry in phrases.items()})
        for first, phrases in grouped.items()
    }
    return {"phrases": packed}
