"""The sentences of a note: sentences, list items and table rows, each inside one section.

A sentence ends at a full stop that is no abbreviation, decimal or list number, at a line end unless the line was only
wrapped, and at the edge of a heading or section. Abbreviations: ``data/abbreviations.txt``. A title and what is said
behind it of its degree, stage, side or control are one sentence ("1. Atrial fibrillation. Persistent.").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from nosology.lexicon.places import first_at
from nosology.lexicon.qualities import fragment_after, is_quality
from nosology.model.note import Section, Sentence, Span

__all__ = ["split_sentences"]

_DATA = Path(__file__).with_name("data") / "abbreviations.txt"

# Where a sentence may end: a line end, closing punctuation before a blank or a capital, a bullet within a line.
# One leading character set, so that the search skips quickly over everything else.
_BREAK = re.compile(
    r"[\n\r.!?•▪●◦☐☑☒](?:(?P<line>(?<=[\n\r])\s*+)"
    r"|(?<=[.!?])(?P<tail>[.!?]*+[\"”’')\]]*+)(?:(?P<gap>[ \t]++)(?=[^\s])|(?=[A-Z][a-z]))"
    r"|(?<=[ \t][•▪●◦☐☑☒])(?P<bullet>)(?= ?\w)"
    r"(?! ?(?:[Yy]es|[Nn]o|YES|NO|[YN]|N/A)[ \t]*(?:[☐☑☒\r\n,;|]|\Z)))",
)
_ITEM = re.compile(
    r"(?:[-*•·▪●◦○–—>+☐☑☒✓]|\[[ xX✓]?\]|\(\s?\)|\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,4})[.)](?=[\s A-Z])|\#{1,6}|\|)"
)
_LABEL = re.compile(r"[A-Z][A-Za-z/&() -]{1,40}:")
_NUMBER = re.compile(r"[:;,.]\s*\(?\d{1,2}$")
_DELIMITERS = re.compile(r"[\s(\[\"“/,;:]")
_OPEN = re.compile(
    r"(?:,|\b(?:and|or|of|the|a|an|with|for|to|in|on|at|by|from|is|was|are|were|has|had|no|his|her|their|without"
    r"|which|that))\Z"
)
_TITLE = 80  # code points of a title with its number
_LONGEST = 4000  # code points; what runs on longer is no sentence and is cut at a comma or a blank
_CARRIES_ON = re.compile(r"(?:with|of|and|or|to|in|for|is|was|are|the|a|on|at|by|from|that|which|who|due|than|but)\s")
_APART = re.compile(r"\S {3,}\S")
_WRAPPED = re.compile(r"\n(?:(?<=[^\s.:;!?]\n)|(?<=[^\s.:;!?]\r\n))[ \t]*[a-z]")
_LETTERED = re.compile(
    r"\b(?:hepatitis|vitamin|type|group|factor|influenza|class|stage|grade|plan|child|strep|apolipoprotein|hemophilia"
    r"|protein|part|schedule|medicare|phase|day|week|level|score|age|is|was|of|to|at|x|times|number|gravida|para)\s+\Z",
    re.IGNORECASE,
)


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """(never end a sentence, end one only before a capital)."""
    groups: tuple[set[str], set[str]] = (set(), set())
    group = groups[0]
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = groups[0] if line == "[never]" else groups[1]
        elif line and not line.startswith("#"):
            group.update(line.split())
    return frozenset(groups[0]), frozenset(groups[1])


class _Breaker:
    """Decides for each candidate whether a sentence ends there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.never, self.before_lower = _abbreviations()
        self.wrap_width = -1
        self.number = 0
        self.line_start = 0
        self.cuts: list[int] = []

    def width(self) -> int:
        """Column at which the text was hard-wrapped; 0 if it was not."""
        if self.wrap_width < 0:
            longest = max(map(len, self.text.splitlines()), default=0)
            wrapped = longest <= 140 and _WRAPPED.search(self.text) is not None
            self.wrap_width = longest if wrapped else 0
        return self.wrap_width

    def ends_at_line(self, match: re.Match[str]) -> bool:
        """Whether the line end is the end of a sentence: not when the next line only carries on."""
        text = self.text
        after = match.end()
        if after >= len(text):
            return True
        if text[match.start()] == "\r" and match.group().count("\r") > 1:
            return True
        before = text[self.line_start : match.start()].rstrip()
        if not before:
            return True
        last = before[-1]
        if last in ".!?:;" and not (last == "." and self.abbreviates(match.start() - 1, after)):
            return True
        first = text[after]
        if not first.isalnum():
            if first not in "(\"'“%/" or _ITEM.match(text, after):
                return True
        elif _ITEM.match(text, after) or _has_columns(before):
            return True
        following = text[after : after + 240].split("\n", 1)[0]
        if _has_columns(following):
            return True
        if _LABEL.match(following):
            return True
        if last == "," or (last.isalpha() and _OPEN.search(before[-12:].lower())):
            return len(before) < 25 and not first.islower()
        if first.islower():
            return len(before) < 40 and _CARRIES_ON.match(following) is None
        width = self.width()
        if not width or len(before) < 50:
            return True
        word = following.split(maxsplit=1)[0]
        return len(before) + 1 + len(word) <= width

    def abbreviates(self, stop: int, after: int) -> bool:
        """Whether the full stop at ``stop`` belongs to an abbreviation, given what stands at ``after``."""
        text = self.text
        word = text[max(0, stop - 24) : stop].rpartition(" ")[2]
        if not word.isalnum():
            word = _DELIMITERS.split(word)[-1]
        elif len(word) > 6:
            return False
        if not word:
            return False
        following = text[after] if after < len(text) else ""
        lower = word.lower()
        if lower in self.never:
            return lower not in ("no", "nos", "fig") or following.isdigit() or following == "#"
        if not following.isupper():
            return (
                lower in self.before_lower
                or (len(word) == 1 and word.isalpha())
                or ("." in word and word[0].isalpha() and len(word) < 8)
            )
        if len(word) == 1 and word.isalpha() and word.isupper():
            before = text[max(0, stop - 26) : stop - 1]
            words = before.split()
            if before[-1:] == "." or not words:
                return True
            if before[-1] == "/":  # units per liter are no initial
                return False
            return words[-1][0].isupper() and not _LETTERED.search(before)
        return False

    def ends_at_stop(self, match: re.Match[str]) -> bool:
        """Whether closing punctuation ends the sentence."""
        text = self.text
        start = match.start()
        after = match.end()
        stop = text[start] + match["tail"]
        if stop[0] == "?":
            return not text[after].islower() and not text[start - 1 : start].isspace()  # "1. ? UTI" goes on
        if stop[0] == "!":
            return True
        if len(stop) > 2 and stop.startswith(".."):
            return not text[after].islower()
        if match["gap"] is None:
            previous = text[start - 1 : start]
            return (previous.islower() or previous.isdigit() or previous in ")]%\"'") and not self.abbreviates(
                start, after
            )
        if stop == ".":
            before = text[max(0, start - 7) : start]
            if before.isalpha() and before.islower() and len(before) == 7:
                return True
            if before[-1:].isdigit() or len(before) < 3 or not before[-2:].isalnum():
                head = before[before.rfind("\n") + 1 :]
                if self.numbers(head, start, len(head) < 7):
                    return False
            return not self.abbreviates(start, after)
        return True

    def numbers(self, head: str, stop: int, from_line_start: bool) -> bool:
        """Whether the stop belongs to the number of a list item; the next number in the line begins a new item."""
        item = head.strip(" \t(").rsplit(" ", 1)[-1]
        if not item or len(item) > 4:
            return False
        leads = from_line_start and head.strip(" \t(") == item
        if not (item.isascii() and item.isdigit()):
            return leads and (len(item) == 1 or not item.strip("ivxIVX"))
        if len(item) > 2:
            return False
        if leads or _NUMBER.search(head):
            self.number = int(item)
            return True
        if self.number and int(item) == self.number + 1:
            start = stop - len(item)
            if not _LETTERED.search(self.text, max(0, start - 16), start):
                self.cuts.append(start)
                self.number += 1
                return True
        return False


