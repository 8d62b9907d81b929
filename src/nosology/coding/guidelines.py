"""Applies the Official Guidelines to the candidates of a note: every rule in force, phase by phase."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from nosology.coding import checks
from nosology.coding.candidates import Candidate
from nosology.coding.checks.conventions import drop_general, drop_general_neoplasm
from nosology.coding.poa import AdmissionReader
from nosology.coding.sequence import sequence_candidates
from nosology.coding.workup import CHECKS, PHASES, Check, Workup
from nosology.lexicon.patterns import WordPattern, compile_words
from nosology.rules.loader import Rule

__all__ = ["apply_guidelines"]

_REGISTERED = checks
_OF_EVERY_VIEW = ("chart", "conflict")
_Plan = tuple[tuple[str, Check, Rule, WordPattern | None], ...]
_PLANS: dict[int, tuple[Mapping[str, tuple[Rule, ...]], _Plan]] = {}


def apply_guidelines(workup: Workup) -> tuple[list[Candidate], list[Candidate]]:
    """Return ``(coded, dropped)``, the coded ones in the order of report; every dropped candidate says why.

    Of the exhaustive view only the checks of the chart itself and of contradictions are run.
    """
    text, exhaustive = workup.chart.text, workup.chart.exhaustive
    for phase, function, rule, needs in _plan_of(workup.rules):
        if exhaustive and phase not in _OF_EVERY_VIEW:
            continue
        if needs is None or needs.may_stand(text):
            function(workup, rule)
    if exhaustive:
        drop_general(workup)
        for rule in workup.rules.get("general_neoplasm", ()):
            drop_general_neoplasm(workup, rule)
    if workup.withheld:
        for candidate in workup.live():
            workup.drop(candidate, workup.withheld)
    if exhaustive:
        coded = sorted(workup.live(), key=lambda c: c.first.span)
    else:
        coded = sequence_candidates(workup.live(), workup.chart, workup.instructions, _onset(workup))
    return coded, [c for c in workup.candidates if c.dropped]


def _onset(workup: Workup) -> Callable[[Candidate], bool]:
    """Return the question whether a candidate arose after admission (Appendix I)."""
    rules = workup.rules.get("present_on_admission", ())
    if not rules:
        return lambda _: False
    reader = AdmissionReader(workup.note, rules[0])
    return lambda c: reader.of(c) == "N"


def _plan_of(rules: Mapping[str, tuple[Rule, ...]]) -> _Plan:
    """Return the plan for the rules in force, made once for each such table (they are few, and kept by the loader)."""
    known = _PLANS.get(id(rules))
    if known is None or known[0] is not rules:
        known = _PLANS[id(rules)] = (rules, _plan([rule for each in rules.values() for rule in each]))
    return known[1]


def _plan(rules: list[Rule]) -> _Plan:
    """Return the checks to run with their phases and rules: by phase, then by the rule's order, then by its id.

    With each come the words (``needs``, lower case) of which the note must hold one for the check to have anything
    to do.
    """
    chosen = [
        (PHASES.index(CHECKS[r.check][0]), r.order, r.id, CHECKS[r.check][1], r) for r in rules if r.check in CHECKS
    ]
    ordered = sorted(chosen, key=lambda c: c[:3])
    return tuple((PHASES[phase], function, rule, _needs(rule)) for phase, _order, _id, function, rule in ordered)


def _needs(rule: Rule) -> WordPattern | None:
    words: list[str] = rule.data.get("needs", [])
    return compile_words("|".join(map(re.escape, words))) if words else None
