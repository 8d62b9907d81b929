"""The same condition told of the right side in one place and of the left in another (Guidelines I.B.13)."""

from __future__ import annotations

import re
from functools import lru_cache

from nosology.codes.icd10cm import Icd10cm
from nosology.coding.workup import Workup, check
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["join_both_sides"]

_OF_A_SIDE = re.compile(r"\b(?:right|left|bilateral|unilateral|of|the|eyes?|ears?)\b|[,()]")


@check("both_sides", "integral")
def join_both_sides(workup: Workup, rule: Rule) -> None:
    """Report the bilateral code where the right and the left one of a condition are reported, and there is one."""
    icd, never = workup.icd, tuple(rule.data["never"])
    live = {icd.title(c.code): c for c in workup.live() if c.code[0].isalpha() and not c.code.startswith(never)}
    for title in [each for each in live if "right" in each.lower()]:
        other = live.get(title.replace("right", "left").replace("Right", "Left"))
        one = live[title]
        if other is None or other is one or one.dropped or other.dropped:
            continue
        code = _bilateral(icd, one.code)
        if code:
            step = Step("guideline", f"{one.code} and {other.code} → {code}", rule.citation)
            weight, order = max(one.weight, other.weight), min(one.order, other.order)
            joined = workup.replace(one, code, step, [f for f in other.facts if not f.reason])
            joined.weight, joined.order = max(joined.weight, weight), min(joined.order, order)
            workup.drop(other, f"combined into {code} ({rule.citation_section})")


@lru_cache(maxsize=512)
def _bilateral(icd: Icd10cm, code: str) -> str:
    """Return the code of both sides that says nothing else than ``code`` of one side; "" where there is none."""
    wanted = _plain(icd.title(code))
    for leaf in icd.leaves(code[:3]):
        title = icd.title(leaf).lower()
        if "bilateral" in title and _plain(title) == wanted:
            return leaf
    return ""


def _plain(title: str) -> frozenset[str]:
    """Return the words of a title without those of the side, in the singular."""
    return frozenset(word.removesuffix("s") for word in _OF_A_SIDE.sub(" ", title.lower()).split())
