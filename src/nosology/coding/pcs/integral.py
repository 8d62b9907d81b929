"""Which described steps are procedures of their own beside the named ones, and which are part of them.

Source: ICD-10-PCS Official Guidelines B3.1b (components), B3.2 (multiple procedures), B3.8, B3.13.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nosology.coding.pcs.house import rule_data
from nosology.coding.pcs.parts import split_label
from nosology.coding.pcs.settle import Settled

if TYPE_CHECKING:
    from nosology.coding.pcs.told import Told

__all__ = ["contradicts", "keep_told"]

_RULE = "Procedure-B3.1b"


def keep_told(told: Sequence[Told], named: Sequence[str]) -> list[Told]:
    """Return what descriptions tell beyond the named codes, each code once, in order of place."""
    kept: list[Told] = []
    for each in told:
        code = each.settled.code
        others = [*named, *(other.settled.code for other in told if other is not each)]
        if code in {other.settled.code for other in kept} or _is_said(code, named) or _is_part(code, others):
            continue
        kept.append(each)
    return kept


_LEFT_ALONE = (
    r"[^.;]{0,50}\b(?:was|were)\s+(?:\w+\s+)?(?:left\s+(?:in\s+place|alone|in\s+situ|behind|intact|untouched)|kept|preserved"
    r"|spared|not\s+(?:removed|taken|touched|resected|disturbed))"
)


def contradicts(told: Told, named: Settled, text: str) -> bool:
    """Whether a title names both sides, and the description did one and left the other (Guideline A11)."""
    if told.settled.code[:3] != named.code[:3] or told.settled.code[3] == named.code[3]:
        return False
    did = split_label(told.settled.axes[3].value.label)
    title = split_label(named.axes[3].value.label)
    if did.side not in ("right", "left") or title.side in ("right", "left"):
        return False
    if did.base.removesuffix(" lobe") != title.base:
        return False
    other = "left" if did.side == "right" else "right"
    return re.search(rf"\b{other}\b{_LEFT_ALONE}", text, re.IGNORECASE) is not None


def _is_said(code: str, named: Sequence[str]) -> bool:
    """Whether a named procedure has that operation on that part, however approached."""
    return any(code[:4] == other[:4] for other in named)


def _is_part(code: str, others: Sequence[str]) -> bool:
    """Whether a described step is a component of another procedure of the chart."""
    data = rule_data(_RULE)
    minor, includes = data["minor"], data["includes"]
    for other in others:
        if other[0] != "0" or other == code:
            continue
        if code[:3] == "0W9" and code[4] in "04" and code[5] == "Z" and other[:2] != "0W" and other[2] != "J":
            return True  # fluid sucked from the field of another operation
        if other[:2] == code[:2] and other[3] == code[3]:
            if code[2] in minor and other[2] not in minor:
                return True
            if code[2] == "B" and other[2] in "TRY" and code[6] != "X":
                return True
            if code[2] == "T" and other[2] in "BD":
                return True
        pattern = includes.get(other[:4])
        if pattern is not None and re.match(pattern, code) and other[:4] != code[:4]:
            return True
    return False
