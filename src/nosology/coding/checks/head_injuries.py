"""Loss of consciousness with a head injury (S06, 6th character), and the Glasgow coma scale beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_coma_scale", "time_unconsciousness"]

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
_SCALE = r"\bGCS\b|\bglasgow\b(?:\s+coma)?(?:\s+(?:scale|score))*"
_SCORES = re.compile(  # of the eyes, of speech and of movement
    r"(?<![a-z])E(?:yes?)?(?: opening)?\s*[:=]?\s*(?P<eyes>[1-4])[\s,;/+-]{0,3}"
    r"V(?:erbal)?(?: response)?\s*[:=]?\s*(?P<verbal>[1-5])[\s,;/+-]{0,3}(?:best )?"
    r"M(?:otor)?(?: response)?\s*[:=]?\s*(?P<motor>[1-6])(?!\w)",
    re.IGNORECASE,
)
_TOTAL = re.compile(  # no range, no limit, no score without speech ("8T"), no time of day
    r"(?:^|[^.;\n\d<>≤≥~]{0,40}?(?<![EVMevm])(?<![EVMevm][ :=]))(?P<total>1[0-5]|[3-9])(?!\w)(?!\s*[:–-]\s*\d)"
    r"(?!\s+to\s+\d)(?!/(?!15))(?!\.\d)"
)
_AFTER, _BEFORE = 80, 48  # characters around the name of the scale in which its score and its time are told


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


@check("coma_scale", "mandate", lambda rule: [*rule.data["injuries"], rule.data["concussion"]])
def code_coma_scale(workup: Workup, rule: Rule) -> None:
    """Report the first Glasgow coma scale with a traumatic brain injury: its three scores, else its total."""
    data, floor = rule.data, workup.threshold
    current = [c for c in workup.having(*data["injuries"], data["concussion"], floor=floor) if c.code[-1] in "ABC"]
    if not current:
        return
    scores = list(_coma_scores(workup, rule))
    if not scores:
        return
    # the score on presentation at this facility, else that of the ambulance, else the first
    codes, total, span = min(scores, key=lambda score: "23".find(score[0][0][-1]) % 3)
    if total >= data["concussion_below"] and all(c.code.startswith(data["concussion"]) for c in current):
        return
    for code in codes:
        fact = fact_at(workup, span, code, f"rule:{rule.id}", floor)
        step = Step("guideline", f"Glasgow coma scale {total}", rule.citation)
        workup.add(code, [fact], floor, step, mandated=True)


def _coma_scores(workup: Workup, rule: Rule) -> Iterator[tuple[tuple[str, ...], int, Span]]:
    """Yield the codes, the sum and the words of each score that is not one of a later time, in order."""
    text, data = workup.chart.text, rule.data
    for name in compile_words(_SCALE).finditer(text):
        line = text.find("\n", name.end())
        said = text[name.end() : min(name.end() + _AFTER, len(text) if line < 0 else line)]
        each, whole = _SCORES.search(said), _TOTAL.match(said)
        match = each or whole
        if match is None:
            continue
        start = max(
            name.start() - _BEFORE, text.rfind("\n", 0, name.start()) + 1, text.rfind(". ", 0, name.start()) + 1
        )
        rest = said[match.end() :]
        around = text[start : name.end() + match.end()] + re.split(r"[.;,]\s", rest, maxsplit=1)[0]
        if compile_words(data["later"]).search(around):
            continue
        time = next((row["character"] for row in data["times"] if compile_words(row["words"]).search(around)), "0")
        if each is not None:
            parts = [int(each[part]) for part in ("eyes", "verbal", "motor")]
            codes = tuple(f"R40.2{axis}{score}{time}" for axis, score in enumerate(parts, start=1))
            total = sum(parts)
        else:
            total = int(match["total"])
            codes = (f"R40.24{1 if total > 12 else 2 if total > 8 else 3}{time}",)
        yield codes, total, Span(name.start(), name.end() + match.end())
