"""Other diagnoses of a stay: what is over, removed, incidental or trivial is none of them (Section III, UHDDS)."""

from __future__ import annotations

import re

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words, said_anywhere
from nosology.coding.dated_back import names_device
from nosology.coding.workup import Workup, check
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Temporality
from nosology.rules.loader import Rule

__all__ = ["drop_incidental", "drop_past_and_removed"]

_AFTER, _HEAD, _REMARK = 40, 1500, 90
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@check("past_and_removed", "read")
def drop_past_and_removed(workup: Workup, rule: Rule) -> None:
    """Set aside what was repaired or removed, and injuries of a year before that of the stay (III, I.C.21.c.4)."""
    kept, injuries = tuple(rule.data["kept"]), tuple(rule.data["injuries"])
    kinds = frozenset(rule.data["history_sections"])
    removed, dated = compile_words(rule.data["removed"]), compile_words(rule.data["removed_then"])
    over = compile_words(rule.data["over"])
    ended = [(tuple(row["codes"]), compile_words(row["words"])) for row in rule.data["ended_by"]]
    text = workup.chart.text
    stay = max((int(m[0]) for m in _YEAR.finditer(text[:_HEAD])), default=0)
    for candidate in workup.live():
        if candidate.code.startswith(kept):
            continue
        for fact in candidate.facts:
            if fact.reason:
                continue
            end = workup.note.sentences[fact.mention.sentence].span.end
            after = text[fact.mention.span.end : min(end, fact.mention.span.end + _AFTER)]
            past = fact.kind in kinds and removed.match(after) is not None
            if not past and fact.kind in kinds:
                remark = text[fact.mention.span.end : min(end, fact.mention.span.end + _REMARK)]
                past = over.match(remark) is not None or any(
                    candidate.code.startswith(codes) and words.match(remark) for codes, words in ended
                )
            past = past or (
                not names_device(fact.code, fact.mention.span, text) and _is_before(dated.match(after), stay)
            )
            if not past and candidate.code.startswith(injuries):
                past = _is_before(compile_words(rule.data["then"]).match(after), stay) or fact.kind in kinds
            if past:
                fact.reason = "history, no longer present"
        _settle(workup, candidate, f"over before this stay ({rule.citation_section})")


def _is_before(match: re.Match[str] | None, stay: int) -> bool:
    return match is not None and 0 < int(match["year"]) < stay


@check("incidental", "report")
def drop_incidental(workup: Workup, rule: Rule) -> None:
    """Drop findings that nobody treated, followed or worked up, and trivial conditions that are only listed (III)."""
    data = rule.data
    nothing, plan = compile_words(data["nothing_done"]), compile_words(data["something_done"])
    listed, told = frozenset(data["listed"]), frozenset(data["told"])
    minor, exempt = tuple(data["minor"]), tuple(data["exempt"])
    asides = _asides(workup, data["asides"])
    cared = compile_words(data["cared_for"])
    text = workup.chart.text
    for candidate in workup.live():
        if candidate.code.startswith(exempt) or candidate.mandated:
            continue
        if (care := data["cared"].get(candidate.code)) and said_anywhere(workup, care):
            continue
        for fact in candidate.facts:
            if fact.reason or fact.kind not in told:
                continue
            sentence = workup.note.sentences[fact.mention.sentence].span
            start, end = fact.mention.span.start, fact.mention.span.end
            done = plan.search(text, sentence.start, sentence.end) is not None
            idle = nothing.search(text, end, sentence.end) is not None
            aside = any(a <= start < b for a, b in asides)
            if (idle or aside) and not done:
                fact.reason = "incidental, nothing was done"
        _settle(workup, candidate, f"incidental, nothing was done ({rule.citation_section})")
        if not candidate.dropped and candidate.code.startswith(minor):
            live = [f for f in candidate.facts if not f.reason]
            if all(
                (f.kind in listed and not _is_cared_for(workup, f, cared))
                or f.mention.temporality is Temporality.HISTORICAL
                for f in live
            ):
                workup.drop(candidate, f"only listed; nothing was done for it ({rule.citation_section})")


def _is_cared_for(workup: Workup, fact: Fact, words: WordPattern) -> bool:
    """True for a problem of a list behind which its sentence tells who saw it or what was done."""
    if fact.kind != "problem_list":
        return False
    end = workup.note.sentences[fact.mention.sentence].span.end
    return words.search(workup.chart.text, fact.mention.span.end, end) is not None


def _asides(workup: Workup, pattern: str) -> list[tuple[int, int]]:
    """Return the stretches from a label of incidental findings to the end of its paragraph."""
    text = workup.chart.text
    paragraph = "\n\n" if "\n\n" in text else "\n"  # without blank lines a line is one
    found = []
    for match in compile_words(pattern).finditer(text):
        gap = text.find(paragraph, match.end() + 1)
        found.append((match.start(), gap if gap >= 0 else len(text)))
    return found


def _settle(workup: Workup, candidate: Candidate, why: str) -> None:
    """Weigh a candidate anew by the facts that are left; drop it where none is."""
    live: list[Fact] = [f for f in candidate.facts if not f.reason]
    if len(live) == len(candidate.facts):
        return
    if live:
        candidate.weight = min(candidate.weight, max(f.weight for f in live))
    else:
        workup.drop(candidate, why)