def _without_fragments(text: str, cuts: list[int]) -> list[int]:
    """Return the cuts but for those between a title and words that only say what it is like."""
    kept: list[int] = []
    begin, joined = 0, False
    for cut in cuts:
        if joined:
            joined = is_quality(text, cut)
        elif cut - begin < _TITLE:
            start = begin
            label = text.rfind(": ", start, cut)  # "Assessment: Rotator cuff tear. Complete."
            start = label + 1 if label >= 0 else start
            while start < cut and text[start].isspace():
                start += 1
            joined = fragment_after(text, start, cut, cut)
        if not joined:
            kept.append(cut)
            begin = cut
    return kept


def _has_columns(line: str) -> bool:
    """True for a line whose parts stand in columns."""
    return "\t" in line or "|" in line or ("   " in line and _APART.search(line) is not None)


def split_sentences(text: str, sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """The sentences of ``text`` in order, each within one section; together they hold every non-blank code point."""
    breaker = _Breaker(text)
    cuts: list[int] = []
    for match in _BREAK.finditer(text):
        group = match.lastgroup
        if group == "line":
            end = match.end()
            breaker.number = 0
            if text.count("\n", match.start(), end) > 1 or breaker.ends_at_line(match):
                cuts.append(end)
            breaker.line_start = end
        elif group == "bullet":
            cuts.append(match.start())
        elif breaker.ends_at_stop(match):
            cuts.append(match.end())
    cuts = _without_fragments(text, cuts)
    cuts += breaker.cuts
    for section in sections:
        cuts.append(section.span.start)
        cuts.append(section.body.start)
    cuts.append(len(text))
    cuts.sort()
    starts = [section.span.start for section in sections]
    sentences: list[Sentence] = []
    begin = 0
    for cut in cuts:
        while begin < cut:
            end = cut
            if cut - begin > _LONGEST:
                half, last = begin + _LONGEST // 2, begin + _LONGEST
                end = text.rfind(", ", half, last) + 1 or text.rfind(" ", half, last) + 1 or last
            piece = text[begin:end]
            stripped = piece.rstrip()
            if stripped:
                start = begin
                if stripped[0].isspace():
                    stripped = stripped.lstrip()
                    start += piece.index(stripped)
                sentences.append(Sentence(Span(start, start + len(stripped)), first_at(starts, start + 1) - 1))
            begin = end
    return tuple(sentences)
