"""Marks that a system prints around what an author wrote: read as the plain marks of a list, or not at all.

"o" is the round bullet of a word processor, "Problem 2:" the number of an item; a code in brackets behind a diagnosis
is the system's, and tells nothing that the words do not.
"""

from __future__ import annotations

import re

from nosology.notes.residue import Offsets, replace_parts

__all__ = ["plain_marks"]

_ROUND = re.compile(r"(?:\A|(?<=\n))[ \t]*(?P<mark>o)(?=[ \t]+[A-Za-z0-9(])")
_LEAST_ROUND = 2
_NUMBERED = re.compile(
    r"(?:\A|(?<=\n))[ \t]*(?P<mark>(?:Problem|Issue|Diagnosis|Dx|PROBLEM|ISSUE|DIAGNOSIS|DX)[ \t]*\#?[ \t]*"
    r"(?P<number>\d{1,2})[ \t]*[-–:.)]+[ \t]+)(?=\S)"
)
_CODE = re.compile(
    r"[ \t](?:-[ \t]*(?P<bare>(?:[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}|I10)(?=[ \t]*(?:\n|\Z)))"
    r"|[(\[](?:(?:ICD|icd)[- ]?(?:10|9)?(?:[- ]?CM)?[: ]*)?(?:[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}|I10)[)\]]"
    r"|[(\[](?:(?:ICD|icd)[- ]?(?:10|9)(?:[- ]?CM)?|SNOMED(?:[- ]?CT)?|SCT)[: ]+[A-Z]?\d[0-9A-Z.]{2,17}[)\]])"
)
_NUMBERED_WORDS = ("Problem", "Issue", "Diagnosis", "Dx", "PROBLEM", "ISSUE", "DIAGNOSIS", "DX")
_CODE_SIGNS = re.compile(r"[A-TV-Zi](?:\d[0-9A-Z]\.|10|CD|cd|NOMED|CT)")  # without one of them there is no code


def plain_marks(text: str, offsets: Offsets | None) -> tuple[str, Offsets | None]:
    """Return ``text`` with plain marks of items and without the codes of a system, and the offsets of that."""
    edits: list[tuple[int, int, str]] = []
    if "\no" in text or "o " in text[:4]:
        round_marks = [(*match.span("mark"), "-") for match in _ROUND.finditer(text)]
        edits += round_marks if len(round_marks) >= _LEAST_ROUND else []
    if any(word in text for word in _NUMBERED_WORDS):
        edits += [(*match.span("mark"), f"{match['number']}. ") for match in _NUMBERED.finditer(text)]
    if _CODE_SIGNS.search(text):
        edits += [(*match.span(), "") for match in _CODE.finditer(text)]
    return replace_parts(text, sorted(edits), offsets) if edits else (text, offsets)
