"""A document of a chart as HTML: every mention lit up, told apart by more than colour, in parts that load lazily.

``render_document`` is pure: the same text, mentions and sections give the same bytes. The text content of the result
is the text itself, character by character, so that offsets hold on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from operator import attrgetter
from typing import Any, NamedTuple

__all__ = ["KINDS", "kind_of", "render_document", "section_title"]

KINDS: Mapping[str, tuple[str, str]] = {
    "present": ("Present", "stated as so, of the patient, now"),
    "uncertain": ("Uncertain", "possible, conditional or hypothetical"),
    "absent": ("Absent", "said not to be so"),
    "historical": ("Past", "of the patient, in the past"),
    "family": ("Someone else", "of the family or of another person"),
}
"""Kind of a mention → its name on the screen and what it means."""

_MOST_CODES = 3
_LEADING = ("present", "historical")  # of these it is told where the words lead
_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", "\0": "\ufffd"})
_SPECIAL = re.compile("[&<>\r\0]")
_BEGIN = attrgetter("start")
_LONGEST = 6000  # characters of one part: about two pages


class _Mark(NamedTuple):
    """A lit range; of several that cover a place the least is shown: mentions first, then the shortest."""

    rank: int
    size: int
    start: int
    end: int
    kind: str
    more: str  # the attributes that say more, ready to be written


def kind_of(mention: Mapping[str, Any]) -> tuple[str, str]:
    """The kind of a mention (a key of ``KINDS``) and what is said of it in words."""
    return _kind(
        str(mention.get("status", "present")),
        str(mention.get("subject", "patient")),
        str(mention.get("time", "current")),
    )


@lru_cache(maxsize=256)
def _kind(status: str, subject: str, time: str) -> tuple[str, str]:
    past = time not in ("", "current")
    said = [] if status == "present" else [status]
    if subject not in ("", "patient"):
        return "family", ", ".join([f"of the {subject}" if subject == "family" else "of another person", *said])
    if past:
        said.append("in the past")
    if status == "absent":
        return "absent", ", ".join(said)
    if status != "present":
        return "uncertain", ", ".join(said)
    return ("historical", "in the past") if past else ("present", "present")


def section_title(name: str) -> str:
    """The kind of a section as people write it."""
    return name.replace("_", " ").strip().capitalize()


def render_document(
    text: str,
    mentions: Iterable[Mapping[str, Any]],
    sections: Iterable[Mapping[str, Any]] = (),
    evidence: Iterable[Mapping[str, Any]] = (),
) -> str:
    """The document as a row of ``<section>`` parts; ``evidence`` are further ranges that a code may point to.

    Offsets are half-open and count code points; ranges outside the text, or empty, are left out. Each lit range is one
    or more ``<mark data-s data-e>``, cut wherever another begins or ends, so that nesting and overlap need no nesting
    of elements; ``data-s`` and ``data-e`` are the offsets of that piece. ``why`` of a mention says why it is not coded,
    ``would`` which code it would be, ``codes`` where its words lead (``data-codes``, of what is present alone).
    """
    size = len(text)
    tags: dict[tuple[object, ...], tuple[str, str]] = {}  # many mentions of a long record say the same
    marks = [_Mark(0, end - start, start, end, *_tag(each, tags)) for each, start, end in _placed(mentions, size)]
    marks += [_Mark(1, end - start, start, end, "plain", "") for _each, start, end in _placed(evidence, size)]
    marks.sort(key=_BEGIN)
    parts = _parts(text, sections)
    cuts = sorted({cut for mark in marks for cut in (mark.start, mark.end)} | {start for start, _end, _name in parts})
    pieces = _pieces(marks, cuts, size)
    out: list[str] = []
    put = out.append
    at, last = 0, len(pieces)
    for start, end, name in parts:
        label = f' aria-label="{escape(section_title(name))}"' if name else ""
        put(f'<section class="part" data-s="{start}" data-e="{end}"{label}>')
        position = start
        while at < last and pieces[at][0] < end:
            begin, stop, mark = pieces[at]
            at += 1
            first = " first" if begin == mark.start else ""
            put(
                f'{_shown(text[position:begin])}<mark class="{mark.kind}{first}" data-s="{begin}" data-e="{stop}"'
                f"{mark.more}>{_shown(text[begin:stop])}</mark>"
            )
            position = stop
        put(_shown(text[position:end]))
        put("</section>")
    return "".join(out)


def _tag(mention: Mapping[str, Any], known: dict[tuple[object, ...], tuple[str, str]]) -> tuple[str, str]:
    """The kind of a mention and its further attributes."""
    get = mention.get
    codes = tuple(map(str, (get("codes") or ())[:_MOST_CODES]))
    key = (get("status"), get("subject"), get("time"), get("why"), get("would"), codes)
    found = known.get(key)
    if found is None:
        kind, label = kind_of(mention)
        said = "" if label == "present" else f' data-said="{escape(label)}"'
        if why := get("why"):
            said += f' data-why="{escape(str(why))}"'
        if would := get("would"):
            said += f' data-would="{escape(str(would))}"'
        if codes and kind in _LEADING:
            said += f' data-codes="{escape(" ".join(codes))}"'
        found = known[key] = (kind, said)
    return found


def _shown(text: str) -> str:
    """The text escaped, with what a browser would drop or turn into something else."""
    return text if _SPECIAL.search(text) is None else text.translate(_SIGNS)


def _placed(each_of: Iterable[Mapping[str, Any]], size: int) -> Iterator[tuple[Mapping[str, Any], int, int]]:
    """Whatever has a place in the text, with it."""
    for each in each_of:
        start, end = each.get("start"), each.get("end")
        if isinstance(start, int) and isinstance(end, int):
            start, end = max(start, 0), min(end, size)
            if start < end:
                yield each, start, end


def _parts(text: str, sections: Iterable[Mapping[str, Any]]) -> list[tuple[int, int, str]]:
    """The text in parts without a gap: one per section, long ones cut at a line."""
    size = len(text)
    names = {each["start"]: str(each.get("name", "")) for each in sections if 0 <= each["start"] < size}
    starts = sorted({0, *names})
    parts: list[tuple[int, int, str]] = []
    for start, end in zip(starts, [*starts[1:], size], strict=True):
        name = names.get(start, "")
        while end - start > _LONGEST:
            cut = text.rfind("\n", start + _LONGEST // 2, start + _LONGEST) + 1
            cut = cut or start + _LONGEST
            parts.append((start, cut, name))
            start = cut
        parts.append((start, end, name))
    return parts


def _pieces(marks: Sequence[_Mark], cuts: Sequence[int], size: int) -> list[tuple[int, int, _Mark]]:
    """The lit pieces between neighbouring cuts, each with the mark that is shown there."""
    found: list[tuple[int, int, _Mark]] = []
    active: list[_Mark] = []
    next_mark, last = 0, len(marks)
    for start, end in zip(cuts, [*cuts[1:], size], strict=True):
        if active:
            active = [mark for mark in active if mark.end > start]
        while next_mark < last and (mark := marks[next_mark]).start <= start:
            active.append(mark)
            next_mark += 1
        if active and start < end:
            found.append((start, end, active[0] if len(active) == 1 else min(active)))
    return found
