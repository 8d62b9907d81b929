"""What the assessment speaks of without naming it again: "her ulcer", whose site and depth the examination gives."""

from __future__ import annotations

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["take_up_again"]

_BULLET = " \t•-*#.()0123456789:"


@check("coreference", "read")
def take_up_again(workup: Workup, rule: Rule) -> None:
    """Count a condition that the body of the chart states once, where the assessment takes it up by its general name.

    Only where one code of the kind is stated, and the assessment names none of the kind itself.
    """
    text = workup.chart.text
    for row in rule.data["names"]:
        stated = workup.having_any(row["codes"])
        known = [c for c in stated if any(not f.reason and f.kind in rule.data["told_in"] for f in c.facts)]
        if len(known) != 1 or any(_assessed(c, rule) for c in stated):
            continue
        span = _spoken_of(workup, row["words"], rule)
        if span is not None:
            step = Step("guideline", "taken up in the assessment by its general name", rule.citation)
            workup.raise_to(known[0], float(rule.data["weight"]), step)
            known[0].specifies.append((span, Role.SPECIFIES))
            line = text.rfind("\n", 0, span.start) + 1
            if not text[line : span.start].strip(_BULLET):  # a heading has its place among the problems
                known[0].order = (known[0].order[0], max(1, span.start))


def _assessed(candidate: Candidate, rule: Rule) -> bool:
    return any(not f.reason and f.kind in rule.data["taken_up_in"] for f in candidate.facts)


def _spoken_of(workup: Workup, words: str, rule: Rule) -> Span | None:
    """Return where the assessment says the general name of a condition that is still there."""
    note, over = workup.note, compile_words(rule.data["over"])
    for section in note.sections:
        if section.kind not in rule.data["taken_up_in"]:
            continue
        for match in unnegated(words, workup.chart.text, section.body.start, section.body.end):
            number = workup.sentence_number(match.start())
            span = note.sentences[number].span
            if not over.search(workup.chart.text, span.start, span.end):
                return Span(*match.span())
    return None
