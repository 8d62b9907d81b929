"""Texts written all in small letters, as they are typed in haste: read with the capitals that an author would have set.

Capitals tell where a sentence and a heading begin, the eye ("OD") from the word, the side ("R knee") and the name of a
person. The text keeps its length, so that every span holds in the text as received.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nosology.notes.capitals import is_unit, kept_in_capitals

__all__ = ["raise_case"]

_SAMPLE = 4000  # code points
_LEAST = 100  # of the commonest small letters
_RARE = 50  # so many times more small letters than capitals
_BEGINS = re.compile(
    r"(?:\A|(?<=\n))[ \t]*(?P<mark>(?:[-*•·▪>+#]{1,3}[ \t]*|\(?\d{1,2}[.)][ \t]+|[a-z][.)][ \t]+)?)(?P<word>[a-z])"
)
_LABEL = re.compile(r"[a-z][a-z0-9 /&,'()-]{0,44}:")
_SHORT_LABEL = re.compile(
    r"(?:\A|(?<=\n))[ \t]*(?:a(?:/p|&p|/r)(?![a-z])|[soap](?=[:>/]|[ \t]*(?:\n|\Z))"
    r"|(?:hpi|pmh|psh|ros|pe|cc|fh|sh|dx|ddx)(?=[: \t\n]))"
)
_STOP = re.compile(r"[.!?][\"')]?[ \t]+(?=[a-z])")
_NO_STOP = re.compile(
    r"\b(?:vs|approx|appt|hx|dx|tx|rx|wt|ht|avg|max|min|temp|resp|abd|ext|neg|pos|bilat|prev|e\.g|i\.e|etc|[a-z])\Z"
)
_SIDE = re.compile(r"(?<![\w'’./%&-])(?<!\d )[rl](?=[ \t]+[a-z]|[,;.)]|[ \t]*(?:\n|\Z))")
_WORD = re.compile(r"(?<![\w'’/.-])[a-z]{2,6}(?![\w'’-])")
_ABBREVIATION = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,5}\Z")
_PERSON_LINE = re.compile(
    r"(?:\A|(?<=\n))[ \t]*(?:patient(?: name)?|pt(?: name)?|name|attending(?: physician)?|surgeon|pcp|provider"
    r"|dictated by|signed(?: by)?|electronically signed by|author)[ \t]*:(?P<names>[a-z ,.'’-]{2,50})"
)
_FIRST_LETTER = re.compile(r"(?<![\w'’])[a-z]")
_NAME = re.compile(r"\b(?:mrs?|ms|miss|drs?|prof)\b\.? +(?P<name>[a-z])[a-z'’]+(?:-(?P<second>[a-z]))?")
_OWN = re.compile(r"(?<![\w'’.-])i(?=[ '’])")
_ENDED = re.compile(r"[.:;!?)]\s*\Z|\n[ \t\r]*\n\s*\Z|\A\s*\Z")
_FULL = 45  # code points of a line behind which a sentence may go on


def raise_case(text: str) -> str:
    """Return ``text`` with capitals where it has none; else ``text`` itself."""
    sample = text[:_SAMPLE]
    small = sum(map(sample.count, "eatino"))
    if small < _LEAST or sum(map(sample.count, "EATINOSRLPHDCM")) * _RARE > small:
        return text
    raised = list(text)
    for start, end in _capitals(text):
        raised[start:end] = text[start:end].upper()
    return "".join(raised)


def _capitals(text: str) -> Iterator[tuple[int, int]]:
    """Yield where capitals stand."""
    kept = kept_in_capitals()
    for match in _BEGINS.finditer(text):
        at = match.start("word")
        if match["mark"] or _LABEL.match(text, at) or _begins(text, match.start(), at):
            yield (at, at + 1)
    for match in _SHORT_LABEL.finditer(text):
        yield match.span()
    for match in _STOP.finditer(text):
        if _NO_STOP.search(text, max(0, match.start() - 7), match.start()) is None:
            yield (match.end(), match.end() + 1)
    for pattern in (_SIDE, _OWN):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _NAME.finditer(text):
        yield (match.start("name"), match.start("name") + 1)
        yield (match.start("second"), match.start("second") + 1) if match["second"] else (0, 0)
        yield (match.start(), match.start() + 1)
    for match in _WORD.finditer(text):
        word = match[0].upper()
        if word in kept or (_ABBREVIATION.match(match[0]) is not None and not is_unit(word)):
            plural = len(word) > 2 and word[-1] == "S" and word[-2] != "S" and word not in kept
            yield (match.start(), match.end() - plural)
    for line in _PERSON_LINE.finditer(text):
        for match in _FIRST_LETTER.finditer(text, *line.span("names")):
            yield match.span()


def _begins(text: str, start: int, at: int) -> bool:
    """True where a line begins a sentence, as far as its small letters tell it: behind a stop, a gap or a short line,
    or as a heading.
    """
    from nosology.notes.sections import is_heading

    before = text[max(0, start - 4) : start]
    line = text.rfind("\n", 0, max(0, start - 1)) + 1
    if _ENDED.search(before) or start - line < _FULL:
        return True
    end = text.find("\n", at)
    return is_heading(text[at : end if end >= 0 else len(text)].strip())
