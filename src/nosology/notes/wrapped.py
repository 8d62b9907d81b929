"""Lines that were broken at a column, and lists that begin behind their heading.

A note printed 80 characters wide breaks in the middle of its sentences: what reads a note by lines would end an item, a
list or a sentence there. Such a text is read with blanks in the place of those breaks. The first item of a list that
stands on the line of its heading ("ASSESSMENT AND PLAN: 1. Gout") is read on a line of its own, as the others are. A
text all in capitals is read in ordinary letters. The text keeps its length, so that every span holds in the text as
received.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from nosology.model.note import Document, Section, Span
from nosology.notes.capitals import restore_case
from nosology.notes.marks import plain_marks
from nosology.notes.residue import Offsets, clear_residue, close_gaps
from nosology.notes.small_letters import raise_case
from nosology.notes.spelled import spell_out

__all__ = ["break_lists", "read_unwrapped", "restore_quotes", "restore_spans", "unwrap_lines"]

_P = ParamSpec("_P")
_R = TypeVar("_R")
_LEAST, _MOST = 45, 132  # columns at which texts are broken
_BREAKS = 4  # breaks within a sentence that a text has if it was broken at a column
_GOES_ON = re.compile(r"[ \t]*[a-z(]")
_OPEN_END = re.compile(r"[\w,%)/'’-]\s*\Z")
_TABLE = re.compile(r"\||\t|\S {3,}\S")
_OWN_LINE = re.compile(
    r"[ \t]*(?:[-*•·▪●◦○–—>+#=_☐☑☒\[]|\(?(?:\d{1,2}|[A-Za-z])[.)][ \t]|\d{1,2}/\d{1,2}\b|[A-Z][^\n:.]{0,40}:(?:\s|$))"
)  # an item, an entry by its date, a heading
_WORD = re.compile(r"[ \t]*(\S+)")
_FIRST_ITEM = re.compile(
    r":(?<=[A-Za-z)]:)[*_]{0,2}[ \t]+(?P<mark>\(?1[.)]|\#1?|[-•*])[ \t]+(?=[A-Za-z0-9(])"
)  # behind a heading
_DASHES = re.compile(r"--(?:(?<=[^\n] --)-?(?=[ \t])|(?<=[\w.,)]--)-?(?=[A-Za-z]))")
_LONGEST_HEADING, _LONGEST_ITEM = 60, 3000
_FIELDS: dict[type, tuple[bool, bool, tuple[str, ...]]] = {}
_IN_ORDER: dict[type, tuple[str, ...]] = {}
_BARE: set[type] = {str, int, float, bool, type(None)}
"""Classes of values that hold no span."""


def read_unwrapped(function: Callable[Concatenate[Document, _P], _R]) -> Callable[Concatenate[Document, _P], _R]:
    """Have ``function`` read a document without the breaks of a column, and what it returns quote it as received."""

    @wraps(function)
    def reading(document: Document, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        received = document.text
        cleared, offsets = spell_out(*plain_marks(*clear_residue(received)))
        read, offsets = close_gaps(
            _plain_dashes(break_lists(unwrap_lines(restore_case(raise_case(cleared))))), cleared, offsets
        )
        if read == received:
            return function(document, *args, **kwargs)
        found: Any = function(replace(document, text=read), *args, **kwargs)
        note = found.note
        if offsets is None:
            found = restore_quotes(found, read, received)
        else:
            found, note = (restore_spans(each, offsets, read, received) for each in (found, note))
        result: _R = replace(found, note=replace(note, document=document))
        return result

    return reading


def unwrap_lines(text: str) -> str:
    """Return ``text`` with blanks for the breaks that a column made, ``text`` itself where it has none."""
    lines = text.split("\n")
    if len(lines) <= _BREAKS:
        return text
    within = [n for n in range(len(lines) - 1) if _breaks_within(lines[n], lines[n + 1])]
    if len(within) < _BREAKS:
        return text
    column = max(len(lines[n].rstrip()) for n in within)
    soft = set(within)
    soft.update(n for n in range(len(lines) - 1) if n not in soft and _is_full(lines[n], lines[n + 1], column))
    pieces = []
    for number, line in enumerate(lines):
        if number in soft:
            pieces.append(f"{line[:-1]}  " if line.endswith("\r") else f"{line} ")
        else:
            pieces.append(f"{line}\n")
    return "".join(pieces)[:-1]


def break_lists(text: str) -> str:
    """Return ``text`` with a line break for the blank between a heading and the first item of its list, where another
    line begins with the second.
    """
    pieces: list[str] = []
    at = 0
    for match in _FIRST_ITEM.finditer(text):
        start = text.rfind("\n", at, match.start()) + 1
        if match.start() - max(start, at) > _LONGEST_HEADING or (at and not start):
            continue
        place = match.start("mark")
        if _second_item(match["mark"].replace("1", "2")).search(text, place, place + _LONGEST_ITEM) is not None:
            pieces += (text[at : place - 1], "\n")
            at = place
    return "".join([*pieces, text[at:]]) if pieces else text


def _plain_dashes(text: str) -> str:
    """Return ``text`` with one dash, and blanks, in the place of the two or three of a typewriter between words."""
    return _DASHES.sub(lambda match: "–".ljust(len(match[0])), text) if "--" in text else text


@cache
def _second_item(mark: str) -> re.Pattern[str]:
    return re.compile(rf"\n[ \t]*{re.escape(mark)}[ \t]+(?=[A-Za-z0-9(])")


def _breaks_within(line: str, following: str) -> bool:
    """True where a sentence stands on both sides of a break, at the end of a line of some length."""
    return (
        _LEAST <= len(line.rstrip()) <= _MOST
        and _GOES_ON.match(following) is not None
        and _OPEN_END.search(line) is not None
        and not _TABLE.search(line)
        and not _OWN_LINE.match(following)
    )


def _is_full(line: str, following: str, column: int) -> bool:
    """True for a line that had no room for the next word: the next line goes on with its paragraph."""
    word = _WORD.match(following)
    return (
        word is not None
        and len(line.rstrip()) <= column < len(line.rstrip()) + 1 + len(word[1])
        and not _TABLE.search(line)
        and not _OWN_LINE.match(following)
    )


def restore_quotes(value: Any, read: str, received: str) -> Any:
    """Return ``value`` with every quote that stands in ``read`` at its span as it stands there in ``received``."""
    if isinstance(value, tuple):
        found = tuple(restore_quotes(each, read, received) for each in value)
        return found if any(new is not old for new, old in zip(found, value, strict=True)) else value
    kind = type(value)
    if kind not in _FIELDS:
        _FIELDS[kind] = _fields_of(kind)
    quoted, _, names = _FIELDS[kind]
    changed: dict[str, Any] = {}
    if quoted:
        span, quote = value.span, value.quote
        if quote == read[span.start : span.end] and quote != (true := received[span.start : span.end]):
            changed["quote"] = true
    for name in names:
        old = getattr(value, name)
        if old and type(old) is not str and (new := restore_quotes(old, read, received)) is not old:
            changed[name] = new
    return replace(value, **changed) if changed else value


def restore_spans(value: Any, offsets: Offsets, read: str, received: str) -> Any:
    """Return ``value`` with every span of ``read`` as that of the same words in ``received``, and with each quote as it
    stands there; sections go on covering the text from end to end.
    """
    if isinstance(value, Span):
        start, end = offsets.start(value.start), offsets.end(value.end)
        return value if (start, end) == (value.start, value.end) else Span(start, max(start, end))
    if isinstance(value, tuple):
        parts: list[Any] | None = None
        for number, old in enumerate(value):
            if type(old) not in _BARE and (new := restore_spans(old, offsets, read, received)) is not old:
                parts = list(value) if parts is None else parts
                parts[number] = new
        return value if parts is None else tuple(parts)
    kind = type(value)
    if kind not in _FIELDS:
        _FIELDS[kind] = _fields_of(kind)
    if kind is Section:
        span, body = (Span(offsets.start(s.start), offsets.start(s.end)) for s in (value.span, value.body))
        return replace(value, span=span, body=body)
    quoted, spanned, names = _FIELDS[kind]
    changed: dict[str, Any] = {}
    for name in ("span", *names) if spanned else names:
        old = getattr(value, name)
        if type(old) not in _BARE and (new := restore_spans(old, offsets, read, received)) is not old:
            changed[name] = new
    if quoted and value.quote == read[value.span.start : value.span.end]:
        true = received[offsets.start(value.span.start) : offsets.end(value.span.end)]
        if true != value.quote:
            changed["quote"] = true
    return _changed(value, changed) if changed else value


def _changed(value: Any, changed: dict[str, Any]) -> Any:
    """Return ``value`` with some fields changed, made by its constructor where that takes every field in order."""
    kind = type(value)
    if kind not in _IN_ORDER:
        every = fields(kind)
        plain = all(field.init and not field.kw_only for field in every)
        _IN_ORDER[kind] = tuple(field.name for field in every) if plain else ()
    names = _IN_ORDER[kind]
    if not names:
        return replace(value, **changed)
    return kind(*[changed[name] if name in changed else getattr(value, name) for name in names])


def _fields_of(kind: type) -> tuple[bool, bool, tuple[str, ...]]:
    """Return whether values of a class are quotes of a span, whether they have one, and their other fields; a class
    without fields is remembered as bare.
    """
    names = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    if not names:
        _BARE.add(kind)
    return (
        {"span", "quote"} <= set(names),
        "span" in names,
        tuple(name for name in names if name not in ("note", "span", "quote")),
    )
