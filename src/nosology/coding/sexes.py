"""Conditions that only women or only men have: a chart of the other sex does not get their codes.

The lists stand in the rule ``chart-sex-conflict`` (after the sex conflict edit of the Medicare Code Editor). A chart
that tells of a gender which the registered sex need not agree with is coded as documented.
"""

from __future__ import annotations

from functools import lru_cache

from nosology.coding.persons import is_gender_diverse
from nosology.rules.loader import Rule

__all__ = ["MALE_FORM", "OTHER_SEX", "SexBar", "swap_sex"]

OTHER_SEX = {
    "F": "a condition of men, and the patient is female",
    "M": "a condition of women, and the patient is male",
}
"""Sex of the patient → why a condition of the other sex is not coded."""

MALE_FORM = {"N97.9": "N46.9", "N83.521": "N44.03", "N83.522": "N44.03", "N83.529": "N44.03"}
"""Code of women → the code that the Index gives for the same word said of a man (Infertility; Torsion, hydatid of
Morgagni)."""


def swap_sex(title: str) -> str:
    """Return the title of a code with the other sex in it, "" where it names none.

    >>> swap_sex("Malignant neoplasm of nipple and areola, right female breast")
    'Malignant neoplasm of nipple and areola, right male breast'
    """
    if "female" in title:
        return title.replace("female", "male")
    return title.replace("male", "female") if " male " in f" {title} " else ""


@lru_cache(maxsize=64)
def _by_head(rule: Rule, listed: str) -> dict[str, tuple[str, ...]]:
    """Return the codes that a rule lists, by their first two characters."""
    found: dict[str, list[str]] = {}
    for code in rule.data[listed]:
        found.setdefault(code[:2], []).append(code)
    return {head: tuple(codes) for head, codes in found.items()}


_NONE: dict[str, tuple[str, ...]] = {}


class SexBar:
    """Tells the codes of the other sex in one chart; ``sex`` is "F", "M" or "" where it is not known."""

    __slots__ = ("_checked", "_codes", "_text")

    def __init__(self, rule: Rule, sex: str, text: str) -> None:
        self._codes = _by_head(rule, "male" if sex == "F" else "female") if sex in OTHER_SEX else _NONE
        self._text = text
        self._checked = False

    def bars(self, node: str) -> bool:
        """True where the patient is of the other sex than ``node`` is for."""
        codes = self._codes.get(node[:2])
        if codes is None or not node.startswith(codes):
            return False
        if not self._checked:
            self._checked = True
            if is_gender_diverse(self._text):
                self._codes = _NONE
        return bool(self._codes)
