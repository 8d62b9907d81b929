"""What the way to us left in a text that its author did not write: read without it, quoted as received.

A PDF gives back two blanks between the words of a phrase, signs that cannot be told from a blank, and letters tied
together; a web page its entities and tags. The text that is read has none of them. It may be shorter than the text as
received, so :class:`Offsets` say where each of its signs stands there.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Offsets", "clear_residue", "close_gaps", "replace_parts"]

_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_PLAIN = str.maketrans(dict.fromkeys(_BLANKS, " ") | {"\u2011": "-", "\u2010": "-", "\u2019": "'", "\u2018": "'"})
_TIED = re.compile("[\ufb00-\ufb06\u00ad\u200b-\u200d\u2060\ufeff]")  # and signs that are not seen
_UNPLAIN = re.compile(f"[{_BLANKS}\u2010\u2011\u2018\u2019\ufb00-\ufb06\u00ad\u200b-\u200d\u2060\ufeff]")
_LETTERS = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_ENTITY = re.compile(r"&(?:#(?:\d{2,5}|[xX][0-9A-Fa-f]{2,4})|[A-Za-z]{2,8}[0-9]{0,2});")
_TAG = re.compile(
    r"<(?:(?P<line>br ?/?|hr ?/?|/(?:p|div|li|tr|h[1-6]|ul|ol|table|thead|tbody))|(?P<item>li)"
    r"|/?(?:a|b|body|center|code|div|em|font|h[1-6]|head|html|i|ol|p|pre|s|small|span|strong|su[bp]|table|tbody|t[dhr]"
    r"|thead|u|ul))(?: [^<>\n]{0,200})?>(?(line)(?:[ \t]*\r?\n)?)",
    re.IGNORECASE,
)
_GAP = re.compile(r"  (?<=[^\s.:;!?|*]  )(?=[a-z])")  # within a phrase
_MANY = 4  # of them, and the others are no columns either
_GAPS = re.compile(r"  (?<=\S  ) *(?=[^\s|])")
_PLACES = [array("l", range(1 << 12))]  # as many as the longest text had so far, to be cut from


class Offsets(NamedTuple):
    """Of each sign of the text that is read: where its first code point stands in the text as received, and where its
    last one ends there.
    """

    starts: array[int]
    ends: array[int]
    size: int

    def start(self, at: int) -> int:
        """Return where in the text as received that begins which begins at ``at`` in the text that is read."""
        return self.starts[at] if at < len(self.starts) else self.size

    def end(self, at: int) -> int:
        """Return where in the text as received that ends which ends at ``at`` in the text that is read."""
        return self.ends[at - 1] if at else 0


def clear_residue(text: str) -> tuple[str, Offsets | None]:
    """Return the text as it is read, and its offsets; no offsets where they are those of ``text``."""
    read = text
    offsets: Offsets | None = None
    if not text.isascii() and _UNPLAIN.search(text):
        read = text.translate(_PLAIN)
        read, offsets = _replaced(read, _TIED, offsets)
    if "<" in read and ">" in read:
        read, offsets = _replaced(read, _TAG, offsets)
    if "&" in read and ";" in read:
        read, offsets = _replaced(read, _ENTITY, offsets)
    return read, offsets


def close_gaps(text: str, received: str, offsets: Offsets | None) -> tuple[str, Offsets | None]:
    """Return ``text`` with one blank where two stand within a phrase, or where a line of ``received`` (as long) was
    broken before an indentation; three and more part the columns of a table.
    """
    if "  " not in text:
        return text, offsets
    phrases = {match.start() for match in _GAP.finditer(text)}
    everywhere = len(phrases) >= _MANY
    gaps = [
        (start, end)
        for start, end in map(re.Match.span, _GAPS.finditer(text))
        if (end - start == 2 and (everywhere or start in phrases))
        or (text is not received and "\n" in received[start:end])
    ]
    return replace_parts(text, [(start, end, " ") for start, end in gaps], offsets) if gaps else (text, offsets)


def _said(match: re.Match[str]) -> str:
    """Return what is read in the place of a match."""
    sign = match[0]
    if match.re is _TIED:
        return _LETTERS.get(sign, "")
    if match.re is _TAG:
        return "\n" if match["line"] is not None else "- " if match["item"] is not None else ""
    return html.unescape(sign).translate(_PLAIN)


def _replaced(text: str, pattern: re.Pattern[str], offsets: Offsets | None) -> tuple[str, Offsets | None]:
    """Return ``text`` with what is read in the place of each match, and the offsets of that."""
    return replace_parts(text, [(*match.span(), _said(match)) for match in pattern.finditer(text)], offsets)


def replace_parts(
    text: str, edits: Iterable[tuple[int, int, str]], offsets: Offsets | None
) -> tuple[str, Offsets | None]:
    """Return ``text`` with other words in the place of stretches of it, and the offsets of that."""
    pieces: list[str] = []
    starts, ends = array("l"), array("l")
    at = 0
    before = offsets
    for start, end, new in edits:
        if new == text[start:end]:
            continue
        if before is None:
            size = len(text)
            places = _PLACES[-1]
            if size >= len(places):
                places = array("l", range(2 * size))
                _PLACES[:] = [places]
            before = Offsets(places[:size], places[1 : size + 1], size)
        pieces += (text[at:start], new)
        starts += before.starts[at:start]
        ends += before.ends[at:start]
        starts += before.starts[start : start + 1] * len(new)
        ends += before.ends[end - 1 : end] * len(new)
        at = end
    if before is None or not pieces:
        return text, offsets
    starts += before.starts[at:]
    ends += before.ends[at:]
    return "".join([*pieces, text[at:]]), Offsets(starts, ends, before.size)
