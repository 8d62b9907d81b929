"""Copied-forward text: statements that stand word for word, or nearly so, under several dates or in several sections.

A repeated statement is found and shown; it never makes a code weigh more, for a code weighs as much as its best fact.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from nosology.coding.checks.wording import compile_words
from nosology.coding.entries import Entry
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.rules.loader import Rule

__all__ = ["find_copied_text", "find_stale_text"]

_SHINGLE = 4  # words
_OWNERS = 4  # sentences that are kept for a run of words; more would only be further copies
_WORD = re.compile(r"[^\W_]+")
_COUNTED_DAY = re.compile(
    r"\b(?P<kind>pod|post-?op(?:erative)? day|hospital day|hd)[ #:]{0,3}(?P<day>\d{1,3})\b(?!\s*(?:of|/|-)\s*\d)",
    re.IGNORECASE,
)
_Pair = tuple[int, int]  # numbers of the sentences: where it is said first, where again


@check("copied_text", "chart")
def find_copied_text(workup: Workup, rule: Rule) -> None:
    """Report statements that are copied from entry to entry, or from section to section of one note."""
    if workup.withheld:
        return
    entries = workup.entries
    if not entries:
        _within_one_note(workup, rule)
        return
    pairs = _copied(workup, rule, entries)
    if pairs:
        days = len({entries[_entry_at(entries, _start(workup, n))].when for pair in pairs for n in pair})
        message = rule.message.format(count=len({again for _, again in pairs}), days=days)
        _report(workup, rule, pairs, message, rule.severity)


@check("stale_text", "chart")
def find_stale_text(workup: Workup, rule: Rule) -> None:
    """Report what was true of one day only and stands unchanged under another ("POD 1", "will start … today")."""
    entries = workup.entries
    if workup.withheld or not entries:
        return
    of_its_day = compile_words(rule.data["of_its_day"])
    pairs = [p for p in _copied(workup, rule, entries) if of_its_day.search(workup.sentence_at(p[1]))]
    spans = [_span(workup, n) for pair in pairs[: int(rule.data["most"])] for n in pair]
    spans += _stale_days(workup, entries)
    if spans:
        workup.report_finding(rule, [workup.quote(span) for span in dict.fromkeys(spans)])


def _report(workup: Workup, rule: Rule, pairs: list[_Pair], message: str, severity: str) -> None:
    spans = dict.fromkeys(_span(workup, n) for pair in pairs[: int(rule.data["most"])] for n in pair)
    workup.report_finding(rule, [workup.quote(span) for span in spans], message=message, severity=severity)


def _span(workup: Workup, number: int) -> Span:
    return workup.note.sentences[number].span


def _start(workup: Workup, number: int) -> int:
    return workup.note.sentences[number].span.start


def _entry_at(entries: tuple[Entry, ...], place: int) -> int:
    return bisect_right(entries, place, key=lambda e: e.span.start) - 1


def _within_one_note(workup: Workup, rule: Rule) -> None:
    """Long statements of one note that stand word for word in two sections."""
    note, lower = workup.note, workup.chart.lower
    shortest = int(rule.data["shortest_in_one_note"])
    left_out = frozenset(rule.data["left_out"])
    first: dict[str, int] = {}
    pairs: list[_Pair] = []
    for number, sentence in enumerate(note.sentences):
        if sentence.span.end - sentence.span.start < shortest:
            continue
        said = lower[sentence.span.start : sentence.span.end]
        known = first.setdefault(said, number)
        if known == number:
            continue
        kinds = (note.sections[note.sentences[known].section].kind, note.sections[sentence.section].kind)
        if kinds[0] != kinds[1] and left_out.isdisjoint(kinds):
            pairs.append((known, number))
    if pairs:
        _report(workup, rule, pairs, str(rule.data["in_one_note"]).format(count=len(pairs)), "information")


def _copied(workup: Workup, rule: Rule, entries: tuple[Entry, ...]) -> list[_Pair]:
    """Sentences that stand again, nearly word for word, in an entry of another day."""
    note, lower = workup.note, workup.chart.lower
    shortest, alike = int(rule.data["shortest"]), float(rule.data["alike"])
    left_out = frozenset(rule.data["left_out"])
    owners: dict[tuple[str, ...], list[int]] = {}
    entry_of: dict[int, tuple[str, int]] = {}
    pairs: list[_Pair] = []
    for number, sentence in enumerate(note.sentences):
        if len(sentence.span) < shortest or note.sections[sentence.section].kind in left_out:
            continue
        at = _entry_at(entries, sentence.span.start)
        if at < 0:
            continue
        words = _WORD.findall(lower[sentence.span.start : sentence.span.end])
        runs = [tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]
        if not runs:
            continue
        entry_of[number] = entries[at].when
        shared = Counter(owner for run in runs for owner in owners.get(run, ()))
        best = min(((-count, owner) for owner, count in shared.items()), default=None)
        if best is not None and -best[0] >= alike * len(runs) and entry_of[best[1]] != entry_of[number]:
            pairs.append((best[1], number))
        for run in runs:
            kept = owners.setdefault(run, [])
            if len(kept) < _OWNERS:
                kept.append(number)
    return pairs


def _stale_days(workup: Workup, entries: tuple[Entry, ...]) -> list[Span]:
    """Where the same day after surgery or of the stay is said on two dates, or a later date has the lower count."""
    text = workup.chart.text
    last: dict[str, tuple[int, int, Span]] = {}
    for entry in entries:
        if entry.on is None:
            continue
        for match in _COUNTED_DAY.finditer(text, entry.span.start, entry.span.end):
            kind = "pod" if match["kind"].lower().startswith("p") else "hd"
            span, day, on = Span(match.start(), match.end()), int(match["day"]), entry.on.toordinal()
            if kind in last and on > last[kind][1] and day <= last[kind][0]:
                return [last[kind][2], span]
            last[kind] = (day, on, span)
            break
    return []
