"""A document of a chart as HTML: every mention lit up, told apart by more than colour, in parts that load lazily.

``render_document`` is pure: the same text, mentions and sections give the same bytes. The text content of the result
is the text itself, character by character, so that offsets hold on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

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
_LONGEST = 6000  # characters of one part: about two pages


@dataclass(frozen=True, slots=True)
class _Mark:
    """A lit range; of several that cover a place, the one with the least ``rank`` and length is shown."""

    start: int
    end: int
    kind: str
    label: str
    rank: int
    why: str = ""
    would: str = ""
    codes: str = ""

    @property
    def weight(self) -> tuple[int, int, int]:
        return (self.rank, self.end - self.start, self.start)


def kind_of(mention: Mapping[str, Any]) -> tuple[str, str]:
    """The kind of a mention (a key of ``KINDS``) and what is said of it in words."""
    status, subject = mention.get("status", "present"), mention.get("subject", "patient")
    past = mention.get("time", "current") not in ("", "current")
    said = [] if status == "present" else [str(status)]
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
    marks = [
        _Mark(*place, *kind_of(each), 0, str(each.get("why", "")), str(each.get("would", "")), _codes(each))
        for each in mentions
        if (place := _place(each, size))
    ]
    marks += [_Mark(*place, "plain", "", 1) for each in evidence if (place := _place(each, size))]
    parts = _parts(text, sections)
    cuts = sorted({cut for mark in marks for cut in (mark.start, mark.end)} | {start for start, _end, _name in parts})
    pieces = _pieces(sorted(marks, key=lambda mark: mark.start), cuts, size)
    out: list[str] = []
    at = 0
    for start, end, name in parts:
        label = f' aria-label="{escape(section_title(name))}"' if name else ""
        out.append(f'<section class="part" data-s="{start}" data-e="{end}"{label}>')
        position = start
        while at < len(pieces) and pieces[at][0] < end:
            begin, stop, mark = pieces[at]
            at += 1
            out.append(_shown(text[position:begin]))
            first = " first" if begin == mark.start else ""
            said = f' data-said="{escape(mark.label)}"' if mark.label not in ("", "present") else ""
            if mark.why:
                said += f' data-why="{escape(mark.why)}"'
            if mark.would:
                said += f' data-would="{escape(mark.would)}"'
            if mark.codes:
                said += f' data-codes="{escape(mark.codes)}"'
            out.append(
                f'<mark class="{mark.kind}{first}" data-s="{begin}" data-e="{stop}"{said}>'
                f"{_shown(text[begin:stop])}</mark>"
            )
            position = stop
        out.append(_shown(text[position:end]))
        out.append("</section>")
    return "".join(out)


def _codes(mention: Mapping[str, Any]) -> str:
    """The first codes to which the words of the patient's present or past conditions lead."""
    if kind_of(mention)[0] not in ("present", "historical"):
        return ""
    return " ".join(str(code) for code in (mention.get("codes") or ())[:_MOST_CODES])


def _shown(text: str) -> str:
    """The text escaped, with what a browser would drop or turn into something else."""
    return escape(text, quote=False).replace("\r", "&#13;").replace("\0", "\ufffd")


def _place(each: Mapping[str, Any], size: int) -> tuple[int, int] | None:
    start, end = each.get("start"), each.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    start, end = max(start, 0), min(end, size)
    return (start, end) if start < end else None


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
    next_mark = 0
    for start, end in zip(cuts, [*cuts[1:], size], strict=True):
        if active:
            active = [mark for mark in active if mark.end > start]
        while next_mark < len(marks) and marks[next_mark].start <= start:
            active.append(marks[next_mark])
            next_mark += 1
        if active and start < end:
            found.append((start, end, min(active, key=lambda mark: mark.weight)))
    return found
