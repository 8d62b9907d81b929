"""Loss of consciousness with a head injury: whether, and for how long (S06, 6th character)."""

from __future__ import annotations

import re

from nosology.coding.checks.wording import compile_words, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["time_unconsciousness"]

_AMOUNT = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|a few|few|several|couple(?: of)?|an?|one|two|three|four|five|six|ten|fifteen|twenty"
    r"|thirty)"
    r"(?:\s*(?:-|to|–)\s*\d+)?\s*\+?\s*(?P<unit>s(?:ec(?:ond)?s?)?|min(?:ute)?s?|h(?:ou)?rs?|hours?|days?)\b",
    re.IGNORECASE,
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30}
_STEPS = ((30, "1"), (59, "2"), (359, "3"), (1440, "4"))  # minutes up to which each character holds
_MORE_THAN_A_DAY = "5"
_DIED = "7"  # of the brain injury, before consciousness came back


@check("unconsciousness", "link", lambda _: ["S06"])
def time_unconsciousness(workup: Workup, rule: Rule) -> None:
    """Give head injuries of S06 the character of the loss of consciousness that the chart tells."""
    injuries = [c for c in workup.having("S06") if len(c.code) == 8 and c.code[-1] in "AD"]
    if not injuries:
        return
    character, span = _told(workup, rule)
    for injury in injuries:
        code = injury.code[:6] + character + injury.code[7:]
        if not workup.icd.is_billable(code):  # a concussion has no codes for more than 30 minutes
            code = injury.code[:6] + "9" + injury.code[7:]
        if code == injury.code or not workup.icd.is_billable(code):
            continue
        new = workup.replace(injury, code, Step("tabular", "loss of consciousness as told", rule.citation))
        new.order = injury.order
        if span is not None:
            new.specifies.append((span, Role.SPECIFIES))


def _told(workup: Workup, rule: Rule) -> tuple[str, Span | None]:
    """Return the 6th character and the words for it; "A" (status unknown) where the chart does not say."""
    text, data = workup.chart.text, rule.data
    for match in compile_words(data["never_woke"]).finditer(text):
        return _DIED, Span(*match.span())
    for match in compile_words(data["unknown"]).finditer(text):
        return "A", Span(*match.span())
    best: tuple[str, Span] | None = None
    for match in unnegated(data["lost"], text):
        around = text[match.start() : match.end()]
        amount = _AMOUNT.search(around)
        if amount is not None:
            return _character(amount), Span(*match.span())
        if compile_words(data["brief"]).search(around):
            best = ("1", Span(*match.span()))
        elif best is None:
            best = ("9", Span(*match.span()))
    denied = compile_words(data["denied"]).search(text)
    if best is not None and not (denied is not None and best[0] == "9"):
        return best
    return ("0", Span(*denied.span())) if denied is not None else ("A", None)


def _character(amount: re.Match[str]) -> str:
    """Return the 6th character for a stated time."""
    said, unit = amount["number"].lower(), amount["unit"].lower()
    number = float(said) if said[0].isdigit() else float(_NUMBERS.get(said, 1))
    minutes = number / 60 if unit[0] == "s" else number * (60 if unit[0] == "h" else 1440 if unit[0] == "d" else 1)
    return next((character for most, character in _STEPS if minutes <= most), _MORE_THAN_A_DAY)
