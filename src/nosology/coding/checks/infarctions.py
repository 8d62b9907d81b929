"""How old a myocardial infarction is: within four weeks, older, or a second one within them (Guidelines I.C.9.e)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.chart_dates import DATE, read_date
from nosology.coding.checks.wording import compile_words
from nosology.coding.workup import Workup, check
from nosology.model.note import Status, Subject
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["date_infarctions", "days_since"]

_WORDS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS)} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2}
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_AMOUNT = (
    r"(?P<number>\d{1,3}|a couple of|couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"[- ](?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?)"
)
_AFTER = re.compile(
    rf"[^.;\n]{{0,40}}?(?:\b{_AMOUNT}\s+(?:ago|earlier|prior|back|previously|before)\b"
    rf"|(?:\bon\s+|\()(?P<date>{DATE})|(?P<yesterday>\byesterday\b))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b(?:{_AMOUNT}\s+(?:after|following|post|since|s/p|status post|out from)"
    rf"|{_AMOUNT.replace('P<', 'P<old')}[- ]old)"
    r"[ ,-]+(?:(?!and\b|with\b|for\b)[\w/-]+[ ,]+){0,3}$",
    re.IGNORECASE,
)
_END = re.compile(r"[.;\n](?=\s|$)|\b(?:now|today|readmitted|returns|presents|presented|and then|followed by)\b", re.I)
_LOOK_BACK = 60
_SUBSEQUENT = {
    "I21.0": "I22.0",
    "I21.1": "I22.1",
    "I21.2": "I22.8",
    "I21.3": "I22.9",
    "I21.4": "I22.2",
    "I21.9": "I22.9",
}
_UNSPECIFIED = ("I21.3", "I21.9")


def days_since(workup: Workup, fact: Fact) -> int | None:
    """Return how many days before the service the chart says that the event of a fact was; None if it does not say."""
    text, span = workup.chart.text, fact.mention.span
    end = _END.search(text, span.end)
    match = _AFTER.match(text, span.end, end.start() if end else len(text))
    if match is not None and match["yesterday"]:
        return 1
    if match is not None and match["date"]:
        told, on = read_date(match["date"]), workup.chart.on
        return None if told is None or on is None or told > on else (on - told).days
    if match is not None:
        return _days(match["number"], match["unit"])
    sentence = workup.note.sentences[fact.mention.sentence].span.start
    match = _BEFORE.search(text[max(sentence, span.start - _LOOK_BACK) : span.start])
    if match is None:
        return None
    return _days(match["number"] or match["oldnumber"], match["unit"] or match["oldunit"])


def _days(number: str, unit: str) -> int:
    return (int(number) if number.isdigit() else _NUMBERS[number.lower()]) * _DAYS[unit[0].lower()]


@check("infarction_age", "read", lambda _: _SUBSEQUENT)
def date_infarctions(workup: Workup, rule: Rule) -> None:
    """Read an infarction older than four weeks as old, and a new one within four weeks of another as subsequent."""
    _read_evolved(workup, rule)
    told = [(c, f, days_since(workup, f)) for c in _acute(workup) for f in c.facts if _of_patient(f)]
    most = int(rule.data["days"])
    if not any(age for _, _, age in told):
        return
    for candidate, fact, age in told:
        if age is not None and age > most:
            fact.reason = fact.reason or "history, no longer present"
            step = Step("guideline", f"infarction of {age} days ago → I25.2", rule.citation)
            workup.add(
                "I25.2", [replace(fact, code="I25.2", reason="", weight=workup.threshold)], workup.threshold, step
            )
            if all(f.reason for f in candidate.facts):
                workup.drop(candidate, f"older than four weeks ({rule.citation_section})")
        elif age is not None and fact.reason.startswith("history"):
            fact.reason = ""
    _read_subsequent(workup, rule, [row for row in told if row[2] is None or row[2] <= most])


def _read_evolved(workup: Workup, rule: Rule) -> None:
    """Report an infarction that evolved from or to one without ST elevation as that with it (I.C.9.e.1)."""
    elevated = workup.having("I21.0", "I21.1", "I21.2", "I21.3")
    if not elevated:
        return
    same, stated = compile_words(rule.data["same"]), {f.mention.sentence for c in elevated for f in c.facts}
    for candidate in workup.having("I21.4"):
        if any(f.mention.sentence in stated and same.search(workup.sentence_of(f)) for f in candidate.facts):
            workup.drop(candidate, f"the infarction became one with ST elevation ({rule.citation_section})")


def _read_subsequent(workup: Workup, rule: Rule, told: list[tuple[Candidate, Fact, int | None]]) -> None:
    """Give the new infarction its code of I22, where the chart tells of one within four weeks before it."""
    earlier = [(c, f, age) for c, f, age in told if age and not f.reason]
    if not earlier:
        return
    oldest = max(age for _, _, age in earlier)
    before = {c.code for c, _, age in earlier if age == oldest}
    same = compile_words(rule.data["same"])
    if any(same.search(workup.sentence_of(f)) for _, f, _ in told):
        return
    for candidate, fact, age in told:
        if fact.reason or (age is not None and age + 1 >= oldest):
            continue
        kind = candidate.code[:5]
        differs = not candidate.code.startswith(_UNSPECIFIED) and all(
            code[:5] != kind and not code.startswith(_UNSPECIFIED) for code in before
        )
        if not differs and not _called_new(workup, fact, rule):
            continue
        code = _SUBSEQUENT[kind]
        kept = [f for f in candidate.facts if f is not fact]
        step = Step("guideline", f"within four weeks of another infarction → {code}", rule.citation)
        new = workup.add(code, [replace(fact, code=code)], max(candidate.weight, workup.threshold), step)
        new.order = candidate.order
        candidate.facts = kept
        if not any(not f.reason for f in kept):
            candidate.facts = [*kept, fact]
            workup.drop(candidate, f"a subsequent infarction: {code} ({rule.citation_section})")
    for candidate, _, _ in earlier:
        if not candidate.dropped:
            workup.raise_to(candidate, workup.threshold)


def _called_new(workup: Workup, fact: Fact, rule: Rule) -> bool:
    """True where the words before an infarction, or just after it, say that it is another one."""
    text, span = workup.chart.text, fact.mention.span
    start = max(workup.note.sentences[fact.mention.sentence].span.start, span.start - _LOOK_BACK)
    return compile_words(rule.data["new"]).search(text[start : span.end]) is not None


def _acute(workup: Workup) -> Iterator[Candidate]:
    for head in _SUBSEQUENT:
        yield from workup.having(head)


def _of_patient(fact: Fact) -> bool:
    mention = fact.mention
    counts = not fact.reason or fact.reason.startswith("history")
    return counts and mention.status is Status.PRESENT and mention.subject is Subject.PATIENT
