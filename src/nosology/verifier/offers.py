"""The codes that a verifier may choose instead of one: codes of the same category, the likeliest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nosology.model.coding import CodeSuggestion

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["offer_siblings"]

_WORD = re.compile(r"[a-z]{3,}|\d+")
_MOST_WEIGHED = 6000


def offer_siblings(suggestion: CodeSuggestion, icd: Icd10cm, *, words: str, limit: int) -> tuple[str, ...]:
    """Return at most ``limit`` billable codes of the category of ``suggestion``, without itself.

    Nearest in the Tabular List first; among equals, those whose titles add words that stand in ``words``. An
    inpatient code keeps its 7th
    character, on which the present-on-admission indicator depends.
    """
    code = suggestion.code
    if limit < 1 or code not in icd:
        return ()
    line = icd.ancestors(code)
    category = next((node for node in (code, *line) if icd.kind(node) == "category"), None)
    if category is None:
        return ()
    said = set(_WORD.findall(words.casefold()))
    own = set(_WORD.findall(icd.title(code).casefold()))
    near = [node for node in line if len(node) >= 3 and node.startswith(code[:3])]
    ranked = []
    for place, other in enumerate(icd.leaves(category)[:_MOST_WEIGHED]):
        if other == code or (suggestion.poa is not None and code[7:] != other[7:]):
            continue
        ring = next((number for number, node in enumerate(near) if other.startswith(node)), len(near))
        adds = len(said & (set(_WORD.findall(icd.title(other).casefold())) - own))
        differs = sum(a != b for a, b in zip(code.ljust(8), other.ljust(8), strict=True))
        ranked.append((ring, -adds, differs, place, other))
    return tuple(row[-1] for row in sorted(ranked)[:limit])
