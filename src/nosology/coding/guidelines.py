"""Applies the Official Guidelines to the candidates of a note: every rule in force, phase by phase."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from nosology.coding import checks
from nosology.coding.candidates import Candidate
from nosology.coding.checks.conventions import drop_general, drop_general_neoplasm
from nosology.coding.checks.principal import read_denied_within
from nosology.coding.checks.tumor_sites import read_tumor_site
from nosology.coding.poa import AdmissionReader
from nosology.coding.prefixes import Prefixes
from nosology.coding.sequence import sequence_candidates
from nosology.coding.workup import CHECKS, PHASES, Check, Workup, concerned_by
from nosology.lexicon.patterns import Standing, WordPattern, compile_words
from nosology.rules.loader import Rule

__all__ = ["apply_guidelines"]

_REGISTERED = checks
_OF_EVERY_VIEW = ("chart", "conflict")
_ALWAYS = compile_words(r"\w")  # needs no word
_PLANS: dict[int, tuple[Mapping[str, tuple[Rule, ...]], _Plan, _Plan]] = {}


class _Step:
    """A check with its rule, and the beginnings of codes without which it has nothing to do: those of three characters,
    and shorter ones; ``of_all`` where it is for all charts.
    """

    __slots__ = ("function", "heads", "of_all", "rule", "short")

    def __init__(self, function: Check, rule: Rule) -> None:
        self.function = function
        self.rule = rule
        concerned = concerned_by(rule)
        self.of_all = concerned is None
        wanted = Prefixes(concerned or ())
        self.heads, self.short = wanted.heads, wanted.short

    def concerns(self, workup: Workup) -> bool:
        """False where no candidate has a code that the check is for."""
        return (
            self.of_all
            or not self.heads.isdisjoint(workup.heads)
            or (bool(self.short) and not self.short.isdisjoint(workup.begun))
        )


class _Plan:
    """Checks to run with their rules, in order; those whose words a note does not hold are left out for it."""

    __slots__ = ("_standing", "_steps")

    def __init__(self, steps: list[tuple[Check, Rule, WordPattern | None]]) -> None:
        self._steps = [_Step(function, rule) for function, rule, _needs in steps]
        self._standing = Standing([needs or _ALWAYS for _function, _rule, needs in steps])

    def of(self, text: str) -> list[_Step]:
        """Return the steps for a text."""
        steps = self._steps
        return [steps[place] for place in self._standing.find(text)]


def apply_guidelines(workup: Workup) -> tuple[list[Candidate], list[Candidate]]:
    """Return ``(coded, dropped)``, the coded ones in the order of report; every dropped candidate says why.

    Of the exhaustive view only the checks of the chart itself, of contradictions and of denials are run, and what
    gives a cancer its organ.
    """
    exhaustive = workup.chart.exhaustive
    for step in _plan_of(workup.rules, exhaustive).of(workup.chart.text):
        if step.concerns(workup):
            step.function(workup, step.rule)
    if exhaustive:
        for rule in workup.rules.get("denied_within", ()):
            read_denied_within(workup, rule)
        drop_general(workup)
        for rule in workup.rules.get("tumor_site", ()):
            read_tumor_site(workup, rule)
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


def _plan_of(rules: Mapping[str, tuple[Rule, ...]], exhaustive: bool) -> _Plan:
    """Return the plan for the rules in force, made once for each such table (they are few, and kept by the loader)."""
    known = _PLANS.get(id(rules))
    if known is None or known[0] is not rules:
        every = [rule for each in rules.values() for rule in each]
        known = _PLANS[id(rules)] = (rules, _plan(every, PHASES), _plan(every, _OF_EVERY_VIEW))
    return known[2] if exhaustive else known[1]


def _plan(rules: list[Rule], phases: Collection[str]) -> _Plan:
    """Return the checks of the phases to run: by phase, then by the rule's order, then by its id.

    A rule may state words (``needs``, lower case) of which the note must hold one for its check to have anything to do.
    """
    chosen = [r for r in rules if r.check in CHECKS and CHECKS[r.check][0] in phases]
    chosen.sort(key=lambda r: (PHASES.index(CHECKS[r.check][0]), r.order, r.id))
    return _Plan([(CHECKS[r.check][1], r, _needs(r)) for r in chosen])


def _needs(rule: Rule) -> WordPattern | None:
    words: list[str] = rule.data.get("needs", [])
    return compile_words("|".join(map(re.escape, words))) if words else None
