"""Where a text names body parts: one pass for the labels of all tables, the body part key and everyday names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from nosology.codes.pcs_tables import PcsTables
from nosology.coding.pcs.parts import names_no_part, open_part_book
from nosology.model.note import Span

__all__ = ["Anatomy", "PartMention", "open_anatomy", "within"]

_BLANK = str.maketrans("-\n\t\r", "    ")


@dataclass(frozen=True, slots=True)
class PartMention:
    """One body part in the text: the term of the books and where it stands."""

    term: str
    span: Span


class Anatomy:
    """The body parts of the Medical and Surgical section, found by one automaton."""

    def __init__(self, tables: PcsTables) -> None:
        import ahocorasick

        stems = tuple(stem for stem in tables.stems() if stem[0] == "0")
        self._automaton = ahocorasick.Automaton()
        for term in open_part_book(tables, stems).terms():
            self._automaton.add_word(term.replace("-", " "), term)
        self._automaton.make_automaton()

    def find(self, text: str) -> list[PartMention]:
        """Return the parts that a text names, in order, the longest at each place."""
        low = text.lower()
        if len(low) != len(text):
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        low = low.translate(_BLANK)
        hits: list[tuple[int, int, str]] = []
        for last, term in self._automaton.iter(low):
            start, end = last + 1 - len(term), last + 1
            if start > 0 and (low[start - 1].isalnum() or low[start - 1] == "_"):
                continue
            for ending in ("", "s", "es"):
                stop = end + len(ending)
                if low.startswith(ending, end) and not (stop < len(low) and low[stop].isalnum()):
                    hits.append((start, -stop, term))
                    break
        found: list[PartMention] = []
        reached = 0
        for start, stop, term in sorted(hits):
            if -stop <= reached or names_no_part(low, start, -stop):
                continue
            if start < reached:  # the later noun is the head: "left lower lobe bronchus"
                found.pop()
            found.append(PartMention(term, Span(start, -stop)))
            reached = -stop
        return found


def within(parts: Sequence[PartMention], start: int, end: int) -> list[PartMention]:
    """Return the parts between two places, in order."""
    first = bisect_left(parts, start, key=lambda part: part.span.start)
    found = []
    for part in parts[first:]:
        if part.span.end > end:
            break
        found.append(part)
    return found


_KNOWN: dict[int, Anatomy] = {}


def open_anatomy(tables: PcsTables) -> Anatomy:
    """Return the automaton of some tables, made once."""
    known = _KNOWN.get(id(tables))
    if known is None:
        known = _KNOWN[id(tables)] = Anatomy(tables)
    return known
