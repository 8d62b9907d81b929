"""CPT as a licensed user imported it: procedures that a note records, met by the words of the descriptors.

A code is met where every word of one of its descriptors stands in the statement, one of those that "or" joins, and none
of what it is to be "without". The descriptor that says most wins; where several say as much, a finding names them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nosology.codes.cpt import Cpt, CptCode
from nosology.coding.modifiers import read_site
from nosology.coding.procedures.performed.find import ServiceLine
from nosology.coding.procedures.performed.statements import Statement, Statements
from nosology.lexicon.query import stem_word
from nosology.lexicon.tokens import STOP_WORDS, split_words
from nosology.model.finding import Finding, Severity

__all__ = ["Descriptor", "match_descriptors", "read_descriptor"]

_LEAST = 2  # words that a descriptor must have
_GENERAL = (
    "surgical surgery procedure procedural perform include when any method each other than your use using involve "
    "eg ie separate type level same session service technique simple"
)
_QUIET = STOP_WORDS | frozenset(_GENERAL.split(" "))
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WITHOUT = re.compile(r"\b(?:without|w/o|not including)\s+([^;,]+)", re.I)
_JOINED = re.compile(r"[\w'-]+(?:, [\w'-]+)*,? (?:and/or|or) [\w'-]+", re.I)


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The words of one descriptor: of each group one must be said, none of the others."""

    groups: tuple[frozenset[str], ...]
    without: frozenset[str]


def _stems(text: str) -> list[str]:
    return [stem_word(word) for word in split_words(text.lower()) if word not in _QUIET and len(word) > 1]


def read_descriptor(text: str) -> Descriptor:
    """The words of a descriptor, what "or" joins as one group, what follows "without" apart.

    >>> read_descriptor("Look at antenna or feeler; without light").without == frozenset({stem_word("light")})
    True
    """
    plain = _BRACKETS.sub(" ", text)
    without = frozenset(stem for match in _WITHOUT.finditer(plain) for stem in _stems(match[1]))
    plain = _WITHOUT.sub(" ", plain)
    groups = [frozenset(_stems(match.group())) for match in _JOINED.finditer(plain)]
    groups += [frozenset([stem]) for stem in _stems(_JOINED.sub(" ", plain))]
    return Descriptor(tuple(dict.fromkeys(group for group in groups if group)), without)


class _Index:
    """The descriptors of one import by their words."""

    def __init__(self, cpt: Cpt) -> None:
        self.cpt = cpt
        self._all: list[tuple[str, Descriptor]] = []
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        for each in cpt:
            for text in _texts(each):
                descriptor = read_descriptor(text)
                if len(descriptor.groups) >= _LEAST:
                    for word in frozenset().union(*descriptor.groups):
                        self._by_word[word].append(len(self._all))
                    self._all.append((each.code, descriptor))

    def find(self, text: str) -> tuple[str, ...]:
        """Return the codes whose descriptor says most of those that the text holds whole."""
        said = frozenset(_stems(text))
        counted: defaultdict[int, int] = defaultdict(int)
        for word in said:
            for number in self._by_word.get(word, ()):
                counted[number] += 1
        best = 0
        found: list[str] = []
        for number, count in counted.items():
            code, descriptor = self._all[number]
            size = len(descriptor.groups)
            if count < size or size < best or not said.isdisjoint(descriptor.without):
                continue
            if all(not said.isdisjoint(group) for group in descriptor.groups):
                found = [code] if size > best else [*found, code]
                best = size
        return tuple(sorted(set(found)))


def _texts(code: CptCode) -> Iterator[str]:
    """The descriptors of a code in whole words; the abbreviated ones only where no other was imported."""
    whole = [code.long, code.consumer, *code.clinician.split("; ")]
    yield from [text for text in whole if text] or [text for text in (code.medium, code.short) if text]


_INDEXES: dict[int, _Index] = {}


def _index(cpt: Cpt) -> _Index:
    known = _INDEXES.get(id(cpt))
    if known is None or known.cpt is not cpt:
        _INDEXES.clear()
        known = _INDEXES[id(cpt)] = _Index(cpt)
    return known


def match_descriptors(
    notes: Statements, cpt: Cpt, taken: Iterable[ServiceLine]
) -> tuple[list[ServiceLine], list[Finding]]:
    """Return lines for the procedures that the note records and that no service here has coded yet."""
    rule = notes.rule
    if rule is None:
        return [], []
    used = [quote.span for line in taken for quote in line.evidence]
    codes = {line.code for line in taken}
    lines: list[ServiceLine] = []
    findings: list[Finding] = []
    for said in _recorded(notes):
        evidence = notes.evidence(said.number)
        if any(evidence.span.overlaps(span) for span in used) or not notes.performed(said):
            continue
        found = _index(cpt).find(said.words)
        if len(found) == 1 and found[0] not in codes:
            codes.add(found[0])
            title = cpt.get(found[0]).title
            lines.append(ServiceLine(found[0], 1, title, "procedure", {"what": title}, rule, (evidence,),
                                     read_site(said.words), why="every word of its descriptor"))  # fmt: skip
        elif len(found) > 1:
            findings.append(_several(notes, said, found))
    return lines, findings


def _recorded(notes: Statements) -> Iterator[Statement]:
    """Yield the sentences of the parts of the note that record procedures."""
    sections = notes.desk.note.sections
    for number, sentence in enumerate(notes.desk.note.sentences):
        kind = sections[sentence.section].kind if sections else ""
        words = notes.text[sentence.span.start : sentence.span.end]
        if kind in notes.data["procedural"] and words.strip():
            yield Statement(number, sentence.span.start, sentence.span.end, "", words, words, kind)


def _several(notes: Statements, said: Statement, found: Sequence[str]) -> Finding:
    rule = notes.rule
    assert rule is not None
    message = rule.message.format(what="a procedure", ask="which of several", codes=", ".join(found[:8]))
    return Finding("service.unsettled", Severity.INFORMATION, message, "service", (notes.evidence(said.number),),
                   rule.citation, rule.data["fix"])  # fmt: skip
