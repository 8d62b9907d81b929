"""The instructional notes of the Tabular List as sets of codes: Excludes1, code first, use additional code (I.A.12
to I.A.17).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["CodeRange", "Instruction", "Instructions", "parse_codes"]

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_AFTER = "\uffff"  # behind every character of a code
_ONE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"
_CODE = re.compile(rf"\b({_ONE})(?:\.?-(?!\s*[A-Z]\d))?(?:\s*(?:-|to|through)\s*({_ONE})(?:\.?-)?)?")


_DRUG = re.compile(r"fifth or sixth character ([1-6])(?:-([1-6]))?((?:(?:,| or) [1-6])*)")
_OPEN_FRACTURE = "BCEFHJMNQR"  # 7th characters
_OPEN_ONLY = re.compile(r"open \w*\s?fracture|7th character")


class CodeRange(NamedTuple):
    """Codes from ``first`` to ``last``, each with everything below it."""

    first: str
    last: str

    def covers(self, code: str) -> bool:
        """True if ``code`` lies in the range."""
        return self.first <= code[: max(len(self.first), 3)] and code[: len(self.last)] <= self.last


class Instruction(NamedTuple):
    """One note: the node it stands at, its text, and the codes that it names."""

    node: str
    text: str
    ranges: tuple[CodeRange, ...]

    def names(self, code: str) -> bool:
        """True if the note names ``code``: one of open fractures no closed one, one of adverse effects no poisoning."""
        if code[0] == "S" and code[2] == "2" and code[-1] not in _OPEN_FRACTURE and _OPEN_ONLY.search(self.text):
            return False
        if len(code) == 8 and "T36" <= code[:3] <= "T50" and (said := _DRUG.search(self.text)) is not None:
            intent = code[5] if code[6] == "X" else code[6]
            if not (said[1] <= intent <= (said[2] or said[1]) or intent in said[3]):
                return False
        return any(r.covers(code) for r in self.ranges)


@cache
def parse_codes(text: str) -> tuple[CodeRange, ...]:
    """Return the codes that a note names in parentheses.

    >>> parse_codes("chronic kidney disease (N18.1-N18.6)")
    (CodeRange(first='N18.1', last='N18.6'),)
    """
    found = []
    for inner in _PARENTHESES.findall(text):
        for match in _CODE.finditer(inner):
            found.append(CodeRange(match[1], match[2] or match[1]))
    return tuple(found)


class Instructions:
    """The notes of one release, gathered per code on first use."""

    def __init__(self, icd: Icd10cm) -> None:
        self._icd = icd
        self._pairs: dict[tuple[str, str, str], Instruction | None] = {}
        self._of: dict[str, dict[str, tuple[Instruction, ...]]] = {}

    def of(self, kind: str, code: str) -> tuple[Instruction, ...]:
        """Return the notes of ``kind`` that apply to ``code``: its own and those of every node above it."""
        known = self._of.get(code)
        if known is None:
            gathered: dict[str, list[Instruction]] = {}
            for note in self._icd.inherited_notes(code):
                if ranges := parse_codes(note.text):
                    gathered.setdefault(note.kind, []).append(Instruction(note.origin, note.text, ranges))
            known = self._of[code] = {each: tuple(notes) for each, notes in gathered.items()}
        return known.get(kind, ())

    def named(self, kind: str, code: str, codes: Sequence[str]) -> list[str]:
        """Return those of ``codes``, which are sorted, that a note of ``kind`` at ``code`` or above it names."""
        notes = self.of(kind, code)
        if not notes:
            return []
        found: set[str] = set()
        for note in notes:
            for first, last in note.ranges:
                low = bisect_left(codes, first)
                if low < len(codes) and codes[low] <= last + _AFTER:
                    found.update(codes[low : bisect_right(codes, last + _AFTER)])
        return sorted(found)

    def between(self, kind: str, code: str, other: str) -> Instruction | None:
        """Return the note of ``kind`` at ``code`` or above it that names ``other``, if there is one."""
        if not self.of(kind, code):
            return None
        key = (kind, code, other)
        if key not in self._pairs:
            if len(self._pairs) > 500_000:
                self._pairs.clear()
            self._pairs[key] = next((i for i in self.of(kind, code) if i.names(other)), None)
        return self._pairs[key]
