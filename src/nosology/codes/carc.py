"""Claim adjustment reason codes (CARC), their groups, and whether an appeal makes sense in general.

The words are ours (``data/carc.tsv``); the list of X12 is authoritative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nosology.codes.rarc import find_rarc
from nosology.codes.wording import CodeWords, code_classes, read_words

__all__ = ["AppealOutlook", "appeal_outlook", "find_adjustment_group", "find_carc", "find_provider_adjustment"]

_SHARE = frozenset({"1", "2", "3"})


def find_carc(code: str) -> CodeWords | None:
    """The reason code, None if it is not in our table."""
    return read_words("carc").get(code.upper())


def find_adjustment_group(code: str) -> CodeWords | None:
    """The group (CO, PR, OA, PI, CR), None if there is none of that name."""
    return read_words("adjustment_group").get(code.upper())


def find_provider_adjustment(code: str) -> CodeWords | None:
    """The reason of an adjustment of the provider's account (PLB), None if it is not known."""
    return read_words("provider_adjustment").get(code.upper())


@dataclass(frozen=True, slots=True)
class AppealOutlook:
    """Whether an appeal makes sense in general (yes, no or sometimes), and why. The payer's letter goes before it."""

    answer: str
    why: str


def appeal_outlook(adjustments: Sequence[tuple[str, str]], remarks: Sequence[str] = ()) -> AppealOutlook:
    """Return whether the decision on a line can be appealed in general.

    Args:
        adjustments: all adjustments of the line, as group ("" if it is not known) and reason.
        remarks: its remark codes.

    >>> appeal_outlook([("CO", "45")]).answer, appeal_outlook([("CO", "50")]).answer
    ('no', 'yes')
    >>> appeal_outlook([("CO", "50")], ["N211"]).answer
    'no'
    """
    for remark in remarks:
        found = find_rarc(remark)
        if found is not None and found.kind == "no appeal":
            return AppealOutlook("no", f"{remark}: {found.words}")
    if not adjustments:
        return AppealOutlook("no", "nothing was adjusted")
    open_ = [(group, reason) for group, reason in adjustments if not (group in ("PR", "") and reason in _SHARE)]
    if not open_:
        return AppealOutlook("no", "the patient's share under the plan (deductible, coinsurance, copay)")
    if all(group in ("CO", "") and reason == "45" for group, reason in open_):
        return AppealOutlook("no", "paid correctly: only the difference to the contract or fee schedule is taken off")
    order = {"yes": 0, "sometimes": 1, "no": 2}
    best = AppealOutlook("no", "")
    for group, reason in open_:
        words = find_carc(reason)
        kind = code_classes().get(words.kind) if words else None
        name = f"{group}-{reason}" if group else f"CARC {reason}"
        outlook = AppealOutlook(
            kind.appeal if kind else "sometimes",
            f"{name}: {kind.meaning}" if kind else f"{name} is not in our table",
        )
        if not best.why or order[outlook.answer] < order[best.answer]:
            best = outlook
    return best
