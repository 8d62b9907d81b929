"""Classes of drugs ("NSAID", "diuretic") and the one drug of a class that the chart names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nosology.coding.checks.wording import compile_words
from nosology.coding.substances import Named
from nosology.coding.workup import Workup

__all__ = ["class_of", "member_named", "without_classes"]

_BEFORE = 30  # code points before a drug in which it may be ruled out as the one that was meant


def class_of(text: str, named: Named, rows: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the row of the class that the words of ``named`` are the name of, None for a drug."""
    said = text[named.span.start : named.span.end]
    return next((r for r in rows if compile_words(r["words"]).compiled.fullmatch(said)), None)


def member_named(
    workup: Workup, named: Named, rows: Sequence[Mapping[str, Any]], start: int, end: int, beside: str = ""
) -> str:
    """Return the stem of the one drug of the class of ``named`` in the stretch of text, its own if none or several.

    A drug behind one of the words ``beside`` is not the one meant ("avoid ibuprofen").
    """
    text = workup.chart.text
    row = class_of(text, named, rows)
    if row is None:
        return named.stem
    members = tuple(row["members"])
    stems = {
        n.stem
        for n in workup.substances.named(text, start, end)
        if n.stem.startswith(members)
        and class_of(text, n, rows) is None
        and not (beside and compile_words(beside).search(text, max(start, n.span.start - _BEFORE), n.span.start))
    }
    return stems.pop() if len(stems) == 1 else named.stem


def without_classes(text: str, found: Sequence[Named], rows: Sequence[Mapping[str, Any]]) -> tuple[Named, ...]:
    """Leave out a class beside a drug of it: "an NSAID (naproxen)" is naproxen."""

    def is_named(named: Named) -> bool:
        row = class_of(text, named, rows)
        members = tuple(row["members"]) if row else ()
        return bool(members) and any(
            o.stem.startswith(members) and class_of(text, o, rows) is None for o in found if o is not named
        )

    return tuple(n for n in found if not is_named(n))
