"""Gold of an earlier year: codes that coders gave and that the release no longer bills, brought to the codes of today.

A code was refined in a later year (R51 into R51.0 and R51.9), or the gold leaves out the last characters (T14.8 for
T14.8XXA). Nobody knows which of its successors the coder would choose today, so any one of them meets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nosology.coding.evaluate import Counts, NoteScore

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["BroughtForward", "Converted", "bring_forward", "default_successor", "find_successors", "recount"]

_PLACEHOLDER = "X"
_INITIAL = "A"  # the 7th character of the first encounter
_FULL = 8  # a code of seven characters, with its point


@dataclass(frozen=True, slots=True)
class Converted:
    """The figures with ``codes`` superseded gold codes in the count.

    ``counts``: a superseded code is a required one that any of its successors meets, once. ``unjudged``: superseded
    codes and the predictions among their successors count neither way.
    """

    codes: int
    counts: Counts
    unjudged: Counts


class BroughtForward(NamedTuple):
    """What superseded codes come to: ``gold`` the successors that stand for them, ``accepted`` all that would be right,
    ``unknown`` the nodes of the codes of which nothing can be said.
    """

    gold: frozenset[str]
    accepted: frozenset[str]
    unknown: tuple[str, ...]


def find_successors(code: str, icd: Icd10cm) -> frozenset[str]:
    """Return the billable codes at or below a code, placeholders at its end dropped; empty where it is gone."""
    node = code
    while node not in icd and node.endswith((_PLACEHOLDER, ".")):
        node = node[:-1]
    return frozenset(icd.leaves(node)) if node in icd else frozenset()


def default_successor(successors: Iterable[str], title_of: Callable[[str], str]) -> str:
    """Return the successor that says no more than the old code did: the only one, or the unspecified one, of the first
    encounter; "" where there is none.
    """
    found = sorted(successors)
    if any(len(code) == _FULL for code in found):
        found = [code for code in found if len(code) == _FULL and code.endswith(_INITIAL)]
    if len(found) > 1:
        open_axes = {code: title_of(code).lower().count("unspecified") for code in found}
        found = [code for code in sorted(found, key=lambda c: -open_axes[c]) if open_axes[code]]
    return found[0] if found else ""


def bring_forward(superseded: Iterable[str], coded: frozenset[str], icd: Icd10cm) -> BroughtForward:
    """Return the superseded codes of a chart in the codes of today, for training.

    A refined code stands for its successors that the engine ``coded`` in the chart, else for the unspecified one. A
    code that lacks nothing but the 7th character was no full code in its own year either; it stays unknown.
    """
    gold: set[str] = set()
    accepted: set[str] = set()
    unknown = []
    for code in superseded:
        found = find_successors(code, icd)
        if not found or all(len(each) == _FULL and each[-1].isalpha() for each in found):
            unknown.append(code.rstrip(_PLACEHOLDER).rstrip("."))
            continue
        accepted |= found
        default = default_successor(found, icd.title)
        gold |= (found & coded) or ({default} if default else frozenset())
    return BroughtForward(frozenset(gold), frozenset(accepted), tuple(unknown))


def recount(scores: Iterable[NoteScore], successors_of: Callable[[str], frozenset[str]]) -> Converted | None:
    """Return the figures with the superseded codes of the gold; None where it has none."""
    codes = 0
    converted, unjudged = Counts(), Counts()
    for score in scores:
        groups = [successors_of(code) for code in score.superseded]
        codes += len(groups)
        required = {hit.gold.code for hit in score.hits} | {entry.code for entry in score.missed}
        left = {guess.code for guess in score.false}
        exact = score.exact
        outside = len(left - frozenset().union(*groups))
        unjudged += Counts(exact.true, outside, exact.missed)
        met = 0
        for group in sorted(groups, key=len):  # the narrowest first, so that none takes another's only answer
            answer = min(left & (group - required), default=None)
            if answer is not None:
                left.remove(answer)
                met += 1
        converted += Counts(exact.true + met, len(left), exact.missed + len(groups) - met)
    return Converted(codes, converted, unjudged) if codes else None
